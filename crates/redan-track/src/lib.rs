//! # redan-track — from plots to a picture
//!
//! A tracker sees **plots**, never truth: this crate depends on `redan-geo` alone, so Cargo itself
//! refuses an import of the simulated world. It can be used without the simulator, on recorded data.
//!
//! The primary type is [`Track`]: what a tracker believes of one object. Its parts:
//!
//! * [`Plot`] and [`Scan`] — what a sensor delivers, with [`Sensor`] as what the tracker knows of it;
//! * [`Tracker`] — the trait that researchers implement, and [`AnyTracker`], the closed set that
//!   redan ships plus `Custom`;
//! * [`NearestNeighbour`] — an extended Kalman filter per track with global gating and
//!   nearest-neighbour association;
//! * [`Identity`] and [`identify`] — who the object is thought to be, from replies and time.
//!
//! The path of the data: `Scan` → [`Tracker::ingest`] → [`TrackChange`]s and an updated list of
//! [`Track`]s → [`identify`] → the picture that a command looks at.
//!
//! Limits: one motion model (nearly constant velocity), measurements of range, azimuth and
//! elevation; see the header of [`filter`] for the equations.

pub mod filter;
pub mod identity;
pub mod nearest;
pub mod plot;
pub mod track;
pub mod tracker;

pub use identity::{Basis, Identity, IdentityRules, identify};
pub use nearest::{NearestNeighbour, NearestSettings};
pub use plot::{Plot, PlotId, Reply, Scan, Sensor, SensorId};
pub use track::{Kinematics, Replies, Status, Track, TrackId};
pub use tracker::{AnyTracker, DropReason, TrackChange, Tracker};
