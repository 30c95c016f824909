//! Aircraft come and go.

use redan_record::{AircraftId, AssetId, EventId, MissileId, Recorder, Sight, What};

use super::Engine;
use crate::model::motion::State;
use crate::world::{AircraftPhase, Due};

impl<R: Recorder> Engine<'_, R> {
    pub(super) fn appear(&mut self, aircraft: AircraftId) {
        let event = self.emit(None, What::Appeared { aircraft });
        let state = &mut self.world.aircraft[aircraft.index()];
        state.phase = AircraftPhase::Flying;
        state.appeared = Some(event);
        let battle = self.battle;
        if let Some(arrival) = battle.arrivals[aircraft.index()] {
            self.push(arrival, Due::Arrive(aircraft));
        }
        self.push(battle.routes[aircraft.index()].end(), Due::Leave(aircraft));
    }

    /// It reaches its target. What flies into its target is gone; what releases weapons flies on.
    pub(super) fn arrive(&mut self, aircraft: AircraftId) {
        if !self.is_flying(aircraft) {
            return;
        }
        let entry = &self.battle.scenario.aircraft[aircraft.index()];
        let Some(target) = entry.target else {
            return;
        };
        let cause = self.world.aircraft[aircraft.index()].appeared;
        let leaked = self.emit(cause, What::Leaked { aircraft, asset: AssetId(target as u32) });
        if entry.release_m <= 0.0 {
            self.take_out(aircraft, leaked);
        }
    }

    pub(super) fn leave(&mut self, aircraft: AircraftId) {
        if self.is_flying(aircraft) {
            let cause = self.world.aircraft[aircraft.index()].appeared;
            let left = self.emit(cause, What::Left { aircraft });
            self.take_out(aircraft, left);
        }
    }

    /// Takes an aircraft out of the sky; no radar sees it any more.
    pub(super) fn take_out(&mut self, aircraft: AircraftId, event: EventId) {
        self.world.aircraft[aircraft.index()].phase = AircraftPhase::Gone;
        for radar in 0..self.world.radars.len() {
            self.note_sight(radar, aircraft, Sight::Absent, Some(event));
        }
    }

    /// Records the true places of everything in the air.
    pub(super) fn sample(&mut self) {
        for index in 0..self.world.aircraft.len() {
            let aircraft = AircraftId(index as u32);
            if self.is_flying(aircraft) {
                let State { place, velocity, .. } = self.state(aircraft);
                let cause = self.world.aircraft[index].appeared;
                self.emit(cause, What::Moved { aircraft, place, velocity });
            }
        }
        for index in 0..self.world.missiles.len() {
            self.sample_missile(MissileId(index as u32));
        }
        self.push(self.world.now + self.battle.scenario.sample, Due::Sample);
    }

    pub(super) fn is_flying(&self, aircraft: AircraftId) -> bool {
        self.world.aircraft[aircraft.index()].phase == AircraftPhase::Flying
    }

    /// True state of an aircraft now.
    pub(super) fn state(&self, aircraft: AircraftId) -> State {
        let last = &self.states[aircraft.index()];
        if let Some((time, state)) = last.get()
            && time == self.world.now
        {
            return state;
        }
        let route = &self.battle.routes[aircraft.index()];
        let state = route.state(self.world.now, &self.battle.scenario.earth);
        last.set(Some((self.world.now, state)));
        state
    }
}
