//! One target on its way in: what the defence has made of it at each place of a straight course.
//!
//! **Models** detection, track and engagement of a target that flies straight at a site at constant
//! speed and height, from the probabilities with which each radar detects it at each place. The search
//! radars' looks come at their own intervals and feed one tracker, [`super::chain`]. An engagement is
//! possible at a place when a missile launched in time gets there: the track must have been confirmed
//! before that launch by the delays of the command, the engagement radar must have found the target
//! since it came into its view, and must keep it until the meeting but for gaps that guidance
//! outlives.
//! **Equation**: with t(x) the time at which the target is at x and T(x) the missile's time of flight, an
//! engagement at x needs a confirmed track at t(x) − T(x) − delays, and a view that began before
//! t(x) − T(x) − time to acquire. Delays are mean ones: half a decision cycle, the plot's way, the
//! identification, and reaction or acquisition, whichever is longer.
//! **Inputs**: SI; places are samples at equal distances along the ground, counted from the site.
//! **Left out**: chance in the delays, other targets that take channels, the turn of a sector towards
//! the target, doctrine. Moments of looks are averaged over the phases of the radars.
//! **Validated against** the running engine over random sites, heights and targets
//! (`tests/val_coverage.rs`).

use redan_command::FlyOut;
use redan_record::coverage::Limit;
use redan_track::NearestSettings;

use super::chain::{Chain, Limits};
use crate::model::look::HITS_TO_ACQUIRE;

/// Detection probability of a look from which on a radar counts as seeing a place.
pub(super) const SEES_PROB: f64 = 0.5;

/// What one radar makes of the target at the samples of its course: the probability of detection in a
/// look, and what limits it where that is small.
#[derive(Clone, Debug, Default)]
pub(crate) struct View {
    pub(crate) prob: Vec<f32>,
    pub(crate) limit: Vec<Limit>,
}

impl View {
    pub(crate) fn clear(&mut self) {
        self.prob.clear();
        self.limit.clear();
    }

    pub(crate) fn push(&mut self, prob: f64, limit: Limit) {
        self.prob.push(prob as f32);
        self.limit.push(limit);
    }
}

/// A missile of the site.
#[derive(Clone, Debug)]
pub(crate) struct Shot {
    pub(crate) fly_out: FlyOut,
    /// Whether the engagement radar must see the target at the meeting.
    pub(crate) needs_illumination: bool,
    /// How long guidance does without a plot of the engagement radar.
    pub(crate) memory_s: f64,
    /// Fastest target.
    pub(crate) max_target_speed_m_s: f64,
}

/// The defence of a site as the course meets it.
#[derive(Clone, Debug)]
pub(crate) struct Defence {
    /// Time between looks of each search radar.
    pub(crate) periods_s: Vec<f64>,
    pub(crate) settings: NearestSettings,
    /// From the confirmation of a track to the order, on average.
    pub(crate) order_delay_s: f64,
    /// From the order to the launch.
    pub(crate) reaction_s: f64,
    /// Time between looks of the engagement radar at its target.
    pub(crate) update_s: f64,
    pub(crate) shots: Vec<Shot>,
}

/// The course: samples at `step_m`, `2 step_m`, … from the site.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Course {
    pub(crate) step_m: f64,
    pub(crate) speed_m_s: f64,
    pub(crate) height_m: f64,
    pub(crate) wanted_prob: f64,
}

/// Probability, by sample, of a plot within the time a track lives without one, of a confirmed track, and
/// of there having been one on the way so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Picture {
    pub(crate) plotted: Vec<f32>,
    pub(crate) confirmed: Vec<f32>,
    pub(crate) ever: Vec<f32>,
}

/// What the search radars' looks make of the course.
pub(crate) fn picture(course: &Course, defence: &Defence, views: &[View], out: &mut Picture) {
    let samples = views.first().map_or(0, |view| view.prob.len());
    for prob in [&mut out.plotted, &mut out.confirmed, &mut out.ever] {
        prob.clear();
        prob.resize(samples, 0.0);
    }
    let Some(clock) = Clock::new(course, defence) else { return };
    let mut chain = Chain::new(clock.limits);
    let mut window = Window::new(clock.limits.coast);
    let share = 1.0 / clock.phases as f32;
    for phase in 0..clock.phases {
        chain.reset();
        window.reset();
        let mut from = samples;
        for tick in 0.. {
            let flown_m = (tick as f64 + phase as f64 / clock.phases as f64) * clock.tick_m;
            let at = samples as f64 - flown_m / course.step_m;
            if at < 0.5 {
                break;
            }
            let hit =
                clock.hit_prob(views, (at.round() as usize).clamp(1, samples) - 1, tick + phase);
            chain.tick(hit);
            window.tick(hit);
            let until = (at - clock.tick_m / course.step_m).max(0.0).floor() as usize;
            let (plotted, confirmed) = (window.hit_prob(), chain.confirmed_prob());
            let ever = chain.ever_confirmed_prob();
            // The samples that the target passes before the next tick.
            for sample in until..from.min(at.floor() as usize) {
                out.plotted[sample] += share * plotted as f32;
                out.confirmed[sample] += share * confirmed as f32;
                out.ever[sample] += share * ever as f32;
            }
            from = from.min(until);
        }
    }
}

