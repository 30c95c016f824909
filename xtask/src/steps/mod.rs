//! The steps of `cargo xtask test`, their order, and the table at the end.

mod cargo;
mod debian;
mod deny;
mod program;
mod python;
mod strangers;
mod viewer;
mod wasm;

use std::io::Write;
use std::time::Instant;

use anyhow::Result;

use crate::shell::Workspace;

/// How a step ended when it did not fail.
pub(crate) enum Outcome {
    /// It holds; the note is one line for the reader, possibly empty.
    Passed(String),
    /// It could not be checked here, for this reason.
    Skipped(String),
}

/// One check.
pub(crate) struct Step {
    /// The word after `--only`.
    pub(crate) name: &'static str,
    /// What a pass proves.
    proves: &'static str,
    run: fn(&Workspace) -> Result<Outcome>,
}

/// Every check, cheap ones first, so that a slip shows before the long builds.
pub(crate) const ALL: &[Step] = &[
    Step { name: "versions", proves: "the compiler is new enough", run: cargo::versions },
    Step { name: "fmt", proves: "the code is formatted", run: cargo::fmt },
    Step { name: "tidy", proves: "the house rules hold", run: tidy },
    Step { name: "clippy", proves: "no warning, no platform mathematics", run: cargo::clippy },
    Step { name: "test", proves: "unit, property, golden and snapshot tests", run: cargo::test },
    Step { name: "doc", proves: "the documentation builds, no broken link", run: cargo::doc },
    Step { name: "wasm", proves: "everything up to redan-sim fits wasm32", run: wasm::check },
    Step { name: "deny", proves: "licences, sources, known vulnerabilities", run: deny::check },
    Step {
        name: "first-look",
        proves: "the first scenario runs and reports",
        run: program::first_look,
    },
    Step {
        name: "viewer",
        proves: "the viewer is what its sources build, and shows a battle in a browser",
        run: viewer::check,
    },
    Step { name: "validate", proves: "every validation case holds", run: program::validate },
    Step {
        name: "determinism",
        proves: "one seed, one recording, byte for byte",
        run: program::determinism,
    },
    Step {
        name: "strangers",
        proves: "programs of others read every format right",
        run: strangers::check,
    },
    Step {
        name: "python",
        proves: "the Python package installs, and does what it says",
        run: python::check,
    },
];

/// The step of this name.
pub(crate) fn find(name: &str) -> Option<&'static Step> {
    ALL.iter().find(|step| step.name == name)
}

/// The names in order, for a message.
pub(crate) fn names() -> String {
    ALL.iter().map(|step| step.name).collect::<Vec<_>>().join(", ")
}

/// Prints what `--list` shows.
pub(crate) fn print_list() {
    for step in ALL {
        println!("{:<12} {}", step.name, step.proves);
    }
}

/// Which steps to run, and whether a failure ends the run.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Plan {
    /// Names to run; empty means all.
    pub(crate) only: Vec<&'static str>,
    /// Whether to go on after a failure.
    pub(crate) keep_going: bool,
}

impl Plan {
    /// Runs the steps, prints the table, and says whether nothing failed.
    pub(crate) fn run(&self, workspace: &Workspace) -> bool {
        let mut rows = Vec::new();
        for step in ALL.iter().filter(|step| self.wants(step)) {
            let failed_before = rows.iter().any(|row: &Row| row.end == End::Failed);
            if failed_before && !self.keep_going {
                rows.push(Row::not_run(step));
                continue;
            }
            rows.push(run_one(step, workspace));
        }
        print!("{}", summary(&rows));
        rows.iter().all(|row| row.end != End::Failed)
    }

    fn wants(&self, step: &Step) -> bool {
        self.only.is_empty() || self.only.contains(&step.name)
    }
}

