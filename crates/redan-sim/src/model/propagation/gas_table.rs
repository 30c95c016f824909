//! Loss in air at one frequency from one antenna, in constant time.
//!
//! **What it models.** What [`super::gas::path_loss_db`] does, from a table of the mean specific attenuation over
//! range and height.
//!
//! **Equation and reference.** Straight lines between nodes 10 km of range and, near the ground, 117 m of
//! height apart, wider higher up; the integrals at the nodes are those of [`super::gas`].
//!
//! **Inputs.** Frequency in hertz, height of the antenna above sea level, slant range and height of the target in
//! metres.
//!
//! **Valid range.** 0.1 to 18 GHz, antenna from 0 to 12 km, to 600 km of range and 100 km of height: within 0.05 dB of
//! the integral one way (a test; 0.02 dB at 18 GHz, 0.003 below 10 GHz). Beyond the range the last mean goes on, beyond the height the last height.
//!
//! **Left out.** What [`super::gas`] leaves out.
//!
//! **Validated against** the integral (`tests/val_propagation_air.rs`).

use redan_geo::EffectiveEarth;

use super::gas::{Chord, specific_at};

/// Loss in air from one antenna at one frequency.
#[derive(Clone, Debug)]
pub struct GasTable {
    /// Mean decibels for each metre of path: all heights of the first range, then of the second …
    mean_db_m: Vec<f32>,
}

impl GasTable {
    /// The table of an antenna; it takes a few milliseconds and 16 kB.
    #[must_use]
    pub fn new(frequency_hz: f64, antenna_height_m: f64, earth: EffectiveEarth) -> Self {
        let air = Profile::new(frequency_hz);
        let mut mean_db_m = Vec::with_capacity((RANGES + 1) * (HEIGHTS + 1));
        for range in 0..=RANGES {
            let range_m = range as f64 * STEP_M;
            for height in 0..=HEIGHTS {
                let height_m = height_of(height as f64 / HEIGHTS as f64 * HIGHEST_U);
                let chord =
                    Chord::new(earth.radius_m, [antenna_height_m, height_m], range_m, 2_000.0);
                mean_db_m.push((chord.mean(|h_m| air.db_km(h_m)) / 1000.0) as f32);
            }
        }
        Self { mean_db_m }
    }

    /// Loss to a height above sea level at a slant range, one way; not negative.
    #[must_use]
    #[inline]
    pub fn loss_db(&self, range_m: f64, height_m: f64) -> f64 {
        let (row, right) = node(range_m / STEP_M, RANGES);
        let (column, up) = node(u_of(height_m) * (HEIGHTS as f64 / HIGHEST_U), HEIGHTS);
        let first = row * (HEIGHTS + 1) + column;
        let between = |at: usize| {
            let [low, high] = [self.mean_db_m[at], self.mean_db_m[at + 1]].map(f64::from);
            low + up * (high - low)
        };
        let (near, far) = (between(first), between(first + HEIGHTS + 1));
        (near + right * (far - near)) * range_m.max(0.0)
    }
}

const STEP_M: f64 = 10_000.0;
const RANGES: usize = 60;
const HEIGHTS: usize = 64;
/// Heights are spread by u = h / (h + 8 km): densely where the air is dense.
const SPREAD_M: f64 = 8_000.0;
const HIGHEST_M: f64 = 100_000.0;
const HIGHEST_U: f64 = HIGHEST_M / (HIGHEST_M + SPREAD_M);

fn u_of(height_m: f64) -> f64 {
    let height_m = height_m.clamp(0.0, HIGHEST_M);
    height_m / (height_m + SPREAD_M)
}

fn height_of(u: f64) -> f64 {
    SPREAD_M * u / (1.0 - u)
}

/// Cell of a coordinate and the share of it; the last cell ends the table.
fn node(at: f64, cells: usize) -> (usize, f64) {
    let at = at.clamp(0.0, cells as f64);
    let cell = (at as usize).min(cells - 1);
    (cell, at - cell as f64)
}

/// Specific attenuation over height at one frequency.
struct Profile(Vec<f64>);

impl Profile {
    const NODES: usize = 320;

    fn new(frequency_hz: f64) -> Self {
        let at = |node: usize| {
            specific_at(frequency_hz, height_of(node as f64 / Self::NODES as f64 * HIGHEST_U))
        };
        Self((0..=Self::NODES).map(|node| at(node).sum_db_km()).collect())
    }

    fn db_km(&self, height_m: f64) -> f64 {
        let (cell, up) = node(u_of(height_m) * (Self::NODES as f64 / HIGHEST_U), Self::NODES);
        self.0[cell] + up * (self.0[cell + 1] - self.0[cell])
    }
}
