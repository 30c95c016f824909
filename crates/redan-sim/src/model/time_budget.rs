//! Time budget: how a radar shares its time between search and tracks.
//!
//! **What it models.** Shares of time for search and for looks at tracks add up to at most 1. Under
//! overload all revisits stretch by one factor up to a limit; then tracks are dropped, the least
//! important first.
//!
//! **Equation and reference.** Load Σ dwell / interval (D. K. Barton, *Radar System Analysis and
//! Modeling* (2005), chapter 7, on the time of array radars); the order of giving way is ours.
//!
//! **Inputs.** Seconds; share of search in 0..1.
//!
//! **Valid range.** Positive dwells and intervals, a stretch limit of 1 or more.
//!
//! **Left out.** Order of single dwells, longer dwells on weak targets, stretching of the search.
//!
//! **Validated against** sums worked by hand in the tests.

/// What one track asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TrackLoad {
    /// Time of one look.
    pub dwell_s: f64,
    /// Time between looks that is wanted.
    pub interval_s: f64,
    /// Importance; higher stays longer, and of equals the one listed first.
    pub priority: u32,
}

/// What the radar can do.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeBudget {
    /// Factor by which the intervals of all kept tracks grow, 1 without overload.
    pub stretch_ratio: f64,
    /// Positions of the dropped tracks in the list, in the order of dropping.
    pub dropped: Vec<usize>,
    /// Share of time that is used, search included.
    pub used_ratio: f64,
}

/// Shares out the time that the search leaves.
#[must_use]
pub fn share_time(search_share: f64, tracks: &[TrackLoad], stretch_limit_ratio: f64) -> TimeBudget {
    let left = (1.0 - search_share).max(0.0);
    let most = left * stretch_limit_ratio.max(1.0);
    let mut order: Vec<usize> = (0..tracks.len()).collect();
    // Stable: of equals the one listed first comes first.
    order.sort_by_key(|&index| core::cmp::Reverse(tracks[index].priority));
    let load_of = |kept: &[usize]| -> f64 { kept.iter().map(|&index| share(&tracks[index])).sum() };
    let mut dropped = Vec::new();
    let mut load = load_of(&order);
    while load > most {
        let Some(last) = order.pop() else { break };
        dropped.push(last);
        load = load_of(&order);
    }
    let stretch_ratio = if load > left { load / left } else { 1.0 };
    TimeBudget { stretch_ratio, dropped, used_ratio: search_share + load / stretch_ratio }
}

fn share(track: &TrackLoad) -> f64 {
    track.dwell_s / track.interval_s
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn track(priority: u32) -> TrackLoad {
        TrackLoad { dwell_s: 0.1, interval_s: 1.0, priority }
    }

    #[test]
    fn overload_stretches_first_and_drops_then() {
        let free = share_time(0.5, &[track(1); 4], 2.0);
        assert!((free.stretch_ratio - 1.0).abs() < 1e-12 && free.dropped.is_empty());
        let stretched = share_time(0.5, &[track(1); 8], 2.0);
        assert!((stretched.stretch_ratio - 1.6).abs() < 1e-9 && stretched.dropped.is_empty());
        let tracks: Vec<TrackLoad> = (0..12).map(|n| track(u32::from(n != 3))).collect();
        let dropping = share_time(0.5, &tracks, 1.9);
        assert_eq!(dropping.dropped, [3, 11, 10]);
    }

    proptest! {
        #[test]
        fn time_is_never_spent_twice(search in 0.0..1.0, count in 0usize..60, limit in 1.0..4.0) {
            let tracks: Vec<TrackLoad> = (0u32..).take(count).map(track).collect();
            let budget = share_time(search, &tracks, limit);
            prop_assert!(budget.used_ratio <= 1.0 + 1e-12);
            prop_assert!(budget.stretch_ratio <= limit * (1.0 + 1e-12));
        }
    }
}
