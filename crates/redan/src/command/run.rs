//! `redan run`: one battle, from the first radar scan to the last outcome — or many, folded.

use std::path::{Path, PathBuf};

use redan_record::{Digesting, Full, Measures, Recording, Summary};
use redan_sim::card::Library;
use redan_study::design::{Design, Plan};
use redan_study::ledger::{Ledger, Subject};

use crate::clock::{Clock, Elapsed};
use crate::command::view;
use crate::exit;
use crate::inputs::{self, Prepared};
use crate::output::{print, print_line};
use crate::report;
use crate::text::{self, shell_word};

/// Run a battle and tell what happened.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Scenario file.
    scenario: PathBuf,
    /// Seed of all chance.
    #[arg(long, default_value_t = 1, allow_negative_numbers = true)]
    seed: u64,
    /// Which replication of the seed to run and record.
    #[arg(long, default_value_t = 0, value_name = "N", conflicts_with = "replications")]
    replication: u64,
    /// Take the disputed figures as this draw of the ledger has them: with --replication, the battle of one row
    /// of a study (design `random`).
    #[arg(long, value_name = "D")]
    draw: Option<u64>,
    /// Run this many replications instead, without recording them, and print what came of each.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    replications: Option<u64>,
    /// Threads for several replications (one battle uses one); 0 takes one for each core.
    #[arg(long, default_value_t = 0, value_name = "N",
        value_parser = clap::value_parser!(u16).range(0..=1024))]
    threads: u16,
    /// Variant of the scenario to run.
    #[arg(long)]
    variant: Option<String>,
    /// Relief: `auto`, `smooth`, or a file or folder of tiles. Default: what the scenario says.
    #[arg(long, value_parser = clap::builder::NonEmptyStringValueParser::new())]
    terrain: Option<String>,
    /// Directory for the recording. Default: `recordings/SCENARIO-VARIANT-relief-seedSEED-REPLICATION`,
    /// with the parts that apply.
    #[arg(long, value_name = "DIR", conflicts_with = "replications")]
    out: Option<PathBuf>,
    /// Watch the battle: make the page of `redan view` beside the recording and open it in the browser.
    #[arg(long, conflicts_with_all = ["replications", "json"])]
    open: bool,
    /// Print one JSON object instead of text.
    #[arg(long)]
    json: bool,
}

/// Runs and reports.
pub(crate) fn run(args: &Args, library: &Library) -> anyhow::Result<u8> {
    let mut prepared =
        inputs::battle(&args.scenario, args.variant.as_deref(), args.terrain.as_deref(), library)?;
    if let Some(draw) = args.draw {
        take_draw(args, draw, &mut prepared, library)?;
    }
    for warning in &prepared.warnings {
        tracing::warn!("{warning}");
    }
    match args.replications {
        Some(count) => {
            let threads = usize::from(args.threads);
            super::replications::run(&prepared, args.seed, count, threads, args.json)
        }
        None => run_one(args, &prepared),
    }
}

/// Replaces the battle by that of a draw of the ledger.
fn take_draw(
    args: &Args,
    draw: u64,
    prepared: &mut Prepared,
    library: &Library,
) -> anyhow::Result<()> {
    let subject = Subject {
        file: args.scenario.display().to_string(),
        text: prepared.manifest.scenario_text.clone(),
        variant: args.variant.clone(),
        settings: Vec::new(),
    };
    let ledger = Ledger::new(subject, &prepared.battle.scenario.earth, library, true);
    let plan = Plan { design: Design::Random, seed: args.seed, draws: draw.saturating_add(1) };
    prepared.battle = ledger.map_err(exit::bad_input)?.battle(&plan, draw).battle;
    Ok(())
}

