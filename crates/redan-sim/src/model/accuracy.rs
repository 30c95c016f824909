//! Accuracy: standard deviation of a measurement from resolution and signal-to-noise ratio.
//!
//! **What it models.** How errors of range, angle and radial speed grow as the signal weakens,
//! calibrated on the accuracy published for one signal.
//!
//! **Equation and reference.** Thermal part Δ / (k √(2 n S/N)), with k = 1.6 for a beamwidth Δ
//! (D. K. Barton, *Radar System Analysis and Modeling* (2005), chapter 8; M. I. Skolnik, *Introduction
//! to Radar Systems*, 3rd ed. (2001), chapter 6); k = 1 for a cell of range or speed is a cautious
//! choice of ours. A floor that does not depend on the signal is added in squares: the published
//! deviation squared less the thermal part at the published point. Where the published figure is
//! better than the thermal part, there is no floor, and the thermal law is scaled to it.
//!
//! **Inputs.** Deviation and resolution in one unit, ratio of one pulse in decibels, pulses added.
//!
//! **Valid range.** Positive finite deviation and resolution, finite reference ratio, one pulse or
//! more; others are refused. The thermal part never exceeds the resolution cell (or the published
//! deviation, if larger), because a plot is reported from its cell.
//!
//! **Left out.** Bias, which is drawn once for a run elsewhere; multipath, glint, quantisation.
//!
//! **Validated against** the published point itself, which is kept, and the square-root law.

use super::radar_equation::power_ratio;

/// Slope k of a beam's error signal.
const ANGLE_SLOPE: f64 = 1.6;

/// Slope k of range and speed.
const CELL_SLOPE: f64 = 1.0;

/// Accuracy of range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RangeAccuracy(Law);

impl RangeAccuracy {
    /// From a published deviation, the resolution, and the ratio to which the deviation refers.
    #[must_use]
    pub fn from_reference(
        sigma_m: f64,
        resolution_m: f64,
        snr_db: f64,
        pulses: u32,
    ) -> Option<Self> {
        Law::new(sigma_m, resolution_m, CELL_SLOPE, snr_db, pulses).map(Self)
    }

    /// Standard deviation at a signal-to-noise ratio of one pulse.
    #[must_use]
    pub fn sigma_m(&self, snr_db: f64) -> f64 {
        self.0.sigma(snr_db)
    }
}

/// Accuracy of azimuth or elevation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AngleAccuracy(Law);

impl AngleAccuracy {
    /// From a published deviation, the beamwidth, and the ratio to which the deviation refers.
    #[must_use]
    pub fn from_reference(
        sigma_rad: f64,
        beamwidth_rad: f64,
        snr_db: f64,
        pulses: u32,
    ) -> Option<Self> {
        Law::new(sigma_rad, beamwidth_rad, ANGLE_SLOPE, snr_db, pulses).map(Self)
    }

    /// Standard deviation at a signal-to-noise ratio of one pulse.
    #[must_use]
    pub fn sigma_rad(&self, snr_db: f64) -> f64 {
        self.0.sigma(snr_db)
    }
}

/// Accuracy of radial speed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SpeedAccuracy(Law);

impl SpeedAccuracy {
    /// From a published deviation, the resolution, and the ratio to which the deviation refers.
    #[must_use]
    pub fn from_reference(
        sigma_m_s: f64,
        resolution_m_s: f64,
        snr_db: f64,
        pulses: u32,
    ) -> Option<Self> {
        Law::new(sigma_m_s, resolution_m_s, CELL_SLOPE, snr_db, pulses).map(Self)
    }

    /// Standard deviation at a signal-to-noise ratio of one pulse.
    #[must_use]
    pub fn sigma_m_s(&self, snr_db: f64) -> f64 {
        self.0.sigma(snr_db)
    }
}

/// Thermal deviation of an angle alone: Δ / (1.6 √(2 S/N)).
#[must_use]
pub fn thermal_angle_sigma_rad(beamwidth_rad: f64, snr_db: f64) -> f64 {
    beamwidth_rad / (ANGLE_SLOPE * (2.0 * power_ratio(snr_db)).sqrt())
}

/// The law of all three, in the unit of its resolution.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Law {
    /// Thermal deviation at 0 dB.
    thermal: f64,
    floor: f64,
    /// What the thermal part never exceeds.
    most: f64,
}

impl Law {
    fn new(sigma: f64, resolution: f64, slope: f64, snr_db: f64, pulses: u32) -> Option<Self> {
        let positive = |x: f64| x.is_finite() && x > 0.0;
        if !(positive(sigma) && positive(resolution) && snr_db.is_finite() && pulses > 0) {
            return None;
        }
        let most = resolution.max(sigma);
        let thermal = resolution / (slope * (2.0 * f64::from(pulses)).sqrt());
        let root = power_ratio(0.5 * snr_db);
        let at_point = (thermal / root).min(most);
        let rest = sigma * sigma - at_point * at_point;
        if rest >= 0.0 {
            return Some(Self { thermal, floor: rest.sqrt(), most });
        }
        Some(Self { thermal: sigma * root, floor: 0.0, most })
    }

    fn sigma(&self, snr_db: f64) -> f64 {
        let thermal = (self.thermal / power_ratio(0.5 * snr_db)).min(self.most);
        (thermal * thermal + self.floor * self.floor).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn twenty_decibels_more_is_a_tenth_of_the_thermal_error() {
        let [weak_rad, strong_rad] = [10.0, 30.0].map(|snr| thermal_angle_sigma_rad(0.02, snr));
        assert!((weak_rad / strong_rad - 10.0).abs() < 1e-9);
    }

    #[test]
    fn impossible_figures_are_refused() {
        assert!(RangeAccuracy::from_reference(0.0, 100.0, 13.0, 1).is_none());
        assert!(RangeAccuracy::from_reference(10.0, f64::NAN, 13.0, 1).is_none());
        assert!(RangeAccuracy::from_reference(10.0, 100.0, 13.0, 0).is_none());
    }

    proptest! {
        #[test]
        fn the_published_point_is_kept(
            sigma in 0.1..300.0, cell in 1.0..300.0, snr in -10.0..40.0, pulses in 1u32..100,
        ) {
            let law = RangeAccuracy::from_reference(sigma, cell, snr, pulses).expect("valid");
            prop_assert!((law.sigma_m(snr) / sigma - 1.0).abs() < 1e-9);
        }

        #[test]
        fn a_stronger_signal_is_never_less_accurate(
            sigma in 1e-4..0.1, beam in 1e-3..0.1, snr in -60.0..60.0, more in 0.0..40.0,
        ) {
            let law = AngleAccuracy::from_reference(sigma, beam, 15.0, 8).expect("valid");
            let (weak, strong) = (law.sigma_rad(snr), law.sigma_rad(snr + more));
            prop_assert!(weak.is_finite() && strong > 0.0 && strong <= weak * (1.0 + 1e-12));
        }
    }
}
