//! GeoTIFF: tiled or in strips, compressed or not, in degrees of latitude and longitude or in UTM.
//!
//! OGC 19-008r4 (GeoTIFF 1.1): where a raster's pixels are areas, a height belongs to the middle of
//! its pixel, half a cell inside the corner that the file names; where they are points, to the point
//! that it names. The reader library brings both to the corner, so that the middle of a pixel is the
//! post either way.
//!
//! Datums that are bound to a plate instead of to the Earth as a whole (ETRS89, NAD83 and their kin) stay within two
//! metres of WGS 84, a fraction of any cell: they are taken for it, and the note says so. All others
//! are refused. So are heights above the ellipsoid, which differ from those above sea level by up to
//! 110 m.

use std::path::Path;

use geotiff_reader::GeoTiffFile;

use crate::TerrainError;
use crate::lattice::{Lattice, Window};
use crate::plane::Plane;
use crate::utm::Zone;

/// WGS 84 by latitude and longitude.
const WGS84: u16 = 4326;

/// ETRS89, NAD83, GDA94, SIRGAS 2000 and GDA2020 by latitude and longitude.
const NEAR_WGS84: [u16; 5] = [4258, 4269, 4283, 4674, 7844];

/// The metre among the units of the EPSG register; a file that names none means metres.
const METRE: u16 = 9001;

/// WGS 84 by latitude, longitude and height above the ellipsoid.
const WGS84_WITH_HEIGHT: u16 = 4979;

/// Vertical systems that GeoTIFF 1.0 set aside for heights above an ellipsoid.
const ABOVE_ELLIPSOID: std::ops::RangeInclusive<u16> = 5001..=5033;

const CONVERT: &str = "relief must be one band of metres in EPSG:4326 or in UTM on WGS 84, north up; gdalwarp -t_srs EPSG:4326 converts it";

const TO_SEA_LEVEL: &str = "relief must be in metres above sea level; gdalwarp -s_srs EPSG:4979 -t_srs EPSG:4326+3855 converts it where PROJ has the grid of the geoid";

/// An open GeoTIFF.
pub(crate) struct Raster {
    file: GeoTiffFile,
    /// Posts by latitude and longitude; made up for a raster in UTM.
    pub(crate) lattice: Lattice,
    /// Where the pixels lie, if they are projected.
    pub(crate) plane: Option<Plane>,
    /// Height that marks a void.
    pub(crate) nodata: Option<f64>,
    /// What was taken for granted, in words for the note.
    pub(crate) assumption: Option<String>,
}

/// How the pixels of a file lie on the Earth.
struct Frame {
    zone: Option<Zone>,
    assumption: Option<String>,
}

impl Raster {
    pub(crate) fn open(path: &Path) -> Result<Raster, TerrainError> {
        let file = GeoTiffFile::open(path).map_err(unreadable(path))?;
        let refuse = |problem: String| TerrainError::tile(path, problem, CONVERT);
        let frame = frame(path, &file)?;
        check_heights(path, &file)?;
        if file.band_count() != 1 {
            return Err(refuse(format!("it has {} bands", file.band_count())));
        }
        let turned = || refuse("it is turned, or does not say where it lies".to_owned());
        let flat = flat(&file).ok_or_else(turned)?;
        let plane = frame.zone.map(|zone| Plane::new(zone, flat));
        let lattice = match &plane {
            None => flat,
            Some(plane) => plane.lattice().ok_or_else(|| {
                refuse("it reaches too far beyond its UTM zone, or is a single line".to_owned())
            })?,
        };
        let nodata = file.nodata().and_then(|text| text.trim().parse().ok());
        Ok(Raster { file, lattice, plane, nodata, assumption: frame.assumption })
    }

    /// Samples of a window of pixels, row by row from the south.
    pub(crate) fn samples(&self, path: &Path, pixels: Window) -> Result<Vec<f32>, TerrainError> {
        let base = self.file.base_ifd_index();
        let directory = self.file.tiff().ifd(base).map_err(unreadable(path))?;
        let layout = directory.raster_layout().map_err(unreadable(path))?;
        let Window { row, rows, column, columns } = pixels;
        let north = self.file.height() as usize - row - rows;
        macro_rules! read {
            ($sample:ty) => {{
                let from_north = self
                    .file
                    .read_band_window::<$sample>(0, north, column, rows, columns)
                    .map_err(unreadable(path))?;
                let from_north: Vec<f32> = from_north.iter().map(|sample| *sample as f32).collect();
                from_north.chunks_exact(columns).rev().flatten().copied().collect()
            }};
        }
        // Sample formats of TIFF 6.0: 1 unsigned, 2 signed, 3 floating point.
        Ok(match (layout.sample_format, layout.bits_per_sample) {
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
        })
    }
}

fn frame(path: &Path, file: &GeoTiffFile) -> Result<Frame, TerrainError> {
    let taken_for = |epsg: u16| Some(format!("EPSG:{epsg} taken for WGS 84, within 2 m"));
    if let Some(epsg) = file.crs().projected_epsg() {
        let Some((zone, is_wgs84)) = zone_of(epsg) else {
            let problem = format!("its coordinates are EPSG:{epsg}");
            return Err(TerrainError::tile(path, problem, CONVERT));
        };
        let assumption = if is_wgs84 { None } else { taken_for(epsg) };
        return Ok(Frame { zone: Some(zone), assumption });
    }
    let problem = match file.crs().geographic_epsg() {
        Some(WGS84) => return Ok(Frame { zone: None, assumption: None }),
        Some(epsg) if NEAR_WGS84.contains(&epsg) => {
            return Ok(Frame { zone: None, assumption: taken_for(epsg) });
        }
        Some(WGS84_WITH_HEIGHT) => {
            let problem = "its heights are above the ellipsoid (EPSG:4979)";
            return Err(TerrainError::tile(path, problem, TO_SEA_LEVEL));
        }
        _ => match file.epsg() {
            Some(epsg) => format!("its coordinates are EPSG:{epsg}"),
            None => "it does not name its coordinates".to_owned(),
        },
    };
    Err(TerrainError::tile(path, problem, CONVERT))
}

/// UTM zone of a projected system, and whether it is on WGS 84 itself instead of ETRS89 or NAD83.
fn zone_of(epsg: u16) -> Option<(Zone, bool)> {
    match epsg {
        32_601..=32_660 => Some((Zone::new(epsg - 32_600, false), true)),
        32_701..=32_760 => Some((Zone::new(epsg - 32_700, true), true)),
        25_828..=25_838 => Some((Zone::new(epsg - 25_800, false), false)),
        26_901..=26_923 => Some((Zone::new(epsg - 26_900, false), false)),
        _ => None,
    }
}

fn check_heights(path: &Path, file: &GeoTiffFile) -> Result<(), TerrainError> {
    if let Some(unit) = file.crs().vertical_units().filter(|unit| *unit != METRE) {
        let problem = format!("its heights are in unit EPSG:{unit}");
        return Err(TerrainError::tile(path, problem, CONVERT));
    }
    let above = file.crs().vertical_epsg();
    if let Some(epsg) =
        above.filter(|epsg| ABOVE_ELLIPSOID.contains(epsg) || *epsg == WGS84_WITH_HEIGHT)
    {
        let problem = format!("its heights are above the ellipsoid (EPSG:{epsg})");
        return Err(TerrainError::tile(path, problem, TO_SEA_LEVEL));
    }
    Ok(())
}

/// The posts in the coordinates of the file, degrees or metres.
fn flat(file: &GeoTiffFile) -> Option<Lattice> {
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
