//! The same scenario and seed give the same bytes, wherever and however they are run.

use std::fs;

use crate::common::{Desk, SHORT, Said, shared};
use crate::run::FILES;

#[test]
fn every_file_is_the_same_from_another_folder_language_and_time_zone() {
    let files = |language: &str, zone: &str, scenario: &str| {
        let desk = Desk::new();
        desk.put("elsewhere/first-look.toml", crate::common::first_look());
        let mut command = desk.redan();
        command.args(["run", scenario, "--out", "deep/in/here"]);
        let said = Said::of(command.env("LC_ALL", language).env("LANG", language).env("TZ", zone));
        assert_eq!(said.code, Some(0), "{}", said.err);
        FILES.map(|name| fs::read(desk.path("deep/in/here").join(name)).expect("it was written"))
    };
    let first = files("C", "UTC", "first-look.toml");
    let second = files("tr_TR.UTF-8", "Asia/Kathmandu", "elsewhere/first-look.toml");
    for ((name, first), second) in FILES.iter().zip(&first).zip(&second) {
        assert!(first == second, "{name} differs");
        let shared = fs::read(shared().folder.join("rec").join(name)).expect("it was written");
        assert!(*first == shared, "{name} differs from a third run");
    }
}

#[test]
fn another_seed_or_replication_is_another_battle() {
    let desk = Desk::new();
    desk.put("short.toml", SHORT);
    let digest = |more: &[&str]| {
        let words = [&["run", "short.toml", "--json"], more].concat();
        desk.say(&words).json()["digest"].as_str().expect("text").to_string()
    };
    let all = [
        digest(&[]),
        digest(&["--seed", "2"]),
        digest(&["--seed", "18446744073709551615"]),
        digest(&["--replication", "1"]),
    ];
    for (index, one) in all.iter().enumerate() {
        assert_eq!(one.len(), 64, "{one}");
        assert!(!all[..index].contains(one), "{all:?}");
    }
    assert_eq!(all[0], digest(&["--seed", "1", "--replication", "0"]));
}
