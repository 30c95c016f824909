//! Whether the errors of the tracker are as large as its covariance says.

mod common;

use common::{Dice, Scans, frame, home, measure, search_radar};
use nalgebra::Vector6;
use redan_geo::{Enu, Time};
use redan_track::metrics::average_bounds;
use redan_track::motion::Motion;
use redan_track::{MultiModel, MultiModelSettings, Sensor, Status, Tracker};

const RUNS: usize = 50;
const TURNS: usize = 100;
const REVISIT_S: f64 = 4.0;

/// Truth of one run: e, n, u, ve, vn, vu.
struct Truth {
    state: Vector6<f64>,
    density: [f64; 3],
}

impl Truth {
    /// A flight somewhere around the radar whose velocity is drawn from what the tracker expects.
    fn draw(dice: &mut Dice, settings: &MultiModelSettings, density: [f64; 3]) -> Self {
        let bearing = dice.between(0.0, std::f64::consts::TAU);
        let range_m = dice.between(80e3, 120e3);
        let speed = 0.25 * settings.max_speed_m_s;
        let climb = settings.max_climb_m_s / 3.0_f64.sqrt();
        let state = Vector6::new(
            range_m * libm::sin(bearing),
            range_m * libm::cos(bearing),
            dice.between(10e3, 20e3),
            speed * dice.normal(),
            speed * dice.normal(),
            climb * dice.normal(),
        );
        Truth { state, density }
    }

    /// Moves on with continuous white noise acceleration.
    fn step(&mut self, dice: &mut Dice) {
        let t = REVISIT_S;
        for axis in 0..3 {
            let velocity_sd = (self.density[axis] * t).sqrt();
            let (a, b) = (dice.normal(), dice.normal());
            self.state[axis] +=
                t * self.state[axis + 3] + velocity_sd * t * (0.5 * a + b / 12.0_f64.sqrt());
            self.state[axis + 3] += velocity_sd * a;
        }
    }

    fn place(&self) -> Enu {
        Enu { east_m: self.state[0], north_m: self.state[1], up_m: self.state[2] }
    }
}

/// NEES, 6 dimensions, of turns 1 to [`TURNS`], each averaged over [`RUNS`] runs of its own: the turns of one run are
/// correlated, and a share of correlated turns says little.
fn average_nees(settings: &MultiModelSettings, density: [f64; 3]) -> Vec<f64> {
    let average = |turn: usize| {
        let seeds = (0..RUNS).map(|run| (turn * RUNS + run) as u64);
        seeds.map(|seed| nees_after(turn, settings, density, seed)).sum::<f64>() / RUNS as f64
    };
    (1..=TURNS).map(average).collect()
}

/// NEES of one run after so many turns.
fn nees_after(turns: usize, settings: &MultiModelSettings, density: [f64; 3], seed: u64) -> f64 {
    let radar = Sensor { revisit_s: REVISIT_S, ..search_radar(home()) };
    let mut dice = Dice(seed);
    let mut truth = Truth::draw(&mut dice, settings, density);
    let mut tracker = MultiModel::new(frame(), vec![radar.clone()], settings.clone());
    let (mut scans, mut changes) = (Scans::default(), Vec::new());
    for turn in 0..turns {
        let time_s = REVISIT_S * turn as f64;
        if turn > 0 {
            truth.step(&mut dice);
        }
        let measured = measure(&radar, truth.place(), &mut dice);
        tracker.ingest(&scans.scan(0, time_s, &[(time_s, measured)]), &mut changes);
        tracker.advance(Time::from_secs(time_s), &mut changes);
    }
    // A plot outside the gate may have started a second one.
    let track = &tracker.tracks()[0];
    assert!(turns < 10 || track.status == Status::Confirmed);
    redan_track::metrics::nees(&(track.kinematics.mean - truth.state), &track.kinematics.covariance)
        .unwrap()
}

#[test]
fn with_the_true_model_the_nees_lies_within_its_bounds() {
    let motion = Motion::ConstantVelocity { density_m2_s3: 2.0, manoeuvre_m_s2: 10.0 };
    let settings = MultiModelSettings {
        motions: vec![(motion, 100.0)],
        vertical_ratio: 0.1,
        gate_prob: 1.0 - 1e-9,
        max_speed_m_s: 500.0,
        ..Default::default()
    };
    let nees = average_nees(&settings, [2.0, 2.0, 0.2]);
    let bounds = average_bounds(6, RUNS as u32, 0.95).unwrap();
    let (low, high) = (bounds.lower_chi2, bounds.upper_chi2);
    let inside = nees.iter().filter(|nees| (low..=high).contains(*nees)).count();
    // 95 of 100 are expected, give or take 2.2.
    assert!((90..=99).contains(&inside), "{inside} of {TURNS} inside {low:.2} to {high:.2}");
}

#[test]
fn with_all_models_the_nees_stays_near_one_a_dimension() {
    let settings = MultiModelSettings::default();
    let nees = average_nees(&settings, [1.0, 1.0, 0.02]);
    let mean = nees.iter().sum::<f64>() / (6.0 * TURNS as f64);
    // Below 1: the manoeuvring model, held ready, widens the covariance of straight flight.
    assert!((0.5..=2.0).contains(&mean), "{mean}");
}
