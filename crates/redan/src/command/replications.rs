//! `redan run --replications N`: many battles of one scenario, folded, on several threads.

use indicatif::{ProgressBar, ProgressStyle};
use redan_record::{Digest, Side};
use redan_study::{Replication, replicate};

use std::fmt::Write as _;

use crate::clock::{Clock, Elapsed};
use crate::exit::{self, bad_input};
use crate::inputs::Prepared;
use crate::output::print_line;

/// Runs the replications and prints a line for each.
pub(crate) fn run(
    prepared: &Prepared,
    seed: u64,
    count: u64,
    threads: usize,
    json: bool,
) -> anyhow::Result<u8> {
    let bar = progress(count);
    // A thread without a replication has nothing to do, and hundreds take their time to start.
    let threads = usize::try_from(count).map_or(threads, |count| threads.min(count));
    let clock = Clock::start();
    let results =
        replicate(&prepared.battle, seed, count, threads, &|| bar.inc(1)).map_err(bad_input)?;
    bar.finish_and_clear();
    let taken = clock.elapsed();
    let simulated_s = prepared.battle.scenario.duration.as_secs() * count as f64;
    let text = if json {
        as_json(prepared, seed, &results, simulated_s, &taken)
    } else {
        let rate = taken.ratio(simulated_s);
        format!(
            "{}digest of all  {}\nsimulated {:.0} min in {:.2} s, {rate:.0} × real time per core",
            table(&results),
            digest_of_all(&results),
            simulated_s / 60.0,
            taken.wall_s,
        )
    };
    print_line(&text)?;
    Ok(exit::OK)
}

fn as_json(
    prepared: &Prepared,
    seed: u64,
    results: &[Replication],
    simulated_s: f64,
    taken: &Elapsed,
) -> String {
    serde_json::json!({
        "scenario": prepared.battle.scenario.title,
        "seed": seed,
        "replications": results.len(),
        "simulated_s": simulated_s,
        "wall_s": taken.wall_s,
        "cpu_s": taken.cpu_s,
        "ratio": taken.ratio(simulated_s),
        "digest": digest_of_all(results),
        "runs": results.iter().map(row).collect::<Vec<_>>(),
    })
    .to_string()
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

fn table(results: &[Replication]) -> String {
    let mut text =
        String::from("replication  hostile  kills  leaks  rounds  friends hit  digest\n");
    for result in results {
        let measures = &result.measures;
        let _ = writeln!(
            text,
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
    text
}
