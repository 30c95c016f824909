//! Which aircraft each track followed, and when.

use redan_geo::Time;
use redan_track::TrackId;
use serde::Serialize;

use crate::attribution::Attribution;
use crate::{AircraftId, EventId, NetworkId, Recording, What};

/// A stretch of a track's life during which it followed one aircraft, or nothing real.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct OwnerSpan {
    /// Network that holds the track.
    pub network: NetworkId,
    /// The track.
    pub track: TrackId,
    /// Whom it followed; `None` while most of its plots were false.
    pub aircraft: Option<AircraftId>,
    /// First moment.
    pub from: Time,
    /// Event with which it began.
    pub from_event: EventId,
    /// When it ended, by a change or by the drop of the track; `None` where it held to the end of the
    /// run.
    pub until: Option<Time>,
    /// Event with which it ended.
    pub until_event: Option<EventId>,
}

/// Which aircraft every track followed over time, judged from the origins of plots.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TrackOwners {
    /// All stretches, in the order in which they began.
    pub spans: Vec<OwnerSpan>,
}

impl TrackOwners {
    /// Owners of all tracks of a recording.
    pub fn of(recording: &Recording) -> Self {
        let mut attribution = Attribution::default();
        let mut owners = Self::default();
        // Indices of the spans that have not ended, in order of network and track.
        let mut open: Vec<((NetworkId, TrackId), usize)> = Vec::new();
        for event in &recording.events {
            let aircraft = attribution.observe(event).aircraft;
            let (key, dropped) = match event.what {
                What::TrackStarted { network, track, .. }
                | What::TrackUpdated { network, track, .. } => ((network, track), false),
                What::TrackDropped { network, track, .. } => ((network, track), true),
                _ => continue,
            };
            let place = open.binary_search_by_key(&key, |(key, _)| *key);
            if let Ok(index) = place {
                let span = &mut owners.spans[open[index].1];
                if !dropped && span.aircraft == aircraft {
                    continue;
                }
                (span.until, span.until_event) = (Some(event.at), Some(event.id));
                open.remove(index);
            }
            if !dropped {
                let (Ok(index) | Err(index)) = place;
                open.insert(index, (key, owners.spans.len()));
                owners.spans.push(OwnerSpan::new(key, aircraft, event.at, event.id));
            }
        }
        owners
    }

    /// Whom a track followed at the time of an event, that event included; `None` also for a track
    /// that was not held then.
    pub fn at(&self, network: NetworkId, track: TrackId, event: EventId) -> Option<AircraftId> {
        self.spans
            .iter()
            .filter(|span| (span.network, span.track) == (network, track))
            .find(|span| {
                span.from_event <= event && span.until_event.is_none_or(|until| event < until)
            })
            .and_then(|span| span.aircraft)
    }

    /// The stretches during which tracks followed one aircraft.
    pub fn tracks_of(&self, aircraft: AircraftId) -> impl Iterator<Item = &OwnerSpan> {
        self.spans.iter().filter(move |span| span.aircraft == Some(aircraft))
    }
}

impl OwnerSpan {
    fn new(
        (network, track): (NetworkId, TrackId),
        aircraft: Option<AircraftId>,
        from: Time,
        from_event: EventId,
    ) -> Self {
        Self { network, track, aircraft, from, from_event, until: None, until_event: None }
    }
}
