//! `--cards`: a folder of the user's own claims, over the built-in ones.

use crate::common::{Desk, SHORT};

const CARD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/cards/s-400/91n6e.toml");

fn big_bird() -> String {
    std::fs::read_to_string(CARD).expect("it comes with redan")
}

#[test]
fn a_card_of_the_users_own_takes_the_place_of_the_built_in_one() {
    let desk = Desk::new();
    desk.put("short.toml", SHORT);
    let mine = big_bird().replace("nominal = 2.9\n", "nominal = 3.1\n");
    assert_ne!(mine, big_bird());
    desk.put("mine/91n6e.toml", &mine);
    desk.put("mine/notes.txt", "not a card");
    let said = desk.say(&["--cards", "mine", "ledger", "91N6E"]);
    assert!(said.out.contains("  ► forum               3.1 (2.5 .. 3.3) GHz"), "{}", said.all());
    assert!(!desk.say(&["ledger", "91N6E"]).out.contains("3.1 (2.5"));
    let hash = |words: &[&str]| {
        assert_eq!(desk.say(words).code, Some(0));
        let text = std::fs::read_to_string(desk.path("rec/manifest.json")).expect("it was written");
        let manifest: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
        manifest["made_from"]["cards_hash"].to_string()
    };
    let built_in = hash(&["run", "short.toml", "--out", "rec"]);
    let own = hash(&["run", "short.toml", "--out", "rec", "--cards", "mine"]);
    assert_ne!(built_in, own, "the recording does not say that the cards were others");
    assert!(built_in.len() > 60, "{built_in}");
}

#[test]
fn all_problems_of_all_cards_are_reported_at_once() {
    let desk = Desk::new();
    let wrong = big_bird().replacen("unit = \"GHz\"", "unit = \"parsec\"", 1).replacen(
        "chosen = \"one-face\"",
        "chosen = \"no-face\"",
        1,
    );
    desk.put("mine/91n6e.toml", &wrong);
    desk.put("mine/torn.toml", "id = \"mine/torn\nname = ");
    let said = desk.say(&["--cards", "mine", "ledger"]);
    said.assert_refused(&["parsec", "no-face", "torn.toml"]);
    insta::assert_snapshot!(said.all());
}

#[test]
fn a_claim_from_nowhere_is_refused() {
    let desk = Desk::new();
    let wrong = big_bird().replacen("source = \"cmo-2470\"", "source = \"hearsay\"", 1);
    desk.put("mine/91n6e.toml", wrong);
    desk.say(&["--cards", "mine", "ledger"]).assert_refused(&["`hearsay`", "91n6e.toml:"]);
}

#[test]
fn a_folder_of_cards_that_is_not_there_is_refused() {
    let desk = Desk::new();
    for folder in ["missing", "first-look.toml"] {
        let said = desk.say(&["--cards", folder, "ledger"]);
        said.assert_refused(&[&format!("cannot read the folder of cards {folder}")]);
    }
    desk.put("mine/binary.toml", [0, 159, 146, 150]);
    desk.say(&["--cards", "mine", "ledger"]).assert_refused(&["binary.toml"]);
}
