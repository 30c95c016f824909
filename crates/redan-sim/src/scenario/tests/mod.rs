//! Tests of scenario files as their authors meet them: a text goes in, a scenario or problems come out.

#![expect(clippy::float_cmp, reason = "figures of a file must arrive unchanged")]

mod first_look;
mod fuzz;
mod ground;
mod identity;
mod mistakes;
mod reading;
mod schema;
mod sky;

use std::sync::LazyLock;

use redan_geo::Earth;

use super::{Draft, Problem, Problems, Scenario};
use crate::card::Library;

static LIBRARY: LazyLock<Library> = LazyLock::new(Library::embedded);

/// The smallest battle: one battalion, one asset, one attacker.
const SMALL: &str = r#"
title = "Small"
question = "Does it work?"
start = 2026-05-12T04:00:00Z
duration_min = 30
[[network]]
name = "national"
weapons = "free"
[[unit]]
name = "Murted"
card = "S-400"
at = [40.08, 32.57]
network = "national"
[[asset]]
name = "Ankara"
at = [39.93, 32.86]
[[flight]]
name = "raid"
card = "Su-24"
side = "hostile"
target = "Ankara"
route = [
  { at = [42.0, 33.0], altitude_m = 6000, speed_m_s = 250 },
  { at = [39.93, 32.86] },
]
"#;

/// The small battle with pieces of its text replaced, each of which it must contain.
fn small(changes: &[(&str, &str)]) -> String {
    changes.iter().fold(SMALL.to_string(), |text, (old, new)| {
        assert!(text.contains(old), "the small battle has no {old}");
        text.replacen(old, new, 1)
    })
}

fn parse(text: &str, variant: Option<&str>) -> Result<Draft, Problems> {
    Draft::parse("small.toml", text, variant, &LIBRARY)
}

/// The scenario of a text without mistakes, on the smooth Earth.
fn scenario(text: &str, variant: Option<&str>) -> Scenario {
    match parse(text, variant) {
        Ok(draft) => draft.scenario(Earth::default()),
        Err(problems) => panic!("{problems}"),
    }
}

/// Problems of a text that has some.
fn problems(text: &str) -> Problems {
    match parse(text, None) {
        Ok(_) => panic!("no problem was found in {text}"),
        Err(problems) => problems,
    }
}

/// The only problem of the small battle with these changes.
fn only(changes: &[(&str, &str)]) -> Problem {
    let found = problems(&small(changes));
    assert_eq!(found.list.len(), 1, "{found}");
    found.list[0].clone()
}

/// Line of a text that contains a piece, counted from 1.
fn line_of(text: &str, piece: &str) -> usize {
    let at = text.find(piece).expect("the text contains the piece");
    text[..at].matches('\n').count() + 1
}
