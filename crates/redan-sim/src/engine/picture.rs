//! Plots reach a network: tracks are updated and judged.

use redan_geo::Span;
use redan_record::{EventId, NetworkId, Recorder, What};
use redan_track::{
    Basis, Identity, IdentityRules, PlotId, Scan, Track, TrackChange, TrackId, identify,
};

use super::Engine;
use crate::world::{Question, TrackNotes};

impl<R: Recorder> Engine<'_, R> {
    pub(super) fn deliver(&mut self, network: NetworkId, scan: &Scan) {
        let mut changes = Vec::new();
        let tracker = self.world.networks[network.index()].tracker.as_dyn_mut();
        tracker.ingest(scan, &mut changes);
        for change in changes {
            if let TrackChange::Started { track, plot } | TrackChange::Updated { track, plot, .. } =
                change
            {
                self.file_answer(network, track, plot, scan);
            }
            self.note_change(network, change);
        }
        self.file_emissions(network, scan);
        self.forget_origins(scan);
    }

    /// Lets the tracker drop what was not seen for too long.
    pub(super) fn advance_tracker(&mut self, network: NetworkId) {
        let mut changes = Vec::new();
        let now = self.world.now;
        self.world.networks[network.index()].tracker.as_dyn_mut().advance(now, &mut changes);
        for change in changes {
            self.note_change(network, change);
        }
    }

    /// Records one change of the picture.
    fn note_change(&mut self, network: NetworkId, change: TrackChange) {
        match change {
            TrackChange::Started { track, plot } => {
                let cause = self.event_of(plot);
                let started = self.emit(cause, What::TrackStarted { network, track, plot });
                self.world.networks[network.index()].notes.insert(track, TrackNotes::new(started));
            }
            TrackChange::Updated { track, plot, nis_ratio } => {
                self.note_update(network, track, plot, nis_ratio);
            }
            TrackChange::Confirmed { track, plot } => {
                let cause = self.notes(network, track).map(|notes| notes.started);
                let event = self.emit(cause, What::TrackConfirmed { network, track, plot });
                if let Some(notes) = self.notes_mut(network, track) {
                    notes.confirmed = Some(event);
                }
                self.judge(network, track);
            }
            TrackChange::Dropped { track, reason } => {
                let cause = self.notes(network, track).map(|notes| notes.started);
                self.emit(cause, What::TrackDropped { network, track, reason });
                self.world.networks[network.index()].notes.remove(&track);
                self.world.networks[network.index()].dossiers.remove(&track);
            }
        }
    }

    /// The number of a plot is the number of its event. A tracker of a researcher's own may name plots
    /// that never were: those cause nothing.
    fn event_of(&self, plot: PlotId) -> Option<EventId> {
        (plot.0 < self.world.next_event).then_some(EventId(plot.0))
    }

    fn note_update(&mut self, network: NetworkId, id: TrackId, plot: PlotId, nis_ratio: f64) {
        let Some(track) = self.track(network, id) else {
            return;
        };
        let frame = &self.battle.frames[network.index()];
        let what = What::TrackUpdated {
            network,
            track: id,
            plot,
            place: frame.ecef(track.kinematics.position()).to_geodetic(),
            velocity: track.kinematics.velocity(),
            sigma_m: track.kinematics.position_sigma_m(),
            nis_ratio,
        };
        let sensor = track.last_sensor;
        self.emit(self.event_of(plot), what);
        self.note_hold(network, id, sensor);
        self.doubt_kill(network, id);
        // The plot that confirms a track updates it first: it is judged after its confirmation, which is
        // what the judgement is caused by.
        if self.notes(network, id).is_some_and(|notes| notes.confirmed.is_some()) {
            self.judge(network, id);
        }
    }

    /// A track whose target was called destroyed and which goes on taking plots was not destroyed.
    fn doubt_kill(&mut self, network: NetworkId, id: TrackId) {
        let hits = self.track(network, id).map_or(0, |track| track.hits);
        let doubt = self.battle.scenario.networks[network.index()].post.plots_to_doubt;
        if let Some(notes) = self.notes_mut(network, id)
            && notes.called_killed.is_some_and(|then| hits >= then.saturating_add(doubt))
        {
            notes.called_killed = None;
        }
    }

    /// Judges one track and records the judgement when it changes.
    pub(super) fn judge(&mut self, network: NetworkId, id: TrackId) {
        if self.weighs(network) {
            return self.weigh(network, id);
        }
        let rules = self.identity_rules(network);
        let now = self.world.now;
        let Some(track) = self.track(network, id) else {
            return;
        };
        let (identity, basis) = identify(track, now, &rules);
        self.note_judgement(network, id, identity, basis);
    }

    /// Writes a judgement into the track and records it where it is new.
    pub(super) fn note_judgement(
        &mut self,
        network: NetworkId,
        id: TrackId,
        identity: Identity,
        basis: Basis,
    ) {
        let Some(track) = self.track_mut(network, id) else {
            return;
        };
        if (identity, basis) == (track.identity, track.basis) {
            return;
        }
        (track.identity, track.basis) = (identity, basis);
        let cause = self.notes(network, id).map(|notes| notes.last_found());
        let event = self.emit(cause, What::Identified { network, track: id, identity, basis });
        if let Some(notes) = self.notes_mut(network, id) {
            notes.identified = Some(event);
        }
    }

    /// Judges all tracks: time alone can change a judgement.
    pub(super) fn judge_all(&mut self, network: NetworkId) {
        let tracks = self.world.networks[network.index()].tracker.as_dyn().tracks();
        let confirmed: Vec<TrackId> =
            tracks.iter().filter(|track| track.confirmed.is_some()).map(|track| track.id).collect();
        for track in confirmed {
            self.judge(network, track);
        }
    }

    fn identity_rules(&self, network: NetworkId) -> IdentityRules {
        let network = &self.battle.scenario.networks[network.index()];
        IdentityRules {
            takes: Span::from_secs(network.post.identification_time_s),
            silent_interrogations: network.silent_interrogations,
            silence_means: network.silence_means,
        }
    }

    /// A living track of a network. Trackers keep their tracks in order of their numbers.
    pub(super) fn track(&self, network: NetworkId, id: TrackId) -> Option<&Track> {
        let tracks = self.world.networks[network.index()].tracker.as_dyn().tracks();
        tracks.binary_search_by_key(&id, |track| track.id).ok().map(|index| &tracks[index])
    }

    fn track_mut(&mut self, network: NetworkId, id: TrackId) -> Option<&mut Track> {
        let tracks = self.world.networks[network.index()].tracker.as_dyn_mut().tracks_mut();
        tracks.binary_search_by_key(&id, |track| track.id).ok().map(|index| &mut tracks[index])
    }

    pub(super) fn notes(&self, network: NetworkId, track: TrackId) -> Option<&TrackNotes> {
        self.world.networks[network.index()].notes.get(&track)
    }

    pub(super) fn notes_mut(
        &mut self,
        network: NetworkId,
        track: TrackId,
    ) -> Option<&mut TrackNotes> {
        self.world.networks[network.index()].notes.get_mut(&track)
    }
}

impl TrackNotes {
    fn new(started: EventId) -> TrackNotes {
        TrackNotes {
            started,
            confirmed: None,
            identified: None,
            threatens: None,
            withheld: None,
            evidence: None,
            question: Question::default(),
            called_killed: None,
        }
    }

    /// The event that a judgement is caused by: the last item of evidence, else the confirmation.
    pub fn last_found(&self) -> EventId {
        self.evidence.or(self.confirmed).unwrap_or(self.started)
    }

    /// The event that an order on this track is caused by: its judgement, else its confirmation.
    pub fn grounds(&self) -> EventId {
        self.identified.or(self.confirmed).unwrap_or(self.started)
    }
}
