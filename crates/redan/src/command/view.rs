//! `redan view`: a recording as a page in which one watches the battle.

use std::path::{Path, PathBuf};

use redan_record::Recording;

use crate::exit::{self, bad_input};
use crate::output::print_line;
use crate::{inputs, replay};

/// Make a page of a recording in which one watches the battle: one file that needs no network.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The recording, a directory that `redan run` wrote.
    recording: PathBuf,
    /// File to write; one that exists is replaced. Default: the name of the recording, ending in `.html`.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Relief to show: `auto`, `smooth`, or a file or folder of tiles.
    #[arg(long, value_name = "WISH", default_value = "auto",
        value_parser = clap::builder::NonEmptyStringValueParser::new())]
    terrain: String,
    /// Open the page in the browser.
    #[arg(long)]
    open: bool,
}

/// Makes the page, and says where it is.
pub(crate) fn run(args: &Args) -> anyhow::Result<u8> {
    let (_, recording) = redan_store::read(&args.recording).map_err(bad_input)?;
    let out = args.out.clone().unwrap_or_else(|| beside(&args.recording));
    let size = write(&recording, &args.terrain, &out)?;
    print_line(&format!("{} is written: {:.1} MB; open it in a browser", out.display(), size))?;
    if args.open {
        open(&out);
    }
    Ok(exit::OK)
}

/// Writes the page and gives its size in megabytes.
pub(crate) fn write(recording: &Recording, terrain: &str, out: &Path) -> anyhow::Result<f64> {
    let window = replay::window(recording).map_err(bad_input)?;
    let relief = inputs::relief_of(terrain, &window.bounds())?;
    let page = replay::page(recording, &window, relief.grid.as_ref()).map_err(bad_input)?;
    super::export::put(out, ".html", |file| Ok(file.write_all(page.as_bytes())?))?;
    Ok(page.len() as f64 / 1e6)
}

/// The page of a recording lies beside it.
pub(crate) fn beside(recording: &Path) -> PathBuf {
    let whole = recording.canonicalize().unwrap_or_else(|_| recording.to_path_buf());
    let name = whole.file_name().map_or("replay".into(), |name| name.to_string_lossy());
    recording.with_file_name(format!("{name}.html"))
}

/// Opens a page in the browser; where that fails, whoever asked is told and opens it himself.
pub(crate) fn open(page: &Path) {
    let (program, first): (&str, &[&str]) = match std::env::consts::OS {
        "macos" => ("open", &[]),
        "windows" => ("cmd", &["/C", "start", ""]),
        _ => ("xdg-open", &[]),
    };
    let started = std::process::Command::new(program).args(first).arg(page).spawn();
    if let Err(error) = started {
        tracing::warn!(
            "cannot start {program}: {error}\nhint: open {} in a browser",
            page.display()
        );
    }
}
