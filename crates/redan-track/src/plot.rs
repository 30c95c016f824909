//! Plots: single sensor reports. There is no truth in them; which aircraft caused a plot is known to
//! the recording alone, by [`PlotId`].

use redan_geo::{Aer, Geodetic, Time};
use serde::{Deserialize, Serialize};

/// Number of one plot, unique within a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PlotId(pub u64);

/// Index of a sensor in its tracker's table of [`Sensor`]s.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SensorId(pub u32);

/// A mode of interrogation: how a transponder is asked, and who can read the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// Mode 1: a military code of two digits, in the clear.
    Mode1,
    /// Mode 2: a military code of four digits, in the clear.
    Mode2,
    /// Mode 3/A with height: a code of four digits, civil and military.
    Civil,
    /// Mode S: the address of the airframe and the name of the flight.
    ModeS,
    /// A nation's own secure mode.
    National,
    /// Mode 4: secure, of the alliance.
    Mode4,
    /// Mode 5: secure, of the alliance.
    Mode5,
}

impl Mode {
    /// All modes, in their order.
    pub const ALL: [Mode; 7] = [
        Mode::Mode1,
        Mode::Mode2,
        Mode::Civil,
        Mode::ModeS,
        Mode::National,
        Mode::Mode4,
        Mode::Mode5,
    ];

    /// Whether an answer in it can be given only by who holds the key.
    pub fn is_secure(self) -> bool {
        self >= Mode::National
    }

    /// How files write it.
    pub fn word(self) -> &'static str {
        match self {
            Mode::Mode1 => "mode1",
            Mode::Mode2 => "mode2",
            Mode::Civil => "civil",
            Mode::ModeS => "mode-s",
            Mode::National => "national",
            Mode::Mode4 => "mode4",
            Mode::Mode5 => "mode5",
        }
    }
}

/// What was heard when one mode was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// Nothing that could be read.
    Nothing,
    /// A valid answer in a secure mode, or an answer without a code.
    Valid,
    /// A code: its octal digits, as a number.
    Code(u16),
}

/// What came back when the sensor's interrogator asked the object of a plot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reply {
    /// The sensor has no interrogator, or did not ask.
    NotAsked,
    /// It asked and heard nothing that it can read.
    Silent,
    /// A civil reply (mode 3/A, C or S).
    Civil,
    /// A reply in the nation's own secure mode.
    National,
    /// A valid mode 5 reply.
    Mode5,
    /// A valid mode 4 reply.
    Mode4,
    /// One mode was asked, in its turn, and this was heard.
    Asked {
        /// The mode.
        mode: Mode,
        /// The answer.
        answer: Answer,
    },
}

/// One report of one sensor: where something seems to be, in the sensor's own local frame.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Plot {
    /// Number of the plot.
    pub id: PlotId,
    /// When the beam was on the object.
    pub time: Time,
    /// Measured azimuth, elevation and slant range about the sensor's [`Sensor::place`], corrected
    /// for refraction, with the sensor's errors.
    pub measured: Aer,
    /// Signal-to-noise ratio of the detection, decibels, per pulse.
    pub snr_db: f64,
    /// Answer to the interrogation that went with the look.
    pub reply: Reply,
}

/// What a direction without a range came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BearingKind {
    /// Noise that a radar received in its main lobe: a jam strobe.
    Strobe,
    /// An emission that a passive receiver heard.
    Emission,
}

/// A direction without a range, in the sensor's own local frame: a jam strobe or a passive bearing.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bearing {
    /// Number, from the same series as those of plots.
    pub id: PlotId,
    /// When the beam was on it.
    pub time: Time,
    /// What it came from.
    pub kind: BearingKind,
    /// Measured azimuth about the sensor's [`Sensor::place`], clockwise from north, 0 to 2 pi.
    pub azimuth_rad: f64,
    /// Its standard deviation, radians.
    pub azimuth_sigma_rad: f64,
    /// Power received over the noise of the receiver, decibels.
    pub level_db: f64,
}

/// Reports of one sensor that are delivered together: one sector of a turn, or one dwell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scan {
    /// Who looked.
    pub sensor: SensorId,
    /// End of the observation; no plot is younger.
    pub until: Time,
    /// The plots, oldest first.
    pub plots: Vec<Plot>,
    /// Directions without a range, oldest first. [`crate::NearestNeighbour`] makes no use of them.
    pub bearings: Vec<Bearing>,
}

/// What a tracker knows of a sensor: its place and its published error budget (not its actual bias).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sensor {
    /// Name, as in the scenario.
    pub name: String,
    /// Place of the antenna.
    pub place: Geodetic,
    /// Standard deviation of slant range, metres.
    pub range_sigma_m: f64,
    /// Standard deviation of azimuth, radians.
    pub azimuth_sigma_rad: f64,
    /// Standard deviation of elevation, radians; infinite for a radar that measures none.
    pub elevation_sigma_rad: f64,
    /// Time between two looks at the same place, seconds.
    pub revisit_s: f64,
}
