//! Clutter: what surface and rain send back, and what a moving-target filter leaves of it.
//!
//! **What it models.** Echo of the surface in a target's resolution cell relative to the target,
//! improvement of binomial cancellers, their blind speeds, loss of a cell-averaging threshold.
//!
//! **Equation and reference.** σ⁰ = γ sin ψ; over sea 10 log γ = 6 K_B − 10 log λ − 64 with K_B the
//! Beaufort number (D. K. Barton, *Modern Radar System Analysis* (1988), chapter 3); cell
//! R θ ΔR sec ψ. Improvement wᵀw / wᵀRw for a Gaussian spectrum (M. I. Skolnik, *Radar Handbook*, 3rd
//! ed., chapter 2). Loss: H. M. Finn and R. S. Johnson, RCA Review 29 (1968) 414. Rain: π⁵ |K|² Z / λ⁴
//! with Z = 200 r^1.6 (J. S. Marshall and W. McK. Palmer, J. Meteorology 5 (1948) 165).
//!
//! **Inputs.** SI, radians; rain in millimetres an hour.
//!
//! **Valid range.** Grazing angles from 0 to below π/2, of a surface in sight; pulse-limited cells,
//! hence low angles. Rain where drops are small against the wavelength (below about 10 GHz).
//!
//! **Left out.** Spikes and other statistics, shadowing by waves, propagation to the surface (the
//! target's is assumed), polarisation, wind direction, clutter beyond the unambiguous range.
//!
//! **Validated against** `mti_improvement.csv` and `ca_cfar_sw1.csv` (`tests/val_jamming_and_clutter.rs`).

use core::f64::consts::PI;

use super::radar_equation::{decibels, power_ratio};

/// Reflectivity γ of the sea at a wind of the Beaufort scale.
#[must_use]
pub fn sea_gamma_ratio(beaufort: u32, wavelength_m: f64) -> f64 {
    power_ratio(6.0 * f64::from(beaufort) - 64.0) / wavelength_m
}

/// A radar's resolution cell on the surface.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SurfaceCell {
    /// Range.
    pub range_m: f64,
    /// Half-power beamwidth in azimuth.
    pub azimuth_width_rad: f64,
    /// Range resolution.
    pub resolution_m: f64,
    /// Grazing angle; `None` where the surface is hidden, as beyond the horizon.
    pub grazing_rad: Option<f64>,
}

impl SurfaceCell {
    /// Cross-section of the clutter, for a surface of reflectivity γ; 0 where it is hidden.
    #[must_use]
    pub fn rcs_m2(&self, gamma_ratio: f64) -> f64 {
        let Some(grazing_rad) = self.grazing_rad else { return 0.0 };
        let width_m2 = self.range_m * self.azimuth_width_rad * self.resolution_m;
        // sin ψ of the reflectivity times sec ψ of the cell.
        gamma_ratio * width_m2 * libm::tan(grazing_rad.max(0.0))
    }
}

/// Ratio of clutter to signal after an improvement factor; −∞ for no clutter.
#[must_use]
pub fn clutter_to_signal_db(clutter_rcs_m2: f64, target_rcs_m2: f64, improvement_db: f64) -> f64 {
    decibels(clutter_rcs_m2 / target_rcs_m2) - improvement_db
}

/// A canceller with binomial weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Canceller {
    /// 1, −1.
    TwoPulse,
    /// 1, −2, 1.
    ThreePulse,
    /// 1, −3, 3, −1.
    FourPulse,
}

