//! # redan-track — from plots to a picture
//!
//! A tracker sees **plots**, never truth: this crate depends on `redan-geo` alone, so Cargo itself
//! refuses an import of the simulated world. It can be used without the simulator, on recorded data.
//!
//! The primary type is [`Track`]: what a tracker believes of one object. Its parts:
//!
//! * [`Plot`], [`Bearing`] and [`Scan`] — what a sensor delivers, with [`Sensor`] as what the tracker knows
//!   of it;
//! * [`Tracker`] — the trait that researchers implement, and [`AnyTracker`], the closed set that
//!   redan ships plus `Custom`;
//! * [`NearestNeighbour`] — an extended Kalman filter per track with global gating and
//!   nearest-neighbour association;
//! * [`MultiModel`] — several motion models per track, scores, and nearest-neighbour (`gnn`) or joint
//!   probabilistic (`jpda`) association;
//! * [`Identity`] — who the object is thought to be: by [`identify`] from replies and time alone, or by a
//!   [`Dossier`] that weighs evidence;
//! * [`metrics`] — how good a picture is, for those who know the truth beside it.
//!
//! The path of the data: `Scan` → [`Tracker::ingest`] → [`TrackChange`]s and an updated list of
//! [`Track`]s → [`identify`] → the picture that a command looks at.
//!
//! ```
//! use redan_geo::{Aer, Geodetic, LocalFrame, Time};
//! use redan_track::*;
//!
//! let place = Geodetic::from_degrees(52.0, 21.0, 100.0);
//! let radar = Sensor {
//!     name: "search".into(),
//!     place,
//!     range_sigma_m: 50.0,
//!     azimuth_sigma_rad: 0.003,
//!     elevation_sigma_rad: 0.005,
//!     revisit_s: 10.0,
//! };
//! let settings = NearestSettings::default();
//! let mut tracker = NearestNeighbour::new(LocalFrame::new(place), vec![radar], settings);
//! let mut changes = Vec::new();
//! // Three turns of a radar that sees one object draw near at 250 m/s from the east.
//! for turn in 0..3 {
//!     let time = Time::from_secs(10.0 * f64::from(turn));
//!     let range_m = 100_000.0 - 2_500.0 * f64::from(turn);
//!     let measured = Aer { azimuth_rad: 1.571, elevation_rad: 0.08, range_m };
//!     let id = PlotId(turn as u64);
//!     let plot = Plot { id, time, measured, snr_db: 15.0, reply: Reply::NotAsked };
//!     tracker.ingest(&Scan { sensor: SensorId(0), until: time, plots: vec![plot], bearings: Vec::new() }, &mut changes);
//! }
//! let track = &tracker.tracks()[0];
//! assert_eq!(track.status, Status::Confirmed);
//! assert!((track.kinematics.velocity().east_m_s + 250.0).abs() < 20.0);
//! ```
//!
//! Limits: one motion model (nearly constant velocity), measurements of range, azimuth and
//! elevation; see the header of [`filter`] for the equations.

pub mod plot;
pub mod track;
pub mod tracker;

pub mod multi_model;
pub mod nearest;

pub mod associate;

pub mod assignment;
pub mod filter;
pub mod fusion;
pub mod imm;
pub mod jpda;
pub mod link;
pub mod look;
pub mod motion;

pub mod identity;

pub mod metrics;

pub use identity::{
    Airspace, AirspaceKind, Basis, Crew, Dossier, Evidence, FINDINGS, Finding, FlightPlan,
    Identity, IdentityRules, Judgement, Likelihood, Model, Path, Pattern, Posterior, ProfileLimits,
    ReplyModel, Setting, Source, Thresholds, identify,
};
pub use multi_model::{Association, MultiModel, MultiModelSettings};
pub use nearest::{NearestNeighbour, NearestSettings};
pub use plot::{Answer, Bearing, BearingKind, Mode, Plot, PlotId, Reply, Scan, Sensor, SensorId};
pub use track::{Kinematics, Replies, Status, Track, TrackId};
pub use tracker::{AnyTracker, DropReason, TrackChange, Tracker};
