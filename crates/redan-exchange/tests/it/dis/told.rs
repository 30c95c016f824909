//! What a battle is told as.

use redan_exchange::dis::{Body, DEACTIVATED, DESTROYED, EntityId, EntityType, Received};
use redan_exchange::{DisOptions, DisVersion, View, dis_messages};
use redan_geo::{Ecef, Geodetic, Time};
use redan_record::{AircraftId, Event, EventId, RadarId, What};
use redan_track::{Bearing, BearingKind, PlotId};

use super::{messages, states};
use crate::battle::{NETWORK, battle};

fn truth() -> Vec<Received> {
    messages(&battle(), &View::Truth, DisOptions::default())
}

fn picture() -> Vec<Received> {
    messages(&battle(), &View::Network(NETWORK.to_owned()), DisOptions::default())
}

fn place(lat_deg: f64, lon_deg: f64, height_m: f64) -> Ecef {
    Geodetic::from_degrees(lat_deg, lon_deg, height_m).to_ecef()
}

#[test]
fn an_aircraft_is_where_it_was_recorded_and_is_destroyed_at_its_end() {
    let states = states(&truth(), "ZORRO-1");
    let (at_s, first) = &states[0];
    assert!((at_s - 5.0).abs() < 1e-6);
    assert!(first.place.distance_m(place(40.0, 33.0, 9_000.0)) < 1e-6);
    assert_eq!(first.kind, EntityType::new([1, 2, 0, 0, 0, 0, 0]), "a card of nobody");
    assert_eq!((first.force, first.appearance, first.reckoning.algorithm), (2, 0, 2));
    let speed = first.velocity_m_s.iter().map(|part| part * part).sum::<f32>().sqrt();
    assert!((speed - 200.0).abs() < 1e-3, "{speed}");
    let (at_s, last) = &states[states.len() - 1];
    assert!((at_s - 50.0).abs() < 1e-6);
    assert_eq!(last.appearance, DEACTIVATED | DESTROYED);
}

#[test]
fn everything_is_repeated_after_five_seconds_until_it_ends() {
    let messages = truth();
    for (name, count) in [("Ankara", 25), ("Murted/92N6", 25), ("ZORRO-2", 13)] {
        let times: Vec<f64> = states(&messages, name).iter().map(|(at_s, _)| *at_s).collect();
        assert!(times.windows(2).all(|pair| pair[1] - pair[0] <= 5.0 + 1e-6), "{name}: {times:?}");
        assert!(times.len() >= count - 1 && times.len() <= count + 2, "{name}: {times:?}");
    }
}

#[test]
fn what_is_repeated_goes_on_straight() {
    let states = states(&truth(), "ZORRO-2");
    let [(_, first), (_, second)] = [&states[0], &states[1]];
    let gone_m = first.place.distance_m(second.place);
    assert!((gone_m - 1000.0).abs() < 1e-3, "200 m/s for five seconds: {gone_m}");
}

#[test]
fn a_missile_is_fired_flies_and_goes_off() {
    let messages = truth();
    let fire = messages.iter().find_map(|message| match &message.pdu.body {
        Body::Fire(fire) => Some(*fire),
        _ => None,
    });
    let fire = fire.expect("there was a launch");
    let end = messages.iter().find_map(|message| match &message.pdu.body {
        Body::Detonation(detonation) => Some(detonation.clone()),
        _ => None,
    });
    let end = end.expect("it met its target");
    assert_eq!((fire.event, fire.munition, fire.from), (end.event, end.munition, end.from));
    let number_of = |name: &str| states(&messages, name)[0].1.id;
    assert_eq!((fire.from, fire.at), (number_of("Murted/TEL-"), number_of("ZORRO-1")));
    assert_eq!((end.at, end.result), (number_of("ZORRO-1"), 2), "a kill");
    assert!(end.place.distance_m(place(40.021, 33.0, 9_050.0)) < 1e-6);
    assert!(fire.range_m > 30_000.0 && fire.range_m < 45_000.0, "{}", fire.range_m);
    let missile = states(&messages, "missile 9");
    let (_, moving) = &missile[missile.len() - 3];
    assert!(moving.velocity_m_s.iter().any(|part| part.abs() > 100.0), "{moving:?}");
}

