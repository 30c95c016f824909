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
//! **Validated against** `validation/tables/propagation/delta_bullington.csv`, examples of ITU-R Study Group 3
//! (`tests/val_bullington.rs`), and the knife edge and the smooth sphere as limits
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
    /// What the ground does, in one pass over the profile.
    #[must_use]
    pub fn shape(&self) -> Shape {
        let Some(last) = self.ground_m.len().checked_sub(1).filter(|last| *last > 1) else {
            let level_m = |ground_m: Option<&f64>| ground_m.copied().unwrap_or(0.0);
            let [begin_m, end_m] = [self.ground_m.first(), self.ground_m.last()].map(level_m);
            let effective_m = [self.ends_m[0] - begin_m, self.ends_m[1] - end_m];
            let nu_ratio = smooth_nu(self.radius_m, effective_m, self.arc_m);
            return Shape { nu_ratio, effective_m, roughness_m: 0.0 };
        };
        let pass = Pass::over(self, last);
        let fit = pass.fit(self, last);
        Shape {
            nu_ratio: pass.nu_ratio(self, last),
            effective_m: pass.effective_m(self, &fit, last),
            roughness_m: fit.roughness_m,
        }
    }
}

/// Four points of a profile at a time, which compilers turn into vectors.
const LANES: usize = 4;

/// Highest of what is compared, for each lane.
#[derive(Clone, Copy)]
struct Highest([f64; LANES]);

impl Highest {
    const NONE: Self = Self([f64::MIN; LANES]);

    fn see(&mut self, lane: usize, value: f64) {
        // Not `max`: its care for NaN costs the vector.
        if value > self.0[lane] {
            self.0[lane] = value;
        }
    }

    fn value(&self) -> f64 {
        self.0.iter().copied().fold(f64::MIN, f64::max)
    }
}

/// What one pass over a profile finds. Slopes are per step of the profile; `bulged` is the ground on the
/// curved Earth, over the straight line between the ends.
struct Pass {
    /// Steepest slopes of the bulged ground over the line, seen from both ends.
    bulged: [Highest; 2],
    /// Highest v |v| / (n₁ n₂), with v the height of the bulged ground over the line.
    nearest: Highest,
    /// Steepest slopes of the ground alone over the line, and the highest ground over it.
    ground: [Highest; 2],
    highest: Highest,
    /// Sums over inner points of y, y n and y², with y the ground over that of the beginning.
    sums: [[f64; LANES]; 3],
}

impl Pass {
    fn over(path: &Path<'_>, last: usize) -> Self {
        let mut pass = Self {
            bulged: [Highest::NONE; 2],
            nearest: Highest::NONE,
            ground: [Highest::NONE; 2],
            highest: Highest::NONE,
            sums: [[0.0; LANES]; 3],
        };
        let line = Line::of(path, last);
        let inner_m = &path.ground_m[1..last];
        let whole = inner_m.chunks_exact(LANES);
        let (rest_m, done) = (whole.remainder(), inner_m.len() - whole.remainder().len());
        for (chunk, heights_m) in whole.enumerate() {
            for (lane, height_m) in heights_m.iter().enumerate() {
                pass.point(&line, lane, (chunk * LANES + lane + 1) as f64, *height_m);
            }
        }
        for (lane, height_m) in rest_m.iter().enumerate() {
            pass.point(&line, lane, (done + lane + 1) as f64, *height_m);
        }
        pass
    }

    #[inline]
    fn point(&mut self, line: &Line, lane: usize, n1: f64, height_m: f64) {
        let n2 = line.steps - n1;
        let (per_n1, per_n2) = (1.0 / n1, 1.0 / n2);
        let over_m = height_m - (line.begin_m + line.rise_m * n1);
        let bulged_m = over_m + line.bulge_m * n1 * n2;
        self.bulged[0].see(lane, bulged_m * per_n1);
        self.bulged[1].see(lane, bulged_m * per_n2);
        self.nearest.see(lane, bulged_m * bulged_m.abs() * (per_n1 * per_n2));
        self.ground[0].see(lane, over_m * per_n1);
        self.ground[1].see(lane, over_m * per_n2);
        self.highest.see(lane, over_m);
        let y_m = height_m - line.level_m;
        self.sums[0][lane] += y_m;
        self.sums[1][lane] += y_m * n1;
        self.sums[2][lane] += y_m * y_m;
    }

