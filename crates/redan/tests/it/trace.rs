//! `redan trace`: the words are those of the recording.

use std::fs;

use redan_record::{AircraftId, Event, EventId, Sight, What};

use crate::common::{Desk, FirstLook, SHORT, shared};

fn aircraft(run: &FirstLook, name: &str) -> AircraftId {
    let at = run.recording.roster.aircraft.iter().position(|entry| entry.name == name);
    AircraftId(u32::try_from(at.expect("it flies")).expect("few fly"))
}

fn told(name: &str) -> String {
    let said = shared().say(&["trace", "rec", name]);
    assert_eq!((said.code, said.err.as_str()), (Some(0), ""));
    said.out
}

/// Event of a line such as `07:47  #10180   missile 2: kill`.
fn numbered<'r>(run: &'r FirstLook, line: &str) -> Option<&'r Event> {
    let number = line.split('#').nth(1)?.split_whitespace().next()?;
    let id = EventId(number.parse().ok()?);
    let at = run.recording.events.binary_search_by_key(&id, |event| event.id);
    Some(&run.recording.events[at.unwrap_or_else(|_| panic!("there is no event of `{line}`"))])
}

/// The events of the chain that a text tells, after each was seen to be the cause of the next.
fn chain<'r>(run: &'r FirstLook, text: &str) -> Vec<&'r Event> {
    let events: Vec<&Event> = text.lines().filter_map(|line| numbered(run, line)).collect();
    for pair in events.windows(2) {
        assert_eq!(pair[1].cause, Some(pair[0].id), "{text}");
    }
    events
}

/// Name of the first aircraft that ended in such a way, as the events say.
fn first_that(run: &FirstLook, ended: impl Fn(&What) -> Option<AircraftId>) -> String {
    let found = run.recording.events.iter().find_map(|event| ended(&event.what));
    run.recording.roster.aircraft_name(found.expect("the first look has one")).to_string()
}

fn destroyed(what: &What) -> Option<AircraftId> {
    match what {
        What::Destroyed { aircraft, .. } => Some(*aircraft),
        _ => None,
    }
}

fn leaked(what: &What) -> Option<AircraftId> {
    match what {
        What::Leaked { aircraft, .. } => Some(*aircraft),
        _ => None,
    }
}

#[test]
fn a_kill_is_told_from_its_first_look() {
    let run = shared();
    let name = first_that(run, destroyed);
    let text = told(&name);
    let events = chain(run, &text);
    let (first, last) = (events[0], events[events.len() - 1]);
    assert!(matches!(first.what, What::Appeared { .. }) && first.cause.is_none(), "{text}");
    assert_eq!(destroyed(&last.what), Some(aircraft(run, &name)), "{text}");
    let fired = events.iter().any(|event| matches!(event.what, What::Launched { .. }));
    let looked = events.iter().any(|event| matches!(event.what, What::Look { detected: true, .. }));
    assert!(fired && looked, "{text}");
    insta::assert_snapshot!(text);
}

#[test]
fn a_leak_is_told_with_what_did_not_stop_it() {
    let run = shared();
    let name = first_that(run, leaked);
    let text = told(&name);
    let id = aircraft(run, &name);
    let end = run.recording.events.iter().find(|event| leaked(&event.what) == Some(id));
    let What::Leaked { asset, .. } = end.expect("it leaked").what else { unreachable!() };
    let reached = &run.recording.roster.assets[asset.index()].name;
    let head = text.lines().next().unwrap_or_default();
    assert!(
        head.starts_with(&name) && head.contains(&format!("it reached {reached} at")),
        "{head}"
    );
    assert!(text.contains("\nWhy nothing stopped it\n"), "{text}");
    assert!(!chain(run, &text).is_empty(), "{text}");
    insta::assert_snapshot!(text);
}

