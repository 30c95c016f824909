//! A knife edge: loss behind, or close above, one sharp obstacle.
//!
//! **What it models.** Diffraction over a thin screen across the path, by the parameter ν: twice the
//! square root of the detour in wavelengths, positive where the screen blocks the path.
//!
//! **Equation and reference.** J(ν) = 6.9 + 20 log(√((ν − 0.1)² + 1) + ν − 0.1), for ν above −0.78 and 0
//! below: ITU-R P.526-15, equation 31. It stays within 0.13 dB of the Fresnel
//! integral, which is −20 log(√((1 − C − S)² + (C − S)²) / 2), equation 30.
//!
//! **Inputs.** ν, dimensionless. **Valid range.** All finite ν. **Left out.** The ripple of half a decibel
//! above the edge in [`loss_db`]; [`exact_loss_db`] has it, and is for checks.
//!
//! **Validated against** `validation/tables/propagation/knife_edge.csv` (`tests/val_propagation.rs`).

use core::f64::consts::{FRAC_PI_2, PI};

use crate::model::radar_equation::decibels;

/// The parameter below which an edge costs nothing.
pub const CLEAR_NU_RATIO: f64 = -0.78;

/// Loss by a knife edge, one way.
#[must_use]
pub fn loss_db(nu_ratio: f64) -> f64 {
    if nu_ratio <= CLEAR_NU_RATIO {
        return 0.0;
    }
    let x = nu_ratio - 0.1;
    (6.9 + 2.0 * decibels((x * x + 1.0).sqrt() + x)).max(0.0)
}

/// Loss by a knife edge from the Fresnel integral, one way; negative where the edge adds to the field.
#[must_use]
pub fn exact_loss_db(nu_ratio: f64) -> f64 {
    let (cosine, sine) = fresnel(nu_ratio);
    let (re, im) = (1.0 - cosine - sine, cosine - sine);
    -decibels(0.25 * (re * re + im * im))
}

/// Fresnel's integrals C and S of π t² / 2 from 0, to 1e-12 (Abramowitz and Stegun, *Handbook of Mathematical
/// Functions*, 7.3.1 and 7.3.2): the series near 0, the continued fraction 7.1.14 of the error function
/// elsewhere.
#[must_use]
pub fn fresnel(limit_ratio: f64) -> (f64, f64) {
    let x = limit_ratio.abs();
    let (cosine, sine) = if x < SERIES_ENDS { series(x) } else { fraction(x) };
    (cosine.copysign(limit_ratio), sine.copysign(limit_ratio))
}

/// Where the series gives way to the fraction.
const SERIES_ENDS: f64 = 2.0;

/// Sum of x (iπx²/2)ⁿ / (n! (2n + 1)).
fn series(x: f64) -> (f64, f64) {
    let turn = FRAC_PI_2 * x * x;
    let (mut sums, mut term) = ([0.0; 2], x);
    for n in 0..40_u32 {
        // i to the n: real and imaginary in turn, and every other pair negative.
        let sign = if n % 4 < 2 { 1.0 } else { -1.0 };
        sums[(n % 2) as usize] += sign * term / f64::from(2 * n + 1);
        term *= turn / f64::from(n + 1);
    }
    (sums[0], sums[1])
}

/// (1 + i)/2 (1 − erfc z), z = (1 − i) x √π/2, with erfc z = e^(−z²) / √π / (z + ½/(z + 1/(z + …))).
fn fraction(x: f64) -> (f64, f64) {
    let z = 0.5 * PI.sqrt() * x;
    let (mut re, mut im) = (z, -z);
    for k in (1..=120_u32).rev() {
        let share = 0.5 * f64::from(k) / (re * re + im * im);
        (re, im) = (z + share * re, -z - share * im);
    }
    // e^(−z²) over √π times the fraction.
    let (sine, cosine) = libm::sincos(FRAC_PI_2 * x * x);
    let norm = PI.sqrt() * (re * re + im * im);
    let tail = ((cosine * re + sine * im) / norm, (sine * re - cosine * im) / norm);
    let left = (1.0 - tail.0, -tail.1);
    (0.5 * (left.0 - left.1), 0.5 * (left.0 + left.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn series_and_fraction_meet() {
        for x in [1.8, 2.0, 2.3] {
            let (one, other) = (series(x), fraction(x));
            assert!((one.0 - other.0).abs() + (one.1 - other.1).abs() < 1e-12, "{one:?} {other:?}");
        }
        let far = fresnel(1e6);
        assert!((far.0 - 0.5).abs() + (far.1 - 0.5).abs() < 1e-6, "{far:?}");
    }

    #[test]
    fn val_p526_exact_knife_edge() {
        let table = include_str!("../../../../../validation/tables/propagation/knife_edge.csv");
        let mut count = 0;
        for line in table.lines().filter(|line| !line.starts_with('#')).skip(1) {
            let row: Vec<f64> = line.split(',').filter_map(|cell| cell.parse().ok()).collect();
            // The header demands 1e-6 dB and holds 1e-10.
            let found_db = exact_loss_db(row[0]);
            assert!((found_db - row[1]).abs() < 1e-9, "{row:?}: {found_db}");
            count += 1;
        }
        assert_eq!(count, 33);
    }
}
