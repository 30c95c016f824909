//! `redan compare`: variants of a scenario against each other, with the same draws and the same luck.

use std::path::{Path, PathBuf};

use redan_sim::card::Library;
use redan_sim::scenario::{Draft, Setting};
use redan_study::plan::Shard;

use super::study::{played, shown};
use crate::exit::{self, bad_input};
use crate::interrupt;
use crate::output::{print, print_line};
use crate::study::campaign::{Campaign, DesignWish, Progress, Request};
use crate::study::cases::{self, Case, Factor};
use crate::study::compare::Margin;
use crate::study::compared::Compared;
use crate::study::findings::Results;
use crate::study::until;

/// Compare variants of a scenario, draw by draw.
///
/// Every variant plays the same draws of the ledger with the same luck. What is told is the difference from the
/// first case, measure by measure, and `no difference shown` where there is none.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Scenario file.
    scenario: PathBuf,
    /// Variants to compare with the scenario as it is. Default: all of the file.
    #[arg(long, value_name = "A,B,…", value_delimiter = ',')]
    variants: Vec<String>,
    /// Play all combinations of the variants, for main effects and interactions.
    #[arg(long, requires = "variants")]
    factorial: bool,
    /// Battles of each variant. Rounded up to whole draws.
    #[arg(long, value_name = "N", default_value_t = 400, value_parser = clap::value_parser!(u64).range(4..=10_000_000))]
    replications: u64,
    /// Battles with each draw of the ledger.
    #[arg(long, value_name = "M", default_value_t = 4, value_parser = clap::value_parser!(u64).range(1..=100_000))]
    battles: u64,
    /// Smallest difference that matters, such as leakage=0.05; may be repeated.
    #[arg(long, value_name = "MEASURE=VALUE", value_parser = margin)]
    matters: Vec<Margin>,
    /// Compare this measure; may be repeated. Default: the usual ones.
    #[arg(long, value_name = "NAME", value_parser = until::measure)]
    measure: Vec<usize>,
    /// Conditions over which regret is told: PATH=FROM..UNTIL:STEP or a list; several are crossed.
    #[arg(long, value_name = "PATH=RANGE", value_parser = cases::sweep)]
    sweep: Vec<Factor>,
    /// Set a field of the scenario; may be repeated.
    #[arg(long, value_name = "PATH=VALUE", value_parser = cases::setting)]
    set: Vec<Setting>,
    /// Draw only figures whose names hold this; may be repeated.
    #[arg(long, value_name = "PART")]
    only: Vec<String>,
    /// How the draws are laid out.
    #[arg(long, value_enum, default_value_t = DesignWish::Random)]
    design: DesignWish,
    /// Seed of all chance.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Threads; 0 takes one for each core.
    #[arg(long, default_value_t = 0, value_name = "T", value_parser = clap::value_parser!(u16).range(0..=1024))]
    threads: u16,
    /// Relief: `auto`, `smooth`, or a file or folder of tiles. Default: what the scenario says.
    #[arg(long, value_parser = clap::builder::NonEmptyStringValueParser::new())]
    terrain: Option<String>,
    /// Table to write. Default: `studies/SCENARIO-compared-seedSEED.parquet`.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Print one JSON object instead of text.
    #[arg(long)]
    json: bool,
}

/// Most variants of a factorial: 32 cases.
const MOST_FACTORS: usize = 5;

fn margin(text: &str) -> Result<Margin, String> {
    let (name, value) =
        text.split_once('=').ok_or("write a measure, = and a value: leakage=0.05")?;
    let margin: f64 = value.trim().parse().map_err(|_| format!("`{value}` is no number"))?;
    if !(margin > 0.0 && margin.is_finite()) {
        return Err("a difference that matters is above 0".to_string());
    }
    Ok((until::measure(name.trim())?, margin))
}

/// Plays, compares and reports.
pub(crate) fn run(args: &Args, library: &Library) -> anyhow::Result<u8> {
    interrupt::watch()?;
    let done = Done::of(args, library, &interrupt::goes_on)?;
    for warning in &done.warnings {
        tracing::warn!("{warning}");
    }
    if args.json {
        print_line(&done.json().to_string())?;
    } else {
        let files =
            format!("\ntable   {}\nreport  {}\n", done.out.display(), done.report.display());
        print(&(done.compared.text(&done.results) + &files))?;
    }
    Ok(exit::OK)
}

