//! One line of a case: what was expected, what redan gives, and whether that is near enough.

use serde::Serialize;

/// Unit of a line and how many decimals of it are worth reading.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    /// Symbol of the unit; `-` for pure numbers.
    pub(super) unit: &'static str,
    /// Decimals in print.
    pub(super) decimals: usize,
}

/// Kilometres to ten metres.
pub(super) const KM: Scale = Scale { unit: "km", decimals: 2 };
/// Metres to a centimetre.
pub(super) const METRES: Scale = Scale { unit: "m", decimals: 2 };
/// Degrees of angle.
pub(super) const DEGREES: Scale = Scale { unit: "deg", decimals: 4 };
/// Seconds to a tenth.
pub(super) const SECONDS: Scale = Scale { unit: "s", decimals: 1 };
/// Metres per second.
pub(super) const SPEED: Scale = Scale { unit: "m/s", decimals: 1 };
/// Decibels.
pub(super) const DECIBELS: Scale = Scale { unit: "dB", decimals: 4 };
/// Decibels for each kilometre, as small as a dry metre wave has.
pub(super) const DB_KM: Scale = Scale { unit: "dB/km", decimals: 6 };
/// Refractivity.
pub(super) const N_UNITS: Scale = Scale { unit: "N", decimals: 2 };
/// Pure numbers near one.
pub(super) const RATIO: Scale = Scale { unit: "-", decimals: 5 };
/// Probabilities.
pub(super) const CHANCE: Scale = Scale { unit: "-", decimals: 4 };
/// Numbers of things.
pub(super) const COUNT: Scale = Scale { unit: "-", decimals: 0 };

/// What a source says.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub(super) enum Expected {
    /// A number.
    Value(f64),
    /// A span, its ends included.
    Span([f64; 2]),
    /// Nothing: the line only informs.
    Nothing,
}

/// What became of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Verdict {
    /// Near enough.
    Pass,
    /// Not near enough: a model is wrong, or the source is.
    Fail,
    /// Not a test: shown so that one can see where sources and model differ.
    Info,
}

/// One line of a case.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Check {
    /// What is claimed, in a few words.
    pub(super) claim: String,
    /// Unit of all numbers here.
    pub(super) unit: &'static str,
    /// What the source says.
    pub(super) expected: Expected,
    /// What redan gives.
    pub(super) got: f64,
    /// `got` less what was expected; of a span, by how much it is outside.
    pub(super) difference: Option<f64>,
    /// Lowest and highest difference that passes.
    pub(super) tolerance: Option<[f64; 2]>,
    /// Whether it passed.
    pub(super) verdict: Verdict,
    #[serde(skip)]
    pub(super) decimals: usize,
}

impl Check {
    /// A number that must be met within a tolerance to both sides.
    pub(super) fn near(
        scale: Scale,
        claim: impl Into<String>,
        expected: f64,
        got: f64,
        tolerance: f64,
    ) -> Check {
        Check::between(scale, claim, expected, got, [-tolerance, tolerance])
    }

    /// A number that must be met within a tolerance that differs between the sides.
    pub(super) fn between(
        scale: Scale,
        claim: impl Into<String>,
        expected: f64,
        got: f64,
        tolerance: [f64; 2],
    ) -> Check {
        let difference = got - expected;
        // A difference that is not a number is in no span, and fails.
        let passes = (tolerance[0]..=tolerance[1]).contains(&difference);
        Check {
            expected: Expected::Value(expected),
            difference: Some(difference),
            tolerance: Some(tolerance),
            verdict: if passes { Verdict::Pass } else { Verdict::Fail },
            ..Check::info(scale, claim, got)
        }
    }

    /// A number that must lie in a span.
    pub(super) fn inside(
        scale: Scale,
        claim: impl Into<String>,
        span: [f64; 2],
        got: f64,
    ) -> Check {
        let outside = outside_by(span, got);
        Check {
            tolerance: Some([0.0, 0.0]),
            verdict: if outside == 0.0 { Verdict::Pass } else { Verdict::Fail },
            ..Check::beside_span(scale, claim, span, got)
        }
    }

    /// An error that must not exceed a limit.
    pub(super) fn error(scale: Scale, claim: impl Into<String>, got: f64, limit: f64) -> Check {
        Check::near(scale, claim, 0.0, got, limit)
    }

