//! Search radars turn and look; passive receivers turn and listen.

use std::f64::consts::TAU;

use redan_geo::{Span, wrap_pi_rad, wrap_two_pi_rad};
use redan_record::{AircraftId, EventId, RadarId, Recorder, Sight, What};

use super::Engine;
use crate::draw::Purpose;
use crate::model::look::{Look, Scene};
use crate::world::{Due, Echo};

/// A turn is sent off in this many parts, so that a plot does not wait for the end of the turn.
const SECTORS: i64 = 8;

impl<R: Recorder> Engine<'_, R> {
    /// A radar begins or ceases to radiate, by the plan of its emissions.
    pub(super) fn radiate(&mut self, radar: RadarId, on: bool) {
        if self.world.radars[radar.index()].radiating != on {
            self.world.radars[radar.index()].radiating = on;
            self.emit(None, What::Radiates { radar, on });
        }
    }

    /// A turn begins: every aircraft gets its look at the moment when the beam passes over it.
    pub(super) fn turn(&mut self, radar: RadarId) {
        let period = Span::from_secs(self.battle.radars[radar.index()].figures.scan_period_s);
        for index in 0..self.world.aircraft.len() {
            let aircraft = AircraftId(index as u32);
            if self.is_flying(aircraft) {
                self.await_beam(radar, aircraft, period);
            }
        }
        self.add_false_plots(radar, period);
        let now = self.world.now;
        for part in 1..=SECTORS {
            self.push(now + Span(period.0 / SECTORS * part), Due::Sector(radar));
        }
        self.world.radars[radar.index()].turns += 1;
        self.push(now + period, Due::Turn(radar));
    }

    fn await_beam(&mut self, radar: RadarId, aircraft: AircraftId, period: Span) {
        let model = &self.battle.radars[radar.index()];
        let heading_rad = self.battle.scenario.radars[radar.index()].heading_rad;
        let azimuth_rad = model.frame.aer(self.state(aircraft).ecef).azimuth_rad;
        let half_rad = model.figures.azimuth_coverage_rad / 2.0;
        let off_by_rad = wrap_pi_rad(azimuth_rad - heading_rad).abs() - half_rad;
        if off_by_rad > 0.0 && half_rad < TAU / 2.0 {
            let cause = self.world.aircraft[aircraft.index()].appeared;
            self.note_sight(radar.index(), aircraft, Sight::OutsideSector { off_by_rad }, cause);
            return;
        }
        let share = wrap_two_pi_rad(azimuth_rad - heading_rad) / TAU;
        let at = self.world.now + Span::from_secs(share * period.as_secs());
        self.push(at, Due::Look(radar, aircraft));
    }

    /// The beam passes over an aircraft.
    pub(super) fn look(&mut self, radar: RadarId, aircraft: AircraftId) {
        if !self.is_flying(aircraft) {
            return;
        }
        if self.battle.radars[radar.index()].figures.receiver.is_some() {
            return self.listen(radar, aircraft);
        }
        if let Some(echo) = self.look_once(radar, aircraft).1 {
            self.world.radars[radar.index()].echoes.push(echo);
        }
        self.take_strobe(radar, aircraft);
    }

    /// One look of any radar at any aircraft in the air: geometry, signal, chance, and the echo that
    /// was detected.
    pub(super) fn look_once(
        &mut self,
        radar: RadarId,
        aircraft: AircraftId,
    ) -> (Look, Option<Echo>) {
        let battle = self.battle;
        self.refresh_jamming(radar);
        let state = self.state(aircraft);
        let target = &battle.scenario.aircraft[aircraft.index()].figures;
        let last = self.world.sight_mut(radar.index(), aircraft.index()).sight;
        let own = &self.world.radars[radar.index()];
        let look = match own.radiating {
            true => {
                let scene = Scene {
                    earth: &battle.scenario.earth,
                    environment: &battle.scenario.environment,
                    jamming: &own.jamming,
                };
                battle.radars[radar.index()].look_again(&scene, &state, target, last)
            }
            false => battle.radars[radar.index()].not_looking(Sight::RadarOff, &state),
        };
        let appeared = self.world.aircraft[aircraft.index()].appeared;
        let seen = self.note_sight(radar.index(), aircraft, look.sight, appeared);
        let tally = self.world.sight_mut(radar.index(), aircraft.index());
        let nth = tally.looks;
        tally.looks += 1;
        if !look.in_view() {
            return (look, None);
        }
        tally.missed_prob *= 1.0 - look.detection_prob;
        let so_far_prob = 1.0 - tally.missed_prob;
        let pair =
            battle.names.radars[radar.index()].combine(battle.names.aircraft[aircraft.index()]);
        let detected = self.luck.draw(Purpose::Detection, pair, nth).bernoulli(look.detection_prob);
        let event = self.emit(
            seen,
            What::Look {
                radar,
                aircraft,
                range_m: look.seen.range_m,
                snr_db: look.snr_db,
                detection_prob: look.detection_prob,
                so_far_prob,
                detected,
            },
        );
        let echo = Echo {
            time: self.world.now,
            origin: Some(aircraft),
            seen: look.seen,
            snr_db: look.snr_db,
            nth,
            look: Some(event),
        };
        (look, detected.then_some(echo))
    }

    /// Records what a radar makes of an aircraft when its kind changes; returns the event that the
    /// looks are caused by.
    pub(super) fn note_sight(
        &mut self,
        radar: usize,
        aircraft: AircraftId,
        sight: Sight,
        cause: Option<EventId>,
    ) -> Option<EventId> {
        let tally = self.world.sight_mut(radar, aircraft.index());
        if tally.sight.is_some_and(|last| last.is_like(&sight)) {
            return tally.sighted.or(cause);
        }
        if tally.sight.is_none() && sight == Sight::Absent {
            return cause;
        }
        tally.sight = Some(sight);
        let event =
            self.emit(cause, What::Sighted { radar: RadarId(radar as u32), aircraft, sight });
        self.world.sight_mut(radar, aircraft.index()).sighted = Some(event);
        Some(event)
    }
}
