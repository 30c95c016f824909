//! # redan-record — everything that happened in one run, and why
//!
//! The primary type is [`Event`]: what happened, when, and which event caused it. Its parts:
//!
//! * [`Roster`] — the names behind the numbers in events;
//! * [`Recorder`] — what the engine writes to; [`Full`] keeps every event, [`Measures`] folds them as
//!   they come, [`Digesting`] adds the canonical digest to either;
//! * [`Recording`] — a roster with its events, which reports, exporters and the viewer read;
//! * [`explain`] — the chain from an outcome to its first plot, and the time line of a flight with the
//!   reason whenever it was not seen, not tracked or not engaged.
//!
//! This crate knows neither the engine, nor the world, nor the models: a report cannot peek. It
//! knows the words of tracking and command, because its events are made of them.

pub mod digest;
pub mod event;
pub mod explain;
pub mod id;
pub mod measures;
pub mod recorder;
pub mod roster;

pub use digest::{Digest, Digesting};
pub use event::{AbortReason, EngagementEnd, Event, Outcome, Sight, What};
pub use id::{AircraftId, AssetId, EngagementId, EventId, LauncherId, MissileId, NetworkId, RadarId};
pub use measures::Measures;
pub use recorder::{Full, Recorder, Recording};
pub use roster::{
    AircraftEntry, AssetEntry, InterceptorEntry, LauncherEntry, NetworkEntry, RadarEntry, Roster,
    Side, UnitEntry,
};

/// Version of the recording's schema. A reader of this version reads this version and refuses
/// others by name; see `docs` of redan-store for the policy.
pub const SCHEMA_VERSION: u32 = 1;
