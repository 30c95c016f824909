//! What can go wrong between a recording in memory and its directory.

use std::io;
use std::path::{Path, PathBuf};

/// A recording that cannot be written or read, with what the user can do about it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The operating system refused.
    #[error("cannot {action} {}: {source}\n  hint: check that the path exists, that you may write there and that the disk has room", path.display())]
    Io {
        /// What was tried.
        action: &'static str,
        /// On which path.
        path: PathBuf,
        /// The answer of the system.
        source: io::Error,
    },
    /// The directory to write holds something other than a recording.
    #[error("{} exists and is not a redan recording: it was left as it is\n  hint: name another directory for the recording, or move this one away", path.display())]
    Occupied {
        /// The path that was to be written.
        path: PathBuf,
    },
    /// The recording to replace holds a file that redan did not put there.
    #[error("{} holds {file:?}, which is not part of the recording there: nothing was replaced\n  hint: move that file away, or name another directory for the recording", path.display())]
    ForeignFile {
        /// The recording that was to be replaced.
        path: PathBuf,
        /// Name of the file.
        file: String,
    },
    /// There is no recording at the path to read.
    #[error("{} is not a recording: it has no manifest.json\n  hint: give the directory that `redan run` wrote", path.display())]
    NotARecording {
        /// The path that was to be read.
        path: PathBuf,
    },
    /// The recording was written with another schema.
    #[error("{} has recording schema {found}; this version of redan reads schema {readable} only\n  hint: read it with redan {written_by}, or run the scenario in its manifest.json again", path.display())]
    Schema {
        /// The recording.
        path: PathBuf,
        /// Its schema version.
        found: u64,
        /// The schema version that this crate reads.
        readable: u32,
        /// Version of redan that wrote it, as its manifest says.
        written_by: String,
    },
    /// A file of the recording is missing, cut, changed or not what the manifest says.
    #[error("{} is damaged: {problem}\n  hint: restore it from where it was copied, or run the scenario again: manifest.json holds its text and seed", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
    /// A table of a study, or a part of one, cannot be written or read.
    #[error("{} is no table of a study that can be used: {problem}\n  hint: delete it and run the study again, or name another file", path.display())]
    Study {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
    /// A figure is NaN or infinite where JSON cannot hold it.
    #[error(
        "{what} holds a figure that is not finite: the recording was not written\n  hint: this is an error in the model that made it; the seed in the message of the run repeats it"
    )]
    NotFinite {
        /// The event or roster that holds it.
        what: String,
    },
    /// Events do not rise in number, or name a cause that is not earlier.
    #[error(
        "event {event} {problem}\n  hint: a recording holds the events of one run in their order"
    )]
    Order {
        /// Number of the event.
        event: u64,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// An extra file has a name that cannot stand in a recording.
    #[error(
        "{name:?} cannot be the name of a file in a recording\n  hint: use a plain file name, without folders, that the recording does not use itself"
    )]
    FileName {
        /// The name given.
        name: String,
    },
    /// The table format refused what was to be written.
    #[error("table {table} cannot be written: {source}")]
    Table {
        /// Name of the table.
        table: &'static str,
        /// The answer of the Parquet writer.
        source: parquet::errors::ParquetError,
    },
}

impl StoreError {
    /// For `map_err`: an error of the operating system while doing `action` on `path`.
    pub(crate) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> StoreError {
        move |source| StoreError::Io { action, path: path.to_owned(), source }
    }

    pub(crate) fn study(path: &Path, problem: impl Into<String>) -> Self {
        StoreError::Study { path: path.to_owned(), problem: problem.into() }
    }

    pub(crate) fn damaged(path: &Path, problem: impl Into<String>) -> StoreError {
        StoreError::Damaged { path: path.to_owned(), problem: problem.into() }
    }
}
