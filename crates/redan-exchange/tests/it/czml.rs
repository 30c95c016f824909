//! The document for Cesium, as JSON.

use std::collections::BTreeSet;

use redan_exchange::{Footprint, Format, View, write_over};
use serde_json::Value;

use crate::battle::{NETWORK, battle};
use crate::exported;

fn packets(view: &View) -> Vec<Value> {
    serde_json::from_str(&exported(&battle(), Format::Czml, view)).expect("a list of packets")
}

fn named<'a>(packets: &'a [Value], name: &str) -> &'a Value {
    let mut found = packets.iter().filter(|packet| packet["name"] == name);
    let packet = found.next().unwrap_or_else(|| panic!("no packet `{name}`"));
    assert!(found.next().is_none(), "two packets `{name}`");
    packet
}

/// Panics for what the structure of CZML does not allow.
pub(crate) fn assert_valid(packets: &[Value]) {
    let ids: Vec<&str> =
        packets.iter().map(|packet| packet["id"].as_str().expect("an id")).collect();
    let known: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(known.len(), ids.len(), "ids are unique");
    assert_eq!((ids[0], &packets[0]["version"]), ("document", &Value::from("1.0")));
    for packet in packets {
        if let Some(parent) = packet["parent"].as_str() {
            assert!(known.contains(parent), "{parent}");
        }
        for end in packet["polyline"]["positions"]["references"].as_array().into_iter().flatten() {
            let end = end.as_str().expect("a text").strip_suffix("#position").expect("a position");
            assert!(known.contains(end), "{end}");
        }
        let position = &packet["position"];
        let numbers = position["cartographicDegrees"].as_array().map_or(0, Vec::len);
        if position["epoch"].is_string() {
            assert!(numbers > 0 && numbers % 4 == 0);
            let samples = position["cartographicDegrees"].as_array().expect("numbers");
            let times: Vec<f64> =
                samples.iter().step_by(4).map(|time| time.as_f64().expect("finite")).collect();
            assert!(times.is_sorted_by(|a, b| a <= b), "{times:?}");
        } else {
            assert!(numbers == 0 || numbers == 3);
        }
    }
}

#[test]
fn an_aircraft_is_where_it_was_recorded_while_it_was_there() {
    let packets = packets(&View::Truth);
    assert_valid(&packets);
    let lost = named(&packets, "ZORRO-1");
    assert_eq!(lost["parent"], "side-hostile");
    assert_eq!(lost["availability"], "2026-05-12T04:00:00Z/2026-05-12T04:00:50Z", "until its end");
    let samples = serde_json::json!([5.0, 33.0, 40.0, 9000.0, 45.0, 33.0, 40.02, 9000.0]);
    assert_eq!(lost["position"]["cartographicDegrees"], samples);
    assert_eq!(lost["properties"]["type"], "Quokka, two-seat");
    let story = lost["description"].as_str().expect("a story");
    assert!(story.contains("50 s: destroyed by missile 9"), "{story}");
}

#[test]
fn a_line_joins_the_unit_and_its_target_while_they_fight() {
    let packets = packets(&View::Truth);
    let line = named(&packets, "engagement 4: Murted, 1st at ZORRO-1");
    assert_eq!(line["availability"], "2026-05-12T04:00:25Z/2026-05-12T04:00:55Z");
    let target = named(&packets, "ZORRO-1")["id"].as_str().expect("an id");
    let ends = line["polyline"]["positions"]["references"].as_array().expect("two ends");
    assert_eq!(ends[1], format!("{target}#position"));
}

#[test]
fn the_colour_of_a_track_changes_with_its_judgement() {
    let packets = packets(&View::Network(NETWORK.to_owned()));
    assert_valid(&packets);
    let track = named(&packets, "track 7");
    assert_eq!(track["parent"], "side-suspect");
    let colours = track["point"]["color"].as_array().expect("one for each judgement");
    assert_eq!(colours.len(), 2);
    assert_eq!(colours[0]["interval"], "2026-05-12T04:00:10Z/2026-05-12T04:00:20Z");
    assert_eq!(colours[1]["interval"], "2026-05-12T04:00:20Z/2026-05-12T04:01:30Z");
    assert_ne!(colours[0]["rgba"], colours[1]["rgba"]);
}

/// One footprint with a hole.
pub(crate) const FOOTPRINTS: &str = r#"{"type":"FeatureCollection","features":[{"type":"Feature",
    "properties":{"kind":"footprint","height_m":3000,"above_ground":true,"stage":"detection","reading":"nominal"},
    "geometry":{"type":"MultiPolygon","coordinates":[[[[32,40],[33,40],[33,41],[32,40]],[[32.7,40.2],[32.8,40.3],[32.8,40.2],[32.7,40.2]]]]}}]}"#;

#[test]
fn a_footprint_is_a_polygon_at_its_height() {
    let footprints = Footprint::read(FOOTPRINTS).expect("a footprint");
    let mut bytes = Vec::new();
    write_over(&battle(), Format::Czml, &View::Truth, &footprints, &mut bytes)
        .expect("it is written");
    let packets: Vec<Value> = serde_json::from_slice(&bytes).expect("a list of packets");
    assert_valid(&packets);
    let polygon = &named(&packets, "detection at 3000 m above ground")["polygon"];
    assert_eq!(
        (&polygon["height"], &polygon["heightReference"]),
        (&3000.0.into(), &"RELATIVE_TO_GROUND".into())
    );
    assert_eq!(polygon["holes"]["cartographicDegrees"].as_array().map(Vec::len), Some(1));
}
