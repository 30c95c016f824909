//! Relief in memory: a regular grid of heights by latitude and longitude.
//!
//! Posts are points, not cells: a height belongs to the corner it stands on, and between posts the
//! surface is bilinear. Where the heights come from is the business of other crates.

use crate::effective::MEAN_RADIUS_M;
use crate::error::GeoError;
use crate::frames::wrap_pi_rad;
use crate::maxima::Maxima;

/// No relief of the Earth is farther from sea level than this.
const EXTREME_M: f32 = 12_000.0;

/// A place this many posts outside the grid counts as on its edge: rounding of angles, not distance.
pub(crate) const EDGE_POSTS: f64 = 1e-6;

/// Where the posts of a grid stand. Latitudes and longitudes in radians.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GridGeometry {
    /// Latitude of the southernmost row.
    pub south_rad: f64,
    /// Longitude of the westernmost column, east positive; any turn.
    pub west_rad: f64,
    /// Between rows.
    pub lat_step_rad: f64,
    /// Between columns.
    pub lon_step_rad: f64,
    /// Number of rows, at least 2.
    pub rows: usize,
    /// Number of columns, at least 2; together at most one turn.
    pub columns: usize,
}

/// Corners of a grid, radians; east is not wrapped and so never less than west.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// Southernmost row.
    pub south_rad: f64,
    /// Northernmost row.
    pub north_rad: f64,
    /// Westernmost column.
    pub west_rad: f64,
    /// Easternmost column.
    pub east_rad: f64,
}

/// Heights above sea level at regular posts, with voids. Immutable once made.
#[derive(Clone, Debug, PartialEq)]
pub struct HeightGrid {
    geometry: GridGeometry,
    heights_m: Vec<f32>,
    rows_per_rad: f64,
    columns_per_rad: f64,
    half_width_rad: f64,
    highest_m: f64,
    maxima: Maxima,
    post_spacing_m: f64,
}

impl HeightGrid {
    /// Grid of heights, row by row from the south, each row from the west; NaN is a void.
    ///
    /// # Errors
    /// [`GeoError`] when the count, the geometry or a height is wrong; the first fault found.
    pub fn new(geometry: GridGeometry, heights_m: Vec<f32>) -> Result<Self, GeoError> {
        check_geometry(&geometry)?;
        check_heights(&geometry, &heights_m)?;
        let highest_m = heights_m.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        Ok(Self {
            rows_per_rad: 1.0 / geometry.lat_step_rad,
            columns_per_rad: 1.0 / geometry.lon_step_rad,
            half_width_rad: 0.5 * (geometry.columns - 1) as f64 * geometry.lon_step_rad,
            highest_m: f64::from(highest_m),
            maxima: Maxima::of(&heights_m, geometry.columns),
            post_spacing_m: post_spacing_m(&geometry),
            geometry,
            heights_m,
        })
    }

    /// Height at a place by bilinear interpolation; `None` outside the posts and where a post that
    /// counts is void.
    #[inline]
    pub fn height_m(&self, lat_rad: f64, lon_rad: f64) -> Option<f64> {
        let (row, column) = self.position(lat_rad, lon_rad);
        self.height_at_m(row, column)
    }

    /// Height at a position in rows from the south and columns from the west, both with fractions.
    #[inline]
    pub(crate) fn height_at_m(&self, row: f64, column: f64) -> Option<f64> {
        let (south, up) = cell(row, self.geometry.rows)?;
        let (west, right) = cell(column, self.geometry.columns)?;
        let first = south * self.geometry.columns + west;
        let next = first + self.geometry.columns;
        let below = between(&self.heights_m[first..first + 2], right);
        let above = between(&self.heights_m[next..next + 2], right);
        // A void next to a place that lies exactly on the other row must not count.
        let height_m = match up {
            0.0 => below,
            1.0 => above,
            _ => below + (above - below) * up,
        };
        (!height_m.is_nan()).then_some(height_m)
    }

    /// Rows from the south and columns from the west of any place, inside the grid or not. Columns are
    /// counted the shorter way round from the middle of the grid.
    #[inline]
    pub(crate) fn position(&self, lat_rad: f64, lon_rad: f64) -> (f64, f64) {
        let row = (lat_rad - self.geometry.south_rad) * self.rows_per_rad;
        let from_middle_rad = wrap_pi_rad(lon_rad - self.geometry.west_rad - self.half_width_rad);
        (row, (from_middle_rad + self.half_width_rad) * self.columns_per_rad)
    }

