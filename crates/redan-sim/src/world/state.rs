//! The parts of the world.

use std::collections::BTreeMap;

use redan_command::{AnyDoctrine, Reason, UnitId};
use redan_geo::{Aer, Geodetic, Time};
use redan_record::{AircraftId, EngagementId, EventId, Sight};
use redan_track::{AnyTracker, Bearing, Dossier, TrackId};

use crate::model::look::JamSource;

use super::asked::Question;

/// What has become of an aircraft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AircraftPhase {
    /// Not yet in the air.
    Waiting,
    /// In the air.
    Flying,
    /// Destroyed, arrived or gone home.
    Gone,
}

/// One aircraft.
#[derive(Clone, Debug)]
pub struct AircraftState {
    /// Where it is in its life.
    pub phase: AircraftPhase,
    /// Event of its appearance.
    pub appeared: Option<EventId>,
    /// Destroyed by a missile.
    pub destroyed: bool,
}

/// One radar.
#[derive(Clone, Debug)]
pub struct RadarState {
    /// Whether it radiates.
    pub radiating: bool,
    /// Echoes detected in the sector that the beam is in, oldest first.
    pub echoes: Vec<Echo>,
    /// Directions heard in the sector that the beam is in, oldest first.
    pub bearings: Vec<Bearing>,
    /// Turns begun so far.
    pub turns: u64,
    /// Systematic error of its measurements, the same for the whole run.
    pub bias: Aer,
    /// Jammers in view when they were last looked for.
    pub jamming: Vec<JamSource>,
    /// When that was; `None` before the first time.
    pub jamming_at: Option<Time>,
    /// By how much the updates of tracks were stretched when that was last recorded, 1 for not at all.
    pub stretch_ratio: f64,
    /// Targets for which the radar has no time at all.
    pub dropped: u32,
}

/// A detected echo, or noise that looks like one: what a plot will be made of at the end of the sector.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Echo {
    /// When the beam was on it.
    pub time: Time,
    /// Whose echo it is, in truth; `None` for noise.
    pub origin: Option<AircraftId>,
    /// Where it is, in truth; for noise where it seems to be.
    pub seen: Aer,
    /// Signal over noise, clutter and jamming, decibels.
    pub snr_db: f64,
    /// Ordinal of the look, for the draws of its plot.
    pub nth: u64,
    /// Event of the look; `None` for noise.
    pub look: Option<EventId>,
}

/// What a radar has made of one aircraft so far.
#[derive(Clone, Copy, Debug, Default)]
pub struct SightTally {
    /// Looks so far, in view or not: the ordinal of the next draw.
    pub looks: u64,
    /// Probability that none of the looks so far detected it.
    pub missed_prob: f64,
    /// What was recorded last.
    pub sight: Option<Sight>,
    /// The event that recorded it.
    pub sighted: Option<EventId>,
}

/// One network.
#[derive(Clone)]
pub struct NetworkState {
    /// Its tracker.
    pub tracker: AnyTracker,
    /// Its doctrine.
    pub doctrine: AnyDoctrine,
    /// What the recording needs to know of each living track.
    pub notes: BTreeMap<TrackId, TrackNotes>,
    /// What was heard of each living track, where evidence is weighed.
    pub dossiers: BTreeMap<TrackId, Dossier>,
}

/// Events of a track that later events are caused by, and what was recorded last of it.
#[derive(Clone, Copy, Debug)]
pub struct TrackNotes {
    /// Event of its start.
    pub started: EventId,
    /// Event of its confirmation.
    pub confirmed: Option<EventId>,
    /// Event of its last judgement.
    pub identified: Option<EventId>,
    /// Asset that it was last thought to threaten; the outer `None` before the first evaluation.
    pub threatens: Option<Option<u32>>,
    /// Why it was last not engaged.
    pub withheld: Option<(Option<UnitId>, Reason)>,
    /// Event of the last item of evidence.
    pub evidence: Option<EventId>,
    /// What was asked of who must consent.
    pub question: Question,
    /// Plots that the track had when its target was called destroyed.
    pub called_killed: Option<u32>,
}

/// One fire unit.
#[derive(Clone, Debug)]
pub struct UnitState {
    /// Where its engagement radar faces, radians from north.
    pub facing_rad: f64,
    /// Engagements under way.
    pub engagements: Vec<EngagementId>,
    /// Before this time no further missile leaves the unit.
    pub next_launch: Time,
    /// Shots at each aircraft so far: the ordinal of the next draw.
    pub shots: BTreeMap<AircraftId, u64>,
    /// Missiles for which it was asked whether their guidance goes over to each aircraft: likewise.
    pub transfers_asked: BTreeMap<AircraftId, u64>,
    /// Assessments of each aircraft so far: likewise.
    pub assessments: BTreeMap<AircraftId, u64>,
}

/// One launcher.
#[derive(Clone, Debug)]
pub struct LauncherState {
    /// Rounds left: index of the interceptor, number.
    pub load: Vec<(usize, u32)>,
}

/// How far an engagement has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The engagement radar looks for the target.
    Acquiring,
    /// Missiles are being launched or are in flight.
    Firing,
    /// The outcome is being judged.
    Assessing,
    /// Over.
    Ended,
}

/// An order carried out.
#[derive(Clone, Copy, Debug)]
pub struct Engagement {
    /// Index of the network that ordered it.
    pub network: usize,
    /// Index of the unit.
    pub unit: usize,
    /// Whom.
    pub track: TrackId,
    /// Index of the interceptor.
    pub interceptor: usize,
    /// Rounds still to launch.
    pub to_launch: u32,
    /// Missiles in flight.
    pub flying: u32,
    /// Event and time of the order.
    pub ordered: (EventId, Time),
    /// The latest event of its course: what its end is caused by.
    pub latest: EventId,
    /// Event of the acquisition.
    pub acquired: Option<EventId>,
    /// Looks of the engagement radar so far.
    pub looks: u32,
    /// Plots of the engagement radar that the track has taken since the order.
    pub hits: u32,
    /// Aircraft that the beam held last, in truth.
    pub held: Option<AircraftId>,
    /// Aircraft that its last missile met, in truth.
    pub met: Option<AircraftId>,
    /// When the track last took such a plot.
    pub last_seen: Option<Time>,
    /// What the last look made of what was in the beam; `None` where nothing was.
    pub last_sight: Option<Sight>,
    /// How far it has come.
    pub phase: Phase,
}

/// A missile.
#[derive(Clone, Copy, Debug)]
pub struct Missile {
    /// Engagement that it belongs to.
    pub engagement: EngagementId,
    /// Place of its launcher.
    pub from: Geodetic,
    /// Event and time of its launch.
    pub launched: (EventId, Time),
    /// When it is expected to meet its target.
    pub resolve: Time,
    /// Where.
    pub aim: Geodetic,
    /// Number of the valid `Resolve` entry of the queue; older ones are void.
    pub generation: u32,
    /// It has met its target or was given up.
    pub over: bool,
    /// Whether it was asked already if its guidance goes over to another object.
    pub is_settled: bool,
    /// The object that its guidance went over to, in truth.
    pub transferred: Option<AircraftId>,
}
