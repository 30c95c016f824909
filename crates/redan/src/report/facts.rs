//! What the page shows, gathered from the recording in one pass.

use std::collections::BTreeMap;

use redan_command::{InterceptorId, UnitId};
use redan_geo::{Geodetic, Time, wrap_pi_rad};
use redan_record::explain::TrackOwners;
use redan_record::{
    AircraftId, EngagementId, Event, EventId, LauncherId, Measures, MissileId, NetworkId, Outcome,
    Recording, Side, Summary, What,
};
use redan_track::{Identity, TrackId};

use super::Notes;

/// Everything that the parts of the page are made of.
pub(super) struct Facts<'a> {
    pub(super) recording: &'a Recording,
    pub(super) summary: &'a Summary,
    pub(super) notes: &'a Notes,
    pub(super) measures: Measures,
    pub(super) owners: TrackOwners,
    /// True path of each aircraft, in the order of the roster.
    pub(super) paths: Vec<Vec<Fix>>,
    pub(super) shots: Vec<Shot>,
    pub(super) tracks: Vec<TrackPath>,
    pub(super) flights: Vec<Flight<'a>>,
}

/// A place at a time.
#[derive(Clone, Copy)]
pub(super) struct Fix {
    pub(super) at: Time,
    pub(super) place: Geodetic,
}

/// One missile, from its launcher to where it ended.
pub(super) struct Shot {
    pub(super) missile: MissileId,
    pub(super) unit: Option<UnitId>,
    pub(super) interceptor: InterceptorId,
    pub(super) launcher: LauncherId,
    /// Whom it was fired at in truth, or met.
    pub(super) aircraft: Option<AircraftId>,
    pub(super) launched: Time,
    pub(super) from: Option<Geodetic>,
    /// Last known place.
    pub(super) to: Option<Geodetic>,
    pub(super) ended: Option<Time>,
    pub(super) end: ShotEnd,
}

/// What became of a missile, as the map tells it apart.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ShotEnd {
    Kill,
    Miss(Outcome),
    Aborted,
    Flying,
}

/// The places that a network believed in for one track.
pub(super) struct TrackPath {
    pub(super) network: NetworkId,
    pub(super) track: TrackId,
    pub(super) confirmed: bool,
    pub(super) fixes: Vec<Fix>,
    /// What it was judged to be, and since when; pending before the first of them.
    pub(super) judged: Vec<(Time, Identity)>,
    /// When it was given up.
    pub(super) dropped: Option<Time>,
}

/// The aircraft of one flight.
pub(super) struct Flight<'a> {
    pub(super) name: &'a str,
    pub(super) side: Side,
    pub(super) members: Vec<usize>,
}

impl<'a> Facts<'a> {
    pub(super) fn new(recording: &'a Recording, summary: &'a Summary, notes: &'a Notes) -> Self {
        let mut facts = Self {
            recording,
            summary,
            notes,
            measures: Measures::of(recording),
            owners: TrackOwners::of(recording),
            paths: vec![Vec::new(); recording.roster.aircraft.len()],
            shots: Vec::new(),
            tracks: Vec::new(),
            flights: flights(recording),
        };
        let mut gather = Gather::default();
        for event in &recording.events {
            gather.air(&mut facts, event);
            gather.fire(&mut facts, event);
            gather.picture(event);
        }
        gather.finish(&mut facts.paths);
        facts.tracks = gather.tracks.into_values().filter(|track| track.confirmed).collect();
        facts
    }

    /// Where an aircraft truly was; `None` outside its flight.
    pub(super) fn place_at(&self, aircraft: usize, at: Time) -> Option<Geodetic> {
        let path = self.paths.get(aircraft)?;
        let after = path.partition_point(|fix| fix.at < at);
        let next = path.get(after)?;
        match after.checked_sub(1).and_then(|before| path.get(before)) {
            Some(last) => Some(on_the_way(last, next, at)),
            None => Some(next.place),
        }
    }

    /// End of the run, never before its start.
    pub(super) fn until(&self) -> Time {
        self.measures.until.max(Time::from_nanos(1))
    }

    /// Greatest published reach among the missiles that a unit is loaded with; of all missiles where
    /// nobody says what it is loaded with. Metres, and the missile's name.
    pub(super) fn claimed_reach(&self, unit: usize) -> Option<(f64, &'a str)> {
        let roster = &self.recording.roster;
        let loads = roster.launchers.iter().filter(|launcher| launcher.unit as usize == unit);
        let loaded: Vec<u32> = loads.flat_map(|launcher| &launcher.load).map(|l| l.0).collect();
        let types = roster.interceptors.iter().zip(0..);
        types
            .filter(|(_, number)| loaded.is_empty() || loaded.contains(number))
            .map(|(entry, _)| (entry.claimed_range_m, entry.name.as_str()))
            .filter(|(range_m, _)| range_m.is_finite() && *range_m > 0.0)
            .reduce(|best, next| if next.0 > best.0 { next } else { best })
    }

    /// Numbers of the aircraft of a side, in the order of the roster.
    pub(super) fn of_side(&self, side: Side) -> Vec<usize> {
        let aircraft = self.recording.roster.aircraft.iter().enumerate();
        aircraft.filter(|(_, entry)| entry.side == side).map(|(index, _)| index).collect()
    }
}

/// A place that can be drawn: a recording that somebody else wrote may hold anything.
pub(super) fn sound(place: &Geodetic) -> bool {
    place.lat_rad.abs() <= std::f64::consts::FRAC_PI_2 && place.lon_rad.is_finite()
}

