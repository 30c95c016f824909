//! The sentence with the figures that matter most.

use redan_record::coverage::{Coverage, Layer};

use super::summary::Summary;
use super::words::{done, height, percent, thousands};
use crate::report::escape::short;

/// How far the defence gets at the lowest height, against the circle that maps draw.
pub(super) fn sentence(
    coverage: &Coverage,
    summary: &Summary,
    filled: &[&Layer],
    lined: &[&Layer],
) -> String {
    let Some(lowest) = filled.first() else { return String::new() };
    let flight = lowest.flight;
    let mut reached = Vec::new();
    for layer in lined.first().into_iter().chain([lowest]) {
        if let Some(figures) = summary.layer(flight, layer.stage) {
            let km = thousands(figures.ranges.mean_km);
            reached.push(format!("{} to {km} km", done(layer.stage)));
        }
    }
    let share = summary.layer(flight, lowest.stage);
    let share = percent(share.map_or(0.0, |figures| figures.nominal.share_of_naive_pct));
    // A sentence has no signs.
    let share = share.replace("<\u{202f}", "less than ");
    let cut = coverage.sites.iter().any(|site| site.naive_radius_m > coverage.radius_m);
    let part = if cut { "the computed part of " } else { "" };
    let circle = match coverage.sites.as_slice() {
        [site] => format!("{part}the {} km circle", thousands(site.naive_radius_m / 1e3)),
        _ => format!("{part}the claimed circles"),
    };
    format!(
        "{} at {}: {} on average, and {} over {share} of {circle}.",
        short(&coverage.target.name, 30),
        height(flight),
        reached.join(" and "),
        done(lowest.stage)
    )
}