/// When looks come.
struct Clock {
    /// Ground that the target covers in a tick.
    tick_m: f64,
    /// Ticks between the looks of each radar.
    every: Vec<usize>,
    /// Phases over which the result is averaged.
    phases: usize,
    limits: Limits,
}

impl Clock {
    /// `None` without a search radar.
    fn new(course: &Course, defence: &Defence) -> Option<Clock> {
        let tick_s = defence.periods_s.iter().copied().reduce(f64::min)?;
        let slowest_s = defence.periods_s.iter().copied().fold(tick_s, f64::max);
        let every: Vec<usize> =
            defence.periods_s.iter().map(|s| (s / tick_s).round().max(1.0) as usize).collect();
        let tick_m = tick_s * course.speed_m_s;
        let between = (tick_m / course.step_m).ceil() as usize;
        let turns = every.iter().copied().max().unwrap_or(1);
        Some(Clock {
            tick_m,
            phases: between.max(turns).clamp(1, 6),
            limits: Limits::new(&defence.settings, slowest_s, tick_s),
            every,
        })
    }

    /// Probability that any radar whose look falls into this tick detects the target at a sample.
    fn hit_prob(&self, views: &[View], sample: usize, tick: usize) -> f64 {
        let missed: f64 = views
            .iter()
            .zip(&self.every)
            .enumerate()
            // Radars of one period do not look in step.
            .filter(|(radar, (_, every))| (tick + radar).is_multiple_of(**every))
            .map(|(_, (view, _))| 1.0 - f64::from(view.prob[sample]))
            .product();
        1.0 - missed
    }
}

/// Time since the last plot, for the probability of one within a window.
struct Window {
    since: Vec<f64>,
}

impl Window {
    fn new(ticks: usize) -> Window {
        Window { since: vec![0.0; ticks + 1] }
    }

    fn reset(&mut self) {
        self.since.fill(0.0);
    }

    fn tick(&mut self, hit_prob: f64) {
        for age in (1..self.since.len()).rev() {
            self.since[age] = self.since[age - 1] * (1.0 - hit_prob);
        }
        self.since[0] = hit_prob;
    }

    fn hit_prob(&self) -> f64 {
        self.since.iter().sum()
    }
}

/// The limit of each sample for detection or tracking: covered where the probability is reached, else
/// that of the radar that comes nearest to seeing the place.
pub(crate) fn seen_limits(course: &Course, views: &[View], prob: &[f32], out: &mut Vec<u8>) {
    out.clear();
    out.extend(prob.iter().enumerate().map(|(sample, prob)| {
        if f64::from(*prob) >= course.wanted_prob {
            return Limit::Covered as u8;
        }
        let limits = views.iter().map(|view| view.limit[sample]);
        match limits.min_by_key(|limit| rank(*limit)).unwrap_or(Limit::Off) {
            // In view, but the looks so far were too few.
            Limit::Covered => Limit::Time as u8,
            limit => limit as u8,
        }
    }));
}

/// How far a limit is from being none: of several the nearest explains best, what fails late comes before
/// what fails early.
pub(super) fn rank(limit: Limit) -> u8 {
    match limit {
        Limit::Covered => 0,
        Limit::Time => 1,
        Limit::Illumination => 2,
        Limit::Signal => 3,
        Limit::Terrain => 4,
        Limit::Horizon => 5,
        Limit::Elevation => 6,
        Limit::TooClose => 7,
        Limit::MissileReach => 8,
        Limit::MissileHeight => 9,
        Limit::InstrumentedRange => 10,
        Limit::Ground => 11,
        Limit::Off => 12,
        Limit::Outside => 13,
    }
}

