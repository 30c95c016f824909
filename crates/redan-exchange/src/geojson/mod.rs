//! GeoJSON after RFC 7946: what a map shows of a recording.
//!
//! One feature a line: sites, circles of the news map, routes, engagements, then where missiles met
//! something and where aircraft got through. Coordinates are longitude, latitude, height. What
//! crosses the antimeridian is cut there (RFC 7946, 3.1.9); rings run counterclockwise (3.1.6). A
//! route without a single place has a null geometry (3.2) rather than none of its features.

mod features;
mod properties;

use std::io::{self, Write};

use serde::Serialize;

use crate::scene::Scene;
use crate::shape::{Bounds, Geometry};
use properties::Properties;

/// One thing on the map.
#[derive(Serialize)]
#[serde(tag = "type", rename = "Feature")]
struct Feature {
    geometry: Option<Geometry>,
    properties: Properties,
}

/// The head of the collection; its members beyond those of the RFC are foreign ones (6.1).
#[derive(Serialize)]
struct Head<'a> {
    name: &'a str,
    view: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    question: &'a str,
    run: &'a str,
    start_utc: String,
}

/// Writes the collection.
pub(crate) fn write(scene: &Scene, out: &mut dyn Write) -> io::Result<()> {
    let features = features::of(scene);
    let head = Head {
        name: &scene.title,
        view: &scene.view,
        question: &scene.question,
        run: &scene.about,
        start_utc: scene.start.text(),
    };
    let head = serde_json::to_string(&head)?;
    let members = head.strip_prefix('{').unwrap_or(&head).strip_suffix('}').unwrap_or_default();
    write!(out, "{{\"type\":\"FeatureCollection\",{members}")?;
    let mut bounds = Bounds::default();
    features.iter().filter_map(|feature| feature.geometry.as_ref()).for_each(|g| bounds.add(g));
    if let Some(bbox) = bounds.bbox() {
        write!(out, ",\"bbox\":{}", serde_json::to_string(&bbox)?)?;
    }
    out.write_all(b",\"features\":[")?;
    for (index, feature) in features.iter().enumerate() {
        out.write_all(if index == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, feature)?;
    }
    out.write_all(b"\n]}\n")
}
