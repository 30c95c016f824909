//! The tracker with several motion models on small scenes with known truth.

mod common;

use std::collections::BTreeSet;

use common::{Dice, Flight, Scans, frame, home, measure, search_radar};
use nalgebra::Cholesky;
use proptest::prelude::*;
use redan_geo::{Aer, Time};
use redan_track::motion::Motion;
use redan_track::{
    AnyTracker, DropReason, MultiModel, MultiModelSettings, PlotId, Scan, Sensor, SensorId, Status,
    Track, TrackChange, Tracker,
};

const BOTH: [&str; 2] = ["gnn", "jpda"];

fn tracker(name: &str) -> AnyTracker {
    AnyTracker::by_name(name, frame(), vec![search_radar(home())]).unwrap()
}

fn confirmed(tracker: &AnyTracker) -> Vec<&Track> {
    tracker.as_dyn().tracks().iter().filter(|track| track.status == Status::Confirmed).collect()
}

/// Scans of a search radar, one every ten seconds, of flights seen with probability `seen_prob`.
struct Scene {
    radar: Sensor,
    flights: Vec<Flight>,
    seen_prob: f64,
    scans: Scans,
    dice: Dice,
}

impl Scene {
    fn new(flights: Vec<Flight>, seen_prob: f64, seed: u64) -> Self {
        let radar = search_radar(home());
        Scene { radar, flights, seen_prob, scans: Scans::default(), dice: Dice(seed) }
    }

    fn turn(&mut self, time_s: f64) -> Scan {
        let mut looks = Vec::new();
        for flight in &self.flights {
            if self.dice.uniform() < self.seen_prob {
                looks.push((time_s, measure(&self.radar, flight.at(time_s), &mut self.dice)));
            }
        }
        self.scans.scan(0, time_s, &looks)
    }
}

fn straight() -> Flight {
    Flight { start: [50e3, 50e3, 8e3], velocity: [-220.0, 30.0, 0.0] }
}

#[test]
fn a_flight_is_confirmed_by_its_score_and_dropped_when_it_is_gone() {
    for name in BOTH {
        let (mut tracker, mut changes) = (tracker(name), Vec::new());
        let mut scene = Scene::new(vec![straight()], 1.0, 1);
        for turn in 0..6 {
            tracker.as_dyn_mut().ingest(&scene.turn(10.0 * f64::from(turn)), &mut changes);
        }
        assert_eq!(confirmed(&tracker).len(), 1, "{name}");
        let id = confirmed(&tracker)[0].id;
        tracker.as_dyn_mut().advance(Time::from_secs(80.0), &mut changes);
        assert_eq!(confirmed(&tracker).len(), 1, "{name}: three missed turns are borne");
        tracker.as_dyn_mut().advance(Time::from_secs(500.0), &mut changes);
        let gone = TrackChange::Dropped { track: id, reason: DropReason::NotSeen };
        assert_eq!(changes.last(), Some(&gone), "{name}");
    }
}

#[test]
fn false_plots_alone_confirm_nothing() {
    for name in BOTH {
        let (mut tracker, mut changes, mut dice) = (tracker(name), Vec::new(), Dice(3));
        let mut scans = Scans::default();
        for turn in 0..60 {
            let time_s = 10.0 * f64::from(turn);
            let looks: Vec<_> = (0..20).map(|_| (time_s, common::false_plot(&mut dice))).collect();
            tracker.as_dyn_mut().ingest(&scans.scan(0, time_s, &looks), &mut changes);
            tracker.as_dyn_mut().advance(Time::from_secs(time_s), &mut changes);
        }
        let confirmed =
            changes.iter().filter(|change| matches!(change, TrackChange::Confirmed { .. })).count();
        assert!(confirmed <= 1, "{name}: {confirmed} of 1,200 false plots");
    }
}

#[test]
fn crossing_flights_keep_their_tracks() {
    for name in BOTH {
        let flights = vec![
            Flight { start: [60e3, 40e3, 8e3], velocity: [-200.0, 60.0, 0.0] },
            Flight { start: [60e3, 64e3, 9e3], velocity: [-200.0, -60.0, 0.0] },
        ];
        let (mut tracker, mut changes) = (tracker(name), Vec::new());
        let mut scene = Scene::new(flights.clone(), 0.9, 5);
        let mut ids = BTreeSet::new();
        for turn in 0..40 {
            let time_s = 10.0 * f64::from(turn);
            tracker.as_dyn_mut().ingest(&scene.turn(time_s), &mut changes);
            tracker.as_dyn_mut().advance(Time::from_secs(time_s), &mut changes);
            ids.extend(confirmed(&tracker).iter().map(|track| track.id));
        }
        assert_eq!(ids.len(), 2, "{name}");
        let now = Time::from_secs(390.0);
        for flight in &flights {
            let there = flight.at(390.0).to_array();
            let near = confirmed(&tracker).iter().any(|track| {
                let here = track.kinematics.position_at(now).to_array();
                (0..2).all(|axis| (here[axis] - there[axis]).abs() < 1_500.0)
            });
            assert!(near, "{name}: nobody follows the flight at {there:?}");
        }
    }
}

