//! The whole tracker on small scenes with known truth.

mod common;

use std::collections::BTreeSet;

use common::{Dice, Flight, Scans, false_plot, fine_radar, frame, home, measure, search_radar};
use redan_geo::{Aer, Enu, Geodetic, Time};
use redan_track::{
    AnyTracker, DropReason, NearestNeighbour, NearestSettings, PlotId, Scan, Sensor, SensorId,
    Status, Track, TrackChange, TrackId, Tracker,
};

fn tracker(sensors: &[Sensor]) -> NearestNeighbour {
    NearestNeighbour::new(frame(), sensors.to_vec(), NearestSettings::default())
}

fn confirmed(tracker: &NearestNeighbour) -> Vec<&Track> {
    tracker.tracks().iter().filter(|track| track.status == Status::Confirmed).collect()
}

fn apart_m(a: Enu, b: Enu) -> f64 {
    let [a, b] = [a.to_array(), b.to_array()];
    (0..3).map(|axis| (a[axis] - b[axis]) * (a[axis] - b[axis])).sum::<f64>().sqrt()
}

/// Scans of one radar looking at flights once a turn, each plot at the end of the turn.
struct Scene {
    radar: Sensor,
    flights: Vec<Flight>,
    scans: Scans,
    dice: Dice,
}

impl Scene {
    fn new(radar: Sensor, flights: Vec<Flight>, seed: u64) -> Self {
        Scene { radar, flights, scans: Scans::default(), dice: Dice(seed) }
    }

    fn turn(&mut self, time_s: f64) -> Scan {
        let looks: Vec<(f64, Aer)> = self
            .flights
            .iter()
            .map(|flight| (time_s, measure(&self.radar, flight.at(time_s), &mut self.dice)))
            .collect();
        self.scans.scan(0, time_s, &looks)
    }
}

#[test]
fn a_flight_is_confirmed_by_its_third_plot_and_dropped_when_it_is_gone() {
    let flight = Flight { start: [50e3, 50e3, 8e3], velocity: [-220.0, 30.0, 0.0] };
    let mut scene = Scene::new(search_radar(home()), vec![flight], 1);
    let mut tracker = tracker(&[scene.radar.clone()]);
    let mut changes = Vec::new();
    for turn in 0..3 {
        assert!(confirmed(&tracker).is_empty());
        tracker.ingest(&scene.turn(10.0 * f64::from(turn)), &mut changes);
    }
    let id = confirmed(&tracker)[0].id;
    assert_eq!(confirmed(&tracker)[0].confirmed, Some(Time::from_secs(20.0)));
    assert_eq!(tracker.tracks()[0].replies.asked, 3);
    tracker.advance(Time::from_secs(64.0), &mut changes);
    assert_eq!(tracker.tracks().len(), 1);
    tracker.advance(Time::from_secs(66.0), &mut changes);
    assert!(tracker.tracks().is_empty());
    let dropped = TrackChange::Dropped { track: id, reason: DropReason::NotSeen };
    assert_eq!(changes.last(), Some(&dropped));
}

#[test]
fn a_single_plot_is_forgotten() {
    let mut tracker = tracker(&[search_radar(home())]);
    let mut changes = Vec::new();
    let seen = Aer { azimuth_rad: 1.0, elevation_rad: 0.05, range_m: 90_000.0 };
    tracker.ingest(&Scans::default().scan(0, 0.0, &[(0.0, seen)]), &mut changes);
    tracker.advance(Time::from_secs(26.0), &mut changes);
    let reason = DropReason::NotConfirmed;
    assert_eq!(changes.last(), Some(&TrackChange::Dropped { track: TrackId(1), reason }));
}

