//! ESRI ASCII grid: a header of words, then heights row by row from the north.
//!
//! Header (Esri, "Esri ASCII raster format"): `ncols`, `nrows`, `xllcorner` or `xllcenter`,
//! `yllcorner` or `yllcenter`, `cellsize` (GDAL also writes `dx` and `dy`), `NODATA_value`, which is
//! −9999 where it is left out. Corners are those of cells, so posts stand half a cell inside. The
//! format does not name its coordinates: a `.prj` beside it with a projected system is refused.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use crate::TerrainError;
use crate::lattice::{Lattice, Window};

/// A header of seven short lines fits with room to spare.
const HEADER_BYTES: u64 = 4096;

const HINT: &str = "the header needs ncols, nrows, xllcorner, yllcorner and cellsize, each with a number, and as many heights must follow";

/// Where the posts of a file stand, and the height that marks a void.
pub(crate) fn lattice(path: &Path) -> Result<(Lattice, f64), TerrainError> {
    refuse_projected(path)?;
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(TerrainError::io(path))?;
    file.take(HEADER_BYTES).read_to_end(&mut bytes).map_err(TerrainError::io(path))?;
    let text = String::from_utf8_lossy(&bytes);
    let header = Header::read(&text);
    let found = header
        .lattice()
        .ok_or_else(|| TerrainError::tile(path, "its header is not one of an ASCII grid", HINT))?;
    Ok((found, header.nodata.unwrap_or(-9999.0)))
}

/// Heights of a window, row by row from the south.
pub(crate) fn heights_m(
    path: &Path,
    lattice: &Lattice,
    window: Window,
) -> Result<Vec<f32>, TerrainError> {
    let text = fs::read_to_string(path).map_err(TerrainError::io(path))?;
    let needed = lattice.rows.saturating_mul(lattice.columns);
    let wrong = |problem: String| TerrainError::tile(path, problem, HINT);
    let words = text.split_whitespace().skip(Header::read(&text).words);
    let found = words.clone().count();
    if found != needed {
        return Err(wrong(format!("it has {found} heights instead of {needed}")));
    }
    let mut heights_m = vec![f32::NAN; window.rows * window.columns];
    for (index, word) in words.enumerate() {
        let row = lattice.rows - 1 - index / lattice.columns;
        let column = index % lattice.columns;
        let (Some(row), Some(column)) =
            (row.checked_sub(window.row), column.checked_sub(window.column))
        else {
            continue;
        };
        if row < window.rows && column < window.columns {
            let height_m = word.parse().map_err(|_| wrong(format!("{word:?} is no height")))?;
            heights_m[row * window.columns + column] = height_m;
        }
    }
    Ok(heights_m)
}

/// The header as far as it was found.
#[derive(Default)]
struct Header {
    columns: Option<f64>,
    rows: Option<f64>,
    /// Longitude, and whether it is that of a cell's corner.
    west: Option<(f64, bool)>,
    south: Option<(f64, bool)>,
    lon_step: Option<f64>,
    lat_step: Option<f64>,
    nodata: Option<f64>,
    /// Words of the header, after which the heights begin.
    words: usize,
}

impl Header {
    fn read(text: &str) -> Header {
        let mut header = Header::default();
        let mut words = text.split_whitespace();
        while let (Some(key), Some(value)) = (words.next(), words.next()) {
            let Ok(value) = value.parse::<f64>() else { break };
            match key.to_ascii_lowercase().as_str() {
                "ncols" => header.columns = Some(value),
                "nrows" => header.rows = Some(value),
                "xllcorner" => header.west = Some((value, true)),
                "xllcenter" => header.west = Some((value, false)),
                "yllcorner" => header.south = Some((value, true)),
                "yllcenter" => header.south = Some((value, false)),
                "cellsize" => (header.lon_step, header.lat_step) = (Some(value), Some(value)),
                "dx" => header.lon_step = Some(value),
                "dy" => header.lat_step = Some(value),
                "nodata_value" => header.nodata = Some(value),
                _ => break,
            }
            header.words += 2;
        }
        header
    }

    fn lattice(&self) -> Option<Lattice> {
        let (lat_step_deg, lon_step_deg) = (self.lat_step?, self.lon_step?);
        let half = |(_, is_corner): (f64, bool)| if is_corner { 0.5 } else { 0.0 };
        let (south, west) = (self.south?, self.west?);
        Some(Lattice {
            south_deg: south.0 + half(south) * lat_step_deg,
            west_deg: west.0 + half(west) * lon_step_deg,
            lat_step_deg,
            lon_step_deg,
            rows: count(self.rows?)?,
            columns: count(self.columns?)?,
        })
    }
}

fn count(value: f64) -> Option<usize> {
    let whole = value >= 1.0 && value <= f64::from(u32::MAX) && value.fract() == 0.0;
    whole.then_some(value as usize)
}

fn refuse_projected(path: &Path) -> Result<(), TerrainError> {
    let beside = path.with_extension("prj");
    let Ok(text) = fs::read_to_string(&beside) else { return Ok(()) };
    let text = text.to_ascii_uppercase();
    if !text.contains("PROJCS") && !text.contains("PROJCRS") {
        return Ok(());
    }
    let hint = "relief must be in degrees of latitude and longitude (EPSG:4326); gdalwarp -t_srs EPSG:4326 converts it";
    Err(TerrainError::tile(path, "the .prj beside it names a projected system", hint))
}
