//! Cards that must be refused, each problem with its line, field and hint.

use super::super::{CardError, CardProblem, Library};

const SOURCES: &str = r#"
[[source]]
id = "notes"
title = "Notes"
date = "undated"
read = true
kind = "own"
"#;

fn problems(card: &str) -> Vec<CardProblem> {
    let files = [("card.toml", card), ("sources.toml", SOURCES)];
    let files = files.iter().map(|(name, text)| (name.to_string(), text.to_string())).collect();
    match Library::from_files(files) {
        Err(CardError::Problems(problems)) => problems,
        other => panic!("the card must be refused for its problems, not {other:?}"),
    }
}

fn parameter(body: &str) -> String {
    let head = "id = \"a/b\"\nname = \"B\"\nkind = \"interrogator\"\nabout = \"A test.\"\n";
    format!("{head}[parameters.reach]\n{body}")
}

const CLAIM: &str = "[[parameters.reach.claims]]\nlabel = \"a\"\nvalue = 1\nsource = \"notes\"\n\
                     says = \"Said.\"\nkind = \"estimate\"\ngrade = \"E\"\n";

/// The reason given for a field, whatever else is wrong with the card.
fn reason(card: &str, field: &str) -> String {
    let problems = problems(card);
    let found = problems.iter().find(|problem| problem.field == field);
    let found = found.unwrap_or_else(|| panic!("nothing about {field} in {problems:#?}"));
    assert!(!found.hint.is_empty());
    found.reason.clone()
}

#[test]
fn all_problems_are_reported_at_once_with_their_lines() {
    let card = r#"id = "test/bad"
name = "Bad"
kind = "radar"
role = "serch"
about = "Everything is wrong here."
colour = "green"

[parameters.min_range]
unit = "leagues"
chosen = "a"
[[parameters.min_range.claims]]
label = "a"
value = 5
source = "notes"
says = "Five."
kind = "estimate"
grade = "E"

[parameters.max_range]
unit = "km"
chosen = "b"
[[parameters.max_range.claims]]
label = "a"
low = 9
nominal = 5
says = "Five."
kind = "rumour"
grade = "A"

[parameters.height]
unit = "m"
value = 12
chosen = "a"
"#;
    let found: Vec<(usize, String)> =
        problems(card).into_iter().map(|problem| (problem.line, problem.field)).collect();
    let expected = [
        (4, "role"),
        (6, "colour"),
        (9, "parameters.min_range.unit"),
        (22, "parameters.max_range.claims[0].source"),
        (27, "parameters.max_range.claims[0].kind"),
        (30, "parameters.height.claims"),
        (32, "parameters.height.value"),
    ];
    for (line, field) in expected {
        assert!(found.contains(&(line, field.to_string())), "{line} {field} not in {found:#?}");
    }
}

#[test]
fn a_slip_in_a_word_is_answered_with_the_words_that_exist() {
    let card = "id = \"a/b\"\nname = \"B\"\nkind = \"rader\"\nabot = \"x\"\nabout = \"A test.\"\n";
    let problems = problems(card);
    let hints: Vec<&str> = problems.iter().map(|problem| problem.hint.as_str()).collect();
    assert!(hints.iter().any(|hint| hint.contains("radar, command-post")), "{hints:?}");
    assert!(hints.contains(&"did you mean `about`?"), "{hints:?}");
}

#[test]
fn a_number_without_a_claim_is_refused() {
    let card = parameter("unit = \"km\"\nchosen = \"a\"\nnominal = 5\n");
    assert_eq!(reason(&card, "parameters.reach.nominal"), "a value without a claim");
}

#[test]
fn a_claim_without_a_source_is_refused() {
    let claim = CLAIM.replace("source = \"notes\"\n", "");
    let card = parameter(&format!("unit = \"km\"\nchosen = \"a\"\n{claim}"));
    assert_eq!(reason(&card, "parameters.reach.claims[0].source"), "it is missing");
}

#[test]
fn a_source_that_is_not_listed_is_refused() {
    let claim = CLAIM.replace("notes", "nots");
    let card = parameter(&format!("unit = \"km\"\nchosen = \"a\"\n{claim}"));
    assert_eq!(reason(&card, "parameters.reach.claims[0].source"), "no source `nots`");
    assert!(problems(&card).iter().any(|problem| problem.hint == "did you mean `notes`?"));
}

