//! Whatever is done to a scenario file, the answer is a scenario or a list of problems.

use proptest::prelude::*;

use super::first_look::TEXT;
use super::parse;
use crate::scenario::{Draft, Problems};

/// What happens to a text at one place.
#[derive(Clone, Debug)]
enum Harm {
    Delete(usize, usize),
    Insert(usize, Vec<u8>),
    Replace(usize, Vec<u8>),
    Truncate(usize),
}

fn harm() -> impl Strategy<Value = Harm> {
    let at = 0..TEXT.len();
    // Pieces of the language hit deeper than random bytes.
    let pieces = prop_oneof![
        proptest::collection::vec(any::<u8>(), 1..6),
        prop_oneof![
            Just("[["),
            Just("]]"),
            Just("{"),
            Just("}"),
            Just("\""),
            Just("="),
            Just("nan"),
            Just("-1"),
            Just("0"),
            Just("1e308"),
            Just("99999999999"),
            Just("true"),
            Just("'"),
            Just("\n"),
            Just("[]"),
            Just("{}"),
            Just("[[unit]]\n"),
            Just("variants."),
            Just("at"),
        ]
        .prop_map(|piece| piece.as_bytes().to_vec()),
    ];
    prop_oneof![
        (at.clone(), 1usize..60).prop_map(|(at, length)| Harm::Delete(at, length)),
        (at.clone(), pieces.clone()).prop_map(|(at, bytes)| Harm::Insert(at, bytes)),
        (at.clone(), pieces).prop_map(|(at, bytes)| Harm::Replace(at, bytes)),
        at.prop_map(Harm::Truncate),
    ]
}

fn harmed(harms: &[Harm]) -> String {
    let mut bytes = TEXT.as_bytes().to_vec();
    for harm in harms {
        let within = |at: usize| at.min(bytes.len());
        match harm {
            Harm::Delete(at, length) => drop(bytes.drain(within(*at)..within(at + length))),
            Harm::Insert(at, new) => drop(bytes.splice(within(*at)..within(*at), new.clone())),
            Harm::Replace(at, new) => {
                drop(bytes.splice(within(*at)..within(at + new.len()), new.clone()));
            }
            Harm::Truncate(at) => bytes.truncate(*at),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn in_order(text: &str, outcome: Result<Draft, Problems>) {
    match outcome {
        Ok(draft) => {
            let bounds = draft.bounds();
            assert!(bounds.south_deg <= bounds.north_deg && bounds.west_deg <= bounds.east_deg);
            let networks = draft.outline().networks;
            assert!(draft.scenario(Default::default()).radars.iter().all(|r| r.network < networks));
        }
        Err(problems) => {
            assert!(!problems.list.is_empty());
            let starts: Vec<usize> =
                problems.list.iter().filter_map(|p| Some(p.span.as_ref()?.start)).collect();
            assert!(starts.is_sorted());
            let spans = problems.list.iter().filter_map(|problem| problem.span.clone());
            for span in spans {
                assert!(text.get(span).is_some());
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_harmed_file_never_panics(harms in proptest::collection::vec(harm(), 1..4)) {
        let text = harmed(&harms);
        in_order(&text, parse(&text, None));
        in_order(&text, parse(&text, Some("mast")));
    }

    #[test]
    fn any_text_never_panics(text in "\\PC{0,200}") {
        in_order(&text, parse(&text, None));
    }
}
