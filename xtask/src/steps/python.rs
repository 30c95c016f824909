//! The Python package: the wheel is built, installed where nothing else of redan is, and tested from Python; its
//! types are checked, and the notebook is executed.
//!
//! What is needed is installed where it may be: Debian's `python3-venv` as root, the tools below `target/`, in the
//! versions that `crates/redan-py/tests/requirements.txt` states. The wheel is built without the optimisation of a
//! release, from what the other steps have compiled already.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::{Outcome, debian};
use crate::shell::{Workspace, quiet, succeeds};

const PACKAGE: &str = "crates/redan-py";
const NOTEBOOK: &str = "examples/python/tour.ipynb";
/// Below this the tools live from run to run.
const HOME: &str = "target/python";
const DEBIAN_PACKAGES: &[&str] = &["python3-venv"];
/// Oldest Python that the wheel is for: major and minor number.
const LEAST_PYTHON: (u32, u32) = (3, 11);

/// Builds, installs and tests.
pub(super) fn check(workspace: &Workspace) -> Result<Outcome> {
    let makes_environments =
        || succeeds(workspace.command("python3").args(["-c", "import ensurepip, venv"]));
    let is_able = || {
        makes_environments()
            || (debian::install(workspace, DEBIAN_PACKAGES) && makes_environments())
    };
    if !is_able() {
        let advice = debian::by_hand(DEBIAN_PACKAGES);
        return Ok(Outcome::Skipped(format!("Python's venv is missing; {advice}")));
    }
    let found = version(workspace)?;
    if found < LEAST_PYTHON {
        let (major, minor) = LEAST_PYTHON;
        let text = format!("Python {major}.{minor} or newer is needed and {found:?} is here");
        return Ok(Outcome::Skipped(text));
    }
    let home = workspace.root.join(HOME);
    std::fs::create_dir_all(&home)?;
    let tools = tools(workspace, &home).context("installing the tools in Python")?;
    let wheel = wheel(workspace, &tools, &home)?;
    let clean = install(workspace, &tools, &wheel).context("installing the wheel")?;
    let said = quiet(python(workspace, &clean).args([
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        PACKAGE,
    ]))?;
    types(workspace, &clean)?;
    execute(workspace, &clean)?;
    let tests = said.lines().rev().find(|line| line.contains("passed")).unwrap_or_default();
    let tests = tests.trim_matches(['=', ' ']);
    Ok(Outcome::Passed(format!("{tests}; types hold; the notebook runs")))
}

fn version(workspace: &Workspace) -> Result<(u32, u32)> {
    let code = "import sys; print(*sys.version_info[:2])";
    let text = quiet(workspace.command("python3").args(["-c", code]))?;
    let mut numbers = text.split_whitespace().map(str::parse);
    match (numbers.next(), numbers.next()) {
        (Some(Ok(major)), Some(Ok(minor))) => Ok((major, minor)),
        _ => bail!("python3 says {text:?} of its version"),
    }
}

/// The environment of the tools, made or brought up to the list; quick where it is so already.
fn tools(workspace: &Workspace, home: &Path) -> Result<PathBuf> {
    let environment = home.join("tools");
    if !environment.join("bin/pip").exists() {
        quiet(workspace.command("python3").args(["-m", "venv"]).arg(&environment))?;
    }
    let mut pip = python(workspace, &environment);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"]);
    quiet(pip.arg(format!("{PACKAGE}/tests/requirements.txt")))?;
    Ok(environment)
}

fn wheel(workspace: &Workspace, tools: &Path, home: &Path) -> Result<PathBuf> {
    let wheels = home.join("wheels");
    if wheels.exists() {
        std::fs::remove_dir_all(&wheels)?;
    }
    let mut maturin = workspace.command(&tools.join("bin/maturin").to_string_lossy());
    maturin.args(["build", "--profile", "dev", "--manifest-path"]);
    maturin.arg(format!("{PACKAGE}/Cargo.toml")).arg("--interpreter");
    quiet(maturin.arg(tools.join("bin/python")).arg("--out").arg(&wheels))?;
    let made = std::fs::read_dir(&wheels)?.collect::<Result<Vec<_>, _>>()?;
    match made.as_slice() {
        [wheel] => Ok(wheel.path()),
        several => bail!("maturin made {} wheels where one was due", several.len()),
    }
}

/// A fresh environment with the wheel in it, which sees the tools but nothing else of redan.
fn install(workspace: &Workspace, tools: &Path, wheel: &Path) -> Result<PathBuf> {
    let clean = workspace.scratch("python")?.join("venv");
    let mut make = python(workspace, tools);
    quiet(make.args(["-m", "venv", "--without-pip"]).arg(&clean))?;
    let mut pip = python(workspace, tools);
    pip.args(["-m", "pip", "--python"]).arg(clean.join("bin/python"));
    quiet(pip.args(["install", "--quiet", "--no-deps"]).arg(wheel))?;
    let packages = |environment: &Path| -> Result<PathBuf> {
        let code = "import sysconfig; print(sysconfig.get_path('purelib'))";
        let text = quiet(python(workspace, environment).args(["-c", code]))?;
        Ok(PathBuf::from(text.trim()))
    };
    let line = format!("{}\n", packages(tools)?.display());
    std::fs::write(packages(&clean)?.join("tools.pth"), line)?;
    Ok(clean)
}

/// Stubs against the compiled module, and the package and a use of all of it under `--strict`.
fn types(workspace: &Workspace, clean: &Path) -> Result<()> {
    let mut stubs = python(workspace, clean);
    let compared = ["-m", "mypy.stubtest", "redan", "--ignore-disjoint-bases"];
    quiet(stubs.args(compared)).context("comparing the stubs with the module")?;
    let mut strict = python(workspace, clean);
    let checked = ["-m", "mypy", "--strict", "--cache-dir", "target/python/mypy"];
    strict.args(checked).args(["uses_types.py", "simple_tracker.py"].map(test));
    quiet(strict.arg(format!("{PACKAGE}/python/redan/commands.py")))?;
    Ok(())
}

fn test(file: &str) -> String {
    format!("{PACKAGE}/tests/{file}")
}

/// Executes the notebook from its folder; what it prints is not kept.
fn execute(workspace: &Workspace, clean: &Path) -> Result<()> {
    quiet(python(workspace, clean).arg(test("execute.py")).arg(NOTEBOOK))?;
    Ok(())
}

/// The interpreter of an environment, which leaves nothing beside the sources.
fn python(workspace: &Workspace, environment: &Path) -> Command {
    let mut command = workspace.command(&environment.join("bin/python").to_string_lossy());
    command.arg("-B").env("PYTHONDONTWRITEBYTECODE", "1");
    command
}