#[test]
fn scans_of_others_neither_end_nor_prolong_the_life_of_a_track() {
    let flight = Flight { start: [50e3, 50e3, 8e3], velocity: [-220.0, 30.0, 0.0] };
    let mut scene = Scene::new(search_radar(home()), vec![flight], 1);
    let mut tracker = tracker(&[scene.radar.clone()]);
    let mut changes = Vec::new();
    for turn in 0..3 {
        tracker.ingest(&scene.turn(10.0 * f64::from(turn)), &mut changes);
    }
    let id = confirmed(&tracker)[0].id;
    // Its time is up at 65 s. A scan that begins before with a plot of something else, and ends with
    // one of the flight itself after that, must not revive it; nor is it the scan that drops it.
    let elsewhere = Aer { azimuth_rad: 4.0, elevation_rad: 0.05, range_m: 90e3 };
    let late = measure(&scene.radar, scene.flights[0].at(66.0), &mut scene.dice);
    let looks = [(64.0, elsewhere), (66.0, late)];
    changes.clear();
    tracker.ingest(&scene.scans.scan(0, 66.0, &looks), &mut changes);
    let started = changes.iter().filter(|change| matches!(change, TrackChange::Started { .. }));
    assert_eq!((started.count(), changes.len()), (2, 2), "{changes:?}");
    tracker.advance(Time::from_secs(66.0), &mut changes);
    let dropped = TrackChange::Dropped { track: id, reason: DropReason::NotSeen };
    assert_eq!(changes.last(), Some(&dropped));
}

#[test]
fn crossing_flights_keep_their_numbers() {
    let mut kept = 0;
    for seed in 0..20 {
        let flights = vec![
            Flight { start: [-30e3, 80e3, 9e3], velocity: [200.0, 0.0, 0.0] },
            Flight { start: [0.0, 50e3, 9e3], velocity: [0.0, 200.0, 0.0] },
        ];
        let mut scene = Scene::new(search_radar(home()), flights.clone(), seed);
        let mut tracker = tracker(&[scene.radar.clone()]);
        let mut changes = Vec::new();
        for turn in 0..=30 {
            tracker.ingest(&scene.turn(10.0 * f64::from(turn)), &mut changes);
        }
        let follows = |track: &&Track| {
            let flight = &flights[usize::from(track.id == TrackId(2))];
            apart_m(track.kinematics.position(), flight.at(300.0)) < 1_500.0
        };
        let all = confirmed(&tracker);
        kept += usize::from(all.len() == 2 && all.iter().all(follows));
    }
    assert!(kept >= 18, "{kept} of 20 crossings kept");
}

#[test]
fn false_plots_are_seldom_confirmed() {
    let mut tracker = tracker(&[search_radar(home())]);
    let (mut scans, mut dice, mut changes) = (Scans::default(), Dice(11), Vec::new());
    for turn in 0..200 {
        let time_s = 10.0 * f64::from(turn);
        let looks: Vec<_> = (0..20).map(|_| (time_s, false_plot(&mut dice))).collect();
        tracker.ingest(&scans.scan(0, time_s, &looks), &mut changes);
    }
    let count = changes.iter().filter(|change| matches!(change, TrackChange::Confirmed { .. }));
    let count = count.count();
    assert!(count <= 4, "{count} of 4000 false plots ended in the picture");
}

#[test]
fn flights_among_false_plots_are_all_tracked() {
    let mut dice = Dice(21);
    let flights: Vec<Flight> = (0..40)
        .map(|_| Flight {
            start: [dice.between(-150e3, 150e3), dice.between(-150e3, 150e3), 9e3],
            velocity: [dice.between(-250.0, 250.0), dice.between(-250.0, 250.0), 0.0],
        })
        .collect();
    let mut scene = Scene::new(search_radar(home()), flights.clone(), 22);
    let mut tracker = tracker(&[scene.radar.clone()]);
    let mut changes = Vec::new();
    for turn in 0..20 {
        let time_s = 10.0 * f64::from(turn);
        let mut scan = scene.turn(time_s);
        let noise: Vec<_> = (0..20).map(|_| (time_s, false_plot(&mut dice))).collect();
        scan.plots.extend(scene.scans.scan(0, time_s, &noise).plots);
        tracker.ingest(&scan, &mut changes);
    }
    let found = flights.iter().filter(|flight| {
        let truth = flight.at(190.0);
        confirmed(&tracker).iter().any(|t| apart_m(t.kinematics.position(), truth) < 2_000.0)
    });
    assert!(found.count() >= 39);
    let extra = confirmed(&tracker).len();
    assert!(extra <= 43, "{extra} tracks of 40 flights");
}

