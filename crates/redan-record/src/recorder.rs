//! Recorders: what the engine writes to.

use serde::{Deserialize, Serialize};

use crate::{Event, Roster};

/// Takes the events of one run in their order. A recorder cannot influence the run.
pub trait Recorder {
    /// Takes one event.
    fn record(&mut self, event: &Event);
}

/// Keeps every event.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Full {
    /// The events so far.
    pub events: Vec<Event>,
}

impl Recorder for Full {
    fn record(&mut self, event: &Event) {
        self.events.push(*event);
    }
}

/// Discards every event.
impl Recorder for () {
    fn record(&mut self, _event: &Event) {}
}

/// Two recorders at once.
impl<A: Recorder, B: Recorder> Recorder for (A, B) {
    fn record(&mut self, event: &Event) {
        self.0.record(event);
        self.1.record(event);
    }
}

/// Everything that happened in one run, with the names of those who took part.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recording {
    /// Names.
    pub roster: Roster,
    /// Seed of the run.
    pub seed: u64,
    /// Replication within the seed.
    pub replication: u64,
    /// Events in order.
    pub events: Vec<Event>,
}
