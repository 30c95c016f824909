//! CZML 1.0: a battle that Cesium plays.
//!
//! One packet a line: the document with its clock, one packet for each side, reaches and footprints,
//! then things, meetings and engagements. Places are linear between recorded ones in Earth-fixed
//! coordinates: over ten seconds of an airliner the chord lies a tenth of a metre below the path.
//! A line of an engagement has no places of its own: it refers to those of its ends.

mod packet;
mod things;

use std::io::{self, Write};

use redan_geo::Time;

use crate::colour::Rgb;
use crate::footprint::Footprint;
use crate::position::Position as Place;
use crate::scene::{Act, Deed, Engagement, Reach, Scene, Standing, lives};
use packet::{
    Clock, Corners, Ellipse, Holes, Material, Packet, Polygon, Polyline, Position, References, rgba,
};

/// Colour of what belongs to no side: circles of maps, and meetings.
const NOBODY: Rgb = [220, 220, 220];
/// Seconds of the scene in one of the viewer: a battle of 40 minutes in four.
const PACE: u32 = 10;
/// What a circle of Cesium can be, metres: up to a quarter of the way round the Earth.
const CIRCLE_M: std::ops::RangeInclusive<f64> = 1.0..=1.0e7;

/// Writes the document.
pub(crate) fn write(scene: &Scene, out: &mut dyn Write) -> io::Result<()> {
    let lives = lives(scene);
    let mut packets = vec![document(scene)];
    packets.extend(sides(scene, &lives));
    packets.extend(scene.reaches.iter().enumerate().filter_map(reach));
    packets.extend(footprints(&scene.footprints));
    packets.extend(lives.iter().filter_map(|life| things::packet(scene, life)));
    packets.extend(scene.acts.iter().filter_map(|act| meeting(scene, act)));
    packets.extend(scene.engagements.iter().filter_map(|each| engagement(scene, &lives, each)));
    out.write_all(b"[\n")?;
    for (index, packet) in packets.iter().enumerate() {
        out.write_all(if index == 0 { b"" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, packet)?;
    }
    out.write_all(b"\n]\n")
}

fn document(scene: &Scene) -> Packet {
    let about = [&*scene.question, &*scene.view, &*scene.about];
    Packet {
        id: "document".to_owned(),
        name: Some(scene.title.clone()),
        version: Some("1.0"),
        description: Some(html(&about.join("\n"))),
        clock: Some(Clock {
            interval: interval(scene, Time::ZERO, scene.end),
            current_time: scene.start.text(),
            multiplier: PACE,
            range: "CLAMPED",
            step: "SYSTEM_CLOCK_MULTIPLIER",
        }),
        ..Packet::default()
    }
}

/// One packet for each side or identity that something ends as, for others to hang from.
fn sides(scene: &Scene, lives: &[lives::Life]) -> Vec<Packet> {
    let mut words: Vec<&str> = lives.iter().map(|life| life.last_standing().word()).collect();
    words.sort_unstable();
    words.dedup();
    let packet = |word: &str| Packet {
        id: side_id(word),
        name: Some(format!("{word} ({})", scene.view)),
        ..Packet::default()
    };
    words.into_iter().map(packet).collect()
}

/// The circle of the news map, at the height of its unit.
fn reach((index, reach): (usize, &Reach)) -> Option<Packet> {
    let centre = Place::of(reach.centre)?;
    let range_m = reach.claimed_range_m;
    CIRCLE_M.contains(&range_m).then(|| Packet {
        id: format!("claimed-range-{}", index + 1),
        name: Some(format!("{}: {}, published reach", reach.unit, reach.interceptor)),
        position: Some(fixed(centre)),
        ellipse: Some(circle(range_m, centre.alt_m)),
        ..Packet::default()
    })
}

fn circle(radius_m: f64, height_m: f64) -> Ellipse {
    Ellipse {
        semi_major_axis: radius_m,
        semi_minor_axis: radius_m,
        height: height_m,
        fill: false,
        outline: true,
        outline_color: rgba(NOBODY, 160),
    }
}

/// One packet for each patch: a polygon of CZML is one ring with holes.
fn footprints(footprints: &[Footprint]) -> Vec<Packet> {
    let mut packets = Vec::new();
    for (index, footprint) in footprints.iter().enumerate() {
        for (part, rings) in footprint.patches.iter().enumerate() {
            let Some((outer, holes)) = rings.split_first() else { continue };
            let flat = |ring: &Vec<[f64; 2]>| {
                ring.iter().flat_map(|[lon_deg, lat_deg]| [*lon_deg, *lat_deg, 0.0]).collect()
            };
            let holes = holes.iter().map(flat).collect::<Vec<_>>();
            let holes = Some(Holes { cartographic_degrees: holes })
                .filter(|holes| !holes.cartographic_degrees.is_empty());
            let polygon = Polygon {
                positions: Corners { cartographic_degrees: flat(outer) },
                holes,
                height: footprint.height_m,
                height_reference: if footprint.above_ground {
                    "RELATIVE_TO_GROUND"
                } else {
                    "NONE"
                },
                material: Material::SolidColor {
                    color: vec![rgba(crate::colour::of_stage(&footprint.stage), 60)],
                },
            };
            packets.push(Packet {
                id: format!("footprint-{}-{}", index + 1, part + 1),
                name: Some(footprint.name()),
                polygon: Some(polygon),
                ..Packet::default()
            });
        }
    }
    packets
}

/// Where a missile met something, from then on.
fn meeting(scene: &Scene, act: &Act) -> Option<Packet> {
    let Deed::Meets(meeting) = act.deed else { return None };
    let place = meeting.position?;
    Some(Packet {
        id: format!("intercept-{}", act.thing.index() + 1),
        name: Some(format!("{}: {}", scene.thing(act.thing).name, act.note)),
        availability: Some(interval(scene, act.at, scene.end)),
        position: Some(fixed(place)),
        point: Some(things::point(vec![rgba(NOBODY, 255)], 6)),
        ..Packet::default()
    })
}

/// From the unit to the target, as long as the engagement lasts; nothing without two places.
fn engagement(scene: &Scene, lives: &[lives::Life], each: &Engagement) -> Option<Packet> {
    let (unit, target) = (scene.unit(&each.unit)?, each.target?);
    let has_ends = scene.thing(unit).place.is_some() && !lives[target.index()].places.is_empty();
    let ended = each.ended.unwrap_or(scene.end);
    (has_ends && ended > each.ordered).then(|| {
        let ends = [unit, target].map(|end| format!("{}#position", things::id(scene, end)));
        let color = vec![rgba(crate::colour::of(scene.thing(unit).standing), 220)];
        let target = &scene.thing(target).name;
        let words = format!("engagement {}: {} at {target}", each.number, each.unit);
        Packet {
            id: format!("engagement-{}", each.number),
            name: Some(words),
            description: each.end.as_deref().map(html),
            availability: Some(interval(scene, each.ordered, ended)),
            polyline: Some(Polyline {
                positions: References { references: ends },
                arc_type: "NONE",
                width: 1.5,
                material: Material::PolylineDash { color },
            }),
            ..Packet::default()
        }
    })
}

/// What does not move.
fn fixed(place: Place) -> Position {
    let cartographic_degrees = vec![place.lon_deg, place.lat_deg, place.alt_m];
    Position { sampling: None, cartographic_degrees }
}

fn side_id(word: &str) -> String {
    format!("side-{word}")
}

fn side_of(standing: Standing) -> String {
    side_id(standing.word())
}

/// An interval of ISO 8601.
fn interval(scene: &Scene, from: Time, until: Time) -> String {
    format!("{}/{}", scene.start.at(from).text(), scene.start.at(until).text())
}

/// A text as HTML: the information box of Cesium shows HTML.
fn html(text: &str) -> String {
    let text = text.trim().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace("\r\n", "\n").replace(['\n', '\r'], "<br>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_no_markup() {
        assert_eq!(html("<b>one</b> & two\nthree\n"), "&lt;b&gt;one&lt;/b&gt; &amp; two<br>three");
    }
}
