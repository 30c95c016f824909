//! Cost of an exact ray by its length, and a digest of all answers that shows whether a change of the method changed
//! one: `REDAN_TERRAIN=tiles cargo run --release --example ray_speed -p redan-terrain`.

use std::sync::Arc;
use std::time::Instant;

use redan_geo::{Bounds, Earth, EffectiveEarth, Geodetic, Sight, Station};
use redan_terrain::{Folders, TerrainWish, load};

const PAIRS: usize = 10_000;
const REPEATS: usize = 5;

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
        let terrain = load(&TerrainWish::Path(folder.clone().into()), &Folders::default(), &area)?;
        let Some(grid) = terrain.grid else { continue };
        let earth = Earth::with_relief(EffectiveEarth::default(), Arc::new(grid));
        // Masts and low targets, masts and high ones, aircraft that look down.
        for (from_m, to_m) in
            [([6.0, 24.0], [30.0, 300.0]), ([6.0, 24.0], [3e3, 12e3]), ([8e3, 10e3], [30.0, 300.0])]
        {
            let (ray_s, digest) = timed(&earth, &pairs(&earth, &area, from_m, to_m));
            let ns = 1e9 * ray_s / PAIRS as f64;
            println!("{name}, {from_m:?} to {to_m:?} m: {ns:.0} ns a ray, {digest:016x}");
        }
    }
    Ok(())
}

/// Shortest time of all pairs, and the digest of what they saw.
fn timed(earth: &Earth, pairs: &[(Station, Station)]) -> (f64, u64) {
    let (mut least_s, mut digest) = (f64::INFINITY, 0);
    for _ in 0..REPEATS {
        let begin = Instant::now();
        let sights: Vec<_> = pairs.iter().map(|(a, b)| earth.sight_between(a, b)).collect();
        least_s = least_s.min(begin.elapsed().as_secs_f64());
        digest = sights.iter().fold(0xcbf2_9ce4_8422_2325, mixed);
    }
    (least_s, digest)
}

/// Digest with every bit of a sight added.
fn mixed(digest: u64, sight: &Sight) -> u64 {
    let blocker = sight.blocker.map_or([0.0, 0.0], |b| [b.arc_m, b.height_m]);
    [sight.arc_m, sight.elevation_rad, sight.horizon_rad, blocker[0], blocker[1]]
        .iter()
        .fold(digest, |digest, x| (digest ^ x.to_bits()).wrapping_mul(0x0100_0000_01b3))
}

/// Random pairs of places, as high above the ground as asked for; a fifth of the box beyond its edges too.
fn pairs(
    earth: &Earth,
    area: &Bounds,
    from_m: [f64; 2],
    to_m: [f64; 2],
) -> Vec<(Station, Station)> {
    let mut dice = Dice(1);
    let mut place = |[low_m, high_m]: [f64; 2]| {
        let mut within = |low: f64, high: f64| low + (1.4 * dice.draw() - 0.2) * (high - low);
        let lat_rad = within(area.south_rad, area.north_rad);
        let lon_rad = within(area.west_rad, area.east_rad);
        let above_m = low_m + dice.draw() * (high_m - low_m);
        let height_m = earth.ground_m(lat_rad, lon_rad) + above_m;
        Station::new(Geodetic { lat_rad, lon_rad, height_m })
    };
    (0..PAIRS).map(|_| (place(from_m), place(to_m))).collect()
}
