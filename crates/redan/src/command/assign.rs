//! `redan assign`: weapons to targets, with a proven bound.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use redan_command::assign::{Answer, Instance, solve};

use crate::assignment::parse;
use crate::exit::{self, bad_input};
use crate::output::{print, print_line};

/// Assign weapons to targets so that the least value survives, and prove how good that is.
///
/// FILE is text: `W T mu` (weapons, targets, rounds of each weapon), T values, then lines `w t p` with the
/// probability that one round of weapon w destroys target t, both counted from 0; a pair that is not given has
/// none. Minimised is Σ v·Π(1−p)^x with at most mu rounds of each weapon. The answer is the same each
/// time unless the clock stops it.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The problem.
    file: PathBuf,
    /// Stop after this time with the best assignment and bound so far.
    #[arg(long, value_name = "S", default_value = "60", value_parser = seconds, allow_hyphen_values = true)]
    seconds: f64,
    /// Print JSON: `objective`, `bound`, `gap` and `assignment` as [weapon, target, rounds].
    #[arg(long)]
    json: bool,
}

/// Reads, solves and tells.
pub(crate) fn run(args: &Args) -> anyhow::Result<u8> {
    let (instance, answer) = solved(args)?;
    match args.json {
        true => print_line(&json(&answer).to_string())?,
        false => print(&story(&instance, &answer))?,
    }
    Ok(exit::OK)
}

/// Reads and solves; what `--json` prints.
pub(crate) fn answer(args: &Args) -> anyhow::Result<serde_json::Value> {
    solved(args).map(|(_, answer)| json(&answer))
}

fn solved(args: &Args) -> anyhow::Result<(Instance, Answer)> {
    let name = args.file.display().to_string();
    let bytes = fs::read(&args.file).map_err(|error| {
        bad_input(format!("cannot read {name}: {error}\nhint: name a text file with a problem"))
    })?;
    let text = String::from_utf8(bytes)
        .map_err(|_| bad_input(format!("{name} is no text\nhint: see `redan assign --help`")))?;
    let instance = parse(&name, &text).map_err(bad_input)?;
    let (start, limit) = (Instant::now(), Duration::from_secs_f64(args.seconds));
    let answer = solve(&instance, &mut || start.elapsed() >= limit);
    Ok((instance, answer))
}

fn json(answer: &Answer) -> serde_json::Value {
    let rows =
        answer.shots.iter().map(|shot| serde_json::json!([shot.weapon, shot.target, shot.count]));
    serde_json::json!({
        "objective": answer.objective_weight,
        "bound": answer.bound_weight,
        "gap": answer.gap_ratio(),
        "nodes": answer.nodes,
        "pricings": answer.pricings,
        "assignment": rows.collect::<Vec<_>>(),
    })
}

fn story(instance: &Instance, answer: &Answer) -> String {
    let whole: f64 = (0..instance.targets()).map(|target| instance.value_weight(target)).sum();
    let rounds: u32 = (0..instance.weapons()).map(|weapon| instance.rounds(weapon)).sum();
    let fired: u32 = answer.shots.iter().map(|shot| shot.count).sum();
    let share = if whole > 0.0 { answer.objective_weight / whole } else { 0.0 };
    let verdict =
        if answer.gap_ratio() <= 1e-9 { "no assignment is better" } else { "stopped by the clock" };
    let mut text = format!(
        "{} weapons with {rounds} rounds against {} targets worth {whole}\n\n  \
         Expected to survive  {:.6}, {:.3} % of the value\n  \
         Proven bound         {:.6}, gap {:.6} %: {verdict}\n  \
         Rounds used          {fired}\n  \
         Search               {} nodes, {} pricings\n\n  Weapon  Targets × rounds\n",
        instance.weapons(),
        instance.targets(),
        answer.objective_weight,
        100.0 * share,
        answer.bound_weight,
        100.0 * answer.gap_ratio(),
        answer.nodes,
        answer.pricings,
    );
    for weapons in answer.shots.chunk_by(|a, b| a.weapon == b.weapon) {
        let _ = write!(text, "  {:>6}  ", weapons[0].weapon);
        let targets: Vec<String> =
            weapons.iter().map(|shot| format!("{} × {}", shot.target, shot.count)).collect();
        let _ = writeln!(text, "{}", targets.join(", "));
    }
    text
}

fn seconds(text: &str) -> Result<f64, String> {
    let value: f64 = text.trim().parse().map_err(|_| format!("{text:?} is no number"))?;
    match value > 0.0 && value <= 1e6 {
        true => Ok(value),
        false => Err(format!("{value} is not between 0 and 1000000 seconds")),
    }
}
