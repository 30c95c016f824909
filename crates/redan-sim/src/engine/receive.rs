//! What radars and receivers hear without an echo: noise of jammers, as noise and as strobes, and the
//! emissions that a passive receiver finds.

use redan_geo::{Span, wrap_two_pi_rad};
use redan_record::{AircraftId, EventId, RadarId, Recorder, What};
use redan_track::{Bearing, BearingKind, PlotId};

use super::Engine;
use crate::draw::Purpose;
use crate::model::look::JamSource;

/// How long the places of jammers are taken to hold for a radar: they move a fraction of a beam in it.
const JAMMING_HOLDS: Span = Span(1_000_000_000);

impl<R: Recorder> Engine<'_, R> {
    /// Looks for the jammers that a radar receives, if that was long ago.
    pub(super) fn refresh_jamming(&mut self, radar: RadarId) {
        let battle = self.battle;
        let state = &self.world.radars[radar.index()];
        let fresh = |then| self.world.now - then < JAMMING_HOLDS;
        if battle.jammers.is_empty() || state.jamming_at.is_some_and(fresh) {
            return;
        }
        let model = &battle.radars[radar.index()];
        let heard = |aircraft: AircraftId| {
            let jammer = battle.scenario.aircraft[aircraft.index()].figures.jammer.as_ref()?;
            let (seen, level_db) =
                model.jamming(&battle.scenario.earth, &self.state(aircraft), jammer)?;
            Some(JamSource { aircraft, seen, level_db })
        };
        let flying = battle.jammers.iter().copied().filter(|aircraft| self.is_flying(*aircraft));
        let jamming: Vec<JamSource> = flying.filter_map(heard).collect();
        let state = &mut self.world.radars[radar.index()];
        state.jamming = jamming;
        state.jamming_at = Some(self.world.now);
    }

    /// The main lobe passes over an aircraft that jams: a strobe, if its noise stands out. A radar that
    /// does not radiate hears it as well.
    pub(super) fn take_strobe(&mut self, radar: RadarId, aircraft: AircraftId) {
        let sources = &self.world.radars[radar.index()].jamming;
        let Some(source) = sources.iter().find(|source| source.aircraft == aircraft).copied()
        else {
            return;
        };
        let Some(sigma_rad) = self.battle.radars[radar.index()].strobe_sigma_rad(source.level_db)
        else {
            return;
        };
        let nth = self.world.sight_mut(radar.index(), aircraft.index()).looks;
        let bearing = self.bearing(
            (radar, aircraft, nth),
            BearingKind::Strobe,
            (source.seen.azimuth_rad, sigma_rad, source.level_db),
        );
        self.report(radar, aircraft, bearing, None);
    }

    /// A passive receiver's beam passes over an aircraft.
    pub(super) fn listen(&mut self, radar: RadarId, aircraft: AircraftId) {
        let battle = self.battle;
        let state = self.state(aircraft);
        let target = &battle.scenario.aircraft[aircraft.index()];
        let model = &battle.radars[radar.index()];
        let hearing = model.hear(&battle.scenario.earth, &state, target);
        let appeared = self.world.aircraft[aircraft.index()].appeared;
        let cause = self.note_sight(radar.index(), aircraft, hearing.sight, appeared);
        let tally = self.world.sight_mut(radar.index(), aircraft.index());
        let nth = tally.looks;
        tally.looks += 1;
        if !hearing.sight.is_in_view() {
            return;
        }
        let pair =
            battle.names.radars[radar.index()].combine(battle.names.aircraft[aircraft.index()]);
        let mut draw = self.luck.draw(Purpose::Detection, pair, nth);
        if draw.bernoulli(hearing.detection_prob) {
            let figures =
                (hearing.seen.azimuth_rad, model.figures.azimuth_sigma_rad, hearing.level_db);
            let bearing = self.bearing((radar, aircraft, nth), BearingKind::Emission, figures);
            self.report(radar, aircraft, bearing, cause);
        }
    }

    /// A bearing with its error and the sensor's bias; `figures` are true azimuth, standard deviation
    /// and level over noise.
    fn bearing(
        &self,
        (radar, aircraft, nth): (RadarId, AircraftId, u64),
        kind: BearingKind,
        (azimuth_rad, azimuth_sigma_rad, level_db): (f64, f64, f64),
    ) -> Bearing {
        let names = &self.battle.names;
        let pair = names.radars[radar.index()].combine(names.aircraft[aircraft.index()]);
        let error = self.luck.draw(Purpose::BearingError, pair, nth).normal();
        let bias_rad = self.world.radars[radar.index()].bias.azimuth_rad;
        Bearing {
            id: PlotId(self.world.next_event),
            time: self.world.now,
            kind,
            azimuth_rad: wrap_two_pi_rad(azimuth_rad + bias_rad + error * azimuth_sigma_rad),
            azimuth_sigma_rad,
            level_db,
        }
    }

    fn report(
        &mut self,
        radar: RadarId,
        origin: AircraftId,
        bearing: Bearing,
        cause: Option<EventId>,
    ) {
        let cause = cause.or(self.world.aircraft[origin.index()].appeared);
        self.emit(cause, What::Heard { radar, bearing, origin });
        let network = self.battle.scenario.radars[radar.index()].network;
        self.remember_origin(network, bearing.id, origin);
        self.world.radars[radar.index()].bearings.push(bearing);
    }
}
