//! Where the cells of a coverage lie: their areas, the circles around sites, and rays from the first.
//!
//! **What it models.** Areas and distances on the ellipsoid of WGS 84 for the cells of a grid of
//! latitude and longitude, without a sine for each cell.
//!
//! **Equation and reference.** Area of a cell: M N cos φ Δφ Δλ with the radii of curvature at its middle
//! (Torge and Müller 2012, eq. 4.13 f.). A place is within the arc s of a site when its chord is shorter
//! than 2 R sin(s / 2R), R = √(M N) at the site; the square of the chord falls apart into terms of the
//! row and the cosine of the difference in longitude. Rays follow the geodesic (Karney 2013), every
//! [`KNOT_M`] metres, and straight lines of latitude and longitude between.
//!
//! **Inputs.** Grid in degrees, sites in radians, radii in metres.
//!
//! **Valid range.** Arcs to 1,000 km; not within a degree of a pole.
//!
//! **Left out.** Height: distances are over ground, at the ellipsoid.
//!
//! **Validated against.** Areas of caps in closed form and geodesics of redan-geo, in the tests below.

use redan_geo::{FLATTENING_RATIO, Geodetic, SEMI_MAJOR_M, geodesic};
use redan_record::coverage::{CellGrid, Coverage};

/// Between places of a ray that are computed, metres; a choice of ours: the bend between them is metres.
const KNOT_M: f64 = 10_000.0;

/// Between places of a ray, metres; about a cell of 30 arc-seconds.
pub(super) const STEP_M: f64 = 1_000.0;

/// Rays from the first site; a choice of ours: 2.5° apart, so that a sixteenth holds nine.
pub(super) const RAYS: usize = 144;

/// What is the same for all layers.
pub(super) struct Places {
    /// Area of a cell of each row, square kilometres.
    pub(super) row_area_km2: Vec<f64>,
    /// Number of naive circles around each cell.
    pub(super) circles_count: Vec<u8>,
    /// Cells along each ray of [`RAYS`], clockwise from north, from the first step to the edge.
    pub(super) rays: Vec<Vec<u32>>,
}

impl Places {
    /// Those of a product that has a site.
    pub(super) fn of(coverage: &Coverage) -> Self {
        let grid = &coverage.grid;
        let mut circles_count = vec![0_u8; grid.len()];
        for site in &coverage.sites {
            add_disc(grid, site.place, site.naive_radius_m, &mut circles_count);
        }
        let rays = coverage.sites.first().map_or_else(Vec::new, |site| {
            let azimuth_deg = |ray: usize| ray as f64 * 360.0 / RAYS as f64;
            (0..RAYS)
                .map(|index| ray(grid, site.place, azimuth_deg(index), coverage.radius_m))
                .collect()
        });
        Self { row_area_km2: row_areas_km2(grid), circles_count, rays }
    }

    /// Area of the cells with a value that is chosen, and of those of them within a naive circle, square
    /// kilometres. `values` has one for each cell.
    pub(super) fn areas_km2(&self, values: &[u8], chosen: impl Fn(u8) -> bool) -> [f64; 2] {
        let columns = (values.len() / self.row_area_km2.len().max(1)).max(1);
        let rows = values.chunks_exact(columns).zip(self.circles_count.chunks_exact(columns));
        let (mut area, mut within) = (0.0, 0.0);
        for ((values, circles), row_km2) in rows.zip(&self.row_area_km2) {
            let (mut number, mut inside) = (0_u32, 0_u32);
            for (value, circles) in values.iter().zip(circles) {
                number += u32::from(chosen(*value));
                inside += u32::from(chosen(*value) & (*circles > 0));
            }
            area += f64::from(number) * row_km2;
            within += f64::from(inside) * row_km2;
        }
        [area, within]
    }
}

/// Place at a distance and azimuth from another, latitude and longitude in degrees.
pub(super) fn away_deg(from: Geodetic, azimuth_deg: f64, distance_m: f64) -> [f64; 2] {
    let end = geodesic::direct(from, azimuth_deg.to_radians(), distance_m).place;
    // On the turn of the start, so that a grid across the antimeridian is not left.
    let turn_deg = end.lon_deg() - from.lon_deg();
    let lon_deg = from.lon_deg() + turn_deg - 360.0 * (turn_deg / 360.0).round();
    [end.lat_deg(), lon_deg]
}

fn row_areas_km2(grid: &CellGrid) -> Vec<f64> {
    let step_rad2 = grid.lat_step_deg.to_radians() * grid.lon_step_deg.to_radians();
    let area = |row: usize| {
        let lat_rad = grid.middle_deg(row, 0)[0].to_radians();
        let (meridian_m, normal_m) = curvature_m(lat_rad);
        meridian_m * normal_m * libm::cos(lat_rad) * step_rad2 / 1e6
    };
    (0..grid.rows).map(area).collect()
}

/// Radii of curvature along the meridian and across it, metres.
fn curvature_m(lat_rad: f64) -> (f64, f64) {
    let e2 = FLATTENING_RATIO * (2.0 - FLATTENING_RATIO);
    let sin = libm::sin(lat_rad);
    let w2 = 1.0 - e2 * sin * sin;
    let normal_m = SEMI_MAJOR_M / w2.sqrt();
    (normal_m * (1.0 - e2) / w2, normal_m)
}

