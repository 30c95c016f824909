//! A run is a pure function of battle, seed and replication: invariants 2, 3 and 8 of ARCHITECTURE.md
//! on whole runs.

mod common;

use std::sync::LazyLock;

use common::{battle, of_kind, play, quick, usual, usual_text};
use proptest::prelude::*;
use redan_geo::{Span, Time};
use redan_record::digest::digest_of;
use redan_record::explain::chain;
use redan_record::{Digesting, Event, Full, Kind, Measures, Recorder, Recording, What};
use redan_sim::engine::Engine;
use redan_sim::run;
use redan_sim::world::Due;

const SEED: u64 = 11;

#[test]
fn the_same_seed_gives_the_same_events() {
    // Two battles made from two readings of the same text: nothing may hang on the objects.
    let (a, b) = (play(usual(), SEED, 3), play(&battle(&usual_text()), SEED, 3));
    assert!(a.events.len() > 1_000);
    assert_eq!(digest_of(&a.events), digest_of(&b.events));
    // Equality of figures would let a NaN differ and 0.0 pass for -0.0; the digest is over bits. This is
    // for the message when the two part.
    let parted = a.events.iter().zip(&b.events).find(|(a, b)| digest_one(a) != digest_one(b));
    assert_eq!(parted, None);
}

#[test]
fn another_seed_and_another_replication_have_other_luck() {
    let battle = usual();
    let plots = |seed, replication| -> Vec<u64> {
        let recording = play(battle, seed, replication);
        let ranges = of_kind(&recording, Kind::Plotted);
        ranges.iter().map(|event| measured_range_bits(event)).collect()
    };
    let base = plots(SEED, 0);
    assert_ne!(base, plots(SEED + 1, 0));
    assert_ne!(base, plots(SEED, 1));
    // Replication 1 of a seed is not replication 0 of the next one.
    assert_ne!(plots(SEED + 1, 0), plots(SEED, 1));
}

#[test]
fn all_recorders_are_given_the_same_events() {
    let battle = usual();
    let mut both = Digesting::new((Full::default(), Measures::new(&battle.roster())));
    run(battle, SEED, 0, &mut both);
    let ((full, measures), digest) = both.finish();
    assert_eq!(digest, digest_of(&full.events));
    let mut alone = Digesting::new(());
    run(battle, SEED, 0, &mut alone);
    assert_eq!(digest, alone.finish().1);
    let of_kind = |kind: Kind| full.events.iter().filter(|e| e.what.kind() == kind).count() as u64;
    for &kind in Kind::ALL {
        assert_eq!(measures.count(kind), of_kind(kind), "{}", kind.word());
    }
}

proptest! {
    #![proptest_config(quick(6))]

    /// A battle that is stopped, copied and continued twice goes on as if it had never been stopped.
    #[test]
    fn a_forked_battle_goes_on_unchanged(stop_s in 0.0..540.0_f64, pause_s in 0.0..60.0_f64) {
        let battle = usual();
        let whole = play(battle, SEED, 0).events;
        let stop = Time::from_secs(stop_s);

        let mut before = Full::default();
        let mut engine = Engine::new(battle, SEED, 0, &mut before);
        engine.run_until(stop);
        let fork = engine.world().clone();
        // The first branch goes on in two steps, the second in one, after the first has ended.
        engine.run_until((stop + Span::from_secs(pause_s)).min(battle.end()));
        engine.run_until(battle.end());
        engine.finish();
        let mut after = Full::default();
        let mut branch = Engine::resume(battle, fork, SEED, 0, &mut after);
        branch.run_until(battle.end());
        branch.finish();

        prop_assert_eq!(digest_of(&before.events), digest_of(&whole));
        let forked_at = whole.len() - after.events.len();
        prop_assert_eq!(digest_of(&after.events), digest_of(&whole[forked_at..]));
        prop_assert!(after.events.iter().all(|event| event.at > stop || event.what == What::Ended));
    }
}

#[test]
fn a_battle_that_stops_before_each_decision_is_the_same_battle() {
    let battle = usual();
    let whole = play(battle, SEED, 0).events;
    let (mut events, mut stops) = (Full::default(), 0);
    let mut world = redan_sim::world::World::new(battle, &redan_sim::draw::Luck::new(SEED, 0));
    loop {
        let mut engine = Engine::resume(battle, world, SEED, 0, &mut events);
        let mut first = stops > 0;
        let came_through = engine.run_while(battle.end(), |due| {
            let goes_on = !matches!(due, Due::Decide(_)) || std::mem::take(&mut first);
            first = false;
            goes_on
        });
        if came_through {
            engine.finish();
            break;
        }
        stops += 1;
        world = engine.into_world();
    }
    assert!(stops > 10, "{stops}");
    assert_eq!(digest_of(&events.events), digest_of(&whole));
}

