//! The cards as a whole: what is embedded, how it is found, read, laid over and refused.

mod bad_cards;
mod embedded_cards;
mod levels;
mod literature;
mod overlays;
mod readings;

use std::path::PathBuf;

/// Folder of the cards and sources.
fn data_folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../data")
}
