//! Standard output and standard error. A reader that has seen enough, such as `head`, closes the pipe;
//! that is no error.

use std::io::{self, ErrorKind, Write};

use anyhow::Context as _;

/// Prints a text as it is.
pub(crate) fn print(text: &str) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written.context("cannot write to standard output"),
    }
}

/// Prints a text and a line end.
pub(crate) fn print_line(text: &str) -> anyhow::Result<()> {
    print(&format!("{text}\n"))
}

/// Prints a text and a line end on standard error. Where even that cannot be written nobody is left to
/// be told; the exit code still says what happened, which the panic of `eprintln!` would replace.
pub(crate) fn complain(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}
