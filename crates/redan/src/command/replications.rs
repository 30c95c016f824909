//! `redan run --replications N`: many battles of one scenario, folded, on several threads.

use indicatif::{ProgressBar, ProgressStyle};
use redan_record::{Digest, Side};
use redan_study::{Replication, replicate};

use crate::clock::Clock;
use crate::exit::{self, bad_input};
use crate::inputs::Prepared;

/// Runs the replications and prints a line for each.
pub(crate) fn run(
    prepared: &Prepared,
    seed: u64,
    count: u64,
    threads: usize,
    json: bool,
) -> anyhow::Result<u8> {
    let bar = progress(count);
    let clock = Clock::start();
    let results = replicate(&prepared.battle, seed, count, threads, &|| bar.inc(1))
        .map_err(bad_input)?;
    bar.finish_and_clear();
    let taken = clock.elapsed();
    let simulated_s = prepared.battle.scenario.duration.as_secs() * count as f64;
    let digest = digest_of_all(&results);
    if json {
        println!(
            "{}",
            serde_json::json!({
                "scenario": prepared.battle.scenario.title,
                "seed": seed,
                "replications": count,
                "simulated_s": simulated_s,
                "wall_s": taken.wall_s,
                "cpu_s": taken.cpu_s,
                "ratio": taken.ratio(simulated_s),
                "digest": digest,
                "runs": results.iter().map(row).collect::<Vec<_>>(),
            })
        );
    } else {
        print_table(&results);
        println!("digest of all  {digest}");
        println!(
            "simulated {:.0} min in {:.2} s, {:.0} × real time per core",
            simulated_s / 60.0,
            taken.wall_s,
            taken.ratio(simulated_s)
        );
    }
    Ok(exit::OK)
}

/// Digest of the digests, in the order of the replications.
fn digest_of_all(results: &[Replication]) -> Digest {
    let mut hasher = blake3::Hasher::new();
    for result in results {
        hasher.update(&result.digest.0);
    }
    Digest(*hasher.finalize().as_bytes())
}

/// Progress on standard error, only where somebody looks.
fn progress(count: u64) -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len}  {per_sec}  {eta} left");
    let bar = ProgressBar::new(count);
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

fn row(result: &Replication) -> serde_json::Value {
    serde_json::json!({
        "replication": result.number,
        "kills": result.measures.kills.hostile,
        "leaks": result.measures.leaks().len(),
        "rounds_fired": result.measures.rounds_fired(),
        "digest": result.digest,
    })
}

fn print_table(results: &[Replication]) {
    println!("replication  hostile  kills  leaks  rounds  friends hit  digest");
    for result in results {
        let measures = &result.measures;
        println!(
            "{:>11}  {:>7}  {:>5}  {:>5}  {:>6}  {:>11}  {:.12}",
            result.number,
            measures.sent(Side::Hostile),
            measures.kills.hostile,
            measures.leaks().len(),
            measures.rounds_fired(),
            measures.kills.friendly + measures.kills.neutral,
            result.digest.to_string(),
        );
    }
}
