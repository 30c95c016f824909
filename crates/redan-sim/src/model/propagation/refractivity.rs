//! Refractivity of air from its pressure, temperature and humidity.
//!
//! **What it models.** By how much the refractive index of air exceeds one, in millionths (N-units).
//! What it is for: a surface refractivity from a weather report makes the effective Earth
//! (`redan_geo::EffectiveEarth::from_surface_refractivity`, the exponential atmosphere of Bean and Thayer;
//! its default is 4/3 of 6371 km).
//!
//! **Equation and reference.** ITU-R P.453-14: N = 77.6 P_d/T + 72 e/T + 3.75·10⁵ e/T² (equation 6), and the
//! vapour pressure from relative humidity over water (equations 8 to 10).
//!
//! **Inputs.** Total pressure in pascals, temperature in kelvins, relative humidity from 0 to 1.
//!
//! **Valid range.** −40 to 50 °C. **Left out.** Saturation over ice; what N does with height.
//!
//! **Validated against** `validation/tables/propagation/p453_refractivity.csv`
//! (`tests/val_propagation_air.rs`).

/// Refractivity of air, N-units.
#[must_use]
pub fn refractivity_n_units(pressure_pa: f64, temperature_k: f64, humidity_ratio: f64) -> f64 {
    let vapour_hpa = vapour_pressure_pa(pressure_pa, temperature_k, humidity_ratio) / 100.0;
    let dry_hpa = pressure_pa / 100.0 - vapour_hpa;
    let t_k = temperature_k;
    (77.6 * dry_hpa + 72.0 * vapour_hpa + 3.75e5 * vapour_hpa / t_k) / t_k
}

/// Partial pressure of water vapour, pascals, over water also below freezing.
#[must_use]
pub fn vapour_pressure_pa(pressure_pa: f64, temperature_k: f64, humidity_ratio: f64) -> f64 {
    let t_c = temperature_k - 273.15;
    let pressure_hpa = pressure_pa / 100.0;
    // Air is not an ideal gas: a few thousandths at sea level.
    let enhanced = 1.0 + 1e-4 * (7.2 + pressure_hpa * (0.0320 + 5.9e-6 * t_c * t_c));
    let saturated_hpa = 6.1121 * libm::exp((18.678 - t_c / 234.5) * t_c / (t_c + 257.14));
    100.0 * humidity_ratio * enhanced * saturated_hpa
}
