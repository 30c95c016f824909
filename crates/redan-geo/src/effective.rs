//! Effective Earth: refraction as a larger sphere on which rays are straight.
//!
//! A ray bends towards the Earth about uniformly when the refractive index falls linearly with height;
//! on a sphere of radius `a = R / (1 + R dn/dh)` it is straight (Schelleng, Burrows and Ferrell,
//! "Ultra-short-wave propagation", *Proc. IRE* 21, 1933, pp. 427-463; ITU-R P.452). The usual factor is 4/3.
//!
//! Inputs: heights above the sphere in metres, arcs at its surface in metres, angles in radians. Range:
//! heights to 100 km and arcs to 2000 km keep every result better than 0.01 m and 1e-9 rad as geometry;
//! as propagation the model errs by some per cent of range above 3 km (compare the exponential
//! atmosphere in `range_height_angle.csv`). Left out: ducts, sub-refraction by layers, diffraction.
//! Validated against closed forms in `smooth_earth_los.csv`, `horizon.csv` and `range_height_angle.csv`.

use serde::{Deserialize, Serialize};

use crate::error::GeoError;
use crate::ray::sine_and_versine;

/// Mean radius of the Earth behind the effective radius (the customary 6371 km).
pub const MEAN_RADIUS_M: f64 = 6_371_000.0;

/// Gradients at or below this leave less than a twentieth of the Earth's curvature: ducts.
const DUCT_PER_M: f64 = -1.5e-7;

/// Sphere on which rays are straight lines.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct EffectiveEarth {
    /// Radius of the sphere; finite and positive.
    pub radius_m: f64,
}

/// The 4/3 Earth, 8 494 667 m.
impl Default for EffectiveEarth {
    fn default() -> Self {
        Self::from_factor(4.0 / 3.0)
    }
}

impl EffectiveEarth {
    /// Effective radius as a multiple of the mean radius: 4/3 for the standard atmosphere, 1 for
    /// straight rays. Takes any finite positive factor; check others with [`EffectiveEarth::is_valid`].
    pub fn from_factor(factor: f64) -> Self {
        Self { radius_m: factor * MEAN_RADIUS_M }
    }

    /// Effective radius from the vertical gradient of the refractive index (not of refractivity:
    /// -39 N-units per km are -3.9e-8 per metre), `R / (1 + R dn/dh)`.
    ///
    /// # Errors
    /// [`GeoError::Ducting`] unless the gradient is finite and above -1.5e-7 per metre.
    pub fn from_refractivity_gradient(gradient_per_m: f64) -> Result<Self, GeoError> {
        if !gradient_per_m.is_finite() || gradient_per_m <= DUCT_PER_M {
            return Err(GeoError::Ducting { gradient_per_m });
        }
        Ok(Self { radius_m: MEAN_RADIUS_M / (1.0 + MEAN_RADIUS_M * gradient_per_m) })
    }

    /// Effective radius from the refractivity at the surface, by the gradient at the surface of the CRPL
    /// exponential atmosphere: `N(h) = Ns exp(-c h)`, `c = ln(Ns / (Ns - 7.32 exp(0.005577 Ns)))` per km
    /// (Bean and Thayer, *CRPL Exponential Reference Atmosphere*, NBS Monograph 4, 1959). It holds for
    /// rays near the surface: 313 N-units give a factor of 1.40.
    ///
    /// # Errors
    /// [`GeoError::SurfaceRefractivity`] outside 200 to 450 N-units, the range of the reference.
    pub fn from_surface_refractivity(surface_n_units: f64) -> Result<Self, GeoError> {
        if !(200.0..=450.0).contains(&surface_n_units) {
            return Err(GeoError::SurfaceRefractivity { surface_n_units });
        }
        let decay_per_m = crpl_decay_per_km(surface_n_units) / 1000.0;
        Self::from_refractivity_gradient(-surface_n_units * 1e-6 * decay_per_m)
    }

    /// Whether the radius is finite and positive, without which every other answer is meaningless.
    pub fn is_valid(self) -> bool {
        self.radius_m.is_finite() && self.radius_m > 0.0
    }

    /// Tangent of the elevation at which a place of a height, `arc_m` away, is seen from `own_m`. Tangents
    /// compare as the elevations do and spare the arctangents.
    #[inline]
    pub fn tangent_ratio(self, own_m: f64, height_m: f64, arc_m: f64) -> f64 {
        let (sine, versine) = sine_and_versine(arc_m / self.radius_m);
        let r_m = self.radius_m + height_m;
        (height_m - own_m - r_m * versine) / (r_m * sine)
    }

    /// Height at which a ray with that tangent of its elevation at `own_m` arrives over an arc: the inverse
    /// of [`EffectiveEarth::tangent_ratio`]; infinite where it leaves the Earth before.
    #[inline]
    pub fn arrival_m(self, own_m: f64, tangent_ratio: f64, arc_m: f64) -> f64 {
        let (sine, versine) = sine_and_versine(arc_m / self.radius_m);
        let x = versine + tangent_ratio * sine;
        if x < 0.9 { (own_m + self.radius_m * x) / (1.0 - x) } else { f64::INFINITY }
    }

