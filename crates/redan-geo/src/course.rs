//! Courses along the ground: the direction of one place from another, the place at a direction and
//! distance, and the ground between two places.
//!
//! All three follow the same great circle of unit normals as [`Earth::sight`] does, so that a profile, a
//! sight and a place ahead never disagree. A circle of normals is no geodesic: at 600 km the place ahead
//! is some tens of metres beside that of Karney's (tested).

use crate::circle::{GreatCircle, east_north, place_of};
use crate::frames::{Geodetic, bearing_of_rad};
use crate::sight::{Earth, Station};
use crate::vector::{blend, norm};
use crate::wgs84::{meridional_m, normal_and_east, prime_vertical_m};

/// Between two nodes a profile is straight in rows and columns of the grid: off the great circle by less
/// than two metres at 50 degrees of latitude.
const NODE_M: f64 = 10_000.0;

impl Station {
    /// Direction of another station along the ground, clockwise from true north, 0 to 2 pi; 0 for the
    /// same place.
    pub fn azimuth_rad(&self, other: &Self) -> f64 {
        let circle = GreatCircle::between(self.normal(), other.normal());
        if circle.angle_rad == 0.0 {
            return 0.0;
        }
        let (_, ahead) = circle.at(0.0);
        let (east, north) = east_north(self.normal(), ahead);
        // A turn of the normal is more ground across the meridian than along it.
        let sin_lat = self.normal()[2];
        bearing_of_rad(east * prime_vertical_m(sin_lat), north * meridional_m(sin_lat))
    }

    /// Place at a direction and a distance at sea level, with the height of this station.
    pub fn ahead(&self, azimuth_rad: f64, arc_m: f64) -> Geodetic {
        let (_, east) = normal_and_east(self.place());
        let up = self.normal();
        let north = [
            up[1] * east[2] - up[2] * east[1],
            up[2] * east[0] - up[0] * east[2],
            up[0] * east[1] - up[1] * east[0],
        ];
        let (sin_az, cos_az) = libm::sincos(azimuth_rad);
        let sin_lat = up[2];
        let (along_m, across_m) = (meridional_m(sin_lat), prime_vertical_m(sin_lat));
        let turn = blend(north, cos_az / along_m, east, sin_az / across_m);
        let per_m = norm(turn);
        let ahead = turn.map(|part| part / per_m);
        let at = |angle_rad: f64| {
            let (sin, cos) = libm::sincos(angle_rad);
            place_of(blend(up, cos, ahead, sin), self.place().height_m)
        };
        let guess_rad = arc_m * per_m;
        // The curvature changes a little on the way: two steps of the rule of three settle it.
        let better = |angle_rad: f64| {
            let reached_m = self.arc_m(&Station::new(at(angle_rad)));
            if reached_m > 0.0 { angle_rad * arc_m / reached_m } else { angle_rad }
        };
        at(better(better(guess_rad)))
    }
}

