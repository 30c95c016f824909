//! The names behind the numbers, for the columns that people read.

use redan_record::{EngagementId, Event, MissileId, Recording, Roster};

use crate::engagements::{Engagement, Engagements};

/// Names of a recording. A number without an entry in the roster has no name: its column is null,
/// and the number beside it stays.
pub(crate) struct Names<'a> {
    roster: &'a Roster,
    pub(crate) engagements: Engagements,
}

impl<'a> Names<'a> {
    pub(crate) fn of(recording: &'a Recording) -> Names<'a> {
        let events: &[Event] = &recording.events;
        Names { roster: &recording.roster, engagements: Engagements::of(events) }
    }

    pub(crate) fn aircraft(&self, id: u32) -> Option<&'a str> {
        self.roster.aircraft.get(id as usize).map(|entry| entry.name.as_str())
    }

    pub(crate) fn side(&self, aircraft: u32) -> Option<&'static str> {
        self.roster.aircraft.get(aircraft as usize).map(|entry| entry.side.word())
    }

    pub(crate) fn radar(&self, id: u32) -> Option<&'a str> {
        self.roster.radars.get(id as usize).map(|entry| entry.name.as_str())
    }

    pub(crate) fn network(&self, id: u32) -> Option<&'a str> {
        self.roster.networks.get(id as usize).map(|entry| entry.name.as_str())
    }

    pub(crate) fn unit(&self, id: u32) -> Option<&'a str> {
        self.roster.units.get(id as usize).map(|entry| entry.name.as_str())
    }

    pub(crate) fn launcher(&self, id: u32) -> Option<&'a str> {
        self.roster.launchers.get(id as usize).map(|entry| entry.name.as_str())
    }

    pub(crate) fn interceptor(&self, id: u32) -> Option<&'a str> {
        self.roster.interceptors.get(id as usize).map(|entry| entry.name.as_str())
    }

    pub(crate) fn asset(&self, id: u32) -> Option<&'a str> {
        self.roster.assets.get(id as usize).map(|entry| entry.name.as_str())
    }

    pub(crate) fn engagement(&self, id: u32) -> Option<&Engagement> {
        self.engagements.get(EngagementId(id))
    }

    pub(crate) fn engagement_of_missile(&self, missile: u32) -> Option<&Engagement> {
        self.engagements.get(self.engagements.of_missile(MissileId(missile))?)
    }
}
