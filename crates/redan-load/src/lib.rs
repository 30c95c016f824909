//! # redan-load — from files to a battle that can run
//!
//! The command line and the Python package need the same three things before they can begin: the
//! cards, a scenario that was checked against them, and the relief of its area. This crate puts them
//! together, and is the one place that reads the environment. The primary type is [`Prepared`].
//!
//! ```no_run
//! use redan_load::{Wishes, library, prepare};
//!
//! let library = library(None)?;
//! let prepared = prepare("scenarios/first-look.toml".as_ref(), &Wishes::default(), &library)?;
//! println!("{}", prepared.battle.scenario.title);
//! # Ok::<(), redan_load::LoadError>(())
//! ```
//!
//! Environment variables that it reads: `REDAN_TERRAIN` (a folder of tiles), `XDG_CACHE_HOME` and the
//! home directory (where fetched tiles are kept).
//!
//! It runs nothing and prints nothing; what a person should know stands in [`Prepared::warnings`].

mod cards;
mod error;
mod ground;
mod relief;

use std::path::Path;

use redan_sim::Battle;
use redan_sim::card::Library;
use redan_sim::scenario::Draft;
use redan_store::Manifest;

pub use cards::{cards_hash, library};
pub use error::LoadError;
pub use ground::Ground;
pub use relief::{area, folders, relief_of};

/// What a user wants of a scenario beyond its file.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wishes<'a> {
    /// Variant to lay over the file; `None` for the file as it stands.
    pub variant: Option<&'a str>,
    /// Relief: `auto`, `smooth`, or a path; `None` for what the file says.
    pub terrain: Option<&'a str>,
}

/// A battle ready to run, and what it was made from.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// The battle.
    pub battle: Battle,
    /// What it was made from.
    pub manifest: Manifest,
    /// What the user should know before believing the result.
    pub warnings: Vec<String>,
}

/// Reads, checks and resolves a scenario file, with the relief that it or the user wants.
///
/// # Errors
/// All problems of the file at once; relief that is missing or cannot be read; figures of cards that
/// do not go together.
pub fn prepare(file: &Path, wishes: &Wishes<'_>, library: &Library) -> Result<Prepared, LoadError> {
    let draft = Draft::read(file, wishes.variant, library)?;
    let ground = Ground::under(std::slice::from_ref(&draft), wishes.terrain)?;
    let earth = ground.earth(&draft);
    let manifest = Manifest {
        redan_version: env!("CARGO_PKG_VERSION").to_string(),
        scenario_file: file.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        scenario_text: draft.text().to_string(),
        scenario_hash: blake3::hash(draft.text().as_bytes()).to_hex().to_string(),
        cards_hash: cards_hash(library),
        terrain_note: ground.note,
        terrain_hash: ground.hash,
    };
    let warnings = ground.warning.into_iter().collect();
    let battle = Battle::new(draft.scenario(earth))?;
    Ok(Prepared { battle, manifest, warnings })
}
