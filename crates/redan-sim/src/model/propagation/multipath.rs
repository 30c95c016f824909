//! Two rays: the direct one, and the one that the ground reflects.
//!
//! **What it models.** The field at a target over the field in free space, where a smooth sphere reflects
//! part of the power: lobes and nulls in elevation. Roughness and the divergence by the curve weaken
//! the reflected ray.
//!
//! **Equation and reference.** F = |1 + ρ₀ ρ_s D exp(−2πi δ/λ)| (D. E. Kerr, *Propagation of Short Radio
//! Waves*, 1951, chapter 5); the specular point by equal grazing angles, Newton's method from the cubic's
//! root; D = (1 + 2 d₁ d₂ / (a d sin ψ))^−½; Fresnel's coefficient for horizontal polarisation; roughness
//! ρ_s = exp(−½ (4π σ sin ψ / λ)²) (W. S. Ament, *Proc. IRE* 41 (1953) 142).
//!
//! **Inputs.** Heights above the reflecting sphere and arcs on it in metres, roughness as a standard
//! deviation of height. **Valid range.** Both ends above the sphere and in sight of each other; the
//! caller uses it where the path difference is at least a quarter of a wavelength.
//!
//! **Left out.** Diffuse scattering, the antenna's pattern between the two rays, vertical polarisation,
//! vegetation.
//!
//! **Validated against** `validation/tables/radar/multipath_two_ray.csv` (`tests/val_propagation.rs`).

use core::f64::consts::TAU;

/// The reflected ray beside the direct one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reflection {
    /// Arc from the first end to the point of reflection.
    pub specular_m: f64,
    /// Angle between ray and sphere there.
    pub grazing_rad: f64,
    /// Reflected less direct path.
    pub path_difference_m: f64,
    /// Amplitude that is left by the divergence.
    pub divergence_ratio: f64,
}

impl Reflection {
    /// The reflected ray between heights above a sphere; `None` where it does not exist: an end at or
    /// below the sphere, or behind the horizon.
    #[must_use]
    pub fn new(radius_m: f64, [h1_m, h2_m]: [f64; 2], arc_m: f64) -> Option<Self> {
        if !(h1_m > 0.0 && h2_m > 0.0 && arc_m > 0.0) {
            return None;
        }
        let specular_m = specular_m(radius_m, [h1_m, h2_m], arc_m);
        let grazing = |h_m: f64, d_m: f64| grazing_sine(radius_m, h_m, d_m);
        let sine = grazing(h1_m, specular_m);
        if sine <= 0.0 {
            return None;
        }
        let (d1_m, d2_m) = (specular_m, arc_m - specular_m);
        let spread = 2.0 * d1_m * d2_m / (radius_m * arc_m * sine);
        Some(Self {
            specular_m,
            grazing_rad: libm::asin(sine.min(1.0)),
            path_difference_m: path_difference_m(radius_m, [h1_m, h2_m], [d1_m, d2_m]),
            divergence_ratio: 1.0 / (1.0 + spread).sqrt(),
        })
    }

    /// One-way factor of the field for a reflection of amplitude `reflected_ratio`, negative for the usual
    /// change of phase.
    #[must_use]
    pub fn factor_ratio(&self, reflected_ratio: f64, wavelength_m: f64) -> f64 {
        let phase = TAU * self.path_difference_m / wavelength_m;
        let amplitude = reflected_ratio * self.divergence_ratio;
        let (sin, cos) = libm::sincos(phase);
        let (re, im) = (1.0 + amplitude * cos, amplitude * sin);
        (re * re + im * im).sqrt()
    }
}

/// Fresnel's reflection for horizontal polarisation over a lossless ground, negative.
#[must_use]
pub fn fresnel_ratio(grazing_rad: f64, permittivity_ratio: f64) -> f64 {
    let (sin, cos) = libm::sincos(grazing_rad);
    let root = (permittivity_ratio - cos * cos).max(0.0).sqrt();
    (sin - root) / (sin + root)
}

