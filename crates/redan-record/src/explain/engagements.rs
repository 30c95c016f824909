//! Engagements as stories: from the order over acquisition and launches to the end of each missile.

use std::collections::BTreeSet;

use redan_command::{InterceptorId, UnitId};
use redan_geo::Time;
use redan_track::TrackId;
use serde::Serialize;

use crate::attribution::Attribution;
use crate::{
    AbortReason, AircraftId, EngagementEnd, EngagementId, Event, MissileId, NetworkId, Outcome,
    Recording, What,
};

/// One engagement.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EngagementStory {
    /// Its number.
    pub engagement: EngagementId,
    /// Network that ordered it.
    pub network: NetworkId,
    /// Track that was engaged.
    pub track: TrackId,
    /// Aircraft that the track followed at the order.
    pub target: Option<AircraftId>,
    /// Fire unit.
    pub unit: UnitId,
    /// Missile type.
    pub interceptor: InterceptorId,
    /// Rounds of the first salvo.
    pub rounds: u32,
    /// Expected intercept range at the order, metres.
    pub intercept_range_m: f64,
    /// When it was ordered.
    pub ordered: Time,
    /// When the engagement radar found the target.
    pub acquired: Option<Time>,
    /// Its missiles, in order of launch.
    pub missiles: Vec<MissileStory>,
    /// Whether the target was called destroyed, at each assessment.
    pub assessed: Vec<(Time, bool)>,
    /// How and when it ended; `None` in a recording that breaks off.
    pub ended: Option<(Time, EngagementEnd)>,
}

/// One missile.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct MissileStory {
    /// Its number.
    pub missile: MissileId,
    /// When it was launched.
    pub launched: Time,
    /// Aircraft that the track followed at the launch.
    pub target: Option<AircraftId>,
    /// How and when it ended; `None` while it flew at the end of the run.
    pub end: Option<(Time, MissileEnd)>,
}

/// How a missile ended.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MissileEnd {
    /// It reached its intercept.
    Resolved {
        /// What came of it.
        outcome: Outcome,
        /// Whom it met.
        aircraft: Option<AircraftId>,
        /// Kill probability of the shot.
        kill_prob: f64,
    },
    /// It was given up.
    Aborted {
        /// Why.
        reason: AbortReason,
    },
}

/// All engagements that were aimed at an aircraft, or of which a missile met it, in order of their
/// orders.
pub fn engagements(recording: &Recording, aircraft: AircraftId) -> Vec<EngagementStory> {
    let (mut stories, aimed) = told(recording);
    stories.retain(|story| aimed.contains(&(story.engagement, aircraft)));
    stories
}

/// All engagements, in order of their orders.
pub fn all_engagements(recording: &Recording) -> Vec<EngagementStory> {
    told(recording).0
}

/// All engagements, and whom each was aimed at or met.
fn told(recording: &Recording) -> (Vec<EngagementStory>, BTreeSet<(EngagementId, AircraftId)>) {
    let mut attribution = Attribution::default();
    let mut stories: Vec<EngagementStory> = Vec::new();
    let mut aimed = BTreeSet::new();
    for event in &recording.events {
        let about = attribution.observe(event).aircraft;
        if let Some(story) = ordered(event, about) {
            stories.push(story);
        }
        let engagement = tell(&mut stories, event, about);
        aimed.extend(engagement.zip(about));
    }
    (stories, aimed)
}

fn ordered(event: &Event, target: Option<AircraftId>) -> Option<EngagementStory> {
    let What::Ordered {
        network,
        engagement,
        track,
        unit,
        interceptor,
        rounds,
        intercept_range_m,
        intercept_in_s: _,
    } = event.what
    else {
        return None;
    };
    Some(EngagementStory {
        engagement,
        network,
        track,
        target,
        unit,
        interceptor,
        rounds,
        intercept_range_m,
        ordered: event.at,
        acquired: None,
        missiles: Vec::new(),
        assessed: Vec::new(),
        ended: None,
    })
}

/// Adds an event to the story that it belongs to, and says which that is.
fn tell(
    stories: &mut [EngagementStory],
    event: &Event,
    about: Option<AircraftId>,
) -> Option<EngagementId> {
    let at = event.at;
    match event.what {
        What::Ordered { engagement, .. } => return Some(engagement),
        What::Acquired { engagement, .. } => {
            story(stories, engagement)?.acquired.get_or_insert(at);
            return Some(engagement);
        }
        What::Launched { engagement, missile, .. } => {
            let missile = MissileStory { missile, launched: at, target: about, end: None };
            story(stories, engagement)?.missiles.push(missile);
            return Some(engagement);
        }
        What::Assessed { engagement, killed } => {
            story(stories, engagement)?.assessed.push((at, killed));
            return Some(engagement);
        }
        What::EngagementEnded { engagement, end } => {
            story(stories, engagement)?.ended = Some((at, end));
            return Some(engagement);
        }
        _ => {}
    }
    let (missile, end) = match event.what {
        What::Resolved { missile, outcome, aircraft, kill_prob, .. } => {
            (missile, MissileEnd::Resolved { outcome, aircraft, kill_prob })
        }
        What::Aborted { missile, reason } => (missile, MissileEnd::Aborted { reason }),
        _ => return None,
    };
    stories.iter_mut().rev().find_map(|story| {
        let flown = story.missiles.iter_mut().find(|flown| flown.missile == missile)?;
        flown.end = Some((at, end));
        Some(story.engagement)
    })
}

/// Newest first, since that is where most events belong.
fn story(
    stories: &mut [EngagementStory],
    engagement: EngagementId,
) -> Option<&mut EngagementStory> {
    stories.iter_mut().rev().find(|story| story.engagement == engagement)
}
