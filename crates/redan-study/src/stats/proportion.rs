//! Intervals for a share: so many of so many.
//!
//! Wilson's interval is what redan prints: it covers as it says also for few trials and shares near 0 or
//! 1, where the textbook's (Wald) collapses to nothing. The others stand beside it for comparison with
//! other programs. R. G. Newcombe, Statistics in Medicine 17 (1998) 857 and 873; L. D. Brown, T. T. Cai,
//! A. DasGupta, Statistical Science 16 (2001) 101.
//!
//! `count` trials of which `hits` were hits, `hits <= count`, `count` above 0; a confidence below 1.

use super::Interval;
use super::special::{beta_quantile, log_gamma, normal_quantile};

/// Score interval of E. B. Wilson (1927), without continuity correction; Newcombe's method 3.
pub fn wilson(hits: u64, count: u64, confidence_probability: f64) -> Interval {
    wilson_of(hits as f64 / count as f64, count as f64, confidence_probability)
}

/// Wilson's interval for a mean share of values between 0 and 1. Of all such values those that are 0 or 1
/// spread most, so that for others the interval is wider than it need be.
pub fn wilson_of(share_ratio: f64, trials_count: f64, confidence_probability: f64) -> Interval {
    let z = two_sided(confidence_probability);
    let (p, n) = (share_ratio, trials_count);
    let centre = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let reach = z / (1.0 + z * z / n) * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    clipped(centre - reach, centre + reach)
}

/// Exact interval of C. J. Clopper and E. S. Pearson (1934): covers at least as it says, usually more.
pub fn clopper_pearson(hits: u64, count: u64, confidence_probability: f64) -> Interval {
    let tail = 0.5 * (1.0 - confidence_probability);
    let (k, n) = (hits as f64, count as f64);
    let low = if hits == 0 { 0.0 } else { beta_quantile(tail, k, n - k + 1.0) };
    let high = if hits == count { 1.0 } else { beta_quantile(1.0 - tail, k + 1.0, n - k) };
    Interval { low, high }
}

/// Equal-tailed interval of the posterior under the prior of Jeffreys, Beta(½, ½).
pub fn jeffreys(hits: u64, count: u64, confidence_probability: f64) -> Interval {
    let tail = 0.5 * (1.0 - confidence_probability);
    let (a, b) = (hits as f64 + 0.5, (count - hits) as f64 + 0.5);
    Interval { low: beta_quantile(tail, a, b), high: beta_quantile(1.0 - tail, a, b) }
}

/// Interval of A. Agresti and B. A. Coull (1998): Wald's with z² trials added, half of them hits.
pub fn agresti_coull(hits: u64, count: u64, confidence_probability: f64) -> Interval {
    let z = two_sided(confidence_probability);
    let n = count as f64 + z * z;
    symmetric((hits as f64 + 0.5 * z * z) / n, n, z)
}

/// The interval of the textbooks, for comparison only.
pub fn wald(hits: u64, count: u64, confidence_probability: f64) -> Interval {
    let n = count as f64;
    symmetric(hits as f64 / n, n, two_sided(confidence_probability))
}

/// Difference of two shares of independent trials, first less second: hybrid score interval of Newcombe
/// (1998), his method 10, put together from two intervals of Wilson.
pub fn newcombe(first: (u64, u64), second: (u64, u64), confidence_probability: f64) -> Interval {
    let share = |(hits, count): (u64, u64)| hits as f64 / count as f64;
    let (p, q) = (share(first), share(second));
    let of_first = wilson(first.0, first.1, confidence_probability);
    let of_second = wilson(second.0, second.1, confidence_probability);
    let reach = |a: f64, b: f64| (a * a + b * b).sqrt();
    Interval {
        low: p - q - reach(p - of_first.low, of_second.high - q),
        high: p - q + reach(of_first.high - p, q - of_second.low),
    }
}

/// Fisher's exact test of two shares: probability, if there were no difference, of a table no more
/// probable than this one. Two-sided.
pub fn fisher_probability(first: (u64, u64), second: (u64, u64)) -> f64 {
    let (hits, count) = (first.0 + second.0, first.1 + second.1);
    let log_of =
        |k: u64| log_choose(first.1, k) + log_choose(second.1, hits - k) - log_choose(count, hits);
    let observed = libm::exp(log_of(first.0));
    let possible = hits.saturating_sub(second.1)..=hits.min(first.1);
    let probabilities = possible.map(|k| libm::exp(log_of(k)));
    // Tables that are equally probable differ by rounding.
    probabilities.filter(|p| *p <= observed * (1.0 + 1e-7)).sum::<f64>().min(1.0)
}

/// Score that a normal variate exceeds, in size, with what the confidence leaves.
pub(crate) fn two_sided(confidence_probability: f64) -> f64 {
    normal_quantile(0.5 + 0.5 * confidence_probability)
}

fn symmetric(share: f64, count: f64, z: f64) -> Interval {
    let reach = z * (share * (1.0 - share) / count).sqrt();
    clipped(share - reach, share + reach)
}

fn clipped(low: f64, high: f64) -> Interval {
    Interval { low: low.max(0.0), high: high.min(1.0) }
}

fn log_choose(n: u64, k: u64) -> f64 {
    let log_factorial = |n: u64| log_gamma(n as f64 + 1.0);
    log_factorial(n) - log_factorial(k) - log_factorial(n - k)
}
