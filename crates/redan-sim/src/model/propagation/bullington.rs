//! Diffraction over relief: the delta-Bullington method.
//!
//! **What it models.** Loss over the ground between two antennas, whatever its shape: Bullington's one
//! equivalent edge for the actual profile, and on top of it what the smooth Earth under the profile
//! costs more than that edge would.
//!
//! **Equation and reference.** ITU-R P.526-15, section 4.5: Bullington for the actual profile (equations
//! 56 to 62), the least-squares smooth surface and effective heights (section 4.5.2), Bullington for the
//! smooth profile, and L = L_ba + max(L_sph − L_bs, 0).
//!
//! **Inputs.** Ground heights above sea level at equal arcs, both ends included; heights of the ends above
//! sea level; metres. **Valid range.** Ends above the ground below them; two heights are a path without
//! ground between. **Left out.** Obstacles beside the path.
//!
//! **Validated against** the knife edge and the smooth sphere as limits, and the published steps
//! (`tests/val_propagation.rs`).

use super::knife_edge;
use super::spherical::{self, Ground};

/// A path over ground.
#[derive(Clone, Copy, Debug)]
pub struct Path<'a> {
    /// Radius of the sphere on which rays are straight.
    pub radius_m: f64,
    /// Heights of the two ends above sea level.
    pub ends_m: [f64; 2],
    /// Distance at sea level.
    pub arc_m: f64,
    /// Heights of the ground at equal distances, both ends included; empty for the sea.
    pub ground_m: &'a [f64],
}

/// What one pass over a profile finds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shape {
    /// Knife-edge parameter of Bullington's edge over the actual profile.
    pub nu_ratio: f64,
    /// Heights of the ends above the smooth surface under the profile.
    pub effective_m: [f64; 2],
    /// Standard deviation of the ground about that surface.
    pub roughness_m: f64,
}

impl Path<'_> {
    /// One pass over the profile.
    #[must_use]
    pub fn shape(&self) -> Shape {
        if self.ground_m.len() < 3 {
            let level_m =
                [self.ground_m.first(), self.ground_m.last()].map(|h| h.copied().unwrap_or(0.0));
            let effective_m = [self.ends_m[0] - level_m[0], self.ends_m[1] - level_m[1]];
            let nu_ratio = smooth_nu(self.radius_m, effective_m, self.arc_m);
            return Shape { nu_ratio, effective_m, roughness_m: 0.0 };
        }
        let fit = Fit::of(self);
        Shape {
            nu_ratio: self.nu(),
            effective_m: fit.effective_m(self),
            roughness_m: fit.roughness_m,
        }
    }

    /// Knife-edge parameter over the profile, without its wavelength: to be divided by its root.
    fn nu(&self) -> f64 {
        let [h1_m, h2_m] = self.ends_m;
        let last = self.ground_m.len() - 1;
        let step_m = self.arc_m / last as f64;
        let per_diameter = 0.5 / self.radius_m;
        let slope = (h2_m - h1_m) / self.arc_m;
        let (mut ahead, mut back, mut nearest) = (f64::MIN, f64::MIN, f64::MIN);
        for (index, ground_m) in self.ground_m.iter().enumerate().take(last).skip(1) {
            let d1_m = index as f64 * step_m;
            let d2_m = self.arc_m - d1_m;
            let bulged_m = ground_m + d1_m * d2_m * per_diameter;
            ahead = ahead.max((bulged_m - h1_m) / d1_m);
            back = back.max((bulged_m - h2_m) / d2_m);
            let over_m = bulged_m - (h1_m + slope * d1_m);
            nearest = nearest.max(over_m * (2.0 * self.arc_m / (d1_m * d2_m)).sqrt());
        }
        if ahead < slope {
            return nearest;
        }
        // Behind the horizon: the edge where the two horizons meet.
        let edge_m = ((h2_m - h1_m + back * self.arc_m) / (ahead + back))
            .clamp(1e-6 * self.arc_m, (1.0 - 1e-6) * self.arc_m);
        let over_m = h1_m + ahead * edge_m - (h1_m + slope * edge_m);
        over_m * (2.0 * self.arc_m / (edge_m * (self.arc_m - edge_m))).sqrt()
    }
}

impl Shape {
    /// Loss over the path, one way, against free space; never negative.
    #[must_use]
    pub fn loss_db(&self, path: &Path<'_>, wavelength_m: f64, ground: Ground) -> f64 {
        let actual_db = edge_db(self.nu_ratio / wavelength_m.sqrt(), path.arc_m);
        let smooth = smooth_nu(path.radius_m, self.effective_m, path.arc_m);
        let smooth_db = edge_db(smooth / wavelength_m.sqrt(), path.arc_m);
        let frequency_hz = crate::model::radar_equation::LIGHT_M_S / wavelength_m;
        let sphere_db =
            spherical::loss_db(path.radius_m, self.effective_m, path.arc_m, frequency_hz, ground);
        actual_db + (sphere_db - smooth_db).max(0.0)
    }

