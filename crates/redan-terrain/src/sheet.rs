//! One file of relief, whatever its format.

use std::path::{Path, PathBuf};

use crate::TerrainError;
use crate::lattice::{Lattice, Window};
use crate::{ascii, copernicus, dted, hgt, tiff};

/// No relief of the Earth is farther from sea level than this.
const EXTREME_M: f32 = 12_000.0;

/// Posts across a tile: five times those of the whole Earth at one arc-second.
const MOST_COLUMNS: usize = 6_000_000;

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
    Dted,
    Ascii {
        nodata: f64,
    },
    Tiff(Box<tiff::Raster>),
    /// A tile that does not exist, because there is no land in it.
    Sea,
}

/// Whether the name of a file says that it is relief.
pub(crate) fn is_relief(path: &Path) -> bool {
    let extension = extension(path);
    ["hgt", "dt0", "dt1", "dt2", "asc", "tif", "tiff"].contains(&extension.as_str())
        || extension == copernicus::SEA && copernicus::corner(path).is_some()
}

impl Sheet {
    /// Opens a file far enough to know where its posts stand.
    pub(crate) fn open(path: &Path) -> Result<Sheet, TerrainError> {
        let (lattice, source) = match extension(path).as_str() {
            "hgt" => (hgt::lattice(path)?, Source::Hgt),
            "dt0" | "dt1" | "dt2" => (dted::lattice(path)?, Source::Dted),
            "asc" => {
                let (lattice, nodata) = ascii::lattice(path)?;
                (lattice, Source::Ascii { nodata })
            }
            "tif" | "tiff" => {
                let raster = tiff::Raster::open(path)?;
                (raster.lattice, Source::Tiff(Box::new(raster)))
            }
            copernicus::SEA => {
                let hint = "the name of a tile of sea is that of a tile of Copernicus DEM";
                let lattice = copernicus::sea_lattice(path).ok_or_else(|| {
                    TerrainError::tile(path, "its name does not tell where it lies", hint)
                })?;
                (lattice, Source::Sea)
            }
            _ => {
                let problem = "this kind of file is not read";
                let hint = "give .hgt, .dt0, .dt1, .dt2, .tif or .asc files";
                return Err(TerrainError::tile(path, problem, hint));
            }
        };
        check(path, &lattice)?;
        Ok(Sheet { path: path.to_owned(), lattice, source })
    }

    /// Name of the file without its folders.
    pub(crate) fn name(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// Whether it stands for a tile without land.
    pub(crate) fn is_sea(&self) -> bool {
        matches!(self.source, Source::Sea)
    }

    /// What was taken for granted when it was read, in words for the note.
    pub(crate) fn assumption(&self) -> Option<&str> {
        match &self.source {
            Source::Tiff(raster) => raster.assumption.as_deref(),
            _ => None,
        }
    }

    /// Heights of a window in metres, row by row from the south, each row from the west; NaN is a
    /// void, infinity a place that the file does not reach.
    pub(crate) fn heights_m(&self, window: Window) -> Result<Vec<f32>, TerrainError> {
        let (path, lattice) = (&self.path, &self.lattice);
        match &self.source {
            Source::Hgt => self.cleaned(hgt::heights_m(path, lattice, window)?),
            Source::Dted => self.cleaned(dted::heights_m(path, lattice, window)?),
            Source::Ascii { .. } => self.cleaned(ascii::heights_m(path, lattice, window)?),
            Source::Sea => Ok(vec![0.0; window.rows * window.columns]),
            Source::Tiff(raster) => {
                let read = |pixels: Window| self.cleaned(raster.samples(path, pixels)?);
                match &raster.plane {
                    Some(plane) => plane.heights_m(lattice, window, read),
                    None => read(window),
                }
            }
        }
    }

    /// Voids as NaN; a height that is none is an error, because it would otherwise hide what lies
    /// behind it.
    fn cleaned(&self, mut heights_m: Vec<f32>) -> Result<Vec<f32>, TerrainError> {
        let nodata = match &self.source {
            Source::Ascii { nodata } => Some(*nodata as f32),
            Source::Tiff(raster) => raster.nodata.map(|nodata| nodata as f32),
            _ => None,
        };
        // Both markers of SRTM count in every format, since converted tiles often lose their own.
        // Texts of NoData are often rounded: they are compared as what a file of heights can hold.
        let markers = [-32_768.0, -32_767.0, nodata.unwrap_or(f32::NAN)];
        for height_m in &mut heights_m {
            if markers.contains(height_m) {
                *height_m = f32::NAN;
            } else if height_m.abs() > EXTREME_M {
                let problem = format!("it has a height of {height_m} m");
                let hint = "heights are metres from -12000 to 12000; if this figure marks a void, say so in the file's NoData value";
                return Err(TerrainError::tile(&self.path, problem, hint));
            }
        }
        Ok(heights_m)
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
    if lattice.columns > MOST_COLUMNS {
        let problem = format!("it has {} columns", lattice.columns);
        return Err(TerrainError::tile(path, problem, "cut it into smaller tiles"));
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
