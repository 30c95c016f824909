//! Tiles for the tests. Their heights are planes in whole metres, so that bilinear heights are exact.

use std::fs;
use std::path::{Path, PathBuf};

use redan_geo::Bounds;
use redan_terrain::{Folders, Terrain, TerrainError, TerrainWish, load};

/// Number of a TIFF tag with its type, count and bytes.
type Tag = (u16, (u16, u32, Vec<u8>));

/// A raster to be written: cells of `step_deg`, its north-west *corner*, rows from the north.
pub(crate) struct Raster {
    pub(crate) north_deg: f64,
    pub(crate) west_deg: f64,
    pub(crate) step_deg: f64,
    pub(crate) rows: usize,
    pub(crate) columns: usize,
    pub(crate) heights_m: Vec<i16>,
}

impl Raster {
    /// Heights by row from the north and column from the west.
    pub(crate) fn new(
        (north_deg, west_deg): (f64, f64),
        step_deg: f64,
        (rows, columns): (usize, usize),
        height_m: impl Fn(i16, i16) -> i16,
    ) -> Raster {
        let heights_m = posts(rows, columns).map(|(row, column)| height_m(row, column)).collect();
        Raster { north_deg, west_deg, step_deg, rows, columns, heights_m }
    }

    /// As an ASCII grid with `NODATA_value` -1.
    pub(crate) fn write_asc(&self, path: &Path) {
        let south_deg = self.north_deg - self.rows as f64 * self.step_deg;
        let mut text = format!(
            "ncols {}\nnrows {}\nxllcorner {}\nyllcorner {south_deg}\ncellsize {}\nNODATA_value -1\n",
            self.columns, self.rows, self.west_deg, self.step_deg
        );
        for row in self.heights_m.chunks(self.columns) {
            let words: Vec<String> = row.iter().map(i16::to_string).collect();
            text += &(words.join(" ") + "\n");
        }
        fs::write(path, text).unwrap();
    }

    /// As a GeoTIFF in EPSG:4326 whose pixels are areas.
    pub(crate) fn write_tif(&self, path: &Path) {
        let place = [self.west_deg, self.north_deg];
        fs::write(path, self.tiff(place, [[1024, 2], [1025, 1], [2048, 4326]])).unwrap();
    }

    /// The same raster as a GeoTIFF whose pixels are points: it names the first post, which is half
    /// a cell inside the corner.
    pub(crate) fn write_tif_of_points(&self, path: &Path) {
        let half_deg = 0.5 * self.step_deg;
        let place = [self.west_deg + half_deg, self.north_deg - half_deg];
        fs::write(path, self.tiff(place, [[1024, 2], [1025, 2], [2048, 4326]])).unwrap();
    }

    /// A little-endian TIFF 6.0 file of one strip with three GeoKeys and void -1.
    pub(crate) fn tiff(&self, place: [f64; 2], keys: [[u16; 2]; 3]) -> Vec<u8> {
        let mut geokeys: Vec<u16> = vec![1, 1, 0, 3];
        for [key, value] in keys {
            geokeys.extend([key, 0, 1, value]);
        }
        let doubles = |values: &[f64]| values.iter().flat_map(|v| v.to_le_bytes()).collect();
        let shorts = |values: &[u16]| values.iter().flat_map(|v| v.to_le_bytes()).collect();
        let pixels: Vec<u8> = self.heights_m.iter().flat_map(|h| h.to_le_bytes()).collect();
        let short = |value: u16| (3_u16, 1_u32, shorts(&[value]));
        let long = |value: u32| (4_u16, 1_u32, value.to_le_bytes().to_vec());
        let tie = [0.0, 0.0, 0.0, place[0], place[1], 0.0];
        let tags: Vec<Tag> = vec![
            (256, long(self.columns as u32)),
            (257, long(self.rows as u32)),
            (258, short(16)),
            (259, short(1)),
            (262, short(1)),
            (273, long(0)),
            (277, short(1)),
            (278, long(self.rows as u32)),
            (279, long(pixels.len() as u32)),
            (339, short(2)),
            (33550, (12, 3, doubles(&[self.step_deg, self.step_deg, 0.0]))),
            (33922, (12, 6, doubles(&tie))),
            (34735, (3, geokeys.len() as u32, shorts(&geokeys))),
            (42113, (2, 3, b"-1\0".to_vec())),
        ];
        assemble(tags, &pixels)
    }
}

fn assemble(tags: Vec<Tag>, pixels: &[u8]) -> Vec<u8> {
    let directory_end = 8 + 2 + 12 * tags.len() + 4;
    let long_values: usize =
        tags.iter().map(|(_, (_, _, bytes))| bytes.len()).filter(|length| *length > 4).sum();
    let pixels_at = (directory_end + long_values) as u32;
    let mut file = b"II\x2a\0\x08\0\0\0".to_vec();
    let mut values = Vec::new();
    file.extend((tags.len() as u16).to_le_bytes());
    for (tag, (kind, count, mut bytes)) in tags {
        if tag == 273 {
            bytes = pixels_at.to_le_bytes().to_vec();
        }
        file.extend(tag.to_le_bytes());
        file.extend(kind.to_le_bytes());
        file.extend(count.to_le_bytes());
        if bytes.len() > 4 {
            file.extend(((directory_end + values.len()) as u32).to_le_bytes());
            values.extend(bytes);
        } else {
            bytes.resize(4, 0);
            file.extend(bytes);
        }
    }
    file.extend([0; 4]);
    file.extend(values);
    file.extend(pixels);
    file
}

/// An SRTM tile of `posts` × `posts`.
pub(crate) fn write_hgt(path: &Path, count: usize, height_m: impl Fn(i16, i16) -> i16) {
    let heights_m = posts(count, count).map(|(row, column)| height_m(row, column));
    let bytes: Vec<u8> = heights_m.flat_map(i16::to_be_bytes).collect();
    fs::write(path, bytes).unwrap();
}

/// Rows from the north with their columns from the west.
fn posts(rows: usize, columns: usize) -> impl Iterator<Item = (i16, i16)> {
    let small = |count: usize| i16::try_from(count).unwrap();
    let (rows, columns) = (small(rows), small(columns));
    (0..rows).flat_map(move |row| (0..columns).map(move |column| (row, column)))
}

/// An area in degrees: south, north, west, east.
pub(crate) fn area(south: f64, north: f64, west: f64, east: f64) -> Bounds {
    Bounds {
        south_rad: south.to_radians(),
        north_rad: north.to_radians(),
        west_rad: west.to_radians(),
        east_rad: east.to_radians(),
    }
}

/// Relief of the files at `path`.
pub(crate) fn relief(path: &Path, area: &Bounds) -> Result<Terrain, TerrainError> {
    load(&TerrainWish::Path(PathBuf::from(path)), &Folders::default(), area)
}

/// Height at a place in degrees, which must have one.
#[track_caller]
pub(crate) fn height_m(terrain: &Terrain, lat_deg: f64, lon_deg: f64) -> f64 {
    let grid = terrain.grid.as_ref().expect("there is relief");
    grid.height_m(lat_deg.to_radians(), lon_deg.to_radians()).expect("the place has a height")
}

/// Whether a height is the expected one up to the rounding of angles.
#[track_caller]
pub(crate) fn assert_height(terrain: &Terrain, lat_deg: f64, lon_deg: f64, expected_m: f64) {
    let found_m = height_m(terrain, lat_deg, lon_deg);
    assert!((found_m - expected_m).abs() < 1e-3, "{found_m} m instead of {expected_m} m");
}
