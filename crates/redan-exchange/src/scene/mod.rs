//! What a view shows of a recording: things, and what they do. All that a format is given.

mod cast;
pub(crate) mod feed;
mod fire;
pub(crate) mod lives;
mod picture;
mod replies;
mod sites;
mod truth;

use redan_geo::{Geodetic, Time};
use redan_record::{AirClass, Event, Recording, Side, What};
use redan_track::{Identity, Reply};

use crate::footprint::Footprint;
use crate::position::{Position, State};
use crate::utc::{self, Utc};
use crate::{ExchangeError, View};

pub(crate) use lives::lives;

/// A recording as one view shows it.
pub(crate) struct Scene {
    /// The view, as the command line names it.
    pub(crate) view: String,
    /// What the file is called.
    pub(crate) title: String,
    /// The scenario's question; empty in the view of a network.
    pub(crate) question: String,
    /// Which run it was.
    pub(crate) about: String,
    pub(crate) start: Utc,
    /// When the scenario is over by its plan.
    pub(crate) planned: Time,
    /// When the scenario is over, or the last act if that is later.
    pub(crate) end: Time,
    /// Fixed things first, then the others as they come to be known.
    pub(crate) things: Vec<Thing>,
    /// In order of time.
    pub(crate) acts: Vec<Act>,
    /// In order of their orders.
    pub(crate) engagements: Vec<Engagement>,
    /// The circles of the news map.
    pub(crate) reaches: Vec<Reach>,
    /// What interrogators heard, in order of time.
    pub(crate) replies: Vec<Heard>,
    /// Who jammed which radar, in order of time; known to truth alone.
    pub(crate) jams: Vec<Jam>,
    /// What the sites cover, if the caller has it.
    pub(crate) footprints: Vec<Footprint>,
}

/// Index into [`Scene::things`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ThingId(usize);

/// What a thing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Asset,
    Radar,
    Unit,
    Launcher,
    Aircraft(AirClass),
    Track,
    Missile,
}

/// Whose something is: by truth, or by the judgement of a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    True(Side),
    Judged(Identity),
}

/// Something that is somewhere.
#[derive(Clone, Debug)]
pub(crate) struct Thing {
    pub(crate) kind: Kind,
    pub(crate) name: String,
    /// At first; [`Deed::Judged`] changes it.
    pub(crate) standing: Standing,
    /// Type of an aircraft or of a missile.
    pub(crate) type_name: Option<String>,
    /// Card of an aircraft, a radar or a missile; of a launcher and a unit that of a missile they have.
    pub(crate) card: Option<String>,
    /// Flight, network or fire unit that it belongs to.
    pub(crate) group: Option<String>,
    /// The launcher that a missile left.
    pub(crate) parent: Option<ThingId>,
    /// What a missile was launched at.
    pub(crate) target: Option<ThingId>,
    /// Place of what does not move.
    pub(crate) place: Option<Position>,
    /// How far a radar can measure, metres.
    pub(crate) range_m: Option<f64>,
    /// Largest published reach of what an engagement radar guides, metres.
    pub(crate) reach_m: Option<f64>,
}

/// Something that a thing did, or that became known of it.
#[derive(Clone, Debug)]
pub(crate) struct Act {
    pub(crate) at: Time,
    pub(crate) thing: ThingId,
    pub(crate) deed: Deed,
    /// The same in words; empty for a movement.
    pub(crate) note: String,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Deed {
    /// It is here.
    Moves(State),
    /// A judgement of it changed.
    Judged(Standing),
    /// A radar begins or ceases to radiate.
    Switches { on: bool },
    /// A radar follows a target for an engagement.
    Locks { engagement: u32, target: Option<ThingId> },
    /// A radar is free of an engagement again.
    Releases { engagement: u32 },
    /// A missile met what it was sent against, or nothing.
    Meets(Meeting),
    /// An aircraft reached the asset that it was sent against.
    Leaks { asset: Option<ThingId> },
    /// Anything else that is worth a line.
    Says,
    /// It is no longer there.
    Leaves(Exit),
}

/// How something went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Destroyed.
    Destroyed,
    /// Gone for any other reason, which the note tells.
    Gone,
}

