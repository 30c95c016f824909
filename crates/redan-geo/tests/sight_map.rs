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
