//! `redan validate`: redan against published and third-party figures.
//!
//! A case is a folder under `validation/` with its claim, source and tolerance in a README, and a
//! file here that computes. Inputs are built into the program: it needs no folder to be run.

mod channels;
mod check;
mod detection;
mod engagements;
mod field;
mod flight;
mod fourth_root;
mod geodesy;
mod horizon;
mod jamming;
mod low;
mod outcome;
mod print;
mod propagation;
mod reach;
mod stages;
mod table;
mod worked;

use redan_sim::card::Library;
use serde::Serialize;

use crate::exit;
use crate::output;
use check::{Check, Verdict};

/// Run the validation cases against published and third-party figures.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Cases by number or name; all of them unless given.
    cases: Vec<String>,
    /// Print one JSON object instead of tables.
    #[arg(long)]
    json: bool,
}

/// Runs the cases and prints what came of them; exit code 1 when one fails.
pub(crate) fn run(args: &Args, library: &Library) -> anyhow::Result<u8> {
    let cases = chosen(&args.cases)?;
    let mut reports = Vec::new();
    for case in cases {
        let report = case.report(library, Effort::Full);
        if !args.json {
            // Case by case, because the engine takes its seconds.
            output::print(&print::case(&report))?;
        }
        reports.push(report);
    }
    let total = Total::of(&reports);
    if args.json {
        output::print_line(&print::json(&reports, &total)?)?;
    } else {
        output::print_line(&print::total(&total))?;
    }
    Ok(if total.failed == 0 { exit::OK } else { exit::FAILED })
}

/// How much a case may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Effort {
    /// Everything.
    Full,
    /// A few replications, for the tests of the developer.
    #[cfg_attr(not(test), expect(dead_code, reason = "for tests"))]
    Quick,
}

impl Effort {
    /// Replications to run where the whole case has `full`.
    fn replications(self, full: u64) -> u64 {
        match self {
            Effort::Full => full,
            Effort::Quick => full.div_ceil(8),
        }
    }
}

/// One case.
struct Case {
    /// Name of its folder under `validation/`.
    name: &'static str,
    /// What it is about.
    title: &'static str,
    run: fn(&Library, Effort) -> anyhow::Result<Findings>,
}

const CASES: [Case; 12] = [
    Case {
        name: "01-horizon",
        title: "What a radar sees over the curve of the Earth",
        run: horizon::run,
    },
    Case {
        name: "02-fourth-root",
        title: "Published ranges at two cross-sections, and the engine's looks",
        run: fourth_root::run,
    },
    Case {
        name: "03-worked-examples",
        title: "Worked examples of textbooks and manuals",
        run: worked::run,
    },
    Case {
        name: "04-detection",
        title: "Detection probability, Swerling's cases 0 to 4",
        run: detection::run,
    },
    Case {
        name: "05-atmosphere-and-flight",
        title: "Standard atmosphere, and missiles as fast as published",
        run: flight::run,
    },
    Case {
        name: "06-reach-against-low-fliers",
        title: "400 km or 25 km? First intercept of a low flier",
        run: reach::run,
    },
    Case { name: "07-geodesy", title: "Frames and lines of sight", run: geodesy::run },
    Case {
        name: "08-propagation",
        title: "What air, rain and ground do to a wave",
        run: propagation::run,
    },
    Case {
        name: "09-jamming",
        title: "Noise of jammers, cancellers, and thresholds that average",
        run: jamming::run,
    },
    Case {
        name: "10-low-altitude",
        title: "What catalogues claim against low fliers",
        run: low::run,
    },
    Case {
        name: "11-engagements",
        title: "Shots, looks and leaks in the engine beside their closed forms",
        run: engagements::run,
    },
    Case {
        name: "12-channels",
        title: "Channels and rounds that run out, beside their closed forms",
        run: channels::run,
    },
];

impl Case {
    /// Runs it; what stops it is a failure of the case and not of the program.
    fn report(&self, library: &Library, effort: Effort) -> Report {
        let (findings, error) = match (self.run)(library, effort) {
            Ok(findings) => (findings, None),
            Err(error) => (Findings::default(), Some(format!("{error:#}"))),
        };
        Report { name: self.name, title: self.title, findings, error }
    }