/// The limit of each sample for engagement, from the probability of there having been a track and what
/// limits it, and from the view of the engagement radar. Once that has the target it keeps the track
/// itself, so that an early track which the search radars lose again is enough.
pub(crate) fn engagement_limits(
    course: &Course,
    defence: &Defence,
    engager: &View,
    (ever, tracked): (&[f32], &[u8]),
    out: &mut Vec<u8>,
) {
    let samples = ever.len();
    out.clear();
    out.resize(samples, Limit::Off as u8);
    let begins: Vec<Vec<usize>> =
        defence.shots.iter().map(|shot| views_begin(course, engager, shot.memory_s)).collect();
    for sample in 0..samples {
        let best = defence
            .shots
            .iter()
            .zip(&begins)
            .map(|(shot, begins)| {
                let aim = Aim { course, defence, shot, sample, began: begins[sample] };
                aim.limit(engager, ever)
            })
            .min_by_key(|limit| rank(*limit));
        out[sample] = match best.unwrap_or(Limit::Off) {
            Limit::Covered => Limit::Covered as u8,
            // Where there is no track, what is in its way comes first.
            _ if tracked[sample] != Limit::Covered as u8 => tracked[sample],
            limit => limit as u8,
        };
    }
}

/// For each sample the farthest one from which on the radar has had the target in view without a gap
/// that guidance does not outlive; the number of samples where it has it not.
fn views_begin(course: &Course, view: &View, memory_s: f64) -> Vec<usize> {
    let samples = view.prob.len();
    let gap = (memory_s * course.speed_m_s / course.step_m).floor() as usize;
    let mut begins = vec![samples; samples];
    let (mut began, mut last_seen) = (samples, None::<usize>);
    for sample in (0..samples).rev() {
        if f64::from(view.prob[sample]) >= SEES_PROB {
            if last_seen.is_none_or(|last| last - sample > gap + 1) {
                began = sample;
            }
            last_seen = Some(sample);
        }
        let held = last_seen.is_some_and(|last| last - sample <= gap);
        begins[sample] = if held { began } else { samples };
    }
    begins
}

/// One missile that is to meet the target at one sample.
struct Aim<'a> {
    course: &'a Course,
    defence: &'a Defence,
    shot: &'a Shot,
    sample: usize,
    /// Sample from which on the engagement radar has the target.
    began: usize,
}

