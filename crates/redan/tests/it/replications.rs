//! `redan run --replications`: many battles, and the same ones on any number of threads.

use crate::common::{Desk, SHORT};

#[test]
fn the_number_of_threads_changes_nothing() {
    let desk = Desk::new();
    desk.put("short.toml", SHORT);
    let json = |threads: &str| {
        let words = ["run", "short.toml", "--replications", "50", "--threads", threads, "--json"];
        desk.say(&words).json()
    };
    let (one, two) = (json("1"), json("2"));
    let runs = one["runs"].as_array().expect("a list");
    assert_eq!(runs.len(), 50);
    assert_eq!(one["runs"], two["runs"]);
    assert_eq!(one["digest"], two["digest"]);
    assert_eq!(one["simulated_s"], 6000.0);
    let kills = |run: &&serde_json::Value| run["kills"] == 1;
    let killed = runs.iter().filter(kills).count();
    assert!(0 < killed && killed < 50, "chance decides: {killed} of 50");
    assert_eq!(desk.listing(), ["first-look.toml", "short.toml"], "nothing is recorded");
}

#[test]
fn a_replication_of_many_is_the_one_that_is_run_alone() {
    let desk = Desk::new();
    desk.put("short.toml", SHORT);
    let many =
        desk.say(&["run", "short.toml", "--seed", "9", "--replications", "3", "--json"]).json();
    for number in 0..3 {
        let words =
            ["run", "short.toml", "--seed", "9", "--replication", &number.to_string(), "--json"];
        let alone = desk.say(&words).json();
        for key in ["digest", "kills", "leaks", "rounds_fired"] {
            assert_eq!(many["runs"][number][key], alone[key], "{key} of {number}");
        }
    }
}

#[test]
fn each_replication_is_a_line() {
    let desk = Desk::new();
    desk.put("short.toml", SHORT);
    let said = desk.say(&["run", "short.toml", "--replications", "5"]);
    assert_eq!((said.code, said.err.as_str()), (Some(0), ""));
    let table = said.out.split_once("\nsimulated 10 min in ").expect("a last line").0;
    insta::assert_snapshot!(table);
}
