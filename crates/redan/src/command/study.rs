//! `redan study`: many battles, with what is random and what is not known told apart.

use std::path::{Path, PathBuf};

use redan_sim::card::Library;
use redan_sim::scenario::Setting;
use redan_study::plan::Shard;

use crate::clock::Clock;
use crate::exit::{self, bad_input};
use crate::interrupt;
use crate::output::{print, print_line};
use crate::study::campaign::{Campaign, DesignWish, Progress, Request};
use crate::study::cases::{self, Case, Factor};
use crate::study::findings::{Finding, Results, USUAL};
use crate::study::until::{self, Until};
use crate::study::{page, table};

/// Play many battles and say how sure one may be of what came out.
///
/// Each draw of the ledger takes a value for every figure that nobody knows for sure and plays some battles
/// with it. A study that is cut off goes on where it was when the same command is given again.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Scenario file.
    scenario: PathBuf,
    /// Battles to play; with --until at most so many. Rounded up to whole draws.
    #[arg(long, value_name = "N", default_value_t = 1_000, value_parser = clap::value_parser!(u64).range(2..=100_000_000))]
    replications: u64,
    /// Battles with each draw of the ledger; two are the fewest that tell luck from ignorance.
    #[arg(long, value_name = "M", default_value_t = 2, value_parser = clap::value_parser!(u64).range(1..=100_000))]
    battles: u64,
    /// Stop once a measure is known so well, such as leakage±0.02 (or leakage+-0.02).
    #[arg(long, value_name = "MEASURE±HALF", value_parser = until::parse, conflicts_with = "shard")]
    until: Option<Until>,
    /// Seed of all chance.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Play only share k of N, from 1; the last share to end makes the table.
    #[arg(long, value_name = "K/N", value_parser = <Shard as std::str::FromStr>::from_str)]
    shard: Option<Shard>,
    /// Threads; 0 takes one for each core.
    #[arg(long, default_value_t = 0, value_name = "T", value_parser = clap::value_parser!(u16).range(0..=1024))]
    threads: u16,
    /// Variant of the scenario.
    #[arg(long)]
    variant: Option<String>,
    /// Relief: `auto`, `smooth`, or a file or folder of tiles. Default: what the scenario says.
    #[arg(long, value_parser = clap::builder::NonEmptyStringValueParser::new())]
    terrain: Option<String>,
    /// How the draws are laid out.
    #[arg(long, value_enum, default_value_t = DesignWish::Random)]
    design: DesignWish,
    /// Draw only figures whose names hold this, such as 92n6e or kill_probability; may be repeated.
    #[arg(long, value_name = "PART")]
    only: Vec<String>,
    /// Set a field of the scenario; may be repeated.
    #[arg(long, value_name = "PATH=VALUE", value_parser = cases::setting)]
    set: Vec<Setting>,
    /// Vary a field: FROM..UNTIL:STEP or a list; several are crossed.
    #[arg(long, value_name = "PATH=RANGE", value_parser = cases::sweep)]
    sweep: Vec<Factor>,
    /// Table of factors: .csv with a case in each row, or .toml with lists to cross.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["sweep", "variant"])]
    factors: Option<PathBuf>,
    /// Show this measure; may be repeated. Default: the usual ones.
    #[arg(long, value_name = "NAME", value_parser = until::measure)]
    measure: Vec<usize>,
    /// Table to write. Default: `studies/SCENARIO-VARIANT-seedSEED.parquet`.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Print one JSON object instead of text.
    #[arg(long)]
    json: bool,
}

/// Plays, or goes on, and reports.
pub(crate) fn run(args: &Args, library: &Library) -> anyhow::Result<u8> {
    let campaign = Campaign::prepare(request(args, &out(args))?, library)?;
    for warning in &campaign.warnings {
        tracing::warn!("{warning}");
    }
    let clock = Clock::start();
    let shard = args.shard.unwrap_or(Shard::WHOLE);
    interrupt::watch()?;
    match played(&campaign, shard, args.threads, &interrupt::goes_on)? {
        Progress::Waiting(there, all) => print_line(&format!(
            "share {}/{} is done: {there} of {all} parts are in {}",
            shard.number,
            shard.of,
            campaign.folder.parts.display()
        ))?,
        Progress::Finished => tell(args, &Found::of(args)?, &clock)?,
    }
    Ok(exit::OK)
}

/// Plays, or goes on; what `--json` prints, or `waiting` for the parts of other shares.
pub(crate) fn answer(
    args: &Args,
    library: &Library,
    goes_on: &(dyn Fn() -> bool + Sync),
) -> anyhow::Result<serde_json::Value> {
    let campaign = Campaign::prepare(request(args, &out(args))?, library)?;
    let shard = args.shard.unwrap_or(Shard::WHOLE);
    let mut told = match played(&campaign, shard, args.threads, goes_on)? {
        Progress::Waiting(there, all) => serde_json::json!({ "waiting": [there, all] }),
        Progress::Finished => Found::of(args)?.json(),
    };
    told["warnings"] = campaign.warnings.into();
    Ok(told)
}

fn out(args: &Args) -> PathBuf {
    args.out.clone().unwrap_or_else(|| default_out(args))
}

fn request<'a>(args: &'a Args, out: &'a Path) -> anyhow::Result<Request<'a>> {
    Ok(Request {
        file: &args.scenario,
        terrain: args.terrain.as_deref(),
        cases: cases_of(args)?,
        replications: args.replications,
        battles: args.battles,
        seed: args.seed,
        design: args.design,
        only: &args.only,
        until: args.until.clone(),
        out,
    })
}

