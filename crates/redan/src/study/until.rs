//! `--until leakage±0.02`: a measure, and the half-width at which it is known well enough.

use redan_record::measures::NAMES;
use redan_study::stats::sequential::Rule;

/// Confidence of all intervals that redan prints.
pub(crate) const CONFIDENCE: f64 = 0.95;

/// When a study stops.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Until {
    /// Place of the measure among [`NAMES`].
    pub(crate) measure: usize,
    /// The rule.
    pub(crate) rule: Rule,
}

impl Until {
    /// The name of the measure with what is asked for.
    pub(crate) fn text(&self) -> String {
        format!("{}±{}", NAMES[self.measure], self.rule.half_width)
    }
}

/// `MEASURE±HALF` or `MEASURE+-HALF`.
pub(crate) fn parse(text: &str) -> Result<Until, String> {
    let parts = text.split_once('±').or_else(|| text.split_once("+-"));
    let (name, half) = parts.ok_or("write a measure, ± or +-, and a half-width: leakage±0.02")?;
    let half_width: f64 = half.trim().parse().map_err(|_| format!("`{half}` is no number"))?;
    if !(half_width > 0.0 && half_width.is_finite()) {
        return Err(format!("a half-width of {half_width} can never be reached; give one above 0"));
    }
    let rule = Rule { half_width, confidence_probability: CONFIDENCE };
    Ok(Until { measure: measure(name.trim())?, rule })
}

/// A measure by its name, or by what stands before its unit: `leakage` is `leakage_ratio`.
pub(crate) fn measure(name: &str) -> Result<usize, String> {
    let exact = NAMES.iter().position(|known| *known == name);
    let with_unit = || {
        let units = ["_ratio", "_s", "_m"];
        units
            .iter()
            .find_map(|unit| NAMES.iter().position(|known| *known == format!("{name}{unit}")))
    };
    exact.or_else(with_unit).ok_or_else(|| {
        let near = redan_sim::card::nearest_names(name, NAMES.iter().copied());
        match near.first() {
            Some(near) => format!("no measure is called `{name}`; did you mean `{near}`?"),
            None => format!("no measure is called `{name}`; they are {}", NAMES.join(", ")),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_measure_may_leave_its_unit_out() {
        for text in ["leakage±0.02", "leakage_ratio +- 0.02"] {
            assert_eq!(parse(text).map(|until| until.text()), Ok("leakage_ratio±0.02".to_string()));
        }
    }

    #[test]
    fn mistakes_are_named() {
        for wrong in ["leakage", "leakage±x", "leakage±0", "leekage±1", "leakage±inf"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
        assert!(measure("leekage").expect_err("no measure").contains("leakage_ratio"));
    }
}
