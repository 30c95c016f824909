//! Why something could not be loaded.

use std::path::PathBuf;

use redan_sim::BattleError;
use redan_sim::card::CardError;
use redan_sim::scenario::Problems;
use redan_terrain::TerrainError;

/// Everything that a user can mend before a battle begins.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The scenario has problems; all of them are in it.
    #[error(transparent)]
    Scenario(#[from] Problems),
    /// Cards of the user do not hold.
    #[error(transparent)]
    Cards(#[from] CardError),
    /// The folder of cards cannot be listed.
    #[error("cannot read the folder of cards {folder}: {reason}\nhint: it is a folder of .toml files", folder = folder.display())]
    CardsFolder {
        /// The folder.
        folder: PathBuf,
        /// What the system said.
        reason: std::io::Error,
    },
    /// The folder of cards holds none.
    #[error("the folder of cards {folder} holds no .toml file\n  hint: name a folder of cards, laid out like data/cards or flat", folder = folder.display())]
    NoCards {
        /// The folder.
        folder: PathBuf,
    },
    /// One card cannot be read.
    #[error("cannot read the card {file}: {reason}\nhint: a card is a text file in TOML, in the encoding UTF-8", file = file.display())]
    Card {
        /// Its file.
        file: PathBuf,
        /// What the system said.
        reason: std::io::Error,
    },
    /// No reading of a scenario was given.
    #[error("there is nothing to study\n  hint: name at least one scenario or variant")]
    Nothing,
    /// Relief is missing or cannot be read.
    #[error(transparent)]
    Terrain(#[from] TerrainError),
    /// Figures of cards do not go together.
    #[error(transparent)]
    Battle(#[from] BattleError),
}
