//! Air: what oxygen and water vapour take from a wave.
//!
//! **What it models.** Loss in decibels for each kilometre of air of a pressure, temperature and humidity, line
//! by line, and its sum along a straight path between two heights through the standard atmosphere.
//!
//! **Equation and reference.** ITU-R P.676-13, annex 1, equations 1 to 9 (P.676-12 is the same there). The air is
//! the U.S. Standard Atmosphere 1976 ([`crate::model::atmosphere`]) with the water vapour of ITU-R P.835-6:
//! 7.5 g/m³ at sea level, falling by e each 2 km until its pressure is two millionths of that of the air. The
//! path is straight over the effective Earth; below sea level the air of sea level counts.
//!
//! **Inputs.** Frequency in hertz; pressure of *dry* air in pascals (total less vapour: the difference is up to
//! 2 %), temperature in kelvins, water vapour in grams for each cubic metre; metres.
//!
//! **Valid range.** 1 to 1000 GHz; below 1 GHz the formula goes on, and loses little. **Left out.** Weather other
//! than through the humidity given, clouds, ozone. Annex 2 of the Recommendation (slant paths to space from
//! the measured column of water vapour) is not used: the paths here end in the air.
//!
//! **Validated against** `itu_p676_12_gamma.csv`, `itu_p676_13_gamma.csv`, `p676_gamma_table.csv` and
//! `p676_slant.csv` in `validation/tables/propagation` (`tests/val_propagation_air.rs`).

use redan_geo::EffectiveEarth;

use super::gas_lines::{Line, OXYGEN, WATER};
use crate::model::atmosphere::air_at;

/// Water vapour at sea level in the reference atmosphere of P.835-6.
pub const SURFACE_VAPOUR_G_M3: f64 = 7.5;

/// Height over which water vapour falls by e in the same.
pub const VAPOUR_SCALE_M: f64 = 2_000.0;

/// Specific attenuation, one way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Specific {
    /// By oxygen, and by the pressure of dry air.
    pub oxygen_db_km: f64,
    /// By water vapour.
    pub water_db_km: f64,
}

impl Specific {
    /// Both.
    #[must_use]
    pub fn sum_db_km(&self) -> f64 {
        self.oxygen_db_km + self.water_db_km
    }
}

/// Specific attenuation of air; none where there is none. Some 80 lines are added up: a few microseconds.
#[must_use]
pub fn specific(
    frequency_hz: f64,
    dry_pressure_pa: f64,
    temperature_k: f64,
    vapour_g_m3: f64,
) -> Specific {
    if dry_pressure_pa + vapour_g_m3 <= 0.0 {
        return Specific { oxygen_db_km: 0.0, water_db_km: 0.0 };
    }
    let air = Moist::new(dry_pressure_pa / 100.0, temperature_k, vapour_g_m3);
    let f_ghz = frequency_hz / 1e9;
    let oxygen: f64 = OXYGEN.iter().map(|line| air.oxygen(line, f_ghz)).sum();
    let water: f64 = WATER.iter().map(|line| air.water(line, f_ghz)).sum();
    Specific {
        oxygen_db_km: 0.182 * f_ghz * (oxygen + air.continuum(f_ghz)),
        water_db_km: 0.182 * f_ghz * water,
    }
}

/// Specific attenuation in the reference atmosphere at a height above sea level.
#[must_use]
pub fn specific_at(frequency_hz: f64, height_m: f64) -> Specific {
    let height_m = height_m.max(0.0);
    let air = air_at(height_m);
    let falling_g_m3 = SURFACE_VAPOUR_G_M3 * libm::exp(-height_m / VAPOUR_SCALE_M);
    let least_pa = 2e-6 * air.pressure_pa;
    let vapour_pa = (falling_g_m3 * air.temperature_k / 2.167).max(least_pa);
    let vapour_g_m3 = 2.167 * vapour_pa / air.temperature_k;
    specific(frequency_hz, air.pressure_pa - vapour_pa, air.temperature_k, vapour_g_m3)
}

/// Loss along a straight path from a height to a height over a slant distance, one way: the integral, for
/// checks and tables. [`super::GasTable`] answers the same in constant time.
#[must_use]
pub fn path_loss_db(
    frequency_hz: f64,
    earth: EffectiveEarth,
    from_height_m: f64,
    to_height_m: f64,
    range_m: f64,
) -> f64 {
    let heights_m = [from_height_m, to_height_m];
    let chord = Chord::new(earth.radius_m, heights_m, range_m, 500.0);
    let mean_db_km = chord.mean(|height_m| specific_at(frequency_hz, height_m).sum_db_km());
    mean_db_km * range_m / 1000.0
}

/// A straight line between two heights over a sphere.
pub(super) struct Chord {
    radius_m: f64,
    over_m2: [f64; 2],
    square_m2: f64,
    /// Panels that keep the error of an integral small.
    panels: u32,
}

