//! Everything up to redan-sim compiles for wasm32: no file, thread or clock can hide in it, and
//! the web viewer can carry the models.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use super::{Outcome, debian};
use crate::shell::{Workspace, describe, quiet, succeeds};

const TARGET: &str = "wasm32-unknown-unknown";
const CRATES: &[&str] = &["redan-geo", "redan-track", "redan-command", "redan-record", "redan-sim"];
const DEBIAN_PACKAGES: &[&str] = &["rustc-web", "cargo-web", "rust-web-src", "lld"];

/// Checks with the first compiler found: rustup's target, else Debian's packages.
pub(super) fn check(workspace: &Workspace) -> Result<Outcome> {
    if has_target(workspace) || add_target(workspace) {
        quiet(&mut rustup_check(workspace))?;
        return Ok(Outcome::Passed("with rustup's target".into()));
    }
    if debian::has(workspace, DEBIAN_PACKAGES) || debian::install(workspace, DEBIAN_PACKAGES) {
        quiet(&mut debian_check(workspace))?;
        return Ok(Outcome::Passed("with Debian's rustc-web".into()));
    }
    Ok(Outcome::Skipped(format!(
        "no compiler for {TARGET}; run `rustup target add {TARGET}`, or {} and then `{}`",
        debian::by_hand(DEBIAN_PACKAGES),
        describe(&debian_check(workspace)),
    )))
}

/// Looks into the compiler's own directory, so that a compiler without rustup counts too.
fn has_target(workspace: &Workspace) -> bool {
    let sysroot = quiet(workspace.command("rustc").args(["--print", "sysroot"]));
    let library = |root: String| Path::new(root.trim()).join("lib/rustlib").join(TARGET);
    sysroot.map(library).is_ok_and(|path| path.join("lib").is_dir())
}

fn add_target(workspace: &Workspace) -> bool {
    succeeds(workspace.command("rustup").args(["target", "add", TARGET]))
}

fn rustup_check(workspace: &Workspace) -> Command {
    let mut command = workspace.cargo(&["check", "--target", TARGET]);
    command.args(packages());
    command
}

/// Debian ships no compiled standard library for this target, only its source: cargo builds it,
/// which stable compilers allow under `RUSTC_BOOTSTRAP`. A directory of its own keeps this other
/// compiler from discarding what rustup's built.
fn debian_check(workspace: &Workspace) -> Command {
    let mut command = workspace.command("/usr/bin/cargo");
    command
        .args(["check", "-Zbuild-std=std,panic_abort", "--target", TARGET])
        .args(["--target-dir", "target/wasm"])
        .args(packages())
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTC", "/usr/bin/rustc")
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", "wasm-ld")
        .env_remove("RUSTUP_TOOLCHAIN");
    command
}

fn packages() -> impl Iterator<Item = &'static str> {
    CRATES.iter().flat_map(|name| ["-p", name])
}