/// A coarse and a fine radar at different places see one flight; both feed one track, which is far
/// better than the coarse radar alone, and which outlives the fine radar.
#[test]
fn two_sensors_feed_one_track() {
    let sensors = [search_radar(home()), fine_radar(Geodetic::from_degrees(52.2, 21.3, 150.0))];
    let flight = Flight { start: [60e3, 40e3, 7e3], velocity: [-180.0, -60.0, 0.0] };
    let (mut scans, mut dice, mut changes) = (Scans::default(), Dice(31), Vec::new());
    let mut tracker = tracker(&sensors);
    for tick in 0..400 {
        let time_s = 0.25 * f64::from(tick);
        let look = |sensor: usize, dice: &mut Dice| {
            [(time_s, measure(&sensors[sensor], flight.at(time_s), dice))]
        };
        if tick % 40 == 0 {
            tracker.ingest(&scans.scan(0, time_s, &look(0, &mut dice)), &mut changes);
        }
        if (200..300).contains(&tick) {
            tracker.ingest(&scans.scan(1, time_s, &look(1, &mut dice)), &mut changes);
        }
        if tick == 299 {
            let state = &confirmed(&tracker)[0].kinematics;
            assert!(apart_m(state.position(), flight.at(time_s)) < 20.0);
            assert!(state.position_sigma_m() < 20.0);
        }
    }
    let all = confirmed(&tracker);
    assert_eq!(all.len(), 1);
    assert_eq!((all[0].id, all[0].last_sensor), (TrackId(1), SensorId(0)));
    assert!(all[0].hits > 100);
}

/// The coarse radar's plots come two seconds late, after younger ones of the fine radar.
#[test]
fn late_plots_of_one_sensor_feed_the_same_track() {
    let sensors = [search_radar(home()), fine_radar(home())];
    let flight = Flight { start: [60e3, 40e3, 7e3], velocity: [-180.0, -60.0, 0.0] };
    let (mut scans, mut dice, mut changes) = (Scans::default(), Dice(41), Vec::new());
    let mut tracker = tracker(&sensors);
    for tick in 0..400 {
        let time_s = 0.25 * f64::from(tick);
        let fine = [(time_s, measure(&sensors[1], flight.at(time_s), &mut dice))];
        tracker.ingest(&scans.scan(1, time_s, &fine), &mut changes);
        if tick % 40 == 8 {
            let then_s = time_s - 2.0;
            let coarse = [(then_s, measure(&sensors[0], flight.at(then_s), &mut dice))];
            tracker.ingest(&scans.scan(0, then_s, &coarse), &mut changes);
        }
    }
    // One plot in a hundred falls outside the gate and starts a tentative track of its own.
    assert_eq!(confirmed(&tracker).len(), 1);
    let state = &tracker.tracks()[0].kinematics;
    assert!(apart_m(state.position(), flight.at(99.75)) < 25.0);
    assert_eq!(state.time, Time::from_secs(99.75));
}

/// Plots of a turn carry their own times, and the sector is delivered at its end.
#[test]
fn plots_of_one_scan_may_be_seconds_apart() {
    let radar = search_radar(home());
    let flights = [
        Flight { start: [80e3, 10e3, 9e3], velocity: [250.0, 0.0, 0.0] },
        Flight { start: [-80e3, 10e3, 9e3], velocity: [-250.0, 0.0, 0.0] },
    ];
    let (mut scans, mut dice, mut changes) = (Scans::default(), Dice(51), Vec::new());
    let mut tracker = tracker(std::slice::from_ref(&radar));
    for turn in 0..10 {
        let base_s = 10.0 * f64::from(turn);
        let looks: Vec<_> = [2.5, 7.5]
            .iter()
            .zip(&flights)
            .map(|(at_s, flight)| (base_s + at_s, flight.at(base_s + at_s)))
            .map(|(time_s, place)| (time_s, measure(&radar, place, &mut dice)))
            .collect();
        tracker.ingest(&scans.scan(0, base_s + 10.0, &looks), &mut changes);
    }
    let times: Vec<_> = confirmed(&tracker).iter().map(|track| track.kinematics.time).collect();
    assert_eq!(times, [Time::from_secs(92.5), Time::from_secs(97.5)]);
}

