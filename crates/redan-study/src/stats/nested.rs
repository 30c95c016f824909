//! Two kinds of chance told apart: battles (luck) within draws of the ledger (what is not known).
//!
//! A study plays the same number of battles m with each of n draws of the ledger. What battles of one draw
//! have in common is the doing of the figures; how they differ is luck. With y the mean of a draw,
//! the variance of luck σ² is the mean variance within draws, and the variance of the conditional mean is
//! τ² = s²(y) − σ²/m, nothing if that is negative: the analysis of variance of random effects (S. R. Searle,
//! G. Casella, C. E. McCulloch, *Variance Components*, 1992, section 3.6).
//!
//! * **Monte Carlo error** is that of the mean over everything: Student's interval over the means of draws,
//!   which are independent, while battles within a draw are not.
//! * **Spread by the ledger** is where the conditional mean lies for nine draws of ten: the means of the draws
//!   are drawn together towards their mean by √(τ²/s²), so that their variance is τ², and their quantiles are
//!   taken. Without that, luck would pass for ignorance. It does not shrink with more battles: only
//!   better sources can narrow it.

use super::Interval;
use super::mean::{self, Estimate};
use super::quantile;

/// What a study knows of one measure.
#[derive(Clone, Debug, PartialEq)]
pub struct Nested {
    /// Mean over all draws, with its Monte Carlo interval; the count is that of draws.
    pub mean: Estimate,
    /// Standard deviation of battles with the same figures; `None` with one battle in each draw.
    pub luck_deviation: Option<f64>,
    /// Standard deviation of the conditional mean over the ledger; `None` likewise.
    pub ledger_deviation: Option<f64>,
    /// Where nine of ten conditional means lie; `None` likewise.
    pub ledger_spread: Option<Interval>,
}

/// Values of one measure, grouped by draw: `values` in the order of the rows, `draws` the draw of
/// each, equal ones side by side, unobserved values `None`.
pub fn grouped(values: &[Option<f64>], draws: &[u64]) -> Vec<Vec<f64>> {
    let mut groups: Vec<Vec<f64>> = Vec::new();
    let mut latest = None;
    for (value, draw) in values.iter().zip(draws) {
        if latest != Some(draw) {
            groups.push(Vec::new());
            latest = Some(draw);
        }
        if let (Some(value), Some(group)) = (value, groups.last_mut()) {
            group.push(*value);
        }
    }
    groups.retain(|group| !group.is_empty());
    groups
}

/// What the groups say; `None` for fewer than two draws with a value. Groups may differ in size where a
/// measure is unobserved in some battles: each draw counts the same.
pub fn estimate(groups: &[Vec<f64>], confidence_probability: f64) -> Option<Nested> {
    let means = means(groups);
    let mean = mean::estimate(&means, confidence_probability)?;
    let luck = luck_variance(groups);
    let ledger = luck.map(|luck| ledger_variance(groups, &means, luck));
    let spread = ledger.and_then(|ledger| spread(&means, &mean, ledger));
    Some(Nested {
        mean,
        luck_deviation: luck.map(f64::sqrt),
        ledger_deviation: ledger.map(f64::sqrt),
        ledger_spread: spread,
    })
}

/// Mean of each group.
pub fn means(groups: &[Vec<f64>]) -> Vec<f64> {
    groups.iter().filter_map(|group| mean::mean(group)).collect()
}

/// Mean variance within groups, weighted by their degrees of freedom; `None` where no group has two values.
fn luck_variance(groups: &[Vec<f64>]) -> Option<f64> {
    let (mut squares, mut freedom) = (0.0, 0.0);
    for group in groups {
        if let Some(variance) = mean::variance(group) {
            let own = group.len() as f64 - 1.0;
            squares += variance * own;
            freedom += own;
        }
    }
    (freedom > 0.0).then(|| squares / freedom)
}

/// Variance of the conditional mean, never negative.
fn ledger_variance(groups: &[Vec<f64>], means: &[f64], luck: f64) -> f64 {
    let between = mean::variance(means).unwrap_or(0.0);
    // The luck that is left in a mean, averaged over groups of different sizes.
    let inverse = groups.iter().map(|group| 1.0 / group.len() as f64).sum::<f64>();
    (between - luck * inverse / groups.len() as f64).max(0.0)
}

fn spread(means: &[f64], mean: &Estimate, ledger_variance: f64) -> Option<Interval> {
    let between = mean.deviation * mean.deviation;
    let pull = if between > 0.0 { (ledger_variance / between).min(1.0).sqrt() } else { 0.0 };
    let pulled: Vec<f64> = means.iter().map(|one| mean.mean + pull * (one - mean.mean)).collect();
    let pulled = quantile::sorted(&pulled);
    let at = |probability| quantile::quantile(&pulled, probability);
    Some(Interval { low: at(0.05)?, high: at(0.95)? })
}

#[cfg(test)]
mod tests {
    use redan_sim::draw::{Luck, NameHash, Purpose};

    use super::*;

    /// Draws with conditional means of deviation `ledger` and battles with deviation `luck`.
    fn groups(draws: u64, battles: u64, ledger: f64, luck: f64) -> Vec<Vec<f64>> {
        let chance = Luck::new(5, 0);
        let of = |name: &'static str, number| {
            chance.draw(Purpose::Ledger, NameHash::of(name), number).normal()
        };
        (0..draws)
            .map(|draw| {
                let middle = 10.0 + ledger * of("ledger", draw);
                (0..battles).map(|b| middle + luck * of("luck", draw * battles + b)).collect()
            })
            .collect()
    }

    #[test]
    fn luck_and_ledger_are_told_apart() {
        let found = estimate(&groups(2_000, 4, 1.0, 3.0), 0.95).expect("many draws");
        assert!((found.luck_deviation.expect("four battles") - 3.0).abs() < 0.1, "{found:?}");
        assert!((found.ledger_deviation.expect("four battles") - 1.0).abs() < 0.15, "{found:?}");
        // A normal distribution has nine tenths within 1.645 deviations.
        let spread = found.ledger_spread.expect("four battles");
        assert!((spread.half_width() - 1.645).abs() < 0.25, "{spread:?}");
        assert!(found.mean.interval.contains(10.0));
    }

    #[test]
    fn luck_alone_gives_next_to_no_spread_by_the_ledger() {
        let found = estimate(&groups(2_000, 4, 0.0, 3.0), 0.95).expect("many draws");
        assert!(found.ledger_deviation.expect("four battles") < 0.35, "{found:?}");
    }

    #[test]
    fn one_battle_in_each_draw_cannot_tell_them_apart() {
        let found = estimate(&groups(50, 1, 1.0, 1.0), 0.95).expect("many draws");
        assert_eq!((found.luck_deviation, found.ledger_spread), (None, None));
    }

    #[test]
    fn unobserved_values_are_no_zeros() {
        let values = [Some(1.0), None, None, None, Some(3.0), Some(5.0)];
        let found = grouped(&values, &[0, 0, 1, 1, 2, 2]);
        assert_eq!(found, [vec![1.0], vec![3.0, 5.0]]);
    }
}
