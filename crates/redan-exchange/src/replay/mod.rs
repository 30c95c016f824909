//! A recording for the replay page: every view of it, each a scene of its own, in whole numbers and differences so
//! that it packs well.
//!
//! A place is three whole numbers: latitude and longitude in [`STEPS_PER_DEG`] of a degree, 1.1 m on the ground, and
//! height in metres. Of a way only the first place is whole; the others are differences to the one before, and so
//! are the times in milliseconds.

mod things;

use redan_geo::Time;
use redan_record::{AircraftId, Recording, explain};
use serde::Serialize;

use crate::scene::{Deed, Engagement, Exit, Scene, ThingId};
use crate::{ExchangeError, View};

use things::{ThingPart, place};

/// Number of the form of the text that [`write`] gives.
pub const REPLAY_SCHEMA_VERSION: u32 = 1;

/// Steps of a place in a degree.
const STEPS_PER_DEG: f64 = 1e5;

/// Everything that the page knows of a recording.
#[derive(Serialize)]
struct Replay<'a> {
    schema_version: u32,
    title: &'a str,
    question: &'a str,
    variant: &'a str,
    seed: u64,
    replication: u64,
    start_utc: &'a str,
    until_ms: i64,
    views: Vec<ViewPart>,
    stories: Vec<Story>,
}

/// What one view shows.
#[derive(Serialize)]
struct ViewPart {
    name: String,
    things: Vec<ThingPart>,
    acts: Vec<ActPart>,
    engagements: Vec<EngagementPart>,
    reaches: Vec<ReachPart>,
}

/// One line of what happened; movements are with the things.
#[derive(Serialize)]
struct ActPart {
    at_ms: i64,
    thing: usize,
    /// The kind of deed.
    what: &'static str,
    note: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    other: Option<usize>,
}

#[derive(Serialize)]
struct EngagementPart {
    number: u32,
    unit: String,
    interceptor: String,
    target: Option<usize>,
    from: Option<[i64; 3]>,
    ordered_ms: i64,
    ended_ms: Option<i64>,
    rounds_ordered: u32,
    rounds_launched: u32,
    end: Option<String>,
}

#[derive(Serialize)]
struct ReachPart {
    unit: String,
    interceptor: String,
    centre: [f64; 2],
    range_m: f64,
}

/// What the recording explains of one aircraft, as `redan trace` prints it.
#[derive(Serialize)]
struct Story {
    aircraft: String,
    text: String,
}

/// Writes every view of a recording as JSON for the replay page. Equal recordings give equal bytes.
///
/// # Errors
///
/// [`ExchangeError::Start`] where its start is no instant in UTC, [`ExchangeError::Io`] from `out`.
pub fn write_replay(
    recording: &Recording,
    out: &mut dyn std::io::Write,
) -> Result<(), ExchangeError> {
    let roster = &recording.roster;
    let networks = roster.networks.iter().map(|network| View::Network(network.name.clone()));
    let views: Vec<ViewPart> = std::iter::once(View::Truth)
        .chain(networks)
        .map(|view| Scene::of(recording, &view).map(|scene| view_part(&scene)))
        .collect::<Result<_, _>>()?;
    let last_ms = views.iter().flat_map(|view| view.acts.iter().map(|act| act.at_ms)).max();
    let stories = roster.aircraft.iter().zip(0..).map(|(entry, index)| Story {
        aircraft: entry.name.clone(),
        text: explain::answer(recording, AircraftId(index)),
    });
    let replay = Replay {
        schema_version: REPLAY_SCHEMA_VERSION,
        title: &roster.title,
        question: &roster.question,
        variant: &roster.variant,
        seed: recording.seed,
        replication: recording.replication,
        start_utc: &roster.start_utc,
        until_ms: last_ms.unwrap_or(0).max(milliseconds(Time::ZERO + roster.duration)),
        stories: stories.collect(),
        views,
    };
    serde_json::to_writer(&mut *out, &replay).map_err(std::io::Error::from)?;
    Ok(out.flush()?)
}

/// South, west, north and east of everything that is ever somewhere in a recording, degrees; `None` where nothing is.
/// The east exceeds the west by less than half a turn unless the things themselves lie farther apart.
///
/// # Errors
///
/// [`ExchangeError::Start`] where the start of the recording is no instant in UTC.
pub fn extent_deg(recording: &Recording) -> Result<Option<[f64; 4]>, ExchangeError> {
    let scene = Scene::of(recording, &View::Truth)?;
    let moving = scene.acts.iter().filter_map(|act| match &act.deed {
        Deed::Moves(state) => Some(state.position),
        _ => None,
    });
    let places = scene.things.iter().filter_map(|thing| thing.place).chain(moving);
    let mut around: Option<[f64; 4]> = None;
    for place in places {
        let [south, west, north, east] =
            around.unwrap_or([place.lat_deg, place.lon_deg, place.lat_deg, place.lon_deg]);
        let lon_deg = place.lon_deg + 360.0 * ((west - place.lon_deg) / 360.0).round();
        let lat_deg = place.lat_deg;
        around =
            Some([south.min(lat_deg), west.min(lon_deg), north.max(lat_deg), east.max(lon_deg)]);
    }
    Ok(around)
}

fn view_part(scene: &Scene) -> ViewPart {
    let acts = scene.acts.iter().filter_map(|act| {
        let (what, other) = told(&act.deed)?;
        let other = other.map(ThingId::index);
        let (at_ms, thing, note) = (milliseconds(act.at), act.thing.index(), act.note.clone());
        Some(ActPart { at_ms, thing, what, note, other })
    });
    ViewPart {
        name: scene.view.clone(),
        things: things::parts(scene),
        acts: acts.collect(),
        engagements: scene.engagements.iter().map(engagement_part).collect(),
        reaches: scene
            .reaches
            .iter()
            .map(|reach| ReachPart {
                unit: reach.unit.clone(),
                interceptor: reach.interceptor.clone(),
                centre: [reach.centre.lat_deg(), reach.centre.lon_deg()],
                range_m: reach.claimed_range_m,
            })
            .collect(),
    }
}

/// The word for a deed and what it was done to; `None` for a movement.
fn told(deed: &Deed) -> Option<(&'static str, Option<ThingId>)> {
    match deed {
        Deed::Moves(_) => None,
        Deed::Judged(standing) => Some((standing.word(), None)),
        Deed::Locks { target, .. } => Some(("locks", *target)),
        Deed::Releases { .. } => Some(("releases", None)),
        Deed::Switches { on: true } => Some(("radiates", None)),
        Deed::Switches { on: false } => Some(("silent", None)),
        Deed::Meets(meeting) => Some((meeting.outcome, meeting.met)),
        Deed::Leaks { asset } => Some(("leaks", *asset)),
        Deed::Says => Some(("says", None)),
        Deed::Leaves(Exit::Destroyed) => Some(("destroyed", None)),
        Deed::Leaves(Exit::Gone) => Some(("gone", None)),
    }
}

fn engagement_part(engagement: &Engagement) -> EngagementPart {
    EngagementPart {
        number: engagement.number,
        unit: engagement.unit.clone(),
        interceptor: engagement.interceptor.clone(),
        target: engagement.target.map(ThingId::index),
        from: engagement.from.map(place),
        ordered_ms: milliseconds(engagement.ordered),
        ended_ms: engagement.ended.map(milliseconds),
        rounds_ordered: engagement.rounds_ordered,
        rounds_launched: engagement.rounds_launched,
        end: engagement.end.clone(),
    }
}

fn milliseconds(at: Time) -> i64 {
    (at.as_nanos() + 500_000).div_euclid(1_000_000)
}
