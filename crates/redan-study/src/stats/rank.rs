//! Rank correlation: does one thing rise with another, whatever the shape?
//!
//! Spearman's coefficient is Pearson's of the ranks, ties sharing their mean rank (M. G. Kendall, *Rank
//! Correlation Methods*, 4th ed. 1970). Its interval goes through Fisher's z with the standard error
//! √((1 + ρ²/2) / (n − 3)) of D. G. Bonett and T. A. Wright, Psychometrika 65 (2000) 23.

use super::Interval;
use super::proportion::two_sided;

/// Ranks from 1, ties sharing their mean.
pub fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]).then(a.cmp(b)));
    let mut ranks = vec![0.0; values.len()];
    let mut from = 0;
    while from < order.len() {
        let tied = order[from..].iter().take_while(|i| values[**i] <= values[order[from]]).count();
        let shared = from as f64 + 0.5 * (tied as f64 + 1.0);
        order[from..from + tied].iter().for_each(|index| ranks[*index] = shared);
        from += tied;
    }
    ranks
}

/// Spearman's coefficient, −1 to 1; `None` for fewer than three pairs, or where one side never varies.
pub fn spearman_correlation(first: &[f64], second: &[f64]) -> Option<f64> {
    if first.len() != second.len() || first.len() < 3 {
        return None;
    }
    correlation(&ranks(first), &ranks(second))
}

/// Interval of a rank correlation over so many pairs; `None` for fewer than five.
pub fn interval(correlation: f64, count: usize, confidence_probability: f64) -> Option<Interval> {
    if count < 5 {
        return None;
    }
    // At ±1 the transformation has no finite value, and a tie would hide that more data could break it.
    let kept = correlation.clamp(-0.999_999, 0.999_999);
    let error = ((1.0 + 0.5 * kept * kept) / (count as f64 - 3.0)).sqrt();
    let z = 0.5 * (libm::log1p(kept) - libm::log1p(-kept));
    let reach = two_sided(confidence_probability) * error;
    Some(Interval { low: libm::tanh(z - reach), high: libm::tanh(z + reach) })
}

/// Pearson's coefficient; `None` where one side never varies.
pub fn correlation(first: &[f64], second: &[f64]) -> Option<f64> {
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let (a, b) = (mean(first), mean(second));
    let (mut both, mut of_first, mut of_second) = (0.0, 0.0, 0.0);
    for (x, y) in first.iter().zip(second) {
        both += (x - a) * (y - b);
        of_first += (x - a) * (x - a);
        of_second += (y - b) * (y - b);
    }
    let size = (of_first * of_second).sqrt();
    (size > 0.0).then(|| (both / size).clamp(-1.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_share_their_mean_rank() {
        assert_eq!(ranks(&[10.0, 20.0, 10.0, 5.0]), [2.5, 4.0, 2.5, 1.0]);
    }

    /// Ten pairs of intelligence and hours of television, the example of many textbooks: −29/165.
    #[test]
    fn val_spearman_textbook() {
        let quotient = [106.0, 100.0, 86.0, 101.0, 99.0, 103.0, 97.0, 113.0, 112.0, 110.0];
        let hours = [7.0, 27.0, 2.0, 50.0, 28.0, 29.0, 20.0, 12.0, 6.0, 17.0];
        let found = spearman_correlation(&quotient, &hours).expect("ten pairs");
        assert!((found + 29.0 / 165.0).abs() < 1e-12, "{found}");
    }

    #[test]
    fn what_never_varies_has_no_correlation() {
        assert_eq!(spearman_correlation(&[1.0, 1.0, 1.0], &[1.0, 2.0, 3.0]), None);
        let found = interval(0.5, 103, 0.95).expect("many pairs");
        assert!(found.contains(0.5) && found.low > 0.3 && found.high < 0.7);
    }
}
