//! The program `redan`: everything is in the library of the same name, which the Python package shares.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(redan::command_line(std::env::args_os()))
}
