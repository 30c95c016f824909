//! What a person reads of one kill, one leak and one aircraft that nobody saw.

mod common;

use common::{Story, kill, leak, unseen};
use redan_geo::Span;
use redan_record::explain::{
    State, TrackOwners, answer, chain, find_aircraft, furthest, outcome_of, timeline,
};
use redan_record::*;
use redan_track::TrackId;

const ONLY: AircraftId = AircraftId(0);

#[test]
fn a_kill_is_told_from_the_first_look_to_the_end() {
    insta::assert_snapshot!(answer(&kill().recording, ONLY));
}

#[test]
fn a_leak_is_told_with_what_held_longest_and_what_held_last() {
    insta::assert_snapshot!(answer(&leak().recording, ONLY));
}

#[test]
fn an_aircraft_that_nobody_saw_is_told_with_the_reason_of_every_radar() {
    insta::assert_snapshot!(answer(&unseen().recording, ONLY));
}

#[test]
fn the_chain_of_a_kill_names_every_step() {
    let recording = kill().recording;
    let destroyed = recording
        .events
        .iter()
        .find(|event| event.what.kind() == Kind::Destroyed)
        .expect("the story has a kill");
    let kinds: Vec<Kind> =
        chain(&recording, destroyed.id).iter().map(|event| event.what.kind()).collect();
    assert_eq!(
        kinds,
        [
            Kind::Destroyed,
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
        ]
    );
}

#[test]
fn the_chain_of_an_unknown_event_is_empty() {
    assert!(chain(&kill().recording, EventId(1_000)).is_empty());
}

#[test]
fn the_best_look_is_as_far_as_the_defence_got_with_what_it_never_detected() {
    let recording = unseen().recording;
    let best = furthest(&recording, ONLY).expect("it was looked at");
    assert!(matches!(best.what, What::Look { detection_prob, .. } if detection_prob > 0.07));
}

#[test]
fn an_aircraft_that_leaks_and_is_destroyed_later_has_leaked() {
    let mut story = leak();
    let missile = MissileId(9);
    story.first(What::Destroyed { aircraft: ONLY, missile });
    assert!(matches!(outcome_of(&story.recording, ONLY), Fate::Leaked { .. }));
    let measures = Measures::of(&story.recording);
    assert_eq!((measures.kills.hostile, measures.leaks().len()), (1, 1));
}

#[test]
fn network_rows_follow_one_another_without_gaps_from_appearance_to_end() {
    for story in [kill(), leak(), unseen()] {
        let timeline = timeline(&story.recording, ONLY);
        let rows = &timeline.networks[0].rows;
        assert_eq!(rows.first().map(|row| row.from), Some(timeline.from));
        assert_eq!(rows.last().map(|row| row.until), Some(timeline.until));
        assert!(rows.windows(2).all(|pair| pair[0].until == pair[1].from));
        assert!(rows.iter().all(|row| row.lasted() > Span::ZERO));
    }
}

#[test]
fn an_engagement_radar_no_longer_sees_once_its_engagement_is_over() {
    let mut story = common::Story::new(&[("CM-1", Side::Hostile)]);
    let weak = story.rises(0, 0.0, 60.0);
    let hostile = story.hostile_track((0, 3), weak, 64.0, 12.0);
    story.at(90.0);
    let ordered = story.ordered(hostile, 3, 0);
    story.at(95.0);
    let sight = Sight::Clear;
    story.after(EventId(0), What::Sighted { radar: common::ENGAGE, aircraft: ONLY, sight });
    story.look(EventId(0), 0, (common::ENGAGE, 20.0), (0.99, 0.99, true));
    story.at(100.0);
    let end = EngagementEnd::TrackLost;
    story.after(ordered, What::EngagementEnded { engagement: EngagementId(0), end });
    let reason = redan_track::DropReason::NotSeen;
    let (network, track) = (common::NETWORK, TrackId(3));
    story.after(ordered, What::TrackDropped { network, track, reason });
    let hidden = Sight::TooSlow { short_by_m_s: 4.0 };
    story.after(EventId(0), What::Sighted { radar: common::SEARCH, aircraft: ONLY, sight: hidden });
    story.at(200.0).first(What::Ended);

    let timeline = timeline(&story.recording, ONLY);
    let engage = &timeline.radars[1].rows;
    assert_eq!(engage.last().map(|row| row.until), Some(redan_geo::Time::from_secs(100.0)));
    let last = timeline.networks[0].rows.last().expect("rows reach the end");
    assert!(matches!(last.what, State::Unseen { radar: common::SEARCH, sight } if sight == hidden));
}

