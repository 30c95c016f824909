//! `redan assign`: the answer as text and as JSON, and what is refused.

use crate::common::Desk;

const PROBLEM: &str = "2 2 1\n5 6\n0 0 0.5\n0 1 0.6\n1 0 0.5\n1 1 0.8\n";

#[test]
fn the_best_assignment_is_printed_with_its_bound() {
    let desk = Desk::new();
    desk.put("raid.txt", PROBLEM);
    let said = desk.say(&["assign", "raid.txt"]);
    assert_eq!((said.code, said.err.as_str()), (Some(0), ""));
    insta::assert_snapshot!(said.out);
}

#[test]
fn json_has_the_objective_the_bound_the_gap_and_the_assignment() {
    let desk = Desk::new();
    desk.put("raid.txt", PROBLEM);
    let said = desk.say(&["assign", "raid.txt", "--json", "--seconds", "5"]);
    assert_eq!((said.code, said.err.as_str()), (Some(0), ""));
    let answer: serde_json::Value = serde_json::from_str(&said.out).expect("JSON");
    let number = |name: &str| answer[name].as_f64().expect("a number");
    assert!((number("objective") - 3.7).abs() < 1e-12);
    let gap = (number("objective") - number("bound")) / number("objective");
    assert!((gap - number("gap")).abs() < 1e-12 && gap < 1e-9);
    assert_eq!(answer["assignment"], serde_json::json!([[0, 0, 1], [1, 1, 1]]));
}

/// Place, reason and hint; exit code 2.
#[test]
fn what_is_no_problem_is_refused_with_its_place() {
    let desk = Desk::new();
    desk.put("raid.txt", "1 1 1\n5\n0 1 1.5\n");
    let said = desk.say(&["assign", "raid.txt"]);
    assert_eq!((said.code, said.out.as_str()), (Some(2), ""));
    for part in ["raid.txt:3:3:", "raid.txt:3:5:", "hint: "] {
        assert!(said.err.contains(part), "{}", said.err);
    }
    for words in [&["assign", "none.txt"][..], &["assign", "raid.txt", "--seconds", "0"]] {
        let said = desk.say(words);
        assert_eq!(said.code, Some(2));
    }
}
