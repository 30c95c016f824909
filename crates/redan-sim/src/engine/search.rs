//! Search radars turn, look, and send off what they found.

use std::f64::consts::TAU;

use redan_geo::{Span, Time, wrap_pi_rad, wrap_two_pi_rad};
use redan_record::{AircraftId, EventId, NetworkId, RadarId, Recorder, Sight, What};
use redan_track::{Plot, PlotId, Scan};

use super::Engine;
use crate::draw::Purpose;
use crate::model::look::Look;
use crate::world::Due;

/// A turn is sent off in this many parts, so that a plot does not wait for the end of the turn.
const SECTORS: i64 = 8;

impl<R: Recorder> Engine<'_, R> {
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
        if let Some(plot) = self.look_once(radar, aircraft).1 {
            self.world.radars[radar.index()].pending.push(plot);
        }
    }

    /// One look of any radar at any aircraft in the air: geometry, signal, chance, and the plot that
    /// came of it.
    pub(super) fn look_once(
        &mut self,
        radar: RadarId,
        aircraft: AircraftId,
    ) -> (Look, Option<Plot>) {
        let battle = self.battle;
        let state = self.state(aircraft);
        let model = &battle.radars[radar.index()];
        let target = &battle.scenario.aircraft[aircraft.index()].figures;
        let look = model.look(&battle.scenario.earth, &state, target);
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
        let plot = detected.then(|| self.plot(radar, aircraft, &look, nth, event));
        (look, plot)
    }

    fn plot(
        &mut self,
        radar: RadarId,
        aircraft: AircraftId,
        look: &Look,
        nth: u64,
        cause: EventId,
    ) -> Plot {
        let battle = self.battle;
        let model = &battle.radars[radar.index()];
        let name = battle.names.aircraft[aircraft.index()];
        let pair = battle.names.radars[radar.index()].combine(name);
        let network = &battle.scenario.networks[battle.scenario.radars[radar.index()].network];
        let transponder = &battle.scenario.aircraft[aircraft.index()].transponder;
        let plot = Plot {
            id: PlotId(self.world.next_event),
            time: self.world.now,
            measured: model.measure(&self.luck, pair, nth, &look.seen),
            snr_db: look.snr_db,
            reply: model.interrogate(&self.luck, (pair, name), nth, transponder, &network.reads),
        };
        self.emit(Some(cause), What::Plotted { radar, plot, origin: Some(aircraft) });
        plot
    }

    /// False plots of one turn: a Poisson number, evenly spread over azimuth, range and elevation.
    fn add_false_plots(&mut self, radar: RadarId, period: Span) {
        let model = &self.battle.radars[radar.index()];
        let mean_count = model.figures.false_plots_per_scan_count;
        if mean_count <= 0.0 {
            return;
        }
        let turn = self.world.radars[radar.index()].turns;
        let name = self.battle.names.radars[radar.index()];
        let mut draw = self.luck.draw(Purpose::FalsePlot, name, turn);
        let number = draw.poisson(mean_count);
        for _ in 0..number {
            let share = draw.uniform();
            let (range, elevation) = (draw.uniform(), draw.uniform());
            let measured = model.somewhere(share, range, elevation, self.heading(radar));
            let at = self.world.now + Span::from_secs(share * period.as_secs());
            self.push(at, Due::FalsePlot(radar, measured));
        }
    }

    fn heading(&self, radar: RadarId) -> f64 {
        self.battle.scenario.radars[radar.index()].heading_rad
    }

    /// Noise crossed the threshold.
    pub(super) fn false_plot(&mut self, radar: RadarId, measured: redan_geo::Aer) {
        let model = &self.battle.radars[radar.index()];
        let reply = model.unanswered();
        let plot = Plot {
            id: PlotId(self.world.next_event),
            time: self.world.now,
            measured,
            snr_db: model.threshold_snr_db,
            reply,
        };
        self.emit(None, What::Plotted { radar, plot, origin: None });
        self.world.radars[radar.index()].pending.push(plot);
    }

    /// A sector ends: its plots go off together.
    pub(super) fn sector(&mut self, radar: RadarId) {
        let plots = std::mem::take(&mut self.world.radars[radar.index()].pending);
        if !plots.is_empty() {
            self.send(radar, plots);
        }
    }

    /// Sends plots to the radar's network; they arrive after the network's delay.
    pub(super) fn send(&mut self, radar: RadarId, plots: Vec<Plot>) {
        let network = self.battle.scenario.radars[radar.index()].network;
        let delay_s = self.battle.scenario.networks[network].post.plot_delay_s;
        let sensor = self.battle.sensor_of[radar.index()];
        let scan = Scan { sensor, until: self.world.now, plots };
        let at: Time = self.world.now + Span::from_secs(delay_s);
        self.push(at, Due::Deliver(NetworkId(network as u32), Box::new(scan)));
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
