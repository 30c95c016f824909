//! Tracker with one extended Kalman filter per track and global nearest-neighbour association.
//!
//! Plots of all sensors feed one list of tracks (fusion of plots), each with its sensor's own errors
//! and at its own time. A plot that belongs to no track starts a tentative one; enough plots within
//! the window confirm it; too long a silence drops it, measured in revisits of the *slowest* sensor
//! that contributed, so that a fast sensor that turns away does not take the track with it.
//!
//! Equations: [`filter`] for the state, [`crate::associate`] for the choice
//! of plots; confirmation by counting (m of n, Blackman and Popoli 1999, section 6.2).
//! Left out: scores, manoeuvre models, several hypotheses, sensor biases, merging of two tracks of one
//! object. Speed: with 200 targets and 20 false plots a scan, 0.21 ms a scan (median) on one core
//! of a 2-core virtual machine (`examples/scan_speed.rs`); 10,000 tracks against 10,000 plots crowded
//! into one beam take about 3 s, the machine being shared with other work in both cases.

use redan_geo::{LocalFrame, Span, Time};
use serde::{Deserialize, Serialize};

use crate::associate::{Field, Gate, Pair, Reach, Seen};
use crate::look::SensorView;
use crate::{
    Basis, DropReason, Identity, Kinematics, Plot, Replies, Scan, Sensor, Status, Track,
    TrackChange, TrackId, Tracker, filter,
};

/// Shortest time between two looks that a sensor is believed to need, seconds.
const SHORTEST_REVISIT_S: f64 = 1e-3;

/// Settings of [`NearestNeighbour`]. The defaults suit aircraft seen by radars that revisit in
/// fractions of a second to ten seconds or so.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NearestSettings {
    /// Probability that a track's own plot falls into its gate, 0 to 1 (chi-square, 3 degrees of
    /// freedom).
    pub gate_prob: f64,
    /// Standard deviation of the acceleration between two updates, m/s²: half to all of the largest
    /// acceleration that is expected to last.
    pub acceleration_sigma_m_s2: f64,
    /// Largest speed of an object, m/s. It bounds the step from a first plot to the second and sets
    /// the uncertainty of speed of a single plot.
    pub max_speed_m_s: f64,
    /// Largest climb or descent of an object, m/s. It sets the uncertainty of the vertical speed of a
    /// single plot; a search radar measures height so coarsely that without it tracks of level fliers
    /// wander kilometres up and below the ground. Raise it for ballistic targets.
    pub max_climb_m_s: f64,
    /// Plots, the first included, that confirm a track.
    pub hits_to_confirm: u32,
    /// Revisits after its first plot by which a track must be confirmed, or is dropped.
    pub tentative_revisits_count: f64,
    /// Revisits after its first plot by which a track must have a second one, or is dropped.
    pub second_plot_revisits_count: f64,
    /// Revisits without a plot after which a confirmed track is dropped.
    pub coast_revisits_count: f64,
    /// Time that a confirmed track is kept without a plot in any case, seconds.
    pub coast_at_least_s: f64,
    /// Plots that are older than a track's state by more than this are not weighed against it, seconds.
    pub late_limit_s: f64,
}

impl Default for NearestSettings {
    fn default() -> Self {
        NearestSettings {
            gate_prob: 0.99,
            acceleration_sigma_m_s2: 10.0,
            max_speed_m_s: 1_200.0,
            max_climb_m_s: 200.0,
            hits_to_confirm: 3,
            tentative_revisits_count: 4.5,
            second_plot_revisits_count: 2.5,
            coast_revisits_count: 4.5,
            coast_at_least_s: 5.0,
            late_limit_s: 10.0,
        }
    }
}

/// Tracker with one extended Kalman filter per track and nearest-neighbour association.
///
/// Plots with coordinates that are not finite, plots of a sensor without a usable error budget and
/// scans of sensors that are not in the table are ignored; no input panics.
#[derive(Clone, Debug)]
pub struct NearestNeighbour {
    frame: LocalFrame,
    sensors: Vec<KnownSensor>,
    settings: NearestSettings,
    gate: Gate,
    tracks: Vec<Track>,
    /// One for each track, at the same place.
    memories: Vec<Memory>,
    next: u64,
}

