//! DTED levels 0, 1 and 2 (`.dt0`, `.dt1`, `.dt2`): meridians of posts from south to north.
//!
//! Layout (MIL-PRF-89020B, 2000): a label of 80 bytes (`UHL1`: origin, spacing in tenths of an
//! arc-second, numbers of meridians and of posts on each), descriptions of 648 and 2700 bytes, then one
//! record for each meridian from the west: a sentinel, three counters, heights in 16 bits big-endian as
//! sign and magnitude, and a checksum. Void −32767. Heights are metres above mean sea level (EGM96 since
//! WGS 84 is its datum). Posts stand on the degree lines; towards the poles meridians are farther apart.
//!
//! The checksum is not tested: a good part of the files in circulation have wrong ones.

use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use crate::TerrainError;
use crate::lattice::{Lattice, Window};

const LABEL_BYTES: usize = 80;
const DESCRIPTION_BYTES: usize = 648;
const HEAD_BYTES: usize = LABEL_BYTES + DESCRIPTION_BYTES + 2700;

/// Sentinel and counters before, checksum after the heights of a record.
const BEFORE_BYTES: usize = 8;
const AFTER_BYTES: usize = 4;

/// Horizontal datum in the description.
const DATUM: std::ops::Range<usize> = LABEL_BYTES + 144..LABEL_BYTES + 149;

const HINT: &str =
    "the file is damaged or not DTED: fetch it again, or convert it with gdal_translate to GeoTIFF";

/// Where the posts of a file stand.
pub(crate) fn lattice(path: &Path) -> Result<Lattice, TerrainError> {
    let wrong = |problem: String| TerrainError::tile(path, problem, HINT);
    let mut head = Vec::new();
    let file = File::open(path).map_err(TerrainError::io(path))?;
    file.take(HEAD_BYTES as u64).read_to_end(&mut head).map_err(TerrainError::io(path))?;
    if head.len() < HEAD_BYTES || !head.starts_with(b"UHL1") {
        return Err(wrong("it does not begin like DTED".to_owned()));
    }
    refuse_other_datum(path, &head[DATUM])?;
    let found = label(&head).ok_or_else(|| wrong("its label cannot be read".to_owned()))?;
    let expected = HEAD_BYTES + found.columns * record_bytes(&found);
    let bytes = fs::metadata(path).map_err(TerrainError::io(path))?.len();
    if bytes < expected as u64 {
        return Err(wrong(format!("it has {bytes} bytes instead of {expected}")));
    }
    Ok(found)
}

/// Heights of a window, row by row from the south.
pub(crate) fn heights_m(
    path: &Path,
    lattice: &Lattice,
    window: Window,
) -> Result<Vec<f32>, TerrainError> {
    let record = record_bytes(lattice);
    let mut file = File::open(path).map_err(TerrainError::io(path))?;
    let start = HEAD_BYTES + window.column * record;
    file.seek(SeekFrom::Start(start as u64)).map_err(TerrainError::io(path))?;
    let mut bytes = vec![0; record];
    let mut heights_m = vec![f32::NAN; window.rows * window.columns];
    for column in 0..window.columns {
        file.read_exact(&mut bytes).map_err(TerrainError::io(path))?;
        let (posts, _) = bytes[BEFORE_BYTES..].as_chunks::<2>();
        for row in 0..window.rows {
            let height_m = signed(u16::from_be_bytes(posts[window.row + row]));
            heights_m[row * window.columns + column] = height_m;
        }
    }
    Ok(heights_m)
}

/// Sign and magnitude; void is the largest magnitude below zero.
fn signed(word: u16) -> f32 {
    let magnitude = f32::from(word & 0x7fff);
    if word & 0x8000 == 0 { magnitude } else { -magnitude }
}

fn record_bytes(lattice: &Lattice) -> usize {
    BEFORE_BYTES + 2 * lattice.rows + AFTER_BYTES
}

fn label(head: &[u8]) -> Option<Lattice> {
    let number = |from: usize, to: usize| -> Option<u32> {
        std::str::from_utf8(head.get(from..to)?).ok()?.trim().parse().ok()
    };
    let angle_deg = |from: usize, plus: u8, minus: u8| {
        let parts =
            [number(from, from + 3)?, number(from + 3, from + 5)?, number(from + 5, from + 7)?];
        let [degrees, minutes, seconds] = parts.map(f64::from);
        let degrees = degrees + minutes / 60.0 + seconds / 3600.0;
        match *head.get(from + 7)? {
            letter if letter == plus => Some(degrees),
            letter if letter == minus => Some(-degrees),
            _ => None,
        }
    };
    // The label has four figures for each count, so that no file is absurdly large.
    Some(Lattice {
        west_deg: angle_deg(4, b'E', b'W')?,
        south_deg: angle_deg(12, b'N', b'S')?,
        lon_step_deg: f64::from(number(20, 24)?) / 36_000.0,
        lat_step_deg: f64::from(number(24, 28)?) / 36_000.0,
        columns: usize::try_from(number(47, 51)?).ok()?,
        rows: usize::try_from(number(51, 55)?).ok()?,
    })
}

fn refuse_other_datum(path: &Path, datum: &[u8]) -> Result<(), TerrainError> {
    let name = String::from_utf8_lossy(datum);
    if matches!(name.trim(), "" | "WGS84") {
        return Ok(());
    }
    let hint = "relief must be on WGS 84; gdalwarp -t_srs EPSG:4326 converts it";
    Err(TerrainError::tile(path, format!("its datum is {name:?}"), hint))
}
