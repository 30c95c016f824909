//! GeoTIFF files of products: one or several bands in EPSG:4326, deflated, with NoData and names.
//!
//! A place of the product's grid becomes the middle of a pixel that is an area, which is how every
//! reader of rasters places it rightly; pixels reach half a step beyond the outermost places. Format:
//! TIFF 6.0 (Adobe 1992) in strips with one plane for each band, compression 8 (deflate), for `f32`
//! predictor 3 (Adobe TIFF technical note 3, 2005); OGC 19-008r4 (GeoTIFF 1.1) for the place; NoData
//! and names of bands in GDAL's tags 42113 and 42112. Names and colours of classes stand in
//! `<file>.aux.xml`, which GDAL and QGIS read by themselves, and in the colour map of the file
//! where it has one band.
//!
//! The same product gives the same bytes, whatever the number of threads.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use redan_geo::GridGeometry;

use crate::TerrainError;
use crate::tags::{Directory, xml_text};

/// Bytes of a strip before compression: small enough to share among threads, large enough to compress.
const STRIP_BYTES: usize = 256 * 1024;

/// Little is gained by a higher level, and much time lost.
const LEVEL: u32 = 4;

/// A product on a grid of latitude and longitude, to be written as GeoTIFF.
#[derive(Clone, Debug, PartialEq)]
pub struct GeoRaster {
    /// Where the cells stand: its posts are their middles.
    pub geometry: GridGeometry,
    /// What the cells hold.
    pub bands: Bands,
}

/// Bands of a product, all of one type.
#[derive(Clone, Debug, PartialEq)]
pub enum Bands {
    /// Measured quantities.
    Float {
        /// The bands in order.
        bands: Vec<Band<f32>>,
        /// Value of a cell that has none; NaN is allowed.
        nodata_number: Option<f32>,
    },
    /// Classes.
    Byte {
        /// The bands in order.
        bands: Vec<Band<u8>>,
        /// Value of a cell that has none.
        nodata_number: Option<u8>,
        /// What the values mean; may be empty.
        classes: Vec<Class>,
    },
}

/// One band of a product.
#[derive(Clone, Debug, PartialEq)]
pub struct Band<T> {
    /// What it shows, for the reader of the file.
    pub name: String,
    /// Unit of its values, such as `m`; empty where they have none.
    pub unit: String,
    /// Row by row from the south, each from the west, like [`redan_geo::HeightGrid::posts`].
    pub cells: Vec<T>,
}

/// What a value of a band of classes means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Class {
    /// The value.
    pub value: u8,
    /// Its meaning.
    pub name: String,
    /// Its colour: red, green, blue.
    pub colour: [u8; 3],
}

/// Writes a product as GeoTIFF, and beside it `<path>.aux.xml` where it has classes.
///
/// The file is written under another name first and renamed when it is whole.
///
/// # Errors
/// When a band does not fit the grid, there is no band or more than 65,535, the file would be larger than
/// a TIFF can be (4 GiB), or the system refuses to write.
pub fn write_geotiff(path: &Path, raster: &GeoRaster) -> Result<(), TerrainError> {
    let refuse = |problem: &str| {
        let problem = problem.to_owned();
        Err(TerrainError::Product { path: path.to_owned(), problem })
    };
    if raster.bands.count() == 0 || raster.bands.count() > usize::from(u16::MAX) {
        return refuse("it has no band, or more than 65,535");
    }
    let cells = raster.geometry.rows.saturating_mul(raster.geometry.columns);
    if cells == 0 || !raster.bands.sizes().all(|size| size == cells) {
        return refuse("its bands do not have as many cells as its grid");
    }
    let rows_per_strip = rows_per_strip(raster);
    let strips = strips(raster, rows_per_strip);
    let Some(file) = assemble(raster, rows_per_strip, &strips) else {
        return refuse("it is larger than a TIFF file can be, 4 GiB");
    };
    replace(path, &file)?;
    if let Bands::Byte { bands, classes, .. } = &raster.bands
        && !classes.is_empty()
    {
        let text = auxiliary(bands.len(), classes);
        replace(&with_ending(path, ".aux.xml"), text.as_bytes())?;
    }
    Ok(())
}

impl Bands {
    fn count(&self) -> usize {
        match self {
            Bands::Float { bands, .. } => bands.len(),
            Bands::Byte { bands, .. } => bands.len(),
        }
    }

