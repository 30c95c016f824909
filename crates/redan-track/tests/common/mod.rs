//! Seeded noise, a plain radar and a reader of reference tables, shared by tests and examples.
#![allow(dead_code, reason = "each test file uses its own part of this one")]

use redan_geo::{Aer, Ecef, Enu, Geodetic, LocalFrame, Time};
use redan_track::{Plot, PlotId, Reply, Scan, Sensor, SensorId};

/// SplitMix64 (Steele, Lea and Flood 2014) with normal numbers by Box and Muller.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((bits ^ (bits >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub(crate) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.uniform()
    }

    pub(crate) fn normal(&mut self) -> f64 {
        let radius = (-2.0 * libm::log(1.0 - self.uniform())).sqrt();
        radius * libm::cos(std::f64::consts::TAU * self.uniform())
    }
}

/// The tracker's frame of all tests.
pub(crate) fn frame() -> LocalFrame {
    LocalFrame::new(home())
}

/// Origin of [`frame`].
pub(crate) fn home() -> Geodetic {
    Geodetic::from_degrees(52.0, 21.0, 100.0)
}

/// A coarse search radar: 60 m, 0.2° and 0.3°, ten seconds a turn.
pub(crate) fn search_radar(place: Geodetic) -> Sensor {
    Sensor {
        name: "search".into(),
        place,
        range_sigma_m: 60.0,
        azimuth_sigma_rad: 0.2_f64.to_radians(),
        elevation_sigma_rad: 0.3_f64.to_radians(),
        revisit_s: 10.0,
    }
}

/// A fine radar that stares: 5 m and 0.02°, four looks a second.
pub(crate) fn fine_radar(place: Geodetic) -> Sensor {
    Sensor {
        name: "fine".into(),
        place,
        range_sigma_m: 5.0,
        azimuth_sigma_rad: 0.02_f64.to_radians(),
        elevation_sigma_rad: 0.02_f64.to_radians(),
        revisit_s: 0.25,
    }
}

/// Straight flight in [`frame`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Flight {
    pub(crate) start: [f64; 3],
    pub(crate) velocity: [f64; 3],
}

impl Flight {
    pub(crate) fn at(&self, time_s: f64) -> Enu {
        let along = |axis: usize| self.start[axis] + self.velocity[axis] * time_s;
        Enu { east_m: along(0), north_m: along(1), up_m: along(2) }
    }
}

/// What a sensor measures of a place, with its errors.
pub(crate) fn measure(sensor: &Sensor, place: Enu, dice: &mut Dice) -> Aer {
    let seen: Aer = true_look(sensor, frame().ecef(place));
    Aer {
        azimuth_rad: seen.azimuth_rad + sensor.azimuth_sigma_rad * dice.normal(),
        elevation_rad: seen.elevation_rad + sensor.elevation_sigma_rad * dice.normal(),
        range_m: seen.range_m + sensor.range_sigma_m * dice.normal(),
    }
}

/// What a sensor would measure without errors.
pub(crate) fn true_look(sensor: &Sensor, place: Ecef) -> Aer {
    LocalFrame::new(sensor.place).aer(place)
}

/// A point where there is nothing.
pub(crate) fn false_plot(dice: &mut Dice) -> Aer {
    Aer {
        azimuth_rad: dice.between(0.0, std::f64::consts::TAU),
        elevation_rad: dice.between(0.0, 0.2),
        range_m: 400_000.0 * dice.uniform().sqrt(),
    }
}

/// Makes scans and numbers their plots.
#[derive(Default)]
pub(crate) struct Scans {
    pub(crate) next: u64,
}

impl Scans {
    pub(crate) fn scan(&mut self, sensor: u32, until_s: f64, looks: &[(f64, Aer)]) -> Scan {
        let plots = looks.iter().map(|(time_s, measured)| self.plot(*time_s, *measured)).collect();
        Scan {
            sensor: SensorId(sensor),
            until: Time::from_secs(until_s),
            plots,
            bearings: Vec::new(),
        }
    }

    fn plot(&mut self, time_s: f64, measured: Aer) -> Plot {
        self.next += 1;
        Plot {
            id: PlotId(self.next),
            time: Time::from_secs(time_s),
            measured,
            snr_db: 15.0,
            reply: Reply::Silent,
        }
    }
}

/// Rows of a reference table: comments and the header left out, empty cells as NaN.
pub(crate) fn rows(table: &str) -> Vec<Vec<f64>> {
    let lines = table.lines().filter(|line| !line.starts_with('#')).skip(1);
    lines
        .map(|line| line.split(',').map(|cell| cell.parse().unwrap_or(f64::NAN)).collect())
        .collect()
}

/// Fails unless the two agree within `tolerance` of the larger of 1 and the expected.
pub(crate) fn assert_near(found: f64, expected: f64, tolerance: f64) {
    let allowed = tolerance * expected.abs().max(1.0);
    assert!((found - expected).abs() <= allowed, "found {found}, expected {expected}");
}
