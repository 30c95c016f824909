//! A study without its files: battles per second, what a draw of the ledger costs beside them, and memory.
//!
//! `cargo run --release -p redan-study --example study_speed`

use std::time::Instant;

use redan_geo::Earth;
use redan_sim::card::Library;
use redan_study::design::{Design, Plan};
use redan_study::ledger::{Ledger, Subject};
use redan_study::plan::Extent;
use redan_study::play;

const REPLICATIONS: u64 = 1_000;
const BATTLES: u64 = 2;

fn main() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scenarios/first-look.toml");
    let text = std::fs::read_to_string(path).expect("the scenario ships");
    let library = Library::embedded();
    let subject = Subject { file: "first-look.toml".into(), text, ..Subject::default() };
    let draft = subject.draft(&library).expect("the scenario is in order");
    let smooth = Earth::smooth(draft.effective_earth());
    let ledger = Ledger::new(subject, &smooth, &library, true).expect("it can be fought");
    let extent = Extent::new(REPLICATIONS, BATTLES);
    let plan = Plan { design: Design::Random, seed: 1, draws: extent.draws() };

    let started = Instant::now();
    let attempts: u32 = (0..50).map(|draw| ledger.battle(&plan, draw).attempts).sum();
    let draw_ms = started.elapsed().as_secs_f64() * 1e3 / 50.0;
    println!(
        "{} figures; {draw_ms:.1} ms for each draw's battle, {:.2} drawn again",
        ledger.figures.len(),
        f64::from(attempts) / 50.0
    );
    let started = Instant::now();
    let mut rows = 0;
    for part in extent.parts() {
        rows += play::part(&ledger, &plan, &extent, &part, &|| ()).len();
        if part.number.is_multiple_of(5) {
            println!("{rows:>5} rows  {:>7.1} s  {}", started.elapsed().as_secs_f64(), memory());
        }
    }
    let took_s = started.elapsed().as_secs_f64();
    let fought_s = ledger.nominal.scenario.duration.as_secs() * rows as f64;
    println!(
        "{rows} replications in {took_s:.1} s: {:.1} ms each, {:.0} times real time",
        1e3 * took_s / rows as f64,
        fought_s / took_s
    );
}

/// Resident memory, where the system tells it.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS"));
    line.map_or(String::new(), |line| line.split_whitespace().collect::<Vec<_>>().join(" "))
}
