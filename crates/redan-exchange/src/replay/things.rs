//! The things of a view with their ways.

use redan_geo::Time;
use serde::Serialize;

use super::{STEPS_PER_DEG, milliseconds};
use crate::position::Position;
use crate::scene::{Deed, Scene, ThingId};

/// Something that is somewhere, and its way.
#[derive(Serialize)]
pub(super) struct ThingPart {
    kind: &'static str,
    name: String,
    /// Whose it is at first.
    standing: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    type_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<[i64; 3]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    range_m: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reach_m: Option<f64>,
    /// Times, latitudes, longitudes and heights of its way, the first whole and the others as differences.
    way: [Vec<i64>; 4],
    /// When it left; `None` where it stays.
    #[serde(skip_serializing_if = "Option::is_none")]
    left_ms: Option<i64>,
}

/// All things of a scene in their order.
pub(super) fn parts(scene: &Scene) -> Vec<ThingPart> {
    let mut ways: Vec<Way> = vec![Way::default(); scene.things.len()];
    for act in &scene.acts {
        let way = &mut ways[act.thing.index()];
        match &act.deed {
            Deed::Moves(state) => way.moves(act.at, state.position),
            Deed::Leaves(_) => way.left_ms = Some(milliseconds(act.at)),
            _ => {}
        }
    }
    scene
        .things
        .iter()
        .zip(ways)
        .map(|(thing, way)| ThingPart {
            kind: thing.kind.word(),
            name: thing.name.clone(),
            standing: thing.standing.word(),
            type_name: thing.type_name.clone(),
            group: thing.group.clone(),
            parent: thing.parent.map(ThingId::index),
            target: thing.target.map(ThingId::index),
            place: thing.place.map(place),
            range_m: thing.range_m,
            reach_m: thing.reach_m,
            way: way.columns,
            left_ms: way.left_ms,
        })
        .collect()
}

/// A place in whole steps.
pub(super) fn place(position: Position) -> [i64; 3] {
    let whole = |value: f64| value.round() as i64;
    [
        whole(position.lat_deg * STEPS_PER_DEG),
        whole(position.lon_deg * STEPS_PER_DEG),
        whole(position.alt_m),
    ]
}

/// A way while it is written.
#[derive(Clone, Default)]
struct Way {
    columns: [Vec<i64>; 4],
    last: [i64; 4],
    left_ms: Option<i64>,
}

impl Way {
    fn moves(&mut self, at: Time, position: Position) {
        let [lat, lon, height] = place(position);
        let now = [milliseconds(at), lat, lon, height];
        for ((column, now), last) in self.columns.iter_mut().zip(now).zip(&mut self.last) {
            column.push(now - *last);
            *last = now;
        }
    }
}