/// Amplitude of the coherent reflection that roughness leaves.
#[must_use]
pub fn rough_ratio(roughness_m: f64, grazing_rad: f64, wavelength_m: f64) -> f64 {
    let phase = 2.0 * TAU * roughness_m * libm::sin(grazing_rad) / wavelength_m;
    libm::exp(-0.5 * phase * phase)
}

/// Detour over the specular point, 4 z₁ z₂ / (sum of both paths) with the heights z over the tangent plane
/// there: exact, and without the difference of two long paths.
fn path_difference_m(radius_m: f64, heights_m: [f64; 2], arcs_m: [f64; 2]) -> f64 {
    let over = |index: usize| {
        let (sin, cos) = libm::sincos(arcs_m[index] / radius_m);
        let half = libm::sin(0.5 * arcs_m[index] / radius_m);
        let r_m = radius_m + heights_m[index];
        // Above the tangent plane, and along it.
        (heights_m[index] * cos - 2.0 * radius_m * half * half, r_m * sin)
    };
    let ((z1_m, x1_m), (z2_m, x2_m)) = (over(0), over(1));
    let along_m = x1_m + x2_m;
    let direct_m = (along_m * along_m + (z1_m - z2_m) * (z1_m - z2_m)).sqrt();
    let reflected_m = (along_m * along_m + (z1_m + z2_m) * (z1_m + z2_m)).sqrt();
    4.0 * z1_m * z2_m / (direct_m + reflected_m)
}

/// Straight distance between heights over a sphere.
fn slant_m(radius_m: f64, h1_m: f64, h2_m: f64, arc_m: f64) -> f64 {
    let half = libm::sin(0.5 * arc_m / radius_m);
    let climb_m = h2_m - h1_m;
    (climb_m * climb_m + 4.0 * (radius_m + h1_m) * (radius_m + h2_m) * half * half).sqrt()
}

/// Sine of the angle at which a point on the sphere sees a height at an arc over its horizontal.
fn grazing_sine(radius_m: f64, h_m: f64, arc_m: f64) -> f64 {
    let half = libm::sin(0.5 * arc_m / radius_m);
    let rise_m = h_m - 2.0 * (radius_m + h_m) * half * half;
    rise_m / slant_m(radius_m, 0.0, h_m, arc_m)
}

/// Arc to the point with equal grazing angles: the root of the parabolic cubic, then Newton's method
/// with a secant on the exact angles.
fn specular_m(radius_m: f64, [h1_m, h2_m]: [f64; 2], arc_m: f64) -> f64 {
    let sum_m = h1_m + h2_m;
    let p = 2.0 / 3.0_f64.sqrt() * (radius_m * sum_m + 0.25 * arc_m * arc_m).sqrt();
    let argument = 2.0 * radius_m * arc_m * (h2_m - h1_m) / (p * p * p);
    let first_m = 0.5 * arc_m - p * libm::sin(libm::asin(argument.clamp(-1.0, 1.0)) / 3.0);
    let unequal =
        |d_m: f64| grazing_sine(radius_m, h1_m, d_m) - grazing_sine(radius_m, h2_m, arc_m - d_m);
    let mut near_m = first_m.clamp(1e-9 * arc_m, (1.0 - 1e-9) * arc_m);
    let mut far_m = near_m * (1.0 + 1e-4) + 1e-6;
    let (mut near, mut far) = (unequal(near_m), unequal(far_m));
    for _ in 0..6 {
        // A millionth of a microradian moves the point by less than a millimetre.
        if near.abs() < 1e-12 || (near - far).abs() < f64::MIN_POSITIVE {
            break;
        }
        let next_m = (near_m - near * (near_m - far_m) / (near - far)).clamp(1e-12 * arc_m, arc_m);
        (far_m, far) = (near_m, near);
        near_m = next_m;
        near = unequal(near_m);
    }
    near_m
}
