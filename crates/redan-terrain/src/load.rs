//! Which relief a run gets.

use std::fs;
use std::path::{Path, PathBuf};

use redan_geo::{Bounds, HeightGrid};

use crate::TerrainError;
use crate::lattice::Area;
use crate::mosaic::{self, Mosaic};
use crate::sheet::{self, Sheet};

/// Posts of a grid at most: 64 MiB of heights. Finer relief over a wider area is thinned.
pub const MAX_POSTS: usize = 16_777_216;

/// Names of tiles that a note lists before it only counts.
const NAMES_LISTED: usize = 6;

/// What a scenario says about its terrain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TerrainWish {
    /// The best that is at hand: the folder of the user, else the cache, else none.
    Auto,
    /// No relief.
    Smooth,
    /// This file, or the files of this folder.
    Path(PathBuf),
}

/// Where [`TerrainWish::Auto`] looks. This crate reads no environment: the caller does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folders {
    /// Folder of the user, from the variable `REDAN_TERRAIN`. It must exist if it is named.
    pub tiles: Option<PathBuf>,
    /// Folder of tiles that were fetched; may be absent.
    pub cache: Option<PathBuf>,
}

/// Relief of an area, and what it was made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Terrain {
    /// Heights above sea level; `None` for the smooth Earth.
    pub grid: Option<HeightGrid>,
    /// What was used, in words for the manifest; names files, but no folder.
    pub note: String,
    /// `smooth`, or `blake3:` and the hash of the posts and their heights.
    pub hash: String,
    /// What the user should know before believing a result.
    pub warning: Option<String>,
}

/// Loads the relief of an area.
///
/// `area` is in radians, east not less than west; it may cross the date line with an east beyond pi.
/// The posts of the grid are those of the finest tile in the area, thinned evenly where they would be
/// more than [`MAX_POSTS`]. Voids inside tiles are filled with the mean of their neighbours; where no
/// tile reaches, the grid is void, which stands for sea level.
///
/// # Errors
/// When a named file or folder is missing, holds no relief, lies elsewhere or has a tile that cannot be
/// read, and when `area` is none. [`TerrainWish::Auto`] without any tile is no error, but a warning.
pub fn load(wish: &TerrainWish, folders: &Folders, area: &Bounds) -> Result<Terrain, TerrainError> {
    let area = checked(area)?;
    match wish {
        TerrainWish::Smooth => Ok(smooth("smooth Earth, as asked", None)),
        TerrainWish::Path(path) => from_path(path, &area)?
            .ok_or_else(|| TerrainError::Elsewhere { path: path.clone(), area: area.to_string() }),
        TerrainWish::Auto => automatic(folders, &area),
    }
}

fn automatic(folders: &Folders, area: &Area) -> Result<Terrain, TerrainError> {
    if let Some(tiles) = &folders.tiles
        && let Some(terrain) = from_path(tiles, area)?
    {
        return Ok(terrain);
    }
    if let Some(cache) = &folders.cache
        && cache.is_dir()
        && !files_of(cache)?.is_empty()
        && let Some(terrain) = from_path(cache, area)?
    {
        return Ok(terrain);
    }
    Ok(smooth("smooth Earth, no relief found", Some(smooth_warning(area))))
}

/// The warning of a run without relief, with the command that would bring it.
fn smooth_warning(area: &Area) -> String {
    format!(
        "no relief was found for this area: the Earth is taken as smooth, and coverage is an upper bound\n  hint: `{}` fetches it; or set REDAN_TERRAIN to a folder of tiles of the area, or ask for smooth terrain in the scenario",
        fetch_command(area)
    )
}

/// The command that fetches the relief of an area, its corners rounded outwards to a hundredth of a degree.
fn fetch_command(area: &Area) -> String {
    let down = |deg: f64| (deg * 100.0).floor() / 100.0;
    let up = |deg: f64| (deg * 100.0).ceil() / 100.0;
    let (south, west) = (down(area.south_deg).max(-90.0), down(area.west_deg));
    let (north, east) = (up(area.north_deg).min(90.0), up(area.east_deg));
    format!("redan terrain fetch --box {south},{west},{north},{east}")
}

fn smooth(note: &str, warning: Option<String>) -> Terrain {
    Terrain { grid: None, note: note.to_owned(), hash: "smooth".to_owned(), warning }
}

