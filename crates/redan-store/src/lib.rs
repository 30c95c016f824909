//! # redan-store — recordings on disk
//!
//! A recording is a directory. [`write()`] makes one from a [`redan_record::Recording`], [`read`] gives
//! it back bit for bit. The primary type is [`Manifest`]: what a run was made from.
//!
//! | file | content |
//! |---|---|
//! | `manifest.json` | `schema_version`, what the run was made from (scenario text and hash, cards, terrain, version), variant, seed, replication, roster; rows, length and BLAKE3 hash of every table; names of all files |
//! | `summary.json` | measures of the run and the digest of its events, as the caller worded them |
//! | `events.parquet` | every event without a table of its own: who takes part by name, and the event itself as JSON in `detail` |
//! | `truth.parquet` | places and velocities of the aircraft |
//! | `looks.parquet` | every look of a radar at an aircraft in view |
//! | `plots.parquet` | what the radars reported, with what was behind it |
//! | `tracks.parquet` | what the trackers believed after every update |
//! | `missiles.parquet` | places of the missiles in flight |
//! | `engagements.parquet` | one row per engagement, gathered from the events for people |
//! | others | extra files of the caller, such as `report.html` |
//!
//! Every table of events begins with `id`, `cause`, `time_ns` and `time_s`. Names end in the unit of
//! the figure. A column in degrees, a name, or `time_s` is for people; what is read back are the
//! number, the radian and the nanosecond beside it. DuckDB, Polars and pandas read the tables as
//! they are:
//!
//! ```sql
//! SELECT radar, aircraft, min(time_s) FROM 'run/looks.parquet' WHERE detected GROUP BY ALL;
//! ```
//!
//! ```
//! use redan_record::{Event, EventId, Recording, Roster, What};
//! use redan_store::{Manifest, read, write};
//! # let roster: Roster = serde_json::from_str(r#"{"title": "", "question": "", "variant": "",
//! #     "start_utc": "2026-11-01T00:00:00Z", "duration": 0, "aircraft": [], "radars": [], "networks": [],
//! #     "units": [], "launchers": [], "interceptors": [], "assets": []}"#)?;
//!
//! let ended = Event { id: EventId(0), cause: None, at: redan_geo::Time::ZERO, what: What::Ended };
//! let recording = Recording { roster, seed: 1, replication: 0, events: vec![ended] };
//! let manifest = Manifest {
//!     redan_version: "0.1.0".into(),
//!     scenario_file: "empty.toml".into(),
//!     scenario_text: "title = \"Nothing\"".into(),
//!     scenario_hash: "blake3:...".into(),
//!     cards_hash: "blake3:...".into(),
//!     terrain_note: "smooth Earth".into(),
//!     terrain_hash: "smooth".into(),
//! };
//! let folder = tempfile::tempdir()?;
//! let run = folder.path().join("run");
//! write(&run, &manifest, &recording, "{}", &[("report.html", b"<p>Nothing happened.</p>")])?;
//! assert_eq!(read(&run)?, (manifest, recording));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`table_of`] gives one of these tables in memory, without a file.
//!
//! # Reader policy
//!
//! This crate reads schema [`redan_record::SCHEMA_VERSION`] and no other. A recording of another
//! schema is refused by its number, with the version of redan that wrote it; its manifest still
//! holds the scenario and seed from which it can be made again. A change of a table, of the words of
//! an event or of the manifest raises the number. One recording of every version that was ever read
//! lies in `tests/recordings/`.
//!
//! # Limits
//!
//! * The bytes of the tables are equal for equal recordings within one build; another version of the
//!   Parquet library may write other bytes with the same content. Compare recordings of different
//!   builds by the digest in `summary.json`.
//! * Figures that are not finite are kept in the bulk tables and refused everywhere else.
//! * Hashes find damage, not forgery: who changes a table can change its hash as well. Such a file may
//!   cost memory, and gives an error or other events, not a crash.
//! * A recording is read into memory whole.

mod bulk;
mod directory;
mod engagements;
mod error;
mod events;
mod head;
mod manifest;
mod memory;
mod names;
mod study;
mod table;

pub use directory::{read, read_manifest, read_summary, writable, write};
pub use error::StoreError;
pub use manifest::Manifest;
pub use memory::{TABLES, table_of};
pub use study::{StudyColumns, StudyRow, StudyTable, join, read_rows, write_study};