    /// Height of the straight line between heights `h1_m` and `h2_m`, `arc_m` apart, on the radius at
    /// `d1_m` of arc from the first. Between points at the same arc it is the first height.
    pub fn chord_height_m(self, h1_m: f64, h2_m: f64, arc_m: f64, d1_m: f64) -> f64 {
        let a_m = self.radius_m;
        let (r1_m, r2_m) = (a_m + h1_m, a_m + h2_m);
        let near = r1_m * libm::sin(d1_m / a_m);
        let far = r2_m * libm::sin((arc_m - d1_m) / a_m);
        let across = near + far;
        if across == 0.0 { h1_m } else { r1_m * r2_m * libm::sin(arc_m / a_m) / across - a_m }
    }

    /// Lowest height of the straight line between two points, its ends included; negative when it passes
    /// below the surface, and NaN when an input is, so that nothing is visible by mistake.
    pub fn min_clearance_m(self, h1_m: f64, h2_m: f64, arc_m: f64) -> f64 {
        if (h1_m + h2_m + arc_m).is_nan() {
            return f64::NAN;
        }
        let lower_m = h1_m.min(h2_m);
        let a_m = self.radius_m;
        let (sin_half, cos_half) = libm::sincos(0.5 * arc_m / a_m);
        let (r1_m, r2_m) = (a_m + h1_m, a_m + h2_m);
        let versine = 2.0 * sin_half * sin_half;
        // The line dips below both ends when each end sees the other below its own horizontal.
        let dips = h2_m - h1_m < r2_m * versine && h1_m - h2_m < r1_m * versine;
        if !dips {
            return lower_m;
        }
        let chord_m = self.slant_of_m(h1_m, h2_m, sin_half);
        let nearest_m = r1_m * r2_m * 2.0 * sin_half * cos_half / chord_m - a_m;
        nearest_m.min(lower_m)
    }

    /// Whether the straight line between two points clears the surface; touching it counts as clear.
    pub fn is_visible(self, h1_m: f64, h2_m: f64, arc_m: f64) -> bool {
        self.min_clearance_m(h1_m, h2_m, arc_m) >= 0.0
    }

    /// Arc from a point at height `h_m` to where its line of sight touches the surface,
    /// `a acos(a / (a + h))`; 0 at and below the surface.
    pub fn horizon_arc_m(self, h_m: f64) -> f64 {
        self.radius_m * self.horizon_dip_rad(h_m)
    }

    /// Elevation of the horizon from height `h_m`: negative, 0 at and below the surface.
    pub fn horizon_elevation_rad(self, h_m: f64) -> f64 {
        -self.horizon_dip_rad(h_m)
    }

    /// Apparent elevation, at a point of height `h1_m`, of a point of height `h2_m` at an arc.
    pub fn elevation_rad(self, h1_m: f64, h2_m: f64, arc_m: f64) -> f64 {
        let (sin_half, cos_half) = libm::sincos(0.5 * arc_m / self.radius_m);
        let r2_m = self.radius_m + h2_m;
        // r2 cos(arc) - r1 without the difference of two large numbers.
        let rise_m = h2_m - h1_m - 2.0 * r2_m * sin_half * sin_half;
        libm::atan2(rise_m, 2.0 * r2_m * sin_half * cos_half)
    }

    /// Length of the straight line between two points.
    pub fn slant_m(self, h1_m: f64, h2_m: f64, arc_m: f64) -> f64 {
        self.slant_of_m(h1_m, h2_m, libm::sin(0.5 * arc_m / self.radius_m))
    }

    /// Slant range at which a ray leaving height `h1_m` at an elevation first reaches height `h2_m`;
    /// `None` if it never does. Geometry alone: whether the surface is in the way is not asked (compare
    /// with [`EffectiveEarth::horizon_elevation_rad`]).
    pub fn slant_to_height_m(self, h1_m: f64, elevation_rad: f64, h2_m: f64) -> Option<f64> {
        let rise_m = (self.radius_m + h1_m) * libm::sin(elevation_rad);
        let gain_m2 = (h2_m - h1_m) * (2.0 * self.radius_m + h1_m + h2_m);
        let square_m2 = rise_m * rise_m + gain_m2;
        // The law of cosines, s² + 2 s rise = gain, solved without cancellation.
        match () {
            () if square_m2.is_nan() || square_m2 < 0.0 => None,
            () if gain_m2 == 0.0 => Some(0.0),
            () if gain_m2 > 0.0 && rise_m < 0.0 => Some(square_m2.sqrt() - rise_m),
            () if gain_m2 > 0.0 => Some(gain_m2 / (square_m2.sqrt() + rise_m)),
            () if rise_m < 0.0 => Some(-gain_m2 / (square_m2.sqrt() - rise_m)),
            () => None,
        }
    }

