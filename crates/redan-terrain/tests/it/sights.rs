//! Maps of sights against exact rays over real relief, where it is there.

use std::sync::Arc;

use redan_geo::{Earth, EffectiveEarth, Geodetic, SightMap, Station};

use crate::made_up::{area, relief};
use crate::reference::folder;

/// Random numbers, the same ones each time.
struct Dice(u64);

impl Dice {
    fn draw(&mut self) -> f64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Targets of which map and ray say the same, targets for which the map had to ask the ray, and all.
fn agreement([south, north, west, east]: [f64; 4], targets: usize) -> Option<[usize; 3]> {
    let terrain = relief(&folder()?, &area(south, north, west, east)).unwrap();
    let earth = Earth::with_relief(EffectiveEarth::default(), Arc::new(terrain.grid?));
    let (mut dice, mut found) = (Dice(1), [0; 3]);
    let place = |dice: &mut Dice, edge: f64, above_m: f64| {
        let mut part = || edge + (1.0 - 2.0 * edge) * dice.draw();
        let mut at = Geodetic::from_degrees(
            south + part() * (north - south),
            west + part() * (east - west),
            0.0,
        );
        at.height_m = earth.ground_m(at.lat_rad, at.lon_rad) + above_m;
        at
    };
    for _ in 0..2 {
        let observer = place(&mut dice, 0.2, 20.0);
        let (map, own) = (SightMap::new(&earth, observer, 900e3), Station::new(observer));
        for number in 0..targets {
            let high_m = if number % 2 == 0 { 300.0 } else { 12_000.0 };
            let above_m = 30.0 + dice.draw() * (high_m - 30.0);
            let target = place(&mut dice, 0.0, above_m);
            let glance = map.glance(&earth, &target);
            let exact = earth.sight_between(&own, &Station::new(target)).visible;
            found[0] += usize::from(glance.visible == exact);
            found[1] += usize::from(glance.by_ray);
            found[2] += 1;
        }
    }
    Some(found)
}

/// At most one answer in a thousand may differ: that is far below what anybody knows of the ground, and below
/// the chance of a detection.
#[test]
fn maps_of_sights_say_what_rays_say_over_real_relief() {
    for (name, bounds) in [
        ("Alps", [46.0, 47.0, 8.0, 9.0]),
        ("Jordan valley", [31.0, 32.0, 35.0, 36.0]),
        ("Andes", [-33.0, -32.0, -71.0, -70.0]),
        ("Coast", [49.0, 50.0, -124.0, -122.0]),
        ("Anatolia", [36.4, 43.7, 27.5, 37.6]),
    ] {
        let Some([same, by_ray, all]) = agreement(bounds, 1_500) else { return };
        println!("{name}: {same} of {all} agree, {by_ray} by ray");
        assert!(same * 1_000 >= all * 999, "{name}: {same} of {all}");
        assert!(by_ray * 3 < all, "{name}: the map is of no use, {by_ray} rays");
    }
}