impl Earth {
    /// Heights of the ground between two stations at equal distances of at most `spacing_m`, both ends
    /// included: at least two heights, of the relief where it is known, else of the sea, 0. They replace
    /// what is in `ground_m`, whose room is used again.
    pub fn profile(&self, from: &Station, to: &Station, spacing_m: f64, ground_m: &mut Vec<f64>) {
        ground_m.clear();
        let arc_m = from.arc_m(to);
        let steps = (arc_m / spacing_m).ceil().clamp(1.0, 100_000.0) as usize;
        let Some(grid) = &self.relief else {
            ground_m.resize(steps + 1, 0.0);
            return;
        };
        let circle = GreatCircle::between(from.normal(), to.normal());
        let nodes = (arc_m / NODE_M).ceil().max(1.0) as usize;
        let node = |index: usize| {
            let (normal, _) = circle.at(index as f64 / nodes as f64 * circle.angle_rad);
            let place = place_of(normal, 0.0);
            grid.position(place.lat_rad, place.lon_rad)
        };
        let columns_round = std::f64::consts::TAU / grid.geometry().lon_step_rad;
        let mut before = (0, node(0), node(1.min(nodes)));
        for step in 0..=steps {
            let at = step as f64 * nodes as f64 / steps as f64;
            let index = (at as usize).min(nodes - 1);
            if index != before.0 {
                before = (index, before.2, node(index + 1));
            }
            let (part, (row0, column0), (row1, column1)) = (at - index as f64, before.1, before.2);
            // A leap of half a turn is the meridian opposite to the grid, far outside it.
            let leaps = (column1 - column0).abs() > 0.5 * columns_round;
            let column = if leaps { -1.0 } else { column0 + (column1 - column0) * part };
            let height_m = grid.height_at_m(row0 + (row1 - row0) * part, column);
            ground_m.push(height_m.unwrap_or(0.0));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::effective::EffectiveEarth;
    use crate::grid::{GridGeometry, HeightGrid};

    #[test]
    fn a_place_ahead_lies_in_that_direction_at_that_distance() {
        for lat_deg in [-60.0, -10.0, 0.0, 40.0, 75.0] {
            let station = Station::new(Geodetic::from_degrees(lat_deg, 32.0, 0.0));
            for step in 0..12 {
                let azimuth_rad = f64::from(step) * std::f64::consts::TAU / 12.0;
                for arc_m in [10.0, 1e4, 2e5, 6e5] {
                    let there = Station::new(station.ahead(azimuth_rad, arc_m));
                    let found_m = station.arc_m(&there);
                    assert!((found_m - arc_m).abs() < 1e-3 + 1e-7 * arc_m, "{arc_m}: {found_m}");
                    let off_rad = crate::wrap_pi_rad(station.azimuth_rad(&there) - azimuth_rad);
                    assert!(off_rad.abs() < 1e-9, "{azimuth_rad}: {off_rad}");
                }
            }
        }
    }

    #[test]
    fn val_geographiclib_places_ahead_are_those_of_the_geodesic() {
        for azimuth_deg in [0.0_f64, 30.0, 90.0, 210.0] {
            let from = Geodetic::from_degrees(40.0, 32.0, 0.0);
            let ours = Station::new(Station::new(from).ahead(azimuth_deg.to_radians(), 6e5));
            let geodesic = crate::geodesic::direct(from, azimuth_deg.to_radians(), 6e5);
            let theirs = Station::new(geodesic.place);
            // The circle of normals leaves the geodesic by some metres in 600 km.
            assert!(ours.arc_m(&theirs) < 100.0, "{azimuth_deg}: {}", ours.arc_m(&theirs));
        }
    }

    fn sloped() -> Earth {
        let geometry = GridGeometry {
            south_rad: 0.6,
            west_rad: 0.5,
            lat_step_rad: 0.001,
            lon_step_rad: 0.001,
            rows: 101,
            columns: 101,
        };
        let heights = (0..101 * 101).map(|index| (index / 101) as f32 * 10.0).collect();
        let grid = HeightGrid::new(geometry, heights).expect("a grid");
        Earth::with_relief(EffectiveEarth::default(), Arc::new(grid))
    }

    #[test]
    fn a_profile_has_the_ground_at_equal_distances() {
        let earth = sloped();
        let place = |lat_rad, lon_rad| Station::new(Geodetic { lat_rad, lon_rad, height_m: 0.0 });
        let (from, to) = (place(0.61, 0.51), place(0.68, 0.58));
        let mut ground_m = vec![1.0; 7];
        earth.profile(&from, &to, 500.0, &mut ground_m);
        let arc_m = from.arc_m(&to);
        assert_eq!(ground_m.len(), (arc_m / 500.0).ceil() as usize + 1);
        let azimuth_rad = from.azimuth_rad(&to);
        let step_m = arc_m / (ground_m.len() - 1) as f64;
        for (index, height_m) in ground_m.iter().enumerate() {
            let at = from.ahead(azimuth_rad, index as f64 * step_m);
            let wanted_m = earth.ground_m(at.lat_rad, at.lon_rad);
            assert!((height_m - wanted_m).abs() < 0.1, "{index}: {height_m} {wanted_m}");
        }
        earth.profile(&from, &from, 500.0, &mut ground_m);
        assert_eq!(ground_m.len(), 2);
    }
}