/// Relief of a file or a folder; `None` where it lies elsewhere.
fn from_path(path: &Path, area: &Area) -> Result<Option<Terrain>, TerrainError> {
    let files = files_at(path)?;
    let sheets: Vec<Sheet> =
        files.iter().map(|file| Sheet::open(file)).collect::<Result<_, _>>()?;
    Ok(mosaic::lay(&sheets, area, MAX_POSTS)?.map(|mosaic| terrain_of(mosaic, area)))
}

/// The file at a path, or the files of relief in the folder there, of which there must be one.
pub(crate) fn files_at(path: &Path) -> Result<Vec<PathBuf>, TerrainError> {
    let files = match fs::metadata(path).map_err(TerrainError::io(path))?.is_dir() {
        true => files_of(path)?,
        false => vec![path.to_owned()],
    };
    if files.is_empty() {
        return Err(TerrainError::NoTiles { path: path.to_owned() });
    }
    Ok(files)
}

/// Files of relief in a folder, in order of their names.
fn files_of(folder: &Path) -> Result<Vec<PathBuf>, TerrainError> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(TerrainError::io(folder))? {
        let path = entry.map_err(TerrainError::io(folder))?.path();
        if sheet::is_relief(&path) && path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn terrain_of(mosaic: Mosaic, area: &Area) -> Terrain {
    let percent = 100.0 * mosaic.covered_ratio;
    let warning = (mosaic.covered_ratio < 0.995).then(|| {
        format!(
            "relief covers {percent:.0} % of the area; elsewhere the Earth is taken as smooth at sea level, and coverage over land there is an upper bound\n  hint: add the missing tiles to the folder, unless they are sea; `{}` fetches them into the cache",
            fetch_command(area)
        )
    });
    Terrain {
        note: note_of(&mosaic),
        hash: hash_of(&mosaic.grid),
        warning,
        grid: Some(mosaic.grid),
    }
}

fn note_of(mosaic: &Mosaic) -> String {
    let geometry = mosaic.grid.geometry();
    let mut names = mosaic.names[..mosaic.names.len().min(NAMES_LISTED)].join(", ");
    if mosaic.names.len() > NAMES_LISTED {
        names += &format!(" and {} more", mosaic.names.len() - NAMES_LISTED);
    }
    let (lat_seconds, lon_seconds) = (3600.0 * mosaic.step_deg.0, 3600.0 * mosaic.step_deg.1);
    let mut note = format!(
        "{names}; {} x {} posts at {lat_seconds:.1} x {lon_seconds:.1} arc-seconds",
        geometry.rows, geometry.columns,
    );
    if mosaic.stride > 1 {
        note += &format!(", one in {} of the finest tile each way", mosaic.stride);
    }
    for assumption in &mosaic.assumptions {
        note += &format!("; {assumption}");
    }
    if mosaic.filled > 0 {
        note += &format!("; {} voids filled with the mean of their neighbours", mosaic.filled);
    }
    note + &format!("; {:.0} % of the area", 100.0 * mosaic.covered_ratio)
}

/// Hash of what a run sees of the relief: where the posts stand, and how high they are.
fn hash_of(grid: &HeightGrid) -> String {
    let geometry = grid.geometry();
    let mut hasher = blake3::Hasher::new();
    for angle_rad in
        [geometry.south_rad, geometry.west_rad, geometry.lat_step_rad, geometry.lon_step_rad]
    {
        hasher.update(&angle_rad.to_le_bytes());
    }
    for count in [geometry.rows, geometry.columns] {
        hasher.update(&(count as u64).to_le_bytes());
    }
    for height_m in grid.posts() {
        // Every void is the same void, whatever the bits of its NaN.
        let height_m = if height_m.is_nan() { f32::NAN } else { *height_m };
        hasher.update(&height_m.to_le_bytes());
    }
    format!("blake3:{}", hasher.finalize().to_hex())
}

pub(crate) fn checked(bounds: &Bounds) -> Result<Area, TerrainError> {
    let area = Area::of(bounds);
    let sides = [area.south_deg, area.north_deg, area.west_deg, area.east_deg];
    let problem = match () {
        () if !sides.into_iter().all(f64::is_finite) => "corners are not finite",
        () if area.south_deg >= area.north_deg => "south is not below its north",
        () if area.west_deg >= area.east_deg => "west is not before its east",
        () if area.south_deg < -90.0 - 1e-9 || area.north_deg > 90.0 + 1e-9 => {
            "latitudes leave the globe"
        }
        () if area.east_deg - area.west_deg > 360.0 + 1e-9 => "width is more than a turn",
        () if area.west_deg < -360.0 || area.east_deg > 540.0 => "longitudes are turned too far",
        () => return Ok(area),
    };
    Err(TerrainError::Area { problem })
}
