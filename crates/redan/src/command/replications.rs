//! `redan run --replications N`: many battles of one scenario, folded, on several threads.

use indicatif::{ProgressBar, ProgressStyle};
use redan_record::{Digest, Kind, Side};
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
    let total = |of: fn(&Replication) -> u64| results.iter().map(of).sum::<u64>();
    serde_json::json!({
        "scenario": prepared.battle.scenario.title,
        "seed": seed,
        "replications": results.len(),
        "simulated_s": simulated_s,
        "wall_s": taken.wall_s,
        "cpu_s": taken.cpu_s,
        "ratio": taken.ratio(simulated_s),
        "looks": total(|row| row.measures.count(Kind::Look)),
        "plots": total(|row| row.measures.count(Kind::Plotted)),
        "rounds_fired": total(|row| row.measures.rounds_fired()),
        "kills": total(|row| u64::from(row.measures.kills.hostile)),
        "leaks": total(|row| row.measures.leaks().len() as u64),
        "recording": null,
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

/// What is printed of one replication.
struct Row {
    hostile: u64,
    kills: u64,
    leaks: u64,
    rounds: u64,
    friends_hit: u64,
    false_orders: u64,
}

impl Row {
    fn of(result: &Replication) -> Row {
        let measures = &result.measures;
        Row {
            hostile: u64::from(measures.sent(Side::Hostile)),
            kills: u64::from(measures.kills.hostile),
            leaks: measures.leaks().len() as u64,
            rounds: measures.rounds_fired(),
            friends_hit: u64::from(measures.kills.friendly + measures.kills.neutral),
            false_orders: u64::from(measures.false_engagements()),
        }
    }

    fn figures(&self) -> [f64; 5] {
        [self.hostile, self.kills, self.leaks, self.rounds, self.friends_hit]
            .map(|count| count as f64)
    }
}

fn row(result: &Replication) -> serde_json::Value {
    let row = Row::of(result);
    serde_json::json!({
        "replication": result.number,
        "hostile": row.hostile,
        "kills": row.kills,
        "leaks": row.leaks,
        "rounds_fired": row.rounds,
        "friends_hit": row.friends_hit,
        "false_orders": row.false_orders,
        "digest": result.digest,
    })
}

fn table(results: &[Replication]) -> String {
    let mut text =
        String::from("replication  hostile  kills  leaks  rounds  friends hit  digest\n");
    for result in results {
        let digest = result.digest.to_string();
        line(&mut text, &result.number.to_string(), Row::of(result).figures(), 0, &digest[..12]);
    }
    spread(&mut text, results);
    text
}

/// Mean, and the span in which nine of ten battles ended: how much of one battle is luck.
fn spread(text: &mut String, results: &[Replication]) {
    let rows: Vec<[f64; 5]> = results.iter().map(|result| Row::of(result).figures()).collect();
    let column = |index: usize| {
        let mut values: Vec<f64> = rows.iter().map(|row| row[index]).collect();
        values.sort_by(f64::total_cmp);
        values
    };
    let columns: [Vec<f64>; 5] = std::array::from_fn(column);
    let mean = columns.each_ref().map(|values| values.iter().sum::<f64>() / values.len() as f64);
    let at = |share: f64| {
        columns
            .each_ref()
            .map(|values| values[(share * (values.len() - 1) as f64).round() as usize])
    };
    line(text, "mean", mean, 2, "");
    line(text, "5 %", at(0.05), 0, "of the battles had this or less");
    line(text, "95 %", at(0.95), 0, "of the battles had this or less");
}

fn line(text: &mut String, name: &str, figures: [f64; 5], decimals: usize, note: &str) {
    let [hostile, kills, leaks, rounds, friends] = figures;
    let row = format!(
        "{name:>11}  {hostile:>7.decimals$}  {kills:>5.decimals$}  {leaks:>5.decimals$}  \
         {rounds:>6.decimals$}  {friends:>11.decimals$}  {note}"
    );
    let _ = writeln!(text, "{}", row.trim_end());
}
