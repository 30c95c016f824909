//! Evidence reaches the dossiers of a network, and its tracks are judged by it.

use redan_command::WeaponsControl;
use redan_geo::Time;
use redan_record::{AircraftId, NetworkId, Recorder, What};
use redan_track::{
    Bearing, BearingKind, Dossier, Identity, PlotId, Scan, SensorId, Track, TrackId,
};

use super::Engine;
use crate::draw::Purpose;

/// Distance between the tracks of two networks within which they are taken for the same object,
/// metres: a choice of the model, about the errors of two search radars at 200 km.
const SAME_OBJECT_M: f64 = 5_000.0;

impl<R: Recorder> Engine<'_, R> {
    /// Whether a network weighs evidence.
    pub(super) fn weighs(&self, network: NetworkId) -> bool {
        self.battle.settings[network.index()].is_some()
    }

    /// Remembers whom a report is of until it is delivered: luck is keyed by names, and a track has none.
    pub(super) fn remember_origin(&mut self, network: usize, report: PlotId, origin: AircraftId) {
        if self.battle.settings[network].is_some() {
            self.world.origins.insert(report, origin);
        }
    }

    /// A plot was taken by a track: its answer goes into the dossier.
    pub(super) fn file_answer(
        &mut self,
        network: NetworkId,
        track: TrackId,
        plot: PlotId,
        scan: &Scan,
    ) {
        let Some(setting) = &self.battle.settings[network.index()] else { return };
        let Some(plot) = scan.plots.iter().find(|of| of.id == plot) else { return };
        if !self.world.networks[network.index()].dossiers.contains_key(&track) {
            let origin = self.world.origins.get(&plot.id).copied();
            let dossier = self.new_dossier(network, origin);
            self.world.networks[network.index()].dossiers.insert(track, dossier);
        }
        let dossiers = &mut self.world.networks[network.index()].dossiers;
        if let Some(dossier) = dossiers.get_mut(&track) {
            dossier.hear(plot.reply, &setting.hostile_codes);
        }
    }

    /// An empty dossier, with the crew's opinion and what chance has its operator misread.
    fn new_dossier(&self, network: NetworkId, origin: Option<AircraftId>) -> Dossier {
        let battle = self.battle;
        let Some(identification) = &battle.scenario.networks[network.index()].identification else {
            return Dossier::default();
        };
        let misread_prob = identification.by_stress(identification.weights.misread_prob);
        let own = battle.names.networks[network.index()];
        let misread = origin.is_some_and(|aircraft| {
            let who = own.combine(battle.names.aircraft[aircraft.index()]);
            self.luck.draw(Purpose::Misread, who, 0).bernoulli(misread_prob)
        });
        let spread_db =
            if identification.crews_differ { identification.weights.crew_spread_db } else { 0.0 };
        let crew_db = spread_db * self.luck.draw(Purpose::Crew, own, 0).normal();
        Dossier::new(misread, crew_db)
    }

    /// Emissions that were heard go to the track that lies nearest in their direction.
    pub(super) fn file_emissions(&mut self, network: NetworkId, scan: &Scan) {
        if !self.weighs(network) {
            return;
        }
        for bearing in scan.bearings.iter().filter(|b| b.kind == BearingKind::Emission) {
            let Some(origin) = self.world.origins.get(&bearing.id).copied() else { continue };
            // A receiver tells sorts of emitters apart; that it is right is taken for granted.
            let is_military = !self.battle.scenario.aircraft[origin.index()].figures.civil;
            if let Some(track) = self.track_in_direction(network, scan.sensor, bearing)
                && let Some(dossier) = self.world.networks[network.index()].dossiers.get_mut(&track)
            {
                dossier.hear_emitter(is_military);
            }
        }
    }

    /// The confirmed track nearest in azimuth to a bearing, if within three standard deviations.
    fn track_in_direction(
        &self,
        network: NetworkId,
        sensor: SensorId,
        bearing: &Bearing,
    ) -> Option<TrackId> {
        let place = self.battle.sensors[network.index()].get(sensor.0 as usize)?.place;
        let local = redan_geo::LocalFrame::new(place);
        let frame = &self.battle.frames[network.index()];
        let tracks = self.world.networks[network.index()].tracker.as_dyn().tracks();
        tracks
            .iter()
            .filter(|track| track.confirmed.is_some())
            .map(|track| {
                let there = frame.ecef(track.kinematics.position_at(bearing.time));
                let off_rad = local.aer(there).azimuth_rad - bearing.azimuth_rad;
                (redan_geo::wrap_pi_rad(off_rad).abs(), track.id)
            })
            .filter(|(off_rad, _)| *off_rad <= 3.0 * bearing.azimuth_sigma_rad)
            .min_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, track)| track)
    }

    /// Reports that were delivered need no origin any more.
    pub(super) fn forget_origins(&mut self, scan: &Scan) {
        for plot in &scan.plots {
            self.world.origins.remove(&plot.id);
        }
        for bearing in &scan.bearings {
            self.world.origins.remove(&bearing.id);
        }
    }

    /// Judges a track by its evidence and records what is new.
    pub(super) fn weigh(&mut self, network: NetworkId, id: TrackId) {
        let now = self.world.now;
        let Some(setting) = &self.battle.settings[network.index()] else { return };
        let told = self.told(network, id, now);
        let Some(mut dossier) = self.world.networks[network.index()].dossiers.remove(&id) else {
            return;
        };
        dossier.hear_told(told);
        let judgement = self.track(network, id).map(|track| dossier.judge(track, now, setting));
        self.world.networks[network.index()].dossiers.insert(id, dossier);
        let Some(judgement) = judgement else { return };
        let hostile_prob = judgement.posterior.hostile_prob;
        for evidence in judgement.changed {
            let cause = self.notes(network, id).map(|notes| notes.last_found());
            let what = What::Evidence { network, track: id, evidence, hostile_prob };
            let event = self.emit(cause, what);
            if let Some(notes) = self.notes_mut(network, id) {
                notes.evidence = Some(event);
            }
        }
        self.note_judgement(network, id, judgement.identity, judgement.basis);
    }

    /// What other networks call the same object: the first of them that has judged it.
    fn told(&self, network: NetworkId, id: TrackId, now: Time) -> Option<Identity> {
        let plan = &self.battle.scenario.networks[network.index()];
        let from = &plan.identification.as_ref()?.told_by;
        from.iter().find_map(|from| {
            let identity = self.seen_by(*from, network, id, now)?.identity;
            (!matches!(identity, Identity::Pending | Identity::Unknown)).then_some(identity)
        })
    }

    /// The confirmed track of another network that is nearest to a track, if near enough.
    pub(super) fn seen_by(
        &self,
        other: usize,
        network: NetworkId,
        id: TrackId,
        now: Time,
    ) -> Option<&Track> {
        let here = self.believed(network, id)?;
        let frame = &self.battle.frames[other];
        let tracks = self.world.networks[other].tracker.as_dyn().tracks();
        tracks
            .iter()
            .filter(|track| track.confirmed.is_some())
            .map(|track| {
                let there = frame.ecef(track.kinematics.position_at(now));
                (there.distance_m(here), track)
            })
            .filter(|(gap_m, _)| *gap_m <= SAME_OBJECT_M)
            .min_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, track)| track)
    }

    /// Weapon control status that holds for a track: that of the zone it is in, else the network's.
    pub(super) fn weapons_for(&self, network: usize, track: &Track) -> WeaponsControl {
        self.zone_of(network, track).unwrap_or(self.battle.scenario.networks[network].weapons)
    }

    /// Weapon control status of the first zone that a track is in.
    pub(super) fn zone_of(&self, network: usize, track: &Track) -> Option<WeaponsControl> {
        let zones = &self.battle.zones[network];
        if zones.is_empty() {
            return None;
        }
        let now = self.world.now;
        let place = track.kinematics.position_at(now);
        let height_m = self.battle.frames[network].ecef(place).to_geodetic().height_m;
        zones.iter().find(|(zone, _)| zone.holds(place, height_m, now)).map(|(_, weapons)| *weapons)
    }
}
