//! Lines and letters of the main map.

use std::fmt::Write as _;

use redan_record::coverage::{CellGrid, Coverage, Layer, Limit, Site};

use super::sheet::{halo, text};
use crate::coverage::frame::Frame;
use crate::coverage::outline::patches;
use crate::coverage::places::away_deg;
use crate::coverage::ranges::{SIXTEEN, sectors};
use crate::coverage::words::{metres, thousands};
use crate::report::coast::{LonLat, shapes};

const TOWNS: &str = include_str!("../../../assets/towns.tsv");

/// Lines of the graticule across a map at most.
const LINES: f64 = 10.0;

/// Sectors of sixteen along which lines are labelled in turn: east-north-east and west-north-west, or what
/// lies opposite to the south where the name of a site is in the way. A choice of ours.
const SPOKES: [[usize; 2]; 2] = [[3, 5], [13, 11]];

/// Size of the letters of sites on the main map, pixels.
pub(super) const SITE_LETTERS: u32 = 25;

/// Size of the letters of heights on lines, pixels.
const HEIGHT_LETTERS: u32 = 20;

/// Outlines of fewer half-step squares than this are not drawn as lines: a hundred cells.
const FEWEST: i64 = 400;

/// Sea and land.
pub(super) fn ground(frame: &Frame) -> String {
    let land: String =
        shapes(frame.window()).land.iter().map(|ring| frame.path(ring, true)).collect();
    let Frame { left, top, width, height, .. } = frame;
    format!(
        "<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\" fill=\"#dfe8ee\"/>\
         <path d=\"{land}\" fill=\"#f4efe2\" fill-rule=\"evenodd\"/>\n"
    )
}

/// Coasts and borders, lines of so many pixels.
pub(super) fn coasts(frame: &Frame, width: f64) -> String {
    let shapes = shapes(frame.window());
    let all = |lines: &[Vec<LonLat>]| -> String {
        lines.iter().map(|line| frame.path(line, false)).collect()
    };
    format!(
        "<path d=\"{}\" fill=\"none\" stroke=\"#41586a\" stroke-width=\"{width}\"/>\
         <path d=\"{}\" fill=\"none\" stroke=\"#6b5d45\" stroke-width=\"{width}\" \
         stroke-dasharray=\"10 4 2 4\"/>\n",
        all(&shapes.coasts),
        all(&shapes.borders)
    )
}

/// Meridians and parallels with their degrees outside the frame.
pub(super) fn graticule(frame: &Frame) -> String {
    let window = frame.window();
    let wide = (window.east - window.west).max(window.north - window.south);
    let steps = [0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0];
    let step = steps.into_iter().find(|step| wide / step <= LINES).unwrap_or(10.0);
    let (mut path, mut words) = (String::new(), String::new());
    let digits = usize::from(step < 1.0);
    let multiples = |from: f64, to: f64| {
        let first = (from / step).ceil() as i64;
        (first..=(to / step).floor() as i64).map(move |index| index as f64 * step)
    };
    for lon in multiples(window.west, window.east) {
        let x = frame.x(lon);
        let _ = write!(path, "M{x:.1} {}V{}", frame.top, frame.bottom());
        let name = format!("{:.digits$}° {}", lon.abs(), if lon < 0.0 { 'W' } else { 'E' });
        if x > frame.left + 40.0 && x < frame.right() - 40.0 {
            words += &text(x, frame.bottom() + 24.0, 20, "soft middle", &name);
        }
    }
    for lat in multiples(window.south, window.north) {
        let y = frame.y(lat);
        let _ = write!(path, "M{} {y:.1}H{}", frame.left, frame.right());
        let name = format!("{:.digits$}° {}", lat.abs(), if lat < 0.0 { 'S' } else { 'N' });
        if y > frame.top + 20.0 && y < frame.bottom() - 10.0 {
            words += &text(frame.left - 8.0, y + 7.0, 20, "soft end", &name);
        }
    }
    format!(
        "<path d=\"{path}\" stroke=\"#1c2430\" stroke-opacity=\".16\" stroke-width=\"1.2\"/>{words}"
    )
}

