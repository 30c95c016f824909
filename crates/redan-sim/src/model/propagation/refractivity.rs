//! Refractivity of air from weather.
//!
//! **What it models.** N = (n − 1) 10⁶ of air, and the pressure of its water vapour.
//!
//! **Equation and reference.** ITU-R P.453-13: N = 77.6 (P − e)/T + 72 e/T + 3.75·10⁵ e/T² (equation 3), e from
//! the relative humidity over water (equations 8 and 9). The effective radius of the Earth follows from the
//! refractivity at the surface in [`redan_geo::EffectiveEarth::from_surface_refractivity`], which takes the
//! gradient of the CRPL exponential atmosphere.
//!
//! **Inputs.** Total pressure in hectopascals, degrees Celsius, percent. **Valid range.** −40 to 50 °C.
//! **Left out.** Layers and ducts. **Validated against** `p453_refractivity.csv` (`tests/val_propagation.rs`).

/// Pressure of water vapour at a relative humidity.
#[must_use]
pub fn vapour_hpa(total_hpa: f64, temperature_c: f64, humidity_percent: f64) -> f64 {
    let t = temperature_c;
    let enhanced = 1.0 + 1e-4 * (7.2 + total_hpa * (0.0320 + 5.9e-6 * t * t));
    let saturated = 6.1121 * libm::exp((18.678 - t / 234.5) * t / (t + 257.14));
    0.01 * humidity_percent * enhanced * saturated
}

/// Refractivity of air.
#[must_use]
pub fn refractivity_n_units(total_hpa: f64, temperature_c: f64, humidity_percent: f64) -> f64 {
    let e = vapour_hpa(total_hpa, temperature_c, humidity_percent);
    let t = temperature_c + 273.15;
    77.6 * (total_hpa - e) / t + 72.0 * e / t + 3.75e5 * e / (t * t)
}
