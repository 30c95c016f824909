//! A knife edge: loss behind, or close above, one sharp obstacle.
//!
//! **What it models.** Diffraction over a thin screen across the path, by the parameter ν: twice the
//! square root of the detour in wavelengths, positive where the screen blocks the path.
//!
//! **Equation and reference.** J(ν) = 6.9 + 20 log(√((ν − 0.1)² + 1) + ν − 0.1), for ν above −0.78 and 0
//! below: ITU-R P.526-15, equation 31. It stays within 0.13 dB of the Fresnel integral.
//!
//! **Inputs.** ν, dimensionless. **Valid range.** All finite ν. **Left out.** The ripple of half a decibel
//! above the edge.
//!
//! **Validated against** `validation/tables/propagation/knife_edge.csv` (`tests/val_propagation.rs`).

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
