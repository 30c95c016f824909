//! The sheet: what stands where, and the head and foot of it.

use redan_record::coverage::{Coverage, Layer, Stage};
use resvg::tiny_skia::Pixmap;

use super::pixels::{line_colour, lowest_cover, paint_cover, paint_limits, shade};
use super::{HEIGHT, WIDTH, map, panels};
use crate::coverage::frame::Frame;
use crate::coverage::headline::sentence;
use crate::coverage::places::Places;
use crate::coverage::summary::Summary;
use crate::coverage::words::{done, percent, thousands};
use crate::coverage::{layers_of, lined_by};
use crate::report::escape::{esc, short};

/// Letters in a line of the foot.
const LETTERS: usize = 190;

/// What the parts of the sheet share.
pub(super) struct Sheet<'a> {
    pub(super) coverage: &'a Coverage,
    pub(super) places: &'a Places,
    pub(super) summary: &'a Summary,
    /// Layers that fill the map, from the lowest height to the highest.
    pub(super) filled: Vec<&'a Layer>,
    /// Layers that are drawn as lines over it; empty where one stage is enough.
    pub(super) lined: Vec<&'a Layer>,
    main: Frame,
    pub(super) inset: Frame,
}

impl<'a> Sheet<'a> {
    /// Lines show tracking where engagement fills the map.
    pub(super) fn of(
        coverage: &'a Coverage,
        places: &'a Places,
        summary: &'a Summary,
        stage: Stage,
    ) -> Self {
        Self {
            coverage,
            places,
            summary,
            filled: layers_of(coverage, stage),
            lined: lined_by(coverage, stage),
            main: Frame::of(&coverage.grid, 92.0, 236.0, 1_430.0, 1_390.0),
            inset: Frame::of(&coverage.grid, 1_562.0, 1_136.0, 455.0, 490.0),
        }
    }

    /// Paper, sea and land.
    pub(super) fn below(&self) -> String {
        wrapped(&format!(
            "<rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#fdfcf9\"/>{}{}",
            map::ground(&self.main),
            map::ground(&self.inset)
        ))
    }

    /// Relief, coverage, limits.
    pub(super) fn paint(&self, pixmap: &mut Pixmap) {
        let shade = shade(&self.coverage.grid, &self.coverage.ground_m);
        let lowest = lowest_cover(self.coverage.grid.len(), &self.filled);
        paint_cover(pixmap, &self.main, self.coverage, &shade, &lowest, self.filled.len());
        if let Some(layer) = self.filled.first() {
            paint_limits(pixmap, &self.inset, self.coverage, &shade, &layer.nominal);
        }
    }

    /// Lines and letters.
    pub(super) fn above(&self, version: &str) -> String {
        let number = self.lined.len();
        let lines: Vec<(&Layer, String)> = self
            .lined
            .iter()
            .enumerate()
            .map(|(index, layer)| (*layer, hex(line_colour(index, number))))
            .collect();
        let clipped = |id: &str, frame: &Frame, content: String| {
            let Frame { left, top, width, height, .. } = frame;
            format!(
                "<clipPath id=\"{id}\"><rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\"/>\
                 </clipPath><g clip-path=\"url(#{id})\">{content}</g>\
                 <rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\" fill=\"none\" \
                 stroke=\"#1c2430\" stroke-width=\"2\"/>\n"
            )
        };
        let main = [
            map::coasts(&self.main, 2.0),
            map::outlines(&self.main, &self.coverage.grid, &lines),
            map::circles(&self.main, self.coverage, 25),
            map::line_heights(&self.main, self.coverage, &self.places.rays, &lines),
            map::towns(&self.main, self.coverage),
            map::sites(&self.main, self.coverage, map::SITE_LETTERS),
            map::furniture(&self.main),
        ];
        let inset = [
            map::coasts(&self.inset, 1.2),
            map::circles(&self.inset, self.coverage, 0),
            map::sites(&self.inset, self.coverage, 0),
        ];
        wrapped(
            &[
                self.head(),
                clipped("m", &self.main, main.concat()),
                map::graticule(&self.main),
                clipped("i", &self.inset, inset.concat()),
                panels::heights(self),
                panels::directions(self),
                panels::limits(self),
                self.foot(version),
            ]
            .concat(),
        )
    }

