//! The trait that a tracker implements, and the closed set of trackers that redan ships.

use redan_geo::{LocalFrame, Time};
use serde::{Deserialize, Serialize};

use crate::{
    Association, MultiModel, MultiModelSettings, NearestNeighbour, PlotId, Scan, Sensor, Track,
    TrackId,
};

/// Why a track was given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DropReason {
    /// No plot fell into its gate for too long.
    NotSeen,
    /// A tentative track that did not gather enough plots in time.
    NotConfirmed,
}

/// One change of a tracker's list of tracks, in the order in which it happened.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum TrackChange {
    /// A plot that fitted no track started one.
    Started {
        /// The new track.
        track: TrackId,
        /// The plot it was made of.
        plot: PlotId,
    },
    /// A plot updated a track.
    Updated {
        /// The track.
        track: TrackId,
        /// The plot.
        plot: PlotId,
        /// Normalised innovation squared of the association, 3 degrees of freedom.
        nis_ratio: f64,
    },
    /// A track became part of the picture.
    Confirmed {
        /// The track.
        track: TrackId,
        /// The plot that decided it.
        plot: PlotId,
    },
    /// A track was given up.
    Dropped {
        /// The track.
        track: TrackId,
        /// Why.
        reason: DropReason,
    },
}

/// A tracker: scans in, tracks out. Implement it to bring your own; it never sees truth.
///
/// `Send + Sync` because whole worlds are cloned and run on several threads.
pub trait Tracker: Send + Sync {
    /// Takes the plots of one scan, in order of delivery, and reports what changed. Must be a pure
    /// function of its own state and the scan, since runs are repeatable bit for bit.
    fn ingest(&mut self, scan: &Scan, changes: &mut Vec<TrackChange>);

    /// Lets time pass without plots: drops what was not seen for too long. A network calls it at each
    /// of its decisions. Dropping belongs here and not into [`Tracker::ingest`]: else the scan of one
    /// object would end the track of another a little earlier than it ends without that scan.
    fn advance(&mut self, now: Time, changes: &mut Vec<TrackChange>);

    /// Tracks held, in order of their numbers, tentative ones included.
    fn tracks(&self) -> &[Track];

    /// The same, writable: identification is written back by the network.
    fn tracks_mut(&mut self) -> &mut [Track];

    /// A copy, so that a battle can be forked.
    fn boxed_clone(&self) -> Box<dyn Tracker>;
}

/// The trackers that redan ships, and one of your own.
pub enum AnyTracker {
    /// Extended Kalman filter with nearest-neighbour association.
    Nearest(Box<NearestNeighbour>),
    /// Several motion models, with nearest-neighbour or joint probabilistic association.
    MultiModel(Box<MultiModel>),
    /// A researcher's own.
    Custom(Box<dyn Tracker>),
}

impl AnyTracker {
    /// Tracker by its name in a scenario file, or `None` for a name that redan does not ship.
    pub fn by_name(name: &str, frame: LocalFrame, sensors: Vec<Sensor>) -> Option<AnyTracker> {
        let multi_model = |sensors, association| {
            let settings = MultiModelSettings { association, ..Default::default() };
            Some(AnyTracker::MultiModel(Box::new(MultiModel::new(frame, sensors, settings))))
        };
        match name {
            "gnn" => multi_model(sensors, Association::Nearest),
            "jpda" => multi_model(sensors, Association::Joint),
            "nearest" => Some(AnyTracker::Nearest(Box::new(NearestNeighbour::new(
                frame,
                sensors,
                Default::default(),
            )))),
            _ => None,
        }
    }

    /// Names that [`AnyTracker::by_name`] knows.
    pub const NAMES: [&str; 3] = ["nearest", "gnn", "jpda"];

    /// The tracker behind the enum.
    pub fn as_dyn(&self) -> &dyn Tracker {
        match self {
            AnyTracker::Nearest(tracker) => tracker.as_ref(),
            AnyTracker::MultiModel(tracker) => tracker.as_ref(),
            AnyTracker::Custom(tracker) => tracker.as_ref(),
        }
    }

    /// The tracker behind the enum, writable.
    pub fn as_dyn_mut(&mut self) -> &mut dyn Tracker {
        match self {
            AnyTracker::Nearest(tracker) => tracker.as_mut(),
            AnyTracker::MultiModel(tracker) => tracker.as_mut(),
            AnyTracker::Custom(tracker) => tracker.as_mut(),
        }
    }
}

impl Clone for AnyTracker {
    fn clone(&self) -> Self {
        match self {
            AnyTracker::Nearest(tracker) => AnyTracker::Nearest(tracker.clone()),
            AnyTracker::MultiModel(tracker) => AnyTracker::MultiModel(tracker.clone()),
            AnyTracker::Custom(tracker) => AnyTracker::Custom(tracker.boxed_clone()),
        }
    }
}
