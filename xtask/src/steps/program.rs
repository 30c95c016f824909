//! The steps that run the program as a user does.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::Outcome;
use crate::shell::{Workspace, quiet};

const SCENARIO: &str = "scenarios/first-look.toml";

/// The command of the README: it ends well and leaves a summary and a report.
pub(super) fn first_look(workspace: &Workspace) -> Result<Outcome> {
    let out = workspace.scratch("first-look")?.join("recording");
    quiet(redan(workspace).args(["run", SCENARIO, "--out"]).arg(&out))?;
    for name in ["summary.json", "report.html"] {
        let size = std::fs::metadata(out.join(name)).map_or(0, |found| found.len());
        if size == 0 {
            bail!("`redan run {SCENARIO}` ended well but left no {name}");
        }
    }
    Ok(Outcome::Passed("summary.json and report.html written".into()))
}

pub(super) fn validate(workspace: &Workspace) -> Result<Outcome> {
    let printed = quiet(redan(workspace).arg("validate"))?;
    let last = printed.lines().rev().find(|line| !line.trim().is_empty());
    Ok(Outcome::Passed(last.unwrap_or_default().trim().to_owned()))
}

/// Two runs of one seed, from two directories, under two languages and two time zones, must leave
/// the same files with the same bytes. No file is exempt: what differs would be a path, a clock or
/// an order that has no place in a recording.
pub(super) fn determinism(workspace: &Workspace) -> Result<Outcome> {
    let scratch = workspace.scratch("determinism")?;
    let elsewhere = scratch.join("some where").join("else");
    std::fs::create_dir_all(&elsewhere)?;
    let scenario = workspace.root.join(SCENARIO);
    let (first, second) = (scratch.join("first"), elsewhere.join("second"));

    let mut here = redan(workspace);
    here.env("LC_ALL", "C").env("TZ", "America/St_Johns");
    quiet(here.args(["run", SCENARIO, "--seed", "7", "--out"]).arg(&first))?;

    let mut there = redan(workspace);
    there.env("LC_ALL", "tr_TR.UTF-8").env("TZ", "Asia/Tokyo").current_dir(&elsewhere);
    there.arg("run").arg(scenario).args(["--seed", "7", "--out"]).arg("second");
    quiet(&mut there)?;

    compare(&first, &second)
}

/// The program as built for release; cargo keeps the directory that the command is started in.
pub(super) fn redan(workspace: &Workspace) -> Command {
    let mut command = workspace.cargo(&["run", "--quiet", "--release", "--package", "redan"]);
    command.arg("--manifest-path").arg(workspace.root.join("Cargo.toml")).arg("--");
    command
}

fn compare(first: &Path, second: &Path) -> Result<Outcome> {
    let (first, second) = (files_under(first)?, files_under(second)?);
    let names = |files: &BTreeMap<PathBuf, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    if names(&first) != names(&second) {
        bail!("the recordings hold other files: {:?} and {:?}", names(&first), names(&second));
    }
    if !first.keys().any(|path| path.extension().is_some_and(|end| end == "parquet")) {
        bail!("the recordings hold no Parquet table");
    }
    let unequal = first.iter().filter(|(path, bytes)| second.get(*path) != Some(bytes));
    let unequal: Vec<String> = unequal.map(|(path, _)| path.display().to_string()).collect();
    if !unequal.is_empty() {
        bail!("one seed gave different bytes in {}", unequal.join(", "));
    }
    let bytes: usize = first.values().map(Vec::len).sum();
    Ok(Outcome::Passed(format!("{} files, {bytes} bytes, all equal", first.len())))
}

/// Every file below a directory by its path inside it.
fn files_under(top: &Path) -> Result<BTreeMap<PathBuf, Vec<u8>>> {
    let mut found = BTreeMap::new();
    let mut waiting = vec![top.to_path_buf()];
    while let Some(directory) = waiting.pop() {
        let entries = std::fs::read_dir(&directory);
        for entry in entries.with_context(|| format!("reading {}", directory.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                found.insert(path.strip_prefix(top)?.to_path_buf(), std::fs::read(&path)?);
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes two recordings and compares them.
    fn compared(name: &str, first: &[(&str, &str)], second: &[(&str, &str)]) -> Result<Outcome> {
        let top = Workspace::here().scratch(&format!("test-{name}"))?;
        for (side, files) in [("first", first), ("second", second)] {
            std::fs::create_dir_all(top.join(side).join("tables"))?;
            for (path, text) in files {
                std::fs::write(top.join(side).join(path), text)?;
            }
        }
        compare(&top.join("first"), &top.join("second"))
    }

    #[test]
    fn equal_recordings_pass() {
        let files = [("manifest.json", "{}"), ("tables/events.parquet", "PAR1")];
        assert!(matches!(compared("equal", &files, &files), Ok(Outcome::Passed(_))));
    }

    #[test]
    fn one_changed_byte_is_named() {
        let first = [("summary.json", "1"), ("tables/events.parquet", "PAR1")];
        let second = [("summary.json", "1"), ("tables/events.parquet", "PAR2")];
        let problem = compared("byte", &first, &second).err().map(|error| error.to_string());
        assert!(problem.is_some_and(|text| text.contains("tables/events.parquet")));
    }

    #[test]
    fn a_missing_file_fails() {
        let first = [("summary.json", "1"), ("tables/events.parquet", "PAR1")];
        assert!(compared("missing", &first, &first[1..]).is_err());
    }

    #[test]
    fn a_recording_without_tables_fails() {
        let files = [("summary.json", "1")];
        assert!(compared("tables", &files, &files).is_err());
    }
}
