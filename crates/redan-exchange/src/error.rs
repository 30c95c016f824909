//! What can go wrong between a recording and a file of another format.

/// A file that cannot be written, with what the caller can do about it.
#[derive(Debug, thiserror::Error)]
pub enum ExchangeError {
    /// No format has this name.
    #[error("there is no format `{name}`\n  hint: {known}")]
    UnknownFormat {
        /// Name that was asked for.
        name: String,
        /// The names that exist.
        known: String,
    },
    /// A text that names no view.
    #[error(
        "`{text}` is not a view\n  hint: write `truth`, or `network:` and the name of a network"
    )]
    UnknownView {
        /// Text that was given.
        text: String,
    },
    /// The recording has no network of this name.
    #[error("the recording has no network `{name}`\n  hint: {known}")]
    UnknownNetwork {
        /// Name that was asked for.
        name: String,
        /// The networks that it has.
        known: String,
    },
    /// The start of the recording is not an instant.
    #[error(
        "`{text}` is not a date and time in UTC\n  hint: a start looks like 2026-05-12T04:00:00Z"
    )]
    Start {
        /// What stands in the recording.
        text: String,
    },
    /// A text that holds no outlines of coverage.
    #[error(
        "no outlines of coverage: {reason}\n  hint: take the footprints.geojson that `redan coverage` writes"
    )]
    Footprints {
        /// What is wrong, and where.
        reason: String,
    },
    /// A text that is no address of UDP.
    #[error(
        "`{text}` is no address for UDP\n  hint: write four numbers and a port, as in 127.0.0.1:3000"
    )]
    Address {
        /// Text that was given.
        text: String,
    },
    /// Nothing can be sent to an address.
    #[error(
        "cannot send to {to}: {error}\n  hint: the address must be one that this machine reaches"
    )]
    Socket {
        /// Where to.
        to: std::net::SocketAddr,
        /// What the machine said.
        error: std::io::Error,
    },
    /// The output could not be written.
    #[error("cannot write the export: {0}\n  hint: check that the disk has room")]
    Io(#[from] std::io::Error),
}
