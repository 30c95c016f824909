//! Pipes that close, disks that are full, terminals that are none.

#![cfg(unix)]

use std::fs::File;
use std::process::{Command, Stdio};

use crate::common::{Desk, SHORT, Said};

/// Every command that prints more than a line.
const TALKERS: [&[&str]; 8] = [
    &["ledger"],
    &["ledger", "91N6E"],
    &["schema"],
    &["completions", "bash"],
    &["--help"],
    &["check", "first-look.toml"],
    &["run", "short.toml", "--out", "rec"],
    &["run", "short.toml", "--replications", "2"],
];

fn desk() -> Desk {
    let desk = Desk::new();
    desk.put("short.toml", SHORT);
    desk
}

/// A pipe whose reader has gone.
fn closed_pipe() -> Stdio {
    let mut reader =
        Command::new("true").stdin(Stdio::piped()).spawn().expect("`true` is everywhere");
    let pipe = reader.stdin.take().expect("it was asked for");
    reader.wait().expect("it was started");
    Stdio::from(pipe)
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let desk = desk();
    for words in TALKERS {
        let run = desk.redan().args(words).stdout(closed_pipe()).stderr(Stdio::piped()).spawn();
        let done = run.and_then(std::process::Child::wait_with_output).expect("redan can be run");
        let err = String::from_utf8_lossy(&done.stderr);
        assert_eq!((done.status.code(), err.as_ref()), (Some(0), ""), "{words:?}");
    }
}

#[test]
fn messages_that_nobody_reads_leave_the_exit_code_as_it_is() {
    let desk = desk();
    let cases: [(&[&str], i32); 4] = [
        (&["check", "missing.toml"], 2),
        (&["ledger", "nothing"], 2),
        (&["run", "missing.toml"], 2),
        (&["run", "short.toml", "--terrain", "auto", "--out", "rec"], 0),
    ];
    for (words, code) in cases {
        let status = desk.redan().args(words).stdout(Stdio::null()).stderr(closed_pipe()).status();
        assert_eq!(status.expect("redan can be run").code(), Some(code), "{words:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_behind_standard_output_is_told() {
    let desk = desk();
    for words in TALKERS.into_iter().filter(|words| words[0] != "--help") {
        let full = File::options().write(true).open("/dev/full").expect("it is there on Linux");
        let run = desk.redan().args(words).stdout(full).stderr(Stdio::piped()).spawn();
        let done = run.and_then(std::process::Child::wait_with_output).expect("redan can be run");
        let err = String::from_utf8_lossy(&done.stderr);
        assert_eq!(done.status.code(), Some(1), "{words:?}: {err}");
        assert!(err.starts_with("error: cannot write to standard output: "), "{words:?}: {err}");
    }
}

/// [`Said::of`] asserts that there are no colours; here with what asks for or against them.
#[test]
fn there_are_no_colours_where_there_is_no_terminal() {
    let desk = desk();
    desk.put("bad.toml", "title = 5\n");
    let words: [&[&str]; 4] = [
        &["check", "bad.toml"],
        &["run", "short.toml", "--terrain", "auto"],
        &["--help"],
        &["frob"],
    ];
    for words in words {
        for (name, value) in [("NO_COLOR", "1"), ("NO_COLOR", ""), ("TERM", "xterm-256color")] {
            let said = Said::of(desk.redan().args(words).env(name, value));
            assert!(!said.out.is_empty() || !said.err.is_empty(), "{words:?}");
        }
    }
}