    fn sizes(&self) -> Box<dyn Iterator<Item = usize> + '_> {
        match self {
            Bands::Float { bands, .. } => Box::new(bands.iter().map(|band| band.cells.len())),
            Bands::Byte { bands, .. } => Box::new(bands.iter().map(|band| band.cells.len())),
        }
    }

    fn bytes_per_cell(&self) -> usize {
        match self {
            Bands::Float { .. } => 4,
            Bands::Byte { .. } => 1,
        }
    }

    /// Names and units of the bands.
    fn labels(&self) -> Vec<(&str, &str)> {
        match self {
            Bands::Float { bands, .. } => {
                bands.iter().map(|band| (&*band.name, &*band.unit)).collect()
            }
            Bands::Byte { bands, .. } => {
                bands.iter().map(|band| (&*band.name, &*band.unit)).collect()
            }
        }
    }

    fn nodata_text(&self) -> Option<String> {
        match self {
            Bands::Float { nodata_number: Some(number), .. } if number.is_nan() => {
                Some("nan".to_owned())
            }
            Bands::Float { nodata_number, .. } => nodata_number.map(|number| number.to_string()),
            Bands::Byte { nodata_number, .. } => nodata_number.map(|number| number.to_string()),
        }
    }
}

fn rows_per_strip(raster: &GeoRaster) -> usize {
    let row_bytes = raster.geometry.columns * raster.bands.bytes_per_cell();
    (STRIP_BYTES / row_bytes).clamp(1, raster.geometry.rows)
}

/// Compressed strips of all bands in order of the file.
fn strips(raster: &GeoRaster, rows_per_strip: usize) -> Vec<Vec<u8>> {
    let starts = (0..raster.geometry.rows).step_by(rows_per_strip);
    let jobs: Vec<(usize, usize)> = (0..raster.bands.count())
        .flat_map(|band| starts.clone().map(move |row| (band, row)))
        .collect();
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(jobs.len());
    let share = jobs.len().div_ceil(threads);
    std::thread::scope(|scope| {
        let compress_all = |jobs: &[(usize, usize)]| -> Vec<Vec<u8>> {
            jobs.iter().map(|job| strip(raster, *job, rows_per_strip)).collect()
        };
        let workers: Vec<_> =
            jobs.chunks(share).map(|jobs| scope.spawn(move || compress_all(jobs))).collect();
        let done =
            workers.into_iter().map(|worker| worker.join().expect("compressing cannot panic"));
        done.flatten().collect()
    })
}

/// One strip: some rows of one band, counted from the north.
fn strip(raster: &GeoRaster, (band, first): (usize, usize), rows_per_strip: usize) -> Vec<u8> {
    let GridGeometry { rows, columns, .. } = raster.geometry;
    let mut bytes = Vec::with_capacity(rows_per_strip * columns * raster.bands.bytes_per_cell());
    for from_north in first..(first + rows_per_strip).min(rows) {
        let start = (rows - 1 - from_north) * columns;
        match &raster.bands {
            Bands::Float { bands, .. } => {
                predicted(&bands[band].cells[start..start + columns], &mut bytes);
            }
            Bands::Byte { bands, .. } => {
                bytes.extend_from_slice(&bands[band].cells[start..start + columns]);
            }
        }
    }
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(LEVEL));
    encoder.write_all(&bytes).and_then(|()| encoder.finish()).expect("memory takes all bytes")
}

/// A row by predictor 3: the bytes of all values by significance, the most significant first, each as its
/// difference from the byte before.
fn predicted(row: &[f32], bytes: &mut Vec<u8>) {
    let mut before = 0_u8;
    for significance in 0..4 {
        for value in row {
            let byte = value.to_be_bytes()[significance];
            bytes.push(byte.wrapping_sub(before));
            before = byte;
        }
    }
}

/// The whole file; `None` where it would be too large.
fn assemble(raster: &GeoRaster, rows_per_strip: usize, strips: &[Vec<u8>]) -> Option<Vec<u8>> {
    let mut file = b"II\x2a\0\0\0\0\0".to_vec();
    file.reserve(strips.iter().map(Vec::len).sum());
    let mut offsets = Vec::with_capacity(strips.len());
    let mut lengths = Vec::with_capacity(strips.len());
    for strip in strips {
        offsets.push(u32::try_from(file.len()).ok()?);
        lengths.push(u32::try_from(strip.len()).ok()?);
        file.extend_from_slice(strip);
    }
    if file.len() % 2 == 1 {
        file.push(0);
    }
    let start = u32::try_from(file.len()).ok()?;
    file[4..8].copy_from_slice(&start.to_le_bytes());
    let directory = directory(raster, rows_per_strip, &offsets, &lengths)?;
    file.extend(directory.to_bytes(start)?);
    Some(file)
}

