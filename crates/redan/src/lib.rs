//! Command line of redan: thin — arguments, printing, conversion. What it does is done in the crates.
//!
//! It is a library so that the Python package can be a second shell over the same commands:
//! [`command_line`] is the whole program, [`calls::answer`] carries out one command and gives back what
//! `--json` prints. Neither has a second reader of arguments or a second way to play a study.

pub mod calls;

mod assignment;
mod clock;
mod command;
mod coverage;
mod envelope;
mod exit;
mod inputs;
mod interrupt;
mod log;
mod output;
mod problems;
mod replay;
mod report;
mod study;
mod text;
mod track;
mod validate;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{CommandFactory, Parser, Subcommand};

/// An open, mission-level simulator of the S-400 air-defence system and the air picture around it.
///
/// Analysis on open literature: every figure has a source, see `redan ledger`.
#[derive(Parser)]
#[command(name = "redan", version, max_term_width = 100)]
struct Cli {
    /// Folder with cards of your own, laid over the built-in ones.
    #[arg(long, global = true, value_name = "DIR")]
    cards: Option<PathBuf>,
    /// Say more on standard error; twice for everything.
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    verbose: u8,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run a battle and tell what happened.
    Run(command::run::Args),
    /// Play many battles and say how sure one may be of what came out.
    Study(command::study::Args),
    /// Compare variants of a scenario, draw by draw, with the same luck.
    Compare(command::compare::Args),
    /// Explain one aircraft of a recording: from its outcome back to its first plot, and every reason
    /// why it was not seen, tracked or engaged.
    Trace(command::trace::Args),
    /// Make a page of a recording in which one watches the battle.
    View(command::view::Args),
    /// Write a recording as a file for other programs: Tacview, maps, tables.
    Export(command::export::Args),
    /// Send a recording as live messages: DIS or Cursor on Target over UDP.
    Stream(command::stream::Args),
    /// Make a scenario of what flew in a recording of others (DIS).
    Import(command::import::Args),
    /// Show what a site really covers, at which heights, and what limits it.
    Coverage(command::coverage::Args),
    /// Run the tracker on recorded data.
    Track(command::track::Args),
    /// Assign weapons to targets with a proven bound.
    Assign(command::assign::Args),
    /// Show where a missile can meet a target, by its claimed figures and their rivals.
    Envelope(command::envelope::Args),
    /// Check scenario files and report all problems at once.
    Check(command::check::Args),
    /// Write a commented starter scenario.
    New(command::new::Args),
    /// Print the JSON Schema of scenario files, for editors.
    Schema,
    /// List the cards, or show one with its rival claims and sources.
    Ledger(command::ledger::Args),
    /// Fetch relief, or show what is at hand.
    #[command(subcommand)]
    Terrain(command::terrain::Action),
    /// Run the validation cases against published and third-party figures.
    Validate(validate::Args),
    /// Print a completion script for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
}

/// The program, with its name as the first of the words. Gives the exit code; a wrong usage and `--help`
/// end the process.
pub fn command_line(words: impl IntoIterator<Item = impl Into<OsString> + Clone>) -> u8 {
    let cli = Cli::parse_from(words);
    log::start(cli.verbose);
    match carry_out(cli) {
        Ok(code) => code,
        Err(error) => exit::report(&error),
    }
}

fn carry_out(cli: Cli) -> anyhow::Result<u8> {
    let library = inputs::library(cli.cards.as_deref())?;
    match cli.command {
        Command::Run(args) => command::run::run(&args, &library),
        Command::Study(args) => command::study::run(&args, &library),
        Command::Compare(args) => command::compare::run(&args, &library),
        Command::Trace(args) => command::trace::run(&args),
        Command::View(args) => command::view::run(&args),
        Command::Export(args) => command::export::run(&args),
        Command::Stream(args) => command::stream::run(&args),
        Command::Import(args) => command::import::run(&args, &library),
        Command::Coverage(args) => command::coverage::run(&args, &library),
        Command::Track(args) => command::track::run(&args),
        Command::Assign(args) => command::assign::run(&args),
        Command::Envelope(args) => command::envelope::run(&args, &library),
        Command::Check(args) => command::check::run(&args, &library),
        Command::New(args) => command::new::run(&args),
        Command::Schema => command::schema::run(),
        Command::Ledger(args) => command::ledger::run(&args, &library),
        Command::Terrain(action) => command::terrain::run(&action, &library),
        Command::Validate(args) => validate::run(&args, &library),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "redan", &mut script);
            output::print(&String::from_utf8(script)?)?;
            Ok(exit::OK)
        }
    }
}
