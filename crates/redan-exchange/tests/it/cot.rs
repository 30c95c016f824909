//! Events of Cursor on Target, read by an XML parser that is not ours.

use redan_exchange::{Format, View, cot_events};
use redan_geo::{Span, Time};
use roxmltree::{Document, Node};

use crate::battle::{NETWORK, battle};
use crate::exported;

/// Panics for a document that is no XML or has an event without what the schema wants.
pub(crate) fn assert_valid(text: &str) {
    let document = Document::parse(text).expect("well-formed XML");
    for event in document.descendants().filter(|node| node.has_tag_name("event")) {
        for name in ["version", "uid", "type", "how", "time", "start", "stale"] {
            assert!(event.has_attribute(name), "{name}");
        }
        let point = child(event, "point");
        for name in ["lat", "lon", "hae", "ce", "le"] {
            let figure: f64 = point.attribute(name).expect("a figure").parse().expect("a number");
            assert!(figure.is_finite());
        }
    }
}

fn child<'a>(node: Node<'a, 'a>, name: &str) -> Node<'a, 'a> {
    let found = node.descendants().find(|child| child.has_tag_name(name));
    found.unwrap_or_else(|| panic!("no {name}"))
}

/// Attributes of the events about a thing.
fn events(view: &View, callsign: &str) -> Vec<[String; 5]> {
    let text = exported(&battle(), Format::Cot, view);
    assert_valid(&text);
    let document = Document::parse(&text).expect("well-formed XML");
    let about = document.descendants().filter(|node| {
        node.has_tag_name("event")
            && child(*node, "contact").attribute("callsign") == Some(callsign)
    });
    let attribute = |node: Node, name: &str| node.attribute(name).expect("it is there").to_owned();
    about
        .map(|event| {
            let [kind, time, stale, uid] =
                ["type", "time", "stale", "uid"].map(|name| attribute(event, name));
            [kind, time, stale, uid, attribute(child(event, "point"), "lat")]
        })
        .collect()
}

#[test]
fn an_aircraft_is_told_until_its_end() {
    let events = events(&View::Truth, "ZORRO-1");
    let [kind, time, stale, _, lat] = &events[0];
    assert_eq!((&**kind, &**lat), ("a-h-A-M-F", "40"));
    assert_eq!((&**time, &**stale), ("2026-05-12T04:00:05Z", "2026-05-12T04:00:35Z"));
    let [_, time, stale, uid, _] = &events[events.len() - 1];
    assert_eq!((&**time, time), ("2026-05-12T04:00:50Z", stale), "stale at once");
    assert!(events.iter().all(|event| event[3] == *uid));
}

#[test]
fn a_track_changes_its_type_with_its_judgement() {
    let events = events(&View::Network(NETWORK.to_owned()), "track 7");
    assert_eq!(events[0][0], "a-p-A");
    assert_eq!(events[events.len() - 1][0], "a-s-A");
}

#[test]
fn a_live_feed_has_events_in_order_and_its_own_clock() {
    let events = cot_events(&battle(), &View::Truth).expect("a view");
    assert!(events.is_sorted_by_key(|event| event.at));
    let moved = events.iter().find(|event| event.at > Time::ZERO).expect("one that moves");
    assert_eq!(moved.stale_after, Span::from_secs(30.0));
    let xml = moved.xml_at(1_893_456_000_500_000_000);
    assert!(
        xml.contains(r#"start="2030-01-01T00:00:00.5Z" stale="2030-01-01T00:00:30.5Z""#),
        "{xml}"
    );
    assert!(!xml.contains('\n'));
}