    /// Arc at which a ray leaving height `h1_m` at an elevation first reaches height `h2_m`; as
    /// [`EffectiveEarth::slant_to_height_m`].
    pub fn arc_to_height_m(self, h1_m: f64, elevation_rad: f64, h2_m: f64) -> Option<f64> {
        let slant_m = self.slant_to_height_m(h1_m, elevation_rad, h2_m)?;
        let (sin, cos) = libm::sincos(elevation_rad);
        let angle_rad = libm::atan2(slant_m * cos, self.radius_m + h1_m + slant_m * sin);
        Some(self.radius_m * angle_rad)
    }

    /// Height of a ray that left height `h1_m` at an elevation, after a slant range.
    pub fn height_at_slant_m(self, h1_m: f64, elevation_rad: f64, slant_m: f64) -> f64 {
        let r1_m = self.radius_m + h1_m;
        let gain_m2 = slant_m * (slant_m + 2.0 * r1_m * libm::sin(elevation_rad));
        h1_m + gain_m2 / ((r1_m * r1_m + gain_m2).sqrt() + r1_m)
    }

    fn horizon_dip_rad(self, h_m: f64) -> f64 {
        let h_m = h_m.max(0.0);
        // The arc cosine near 1 would lose half the digits.
        libm::atan2((h_m * (2.0 * self.radius_m + h_m)).sqrt(), self.radius_m)
    }

    fn slant_of_m(self, h1_m: f64, h2_m: f64, sin_half: f64) -> f64 {
        let climb_m = h2_m - h1_m;
        let product_m2 = (self.radius_m + h1_m) * (self.radius_m + h2_m);
        (climb_m * climb_m + 4.0 * product_m2 * sin_half * sin_half).sqrt()
    }
}

/// Decay of refractivity with height in the CRPL exponential reference atmosphere.
pub(crate) fn crpl_decay_per_km(surface_n_units: f64) -> f64 {
    let drop_n_units = 7.32 * libm::exp(0.005577 * surface_n_units);
    libm::log(surface_n_units / (surface_n_units - drop_n_units))
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "values that are met exactly are compared exactly")]
mod tests {
    use super::*;

    #[test]
    fn val_mathworks_crpl_decay_of_surface_refractivity() {
        // worked_examples.json, mw_refractionexp_200 and _450, relative tolerance 6e-4.
        assert!((crpl_decay_per_km(200.0) / 0.1184 - 1.0).abs() < 6e-4);
        assert!((crpl_decay_per_km(450.0) / 0.2233 - 1.0).abs() < 6e-4);
    }

    #[test]
    fn val_mathworks_effective_radius_of_the_standard_gradient() {
        // worked_examples.json, mw_effearthradius, relative tolerance 2e-4.
        let earth = EffectiveEarth::from_refractivity_gradient(-39e-9).unwrap();
        assert!((earth.radius_m / 8_477_400.0 - 1.0).abs() < 2e-4);
    }

    #[test]
    fn ducts_and_odd_atmospheres_are_refused_with_a_hint() {
        let duct = EffectiveEarth::from_refractivity_gradient(-1.57e-7).unwrap_err();
        assert!(duct.to_string().contains("hint:"));
        assert!(EffectiveEarth::from_refractivity_gradient(f64::NAN).is_err());
        assert!(EffectiveEarth::from_surface_refractivity(f64::NAN).is_err());
        assert!(EffectiveEarth::from_surface_refractivity(500.0).is_err());
        for n_units in [200.0, 313.0, 450.0] {
            let earth = EffectiveEarth::from_surface_refractivity(n_units).unwrap();
            assert!(earth.radius_m > MEAN_RADIUS_M, "{n_units}");
        }
    }

    #[test]
    fn a_ray_that_descends_meets_a_lower_height_first_on_the_way_down() {
        let earth = EffectiveEarth::default();
        let (arc_m, down) = (100_000.0, earth.elevation_rad(10_000.0, 2_000.0, 100_000.0));
        let found_m = earth.arc_to_height_m(10_000.0, down, 2_000.0).unwrap();
        assert!((found_m - arc_m).abs() < 1e-6);
        assert_eq!(earth.arc_to_height_m(10_000.0, 0.1, 2_000.0), None);
        assert_eq!(earth.arc_to_height_m(10_000.0, -0.001, 2_000.0), None);
    }

    #[test]
    fn points_on_one_radius_give_no_nan() {
        let earth = EffectiveEarth::default();
        assert_eq!(earth.min_clearance_m(10.0, 500.0, 0.0), 10.0);
        assert_eq!(earth.chord_height_m(10.0, 500.0, 0.0, 0.0), 10.0);
        assert_eq!(earth.slant_m(10.0, 500.0, 0.0), 490.0);
        assert_eq!(earth.elevation_rad(10.0, 500.0, 0.0), std::f64::consts::FRAC_PI_2);
    }
}
