//! The skyline of a radar along one course: the lowest height that it sees over each place, and the ground under
//! the way there.
//!
//! **Models** the highest tangent of elevation of the ground so far, which only rises along a course. The
//! ground is sampled twice as finely as its posts and eight times as finely close to the radar, where a crest
//! missed by a few metres is missed by degrees — the rule of [`redan_geo::SightMap`], which does the same for all
//! directions at once and for whoever may ask later; a course asks here once, in its own direction.
//! **Inputs**: metres, heights above sea level. **Left out**: ground beside the course.
//! **Validated against** the exact ray over hills (tests below), and the running engine over real relief
//! (`tests/val_coverage.rs`).

use redan_geo::{Earth, Station};

/// Posts from the radar within which the ground is sampled more finely, and samples between two posts there.
const NEAR_POSTS: f64 = 48.0;
const NEAR_FINE: f64 = 8.0;

/// Tangent of elevation where there is no ground yet: straight down.
const DOWN: f64 = -1e9;

/// What a radar has before it along a course.
#[derive(Clone, Debug)]
pub(super) struct Skyline {
    /// Distance between the heights of the ground; what is asked for or a little less.
    pub(super) step_m: f64,
    /// Heights of the ground at equal distances from the radar, its own first; empty over the smooth Earth.
    pub(super) ground_m: Vec<f64>,
    /// Lowest visible height, and distance of the edge that makes the horizon, at each place asked for.
    pub(super) lowest_m: Vec<(f64, f64)>,
}

/// Ground at rising distances, of which the highest so far counts.
struct Samples {
    heights_m: Vec<f64>,
    step_m: f64,
    next: usize,
}

/// Highest tangent so far, and where.
#[derive(Clone, Copy)]
struct Edge {
    tangent_ratio: f64,
    arc_m: f64,
}

impl Skyline {
    /// Looks along a course towards its `end`, at places that lie at rising distances `arcs_m` about `step_m` apart.
    pub(super) fn new(
        earth: &Earth,
        radar: &Station,
        end: &Station,
        step_m: f64,
        arcs_m: impl Iterator<Item = f64>,
    ) -> Skyline {
        let own_m = radar.place().height_m;
        let Some(relief) = &earth.relief else {
            let edge_m = earth.effective.horizon_arc_m(own_m);
            let lowest =
                |arc_m: f64| (earth.effective.lowest_visible_m(own_m, arc_m), edge_m.min(arc_m));
            return Skyline {
                step_m,
                ground_m: Vec::new(),
                lowest_m: arcs_m.map(lowest).collect(),
            };
        };
        let posts_m = relief.post_spacing_m();
        let fine = (2.0 * step_m / posts_m).ceil().max(1.0);
        let steps = (radar.arc_m(end) / step_m).ceil().max(1.0);
        let mut far = Samples::between(earth, radar, end, steps * fine);
        let near_m = (NEAR_POSTS * posts_m).min(radar.arc_m(end));
        let close = Station::new(radar.ahead(radar.azimuth_rad(end), near_m));
        let mut near =
            Samples::between(earth, radar, &close, (near_m / posts_m * NEAR_FINE).ceil());
        let mut edge = Edge { tangent_ratio: DOWN, arc_m: 0.0 };
        let lowest = |arc_m: f64| {
            far.raise(&mut edge, earth, own_m, arc_m);
            near.raise(&mut edge, earth, own_m, arc_m);
            (earth.effective.arrival_m(own_m, edge.tangent_ratio, arc_m), edge.arc_m.min(arc_m))
        };
        let lowest_m = arcs_m.map(lowest).collect();
        let ground_m = far.heights_m.iter().step_by(fine as usize).copied().collect();
        Skyline { step_m: far.step_m * fine, ground_m, lowest_m }
    }
}

impl Samples {
    fn between(earth: &Earth, from: &Station, to: &Station, count: f64) -> Samples {
        let mut heights_m = Vec::new();
        let arc_m = from.arc_m(to);
        // A hair more than the spacing, so that rounding makes no sample more.
        earth.profile(from, to, arc_m / count * (1.0 + 1e-9), &mut heights_m);
        let step_m = arc_m / (heights_m.len() - 1) as f64;
        Samples { heights_m, step_m, next: 1 }
    }

