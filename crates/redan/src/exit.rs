//! The one table of exit codes.

use redan_sim::scenario::Problems;

use crate::output::complain;

/// Everything went well.
pub(crate) const OK: u8 = 0;
/// Something failed inside redan, or a validation case did.
pub(crate) const FAILED: u8 = 1;
/// The input or the usage is wrong.
pub(crate) const BAD_INPUT: u8 = 2;
/// Somebody asked to stop: what shells say of Ctrl-C.
pub(crate) const INTERRUPTED: u8 = 130;

/// An error that the user can mend: printed with its hint, exit code 2.
#[derive(Debug)]
pub(crate) struct BadInput {
    /// The message, with its hint.
    pub(crate) message: String,
    /// The places, where a scenario is at fault.
    pub(crate) problems: Option<Problems>,
}

impl std::fmt::Display for BadInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for BadInput {}

/// Marks an error as the user's to mend.
pub(crate) fn bad_input(message: impl std::fmt::Display) -> anyhow::Error {
    anyhow::Error::new(BadInput { message: message.to_string(), problems: None })
}

/// Somebody asked to stop.
#[derive(Debug)]
pub(crate) struct Interrupted;

impl std::fmt::Display for Interrupted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("interrupted; what was played is kept, and the same command goes on from there")
    }
}

impl std::error::Error for Interrupted {}

/// Prints what went wrong and gives the exit code for it.
pub(crate) fn report(error: &anyhow::Error) -> u8 {
    complain(&format!("error: {}", with_hint(&format!("{error:#}"))));
    match error {
        error if error.is::<BadInput>() => BAD_INPUT,
        error if error.is::<Interrupted>() => INTERRUPTED,
        _ => FAILED,
    }
}

/// The message with its hint where all hints stand: the crates do not agree on how far in that is.
fn with_hint(message: &str) -> String {
    let line = |line: &str| match line.trim_start().strip_prefix("hint: ") {
        Some(hint) => format!("  hint: {hint}"),
        None => line.to_string(),
    };
    message.lines().map(line).collect::<Vec<_>>().join("\n")
}
