//! Scenario time as whole nanoseconds.
//!
//! Whole numbers compare, add and sort alike on every machine, and a sum of many steps does not drift,
//! so that two replications can be compared event by event. 64 bits hold 292 years either way of the
//! start. Arithmetic saturates at the ends of that span: a sum never wraps and never panics.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

use serde::{Deserialize, Serialize};

const NANOS_PER_SECOND: f64 = 1e9;
const NANOS_PER_TENTH: u64 = 100_000_000;

/// An instant: nanoseconds since the start of the scenario (negative before it).
///
/// ```
/// use redan_geo::{Span, Time};
/// let launch = Time::from_secs(723.4);
/// assert_eq!(launch.to_string(), "12:03.4");
/// assert_eq!(launch - Time::ZERO, Span::from_secs(723.4));
/// ```
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Time(pub i64);

/// A duration in nanoseconds; may be negative.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Span(pub i64);

impl Time {
    /// The start of the scenario.
    pub const ZERO: Self = Self(0);
    /// The last instant that can be expressed, 292 years on: "never" in a queue.
    pub const MAX: Self = Self(i64::MAX);
    /// The first instant that can be expressed.
    pub const MIN: Self = Self(i64::MIN);

    /// Instant from nanoseconds since the start.
    pub const fn from_nanos(nanos: i64) -> Self {
        Self(nanos)
    }

    /// Instant from seconds since the start, rounded to the nearest nanosecond (halves away from zero).
    /// Values beyond the range saturate, infinities too; NaN gives the start.
    pub fn from_secs(secs: f64) -> Self {
        Self(nanos_of_secs(secs))
    }

    /// Nanoseconds since the start.
    pub const fn as_nanos(self) -> i64 {
        self.0
    }

    /// Seconds since the start; exact to the nanosecond up to 104 days.
    pub fn as_secs(self) -> f64 {
        self.0 as f64 / NANOS_PER_SECOND
    }
}

impl Span {
    /// No time at all.
    pub const ZERO: Self = Self(0);
    /// The longest duration that can be expressed, 292 years.
    pub const MAX: Self = Self(i64::MAX);

    /// Duration from nanoseconds.
    pub const fn from_nanos(nanos: i64) -> Self {
        Self(nanos)
    }

    /// Duration from seconds, rounded to the nearest nanosecond (halves away from zero). Values beyond
    /// the range saturate, infinities too; NaN gives zero.
    pub fn from_secs(secs: f64) -> Self {
        Self(nanos_of_secs(secs))
    }

    /// Nanoseconds.
    pub const fn as_nanos(self) -> i64 {
        self.0
    }

    /// Seconds; exact to the nanosecond up to 104 days.
    pub fn as_secs(self) -> f64 {
        self.0 as f64 / NANOS_PER_SECOND
    }

    /// The same duration without its sign.
    pub const fn abs(self) -> Self {
        Self(self.0.saturating_abs())
    }
}

/// A cast from floating point saturates and maps NaN to zero: the rule that the callers document.
fn nanos_of_secs(secs: f64) -> i64 {
    (secs * NANOS_PER_SECOND).round() as i64
}

impl Sub for Time {
    type Output = Span;
    fn sub(self, earlier: Self) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }
}

impl Add<Span> for Time {
    type Output = Self;
    fn add(self, span: Span) -> Self {
        Self(self.0.saturating_add(span.0))
    }
}

impl Sub<Span> for Time {
    type Output = Self;
    fn sub(self, span: Span) -> Self {
        Self(self.0.saturating_sub(span.0))
    }
}

impl AddAssign<Span> for Time {
    fn add_assign(&mut self, span: Span) {
        *self = *self + span;
    }
}

impl SubAssign<Span> for Time {
    fn sub_assign(&mut self, span: Span) {
        *self = *self - span;
    }
}

impl Add for Span {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Span {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl AddAssign for Span {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl SubAssign for Span {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl Neg for Span {
    type Output = Self;
    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

impl Mul<i64> for Span {
    type Output = Self;
    fn mul(self, count: i64) -> Self {
        Self(self.0.saturating_mul(count))
    }
}

/// Rounds towards zero. Division by zero saturates by the sign of the dividend, and 0 / 0 is zero,
/// so that a period computed from a bad count shows as an absurd duration and not as a crash.
impl Div<i64> for Span {
    type Output = Self;
    fn div(self, count: i64) -> Self {
        Self(match count {
            0 => self.0.signum().saturating_mul(i64::MAX),
            _ => self.0.saturating_div(count),
        })
    }
}

impl Sum for Span {
    fn sum<I: Iterator<Item = Self>>(spans: I) -> Self {
        spans.fold(Self::ZERO, Add::add)
    }
}

/// Minutes, seconds and tenths, `12:03.4`, rounded to the nearest tenth; minutes run on past 59.
impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenths = (self.0.unsigned_abs() + NANOS_PER_TENTH / 2) / NANOS_PER_TENTH;
        let sign = if self.0 < 0 && tenths > 0 { "-" } else { "" };
        let (minutes, rest) = (tenths / 600, tenths % 600);
        let text = format!("{sign}{minutes:02}:{:02}.{}", rest / 10, rest % 10);
        f.pad(&text)
    }
}

/// Seconds with three decimals, `12.500 s`.
impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{:.3} s", self.as_secs()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_round_to_the_nearest_nanosecond() {
        assert_eq!(Time::from_secs(0.1), Time::from_nanos(100_000_000));
        assert_eq!(Span::from_secs(-1.000_000_000_6), Span::from_nanos(-1_000_000_001));
    }

    #[test]
    fn bad_seconds_saturate_and_nan_is_the_start() {
        assert_eq!(Time::from_secs(f64::NAN), Time::ZERO);
        assert_eq!(Time::from_secs(f64::INFINITY), Time::MAX);
        assert_eq!(Time::from_secs(-1e300), Time::MIN);
    }

    #[test]
    fn arithmetic_saturates() {
        assert_eq!(Time::MAX + Span::from_nanos(1), Time::MAX);
        assert_eq!(Time::MIN - Time::MAX, Span(i64::MIN));
        assert_eq!(-Span(i64::MIN), Span::MAX);
        assert_eq!(Span(i64::MIN) / -1, Span::MAX);
        assert_eq!(Span(-5) / 0, -Span::MAX);
        assert_eq!(Span::from_secs(2.5) * 4, Span::from_secs(10.0));
    }

    #[test]
    fn times_print_as_minutes_and_seconds() {
        assert_eq!(Time::from_secs(723.44).to_string(), "12:03.4");
        assert_eq!(Time::from_secs(59.96).to_string(), "01:00.0");
        assert_eq!(Time::from_secs(7_500.0).to_string(), "125:00.0");
        assert_eq!(Time::from_secs(-61.0).to_string(), "-01:01.0");
        assert_eq!(Time::from_nanos(-1).to_string(), "00:00.0");
        assert_eq!(format!("{:>9}", Time::ZERO), "  00:00.0");
    }
}
