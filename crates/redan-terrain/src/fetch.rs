//! Tiles of Copernicus DEM from the public bucket into a folder.
//!
//! A tile that is there is not asked for again, nor is one that the bucket does not have, which is sea: an empty
//! file with the ending `.sea` stands for it. A download that breaks off stays as `.part` and is continued
//! with the next attempt or the next call (RFC 9110, section 14). A tile takes its name when it has the length that
//! the server named, opens as a raster and lies where its name says.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use redan_geo::Bounds;

use crate::copernicus::{self, Dataset};
use crate::download::{Answer, Attempt, Client};
use crate::lattice::{Area, Window};
use crate::{TerrainError, load, tiff};

/// Tiles of one call at most: beyond, a box is more likely a slip than a wish.
pub const MOST_TILES: usize = 600;

/// Attempts in a row that bring nothing new before a tile is given up.
const ATTEMPTS: u32 = 5;

/// The longest pause between two attempts, in units of the first.
const LONGEST_PAUSE: u32 = 16;

/// What is fetched from where to where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// Which tiles.
    pub dataset: Dataset,
    /// Address of the bucket, usually [`Dataset::address`].
    pub address: String,
    /// Folder for the tiles; it is made if it is absent.
    pub folder: PathBuf,
    /// Pause after the first failure; it doubles with each further one.
    pub pause: Duration,
}

/// How far a fetch has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress<'a> {
    /// The tile that is being fetched.
    pub tile: &'a str,
    /// Tiles that are done.
    pub done: usize,
    /// Tiles in all.
    pub all: usize,
    /// Bytes of this tile that are there.
    pub bytes: u64,
    /// Bytes of this tile in all, once they are known.
    pub bytes_in_all: Option<u64>,
}

/// What a fetch did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fetched {
    /// Tiles that were downloaded.
    pub fetched: usize,
    /// Bytes that were received for them.
    pub bytes: u64,
    /// Tiles that were there already, sea among them.
    pub already: usize,
    /// Tiles that the bucket does not have, because they are sea.
    pub sea: usize,
    /// Whether no list of the bucket could be read, so that a wrong address looks like sea.
    pub is_sea_unsure: bool,
}

/// South-west corners, in whole degrees, of the tiles under an area.
///
/// # Errors
/// When the area is none, or would take more than [`MOST_TILES`] tiles.
pub fn tiles_of(area: &Bounds) -> Result<Vec<(i16, i16)>, TerrainError> {
    let area = load::checked(area)?;
    let first = |low_deg: f64| (low_deg + 1e-9).floor() as i16;
    let last = |high_deg: f64| (high_deg - 1e-9).ceil() as i16 - 1;
    let lats = first(area.south_deg).max(-90)..=last(area.north_deg).min(89);
    let lons = first(area.west_deg)..=last(area.east_deg);
    let count = lats.clone().count() * lons.clone().count();
    if count > MOST_TILES {
        return Err(TerrainError::TooMany { area: area.to_string(), count });
    }
    let around = |lon: i16| (lon + 180).rem_euclid(360) - 180;
    let corners: BTreeSet<(i16, i16)> =
        lats.flat_map(|lat| lons.clone().map(move |lon| (lat, around(lon)))).collect();
    Ok(corners.into_iter().collect())
}

/// Fetches the tiles under an area that are not in the folder yet.
///
/// `watch` is told of every step, for a display.
///
/// # Errors
/// When the area is none or too large, the folder cannot be written, or a tile cannot be had: no
/// connection, refusals of the server, or a file that is no tile. Tiles that came before stay.
pub fn fetch(
    area: &Bounds,
    order: &Order,
    watch: &mut dyn FnMut(&Progress<'_>),
) -> Result<Fetched, TerrainError> {
    let corners = tiles_of(area)?;
    fs::create_dir_all(&order.folder).map_err(TerrainError::write(&order.folder))?;
    let mut task =
        Task { order, client: Client::new(&order.address), list: None, result: Fetched::default() };
    for (done, corner) in corners.iter().enumerate() {
        let tile = order.dataset.tile_name(*corner);
        let all = corners.len();
        let mut tell = |bytes: u64, bytes_in_all: Option<u64>| {
            watch(&Progress { tile: &tile, done, all, bytes, bytes_in_all });
        };
        tell(0, None);
        task.tile(&tile, *corner, &mut tell)?;
    }
    Ok(task.result)
}

struct Task<'a> {
    order: &'a Order,
    client: Client,
    /// Names in the list of the bucket; `Some(None)` where it has none.
    list: Option<Option<BTreeSet<String>>>,
    result: Fetched,
}

