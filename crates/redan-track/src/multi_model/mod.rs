//! Tracker with several motion models per track, scores, and either kind of association.
//!
//! Each track is a [`Belief`]: an interacting mixture of motion models. Plots go to tracks by global
//! nearest neighbour or by joint probabilities ([`Association`]); plots that no confirmed track explains
//! are offered to tentative tracks and then start new ones.
//!
//! A track lives by its *score*, the logarithm of the odds that it follows an object rather than
//! false plots (Sittler 1964, IEEE Trans. MIL 8(2); Blackman and Popoli 1999, "Design and Analysis of
//! Modern Tracking Systems", section 6.2):
//!
//! > start: ln(λ_new / λ_false); plot: + ln(P_d L / λ_false); missed revisit: + ln(1 - P_d),
//!
//! with L the likelihood of the plot under the mixture. With joint probabilities a plot adds
//! ln((1 - P_d) / β₀), which is the same for a single plot and never counts one plot twice for two tracks.
//! A track is confirmed when the score passes [`MultiModelSettings::confirm_score`], and dropped when it has
//! fallen from its best by [`MultiModelSettings::drop_score`] (tentative ones: below the score at which
//! they started by half of that). Misses are counted in revisits of the slowest sensor that contributed,
//! so that how long a track may coast depends on the track alone.
//!
//! λ_false is a setting, unless a scan leaves so many plots over ([`CROWDED_COUNT`]) that their
//! density can be counted: then the greater of the two holds, smoothed over scans, per sensor.
//!
//! Two objects inside one resolution cell give one plot: a confirmed track of at least
//! [`MATURE_COUNT`] plots whose gate holds a plot that its neighbour took is *shadowed*; it coasts without a
//! miss, for [`SHADOW_REVISIT_COUNT`] revisits at most.
//!
//! Left out: hypotheses over several scans, bearings without a range, estimation of sensor biases.
//! Validated against Stone Soup in `benches/tracking`, and for consistency in `tests/consistency.rs`.

mod life;
mod settings;

use redan_geo::{LocalFrame, Span, Time};

use self::life::{confirm_if_due, counted_density, round_of, time_is_up, unsteady};
pub use self::settings::{Association, MultiModelSettings};
use crate::associate::{Edge, Field, Gate, Pair, Seen, clusters, places, solve};
use crate::imm::{Belief, Fit};
use crate::jpda::{Row, marginals};
use crate::look::SensorView;
use crate::motion::{Covariance, Mean, State};
use crate::{
    Basis, DropReason, Identity, Replies, Scan, Sensor, Status, Track, TrackChange, TrackId,
    Tracker, filter,
};

/// Plots left over from one scan from which on their density is counted.
pub const CROWDED_COUNT: usize = 30;
/// Plots of a track that may be shadowed by a neighbour.
pub const MATURE_COUNT: u32 = 5;
/// Longest time that a track is kept by a neighbour's plot, in revisits.
pub const SHADOW_REVISIT_COUNT: f64 = 8.0;

/// Shortest time between two looks that a sensor is believed to need, seconds.
const SHORTEST_REVISIT_S: f64 = 1e-3;
/// Weight of the newest scan in the density of false plots.
const NEWEST_SHARE: f64 = 0.3;

/// Tracker with a mixture of motion models per track.
///
/// Plots with coordinates that are not finite, plots of a sensor without a usable error budget and
/// scans of sensors that are not in the table are ignored; no input panics.
#[derive(Clone, Debug)]
pub struct MultiModel {
    frame: LocalFrame,
    sensors: Vec<KnownSensor>,
    settings: MultiModelSettings,
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
    false_density: f64,
}

/// What a track is made of besides the picture of it.
#[derive(Clone, Debug)]
struct Memory {
    belief: Belief,
    score: f64,
    best_score: f64,
    last_seen: Time,
    /// Last plot that it took or that a neighbour took from it.
    last_sign: Time,
    slowest_revisit: Span,
    up: Time,
}

/// A track carried to the time of its plots.
struct Prior {
    track: usize,
    belief: Belief,
    /// Plots in the gate (places in the field) with their fits.
    fits: Vec<(usize, Fit)>,
}

impl MultiModel {
    /// Tracker whose states are kept in `frame`, fed by `sensors` (their places in the list are their
    /// [`SensorId`](crate::SensorId)s). Without a motion model in the settings the default ones are taken.
    pub fn new(frame: LocalFrame, sensors: Vec<Sensor>, settings: MultiModelSettings) -> Self {
        let mut settings = settings;
        if settings.motions.is_empty() {
            settings.motions = MultiModelSettings::default().motions;
        }
        let known = |sensor: &Sensor| KnownSensor {
            view: SensorView::new(&frame, sensor),
            revisit: Span::from_secs(sensor.revisit_s.max(SHORTEST_REVISIT_S)),
            false_density: settings.false_density_per_rad2_m,
        };
        let gate = Gate {
            ratio: filter::gate_ratio(settings.gate_prob),
            acceleration_sigma_m_s2: settings.motions.iter().map(unsteady).fold(5.0, f64::max),
            max_speed_m_s: settings.max_speed_m_s,
            late_limit_s: settings.late_limit_s,
        };
        let sensors = sensors.iter().map(known).collect();
        MultiModel { frame, sensors, settings, gate, tracks: vec![], memories: vec![], next: 1 }
    }

