//! Help, version, and arguments that are none.

use crate::common::{Desk, SHORT};

#[test]
fn help_names_every_command() {
    insta::assert_snapshot!(Desk::new().say(&["--help"]).all());
}

#[test]
fn help_of_run_names_every_option() {
    insta::assert_snapshot!(Desk::new().say(&["run", "--help"]).all());
}

#[test]
fn the_version_is_that_of_the_package() {
    let said = Desk::new().say(&["--version"]);
    assert_eq!(said.out, format!("redan {}\n", env!("CARGO_PKG_VERSION")));
    assert_eq!(said.code, Some(0));
}

#[test]
fn wrong_usage_is_refused_before_anything_is_done() {
    let desk = Desk::new();
    desk.put("short.toml", SHORT);
    let cases: [&[&str]; 14] = [
        &[],
        &["frob"],
        &["run"],
        &["run", "short.toml", "--frob"],
        &["run", "short.toml", "--seed", "-1"],
        &["run", "short.toml", "--seed", "x"],
        &["run", "short.toml", "--seed", "18446744073709551616"],
        &["run", "short.toml", "--replications", "0"],
        &["run", "short.toml", "--replications", "2", "--out", "rec"],
        &["run", "short.toml", "--replications", "2", "--threads", "100000"],
        &["run", "short.toml", "--terrain", ""],
        &["run", "short.toml", "--out", ""],
        &["check"],
        &["trace"],
    ];
    for words in cases {
        let said = desk.say(words);
        assert_eq!((said.code, said.out.as_str()), (Some(2), ""), "{words:?}");
        assert!(said.err.contains("Usage: ") || said.err.contains("'--help'"), "{}", said.err);
    }
    assert_eq!(desk.listing(), ["first-look.toml", "short.toml"]);
}

#[test]
fn every_shell_gets_its_completions() {
    let desk = Desk::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let said = desk.say(&["completions", shell]);
        assert_eq!(said.code, Some(0), "{shell}");
        assert!(said.out.contains("replications"), "{shell}: {}", said.out);
    }
}
