//! Lines of the map of the page; the script draws the cells under them.

use std::fmt::Write as _;

use redan_record::coverage::Coverage;

use crate::coverage::frame::Frame;
use crate::coverage::places::away_deg;
use crate::report::coast::{LonLat, shapes};
use crate::report::escape::esc;

/// Units of the drawing from west to east.
const WIDTH: f64 = 1_000.0;

/// Canvas and lines.
pub(super) fn map(coverage: &Coverage) -> String {
    let frame = Frame::of(&coverage.grid, 0.0, 0.0, WIDTH, 4.0 * WIDTH);
    let shapes = shapes(frame.window());
    let lines = |lines: &[Vec<LonLat>]| -> String {
        lines.iter().map(|line| frame.path(line, false)).collect()
    };
    let grid = &coverage.grid;
    format!(
        "<div id=\"map\" role=\"application\" tabindex=\"0\" aria-describedby=\"where\" \
         aria-label=\"Map of coverage. Arrow keys move the pointer.\">\
         <canvas id=\"cells\" width=\"{}\" height=\"{}\" aria-hidden=\"true\"></canvas>\
         <svg viewBox=\"0 0 {} {}\" aria-hidden=\"true\" focusable=\"false\">\
         <path class=\"line coast\" d=\"{}\"/><path class=\"line border\" d=\"{}\"/>\
         <g id=\"rings\">{}</g>{}<g id=\"cross\" hidden><path d=\"M-14 0h10M4 0h10M0-14v10M0 4v10\"/>\
         <circle r=\"4\"/></g></svg></div>\n",
        grid.columns,
        grid.rows,
        frame.width,
        frame.height,
        lines(&shapes.coasts),
        lines(&shapes.borders),
        circles(&frame, coverage),
        sites(&frame, coverage)
    )
}

fn circles(frame: &Frame, coverage: &Coverage) -> String {
    let mut drawn = String::new();
    for site in &coverage.sites {
        let ring: Vec<LonLat> = (0..180)
            .map(|step| {
                let [lat, lon] = away_deg(site.place, f64::from(step) * 2.0, site.naive_radius_m);
                (lon, lat)
            })
            .collect();
        let _ = write!(drawn, "<path d=\"{}\"/>", frame.path(&ring, true));
    }
    drawn
}

fn sites(frame: &Frame, coverage: &Coverage) -> String {
    let mut drawn = String::new();
    for site in &coverage.sites {
        let (x, y) = (frame.x(site.place.lon_deg()), frame.y(site.place.lat_deg()));
        let _ = write!(
            drawn,
            "<g class=\"site\" transform=\"translate({x:.1} {y:.1})\"><rect x=\"-10\" y=\"-8\" width=\"20\" \
             height=\"16\" rx=\"2.5\"/><path d=\"M-6 4A6 6 0 0 1 6 4M0 4V-1\"/>\
             <text y=\"-13\">{}</text></g>",
            esc(&site.name)
        );
    }
    drawn
}
