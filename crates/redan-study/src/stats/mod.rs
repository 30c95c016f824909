//! Statistics of studies: how sure may one be of a figure that comes from many battles?
//!
//! Plain functions over plain numbers. One question, one file:
//!
//! * [`proportion`] — an interval for a share: Wilson and its rivals, difference of two shares;
//! * [`mean`] — an interval for a mean by Student's t, of single values or of groups;
//! * [`quantile`] — a quantile, with an interval that assumes nothing about the distribution;
//! * [`bootstrap`] — an interval for whatever can be computed from a sample, with keyed resampling;
//! * [`paired`] — differences of pairs, equivalence (TOST), several measures at once (Holm);
//! * [`sequential`] — when may one stop: fixed width, and Wald's test of two shares;
//! * [`nested`] — battles within draws of the ledger: luck and ignorance told apart;
//! * [`rank`] — rank correlation;
//! * [`indices`] — first-order and total Sobol indices.
//!
//! A statistic has the unit of what it is taken over. Nothing here is random except the bootstrap, which
//! takes its draws by key: the same sample gives the same interval, bit for bit, in any order of calls.
//!
//! ```
//! use redan_study::stats::{mean, proportion};
//!
//! // 15 of 148: Newcombe's example (1998).
//! let interval = proportion::wilson(15, 148, 0.95);
//! assert!((interval.low - 0.0624).abs() < 1e-4 && (interval.high - 0.1605).abs() < 1e-4);
//! let estimate = mean::estimate(&[4.0, 5.0, 6.0], 0.95).unwrap();
//! assert_eq!(estimate.mean, 5.0);
//! ```

pub mod bootstrap;
pub mod indices;
pub mod mean;
pub mod nested;
pub mod paired;
pub mod proportion;
pub mod quantile;
pub mod rank;
pub mod sequential;
pub mod special;

/// An interval, both ends included, in the unit of what it is about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end, never below the lower one.
    pub high: f64,
}

impl Interval {
    /// The interval of this half-width round a middle.
    pub fn around(middle: f64, half_width: f64) -> Self {
        Self { low: middle - half_width, high: middle + half_width }
    }

    /// Half of its width.
    pub fn half_width(&self) -> f64 {
        0.5 * (self.high - self.low)
    }

    /// Whether a value lies in it.
    pub fn contains(&self, value: f64) -> bool {
        (self.low..=self.high).contains(&value)
    }

    /// Whether it lies within another one.
    pub fn is_within(&self, other: &Interval) -> bool {
        other.low <= self.low && self.high <= other.high
    }
}