/// Plays and compares; what `--json` prints.
pub(crate) fn answer(
    args: &Args,
    library: &Library,
    goes_on: &(dyn Fn() -> bool + Sync),
) -> anyhow::Result<serde_json::Value> {
    let done = Done::of(args, library, goes_on)?;
    let mut told = done.json();
    told["text"] = done.compared.text(&done.results).into();
    told["warnings"] = done.warnings.into();
    Ok(told)
}

/// A comparison that was played, with the page about it on the disk.
struct Done {
    out: PathBuf,
    report: PathBuf,
    results: Results,
    compared: Compared,
    warnings: Vec<String>,
}

impl Done {
    fn of(
        args: &Args,
        library: &Library,
        goes_on: &(dyn Fn() -> bool + Sync),
    ) -> anyhow::Result<Self> {
        let variants = variants(args, library)?;
        let choices: Vec<Option<String>> = match args.factorial {
            true => combinations(&variants)?,
            false => std::iter::once(None).chain(variants.iter().cloned().map(Some)).collect(),
        };
        let stem = args.scenario.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let out = args.out.clone().unwrap_or_else(|| {
            Path::new("studies").join(format!("{stem}-compared-seed{}.parquet", args.seed))
        });
        let cases: Vec<Case> = cases::crossed(&choices, &args.set, &args.sweep)?;
        let warnings = play(args, (cases, &out), library, goes_on)?;
        let results = Results::open(&out)?;
        let factors = if args.factorial { variants } else { Vec::new() };
        let compared =
            Compared::of(&results, &shown(&args.measure), &args.matters, &choices, &factors)?;
        let report = out.with_extension("html");
        std::fs::write(&report, compared.page(&results)?)?;
        Ok(Self { out, report, results, compared, warnings })
    }

    fn json(&self) -> serde_json::Value {
        self.compared.json(&self.results, &self.out)
    }
}

/// Plays all cases into one table; what the user should know before believing it.
fn play(
    args: &Args,
    (cases, out): (Vec<Case>, &Path),
    library: &Library,
    goes_on: &(dyn Fn() -> bool + Sync),
) -> anyhow::Result<Vec<String>> {
    if args.design == DesignWish::Pairs {
        return Err(bad_input("--design pairs is for `redan study`\n  hint: take random or latin"));
    }
    let request = Request {
        file: &args.scenario,
        terrain: args.terrain.as_deref(),
        cases,
        replications: args.replications,
        battles: args.battles,
        seed: args.seed,
        design: args.design,
        only: &args.only,
        until: None,
        out,
    };
    let campaign = Campaign::prepare(request, library)?;
    if let Progress::Waiting(..) = played(&campaign, Shard::WHOLE, args.threads, goes_on)? {
        return Err(anyhow::anyhow!("parts of the comparison are missing after all were played"));
    }
    Ok(campaign.warnings)
}

/// Variants that were asked for, or all of the file.
fn variants(args: &Args, library: &Library) -> anyhow::Result<Vec<String>> {
    let draft = Draft::read(&args.scenario, None, library);
    let draft = draft.map_err(crate::problems::bad_scenario)?;
    let known: Vec<String> = draft.variants().iter().map(|(name, _)| name.clone()).collect();
    let wanted = if args.variants.is_empty() { known } else { args.variants.clone() };
    if wanted.is_empty() && args.sweep.is_empty() {
        return Err(bad_input(
            "the scenario has no variants to compare\n  hint: write a table [variants.NAME], or vary a field with \
             --sweep",
        ));
    }
    Ok(wanted)
}

/// All combinations, none of them first; each is written `a+b`.
fn combinations(variants: &[String]) -> anyhow::Result<Vec<Option<String>>> {
    if variants.len() > MOST_FACTORS {
        let text = format!("a factorial of {} variants is too large", variants.len());
        return Err(bad_input(format!(
            "{text}\n  hint: name at most {MOST_FACTORS} with --variants"
        )));
    }
    let of = |bits: usize| {
        let own = variants.iter().enumerate().filter(|(index, _)| bits >> index & 1 == 1);
        let names: Vec<&str> = own.map(|(_, name)| name.as_str()).collect();
        (!names.is_empty()).then(|| names.join("+"))
    };
    Ok((0..1_usize << variants.len()).map(of).collect())
}
