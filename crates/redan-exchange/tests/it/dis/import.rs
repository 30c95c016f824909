//! A recording of others becomes flights.

use redan_exchange::dis::{EntityId, EntityType, Flown, LeftOut, flown, scenario};
use redan_exchange::{DisOptions, View};
use redan_geo::{Geodetic, Leg};

use super::messages;
use crate::battle::battle;

const SECOND: i128 = 1_000_000_000;
const SU_24: EntityType = EntityType::new([1, 2, 222, 2, 7, 3, 0]);

/// Something that flies by these places: second, latitude, longitude, height.
fn thing(kind: EntityType, places: &[(i128, f64, f64, f64)]) -> Flown {
    let place = |(at_s, lat_deg, lon_deg, height_m): &(i128, f64, f64, f64)| {
        let there = Geodetic::from_degrees(*lat_deg, *lon_deg, *height_m);
        (1_778_558_400 * SECOND + at_s * SECOND, there.to_ecef())
    };
    let id = EntityId { site: 1, application: 2, number: 3 };
    Flown { id, name: "one".to_owned(), kind, force: 2, places: places.iter().map(place).collect() }
}

#[test]
fn a_battle_gives_its_aircraft_with_their_sides() {
    let things = flown(&messages(&battle(), &View::Truth, DisOptions::default()));
    let names: Vec<&str> = things.iter().map(|thing| thing.name.as_str()).collect();
    assert!(["ZORRO-1", "ZORRO-2", "HERON-7"].iter().all(|name| names.contains(name)), "{names:?}");
    let made = scenario(&things, Some("F-16"), 25.0);
    assert_eq!(made.flights_count, 3, "{}", made.text);
    assert_eq!(made.text.matches("side = \"hostile\"").count(), 2);
    assert_eq!(made.text.matches("side = \"neutral\"").count(), 1);
    let reasons: Vec<LeftOut> = made.left_out.iter().map(|(_, _, reason)| *reason).collect();
    assert!(reasons.contains(&LeftOut::NotInTheAir) && reasons.contains(&LeftOut::Interceptor));
    let without = scenario(&things, None, 25.0);
    assert_eq!(without.flights_count, 0);
    assert!(without.left_out.iter().any(|(_, _, reason)| *reason == LeftOut::NoCard));
}

#[test]
fn places_on_the_way_are_dropped_and_speeds_lead_to_the_next_in_time() {
    let straight: Vec<(i128, f64, f64, f64)> =
        (0..=60).map(|step| (step * 10, 40.0 + step as f64 * 0.02, 33.0, 9_000.0)).collect();
    let made = scenario(&[thing(SU_24, &straight)], None, 25.0);
    assert_eq!((made.flights_count, made.waypoints_count), (1, 2), "{}", made.text);
    assert!(made.text.contains("card = \"air/su-24\""), "{}", made.text);
    let length_m = Leg::new(
        Geodetic::from_degrees(40.0, 33.0, 9_000.0),
        Geodetic::from_degrees(41.2, 33.0, 9_000.0),
    )
    .length_m();
    let speed = format!("speed_m_s = {:.6}", length_m / 600.0);
    assert!(made.text.contains(&speed), "{speed}: {}", made.text);
    let mut bent = straight;
    bent[30].2 = 33.001;
    let made = scenario(&[thing(SU_24, &bent)], None, 25.0);
    assert_eq!(made.waypoints_count, 5, "a corner of 85 m and its neighbours: {}", made.text);
}

#[test]
fn what_does_not_move_is_no_flight() {
    let still = [(0, 40.0, 33.0, 9_000.0), (10, 40.0, 33.0, 9_000.0)];
    let made = scenario(&[thing(SU_24, &still)], None, 25.0);
    assert_eq!(made.left_out[0].2, LeftOut::NoRoute);
}

#[test]
fn names_of_others_cannot_break_the_file() {
    let mut odd = thing(SU_24, &[(0, 40.0, 33.0, 9_000.0), (10, 40.0, 33.02, 9_000.0)]);
    odd.name = r#"a"]\"#.to_owned();
    let text = scenario(&[odd], None, 25.0).text;
    assert!(text.contains(r#"name = "a\"]\\""#), "{text}");
}