#[test]
fn a_radar_has_a_beam_on_its_target_while_it_follows_it() {
    let messages = truth();
    let target = states(&messages, "ZORRO-1")[0].1.id;
    let beams = |at_s: f64| {
        let begin = messages[0].unix_ns;
        let until = begin + (at_s * 1e9) as i128;
        let mut last =
            messages.iter().filter(|message| message.unix_ns <= until).filter_map(|message| {
                match &message.pdu.body {
                    Body::Emission(emission) => Some(emission.systems[0].clone()),
                    _ => None,
                }
            });
        let followed = last.rfind(|system| system.function == 4).expect("it radiates");
        let targets: Vec<EntityId> = followed
            .beams
            .iter()
            .flat_map(|beam| &beam.targets)
            .map(|target| target.entity)
            .collect();
        (followed, targets)
    };
    assert!(beams(27.0).1.is_empty());
    let (system, targets) = beams(28.0);
    assert_eq!(targets, [target]);
    assert_eq!((system.beams[0].function, system.beams[1].function), (1, 4));
    // The target is to the north-east, about 12 degrees up.
    let [azimuth, _] = system.beams[1].azimuth_rad;
    assert!((azimuth.to_degrees() - 103.0).abs() < 5.0, "{}", azimuth.to_degrees());
    assert!(beams(56.0).1.is_empty());
}

#[test]
fn a_strobe_is_a_beam_of_its_jammer_on_the_radar_for_truth_alone() {
    let mut battle = battle();
    let bearing = Bearing {
        id: PlotId(900),
        time: Time::from_secs(10.0),
        kind: BearingKind::Strobe,
        azimuth_rad: 0.1,
        azimuth_sigma_rad: 0.01,
        level_db: 20.0,
    };
    let what = What::Heard { radar: RadarId(0), bearing, origin: AircraftId(1) };
    let event = Event { id: EventId(900), cause: None, at: Time::from_secs(10.0), what };
    battle.events.push(event);
    let jamming = |view: &View| {
        let messages = messages(&battle, view, DisOptions::default());
        let beams = messages.iter().filter_map(|message| match &message.pdu.body {
            Body::Emission(emission) => Some((message.unix_ns, emission.systems[0].clone())),
            _ => None,
        });
        beams.filter(|(_, system)| system.function == 42).collect::<Vec<_>>()
    };
    let seen = jamming(&View::Truth);
    let numbers = states(&truth(), "Murted/92N6");
    let target = seen[0].1.beams[0].targets[0];
    assert_eq!((target.entity, target.emitter, target.beam), (numbers[0].1.id, 1, 1));
    assert_eq!(seen[0].1.beams[0].function, 12);
    // At 10 s, and every ten seconds until nothing was seen for thirty; then it is off.
    let (last, off) = (&seen[seen.len() - 2].1.beams[0], &seen[seen.len() - 1].1.beams[0]);
    assert_eq!((seen.len(), last.status, off.status, off.targets.len()), (5, 0, 1, 0));
    assert!(jamming(&View::Network(NETWORK.to_owned())).is_empty());
}

#[test]
fn an_order_goes_over_the_radio_of_its_unit() {
    let sent: Vec<String> = truth()
        .iter()
        .filter_map(|message| match &message.pdu.body {
            Body::Signal(signal) => {
                let data = &signal.data[..usize::from(signal.bits) / 8];
                Some(String::from_utf8_lossy(data).into_owned())
            }
            _ => None,
        })
        .collect();
    assert_eq!(sent[0], "engagement 4: Murted, 1st fires 2 48N6E3 at ZORRO-1");
    assert_eq!(sent.len(), 2);
}

#[test]
fn a_picture_has_tracks_with_the_force_that_they_were_given_and_no_detonation() {
    let messages = picture();
    let states = states(&messages, "track 7");
    assert_eq!((states[0].1.force, states[states.len() - 1].1.force), (0, 2));
    let names = |message: &Received| match &message.pdu.body {
        Body::EntityState(state) => state.name(),
        Body::Detonation(_) => "DETONATION".to_owned(),
        _ => String::new(),
    };
    assert!(!messages.iter().map(names).any(|name| name.contains("ZORRO") || name == "DETONATION"));
}

#[test]
fn numbers_of_the_exercise_are_in_every_message() {
    let options = DisOptions { version: DisVersion::V6, exercise: 9, site: 77, application: 5 };
    for message in messages(&battle(), &View::Truth, options) {
        let header = message.pdu.header;
        assert_eq!((header.version, header.exercise), (DisVersion::V6, 9));
        if let Body::EntityState(state) = message.pdu.body {
            assert_eq!((state.id.site, state.id.application), (77, 5));
        }
    }
}

#[test]
fn messages_are_in_order_and_stamped_with_the_time_past_the_hour() {
    let told = dis_messages(&battle(), &View::Truth, DisOptions::default()).expect("a view");
    assert!(told.is_sorted_by_key(|message| message.at));
    assert!(told[told.len() - 1].at <= Time::from_secs(120.0));
    for message in truth() {
        let stamp = message.pdu.header.timestamp;
        let past_ns = message.unix_ns.rem_euclid(3_600_000_000_000) as i64;
        assert!(stamp.is_absolute() && (stamp.past_the_hour_ns() - past_ns).abs() < 2_000);
    }
}