#[derive(Clone, Debug)]
struct KnownSensor {
    view: SensorView,
    revisit: Span,
}

/// What decides how long a track may go unseen.
#[derive(Clone, Copy, Debug)]
struct Memory {
    last_seen: Time,
    slowest_revisit: Span,
    /// Until when the track lives without a further plot.
    up: Time,
    /// Round of association that it belongs to.
    round: u8,
    /// How far it can get.
    reach: Reach,
}

impl NearestNeighbour {
    /// Tracker whose states are kept in `frame`, fed by `sensors` (their places in the list are their
    /// [`SensorId`](crate::SensorId)s).
    pub fn new(frame: LocalFrame, sensors: Vec<Sensor>, settings: NearestSettings) -> Self {
        let known = |sensor: &Sensor| KnownSensor {
            view: SensorView::new(&frame, sensor),
            revisit: Span::from_secs(sensor.revisit_s.max(SHORTEST_REVISIT_S)),
        };
        NearestNeighbour {
            frame,
            sensors: sensors.iter().map(known).collect(),
            settings,
            gate: Gate {
                ratio: filter::gate_ratio(settings.gate_prob),
                acceleration_sigma_m_s2: settings.acceleration_sigma_m_s2,
                max_speed_m_s: settings.max_speed_m_s,
                late_limit_s: settings.late_limit_s,
            },
            tracks: Vec::new(),
            memories: Vec::new(),
            next: 1,
        }
    }

    /// Frame in which the states are kept.
    pub fn frame(&self) -> &LocalFrame {
        &self.frame
    }

    /// Settings in use.
    pub fn settings(&self) -> &NearestSettings {
        &self.settings
    }

    /// Usable plots of a scan.
    fn usable(&self, view: &SensorView, scan: &Scan) -> Vec<Seen> {
        let plots = scan.plots.iter().enumerate();
        plots
            .filter_map(|(index, plot)| {
                Some(Seen::new(view.look(plot.measured)?, plot.time, index))
            })
            .collect()
    }

    /// Tracks of each round of association, see [`crate::associate`], that a scan may concern, each with the
    /// time when it is up.
    fn rounds(&self, field: &Field<'_>) -> [Vec<(usize, Time)>; 3] {
        let mut rounds = [const { Vec::new() }; 3];
        for (place, memory) in self.memories.iter().enumerate() {
            if field.may_reach(&memory.reach) {
                rounds[usize::from(memory.round)].push((place, memory.up));
            }
        }
        rounds
    }

    fn update(
        &mut self,
        pair: Pair,
        seen: &Seen,
        scan: &Scan,
        revisit: Span,
        changes: &mut Vec<TrackChange>,
    ) {
        let track = &mut self.tracks[pair.track];
        let sigma_m_s2 = self.settings.acceleration_sigma_m_s2;
        let updated = filter::update(&track.kinematics, &seen.look, seen.time, sigma_m_s2);
        let Some((kinematics, fit)) = updated else { return };
        let plot = &scan.plots[seen.index];
        track.kinematics = kinematics;
        track.hits = track.hits.saturating_add(1);
        track.last_plot = plot.id;
        track.last_sensor = scan.sensor;
        track.replies.add(plot.reply);
        let memory = &mut self.memories[pair.track];
        memory.last_seen = memory.last_seen.max(seen.time);
        memory.slowest_revisit = memory.slowest_revisit.max(revisit);
        changes.push(TrackChange::Updated {
            track: track.id,
            plot: plot.id,
            nis_ratio: fit.nis_ratio,
        });
        confirm_if_due(track, plot, &self.settings, changes);
        memory.up = time_is_up(track, memory, &self.settings);
        (memory.round, memory.reach) = (round_of(track), Reach::of(&track.kinematics));
    }

    /// State of a new track: as of [`filter::start`], with the vertical speed bounded by the largest climb.
    fn first_state(&self, seen: &Seen) -> Kinematics {
        let mut state = filter::start(&seen.look, seen.time, self.settings.max_speed_m_s);
        let climb_m2_s2 = self.settings.max_climb_m_s * self.settings.max_climb_m_s / 3.0;
        state.covariance[(5, 5)] = state.covariance[(5, 5)].min(climb_m2_s2);
        state
    }

