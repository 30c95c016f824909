//! Chains of causes, and what became of an aircraft.

use crate::attribution::Attribution;
use crate::{AircraftId, Event, EventId, Fate, Recording, What};

/// The event and its causes, from the event itself back to the first, which has no cause. Empty where
/// the recording has no such event. In a damaged recording the chain ends where a cause is missing or
/// not earlier than its effect, so that it always ends.
pub fn chain(recording: &Recording, event: EventId) -> Vec<&Event> {
    let mut chain = Vec::new();
    let mut next = event_of(recording, event);
    while let Some(event) = next {
        chain.push(event);
        next = event
            .cause
            .filter(|cause| *cause < event.id)
            .and_then(|cause| event_of(recording, cause));
    }
    chain
}

/// What became of an aircraft: the first of leaking, being destroyed and leaving.
pub fn outcome_of(recording: &Recording, aircraft: AircraftId) -> Fate {
    fate_event(recording, aircraft).map_or_else(
        || {
            let appeared = recording.events.iter().any(|event| {
                matches!(event.what, What::Appeared { aircraft: other } if other == aircraft)
            });
            if appeared { Fate::Flying } else { Fate::NeverAppeared }
        },
        |(_, fate)| fate,
    )
}

/// The event that shows how far the defence got with an aircraft: from a missile that met it, or was
/// given up, over launch, acquisition, order, identification, confirmed and tentative track and
/// plot down to the look that came nearest to a detection. Of several that are equally far: the latest
/// from identification onwards, else the first. `None` for one that never appeared.
pub fn furthest(recording: &Recording, aircraft: AircraftId) -> Option<&Event> {
    let mut attribution = Attribution::default();
    let end = fate_event(recording, aircraft).map(|(event, _)| event.id);
    let mut best: Option<(u8, f64, &Event)> = None;
    for event in &recording.events {
        let about = attribution.observe(event).aircraft;
        if about != Some(aircraft) || end.is_some_and(|end| event.id > end) {
            continue;
        }
        let (step, merit) = step_of(&event.what);
        let better = best.is_none_or(|(best_step, best_merit, _)| {
            let equal = step == best_step;
            step > best_step || equal && (step >= IDENTIFIED || merit > best_merit)
        });
        if step > 0 && better {
            best = Some((step, merit, event));
        }
    }
    best.map(|(_, _, event)| event)
}

/// The event that ended an aircraft's part in the run, and what it makes of it.
pub(super) fn fate_event(recording: &Recording, aircraft: AircraftId) -> Option<(&Event, Fate)> {
    recording.events.iter().find_map(|event| {
        let at = event.at;
        let fate = match event.what {
            What::Destroyed { aircraft: other, missile } if other == aircraft => {
                Fate::Destroyed { at, missile }
            }
            What::Leaked { aircraft: other, asset } if other == aircraft => {
                Fate::Leaked { at, asset }
            }
            What::Left { aircraft: other } if other == aircraft => Fate::Left { at },
            _ => return None,
        };
        Some((event, fate))
    })
}

/// Events stand at the place that their number says; a cut recording is searched.
fn event_of(recording: &Recording, id: EventId) -> Option<&Event> {
    let events = &recording.events;
    match events.get(id.index()) {
        Some(event) if event.id == id => Some(event),
        _ => events.binary_search_by_key(&id, |event| event.id).ok().map(|index| &events[index]),
    }
}

const IDENTIFIED: u8 = 7;

/// How far an event shows the defence to have got, and its merit among its like.
fn step_of(what: &What) -> (u8, f64) {
    match what {
        What::Appeared { .. } => (1, 0.0),
        What::Look { detected: false, detection_prob, .. } => (2, *detection_prob),
        What::Look { detected: true, .. } => (3, 0.0),
        What::Plotted { .. } => (4, 0.0),
        What::TrackStarted { .. } => (5, 0.0),
        What::TrackConfirmed { .. } => (6, 0.0),
        What::Identified { .. } => (IDENTIFIED, 0.0),
        What::Ordered { .. } => (8, 0.0),
        What::Acquired { .. } => (9, 0.0),
        What::Launched { .. } => (10, 0.0),
        What::Resolved { .. } | What::Aborted { .. } => (11, 0.0),
        _ => (0, 0.0),
    }
}