    /// Frame in which the states are kept.
    pub fn frame(&self) -> &LocalFrame {
        &self.frame
    }

    /// Mixture of models of the track at a place of [`Tracker::tracks`].
    pub fn belief(&self, place: usize) -> Option<&Belief> {
        self.memories.get(place).map(|memory| &memory.belief)
    }

    /// Score of the track at a place of [`Tracker::tracks`], natural logarithm of odds.
    pub fn score(&self, place: usize) -> Option<f64> {
        self.memories.get(place).map(|memory| memory.score)
    }

    /// Carries the tracks of one round to the plots near them and fits those.
    fn priors(&self, field: &Field, round: usize) -> Vec<Prior> {
        let mut near = Vec::new();
        let mut priors = Vec::new();
        for place in 0..self.tracks.len() {
            if round_of(&self.tracks[place]) != round {
                continue;
            }
            near.clear();
            field.near(&self.tracks[place], &mut near);
            near.sort_unstable_by_key(|candidate| candidate.1);
            priors.extend(self.prior(field, place, &near));
        }
        priors
    }

    fn prior(&self, field: &Field, track: usize, near: &[(f64, usize)]) -> Option<Prior> {
        let memory = &self.memories[track];
        let state = &self.tracks[track].kinematics;
        let timely = |place: usize| {
            let time = field.at(place).time;
            time <= memory.up && (time - state.time).as_secs() >= -self.gate.late_limit_s
        };
        let reach = |place: usize| {
            let seen = field.at(place);
            let dt_s = (seen.time - state.time).as_secs();
            self.tracks[track].hits > 1 || field.reachable(state, seen, dt_s)
        };
        let plots = near.iter().map(|near| near.1).filter(|place| timely(*place) && reach(*place));
        let plots: Vec<usize> = plots.collect();
        let first = plots.iter().map(|place| field.at(*place).time).min()?;
        let mut belief = memory.belief.clone();
        belief.predict(first, self.settings.vertical_ratio);
        let fit = |&place: &usize| {
            let seen = field.at(place);
            let lag_s = (seen.time - belief.time).as_secs();
            let fit = belief.fit(&seen.look, lag_s, self.gate.acceleration_sigma_m_s2)?;
            (fit.nis_ratio <= self.gate.ratio).then_some((place, fit))
        };
        let fits: Vec<(usize, Fit)> = plots.iter().filter_map(fit).collect();
        (!fits.is_empty()).then_some(Prior { track, belief, fits })
    }

    /// Edges between priors (by place in the list) and plots: cost is minus twice the gain of score.
    fn edges(&self, priors: &[Prior], false_density: f64) -> Vec<Edge> {
        let gain = libm::log(self.settings.detection_prob / false_density);
        let edge = |(track, prior): (usize, &Prior)| {
            let of = move |(seen, fit): &(usize, Fit)| Edge {
                pair: Pair { track, seen: *seen },
                cost: -2.0 * (gain + fit.log_likelihood),
                log_det: 0.0,
            };
            prior.fits.iter().map(of).collect::<Vec<_>>()
        };
        priors.iter().enumerate().flat_map(edge).collect()
    }

    fn missed_gain(&self) -> f64 {
        libm::log1p(-self.settings.detection_prob)
    }

    /// One round of nearest neighbour.
    fn nearest(
        &mut self,
        field: &mut Field,
        priors: Vec<Prior>,
        at: &Delivery,
        changes: &mut Vec<TrackChange>,
    ) {
        let edges = self.edges(&priors, at.false_density);
        let missed_cost = -2.0 * self.missed_gain();
        let mut chosen = vec![None; priors.len()];
        for cluster in clusters(edges, field.count()) {
            for pair in solve(&cluster, missed_cost) {
                chosen[pair.track] = Some(pair.seen);
                field.take(pair.seen);
            }
        }
        let gain = libm::log(self.settings.detection_prob / at.false_density);
        for (prior, chosen) in priors.into_iter().zip(chosen) {
            let Some(seen) = chosen else {
                self.shadow(&prior, field);
                continue;
            };
            let Prior { track, mut belief, fits } = prior;
            let Some((_, fit)) = fits.iter().find(|fit| fit.0 == seen) else { continue };
            belief.update(0.0, &[(1.0, fit)]);
            let score = gain + fit.log_likelihood;
            self.store(track, belief, score, (field.at(seen), fit), at, changes);
        }
    }

