//! GeoTIFF: tiled or in strips, compressed or not, in degrees of latitude and longitude.
//!
//! OGC 19-008r4 (GeoTIFF 1.1): where a raster's pixels are areas, a height belongs to the middle of
//! its pixel, half a cell inside the corner that the file names; where they are points, to the point
//! that it names. The reader library brings both to the corner, so that the middle of a pixel is the
//! post either way.

use std::path::Path;

use geotiff_reader::GeoTiffFile;

use crate::TerrainError;
use crate::lattice::{Lattice, Window};

/// WGS 84 by latitude and longitude.
const WGS84: u16 = 4326;

/// The metre among the units of the EPSG register; a file that names none means metres.
const METRE: u16 = 9001;

const CONVERT: &str = "relief must be one band of metres in EPSG:4326, north up; gdalwarp -t_srs EPSG:4326 converts it";

/// An open GeoTIFF.
pub(crate) struct Raster {
    file: GeoTiffFile,
    pub(crate) lattice: Lattice,
    /// Height that marks a void.
    pub(crate) nodata: Option<f64>,
}

impl Raster {
    pub(crate) fn open(path: &Path) -> Result<Raster, TerrainError> {
        let file = GeoTiffFile::open(path).map_err(unreadable(path))?;
        let refuse = |problem: String| Err(TerrainError::tile(path, problem, CONVERT));
        if file.crs().geographic_epsg() != Some(WGS84) {
            return refuse(match file.epsg() {
                Some(epsg) => format!("its coordinates are EPSG:{epsg}"),
                None => "it does not name its coordinates".to_owned(),
            });
        }
        if let Some(unit) = file.crs().vertical_units().filter(|unit| *unit != METRE) {
            return refuse(format!("its heights are in unit EPSG:{unit}"));
        }
        if file.band_count() != 1 {
            return refuse(format!("it has {} bands", file.band_count()));
        }
        let Some(lattice) = lattice(&file) else {
            return refuse("it is turned, or does not say where it lies".to_owned());
        };
        let nodata = file.nodata().and_then(|text| text.trim().parse().ok());
        Ok(Raster { file, lattice, nodata })
    }

    /// Heights of a window, row by row from the south.
    pub(crate) fn heights_m(&self, path: &Path, window: Window) -> Result<Vec<f64>, TerrainError> {
        let base = self.file.base_ifd_index();
        let directory = self.file.tiff().ifd(base).map_err(unreadable(path))?;
        let layout = directory.raster_layout().map_err(unreadable(path))?;
        let north = self.lattice.rows - window.row - window.rows;
        macro_rules! read {
            ($sample:ty) => {{
                let posts = self
                    .file
                    .read_band_window::<$sample>(
                        0,
                        north,
                        window.column,
                        window.rows,
                        window.columns,
                    )
                    .map_err(unreadable(path))?;
                posts.iter().map(|post| f64::from(*post)).collect::<Vec<f64>>()
            }};
        }
        // Sample formats of TIFF 6.0: 1 unsigned, 2 signed, 3 floating point.
        let from_north = match (layout.sample_format, layout.bits_per_sample) {
            (1, 8) => read!(u8),
            (1, 16) => read!(u16),
            (1, 32) => read!(u32),
            (2, 8) => read!(i8),
            (2, 16) => read!(i16),
            (2, 32) => read!(i32),
            (3, 32) => read!(f32),
            (3, 64) => read!(f64),
            (format, bits) => {
                let problem = format!("its samples have {bits} bits of format {format}");
                return Err(TerrainError::tile(path, problem, CONVERT));
            }
        };
        Ok(from_north.chunks_exact(window.columns).rev().flatten().copied().collect())
    }
}

fn lattice(file: &GeoTiffFile) -> Option<Lattice> {
    let transform = file.transform()?;
    let upright = transform.skew_x == 0.0
        && transform.skew_y == 0.0
        && transform.pixel_width > 0.0
        && transform.pixel_height < 0.0;
    if !upright {
        return None;
    }
    let (rows, columns) = (file.height() as usize, file.width() as usize);
    let (west_deg, south_deg) = transform.pixel_to_geo(0.5, f64::from(file.height()) - 0.5);
    Some(Lattice {
        south_deg,
        west_deg,
        lat_step_deg: -transform.pixel_height,
        lon_step_deg: transform.pixel_width,
        rows,
        columns,
    })
}

fn unreadable<E: std::fmt::Display>(path: &Path) -> impl FnOnce(E) -> TerrainError {
    let path = path.to_owned();
    move |error| {
        let hint =
            "the file is damaged or not a GeoTIFF: fetch it again, or move it out of the folder";
        TerrainError::tile(&path, error.to_string(), hint)
    }
}
