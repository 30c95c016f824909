//! The format `asterix`: target reports of one radar (CAT048), as blocks or as a capture of datagrams.
//!
//! The radar is the first one that reports a target, unless `--sensor sac=…,sic=…` names another. Its place comes from its
//! own service messages (I034/120) or from `lat` and `lon`; a scan is a turn of its antenna (I034/041, `revisit_s`), counted
//! from the first plot. A report with a height, measured (I048/110) or told by mode C (I048/090, the height of the
//! standard atmosphere, which is off by tens of metres), is a plot with the elevation that this height has at this
//! range; one without is a plot of a radar that measures no elevation. Reports of test targets, fixed transponders
//! and coasted tracks are left out. Times of day go on over midnight.

use std::f64::consts::{FRAC_PI_2, TAU};

use redan_exchange::asterix::{self, Record, Source, TargetReport};
use redan_geo::{Aer, Geodetic, MEAN_RADIUS_M, Time};
use redan_sim::recorded::{Faults, TableError};
use redan_track::{Plot, PlotId, Reply, Sensor};

use super::bench::sensor;
use super::sensor::SensorOptions;
use super::{Recorded, RecordedScan, checked};

/// Turn of an antenna that says nothing of it, seconds.
const USUAL_TURN_S: f64 = 10.0;
/// A time of day that falls by more than this has passed midnight, seconds.
const HALF_A_DAY_S: f64 = 43_200.0;

/// A target report in the order of its time.
struct Report {
    time_s: f64,
    measured: Aer,
    has_height: bool,
}

/// Reads the reports of one radar. `name` is the file's, for messages.
pub(crate) fn read(
    name: &str,
    file: &[u8],
    options: &SensorOptions,
) -> Result<Recorded, TableError> {
    let mut faults = Faults::by("at octet");
    let radar = Radar::find(name, file, options)?;
    let mut reports = radar.reports(file, &mut faults);
    reports.sort_by(|a, b| a.time_s.total_cmp(&b.time_s));
    let turn_s = options.revisit_s.or(radar.turn_s).unwrap_or(USUAL_TURN_S);
    let scans = scans(&reports, turn_s);
    let sensor = Sensor { name: radar.name(), ..sensor(options, radar.place, Some(turn_s)) };
    let flat = Sensor { elevation_sigma_rad: f64::INFINITY, ..sensor.clone() };
    checked(name, Recorded { sensor, flat: Some(flat), scans, faults })
}

/// The radar whose reports are read.
struct Radar {
    source: Source,
    place: Geodetic,
    turn_s: Option<f64>,
}

impl Radar {
    /// The radar that is asked for, or the first one, with what it says of itself.
    fn find(name: &str, file: &[u8], options: &SensorOptions) -> Result<Radar, TableError> {
        let records = || asterix::read(file).flatten();
        let wanted = options.sac_sic().map(|(sac, sic)| Source { sac, sic });
        let first = || {
            records().find_map(|record| match record {
                Record::Report(report) if report.polar.is_some() => report.source,
                _ => None,
            })
        };
        let Some(source) = wanted.or_else(first) else {
            return Err(TableError(format!(
                "{name}: no target report of a radar (CAT048 with I048/040)\nhint: `--format` says how the file is \
                 written; plots are in CAT048"
            )));
        };
        let (mut said, mut turn_s) = (None, None);
        for record in records() {
            if let Record::Service(message) = record
                && message.source == Some(source)
            {
                said = said.or(message.place);
                turn_s = turn_s.or(message.turn_s.filter(|turn_s| *turn_s > 0.0));
            }
        }
        let given = options.lat_deg.zip(options.lon_deg);
        let given = given
            .map(|(lat_deg, lon_deg)| Geodetic::from_degrees(lat_deg, lon_deg, options.height_m));
        let Some(place) = given.or(said) else {
            return Err(TableError(format!(
                "{name}: radar {}/{} does not say where it stands (I034/120)\nhint: `--sensor lat=…,lon=…,height_m=…`",
                source.sac, source.sic
            )));
        };
        Ok(Radar { source, place, turn_s })
    }

    fn name(&self) -> String {
        format!("{}/{}", self.source.sac, self.source.sic)
    }

