//! Quantiles of a sample, with intervals that assume nothing about the distribution.
//!
//! The estimate is type 7 of R. J. Hyndman and Y. Fan, The American Statistician 50 (1996) 361, the usual
//! one of R, NumPy and Excel. Its interval lies between two values of the sample: the number of values
//! below the true quantile is binomial (H. A. David and H. N. Nagaraja, *Order Statistics*, 3rd ed. 2003,
//! section 7.1).

use super::Interval;
use super::special::beta_probability;

/// Quantile of sorted values: a straight line between the two that surround it. `None` for none.
///
/// ```
/// use redan_study::stats::quantile::quantile;
/// assert_eq!(quantile(&[1.0, 2.0, 4.0], 0.75), Some(3.0));
/// ```
pub fn quantile(sorted: &[f64], probability: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let place = probability.clamp(0.0, 1.0) * last as f64;
    let index = (place as usize).min(last);
    let (here, next) = (sorted[index], sorted[(index + 1).min(last)]);
    Some(here + (next - here) * (place - index as f64))
}

/// Values sorted, for the functions of this file.
pub fn sorted(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted
}

/// Interval of a quantile between two of the sorted values, each tail at most half of what the
/// confidence leaves; an end is open (the extreme value of the sample, which does not bound it) where the
/// sample is too small, and then `None`.
pub fn interval(sorted: &[f64], probability: f64, confidence_probability: f64) -> Option<Interval> {
    let count = sorted.len();
    let tail = 0.5 * (1.0 - confidence_probability);
    // Probability that at most `k` of the values lie below the quantile.
    let at_most = |k: usize| {
        if k >= count {
            return 1.0;
        }
        1.0 - beta_probability(probability, k as f64 + 1.0, (count - k) as f64)
    };
    // The greatest r for which fewer than r values lie below with no more than the tail.
    let low = (1..=count).take_while(|r| at_most(r - 1) <= tail).last()?;
    let high = (1..=count).find(|s| at_most(s - 1) >= 1.0 - tail)?;
    Some(Interval { low: sorted[low - 1], high: sorted[high - 1] })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// NIST/SEMATECH e-Handbook and David and Nagaraja give, for the median of ten values and 95 %, the second
    /// and ninth value (true confidence 97.9 %).
    #[test]
    fn val_order_statistics_median_of_ten() {
        let values: Vec<f64> = (1..=10).map(f64::from).collect();
        let found = interval(&values, 0.5, 0.95).expect("ten are enough");
        assert_eq!((found.low, found.high), (2.0, 9.0));
        assert_eq!(interval(&values, 0.99, 0.95), None, "ten say nothing of the last percent");
    }

    #[test]
    fn the_ends_are_the_extremes() {
        let values = sorted(&[3.0, 1.0, 2.0]);
        assert_eq!(quantile(&values, 0.0), Some(1.0));
        assert_eq!(quantile(&values, 1.0), Some(3.0));
        assert_eq!(quantile(&[], 0.5), None);
    }
}
