//! The features of the map.

use redan_exchange::{Format, View};
use serde_json::{Value, json};

use crate::battle::{NETWORK, battle};
use crate::exported;

fn collection(view: &View) -> Value {
    serde_json::from_str(&exported(&battle(), Format::GeoJson, view)).expect("valid JSON")
}

fn of_kind<'a>(collection: &'a Value, kind: &str) -> Vec<&'a Value> {
    let features = collection["features"].as_array().expect("features");
    features.iter().filter(|feature| feature["properties"]["kind"] == kind).collect()
}

/// Panics for what RFC 7946 does not allow.
pub(crate) fn assert_valid(collection: &Value) {
    assert_eq!(collection["type"], "FeatureCollection");
    for feature in collection["features"].as_array().expect("features") {
        assert_eq!(feature["type"], "Feature");
        assert!(feature["properties"].is_object());
        let geometry = &feature["geometry"];
        let coordinates = &geometry["coordinates"];
        match geometry["type"].as_str() {
            None => assert!(geometry.is_null()),
            Some("Point") => assert_position(coordinates),
            Some("LineString") => assert_line(coordinates),
            Some("MultiLineString") => each(coordinates, assert_line),
            Some("Polygon") => each(coordinates, assert_ring),
            Some("MultiPolygon") => each(coordinates, |polygon| each(polygon, assert_ring)),
            Some(other) => panic!("{other}"),
        }
    }
    if let Some(bbox) = collection.get("bbox") {
        let bbox: Vec<f64> = serde_json::from_value(bbox.clone()).expect("numbers");
        assert!(bbox.len() == 6 || bbox.len() == 4);
        assert!(bbox[1] <= bbox[bbox.len() / 2 + 1], "south below north");
    }
}

fn each(list: &Value, check: impl Fn(&Value)) {
    list.as_array().expect("a list").iter().for_each(check);
}

fn assert_position(position: &Value) {
    let numbers: Vec<f64> = serde_json::from_value(position.clone()).expect("finite numbers");
    assert!(numbers.len() == 2 || numbers.len() == 3);
    assert!(numbers[0].abs() <= 180.0 && numbers[1].abs() <= 90.0, "{numbers:?}");
}

fn assert_line(line: &Value) {
    assert!(line.as_array().expect("a list").len() >= 2);
    each(line, assert_position);
    let steps = line.as_array().expect("a list").windows(2);
    for step in steps {
        let lon_deg = |place: &Value| place[0].as_f64().expect("a number");
        assert!((lon_deg(&step[0]) - lon_deg(&step[1])).abs() <= 180.0, "across the antimeridian");
    }
}

fn assert_ring(ring: &Value) {
    assert_line(ring);
    let places = ring.as_array().expect("a list");
    assert!(places.len() >= 4);
    assert_eq!(places.first(), places.last(), "closed");
    let number = |place: &Value, axis: usize| place[axis].as_f64().expect("a number");
    let twice_area: f64 = places
        .windows(2)
        .map(|side| {
            number(&side[0], 0) * number(&side[1], 1) - number(&side[1], 0) * number(&side[0], 1)
        })
        .sum();
    // Areas near nothing drown in the rounding of the sum, of the order of 1e-10 square degrees.
    assert!(twice_area > -1e-8, "clockwise by {twice_area}");
}

#[test]
fn both_views_are_valid() {
    crate::views().iter().for_each(|view| assert_valid(&collection(view)));
}

#[test]
fn truth_has_routes_sites_engagements_and_what_came_of_them() {
    let collection = collection(&View::Truth);
    let counts = ["asset", "radar", "unit", "launcher", "claimed-range", "aircraft", "missile"]
        .map(|kind| of_kind(&collection, kind).len());
    assert_eq!(counts, [1, 2, 1, 1, 1, 3, 1], "what is not loaded has no circle");
    let zorro = of_kind(&collection, "aircraft")[0];
    assert_eq!(zorro["geometry"]["type"], "LineString");
    assert_eq!(zorro["geometry"]["coordinates"][1], json!([33.0, 40.02, 9000.0]));
    let properties = &zorro["properties"];
    assert_eq!(properties["type"], "Quokka, two-seat");
    assert_eq!((&properties["side"], &properties["points"]), (&json!("hostile"), &json!(2)));
    assert_eq!(properties["end_utc"], "2026-05-12T04:00:50Z");
    let intercept = of_kind(&collection, "intercept")[0];
    assert_eq!(intercept["geometry"]["coordinates"], json!([33.0, 40.021, 9050.0]));
    assert_eq!(intercept["properties"]["target"], "ZORRO-1");
    assert_eq!(intercept["properties"]["outcome"], "kill");
    assert_eq!(intercept["properties"]["track_error_m"], 45.25);
    let leak = of_kind(&collection, "leak")[0];
    assert_eq!(
        (&leak["properties"]["name"], &leak["properties"]["asset"]),
        (&json!("ZORRO-2"), &json!("Ankara"))
    );
    assert_eq!(leak["geometry"]["coordinates"], json!([33.0, 41.5, 9000.0]));
    // The farthest that is shown is the circle's rim, and then the aircraft in the north.
    let bbox = collection["bbox"].as_array().expect("a box");
    assert_eq!((bbox.len(), &bbox[4]), (6, &json!(42.5)));
}

#[test]
fn an_engagement_leads_from_its_unit_to_where_the_target_was() {
    for (view, target, to) in [
        (View::Truth, "ZORRO-1", json!([33.0, 40.0, 9000.0])),
        (View::Network(NETWORK.to_owned()), "track 7", json!([33.0, 40.002, 8990.0])),
    ] {
        let collection = collection(&view);
        let engagement = of_kind(&collection, "engagement")[0];
        let properties = &engagement["properties"];
        assert_eq!(engagement["geometry"]["coordinates"], json!([[32.57, 40.08, 850.3], to]));
        assert_eq!(properties["target"], target);
        assert_eq!(
            (&properties["rounds_ordered"], &properties["rounds_launched"]),
            (&json!(2), &json!(1))
        );
        assert_eq!((&properties["time_s"], &properties["end_s"]), (&json!(25.0), &json!(55.0)));
        assert_eq!(properties["outcome"], "target called destroyed");
    }
}

#[test]
fn a_picture_has_tracks_and_no_intercepts() {
    let collection = collection(&View::Network(NETWORK.to_owned()));
    assert_eq!(of_kind(&collection, "track").len(), 1);
    for kind in ["aircraft", "intercept", "leak"] {
        assert_eq!(of_kind(&collection, kind).len(), 0, "{kind}");
    }
    assert_eq!(of_kind(&collection, "track")[0]["properties"]["side"], "suspect");
}

#[test]
fn an_aircraft_that_was_never_sampled_has_no_geometry() {
    let mut recording = battle();
    recording.events.truncate(1);
    let text = exported(&recording, Format::GeoJson, &View::Truth);
    let collection: Value = serde_json::from_str(&text).expect("valid JSON");
    assert_valid(&collection);
    let zorro = of_kind(&collection, "aircraft")[0];
    assert!(zorro["geometry"].is_null());
    assert_eq!(zorro["properties"]["points"], 0);
}