    /// A number beside that of a source that it need not meet.
    pub(super) fn beside(scale: Scale, claim: impl Into<String>, expected: f64, got: f64) -> Check {
        Check {
            expected: Expected::Value(expected),
            difference: Some(got - expected),
            ..Check::info(scale, claim, got)
        }
    }

    /// A number beside a span that it need not lie in.
    pub(super) fn beside_span(
        scale: Scale,
        claim: impl Into<String>,
        span: [f64; 2],
        got: f64,
    ) -> Check {
        Check {
            expected: Expected::Span(span),
            difference: Some(outside_by(span, got)),
            ..Check::info(scale, claim, got)
        }
    }

    /// A number alone.
    pub(super) fn info(scale: Scale, claim: impl Into<String>, got: f64) -> Check {
        Check {
            claim: claim.into(),
            unit: scale.unit,
            expected: Expected::Nothing,
            got,
            difference: None,
            tolerance: None,
            verdict: Verdict::Info,
            decimals: scale.decimals,
        }
    }
}

/// By how much a number is below or above a span; NaN stays NaN.
fn outside_by([low, high]: [f64; 2], got: f64) -> f64 {
    if got < low {
        got - low
    } else if got > high {
        got - high
    } else if got.is_nan() {
        got
    } else {
        0.0
    }
}

/// Many comparisons of one kind, of which the one that comes nearest to its tolerance is shown.
#[derive(Debug, Default)]
pub(super) struct Worst {
    count: usize,
    worst: Option<Compared>,
}

#[derive(Debug)]
struct Compared {
    /// Share of the tolerance that was used; infinite where a number was none.
    used: f64,
    label: String,
    expected: f64,
    got: f64,
    tolerance: f64,
}

impl Worst {
    /// Adds a comparison.
    pub(super) fn add(
        &mut self,
        label: impl FnOnce() -> String,
        expected: f64,
        got: f64,
        tolerance: f64,
    ) {
        self.count += 1;
        let used = (got - expected).abs() / tolerance;
        let used = if used.is_nan() { f64::INFINITY } else { used };
        if self.worst.as_ref().is_none_or(|worst| used > worst.used) {
            self.worst = Some(Compared { used, label: label(), expected, got, tolerance });
        }
    }

    /// The line: passes when the worst comparison does. No comparison at all fails.
    pub(super) fn check(self, scale: Scale, what: &str) -> Check {
        match self.worst {
            None => Check::near(scale, format!("{what}: nothing to compare"), 1.0, 0.0, 0.0),
            Some(worst) => {
                let label = match worst.label.as_str() {
                    "" => String::new(),
                    label => format!(": {label}"),
                };
                let claim = format!("{what}, worst of {}{label}", self.count);
                Check::near(scale, claim, worst.expected, worst.got, worst.tolerance)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_a_number_never_passes() {
        assert_eq!(Check::near(KM, "", 1.0, f64::NAN, 10.0).verdict, Verdict::Fail);
        assert_eq!(Check::inside(KM, "", [1.0, 2.0], f64::NAN).verdict, Verdict::Fail);
        let mut worst = Worst::default();
        worst.add(String::new, 1.0, 1.0, 0.1);
        worst.add(|| "second".into(), 1.0, f64::NAN, 0.1);
        let check = worst.check(KM, "rows");
        assert_eq!(check.verdict, Verdict::Fail);
        assert!(check.claim.contains("second"), "{}", check.claim);
    }

    #[test]
    fn the_comparison_nearest_to_its_own_tolerance_is_shown() {
        let mut worst = Worst::default();
        worst.add(|| "large but allowed".into(), 100.0, 101.0, 10.0);
        worst.add(|| "small and not".into(), 1.0, 1.02, 0.01);
        let check = worst.check(KM, "rows");
        assert!(check.claim.ends_with("worst of 2: small and not"), "{}", check.claim);
        assert_eq!(check.verdict, Verdict::Fail);
    }

    #[test]
    fn comparing_nothing_proves_nothing() {
        assert_eq!(Worst::default().check(KM, "rows").verdict, Verdict::Fail);
    }

    #[test]
    fn ends_of_a_span_are_inside() {
        assert_eq!(Check::inside(KM, "", [20.0, 35.0], 35.0).verdict, Verdict::Pass);
        let below = Check::inside(KM, "", [20.0, 35.0], 17.5);
        assert_eq!((below.verdict, below.difference), (Verdict::Fail, Some(-2.5)));
    }
}
