//! Standard atmosphere: temperature, pressure, density and speed of sound over altitude.
//!
//! **What it models.** The U.S. Standard Atmosphere 1976, which is ICAO's (Doc 7488) up to 32 km and
//! differs from it by rounding of constants above.
//!
//! **Equation and reference.** NOAA, NASA, USAF, *U.S. Standard Atmosphere, 1976*
//! (NASA-TM-X-74335): geopotential height H = r₀ z / (r₀ + z), equation 18; temperature in seven
//! linear layers, equation 23, table 4; pressure by hydrostatics in each, equations 33a and 33b;
//! density from the gas law, 42; speed of sound, 50. Surface refractivity to decay rate: B. R. Bean
//! and G. D. Thayer, *CRPL Exponential Reference Atmosphere*, NBS Monograph 4 (1959).
//!
//! **Inputs.** Geometric altitude above mean sea level, metres.
//!
//! **Valid range.** −5 to 86 km: below sea level the lowest layer goes on. Above 86 km pressure and
//! density are zero and temperature and speed of sound stay as they are at 86 km; below −5 km
//! everything stays as it is there. NaN gives NaN.
//!
//! **Left out.** Weather, season, latitude, humidity; above 80 km the temperature is the
//! molecular-scale one, up to 0.08 K above the kinetic.
//!
//! **Validated against** `validation/tables/atmosphere/us76.csv` (tests `val_us76_*`).

/// State of the air at one altitude.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Air {
    /// Temperature, kelvins.
    pub temperature_k: f64,
    /// Pressure, pascals.
    pub pressure_pa: f64,
    /// Density, kilograms for each cubic metre.
    pub density_kg_m3: f64,
    /// Speed of sound, metres per second.
    pub sound_m_s: f64,
}

/// The standard atmosphere at a geometric altitude above mean sea level, −5 to 86 km; what holds
/// outside stands in the header of this module.
#[must_use]
pub fn air_at(altitude_m: f64) -> Air {
    let (temperature_k, pressure_pa) = temperature_and_pressure(altitude_m);
    Air {
        temperature_k,
        pressure_pa,
        density_kg_m3: pressure_pa / (GAS_J_KG_K * temperature_k),
        sound_m_s: (HEAT_RATIO * GAS_J_KG_K * temperature_k).sqrt(),
    }
}

/// Density alone, kilograms for each cubic metre: one exponential or power instead of two roots
/// more, for integrations.
#[must_use]
pub fn density_kg_m3(altitude_m: f64) -> f64 {
    let (temperature_k, pressure_pa) = temperature_and_pressure(altitude_m);
    pressure_pa / (GAS_J_KG_K * temperature_k)
}

/// Decay rate of refractivity with height, N(h) = Nₛ exp(−c h), for a surface refractivity in
/// N-units: c = ln(Nₛ / (Nₛ − 7.32 exp(0.005577 Nₛ))) for each kilometre (Bean and Thayer 1959).
///
/// Made for 200 to 450 N-units; elsewhere it is extrapolation, and NaN where the logarithm fails.
#[must_use]
pub fn refractivity_decay_per_km(surface_n_units: f64) -> f64 {
    let first_kilometre = 7.32 * libm::exp(0.005_577 * surface_n_units);
    libm::log(surface_n_units / (surface_n_units - first_kilometre))
}

fn temperature_and_pressure(altitude_m: f64) -> (f64, f64) {
    let inside_m = altitude_m.clamp(LOWEST_M, HIGHEST_M);
    let height_m = POTENTIAL_RADIUS_M * inside_m / (POTENTIAL_RADIUS_M + inside_m);
    let above = LAYERS.iter().skip(1).take_while(|layer| height_m >= layer.base_m).count();
    let layer = &LAYERS[above];
    let rise_m = height_m - layer.base_m;
    let temperature_k = layer.temperature_k + layer.lapse_k_m * rise_m;
    if altitude_m > HIGHEST_M {
        return (temperature_k, 0.0);
    }
    (temperature_k, layer.pressure_pa * layer.pressure_ratio(rise_m, temperature_k))
}

/// Air constant R*/M₀ of the 1976 model, joules for each kilogram and kelvin: its R* is 8314.32,
/// kept although newer constants differ, since the tables are made with it.
const GAS_J_KG_K: f64 = 8314.32 / 28.9644;
const GRAVITY_M_S2: f64 = 9.806_65;
const HEAT_RATIO: f64 = 1.4;
const POTENTIAL_RADIUS_M: f64 = 6_356_766.0;
const LOWEST_M: f64 = -5_000.0;
const HIGHEST_M: f64 = 86_000.0;

