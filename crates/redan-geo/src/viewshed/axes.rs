//! What a sweep needs to know of each row and column: distances and the directions of great circles.

use super::Window;
use crate::effective::EffectiveEarth;
use crate::grid::{GridGeometry, HeightGrid};
use crate::sight::Station;
use crate::wgs84::{meridional_m, prime_vertical_m};

/// Rows, columns and the observer among them.
pub(crate) struct Axes {
    pub(crate) window: Window,
    /// Observer in rows and columns of the window, with fractions.
    pub(crate) row: f64,
    pub(crate) column: f64,
    /// Radius of the effective sphere and height of the observer, metres.
    pub(crate) radius_m: f32,
    pub(crate) height_m: f32,
    /// Largest q inside the distance asked for, and the factor of its correction.
    pub(crate) most_q: f32,
    pub(crate) bend: f32,
    pub(crate) rows: Vec<Row>,
    pub(crate) columns: Columns,
    /// The rows once more, as a line along a column wants them.
    pub(crate) along: Along,
    /// Rows in the length of a column.
    pub(crate) slant: f64,
}

/// What all posts of one row have in common.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    /// q of the difference of latitude alone.
    pub(crate) q_lat: f32,
    /// Factor of [`Column::q_lon`] in q.
    pub(crate) q_scale: f32,
    /// sin(φ₀ − φ), positive south of the observer.
    pub(crate) sine: f32,
    /// 2 sin φ cos φ₀: what the bulge of the great circle to the pole adds, times [`Column::q_lon`].
    pub(crate) bulge: f32,
    /// cos φ / cos φ₀.
    pub(crate) narrow: f32,
}

/// What all posts of one column have in common, each quantity contiguous.
#[derive(Clone, Debug)]
pub(crate) struct Columns {
    /// sin²(Δλ/2).
    pub(crate) q_lon: Vec<f32>,
    /// sin(λ₀ − λ), positive west of the observer.
    pub(crate) sine: Vec<f32>,
}

/// The same of one column.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    pub(crate) q_lon: f32,
    pub(crate) sine: f32,
}

impl Columns {
    pub(crate) fn at(&self, column: usize) -> Column {
        Column { q_lon: self.q_lon[column], sine: self.sine[column] }
    }
}

/// Quantities of [`Row`], each contiguous; `sine` and `bulge` times `narrow`.
#[derive(Clone, Debug)]
pub(crate) struct Along {
    pub(crate) q_lat: Vec<f32>,
    pub(crate) q_scale: Vec<f32>,
    pub(crate) sine: Vec<f32>,
    pub(crate) bulge: Vec<f32>,
}

impl Along {
    fn new(rows: &[Row]) -> Along {
        let all = |of: fn(&Row) -> f32| rows.iter().map(of).collect();
        Along {
            q_lat: all(|row| row.q_lat),
            q_scale: all(|row| row.q_scale),
            sine: all(|row| row.sine * row.narrow),
            bulge: all(|row| row.bulge * row.narrow),
        }
    }
}

impl Axes {
    /// `None` where the observer does not stand between the posts, or is not a number.
    pub(crate) fn new(
        grid: &HeightGrid,
        effective: EffectiveEarth,
        from: &Station,
        max_arc_m: f64,
    ) -> Option<Axes> {
        let g = *grid.geometry();
        let place = from.place();
        let (row, column) = grid.position(place.lat_rad, place.lon_rad);
        let (row, column) = (onto_post(row), onto_post(column));
        let inside = row >= 0.0
            && row <= (g.rows - 1) as f64
            && column >= 0.0
            && column <= (g.columns - 1) as f64;
        if !inside || !place.height_m.is_finite() || max_arc_m.is_nan() || max_arc_m <= 0.0 {
            return None;
        }
        let window = window(&g, place.lat_rad, (row, column), max_arc_m);
        let (sin0, cos0) = libm::sincos(place.lat_rad);
        let rows: Vec<Row> = (0..window.rows)
            .map(|index| {
                let lat_rad = g.south_rad + (window.row + index) as f64 * g.lat_step_rad;
                row_at(lat_rad, place.lat_rad, cos0, effective.radius_m)
            })
            .collect();
        let own_column = column - window.column as f64;
        let east_rad = |index: usize| (index as f64 - own_column) * g.lon_step_rad;
        let half = |index: usize| libm::sin(0.5 * east_rad(index));
        let columns = Columns {
            q_lon: (0..window.columns)
                .map(|index| {
                    let half = half(index);
                    (half * half) as f32
                })
                .collect(),
            sine: (0..window.columns).map(|index| -libm::sin(east_rad(index)) as f32).collect(),
        };
        let k = prime_vertical_m(sin0) / effective.radius_m;
        let half = libm::sin(0.5 * max_arc_m.min(3.0 * effective.radius_m) / effective.radius_m);
        Some(Axes {
            window,
            row: row - window.row as f64,
            column: own_column,
            radius_m: effective.radius_m as f32,
            height_m: place.height_m as f32,
            most_q: (half * half) as f32,
            bend: ((1.0 - k * k) / (3.0 * k * k)) as f32,
            along: Along::new(&rows),
            rows,
            columns,
            slant: g.lon_step_rad / g.lat_step_rad,
        })
    }

    /// Where the posts of the window stand.
    pub(crate) fn geometry(&self, grid: &HeightGrid) -> GridGeometry {
        let g = grid.geometry();
        GridGeometry {
            south_rad: g.south_rad + self.window.row as f64 * g.lat_step_rad,
            west_rad: g.west_rad + self.window.column as f64 * g.lon_step_rad,
            rows: self.window.rows,
            columns: self.window.columns,
            ..*g
        }
    }

