//! Running other programs: captured for the steps that should be quiet, shown for the tests.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// The checkout that the steps work on.
pub(crate) struct Workspace {
    /// Directory that holds the root `Cargo.toml`.
    pub(crate) root: PathBuf,
}

impl Workspace {
    /// The workspace that this program was built from.
    pub(crate) fn here() -> Self {
        let own = Path::new(env!("CARGO_MANIFEST_DIR"));
        Self { root: own.parent().unwrap_or(own).to_path_buf() }
    }

    /// A command that starts in the root.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root);
        forget_outer_cargo(&mut command);
        command
    }

    /// Cargo with these arguments, in the root.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = self.command("cargo");
        command.args(arguments);
        command
    }

    /// An empty directory under `target/xtask`, which git ignores.
    pub(crate) fn scratch(&self, name: &str) -> Result<PathBuf> {
        let path = self.root.join("target").join("xtask").join(name);
        if path.exists() {
            std::fs::remove_dir_all(&path).with_context(|| format!("clearing {name}"))?;
        }
        std::fs::create_dir_all(&path).with_context(|| format!("creating {name}"))?;
        Ok(path)
    }
}

/// Drops what the outer `cargo run` says about xtask itself: a crate that looked at these
/// variables would see another package than its own and be built again in every step.
fn forget_outer_cargo(command: &mut Command) {
    for (name, _) in std::env::vars() {
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
            command.env_remove(name);
        }
    }
    command.env_remove("CARGO");
}

/// Runs a command and gives its standard output; a failure carries everything it printed.
///
/// Cargo is told to leave out its progress, so that a failure shows the error and little else.
pub(crate) fn quiet(command: &mut Command) -> Result<String> {
    let typed = describe(command);
    let output = command
        .env("CARGO_TERM_QUIET", "true")
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("starting `{typed}`"))?;
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() {
        return Ok(printed);
    }
    let complaint = String::from_utf8_lossy(&output.stderr);
    bail!("`{typed}` ended with {}\n{printed}{complaint}", output.status)
}

/// Runs a command whose output the reader wants to see as it comes.
pub(crate) fn shown(command: &mut Command) -> Result<()> {
    let status = command
        .stdin(Stdio::null())
        .status()
        .with_context(|| format!("starting `{}`", describe(command)))?;
    if status.success() {
        return Ok(());
    }
    bail!("`{}` ended with {status}", describe(command))
}

/// True when the command can be started and succeeds; its output is of no interest.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    quiet(command).is_ok()
}

/// The command as one would type it, with the variables set for it.
pub(crate) fn describe(command: &Command) -> String {
    let variables = command.get_envs().filter_map(|(name, value)| {
        let value = value?.to_string_lossy();
        Some(format!("{}={}", name.to_string_lossy(), quoted(&value)))
    });
    let program = command.get_program().to_string_lossy().into_owned();
    let arguments = command.get_args().map(|word| quoted(&word.to_string_lossy()));
    variables.chain([program]).chain(arguments).collect::<Vec<_>>().join(" ")
}

fn quoted(word: &str) -> String {
    match word.contains(char::is_whitespace) {
        true => format!("\"{word}\""),
        false => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_carries_what_was_printed() {
        let mut command = Command::new("cargo");
        command.arg("no-such-subcommand-of-cargo");
        let problem = quiet(&mut command).unwrap_err().to_string();
        assert!(problem.contains("no-such-subcommand-of-cargo"), "{problem}");
    }

    #[test]
    fn a_command_is_described_as_typed() {
        let mut command = Command::new("cargo");
        command.args(["doc", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings");
        assert_eq!(describe(&command), "RUSTDOCFLAGS=\"-D warnings\" cargo doc --no-deps");
    }
}