    /// Knife-edge parameter over the profile for a wavelength of one metre: to be divided by the root of
    /// the true one.
    fn nu_ratio(&self, path: &Path<'_>, last: usize) -> f64 {
        let step_m = path.arc_m / last as f64;
        let [ahead, back] = [self.bulged[0].value() / step_m, self.bulged[1].value() / step_m];
        if ahead < 0.0 {
            let nearest = self.nearest.value() / step_m * (2.0 * path.arc_m / step_m);
            return nearest.abs().sqrt().copysign(nearest);
        }
        hidden_nu(ahead, back, path.arc_m)
    }

    /// Least-squares straight line under a profile, as P.526 weighs it (equations 63 to 66), and the
    /// deviation from it.
    fn fit(&self, path: &Path<'_>, last: usize) -> Fit {
        let steps = last as f64;
        let level_m = path.ground_m[0];
        let end_m = path.ground_m[last] - level_m;
        let [sum_m, moment_m, square_m2] = self.sums.map(|lanes| lanes.iter().sum::<f64>());
        // Trapezoids of y and of y n between the points; the first y is zero.
        let v1 = 2.0 * sum_m + end_m;
        let v2 = 6.0 * moment_m + end_m * (3.0 * steps - 1.0);
        let first_m = (2.0 * v1 * steps - v2) / (steps * steps);
        let slope_m = ((v2 - v1 * steps) / (steps * steps) - first_m) / steps;
        // Sum of (y − first − slope n)² over all points, from the sums.
        let (count, sum, moment) = (steps + 1.0, sum_m + end_m, moment_m + end_m * steps);
        let (ones, squares) = (0.5 * steps * count, steps * count * (2.0 * steps + 1.0) / 6.0);
        let off_m2 = square_m2 + end_m * end_m - 2.0 * (first_m * sum + slope_m * moment)
            + first_m * (first_m * count + 2.0 * slope_m * ones)
            + slope_m * slope_m * squares;
        Fit {
            begin_m: level_m + first_m,
            end_m: level_m + first_m + slope_m * steps,
            roughness_m: (off_m2.max(0.0) / count).sqrt(),
        }
    }

    /// Heights of the ends above the smooth surface, which is lowered where obstacles reach into the path
    /// (equations 67 and 68).
    fn effective_m(&self, path: &Path<'_>, fit: &Fit, last: usize) -> [f64; 2] {
        let highest_m = self.highest.value();
        let [ahead, back] = self.ground.each_ref().map(Highest::value);
        let lowered_m = if highest_m > 0.0 { highest_m / (ahead + back) } else { 0.0 };
        let begin_m = (fit.begin_m - lowered_m * ahead).min(path.ground_m[0]);
        let end_m = (fit.end_m - lowered_m * back).min(path.ground_m[last]);
        [path.ends_m[0] - begin_m, path.ends_m[1] - end_m]
    }
}

/// The straight line between the ends, in steps of a profile.
struct Line {
    begin_m: f64,
    rise_m: f64,
    bulge_m: f64,
    steps: f64,
    level_m: f64,
}

impl Line {
    fn of(path: &Path<'_>, last: usize) -> Self {
        let steps = last as f64;
        let step_m = path.arc_m / steps;
        Self {
            begin_m: path.ends_m[0],
            rise_m: (path.ends_m[1] - path.ends_m[0]) / steps,
            bulge_m: 0.5 * step_m * step_m / path.radius_m,
            steps,
            level_m: path.ground_m[0],
        }
    }
}

