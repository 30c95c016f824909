//! How long does one scan take? Prints milliseconds a scan for 200 flights, each detected with
//! probability 0.9, and 20 false plots a scan of a three-dimensional radar; then the seconds that an
//! absurd scan takes, 10,000 plots crowded into one beam against as many tracks.
//!
//! ```text
//! cargo run --release -p redan-track --example scan_speed
//! ```

#[path = "../tests/common/mod.rs"]
mod common;

use std::time::Instant;

use common::{Dice, Flight, Scans, false_plot, frame, home, measure, search_radar};
use redan_geo::Aer;
use redan_track::{NearestNeighbour, NearestSettings, Scan, Sensor, Status, Tracker};

const TURNS: usize = 200;

fn main() {
    let radar = search_radar(home());
    let scans = record(&radar);
    let mut tracker = NearestNeighbour::new(frame(), vec![radar], NearestSettings::default());
    let mut changes = Vec::new();
    let mut times_ms = Vec::new();
    for scan in &scans {
        changes.clear();
        let start = Instant::now();
        tracker.ingest(scan, &mut changes);
        times_ms.push(start.elapsed().as_secs_f64() * 1e3);
    }
    times_ms.sort_by(f64::total_cmp);
    let confirmed = tracker.tracks().iter().filter(|track| track.status == Status::Confirmed);
    println!(
        "tracks at the end: {} confirmed, {} in all",
        confirmed.count(),
        tracker.tracks().len()
    );
    println!(
        "a scan: mean {:.3} ms, median {:.3} ms, longest {:.3} ms",
        times_ms.iter().sum::<f64>() / TURNS as f64,
        times_ms[TURNS / 2],
        times_ms[TURNS - 1],
    );
    println!("a crowded beam: {:.2} s", crowded_s());
}

/// Seconds of the second of two scans of 10,000 plots in a beam of 17 degrees.
fn crowded_s() -> f64 {
    let settings = NearestSettings::default();
    let mut tracker = NearestNeighbour::new(frame(), vec![search_radar(home())], settings);
    let (mut dice, mut scans, mut changes) = (Dice(1), Scans::default(), Vec::new());
    let mut crowd = |time_s: f64| {
        let mut look = || Aer {
            azimuth_rad: dice.between(0.0, 0.3),
            elevation_rad: 0.05,
            range_m: dice.between(100e3, 180e3),
        };
        let looks: Vec<_> = (0..10_000).map(|_| (time_s, look())).collect();
        scans.scan(0, time_s, &looks)
    };
    let [first, second] = [crowd(0.0), crowd(10.0)];
    tracker.ingest(&first, &mut changes);
    let start = Instant::now();
    tracker.ingest(&second, &mut changes);
    start.elapsed().as_secs_f64()
}

/// All scans, made beforehand so that only the tracker is timed.
fn record(radar: &Sensor) -> Vec<Scan> {
    let mut dice = Dice(2_026);
    let flights: Vec<Flight> = (0..200)
        .map(|_| Flight {
            start: [
                dice.between(-250e3, 250e3),
                dice.between(-250e3, 250e3),
                dice.between(5e3, 12e3),
            ],
            velocity: [dice.between(-150.0, 150.0), dice.between(-150.0, 150.0), 0.0],
        })
        .collect();
    let mut scans = Scans::default();
    let turn = |turn: usize| {
        let time_s = 10.0 * turn as f64;
        let mut looks = Vec::new();
        for flight in &flights {
            if dice.uniform() < 0.9 {
                looks.push((time_s, measure(radar, flight.at(time_s), &mut dice)));
            }
        }
        looks.extend((0..20).map(|_| (time_s, false_plot(&mut dice))));
        scans.scan(0, time_s, &looks)
    };
    (0..TURNS).map(turn).collect()
}