#[test]
fn the_figure_of_a_sight_is_the_nearest_that_it_came_to_being_in_view() {
    let mut story = Story::new(&[("CM-1", Side::Hostile)]);
    story.first(What::Appeared { aircraft: ONLY });
    let short = |short_by_rad| Sight::BelowHorizon { short_by_rad };
    for (seconds, sight) in [(0.0, short(0.08)), (60.0, short(0.03)), (120.0, short(0.07))] {
        let (radar, aircraft) = (common::SEARCH, ONLY);
        story.at(seconds).first(What::Sighted { radar, aircraft, sight });
    }
    story.at(200.0).first(What::Ended);
    let timeline = timeline(&story.recording, ONLY);
    let radar = &timeline.radars[0];
    assert_eq!((radar.rows.len(), radar.rows[0].what.sight), (1, short(0.03)));
    assert_eq!(radar.prevailing(), Some((short(0.03), Span::from_secs(200.0))));
    let rows = &timeline.networks[0].rows;
    assert_eq!(rows.len(), 1);
    assert!(matches!(rows[0].what, State::Unseen { sight, .. } if sight == short(0.03)));
}

#[test]
fn the_figure_of_a_reason_is_the_nearest_that_it_came_to_being_engaged() {
    let mut story = Story::new(&[("CM-1", Side::Hostile)]);
    let weak = story.rises(0, 0.0, 60.0);
    let hostile = story.hostile_track((0, 3), weak, 64.0, 12.0);
    for (seconds, short_by_m) in [(90.0, 38_000.0), (150.0, 4_000.0), (200.0, 9_000.0)] {
        let reason = redan_command::Reason::OutOfReach { short_by_m };
        story.at(seconds).withheld(hostile, 3, reason);
    }
    story.at(300.0).first(What::Ended);
    let text = answer(&story.recording, ONLY);
    assert!(
        text.contains("Murted: for 03:30 of 05:00, out of reach by 4.0 km (Murted/1); so also")
    );
    let timeline = timeline(&story.recording, ONLY);
    let last = timeline.networks[0].rows.last().expect("rows reach the end");
    assert_eq!(last.from, redan_geo::Time::from_secs(90.0), "one row");
}

#[test]
fn a_track_that_jumps_to_another_aircraft_is_owned_by_each_in_turn() {
    let mut story = Story::new(&[("A-1", Side::Hostile), ("A-2", Side::Hostile)]);
    let first = story.first(What::Appeared { aircraft: AircraftId(0) });
    let second = story.first(What::Appeared { aircraft: AircraftId(1) });
    story.hostile_track((0, 3), first, 10.0, 10.0);
    let swap: Vec<EventId> =
        (0..4).map(|n| story.at(40.0 + f64::from(n) * 10.0).seen_on(second, 1, 3)).collect();
    let owners = TrackOwners::of(&story.recording);
    let owner = |event| owners.at(common::NETWORK, TrackId(3), event);
    assert_eq!(owner(swap[0]), Some(AircraftId(0)), "one stray plot does not count");
    assert_eq!(owner(swap[3]), Some(AircraftId(1)));
    assert_eq!(owners.spans.len(), 2);
    assert_eq!(owners.spans[0].until, Some(owners.spans[1].from));
    assert_eq!(owners.tracks_of(AircraftId(1)).count(), 1);
}

#[test]
fn names_are_found_whatever_their_case_and_unknown_ones_get_suggestions() {
    let sides = [("CM-1", Side::Hostile), ("CM-2", Side::Hostile), ("Bear", Side::Friendly)];
    let roster = common::roster(&sides);
    assert_eq!(find_aircraft(&roster, " cm-2 "), Ok(vec![AircraftId(1)]));
    assert_eq!(find_aircraft(&roster, "CM"), Ok(vec![AircraftId(0), AircraftId(1)]));
    let hint = |query: &str| find_aircraft(&roster, query).expect_err("unknown").to_string();
    assert!(hint("baer").ends_with("hint: did you mean Bear?"), "{}", hint("baer"));
    assert!(hint("zzzzzz").contains("for example, CM, CM-1, CM-2, Bear"), "{}", hint("zzzzzz"));
}

#[test]
fn an_answer_about_nobody_says_so() {
    let text = answer(&kill().recording, AircraftId(44));
    assert_eq!(text, "the recording has no aircraft number 44\n");
}
