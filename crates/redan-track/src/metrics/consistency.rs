//! Consistency: is the error of a filter as large as its covariance says?
//!
//! Models the test by chi-square. For an error x of n dimensions with covariance P
//!
//! > ε = xᵀ P⁻¹ x
//!
//! has n degrees of freedom if the filter is consistent: the normalised estimation error squared (NEES) of
//! a state, the normalised innovation squared (NIS) of a measurement. Its average over N independent runs
//! lies, with the confidence chosen, between the quantiles of N n degrees of freedom divided by N
//! (Bar-Shalom, Li and Kirubarajan 2001, section 5.4.2, equations 5.4.2-5 to 5.4.2-9).
//!
//! Inputs: finite errors, positive definite covariances; else there is no answer. Quantiles come from the
//! regularised incomplete gamma function (series and continued fraction, Press et al. 2007, section 6.2)
//! by bisection. Valid for degrees of freedom up to some ten thousand. Validated against
//! `validation/tables/tracking/nees_nis_bounds.csv`.

use nalgebra::{SMatrix, SVector};

/// Least terms of the series to be worth adding, relative.
const TERM: f64 = 1e-16;
/// Terms of the series and the fraction at most; both need about the root of the degrees of freedom.
const TERMS: usize = 10_000;

/// What an average of normalised errors squared should lie between.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AverageBounds {
    /// Lower bound.
    pub lower_chi2: f64,
    /// Upper bound.
    pub upper_chi2: f64,
}

/// Normalised estimation error squared of a state; `None` if the covariance is not positive definite.
/// `error` is estimate minus truth.
pub fn nees<const N: usize>(
    error: &SVector<f64, N>,
    covariance: &SMatrix<f64, N, N>,
) -> Option<f64> {
    let inverse_times_error = covariance.cholesky()?.solve(error);
    Some(error.dot(&inverse_times_error)).filter(|value| value.is_finite())
}

/// Normalised innovation squared of a measurement; `None` if the covariance is not positive definite.
/// `innovation` is measured minus expected, `covariance` that of the innovation.
pub fn nis<const N: usize>(
    innovation: &SVector<f64, N>,
    covariance: &SMatrix<f64, N, N>,
) -> Option<f64> {
    nees(innovation, covariance)
}

/// Bounds of the average over so many independent runs, two-sided with `confidence_prob` between them.
/// `None` unless dimension and runs are above 0 and the confidence is between 0 and 1.
pub fn average_bounds(dimension: u32, runs: u32, confidence_prob: f64) -> Option<AverageBounds> {
    if dimension == 0 || runs == 0 || !(confidence_prob > 0.0 && confidence_prob < 1.0) {
        return None;
    }
    let runs_count = f64::from(runs);
    let freedom_count = f64::from(dimension) * runs_count;
    let bound = |prob| chi2_quantile(prob, freedom_count) / runs_count;
    Some(AverageBounds {
        lower_chi2: bound(0.5 * (1.0 - confidence_prob)),
        upper_chi2: bound(0.5 * (1.0 + confidence_prob)),
    })
}

/// Value that chi-square with so many degrees of freedom does not exceed with probability `prob`, found by
/// bisection to the last bits.
fn chi2_quantile(prob: f64, freedom_count: f64) -> f64 {
    let (mut low, mut high) = (0.0, freedom_count + 1.0);
    while chi2_prob(high, freedom_count) < prob {
        high *= 2.0;
    }
    loop {
        let middle = 0.5 * (low + high);
        if middle <= low || middle >= high {
            return middle;
        }
        if chi2_prob(middle, freedom_count) < prob { low = middle } else { high = middle }
    }
}

/// Probability that chi-square with so many degrees of freedom does not exceed a value: P(n/2, x/2).
fn chi2_prob(value_chi2: f64, freedom_count: f64) -> f64 {
    let (a, x) = (0.5 * freedom_count, 0.5 * value_chi2);
    if x <= 0.0 {
        return 0.0;
    }
    let scale = libm::exp(a * libm::log(x) - x - libm::lgamma(a));
    if x < a + 1.0 { scale * series(a, x) } else { 1.0 - scale * fraction(a, x) }
}

/// Σ x^n Γ(a) / Γ(a + 1 + n), the series of the lower function.
fn series(a: f64, x: f64) -> f64 {
    let (mut term, mut sum) = (1.0 / a, 1.0 / a);
    for n in 1..TERMS {
        term *= x / (a + n as f64);
        sum += term;
        if term < sum * TERM {
            break;
        }
    }
    sum
}

/// Continued fraction of the upper function, by Lentz's method.
fn fraction(a: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let mut b = x + 1.0 - a;
    let mut c = 1.0 / TINY;
    let mut d = 1.0 / b;
    let mut value = d;
    for n in 1..TERMS {
        let n = n as f64;
        let numerator = n * (a - n);
        b += 2.0;
        let keep = |part: f64| if part.abs() < TINY { TINY } else { part };
        d = 1.0 / keep(numerator * d + b);
        c = keep(b + numerator / c);
        value *= d * c;
        if (d * c - 1.0).abs() < TERM {
            break;
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;
    use nalgebra::{Matrix2, Vector2};

    #[test]
    fn the_normalised_error_counts_standard_deviations_squared() {
        let covariance = Matrix2::new(4.0, 0.0, 0.0, 9.0);
        assert_eq!(nees(&Vector2::new(2.0, -6.0), &covariance), Some(5.0));
        let turned = Matrix2::new(2.0, 1.0, 1.0, 2.0);
        let value = nis(&Vector2::new(1.0, -1.0), &turned).unwrap();
        assert!((value - 2.0).abs() < 1e-12);
    }

    #[test]
    fn what_is_no_covariance_gives_no_answer() {
        let flat = Matrix2::new(1.0, 1.0, 1.0, 1.0);
        assert_eq!(nees(&Vector2::new(1.0, 0.0), &flat), None);
        assert_eq!(nees(&Vector2::new(f64::NAN, 0.0), &Matrix2::identity()), None);
    }

    #[test]
    fn bounds_need_runs_and_a_confidence() {
        assert_eq!(average_bounds(0, 1, 0.95), None);
        assert_eq!(average_bounds(3, 0, 0.95), None);
        assert_eq!(average_bounds(3, 1, 1.0), None);
        assert_eq!(average_bounds(3, 1, f64::NAN), None);
    }

    #[test]
    fn two_degrees_of_freedom_are_an_exponential() {
        for prob in [0.01, 0.5, 0.99, 0.999_999] {
            let expected = -2.0 * libm::log1p(-prob);
            assert!((chi2_quantile(prob, 2.0) - expected).abs() < 1e-9 * expected.max(1.0));
        }
    }
}