    /// A height that the ground, sea and voids included, does not exceed between two positions as
    /// [`HeightGrid::position`] gives them: anywhere in the box whose opposite corners they are.
    pub(crate) fn bound_m(&self, rows: (f64, f64), columns: (f64, f64)) -> f64 {
        let inside =
            |(a, b): (f64, f64), posts: usize| a.min(b) >= 0.0 && a.max(b) <= (posts - 1) as f64;
        let all = inside(rows, self.geometry.rows) && inside(columns, self.geometry.columns);
        let sea_m = if all { f64::NEG_INFINITY } else { 0.0 };
        match (span(rows, self.geometry.rows), span(columns, self.geometry.columns)) {
            (Some(rows), Some(columns)) => self.maxima.bound_m(rows, columns).max(sea_m),
            _ => sea_m,
        }
    }

    /// Where the posts stand.
    pub const fn geometry(&self) -> &GridGeometry {
        &self.geometry
    }

    /// All heights, row by row from the south, each row from the west; NaN is a void.
    pub fn posts(&self) -> &[f32] {
        &self.heights_m
    }

    /// Height at a post, `None` for a void or outside. Rows count from the south, columns from the west.
    pub fn post_m(&self, row: usize, column: usize) -> Option<f64> {
        let inside = row < self.geometry.rows && column < self.geometry.columns;
        let height_m = inside.then(|| self.heights_m[row * self.geometry.columns + column])?;
        (!height_m.is_nan()).then_some(f64::from(height_m))
    }

    /// Corners.
    pub fn bounds(&self) -> Bounds {
        let g = &self.geometry;
        Bounds {
            south_rad: g.south_rad,
            north_rad: g.south_rad + (g.rows - 1) as f64 * g.lat_step_rad,
            west_rad: g.west_rad,
            east_rad: g.west_rad + (g.columns - 1) as f64 * g.lon_step_rad,
        }
    }

    /// Highest post; negative infinity when all are void.
    pub const fn highest_m(&self) -> f64 {
        self.highest_m
    }

    /// Smaller of the two distances between posts, at the middle latitude of the grid.
    pub const fn post_spacing_m(&self) -> f64 {
        self.post_spacing_m
    }
}

/// First and last post that count between two positions; `None` when all lie outside.
fn span((a, b): (f64, f64), posts: usize) -> Option<(usize, usize)> {
    // Room for rounding, so that a post that is just met counts.
    let (low, high) = ((a.min(b) - EDGE_POSTS).floor(), (a.max(b) + EDGE_POSTS).ceil());
    let last = (posts - 1) as f64;
    (high >= 0.0 && low <= last).then(|| (low.max(0.0) as usize, high.min(last) as usize))
}

/// Index of the lower post and the part of the way to the next.
fn cell(position: f64, posts: usize) -> Option<(usize, f64)> {
    let last = (posts - 1) as f64;
    // NaN fails this comparison too, and so lies outside.
    if !(position >= -EDGE_POSTS && position <= last + EDGE_POSTS) {
        return None;
    }
    let inside = position.clamp(0.0, last);
    let lower = (inside as usize).min(posts - 2);
    Some((lower, inside - lower as f64))
}

/// Linear between two posts; a void counts only when it has weight.
fn between(pair: &[f32], part: f64) -> f64 {
    let (low, high) = (f64::from(pair[0]), f64::from(pair[1]));
    match part {
        0.0 => low,
        1.0 => high,
        _ => low + (high - low) * part,
    }
}

fn check_geometry(g: &GridGeometry) -> Result<(), GeoError> {
    if g.rows < 2 || g.columns < 2 {
        return Err(GeoError::TooFewPosts { rows: g.rows, columns: g.columns });
    }
    let wrong =
        |field, value_rad, problem| Err(GeoError::GridGeometry { field, value_rad, problem });
    if !g.south_rad.is_finite() || g.south_rad.abs() > QUARTER_TURN {
        return wrong("southern edge", g.south_rad, "not a latitude");
    }
    if !g.west_rad.is_finite() || g.west_rad.abs() > 4.0 * QUARTER_TURN {
        return wrong("western edge", g.west_rad, "not a longitude");
    }
    if !(g.lat_step_rad.is_finite() && g.lat_step_rad >= SMALLEST_STEP_RAD) {
        return wrong("latitude step", g.lat_step_rad, "not a positive angle above 1e-8");
    }
    if !(g.lon_step_rad.is_finite() && g.lon_step_rad >= SMALLEST_STEP_RAD) {
        return wrong("longitude step", g.lon_step_rad, "not a positive angle above 1e-8");
    }
    if g.south_rad + (g.rows - 1) as f64 * g.lat_step_rad > QUARTER_TURN {
        return wrong("latitude step", g.lat_step_rad, "the northern edge is beyond the pole");
    }
    if (g.columns - 1) as f64 * g.lon_step_rad > 4.0 * QUARTER_TURN {
        return wrong("longitude step", g.lon_step_rad, "the columns go round more than once");
    }
    Ok(())
}

