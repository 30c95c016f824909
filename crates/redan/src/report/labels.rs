//! Words on the map, placed so that none covers another: each takes the best of eight places around
//! its point, first come first served, and stays away where no place is free.

use super::escape::{esc, short};
use super::frame::{Point, WIDTH};

/// Letters of a label at most.
const LETTERS: usize = 30;

/// How many points of a line a covered mark weighs.
const MARK: usize = 12;

/// Size of a mark.
const MARK_RADIUS: f64 = 5.0;

/// Where words are and what they should keep clear of.
pub(super) struct Labels {
    height: f64,
    taken: Vec<Area>,
    /// Points of lines and of marks, and how bad it is to write there.
    costly: Vec<(Point, usize)>,
}

/// An area of the drawing, from its upper left to its lower right.
#[derive(Clone, Copy)]
struct Area {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

/// A label that wants a place.
pub(super) struct Wish<'a> {
    pub(super) at: Point,
    /// Place on the ground from which `at` is shifted by a few units, also when the map is zoomed.
    pub(super) ground: Point,
    /// Distance that the words keep from the point.
    pub(super) clear: f64,
    pub(super) text: &'a str,
    /// Size of the letters.
    pub(super) size: f64,
    /// Class of the text.
    pub(super) class: &'a str,
    /// Further attributes of the group, escaped.
    pub(super) data: &'a str,
}

impl Labels {
    pub(super) fn new(height: f64) -> Self {
        Self { height, taken: Vec::new(), costly: Vec::new() }
    }

    /// Nothing may be written within `radius` of a point.
    pub(super) fn keep_free(&mut self, at: Point, radius: f64) {
        self.taken.push(Area::around(at, radius, radius));
    }

    /// Words rather stay away from this point of a line.
    pub(super) fn avoid(&mut self, at: Point) {
        self.costly.push((at, 1));
    }

    /// Words stay away from this mark if they can at all.
    pub(super) fn avoid_mark(&mut self, at: Point) {
        self.costly.push((at, MARK));
    }

    /// Writes a label at the best free place; nothing where none is free.
    pub(super) fn place(&mut self, wish: &Wish<'_>) -> String {
        let text = short(wish.text, LETTERS);
        let (width, height) = (width_of(&text, wish.size), wish.size * 1.15);
        let mut best: Option<(usize, Area)> = None;
        for area in areas(wish.at, wish.clear, width, height) {
            if !area.inside(self.height) || self.taken.iter().any(|taken| taken.meets(&area)) {
                continue;
            }
            let reach = area.grown(MARK_RADIUS);
            let cost = |(at, weight): &(Point, usize)| {
                let within = if *weight == MARK { &reach } else { &area };
                if within.holds(*at) { *weight } else { 0 }
            };
            let crossed: usize = self.costly.iter().map(cost).sum();
            if best.is_none_or(|(least, _)| crossed < least) {
                best = Some((crossed, area));
            }
        }
        let Some((_, area)) = best else { return String::new() };
        self.taken.push(area);
        written(wish, &text, area)
    }
}

/// Letters are anchored on the side of their point, so that a font that runs narrower or wider than
/// the estimate moves only their far end.
fn written(wish: &Wish<'_>, text: &str, area: Area) -> String {
    let (anchor, x) = if area.left > wish.at.x {
        ("start", area.left)
    } else if area.right < wish.at.x {
        ("end", area.right)
    } else {
        ("middle", f64::midpoint(area.left, area.right))
    };
    let baseline = area.bottom - wish.size * 0.3;
    format!(
        "<g transform=\"translate({:.1} {:.1})\" {}><text class=\"{} k\" x=\"{:.1}\" y=\"{:.1}\" \
         text-anchor=\"{anchor}\" font-size=\"{}\">{}</text></g>\n",
        wish.ground.x,
        wish.ground.y,
        wish.data,
        wish.class,
        x - wish.ground.x,
        baseline - wish.ground.y,
        wish.size,
        esc(text)
    )
}

/// The eight places around a point, best first: beside it, then above and below, then diagonal.
fn areas(at: Point, clear: f64, width: f64, height: f64) -> [Area; 8] {
    let (right, left) = (clear + width / 2.0, -clear - width / 2.0);
    let (below, above) = (clear + height / 2.0, -clear - height / 2.0);
    let (lower, upper) = (0.6 * clear + height / 2.0, -0.6 * clear - height / 2.0);
    let offsets = [
        (right, 0.0),
        (left, 0.0),
        (0.0, above),
        (0.0, below),
        (0.8 * clear + width / 2.0, upper),
        (0.8 * clear + width / 2.0, lower),
        (-0.8 * clear - width / 2.0, upper),
        (-0.8 * clear - width / 2.0, lower),
    ];
    offsets
        .map(|(x, y)| Area::around(Point { x: at.x + x, y: at.y + y }, width / 2.0, height / 2.0))
}

/// Width of a text in units of the drawing, on the wide side: fonts differ.
fn width_of(text: &str, size: f64) -> f64 {
    let letter = |letter: char| match letter {
        'i' | 'l' | 'j' | '.' | ',' | ' ' | '-' | '/' | '\'' => 0.38,
        'm' | 'w' | 'M' | 'W' => 0.92,
        'A'..='Z' | '0'..='9' => 0.66,
        'a'..='z' => 0.6,
        _ if letter.is_ascii() => 0.6,
        _ => 1.0,
    };
    text.chars().map(letter).sum::<f64>() * size
}

impl Area {
    fn around(middle: Point, half_width: f64, half_height: f64) -> Self {
        Self {
            left: middle.x - half_width,
            top: middle.y - half_height,
            right: middle.x + half_width,
            bottom: middle.y + half_height,
        }
    }

    fn grown(&self, by: f64) -> Self {
        Self {
            left: self.left - by,
            top: self.top - by,
            right: self.right + by,
            bottom: self.bottom + by,
        }
    }

    fn meets(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    fn holds(&self, point: Point) -> bool {
        (self.left..=self.right).contains(&point.x) && (self.top..=self.bottom).contains(&point.y)
    }

    fn inside(&self, height: f64) -> bool {
        self.left >= 4.0
            && self.top >= 4.0
            && self.right <= WIDTH - 4.0
            && self.bottom <= height - 4.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(x: f64, y: f64, text: &str) -> Wish<'_> {
        let at = Point { x, y };
        Wish { at, ground: at, clear: 8.0, text, size: 12.0, class: "label", data: "" }
    }

    #[test]
    fn labels_of_one_point_take_different_places_until_none_is_free() {
        let mut labels = Labels::new(700.0);
        let written: Vec<String> =
            (0..12).map(|_| labels.place(&wish(500.0, 300.0, "raid"))).collect();
        let placed = written.iter().filter(|text| !text.is_empty()).count();
        assert!((4..=8).contains(&placed), "{placed} placed");
        for (index, area) in labels.taken.iter().enumerate() {
            assert!(labels.taken[index + 1..].iter().all(|other| !other.meets(area)));
        }
    }

    #[test]
    fn labels_stay_on_the_map_and_off_the_lines() {
        let mut labels = Labels::new(700.0);
        let at_edge = labels.place(&wish(WIDTH - 10.0, 300.0, "airliner-west"));
        assert!(at_edge.contains("text-anchor=\"end\""), "{at_edge}");
        for step in 0..20 {
            labels.avoid(Point { x: 510.0 + f64::from(step), y: 500.0 });
        }
        let beside = labels.place(&wish(500.0, 500.0, "raid"));
        assert!(beside.contains("text-anchor=\"end\""), "{beside}");
    }
}