/// A straight line under a profile and what departs from it.
struct Fit {
    begin_m: f64,
    end_m: f64,
    roughness_m: f64,
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

/// Parameter of Bullington's edge where the slopes of the horizons over the straight line between the ends
/// meet (equations 59 and 60).
fn hidden_nu(ahead: f64, back: f64, arc_m: f64) -> f64 {
    let edge_m = (back * arc_m / (ahead + back)).clamp(1e-6 * arc_m, (1.0 - 1e-6) * arc_m);
    ahead * edge_m * (2.0 * arc_m / (edge_m * (arc_m - edge_m))).sqrt()
}

/// The same parameter over the smooth sphere, in closed form: on a sphere the horizon is where the tangent
/// touches.
fn smooth_nu(radius_m: f64, heights_m: [f64; 2], arc_m: f64) -> f64 {
    let [h1_m, h2_m] = heights_m.map(|h_m| h_m.max(0.01));
    let [t1_m, t2_m] = [h1_m, h2_m].map(|h_m| (2.0 * radius_m * h_m).sqrt());
    if t1_m + t2_m < arc_m {
        // Slopes of the horizons from both ends, over the line between them.
        let slope = (h2_m - h1_m) / arc_m;
        let (ahead, back) = (-t1_m / radius_m - slope, -t2_m / radius_m + slope);
        let bulge = 0.5 * arc_m / radius_m;
        return hidden_nu(ahead + bulge, back + bulge, arc_m);
    }
    nearest_nu(radius_m, [h1_m, h2_m], arc_m)
}

/// Highest parameter over a smooth sphere in sight. With u² = d₁/d₂ it is √(2/d) (2 b u / (1 + u²) − h₁/u −
/// h₂ u), b = d²/(4 a); the highest lies between the middle, u = 1, and the foot of the line, u² = h₁/h₂. The
/// best of even ratios of u between the two, and Newton's method in ln u from there.
fn nearest_nu(radius_m: f64, [h1_m, h2_m]: [f64; 2], arc_m: f64) -> f64 {
    const STEPS: u32 = 10;
    let bulge_m = 0.25 * arc_m * arc_m / radius_m;
    let at = |u: f64| 2.0 * bulge_m * u / (1.0 + u * u) - (h1_m / u + h2_m * u);
    let foot = libm::log(h1_m / h2_m) / 2.0;
    let ratio = libm::exp(foot / f64::from(STEPS));
    let (mut best, mut top_m, mut u) = (1.0, at(1.0), 1.0);
    for _ in 0..STEPS {
        u *= ratio;
        let value_m = at(u);
        if value_m > top_m {
            (best, top_m) = (u, value_m);
        }
    }
    for _ in 0..2 {
        let (sech, tanh) =
            (2.0 * best / (1.0 + best * best), (best * best - 1.0) / (best * best + 1.0));
        let (near_m, far_m) = (h1_m / best, h2_m * best);
        let slope_m = near_m - far_m - bulge_m * sech * tanh;
        let bend_m = near_m + far_m - bulge_m * sech * (2.0 * tanh * tanh - 1.0);
        let step = (slope_m / bend_m.max(1e-9)).clamp(-0.5, 0.5);
        best *= 1.0 + step + 0.5 * step * step;
        top_m = top_m.max(at(best));
    }
    top_m * (2.0 / arc_m).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    const RADIUS_M: f64 = 8_494_667.0;

    /// The pass as the Recommendation writes it, point by point.
    fn by_the_book(path: &Path<'_>) -> (f64, [f64; 2], f64) {
        let last = path.ground_m.len() - 1;
        let step_m = path.arc_m / last as f64;
        let [h1_m, h2_m] = path.ends_m;
        let slope = (h2_m - h1_m) / path.arc_m;
        let inner = || (1..last).map(|n| (n as f64 * step_m, path.ground_m[n]));
        let bulged = |d_m: f64, g_m: f64| g_m + 0.5 * d_m * (path.arc_m - d_m) / path.radius_m;
        let ahead = inner().map(|(d, g)| (bulged(d, g) - h1_m) / d).fold(f64::MIN, f64::max);
        let back =
            inner().map(|(d, g)| (bulged(d, g) - h2_m) / (path.arc_m - d)).fold(f64::MIN, f64::max);
        let nu_of =
            |over_m: f64, d: f64| over_m * (2.0 * path.arc_m / (d * (path.arc_m - d))).sqrt();
        let nu = if ahead < slope {
            inner()
                .map(|(d, g)| nu_of(bulged(d, g) - (h1_m + slope * d), d))
                .fold(f64::MIN, f64::max)
        } else {
            let d = (h2_m - h1_m + back * path.arc_m) / (ahead + back);
            nu_of(h1_m + ahead * d - (h1_m + slope * d), d)
        };
        let (mut v1, mut v2) = (0.0, 0.0);
        for (n, pair) in path.ground_m.windows(2).enumerate() {
            let (d0, d1) = (n as f64 * step_m, (n as f64 + 1.0) * step_m);
            v1 += step_m * (pair[0] + pair[1]);
            v2 += step_m * (pair[1] * (2.0 * d1 + d0) + pair[0] * (d1 + 2.0 * d0));
        }
        let begin_m = (2.0 * v1 * path.arc_m - v2) / (path.arc_m * path.arc_m);
        let end_m = (v2 - v1 * path.arc_m) / (path.arc_m * path.arc_m);
        let off =
            |n: usize| path.ground_m[n] - begin_m - (end_m - begin_m) * n as f64 / last as f64;
        let square_m2: f64 = (0..=last).map(|n| off(n) * off(n)).sum();
        (nu, [begin_m, end_m], (square_m2 / (last + 1) as f64).sqrt())
    }

    #[test]
    fn one_pass_finds_what_the_steps_of_the_recommendation_find() {
        for (points, swing_m) in [(3, 40.0), (6, 300.0), (7, 5.0), (50, 200.0), (241, 80.0)] {
            let wave = |n: i32| 400.0 + swing_m * libm::sin(f64::from(n * n) * 0.7);
            let ground_m: Vec<f64> = (0..points).map(wave).collect();
            for (h1_m, h2_m, arc_m) in [(900.0, 450.0, 30e3), (760.0, 3e3, 90e3), (5e3, 6e3, 2e5)] {
                let path =
                    Path { radius_m: RADIUS_M, ends_m: [h1_m, h2_m], arc_m, ground_m: &ground_m };
                let (nu, fit_m, roughness_m) = by_the_book(&path);
                let pass = Pass::over(&path, ground_m.len() - 1);
                let fit = pass.fit(&path, ground_m.len() - 1);
                let found = path.shape();
                assert!((found.nu_ratio - nu).abs() < 1e-9 * nu.abs(), "{path:?} {nu} {found:?}");
                assert!((fit.begin_m - fit_m[0]).abs() + (fit.end_m - fit_m[1]).abs() < 1e-8);
                assert!((found.roughness_m - roughness_m).abs() < 1e-7, "{found:?} {roughness_m}");
            }
        }
    }

    #[test]
    fn the_nearest_point_over_a_sphere_is_found() {
        for (h1_m, h2_m, share) in [
            (20.0, 20.0, 0.9),
            (5.0, 9e3, 0.99),
            (9e3, 5.0, 0.5),
            (24.0, 300.0, 0.97),
            (0.01, 40.0, 0.7),
        ] {
            let tangent = |h_m: f64| (2.0 * RADIUS_M * h_m).sqrt();
            let arc_m = share * (tangent(h1_m) + tangent(h2_m));
            let at = |d_m: f64| {
                let line_m = (h1_m * (arc_m - d_m) + h2_m * d_m) / arc_m;
                let over_m = 0.5 * d_m * (arc_m - d_m) / RADIUS_M - line_m;
                over_m * (2.0 * arc_m / (d_m * (arc_m - d_m))).sqrt()
            };
            let scan = (1..200_000).map(|n| at(arc_m * f64::from(n) / 200_000.0));
            let wanted = scan.fold(f64::MIN, f64::max);
            let found = smooth_nu(RADIUS_M, [h1_m, h2_m], arc_m);
            // Of a parameter that is divided by the root of the wavelength and counts by hundredths.
            assert!(
                (found - wanted).abs() < 0.01 * wanted.abs() + 1e-4,
                "{h1_m}: {found} {wanted}"
            );
        }
    }
}
