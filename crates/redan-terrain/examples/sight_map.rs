//! Agreement of sight maps with exact rays, and what both cost, over the relief that `REDAN_TERRAIN` names:
//! `REDAN_TERRAIN=tiles cargo run --release --example sight_map -p redan-terrain`.

use std::sync::Arc;
use std::time::Instant;

use redan_geo::{Bounds, Earth, EffectiveEarth, Geodetic, SightMap, Station};
use redan_terrain::{Folders, TerrainWish, load};

struct Dice(u64);

impl Dice {
    fn draw(&mut self) -> f64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder =
        std::env::var_os("REDAN_TERRAIN").ok_or("set REDAN_TERRAIN to a folder of tiles")?;
    let boxes = [
        ("Alps", [46.0, 47.0, 8.0, 9.0]),
        ("Jordan valley", [31.0, 32.0, 35.0, 36.0]),
        ("Andes", [-33.0, -32.0, -71.0, -70.0]),
        ("Coast", [49.0, 50.0, -124.0, -122.0]),
        ("Anatolia", [36.4, 43.7, 27.5, 37.6]),
    ];
    for (name, [south, north, west, east]) in boxes {
        let area = Bounds {
            south_rad: f64::to_radians(south),
            north_rad: f64::to_radians(north),
            west_rad: f64::to_radians(west),
            east_rad: f64::to_radians(east),
        };
        let wish = TerrainWish::Path(folder.clone().into());
        let begin = Instant::now();
        let terrain = load(&wish, &Folders::default(), &area)?;
        let loaded_s = begin.elapsed().as_secs_f64();
        let Some(grid) = terrain.grid else { continue };
        let earth = Earth::with_relief(EffectiveEarth::default(), Arc::new(grid));
        let mut dice = Dice(1);
        for (low_m, high_m) in [(30.0, 300.0), (30.0, 12_000.0)] {
            let (mut same, mut by_ray, mut all, mut map_s, mut ray_s) = (0, 0, 0, 0.0, 0.0);
            for _ in 0..8 {
                let lat_rad =
                    area.south_rad + (0.2 + 0.6 * dice.draw()) * (area.north_rad - area.south_rad);
                let lon_rad =
                    area.west_rad + (0.2 + 0.6 * dice.draw()) * (area.east_rad - area.west_rad);
                let height_m = earth.ground_m(lat_rad, lon_rad) + 6.0 + 18.0 * dice.draw();
                let observer = Geodetic { lat_rad, lon_rad, height_m };
                let map = SightMap::new(&earth, observer, 700e3);
                let own = Station::new(observer);
                let places = targets(&earth, &area, [low_m, high_m], &mut dice);
                let begin = Instant::now();
                let glances: Vec<_> =
                    places.iter().map(|place| map.glance(&earth, place)).collect();
                map_s += begin.elapsed().as_secs_f64();
                let begin = Instant::now();
                for (place, glance) in places.iter().zip(&glances) {
                    let exact = earth.sight_between(&own, &Station::new(*place)).visible;
                    same += usize::from(exact == glance.visible);
                    by_ray += usize::from(glance.by_ray);
                    all += 1;
                }
                ray_s += begin.elapsed().as_secs_f64();
            }
            let share = |count: usize| 100.0 * count as f64 / all as f64;
            println!(
                "{name} (loaded in {loaded_s:.2} s), {low_m:.0} to {high_m:.0} m: {:.3} % agree, ray for {:.2} %, \
                 {:.0} ns a look-up, {:.0} ns a ray",
                share(same),
                share(by_ray),
                1e9 * map_s / all as f64,
                1e9 * ray_s / all as f64
            );
        }
    }
    Ok(())
}

/// Random places at heights above ground between two.
fn targets(
    earth: &Earth,
    area: &Bounds,
    [low_m, high_m]: [f64; 2],
    dice: &mut Dice,
) -> Vec<Geodetic> {
    let place = |_| {
        let lat_rad = area.south_rad + dice.draw() * (area.north_rad - area.south_rad);
        let lon_rad = area.west_rad + dice.draw() * (area.east_rad - area.west_rad);
        let above_m = low_m + dice.draw() * (high_m - low_m);
        Geodetic { lat_rad, lon_rad, height_m: earth.ground_m(lat_rad, lon_rad) + above_m }
    };
    (0..10_000).map(place).collect()
}
