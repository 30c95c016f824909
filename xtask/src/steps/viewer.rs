//! The viewer: its types and its arithmetic, that the committed page is what the sources build, and a
//! first-look replay in headless Chromium.

use std::process::Command;

use anyhow::{Result, bail};

use super::program::redan;
use super::{Outcome, debian};
use crate::shell::{Workspace, quiet};

const NODE_PACKAGES: &[&str] = &["nodejs", "npm"];
const BROWSER_PACKAGES: &[&str] = &["chromium", "fonts-dejavu-core"];

/// Least Node that the build tool runs on: major and minor number.
const LEAST_NODE: (u32, u32) = (20, 19);

/// The page that the binary carries.
const PAGE: &str = "crates/redan/assets/viewer.html";

pub(super) fn check(workspace: &Workspace) -> Result<Outcome> {
    if node(workspace).is_none() && !debian::install(workspace, NODE_PACKAGES) {
        return Ok(without("Node and npm", NODE_PACKAGES));
    }
    match node(workspace) {
        Some(version) if version >= LEAST_NODE => {}
        found => {
            let (major, minor) = LEAST_NODE;
            return Ok(Outcome::Skipped(format!(
                "Node {major}.{minor} or newer is needed and {found:?} is here; see nodejs.org for a newer one"
            )));
        }
    }
    quiet(npm(workspace).args(["ci", "--no-audit", "--no-fund"]))?;
    for script in ["check", "test", "build"] {
        quiet(npm(workspace).args(["run", script]))?;
    }
    let built = std::fs::read(workspace.root.join("viewer/dist/index.html"))?;
    if built != std::fs::read(workspace.root.join(PAGE))? {
        bail!(
            "{PAGE} is not what viewer/ builds\nhint: `npm --prefix viewer run build && \
             cp viewer/dist/index.html {PAGE}`"
        );
    }
    browse(workspace)
}

/// Lets the browser tests loose on a replay of the first scenario.
fn browse(workspace: &Workspace) -> Result<Outcome> {
    let is_here = || quiet(chromium(workspace).arg("--version")).is_ok();
    let installs = || debian::install(workspace, BROWSER_PACKAGES) && is_here();
    if !(is_here() || installs()) {
        return Ok(without("Chromium", BROWSER_PACKAGES));
    }
    let scratch = workspace.scratch("viewer")?;
    let (recording, page) = (scratch.join("recording"), scratch.join("replay.html"));
    let scenario = workspace.root.join("scenarios/first-look.toml");
    quiet(redan(workspace).arg("run").arg(scenario).arg("--out").arg(&recording))?;
    quiet(redan(workspace).arg("view").arg(&recording).arg("--out").arg(&page))?;
    let mut tests = npm(workspace);
    tests.args(["run", "--silent", "browser", "--"]).arg(&page).arg(scratch.join("pictures"));
    let printed = quiet(&mut tests)?;
    Ok(Outcome::Passed(printed.lines().last().unwrap_or_default().trim().to_owned()))
}

fn without(what: &str, packages: &[&str]) -> Outcome {
    Outcome::Skipped(format!("no {what}; run {}", debian::by_hand(packages)))
}

fn npm(workspace: &Workspace) -> Command {
    let mut command = workspace.command("npm");
    command.arg("--prefix").arg(workspace.root.join("viewer"));
    command
}

fn chromium(workspace: &Workspace) -> Command {
    workspace.command("chromium")
}

/// Major and minor number of Node, where npm is there too.
fn node(workspace: &Workspace) -> Option<(u32, u32)> {
    quiet(workspace.command("npm").arg("--version")).ok()?;
    let printed = quiet(workspace.command("node").arg("--version")).ok()?;
    let mut numbers = printed.trim().trim_start_matches('v').split('.').map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}
