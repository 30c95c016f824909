//! Where relief comes from: the wish of a user or a scenario, the environment, the cache.

use std::path::PathBuf;

use redan_geo::Bounds;
use redan_sim::scenario::{Draft, Extent, Wish};
use redan_terrain::{Folders, Terrain, TerrainError, TerrainWish};

/// Relief of a box, by a wish in words: `auto`, `smooth`, or a path.
///
/// # Errors
/// When a named path is missing, lies elsewhere or cannot be read.
pub fn relief_of(wish: &str, area: &Bounds) -> Result<Terrain, TerrainError> {
    redan_terrain::load(&wish_of(wish), &folders(), area)
}

/// Relief of a box for a scenario: as `asked`, else as its file says.
pub(crate) fn in_box(
    draft: &Draft,
    asked: Option<&str>,
    around: &Extent,
) -> Result<Terrain, TerrainError> {
    let wish = match (asked, draft.terrain()) {
        (Some(asked), _) => wish_of(asked),
        (None, Wish::Auto) => TerrainWish::Auto,
        (None, Wish::Smooth) => TerrainWish::Smooth,
        (None, Wish::Path(path)) => TerrainWish::Path(path),
    };
    redan_terrain::load(&wish, &folders(), &area(around))
}

fn wish_of(word: &str) -> TerrainWish {
    match word {
        "auto" => TerrainWish::Auto,
        "smooth" => TerrainWish::Smooth,
        path => TerrainWish::Path(PathBuf::from(path)),
    }
}

/// Where relief is looked for when the wish is `auto`.
pub fn folders() -> Folders {
    Folders { tiles: std::env::var_os("REDAN_TERRAIN").map(PathBuf::from), cache: cache_folder() }
}

/// The box of a scenario in radians.
pub fn area(extent: &Extent) -> Bounds {
    Bounds {
        south_rad: extent.south_deg.to_radians(),
        west_rad: extent.west_deg.to_radians(),
        north_rad: extent.north_deg.to_radians(),
        east_rad: extent.east_deg.to_radians(),
    }
}

/// Where fetched tiles are kept: `$XDG_CACHE_HOME/redan/terrain`, else `~/.cache/redan/terrain`.
fn cache_folder() -> Option<PathBuf> {
    let base = std::env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".cache")))?;
    Some(base.join("redan").join("terrain"))
}