    fn reports(&self, file: &[u8], faults: &mut Faults) -> Vec<Report> {
        let (mut reports, mut days_s, mut last_s) = (Vec::new(), 0.0, f64::NAN);
        let mut reader = asterix::read(file);
        while let Some(record) = reader.next() {
            let octet = reader.offset();
            let report = match record {
                Ok(Record::Report(report)) => report,
                Ok(_) => continue,
                Err(fault) => {
                    faults.add(fault.wrong.words(), octet);
                    continue;
                }
            };
            if report.source != Some(self.source) {
                faults.add("a report of another radar", octet);
                continue;
            }
            match self.report(&report) {
                Ok(mut report) => {
                    if report.time_s - last_s < -HALF_A_DAY_S {
                        days_s += 2.0 * HALF_A_DAY_S;
                    }
                    last_s = report.time_s;
                    report.time_s += days_s;
                    reports.push(report);
                }
                Err(reason) => faults.add(reason, octet),
            }
        }
        reports
    }

    fn report(&self, report: &TargetReport) -> Result<Report, &'static str> {
        let polar = report.polar.ok_or("a report without range and azimuth")?;
        let time_s = report.time_of_day_s.ok_or("a report without a time of day")?;
        if report.descriptor.is_some_and(|what| what.test || what.field_monitor) {
            return Err("a test target");
        }
        if polar.range_m <= 0.0 {
            return Err("a range of 0");
        }
        let told =
            report.mode_c.filter(|told| !told.doubtful && !told.garbled).map(|told| told.level_m);
        let height_m = report.height_3d_m.or(told);
        let elevation = height_m
            .and_then(|height_m| elevation_rad(self.place.height_m, height_m, polar.range_m));
        let azimuth_rad = polar.azimuth_rad.rem_euclid(TAU);
        let measured =
            Aer { azimuth_rad, elevation_rad: elevation.unwrap_or(0.0), range_m: polar.range_m };
        Ok(Report { time_s, measured, has_height: elevation.is_some() })
    }
}

/// Elevation at which something at a height is at a slant range, over a sphere; `None` where no such place is.
fn elevation_rad(own_m: f64, height_m: f64, range_m: f64) -> Option<f64> {
    let (near_m, far_m) = (MEAN_RADIUS_M + own_m, MEAN_RADIUS_M + height_m);
    let sine = (far_m * far_m - near_m * near_m - range_m * range_m) / (2.0 * near_m * range_m);
    (sine.abs() <= 1.0)
        .then(|| libm::asin(sine))
        .filter(|elevation_rad| elevation_rad.abs() < FRAC_PI_2)
}

/// Turns of the antenna, counted from the first plot.
fn scans(reports: &[Report], turn_s: f64) -> Vec<RecordedScan> {
    let Some(first) = reports.first() else { return Vec::new() };
    let turn = |report: &Report| ((report.time_s - first.time_s) / turn_s) as u64;
    let mut scans = Vec::new();
    let mut number = 0;
    for set in reports.chunk_by(|a, b| turn(a) == turn(b)) {
        let plots = set.iter().zip(number..).map(|(report, number)| Plot {
            id: PlotId(number),
            time: Time::from_secs(report.time_s),
            measured: report.measured,
            snr_db: 15.0,
            reply: Reply::NotAsked,
        });
        number += set.len() as u64;
        let (high, flat): (Vec<_>, Vec<_>) =
            plots.zip(set).partition(|(_, report)| report.has_height);
        let of = |pairs: Vec<(Plot, &Report)>| pairs.into_iter().map(|(plot, _)| plot).collect();
        let time_s = set[set.len() - 1].time_s;
        scans.push(RecordedScan {
            number: turn(&set[0]),
            time_s,
            until: Time::from_secs(time_s),
            plots: of(high),
            flat_plots: of(flat),
        });
    }
    scans
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_elevation_leads_back_to_its_height() {
        for (own_m, height_m, range_m) in
            [(50.0, 10_000.0, 100e3), (1_000.0, 300.0, 40e3), (0.0, 12_000.0, 12_500.0)]
        {
            let elevation_rad = elevation_rad(own_m, height_m, range_m).expect("such a place is");
            let (near_m, sine) = (MEAN_RADIUS_M + own_m, libm::sin(elevation_rad));
            let far_m =
                (near_m * near_m + range_m * range_m + 2.0 * near_m * range_m * sine).sqrt();
            assert!((far_m - MEAN_RADIUS_M - height_m).abs() < 1e-6, "{far_m}");
        }
        assert_eq!(elevation_rad(0.0, 20_000.0, 10_000.0), None, "higher than it is far");
    }
}