#[test]
fn bad_plots_and_unknown_sensors_are_ignored() {
    let broken = Sensor { range_sigma_m: 0.0, ..search_radar(home()) };
    let mut tracker = tracker(&[search_radar(home()), broken]);
    let (mut scans, mut changes) = (Scans::default(), Vec::new());
    let good = Aer { azimuth_rad: 1.0, elevation_rad: 0.1, range_m: 50_000.0 };
    let bad = [
        Aer { azimuth_rad: f64::NAN, ..good },
        Aer { elevation_rad: f64::INFINITY, ..good },
        Aer { range_m: f64::NAN, ..good },
        Aer { range_m: f64::INFINITY, ..good },
        Aer { range_m: -1.0, ..good },
    ];
    let looks: Vec<_> = bad.iter().map(|measured| (0.0, *measured)).collect();
    tracker.ingest(&scans.scan(0, 0.0, &looks), &mut changes);
    tracker.ingest(&scans.scan(1, 0.0, &[(0.0, good)]), &mut changes);
    tracker.ingest(&scans.scan(7, 0.0, &[(0.0, good)]), &mut changes);
    assert!(changes.is_empty() && tracker.tracks().is_empty());
}

/// Repeated, backward and absurdly far times, and plots on the antenna itself.
#[test]
fn strange_times_and_places_do_not_panic() {
    let mut tracker = tracker(&[search_radar(home()), fine_radar(home())]);
    let (mut scans, mut dice, mut changes) = (Scans::default(), Dice(61), Vec::new());
    let times_s = [0.0, 0.0, 5.0, 5.0, -1e9, 3.0, 1e9, 4.0, 1e30, -1e30, 6.0];
    for round in 0..20 {
        for time_s in times_s {
            let looks: Vec<_> = (0..8)
                .map(|_| false_plot(&mut dice))
                .map(|seen| (time_s, Aer { range_m: seen.range_m * 1e-3 + 1e-9, ..seen }))
                .collect();
            tracker.ingest(&scans.scan(round % 2, time_s, &looks), &mut changes);
        }
    }
    assert!(tracker.tracks().iter().all(|t| t.kinematics.mean.iter().all(|x| x.is_finite())));
}

/// Two scans of `count` plots between two ranges in a sector: pairs made, and tracks left.
fn crowd(count: usize, sector_rad: f64, range_m: [f64; 2]) -> (Vec<(TrackId, PlotId)>, usize) {
    let mut tracker = tracker(&[search_radar(home())]);
    let (mut scans, mut dice, mut changes) = (Scans::default(), Dice(71), Vec::new());
    for turn in 0..2 {
        let time_s = 10.0 * f64::from(turn);
        let mut look = || Aer {
            azimuth_rad: dice.between(0.0, sector_rad),
            elevation_rad: 0.05,
            range_m: dice.between(range_m[0], range_m[1]),
        };
        let looks: Vec<_> = (0..count).map(|_| (time_s, look())).collect();
        tracker.ingest(&scans.scan(0, time_s, &looks), &mut changes);
    }
    let updated = |change: &TrackChange| match change {
        TrackChange::Updated { track, plot, .. } => Some((*track, *plot)),
        _ => None,
    };
    (changes.iter().filter_map(updated).collect(), tracker.tracks().len())
}