impl Aim<'_> {
    fn limit(&self, engager: &View, ever: &[f32]) -> Limit {
        let range_m = (self.sample + 1) as f64 * self.course.step_m;
        let envelope = self.shot.fly_out.envelope();
        let height_m = self.course.height_m;
        if !(envelope.min_altitude_m..=envelope.max_altitude_m).contains(&height_m)
            || self.course.speed_m_s > self.shot.max_target_speed_m_s
        {
            return Limit::MissileHeight;
        }
        let Some(flight_s) = self.shot.fly_out.time_s(range_m, height_m) else {
            let near = range_m * range_m + height_m * height_m
                < envelope.min_range_m * envelope.min_range_m;
            return if near { Limit::TooClose } else { Limit::MissileReach };
        };
        let lit = f64::from(engager.prob[self.sample]) >= SEES_PROB;
        if self.began >= engager.prob.len() || (self.shot.needs_illumination && !lit) {
            return Limit::Illumination;
        }
        let acquire_s = f64::from(HITS_TO_ACQUIRE) * self.defence.update_s;
        let seen_since_s =
            (self.began - self.sample) as f64 * self.course.step_m / self.course.speed_m_s;
        let first_s =
            flight_s + acquire_s.max(self.defence.reaction_s) + self.defence.order_delay_s;
        let back = first_s * self.course.speed_m_s / self.course.step_m;
        let needed = self.sample as f64 + back;
        let is_tracked = ever
            .get(needed.round() as usize)
            .is_some_and(|prob| f64::from(*prob) >= self.course.wanted_prob);
        if seen_since_s < flight_s + acquire_s || !is_tracked {
            return Limit::Time;
        }
        Limit::Covered
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use redan_command::fly_out::Envelope;

    const STEP_M: f64 = 1_000.0;

    fn course() -> Course {
        Course { step_m: STEP_M, speed_m_s: 250.0, height_m: 5_000.0, wanted_prob: 0.9 }
    }

    fn defence() -> Defence {
        let envelope = Envelope {
            min_range_m: 8e3,
            max_range_m: 100e3,
            min_altitude_m: 10.0,
            max_altitude_m: 20e3,
        };
        Defence {
            periods_s: vec![10.0],
            settings: NearestSettings::default(),
            order_delay_s: 20.0,
            reaction_s: 10.0,
            update_s: 1.0,
            shots: vec![Shot {
                fly_out: FlyOut::constant_speed(envelope, 1_000.0).expect("an envelope"),
                needs_illumination: true,
                memory_s: 5.0,
                max_target_speed_m_s: 2_000.0,
            }],
        }
    }

    /// Seen for certain inside a range, not at all outside.
    fn disc(range_m: f64, samples: usize) -> View {
        let mut view = View::default();
        for sample in 1..=samples {
            let inside = sample as f64 * STEP_M <= range_m;
            view.push(
                if inside { 1.0 } else { 0.0 },
                if inside { Limit::Covered } else { Limit::Signal },
            );
        }
        view
    }

    fn farthest(limits: &[u8]) -> f64 {
        let last = limits.iter().rposition(|limit| *limit == Limit::Covered as u8);
        last.map_or(0.0, |sample| (sample + 1) as f64 * STEP_M)
    }

    #[test]
    fn three_looks_after_the_edge_of_view_there_is_a_track() {
        let (course, defence) = (course(), defence());
        let views = [disc(150e3, 250)];
        let (mut seen, mut tracks) = (Vec::new(), Vec::new());
        let mut pictured = Picture::default();
        picture(&course, &defence, &views, &mut pictured);
        seen_limits(&course, &views, &pictured.plotted, &mut seen);
        seen_limits(&course, &views, &pictured.confirmed, &mut tracks);
        // The first look comes within 10 s or 2.5 km, the third two turns or 5 km later; nine in ten of
        // all phases have had it by 2.25 km and 7.25 km, and the phases here are three.
        assert!((farthest(&seen) - 148.0e3).abs() <= 1.5e3, "{}", farthest(&seen));
        assert!((farthest(&tracks) - 143.0e3).abs() <= 1.5e3, "{}", farthest(&tracks));
        assert_eq!(seen[200], Limit::Signal as u8);
        assert_eq!(tracks[146], Limit::Time as u8, "in view, but the looks are still too few");
    }

    #[test]
    fn an_engagement_needs_the_delays_and_the_flight_of_the_missile() {
        let (course, defence) = (course(), defence());
        let views = [disc(150e3, 250)];
        let mut pictured = Picture::default();
        picture(&course, &defence, &views, &mut pictured);
        let (mut tracks, mut fires) = (Vec::new(), Vec::new());
        seen_limits(&course, &views, &pictured.confirmed, &mut tracks);
        let judged = (pictured.ever.as_slice(), tracks.as_slice());
        engagement_limits(&course, &defence, &views[0], judged, &mut fires);
        // From the track's first place x: (x − 250 (20 + 10)) 1000 / (1000 + 250).
        let expected_m = (farthest(&tracks) - 7_500.0) * 0.8;
        let reach_m = expected_m.min(100e3);
        assert!((farthest(&fires) - reach_m).abs() <= 1.5e3, "{}", farthest(&fires));
        assert_eq!(fires[2], Limit::TooClose as u8);
        assert_eq!(fires[120], Limit::MissileReach as u8);
        assert_eq!(fires[200], Limit::Signal as u8);
    }

    #[test]
    fn a_hidden_stretch_costs_the_lock_when_it_is_longer_than_guidance_outlives() {
        let (course, defence) = (course(), defence());
        let views = [disc(200e3, 250)];
        let mut pictured = Picture::default();
        picture(&course, &defence, &views, &mut pictured);
        let mut tracks = Vec::new();
        seen_limits(&course, &views, &pictured.confirmed, &mut tracks);
        let judged = (pictured.ever.as_slice(), tracks.as_slice());
        let fires_with_gap = |samples: usize| {
            let mut engager = disc(200e3, 250);
            (60..60 + samples).for_each(|sample| engager.prob[sample] = 0.0);
            let mut fires = Vec::new();
            engagement_limits(&course, &defence, &engager, judged, &mut fires);
            fires
        };
        // 5 s of memory are 1.25 km: one sample is outlived, five are not.
        assert_eq!(fires_with_gap(1)[50], Limit::Covered as u8);
        assert_eq!(fires_with_gap(1)[60], Limit::Illumination as u8);
        assert_eq!(fires_with_gap(5)[50], Limit::Time as u8);
        assert_eq!(fires_with_gap(5)[80], Limit::Covered as u8);
    }

    #[test]
    fn a_slow_target_is_looked_at_several_times_in_one_sample() {
        let course = Course { speed_m_s: 25.0, ..course() };
        let defence = defence();
        let views = [disc(100e3, 150)];
        let mut pictured = Picture::default();
        picture(&course, &defence, &views, &mut pictured);
        let mut tracks = Vec::new();
        seen_limits(&course, &views, &pictured.confirmed, &mut tracks);
        // Three looks take 20 to 30 s, less than a sample.
        assert!((farthest(&tracks) - 99.5e3).abs() <= 1.0e3, "{}", farthest(&tracks));
        assert!(pictured.confirmed[..98].iter().all(|prob| (prob - 1.0).abs() < 1e-6));
    }
}
