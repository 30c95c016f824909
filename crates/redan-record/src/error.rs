//! What can be wrong with the questions that are put to this crate.

/// A question that cannot be answered, with what the caller can do about it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    /// No aircraft and no flight of the recording has this name.
    #[error("no aircraft or flight is called `{query}`\n  hint: {hint}")]
    UnknownAircraft {
        /// Name that was asked for.
        query: String,
        /// Names that come close, or how to list them all.
        hint: String,
    },
    /// A text that is not the hexadecimal form of a digest.
    #[error(
        "`{text}` is not a digest\n  hint: a digest has 64 hexadecimal digits, as `digest` in summary.json"
    )]
    BadDigest {
        /// Text that was given.
        text: String,
    },
}
