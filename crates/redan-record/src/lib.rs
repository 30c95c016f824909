//! # redan-record — everything that happened in one run, and why
//!
//! The primary type is [`Event`]: what happened, when, and which event caused it. Its parts:
//!
//! * [`Roster`] — the names behind the numbers in events;
//! * [`Recorder`] — what the engine writes to; [`Full`] keeps every event, [`Measures`] folds them as
//!   they come, [`Digesting`] adds the canonical digest to either;
//! * [`Summary`] — the figures of one run with its digest, as `summary.json` holds them;
//! * [`Recording`] — a roster with its events, which reports, exporters and the viewer read;
//! * [`explain`] — the chain from an outcome to its first plot, and the time line of a flight with the
//!   reason whenever it was not seen, not tracked or not engaged;
//! * [`coverage`] — what a defence covers, cell by cell, with the limit that binds: no run, but the same
//!   kind of thing, a result from which pictures and files are made.
//!
//! ```
//! use redan_geo::Time;
//! use redan_record::{AircraftId, Digesting, Event, EventId, Full, Kind, Recorder, What};
//!
//! let mut recorder = Digesting::new(Full::default());
//! let what = What::Appeared { aircraft: AircraftId(0) };
//! recorder.record(&Event { id: EventId(0), cause: None, at: Time::ZERO, what });
//! let (full, digest) = recorder.finish();
//! assert_eq!(full.events[0].what.kind(), Kind::Appeared);
//! assert_eq!(digest, redan_record::digest::digest_of(&full.events));
//! ```
//!
//! This crate knows neither the engine, nor the world, nor the models: a report cannot peek. It
//! knows the words of tracking and command, because its events are made of them.

pub mod coverage;
pub mod digest;
pub mod error;
pub mod event;
pub mod explain;
pub mod id;
pub mod kind;
pub mod measures;
pub mod recorder;
pub mod roster;
pub mod summary;

mod attribution;
mod names;

pub use digest::{Digest, Digesting};
pub use error::RecordError;
pub use event::{AbortReason, Answered, EngagementEnd, Event, Outcome, Sight, What};
pub use id::{
    AircraftId, AssetId, EngagementId, EventId, LauncherId, MissileId, NetworkId, RadarId,
};
pub use kind::Kind;
pub use measures::{AircraftMeasures, Fate, Measures};
pub use recorder::{Full, Recorder, Recording};
pub use roster::{
    AirClass, AircraftEntry, AssetEntry, InterceptorEntry, LauncherEntry, NetworkEntry, RadarEntry,
    Roster, Side, UnitEntry,
};
pub use summary::Summary;

/// Version of the recording's schema. A reader of this version reads this version and refuses
/// others by name; see `docs` of redan-store for the policy.
pub const SCHEMA_VERSION: u32 = 2;
