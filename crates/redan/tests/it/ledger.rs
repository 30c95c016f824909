//! `redan ledger`: every number, its rivals and its sources.

use crate::common::Desk;

#[test]
fn the_list_has_every_card_with_its_claims_and_grades() {
    insta::assert_snapshot!(Desk::new().say(&["ledger"]).all());
}

#[test]
fn a_card_shows_each_parameter_with_rivals_sources_and_the_choice() {
    insta::assert_snapshot!(Desk::new().say(&["ledger", "91N6E"]).all());
}

#[test]
fn every_card_answers_to_its_identifier_in_any_case() {
    let desk = Desk::new();
    let list = desk.say(&["ledger"]).out;
    let cards: Vec<&str> = list
        .lines()
        .filter_map(|line| line.strip_prefix("  ")?.split_whitespace().next())
        .filter(|word| word.contains('/'))
        .collect();
    assert!(list.starts_with(&format!("{} cards,", cards.len())), "{list}");
    for card in cards {
        let said = desk.say(&["ledger", &card.to_uppercase()]);
        assert!(said.out.starts_with(&format!("{card} — ")), "{}", said.all());
        assert!(said.out.contains("\nSources\n"), "{}", said.all());
    }
}

#[test]
fn an_unknown_card_is_answered_with_one_that_is_meant_or_with_the_list() {
    let desk = Desk::new();
    let said = desk.say(&["ledger", "91N7E"]);
    said.assert_refused(&["no card answers to `91N7E`", "did you mean s-400/91n6e?"]);
    desk.say(&["ledger", "a thing of which nobody ever heard"]).assert_refused(&["redan ledger"]);
}