impl Chord {
    /// A line whose integrals are taken in panels of about this much height.
    pub(super) fn new(radius_m: f64, heights_m: [f64; 2], range_m: f64, panel_m: f64) -> Self {
        let over_m2 = heights_m.map(|h_m| h_m * (2.0 * radius_m + h_m));
        // The air changes over two kilometres, and a chord dips below the line between its ends.
        let sag_m = range_m * range_m / (8.0 * radius_m);
        let span_m = (heights_m[0] - heights_m[1]).abs() + 4.0 * sag_m;
        let panels = (span_m / panel_m).clamp(4.0, 256.0) as u32;
        Self { radius_m, over_m2, square_m2: range_m * range_m, panels }
    }

    /// Height at a share of the way, by Stewart's theorem; nothing is lost to the size of the Earth.
    fn height_m(&self, share: f64) -> f64 {
        let rest = 1.0 - share;
        let over_m2 =
            rest * self.over_m2[0] + share * self.over_m2[1] - share * rest * self.square_m2;
        over_m2 / (self.radius_m + (self.radius_m * self.radius_m + over_m2).max(0.0).sqrt())
    }

    /// Mean of what depends on height, by Gauss's rule of three points in each panel.
    pub(super) fn mean(&self, of_height: impl Fn(f64) -> f64) -> f64 {
        let width = 1.0 / f64::from(self.panels);
        let off = 0.6_f64.sqrt();
        let mut sum = 0.0;
        for panel in 0..self.panels {
            let middle = (f64::from(panel) + 0.5) * width;
            let at = |step: f64| of_height(self.height_m(middle + 0.5 * width * step));
            sum += (5.0 * (at(-off) + at(off)) + 8.0 * at(0.0)) / 18.0;
        }
        sum * width
    }
}

/// Air as the lines see it.
struct Moist {
    dry_hpa: f64,
    vapour_hpa: f64,
    /// 300 K over the temperature, its logarithm, and its powers 0.8 and 3.
    theta: f64,
    log_theta: f64,
    theta_08: f64,
    theta_3: f64,
}

impl Moist {
    fn new(dry_hpa: f64, temperature_k: f64, vapour_g_m3: f64) -> Self {
        let theta = 300.0 / temperature_k;
        let log_theta = libm::log(theta);
        Self {
            dry_hpa,
            vapour_hpa: vapour_g_m3 * temperature_k / 216.7,
            theta,
            log_theta,
            theta_08: libm::exp(0.8 * log_theta),
            theta_3: theta * theta * theta,
        }
    }

    fn theta_to(&self, power: f64) -> f64 {
        libm::exp(power * self.log_theta)
    }

    fn oxygen(&self, line: &Line, f_ghz: f64) -> f64 {
        let [at_ghz, a1, a2, a3, a4, a5, a6] = line.0;
        let (p, e) = (self.dry_hpa, self.vapour_hpa);
        let strength = a1 * 1e-7 * p * self.theta_3 * libm::exp(a2 * (1.0 - self.theta));
        let collisions = a3 * 1e-4 * (p * self.theta_to(0.8 - a4) + 1.1 * e * self.theta);
        // Zeeman splitting widens a line where the air is thin.
        let width = (collisions * collisions + 2.25e-6).sqrt();
        let mixing = (a5 + a6 * self.theta) * 1e-4 * (p + e) * self.theta_08;
        strength * shape(f_ghz, at_ghz, width, mixing)
    }

    fn water(&self, line: &Line, f_ghz: f64) -> f64 {
        let [at_ghz, b1, b2, b3, b4, b5, b6] = line.0;
        let (p, e) = (self.dry_hpa, self.vapour_hpa);
        let theta_35 = self.theta_3 * self.theta.sqrt();
        let strength = b1 * 0.1 * e * theta_35 * libm::exp(b2 * (1.0 - self.theta));
        let collisions = b3 * 1e-4 * (p * self.theta_to(b4) + b5 * e * self.theta_to(b6));
        // Motion of the molecules, Doppler's effect, does the same here.
        let doppler = 2.131_6e-12 * at_ghz * at_ghz / self.theta;
        let width = 0.535 * collisions + (0.217 * collisions * collisions + doppler).sqrt();
        strength * shape(f_ghz, at_ghz, width, 0.0)
    }

    /// Debye's spectrum of oxygen below 10 GHz and nitrogen above 100 GHz.
    fn continuum(&self, f_ghz: f64) -> f64 {
        let p = self.dry_hpa;
        let width = 5.6e-4 * (p + self.vapour_hpa) * self.theta_08;
        let debye = 6.14e-5 / (width * (1.0 + (f_ghz / width) * (f_ghz / width)));
        let theta_15 = self.theta * self.theta.sqrt();
        let nitrogen = 1.4e-12 * p * theta_15 / (1.0 + 1.9e-5 * f_ghz * f_ghz.sqrt());
        f_ghz * p * self.theta * self.theta * (debye + nitrogen)
    }
}

/// Shape of a line, equation 5.
fn shape(f_ghz: f64, at_ghz: f64, width: f64, mixing: f64) -> f64 {
    let (below, above) = (at_ghz - f_ghz, at_ghz + f_ghz);
    let half = |off: f64| (width - mixing * off) / (off * off + width * width);
    f_ghz / at_ghz * (half(below) + half(above))
}
