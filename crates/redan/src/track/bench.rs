//! The format `bench-csv`: plots of a radar at the origin of a flat Earth.
//!
//! Columns `scan, time_s, elevation_rad, bearing_rad, range_m`, others are ignored; the bearing counts from east,
//! anticlockwise. The truth has `scan, time_s, target, x, vx, y, vy, z, vz`: x east, y north, z up, in metres and
//! m/s. A column `origin`, which says what caused a plot, is never read.

use std::f64::consts::{FRAC_PI_2, TAU};

use redan_geo::{Aer, Geodetic, Time};
use redan_sim::recorded::{Faults, Row, Table, TableError};
use redan_track::{Plot, PlotId, Reply, Sensor};

use super::sensor::SensorOptions;
use super::{Recorded, RecordedScan, TrueState, Truth, checked, time_of};

const PLOTS: [&str; 5] = ["scan", "time_s", "elevation_rad", "bearing_rad", "range_m"];
const TRUTH: [&str; 9] = ["scan", "time_s", "target", "x", "vx", "y", "vy", "z", "vz"];

/// Range beyond which a row is no plot, metres.
const FARTHEST_M: f64 = 1e8;

/// Reads plots. `name` is the file's, for messages.
pub(crate) fn read(
    name: &str,
    text: &str,
    options: &SensorOptions,
) -> Result<Recorded, TableError> {
    let mut table = Table::open(name, text, &PLOTS, &[])?;
    let (mut faults, mut scans): (Faults, Vec<RecordedScan>) = Default::default();
    let mut plots = 0;
    while let Some(row) = table.next_row(&mut faults) {
        let Some((number, time_s, at, measured)) = plot_of(&table, &row, &mut faults) else {
            continue;
        };
        if begins(&table, &row, scans.last(), number, at, &mut faults)? {
            scans.push(RecordedScan {
                number,
                time_s,
                until: at,
                plots: Vec::new(),
                flat_plots: Vec::new(),
            });
        }
        let Some(scan) = scans.last_mut() else { continue };
        scan.until = scan.until.max(at);
        let (id, reply) = (PlotId(plots), Reply::NotAsked);
        plots += 1;
        scan.plots.push(Plot { id, time: at, measured, snr_db: 15.0, reply });
    }
    for scan in &mut scans {
        scan.plots.sort_by_key(|plot| plot.time);
    }
    // Anywhere will do on a flat Earth, since all coordinates are those of the sensor.
    let place = Geodetic::from_degrees(0.0, 0.0, 0.0);
    let sensor = sensor(options, place, spacing_s(&scans));
    checked(name, Recorded { sensor, flat: None, scans, faults })
}

/// Reads the truth.
pub(crate) fn read_truth(name: &str, text: &str) -> Result<Truth, TableError> {
    let mut table = Table::open(name, text, &TRUTH, &[])?;
    let mut truth = Truth::default();
    let mut faults = Faults::default();
    while let Some(row) = table.next_row(&mut faults) {
        let mut number = |column| table.number(&row, column, &mut faults);
        let states = ["time_s", "x", "y", "z", "vx", "vy", "vz"].map(&mut number);
        let [Some(time_s), Some(x), Some(y), Some(z), Some(vx), Some(vy), Some(vz)] = states else {
            continue;
        };
        let Some(object) = table.whole(&row, "target", &mut faults) else { continue };
        let Some(at) = time_of(time_s, row.line, &mut faults) else { continue };
        let state = TrueState { object, place_m: [x, y, z], velocity_m_s: [vx, vy, vz] };
        truth.add(at, state, row.line);
    }
    truth.faults.merge(&faults);
    Ok(truth)
}

/// What a tracker is told of the sensor.
pub(super) fn sensor(options: &SensorOptions, place: Geodetic, spacing_s: Option<f64>) -> Sensor {
    Sensor {
        name: "recorded".to_owned(),
        place,
        range_sigma_m: options.range_sigma_m,
        azimuth_sigma_rad: options.azimuth_sigma_deg.to_radians(),
        elevation_sigma_rad: options.elevation_sigma_deg.to_radians(),
        revisit_s: options.revisit_s.or(spacing_s).unwrap_or(4.0),
    }
}

/// Median time between two scans, seconds; `None` where all are at one time.
pub(super) fn spacing_s(scans: &[RecordedScan]) -> Option<f64> {
    let steps = scans.windows(2).map(|pair| (pair[1].until - pair[0].until).as_secs());
    let mut steps: Vec<f64> = steps.filter(|step_s| *step_s > 0.0).collect();
    steps.sort_by(f64::total_cmp);
    steps.get(steps.len() / 2).copied()
}

/// Scan, time as written, time, and what was measured.
fn plot_of(table: &Table<'_>, row: &Row, faults: &mut Faults) -> Option<(u64, f64, Time, Aer)> {
    let scan = table.whole(row, "scan", faults)?;
    let time_s = table.number(row, "time_s", faults)?;
    let elevation_rad = table.number(row, "elevation_rad", faults)?;
    let bearing_rad = table.number(row, "bearing_rad", faults)?;
    let range_m = table.number(row, "range_m", faults)?;
    let at = time_of(time_s, row.line, faults)?;
    if !(range_m > 0.0 && range_m < FARTHEST_M) {
        faults.add("a range that is not above 0 and below 100,000 km", row.line);
        return None;
    }
    if elevation_rad.abs() > FRAC_PI_2 {
        faults.add("an elevation beyond the zenith", row.line);
        return None;
    }
    if bearing_rad.abs() > 2.0 * TAU {
        faults.add("a bearing of more than two turns", row.line);
        return None;
    }
    let azimuth_rad = (FRAC_PI_2 - bearing_rad).rem_euclid(TAU);
    Some((scan, time_s, at, Aer { azimuth_rad, elevation_rad, range_m }))
}

/// Whether a row begins a new scan. Scans and times must rise through the file.
fn begins(
    table: &Table<'_>,
    row: &Row,
    last: Option<&RecordedScan>,
    number: u64,
    at: Time,
    faults: &mut Faults,
) -> Result<bool, TableError> {
    let Some(last) = last else { return Ok(true) };
    let backwards = |reason: String| {
        let hint = "sort the rows by scan and time";
        Err(TableError::new(table.name(), row.line, &reason, hint))
    };
    if number < last.number {
        return backwards(format!("scan {number} comes after scan {}", last.number));
    }
    if number == last.number {
        return Ok(false);
    }
    if at < last.until {
        let (now_s, last_s) = (at.as_secs(), last.until.as_secs());
        return backwards(format!("time runs backwards, from {last_s} s to {now_s} s"));
    }
    if at == last.until {
        faults.add("a scan at the same time as the one before", row.line);
    }
    Ok(true)
}
