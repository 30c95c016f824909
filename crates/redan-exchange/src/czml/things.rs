//! Packets of things.

use redan_geo::Time;
use serde_json::json;

use super::packet::{
    Colours, Label, Material, Packet, Path, PixelOffset, Point, Position, Rgba, Sampling, rgba,
};
use super::{fixed, html, interval, side_of};
use crate::colour;
use crate::scene::lives::Life;
use crate::scene::{Kind, Scene, Thing, ThingId};
use crate::utc::seconds_number;

/// Length of a trail, seconds: about 30 km of an airliner.
const TRAIL_S: u32 = 120;

/// The packet of a thing; nothing for what has no place.
pub(super) fn packet(scene: &Scene, life: &Life) -> Option<Packet> {
    let thing = scene.thing(life.id);
    let is_site = scene.is_site(life.id);
    let span = life.span_until(scene.end).filter(|_| !is_site);
    let position = match thing.place {
        Some(place) => fixed(place),
        None => moving(scene, life)?,
    };
    let colours = colours(scene, life, span);
    Some(Packet {
        id: id(scene, life.id),
        name: Some(thing.name.clone()),
        parent: Some(side_of(life.last_standing())),
        description: Some(html(&life.story())).filter(|text| !text.is_empty()),
        availability: span.map(|(first, last)| interval(scene, first, last)),
        properties: Some(properties(scene, thing, life)),
        position: Some(position),
        point: Some(point(colours.clone(), if is_site { 8 } else { 6 })),
        label: Some(label(thing, colours.clone())),
        path: (!is_site).then_some(Path {
            lead_time: 0,
            trail_time: TRAIL_S,
            width: 1.5,
            material: Material::SolidColor { color: colours },
        }),
        ..Packet::default()
    })
}

/// The id of the packet of a thing.
pub(super) fn id(scene: &Scene, thing: ThingId) -> String {
    format!("{}-{}", scene.thing(thing).kind.word(), thing.index() + 1)
}

/// A dot with a dark rim.
pub(super) fn point(color: Colours, pixel_size: u32) -> Point {
    Point { color, outline_color: rgba([0, 0, 0], 255), outline_width: 1, pixel_size }
}

/// Places over time. Before the first one there is none, after the last one it stays.
fn moving(scene: &Scene, life: &Life) -> Option<Position> {
    let samples = life.places.iter().flat_map(|(at, state)| {
        let place = state.position;
        [seconds_number(*at), place.lon_deg, place.lat_deg, place.alt_m]
    });
    let sampling = Sampling {
        epoch: scene.start.text(),
        interpolation_algorithm: "LINEAR",
        interpolation_degree: 1,
        forward_extrapolation_type: "HOLD",
    };
    let cartographic_degrees: Vec<f64> = samples.collect();
    (!cartographic_degrees.is_empty())
        .then_some(Position { sampling: Some(sampling), cartographic_degrees })
}

fn label(thing: &Thing, fill_color: Colours) -> Label {
    Label {
        text: thing.name.clone(),
        font: "12px sans-serif",
        fill_color,
        show_background: true,
        horizontal_origin: "LEFT",
        pixel_offset: PixelOffset { cartesian2: [10.0, -10.0] },
    }
}

/// One colour, or those of each judgement from its instant on.
fn colours(scene: &Scene, life: &Life, span: Option<(Time, Time)>) -> Colours {
    let (Some((first, last)), [_, _, ..]) = (span, life.standings.as_slice()) else {
        return vec![rgba(colour::of(life.last_standing()), 255)];
    };
    let ends = life.standings.iter().skip(1).map(|(at, _)| *at).chain([last]);
    let mut colours = Vec::new();
    for ((from, standing), until) in life.standings.iter().zip(ends) {
        let (from, until) = ((*from).clamp(first, last), until.clamp(first, last));
        if from < until {
            let interval = Some(interval(scene, from, until));
            colours.push(Rgba { interval, ..rgba(colour::of(*standing), 255) });
        }
    }
    if colours.is_empty() {
        colours.push(rgba(colour::of(life.last_standing()), 255));
    }
    colours
}

/// What a program may ask for: kind, side, type, group, target, ranges in metres.
fn properties(scene: &Scene, thing: &Thing, life: &Life) -> serde_json::Value {
    let mut properties = json!({
        "kind": thing.kind.word(),
        "side": life.last_standing().word(),
    });
    let name = |other: Option<ThingId>| other.map(|other| scene.thing(other).name.clone());
    let texts = [
        ("type", thing.type_name.clone()),
        ("group", thing.group.clone()),
        ("target", name(thing.target).filter(|_| thing.kind == Kind::Missile)),
        ("launcher", name(thing.parent)),
    ];
    for (key, text) in texts {
        if let Some(text) = text {
            properties[key] = text.into();
        }
    }
    for (key, length_m) in [("instrumented_range_m", thing.range_m), ("reach_m", thing.reach_m)] {
        if let Some(length_m) = length_m {
            properties[key] = length_m.into();
        }
    }
    properties
}