#[test]
fn a_fork_with_other_luck_shares_the_past_alone() {
    let battle = usual();
    let stop = Time::from_secs(200.0);
    let mut past = Full::default();
    let mut engine = Engine::new(battle, SEED, 0, &mut past);
    engine.run_until(stop);
    let fork = engine.world().clone();
    let future = |replication| {
        let mut full = Full::default();
        let mut engine = Engine::resume(battle, fork.clone(), SEED, replication, &mut full);
        engine.run_until(battle.end());
        engine.finish();
        full.events
    };
    assert_ne!(digest_of(&future(0)), digest_of(&future(1)));
}

#[test]
fn events_are_numbered_in_order_of_time_and_causes_are_earlier() {
    some().iter().for_each(|recording| assert_well_formed(&recording.events));
}

#[test]
fn time_does_not_run_back_when_an_earlier_moment_is_asked_for() {
    let battle = usual();
    let mut full = Full::default();
    let mut engine = Engine::new(battle, SEED, 0, &mut full);
    engine.run_until(Time::from_secs(60.0));
    engine.run_until(Time::from_secs(5.0));
    assert_eq!(engine.world().now, Time::from_secs(60.0));
    engine.finish();
    assert_well_formed(&full.events);
}

#[test]
fn only_what_the_scenario_or_chance_brings_has_no_cause() {
    for recording in some() {
        for event in recording.events.iter().filter(|event| event.cause.is_none()) {
            let allowed = matches!(
                event.what,
                What::Appeared { .. } | What::Plotted { origin: None, .. } | What::Ended
            );
            assert!(allowed, "{event:?} has no cause");
        }
    }
}

#[test]
fn a_judgement_is_caused_by_the_confirmation_of_its_track() {
    let mut judgements = 0;
    for recording in some() {
        for event in of_kind(recording, Kind::Identified) {
            judgements += 1;
            let chain = chain(recording, event.id);
            let kinds: Vec<Kind> = chain.iter().map(|event| event.what.kind()).take(4).collect();
            let wanted =
                [Kind::Identified, Kind::TrackConfirmed, Kind::TrackStarted, Kind::Plotted];
            assert_eq!(kinds, wanted, "of {event:?}");
        }
    }
    assert!(judgements > 20);
}

#[test]
fn every_kill_is_walked_back_to_a_look_at_something_real() {
    let mut kills = 0;
    for recording in some() {
        for kill in of_kind(recording, Kind::Destroyed) {
            kills += 1;
            assert_kill_is_explained(recording, kill);
        }
    }
    assert!(kills > 4, "{kills} kills in so few battles prove little");
}

/// A few replications, played once for all tests.
fn some() -> &'static [Recording] {
    static SOME: LazyLock<Vec<Recording>> =
        LazyLock::new(|| (0..4).map(|replication| play(usual(), SEED, replication)).collect());
    &SOME
}

fn assert_kill_is_explained(recording: &Recording, kill: &Event) {
    let chain = chain(recording, kill.id);
    let kinds: Vec<Kind> = chain.iter().map(|event| event.what.kind()).collect();
    let wanted = [
        Kind::Resolved,
        Kind::Launched,
        Kind::Acquired,
        Kind::Ordered,
        Kind::Identified,
        Kind::TrackConfirmed,
        Kind::TrackStarted,
        Kind::Plotted,
        Kind::Look,
        Kind::Sighted,
        Kind::Appeared,
    ];
    assert_eq!(kinds[1..], wanted, "of {kill:?}");
    assert!(chain.windows(2).all(|pair| pair[0].id > pair[1].id && pair[0].at >= pair[1].at));
}

fn assert_well_formed(events: &[Event]) {
    for (place, event) in events.iter().enumerate() {
        assert_eq!(event.id.index(), place, "numbers rise by one");
        assert!(event.cause.is_none_or(|cause| cause < event.id), "{event:?}");
    }
    for pair in events.windows(2) {
        assert!(pair[0].at <= pair[1].at, "{:?} and then {:?}", pair[0], pair[1]);
    }
    assert_eq!(events.last().map(|event| event.what), Some(What::Ended));
}

fn digest_one(event: &Event) -> redan_record::Digest {
    let mut digesting = Digesting::new(());
    digesting.record(event);
    digesting.finish().1
}

fn measured_range_bits(event: &Event) -> u64 {
    match event.what {
        What::Plotted { plot, .. } => plot.measured.range_m.to_bits(),
        _ => unreachable!("only plots were asked for"),
    }
}

/// Without these the tests above would prove nothing.
#[test]
fn the_battle_of_these_tests_has_every_stage() {
    let recording = &some()[0];
    for kind in [Kind::Launched, Kind::Resolved, Kind::Assessed, Kind::Withheld, Kind::MissileMoved]
    {
        assert!(!of_kind(recording, kind).is_empty(), "no {}", kind.word());
    }
}
