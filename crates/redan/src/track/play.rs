//! Recorded scans through a tracker, one after the other, and the tracks written as a table.

use std::fmt::Write as _;
use std::time::Instant;

use redan_geo::LocalFrame;
use redan_track::{MultiModel, MultiModelSettings, Scan, SensorId, Status, Tracker};

use super::Recorded;

/// What the tracker believed at the end of one scan.
#[derive(Debug)]
pub(crate) struct Believed {
    /// Number of the scan.
    pub(crate) scan: u64,
    /// Its time, as in the file.
    pub(crate) time_s: f64,
    /// The same as the tracker takes it.
    pub(crate) at: redan_geo::Time,
    /// Confirmed tracks, by their numbers.
    pub(crate) tracks: Vec<Believer>,
    /// Tracks in all, tentative ones included.
    pub(crate) held: usize,
    /// Time that the tracker took, seconds.
    pub(crate) took_s: f64,
}

/// One confirmed track at the end of a scan: east, north and up of the sensor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Believer {
    /// Number of the track.
    pub(crate) track: u64,
    /// Place, metres.
    pub(crate) place_m: [f64; 3],
    /// Velocity, m/s.
    pub(crate) velocity_m_s: [f64; 3],
}

/// Header of the table of tracks.
const HEADER: &str = "scan,time_s,track,x,y,z,vx,vy,vz";

/// Plays all scans. A scan is over at its `until`: the tracker takes its plots and then lets time pass to there.
pub(crate) fn play(recorded: Recorded, settings: MultiModelSettings) -> Vec<Believed> {
    let frame = LocalFrame::new(recorded.sensor.place);
    let sensors = std::iter::once(recorded.sensor).chain(recorded.flat).collect();
    let mut tracker = MultiModel::new(frame, sensors, settings);
    let mut changes = Vec::new();
    let mut one = |scan: super::RecordedScan| {
        let (number, time_s, until) = (scan.number, scan.time_s, scan.until);
        let of =
            |sensor, plots| Scan { sensor: SensorId(sensor), until, plots, bearings: Vec::new() };
        let scans = [of(0, scan.plots), of(1, scan.flat_plots)];
        changes.clear();
        let begun = Instant::now();
        for scan in scans.iter().filter(|scan| scan.sensor.0 == 0 || !scan.plots.is_empty()) {
            tracker.ingest(scan, &mut changes);
        }
        tracker.advance(until, &mut changes);
        let took_s = begun.elapsed().as_secs_f64();
        let confirmed = tracker.tracks().iter().filter(|track| track.status == Status::Confirmed);
        let believer = |track: &redan_track::Track| Believer {
            track: track.id.0,
            place_m: track.kinematics.position_at(until).to_array(),
            velocity_m_s: track.kinematics.velocity().to_array(),
        };
        let tracks = confirmed.map(believer).collect();
        Believed { scan: number, time_s, at: until, tracks, held: tracker.tracks().len(), took_s }
    };
    recorded.scans.into_iter().map(&mut one).collect()
}

/// The table: a row for each confirmed track at the end of each scan, to the millimetre.
pub(crate) fn table(scans: &[Believed]) -> String {
    let mut text = format!("{HEADER}\n");
    for scan in scans {
        for track in &scan.tracks {
            let _ = write!(text, "{},{},{}", scan.scan, scan.time_s, track.track);
            for part in track.place_m.iter().chain(&track.velocity_m_s) {
                let _ = write!(text, ",{part:.3}");
            }
            text.push('\n');
        }
    }
    text
}
