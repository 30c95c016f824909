//! Cards of a user laid over those of redan.

use super::super::{CardError, Figures, Interrogator, Library};

const SOURCES: &str = r#"
[[source]]
id = "my-notes"
title = "My notes"
date = "2026"
read = true
kind = "own"
"#;

const CARD: &str = r#"
id = "test/interrogator"
name = "Test interrogator"
kind = "interrogator"
about = "A card of a user."

[parameters.frequency]
unit = "MHz"
chosen = "mine"
[[parameters.frequency.claims]]
label = "mine"
value = 1030
source = "my-notes"
says = "As on my desk."
kind = "estimate"
grade = "E"
"#;

/// The card with the three probabilities that an interrogator needs besides its frequency.
fn whole_card() -> String {
    let mut card = CARD.to_string();
    for name in ["friend_reply_probability", "friend_silent_probability", "civil_reply_probability"]
    {
        let tables = CARD.split_once("[parameters").expect("the card has parameters").1;
        let tables = format!("\n[parameters{tables}")
            .replace(".frequency", &format!(".{name}"))
            .replace("\"MHz\"", "\"-\"")
            .replace("1030", "0.5");
        card.push_str(&tables);
    }
    card
}

fn files(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(name, text)| (name.to_string(), text.to_string())).collect()
}

#[test]
fn a_new_card_with_its_source_joins_the_library() {
    let mut library = Library::embedded();
    let before = library.cards().len();
    let card = whole_card();
    library
        .overlay(files(&[("mine/test.toml", &card), ("mine/sources.toml", SOURCES)]))
        .expect("card and source fit");
    assert_eq!(library.cards().len(), before + 1);
    let figures = Figures::nominal(library.find("Test interrogator").expect("it is there"));
    let interrogator = Interrogator::from_figures(&figures).expect("it is whole");
    assert!((interrogator.frequency_hz - 1.03e9).abs() < 1.0);
}

#[test]
fn a_card_with_a_known_identifier_replaces_the_old_one() {
    let mut library = Library::embedded();
    let before = library.cards().len();
    let card = whole_card().replace("test/interrogator", "iff/interrogator");
    library
        .overlay(files(&[("test.toml", &card), ("sources.toml", SOURCES)]))
        .expect("card and source fit");
    assert_eq!(library.cards().len(), before);
    let card = library.find("iff/interrogator").expect("it is there");
    assert_eq!(card.name, "Test interrogator");
    assert!(library.find("Mode 5").is_err(), "the aliases of the old card are gone");
}

#[test]
fn a_refused_overlay_leaves_the_library_as_it_was() {
    let mut library = Library::embedded();
    let before = library.clone();
    let error = library.overlay(files(&[("test.toml", CARD)])).expect_err("no source, no figures");
    assert_eq!(library, before);
    let CardError::Problems(problems) = error else { panic!("{error}") };
    let fields: Vec<&str> = problems.iter().map(|problem| problem.field.as_str()).collect();
    assert!(fields.contains(&"parameters.frequency.claims[0].source"), "{fields:?}");
    assert!(fields.contains(&"parameters.civil_reply_probability"), "{fields:?}");
}

#[test]
fn two_cards_with_one_identifier_are_refused() {
    let card = whole_card();
    let list = [("a.toml", card.as_str()), ("b.toml", &card), ("sources.toml", SOURCES)];
    let error = Library::from_files(files(&list)).expect_err("the identifier is taken");
    assert!(error.to_string().contains("`test/interrogator` is defined twice"), "{error}");
}

#[test]
fn a_name_shared_by_two_cards_asks_for_the_identifier() {
    let mut library = Library::embedded();
    let card = whole_card().replace("about =", "aliases = [\"Big Bird\"]\nabout =");
    library
        .overlay(files(&[("test.toml", &card), ("sources.toml", SOURCES)]))
        .expect("card and source fit");
    let error = library.find("big bird").expect_err("two cards answer").to_string();
    assert!(error.contains("s-400/91n6e, test/interrogator"), "{error}");
}

#[test]
fn a_replaced_missile_of_another_kind_is_noticed_by_its_launcher() {
    let mut library = Library::embedded();
    let card = whole_card().replace("test/interrogator", "s-400/48n6e3");
    let error = library
        .overlay(files(&[("test.toml", &card), ("sources.toml", SOURCES)]))
        .expect_err("the launcher needs a missile")
        .to_string();
    assert!(error.contains("cards/s-400/5p85te2.toml"), "{error}");
    assert!(error.contains("`s-400/48n6e3` is of kind `interrogator`"), "{error}");
}
