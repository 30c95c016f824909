//! `redan trace`: one aircraft of a recording, explained.

use std::path::PathBuf;

use redan_record::explain;

use crate::exit::{self, bad_input};
use crate::output::{print, print_line};

/// Explain one aircraft of a recording.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The recording, a directory that `redan run` wrote.
    recording: PathBuf,
    /// Aircraft or flight by name; without it the recording's aircraft are listed.
    aircraft: Option<String>,
}

/// Prints the explanation.
pub(crate) fn run(args: &Args) -> anyhow::Result<u8> {
    let (_, recording) = redan_store::read(&args.recording).map_err(bad_input)?;
    let Some(query) = &args.aircraft else {
        print(&crate::text::flight_list(&recording))?;
        return Ok(exit::OK);
    };
    let found = explain::find_aircraft(&recording.roster, query).map_err(bad_input)?;
    let answers: Vec<String> =
        found.iter().map(|aircraft| explain::answer(&recording, *aircraft)).collect();
    print_line(answers.join("\n\n").trim_end())?;
    Ok(exit::OK)
}
