//! Passive reception: how likely and how exactly a receiver hears an emitter.
//!
//! **What it models.** A receiver that finds emitters by their main lobe or side lobes, calibrated
//! by the range claimed against one emitter.
//!
//! **Equation and reference.** Power falls as 1/R², one way (*Electronic Warfare and Radar Systems
//! Engineering Handbook*, NAWCWD, chapter 4). Detection is that of a steady signal in the given
//! [`Detector`]; one pulse of Swerling's case 0 is meant. Bearings as in `accuracy`.
//!
//! **Inputs.** SI; radiated power of the main lobe, level of the emitter's pattern in decibels.
//!
//! **Valid range.** Positive ranges and powers.
//!
//! **Left out.** Recognition of types, dense signals, mixing of emitters, place by time difference.
//!
//! **Validated against** the claimed point, which is kept, and the square law.

use super::detection::Detector;
use super::radar_equation::decibels;

/// A claimed point of a receiver's performance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PassiveReference {
    /// Claimed range.
    pub range_m: f64,
    /// Radiated power of the emitter, toward the receiver.
    pub erp_w: f64,
    /// Probability that the claim means.
    pub probability: f64,
}

/// A receiver, calibrated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PassiveCalibration {
    /// Signal-to-noise ratio of one watt at one metre.
    constant_db: f64,
}

impl PassiveCalibration {
    /// Calibration by which the detector has the claimed probability at the claimed point; `None`
    /// where the point cannot be one.
    #[must_use]
    pub fn from_reference(reference: &PassiveReference, detector: &Detector) -> Option<Self> {
        let PassiveReference { range_m, erp_w, probability } = *reference;
        let positive = |x: f64| x.is_finite() && x > 0.0;
        if !(positive(range_m) && positive(erp_w)) {
            return None;
        }
        let snr_db = detector.required_snr_db(probability)?;
        Some(Self { constant_db: snr_db - spread_db(range_m, erp_w) })
    }

    /// Signal-to-noise ratio of an emitter; `pattern_db` is 0 in its main lobe and its mean side-lobe
    /// level elsewhere, `propagation_db` is one way and negative for a loss.
    #[must_use]
    pub fn snr_db(&self, range_m: f64, erp_w: f64, pattern_db: f64, propagation_db: f64) -> f64 {
        self.constant_db + spread_db(range_m, erp_w) + pattern_db + propagation_db
    }
}

fn spread_db(range_m: f64, erp_w: f64) -> f64 {
    decibels(erp_w / (range_m * range_m))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::detection::Swerling;

    #[test]
    fn the_claim_is_kept_and_side_lobes_are_heard_a_tenth_as_far() {
        let detector = Detector::new(Swerling::Zero, 1, 1e-6).expect("valid");
        let reference = PassiveReference { range_m: 4e5, erp_w: 1e9, probability: 0.9 };
        let receiver = PassiveCalibration::from_reference(&reference, &detector).expect("valid");
        let main_db = receiver.snr_db(4e5, 1e9, 0.0, 0.0);
        assert!((detector.detection_prob(main_db) - 0.9).abs() < 1e-6);
        assert!((receiver.snr_db(4e4, 1e9, -20.0, 0.0) - main_db).abs() < 1e-9);
        let bad = PassiveReference { range_m: 0.0, ..reference };
        assert!(PassiveCalibration::from_reference(&bad, &detector).is_none());
    }
}