fn run_one(step: &Step, workspace: &Workspace) -> Row {
    print!("{:<12} ... ", step.name);
    // The line is finished only minutes later; a reader should see now which step is running.
    let _ = std::io::stdout().flush();
    let started = Instant::now();
    let result = (step.run)(workspace);
    let seconds = started.elapsed().as_secs_f64();
    let (end, note) = match result {
        Ok(Outcome::Passed(note)) => (End::Passed, note),
        Ok(Outcome::Skipped(reason)) => (End::Skipped, reason),
        Err(problem) => {
            print!("\n{:#}\n{:<12} ... ", problem, step.name);
            (End::Failed, String::new())
        }
    };
    let row = Row { name: step.name, end, seconds, note };
    println!("{}", row.line());
    // Why something was skipped, and what to do about it, is worth more than one line.
    if row.end == End::Skipped {
        println!("{}", row.note);
    }
    row
}

#[derive(Clone, Copy, PartialEq)]
enum End {
    Passed,
    Failed,
    Skipped,
    NotRun,
}

impl End {
    fn word(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "FAILED",
            Self::Skipped => "skipped",
            Self::NotRun => "not run",
        }
    }
}

/// One line of the table.
struct Row {
    name: &'static str,
    end: End,
    seconds: f64,
    note: String,
}

impl Row {
    fn not_run(step: &Step) -> Self {
        Self { name: step.name, end: End::NotRun, seconds: 0.0, note: String::new() }
    }

    fn line(&self) -> String {
        let first_line = self.note.lines().next().unwrap_or_default();
        let note = shortened(first_line);
        let line = format!("{:<8} {:>7.1} s  {note}", self.end.word(), self.seconds);
        line.trim_end().to_owned()
    }
}

/// The beginning of a long note: a row of the table is one line on a screen.
fn shortened(note: &str) -> String {
    const LETTERS: usize = 80;
    match note.char_indices().nth(LETTERS) {
        Some((end, _)) => format!("{}…", &note[..end]),
        None => note.to_owned(),
    }
}

fn summary(rows: &[Row]) -> String {
    let count = |end: End| rows.iter().filter(|row| row.end == end).count();
    let mut text = String::from("\n");
    for row in rows {
        text += &format!("  {:<12} {}\n", row.name, row.line());
    }
    let seconds: f64 = rows.iter().map(|row| row.seconds).sum();
    text += &format!("  {:<12} {:<8} {seconds:>7.1} s\n\n", "", "in all");
    text += &format!("{} passed, {} failed", count(End::Passed), count(End::Failed));
    for (end, word) in [(End::Skipped, "skipped"), (End::NotRun, "not run")] {
        match count(end) {
            0 => {}
            some => text += &format!(", {some} {word}"),
        }
    }
    text + "\n"
}

fn tidy(workspace: &Workspace) -> Result<Outcome> {
    let report = crate::tidy::check(&workspace.root)?;
    if report.findings.is_empty() {
        return Ok(Outcome::Passed(report.statistics.to_string()));
    }
    let lines: Vec<String> = report.findings.iter().map(ToString::to_string).collect();
    anyhow::bail!("{}\n{} findings; {}", lines.join("\n"), lines.len(), report.statistics)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &'static str, end: End) -> Row {
        Row { name, end, seconds: 1.25, note: "note\nsecond line".into() }
    }

    #[test]
    fn the_last_line_counts_the_ends() {
        let rows = [row("a", End::Passed), row("b", End::Failed), row("c", End::Skipped)];
        assert_eq!(summary(&rows).lines().last(), Some("1 passed, 1 failed, 1 skipped"));
    }

    #[test]
    fn the_last_line_is_short_when_all_passed() {
        let rows = [row("a", End::Passed), row("b", End::Passed)];
        assert_eq!(summary(&rows).lines().last(), Some("2 passed, 0 failed"));
    }

    #[test]
    fn a_row_shows_only_the_first_line_of_its_note() {
        assert_eq!(row("a", End::Passed).line(), "passed       1.2 s  note");
    }

    #[test]
    fn step_names_are_unique() {
        let mut names: Vec<_> = ALL.iter().map(|step| step.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), ALL.len());
    }
}
