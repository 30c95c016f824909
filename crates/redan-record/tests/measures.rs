//! Measures of hand-built runs, and the summary made of them.

mod common;

use common::{Story, kill, leak, unseen};
use redan_geo::Time;
use redan_record::digest::digest_of;
use redan_record::measures::NAMES;
use redan_record::*;

fn value(measures: &Measures, name: &str) -> Option<f64> {
    let named = measures.named();
    named.into_iter().find(|(other, _)| *other == name).expect("a name of the list").1
}

#[test]
fn a_kill_is_measured_from_detection_to_destruction() {
    let measures = Measures::of(&kill().recording);
    let aircraft = &measures.aircraft[0];
    let detection = aircraft.first_detection.expect("it was detected");
    assert_eq!((detection.radar, detection.range_m), (common::SEARCH, 34_000.0));
    assert_eq!(aircraft.first_look, Some(Time::from_secs(64.0)));
    assert_eq!(aircraft.first_confirmed, Some(Time::from_secs(100.0)));
    assert_eq!(aircraft.first_ordered, Some(Time::from_secs(112.0)));
    assert_eq!(aircraft.first_launched, Some(Time::from_secs(122.0)));
    assert_eq!(aircraft.rounds_at, 1);
    assert_eq!(
        aircraft.fate(),
        Fate::Destroyed { at: Time::from_secs(161.0), missile: MissileId(4) }
    );
    for (name, expected) in [
        ("hostile", Some(1.0)),
        ("leakage_ratio", Some(0.0)),
        ("kills", Some(1.0)),
        ("survivors", Some(0.0)),
        ("rounds_fired", Some(1.0)),
        ("rounds_per_kill_ratio", Some(1.0)),
        ("outcome_kill", Some(1.0)),
        ("plots", Some(2.0)),
        ("detection_range_m", Some(34_000.0)),
        ("confirm_delay_s", Some(24.0)),
        ("launch_delay_s", Some(22.0)),
        ("first_kill_s", Some(161.0)),
        ("first_leak_s", None),
    ] {
        assert_eq!(value(&measures, name), expected, "{name}");
    }
}

#[test]
fn what_was_not_observed_is_none_and_not_zero() {
    let measures = Measures::of(&unseen().recording);
    assert_eq!(value(&measures, "leakage_ratio"), Some(1.0));
    assert_eq!(value(&measures, "detected_ratio"), Some(0.0));
    for name in ["first_detection_s", "detection_range_m", "rounds_per_kill_ratio"] {
        assert_eq!(value(&measures, name), None, "{name}");
    }
    let nothing = Measures::new(&unseen().recording.roster);
    assert_eq!(value(&nothing, "leakage_ratio"), None);
}

#[test]
fn the_flat_list_has_the_same_names_in_the_same_order_for_every_run() {
    for story in [kill(), leak(), unseen()] {
        let names: Vec<&str> =
            Measures::of(&story.recording).named().iter().map(|(name, _)| *name).collect();
        assert_eq!(names, NAMES);
    }
}

#[test]
fn a_shot_counts_against_the_aircraft_that_the_track_follows_at_the_launch() {
    let mut story = Story::new(&[("CM-1", Side::Hostile), ("TK-1", Side::Neutral)]);
    let hostile = story.first(What::Appeared { aircraft: AircraftId(0) });
    let neutral = story.first(What::Appeared { aircraft: AircraftId(1) });
    let judged = story.hostile_track((0, 3), hostile, 10.0, 10.0);
    story.at(40.0);
    let ordered = story.ordered(judged, 3, 0);
    for n in 0..4 {
        story.at(41.0 + f64::from(n)).seen_on(neutral, 1, 3);
    }
    story.at(46.0);
    let launched = story.launched(ordered, 0, 4);
    story.at(70.0);
    let resolved = story.resolved(launched, 4, 1, Outcome::Kill);
    story.after(resolved, What::Destroyed { aircraft: AircraftId(1), missile: MissileId(4) });
    let measures = Measures::of(&story.recording);
    assert_eq!(measures.fired_at().neutral, 1);
    assert_eq!(measures.fired_at().hostile, 0);
    assert_eq!(value(&measures, "neutral_killed"), Some(1.0));
    assert!(measures.aircraft[0].first_ordered.is_some());
}

#[test]
fn events_about_strangers_are_counted_and_do_no_harm() {
    let mut story = Story::new(&[("CM-1", Side::Hostile)]);
    let aircraft = AircraftId(99);
    story.first(What::Appeared { aircraft });
    story.first(What::Destroyed { aircraft, missile: MissileId(u32::MAX) });
    story.first(What::Acquired { engagement: EngagementId(u32::MAX), radar: RadarId(9), looks: 1 });
    let measures = Measures::of(&story.recording);
    assert_eq!(measures.count(Kind::Destroyed), 1);
    assert_eq!(measures.kills.hostile, 0);
}

#[test]
fn a_summary_tells_the_run_and_reads_back() {
    let summary = Summary::of(&kill().recording);
    assert_eq!(Time::from_secs(summary.simulated_s), Time::from_secs(600.0));
    let detection = summary.first_detection.as_ref().expect("a detection");
    assert_eq!((detection.radar.as_str(), detection.range_km), ("Murted/91N6E", 34.0));
    assert_eq!(summary.flights.len(), 1);
    assert_eq!((summary.flights[0].flight.as_str(), summary.flights[0].destroyed), ("CM", 1));
    let json = summary.to_json();
    assert_eq!(serde_json::from_str::<Summary>(&json).expect("its own text"), summary);
    let again = Summary::of(&kill().recording).to_json();
    assert_eq!(json, again, "the same run, the same bytes");
}

#[test]
fn a_summary_folded_on_the_way_is_that_of_the_recording() {
    let Recording { roster, seed, replication, events } = kill().recording;
    let mut recorder = Digesting::new((Full::default(), Measures::new(&roster)));
    for event in &events {
        recorder.record(event);
    }
    let ((full, measures), digest) = recorder.finish();
    assert_eq!(full.events, events);
    assert_eq!(digest, digest_of(&events));
    let folded = Summary::new(&roster, seed, replication, &measures, Some(digest));
    assert_eq!(folded, Summary::of(&Recording { roster, seed, replication, events }));
}

#[test]
fn the_digest_of_a_known_run_is_kept() {
    // A change here means that digests of old recordings are no longer comparable: say so in the
    // changelog, and raise the schema version where the meaning of an event changed.
    insta::assert_snapshot!(digest_of(&kill().recording.events));
}
