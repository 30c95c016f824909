//! Numbers as a person reads them in a table: four significant digits.

/// A value with four significant digits and no more than is needed.
pub(crate) fn short(value: f64) -> String {
    if !value.is_finite() {
        return "–".to_string();
    }
    let size = value.abs();
    let decimals = match () {
        () if size >= 999.5 => 0,
        () if size >= 99.95 => 1,
        () if size >= 9.995 => 2,
        () if !(1e-9..0.9995).contains(&size) => 3,
        () if size >= 0.001 => 4,
        () => return format!("{value:.2e}"),
    };
    let text = format!("{value:.decimals$}");
    let text =
        if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { "0".to_string() } else { text.to_string() }
}

/// Both ends of an interval.
pub(crate) fn span(interval: &redan_study::stats::Interval) -> String {
    format!("{} .. {}", short(interval.low), short(interval.high))
}

/// A value with its sign.
pub(crate) fn signed(value: f64) -> String {
    let text = short(value);
    if value > 0.0 && text != "0" { format!("+{text}") } else { text }
}

/// A share as a percentage.
pub(crate) fn percent(share: f64) -> String {
    format!("{} %", short((share * 1e3).round() / 10.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_digits_are_enough() {
        let cases = [
            (0.0, "0"),
            (-0.0, "0"),
            (12.0, "12"),
            (0.412_34, "0.4123"),
            (1234.56, "1235"),
            (99.96, "100"),
            (0.000_012_3, "1.23e-5"),
            (-3.5, "-3.5"),
        ];
        for (value, expected) in cases {
            assert_eq!(short(value), expected);
        }
        assert_eq!(signed(0.5), "+0.5");
        assert_eq!(percent(0.1234), "12.3 %");
    }
}
