//! The tracker on recorded data: read, played scan by scan, written, scored.
//!
//! Order of reading: [`Recorded`] is what all formats become (`bench`, `adsb`, `asterix`, with the options of `sensor`);
//! [`play`](play::play) gives it to a tracker, which never sees the truth in it; `score` compares, and `story` tells.

pub(crate) mod adsb;
pub(crate) mod asterix;
pub(crate) mod bench;
pub(crate) mod play;
pub(crate) mod score;
pub(crate) mod sensor;
pub(crate) mod story;

use std::collections::BTreeMap;

use redan_geo::Time;
use redan_sim::recorded::{Faults, TableError};
use redan_track::{Plot, Sensor};

/// Most plots in one scan: trackers weigh every plot against every track, and ten times as many take a
/// hundred times as long.
pub(crate) const MOST_PLOTS: usize = 20_000;

/// A scan with more plots than this is worth a warning, as it takes seconds.
const MANY_PLOTS: usize = 5_000;

/// Times further from zero than this, seconds, are no times; `Time` would saturate at 292 years.
const FARTHEST_TIME_S: f64 = 5e9;

/// Recorded data of one sensor.
#[derive(Debug)]
pub(crate) struct Recorded {
    /// The sensor, whose place is the origin of all coordinates.
    pub(crate) sensor: Sensor,
    /// The same without elevation, for plots that have none.
    pub(crate) flat: Option<Sensor>,
    /// Its scans, in order of time.
    pub(crate) scans: Vec<RecordedScan>,
    /// What was left out of the file.
    pub(crate) faults: Faults,
}

/// One scan.
#[derive(Debug)]
pub(crate) struct RecordedScan {
    /// Its number in the file.
    pub(crate) number: u64,
    /// Its time in the file, as it is written out again.
    pub(crate) time_s: f64,
    /// End of the scan.
    pub(crate) until: Time,
    /// Plots, oldest first.
    pub(crate) plots: Vec<Plot>,
    /// Plots without an elevation, oldest first.
    pub(crate) flat_plots: Vec<Plot>,
}

impl RecordedScan {
    /// Number of plots.
    pub(crate) fn count(&self) -> usize {
        self.plots.len() + self.flat_plots.len()
    }
}

/// Where an object truly is at one moment: east, north and up of the sensor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct TrueState {
    /// Number of the object.
    pub(crate) object: u64,
    /// Place, metres.
    pub(crate) place_m: [f64; 3],
    /// Velocity, m/s.
    pub(crate) velocity_m_s: [f64; 3],
}

/// The truth, by time of the scan.
#[derive(Debug, Default)]
pub(crate) struct Truth {
    /// States at each time, each object once.
    pub(crate) states: BTreeMap<Time, Vec<TrueState>>,
    /// What was left out of the file.
    pub(crate) faults: Faults,
}

impl Truth {
    /// Adds a state; a second one of the same object at the same time is counted and left out.
    fn add(&mut self, at: Time, state: TrueState, line: usize) {
        let here = self.states.entry(at).or_default();
        if here.iter().any(|other| other.object == state.object) {
            self.faults.add("an object that is there twice at one time", line);
            return;
        }
        here.push(state);
    }
}

/// A time that `Time` can hold; others are counted.
fn time_of(time_s: f64, line: usize, faults: &mut Faults) -> Option<Time> {
    if time_s.abs() <= FARTHEST_TIME_S {
        return Some(Time::from_secs(time_s));
    }
    faults.add("a time that is more than 150 years away", line);
    None
}

/// Refuses a table without a usable plot, and scans that no tracker could take.
fn checked(name: &str, recorded: Recorded) -> Result<Recorded, TableError> {
    if recorded.scans.is_empty() {
        let reason = match recorded.faults.warnings(name).first() {
            Some(first) => format!("no usable row: {first}"),
            None => format!("{name}: there is no row below the header"),
        };
        let hint = "`--format` says what the columns mean; see `redan track --help`";
        return Err(TableError(format!("{reason}\nhint: {hint}")));
    }
    if let Some(scan) = recorded.scans.iter().find(|scan| scan.count() > MOST_PLOTS) {
        return Err(TableError(format!(
            "{name}: scan {} has {} plots, and {MOST_PLOTS} are the most\nhint: a scan is one turn of a radar; \
             number the rows by turns",
            scan.number,
            scan.count()
        )));
    }
    for scan in recorded.scans.iter().filter(|scan| scan.count() > MANY_PLOTS) {
        tracing::warn!("{name}: scan {} has {} plots and takes seconds", scan.number, scan.count());
    }
    Ok(recorded)
}
