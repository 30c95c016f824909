//! The quality of each network's picture, folded from the recording: the attributes of SIAP, and GOSPA.
//!
//! Models what [`redan_track::metrics::picture`] defines, at the moments at which the recording has the
//! true places of all aircraft (`Moved`). An object is an aircraft in the air, of whatever side. A track
//! of the picture is a confirmed one; it is assigned to the aircraft that caused most of its last five
//! plots (see [`crate::explain`]), and is spurious if that is nobody, or somebody who is no longer there.
//! A track stands where its last update and its velocity, along a straight line, have it by then.
//!
//! Beside the completeness over everything in the air stands that over what is *in view* of a radar of the
//! network: a network can be blamed for the second alone.
//!
//! An identity is right if it is suspect or hostile for an attacker, friend or assumed friend for a friend,
//! neutral for a neutral; pending and unknown count as not judged.
//!
//! GOSPA has α = 2, order 1 and a cut-off of 5 km: an aircraft without a track within 5 km, and a track
//! without an aircraft, cost 2.5 km each. Which track goes with which aircraft it decides by distance alone.
//!
//! Left out: what a network shares with another; heights and speeds as attributes of their own.

use redan_geo::{Ecef, EcefVelocity, LocalFrame, Span, Time};
use redan_track::metrics::{Continuity, Cut, Instant, Judged, Picture, Seen, Shares, gospa};
use redan_track::{Identity, TrackId};
use serde::{Deserialize, Serialize};

use crate::attribution::Attribution;
use crate::{AircraftId, Event, NetworkId, RadarEntry, Roster, Side, What};

/// Length of the windows in which a picture is summed up over time.
pub const WINDOW: Span = Span(300_000_000_000);

/// Cut-off of GOSPA, metres: well above the error of a search radar's height at long range, well below the
/// distance of aircraft that one would tell apart. A choice of ours.
pub const GOSPA_CUTOFF_M: f64 = 5_000.0;

/// Objects in view, and how many of them were tracked; at all instants together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InView {
    /// Aircraft in view of at least one radar of the network.
    pub objects: u64,
    /// Of these with a confirmed track.
    pub tracked: u64,
}

/// One stretch of time.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Window {
    /// Sums of the picture.
    pub shares: Shares,
    /// Sums over what was in view.
    pub in_view: InView,
}

/// The picture of one network.
#[derive(Clone, Debug)]
pub struct PictureMeasures {
    /// Sums over the whole run.
    pub all: Window,
    /// Continuity over the whole run.
    pub continuity: Continuity,
    /// Sums of each stretch of [`WINDOW`], from the start of the run on.
    pub windows: Vec<Window>,
}

/// True place and velocity of one aircraft.
type True = (AircraftId, Ecef, EcefVelocity);

/// Folds the pictures of all networks.
#[derive(Clone, Debug)]
pub(super) struct Pictures {
    networks: Vec<NetworkFold>,
    sides: Vec<Side>,
    radars: Vec<RadarFold>,
    /// True places of the aircraft at the latest moment.
    truth: Vec<True>,
    moved: Option<Time>,
}

#[derive(Clone, Debug)]
struct NetworkFold {
    frame: LocalFrame,
    /// What is believed, in order of track numbers.
    beliefs: Vec<(TrackId, Belief)>,
    picture: Picture,
    all: Window,
    windows: Vec<Window>,
}

/// What one radar has in view, by number of the aircraft.
#[derive(Clone, Debug)]
struct RadarFold {
    network: usize,
    in_view: Vec<bool>,
}

#[derive(Clone, Copy, Debug)]
struct Belief {
    at: Time,
    place: Ecef,
    velocity: EcefVelocity,
    identity: Identity,
}

impl InView {
    /// Share of what was in view that was tracked.
    pub fn completeness_ratio(&self) -> Option<f64> {
        (self.objects > 0).then(|| self.tracked as f64 / self.objects as f64)
    }

    /// Adds the sums of another stretch of time.
    pub fn add(&mut self, other: &InView) {
        self.objects += other.objects;
        self.tracked += other.tracked;
    }
}