#[test]
fn of_what_was_never_seen_the_reasons_are_those_that_were_recorded() {
    let run = shared();
    let text = told("stray");
    let stray = aircraft(run, "stray");
    let mut sights = Vec::new();
    for event in &run.recording.events {
        match event.what {
            // When it has left, there is nothing to be explained any more.
            What::Sighted { sight: Sight::Absent, .. } => {}
            What::Sighted { radar, aircraft, sight } if aircraft == stray => {
                sights.push((radar, sight));
            }
            What::Look { aircraft, detected, .. } => assert!(aircraft != stray || !detected),
            _ => {}
        }
    }
    assert!(!sights.is_empty());
    let why = text.split("\nWhy it was never seen\n").nth(1).expect("it says why");
    let lines = text.split("\nWhat the radars made of it\n").nth(1).expect("it says when");
    for (radar, sight) in sights {
        let name = run.recording.roster.radar_name(radar);
        let words = match sight {
            Sight::BelowHorizon { .. } => "below the horizon of",
            Sight::BeyondRange { .. } => "beyond the instrumented range of",
            other => panic!("nobody expects {other:?} of the stray"),
        };
        assert!(lines.contains(&format!("{words} {name} by ")), "{words} {name}\n{text}");
        assert!(why.contains(name), "{name}\n{text}");
    }
    assert!(text.contains("\nstray") || text.starts_with("stray (hostile"), "{text}");
    insta::assert_snapshot!(text);
}

#[test]
fn a_flight_gives_all_its_aircraft_and_letters_have_no_case() {
    let text = told("LOW");
    let heads = ["low-1 (hostile", "low-2 (hostile"].map(|head| text.matches(head).count());
    assert_eq!(heads, [1, 1], "{text}");
}

#[test]
fn without_a_name_everybody_who_flew_is_listed() {
    let run = shared();
    let said = run.say(&["trace", "rec"]);
    assert_eq!(said.out.lines().count(), run.recording.roster.aircraft.len() + 1, "{}", said.out);
    for entry in &run.recording.roster.aircraft {
        assert!(said.out.contains(&format!("\n  {} ", entry.name)), "{}", said.out);
    }
    let lines: Vec<&str> = run.said.out.lines().collect();
    assert!(said.out.lines().all(|line| lines.contains(&line)), "it differs from the story");
}

#[test]
fn an_unknown_name_is_answered_with_one_that_is_meant() {
    let said = shared().say(&["trace", "rec", "strya"]);
    said.assert_refused(&["no aircraft or flight is called `strya`", "did you mean stray?"]);
    shared().say(&["trace", "rec", "nobody at all"]).assert_refused(&["names in this recording"]);
}

#[test]
fn what_is_no_recording_is_refused() {
    let desk = Desk::new();
    desk.put("folder/x", "");
    desk.put("torn/manifest.json", "{ \"schema_version\": 1, ");
    let future = "{ \"schema_version\": 999, \"made_from\": { \"redan_version\": \"9.9.9\" } }";
    desk.put("future/manifest.json", future);
    for place in ["folder", "missing", "first-look.toml", "torn"] {
        desk.say(&["trace", place]).assert_refused(&["error: ", place]);
    }
    desk.say(&["trace", "future"]).assert_refused(&["schema 999", "redan 9.9.9"]);
}

#[test]
fn a_damaged_recording_is_refused_by_the_name_of_the_file() {
    let desk = Desk::new();
    desk.put("short.toml", SHORT);
    assert_eq!(desk.say(&["run", "short.toml", "--out", "rec"]).code, Some(0));
    let table = desk.path("rec/plots.parquet");
    let whole = fs::read(&table).expect("it was written");
    let mut turned = whole.clone();
    turned[whole.len() / 2] ^= 0x10;
    for broken in [&whole[..whole.len() / 2], &turned, b"", b"PAR1"] {
        fs::write(&table, broken).expect("it is ours");
        desk.say(&["trace", "rec"]).assert_refused(&["rec/plots.parquet is damaged"]);
    }
    fs::remove_file(&table).expect("it is ours");
    desk.say(&["trace", "rec", "missile"])
        .assert_refused(&["rec/plots.parquet is damaged: it is missing"]);
    fs::write(&table, &whole).expect("it is ours");
    assert_eq!(desk.say(&["trace", "rec", "missile"]).code, Some(0));
}
