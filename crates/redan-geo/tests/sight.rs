//! Line of sight over relief: against GDAL's viewshed, and in cases that can be worked by hand.

#![allow(clippy::float_cmp, reason = "values that are met exactly are compared exactly")]

mod common;

use std::sync::Arc;

use common::relief::{grid_at_equator, raster};
use redan_geo::{
    BlockerKind, Earth, EffectiveEarth, Geodetic, GridGeometry, HeightGrid, SEMI_MAJOR_M,
};

fn post(grid: &HeightGrid, row: usize, column: usize, above_m: f64) -> Geodetic {
    let g = grid.geometry();
    Geodetic {
        lat_rad: g.south_rad + row as f64 * g.lat_step_rad,
        lon_rad: g.west_rad + column as f64 * g.lon_step_rad,
        height_m: grid.post_m(row, column).expect("no void") + above_m,
    }
}

/// Part of the cells in which `Earth::sight` and GDAL agree; rows of the index count from the top.
fn agreement(case: &serde_json::Value) -> f64 {
    let number = |name: &str| case[name].as_f64().expect("number");
    let dem = raster(case["dem"].as_str().expect("name"));
    let gdal = raster(case["outputs"]["NORMAL"].as_str().expect("name"));
    let grid = Arc::new(grid_at_equator(&dem));
    // A coefficient of 0 is the flat Earth: a sphere so large that it does not bend.
    let curvature = number("curvature_coefficient").max(1e-6);
    let earth =
        Earth::with_relief(EffectiveEarth { radius_m: SEMI_MAJOR_M / curvature }, grid.clone());
    let row = dem.rows - 1 - number("observer_row_from_top") as usize;
    let column = number("observer_col") as usize;
    let observer = post(&grid, row, column, number("observer_height_above_ground_m"));
    let mut agree = 0;
    for (index, seen) in gdal.values.iter().enumerate() {
        let (row, column) = (dem.rows - 1 - index / dem.columns, index % dem.columns);
        let target = post(&grid, row, column, number("target_height_above_ground_m"));
        agree += usize::from(earth.sight(&observer, &target).visible == (*seen > 0.0));
    }
    agree as f64 / gdal.values.len() as f64
}

#[test]
fn val_gdal_viewshed_of_three_reliefs() {
    let index: serde_json::Value =
        serde_json::from_str(&common::text("los/viewshed_index.json")).expect("json");
    let cases = index["cases"].as_array().expect("cases");
    assert_eq!(cases.len(), 3);
    for case in cases {
        let share = agreement(case);
        println!("{}: {:.2} % of cells agree", case["dem"], 100.0 * share);
        assert!(share >= 0.98, "{}: {share}", case["dem"]);
    }
}

/// A wall of 500 m across the parallel 52° N at 20.5° E, on a plain of 100 m from 20° E to 21° E.
fn walled() -> Earth {
    let (rows, columns) = (41, 401);
    let geometry = GridGeometry {
        south_rad: 51.9_f64.to_radians(),
        west_rad: 20.0_f64.to_radians(),
        lat_step_rad: 0.005_f64.to_radians(),
        lon_step_rad: 0.0025_f64.to_radians(),
        rows,
        columns,
    };
    let heights = (0..rows * columns).map(|i| if i % columns == 200 { 500.0 } else { 100.0 });
    let grid = HeightGrid::new(geometry, heights.collect()).expect("a good grid");
    Earth::with_relief(EffectiveEarth::default(), Arc::new(grid))
}

