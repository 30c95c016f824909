//! The time line of one aircraft.

use redan_geo::{Span, Time};
use serde::Serialize;

use super::chain::fate_event;
use super::engagements::{EngagementStory, engagements};
use super::network::{self, NetworkLine};
use super::radar::{self, LookNote, RadarLine};
use crate::{AircraftId, Event, Fate, RadarId, Recording, What};

/// What every radar and every network made of an aircraft, from its appearance to its end.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Timeline {
    /// The aircraft.
    pub aircraft: AircraftId,
    /// When it appeared, or the start of the run for one that never did.
    pub from: Time,
    /// When its part in the run ended, or the run.
    pub until: Time,
    /// What became of it.
    pub fate: Fate,
    /// One line per radar, in the order of the roster.
    pub radars: Vec<RadarLine>,
    /// One line per network, in the order of the roster.
    pub networks: Vec<NetworkLine>,
    /// Engagements of it, in order of their orders.
    pub engagements: Vec<EngagementStory>,
}

impl Timeline {
    /// How long it flew.
    pub fn flew(&self) -> Span {
        self.until - self.from
    }

    /// First detection by any radar.
    pub fn first_detection(&self) -> Option<(RadarId, LookNote)> {
        self.radars
            .iter()
            .filter_map(|line| Some((line.radar, line.first_detection?)))
            .min_by_key(|(_, note)| note.event)
    }
}

/// Time line of an aircraft. What happened after its end, such as a track that coasts on, is left
/// out of it, save the ends of its engagements. For an aircraft that the roster does not have, it is
/// empty.
pub fn timeline(recording: &Recording, aircraft: AircraftId) -> Timeline {
    let Recording { roster, events, .. } = recording;
    let appeared = events.iter().find(
        |event| matches!(event.what, What::Appeared { aircraft: other } if other == aircraft),
    );
    let ended = fate_event(recording, aircraft);
    let from = appeared.map_or(Time::ZERO, |event| event.at);
    let until = ended.map_or_else(|| end_of_run(events), |(event, _)| event.at).max(from);
    let fate = match (ended, appeared) {
        (Some((_, fate)), _) => fate,
        (None, Some(_)) => Fate::Flying,
        (None, None) => Fate::NeverAppeared,
    };
    let flight = match ended {
        Some((end, _)) => &events[..events.partition_point(|event| event.id <= end.id)],
        None => events.as_slice(),
    };
    let engagements = engagements(recording, aircraft);
    Timeline {
        aircraft,
        from,
        until,
        fate,
        radars: radar::lines(flight, aircraft, roster, (&engagements, until)),
        networks: network::lines(flight, aircraft, roster, (from, until)),
        engagements,
    }
}

fn end_of_run(events: &[Event]) -> Time {
    events.last().map_or(Time::ZERO, |event| event.at)
}
