//! Identification after checking: the order of the sky, transponders, and how each network judges.

use redan_command::WeaponsControl;
use redan_geo::{Geodetic, Span, Time};
use redan_track::{AirspaceKind, Likelihood, Mode, Thresholds};

use crate::card;
use crate::card::CardKind;

use super::file::{self, File};
use super::identity_file as table;
use super::limits::{in_range, name, number, unique};
use super::problem::{Collector, Spot, shortened};
use super::read::{At, List};
use super::shelf::Shelf;
use super::transponders::{self, code_of, mode_of};
use super::units::{reference, times};
use super::values::{Place, place_of};

/// The order of the sky, and who stands on the ground and answers.
#[derive(Clone, Debug, Default)]
pub struct Order {
    /// Airways, corridors and zones.
    pub airspaces: Vec<Zone>,
    /// Flight plans.
    pub plans: Vec<Plan>,
    /// Aircraft on the ground whose transponders answer.
    pub parked: Vec<Parked>,
}

/// An airway, a corridor or a zone.
#[derive(Clone, Debug)]
pub struct Zone {
    /// Unique name.
    pub name: String,
    /// What it is for.
    pub kind: AirspaceKind,
    /// Points of its middle line, or its centre.
    pub points: Vec<Geodetic>,
    /// Half of its width, or its radius, metres.
    pub half_width_m: f64,
    /// Lowest and highest height above sea level, metres.
    pub heights_m: (f64, f64),
    /// When it is active, in order and apart; empty for always.
    pub active: Vec<(Time, Time)>,
    /// Weapon control status inside.
    pub weapons: Option<WeaponsControl>,
}

/// A flight plan.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Unique name.
    pub name: String,
    /// Points of its route.
    pub points: Vec<Geodetic>,
    /// When it is at the first.
    pub departs: Time,
    /// Ground speed, m/s.
    pub speed_m_s: f64,
    /// How early or late an aircraft may be.
    pub window: Span,
    /// How far from the route it may be, metres.
    pub half_width_m: f64,
    /// Code in mode 3/A.
    pub code: Option<u16>,
}

/// An aircraft on the ground whose transponder answers.
#[derive(Clone, Debug)]
pub struct Parked {
    /// Unique name.
    pub name: String,
    /// Where it stands.
    pub place: Geodetic,
    /// What answers.
    pub transponder: Transponder,
    /// Share of questions that reach it and whose answers come back.
    pub heard_ratio: f64,
}

/// What answers an interrogation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Transponder {
    /// Modes in which it answers, in order.
    pub modes: Vec<Mode>,
    /// Codes, by mode.
    pub codes: Vec<(Mode, u16)>,
    /// Whose keys its secure modes use; empty for keys that everybody reads.
    pub keys: String,
    /// When it is off, in order and apart.
    pub off: Vec<(Time, Time)>,
    /// Whether its secure part has failed; `None` leaves it to chance.
    pub secure_fails: Option<bool>,
}

/// How a network weighs evidence.
#[derive(Clone, Debug)]
pub struct Identification {
    /// Figures of the card of weights.
    pub weights: card::Identification,
    /// Who turns up.
    pub prior: Likelihood,
    /// Whether the crew is under stress.
    pub is_stressed: bool,
    /// Weight that the operator's opinion adds to an enemy, decibels.
    pub bias_db: f64,
    /// Whether crews differ.
    pub crews_differ: bool,
    /// Share of friends whose secure modes can be read.
    pub friends_read_ratio: f64,
    /// Keys that it holds.
    pub keys: Vec<String>,
    /// Codes that are ascribed to the enemy.
    pub hostile_codes: Vec<(Mode, u16)>,
    /// Indices of the airspaces that it knows.
    pub airspaces: Vec<usize>,
    /// Indices of the flight plans that it knows; `None` where it is shown none at all.
    pub plans: Option<Vec<usize>>,
    /// Names of the patterns by which its system classifies.
    pub patterns: Vec<String>,
    /// How long a manual gate is left where it was put; `None` where gates follow.
    pub gate_held: Option<Span>,
    /// Networks whose judgement it is told.
    pub told_by: Vec<usize>,
    /// Rules of engagement.
    pub thresholds: Thresholds,
}

impl Identification {
    /// One of two figures: at ease, and under stress.
    pub(crate) fn by_stress(&self, figures: [f64; 2]) -> f64 {
        figures[usize::from(self.is_stressed)]
    }
}

/// Whose consent an order needs.
#[derive(Clone, Debug)]
pub struct Consent {
    /// Index of the network that is asked.
    pub from: usize,
    /// Time from the question to the answer.
    pub delay: Span,
    /// When the link is down, in order and apart.
    pub down: Vec<(Time, Time)>,
    /// What happens without a link.
    pub when_cut: WhenCut,
}

