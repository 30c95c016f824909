//! The ground of the map: sea, land, borders, graticule, scale bar and north arrow.

use std::fmt::Write;

use super::coast::{LonLat, shapes};
use super::frame::{Frame, Point, WIDTH};
use super::labels::Labels;

/// Distances between lines of the graticule, degrees.
const STEPS: [f64; 9] = [0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0];

/// Lines of the graticule across the map at most.
const LINES: f64 = 9.0;

/// Points nearer to the last than this many units are left out.
const FINEST: f64 = 0.8;

/// Sea, land and borders.
pub(super) fn land(frame: &Frame) -> String {
    let shapes = shapes(frame.window(3.0));
    format!(
        "<g class=\"ground\" aria-hidden=\"true\">\
         <rect class=\"sea\" width=\"{WIDTH}\" height=\"{}\"/>\n\
         <path class=\"land\" fill-rule=\"evenodd\" d=\"{}\"/>\n\
         <path class=\"border\" d=\"{}\"/>\n<path class=\"coast\" d=\"{}\"/></g>\n",
        frame.height,
        outlines(frame, &shapes.land, "Z"),
        outlines(frame, &shapes.borders, ""),
        outlines(frame, &shapes.coasts, "")
    )
}

/// Meridians and parallels with their degrees.
pub(super) fn graticule(frame: &Frame, labels: &mut Labels) -> String {
    let window = frame.window(0.0);
    let wide = (window.east - window.west).max(window.north - window.south);
    let step = STEPS.into_iter().find(|step| wide / step <= LINES).unwrap_or(30.0);
    let (mut path, mut words) = (String::new(), String::new());
    for lon in multiples(window.west, window.east, step) {
        let foot = frame.at((lon, window.south));
        let _ = write!(path, "M{:.1} 0V{}", foot.x, frame.height);
        let at = Point { x: foot.x + 4.0, y: frame.height - 6.0 };
        if at.x > WIDTH - 40.0 {
            continue;
        }
        words += &degrees(wrapped(lon), step, ('E', 'W'), at, labels);
    }
    for lat in multiples(window.south, window.north, step).filter(|lat| lat.abs() < 90.0) {
        let edge = frame.at((window.west, lat));
        let _ = write!(path, "M0 {:.1}H{WIDTH}", edge.y);
        let at = Point { x: 6.0, y: edge.y - 4.0 };
        // The corners belong to the meridians.
        if at.y > frame.height - 24.0 || at.y < 14.0 {
            continue;
        }
        words += &degrees(lat, step, ('N', 'S'), at, labels);
    }
    format!(
        "<g class=\"graticule\" aria-hidden=\"true\"><path class=\"grid\" d=\"{path}\"/>\n{words}</g>\n"
    )
}

/// Scale bar and north arrow in the upper right corner.
pub(super) fn furniture(frame: &Frame, labels: &mut Labels) -> String {
    let unit = frame.units_per_km();
    let longest = WIDTH / 6.0 / unit;
    let lengths = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000];
    let fitting = lengths.into_iter().rev().find(|length| f64::from(*length) <= longest);
    let length = fitting.unwrap_or(1);
    let width = f64::from(length) * unit;
    let left = WIDTH - 58.0 - width;
    labels.keep_free(Point { x: left + width / 2.0 + 20.0, y: 24.0 }, width / 2.0 + 44.0);
    format!(
        "<g class=\"furniture\" aria-hidden=\"true\">\
         <path class=\"rule\" d=\"M{left:.1} 24v6h{width:.1}v-6M{:.1} 27v3\"/>\
         <text class=\"halo\" x=\"{left:.1}\" y=\"18\" font-size=\"11\">0</text>\
         <text class=\"halo\" x=\"{:.1}\" y=\"18\" font-size=\"11\" text-anchor=\"end\">{length} km</text>\
         <g transform=\"translate({} 30)\"><path class=\"north\" d=\"M0-20 6.5 0 0-4-6.5 0Z\"/>\
         <text class=\"halo\" y=\"13\" font-size=\"11\" text-anchor=\"middle\">N</text></g></g>\n",
        left + width / 2.0,
        left + width,
        WIDTH - 26.0
    )
}

fn degrees(
    value: f64,
    step: f64,
    (plus, minus): (char, char),
    at: Point,
    labels: &mut Labels,
) -> String {
    labels.keep_free(Point { x: at.x + 14.0, y: at.y - 4.0 }, 16.0);
    let letter = if value < 0.0 { minus } else { plus };
    let digits = usize::from(step < 1.0);
    format!(
        "<text class=\"halo degrees\" x=\"{:.1}\" y=\"{:.1}\" font-size=\"10.5\">{:.digits$}° {letter}</text>\n",
        at.x,
        at.y,
        value.abs()
    )
}

fn multiples(from: f64, to: f64, step: f64) -> impl Iterator<Item = f64> {
    let first = (from / step).ceil();
    let number = ((to / step).floor() - first + 1.0).max(0.0) as u32;
    (0..number.min(80)).map(move |index| (first + f64::from(index)) * step)
}

/// A longitude between −180 and 180.
fn wrapped(lon: f64) -> f64 {
    lon - 360.0 * ((lon + 180.0) / 360.0).floor()
}

fn outlines(frame: &Frame, lines: &[Vec<LonLat>], end: &str) -> String {
    let mut path = String::new();
    for line in lines {
        let mut last: Option<Point> = None;
        let mut piece = String::new();
        for (index, place) in line.iter().enumerate() {
            let point = frame.at(*place);
            let near =
                |from: Point| (from.x - point.x).abs().max((from.y - point.y).abs()) < FINEST;
            if last.is_some_and(near) && index + 1 < line.len() {
                continue;
            }
            let verb = if last.is_none() { 'M' } else { 'L' };
            let _ = write!(piece, "{verb}{:.1} {:.1}", point.x, point.y);
            last = Some(point);
        }
        // What has become one point is too small to be seen.
        if piece.matches('L').count() > usize::from(!end.is_empty()) {
            path += &piece;
            path += end;
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_the_graticule_stand_at_whole_steps() {
        let lines: Vec<f64> = multiples(28.3, 37.9, 2.0).collect();
        assert_eq!(lines, [30.0, 32.0, 34.0, 36.0]);
        assert_eq!(multiples(0.1, 0.3, 0.5).count(), 0);
        assert!((wrapped(181.0) + 179.0).abs() < 1e-9 && (wrapped(-180.0) + 180.0).abs() < 1e-9);
    }
}
