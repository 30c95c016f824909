//! When may a study stop?
//!
//! **Fixed width.** The rule: look first after [`Rule::FIRST`] draws and then whenever the number has grown
//! by a sixteenth; stop at the first look at which Student's half-width, made larger by a fiftieth, is no
//! more than what was asked for; then the interval is the mean and what was asked for to both sides. The
//! squared deviation is taken larger by 1/n of the squared width, which keeps a lucky look from ending it
//! (Y. S. Chow and H. Robbins, Annals of Mathematical Statistics 36 (1965) 457, equations 3 and 4). To stop at
//! a moment at which the spread looks small and then to believe that spread covers too seldom: 92.5 % for
//! exponential values instead of 95 %. `tests/coverage.rs` measures the rule over a thousand synthetic studies.
//!
//! Where all values so far are equal nothing is known of their spread. The half-width is then that of
//! Wilson for none of n, in units of the measure: one more battle may differ by one.
//!
//! **Two shares.** Wald's sequential probability ratio test, for a study that only asks whether a share is
//! rather one or another (A. Wald, *Sequential Analysis*, 1947, section 5.3).

use super::mean;
use super::proportion;

/// Stops once a mean is known well enough.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    /// Half-width that is wanted, in the unit of the measure; above 0.
    pub half_width: f64,
    /// Confidence of the interval.
    pub confidence_probability: f64,
}

impl Rule {
    /// Draws before the first look.
    pub const FIRST: u64 = 100;

    /// Numbers of draws at which the rule looks, without end.
    pub fn looks() -> impl Iterator<Item = u64> {
        std::iter::successors(Some(Self::FIRST), |n| Some(n + n.div_ceil(16)))
    }

    /// Number of values after which the rule stops, whatever comes behind them; `None` where it does not
    /// stop within them. `values` are means of draws in their order.
    pub fn stops_after(&self, values: &[f64]) -> Option<usize> {
        let looks = Self::looks().map(|look| look as usize);
        looks.take_while(|look| *look <= values.len()).find(|look| self.is_met(&values[..*look]))
    }

    fn is_met(&self, values: &[f64]) -> bool {
        self.reached_half_width(values).is_some_and(|half| half <= self.half_width)
    }

    /// Half-width that the rule goes by, with its fiftieth; `None` for fewer than two values.
    pub fn reached_half_width(&self, means: &[f64]) -> Option<f64> {
        let count = means.len();
        let variance = mean::variance(means)?;
        if variance <= 0.0 {
            let none = proportion::wilson(0, count as u64, self.confidence_probability);
            return Some(none.high);
        }
        let inflated = variance + self.half_width * self.half_width / count as f64;
        Some(RESERVE * mean::half_width(count, inflated.sqrt(), self.confidence_probability))
    }
}

/// By how much half-widths are made larger before they are believed: a choice of ours, such that measures from
/// normal to exponential cover between 93 and 97 %.
const RESERVE: f64 = 1.02;

/// Wald's test of a share: `low` against `high`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RatioTest {
    /// What one success adds to the logarithm of the likelihood ratio, positive.
    pub success_score: f64,
    /// What one failure adds, negative.
    pub failure_score: f64,
    /// At or above this the higher share is accepted.
    pub upper_score: f64,
    /// At or below this the lower share is accepted.
    pub lower_score: f64,
}

impl RatioTest {
    /// A test whose error probabilities are, nearly, `alpha` (the higher share accepted where the lower one
    /// holds) and `beta`. `None` unless 0 < low < high < 1 and both errors lie between 0 and ½.
    pub fn new(shares: (f64, f64), alpha_probability: f64, beta_probability: f64) -> Option<Self> {
        let (low, high) = shares;
        let error = |p: f64| 0.0 < p && p < 0.5;
        let in_order = 0.0 < low && low < high && high < 1.0;
        if !(in_order && error(alpha_probability) && error(beta_probability)) {
            return None;
        }
        Some(Self {
            success_score: libm::log(high / low),
            failure_score: libm::log((1.0 - high) / (1.0 - low)),
            upper_score: libm::log((1.0 - beta_probability) / alpha_probability),
            lower_score: libm::log(beta_probability / (1.0 - alpha_probability)),
        })
    }

    /// Whether the higher share is accepted after so many trials, `None` as long as it is open.
    pub fn accepts_high(&self, hits: u64, count: u64) -> Option<bool> {
        let misses = count.saturating_sub(hits) as f64;
        let score = hits as f64 * self.success_score + misses * self.failure_score;
        match score {
            _ if score >= self.upper_score => Some(true),
            _ if score <= self.lower_score => Some(false),
            _ => None,
        }
    }
}
