//! A coverage in a terminal: a line for each height, and what limits the lowest.

use redan_record::coverage::{Coverage, Limit, Stage};

use super::headline;
use super::summary::Summary;
use super::words::{done, height, percent};
use super::{filled_stage, layers_of, lined_by};

/// The text, with a line end.
pub(super) fn text(coverage: &Coverage, summary: &Summary) -> String {
    let target = &coverage.target;
    let mut text = format!(
        "{}\n  against {}, {:.2} m² from ahead, {:.0} m/s, flying straight at it; {}\n\n",
        coverage.title, target.name, target.rcs_m2, target.speed_m_s, coverage.terrain
    );
    text += "  Height      Stage         Mean range    From    to   Area of the circle   What limits it\n";
    for flight in layers_of(coverage, Stage::Tracking).into_iter().map(|layer| layer.flight) {
        for stage in Stage::ALL {
            let Some(figures) = summary.layer(flight, stage) else { continue };
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
            let limit = largest(&figures.shares());
            text += &format!(
                "  {:<11} {:<12} {:>7.0} km {:>7.0} {:>5.0}   {:<20} {}\n",
                height(flight),
                done(stage),
                ranges.mean_km,
                ranges.shortest_km,
                ranges.longest_km,
                share,
                limit.map_or("", |limit| limit.label())
            );
        }
    }
    let stage = filled_stage(coverage);
    let (filled, lined) = (layers_of(coverage, stage), lined_by(coverage, stage));
    text += &format!("\n  {}\n", headline::sentence(coverage, summary, &filled, &lined));
    text
}

/// What limits most of the cells that are not covered.
fn largest(shares: &[(Limit, f64)]) -> Option<Limit> {
    let limiting = shares.iter().filter(|(limit, share)| *limit != Limit::Covered && *share > 0.0);
    limiting.max_by(|a, b| a.1.total_cmp(&b.1)).map(|(limit, _)| *limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_that_is_told_is_that_of_most_cells() {
        let shares = [(Limit::Covered, 0.7), (Limit::Terrain, 0.1), (Limit::Signal, 0.2)];
        assert_eq!(largest(&shares), Some(Limit::Signal));
        assert_eq!(largest(&shares[..1]), None);
    }
}