/// The end of a missile that was not given up; known to truth alone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Meeting {
    /// Where the track had the target.
    pub(crate) position: Option<Position>,
    pub(crate) outcome: &'static str,
    /// What it met.
    pub(crate) met: Option<ThingId>,
    pub(crate) kill_prob: f64,
    /// How far the target was from there.
    pub(crate) track_error_m: Option<f64>,
}

/// An answer to an interrogation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Heard {
    pub(crate) at: Time,
    pub(crate) thing: ThingId,
    pub(crate) reply: Reply,
}

/// A strobe that a radar saw.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Jam {
    pub(crate) at: Time,
    /// Where the noise came from.
    pub(crate) by: ThingId,
    pub(crate) radar: ThingId,
}

/// An order to engage and what came of it.
#[derive(Clone, Debug)]
pub(crate) struct Engagement {
    pub(crate) number: u32,
    pub(crate) unit: String,
    pub(crate) from: Option<Position>,
    pub(crate) target: Option<ThingId>,
    /// Last known place of the target when the order was given.
    pub(crate) to: Option<Position>,
    pub(crate) interceptor: String,
    pub(crate) rounds_ordered: u32,
    pub(crate) rounds_launched: u32,
    pub(crate) ordered: Time,
    pub(crate) ended: Option<Time>,
    /// Why it ended.
    pub(crate) end: Option<String>,
}

/// The published reach of an interceptor around a fire unit that has it.
#[derive(Clone, Debug)]
pub(crate) struct Reach {
    pub(crate) unit: String,
    pub(crate) interceptor: String,
    pub(crate) centre: Geodetic,
    pub(crate) claimed_range_m: f64,
}

impl Scene {
    /// What the view shows of the recording.
    pub(crate) fn of(recording: &Recording, view: &View) -> Result<Scene, ExchangeError> {
        let start = Utc::parse(&recording.roster.start_utc)?;
        Ok(match view {
            View::Truth => truth::scene(recording, start),
            View::Network(name) => picture::scene(recording, start, name)?,
        })
    }

    /// The thing of a number.
    pub(crate) fn thing(&self, id: ThingId) -> &Thing {
        &self.things[id.index()]
    }
}

impl ThingId {
    /// The number as an index.
    pub(crate) fn index(self) -> usize {
        self.0
    }

    /// The thing of an index.
    pub(crate) fn new(index: usize) -> ThingId {
        ThingId(index)
    }
}

impl Kind {
    /// The word that files use for it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Kind::Asset => "asset",
            Kind::Radar => "radar",
            Kind::Unit => "unit",
            Kind::Launcher => "launcher",
            Kind::Aircraft(AirClass::Aircraft) => "aircraft",
            Kind::Aircraft(AirClass::CruiseMissile) => "cruise-missile",
            Kind::Aircraft(AirClass::Drone) => "drone",
            Kind::Aircraft(AirClass::Ballistic) => "ballistic",
            Kind::Track => "track",
            Kind::Missile => "missile",
        }
    }
}

impl Standing {
    /// The word that files use for it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Standing::True(side) => side.word(),
            Standing::Judged(identity) => identity.word(),
        }
    }
}

/// The events that a scene may tell, in order of time: a run records them so, a stranger's recording
/// may not. Looks and plots, by far the most, are in no scene.
fn in_order(recording: &Recording) -> Vec<Event> {
    let is_told = |event: &&Event| {
        !matches!(event.what, What::Look { .. } | What::Plotted { .. } | What::Sighted { .. })
    };
    let mut events: Vec<Event> = recording.events.iter().filter(is_told).copied().collect();
    events.sort_by_key(|event| event.at);
    events.iter_mut().for_each(|event| event.at = utc::to_millisecond(event.at));
    events
}

/// When a scene is over.
fn end(recording: &Recording, acts: &[Act]) -> Time {
    let planned = Time::ZERO + recording.roster.duration;
    acts.iter().map(|act| act.at).fold(planned, Time::max)
}

/// Which run it was, in words that tell nothing of what happened in it.
fn about(recording: &Recording) -> String {
    format!("seed {}, replication {}", recording.seed, recording.replication)
}
