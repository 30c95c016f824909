//! `redan check`: what is wrong, where, why, and what to do.

use std::time::{Duration, Instant};

use crate::common::{Desk, first_look};

/// The first look with five mistakes of five kinds: word, field, name, card, time.
fn five_mistakes() -> String {
    let text = first_look()
        .replacen("weapons = \"free\"", "weapons = \"fre\"", 1)
        .replacen("target = \"Ankara\"", "target = \"Ankra\"", 1)
        .replacen("radius_km = 15", "radius_m = 15", 1)
        .replacen("card = \"one-way drone\"", "card = \"one-way dron\"", 1)
        .replacen("arrive_s = 1500", "arrive_s = -1500", 1);
    assert_ne!(text, first_look());
    text
}

#[test]
fn a_file_in_order_is_summed_up_in_one_line() {
    let said = Desk::new().say(&["check", "first-look.toml"]);
    insta::assert_snapshot!(said.all());
}

#[test]
fn five_mistakes_are_five_problems_each_with_its_place_reason_and_hint() {
    let desk = Desk::new();
    desk.put("raid.toml", five_mistakes());
    let said = desk.say(&["check", "raid.toml"]);
    assert!(said.err.ends_with("\n5 problems\n"), "{}", said.err);
    assert_eq!(said.err.matches("[raid.toml:").count(), 5, "{}", said.err);
    assert_eq!(said.err.matches("\n  hint: ").count(), 5, "{}", said.err);
    insta::assert_snapshot!(said.all());
}

#[test]
fn a_run_of_a_file_with_mistakes_reports_the_same_problems_and_writes_nothing() {
    let desk = Desk::new();
    desk.put("raid.toml", five_mistakes());
    let problems = desk.say(&["check", "raid.toml"]).err;
    let said = desk.say(&["run", "raid.toml", "--out", "rec"]);
    said.assert_refused(&["error: the scenario cannot be used\n\n", &problems]);
    assert_eq!(desk.listing(), ["first-look.toml", "raid.toml"]);
}

#[test]
fn of_several_files_each_is_told_and_one_bad_one_decides() {
    let desk = Desk::new();
    desk.put("empty.toml", "");
    let said =
        desk.say(&["check", "first-look.toml", "empty.toml", "first-look.toml", "missing.toml"]);
    assert_eq!(said.code, Some(2));
    assert_eq!(said.out.matches("first-look.toml: in order").count(), 2, "{}", said.out);
    assert!(said.err.contains("[empty.toml:1:1]"), "{}", said.err);
    assert!(said.err.contains("missing.toml: the file cannot be read"), "{}", said.err);
}

#[test]
fn an_unknown_variant_is_answered_with_those_that_exist() {
    let desk = Desk::new();
    for command in ["check", "run"] {
        let said = desk.say(&[command, "first-look.toml", "--variant", "tower"]);
        said.assert_refused(&[
            "the variant `tower` is not known",
            "mast, brochure, without-91n6e, no-mode5, mass, hold",
        ]);
    }
}

#[test]
fn a_variant_that_breaks_something_is_named_and_the_others_still_pass() {
    let desk = Desk::new();
    let change = "set = { \"network.national.weapons\" = \"hold\" }";
    let broken = first_look().replace(change, "set = { \"network.national.weapons\" = \"hld\" }");
    assert_ne!(broken, first_look());
    desk.put("raid.toml", broken);
    insta::assert_snapshot!(desk.say(&["check", "raid.toml"]).all());
    assert_eq!(desk.say(&["check", "raid.toml", "--variant", "mast"]).code, Some(0));
    desk.say(&["check", "raid.toml", "--variant", "hold"]).assert_refused(&["`hld`"]);
}

#[test]
fn what_is_no_scenario_is_refused_at_once_with_a_hint() {
    let desk = Desk::new();
    desk.put("cut.toml", &first_look().as_bytes()[..3000]);
    desk.put("binary.toml", noise(5000));
    desk.put("latin1.toml", b"title = \"Stra\xdfe\"\n");
    desk.put("empty.toml", "");
    desk.put("other.toml", "[package]\nname = \"x\"\n");
    desk.put("folder/x", "");
    let sparse = std::fs::File::create(desk.path("sparse.toml")).expect("it can be made");
    sparse.set_len(100 << 20).expect("it takes no room");
    let mut told = String::new();
    let names =
        ["cut", "binary", "latin1", "empty", "other", "sparse"].map(|name| format!("{name}.toml"));
    for name in names.iter().map(String::as_str).chain(["folder"]) {
        let begun = Instant::now();
        let said = desk.say(&["check", name]);
        assert!(begun.elapsed() < Duration::from_secs(2), "{name} takes {:?}", begun.elapsed());
        said.assert_refused(&[name]);
        told += &format!("==== {name}\n{}", said.err);
    }
    insta::assert_snapshot!(told);
    // The reason is in the words of the operating system.
    desk.say(&["check", "missing.toml"])
        .assert_refused(&["missing.toml: the file cannot be read: "]);
}

/// Bytes that are the same in every run and no text.
fn noise(count: usize) -> Vec<u8> {
    let mut state = 7_u32;
    let mut bytes = Vec::new();
    for _ in 0..count {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        bytes.push(state.to_be_bytes()[0]);
    }
    bytes
}