fn assert_one_to_one(pairs: &[(TrackId, PlotId)]) {
    let tracks: BTreeSet<_> = pairs.iter().map(|pair| pair.0).collect();
    let plots: BTreeSet<_> = pairs.iter().map(|pair| pair.1).collect();
    assert_eq!([tracks.len(), plots.len()], [pairs.len(); 2]);
}

#[test]
fn ten_thousand_plots_in_a_scan_are_paired_one_to_one() {
    let (pairs, tracks) = crowd(10_000, std::f64::consts::TAU, [5e3, 400e3]);
    assert_one_to_one(&pairs);
    assert!(pairs.len() > 5_000, "{} pairs", pairs.len());
    assert_eq!(tracks, 20_000 - pairs.len());
}

/// All plots are one cluster, far too large for the exact solution.
#[test]
fn a_crowded_beam_falls_back_to_the_greedy_choice() {
    let (pairs, tracks) = crowd(1_000, 0.1, [100e3, 110e3]);
    assert_one_to_one(&pairs);
    assert!(pairs.len() > 800, "{} pairs", pairs.len());
    assert_eq!(tracks, 2_000 - pairs.len());
}

/// A plot far older than the track is another matter: it starts a track of its own.
#[test]
fn plots_beyond_the_late_limit_are_not_weighed() {
    let radar = search_radar(home());
    let flight = Flight { start: [60e3, 40e3, 7e3], velocity: [0.0; 3] };
    let mut scene = Scene::new(radar.clone(), vec![flight], 5);
    let mut tracker = tracker(&[radar]);
    let mut changes = Vec::new();
    for time_s in [0.0, 10.0, 20.0, 30.0, 25.0, 15.0] {
        tracker.ingest(&scene.turn(time_s), &mut changes);
    }
    let first: Vec<_> = tracker.tracks().iter().map(|track| track.hits).collect();
    assert_eq!(first, [5, 1]);
}

#[test]
fn settings_of_a_file_take_defaults_for_what_is_missing() {
    let read: NearestSettings = serde_json::from_str(r#"{"gate_prob": 0.95}"#).unwrap();
    assert_eq!(read, NearestSettings { gate_prob: 0.95, ..Default::default() });
    assert!(serde_json::from_str::<NearestSettings>(r#"{"gate": 1}"#).is_err());
}

#[test]
fn a_track_survives_being_written_and_read() {
    let flight = Flight { start: [60e3, 40e3, 7e3], velocity: [100.0, 0.0, 0.0] };
    let mut scene = Scene::new(search_radar(home()), vec![flight], 6);
    let mut tracker = tracker(&[scene.radar.clone()]);
    (0..4).for_each(|turn| tracker.ingest(&scene.turn(10.0 * f64::from(turn)), &mut Vec::new()));
    let text = serde_json::to_string(&tracker.tracks()[0]).unwrap();
    assert_eq!(&serde_json::from_str::<Track>(&text).unwrap(), &tracker.tracks()[0]);
}

#[test]
fn a_forked_tracker_goes_on_alike() {
    let flight = Flight { start: [50e3, 50e3, 8e3], velocity: [-220.0, 30.0, 0.0] };
    let mut scene = Scene::new(search_radar(home()), vec![flight; 3], 81);
    let mut one = AnyTracker::by_name("nearest", frame(), vec![scene.radar.clone()]).unwrap();
    let mut changes = Vec::new();
    for turn in 0..4 {
        one.as_dyn_mut().ingest(&scene.turn(10.0 * f64::from(turn)), &mut changes);
    }
    let mut other = AnyTracker::Custom(one.as_dyn().boxed_clone()).clone();
    let (mut first, mut second) = (Vec::new(), Vec::new());
    let scan = scene.turn(40.0);
    one.as_dyn_mut().ingest(&scan, &mut first);
    other.as_dyn_mut().ingest(&scan, &mut second);
    assert_eq!(first, second);
    assert_eq!(one.as_dyn().tracks(), other.as_dyn().tracks());
    assert!(AnyTracker::by_name("none", frame(), vec![]).is_none());
}