#[test]
fn a_wall_hides_what_is_low_behind_it_and_names_itself() {
    let earth = walled();
    let radar = Geodetic::from_degrees(52.0, 20.1, 120.0);
    let low = earth.sight(&radar, &Geodetic::from_degrees(52.0, 20.9, 600.0));
    let wall = low.blocker.expect("the wall stands between");
    assert_eq!(wall.kind, BlockerKind::Relief);
    assert!((wall.height_m - 500.0).abs() < 1.0, "{wall:?}");
    assert!((wall.arc_m - low.arc_m / 2.0).abs() < 150.0, "{wall:?}");
    assert!(!low.visible && low.clearance_rad() < 0.0);

    // What just clears the wall lies where the ray over its top has risen to.
    let over_m = earth.effective.height_at_slant_m(
        120.0,
        low.horizon_rad,
        earth.effective.slant_m(120.0, 900.0, low.arc_m),
    );
    let above = Geodetic::from_degrees(52.0, 20.9, over_m + 2.0);
    assert!(earth.sight(&radar, &above).visible);
    assert!(!earth.sight(&radar, &above.at_height(over_m - 2.0)).visible);

    let near = earth.sight(&radar, &Geodetic::from_degrees(52.0, 20.4, 130.0));
    assert!(near.visible && near.clearance_rad() > 0.0);
}

#[test]
fn relief_is_the_same_both_ways_round_and_height_never_costs_the_sight() {
    let earth = walled();
    let (mut seen, mut hidden) = (0, 0);
    for step in 0..40 {
        let a = Geodetic::from_degrees(51.95, 20.02 + 0.01 * f64::from(step), 105.0);
        for climb in 0..30 {
            let b = Geodetic::from_degrees(52.05, 20.97, 101.0 + 40.0 * f64::from(climb));
            let there = earth.sight(&a, &b).visible;
            assert_eq!(there, earth.sight(&b, &a).visible, "{step} {climb}");
            let higher = earth.sight(&a, &b.at_height(b.height_m + 40.0)).visible;
            assert!(higher || !there, "{step} {climb}");
            if there { seen += 1 } else { hidden += 1 }
        }
    }
    assert!(seen > 50 && hidden > 50, "both answers must occur: {seen}, {hidden}");
}

#[test]
fn outside_the_grid_the_ground_is_the_sea() {
    let relief = walled();
    let smooth = Earth::smooth(relief.effective);
    for (lon_deg, height_m) in [(10.2, 5.0), (10.4, 30.0), (11.0, 100.0), (11.5, 1_000.0)] {
        let a = Geodetic::from_degrees(40.0, 10.0, 20.0);
        let b = Geodetic::from_degrees(40.0, lon_deg, height_m);
        let (with, without) = (relief.sight(&a, &b), smooth.sight(&a, &b));
        assert_eq!(with.visible, without.visible, "{lon_deg}");
        assert!((with.horizon_rad - without.horizon_rad).abs() < 1e-6, "{with:?} {without:?}");
        assert_eq!(with.blocker.map(|b| b.kind), without.blocker.map(|b| b.kind));
    }
}

#[test]
fn along_the_edge_of_the_relief_its_ground_still_counts() {
    let geometry = GridGeometry {
        south_rad: 38.0_f64.to_radians(),
        west_rad: 30.0_f64.to_radians(),
        lat_step_rad: 0.001_f64.to_radians(),
        lon_step_rad: 0.001_f64.to_radians(),
        rows: 101,
        columns: 101,
    };
    let heights =
        (0..101 * 101).map(|i| if (i % 101 == 50) || (i / 101 == 50) { 500.0 } else { 0.0 });
    let grid = HeightGrid::new(geometry, heights.collect()).expect("a good grid");
    let earth = Earth::with_relief(EffectiveEarth::default(), Arc::new(grid));
    let place = |row: f64, column: f64| Geodetic {
        lat_rad: geometry.south_rad + row * geometry.lat_step_rad,
        lon_rad: geometry.west_rad + column * geometry.lon_step_rad,
        height_m: 20.0,
    };
    let hidden = |from: Geodetic, to: Geodetic| assert!(!earth.sight(&from, &to).visible, "{to:?}");
    for away in [60.0, 77.0, 93.0, 100.0] {
        for side in [0.0, 100.0] {
            hidden(place(0.0, side), place(away, side));
            hidden(place(100.0, side), place(100.0 - away, side));
            // Along the northern edge the great circle does leave the relief.
            hidden(place(0.0, side), place(0.0, (side - away).abs()));
        }
    }
}

