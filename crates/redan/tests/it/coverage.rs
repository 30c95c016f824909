//! `redan coverage` and `redan envelope`: what they print and write, and what they refuse.

use crate::common::Desk;

/// A map that takes a second: small, smooth, coarse, without bands.
const SMALL: [&str; 13] = [
    "coverage",
    "--card",
    "s-400/battalion",
    "--at",
    "40.08,32.57",
    "--terrain",
    "smooth",
    "--radius",
    "60",
    "--cell",
    "120",
    "--altitudes",
    "100,3000",
];

fn with(more: &[&'static str]) -> Vec<&'static str> {
    SMALL.iter().chain(more).copied().collect()
}

#[test]
fn a_map_is_written_whole_and_is_the_same_with_any_number_of_threads() {
    let desk = Desk::new();
    for (threads, out) in [("1", "one"), ("2", "two")] {
        let said = desk.say(&with(&["--no-bands", "--threads", threads, "--out", out]));
        assert_eq!(said.code, Some(0), "{}", said.all());
    }
    let names = |folder: &str| {
        let mut names: Vec<String> = std::fs::read_dir(desk.path(folder))
            .expect("it was written")
            .map(|entry| entry.expect("it is read").file_name().into_string().expect("text"))
            .collect();
        names.sort();
        names
    };
    assert_eq!(names("one"), names("two"));
    for wanted in ["coverage.html", "coverage.png", "limits.tif", "summary.json"] {
        assert!(names("one").iter().any(|name| name == wanted), "{wanted}: {:?}", names("one"));
    }
    for name in names("one") {
        let read = |folder: &str| std::fs::read(desk.path(folder).join(&name)).unwrap_or_default();
        assert!(read("one") == read("two"), "{name} differs");
    }
}

#[test]
fn a_wish_that_cannot_be_met_is_refused_with_a_hint_and_nothing_is_written() {
    let desk = Desk::new();
    let before = desk.listing();
    for (wish, words) in [
        (["--mast", "-3"], "mast"),
        (["--radius", "100000"], "radius"),
        (["--probability", "1.5"], "probability"),
        (["--target", "air/unicorn"], "unicorn"),
        (["--terrain", "nowhere"], "nowhere"),
    ] {
        let words_given: Vec<&str> = if wish[0] == "--terrain" || wish[0] == "--radius" {
            let without = SMALL.iter().position(|word| *word == wish[0]).expect("it is there");
            let mut given = SMALL.to_vec();
            given[without + 1] = wish[1];
            given
        } else {
            SMALL.iter().copied().chain(wish).collect()
        };
        let said = desk.say(&words_given);
        assert_eq!(said.code, Some(2), "{wish:?}: {}", said.all());
        assert!(said.all().contains(words), "{wish:?}: {}", said.all());
        assert_eq!(desk.listing(), before, "{wish:?}");
    }
}

#[test]
fn an_envelope_tells_the_reach_by_height_and_a_card_of_no_missile_is_refused() {
    let desk = Desk::new();
    let said = desk.say(&["envelope", "48N6E3", "--out", "envelope"]);
    assert_eq!(said.code, Some(0), "{}", said.all());
    for name in ["envelope.svg", "envelope.png", "envelope.csv"] {
        assert!(desk.path("envelope").join(name).exists(), "{name}");
    }
    desk.say(&["envelope", "f-16"]).assert_refused(&["f-16"]);
}