    fn start(&mut self, seen: &Seen, scan: &Scan, revisit: Span, changes: &mut Vec<TrackChange>) {
        let plot = &scan.plots[seen.index];
        let mut replies = Replies::default();
        replies.add(plot.reply);
        let mut track = Track {
            id: TrackId(self.next),
            status: Status::Tentative,
            kinematics: self.first_state(seen),
            hits: 1,
            started: seen.time,
            confirmed: None,
            last_plot: plot.id,
            last_sensor: scan.sensor,
            replies,
            identity: Identity::Pending,
            basis: Basis::None,
        };
        self.next += 1;
        changes.push(TrackChange::Started { track: track.id, plot: plot.id });
        confirm_if_due(&mut track, plot, &self.settings, changes);
        let mut memory = Memory {
            last_seen: seen.time,
            slowest_revisit: revisit,
            up: seen.time,
            round: round_of(&track),
            reach: Reach::of(&track.kinematics),
        };
        memory.up = time_is_up(&track, &memory, &self.settings);
        self.tracks.push(track);
        self.memories.push(memory);
    }
}

impl Tracker for NearestNeighbour {
    fn ingest(&mut self, scan: &Scan, changes: &mut Vec<TrackChange>) {
        let Some(sensor) = self.sensors.get(scan.sensor.0 as usize) else { return };
        let revisit = sensor.revisit;
        let seen = self.usable(&sensor.view, scan);
        if let Some(mut field) = Field::new(&seen, self.gate) {
            for chosen in self.rounds(&field) {
                for pair in field.pair(&self.tracks, &chosen) {
                    self.update(pair, &seen[pair.seen], scan, revisit, changes);
                }
            }
            for left in field.left_over() {
                self.start(left, scan, revisit, changes);
            }
        }
    }

    fn advance(&mut self, now: Time, changes: &mut Vec<TrackChange>) {
        let mut kept = 0;
        for place in 0..self.tracks.len() {
            if now > self.memories[place].up {
                let track = &self.tracks[place];
                let reason = match track.status {
                    Status::Confirmed => DropReason::NotSeen,
                    Status::Tentative => DropReason::NotConfirmed,
                };
                changes.push(TrackChange::Dropped { track: track.id, reason });
            } else {
                self.tracks.swap(kept, place);
                self.memories.swap(kept, place);
                kept += 1;
            }
        }
        self.tracks.truncate(kept);
        self.memories.truncate(kept);
    }

    fn tracks(&self) -> &[Track] {
        &self.tracks
    }

    fn tracks_mut(&mut self) -> &mut [Track] {
        &mut self.tracks
    }

    fn boxed_clone(&self) -> Box<dyn Tracker> {
        Box::new(self.clone())
    }
}

/// Round of association: confirmed tracks first, then those that move, then single plots.
fn round_of(track: &Track) -> u8 {
    match (track.status, track.hits) {
        (Status::Confirmed, _) => 0,
        (Status::Tentative, 2..) => 1,
        (Status::Tentative, _) => 2,
    }
}

fn confirm_if_due(
    track: &mut Track,
    plot: &Plot,
    settings: &NearestSettings,
    changes: &mut Vec<TrackChange>,
) {
    if track.status == Status::Tentative && track.hits >= settings.hits_to_confirm {
        track.status = Status::Confirmed;
        track.confirmed = Some(plot.time.max(track.kinematics.time));
        changes.push(TrackChange::Confirmed { track: track.id, plot: plot.id });
    }
}

/// Until when a track lives without a further plot. It depends on the track alone: plots of others,
/// whatever their scan, neither shorten nor lengthen its life.
fn time_is_up(track: &Track, memory: &Memory, settings: &NearestSettings) -> Time {
    let revisit_s = memory.slowest_revisit.as_secs();
    match (track.status, track.hits) {
        (Status::Confirmed, _) => {
            let coast_s =
                (settings.coast_revisits_count * revisit_s).max(settings.coast_at_least_s);
            memory.last_seen + Span::from_secs(coast_s)
        }
        (Status::Tentative, 2..) => {
            track.started + Span::from_secs(settings.tentative_revisits_count * revisit_s)
        }
        (Status::Tentative, _) => {
            track.started + Span::from_secs(settings.second_plot_revisits_count * revisit_s)
        }
    }
}