/// Tags of the file. The numbers are those of TIFF 6.0, GeoTIFF 1.1 and GDAL.
fn directory(
    raster: &GeoRaster,
    rows_per_strip: usize,
    offsets: &[u32],
    lengths: &[u32],
) -> Option<Directory> {
    let GridGeometry { rows, columns, .. } = raster.geometry;
    let bands = raster.bands.count();
    let small = |count: usize| u32::try_from(count).ok();
    let (bits, format) = match raster.bands {
        Bands::Float { .. } => (32, 3),
        Bands::Byte { .. } => (8, 1),
    };
    let colours = colour_map(&raster.bands);
    let mut tags = Directory::default();
    tags.longs(256, &[small(columns)?]);
    tags.longs(257, &[small(rows)?]);
    tags.shorts(258, &vec![bits; bands]);
    tags.shorts(259, &[8]);
    tags.shorts(262, &[if colours.is_some() { 3 } else { 1 }]);
    tags.longs(273, offsets);
    tags.shorts(277, &[u16::try_from(bands).ok()?]);
    tags.longs(278, &[small(rows_per_strip)?]);
    tags.longs(279, lengths);
    tags.shorts(284, &[2]);
    tags.shorts(317, &[if format == 3 { 3 } else { 1 }]);
    if let Some(colours) = colours {
        tags.shorts(320, &colours);
    }
    if bands > 1 {
        tags.shorts(338, &vec![0; bands - 1]);
    }
    tags.shorts(339, &vec![format; bands]);
    place(&mut tags, &raster.geometry);
    tags.text(42112, &metadata(&raster.bands));
    if let Some(nodata) = raster.bands.nodata_text() {
        tags.text(42113, &nodata);
    }
    Some(tags)
}

/// Where the raster lies: pixels are areas in degrees of WGS 84.
fn place(tags: &mut Directory, geometry: &GridGeometry) {
    let lat_step_deg = geometry.lat_step_rad.to_degrees();
    let lon_step_deg = geometry.lon_step_rad.to_degrees();
    let north_deg = geometry.south_rad.to_degrees() + (geometry.rows as f64 - 0.5) * lat_step_deg;
    let west_deg = geometry.west_rad.to_degrees() - 0.5 * lon_step_deg;
    tags.doubles(33550, &[lon_step_deg, lat_step_deg, 0.0]);
    tags.doubles(33922, &[0.0, 0.0, 0.0, west_deg, north_deg, 0.0]);
    // Version 1.1 and four keys: model is geographic, pixels are areas, WGS 84, degrees.
    let keys =
        [[1, 1, 0, 4], [1024, 0, 1, 2], [1025, 0, 1, 1], [2048, 0, 1, 4326], [2054, 0, 1, 9102]];
    tags.shorts(34735, keys.as_flattened());
}

/// Names and units of the bands in GDAL's words.
fn metadata(bands: &Bands) -> String {
    let mut text = "<GDALMetadata>\n".to_owned();
    for (sample, (name, unit)) in bands.labels().into_iter().enumerate() {
        for (item, role, value) in
            [("DESCRIPTION", "description", name), ("UNITTYPE", "unittype", unit)]
        {
            if !value.is_empty() {
                // GDAL escapes these texts twice when it writes, and takes both off when it reads.
                let value = xml_text(&xml_text(value));
                text += &format!(
                    "  <Item name=\"{item}\" sample=\"{sample}\" role=\"{role}\">{value}</Item>\n"
                );
            }
        }
    }
    text + "</GDALMetadata>\n"
}

/// Colours of a single band of classes: all reds, all greens, all blues, in 16 bits.
fn colour_map(bands: &Bands) -> Option<Vec<u16>> {
    let Bands::Byte { bands, classes, .. } = bands else { return None };
    if bands.len() != 1 || classes.is_empty() {
        return None;
    }
    let mut colours = vec![0; 3 * 256];
    for class in classes {
        for (part, value) in class.colour.into_iter().enumerate() {
            colours[256 * part + usize::from(class.value)] = 257 * u16::from(value);
        }
    }
    Some(colours)
}

/// The file beside the raster with names and colours of the classes.
fn auxiliary(bands: usize, classes: &[Class]) -> String {
    let last = classes.iter().map(|class| class.value).max().unwrap_or(0);
    let of = |value: u8| classes.iter().find(|class| class.value == value);
    let (mut names, mut colours) = (String::new(), String::new());
    for value in 0..=last {
        let name = of(value).map_or(String::new(), |class| xml_text(&class.name));
        let [red, green, blue] = of(value).map_or([0; 3], |class| class.colour);
        names += &format!("      <Category>{name}</Category>\n");
        colours +=
            &format!("      <Entry c1=\"{red}\" c2=\"{green}\" c3=\"{blue}\" c4=\"255\"/>\n");
    }
    let mut text = "<PAMDataset>\n".to_owned();
    for band in 1..=bands {
        text += &format!(
            "  <PAMRasterBand band=\"{band}\">\n    <ColorInterp>Palette</ColorInterp>\n    <CategoryNames>\n{names}    </CategoryNames>\n    <ColorTable>\n{colours}    </ColorTable>\n  </PAMRasterBand>\n"
        );
    }
    text + "</PAMDataset>\n"
}

/// Writes a file under another name and renames it, so that no half of a file is ever found.
fn replace(path: &Path, bytes: &[u8]) -> Result<(), TerrainError> {
    let beside = with_ending(path, ".part");
    let written: io::Result<()> =
        fs::write(&beside, bytes).and_then(|()| fs::rename(&beside, path));
    written.map_err(TerrainError::write(path))
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}
