//! Maps of lowest visible heights against exact rays, over real relief where it is at hand.

mod common;

use std::sync::Arc;

use common::relief::{Dice, hills};
use redan_geo::{Earth, EffectiveEarth, Geodetic, SightMap, Station};

/// Agreement of map and ray for random targets between two heights above ground, and the share of places
/// at which the ray had to decide.
fn agreement(earth: &Earth, observer: Geodetic, heights_m: [f64; 2], count: usize) -> (f64, f64) {
    let grid = earth.relief.as_ref().expect("relief");
    let map = SightMap::new(earth, observer, 500e3);
    let own = Station::new(observer);
    let bounds = grid.bounds();
    let mut dice = Dice(11);
    let (mut same, mut by_ray) = (0, 0);
    for _ in 0..count {
        let lat_rad = bounds.south_rad + dice.draw() * (bounds.north_rad - bounds.south_rad);
        let lon_rad = bounds.west_rad + dice.draw() * (bounds.east_rad - bounds.west_rad);
        let above_m =
            heights_m[0] * libm::exp(dice.draw() * libm::log(heights_m[1] / heights_m[0]));
        let height_m = earth.ground_m(lat_rad, lon_rad) + above_m;
        let place = Geodetic { lat_rad, lon_rad, height_m };
        let glance = map.glance(earth, &place);
        let exact = earth.sight_between(&own, &Station::new(place)).visible;
        same += usize::from(glance.visible == exact);
        by_ray += usize::from(glance.by_ray);
    }
    (same as f64 / count as f64, by_ray as f64 / count as f64)
}

#[test]
fn the_map_says_what_the_ray_says_over_hills() {
    for (rows, columns, step_deg) in [(500, 600, 1.0 / 120.0), (801, 801, 1.0 / 1200.0)] {
        let earth =
            Earth::with_relief(EffectiveEarth::default(), Arc::new(hills(rows, columns, step_deg)));
        let bounds = earth.relief.as_ref().expect("relief").bounds();
        let lat_rad = 0.53 * bounds.south_rad + 0.47 * bounds.north_rad;
        let lon_rad = 0.46 * bounds.west_rad + 0.54 * bounds.east_rad;
        let height_m = earth.ground_m(lat_rad, lon_rad) + 20.0;
        let observer = Geodetic { lat_rad, lon_rad, height_m };
        for heights_m in [[30.0, 300.0], [30.0, 12_000.0]] {
            let (same, by_ray) = agreement(&earth, observer, heights_m, 20_000);
            println!("{rows} x {columns}, {heights_m:?} m: {same:.5} agree, ray for {by_ray:.3}");
            assert!(same >= 0.999, "{same}");
        }
    }
}

#[test]
fn over_the_smooth_earth_the_map_is_the_closed_form() {
    let earth = Earth::smooth(EffectiveEarth::default());
    let observer = Geodetic::from_degrees(40.0, 30.0, 24.0);
    let map = SightMap::new(&earth, observer, 500e3);
    let mut dice = Dice(5);
    for _ in 0..2_000 {
        let place = Geodetic::from_degrees(
            38.0 + 4.0 * dice.draw(),
            28.0 + 4.0 * dice.draw(),
            10_000.0 * dice.draw() * dice.draw(),
        );
        let glance = map.glance(&earth, &place);
        assert_eq!(glance.visible, earth.sight(&observer, &place).visible);
        assert_eq!(glance.visible, place.height_m >= glance.lowest_m - 1e-6);
    }
}

/// An observer 30 m above the middle of a range of hills.
fn over_hills() -> (Earth, Geodetic) {
    let earth =
        Earth::with_relief(EffectiveEarth::default(), Arc::new(hills(301, 301, 1.0 / 120.0)));
    let bounds = earth.relief.as_ref().expect("relief").bounds();
    let lat_rad = 0.5 * (bounds.south_rad + bounds.north_rad);
    let lon_rad = 0.5 * (bounds.west_rad + bounds.east_rad);
    let height_m = earth.ground_m(lat_rad, lon_rad) + 30.0;
    (earth, Geodetic { lat_rad, lon_rad, height_m })
}

#[test]
fn the_first_step_has_a_horizon_too() {
    let (earth, observer) = over_hills();
    let map = SightMap::new(&earth, observer, 300e3);
    for turn in 0..72 {
        let azimuth_rad = f64::from(turn).to_radians() * 5.0;
        for arc_m in [5.0, 40.0, 150.0, 300.0] {
            let (lowest_m, edge_m) = map.horizon_m(&earth, azimuth_rad, arc_m);
            let off_m = lowest_m - observer.height_m;
            assert!((-1_000.0..1_000.0).contains(&off_m), "{off_m} m at {arc_m} m");
            assert!((0.0..=arc_m).contains(&edge_m));
        }
    }
}

#[test]
fn a_ridge_casts_its_shadow_beyond_the_relief() {
    let (earth, observer) = over_hills();
    let map = SightMap::new(&earth, observer, 500e3);
    let mut higher = 0;
    for turn in 0..90 {
        let azimuth_rad = f64::from(turn).to_radians() * 4.0;
        // The relief ends 140 km or so from the observer.
        let (lowest_m, _) = map.horizon_m(&earth, azimuth_rad, 260e3);
        higher += usize::from(
            lowest_m > earth.effective.lowest_visible_m(observer.height_m, 260e3) + 1.0,
        );
        let station = Station::new(observer);
        let there = station.ahead(azimuth_rad, 260e3);
        for (off_m, visible) in [(-250.0, false), (250.0, true)] {
            let target = Geodetic { height_m: lowest_m + off_m, ..there };
            let exact = earth.sight_between(&station, &Station::new(target)).visible;
            assert_eq!(exact, visible, "{off_m} m from the horizon at {azimuth_rad} rad");
        }
    }
    assert!(higher > 45, "{higher} of 90 directions have a ridge");
}

#[test]
fn an_azimuth_may_be_any_angle() {
    let (earth, observer) = over_hills();
    let map = SightMap::new(&earth, observer, 300e3);
    let turn_rad = std::f64::consts::TAU;
    let plain = map.horizon_m(&earth, 6.0, 50e3).0;
    for azimuth_rad in [6.0 - turn_rad, 6.0 + turn_rad] {
        assert!((map.horizon_m(&earth, azimuth_rad, 50e3).0 - plain).abs() < 1e-3);
    }
}
