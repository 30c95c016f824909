//! The mean of a sample, with an interval by Student's t.
//!
//! Gosset's interval is exact for normal values and good for means of some dozens of others. Where values
//! come in groups that share something (battles within one draw of the ledger), the groups are the sample:
//! see [`super::nested`].

use super::Interval;
use super::special::t_quantile;

/// Mean, spread and interval of a sample.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// Values in the sample.
    pub count: usize,
    /// Their mean.
    pub mean: f64,
    /// Standard deviation of the values, with n − 1.
    pub deviation: f64,
    /// Where the true mean lies with the confidence that was asked for.
    pub interval: Interval,
}

/// Estimate of the mean; `None` for fewer than two values, of which no spread can be known.
pub fn estimate(values: &[f64], confidence_probability: f64) -> Option<Estimate> {
    let count = values.len();
    if count < 2 {
        return None;
    }
    let mean = mean(values)?;
    let deviation = variance(values)?.sqrt();
    let half = half_width(count, deviation, confidence_probability);
    Some(Estimate { count, mean, deviation, interval: Interval::around(mean, half) })
}

/// Half-width of Student's interval for the mean of so many values of that standard deviation.
pub fn half_width(count: usize, deviation: f64, confidence_probability: f64) -> f64 {
    let t = t_quantile(0.5 + 0.5 * confidence_probability, count as f64 - 1.0);
    t * deviation / (count as f64).sqrt()
}

/// Mean of the values in their order; `None` for none.
pub fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// Variance with n − 1, by two passes; `None` for fewer than two values.
pub fn variance(values: &[f64]) -> Option<f64> {
    let mean = mean(values)?;
    let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    (values.len() > 1).then(|| squares / (values.len() as f64 - 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first set of W. S. Gosset, Biometrika 6 (1908) 1: hours of sleep gained, ten patients.
    #[test]
    fn val_student_1908_sleep() {
        let gained_h = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
        let found = estimate(&gained_h, 0.95).expect("ten values");
        assert!((found.mean - 0.75).abs() < 1e-12);
        // Gosset divides by n and gets 1.70.
        assert!((found.deviation * 0.9_f64.sqrt() - 1.70).abs() < 0.005);
        assert!((found.interval.low + 0.529_780_4).abs() < 1e-6, "{found:?}");
        assert!((found.interval.high - 2.029_780_4).abs() < 1e-6, "{found:?}");
    }

    #[test]
    fn one_value_has_no_spread() {
        assert_eq!(estimate(&[1.0], 0.95), None);
        assert_eq!(mean(&[]), None);
    }
}
