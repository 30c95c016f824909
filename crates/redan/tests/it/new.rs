//! `redan new`: a starter that works, and nothing of the user's destroyed.

use std::fs;

use crate::common::Desk;

#[test]
fn the_starter_passes_the_check_and_runs() {
    let desk = Desk::new();
    let said = desk.say(&["new", "raid.toml"]);
    insta::assert_snapshot!(said.all());
    let checked = desk.say(&["check", "raid.toml"]);
    assert_eq!((checked.code, checked.err.as_str()), (Some(0), ""));
    let run = desk.say(&["run", "raid.toml", "--json", "--out", "rec"]).json();
    assert!(run["plots"].as_u64() > Some(0), "{run}");
    assert_eq!(desk.listing(), ["first-look.toml", "raid.toml", "rec/"]);
}

#[test]
fn a_file_that_exists_is_kept() {
    let desk = Desk::new();
    desk.put("raid.toml", "mine");
    desk.say(&["new", "raid.toml"]).assert_refused(&["raid.toml exists and is left as it is"]);
    assert_eq!(fs::read_to_string(desk.path("raid.toml")).expect("it is there"), "mine");
}

#[test]
fn a_place_that_cannot_be_written_is_named() {
    let desk = Desk::new();
    for file in ["first-look.toml/raid.toml", "no/such/folder/raid.toml"] {
        desk.say(&["new", file]).assert_refused(&[&format!("cannot write {file}")]);
    }
    desk.say(&["new", &"n".repeat(300)]).assert_refused(&["cannot write nnn"]);
    assert_eq!(desk.listing(), ["first-look.toml"]);
}
