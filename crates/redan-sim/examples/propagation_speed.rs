//! How long one question about propagation takes.
//!
//! `cargo run --release -p redan-sim --example propagation_speed`

use std::hint::black_box;
use std::time::Instant;

use redan_geo::EffectiveEarth;
use redan_sim::model::propagation::{
    GasTable, Ground, Path, RainField, RainLoss, Surface, gas, propagation,
};

const CALLS: u32 = 20_000;
const WAVELENGTH_M: f64 = 0.1;

fn main() {
    let earth = EffectiveEarth::default();
    let land = Surface { ground: Ground::LAND, roughness_m: 5.0 };
    for points in [0, 50, 240, 500] {
        let ground_m: Vec<f64> =
            (0..points).map(|n| 300.0 + 200.0 * libm::sin(f64::from(n) * 0.37)).collect();
        for (what, height_m) in [("hidden", 100.0), ("grazing", 1_500.0), ("clear", 9_000.0)] {
            let path = |more_m: f64| Path {
                radius_m: earth.radius_m,
                ends_m: [420.0, height_m + more_m],
                arc_m: 110e3,
                ground_m: &ground_m,
            };
            let ask = |n| propagation(&path(n), &land, WAVELENGTH_M).one_way_db;
            time(&format!("propagation, {points} points, {what}"), ask);
        }
    }
    let started = Instant::now();
    let table = GasTable::new(3e9, 24.0, earth);
    println!("{:<40} {:>9.2} ms", "a table of air", started.elapsed().as_secs_f64() * 1e3);
    time("air, table", |n| table.loss_db(100e3 + n, 5e3 + n));
    let rain = RainLoss::new(3e9, 0.0, RainField { rate_mm_h: 4.0, top_m: 3e3, extent_m: 1e6 });
    time("rain", |n| rain.loss_db(earth, 24.0, 5e3 + n, 100e3 + n));
    time("air, one height, line by line", |n| gas::specific_at(3e9, n).sum_db_km());
}

/// Prints the mean of many calls.
fn time(what: &str, ask: impl Fn(f64) -> f64) {
    let started = Instant::now();
    let mut sum = 0.0;
    for call in 0..CALLS {
        sum += ask(black_box(f64::from(call % 97)));
    }
    let each_ns = started.elapsed().as_secs_f64() * 1e9 / f64::from(CALLS);
    println!("{what:<40} {each_ns:>9.0} ns   ({:.2})", sum / f64::from(CALLS));
}
