//! `redan new`: a commented scenario to start from.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::exit::{self, bad_input};
use crate::output::print_line;
use crate::text::shell_word;

/// The scenario that is written.
const STARTER: &str = include_str!("starter.toml");

/// Write a commented starter scenario.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// File to write; it must not exist.
    #[arg(value_name = "FILE.toml")]
    file: PathBuf,
}

/// Writes the starter and says what to do with it.
pub(crate) fn run(args: &Args) -> anyhow::Result<u8> {
    write(&args.file)?;
    let file = args.file.display();
    let word = shell_word(&file.to_string());
    print_line(&format!(
        "{file} is written. Change it as you like, then\n\n  redan check {word}\n  redan run {word}"
    ))?;
    Ok(exit::OK)
}

fn write(file: &Path) -> anyhow::Result<()> {
    if fs::symlink_metadata(file).is_ok() {
        let reason = format!("{} exists and is left as it is", file.display());
        return Err(bad_input(format!("{reason}\nhint: name another file, or move that one away")));
    }
    put(file, STARTER).map_err(|error| {
        let hint = "the folder must exist, and you must be allowed to write there";
        bad_input(format!("cannot write {}: {error}\nhint: {hint}", file.display()))
    })
}

/// Writes a file under another name first, so that nobody ever finds half of it.
fn put(file: &Path, text: &str) -> io::Result<()> {
    let Some(name) = file.file_name() else {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no name of a file"));
    };
    let mut unfinished = name.to_os_string();
    unfinished.push(format!(".{}.part", std::process::id()));
    let unfinished = file.with_file_name(unfinished);
    let outcome = fs::write(&unfinished, text).and_then(|()| fs::rename(&unfinished, file));
    if outcome.is_err() {
        // Whether it was there at all is unknown; the first error is the one that matters.
        let _ = fs::remove_file(&unfinished);
    }
    outcome
}

#[cfg(test)]
mod tests {
    use redan_sim::card::Library;
    use redan_sim::scenario::Draft;

    use super::*;

    #[test]
    fn the_starter_is_a_scenario_without_problems_with_every_variant() {
        let library = Library::embedded();
        let draft = match Draft::parse("starter.toml", STARTER, None, &library) {
            Ok(draft) => draft,
            Err(problems) => panic!("{problems}"),
        };
        assert!(!draft.variants().is_empty());
        for (name, _) in draft.variants() {
            let outcome = Draft::parse("starter.toml", STARTER, Some(name), &library);
            assert!(outcome.is_ok(), "{name}: {:?}", outcome.err());
        }
    }

    #[test]
    fn a_file_that_exists_is_left_as_it_is() {
        let folder = std::env::temp_dir().join(format!("redan-new-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("the folder for tests can be written");
        let file = folder.join("raid.toml");
        write(&file).expect("the file is new");
        assert_eq!(fs::read_to_string(&file).expect("it was written"), STARTER);
        fs::write(&file, "mine").expect("it can be written");
        let error = write(&file).expect_err("it exists").to_string();
        assert!(error.contains("hint: name another file"), "{error}");
        assert_eq!(fs::read_to_string(&file).expect("it is there"), "mine");
        let error = write(&folder.join("no/raid.toml")).expect_err("no folder").to_string();
        assert!(error.contains("hint: the folder must exist"), "{error}");
        let left = fs::read_dir(&folder).expect("it is there").count();
        fs::remove_dir_all(&folder).expect("it was made here");
        assert_eq!(left, 1, "something unfinished is left");
    }
}