/// Outlines of layers as lines, each in its colour on white; the first on top.
pub(super) fn outlines(frame: &Frame, grid: &CellGrid, layers: &[(&Layer, String)]) -> String {
    let mut lines = String::new();
    for (layer, colour) in layers.iter().rev() {
        let covered = |cell: usize| layer.nominal[cell] == Limit::Covered as u8;
        let mut path = String::new();
        for patch in patches(grid.rows, grid.columns, FEWEST, covered) {
            let [x, y] = [grid.lon_step_deg / 2.0, grid.lat_step_deg / 2.0];
            let place = |[column, row]: &[i32; 2]| {
                (grid.west_deg + f64::from(*column) * x, grid.south_deg + f64::from(*row) * y)
            };
            let ring: Vec<LonLat> = patch.outer.iter().map(place).collect();
            path += &frame.path(&ring, true);
        }
        let _ = writeln!(
            lines,
            "<path d=\"{path}\" fill=\"none\" stroke=\"#fff\" stroke-width=\"6\" stroke-opacity=\".75\" \
             stroke-linejoin=\"round\"/><path d=\"{path}\" fill=\"none\" stroke=\"{colour}\" \
             stroke-width=\"3\" stroke-linejoin=\"round\"/>"
        );
    }
    lines
}

/// The height of each line, where it crosses a spoke from the first site; left out where two would lie on
/// one another.
pub(super) fn line_heights(
    frame: &Frame,
    coverage: &Coverage,
    rays: &[Vec<u32>],
    layers: &[(&Layer, String)],
) -> String {
    let Some(site) = coverage.sites.first() else { return String::new() };
    let mut drawn = String::new();
    let mut last_km = [0.0; SPOKES.len()];
    for (index, (layer, _)) in layers.iter().enumerate() {
        let turn = index % SPOKES.len();
        let around = sectors(rays, &layer.nominal, SIXTEEN.len());
        let words = metres(layer.flight);
        for spoke in SPOKES[turn] {
            let Some(sector) = around.get(spoke) else { continue };
            let [lat, lon] = away_deg(site.place, sector.azimuth_deg, sector.mean_km * 1e3);
            let (x, y) = (frame.x(lon), frame.y(lat) + 7.0);
            let label = Label::bold(x, y, HEIGHT_LETTERS, &words);
            let is_apart = (sector.mean_km - last_km[turn]) * frame.per_km() >= 44.0;
            let is_free = !coverage.sites.iter().any(|site| label.meets(&name_of(frame, site)));
            if is_apart && is_free && frame.holds((lon, lat), 30.0) {
                last_km[turn] = sector.mean_km;
                drawn += &halo(x, y, HEIGHT_LETTERS, "middle bold", &words);
                break;
            }
        }
    }
    drawn
}

/// The space that words take, pixels.
struct Label {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

impl Label {
    /// Bold words around a place, which is the middle of their base line.
    fn bold(x: f64, y: f64, letters: u32, words: &str) -> Self {
        // A letter of DejaVu Sans Bold is 0.7 of its height wide on average.
        let size = f64::from(letters);
        let half = 0.35 * size * words.chars().count() as f64;
        Self { left: x - half, right: x + half, top: y - size, bottom: y + 0.3 * size }
    }

