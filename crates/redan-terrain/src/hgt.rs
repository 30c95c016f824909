//! SRTM `.hgt`: the name gives the south-west corner, the length gives the spacing.
//!
//! Layout (SRTM Topo documentation, NASA JPL 2005): signed 16-bit big-endian metres above EGM96, row
//! by row from the north-west corner, 1201 × 1201 posts at 3 arc-seconds or 3601 × 3601 at 1; the
//! first and last rows and columns stand on the degree lines and repeat in the next tile. Void −32768;
//! some editions write −32767.

use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use crate::TerrainError;
use crate::lattice::{Lattice, Window};

const BYTES_PER_POST: usize = 2;

/// Where the posts of a file stand.
pub(crate) fn lattice(path: &Path) -> Result<Lattice, TerrainError> {
    let (south, west) = corner(path).ok_or_else(|| {
        let hint = "name the file after its south-west corner, such as N39E032.hgt";
        TerrainError::tile(path, "its name does not tell where it lies", hint)
    })?;
    let bytes = fs::metadata(path).map_err(TerrainError::io(path))?.len();
    let posts = [1201_usize, 3601]
        .into_iter()
        .find(|posts| (posts * posts * BYTES_PER_POST) as u64 == bytes)
        .ok_or_else(|| {
            let hint = "1201 x 1201 posts have 2884802 bytes and 3601 x 3601 posts 25934402; unpack the file, or fetch it again";
            TerrainError::tile(path, format!("it has {bytes} bytes"), hint)
        })?;
    let step_deg = 1.0 / (posts - 1) as f64;
    Ok(Lattice {
        south_deg: f64::from(south),
        west_deg: f64::from(west),
        lat_step_deg: step_deg,
        lon_step_deg: step_deg,
        rows: posts,
        columns: posts,
    })
}

/// Heights of a window, row by row from the south.
pub(crate) fn heights_m(
    path: &Path,
    lattice: &Lattice,
    window: Window,
) -> Result<Vec<f32>, TerrainError> {
    let row_bytes = lattice.columns * BYTES_PER_POST;
    let northern_rows = lattice.rows - window.row - window.rows;
    let mut file = File::open(path).map_err(TerrainError::io(path))?;
    let start = SeekFrom::Start((northern_rows * row_bytes) as u64);
    file.seek(start).map_err(TerrainError::io(path))?;
    let mut bytes = vec![0; window.rows * row_bytes];
    file.read_exact(&mut bytes).map_err(TerrainError::io(path))?;

    let mut heights_m = Vec::with_capacity(window.rows * window.columns);
    for row in bytes.chunks_exact(row_bytes).rev() {
        let (posts, _) = row.as_chunks::<BYTES_PER_POST>();
        let wanted = &posts[window.column..window.column + window.columns];
        heights_m.extend(wanted.iter().map(|post| f32::from(i16::from_be_bytes(*post))));
    }
    Ok(heights_m)
}

/// Latitude and longitude of the south-west corner, degrees, from a name such as `S33W071.hgt`.
fn corner(path: &Path) -> Option<(i16, i16)> {
    let name = path.file_name()?.to_str()?.to_ascii_uppercase();
    let (lat, lon) = (name.get(0..3)?, name.get(3..7)?);
    Some((signed(lat, 'N', 'S', 90)?, signed(lon, 'E', 'W', 180)?))
}

fn signed(text: &str, plus: char, minus: char, most: i16) -> Option<i16> {
    let digits = text.get(1..)?;
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let degrees: i16 = digits.parse().ok()?;
    let sign = match text.chars().next()? {
        letter if letter == plus => 1,
        letter if letter == minus => -1,
        _ => return None,
    };
    (degrees <= most).then_some(sign * degrees)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_give_corners_and_other_names_do_not() {
        let at = |name: &str| corner(Path::new(name));
        assert_eq!(at("/tiles/N39E032.hgt"), Some((39, 32)));
        assert_eq!(at("s33w071.SRTMGL1.hgt"), Some((-33, -71)));
        for name in ["relief.hgt", "N3E032.hgt", "N91E000.hgt", "N+1E001.hgt", "É1", ""] {
            assert_eq!(at(name), None, "{name}");
        }
    }
}
