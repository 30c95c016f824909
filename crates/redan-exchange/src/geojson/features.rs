//! The features of a scene.

use redan_geo::Time;

use super::Feature;
use super::properties::Properties;
use crate::circle::circle;
use crate::footprint::Footprint;
use crate::position::{Position, length};
use crate::scene::{Act, Deed, Engagement, Kind, Meeting, Reach, Scene, Standing, Thing, ThingId};
use crate::shape::Geometry;

/// All features, in the order in which a map should draw them: what lies beneath first.
pub(super) fn of(scene: &Scene) -> Vec<Feature> {
    let routes = routes(scene);
    let reaches = scene.reaches.iter().filter_map(reach);
    let sites = scene.things.iter().filter(|thing| is_site(thing)).map(site);
    let footprints = scene.footprints.iter().map(footprint);
    let mut features: Vec<Feature> = footprints.chain(reaches).chain(sites).collect();
    let moving = scene.things.iter().zip(&routes).filter(|(thing, _)| !is_site(thing));
    features.extend(moving.map(|(thing, route)| route_feature(scene, thing, route)));
    features.extend(scene.engagements.iter().map(|each| engagement(scene, each)));
    features.extend(occurrences(scene));
    features
}

fn is_site(thing: &Thing) -> bool {
    matches!(thing.kind, Kind::Asset | Kind::Radar | Kind::Unit | Kind::Launcher)
}

fn reach(reach: &Reach) -> Option<Feature> {
    let geometry = circle(reach.centre, reach.claimed_range_m)?;
    let name = format!("{}: {}", reach.unit, reach.interceptor);
    let properties = Properties {
        unit: Some(reach.unit.clone()),
        interceptor: Some(reach.interceptor.clone()),
        claimed_range_m: length(reach.claimed_range_m),
        note: Some("published reach on the ground, whatever the target and its height".to_owned()),
        ..Properties::new("claimed-range", name)
    };
    Some(Feature { geometry: Some(geometry), properties })
}

/// As the coverage product has it; the height is a property.
fn footprint(footprint: &Footprint) -> Feature {
    let properties = Properties {
        height_m: Some(footprint.height_m),
        above_ground: Some(footprint.above_ground),
        stage: Some(footprint.stage.clone()),
        ..Properties::new("footprint", footprint.name())
    };
    let geometry = Geometry::patches(&footprint.patches);
    Feature { geometry: Some(geometry), properties }
}

fn site(thing: &Thing) -> Feature {
    let properties = Properties {
        group: thing.group.clone(),
        instrumented_range_m: thing.range_m,
        ..Properties::new(thing.kind.word(), &*thing.name).of(thing.standing)
    };
    Feature { geometry: thing.place.map(|place| Geometry::Point(place.into())), properties }
}

/// What a thing did over time.
struct Route {
    standing: Standing,
    places: Vec<Position>,
    first: Option<Time>,
    last: Option<Time>,
    /// What was said of its end, or last.
    note: Option<String>,
}

fn routes(scene: &Scene) -> Vec<Route> {
    let empty = |thing: &Thing| Route {
        standing: thing.standing,
        places: Vec::new(),
        first: None,
        last: None,
        note: None,
    };
    let mut routes: Vec<Route> = scene.things.iter().map(empty).collect();
    for act in &scene.acts {
        let route = &mut routes[act.thing.index()];
        route.first = route.first.or(Some(act.at));
        route.last = Some(act.at);
        match act.deed {
            Deed::Moves(state) => route.places.push(state.position),
            Deed::Meets(Meeting { position, .. }) => route.places.extend(position),
            Deed::Judged(standing) => route.standing = standing,
            _ => {}
        }
        if matches!(act.deed, Deed::Meets(_) | Deed::Leaks { .. } | Deed::Leaves(_)) {
            add_note(&mut route.note, &act.note);
        }
    }
    routes
}

fn add_note(note: &mut Option<String>, more: &str) {
    match note {
        Some(said) => said.extend(["; ", more]),
        None => *note = Some(more.to_owned()),
    }
}

fn route_feature(scene: &Scene, thing: &Thing, route: &Route) -> Feature {
    let mut properties = Properties {
        type_name: thing.type_name.clone(),
        group: thing.group.clone(),
        target: name(scene, thing.target),
        points: Some(route.places.len()),
        note: route.note.clone(),
        ..Properties::new(thing.kind.word(), &*thing.name).of(route.standing)
    };
    if let (Some(first), Some(last)) = (route.first, route.last) {
        properties = properties.at(scene, first).until(scene, last);
    }
    Feature { geometry: Geometry::path(&route.places), properties }
}

/// From the unit to where the target was last known to be when the order was given.
fn engagement(scene: &Scene, each: &Engagement) -> Feature {
    let ends = each.from.zip(each.to);
    let mut properties = Properties {
        unit: Some(each.unit.clone()),
        interceptor: Some(each.interceptor.clone()),
        target: name(scene, each.target),
        rounds_ordered: Some(each.rounds_ordered),
        rounds_launched: Some(each.rounds_launched),
        outcome: each.end.clone(),
        ..Properties::new("engagement", format!("engagement {}", each.number))
    };
    properties = properties.at(scene, each.ordered);
    if let Some(ended) = each.ended {
        properties = properties.until(scene, ended);
    }
    Feature { geometry: ends.and_then(|(from, to)| Geometry::path(&[from, to])), properties }
}

/// Where missiles met something, and where aircraft got through.
fn occurrences(scene: &Scene) -> Vec<Feature> {
    let mut last: Vec<Option<Position>> = vec![None; scene.things.len()];
    let mut features = Vec::new();
    for act in &scene.acts {
        match act.deed {
            Deed::Moves(state) => last[act.thing.index()] = Some(state.position),
            Deed::Meets(meeting) => features.push(intercept(scene, act, &meeting)),
            Deed::Leaks { asset } => {
                features.push(leak(scene, act, last[act.thing.index()], asset));
            }
            _ => {}
        }
    }
    features
}

fn intercept(scene: &Scene, act: &Act, meeting: &Meeting) -> Feature {
    let missile = scene.thing(act.thing);
    let properties = Properties {
        interceptor: missile.type_name.clone(),
        unit: missile.group.clone(),
        target: name(scene, meeting.met),
        outcome: Some(meeting.outcome.to_owned()),
        kill_prob: Some(meeting.kill_prob).filter(|prob| prob.is_finite()),
        track_error_m: meeting.track_error_m,
        ..Properties::new("intercept", &*missile.name).at(scene, act.at)
    };
    let geometry = meeting.position.map(|place| Geometry::Point(place.into()));
    Feature { geometry, properties }
}

fn leak(scene: &Scene, act: &Act, place: Option<Position>, asset: Option<ThingId>) -> Feature {
    let aircraft = scene.thing(act.thing);
    let properties = Properties {
        type_name: aircraft.type_name.clone(),
        group: aircraft.group.clone(),
        asset: name(scene, asset),
        note: Some(format!("{}; drawn at its last recorded place", act.note)),
        ..Properties::new("leak", &*aircraft.name).of(aircraft.standing).at(scene, act.at)
    };
    Feature { geometry: place.map(|place| Geometry::Point(place.into())), properties }
}

fn name(scene: &Scene, thing: Option<ThingId>) -> Option<String> {
    thing.map(|thing| scene.thing(thing).name.clone())
}
