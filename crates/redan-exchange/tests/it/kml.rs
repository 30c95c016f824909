//! The document for Google Earth, read by an XML parser that is not ours.

use redan_exchange::{Footprint, Format, View, write_over};
use roxmltree::{Document, Node};

use crate::battle::{NETWORK, battle};
use crate::czml::FOOTPRINTS;
use crate::exported;

/// The placemark of a name.
fn placemark<'a>(document: &'a Document, name: &str) -> Node<'a, 'a> {
    let mut found = document
        .descendants()
        .filter(|node| node.has_tag_name("Placemark") && text_of(*node, "name") == Some(name));
    let node = found.next().unwrap_or_else(|| panic!("no placemark `{name}`"));
    assert!(found.next().is_none(), "two placemarks `{name}`");
    node
}

fn text_of<'a>(node: Node<'a, 'a>, tag: &str) -> Option<&'a str> {
    node.descendants().find(|child| child.tag_name().name() == tag).and_then(|child| child.text())
}

/// Panics for a document that is no XML, has a track whose instants and places differ in number, or
/// refers to a style that it does not have.
pub(crate) fn assert_valid(text: &str) {
    let document = Document::parse(text).expect("well-formed XML");
    let styles: Vec<&str> =
        document.descendants().filter_map(|node| node.attribute("id")).collect();
    for node in document.descendants() {
        let number =
            |name: &str| node.children().filter(|child| child.tag_name().name() == name).count();
        match node.tag_name().name() {
            "Track" => assert_eq!(number("when"), number("coord")),
            "styleUrl" => {
                let style = node.text().and_then(|url| url.strip_prefix('#')).expect("a style");
                assert!(styles.contains(&style), "{style}");
            }
            _ => {}
        }
    }
}

#[test]
fn a_track_has_its_places_and_instants() {
    let text = exported(&battle(), Format::Kml, &View::Truth);
    assert_valid(&text);
    let document = Document::parse(&text).expect("well-formed XML");
    let lost = placemark(&document, "ZORRO-1");
    assert_eq!(text_of(lost, "end"), Some("2026-05-12T04:00:50Z"));
    let whens: Vec<_> =
        lost.descendants().filter(|node| node.tag_name().name() == "when").collect();
    assert_eq!(whens[1].text(), Some("2026-05-12T04:00:45Z"));
    assert_eq!(text_of(lost, "coord"), Some("33 40 9000"));
    let folder = lost.parent_element().and_then(|folder| text_of(folder, "name"));
    assert_eq!(folder, Some("hostile: aircraft"));
}

#[test]
fn the_archive_holds_the_document() {
    for view in [View::Truth, View::Network(NETWORK.to_owned())] {
        let packed = exported(&battle(), Format::Kmz, &view);
        assert_eq!(packed, exported(&battle(), Format::Kml, &view));
    }
}

#[test]
fn a_footprint_is_a_polygon_with_its_hole_at_its_height() {
    let footprints = Footprint::read(FOOTPRINTS).expect("a footprint");
    let mut bytes = Vec::new();
    write_over(&battle(), Format::Kml, &View::Truth, &footprints, &mut bytes)
        .expect("it is written");
    let text = String::from_utf8(bytes).expect("UTF-8");
    assert_valid(&text);
    let document = Document::parse(&text).expect("well-formed XML");
    let footprint = placemark(&document, "detection at 3000 m above ground");
    assert_eq!(text_of(footprint, "altitudeMode"), Some("relativeToGround"));
    let inner = footprint.descendants().find(|node| node.has_tag_name("innerBoundaryIs"));
    let ring = inner.and_then(|inner| text_of(inner, "coordinates"));
    assert_eq!(ring, Some("32.7,40.2,3000 32.8,40.3,3000 32.8,40.2,3000 32.7,40.2,3000"));
}
