//! Battles per second: the first-look scenario, measures folded and no event kept, as a study runs it.
//!
//! `cargo run --release -p redan-sim --example battle_speed [SCENARIO [REPLICATIONS]]`, over the smooth Earth.
//!
//! On one core of an Intel Xeon server (2026-11, rustc 1.95): 45 ms of processor time for a battle of 40
//! minutes with eighteen aircraft and three radars, 53,000 times real time on one core; 160,000 looks,
//! 280,000 plots and a million events a second. Half of it is the tracker, most of whose plots are false.

use std::time::Instant;

use redan_geo::Earth;
use redan_record::{Kind, Measures};
use redan_sim::card::Library;
use redan_sim::scenario::Draft;
use redan_sim::{Battle, run};

const REPLICATIONS: u64 = 200;

const USUAL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scenarios/first-look.toml");

fn main() {
    let path = std::env::args().nth(1).unwrap_or_else(|| USUAL.to_string());
    let replications: u64 =
        std::env::args().nth(2).map_or(REPLICATIONS, |count| count.parse().expect("a number"));
    let draft = match Draft::read(path.as_ref(), None, &Library::embedded()) {
        Ok(draft) => draft,
        Err(problems) => panic!("{problems}"),
    };
    let smooth = Earth::smooth(draft.effective_earth());
    let started = Instant::now();
    let battle = Battle::new(draft.scenario(smooth)).expect("the cards go together");
    println!("made ready in {:.1} ms", started.elapsed().as_secs_f64() * 1e3);

    let (mut looks, mut plots, mut events) = (0, 0, 0);
    let started = Instant::now();
    for replication in 0..replications {
        let mut measures = Measures::new(&battle.roster());
        run(&battle, 1, replication, &mut measures);
        looks += measures.count(Kind::Look);
        plots += measures.count(Kind::Plotted);
        events += measures.events.iter().sum::<u64>();
    }
    let took_s = started.elapsed().as_secs_f64();
    let fought_s = battle.scenario.duration.as_secs() * replications as f64;
    println!(
        "{replications} battles in {took_s:.2} s: {:.1} ms each, {:.0} times real time on one core",
        1e3 * took_s / replications as f64,
        fought_s / took_s,
    );
    for (what, count) in [("looks", looks), ("plots", plots), ("events", events)] {
        println!("{:>9.0} {what}/s, {} a battle", count as f64 / took_s, count / replications);
    }
}
