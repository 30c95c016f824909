//! The steps that are one call of cargo.

use anyhow::{Context, Result, bail};

use super::Outcome;
use crate::shell::{Workspace, quiet, shown};

/// Compares the compiler with the version that the workspace states.
pub(super) fn versions(workspace: &Workspace) -> Result<Outcome> {
    let manifest = std::fs::read_to_string(workspace.root.join("Cargo.toml"))?;
    let manifest: toml::Table = manifest.parse()?;
    let wanted = manifest["workspace"]["package"]["rust-version"]
        .as_str()
        .context("rust-version of the workspace is not a string")?;
    let printed = quiet(workspace.command("rustc").arg("--version"))?;
    let found = printed.split_whitespace().nth(1).context("rustc names no version")?;
    if numbers(found) < numbers(wanted) {
        bail!("rustc {found} is older than {wanted}\nhint: rustup update stable");
    }
    Ok(Outcome::Passed(format!("rustc {found}, wanted {wanted}")))
}

/// `1.95.0-nightly` → `[1, 95, 0]`; text after a hyphen says nothing about age.
fn numbers(version: &str) -> Vec<u32> {
    let release = version.split('-').next().unwrap_or_default();
    release.split('.').map_while(|part| part.parse().ok()).collect()
}

pub(super) fn fmt(workspace: &Workspace) -> Result<Outcome> {
    pass(quiet(&mut workspace.cargo(&["fmt", "--all", "--check"])))
}

pub(super) fn clippy(workspace: &Workspace) -> Result<Outcome> {
    let arguments = ["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"];
    pass(quiet(&mut workspace.cargo(&arguments)))
}

/// Unlike the other steps this one shows its output: the names of the tests are what it says.
pub(super) fn test(workspace: &Workspace) -> Result<Outcome> {
    println!();
    shown(&mut workspace.cargo(&["test", "--workspace"]))?;
    print!("{:<12} ... ", "test");
    Ok(Outcome::Passed(String::new()))
}

pub(super) fn doc(workspace: &Workspace) -> Result<Outcome> {
    let mut command = workspace.cargo(&["doc", "--workspace", "--no-deps"]);
    pass(quiet(command.env("RUSTDOCFLAGS", "-D warnings")))
}

fn pass(result: Result<String>) -> Result<Outcome> {
    result.map(|_| Outcome::Passed(String::new()))
}

#[cfg(test)]
mod tests {
    use super::numbers;

    #[test]
    fn versions_compare_by_number_not_by_letter() {
        assert!(numbers("1.100.0") > numbers("1.91"));
        assert!(numbers("1.91.0-nightly") >= numbers("1.91"));
        assert!(numbers("1.90.2") < numbers("1.91"));
    }
}
