//! What is due: a closed set of entries in one time-ordered queue.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use redan_geo::{Aer, Time};
use redan_record::{AircraftId, EngagementId, MissileId, NetworkId, RadarId};
use redan_track::Scan;

/// Something that is to happen.
#[derive(Clone, Debug)]
pub enum Due {
    /// An aircraft begins its flight.
    Appear(AircraftId),
    /// An aircraft reaches its target.
    Arrive(AircraftId),
    /// An aircraft comes to the end of its route.
    Leave(AircraftId),
    /// True places are recorded.
    Sample,
    /// A radar begins or ceases to radiate.
    Radiate(RadarId, bool),
    /// A search radar begins a turn.
    Turn(RadarId),
    /// A search radar's beam passes over an aircraft.
    Look(RadarId, AircraftId),
    /// Noise crosses a search radar's threshold and looks like this.
    FalsePlot(RadarId, Aer),
    /// A search radar ends a sector and sends its plots off.
    Sector(RadarId),
    /// An engagement radar looks at the target of an engagement.
    Dwell(EngagementId),
    /// Plots reach a network.
    Deliver(NetworkId, Box<Scan>),
    /// A command looks at its picture.
    Decide(NetworkId),
    /// The next round of an engagement may leave.
    Launch(EngagementId),
    /// A missile is told where its target is.
    Guide(MissileId),
    /// A missile meets its target; the number must be the missile's own, else the entry is void.
    Resolve(MissileId, u32),
    /// A command judges what became of a target.
    Assess(EngagementId),
}

/// Entries by time, and by order of entry where times are equal.
#[derive(Clone, Debug, Default)]
pub struct Queue {
    heap: BinaryHeap<Entry>,
    entered: u64,
}

impl Queue {
    /// Puts in an entry.
    pub fn push(&mut self, at: Time, due: Due) {
        self.heap.push(Entry { at, order: self.entered, due });
        self.entered += 1;
    }

    /// Time of the first entry.
    pub fn next_time(&self) -> Option<Time> {
        self.heap.peek().map(|entry| entry.at)
    }

    /// The first entry, left in its place.
    pub fn next(&self) -> Option<(Time, &Due)> {
        self.heap.peek().map(|entry| (entry.at, &entry.due))
    }

    /// Takes out the first entry.
    pub fn pop(&mut self) -> Option<(Time, Due)> {
        self.heap.pop().map(|entry| (entry.at, entry.due))
    }
}

#[derive(Clone, Debug)]
struct Entry {
    at: Time,
    order: u64,
    due: Due,
}

impl Ord for Entry {
    /// Reversed, since the standard heap gives out the greatest first.
    fn cmp(&self, other: &Self) -> Ordering {
        other.at.cmp(&self.at).then_with(|| other.order.cmp(&self.order))
    }
}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Entry {}
