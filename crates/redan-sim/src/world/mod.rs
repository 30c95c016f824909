//! The world: plain data that changes during a run. It is `Clone`, so that a battle can be forked at
//! any moment and continued differently; what does not change stands in [`crate::Battle`].

mod asked;
mod due;
mod state;

pub use asked::{Question, ReadGate};
pub use due::{Due, Queue};
pub use state::{
    AircraftPhase, AircraftState, Echo, Engagement, LauncherState, Missile, NetworkState, Phase,
    RadarState, SightTally, TrackNotes, UnitState,
};

use std::collections::BTreeMap;

use redan_geo::Time;
use redan_record::AircraftId;
use redan_track::PlotId;

/// Everything that changes during a run.
#[derive(Clone)]
pub struct World {
    /// The present.
    pub now: Time,
    /// What is due.
    pub queue: Queue,
    /// Number that the next event will get.
    pub next_event: u64,
    /// Aircraft, indexed as in the scenario.
    pub aircraft: Vec<AircraftState>,
    /// Radars.
    pub radars: Vec<RadarState>,
    /// What each radar has made of each aircraft so far: radar-major.
    pub sights: Vec<SightTally>,
    /// Networks.
    pub networks: Vec<NetworkState>,
    /// Fire units.
    pub units: Vec<UnitState>,
    /// Launchers.
    pub launchers: Vec<LauncherState>,
    /// Engagements, ended ones included.
    pub engagements: Vec<Engagement>,
    /// Missiles, ended ones included.
    pub missiles: Vec<Missile>,
    /// Whom reports are of that are on their way to a network that weighs evidence.
    pub origins: BTreeMap<PlotId, AircraftId>,
    /// Read gates that are worked by hand: by network and aircraft.
    pub gates: BTreeMap<(usize, AircraftId), ReadGate>,
}

impl World {
    /// Tally of one radar and one aircraft.
    pub fn sight_mut(&mut self, radar: usize, aircraft: usize) -> &mut SightTally {
        let index = radar * self.aircraft.len() + aircraft;
        &mut self.sights[index]
    }
}
