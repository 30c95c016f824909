//! What sensors and trackers report, for formats that are made of reports and not of things.
//!
//! A view of a network has the reports of its own radars and the tracks of its own picture. A view of truth has
//! the reports of all radars, and what aircraft with transponders would tell of themselves; no tracks, which are
//! somebody's belief. What caused a plot is in neither.

mod turn;

use std::collections::{BTreeMap, BTreeSet};

use redan_geo::{EnuVelocity, Geodetic, Time};
use redan_record::{AirClass, AircraftId, Event, NetworkId, RadarId, Recording, What};
use redan_track::{Answer, Bearing, BearingKind, Identity, Mode, Plot, Reply, TrackId};

use super::picture;
use crate::position::Position;
use crate::utc::{Utc, to_millisecond};
use crate::{ExchangeError, View};

pub(crate) use turn::Turn;

/// The reports of a recording as one view has them.
pub(crate) struct Feed {
    pub(crate) start: Utc,
    /// When the scenario is over.
    pub(crate) end: Time,
    /// Radars of the view; reports name them by their index here.
    pub(crate) radars: Vec<Station>,
    /// The network whose tracks there are.
    pub(crate) network: Option<String>,
    /// Aircraft by name; none in the view of a network.
    aircraft: Vec<String>,
    /// In order of time.
    pub(crate) reports: Vec<Report>,
}

/// A radar that reports.
pub(crate) struct Station {
    pub(crate) name: String,
    pub(crate) antenna: Geodetic,
    /// How far it can measure, metres.
    pub(crate) range_m: f64,
    /// How its antenna turns, if it does and its plots tell so.
    pub(crate) turn: Option<Turn>,
    /// Whether it radiates at the start.
    pub(crate) is_on: bool,
}

/// Something that is reported, and when it is sent.
pub(crate) struct Report {
    pub(crate) at: Time,
    pub(crate) told: Told,
}

/// What is reported.
#[derive(Clone, Copy)]
pub(crate) enum Told {
    /// A plot of a radar.
    Plot { radar: usize, plot: Plot },
    /// A direction from which a radar is jammed.
    Strobe { radar: usize, bearing: Bearing },
    /// A radar begins or ceases to radiate.
    Switches { radar: usize, on: bool },
    /// A track of the network.
    Track(TrackReport),
    /// What an aircraft tells of itself.
    Aircraft(AircraftReport),
}

/// A track, from its confirmation on.
#[derive(Clone, Copy)]
pub(crate) struct TrackReport {
    pub(crate) track: TrackId,
    pub(crate) place: Geodetic,
    pub(crate) velocity: EnuVelocity,
    pub(crate) identity: Identity,
    pub(crate) begins: bool,
    pub(crate) ends: bool,
}

/// An aircraft with a transponder.
#[derive(Clone, Copy)]
pub(crate) struct AircraftReport {
    pub(crate) aircraft: AircraftId,
    pub(crate) class: AirClass,
    pub(crate) place: Geodetic,
    pub(crate) velocity: EnuVelocity,
}

impl Feed {
    /// What the view has of the recording.
    pub(crate) fn of(recording: &Recording, view: &View) -> Result<Feed, ExchangeError> {
        let roster = &recording.roster;
        let start = Utc::parse(&roster.start_utc)?;
        let network = match view {
            View::Truth => None,
            View::Network(name) => Some(picture::find(recording, name)?),
        };
        let is_seen = |index: u32| network.is_none_or(|network| network.0 == index);
        let own: Vec<usize> = (0..roster.radars.len())
            .filter(|index| is_seen(roster.radars[*index].network))
            .collect();
        let mut events: Vec<Event> = recording.events.clone();
        events.sort_by_key(|event| event.at);
        let radars = own.iter().map(|index| station(recording, &events, *index)).collect();
        let speakers = speakers(&events);
        let mut teller = Teller { recording, network, own, speakers, held: BTreeMap::new() };
        let reports = events.iter().filter_map(|event| {
            let told = teller.tell(event)?;
            Some(Report { at: to_millisecond(event.at), told })
        });
        let reports = reports.collect();
        let aircraft = match network {
            None => roster.aircraft.iter().map(|entry| entry.name.clone()).collect(),
            Some(_) => Vec::new(),
        };
        let network = network.map(|network| roster.network_name(network).to_owned());
        let end = Time::ZERO + roster.duration;
        Ok(Feed { start, end, radars, network, aircraft, reports })
    }

    /// What an aircraft is called.
    pub(crate) fn aircraft_name(&self, aircraft: AircraftId) -> &str {
        self.aircraft.get(aircraft.index()).map_or("", |name| name)
    }
}