impl Window {
    /// Adds the sums of another stretch of time.
    pub fn add(&mut self, other: &Window) {
        self.shares.add(&other.shares);
        self.in_view.add(&other.in_view);
    }
}

impl Pictures {
    pub(super) fn new(roster: &Roster) -> Self {
        let network = |origin| NetworkFold {
            frame: LocalFrame::new(origin),
            beliefs: Vec::new(),
            picture: Picture::default(),
            all: Window::default(),
            windows: Vec::new(),
        };
        let radar = |entry: &RadarEntry| RadarFold {
            network: entry.network as usize,
            in_view: vec![false; roster.aircraft.len()],
        };
        Self {
            networks: roster.networks.iter().map(|entry| network(entry.origin)).collect(),
            sides: roster.aircraft.iter().map(|entry| entry.side).collect(),
            radars: roster.radars.iter().map(radar).collect(),
            truth: Vec::new(),
            moved: None,
        }
    }

    /// The pictures of all networks, in the order of the roster.
    pub(super) fn measures(&self) -> Vec<PictureMeasures> {
        let one = |network: &NetworkFold| PictureMeasures {
            all: network.all,
            continuity: network.picture.continuity(),
            windows: network.windows.clone(),
        };
        self.networks.iter().map(one).collect()
    }

    /// Takes the next event, after the attribution has seen all events before it and before it has seen
    /// this one: the pictures of a moment are compared when the moment is over.
    pub(super) fn observe(&mut self, event: &Event, attribution: &Attribution) {
        let is_over = |moved| event.at > moved || matches!(event.what, What::Ended);
        if let Some(moved) = self.moved.filter(|moved| is_over(*moved)) {
            self.compare(moved, attribution);
        }
        match event.what {
            What::Moved { aircraft, place, velocity } => {
                self.moved = Some(event.at);
                let velocity = LocalFrame::new(place).ecef_velocity(velocity);
                self.truth.push((aircraft, place.to_ecef(), velocity));
            }
            What::Left { aircraft } | What::Destroyed { aircraft, .. } => {
                self.truth.retain(|(other, ..)| *other != aircraft);
            }
            What::Sighted { radar, aircraft, sight } => {
                let radar = self.radars.get_mut(radar.index());
                if let Some(seen) = radar.and_then(|r| r.in_view.get_mut(aircraft.index())) {
                    *seen = sight.is_in_view();
                }
            }
            What::TrackUpdated { network, track, plot, place, velocity, .. } => {
                let Some(network) = self.networks.get_mut(network.index()) else { return };
                let at = attribution.measured(plot).unwrap_or(event.at);
                let velocity = network.frame.ecef_velocity(velocity);
                network.update(track, at, place.to_ecef(), velocity);
            }
            What::Identified { network, track, identity, .. } => {
                if let Some(belief) = self.belief(network, track) {
                    belief.identity = identity;
                }
            }
            What::TrackDropped { network, track, .. } => {
                if let Some(network) = self.networks.get_mut(network.index()) {
                    network.beliefs.retain(|(other, _)| *other != track);
                }
            }
            _ => {}
        }
    }

    fn belief(&mut self, network: NetworkId, track: TrackId) -> Option<&mut Belief> {
        let beliefs = &mut self.networks.get_mut(network.index())?.beliefs;
        let place = beliefs.binary_search_by_key(&track, |(other, _)| *other).ok()?;
        Some(&mut beliefs[place].1)
    }

    /// Compares the picture of every network with the truth of a moment, and forgets that truth.
    fn compare(&mut self, now: Time, attribution: &Attribution) {
        self.moved = None;
        let objects: Vec<u64> = self.truth.iter().map(|(id, ..)| u64::from(id.0)).collect();
        let places: Vec<[f64; 3]> =
            self.truth.iter().map(|(_, place, _)| place.to_array()).collect();
        let cut = Cut::new(GOSPA_CUTOFF_M, 1).expect("the constant is above 0");
        for (index, network) in self.networks.iter_mut().enumerate() {
            let id = NetworkId(index as u32);
            let (seen, believed) = network.seen(id, now, &self.truth, &self.sides, attribution);
            let gospa = gospa(&places, &believed, cut);
            let time_s = now.as_secs();
            let instant = Instant { time_s, objects: &objects, tracks: &seen, gospa };
            let shares = network.picture.add(&instant);
            let radars = self.radars.iter().filter(|radar| radar.network == index);
            let in_view = in_view(radars, &self.truth, &seen);
            network.note(now, &Window { shares, in_view });
        }
        self.truth.clear();
    }
}