    /// Whether a query is its number, its name, or a part of its name.
    fn answers_to(&self, query: &str) -> bool {
        let number = self.name.split('-').next().unwrap_or_default();
        match query.parse::<u32>() {
            Ok(wanted) => number.parse() == Ok(wanted),
            Err(_) => !query.is_empty() && self.name.contains(query),
        }
    }
}

/// Cases by number or name, in the order of their numbers.
fn chosen(queries: &[String]) -> anyhow::Result<Vec<&'static Case>> {
    let unknown = queries.iter().find(|query| !CASES.iter().any(|case| case.answers_to(query)));
    if let Some(query) = unknown {
        let names: Vec<&str> = CASES.iter().map(|case| case.name).collect();
        let names = names.join(", ");
        return Err(exit::bad_input(format!("no case `{query}`\nhint: the cases are {names}")));
    }
    let wanted =
        |case: &&Case| queries.is_empty() || queries.iter().any(|query| case.answers_to(query));
    Ok(CASES.iter().filter(wanted).collect())
}

/// What a case found.
#[derive(Clone, Debug, Default, Serialize)]
struct Findings {
    checks: Vec<Check>,
    grids: Vec<Grid>,
    notes: Vec<String>,
}

impl Findings {
    fn note(&mut self, note: impl Into<String>) {
        self.notes.push(note.into());
    }

    fn extend(&mut self, more: Findings) {
        self.checks.extend(more.checks);
        self.grids.extend(more.grids);
        self.notes.extend(more.notes);
    }
}

/// A table of numbers under a case.
#[derive(Clone, Debug, Serialize)]
struct Grid {
    title: String,
    columns: Vec<String>,
    /// Name of the row and its cells, one for each column.
    rows: Vec<(String, Vec<Option<f64>>)>,
}

/// A case that was run.
#[derive(Clone, Debug, Serialize)]
struct Report {
    #[serde(rename = "case")]
    name: &'static str,
    title: &'static str,
    #[serde(flatten)]
    findings: Findings,
    /// What stopped it.
    error: Option<String>,
}

/// Lines by verdict, over all cases that were run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
struct Total {
    cases: usize,
    passed: usize,
    failed: usize,
    info: usize,
}

impl Total {
    fn of(reports: &[Report]) -> Total {
        let mut total = Total { cases: reports.len(), ..Total::default() };
        for report in reports {
            total.failed += usize::from(report.error.is_some());
            for check in &report.findings.checks {
                match check.verdict {
                    Verdict::Pass => total.passed += 1,
                    Verdict::Fail => total.failed += 1,
                    Verdict::Info => total.info += 1,
                }
            }
        }
        total
    }
}

/// Runs one case in short and asserts that so many lines passed and none failed.
#[cfg(test)]
fn assert_passes(name: &str, passed: usize) {
    let cases = chosen(&[name.to_string()]).expect("a case");
    let report = cases[0].report(&Library::embedded(), Effort::Quick);
    let total = Total::of(std::slice::from_ref(&report));
    let text = print::case(&report);
    assert_eq!((total.failed, total.passed), (0, passed), "\n{text}");
    let widest = text.lines().map(|line| line.chars().count()).max().unwrap_or(0);
    assert!(widest <= print::WIDTH, "a line has {widest} characters\n{text}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_is_found_by_number_and_by_name() {
        for query in ["1", "01", "hor", "01-horizon"] {
            let found = chosen(&[query.to_string()]).expect("a case");
            assert_eq!(found.iter().map(|case| case.name).collect::<Vec<_>>(), ["01-horizon"]);
        }
        assert_eq!(chosen(&[]).expect("all").len(), CASES.len());
    }

    #[test]
    fn an_unknown_case_is_refused_with_the_names_of_all() {
        let error = chosen(&["80".to_string()]).err().expect("refused").to_string();
        assert!(error.contains("hint:") && error.contains("07-geodesy"), "{error}");
    }

    #[test]
    fn a_case_that_stops_has_failed() {
        let broken = Case { name: "99-none", title: "", run: |_, _| anyhow::bail!("no table") };
        let report = broken.report(&Library::default(), Effort::Quick);
        assert_eq!(Total::of(&[report]).failed, 1);
    }
}
