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

use redan_record::coverage::Limit;
use redan_track::NearestSettings;

use super::chain::{Chain, Limits};
use super::engagement::Shot;

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

/// The last ticks, for the probability of a plot in any of them.
struct Window {
    /// Probability of none, by tick; the oldest is overwritten next.
    missed: Vec<f64>,
    oldest: usize,
}

impl Window {
    fn new(ticks: usize) -> Window {
        Window { missed: vec![1.0; ticks + 1], oldest: 0 }
    }

    fn reset(&mut self) {
        self.missed.fill(1.0);
    }

    fn tick(&mut self, hit_prob: f64) {
        self.missed[self.oldest] = 1.0 - hit_prob;
        self.oldest = (self.oldest + 1) % self.missed.len();
    }

    fn hit_prob(&self) -> f64 {
        1.0 - self.missed.iter().product::<f64>()
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

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::coverage::engagement::Shot;
    use redan_command::FlyOut;
    use redan_command::fly_out::Envelope;

    pub(in crate::coverage) const STEP_M: f64 = 1_000.0;

    pub(in crate::coverage) fn course() -> Course {
        Course { step_m: STEP_M, speed_m_s: 250.0, height_m: 5_000.0, wanted_prob: 0.9 }
    }

    pub(in crate::coverage) fn defence() -> Defence {
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
    pub(in crate::coverage) fn disc(range_m: f64, samples: usize) -> View {
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

    pub(in crate::coverage) fn farthest(limits: &[u8]) -> f64 {
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
