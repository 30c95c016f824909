//! A coverage in a terminal: a line for each height, and what limits the lowest.

use redan_record::coverage::{Coverage, Limit, Stage};

use super::headline;
use super::layers_of;
use super::summary::Summary;
use super::words::{done, height, percent};

/// The text, with a line end.
pub(super) fn text(coverage: &Coverage, summary: &Summary) -> String {
    let target = &coverage.target;
    let mut text = format!(
        "{}\n  against {}, {:.2} m² from ahead, {:.0} m/s, flying straight at it; {}\n\n",
        coverage.title, target.name, target.rcs_m2, target.speed_m_s, coverage.terrain
    );
    text += "  Height      Stage         Mean range    From    to   Area of the circle   What limits it\n";
    for flight in coverage.layers.iter().step_by(Stage::ALL.len()).map(|layer| layer.flight) {
        for stage in Stage::ALL {
            let Some(figures) = summary.layer(flight, stage) else { continue };
            if figures.nominal.area_km2 == 0.0 && stage == Stage::Engagement && !engages(coverage) {
                continue;
            }
            let ranges = &figures.ranges;
            let band = match (&figures.pessimistic, &figures.optimistic) {
                (Some(low), Some(high)) => {
                    format!(
                        " ({} to {})",
                        percent(low.share_of_naive_pct),
                        percent(high.share_of_naive_pct)
                    )
                }
                _ => String::new(),
            };
            let share = format!("{}{band}", percent(figures.nominal.share_of_naive_pct));
            let limit = figures.shares().into_iter().find(|(limit, _)| *limit != Limit::Covered);
            text += &format!(
                "  {:<11} {:<12} {:>7.0} km {:>7.0} {:>5.0}   {:<20} {}\n",
                height(flight),
                done(stage),
                ranges.mean_km,
                ranges.shortest_km,
                ranges.longest_km,
                share,
                limit.map_or("", |(limit, _)| limit.label())
            );
        }
    }
    let filled =
        layers_of(coverage, if engages(coverage) { Stage::Engagement } else { Stage::Tracking });
    let lined = layers_of(coverage, Stage::Tracking);
    text += &format!("\n  {}\n", headline::sentence(coverage, summary, &filled, &lined));
    text
}

fn engages(coverage: &Coverage) -> bool {
    coverage.sites.iter().any(|site| site.missile.is_some())
}
