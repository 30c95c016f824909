//! Licences, bans and sources of every dependency, by cargo-deny and `deny.toml`; known
//! vulnerabilities too when their database can be reached.

use anyhow::Result;

use super::Outcome;
use crate::shell::{Workspace, quiet, succeeds};

const ADVISORIES: &str = "https://github.com/rustsec/advisory-db";
const INSTALL: &[&str] = &["install", "--locked", "cargo-deny"];

/// Installs cargo-deny when it is absent (about four minutes on two cores, once) and runs it.
///
/// There is no shorter way: Debian packages none, and the one on the Python index is of 2023 and
/// cannot read a lock file of version 4.
pub(super) fn check(workspace: &Workspace) -> Result<Outcome> {
    if !succeeds(&mut workspace.cargo(&["deny", "--version"])) {
        println!("installing cargo-deny");
        if let Err(problem) = quiet(&mut workspace.cargo(INSTALL)) {
            let last = problem.to_string().lines().last().unwrap_or_default().to_owned();
            return Ok(Outcome::Skipped(format!("`cargo {}` failed: {last}", INSTALL.join(" "))));
        }
    }
    quiet(&mut workspace.cargo(&["deny", "check", "licenses", "bans", "sources"]))?;
    if !database_answers(workspace) {
        return Ok(Outcome::Passed("without advisories: their database is out of reach".into()));
    }
    quiet(&mut workspace.cargo(&["deny", "check", "advisories"]))?;
    Ok(Outcome::Passed("licences, bans, sources, advisories".into()))
}

fn database_answers(workspace: &Workspace) -> bool {
    let mut command = workspace.command("git");
    command
        .args(["-c", "http.lowSpeedLimit=1", "-c", "http.lowSpeedTime=15"])
        .args(["ls-remote", "--exit-code", ADVISORIES, "HEAD"])
        .env("GIT_TERMINAL_PROMPT", "0");
    succeeds(&mut command)
}
