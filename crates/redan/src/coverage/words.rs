//! Figures and names as pictures and pages put them.

use redan_record::coverage::{FlightHeight, Limit, Stage};

/// `50 m above ground`, `10 000 m`.
pub(super) fn height(flight: FlightHeight) -> String {
    let suffix = if flight.above_ground { " above ground" } else { " above sea level" };
    format!("{}{suffix}", metres(flight))
}

/// `50 m`, `10 000 m`.
pub(super) fn metres(flight: FlightHeight) -> String {
    format!("{} m", thousands(flight.height_m))
}

/// A whole number with narrow spaces between thousands.
pub(super) fn thousands(value: f64) -> String {
    let digits = format!("{:.0}", value.abs());
    let mut text = if value <= -0.5 { "\u{2212}".to_owned() } else { String::new() };
    for (index, digit) in digits.chars().enumerate() {
        // Four digits need no space.
        if index > 0 && digits.len() > 4 && (digits.len() - index).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}

/// A part of a whole: `34 %`, `1.2 %`, `< 0.1 %`.
pub(super) fn percent(value_pct: f64) -> String {
    match value_pct {
        value if value >= 9.95 => format!("{value:.0}\u{202f}%"),
        value if value >= 0.1 => format!("{value:.1}\u{202f}%"),
        value if value > 0.0 => "<\u{202f}0.1\u{202f}%".to_owned(),
        _ => "0\u{202f}%".to_owned(),
    }
}

/// What happens to a target in a stage.
pub(super) fn done(stage: Stage) -> &'static str {
    match stage {
        Stage::Detection => "detected",
        Stage::Tracking => "tracked",
        Stage::Engagement => "engaged",
    }
}

/// A limit in a word or two, for tables.
pub(super) fn brief(limit: Limit) -> &'static str {
    match limit {
        Limit::Covered => "covered",
        Limit::Terrain => "terrain",
        Limit::Horizon => "horizon",
        Limit::Signal => "weak echo",
        Limit::Elevation => "beam elevation",
        Limit::InstrumentedRange => "radar range",
        Limit::TooClose => "too close",
        Limit::MissileReach => "missile reach",
        Limit::MissileHeight => "missile height",
        Limit::Illumination => "engagement radar",
        Limit::Time => "time",
        Limit::Ground => "high ground",
        Limit::Off => "radar off",
        Limit::Outside => "edge of map",
    }
}

/// Colour of a limit on maps of limits, safe for colour-blind readers (after Okabe and Ito 2008) and told
/// apart in grey by lightness as far as so many can be.
pub(super) fn colour(limit: Limit) -> [u8; 3] {
    match limit {
        Limit::Covered => [24, 78, 119],
        Limit::Terrain => [190, 120, 60],
        Limit::Horizon => [226, 196, 140],
        Limit::Signal => [204, 121, 167],
        Limit::Elevation => [150, 111, 214],
        Limit::InstrumentedRange => [174, 182, 190],
        Limit::TooClose => [90, 90, 90],
        Limit::MissileReach => [86, 180, 233],
        Limit::MissileHeight => [0, 158, 115],
        Limit::Illumination => [213, 94, 0],
        Limit::Time => [240, 228, 66],
        Limit::Ground => [110, 86, 66],
        Limit::Off => [60, 60, 60],
        Limit::Outside => [255, 255, 255],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_read_well() {
        assert_eq!(thousands(10_000.0), "10\u{202f}000");
        assert_eq!(thousands(1_234_567.0), "1\u{202f}234\u{202f}567");
        assert_eq!(thousands(3_000.0), "3000");
        assert_eq!(percent(0.04), "<\u{202f}0.1\u{202f}%");
        assert_eq!(percent(34.4), "34\u{202f}%");
    }
}