/// What a unit does without the link to who has to consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhenCut {
    /// Hold fire.
    Hold,
    /// Decide by itself.
    Fire,
}

/// Airspaces, flight plans and parked aircraft in one scenario, each.
const MOST: usize = 2_000;

/// Checks airspaces, flight plans and parked aircraft.
pub(super) fn order(file: &File, problems: &mut Collector) -> Order {
    let spaces = few(file.airspace.as_ref(), "airspaces", problems);
    let plans = few(file.plan.as_ref(), "flight plans", problems);
    let parked = few(file.parked.as_ref(), "parked aircraft", problems);
    let named = spaces.iter().map(|at| (&at.name, 1)).chain(plans.iter().map(|at| (&at.name, 1)));
    unique("airspace or flight plan", named, problems);
    unique("parked aircraft", parked.iter().map(|at| (&at.name, 1)), problems);
    Order {
        airspaces: spaces.iter().map(|space| zone(space, problems)).collect(),
        plans: plans.iter().map(|plan| flight_plan(plan, problems)).collect(),
        parked: parked.iter().map(|parked| on_ground(parked, problems)).collect(),
    }
}

fn few<'a, T>(list: Option<&'a List<T>>, what: &str, problems: &mut Collector) -> &'a [T] {
    let Some(list) = list else { return &[] };
    if list.items.len() > MOST {
        problems.note(&list.spot, format!("more than {MOST} {what}"));
        return &[];
    }
    &list.items
}

fn zone(space: &table::Airspace, problems: &mut Collector) -> Zone {
    name(&space.name, problems);
    let floor_m = number(space.floor_m.as_ref(), 0.0, -500.0..=100_000.0, "m", problems);
    let ceiling_m = number(space.ceiling_m.as_ref(), 30_000.0, -500.0..=100_000.0, "m", problems);
    if let Some(at) = space.ceiling_m.as_ref().or(space.floor_m.as_ref())
        && floor_m >= ceiling_m
    {
        problems.note(
            &at.spot,
            format!("the floor, {floor_m} m, is not below the ceiling, {ceiling_m} m"),
        );
    }
    let points = places(&space.points, 1, problems);
    Zone {
        name: space.name.value.clone(),
        kind: match space.kind.get().map(|at| at.value) {
            Some(table::Kind::SafePassage) => AirspaceKind::SafePassage,
            Some(table::Kind::Restricted) => AirspaceKind::Restricted,
            Some(table::Kind::EngagementZone) => AirspaceKind::EngagementZone,
            Some(table::Kind::Airway) | None => AirspaceKind::Airway,
        },
        points,
        half_width_m: 1_000.0
            * number(space.half_width_km.get(), 1.0, 0.01..=2_000.0, "km", problems),
        heights_m: (floor_m, ceiling_m),
        active: intervals(space.active_min.as_ref()),
        weapons: space.weapons.as_ref().map(|at| super::networks::weapons(at.value)),
    }
}

fn flight_plan(plan: &table::Plan, problems: &mut Collector) -> Plan {
    name(&plan.name, problems);
    let departs_min = number(plan.departs_min.get(), 0.0, -2_880.0..=2_880.0, "min", problems);
    let speed_kt = number(plan.speed_kt.get(), 1.0, 1.0..=3_000.0, "kt", problems);
    let window_min = number(plan.window_min.as_ref(), 15.0, 0.0..=1_440.0, "min", problems);
    let width_km = number(plan.half_width_km.as_ref(), 18.5, 0.01..=1_000.0, "km", problems);
    let code = plan.code.as_ref().and_then(|at| code_of(&at.value, &at.spot, problems));
    Plan {
        name: plan.name.value.clone(),
        points: places(&plan.points, 2, problems),
        departs: Time::from_secs(60.0 * departs_min),
        speed_m_s: speed_kt * super::route::METRES_PER_NAUTICAL_MILE / 3_600.0,
        window: Span::from_secs(60.0 * window_min),
        half_width_m: 1_000.0 * width_km,
        code,
    }
}

fn on_ground(parked: &table::Parked, problems: &mut Collector) -> Parked {
    name(&parked.name, problems);
    let fields = transponders::Fields {
        modes: Some(&parked.transponder),
        codes: parked.codes.as_ref(),
        keys: parked.keys.as_ref(),
        off_min: parked.transponder_off_min.as_ref(),
        secure_fails: Some(false),
    };
    Parked {
        name: parked.name.value.clone(),
        place: place_of(&parked.at),
        transponder: transponders::resolve(&fields, problems),
        heard_ratio: number(parked.heard_ratio.as_ref(), 1.0, 0.0..=1.0, "", problems),
    }
}

