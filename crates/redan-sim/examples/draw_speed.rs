//! Nanoseconds per keyed draw: a fresh key for each number, as the engine draws.
//!
//! `cargo run --release -p redan-sim --example draw_speed`
//!
//! On one core of an Intel Xeon server (2026-11, rustc 1.95, other work on its neighbour): uniform
//! 10.6 ns, triangular 18, exponential 19, normal 22, Poisson of mean 100 48 and of mean 3 60,
//! gamma(4) 76, beta(8, 2) 140. The budget is 11 ns for a uniform.

use redan_sim::draw::{Draw, Luck, NameHash, Purpose};
use std::hint::black_box;
use std::time::Instant;

fn main() {
    measure("uniform", Draw::uniform);
    measure("normal", Draw::normal);
    measure("exponential", Draw::exponential);
    measure("gamma(4)", |draw| draw.gamma(4.0));
    measure("beta(8, 2)", |draw| draw.beta(8.0, 2.0));
    measure("triangular", |draw| draw.triangular(1.0, 2.0, 4.0));
    measure("poisson(3)", |draw| draw.poisson(3.0) as f64);
    measure("poisson(100)", |draw| draw.poisson(100.0) as f64);
}

/// Prints the best of many rounds: what disturbs a round only ever makes it slower.
fn measure(name: &str, take: impl Fn(&mut Draw) -> f64) {
    const ROUNDS: u64 = 50;
    const COUNT: u64 = 200_000;
    let luck = Luck::new(black_box(1), 0);
    let who = black_box(NameHash::of("radar").combine(NameHash::of("flight")));
    let (mut best_ns, mut sum) = (f64::INFINITY, 0.0);
    for round in 0..ROUNDS {
        let start = Instant::now();
        for n in round * COUNT..(round + 1) * COUNT {
            sum += take(&mut luck.draw(Purpose::Detection, who, n));
        }
        best_ns = best_ns.min(start.elapsed().as_nanos() as f64 / COUNT as f64);
    }
    println!("{name:12} {best_ns:6.1} ns   (mean {:.4})", sum / (ROUNDS * COUNT) as f64);
}
