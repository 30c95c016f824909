//! Placemarks of things, of what they did to each other, and where they met.

use super::element::{Element, Placemark, line, point};
use crate::scene::lives::Life;
use crate::scene::{Deed, Scene, Thing};

/// The placemarks of a side by kind, kinds in the order of their first thing.
pub(super) fn of_side(
    scene: &Scene,
    lives: &[Life],
    side: &str,
) -> Vec<(&'static str, Vec<Element>)> {
    let mut folders: Vec<(&'static str, Vec<Element>)> = Vec::new();
    for life in lives.iter().filter(|life| life.last_standing().word() == side) {
        let kind = scene.thing(life.id).kind.word();
        let index = folders.iter().position(|folder| folder.0 == kind).unwrap_or(folders.len());
        if index == folders.len() {
            folders.push((kind, Vec::new()));
        }
        folders[index].1.extend(placemark(scene, life));
    }
    folders
}

/// A thing: a point for what stands, a track for what moves, nothing for what was nowhere.
fn placemark(scene: &Scene, life: &Life) -> Option<Element> {
    let thing = scene.thing(life.id);
    let shape = match thing.place {
        Some(place) => point(place),
        None => track(scene, life)?,
    };
    let placemark = Placemark {
        name: &thing.name,
        description: &life.story(),
        span: life.span_until(scene.end).filter(|_| !scene.is_site(life.id)),
        style: life.last_standing().word(),
        data: data(scene, thing, life),
    };
    Some(placemark.around(scene, &shape))
}

/// All instants, then all places, as the schema of tracks has it.
fn track(scene: &Scene, life: &Life) -> Option<Element> {
    let mut text = String::from("<gx:Track><altitudeMode>absolute</altitudeMode>");
    for (at, _) in &life.places {
        text += &format!("<when>{}</when>", scene.start.at(*at).text());
    }
    for (_, state) in &life.places {
        let place = state.position;
        text +=
            &format!("<gx:coord>{} {} {}</gx:coord>", place.lon_deg, place.lat_deg, place.alt_m);
    }
    (!life.places.is_empty()).then(|| Element(text + "</gx:Track>"))
}

fn data(scene: &Scene, thing: &Thing, life: &Life) -> Vec<(&'static str, String)> {
    let mut data = vec![
        ("kind", thing.kind.word().to_owned()),
        ("side", life.last_standing().word().to_owned()),
    ];
    let figure = |figure: Option<f64>| figure.map(|figure| figure.to_string());
    let values = [
        ("type", thing.type_name.clone()),
        ("group", thing.group.clone()),
        ("target", thing.target.map(|target| scene.thing(target).name.clone())),
        ("instrumented_range_m", figure(thing.range_m)),
        ("reach_m", figure(thing.reach_m)),
    ];
    data.extend(values.into_iter().filter_map(|(name, value)| value.map(|value| (name, value))));
    data
}

/// Lines from the unit to where the target was when the order was given.
pub(super) fn engagements(scene: &Scene) -> Vec<Element> {
    let placemarks = scene.engagements.iter().filter_map(|each| {
        let shape = line(each.from?, each.to?);
        let target = each.target.map(|target| scene.thing(target).name.as_str());
        let unit = scene.unit(&each.unit)?;
        let placemark = Placemark {
            name: &format!("engagement {}: {}", each.number, each.unit),
            description: each.end.as_deref().unwrap_or_default(),
            span: Some((each.ordered, each.ended.unwrap_or(scene.end))),
            style: scene.thing(unit).standing.word(),
            data: vec![
                ("kind", "engagement".to_owned()),
                ("target", target.unwrap_or_default().to_owned()),
                ("interceptor", each.interceptor.clone()),
                ("rounds_ordered", each.rounds_ordered.to_string()),
                ("rounds_launched", each.rounds_launched.to_string()),
            ],
        };
        Some(placemark.around(scene, &shape))
    });
    placemarks.collect()
}

/// Where missiles met something, from then on.
pub(super) fn meetings(scene: &Scene) -> Vec<Element> {
    let placemarks = scene.acts.iter().filter_map(|act| {
        let Deed::Meets(meeting) = act.deed else { return None };
        let missile = scene.thing(act.thing);
        let placemark = Placemark {
            name: &missile.name,
            description: &act.note,
            span: Some((act.at, scene.end)),
            style: "reach",
            data: vec![("kind", "intercept".to_owned()), ("outcome", meeting.outcome.to_owned())],
        };
        Some(placemark.around(scene, &point(meeting.position?)))
    });
    placemarks.collect()
}