    /// One round of joint probabilities.
    fn joint(
        &mut self,
        field: &mut Field,
        priors: Vec<Prior>,
        at: &Delivery,
        changes: &mut Vec<TrackChange>,
    ) {
        let mut beta: Vec<Vec<f64>> = vec![Vec::new(); priors.len()];
        let mut explained = vec![0.0; field.count()];
        for cluster in clusters(self.edges(&priors, at.false_density), field.count()) {
            let members = places(&cluster, |pair| pair.track);
            let plots = places(&cluster, |pair| pair.seen);
            let rows: Vec<Row> =
                members.iter().map(|&m| self.row(&priors[m], &plots, at)).collect();
            let solved = marginals(&rows, plots.len());
            for (&member, row) in members.iter().zip(solved.rows) {
                for ((seen, _), prob) in priors[member].fits.iter().zip(&row[1..]) {
                    explained[*seen] += prob;
                }
                beta[member] = row;
            }
        }
        for (place, explained) in explained.iter().enumerate() {
            if *explained > 0.5 {
                field.take(place);
            }
        }
        for (prior, row) in priors.into_iter().zip(beta) {
            self.blend(prior, &row, field, at, changes);
        }
    }

    /// Weights of one track for [`marginals`]; likelihoods are scaled by the largest, so that none overflows.
    fn row(&self, prior: &Prior, plots: &[usize], at: &Delivery) -> Row {
        let logs = prior.fits.iter().map(|fit| fit.1.log_likelihood);
        let gain = libm::log(self.settings.detection_prob / at.false_density);
        let missed = libm::log1p(-self.settings.detection_prob * self.settings.gate_prob);
        let largest = logs.fold(f64::NEG_INFINITY, f64::max) + gain;
        let top = largest.max(missed);
        let plot = |(seen, fit): &(usize, Fit)| {
            let place = plots.partition_point(|plot| plot < seen);
            (place, libm::exp(gain + fit.log_likelihood - top))
        };
        Row {
            missed_ratio: libm::exp(missed - top).max(f64::MIN_POSITIVE),
            plots: prior.fits.iter().map(plot).collect(),
        }
    }

    fn blend(
        &mut self,
        prior: Prior,
        row: &[f64],
        field: &Field,
        at: &Delivery,
        changes: &mut Vec<TrackChange>,
    ) {
        let Some((&missed, own)) = row.split_first() else { return };
        let pairs: Vec<(f64, &Fit)> =
            own.iter().copied().zip(prior.fits.iter().map(|fit| &fit.1)).collect();
        let mut belief = prior.belief;
        belief.update(missed, &pairs);
        let best =
            (0..own.len()).fold(0, |best, place| if own[place] > own[best] { place } else { best });
        let (seen, fit) = &prior.fits[best];
        if missed > 0.5 {
            let track = &mut self.tracks[prior.track];
            track.kinematics = belief.kinematics();
            self.memories[prior.track].belief = belief;
            return;
        }
        let score = self.missed_gain() - libm::log(missed.max(1e-12));
        self.store(prior.track, belief, score, (field.at(*seen), fit), at, changes);
    }

    /// A track whose plot may have merged with that of a neighbour is not blamed for the miss.
    fn shadow(&mut self, prior: &Prior, field: &Field) {
        let track = &self.tracks[prior.track];
        if track.status != Status::Confirmed || track.hits < MATURE_COUNT {
            return;
        }
        let taken = prior.fits.iter().map(|fit| fit.0).filter(|place| field.is_taken(*place));
        let Some(last) = taken.map(|place| field.at(place).time).max() else { return };
        let memory = &mut self.memories[prior.track];
        let limit_s = SHADOW_REVISIT_COUNT * memory.slowest_revisit.as_secs();
        let limit = memory.last_seen + Span::from_secs(limit_s);
        memory.last_sign = memory.last_sign.max(last.min(limit));
        memory.up = time_is_up(&self.tracks[prior.track], memory, &self.settings);
    }

