//! The smooth Earth as an obstacle: diffraction along its curve.
//!
//! **What it models.** Loss between two heights over a smooth sphere against free space: behind the
//! horizon by the first term of the residue series, before it by the distance at which the sphere
//! would just be in the way, and none where the clearance is ample. At grazing it is near 20 dB, three
//! times the 6 dB of a knife edge.
//!
//! **Equation and reference.** ITU-R P.526-15: normalised distance and heights, F(X) and G(Y), equations
//! 13 to 18a with the limit 18b and β of 16; the interpolation before the horizon, equations 21 to 27.
//!
//! **Inputs.** Metres; frequency in hertz; relative permittivity and conductivity of the ground.
//!
//! **Valid range.** Above 20 MHz, heights above the sphere, distances of optical order. What lies at or
//! below the sphere counts as a hundredth of a metre above it.
//!
//! **Left out.** Vertical polarisation: above 300 MHz the two differ by less than the model's error.
//!
//! **Validated against** published limits and the grazing loss of the Recommendation's own figures
//! (`tests/val_propagation.rs`), and `validation/tables/propagation/delta_bullington.csv`
//! (`tests/val_bullington.rs`).

use core::f64::consts::PI;

use crate::model::radar_equation::decibels;

/// Least height above the sphere that the formulae are asked for.
const LEAST_M: f64 = 0.01;

/// What the ground is made of, electrically.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ground {
    /// Relative permittivity.
    pub permittivity_ratio: f64,
    /// Conductivity, siemens for each metre.
    pub conductivity_ratio: f64,
}

impl Ground {
    /// Land of P.526: permittivity 22, conductivity 0.003 S/m.
    pub const LAND: Self = Self { permittivity_ratio: 22.0, conductivity_ratio: 0.003 };
    /// Sea of P.526: permittivity 80, conductivity 5 S/m.
    pub const SEA: Self = Self { permittivity_ratio: 80.0, conductivity_ratio: 5.0 };
}

/// Loss over a sphere of radius `radius_m` between heights above it, `arc_m` apart, one way; never negative.
#[must_use]
pub fn loss_db(
    radius_m: f64,
    [h1_m, h2_m]: [f64; 2],
    arc_m: f64,
    frequency_hz: f64,
    ground: Ground,
) -> f64 {
    let (h1_m, h2_m) = (h1_m.max(LEAST_M), h2_m.max(LEAST_M));
    let roots = h1_m.sqrt() + h2_m.sqrt();
    if arc_m >= (2.0 * radius_m).sqrt() * roots {
        return residue_db(radius_m, [h1_m, h2_m], arc_m, frequency_hz, ground).max(0.0);
    }
    let wavelength_m = crate::model::radar_equation::LIGHT_M_S / frequency_hz;
    let (clearance_m, d1_m) = least_clearance_m(radius_m, [h1_m, h2_m], arc_m);
    let needed_m = 0.552 * (d1_m * (arc_m - d1_m) * wavelength_m / arc_m).sqrt();
    if clearance_m > needed_m {
        return 0.0;
    }
    let grazing_radius_m = 0.5 * (arc_m / roots) * (arc_m / roots);
    let grazing_db = residue_db(grazing_radius_m, [h1_m, h2_m], arc_m, frequency_hz, ground);
    (1.0 - clearance_m / needed_m) * grazing_db.max(0.0)
}

/// Least height of the ray above the sphere, and the distance at which it is (equations 22 to 24).
fn least_clearance_m(radius_m: f64, [h1_m, h2_m]: [f64; 2], arc_m: f64) -> (f64, f64) {
    let sum_m = h1_m + h2_m;
    let c = (h1_m - h2_m) / sum_m;
    let m = arc_m * arc_m / (4.0 * radius_m * sum_m);
    let m1 = m + 1.0;
    let argument = 1.5 * c * (3.0 * m / (m1 * m1 * m1)).sqrt();
    let angle = PI / 3.0 + libm::acos(argument.clamp(-1.0, 1.0)) / 3.0;
    let b = 2.0 * (m1 / (3.0 * m)).sqrt() * libm::cos(angle);
    let d1_m = (0.5 * arc_m * (1.0 + b)).clamp(0.0, arc_m);
    let d2_m = arc_m - d1_m;
    let over = |h_m: f64, d_m: f64| h_m - d_m * d_m / (2.0 * radius_m);
    ((over(h1_m, d1_m) * d2_m + over(h2_m, d2_m) * d1_m) / arc_m, d1_m)
}

/// First term of the residue series: loss against free space.
fn residue_db(
    radius_m: f64,
    heights_m: [f64; 2],
    arc_m: f64,
    frequency_hz: f64,
    ground: Ground,
) -> f64 {
    let (f_mhz, radius_km) = (frequency_hz / 1e6, radius_m / 1e3);
    let admittance = admittance(radius_km, f_mhz, ground);
    let k2 = admittance * admittance;
    let beta = (1.0 + 1.6 * k2 + 0.67 * k2 * k2) / (1.0 + 4.5 * k2 + 1.53 * k2 * k2);
    let third = libm::cbrt(f_mhz);
    let radius_third = libm::cbrt(radius_km);
    let x = 2.188 * beta * third / (radius_third * radius_third) * arc_m / 1e3;
    let scale = 9.575e-3 * beta * third * third / radius_third;
    let gain_db = |h_m: f64| height_gain_db(beta * scale * h_m, admittance);
    -(distance_db(x) + gain_db(heights_m[0]) + gain_db(heights_m[1]))
}

/// Normalised admittance of the surface for horizontal polarisation (equation 14).
fn admittance(radius_km: f64, f_mhz: f64, ground: Ground) -> f64 {
    let loss = 18_000.0 * ground.conductivity_ratio / f_mhz;
    let e1 = ground.permittivity_ratio - 1.0;
    0.36 / libm::cbrt(radius_km * f_mhz) / (e1 * e1 + loss * loss).sqrt().sqrt()
}

/// F(X), equations 17a and 17b.
fn distance_db(x: f64) -> f64 {
    if x >= 1.6 {
        11.0 + decibels(x) - 17.6 * x
    } else {
        -2.0 * decibels(x) - 5.6488 * libm::pow(x, 1.425)
    }
}

/// G(Y), equations 18, 18a and the limit 18b.
fn height_gain_db(b: f64, admittance: f64) -> f64 {
    let gain_db = if b > 2.0 {
        17.6 * (b - 1.1).sqrt() - 0.5 * decibels(b - 1.1) - 8.0
    } else {
        2.0 * decibels(b + 0.1 * b * b * b)
    };
    gain_db.max(2.0 + 2.0 * decibels(admittance))
}
