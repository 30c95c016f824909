//! Radar equation: signal-to-noise ratio from range and cross-section.
//!
//! **What it models.** Two things. [`Calibration`] is what the engine uses: a published detection
//! range of a published cross-section fixes the one constant of the equation, and all else scales.
//! [`PulseRadar`], [`SearchRadar`] and the functions are the textbook forms, for work on figures.
//!
//! **Equation and reference.** Single pulse, S/N = P τ G_t G_r λ² σ / ((4π)³ k T R_t² R_r² L), and
//! search, S/N = P_av A t σ / (4π k T R⁴ L Ω): M. I. Skolnik, *Radar Handbook*, 3rd ed. (2008),
//! chapter 1; D. K. Barton, *Radar Equations for Modern Radar* (2013), chapters 1 and 2. With all but
//! range and cross-section in one constant, S/N = C σ / R⁴.
//!
//! **Inputs.** SI; ratios that are customarily in decibels are, with a name that says so.
//!
//! **Valid range.** Positive ranges, cross-sections, powers and wavelengths. Zero range gives
//! infinite, zero cross-section minus infinite decibels; a negative one gives NaN.
//!
//! **Left out.** Propagation, which enters as a two-way number of decibels (negative for a loss);
//! beam shape and scan losses, which a published range already contains.
//!
//! **Validated against** `validation/tables/radar/worked_examples.json` (`val_worked_examples` in
//! `tests/val_radar_equation.rs`) and the pair of ranges published for one radar
//! (`val_gamma_de_fourth_root`).

use core::f64::consts::{LN_10, PI};

use super::detection::Detector;

/// Speed of light in vacuum, exact.
pub const LIGHT_M_S: f64 = 299_792_458.0;

/// Boltzmann's constant, exact.
pub const BOLTZMANN_J_K: f64 = 1.380_649e-23;

/// A published point of a radar's performance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reference {
    /// Range of the point.
    pub range_m: f64,
    /// Cross-section to which it refers.
    pub rcs_m2: f64,
    /// Probability of detection that it means.
    pub probability: f64,
    /// Two-way propagation inside the published figure, negative for a loss: what the engine will
    /// compute for such a path is not to be counted twice. 0 dB where the figure is for free space.
    pub propagation_db: f64,
}

/// The radar equation of one radar, calibrated by one published point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Calibration {
    /// Signal-to-noise ratio of one square metre at one metre.
    constant_db: f64,
}

impl Calibration {
    /// Calibration by which `detector` has the stated probability at the point.
    ///
    /// `None` where range or cross-section are not positive and finite, the propagation is not
    /// finite, or the probability is not between the false-alarm probability and 1.
    #[must_use]
    pub fn from_reference(reference: &Reference, detector: &Detector) -> Option<Self> {
        let Reference { range_m, rcs_m2, probability, propagation_db } = *reference;
        let finite = range_m.is_finite() && rcs_m2.is_finite() && propagation_db.is_finite();
        if !(finite && range_m > 0.0 && rcs_m2 > 0.0) {
            return None;
        }
        let snr_db = detector.required_snr_db(probability)?;
        Some(Self { constant_db: snr_db - geometry_db(range_m, rcs_m2) - propagation_db })
    }

    /// Signal-to-noise ratio of one pulse for a target at `range_m` with `rcs_m2`, and two-way
    /// propagation `propagation_db` (negative for a loss). One logarithm.
    #[must_use]
    #[inline]
    pub fn snr_db(&self, range_m: f64, rcs_m2: f64, propagation_db: f64) -> f64 {
        self.constant_db + geometry_db(range_m, rcs_m2) + propagation_db
    }

    /// Range at which the ratio falls to `snr_db`: the inverse of [`Self::snr_db`].
    #[must_use]
    pub fn range_m(&self, snr_db: f64, rcs_m2: f64, propagation_db: f64) -> f64 {
        fourth_root(rcs_m2 * power_ratio(self.constant_db + propagation_db - snr_db))
    }
}

/// A radar that sends pulses and receives them with a matched filter, at one place or at two.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PulseRadar {
    /// Peak power.
    pub peak_power_w: f64,
    /// Length of the pulse; the noise bandwidth is its inverse.
    pub pulse_s: f64,
    /// Gain of the transmitting antenna.
    pub transmit_gain_db: f64,
    /// Gain of the receiving antenna.
    pub receive_gain_db: f64,
    /// Wavelength.
    pub wavelength_m: f64,
    /// System noise temperature.
    pub noise_temperature_k: f64,
    /// All losses, positive.
    pub loss_db: f64,
}

impl PulseRadar {
    /// Signal-to-noise ratio of one pulse with transmitter and receiver at these ranges from the
    /// target; equal ones for a radar at one place.
    #[must_use]
    pub fn snr_db(&self, transmit_range_m: f64, receive_range_m: f64, rcs_m2: f64) -> f64 {
        decibels(self.factor() * rcs_m2 / square(transmit_range_m * receive_range_m))
    }

    /// Range at which a radar at one place has a signal-to-noise ratio.
    #[must_use]
    pub fn range_m(&self, snr_db: f64, rcs_m2: f64) -> f64 {
        fourth_root(self.factor() * rcs_m2 / power_ratio(snr_db))
    }

    /// Peak power, instead of its own, with which it would have a signal-to-noise ratio at a range.
    #[must_use]
    pub fn required_power_w(&self, snr_db: f64, range_m: f64, rcs_m2: f64) -> f64 {
        self.peak_power_w * power_ratio(snr_db - self.snr_db(range_m, range_m, rcs_m2))
    }