fn run_one(args: &Args, prepared: &Prepared) -> anyhow::Result<u8> {
    let out = args.out.clone().unwrap_or_else(|| default_out(args, prepared));
    redan_store::writable(&out).map_err(exit::bad_input)?;
    let (recording, summary, taken) = fight(args, prepared);
    let notes = report::Notes {
        terrain: prepared.manifest.terrain_note.clone(),
        version: prepared.manifest.redan_version.clone(),
        warnings: prepared.warnings.clone(),
        command: reproduce(args, &prepared.manifest.scenario_file),
    };
    let page = report::html(&recording, &summary, &notes);
    redan_store::write(
        &out,
        &prepared.manifest,
        &recording,
        &summary.to_json(),
        &[("report.html", page.as_bytes())],
    )
    .map_err(exit::bad_input)?;
    if args.json {
        print_line(&json(&summary, &taken, &out).to_string())?;
    } else {
        let head =
            text::Head { out: &out, taken: &taken, terrain: &prepared.manifest.terrain_note };
        print(&text::story(&recording, &summary, &head))?;
    }
    if args.open {
        let page = view::beside(&out);
        view::write(&recording, args.terrain.as_deref().unwrap_or("auto"), &page)?;
        print_line(&format!("{} is opened in the browser", page.display()))?;
        view::open(&page);
    }
    Ok(exit::OK)
}

/// Runs the battle. The time is that of the battle itself, without loading and writing.
fn fight(args: &Args, prepared: &Prepared) -> (Recording, Summary, Elapsed) {
    let roster = prepared.battle.roster();
    let clock = Clock::start();
    let mut recorder = (Full::default(), Digesting::new(Measures::new(&roster)));
    redan_sim::run(&prepared.battle, args.seed, args.replication, &mut recorder);
    let taken = clock.elapsed();
    let (full, folded) = recorder;
    let (measures, digest) = folded.finish();
    let summary = Summary::new(&roster, args.seed, args.replication, &measures, Some(digest));
    let (seed, replication) = (args.seed, args.replication);
    (Recording { roster, seed, replication, events: full.events }, summary, taken)
}

fn default_out(args: &Args, prepared: &Prepared) -> PathBuf {
    let stem = args.scenario.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let variant = args.variant.as_ref().map(|name| format!("-{name}")).unwrap_or_default();
    let replication = match args.replication {
        0 => String::new(),
        number => format!("-{number}"),
    };
    // Over relief it is another battle, which must not take the place of the one on the smooth Earth.
    let relief = if prepared.battle.scenario.earth.relief.is_some() { "-relief" } else { "" };
    let draw = args.draw.map(|draw| format!("-draw{draw}")).unwrap_or_default();
    let name = format!("{stem}{variant}{relief}-seed{}{replication}{draw}", args.seed);
    Path::new("recordings").join(name)
}

/// The command that gives the same recording again, without anything of this machine in it.
fn reproduce(args: &Args, scenario_file: &str) -> String {
    let mut words = vec!["redan run".to_string(), shell_word(scenario_file)];
    words.push(format!("--seed {}", args.seed));
    if args.replication > 0 {
        words.push(format!("--replication {}", args.replication));
    }
    if let Some(draw) = args.draw {
        words.push(format!("--draw {draw}"));
    }
    if let Some(terrain) = args.terrain.as_deref().filter(|wish| ["auto", "smooth"].contains(wish))
    {
        words.push(format!("--terrain {terrain}"));
    }
    if let Some(variant) = &args.variant {
        words.push(format!("--variant {}", shell_word(variant)));
    }
    words.join(" ")
}

fn json(summary: &Summary, taken: &Elapsed, out: &Path) -> serde_json::Value {
    serde_json::json!({
        "scenario": summary.scenario,
        "variant": summary.variant,
        "seed": summary.seed,
        "replication": summary.replication,
        "simulated_s": summary.simulated_s,
        "wall_s": taken.wall_s,
        "cpu_s": taken.cpu_s,
        "ratio": taken.ratio(summary.simulated_s),
        "looks": summary.looks,
        "plots": summary.plots,
        "rounds_fired": summary.rounds_fired,
        "kills": summary.kills.hostile,
        "friendly_kills": summary.kills.friendly,
        "neutral_kills": summary.kills.neutral,
        "hostile": summary.hostile,
        "leaks": summary.leaks,
        "digest": summary.digest,
        "recording": out,
    })
}
