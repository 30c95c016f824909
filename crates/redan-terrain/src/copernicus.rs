//! Names of the tiles of Copernicus DEM, GLO-30 and GLO-90, and tiles that are sea.
//!
//! A tile is one degree each way and named after its south-west corner: `Copernicus_DSM_COG_10_N39_00_E032_00_DEM`,
//! where 10 stands for one arc-second and 30 for three (Copernicus DEM Product Handbook, Airbus 2022). Tiles
//! without land do not exist. Posts stand on the degree lines of the north and the west; those of the
//! south and the east belong to the neighbours. Towards the poles posts are farther apart in longitude: by 1.5
//! from 50°, 2 from 60°, 3 from 70°, 5 from 80° and 10 from 85°, which the file itself tells. Heights
//! are metres above EGM2008.

use std::path::Path;

use crate::lattice::Lattice;

/// Ending of the empty file that stands for a tile which does not exist.
pub(crate) const SEA: &str = "sea";

/// Posts along a side of a tile of sea: those of GLO-90, so that land beside it meets them.
const SEA_STEPS: usize = 1200;

/// Which spacing of Copernicus DEM.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dataset {
    /// One arc-second, about 30 m; a tile has some 40 MB.
    Glo30,
    /// Three arc-seconds, about 90 m; a tile has some 5 MB.
    Glo90,
}

impl Dataset {
    /// Name as users write it.
    pub fn name(self) -> &'static str {
        match self {
            Dataset::Glo30 => "glo30",
            Dataset::Glo90 => "glo90",
        }
    }

    /// Address of the public bucket of the data set (Registry of Open Data on AWS).
    pub fn address(self) -> &'static str {
        match self {
            Dataset::Glo30 => "https://copernicus-dem-30m.s3.amazonaws.com",
            Dataset::Glo90 => "https://copernicus-dem-90m.s3.amazonaws.com",
        }
    }

    /// Name of a tile by its south-west corner in whole degrees.
    pub fn tile_name(self, (south, west): (i16, i16)) -> String {
        let tenths = match self {
            Dataset::Glo30 => 10,
            Dataset::Glo90 => 30,
        };
        let (lat, lon) = (south.abs(), west.abs());
        let north_or_south = if south < 0 { 'S' } else { 'N' };
        let east_or_west = if west < 0 { 'W' } else { 'E' };
        format!(
            "Copernicus_DSM_COG_{tenths}_{north_or_south}{lat:02}_00_{east_or_west}{lon:03}_00_DEM"
        )
    }
}

/// South-west corner in whole degrees from the name of a file.
pub(crate) fn corner(path: &Path) -> Option<(i16, i16)> {
    let stem = path.file_stem()?.to_str()?;
    let rest = stem.strip_prefix("Copernicus_DSM_COG_")?;
    let rest = rest.strip_prefix("10_").or_else(|| rest.strip_prefix("30_"))?;
    let parts: Vec<&str> = rest.split('_').collect();
    let [lat, "00", lon, "00", "DEM"] = parts[..] else { return None };
    Some((signed(lat, 'N', 'S', 2, 90)?, signed(lon, 'E', 'W', 3, 180)?))
}

/// Where the posts of a tile of sea stand, by the name of its file.
pub(crate) fn sea_lattice(path: &Path) -> Option<Lattice> {
    let (south, west) = corner(path)?;
    let step_deg = 1.0 / SEA_STEPS as f64;
    // Like a tile of land, without the southern and the eastern degree line.
    Some(Lattice {
        south_deg: f64::from(south) + step_deg,
        west_deg: f64::from(west),
        lat_step_deg: step_deg,
        lon_step_deg: step_deg,
        rows: SEA_STEPS,
        columns: SEA_STEPS,
    })
}

fn signed(text: &str, plus: char, minus: char, figures: usize, most: i16) -> Option<i16> {
    let digits = text.get(1..)?;
    if digits.len() != figures || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
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
    fn names_are_those_of_the_bucket() {
        let glo90 = Dataset::Glo90.tile_name((39, 32));
        assert_eq!(glo90, "Copernicus_DSM_COG_30_N39_00_E032_00_DEM");
        let glo30 = Dataset::Glo30.tile_name((-33, -71));
        assert_eq!(glo30, "Copernicus_DSM_COG_10_S33_00_W071_00_DEM");
    }

    #[test]
    fn names_give_their_corners_and_other_names_none() {
        for corner_of in [(39, 32), (-33, -71), (0, 0), (-1, 179), (83, -180)] {
            for dataset in [Dataset::Glo30, Dataset::Glo90] {
                let name = dataset.tile_name(corner_of) + ".tif";
                assert_eq!(corner(Path::new(&name)), Some(corner_of), "{name}");
            }
        }
        for name in ["N39E032.tif", "Copernicus_DSM_COG_30_N39_00_E32_00_DEM.tif", "é.sea", ""] {
            assert_eq!(corner(Path::new(name)), None, "{name}");
        }
    }
}