/// Distance from the axis and from the plane of the equator at a latitude, metres.
fn cylinder_m(lat_rad: f64) -> (f64, f64) {
    let e2 = FLATTENING_RATIO * (2.0 - FLATTENING_RATIO);
    let (_, normal_m) = curvature_m(lat_rad);
    (normal_m * libm::cos(lat_rad), normal_m * (1.0 - e2) * libm::sin(lat_rad))
}

/// Counts one more circle in each cell whose middle is nearer to the site than the radius.
fn add_disc(grid: &CellGrid, site: Geodetic, radius_m: f64, count: &mut [u8]) {
    let (meridian_m, normal_m) = curvature_m(site.lat_rad);
    let gauss_m = (meridian_m * normal_m).sqrt();
    let chord_m = 2.0 * gauss_m * libm::sin(radius_m / (2.0 * gauss_m));
    let (site_axis_m, site_plane_m) = cylinder_m(site.lat_rad);
    let cosines: Vec<f64> = (0..grid.columns)
        .map(|column| libm::cos(grid.middle_deg(0, column)[1].to_radians() - site.lon_rad))
        .collect();
    for (row, cells) in count.chunks_exact_mut(grid.columns).enumerate() {
        let (axis_m, plane_m) = cylinder_m(grid.middle_deg(row, 0)[0].to_radians());
        let rise_m = plane_m - site_plane_m;
        let still = axis_m * axis_m + site_axis_m * site_axis_m + rise_m * rise_m;
        let turning = 2.0 * axis_m * site_axis_m;
        for (cell, cosine) in cells.iter_mut().zip(&cosines) {
            *cell += u8::from(still - turning * cosine <= chord_m * chord_m);
        }
    }
}

fn ray(grid: &CellGrid, site: Geodetic, azimuth_deg: f64, radius_m: f64) -> Vec<u32> {
    let knots = (radius_m / KNOT_M).ceil() as usize + 1;
    let knots: Vec<[f64; 2]> =
        (0..=knots).map(|knot| away_deg(site, azimuth_deg, knot as f64 * KNOT_M)).collect();
    let steps = (radius_m / STEP_M) as usize;
    let place = |step: usize| {
        let at = (step + 1) as f64 * STEP_M / KNOT_M;
        let knot = at as usize;
        let part = at - knot as f64;
        let between =
            |axis: usize| knots[knot][axis] + (knots[knot + 1][axis] - knots[knot][axis]) * part;
        cell_at(grid, between(0), between(1))
    };
    (0..steps).map_while(place).collect()
}

/// Cell over a place; `None` outside the grid.
pub(super) fn cell_at(grid: &CellGrid, lat_deg: f64, lon_deg: f64) -> Option<u32> {
    let row = ((lat_deg - grid.south_deg) / grid.lat_step_deg).round();
    let column = ((lon_deg - grid.west_deg) / grid.lon_step_deg).round();
    let inside =
        row >= 0.0 && column >= 0.0 && row < grid.rows as f64 && column < grid.columns as f64;
    inside.then(|| (row as usize * grid.columns + column as usize) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid() -> CellGrid {
        CellGrid {
            south_deg: 36.0,
            west_deg: 27.0,
            lat_step_deg: 1.0 / 60.0,
            lon_step_deg: 1.0 / 60.0,
            rows: 481,
            columns: 661,
        }
    }

    #[test]
    fn areas_of_discs_are_those_of_caps() {
        let grid = grid();
        let site = Geodetic::from_degrees(40.08, 32.57, 900.0);
        for radius_m in [40_000.0, 150_000.0, 400_000.0] {
            let mut count = vec![0; grid.len()];
            add_disc(&grid, site, radius_m, &mut count);
            let rows = row_areas_km2(&grid);
            let area: f64 = (0..grid.len())
                .filter(|cell| count[*cell] == 1)
                .map(|cell| rows[cell / grid.columns])
                .sum();
            let radius_km = 6_371.0;
            let cap = 2.0
                * std::f64::consts::PI
                * radius_km
                * radius_km
                * (1.0 - libm::cos(radius_m / 1e3 / radius_km));
            // Cells of 1.9 km on the edge, and a sphere instead of the ellipsoid.
            let tolerance = if radius_m < 100_000.0 { 0.02 } else { 0.004 };
            assert!((area / cap - 1.0).abs() < tolerance, "{radius_m}: {area} {cap}");
        }
    }

    #[test]
    fn the_edge_of_a_disc_is_where_the_geodesic_ends() {
        let grid = grid();
        let site = Geodetic::from_degrees(40.08, 32.57, 0.0);
        let mut count = vec![0; grid.len()];
        add_disc(&grid, site, 300_000.0, &mut count);
        for azimuth_deg in (0..360).step_by(30) {
            let at = |distance_m: f64| {
                let [lat_deg, lon_deg] = away_deg(site, f64::from(azimuth_deg), distance_m);
                count[cell_at(&grid, lat_deg, lon_deg).unwrap() as usize]
            };
            // A cell of 1.9 km and half a diagonal of it.
            assert_eq!((at(298_000.0), at(302_000.0)), (1, 0), "{azimuth_deg}");
        }
    }

    #[test]
    fn rays_run_along_their_azimuths() {
        let grid = grid();
        let site = Geodetic::from_degrees(40.0, 32.5, 0.0);
        let cells = ray(&grid, site, 0.0, 200_000.0);
        assert_eq!(cells.len(), 200);
        let column = |cell: u32| cell as usize % grid.columns;
        assert!(cells.iter().all(|cell| column(*cell) == 330));
        assert!(cells.windows(2).all(|pair| pair[0] <= pair[1]));
    }
}