    /// Writes an updated belief back: score, status, tallies.
    fn store(
        &mut self,
        place: usize,
        belief: Belief,
        gain: f64,
        (seen, fit): (&Seen, &Fit),
        at: &Delivery,
        changes: &mut Vec<TrackChange>,
    ) {
        let missed_gain = self.missed_gain();
        let (track, memory) = (&mut self.tracks[place], &mut self.memories[place]);
        let plot = &at.scan.plots[seen.index];
        let gap_s = (seen.time - memory.last_sign).as_secs().max(0.0);
        memory.slowest_revisit = memory.slowest_revisit.max(at.revisit);
        let missed = (gap_s / memory.slowest_revisit.as_secs() - 0.5).floor().max(0.0);
        memory.score += missed * missed_gain + gain;
        memory.best_score = memory.best_score.max(memory.score);
        memory.last_seen = memory.last_seen.max(seen.time);
        memory.last_sign = memory.last_sign.max(seen.time);
        track.kinematics = belief.kinematics();
        memory.belief = belief;
        track.hits = track.hits.saturating_add(1);
        track.last_plot = plot.id;
        track.last_sensor = at.scan.sensor;
        track.replies.add(plot.reply);
        let nis_ratio = fit.nis_ratio;
        changes.push(TrackChange::Updated { track: track.id, plot: plot.id, nis_ratio });
        confirm_if_due(track, memory, plot, &self.settings, changes);
        memory.up = time_is_up(track, memory, &self.settings);
    }

    fn start(&mut self, seen: &Seen, at: &Delivery, changes: &mut Vec<TrackChange>) {
        let plot = &at.scan.plots[seen.index];
        let belief = Belief::new(seen.time, &self.first_state(seen), &self.settings.motions);
        let mut replies = Replies::default();
        replies.add(plot.reply);
        let mut track = Track {
            id: TrackId(self.next),
            status: Status::Tentative,
            kinematics: belief.kinematics(),
            hits: 1,
            started: seen.time,
            confirmed: None,
            last_plot: plot.id,
            last_sensor: at.scan.sensor,
            replies,
            identity: Identity::Pending,
            basis: Basis::None,
        };
        self.next += 1;
        let score = libm::log(self.settings.new_density_per_rad2_m / at.false_density);
        let mut memory = Memory {
            belief,
            score,
            best_score: score,
            last_seen: seen.time,
            last_sign: seen.time,
            slowest_revisit: at.revisit,
            up: seen.time,
        };
        changes.push(TrackChange::Started { track: track.id, plot: plot.id });
        confirm_if_due(&mut track, &memory, plot, &self.settings, changes);
        memory.up = time_is_up(&track, &memory, &self.settings);
        self.tracks.push(track);
        self.memories.push(memory);
    }

    /// Position as measured, velocity and acceleration unknown within the settings' bounds.
    fn first_state(&self, seen: &Seen) -> State {
        let mut covariance = Covariance::zeros();
        covariance.fixed_view_mut::<3, 3>(0, 0).copy_from(&seen.look.position_covariance());
        let speed_m2_s2 = self.settings.max_speed_m_s * self.settings.max_speed_m_s / 16.0;
        let climb_m2_s2 = self.settings.max_climb_m_s * self.settings.max_climb_m_s / 3.0;
        let pull_m2_s4 = self.gate.acceleration_sigma_m_s2 * self.gate.acceleration_sigma_m_s2;
        for axis in 0..3 {
            let up = axis == 2;
            covariance[(axis + 3, axis + 3)] =
                if up { climb_m2_s2.min(speed_m2_s2) } else { speed_m2_s2 };
            let share = if up { self.settings.vertical_ratio } else { 1.0 };
            covariance[(axis + 6, axis + 6)] = pull_m2_s4 * share;
        }
        let mut mean = Mean::zeros();
        mean.fixed_rows_mut::<3>(0).copy_from(&seen.look.position());
        State { mean, covariance }
    }
}

/// One scan on its way through the tracker.
struct Delivery<'a> {
    scan: &'a Scan,
    revisit: Span,
    false_density: f64,
}

impl Tracker for MultiModel {
    fn ingest(&mut self, scan: &Scan, changes: &mut Vec<TrackChange>) {
        let Some(sensor) = self.sensors.get(scan.sensor.0 as usize) else { return };
        let at = Delivery { scan, revisit: sensor.revisit, false_density: sensor.false_density };
        let plots = scan.plots.iter().enumerate();
        let seen: Vec<Seen> = plots
            .filter_map(|(index, plot)| {
                Some(Seen::new(sensor.view.look(plot.measured)?, plot.time, index))
            })
            .collect();
        let Some(mut field) = Field::new(&seen, self.gate) else { return };
        for round in 0..3 {
            let priors = self.priors(&field, round);
            match (round, self.settings.association) {
                (0, Association::Joint) => self.joint(&mut field, priors, &at, changes),
                _ => self.nearest(&mut field, priors, &at, changes),
            }
        }
        let left: Vec<&Seen> = field.left_over().collect();
        for seen in &left {
            self.start(seen, &at, changes);
        }
        let counted = counted_density(scan, &left);
        if let Some(sensor) = self.sensors.get_mut(scan.sensor.0 as usize) {
            let floor = self.settings.false_density_per_rad2_m;
            let newest = counted.unwrap_or(floor).max(floor);
            sensor.false_density += NEWEST_SHARE * (newest - sensor.false_density);
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