    /// Signal-to-noise ratio, as a plain ratio, of one square metre at one metre.
    fn factor(&self) -> f64 {
        let gain = power_ratio(self.transmit_gain_db + self.receive_gain_db - self.loss_db);
        let noise_j = BOLTZMANN_J_K * self.noise_temperature_k;
        let spread = 64.0 * PI * PI * PI;
        self.peak_power_w * self.pulse_s * gain * square(self.wavelength_m) / (spread * noise_j)
    }
}

/// A radar that spreads its mean power over a volume to search, whatever its beam.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SearchRadar {
    /// Mean power times effective area of the antenna, watt square metres.
    pub power_aperture_w_m2: f64,
    /// Time to search the volume once.
    pub search_time_s: f64,
    /// Solid angle of the volume.
    pub solid_angle_sr: f64,
    /// System noise temperature.
    pub noise_temperature_k: f64,
    /// All losses, positive.
    pub loss_db: f64,
}

impl SearchRadar {
    /// Signal-to-noise ratio of one look.
    #[must_use]
    pub fn snr_db(&self, range_m: f64, rcs_m2: f64) -> f64 {
        let energy = self.power_aperture_w_m2 * self.search_time_s / self.solid_angle_sr;
        let noise_j = BOLTZMANN_J_K * self.noise_temperature_k;
        let fourth = square(square(range_m));
        decibels(energy * rcs_m2 / (4.0 * PI * noise_j * fourth)) - self.loss_db
    }
}

/// Solid angle between two azimuths and two elevations, in radians: (a₂ − a₁)(sin e₂ − sin e₁).
#[must_use]
pub fn solid_angle_sr(azimuth_width_rad: f64, low_rad: f64, high_rad: f64) -> f64 {
    azimuth_width_rad * (libm::sin(high_rad) - libm::sin(low_rad))
}

/// Power of an echo at the receiver: P G² λ² σ / ((4π)³ R⁴), one antenna for both ways, no loss.
#[must_use]
pub fn echo_power_w(
    power_w: f64,
    gain_db: f64,
    wavelength_m: f64,
    rcs_m2: f64,
    range_m: f64,
) -> f64 {
    let lit = power_w * power_ratio(2.0 * gain_db) * square(wavelength_m) * rcs_m2;
    lit / (64.0 * PI * PI * PI * square(square(range_m)))
}

/// Gain of an antenna of an effective area: 4π A / λ².
#[must_use]
pub fn aperture_gain_db(area_m2: f64, wavelength_m: f64) -> f64 {
    decibels(4.0 * PI * area_m2 / square(wavelength_m))
}

/// Thermal noise of a bandwidth at a temperature: k T B.
#[must_use]
pub fn thermal_noise_w(temperature_k: f64, bandwidth_hz: f64) -> f64 {
    BOLTZMANN_J_K * temperature_k * bandwidth_hz
}

/// Loss between isotropic antennas in free space, one way: 20 log₁₀(4π R / λ).
#[must_use]
pub fn free_space_loss_db(range_m: f64, wavelength_m: f64) -> f64 {
    2.0 * decibels(4.0 * PI * range_m / wavelength_m)
}

/// Wavelength of a frequency.
#[must_use]
pub fn wavelength_m(frequency_hz: f64) -> f64 {
    LIGHT_M_S / frequency_hz
}

/// Range whose echo comes back as the next pulse leaves: c / (2 PRF).
#[must_use]
pub fn unambiguous_range_m(prf_hz: f64) -> f64 {
    0.5 * LIGHT_M_S / prf_hz
}

/// Range that a radar shows for a target beyond its unambiguous range.
#[must_use]
pub fn folded_range_m(range_m: f64, unambiguous_m: f64) -> f64 {
    range_m - unambiguous_m * (range_m / unambiguous_m).floor()
}

/// Range resolution of a bandwidth: c / (2 B).
#[must_use]
pub fn range_resolution_m(bandwidth_hz: f64) -> f64 {
    0.5 * LIGHT_M_S / bandwidth_hz
}

/// Doppler shift of an echo: 2 v / λ, positive for an approach.
#[must_use]
pub fn doppler_hz(closing_m_s: f64, wavelength_m: f64) -> f64 {
    2.0 * closing_m_s / wavelength_m
}

/// Closing speed that a radar shows when the shift exceeds half its pulse repetition frequency.
#[must_use]
pub fn folded_speed_m_s(closing_m_s: f64, wavelength_m: f64, prf_hz: f64) -> f64 {
    let shift_hz = doppler_hz(closing_m_s, wavelength_m);
    let folded_hz = shift_hz - prf_hz * (shift_hz / prf_hz + 0.5).floor();
    0.5 * folded_hz * wavelength_m
}

/// First blind speed of a canceller: λ PRF / 2.
#[must_use]
pub fn blind_speed_m_s(wavelength_m: f64, prf_hz: f64) -> f64 {
    0.5 * wavelength_m * prf_hz
}

/// Power ratio of a number of decibels.
#[must_use]
#[inline]
pub fn power_ratio(level_db: f64) -> f64 {
    libm::exp(level_db * (LN_10 / 10.0))
}

/// Decibels of a power ratio; −∞ for 0, NaN below.
#[must_use]
#[inline]
pub fn decibels(ratio: f64) -> f64 {
    libm::log(ratio) * (10.0 / LN_10)
}

#[inline]
fn geometry_db(range_m: f64, rcs_m2: f64) -> f64 {
    decibels(rcs_m2 / square(square(range_m)))
}

fn fourth_root(value: f64) -> f64 {
    value.sqrt().sqrt()
}

#[inline]
fn square(value: f64) -> f64 {
    value * value
}
