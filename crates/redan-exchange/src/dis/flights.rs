//! What flew in a recording of others, as flights of a scenario.
//!
//! A flight is everything in the air, missiles against aircraft excepted: in a battle redan fires its own.
//! Its route holds as few of the received places as leave each of the others closer than a tolerance to
//! where the flight is at its time. Legs have the speed that brings them to the next place in time.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use redan_geo::{Ecef, Geodetic, Leg};

use super::types::card_of;
use super::{Body, EntityId, EntityState, EntityType, Received};
use crate::utc::Utc;

const NANOS: i128 = 1_000_000_000;
const NANOS_AN_HOUR: i128 = 3600 * NANOS;
/// A leg shorter than this is no movement.
const SHORTEST_LEG_M: f64 = 1.0;
/// Longest battle of a scenario.
const LONGEST_NS: i128 = 24 * NANOS_AN_HOUR;

/// Something that was in a recording of others.
#[derive(Clone, Debug, PartialEq)]
pub struct Flown {
    /// Who it was.
    pub id: EntityId,
    /// Its marking, or its number where it had none; unlike all others'.
    pub name: String,
    /// What it was.
    pub kind: EntityType,
    /// Whose: 1 friendly, 2 opposing, anything else neither.
    pub force: u8,
    /// Nanoseconds since 1970, and where it was then; instants rise.
    pub places: Vec<(i128, Ecef)>,
}

/// Why a thing is no flight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOut {
    /// It is not in the air.
    NotInTheAir,
    /// A missile against aircraft.
    Interceptor,
    /// Heard of once, or never anywhere else.
    NoRoute,
    /// A type without a card.
    NoCard,
}

impl LeftOut {
    /// The reason in words.
    pub fn words(self) -> &'static str {
        match self {
            LeftOut::NotInTheAir => "not in the air",
            LeftOut::Interceptor => "missile against aircraft",
            LeftOut::NoRoute => "not seen to move",
            LeftOut::NoCard => "of a type that no card has",
        }
    }
}

/// A scenario made from a recording.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ImportedScenario {
    /// The file.
    pub text: String,
    /// Flights in it.
    pub flights_count: usize,
    /// Their waypoints.
    pub waypoints_count: usize,
    /// What is not in it, and why.
    pub left_out: Vec<(String, EntityType, LeftOut)>,
}

/// Everything that told of itself, in order of identifiers.
pub fn flown(received: &[Received]) -> Vec<Flown> {
    let mut things: BTreeMap<EntityId, (EntityState, BTreeMap<i128, Ecef>)> = BTreeMap::new();
    for message in received {
        let Body::EntityState(state) = &message.pdu.body else { continue };
        let is_place =
            state.place.to_array().iter().all(|part| part.is_finite() && part.abs() < 1e9);
        if is_place {
            let thing = things.entry(state.id).or_insert_with(|| (state.clone(), BTreeMap::new()));
            thing.1.insert(instant(message), state.place);
        }
    }
    let mut names = BTreeSet::new();
    let thing = |(id, (state, places)): (EntityId, (EntityState, BTreeMap<i128, Ecef>))| {
        let EntityId { site, application, number } = id;
        let mut name = state.name();
        if name.is_empty() || !names.insert(name.clone()) {
            name = format!("{name} {site}:{application}:{number}").trim().to_owned();
        }
        let places = places.into_iter().collect();
        Flown { id, name, kind: state.kind, force: state.force, places }
    };
    things.into_iter().map(thing).collect()
}

/// When a message was true: its time stamp in the hour nearest to the capture's, or the capture's time
/// where the stamp is relative to nobody knows what.
fn instant(message: &Received) -> i128 {
    let stamp = message.pdu.header.timestamp;
    if !stamp.is_absolute() {
        return message.unix_ns;
    }
    let past = i128::from(stamp.past_the_hour_ns());
    let hours = (message.unix_ns - past + NANOS_AN_HOUR / 2).div_euclid(NANOS_AN_HOUR);
    hours * NANOS_AN_HOUR + past
}

/// A scenario with the flights of a recording. `card` is for types that no card has; without it they are
/// left out. Places may be off by `tolerance_m`.
pub fn scenario(things: &[Flown], card: Option<&str>, tolerance_m: f64) -> ImportedScenario {
    let mut imported = ImportedScenario::default();
    let mut flights = Vec::new();
    for thing in things {
        match flight(thing, card, tolerance_m) {
            Ok(found) => flights.push((thing, found)),
            Err(reason) => imported.left_out.push((thing.name.clone(), thing.kind, reason)),
        }
    }
    let first = flights.iter().map(|(_, (_, route))| route[0].0).min().unwrap_or_default();
    let begin = first.div_euclid(NANOS) * NANOS;
    let last = flights.iter().filter_map(|(_, (_, route))| route.last()).map(|(at, _)| *at).max();
    let lasts = (last.unwrap_or(begin) - begin).clamp(60 * NANOS, LONGEST_NS);
    let minutes = (lasts + 60 * NANOS - 1) / (60 * NANOS);
    imported.text = format!(
        "# Flights of a DIS recording.\n\n\
         title = \"Flights of a recording\"\n\
         question = \"What do the defences make of the flights that were recorded?\"\n\
         start = {}\nduration_min = {minutes}\n",
        Utc::from_unix_ns(begin as i64).text(),
    );
    imported.text += &observer(&flights);
    for (thing, (card, route)) in &flights {
        imported.waypoints_count += route.len();
        write_flight(&mut imported.text, thing, card, route, begin);
    }
    imported.flights_count = flights.len();
    imported
}