fn flights(recording: &Recording) -> Vec<Flight<'_>> {
    let mut flights: Vec<Flight<'_>> = Vec::new();
    for (index, entry) in recording.roster.aircraft.iter().enumerate() {
        match flights.iter_mut().find(|flight| flight.name == entry.flight) {
            Some(flight) => flight.members.push(index),
            None => {
                let (name, side) = (entry.flight.as_str(), entry.side);
                flights.push(Flight { name, side, members: vec![index] });
            }
        }
    }
    flights
}

fn on_the_way(from: &Fix, to: &Fix, at: Time) -> Geodetic {
    let whole_s = (to.at - from.at).as_secs();
    let part = if whole_s > 0.0 { (at - from.at).as_secs() / whole_s } else { 1.0 };
    let (a, b) = (from.place, to.place);
    Geodetic {
        lat_rad: a.lat_rad + (b.lat_rad - a.lat_rad) * part,
        lon_rad: a.lon_rad + wrap_pi_rad(b.lon_rad - a.lon_rad) * part,
        height_m: a.height_m + (b.height_m - a.height_m) * part,
    }
}

/// What is remembered from one event to the next.
#[derive(Default)]
struct Gather {
    tracks: BTreeMap<(NetworkId, TrackId), TrackPath>,
    /// Latest time at which something became of an aircraft, by its number.
    noted: BTreeMap<usize, Time>,
    orders: BTreeMap<EngagementId, (NetworkId, TrackId, UnitId)>,
    shots: BTreeMap<MissileId, usize>,
}

impl Gather {
    fn air(&mut self, facts: &mut Facts<'_>, event: &Event) {
        let at = event.at;
        match event.what {
            What::Moved { aircraft, place, .. } if sound(&place) => {
                if let Some(path) = facts.paths.get_mut(aircraft.index()) {
                    path.push(Fix { at, place });
                }
            }
            What::Destroyed { aircraft, .. }
            | What::Leaked { aircraft, .. }
            | What::Left { aircraft } => {
                self.noted.insert(aircraft.index(), at);
            }
            _ => {}
        }
    }

    /// The last sample is up to one interval older than the end of a flight: it flew on as it did
    /// before. Whoever leaks and flies on has later samples and needs none that is guessed.
    fn finish(&self, paths: &mut [Vec<Fix>]) {
        for (index, at) in &self.noted {
            if let Some(path) = paths.get_mut(*index)
                && let [.., before, last] = path.as_slice()
                && last.at < *at
            {
                let fix = Fix { at: *at, place: on_the_way(before, last, *at) };
                path.push(fix);
            }
        }
    }

    fn fire(&mut self, facts: &mut Facts<'_>, event: &Event) {
        match event.what {
            What::Ordered { engagement, network, track, unit, .. } => {
                self.orders.insert(engagement, (network, track, unit));
            }
            What::Launched { engagement, missile, launcher, interceptor, .. } => {
                let order = self.orders.get(&engagement).copied();
                let launch = Launch { missile, launcher, interceptor };
                self.shots.insert(missile, facts.shots.len());
                let shot = shot(facts, launch, order, (event.id, event.at));
                facts.shots.push(shot);
            }
            What::MissileMoved { missile, place, .. } if sound(&place) => {
                self.update(facts, missile, |shot| shot.to = Some(place));
            }
            What::Resolved { missile, outcome, aircraft, place, .. } => {
                self.update(facts, missile, |shot| {
                    shot.to = Some(place).filter(sound).or(shot.to);
                    shot.aircraft = aircraft.or(shot.aircraft);
                    shot.ended = Some(event.at);
                    shot.end = match outcome {
                        Outcome::Kill => ShotEnd::Kill,
                        other => ShotEnd::Miss(other),
                    };
                });
            }
            What::Aborted { missile, .. } => self.update(facts, missile, |shot| {
                shot.ended = Some(event.at);
                shot.end = ShotEnd::Aborted;
            }),
            _ => {}
        }
    }

    fn update(&self, facts: &mut Facts<'_>, missile: MissileId, change: impl FnOnce(&mut Shot)) {
        let index = self.shots.get(&missile).copied();
        if let Some(shot) = index.and_then(|index| facts.shots.get_mut(index)) {
            change(shot);
        }
    }

    fn picture(&mut self, event: &Event) {
        match event.what {
            What::TrackUpdated { network, track, place, .. } if sound(&place) => {
                self.path(network, track).fixes.push(Fix { at: event.at, place });
            }
            What::TrackConfirmed { network, track, .. } => {
                self.path(network, track).confirmed = true;
            }
            What::Identified { network, track, identity, .. } => {
                self.path(network, track).judged.push((event.at, identity));
            }
            What::TrackDropped { network, track, .. } => {
                self.path(network, track).dropped = Some(event.at);
            }
            _ => {}
        }
    }

    fn path(&mut self, network: NetworkId, track: TrackId) -> &mut TrackPath {
        let empty = || TrackPath {
            network,
            track,
            confirmed: false,
            fixes: Vec::new(),
            judged: Vec::new(),
            dropped: None,
        };
        self.tracks.entry((network, track)).or_insert_with(empty)
    }
}

struct Launch {
    missile: MissileId,
    launcher: LauncherId,
    interceptor: InterceptorId,
}

fn shot(
    facts: &Facts<'_>,
    launch: Launch,
    order: Option<(NetworkId, TrackId, UnitId)>,
    (event, at): (EventId, Time),
) -> Shot {
    let entry = facts.recording.roster.launchers.get(launch.launcher.index());
    Shot {
        missile: launch.missile,
        unit: order.map(|(.., unit)| unit),
        interceptor: launch.interceptor,
        launcher: launch.launcher,
        aircraft: order.and_then(|(network, track, _)| facts.owners.at(network, track, event)),
        launched: at,
        from: entry.map(|entry| entry.place).filter(sound),
        to: None,
        ended: None,
        end: ShotEnd::Flying,
    }
}
