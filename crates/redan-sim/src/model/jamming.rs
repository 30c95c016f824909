//! Jamming: barrage noise against a radar, burn-through, and the strobe that a jammer draws.
//!
//! **What it models.** Noise of jammers, at a stand-off or on the target itself, that adds to the
//! noise of a receiver; how far the radar then sees; when the noise itself gives a bearing.
//!
//! **Equation and reference.** J = (density) (common band) G_r λ² / (4π R)², N = k T₀ F B,
//! S/(N + J); self-screening burn-through solves R⁴ + (J R²/N) R² = R_clear⁴ (B. R. Mahafza, *Radar
//! Systems Analysis and Design Using MATLAB*, chapter 1; *Electronic Warfare and Radar Systems
//! Engineering Handbook*, NAWCWD, chapter 4). A strobe's error is that of a beam, see `accuracy`.
//!
//! **Inputs.** SI; power density as radiated in the radar's direction; propagation one way and
//! losses in decibels, negative for a loss.
//!
//! **Valid range.** Positive ranges, bandwidths and wavelengths.
//!
//! **Left out.** Deception, blinking, cancellers and blankers of side lobes, saturation.
//!
//! **Validated against** `validation/tables/radar/noise_jamming.csv` (`tests/val_jamming_and_clutter.rs`).

use core::f64::consts::PI;

use super::accuracy::thermal_angle_sigma_rad;
use super::radar_equation::{decibels, power_ratio, thermal_noise_w};

/// Temperature to which noise figures refer, by definition.
const STANDARD_K: f64 = 290.0;

/// Absolute levels of a receiver, which a calibrated radar equation does without and noise needs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AbsoluteLevels {
    /// Gain of the antenna on its axis over an isotropic one.
    pub gain_db: f64,
    /// Bandwidth of noise.
    pub noise_bandwidth_hz: f64,
    /// Noise figure at 290 K.
    pub noise_figure_db: f64,
}

impl AbsoluteLevels {
    /// Power of the receiver's own noise.
    #[must_use]
    pub fn noise_w(&self) -> f64 {
        thermal_noise_w(STANDARD_K, self.noise_bandwidth_hz) * power_ratio(self.noise_figure_db)
    }
}

/// A source of barrage noise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NoiseJammer {
    /// Effective radiated power per hertz of its band, toward the radar.
    pub erp_density_w_hz: f64,
    /// Lower end of its band.
    pub low_hz: f64,
    /// Upper end of its band.
    pub high_hz: f64,
}

/// The way from a jammer into a receiver.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct JamPath {
    /// Range from jammer to radar.
    pub range_m: f64,
    /// Level of the radar's pattern toward the jammer below its gain: 0 in the main lobe.
    pub pattern_db: f64,
    /// Propagation, one way, negative for a loss.
    pub propagation_db: f64,
    /// Polarisation and other losses, negative for a loss.
    pub mismatch_db: f64,
}

/// Ratio of a jammer's noise to a receiver's own; 0 where their bands have nothing in common.
#[must_use]
pub fn jam_to_noise_ratio(
    levels: &AbsoluteLevels,
    centre_hz: f64,
    jammer: &NoiseJammer,
    path: &JamPath,
) -> f64 {
    let half_hz = 0.5 * levels.noise_bandwidth_hz;
    let common_hz =
        jammer.high_hz.min(centre_hz + half_hz) - jammer.low_hz.max(centre_hz - half_hz);
    let wavelength_m = super::radar_equation::wavelength_m(centre_hz);
    let spread = wavelength_m / (4.0 * PI * path.range_m);
    let level_db = levels.gain_db + path.pattern_db + path.propagation_db + path.mismatch_db;
    let jam_w = jammer.erp_density_w_hz * common_hz.max(0.0) * spread * spread;
    jam_w * power_ratio(level_db) / levels.noise_w()
}

/// Signal to noise and jamming from signal to noise; jammers add as their ratios do.
#[must_use]
pub fn jammed_snr_db(snr_db: f64, jam_to_noise_ratio: f64) -> f64 {
    snr_db - decibels(1.0 + jam_to_noise_ratio)
}

/// Ratio of jamming to signal; noise has no part in it.
#[must_use]
pub fn jam_to_signal_db(snr_db: f64, jam_to_noise_ratio: f64) -> f64 {
    decibels(jam_to_noise_ratio) - snr_db
}

/// Range under jamming that does not change with the target's range: a stand-off jammer.
#[must_use]
pub fn stand_off_range_m(clear_range_m: f64, jam_to_noise_ratio: f64) -> f64 {
    clear_range_m / (1.0 + jam_to_noise_ratio).sqrt().sqrt()
}

/// Burn-through range of a target that screens itself. `unit_jam_to_noise_ratio` is its ratio at
/// 1 m from the radar, in the main lobe.
#[must_use]
pub fn burn_through_m(clear_range_m: f64, unit_jam_to_noise_ratio: f64) -> f64 {
    let half = 0.5 * unit_jam_to_noise_ratio;
    let square = clear_range_m * clear_range_m;
    // The root of the quadratic in R², in the form that does not cancel.
    clear_range_m * (square / (half + (half * half + square * square).sqrt())).sqrt()
}

/// Standard deviation of a strobe's bearing, `None` where the jammer is below the threshold.
#[must_use]
pub fn strobe_sigma_rad(
    beamwidth_rad: f64,
    jam_to_noise_ratio: f64,
    threshold_db: f64,
) -> Option<f64> {
    let level_db = decibels(jam_to_noise_ratio);
    let seen = level_db >= threshold_db;
    seen.then(|| thermal_angle_sigma_rad(beamwidth_rad, level_db).min(beamwidth_rad))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_jammer_in_another_band_does_nothing() {
        let levels =
            AbsoluteLevels { gain_db: 40.0, noise_bandwidth_hz: 1e6, noise_figure_db: 3.0 };
        let path = JamPath { range_m: 1e5, pattern_db: 0.0, propagation_db: 0.0, mismatch_db: 0.0 };
        let jammer = NoiseJammer { erp_density_w_hz: 1e-3, low_hz: 2e9, high_hz: 3e9 };
        assert!(jam_to_noise_ratio(&levels, 9e9, &jammer, &path).abs() < f64::MIN_POSITIVE);
        assert!(jam_to_noise_ratio(&levels, 2.5e9, &jammer, &path) > 1.0);
    }

    #[test]
    fn a_weak_jammer_draws_no_strobe() {
        assert!(strobe_sigma_rad(0.02, 1.0, 10.0).is_none());
        assert!(strobe_sigma_rad(0.02, 1e3, 10.0).is_some_and(|sigma_rad| sigma_rad < 0.001));
    }

    proptest! {
        #[test]
        fn more_jamming_never_lets_a_radar_see_farther(
            clear in 1e3..1e6, jam in 0.0..1e12, more in 0.0..1e12,
        ) {
            let [less_m, more_m] = [jam, jam + more].map(|jam| burn_through_m(clear, jam));
            prop_assert!(more_m > 0.0 && more_m <= less_m * (1.0 + 1e-12));
            prop_assert!(less_m <= clear * (1.0 + 1e-12));
            let [less_m, more_m] = [jam, jam + more].map(|jam| stand_off_range_m(clear, jam));
            prop_assert!(more_m <= less_m && less_m <= clear);
        }
    }
}
