//! What can be wrong with relief.

use std::io;
use std::path::{Path, PathBuf};

use redan_geo::GeoError;

/// Relief that cannot be used, with what the user can do about it.
#[derive(Debug, thiserror::Error)]
pub enum TerrainError {
    /// The operating system refused.
    #[error("cannot read {}: {source}\n  hint: check the path and that you may read it; relief is a .dt1, .hgt, .tif or .asc file or a folder of them", path.display())]
    Io {
        /// On which path.
        path: PathBuf,
        /// The answer of the system.
        source: io::Error,
    },
    /// A folder without a single tile.
    #[error("{} holds no relief\n  hint: put .dt1, .hgt, .tif or .asc tiles into it, unpacked, or ask for smooth terrain", path.display())]
    NoTiles {
        /// The folder.
        path: PathBuf,
    },
    /// The tiles that the user named lie somewhere else.
    #[error("{} does not cover any of {area}\n  hint: give tiles of that area, or ask for smooth terrain", path.display())]
    Elsewhere {
        /// File or folder.
        path: PathBuf,
        /// The area asked for, in degrees.
        area: String,
    },
    /// A tile that this crate cannot read.
    #[error("{}: {problem}\n  hint: {hint}", path.display())]
    Tile {
        /// The tile.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
        /// What to do about it.
        hint: &'static str,
    },
    /// A product that makes no file.
    #[error("{} cannot be written: {problem}\n  hint: ask for a smaller area or coarser cells", path.display())]
    Product {
        /// The file.
        path: PathBuf,
        /// What is wrong with the product.
        problem: String,
    },
    /// The operating system refused to write.
    #[error("cannot write {}: {source}\n  hint: check that the folder exists, that you may write there and that there is room", path.display())]
    Write {
        /// On which path.
        path: PathBuf,
        /// The answer of the system.
        source: io::Error,
    },
    /// A box of more tiles than anybody wants by intent.
    #[error(
        "{area} is {count} tiles of one degree each way\n  hint: at most {} at a time: ask for a smaller box, or fetch it in parts",
        crate::fetch::MOST_TILES
    )]
    TooMany {
        /// The box in degrees.
        area: String,
        /// Its number of tiles.
        count: usize,
    },
    /// A tile that cannot be had.
    #[error(
        "cannot fetch {address}: {problem}\n  hint: check the connection and the address, and ask again: what has come so far is kept"
    )]
    Fetch {
        /// The address of the tile.
        address: String,
        /// What went wrong at the last attempt.
        problem: String,
    },
    /// The area asked for is no area.
    #[error(
        "relief was asked for an area whose {problem}\n  hint: south before north, west before east, latitudes from -90 to 90 degrees, at most once round"
    )]
    Area {
        /// What is wrong with it.
        problem: &'static str,
    },
    /// The grid that the tiles make is not one; an error of this crate.
    #[error(transparent)]
    Grid(#[from] GeoError),
}

impl TerrainError {
    /// For `map_err`: an error of the operating system on `path`.
    pub(crate) fn io(path: &Path) -> impl FnOnce(io::Error) -> TerrainError {
        move |source| TerrainError::Io { path: path.to_owned(), source }
    }

    /// For `map_err`: the operating system refused to write on `path`.
    pub(crate) fn write(path: &Path) -> impl FnOnce(io::Error) -> TerrainError {
        move |source| TerrainError::Write { path: path.to_owned(), source }
    }

    pub(crate) fn tile(
        path: &Path,
        problem: impl Into<String>,
        hint: &'static str,
    ) -> TerrainError {
        TerrainError::Tile { path: path.to_owned(), problem: problem.into(), hint }
    }
}
