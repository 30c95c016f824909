//! What relief is at hand, without reading its heights.

use std::path::Path;

use redan_geo::Bounds;

use crate::lattice::Area;
use crate::sheet::Sheet;
use crate::{TerrainError, load};

/// A file of relief.
#[derive(Clone, Debug, PartialEq)]
pub struct Tile {
    /// Name of the file without its folder.
    pub name: String,
    /// From the first post to the last, radians.
    pub bounds: Bounds,
    /// From post to post to the north.
    pub lat_step_rad: f64,
    /// From post to post to the east.
    pub lon_step_rad: f64,
    /// Whether it stands for a tile without land.
    pub is_sea: bool,
}

/// The files of relief at a path, a file or a folder, by name; for each that cannot be used, the reason
/// instead.
///
/// # Errors
/// When the path cannot be read or holds no relief.
pub fn tiles_at(path: &Path) -> Result<Vec<Result<Tile, TerrainError>>, TerrainError> {
    let files = load::files_at(path)?;
    Ok(files.iter().map(|file| Sheet::open(file).map(|sheet| tile(&sheet))).collect())
}

fn tile(sheet: &Sheet) -> Tile {
    let Area { south_deg, north_deg, west_deg, east_deg } = sheet.lattice.area();
    Tile {
        name: sheet.name(),
        bounds: Bounds {
            south_rad: south_deg.to_radians(),
            north_rad: north_deg.to_radians(),
            west_rad: west_deg.to_radians(),
            east_rad: east_deg.to_radians(),
        },
        lat_step_rad: sheet.lattice.lat_step_deg.to_radians(),
        lon_step_rad: sheet.lattice.lon_step_deg.to_radians(),
        is_sea: sheet.is_sea(),
    }
}