    fn meets(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }
}

/// The space of the name of a site on the main map, down to the foot of its sign.
fn name_of(frame: &Frame, site: &Site) -> Label {
    let (x, y) = (frame.x(site.place.lon_deg()), frame.y(site.place.lat_deg()));
    Label { bottom: y + 16.0, ..Label::bold(x, y - 24.0, SITE_LETTERS, &site.name) }
}

/// The naive circles with what they claim.
pub(super) fn circles(frame: &Frame, coverage: &Coverage, letters: u32) -> String {
    let mut drawn = String::new();
    for site in &coverage.sites {
        let ring: Vec<LonLat> = (0..180).map(|step| around(site, f64::from(step) * 2.0)).collect();
        let path = frame.path(&ring, true);
        let width = if letters > 0 { 5.0 } else { 2.5 };
        let _ = write!(
            drawn,
            "<path d=\"{path}\" fill=\"none\" stroke=\"#fff\" stroke-width=\"{}\" stroke-opacity=\".7\"/>\
             <path d=\"{path}\" fill=\"none\" stroke=\"#a03412\" stroke-width=\"{width}\" \
             stroke-dasharray=\"{} {}\"/>",
            width + 4.0,
            width * 4.0,
            width * 2.6
        );
        if letters > 0 {
            let label =
                format!("{} km circle: {}", thousands(site.naive_radius_m / 1e3), site.naive_claim);
            let spot = [0.0, 180.0].into_iter().map(|azimuth| around(site, azimuth));
            if let Some(spot) = spot.into_iter().find(|spot| frame.holds(*spot, 40.0)) {
                let style = "circle middle bold";
                drawn += &halo(frame.x(spot.0), frame.y(spot.1) - 14.0, letters, style, &label);
            }
        }
    }
    drawn
}

/// Sites with their names.
pub(super) fn sites(frame: &Frame, coverage: &Coverage, letters: u32) -> String {
    let mut drawn = String::new();
    for site in &coverage.sites {
        let (x, y) = (frame.x(site.place.lon_deg()), frame.y(site.place.lat_deg()));
        let size = if letters > 0 { 1.0 } else { 0.55 };
        let _ = write!(
            drawn,
            "<g transform=\"translate({x:.1} {y:.1}) scale({size})\"><rect x=\"-17\" y=\"-14\" width=\"34\" \
             height=\"28\" rx=\"4\" fill=\"#fff\" stroke=\"#a03412\" stroke-width=\"3.5\"/>\
             <path d=\"M-10 7A10 10 0 0 1 10 7M0 7V-2\" fill=\"none\" stroke=\"#a03412\" stroke-width=\"3.5\"/></g>"
        );
        if letters > 0 {
            drawn += &halo(x, y - 24.0, letters, "bold middle", &site.name);
        }
    }
    drawn
}

/// Towns in the frame, but none whose name would lie on a site.
pub(super) fn towns(frame: &Frame, coverage: &Coverage) -> String {
    let mut drawn = String::new();
    for line in TOWNS.lines() {
        let mut fields = line.split('\t');
        let (Some(name), Some(lat), Some(lon)) = (fields.next(), fields.next(), fields.next())
        else {
            continue;
        };
        let (Ok(lat), Ok(lon)) = (lat.parse::<f64>(), lon.parse::<f64>()) else { continue };
        if !frame.holds((lon, lat), 60.0) {
            continue;
        }
        let (x, y) = (frame.x(lon), frame.y(lat));
        let near = |site: &Site| {
            let (dx, dy) = (frame.x(site.place.lon_deg()) - x, frame.y(site.place.lat_deg()) - y);
            dx * dx + dy * dy < 30.0 * 30.0
        };
        if coverage.sites.iter().any(near) {
            continue;
        }
        let _ = write!(
            drawn,
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"6\" fill=\"#1c2430\" stroke=\"#fff\" stroke-width=\"2\"/>"
        );
        drawn += &halo(x + 13.0, y + 17.0, 23, "", name);
    }
    drawn
}

/// Scale bar and north, in the lower left corner.
pub(super) fn furniture(frame: &Frame) -> String {
    let lengths = [5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0];
    let fits = |length: &f64| *length * frame.per_km() < frame.width / 5.0;
    let length = lengths.into_iter().rev().find(fits).unwrap_or(5.0);
    let (x, y, wide) = (frame.left + 28.0, frame.bottom() - 34.0, length * frame.per_km());
    let words = text(x, y - 10.0, 21, "", "0")
        + &text(x + wide, y - 10.0, 21, "end", &format!("{length} km"))
        + &text(x + wide + 64.0, y + 8.0, 22, "bold middle", "N");
    format!(
        "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"78\" rx=\"6\" fill=\"#fdfcf9\" fill-opacity=\".88\"/>\
         <path d=\"M{x} {y}h{}\" stroke=\"#1c2430\" stroke-width=\"9\"/>\
         <path d=\"M{} {y}h{}\" stroke=\"#fff\" stroke-width=\"4.5\"/>\
         <path d=\"M{} {}l-11 32 11-8 11 8z\" fill=\"#1c2430\"/>{words}",
        x - 16.0,
        y - 50.0,
        wide + 126.0,
        wide,
        x + wide / 2.0,
        wide / 2.0 - 2.0,
        x + wide + 64.0,
        y - 44.0
    )
}

fn around(site: &Site, azimuth_deg: f64) -> LonLat {
    let [lat_deg, lon_deg] = away_deg(site.place, azimuth_deg, site.naive_radius_m);
    (lon_deg, lat_deg)
}