/// A quarter turn, with room for the rounding of edges converted from degrees.
const QUARTER_TURN: f64 = std::f64::consts::FRAC_PI_2 * (1.0 + 1e-9);

/// Six centimetres: finer steps are a mistaken unit, and rays over them would never end.
const SMALLEST_STEP_RAD: f64 = 1e-8;

fn check_heights(g: &GridGeometry, heights_m: &[f32]) -> Result<(), GeoError> {
    let (rows, columns, found) = (g.rows, g.columns, heights_m.len());
    let needed = rows.saturating_mul(columns);
    if found != needed {
        return Err(GeoError::HeightCount { rows, columns, needed, found });
    }
    match heights_m.iter().position(|h| h.abs() > EXTREME_M) {
        Some(index) => Err(GeoError::Height { index, height_m: heights_m[index] }),
        None => Ok(()),
    }
}

fn post_spacing_m(g: &GridGeometry) -> f64 {
    let middle_rad = g.south_rad + 0.5 * (g.rows - 1) as f64 * g.lat_step_rad;
    // Towards a pole the columns crowd; an eighth of the rows' spacing is fine enough there.
    let narrow_rad = g.lon_step_rad * libm::cos(middle_rad);
    let step_rad = g.lat_step_rad.min(narrow_rad).max(g.lat_step_rad / 8.0);
    step_rad * MEAN_RADIUS_M
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "values that are met exactly are compared exactly")]
mod tests {
    use super::*;

    const WEST_RAD: f64 = 3.139;

    fn small(heights_m: Vec<f32>) -> Result<HeightGrid, GeoError> {
        let geometry = GridGeometry {
            south_rad: 0.1,
            west_rad: WEST_RAD,
            lat_step_rad: 0.001,
            lon_step_rad: 0.002,
            rows: 2,
            columns: 3,
        };
        HeightGrid::new(geometry, heights_m)
    }

    #[test]
    fn heights_are_bilinear_between_posts_and_none_outside() {
        let grid = small(vec![0.0, 10.0, 20.0, 100.0, 110.0, 120.0]).unwrap();
        let height_m = grid.height_m(0.1005, WEST_RAD + 0.001).unwrap();
        assert!((height_m - 55.0).abs() < 1e-6);
        assert_eq!(grid.height_m(0.1015, WEST_RAD + 0.001), None);
        assert_eq!(grid.height_m(0.1, 3.1), None);
        assert_eq!(grid.height_m(f64::NAN, WEST_RAD + 0.001), None);
        assert_eq!(grid.post_m(1, 2), Some(120.0));
        assert_eq!(grid.post_m(2, 0), None);
        assert_eq!(grid.highest_m(), 120.0);
    }

    #[test]
    fn a_grid_across_the_date_line_answers_either_way_round() {
        let grid = small(vec![0.0, 10.0, 20.0, 0.0, 10.0, 20.0]).unwrap();
        let turn_rad = std::f64::consts::TAU;
        let east_m = grid.height_m(0.1, WEST_RAD + 0.0035).unwrap();
        let west_m = grid.height_m(0.1, WEST_RAD + 0.0035 - turn_rad).unwrap();
        assert!((east_m - 17.5).abs() < 1e-6 && (west_m - 17.5).abs() < 1e-6);
    }

    #[test]
    fn a_void_counts_only_where_it_has_weight() {
        let grid = small(vec![1.0, f32::NAN, 3.0, 4.0, 5.0, 6.0]).unwrap();
        assert_eq!(grid.height_m(0.1, WEST_RAD), Some(1.0));
        assert_eq!(grid.height_m(0.1005, WEST_RAD + 0.001), None);
        assert_eq!(grid.post_m(0, 1), None);
    }

    #[test]
    fn wrong_grids_are_refused_with_a_hint() {
        let count = small(vec![0.0; 5]).unwrap_err();
        assert!(matches!(count, GeoError::HeightCount { needed: 6, found: 5, .. }));
        let height = small(vec![0.0, 0.0, 0.0, 0.0, 32_767.0, 0.0]).unwrap_err();
        assert!(matches!(height, GeoError::Height { index: 4, .. }));
        let degrees = GridGeometry {
            south_rad: 50.0,
            west_rad: 20.0,
            lat_step_rad: 0.01,
            lon_step_rad: 0.01,
            rows: 2,
            columns: 2,
        };
        let geometry = HeightGrid::new(degrees, vec![0.0; 4]).unwrap_err();
        assert!(geometry.to_string().contains("hint:"));
    }
}
