//! Everything up to redan-sim compiles for wasm32: no file, thread or clock can hide in it, and
//! the web viewer can carry the models.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use super::Outcome;
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
    if has_debian_compiler(workspace) || install_debian_compiler(workspace) {
        quiet(&mut debian_check(workspace))?;
        return Ok(Outcome::Passed("with Debian's rustc-web".into()));
    }
    Ok(Outcome::Skipped(format!(
        "no compiler for {TARGET}; run `rustup target add {TARGET}`, or as root on Debian \
         `apt-get update && apt-get install -y {}` and then `{}`",
        DEBIAN_PACKAGES.join(" "),
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

fn has_debian_compiler(workspace: &Workspace) -> bool {
    let query = ["-W", "-f", "${Status}\n"];
    let found = quiet(workspace.command("dpkg-query").args(query).args(DEBIAN_PACKAGES));
    found.is_ok_and(|text| text.lines().all(|line| line == "install ok installed"))
}

fn install_debian_compiler(workspace: &Workspace) -> bool {
    let is_root = quiet(workspace.command("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    let apt = |arguments: &[&str]| {
        let mut command = workspace.command("apt-get");
        succeeds(command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive"))
    };
    let install = [&["install", "-y", "--no-install-recommends"], DEBIAN_PACKAGES].concat();
    is_root && apt(&["update"]) && apt(&install)
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