impl Canceller {
    /// Correlation of the weights with themselves, by lag.
    fn lags(self) -> &'static [f64] {
        match self {
            Self::TwoPulse => &[2.0, -1.0],
            Self::ThreePulse => &[6.0, -4.0, 1.0],
            Self::FourPulse => &[20.0, -15.0, 6.0, -1.0],
        }
    }

    /// Leading coefficient of the residue in (2π σ_f / PRF)²: 1, 3, 15.
    fn leading(self) -> (f64, i32) {
        match self {
            Self::TwoPulse => (1.0, 1),
            Self::ThreePulse => (3.0, 2),
            Self::FourPulse => (15.0, 3),
        }
    }

    /// Improvement against clutter whose Gaussian spectrum has this deviation over the pulse
    /// repetition frequency, which must be positive.
    #[must_use]
    pub fn improvement_db(self, spread_ratio: f64) -> f64 {
        let phase = 2.0 * PI * spread_ratio;
        let square = phase * phase;
        let lags = self.lags();
        // The exact sum loses its digits where the series is already good to its first term.
        let residue = if square < 2e-5 {
            let (coefficient, order) = self.leading();
            (0..order).fold(coefficient, |product, _| product * square)
        } else {
            let terms = lags.iter().zip(0u32..).skip(1);
            terms.map(|(w, n)| 2.0 * w * libm::expm1(-0.5 * square * f64::from(n * n))).sum()
        };
        decibels(lags[0] / residue)
    }

    /// Power response to a radial speed over its mean over all speeds: −∞ at blind speeds.
    #[must_use]
    pub fn response_db(self, radial_speed_m_s: f64, blind_speed_m_s: f64) -> f64 {
        let sine = libm::sin(PI * radial_speed_m_s / blind_speed_m_s);
        let (_, order) = self.leading();
        f64::from(order) * decibels(4.0 * sine * sine) - decibels(self.lags()[0])
    }
}

/// Threshold of a cell-averaging detector over the mean of its reference cells.
#[must_use]
pub fn averaging_threshold_ratio(cells: u32, false_alarm_prob: f64) -> f64 {
    let count = f64::from(cells);
    count * libm::expm1(-libm::log(false_alarm_prob) / count)
}

/// Loss of a cell-averaging threshold against a fixed one: one pulse, Swerling case 1.
#[must_use]
pub fn averaging_loss_db(cells: u32, false_alarm_prob: f64, detection_prob: f64) -> f64 {
    let count = f64::from(cells);
    let level = averaging_threshold_ratio(cells, false_alarm_prob) / count;
    let averaged = level / libm::expm1(-libm::log(detection_prob) / count) - 1.0;
    let fixed = libm::log(false_alarm_prob) / libm::log(detection_prob) - 1.0;
    decibels(averaged / fixed)
}

/// Cross-section of a unit volume of rain.
#[must_use]
pub fn rain_reflectivity_per_m(rain_mm_h: f64, wavelength_m: f64) -> f64 {
    // Dielectric factor |K|² of water, 0.93; Z in mm⁶/m³ is 10⁻¹⁸ m³.
    let drops_m3 = 200e-18 * libm::pow(rain_mm_h, 1.6);
    let square = wavelength_m * wavelength_m;
    PI * PI * PI * PI * PI * 0.93 * drops_m3 / (square * square)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_hidden_surface_sends_nothing_back() {
        let cell = SurfaceCell {
            range_m: 5e4,
            azimuth_width_rad: 0.02,
            resolution_m: 100.0,
            grazing_rad: None,
        };
        assert!(cell.rcs_m2(0.1).abs() < f64::MIN_POSITIVE);
        let seen = SurfaceCell { grazing_rad: Some(0.01), ..cell };
        assert!((seen.rcs_m2(0.1) - 100.0).abs() < 0.1);
    }

    #[test]
    fn a_blind_speed_is_blind_and_half_of_it_is_best() {
        assert!(Canceller::TwoPulse.response_db(1e-9, 50.0) < -100.0);
        // 4 over the mean of 2.
        assert!((Canceller::TwoPulse.response_db(25.0, 50.0) - 3.0103).abs() < 1e-3);
    }

    #[test]
    fn the_series_and_the_sum_meet() {
        let at = |square: f64| {
            [Canceller::TwoPulse, Canceller::ThreePulse, Canceller::FourPulse]
                .map(|canceller| canceller.improvement_db(square.sqrt() / (2.0 * PI)))
        };
        for (below_db, above_db) in at(2e-5 * (1.0 - 1e-9)).into_iter().zip(at(2e-5)) {
            assert!((below_db - above_db).abs() < 0.001, "{below_db} {above_db}");
        }
    }

    proptest! {
        #[test]
        fn more_rain_and_more_wind_are_more_clutter(rain in 0.1..100.0, wave in 0.03..1.0) {
            prop_assert!(rain_reflectivity_per_m(rain * 1.1, wave) > rain_reflectivity_per_m(rain, wave));
            prop_assert!(sea_gamma_ratio(5, wave) > sea_gamma_ratio(4, wave));
        }
    }
}