/// Root mean square error of position over the last turns of a flight that turns at 3 g for half a circle.
fn error_in_turn_m(motions: Vec<(Motion, f64)>) -> f64 {
    let radar = Sensor { revisit_s: 2.0, ..search_radar(home()) };
    let settings = MultiModelSettings { motions, ..Default::default() };
    let mut tracker = MultiModel::new(frame(), vec![radar.clone()], settings);
    let (mut dice, mut scans, mut changes) = (Dice(9), Scans::default(), Vec::new());
    let (mut sum, mut count) = (0.0, 0);
    for step in 0..60 {
        let time_s = 2.0 * f64::from(step);
        let (speed, rate) = (250.0, 0.12);
        let turned = (rate * (time_s - 80.0)).clamp(0.0, std::f64::consts::PI);
        let radius = speed / rate;
        let along = speed * (time_s.min(80.0)) + radius * libm::sin(turned);
        let across = radius * (1.0 - libm::cos(turned));
        let after = (time_s - 80.0 - std::f64::consts::PI / rate).max(0.0) * speed;
        let there =
            redan_geo::Enu { east_m: 60e3 - along + after, north_m: 30e3 + across, up_m: 7e3 };
        let measured = measure(&radar, there, &mut dice);
        tracker.ingest(&scans.scan(0, time_s, &[(time_s, measured)]), &mut changes);
        if time_s >= 82.0
            && let Some(track) = tracker.tracks().first()
        {
            let here = track.kinematics.position_at(Time::from_secs(time_s));
            sum += (here.east_m - there.east_m) * (here.east_m - there.east_m)
                + (here.north_m - there.north_m) * (here.north_m - there.north_m);
            count += 1;
        }
    }
    (sum / f64::from(count)).sqrt()
}

#[test]
fn several_models_follow_a_turn_that_one_loses() {
    let straight = Motion::ConstantVelocity { density_m2_s3: 1.0, manoeuvre_m_s2: 10.0 };
    let one = error_in_turn_m(vec![(straight, 100.0)]);
    let two = error_in_turn_m(MultiModelSettings::default().motions);
    let turning = Motion::Turn { density_m2_s5: 5.0 };
    let turn = error_in_turn_m(vec![(straight, 200.0), (turning, 20.0)]);
    assert!(two < 0.7 * one, "{two:.0} m against {one:.0} m");
    assert!(turn < 0.7 * one, "{turn:.0} m against {one:.0} m");
}

#[test]
fn a_ballistic_model_follows_free_fall() {
    let motion = Motion::Ballistic { coefficient_kg_m2: 5_000.0, density_m2_s3: 1.0 };
    let mean = nalgebra::SVector::<f64, 9>::from_column_slice(&[
        0.0, 0.0, 40e3, 0.0, 1_000.0, 1_000.0, 0.0, 0.0, 0.0,
    ]);
    let mut state = redan_track::motion::State { mean, covariance: nalgebra::SMatrix::identity() };
    for _ in 0..1_000 {
        state = motion.predict(&state, 0.1, 1.0);
    }
    // Above 40 km the air takes little: without it the apex is at 91 km after 102 s, 102 km out.
    let closed_m = 40e3 + 1_000.0 * 100.0 - 0.5 * 9.806_65 * 100.0 * 100.0;
    assert!((state.mean[2] - closed_m).abs() < 500.0, "{}", state.mean[2]);
    assert!((state.mean[1] - 100e3).abs() < 500.0, "{}", state.mean[1]);
    assert!(Cholesky::new(state.covariance.fixed_view::<6, 6>(0, 0).into_owned()).is_some());
}

#[test]
fn the_same_scans_give_the_same_tracks() {
    for name in BOTH {
        let run = || {
            let (mut tracker, mut changes) = (tracker(name), Vec::new());
            let mut scene = Scene::new(vec![straight(); 3], 0.8, 11);
            for turn in 0..20 {
                tracker.as_dyn_mut().ingest(&scene.turn(10.0 * f64::from(turn)), &mut changes);
            }
            (tracker.as_dyn().tracks().to_vec(), changes)
        };
        assert_eq!(run(), run());
    }
}

proptest! {
    #[test]
    fn no_scan_panics(
        plots in prop::collection::vec((any::<f64>(), any::<f64>(), any::<f64>(), -1e6..1e6_f64), 0..40),
        joint in any::<bool>(),
    ) {
        let (mut tracker, mut changes) = (tracker(BOTH[usize::from(joint)]), Vec::new());
        for (index, (azimuth_rad, elevation_rad, range_m, time_s)) in plots.into_iter().enumerate() {
            let time = Time::from_secs(time_s);
            let measured = Aer { azimuth_rad, elevation_rad, range_m };
            let mut scan = Scans::default().scan(0, time_s, &[(time_s, measured), (time_s, measured)]);
            scan.sensor = SensorId((index % 2) as u32);
            scan.plots[0].id = PlotId(index as u64);
            tracker.as_dyn_mut().ingest(&scan, &mut changes);
            tracker.as_dyn_mut().advance(time, &mut changes);
        }
        for track in tracker.as_dyn().tracks() {
            prop_assert!(track.kinematics.mean.iter().all(|entry| entry.is_finite()));
        }
    }
}
