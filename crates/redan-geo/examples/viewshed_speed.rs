//! Speed of the lowest-visible-height map, and its error against exact rays, over hills made up here:
//! `cargo run --release --example viewshed_speed -p redan-geo`.

use std::f64::consts::TAU;
use std::sync::Arc;
use std::time::Instant;

use redan_geo::{Earth, EffectiveEarth, Geodetic, GridGeometry, HeightGrid, Station};

/// Ridges of several lengths, 0 to 3000 m: rough enough that most low places are hidden.
fn hills(posts: usize, step_deg: f64) -> HeightGrid {
    let mut state = 7_u64;
    let mut draw = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f64 / (1_u64 << 24) as f64
    };
    let waves: Vec<[f64; 4]> = (0..24)
        .map(|n| {
            let length = 400.0 / (1.0 + f64::from(n) * 1.7);
            [draw() * TAU, draw() * TAU, TAU / length, length * 3.0]
        })
        .collect();
    let height_m = |row: usize, column: usize| {
        let (x, y) = (column as f64, row as f64);
        let sum: f64 = waves
            .iter()
            .map(|w| w[3] * libm::sin(w[2] * (x * libm::cos(w[0]) + y * libm::sin(w[0])) + w[1]))
            .sum();
        (800.0 + 0.25 * sum).max(0.0) as f32
    };
    let geometry = GridGeometry {
        south_rad: 46.0_f64.to_radians(),
        west_rad: 8.0_f64.to_radians(),
        lat_step_rad: step_deg.to_radians(),
        lon_step_rad: step_deg.to_radians(),
        rows: posts,
        columns: posts,
    };
    let heights = (0..posts * posts).map(|n| height_m(n / posts, n % posts)).collect();
    HeightGrid::new(geometry, heights).expect("a grid")
}

fn main() {
    for (posts, step_deg) in [(1201, 1.0 / 1200.0), (3601, 1.0 / 3600.0), (1201, 1.0 / 120.0)] {
        let grid = Arc::new(hills(posts, step_deg));
        let g = *grid.geometry();
        let earth = Earth::with_relief(EffectiveEarth::default(), grid.clone());
        let middle = posts / 2;
        let lat_rad = g.south_rad + middle as f64 * g.lat_step_rad;
        let lon_rad = g.west_rad + middle as f64 * g.lon_step_rad;
        let height_m = earth.ground_m(lat_rad, lon_rad) + 20.0;
        let observer = Station::new(Geodetic { lat_rad, lon_rad, height_m });
        let mut best_s = f64::INFINITY;
        let mut seen = None;
        for _ in 0..7 {
            let begin = Instant::now();
            seen = earth.lowest_visible(&observer, 2e6);
            best_s = best_s.min(begin.elapsed().as_secs_f64());
        }
        let mut again_s = f64::INFINITY;
        for _ in 0..7 {
            let room = seen.take().expect("the observer stands on the grid");
            let begin = Instant::now();
            seen = earth.lowest_visible_again(&observer, 2e6, room);
            again_s = again_s.min(begin.elapsed().as_secs_f64());
        }
        let cells = (posts * posts) as f64;
        println!(
            "{posts} x {posts}: {:.1} ms, {:.0} M cells/s; in the room of another map {:.1} ms, {:.0} M cells/s",
            best_s * 1e3,
            cells / best_s / 1e6,
            again_s * 1e3,
            cells / again_s / 1e6
        );
        let seen = seen.expect("the observer stands on the grid");
        let (mut state, mut above) = (1_u64, [[0_usize; 3]; 4]);
        for _ in 0..20_000 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let (row, column) = ((state >> 33) as usize % posts, (state >> 13) as usize % posts);
            let at = Geodetic {
                lat_rad: g.south_rad + row as f64 * g.lat_step_rad,
                lon_rad: g.west_rad + column as f64 * g.lon_step_rad,
                height_m: 0.0,
            };
            let ground_m = f64::from(grid.posts()[row * posts + column]);
            let low_m = f64::from(seen.posts_m()[row * posts + column]);
            for (index, agl_m) in [2.0, 30.0, 100.0, 300.0].into_iter().enumerate() {
                let target = Station::new(at.at_height(ground_m + agl_m));
                let exact = earth.sight_between(&observer, &target).visible;
                let ours = ground_m + agl_m >= low_m;
                above[index][0] += usize::from(exact);
                above[index][1] += usize::from(exact && !ours);
                above[index][2] += usize::from(!exact && ours);
            }
        }
        for (agl_m, [visible, missed, extra]) in [2, 30, 100, 300].into_iter().zip(above) {
            println!(
                "  {agl_m} m: {:.1} % visible, {:.2} % missed, {:.2} % seen too much, of all",
                visible as f64 / 200.0,
                missed as f64 / 200.0,
                extra as f64 / 200.0
            );
        }
    }
}