    /// Takes all ground up to a distance.
    fn raise(&mut self, edge: &mut Edge, earth: &Earth, own_m: f64, until_m: f64) {
        while let Some(height_m) = self.heights_m.get(self.next) {
            let arc_m = self.next as f64 * self.step_m;
            if arc_m > until_m {
                break;
            }
            let tangent_ratio = earth.effective.tangent_ratio(own_m, *height_m, arc_m);
            if tangent_ratio > edge.tangent_ratio {
                *edge = Edge { tangent_ratio, arc_m };
            }
            self.next += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use redan_geo::{EffectiveEarth, Geodetic, GridGeometry, HeightGrid};

    use super::*;

    /// Hills of some hundred metres, a few posts wide, in posts of 30 arc-seconds.
    fn hills() -> Earth {
        let post_rad = (1.0_f64 / 120.0).to_radians();
        let geometry = GridGeometry {
            south_rad: 39.0_f64.to_radians(),
            west_rad: 31.0_f64.to_radians(),
            lat_step_rad: post_rad,
            lon_step_rad: post_rad,
            rows: 241,
            columns: 361,
        };
        let height = |post: usize| {
            let (row, column) = ((post / 361) as f64, (post % 361) as f64);
            (400.0 + 250.0 * libm::sin(row / 3.1) * libm::cos(column / 4.3 + row / 9.0)) as f32
        };
        let heights_m = (0..241 * 361).map(height).collect();
        let grid = HeightGrid::new(geometry, heights_m).expect("a grid");
        Earth::with_relief(EffectiveEarth::default(), Arc::new(grid))
    }

    /// Lowest height over a place that the exact ray sees, to 10 cm.
    fn lowest_by_ray_m(earth: &Earth, radar: &Station, place: &Geodetic) -> f64 {
        let sees = |height_m: f64| {
            earth.sight_between(radar, &Station::new(place.at_height(height_m))).visible
        };
        let (mut hidden_m, mut seen_m) = (-1_000.0, 20_000.0);
        while seen_m - hidden_m > 0.1 {
            let middle_m = 0.5 * (hidden_m + seen_m);
            *(if sees(middle_m) { &mut seen_m } else { &mut hidden_m }) = middle_m;
        }
        seen_m
    }

    #[test]
    fn the_lowest_visible_height_is_that_of_the_exact_ray() {
        let earth = hills();
        let radar = Station::new(Geodetic::from_degrees(40.0, 32.5, 680.0));
        let (step_m, count) = (900.0, 90);
        let mut off_m = Vec::new();
        for direction in 0..24 {
            let azimuth_rad = f64::from(direction) * 0.26;
            let place = |index: u32| radar.ahead(azimuth_rad, f64::from(index) * step_m);
            let arcs_m = (1..=count).map(|index| f64::from(index) * step_m);
            let skyline = Skyline::new(&earth, &radar, &Station::new(place(count)), step_m, arcs_m);
            assert_eq!(skyline.lowest_m.len(), count as usize);
            for index in (3..=count).step_by(6) {
                let exact_m = lowest_by_ray_m(&earth, &radar, &place(index));
                let (lowest_m, edge_m) = skyline.lowest_m[index as usize - 1];
                assert!((0.0..=f64::from(index) * step_m).contains(&edge_m));
                off_m.push((lowest_m - exact_m).abs());
            }
        }
        off_m.sort_by(f64::total_cmp);
        let share = |part: f64| off_m[(off_m.len() as f64 * part) as usize];
        // A crest between two samples, a third of a post apart, is higher by metres at most, and throws its
        // shadow on what lies behind it. Half a standard deviation of the relief itself is 2.5 m.
        assert!(share(0.5) < 2.5, "half of the places within {}", share(0.5));
        assert!(share(0.95) < 15.0, "nineteen of twenty within {}", share(0.95));
    }

    #[test]
    fn over_the_smooth_earth_it_is_the_closed_form() {
        let earth = Earth::smooth(EffectiveEarth::default());
        let radar = Station::new(Geodetic::from_degrees(40.0, 32.5, 30.0));
        let end = Station::new(radar.ahead(1.0, 100e3));
        let skyline = Skyline::new(&earth, &radar, &end, 1e3, [50e3, 100e3].into_iter());
        assert!(skyline.ground_m.is_empty());
        // 30 m see 22.6 km: 100 km away everything below 353 m is hidden.
        assert!((skyline.lowest_m[1].0 - 353.0).abs() < 2.0, "{:?}", skyline.lowest_m);
    }
}