    /// Knife-edge parameter at a wavelength: negative where the path is clear.
    #[must_use]
    pub fn nu_at_ratio(&self, wavelength_m: f64) -> f64 {
        self.nu_ratio / wavelength_m.sqrt()
    }
}

/// Bullington's loss from the parameter of his edge.
fn edge_db(nu_ratio: f64, arc_m: f64) -> f64 {
    let edge_db = knife_edge::loss_db(nu_ratio);
    edge_db + (1.0 - libm::exp(-edge_db / 6.0)) * (10.0 + 0.02e-3 * arc_m)
}

/// The same parameter over the smooth sphere, in closed form: on a sphere the horizon is where the tangent
/// touches.
fn smooth_nu(radius_m: f64, heights_m: [f64; 2], arc_m: f64) -> f64 {
    let [h1_m, h2_m] = heights_m.map(|h_m| h_m.max(0.01));
    let tangent = |h_m: f64| (2.0 * radius_m * h_m).sqrt();
    let slope = (h2_m - h1_m) / arc_m;
    if tangent(h1_m) + tangent(h2_m) < arc_m {
        // Slopes of the horizon from both ends, and the edge where they meet.
        let ahead = 0.5 * arc_m / radius_m - tangent(h1_m) / radius_m;
        let back = 0.5 * arc_m / radius_m - tangent(h2_m) / radius_m;
        let edge_m = ((h2_m - h1_m + back * arc_m) / (ahead + back))
            .clamp(1e-6 * arc_m, (1.0 - 1e-6) * arc_m);
        let over_m = h1_m + ahead * edge_m - (h1_m + slope * edge_m);
        return over_m * (2.0 * arc_m / (edge_m * (arc_m - edge_m))).sqrt();
    }
    // In sight: the place where clearance over the root of d1 d2 is least, by a fine search.
    let mut nearest = f64::MIN;
    for step in 1..64 {
        let d1_m = arc_m * f64::from(step) / 64.0;
        let d2_m = arc_m - d1_m;
        let over_m = 0.5 * d1_m * d2_m / radius_m - (h1_m + slope * d1_m);
        nearest = nearest.max(over_m * (2.0 * arc_m / (d1_m * d2_m)).sqrt());
    }
    nearest
}

/// Least-squares straight line under a profile, as P.526 weighs it, and what departs from it.
struct Fit {
    begin_m: f64,
    end_m: f64,
    roughness_m: f64,
}

impl Fit {
    fn of(path: &Path<'_>) -> Fit {
        let ground_m = path.ground_m;
        let last = (ground_m.len() - 1) as f64;
        let (mut v1, mut v2) = (0.0, 0.0);
        for (index, pair) in ground_m.windows(2).enumerate() {
            let (d0, d1) = (index as f64, index as f64 + 1.0);
            v1 += pair[0] + pair[1];
            v2 += pair[1] * (2.0 * d1 + d0) + pair[0] * (d1 + 2.0 * d0);
        }
        let begin_m = (2.0 * v1 * last - v2) / (last * last);
        let end_m = (v2 - v1 * last) / (last * last);
        let square_m2: f64 = ground_m
            .iter()
            .enumerate()
            .map(|(index, height_m)| {
                let off_m = height_m - (begin_m + (end_m - begin_m) * index as f64 / last);
                off_m * off_m
            })
            .sum();
        Fit { begin_m, end_m, roughness_m: (square_m2 / ground_m.len() as f64).sqrt() }
    }

    /// Heights of the ends above the smooth surface, lowered where obstacles reach into the path.
    fn effective_m(&self, path: &Path<'_>) -> [f64; 2] {
        let [h1_m, h2_m] = path.ends_m;
        let last = path.ground_m.len() - 1;
        let step_m = path.arc_m / last as f64;
        let (mut highest_m, mut ahead, mut back) = (f64::MIN, f64::MIN, f64::MIN);
        for (index, ground_m) in path.ground_m.iter().enumerate().take(last).skip(1) {
            let d1_m = index as f64 * step_m;
            let d2_m = path.arc_m - d1_m;
            let over_m = ground_m - (h1_m * d2_m + h2_m * d1_m) / path.arc_m;
            highest_m = highest_m.max(over_m);
            ahead = ahead.max(over_m / d1_m);
            back = back.max(over_m / d2_m);
        }
        let lowered = |fit_m: f64, share: f64| {
            if highest_m > 0.0 { fit_m - highest_m * share } else { fit_m }
        };
        let sum = ahead + back;
        let begin_m = lowered(self.begin_m, ahead / sum).min(path.ground_m[0]);
        let end_m = lowered(self.end_m, back / sum).min(path.ground_m[last]);
        [h1_m - begin_m, h2_m - end_m]
    }
}