/// A radar in the middle of all waypoints: a scenario without a defence is none.
fn observer(flights: &[(&Flown, (String, Route))]) -> String {
    let places = flights.iter().flat_map(|(_, (_, route))| route);
    let sum = places.clone().fold([0.0; 3], |sum, (_, place)| {
        let [x, y, z] = place.to_array();
        [sum[0] + x, sum[1] + y, sum[2] + z]
    });
    let count = places.count().max(1) as f64;
    let middle = Ecef::from_array(sum.map(|sum_m| sum_m / count));
    let Geodetic { lat_rad, lon_rad, .. } = middle.to_geodetic();
    let (lat_deg, lon_deg) = (lat_rad.to_degrees(), lon_rad.to_degrees());
    format!(
        "\n# A radar in the middle that watches and never fires: put the defence of your question here.\n\
         [[network]]\nname = \"observer\"\nweapons = \"hold\"\npost = \"s-400/55k6e\"\n\n\
         [[unit]]\nname = \"Observer\"\ncard = \"s-400/91n6e\"\nat = [{lat_deg:.5}, {lon_deg:.5}]\n\
         network = \"observer\"\n"
    )
}

type Route = Vec<(i128, Ecef)>;

/// Card and route of a thing.
fn flight(thing: &Flown, card: Option<&str>, tolerance_m: f64) -> Result<(String, Route), LeftOut> {
    match (thing.kind.kind, thing.kind.domain) {
        (2, 1) => return Err(LeftOut::Interceptor),
        (1, 2) | (2, _) => {}
        _ => return Err(LeftOut::NotInTheAir),
    }
    let route = with_movement(thinned(&thing.places, tolerance_m));
    if route.len() < 2 {
        return Err(LeftOut::NoRoute);
    }
    let card = card_of(thing.kind).or(card).ok_or(LeftOut::NoCard)?;
    Ok((card.to_owned(), route))
}

/// The places without those that lie between others, at their times, up to the tolerance. After D. Douglas
/// and T. Peucker, "Algorithms for the reduction of the number of points", Cartographica 10 (1973), with the
/// distance taken at equal times instead of at right angles.
fn thinned(places: &[(i128, Ecef)], tolerance_m: f64) -> Route {
    let mut is_kept = vec![false; places.len()];
    let mut spans = match places.len() {
        0 => Vec::new(),
        length => vec![(0, length - 1)],
    };
    while let Some((first, last)) = spans.pop() {
        (is_kept[first], is_kept[last]) = (true, true);
        let leg = Leg::new(places[first].1.to_geodetic(), places[last].1.to_geodetic());
        let (begin, lasts) = (places[first].0, (places[last].0 - places[first].0) as f64);
        let off_m = |index: usize| {
            let share = (places[index].0 - begin) as f64 / lasts;
            leg.at(share).to_ecef().distance_m(places[index].1)
        };
        let between = (first + 1..last).map(|index| (index, off_m(index)));
        let farthest = between.max_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((farthest, _)) = farthest.filter(|(_, off_m)| *off_m > tolerance_m) {
            spans.extend([(first, farthest), (farthest, last)]);
        }
    }
    places.iter().zip(is_kept).filter(|(_, is_kept)| *is_kept).map(|(place, _)| *place).collect()
}

/// The route without legs of no length, which no speed brings to their end in time.
fn with_movement(route: Route) -> Route {
    let mut moving: Route = Vec::new();
    for place in route {
        let is_new = |last: &(i128, Ecef)| {
            Leg::new(last.1.to_geodetic(), place.1.to_geodetic()).length_m() >= SHORTEST_LEG_M
        };
        if moving.last().is_none_or(is_new) {
            moving.push(place);
        }
    }
    moving
}

fn write_flight(text: &mut String, thing: &Flown, card: &str, route: &Route, begin: i128) {
    let Flown { name, kind, force, id, .. } = thing;
    let side = match force {
        1 => "friendly",
        2 => "hostile",
        _ => "neutral",
    };
    let EntityId { site, application, number } = id;
    let name = name.replace('\\', "\\\\").replace('"', "\\\"");
    let start_s = (route[0].0 - begin) as f64 / NANOS as f64;
    // Writing to a string cannot fail.
    let _ = write!(
        text,
        "\n# Entity {site}:{application}:{number}, type {kind}.\n[[flight]]\nname = \"{name}\"\n\
         card = \"{card}\"\nside = \"{side}\"\nstart_s = {start_s}\nroute = [\n"
    );
    for (index, (_, place)) in route.iter().enumerate() {
        let there = place.to_geodetic();
        let speed = route.get(index + 1).map(|next| speed_m_s(route[index], *next));
        let speed =
            speed.map_or(String::new(), |speed_m_s| format!(", speed_m_s = {speed_m_s:.6}"));
        let Geodetic { height_m, .. } = there;
        let (lat_deg, lon_deg) = (there.lat_deg(), there.lon_deg());
        let _ = writeln!(
            text,
            "  {{ at = [{lat_deg:.7}, {lon_deg:.7}], altitude_m = {height_m:.2}{speed} }},"
        );
    }
    text.push_str("]\n");
}

/// The ground speed that leads from a place to the next in time.
fn speed_m_s(from: (i128, Ecef), to: (i128, Ecef)) -> f64 {
    let leg = Leg::new(from.1.to_geodetic(), to.1.to_geodetic());
    leg.length_m() / ((to.0 - from.0) as f64 / NANOS as f64)
}