impl Task<'_> {
    fn tile(
        &mut self,
        tile: &str,
        corner: (i16, i16),
        tell: &mut dyn FnMut(u64, Option<u64>),
    ) -> Result<(), TerrainError> {
        let file = |ending: &str| self.order.folder.join(format!("{tile}.{ending}"));
        let (whole, part, sea) = (file("tif"), file("tif.part"), file(copernicus::SEA));
        if whole.is_file() || sea.is_file() {
            self.result.already += 1;
            return Ok(());
        }
        let address = format!("{}/{tile}/{tile}.tif", self.order.address.trim_end_matches('/'));
        let (mut failures, mut longest) = (0, 0);
        loop {
            let Attempt { answer, received, there } = self.client.get(&address, &part, tell)?;
            self.result.bytes += received;
            let problem = match answer {
                Answer::Whole => match tile_problem(&part, corner) {
                    None => {
                        fs::rename(&part, &whole).map_err(TerrainError::write(&whole))?;
                        self.result.fetched += 1;
                        return Ok(());
                    }
                    Some(problem) => {
                        fs::remove_file(&part).map_err(TerrainError::write(&part))?;
                        // Whatever came was no tile: it is no progress either.
                        failures += 1;
                        problem
                    }
                },
                Answer::Absent => return self.sea(tile, &address, &sea),
                Answer::Refused(problem) => {
                    return Err(TerrainError::Fetch { address, problem });
                }
                Answer::Broken(problem) => {
                    failures = if there > longest { 1 } else { failures + 1 };
                    longest = longest.max(there);
                    problem
                }
            };
            if failures >= ATTEMPTS {
                return Err(TerrainError::Fetch { address, problem });
            }
            let factor = 1_u32 << (failures.max(1) - 1);
            thread::sleep(self.order.pause * factor.min(LONGEST_PAUSE));
        }
    }

    /// The bucket does not have a tile: sea, unless its own list names the tile.
    fn sea(&mut self, tile: &str, address: &str, marker: &Path) -> Result<(), TerrainError> {
        if self.list.is_none() {
            self.list = Some(self.client.list());
        }
        match self.list.as_ref().and_then(Option::as_ref) {
            None => self.result.is_sea_unsure = true,
            Some(list) if list.contains(tile) => {
                let problem = "the server does not have it, but its list does".to_owned();
                return Err(TerrainError::Fetch { address: address.to_owned(), problem });
            }
            Some(_) => {}
        }
        fs::write(marker, b"").map_err(TerrainError::write(marker))?;
        self.result.sea += 1;
        Ok(())
    }
}

/// What is wrong with a file that should be the tile of a corner.
fn tile_problem(path: &Path, corner: (i16, i16)) -> Option<String> {
    let shown = |error: TerrainError| match error {
        TerrainError::Tile { problem, .. } => problem,
        other => other.to_string(),
    };
    let raster = match tiff::Raster::open(path) {
        Ok(raster) => raster,
        Err(error) => return Some(format!("what came is no raster: {}", shown(error))),
    };
    let (south_deg, west_deg) = (f64::from(corner.0), f64::from(corner.1));
    let named = Area { south_deg, north_deg: south_deg + 1.0, west_deg, east_deg: west_deg + 1.0 };
    let found = raster.lattice.area();
    let cell_deg = raster.lattice.lat_step_deg.max(raster.lattice.lon_step_deg);
    let is_there = (found.south_deg - named.south_deg).abs() <= 1.5 * cell_deg
        && (found.north_deg - named.north_deg).abs() <= 1.5 * cell_deg
        && (found.west_deg - named.west_deg).abs() <= 1.5 * cell_deg
        && (found.east_deg - named.east_deg).abs() <= 1.5 * cell_deg;
    if !is_there {
        return Some(format!("what came lies at {found}"));
    }
    // The last row lies in the last blocks of the file.
    let southernmost = Window { row: 0, rows: 1, column: 0, columns: raster.lattice.columns };
    raster
        .samples(path, southernmost)
        .err()
        .map(|error| format!("what came cannot be read: {}", shown(error)))
}