#[test]
fn what_is_under_the_ground_neither_sees_nor_is_seen() {
    let earth = walled();
    let under = Geodetic::from_degrees(52.0, 20.2, 90.0);
    let above = Geodetic::from_degrees(52.0, 20.25, 2_000.0);
    assert!(!earth.sight(&under, &above).visible);
    assert!(!earth.sight(&above, &under).visible);
    let on = under.at_height(earth.ground_m(under.lat_rad, under.lon_rad));
    assert!(earth.sight(&above, &on).visible && earth.sight(&on, &above).visible);
    assert!(earth.sight(&on, &on.at_height(5_000.0)).visible);
    assert!(!earth.sight(&on.at_height(5_000.0), &under).visible);
}

#[test]
fn nothing_is_seen_where_the_input_is_not_a_number() {
    let nowhere = Geodetic::from_degrees(f64::NAN, 20.0, 100.0);
    let place = Geodetic::from_degrees(52.0, 20.2, 200.0);
    for earth in [walled(), Earth::default()] {
        assert!(!earth.sight(&place, &nowhere).visible);
        assert!(!earth.sight(&nowhere, &place).visible);
        assert!(!earth.sight(&place, &place.at_height(f64::NAN)).visible);
    }
}

/// Pairs of places on a raster, the same ones each time.
fn pairs(grid: &HeightGrid) -> Vec<(Geodetic, Geodetic)> {
    let mut state = 1_u64;
    let mut below = |limit: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % limit
    };
    let g = *grid.geometry();
    let mut at = || {
        let (row, column) = (below(g.rows - 1), below(g.columns - 1));
        let (up, right) = (below(1000) as f64 / 1000.0, below(1000) as f64 / 1000.0);
        let lat_rad = g.south_rad + (row as f64 + up) * g.lat_step_rad;
        let lon_rad = g.west_rad + (column as f64 + right) * g.lon_step_rad;
        let height_m = grid.height_m(lat_rad, lon_rad).expect("inside") + 2.0 + below(100) as f64;
        Geodetic { lat_rad, lon_rad, height_m }
    };
    (0..500).map(|_| (at(), at())).collect()
}

#[test]
fn no_ground_stands_above_the_ray_that_finer_steps_would_meet() {
    let grid = Arc::new(grid_at_equator(&raster("dem_2_hills.asc")));
    let earth = Earth::with_relief(EffectiveEarth::default(), grid.clone());
    let mut hidden = 0;
    for (a, b) in pairs(&grid) {
        let sight = earth.sight(&a, &b);
        let highest_rad = (1..=4000)
            .map(|step| {
                let part = f64::from(step) / 4000.0;
                // Within 30 km of the equator the great circle is straight in degrees to a centimetre.
                let lat_rad = a.lat_rad + (b.lat_rad - a.lat_rad) * part;
                let lon_rad = a.lon_rad + (b.lon_rad - a.lon_rad) * part;
                let ground_m = earth.ground_m(lat_rad, lon_rad);
                earth.effective.elevation_rad(a.height_m, ground_m, part * sight.arc_m)
            })
            .fold(f64::NEG_INFINITY, f64::max);
        let excess_rad = sight.horizon_rad - highest_rad;
        // A tenth of a metre at ten kilometres either way, more where the ground is near.
        assert!(excess_rad.abs() < 1e-5 + 0.2 / sight.arc_m, "{excess_rad:e} {sight:?}");
        hidden += usize::from(!sight.visible);
    }
    assert!((50..450).contains(&hidden), "both answers must occur: {hidden} of 500");
}

#[test]
fn sight_over_hills_is_the_same_both_ways_round_and_grows_with_height() {
    let grid = Arc::new(grid_at_equator(&raster("dem_0_hills.asc")));
    let earth = Earth::with_relief(EffectiveEarth::default(), grid.clone());
    for (a, b) in pairs(&grid) {
        let there = earth.sight(&a, &b).visible;
        assert_eq!(there, earth.sight(&b, &a).visible, "{a:?} {b:?}");
        assert!(!there || earth.sight(&a, &b.at_height(b.height_m + 50.0)).visible);
    }
}