    fn head(&self) -> String {
        let target = &self.coverage.target;
        let about = format!(
            "Target: {}, {} m² from ahead, {} m/s, straight at the site. Coloured where it is {} with a \
             probability of at least {}.",
            target.name,
            target.rcs_m2,
            thousands(target.speed_m_s),
            done(self.filled[0].stage),
            percent(self.coverage.probability_wanted_prob * 100.0),
        );
        let sentence = sentence(self.coverage, self.summary, &self.filled, &self.lined);
        // Bold letters of this font are 0.66 of their size wide on average.
        let size = 2_310.0 / (0.66 * sentence.chars().count().max(1) as f64);
        let size = size.min(32.0) as u32;
        text(44.0, 82.0, 56, "title", &short(&self.coverage.title, 62))
            + &text(44.0, 130.0, 26, "soft", &short(&about, 150))
            + &text(44.0, 190.0, size, "bold", &sentence)
    }

    fn foot(&self, version: &str) -> String {
        let coverage = self.coverage;
        let mut lines = vec![short(
            &format!(
                "Terrain: {}. Computed to {} km. Coasts, borders, towns: Natural Earth. redan {version}: {}",
                coverage.terrain,
                thousands(coverage.radius_m / 1e3),
                coverage.command
            ),
            LETTERS,
        )];
        if !coverage.caveats.is_empty() {
            lines.extend(folded(&format!("Read with care: {}", coverage.caveats.join(" "))));
        }
        if !coverage.sources.is_empty() {
            lines.push(short(&format!("Sources: {}", coverage.sources.join(" · ")), LETTERS));
        }
        let lines = lines.iter().enumerate();
        lines
            .map(|(index, line)| text(44.0, 1_698.0 + 28.0 * index as f64, 20, "soft", line))
            .collect()
    }
}

/// Two lines of at most [`LETTERS`] letters, broken between words; the second ends in an ellipsis where
/// there was more.
fn folded(words: &str) -> Vec<String> {
    let (mut first, mut rest) = (String::new(), String::new());
    for word in words.split(' ') {
        let fits = first.chars().count() + word.chars().count() < LETTERS;
        let line = if rest.is_empty() && fits { &mut first } else { &mut rest };
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    [first, short(&rest, LETTERS)].into_iter().filter(|line| !line.is_empty()).collect()
}

/// A line of letters; `class` names colours, weight and anchor.
pub(super) fn text(x: f64, y: f64, size: u32, class: &str, words: &str) -> String {
    let words = esc(words);
    format!(
        "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{size}\" class=\"{class}\">{words}</text>\n"
    )
}

/// Letters on a light edge, to be read over a map.
pub(super) fn halo(x: f64, y: f64, size: u32, class: &str, words: &str) -> String {
    text(x, y, size, &format!("halo {class}"), words)
}

/// A colour as SVG writes it.
pub(in crate::coverage) fn hex([red, green, blue]: [u8; 3]) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

fn wrapped(content: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{HEIGHT}\" \
         font-family=\"DejaVu Sans\" fill=\"#1c2430\"><style>\
         .title {{ font-family: 'DejaVu Serif'; font-weight: bold }} .bold {{ font-weight: bold }} \
         .soft {{ fill: #4a5562 }} .circle {{ fill: #8c2c0e }} .white {{ fill: #fff }} \
         .middle {{ text-anchor: middle }} .end {{ text-anchor: end }} \
         .halo {{ stroke: #fdfcf9; stroke-width: 6; stroke-linejoin: round; paint-order: stroke }}\
         </style>{content}</svg>"
    )
}
