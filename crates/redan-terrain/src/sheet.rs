//! One file of relief, whatever its format.

use std::path::{Path, PathBuf};

use crate::TerrainError;
use crate::lattice::{Lattice, Window};
use crate::{ascii, hgt, tiff};

/// No relief of the Earth is farther from sea level than this.
const EXTREME_M: f64 = 12_000.0;

/// A tenth of a metre on the ground: no relief of this size of area is finer, and a step of almost
/// nothing would make a grid of the area without end.
const FINEST_DEG: f64 = 1e-6;

/// A file whose posts are known and whose heights are read window by window.
pub(crate) struct Sheet {
    pub(crate) path: PathBuf,
    pub(crate) lattice: Lattice,
    source: Source,
}

enum Source {
    Hgt,
    Ascii { nodata: f64 },
    Tiff(Box<tiff::Raster>),
}

/// Whether the name of a file says that it is relief.
pub(crate) fn is_relief(path: &Path) -> bool {
    ["hgt", "asc", "tif", "tiff"].contains(&extension(path).as_str())
}

impl Sheet {
    /// Opens a file far enough to know where its posts stand.
    pub(crate) fn open(path: &Path) -> Result<Sheet, TerrainError> {
        let (lattice, source) = match extension(path).as_str() {
            "hgt" => (hgt::lattice(path)?, Source::Hgt),
            "asc" => {
                let (lattice, nodata) = ascii::lattice(path)?;
                (lattice, Source::Ascii { nodata })
            }
            "tif" | "tiff" => {
                let raster = tiff::Raster::open(path)?;
                (raster.lattice, Source::Tiff(Box::new(raster)))
            }
            _ => {
                let problem = "this kind of file is not read";
                return Err(TerrainError::tile(path, problem, "give .hgt, .tif or .asc files"));
            }
        };
        check(path, &lattice)?;
        Ok(Sheet { path: path.to_owned(), lattice, source })
    }

    /// Name of the file without its folders.
    pub(crate) fn name(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// Heights of a window in metres, row by row from the south, each row from the west; NaN is a
    /// void.
    pub(crate) fn heights_m(&self, window: Window) -> Result<Vec<f32>, TerrainError> {
        let mut heights_m = match &self.source {
            Source::Hgt => hgt::heights_m(&self.path, &self.lattice, window)?,
            Source::Ascii { .. } => ascii::heights_m(&self.path, &self.lattice, window)?,
            Source::Tiff(raster) => raster.heights_m(&self.path, window)?,
        };
        for height_m in &mut heights_m {
            *height_m = self.cleaned(*height_m)?;
        }
        Ok(heights_m.into_iter().map(|height_m| height_m as f32).collect())
    }

    /// Voids as NaN; a height that is none is an error, because it would otherwise hide what lies
    /// behind it.
    fn cleaned(&self, height_m: f64) -> Result<f64, TerrainError> {
        let nodata = match &self.source {
            Source::Hgt => None,
            Source::Ascii { nodata } => Some(*nodata),
            Source::Tiff(raster) => raster.nodata,
        };
        // Both markers of SRTM count in every format, since converted tiles often lose their own.
        let markers = [Some(-32_768.0), Some(-32_767.0), nodata];
        if height_m.is_nan() || markers.contains(&Some(height_m)) {
            return Ok(f64::NAN);
        }
        if height_m.abs() <= EXTREME_M {
            return Ok(height_m);
        }
        let problem = format!("it has a height of {height_m} m");
        let hint = "heights are metres from -12000 to 12000; if this figure marks a void, say so in the file's NoData value";
        Err(TerrainError::tile(&self.path, problem, hint))
    }
}

fn extension(path: &Path) -> String {
    path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase()
}

/// Refuses rasters that are not in degrees: their corners or steps leave the globe.
fn check(path: &Path, lattice: &Lattice) -> Result<(), TerrainError> {
    if lattice.rows < 2 || lattice.columns < 2 {
        let problem = format!("it has {} x {} posts", lattice.rows, lattice.columns);
        return Err(TerrainError::tile(path, problem, "two posts each way are the least"));
    }
    let area = lattice.area();
    let on_globe = lattice.lat_step_deg >= FINEST_DEG
        && lattice.lon_step_deg >= FINEST_DEG
        && area.south_deg >= -90.001
        && area.north_deg <= 90.001
        && area.west_deg >= -360.001
        && area.east_deg <= 360.001;
    if on_globe {
        return Ok(());
    }
    let hint = "relief must be in degrees of latitude and longitude (EPSG:4326); gdalwarp -t_srs EPSG:4326 converts it";
    Err(TerrainError::tile(
        path,
        format!(
            "its posts stand at {area}, {} x {}° apart",
            lattice.lat_step_deg, lattice.lon_step_deg
        ),
        hint,
    ))
}