fn places(list: &List<At<Place>>, least: usize, problems: &mut Collector) -> Vec<Geodetic> {
    if list.written < least {
        problems.note(&list.spot, format!("at least {least} points belong here"));
    }
    let place = |at: &At<Place>| Geodetic::from_degrees(at.value.lat_deg, at.value.lon_deg, 0.0);
    list.items.iter().map(place).collect()
}

fn intervals(list: Option<&List<At<super::values::Interval>>>) -> Vec<(Time, Time)> {
    times(list.iter().flat_map(|list| &list.items).map(|at| at.value))
}

/// What the tables of networks may refer to.
pub(super) struct Known<'a> {
    pub(super) networks: &'a [&'a str],
    pub(super) airspaces: Vec<&'a str>,
    pub(super) plans: Vec<&'a str>,
}

impl<'a> Known<'a> {
    pub(super) fn new(networks: &'a [&'a str], order: &'a Order) -> Self {
        Self {
            networks,
            airspaces: order.airspaces.iter().map(|zone| zone.name.as_str()).collect(),
            plans: order.plans.iter().map(|plan| plan.name.as_str()).collect(),
        }
    }
}

/// How a network judges, by its table.
pub(super) fn identification(
    network: &file::Network,
    known: &Known<'_>,
    shelf: &Shelf<'_>,
    problems: &mut Collector,
) -> Option<Identification> {
    let table = network.identification.as_ref()?;
    let weights = weights(table, shelf, problems);
    let alert = table.alert.get().map(|at| at.value);
    let (airspaces, plans) = knows(table, known, problems);
    let patterns = patterns(table, problems);
    let hostile_codes = hostile_codes(table, problems);
    let told_by = networks(table.told_by.as_ref(), &network.name.value, known, problems);
    let bias_db = number(table.bias_db.as_ref(), 0.0, -40.0..=40.0, "dB", problems);
    let read = table.friends_read_ratio.as_ref();
    let friends_read_ratio = number(read, 1.0, 0.0..=1.0, "", problems);
    let held_s = table.gate_held_s.as_ref();
    let held_s = held_s.filter(|at| in_range(at, 0.0..=3_600.0, "s", problems));
    let prior = table.prior.as_ref().map(|prior| given_prior(prior, problems));
    let weights = weights?;
    let thresholds = thresholds(table, weights.thresholds, problems);
    let by_alert = weights.priors[match alert {
        Some(table::Alert::Peace) | None => 0,
        Some(table::Alert::Tension) => 1,
        Some(table::Alert::AttackExpected) => 2,
    }];
    Some(Identification {
        prior: prior.unwrap_or(by_alert),
        is_stressed: table.stress.as_ref().is_some_and(|at| at.value == table::Stress::High),
        bias_db,
        crews_differ: table.crews_differ.as_ref().is_none_or(|at| at.value),
        friends_read_ratio,
        keys: texts(table.keys.as_ref()),
        hostile_codes,
        airspaces,
        plans,
        patterns,
        gate_held: held_s.map(|at| Span::from_secs(at.value)),
        told_by,
        thresholds,
        weights,
    })
}

fn weights(
    table: &table::Identification,
    shelf: &Shelf<'_>,
    problems: &mut Collector,
) -> Option<card::Identification> {
    let usual = At { value: "iff/evidence".to_string(), spot: table.spot.clone() };
    let at = table.weights.as_ref().unwrap_or(&usual);
    let card = shelf.find_kind(at, &[CardKind::Identification], problems)?;
    shelf.view(card, card::Identification::from_figures, &at.spot, problems)
}

fn given_prior(prior: &table::Prior, problems: &mut Collector) -> Likelihood {
    let [friend, neutral, hostile] = [&prior.friend, &prior.neutral, &prior.hostile]
        .map(|given| number(given.get(), 0.0, 0.0..=1.0, "", problems));
    if friend + neutral + hostile <= 0.0 {
        problems.note(&prior.spot, "one of the three must be above 0");
    }
    Likelihood::new(friend, neutral, hostile)
}

