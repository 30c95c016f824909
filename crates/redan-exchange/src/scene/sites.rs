//! What stands on the ground: assets, radars, fire units, launchers, and the circles of the news map.

use redan_geo::{Geodetic, Time};
use redan_record::{RadarId, Roster};

use super::cast::Cast;
use super::{Deed, Kind, Reach, Standing, Thing, ThingId};
use crate::position::{Position, length};

/// The fixed things of a scene by their numbers in the roster; `None` for what the view hides.
pub(super) struct Sites {
    /// Whose they are.
    pub(super) standing: Standing,
    pub(super) assets: Vec<ThingId>,
    pub(super) radars: Vec<Option<ThingId>>,
    pub(super) launchers: Vec<Option<ThingId>>,
}

impl Sites {
    /// A radar of the view begins or ceases to radiate.
    pub(super) fn switch(&self, cast: &mut Cast, at: Time, radar: RadarId, on: bool) {
        if let Some(thing) = self.radars.get(radar.index()).copied().flatten() {
            let note = if on { "began to radiate" } else { "ceased to radiate" };
            cast.act(at, thing, Deed::Switches { on }, note);
        }
    }
}

/// Enters all assets and what belongs to the networks that `is_shown`. Sides are named as the
/// defenders see them, so that all of it is of one `standing`.
pub(super) fn enter(
    cast: &mut Cast,
    roster: &Roster,
    standing: Standing,
    is_shown: impl Fn(u32) -> bool,
) -> Sites {
    let fixed = |kind, name: &str, place, group| fixed_thing(kind, name, place, group, standing);
    let assets = roster
        .assets
        .iter()
        .map(|asset| cast.add(fixed(Kind::Asset, &asset.name, asset.place, None)));
    let assets = assets.collect();
    let radars = roster.radars.iter().map(|radar| {
        let thing = Thing {
            card: Some(radar.card.clone()),
            range_m: length(radar.instrumented_range_m),
            reach_m: radar.unit.and_then(|unit| longest_reach_m(roster, unit)),
            ..fixed(Kind::Radar, &radar.name, radar.antenna, network(roster, radar.network))
        };
        is_shown(radar.network).then(|| cast.add(thing))
    });
    let radars = radars.collect();
    for (index, unit) in roster.units.iter().enumerate() {
        if is_shown(unit.network) {
            let group = network(roster, unit.network);
            let card = loads(roster, index as u32).next().and_then(|kind| card(roster, kind));
            cast.add(Thing { card, ..fixed(Kind::Unit, &unit.name, unit.place, group) });
        }
    }
    let launchers = roster.launchers.iter().map(|launcher| {
        let unit = roster.units.get(launcher.unit as usize)?;
        let group = Some(unit.name.clone());
        let loaded = launcher.load.iter().find(|(_, rounds)| *rounds > 0);
        let thing = Thing {
            card: loaded.and_then(|(kind, _)| card(roster, *kind)),
            ..fixed(Kind::Launcher, &launcher.name, launcher.place, group)
        };
        is_shown(unit.network).then(|| cast.add(thing))
    });
    Sites { standing, assets, radars, launchers: launchers.collect() }
}

/// The published reaches of what the units of the networks that `is_shown` are loaded with.
pub(super) fn reaches(roster: &Roster, is_shown: impl Fn(u32) -> bool) -> Vec<Reach> {
    let mut reaches = Vec::new();
    for (index, unit) in roster.units.iter().enumerate() {
        if !is_shown(unit.network) {
            continue;
        }
        for (number, interceptor) in roster.interceptors.iter().enumerate() {
            let is_loaded = loads(roster, index as u32).any(|kind| kind as usize == number);
            if is_loaded {
                reaches.push(Reach {
                    unit: unit.name.clone(),
                    interceptor: interceptor.name.clone(),
                    centre: unit.place,
                    claimed_range_m: interceptor.claimed_range_m,
                });
            }
        }
    }
    reaches
}

/// Place of the launcher of a number.
pub(super) fn launcher_place(roster: &Roster, index: usize) -> Option<Geodetic> {
    roster.launchers.get(index).map(|launcher| launcher.place)
}

fn fixed_thing(
    kind: Kind,
    name: &str,
    place: Geodetic,
    group: Option<String>,
    standing: Standing,
) -> Thing {
    Thing {
        kind,
        name: name.to_owned(),
        standing,
        type_name: None,
        card: None,
        group,
        parent: None,
        target: None,
        place: Position::of(place),
        range_m: None,
        reach_m: None,
    }
}

fn card(roster: &Roster, interceptor: u32) -> Option<String> {
    roster.interceptors.get(interceptor as usize).map(|kind| kind.card.clone())
}

fn network(roster: &Roster, index: u32) -> Option<String> {
    roster.networks.get(index as usize).map(|network| network.name.clone())
}

fn longest_reach_m(roster: &Roster, unit: u32) -> Option<f64> {
    let kinds = loads(roster, unit).filter_map(|kind| roster.interceptors.get(kind as usize));
    kinds.filter_map(|kind| length(kind.claimed_range_m)).max_by(f64::total_cmp)
}

/// Interceptor types that a unit has at the start.
fn loads(roster: &Roster, unit: u32) -> impl Iterator<Item = u32> {
    let launchers = roster.launchers.iter().filter(move |launcher| launcher.unit == unit);
    launchers
        .flat_map(|launcher| &launcher.load)
        .filter(|(_, rounds)| *rounds > 0)
        .map(|(kind, _)| *kind)
}
