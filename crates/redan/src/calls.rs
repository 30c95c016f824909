//! Commands that answer instead of printing: what the Python package calls.
//!
//! [`answer`] takes the words of a command line and reads them with the reader of the program, so that ranges,
//! defaults and messages are the same in both shells. What it gives back is the value that `--json` prints, with
//! `warnings` beside it.

use std::path::PathBuf;
use std::sync::OnceLock;

use clap::Parser;
use redan_sim::scenario::Problems;
use serde_json::Value;

use crate::exit::BadInput;
use crate::{Cli, Command, command, inputs};

static BINARY: OnceLock<PathBuf> = OnceLock::new();

/// Says which file holds this code where that is not the program itself, so that a study that another build began
/// is told from one's own. The first word holds.
pub fn held_by(file: PathBuf) {
    let _ = BINARY.set(file);
}

/// The file that holds this code.
pub(crate) fn binary() -> std::io::Result<PathBuf> {
    BINARY.get().cloned().map_or_else(std::env::current_exe, Ok)
}

/// Why a command gave no answer.
#[derive(Debug)]
pub struct Refusal {
    /// What is the matter, with its hint.
    pub message: String,
    /// The places, where a scenario is at fault.
    pub problems: Option<Problems>,
    /// Whether the user can mend it; else something failed inside.
    pub is_input: bool,
}

/// Carries out one of `check`, `study`, `compare`, `coverage` and `assign`; `words` begin with its name. Once
/// `goes_on` says `false`, a study or comparison begins no further part and is refused; what was played is kept.
///
/// # Errors
/// When the words are no such command, when the input does not hold, and when something fails.
pub fn answer(words: &[String], goes_on: &(dyn Fn() -> bool + Sync)) -> Result<Value, Refusal> {
    let words = std::iter::once("redan").chain(words.iter().map(String::as_str));
    let cli = Cli::try_parse_from(words).map_err(|error| of_usage(&error.to_string()))?;
    carry_out(&cli, goes_on).map_err(|error| match error.downcast::<BadInput>() {
        Ok(BadInput { message, problems }) => Refusal { message, problems, is_input: true },
        Err(error) => Refusal { message: format!("{error:#}"), problems: None, is_input: false },
    })
}

fn carry_out(cli: &Cli, goes_on: &(dyn Fn() -> bool + Sync)) -> anyhow::Result<Value> {
    let library = inputs::library(cli.cards.as_deref())?;
    match &cli.command {
        Command::Check(args) => command::check::answer(args, &library),
        Command::Study(args) => command::study::answer(args, &library, goes_on),
        Command::Compare(args) => command::compare::answer(args, &library, goes_on),
        Command::Coverage(args) => command::coverage::answer(args, &library),
        Command::Assign(args) => command::assign::answer(args),
        _ => Err(anyhow::anyhow!("this command prints and has no answer")),
    }
}

/// The message of the reader of arguments, without its prefix and its advice for a terminal.
fn of_usage(text: &str) -> Refusal {
    let text = text.strip_prefix("error: ").unwrap_or(text);
    let lines = text.lines().take_while(|line| !line.starts_with("Usage:"));
    let kept: Vec<&str> = lines.filter(|line| !line.starts_with("For more information")).collect();
    let message = kept.join("\n").trim().replace("\n\n  tip: ", "\n  hint: ");
    Refusal { message, problems: None, is_input: true }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(words: &[&str]) -> Refusal {
        let words: Vec<String> = words.iter().map(|word| (*word).to_string()).collect();
        answer(&words, &|| true).expect_err("this cannot be answered")
    }

    #[test]
    fn wrong_words_are_refused_in_one_message() {
        let refusal = refused(&["study", "a.toml", "--replications", "1"]);
        assert!(refusal.is_input);
        assert!(refusal.message.contains("--replications"), "{}", refusal.message);
        assert!(!refusal.message.contains("Usage") && !refusal.message.contains("--help"));
    }

    #[test]
    fn a_scenario_at_fault_gives_its_problems() {
        let refusal = refused(&["check", "no such file.toml"]);
        assert_eq!(refusal.problems.map(|problems| problems.list.len()), Some(1));
    }

    #[test]
    fn a_command_that_prints_has_no_answer() {
        assert!(!refused(&["schema"]).is_input);
    }
}