impl NetworkFold {
    fn update(&mut self, track: TrackId, at: Time, place: Ecef, velocity: EcefVelocity) {
        match self.beliefs.binary_search_by_key(&track, |(other, _)| *other) {
            Ok(index) => {
                let belief = &mut self.beliefs[index].1;
                // A late plot does not move a track back in time.
                let at = belief.at.max(at);
                *belief = Belief { at, place, velocity, identity: belief.identity };
            }
            Err(index) => {
                let belief = Belief { at, place, velocity, identity: Identity::Pending };
                self.beliefs.insert(index, (track, belief));
            }
        }
    }

    /// The confirmed tracks of this moment, each with whom it follows, and where they stand.
    fn seen(
        &self,
        id: NetworkId,
        now: Time,
        truth: &[True],
        sides: &[Side],
        attribution: &Attribution,
    ) -> (Vec<Seen>, Vec<[f64; 3]>) {
        let mut seen = Vec::with_capacity(self.beliefs.len());
        let mut places = Vec::with_capacity(self.beliefs.len());
        for (track, belief) in &self.beliefs {
            let about = attribution.about((id, *track));
            if !about.confirmed {
                continue;
            }
            let place = belief.place.advanced(belief.velocity, (now - belief.at).as_secs());
            places.push(place.to_array());
            let followed = about.aircraft.and_then(|id| truth.iter().find(|one| one.0 == id));
            let mut one = Seen {
                track: track.0,
                object: None,
                position_error_m: 0.0,
                velocity_error_m_s: 0.0,
                judged: Judged::Not,
            };
            if let Some((aircraft, true_place, velocity)) = followed {
                one.object = Some(u64::from(aircraft.0));
                one.position_error_m = apart(place.to_array(), true_place.to_array());
                one.velocity_error_m_s = apart(belief.velocity.to_array(), velocity.to_array());
                one.judged = judged(sides.get(aircraft.index()), belief.identity);
            }
            seen.push(one);
        }
        (seen, places)
    }

    fn note(&mut self, now: Time, here: &Window) {
        let index = usize::try_from(now.as_nanos() / WINDOW.as_nanos()).unwrap_or(0);
        // A stranger's recording may have any times; a run is a day or so at most.
        if index < 10_000 {
            let length = self.windows.len().max(index + 1);
            self.windows.resize(length, Window::default());
            self.windows[index].add(here);
        }
        self.all.add(here);
    }
}

/// Aircraft that any of these radars has in view, and how many of them have a track.
fn in_view<'a>(
    radars: impl Iterator<Item = &'a RadarFold> + Clone,
    truth: &[True],
    tracks: &[Seen],
) -> InView {
    let mut sum = InView::default();
    for (aircraft, ..) in truth {
        let sees = |radar: &RadarFold| radar.in_view.get(aircraft.index()).copied();
        if radars.clone().any(|radar| sees(radar).unwrap_or(false)) {
            let object = Some(u64::from(aircraft.0));
            sum.objects += 1;
            sum.tracked += u64::from(tracks.iter().any(|seen| seen.object == object));
        }
    }
    sum
}

fn apart(a: [f64; 3], b: [f64; 3]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt()
}

fn judged(side: Option<&Side>, identity: Identity) -> Judged {
    match (side, identity) {
        (None, _) | (_, Identity::Pending | Identity::Unknown) => Judged::Not,
        (Some(Side::Hostile), Identity::Suspect | Identity::Hostile)
        | (Some(Side::Friendly), Identity::AssumedFriend | Identity::Friend)
        | (Some(Side::Neutral), Identity::Neutral) => Judged::Rightly,
        _ => Judged::Wrongly,
    }
}