    /// Columns by which a ray shifts when it comes one row nearer to the observer, from the post at a row
    /// and column: negative to the west. Beyond −1 to 1 the post belongs to the sectors of columns.
    #[inline]
    pub(crate) fn shift_by_row(&self, row: &Row, column: Column) -> f32 {
        let ahead = (row.sine.abs() + row.sine.signum() * row.bulge * column.q_lon).max(1e-12);
        column.sine / (ahead * row.narrow * self.slant as f32)
    }

    /// Rows by which a ray shifts when it comes one column nearer to the observer.
    #[inline]
    pub(crate) fn shift_by_column(&self, row: &Row, column: Column) -> f32 {
        let along = (row.sine + row.bulge * column.q_lon) * row.narrow * self.slant as f32;
        along / column.sine.abs().max(1e-12)
    }
}

/// A hair beside a post is on it: rounding of angles, not distance.
fn onto_post(position: f64) -> f64 {
    let whole = position.round();
    if (position - whole).abs() < 1e-6 { whole } else { position }
}

fn row_at(lat_rad: f64, lat0_rad: f64, cos0: f64, radius_m: f64) -> Row {
    let (sin, cos) = libm::sincos(lat_rad);
    // The radii of curvature halfway between the two latitudes are those of the chord between.
    let middle = libm::sin(0.5 * (lat_rad + lat0_rad));
    let along = meridional_m(middle) / radius_m;
    let across = prime_vertical_m(middle) / radius_m;
    let half = libm::sin(0.5 * (lat_rad - lat0_rad));
    Row {
        q_lat: (along * along * half * half) as f32,
        q_scale: (across * across * cos0 * cos) as f32,
        sine: libm::sin(lat0_rad - lat_rad) as f32,
        bulge: (2.0 * sin * cos0) as f32,
        narrow: (cos / cos0.max(1e-9)) as f32,
    }
}

/// Posts within a distance, with one to spare.
fn window(g: &GridGeometry, lat_rad: f64, (row, column): (f64, f64), max_arc_m: f64) -> Window {
    // The least radius of curvature of the ellipsoid, so that the window is rather too large.
    let reach_rad = (max_arc_m / 6_335_000.0).min(3.0);
    let cos = libm::cos((lat_rad.abs() + reach_rad).min(std::f64::consts::FRAC_PI_2));
    let span = |at: f64, reach: f64, posts: usize| {
        let first = (at - reach).floor().max(0.0) as usize;
        let last = ((at + reach).ceil() as usize).min(posts - 1);
        let first = first.min(posts - 2);
        (first, last.max(first + 1) - first + 1)
    };
    let (first_row, rows) = span(row, reach_rad / g.lat_step_rad, g.rows);
    let wide_rad = reach_rad / cos.max(1e-3);
    let (first_column, columns) = span(column, wide_rad / g.lon_step_rad, g.columns);
    Window { row: first_row, rows, column: first_column, columns }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frames::Geodetic;

    #[test]
    fn distances_and_shifts_are_those_of_great_circles() {
        let geometry = GridGeometry {
            south_rad: 0.62,
            west_rad: 0.48,
            lat_step_rad: 1.5e-4,
            lon_step_rad: 1.5e-4,
            rows: 1200,
            columns: 1500,
        };
        let grid = HeightGrid::new(geometry, vec![0.0; 1200 * 1500]).expect("a grid");
        let earth = EffectiveEarth::default();
        let at = |row: f64, column: f64| Geodetic {
            lat_rad: 0.62 + row * 1.5e-4,
            lon_rad: 0.48 + column * 1.5e-4,
            height_m: 0.0,
        };
        let from = Station::new(at(600.0, 750.0));
        let axes = Axes::new(&grid, earth, &from, 1e6).expect("inside");
        let own = |row: f64, column: f64| {
            (row as usize - axes.window.row, column as usize - axes.window.column)
        };
        for (row, column) in [(700.0, 800.0), (200.0, 300.0), (1100.0, 700.0), (620.0, 1400.0)] {
            let to = Station::new(at(row, column));
            let (r, c) = own(row, column);
            let q = axes.rows[r].q_lat + axes.rows[r].q_scale * axes.columns.q_lon[c];
            let q = q * (1.0 + axes.bend * q);
            let found_m = 2.0 * earth.radius_m * libm::asin(f64::from(q).sqrt());
            let arc_m = from.arc_m(&to);
            assert!((found_m / arc_m - 1.0).abs() < 1e-5, "{row} {column}: {found_m} {arc_m}");
            // A place a little nearer on the same great circle, in rows and columns.
            let near = to.ahead(to.azimuth_rad(&from), 50.0);
            let (rows, columns) =
                ((near.lat_rad - 0.62) / 1.5e-4 - row, (near.lon_rad - 0.48) / 1.5e-4 - column);
            let by_row = f64::from(axes.shift_by_row(&axes.rows[r], axes.columns.at(c)));
            if by_row.abs() <= 1.0 {
                assert!((columns / rows.abs() - by_row).abs() < 2e-3, "{row} {column}: {by_row}");
            }
            let by_column = f64::from(axes.shift_by_column(&axes.rows[r], axes.columns.at(c)));
            if by_column.abs() <= 1.0 {
                assert!(
                    (rows / columns.abs() - by_column).abs() < 2e-3,
                    "{row} {column}: {by_column}"
                );
            }
        }
    }
}
