//! ASTERIX: how radars and centres tell each other what they see.
//!
//! EUROCONTROL's format of surveillance data, EUROCONTROL-SPEC-0149: a file is blocks, a block is a category, a
//! length and records, a record is a field specification and the items that it names. Four categories are read
//! and written here, in editions that decoders of others know:
//!
//! | category | edition | a record is | [`Record`] |
//! |---|---|---|---|
//! | 034 | 1.27 | a message of a radar about itself | [`ServiceMessage`] |
//! | 048 | 1.21 | a plot of a radar, or a track of its own | [`TargetReport`] |
//! | 062 | 1.18 | a track of a centre | [`SystemTrack`] |
//! | 021 | 2.6 | what an aircraft reports of itself | [`AdsbReport`] |
//!
//! [`read`] gives the records of a file, [`Encoder`] writes them; both without an allocation for a record.
//! [`datagrams`] makes them from a recording.
//! `uap` has the categories as data: every item's place and shape, so that what is not understood is passed
//! over by its true length and named in [`Record::others`].
//!
//! # What it does not protect from
//!
//! * A time is a time of day: the date is the reader's to know. A capture tells it by
//!   [`Reader::captured_unix_ns`].
//! * What is written is rounded to the steps of the items, and ends at the ends of their ranges.
//! * Two feeds may use the same source numbers for different radars.

mod adsb;
mod common;
pub(crate) mod export;
mod fault;
mod items;
mod layout;
mod reader;
mod record;
mod report;
mod scale;
mod service;
mod system_track;
mod uap;
mod writer;

pub use adsb::{AdsbDescriptor, AdsbReport, Bounded, GroundVector, Quality, Version};
pub use common::{Callsign, Code, Interrogation, Others, Source};
pub use export::{datagrams, sources};
pub use fault::{Fault, Item, Wrong};
pub use reader::{Counts, Reader, read};
pub use record::Record;
pub use report::{
    Cartesian, Descriptor, Detection, Doppler, Mode5, ModeC, Polar, PolarVelocity,
    RadarTrackStatus, TargetReport, TrackQuality,
};
pub use service::{About, PolarWindow, Primary, ServiceMessage, Status};
pub use system_track::{
    Acceleration, Identification, Place, PressureHeight, SystemTrack, TrackStatus, Velocity,
};
pub use writer::Encoder;