fn station(recording: &Recording, events: &[Event], index: usize) -> Station {
    let entry = &recording.roster.radars[index];
    let mut plots = Vec::new();
    let mut first_switch = None;
    for event in events {
        match event.what {
            What::Plotted { radar, plot, .. } if radar.index() == index => {
                plots.push((event.at, plot));
            }
            What::Radiates { radar, on } if radar.index() == index => {
                first_switch = first_switch.or(Some(on));
            }
            _ => {}
        }
    }
    Station {
        name: entry.name.clone(),
        antenna: entry.antenna,
        range_m: entry.instrumented_range_m,
        turn: Turn::of(&plots),
        // What is first switched on was off before.
        is_on: first_switch != Some(true),
    }
}

/// Aircraft that have a transponder, as far as a recording tells: those that answered a civil question.
fn speakers(events: &[Event]) -> BTreeSet<AircraftId> {
    let speaker = |event: &Event| match event.what {
        What::Plotted { plot, origin, .. } if is_civil(plot.reply) => origin,
        _ => None,
    };
    events.iter().filter_map(speaker).collect()
}

fn is_civil(reply: Reply) -> bool {
    match reply {
        Reply::Civil => true,
        Reply::Asked { mode: Mode::Civil | Mode::ModeS, answer } => answer != Answer::Nothing,
        _ => false,
    }
}

struct Teller<'a> {
    recording: &'a Recording,
    /// The network whose view it is; none for truth.
    network: Option<NetworkId>,
    /// Radars of the view, by their index in the roster.
    own: Vec<usize>,
    speakers: BTreeSet<AircraftId>,
    held: BTreeMap<TrackId, Held>,
}

/// A track as the network has it.
#[derive(Clone, Copy)]
struct Held {
    last: Option<(Geodetic, EnuVelocity)>,
    identity: Identity,
    confirmed: bool,
    told: bool,
}

impl Teller<'_> {
    fn tell(&mut self, event: &Event) -> Option<Told> {
        match event.what {
            What::Plotted { radar, plot, .. } => {
                Some(Told::Plot { radar: self.radar(radar)?, plot })
            }
            What::Heard { radar, bearing, .. } if bearing.kind == BearingKind::Strobe => {
                Some(Told::Strobe { radar: self.radar(radar)?, bearing })
            }
            What::Radiates { radar, on } => Some(Told::Switches { radar: self.radar(radar)?, on }),
            What::Moved { aircraft, place, velocity } => self.moved(aircraft, place, velocity),
            What::TrackUpdated { network, .. }
            | What::TrackConfirmed { network, .. }
            | What::TrackDropped { network, .. }
            | What::Identified { network, .. }
                if Some(network) == self.network =>
            {
                self.tell_track(event.what)
            }
            _ => None,
        }
    }

    /// The index of a radar among those of the view.
    fn radar(&self, radar: RadarId) -> Option<usize> {
        self.own.binary_search(&radar.index()).ok()
    }

    fn moved(&self, aircraft: AircraftId, place: Geodetic, velocity: EnuVelocity) -> Option<Told> {
        if self.network.is_some() || !self.speakers.contains(&aircraft) {
            return None;
        }
        let class = self.recording.roster.aircraft.get(aircraft.index())?.class;
        is_flight(place, velocity).then_some(Told::Aircraft(AircraftReport {
            aircraft,
            class,
            place,
            velocity,
        }))
    }

    fn tell_track(&mut self, what: What) -> Option<Told> {
        match what {
            What::TrackUpdated { track, place, velocity, .. } => {
                if is_flight(place, velocity) {
                    self.held(track).last = Some((place, velocity));
                }
                self.show(track, false)
            }
            What::TrackConfirmed { track, .. } => {
                self.held(track).confirmed = true;
                self.show(track, false)
            }
            What::Identified { track, identity, .. } => {
                self.held(track).identity = identity;
                self.show(track, false)
            }
            What::TrackDropped { track, .. } => {
                let told = self.show(track, true);
                self.held.remove(&track);
                told
            }
            _ => None,
        }
    }

    fn held(&mut self, track: TrackId) -> &mut Held {
        let identity = Identity::Pending;
        let held = Held { last: None, identity, confirmed: false, told: false };
        self.held.entry(track).or_insert(held)
    }

    /// A track that is part of the picture.
    fn show(&mut self, track: TrackId, ends: bool) -> Option<Told> {
        let held = self.held(track);
        let (place, velocity) = held.last.filter(|_| held.confirmed)?;
        let (identity, begins) = (held.identity, !held.told);
        held.told = true;
        Some(Told::Track(TrackReport { track, place, velocity, identity, begins, ends }))
    }
}

/// Whether place and velocity can be told, which in a damaged recording they may not.
fn is_flight(place: Geodetic, velocity: EnuVelocity) -> bool {
    Position::of(place).is_some() && velocity.speed_m_s().is_finite()
}
