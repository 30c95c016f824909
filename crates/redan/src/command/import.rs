//! `redan import`: a scenario of what flew in a recording of others.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use redan_exchange::dis::{self, ImportedScenario, LeftOut};
use redan_exchange::{Problems, read_dis};
use redan_sim::card::Library;

use crate::exit::{self, bad_input};
use crate::output::{complain, print_line};
use crate::text::shell_word;

/// Make a scenario of what flew in a recording of others.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// A capture of DIS messages, pcap or pcapng.
    #[arg(value_name = "FILE.pcap")]
    capture: PathBuf,
    /// Scenario to write; one that exists is replaced.
    #[arg(long, value_name = "FILE.toml")]
    out: PathBuf,
    /// Card for types that no card has; without it they are left out.
    #[arg(long, value_name = "CARD")]
    card: Option<String>,
    /// How far a flight may be from where the recording has it, metres.
    #[arg(long, default_value_t = 25.0, value_name = "METRES", value_parser = tolerance)]
    tolerance_m: f64,
}

/// Imports, and says what came of it.
pub(crate) fn run(args: &Args, library: &Library) -> anyhow::Result<u8> {
    let name = args.capture.display();
    if let Some(card) = &args.card {
        library.find(card).map_err(bad_input)?;
    }
    let file = fs::read(&args.capture).map_err(|error| {
        bad_input(format!("cannot read {name}: {error}\nhint: give a capture file, pcap or pcapng"))
    })?;
    let mut problems = Problems::default();
    let received = read_dis(&file, &mut problems);
    warn(&name.to_string(), &problems);
    let things = dis::flown(&received);
    let scenario = dis::scenario(&things, args.card.as_deref(), args.tolerance_m);
    if scenario.flights_count == 0 {
        let found = format!("{} messages, {} entities", received.len(), things.len());
        return Err(bad_input(format!(
            "{name} has no flight: {found}{}\nhint: {}",
            left_out(&scenario),
            hint(&scenario)
        )));
    }
    fs::write(&args.out, &scenario.text).map_err(|error| {
        let hint = "the folder must exist, and you must be allowed to write there";
        bad_input(format!("cannot write {}: {error}\nhint: {hint}", args.out.display()))
    })?;
    print_line(&summary(args, &scenario, received.len()))?;
    Ok(exit::OK)
}

fn summary(args: &Args, scenario: &ImportedScenario, messages_count: usize) -> String {
    let ImportedScenario { flights_count, waypoints_count, .. } = scenario;
    let out = args.out.display().to_string();
    format!(
        "{out} is written: {flights_count} flights with {waypoints_count} waypoints from {messages_count} \
         messages{}\n\n  redan check {}",
        left_out(scenario),
        shell_word(&out)
    )
}

/// What is left out, counted by reason and type.
fn left_out(scenario: &ImportedScenario) -> String {
    let mut counts: BTreeMap<(LeftOut, String), usize> = BTreeMap::new();
    for (_, kind, reason) in &scenario.left_out {
        *counts.entry((*reason, kind.to_string())).or_default() += 1;
    }
    let line = |((reason, kind), count): ((LeftOut, String), usize)| {
        format!("\n  left out: {count} of type {kind}, {}", reason.words())
    };
    counts.into_iter().map(line).collect()
}

fn hint(scenario: &ImportedScenario) -> &'static str {
    let lacks_card = scenario.left_out.iter().any(|(_, _, reason)| *reason == LeftOut::NoCard);
    if lacks_card {
        "name a card for unknown types, as in --card F-16"
    } else {
        "a flight needs Entity State messages of something in the air, at two places"
    }
}

fn warn(name: &str, problems: &Problems) {
    if problems.count == 0 {
        return;
    }
    let lines = problems.first.iter().map(|problem| format!("\n  {problem}"));
    let lines = lines.collect::<String>();
    let more = match problems.count - problems.first.len() {
        0 => String::new(),
        more => format!("\n  and {more} more"),
    };
    let word = if problems.count == 1 { "problem" } else { "problems" };
    complain(&format!("warning: {name}: {} {word}, passed over{lines}{more}", problems.count));
}

fn tolerance(text: &str) -> Result<f64, String> {
    let tolerance_m: Option<f64> = text.parse().ok();
    tolerance_m
        .filter(|tolerance_m| (0.1..=100_000.0).contains(tolerance_m))
        .ok_or_else(|| "it is a number of metres from 0.1 to 100000".to_owned())
}