fn thresholds(
    table: &table::Identification,
    usual: Thresholds,
    problems: &mut Collector,
) -> Thresholds {
    let Some(given) = table.thresholds.as_ref() else { return usual };
    let mut read =
        |at: &Option<At<f64>>, usual| number(at.as_ref(), usual, 0.0..=1.0, "", problems);
    let found = Thresholds {
        hostile_prob: read(&given.hostile, usual.hostile_prob),
        suspect_prob: read(&given.suspect, usual.suspect_prob),
        friend_prob: read(&given.friend, usual.friend_prob),
        assumed_friend_prob: read(&given.assumed_friend, usual.assumed_friend_prob),
        neutral_prob: read(&given.neutral, usual.neutral_prob),
    };
    if found.suspect_prob > found.hostile_prob || found.assumed_friend_prob > found.friend_prob {
        let hint = "suspect must not be above hostile, nor assumed_friend above friend";
        problems.note_hint(&given.spot, "these thresholds contradict each other", hint);
    }
    found
}

/// Airspaces and flight plans that a network knows, by index.
fn knows(
    table: &table::Identification,
    known: &Known<'_>,
    problems: &mut Collector,
) -> (Vec<usize>, Option<Vec<usize>>) {
    let (mut airspaces, mut plans) = (Vec::new(), Vec::new());
    match &table.knows {
        None => {
            airspaces.extend(0..known.airspaces.len());
            plans.extend(0..known.plans.len());
        }
        Some(list) => {
            for at in &list.items {
                let index = |names: &[&str]| names.iter().position(|name| *name == at.value);
                match (index(&known.airspaces), index(&known.plans)) {
                    (Some(index), _) => airspaces.push(index),
                    (None, Some(index)) => plans.push(index),
                    (None, None) => {
                        let names = known.airspaces.iter().chain(&known.plans).copied();
                        problems.unknown(&at.spot, "the airspace or flight plan", &at.value, names);
                    }
                }
            }
        }
    }
    let shown = table.flight_plans.as_ref().map_or(!plans.is_empty(), |at| at.value);
    if let Some(at) = table.flight_plans.as_ref().filter(|at| !at.value && table.knows.is_some())
        && !plans.is_empty()
    {
        problems.note(&at.spot, "the network knows flight plans and is shown none");
    }
    (airspaces, shown.then_some(plans))
}

fn patterns(table: &table::Identification, problems: &mut Collector) -> Vec<String> {
    let names = card::Identification::pattern_names();
    let given = table.patterns.iter().flat_map(|list| &list.items);
    given
        .filter(|at| {
            let is_known = names.contains(&at.value.as_str());
            if !is_known {
                problems.unknown(&at.spot, "the pattern", &at.value, names.into_iter());
            }
            is_known
        })
        .map(|at| at.value.clone())
        .collect()
}

fn hostile_codes(table: &table::Identification, problems: &mut Collector) -> Vec<(Mode, u16)> {
    let mut codes = Vec::new();
    for at in table.hostile_codes.iter().flat_map(|list| &list.items) {
        let Some((mode, code)) = at.value.split_once('/') else {
            let reason = format!("`{}` is no mode with a code", shortened(&at.value));
            problems.note_hint(&at.spot, reason, "write it like \"mode2/1100\"");
            continue;
        };
        let mode = mode_of(mode, &at.spot, problems);
        codes.extend(mode.zip(code_of(code, &at.spot, problems)));
    }
    codes
}

fn networks(
    list: Option<&List<At<String>>>,
    own: &str,
    known: &Known<'_>,
    problems: &mut Collector,
) -> Vec<usize> {
    let given = list.iter().flat_map(|list| &list.items);
    given.filter_map(|at| other(at, &at.spot, own, known, problems)).collect()
}

/// Index of another network; a problem where it is this one or none.
fn other(
    at: &At<String>,
    spot: &Spot,
    own: &str,
    known: &Known<'_>,
    problems: &mut Collector,
) -> Option<usize> {
    if at.value == own {
        problems.note_hint(spot, "this is the network itself", "name another network");
        return None;
    }
    reference("the network", at, known.networks, problems)
}

/// Whose consent the orders of a network need.
pub(super) fn consent(
    network: &file::Network,
    known: &Known<'_>,
    problems: &mut Collector,
) -> Option<Consent> {
    let table = network.consent.as_ref()?;
    let delay_s = number(table.delay_s.as_ref(), 10.0, 0.0..=3_600.0, "s", problems);
    let at = table.from.get()?;
    let from = other(at, &at.spot, &network.name.value, known, problems)?;
    Some(Consent {
        from,
        delay: Span::from_secs(delay_s),
        down: intervals(table.down_min.as_ref()),
        when_cut: match table.when_cut.as_ref().map(|at| at.value) {
            Some(table::WhenCut::Fire) => WhenCut::Fire,
            Some(table::WhenCut::Hold) | None => WhenCut::Hold,
        },
    })
}

fn texts(list: Option<&List<At<String>>>) -> Vec<String> {
    list.iter().flat_map(|list| &list.items).map(|at| at.value.clone()).collect()
}
