//! The regularised gamma function, by series and continued fraction on libm.
//!
//! Series and fraction: M. Abramowitz and I. A. Stegun, *Handbook of Mathematical Functions*, NBS
//! (1964), 6.5.29 and 6.5.31. The common factor x^a e^−x / Γ(a + 1) is a Poisson mass and is
//! evaluated by the saddle point of C. Loader, "Fast and accurate computation of binomial
//! probabilities" (2000), since the plain logarithms cancel twelve digits at a = 10 000.

use crate::draw::normal_quantile;

/// Upper regularised gamma function Q(a, x): the probability that a gamma variate of shape `a` and
/// scale 1 exceeds `x`. For a shape above 0; not above 0, or NaN anywhere, gives NaN; x below 0
/// gives 1. Relative error below 10⁻¹² for shapes to 100 000.
#[must_use]
pub fn upper_gamma_prob(shape_factor: f64, x_ratio: f64) -> f64 {
    if shape_factor.is_nan() || shape_factor <= 0.0 || x_ratio.is_nan() {
        return f64::NAN;
    }
    if x_ratio <= 0.0 {
        return 1.0;
    }
    let mass = poisson_mass(shape_factor, x_ratio);
    if x_ratio < shape_factor + 1.0 {
        1.0 - mass * series(shape_factor, x_ratio)
    } else {
        mass * shape_factor * fraction(shape_factor, x_ratio)
    }
}

/// Inverse of [`upper_gamma_prob`] in its second argument: what a gamma variate of this shape
/// exceeds with this probability. For shapes from 1 and a probability in (0, 1); NaN elsewhere.
///
/// Wilson and Hilferty's cube (1931) as a start, then Newton's rule on the logarithm of Q, which is
/// concave, so that each step from the second on comes from the same side.
#[must_use]
pub fn upper_gamma_quantile(shape_factor: f64, probability: f64) -> f64 {
    let open = shape_factor >= 1.0 && probability > 0.0 && probability < 1.0;
    if !open {
        return f64::NAN;
    }
    let ninth = 1.0 / (9.0 * shape_factor);
    let root = 1.0 - ninth - normal_quantile(probability) * ninth.sqrt();
    let mut x = (shape_factor * root * root * root).max(0.01 * shape_factor);
    let target = libm::log(probability);
    for _ in 0..60 {
        let q = upper_gamma_prob(shape_factor, x);
        let density = poisson_mass(shape_factor, x) * shape_factor / x;
        let step = (libm::log(q) - target) * q / density;
        let next = (x + step).max(0.5 * x);
        if (next - x).abs() <= 1e-15 * x {
            return next;
        }
        x = next;
    }
    x
}

/// Poisson mass m^k e^−m / Γ(k + 1), also for a k that is not whole.
pub(super) fn poisson_mass(count: f64, mean: f64) -> f64 {
    libm::exp(log_poisson_mass(count, mean))
}

/// Logarithm of the Poisson mass for a positive count and mean.
fn log_poisson_mass(count: f64, mean: f64) -> f64 {
    let tau = core::f64::consts::TAU;
    -stirling_error(count) - deviance(count, mean) - 0.5 * libm::log(tau * count)
}

/// ln Γ(n + 1) − (n + ½) ln n + n − ½ ln 2π, by Stirling's series from 16 on.
fn stirling_error(count: f64) -> f64 {
    if count < 16.0 {
        let half_log_tau = 0.5 * libm::log(core::f64::consts::TAU);
        return libm::lgamma(count + 1.0) - (count + 0.5) * libm::log(count) + count - half_log_tau;
    }
    let square = 1.0 / (count * count);
    let tail = 1.0 / 1_260.0 - square * (1.0 / 1_680.0 - square / 1_188.0);
    (1.0 / 12.0 - square * (1.0 / 360.0 - square * tail)) / count
}

/// k ln(k / m) + m − k without cancellation where k and m are close.
fn deviance(count: f64, mean: f64) -> f64 {
    let difference = count - mean;
    if difference.abs() > 0.1 * (count + mean) {
        return count * libm::log(count / mean) - difference;
    }
    // With v = (k − m)/(k + m), ln(k / m) = 2 (v + v³/3 + v⁵/5 + …).
    let v = difference / (count + mean);
    let square = v * v;
    let mut sum = difference * v;
    let mut power = 2.0 * count * v;
    for odd in 1_u32..200 {
        power *= square;
        let next = sum + power / f64::from(2 * odd + 1);
        if (next - sum).abs() <= 1e-17 * next {
            return next;
        }
        sum = next;
    }
    sum
}

/// 1 + x/(a+1) + x²/((a+1)(a+2)) + …, for x below a + 1: all terms positive and falling.
fn series(shape: f64, x: f64) -> f64 {
    let (mut sum, mut term, mut denominator) = (1.0, 1.0, shape);
    while term > 1e-17 * sum {
        denominator += 1.0;
        term *= x / denominator;
        sum += term;
    }
    sum
}

/// Γ(a, x) over x^a e^−x for x from a + 1 on, by Lentz' evaluation of Legendre's fraction.
fn fraction(shape: f64, x: f64) -> f64 {
    let mut b = x + 1.0 - shape;
    let mut c = f64::INFINITY;
    let mut d = 1.0 / b;
    let mut value = d;
    for i in 1_u32..100_000 {
        let a = f64::from(i) * (shape - f64::from(i));
        b += 2.0;
        d = 1.0 / (b + a * d);
        c = b + a / c;
        let factor = c * d;
        value *= factor;
        if (factor - 1.0).abs() < 1e-16 {
            break;
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_shapes_are_poisson_sums() {
        for (shape, x) in [(1, 0.3), (1, 27.6), (5, 3.0), (5, 40.0), (24, 23.0), (24, 26.0)] {
            let (mut term, mut sum) = (libm::exp(-x), 0.0);
            for k in 1..=shape {
                sum += term;
                term *= x / f64::from(k);
            }
            let found = upper_gamma_prob(f64::from(shape), x);
            assert!((found / sum - 1.0).abs() < 1e-13, "{shape} {x}: {found} {sum}");
        }
    }

    #[test]
    fn half_a_degree_is_the_error_function() {
        for x in [0.01, 0.5, 1.4, 1.6, 9.0, 200.0_f64] {
            let expected = libm::erfc(x.sqrt());
            assert!((upper_gamma_prob(0.5, x) / expected - 1.0).abs() < 1e-12, "{x}");
        }
    }

    #[test]
    fn quantile_inverts_from_one_shape_to_a_hundred_thousand() {
        for shape in [1.0, 2.0, 10.0, 333.0, 1e4, 1e5] {
            for probability in [1e-15, 1e-12, 1e-6, 0.1, 0.5, 0.9] {
                let x = upper_gamma_quantile(shape, probability);
                let back = upper_gamma_prob(shape, x);
                assert!((back / probability - 1.0).abs() < 1e-11, "{shape} {probability}: {back}");
            }
        }
    }

    #[test]
    fn what_is_no_argument_gives_nan() {
        assert!(upper_gamma_prob(0.0, 1.0).is_nan());
        assert!(upper_gamma_prob(1.0, f64::NAN).is_nan());
        assert!(upper_gamma_quantile(0.5, 0.5).is_nan());
        assert!(upper_gamma_quantile(2.0, 1.0).is_nan());
        assert!((upper_gamma_prob(3.0, -1.0) - 1.0).abs() < f64::EPSILON);
    }
}