/// Plays on a pool of threads of its own.
pub(crate) fn played(
    campaign: &Campaign<'_>,
    shard: Shard,
    threads: u16,
    goes_on: &(dyn Fn() -> bool + Sync),
) -> anyhow::Result<Progress> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(usize::from(threads)).build();
    let pool = pool.map_err(|error| {
        bad_input(format!("cannot start {threads} threads: {error}\n  hint: ask for fewer threads"))
    })?;
    pool.install(|| campaign.play(shard, goes_on))
}

fn cases_of(args: &Args) -> anyhow::Result<Vec<Case>> {
    match &args.factors {
        Some(file) => cases::table(file, &args.set),
        None => cases::crossed(std::slice::from_ref(&args.variant), &args.set, &args.sweep),
    }
}

fn default_out(args: &Args) -> PathBuf {
    let stem = args.scenario.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let variant = args.variant.as_ref().map(|name| format!("-{name}")).unwrap_or_default();
    let swept = if args.sweep.is_empty() && args.factors.is_none() { "" } else { "-sweep" };
    Path::new("studies").join(format!("{stem}{variant}{swept}-seed{}.parquet", args.seed))
}

/// Measures that are shown.
pub(crate) fn shown(asked: &[usize]) -> Vec<usize> {
    match asked {
        [] => USUAL.iter().filter_map(|name| until::measure(name).ok()).collect(),
        asked => asked.to_vec(),
    }
}

/// What a finished table says, with the page about it on the disk.
struct Found {
    out: PathBuf,
    report: PathBuf,
    results: Results,
    by_measure: Vec<Vec<Finding>>,
}

impl Found {
    fn of(args: &Args) -> anyhow::Result<Self> {
        let out = out(args);
        let results = Results::open(&out)?;
        let measures = shown(&args.measure);
        let by_measure: Vec<Vec<Finding>> =
            measures.iter().map(|measure| results.findings(*measure)).collect::<Result<_, _>>()?;
        let report = out.with_extension("html");
        std::fs::write(&report, page::html(&results, &measures, &by_measure)?)?;
        Ok(Self { out, report, results, by_measure })
    }

    fn json(&self) -> serde_json::Value {
        json(&self.results, &self.by_measure, &self.out)
    }
}

fn tell(args: &Args, found: &Found, clock: &Clock) -> anyhow::Result<()> {
    let Found { out, report, results, by_measure } = found;
    if args.json {
        return print_line(&found.json().to_string());
    }
    let nominal = results.about.plan.design == "nominal";
    let mut text = head(results);
    for (case, about) in results.about.cases.iter().enumerate() {
        let own: Vec<Finding> = by_measure.iter().map(|found| found[case].clone()).collect();
        let name = if about.name.is_empty() { "" } else { &format!("{}\n", about.name) };
        text += &format!("\n{name}{}\n{}", table::of(&own, nominal), table::any(&own));
    }
    let taken = clock.elapsed();
    text += &format!(
        "\ntable   {}\nreport  {}\n{:.1} s, {:.1} s of processor time\n",
        out.display(),
        report.display(),
        taken.wall_s,
        taken.cpu_s
    );
    print(&text)
}

fn head(results: &Results) -> String {
    let about = &results.about;
    let plan = &about.plan;
    let battles = results.battles(0) as u64;
    let figures = match plan.design.as_str() {
        "nominal" => "all figures as the cards propose".to_string(),
        design => format!(
            "{} figures drawn {} times ({design}), {} battles each",
            about.figures.len(),
            battles / plan.battles,
            plan.battles
        ),
    };
    let until =
        plan.until.as_ref().map(|until| format!("; stopped by {until}")).unwrap_or_default();
    format!(
        "{}\n{}\n{battles} battles, {figures}{until}; seed {}; {}\n",
        about.title, about.question, plan.seed, about.terrain_note
    )
}

fn json(results: &Results, by_measure: &[Vec<Finding>], out: &Path) -> serde_json::Value {
    let ends = |interval: &Option<redan_study::stats::Interval>| {
        interval.map(|interval| [interval.low, interval.high])
    };
    let finding = |finding: &Finding| {
        let nested = finding.nested.as_ref();
        serde_json::json!({
            "measure": finding.measure,
            "observed": finding.observed,
            "mean": nested.map(|nested| nested.mean.mean),
            "monte_carlo": ends(&finding.monte_carlo),
            "ledger": nested.and_then(|nested| ends(&nested.ledger_spread)),
            "battles": ends(&finding.battle_spread),
            "luck_deviation": nested.and_then(|nested| nested.luck_deviation),
            "ledger_deviation": nested.and_then(|nested| nested.ledger_deviation),
            "any": finding.any.map(|(share, interval)| [share, interval.low, interval.high]),
        })
    };
    let case = |(case, about): (usize, &crate::study::about::CaseAbout)| {
        serde_json::json!({
            "case": about.name,
            "replications": results.battles(case),
            "measures": by_measure.iter().map(|found| finding(&found[case])).collect::<Vec<_>>(),
        })
    };
    serde_json::json!({
        "scenario": results.about.title,
        "seed": results.about.plan.seed,
        "battles_a_draw": results.about.plan.battles,
        "figures": results.about.figures.len(),
        "cases": results.about.cases.iter().enumerate().map(case).collect::<Vec<_>>(),
        "table": out,
    })
}
