//! Figures as people read them: `mm:ss`, kilometres, metres of altitude, degrees.

use redan_geo::{Span, Time};

const NANOS: i64 = 1_000_000_000;

/// Minutes and seconds of run time, rounded to the nearest second: `12:03`. Minutes run on past 59.
pub fn time(time: Time) -> String {
    minutes(time.as_nanos())
}

/// Length of time as minutes and seconds, rounded to the nearest second: `03:12`.
pub fn span(span: Span) -> String {
    minutes(span.as_nanos())
}

/// Distance in kilometres: `38 km`, below 10 km with a decimal, below 1 km with two.
pub fn distance(range_m: f64) -> String {
    let range_km = range_m / 1e3;
    match range_km.abs() {
        r if r < 0.995 => format!("{range_km:.2} km"),
        r if r < 9.95 => format!("{range_km:.1} km"),
        _ => format!("{range_km:.0} km"),
    }
}

/// Altitude or difference of altitudes in metres: `120 m`.
pub fn height(height_m: f64) -> String {
    format!("{height_m:.0} m")
}

/// Angle in degrees: `0.21°`, from 10° on without decimals.
pub fn angle(angle_rad: f64) -> String {
    let angle_deg = angle_rad.to_degrees();
    if angle_deg.abs() < 9.995 { format!("{angle_deg:.2}°") } else { format!("{angle_deg:.0}°") }
}

/// Probability with two decimals: `0.03`. What is neither 0 nor 1 is not rounded to it: `under 0.01`,
/// `over 0.99`.
pub fn probability(value_prob: f64) -> String {
    match value_prob {
        p if p > 0.0 && p < 0.005 => "under 0.01".to_owned(),
        p if (0.995..1.0).contains(&p) => "over 0.99".to_owned(),
        p => format!("{p:.2}"),
    }
}

fn minutes(nanos: i64) -> String {
    let seconds = (nanos.unsigned_abs() + NANOS as u64 / 2) / NANOS as u64;
    let sign = if nanos < 0 && seconds > 0 { "-" } else { "" };
    format!("{sign}{:02}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_minutes_and_seconds() {
        assert_eq!(time(Time::from_secs(723.4)), "12:03");
        assert_eq!(time(Time::from_secs(59.6)), "01:00");
        assert_eq!(time(Time::from_secs(-61.0)), "-01:01");
        assert_eq!(span(Span::from_secs(7_500.0)), "125:00");
    }

    #[test]
    fn figures_have_as_many_digits_as_they_need() {
        assert_eq!(distance(38_400.0), "38 km");
        assert_eq!(distance(3_440.0), "3.4 km");
        assert_eq!(distance(9_960.0), "10 km");
        assert_eq!(distance(40.0), "0.04 km");
        assert_eq!(angle(0.003_665), "0.21°");
        assert_eq!(angle(0.5), "29°");
    }

    #[test]
    fn a_probability_is_never_rounded_to_certainty() {
        assert_eq!(probability(0.034), "0.03");
        assert_eq!(probability(0.001), "under 0.01");
        assert_eq!(probability(0.999), "over 0.99");
        assert_eq!(probability(1.0), "1.00");
        assert_eq!(probability(0.0), "0.00");
    }
}
