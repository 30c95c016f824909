//! Propagation: what the air and the ground between a radar and a target do to a wave.
//!
//! **What it models.** The field at the target over the field in free space, one way: two rays where the
//! ground reflects and the path is clear, diffraction where it is not, and a mixture between the two.
//! Air and rain are in [`gas`] and [`rain`].
//!
//! **Equation and reference.** With δ the detour of the reflected ray and ν the knife-edge parameter of the
//! actual profile, the weight of the two rays is w = min(δ / (λ/4), −ν / 0.78), kept within 0 and 1:
//! F = w F_two-ray + (1 − w) F_diffraction in decibels. A quarter of a wavelength is where the interference
//! region ends (L. V. Blake, *Radar Range-Performance Analysis*, 1986, chapter 6); ν = −0.78 is where an
//! edge costs nothing. Diffraction is the delta-Bullington method of ITU-R P.526-15 ([`bullington`]).
//!
//! **Inputs.** Heights above sea level and arcs in metres; ground at equal arcs between the ends.
//! **Valid range.** 30 MHz to 40 GHz, to 600 km. **Left out.** Ducts and layers, troposcatter, diffuse
//! reflection, vegetation and buildings.
//!
//! **Validated against** the tables of `validation/tables/propagation` and `multipath_two_ray.csv`
//! (`tests/val_propagation.rs`, `validation/08-propagation`); continuity is a property test.

pub mod bullington;
pub mod gas;
mod gas_lines;
mod gas_table;
pub mod knife_edge;
pub mod multipath;
pub mod rain;
pub mod refractivity;
pub mod spherical;

pub use bullington::{Path, Shape};
pub use gas_table::GasTable;
pub use rain::{RainField, RainLoss};
pub use spherical::Ground;

use multipath::Reflection;

use crate::model::radar_equation::decibels;

/// What reflects, besides the relief itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Surface {
    /// What the ground is made of.
    pub ground: Ground,
    /// Standard deviation of height that the relief does not show.
    pub roughness_m: f64,
}

/// Which part of the model decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Region {
    /// Two rays.
    Interference,
    /// Between.
    Transition,
    /// In the shadow, or grazing.
    Diffraction,
}

/// What a path does to a wave.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Propagation {
    /// Field over that of free space, one way; negative for a loss, at most 6.03.
    pub one_way_db: f64,
    /// Which part of the model decided.
    pub region: Region,
}

/// What a path does to a wave of a wavelength.
#[must_use]
pub fn propagation(path: &Path<'_>, surface: &Surface, wavelength_m: f64) -> Propagation {
    let shape = path.shape();
    let clear = (shape.nu_at_ratio(wavelength_m) / knife_edge::CLEAR_NU_RATIO).clamp(0.0, 1.0);
    let reflection = match clear > 0.0 {
        true => Reflection::new(path.radius_m, shape.effective_m, path.arc_m),
        false => None,
    };
    let detour = reflection.map_or(0.0, |r| 4.0 * r.path_difference_m / wavelength_m);
    let weight = clear.min(detour).clamp(0.0, 1.0);
    let rays_db = match reflection {
        Some(reflection) if weight > 0.0 => {
            two_rays_db(&reflection, shape.roughness_m, surface, wavelength_m)
        }
        _ => 0.0,
    };
    let shadow_db = match weight < 1.0 {
        true => -shape.loss_db(path, wavelength_m, surface.ground),
        false => 0.0,
    };
    let region = match weight {
        w if w >= 1.0 => Region::Interference,
        w if w > 0.0 => Region::Transition,
        _ => Region::Diffraction,
    };
    Propagation { one_way_db: weight * rays_db + (1.0 - weight) * shadow_db, region }
}

/// Two rays over ground of a roughness, decibels; a null is cut at −40, since no ground is so even.
fn two_rays_db(
    reflection: &Reflection,
    relief_m: f64,
    surface: &Surface,
    wavelength_m: f64,
) -> f64 {
    let own_m = surface.roughness_m;
    let roughness_m = (relief_m * relief_m + own_m * own_m).sqrt();
    let rough = multipath::rough_ratio(roughness_m, reflection.grazing_rad, wavelength_m);
    if rough < 1e-3 {
        return 0.0;
    }
    let smooth =
        multipath::fresnel_ratio(reflection.grazing_rad, surface.ground.permittivity_ratio);
    let factor = reflection.factor_ratio(smooth * rough, wavelength_m);
    (2.0 * decibels(factor)).max(-40.0)
}