#[test]
fn a_chosen_label_must_exist() {
    let card = parameter(&format!("unit = \"km\"\nchosen = \"z\"\n{CLAIM}"));
    assert_eq!(reason(&card, "parameters.reach.chosen"), "no claim has the label `z`");
}

#[test]
fn ends_must_be_in_order() {
    let claim = CLAIM.replace("value = 1", "nominal = 4\nhigh = 3");
    let card = parameter(&format!("unit = \"km\"\nchosen = \"a\"\n{claim}"));
    let said = reason(&card, "parameters.reach.claims[0].nominal");
    assert_eq!(said, "nominal 4 exceeds high 3");
}

#[test]
fn text_and_numbers_are_not_mixed_up() {
    let number = parameter(&format!("unit = \"text\"\nchosen = \"a\"\n{CLAIM}"));
    let field = "parameters.reach.claims[0].value";
    assert_eq!(reason(&number, field), "a number where text belongs");
    let text = CLAIM.replace("value = 1", "value = \"one\"");
    let text = parameter(&format!("unit = \"km\"\nchosen = \"a\"\n{text}"));
    assert_eq!(reason(&text, field), "it is a string where a finite number belongs");
    let endless = CLAIM.replace("value = 1", "value = inf");
    let endless = parameter(&format!("unit = \"km\"\nchosen = \"a\"\n{endless}"));
    assert_eq!(reason(&endless, field), "it is a float where a finite number belongs");
}

#[test]
fn a_probability_lies_between_nothing_and_certainty() {
    let claim =
        CLAIM.replace("value = 1", "value = 1.5").replace("reach", "kill_probability_drone");
    let card = parameter("").replace("reach", "kill_probability_drone");
    let card = format!("{card}unit = \"-\"\nchosen = \"a\"\n{claim}");
    let said = reason(&card, "parameters.kill_probability_drone.claims[0]");
    assert!(said.contains("outside what is possible"), "{said}");
}

#[test]
fn the_grade_goes_with_the_kind() {
    let claim = CLAIM.replace("grade = \"E\"", "grade = \"A\"");
    let card = parameter(&format!("unit = \"km\"\nchosen = \"a\"\n{claim}"));
    let said = reason(&card, "parameters.reach.claims[0].grade");
    assert_eq!(said, "grade A does not go with `estimate`");
}

#[test]
fn two_claims_need_two_labels() {
    let card = parameter(&format!("unit = \"km\"\nchosen = \"a\"\n{CLAIM}{CLAIM}"));
    let said = reason(&card, "parameters.reach.claims[1].label");
    assert_eq!(said, "the label `a` is used twice");
}

#[test]
fn what_the_simulator_lacks_is_listed() {
    let card = parameter(&format!("unit = \"km\"\nchosen = \"a\"\n{CLAIM}"));
    let said = reason(&card, "parameters.friend_reply_probability");
    assert_eq!(said, "the card does not have it");
}

#[test]
fn broken_toml_is_reported_with_every_line() {
    let found = problems("id = \"a/b\nname = B\n");
    let lines: Vec<usize> = found.iter().map(|problem| problem.line).collect();
    assert!(lines.contains(&1) && lines.contains(&2), "{found:#?}");
}

#[test]
fn references_must_lead_to_cards_of_the_right_kind() {
    let card = "id = \"a/b\"\nname = \"B\"\nkind = \"launcher\"\nabout = \"A test.\"\n\
                [[compatible]]\nmissile = \"a/c\"\nrounds = \"rounds\"\n";
    assert_eq!(reason(card, "compatible[0].missile"), "no card `a/c`");
}

/// Bad input never panics: junk at every place of a card is refused in words.
#[test]
fn a_garbled_card_is_refused_in_words() {
    let card = parameter(&format!("unit = \"km\"\nchosen = \"a\"\n{CLAIM}"));
    for junk in ["\"", "[", "]]", "=", "\n", "{", "-9e999", "\u{1F680}", ".", "# "] {
        for cut in 0..=card.len() {
            let garbled = format!("{}{junk}{}", &card[..cut], &card[cut..]);
            let found = problems(&garbled);
            assert!(found.iter().all(|problem| problem.line >= 1 && !problem.hint.is_empty()));
        }
    }
}
