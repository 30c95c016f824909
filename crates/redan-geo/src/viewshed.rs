//! The lowest visible height over every post of a relief, from one place: one pass answers for every
//! height of a target.
//!
//! **What it models** a sweep outward from the observer, line by line in four sectors (W. R. Franklin, C. K.
//! Ray and S. Mehta, *Geometric Algorithms for Siting of Air Defense Missile Batteries*, 1994: XDraw).
//! Each post keeps the horizon of the ray that reaches it: the highest tangent of elevation of the ground
//! before it. The ray crosses the line before at a place between two posts, where the ground is the
//! bilinear one exactly and the horizon is interpolated between the two posts'; which place that is
//! follows from the azimuth of the great circle at the post, because a great circle is not straight in
//! rows and columns. The lowest visible height is where that horizon has risen to over the post, or the
//! ground if it is higher.
//!
//! **Equations.** With q = sin²(θ/2) of the angle θ at the centre of the effective sphere of radius a, a
//! point of height h has the tangent of elevation (h (1 − 2q) − h₀ − 2 a q) / ((a + h) 2 √(q (1 − q))), and
//! the height at which a tangent T arrives is (h₀ + a x) / (1 − x) with x = 2q + 2 T √(q (1 − q)). q comes
//! from the differences of latitude and longitude with the ellipsoid's own radii of curvature.
//!
//! **Left out**: ground between two lines other than where rays cross them; interpolation of horizons
//! smears the edges of shadows. **Validated against** exact rays and GDAL (`tests/viewshed.rs`,
//! `benches/viewshed`).

mod axes;
mod line;
mod sweep;

use crate::effective::EffectiveEarth;
use crate::grid::{GridGeometry, HeightGrid};
use crate::sight::{Earth, Station};

/// Lowest visible heights over the posts of a relief, as one station sees them.
#[derive(Clone, Debug, PartialEq)]
pub struct VisibleHeights {
    geometry: GridGeometry,
    heights_m: Vec<f32>,
    rows_per_rad: f64,
    columns_per_rad: f64,
}

impl VisibleHeights {
    /// Where the posts stand: those of the relief, as far as they were asked for.
    pub const fn geometry(&self) -> &GridGeometry {
        &self.geometry
    }

    /// Lowest visible height above sea level at each post, never below the ground; NaN beyond the
    /// distance asked for. Row by row from the south, each row from the west.
    pub fn posts_m(&self) -> &[f32] {
        &self.heights_m
    }

    /// Lowest and highest of the lowest visible heights at the four posts around a place, and between
    /// them the interpolated one: lowest, interpolated, highest. `None` outside the posts and beyond the
    /// distance asked for.
    #[inline]
    pub fn around_m(&self, lat_rad: f64, lon_rad: f64) -> Option<[f64; 3]> {
        let row = (lat_rad - self.geometry.south_rad) * self.rows_per_rad;
        let turn = std::f64::consts::TAU;
        let mut east_rad = lon_rad - self.geometry.west_rad;
        if !(0.0..turn).contains(&east_rad) {
            east_rad -= turn * (east_rad / turn).floor();
        }
        let column = east_rad * self.columns_per_rad;
        let (last_row, last_column) = (self.geometry.rows - 1, self.geometry.columns - 1);
        if !(row >= 0.0 && row <= last_row as f64 && column <= last_column as f64) {
            return None;
        }
        let (south, west) =
            ((row as usize).min(last_row - 1), (column as usize).min(last_column - 1));
        let (up, right) = (row - south as f64, column - west as f64);
        let first = south * self.geometry.columns + west;
        let next = first + self.geometry.columns;
        let (a, b) = (f64::from(self.heights_m[first]), f64::from(self.heights_m[first + 1]));
        let (c, d) = (f64::from(self.heights_m[next]), f64::from(self.heights_m[next + 1]));
        let middle_m = (a + (b - a) * right) * (1.0 - up) + (c + (d - c) * right) * up;
        let (low_m, high_m) = (a.min(b).min(c.min(d)), a.max(b).max(c.max(d)));
        (!middle_m.is_nan()).then_some([low_m, middle_m, high_m])
    }
}

impl Earth {
    /// Lowest visible heights from a station over the relief around it, out to a distance at sea level.
    /// `None` without relief and where the station does not stand on it: there every question has its
    /// own answer, see [`EffectiveEarth::lowest_visible_m`] and [`Earth::sight`].
    pub fn lowest_visible(&self, from: &Station, max_arc_m: f64) -> Option<VisibleHeights> {
        self.lowest_visible_into(from, max_arc_m, Vec::new())
    }

    /// As [`Earth::lowest_visible`], in the room of a map that is not needed any more: for millions of posts
    /// fresh memory is a third of the whole cost.
    pub fn lowest_visible_again(
        &self,
        from: &Station,
        max_arc_m: f64,
        room: VisibleHeights,
    ) -> Option<VisibleHeights> {
        self.lowest_visible_into(from, max_arc_m, room.heights_m)
    }

    fn lowest_visible_into(
        &self,
        from: &Station,
        max_arc_m: f64,
        room: Vec<f32>,
    ) -> Option<VisibleHeights> {
        let grid = self.relief.as_ref()?;
        let axes = axes::Axes::new(grid, self.effective, from, max_arc_m)?;
        let heights_m = sweep::sweep(grid, &axes, room);
        let geometry = axes.geometry(grid);
        Some(VisibleHeights {
            rows_per_rad: 1.0 / geometry.lat_step_rad,
            columns_per_rad: 1.0 / geometry.lon_step_rad,
            geometry,
            heights_m,
        })
    }
}

impl EffectiveEarth {
    /// Lowest height above the smooth sphere that is visible from height `h_m` at an arc: 0 inside the
    /// horizon, and behind it where the ray that touches there has risen to. Range: arcs to a quarter of
    /// the sphere beyond the horizon; infinite behind that.
    pub fn lowest_visible_m(self, h_m: f64, arc_m: f64) -> f64 {
        let beyond_rad = (arc_m - self.horizon_arc_m(h_m)) / self.radius_m;
        if beyond_rad <= 0.0 {
            return 0.0;
        }
        if beyond_rad >= 1.5 {
            return f64::INFINITY;
        }
        // a (1/cos x − 1) without the difference of two large numbers.
        let (sin_half, _) = libm::sincos(0.5 * beyond_rad);
        let versine = 2.0 * sin_half * sin_half;
        self.radius_m * versine / (1.0 - versine)
    }
}

/// Posts of the relief that a sweep works on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) row: usize,
    pub(crate) rows: usize,
    pub(crate) column: usize,
    pub(crate) columns: usize,
}

impl Window {
    /// Heights of one row of the window; voids are the sea's.
    pub(crate) fn heights_of<'g>(&self, grid: &'g HeightGrid, row: usize) -> &'g [f32] {
        let first = (self.row + row) * grid.geometry().columns + self.column;
        &grid.posts()[first..first + self.columns]
    }
}