/// A layer in which temperature is linear in geopotential height.
struct Layer {
    base_m: f64,
    lapse_k_m: f64,
    temperature_k: f64,
    pressure_pa: f64,
}

impl Layer {
    const fn new(base_m: f64, lapse_k_m: f64, temperature_k: f64, pressure_pa: f64) -> Self {
        Self { base_m, lapse_k_m, temperature_k, pressure_pa }
    }

    /// Pressure over that at the base, by hydrostatics.
    fn pressure_ratio(&self, rise_m: f64, temperature_k: f64) -> f64 {
        let slope_k_m = GRAVITY_M_S2 / GAS_J_KG_K;
        if self.lapse_k_m.abs() < 1e-12 {
            return libm::exp(-slope_k_m * rise_m / self.temperature_k);
        }
        let exponent = slope_k_m / self.lapse_k_m;
        libm::exp(exponent * libm::log(self.temperature_k / temperature_k))
    }
}

/// Table 4 of the reference; the pressures at the bases follow from the layers below (a test walks
/// them up).
const LAYERS: [Layer; 7] = [
    Layer::new(0.0, -0.006_5, 288.15, 101_325.0),
    Layer::new(11_000.0, 0.0, 216.65, 22_632.063_973),
    Layer::new(20_000.0, 0.001, 216.65, 5_474.888_670),
    Layer::new(32_000.0, 0.002_8, 228.65, 868.018_684_8),
    Layer::new(47_000.0, 0.0, 270.65, 110.906_305_6),
    Layer::new(51_000.0, -0.002_8, 270.65, 66.938_873_12),
    Layer::new(71_000.0, -0.002, 214.65, 3.956_420_428),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pressures_at_the_bases_follow_from_the_layers_below() {
        for pair in LAYERS.windows(2) {
            let rise_m = pair[1].base_m - pair[0].base_m;
            let temperature_k = pair[0].temperature_k + pair[0].lapse_k_m * rise_m;
            assert!((temperature_k - pair[1].temperature_k).abs() < 1e-9);
            let pressure_pa = pair[0].pressure_pa * pair[0].pressure_ratio(rise_m, temperature_k);
            assert!((pressure_pa / pair[1].pressure_pa - 1.0).abs() < 1e-9, "{pressure_pa}");
        }
    }

    #[test]
    fn outside_the_model_the_air_ends_or_stays() {
        assert!(air_at(90e3).density_kg_m3.abs() < f64::MIN_POSITIVE);
        let [above_k, top_k] = [90e3, 86e3].map(|altitude_m| air_at(altitude_m).temperature_k);
        assert!((above_k - top_k).abs() < 1e-12);
        assert_eq!(air_at(-9e3), air_at(-5e3));
        assert!(air_at(f64::NAN).pressure_pa.is_nan());
    }

    #[test]
    fn density_alone_is_the_density() {
        for altitude_m in [-100.0, 5e3, 15e3, 55e3, 85e3] {
            let both = [density_kg_m3(altitude_m), air_at(altitude_m).density_kg_m3];
            assert!((both[0] / both[1] - 1.0).abs() < 1e-15);
        }
    }

    #[test]
    fn val_us76_table_from_sea_level_to_86_km() {
        let table = include_str!("../../../../validation/tables/atmosphere/us76.csv");
        let mut rows = 0;
        for line in table.lines().filter(|line| !line.starts_with('#')).skip(1) {
            let value: Vec<f64> = line.split(',').take(5).filter_map(|c| c.parse().ok()).collect();
            let air = air_at(value[0]);
            // Tolerances that the table demands.
            let share = if value[0] < 80e3 { 1e-3 } else { 5e-3 };
            assert!((air.temperature_k - value[1]).abs() < 0.05, "{line}");
            assert!((air.pressure_pa / value[2] - 1.0).abs() < share, "{line}");
            assert!((air.density_kg_m3 / value[3] - 1.0).abs() < share, "{line}");
            assert!((air.sound_m_s / value[4] - 1.0).abs() < 5e-4, "{line}");
            rows += 1;
        }
        assert!(rows > 80, "{rows}");
    }
}
