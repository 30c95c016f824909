//! # redan-terrain — elevation rasters as one terrain
//!
//! A folder of tiles is one terrain. [`load`] takes the tiles that touch an area and makes one
//! [`redan_geo::HeightGrid`] of them; the primary type is [`Terrain`], the grid with what it was made
//! of. Formats:
//!
//! | files | posts | void |
//! |---|---|---|
//! | SRTM `.hgt`, 1201² or 3601² | on the degree lines | −32768, −32767 |
//! | DTED `.dt0`, `.dt1`, `.dt2` | on the degree lines | −32767 |
//! | GeoTIFF `.tif`, EPSG:4326 or UTM, one band, in tiles or strips | middle of a pixel that is an area, place of a pixel that is a point | the file's NoData, −32768, −32767, NaN |
//! | ESRI ASCII `.asc` in degrees | middle of a cell | `NODATA_value`, −32768, −32767 |
//!
//! The path of the data: files → sheets, which know where their posts stand → those that touch the
//! area, finest first → one grid → voids filled → hash and note for the manifest.
//!
//! ```
//! use redan_geo::Bounds;
//! use redan_terrain::{Folders, TerrainWish, load};
//!
//! let folder = tempfile::tempdir()?;
//! let hill = "ncols 3\n nrows 3\n xllcenter 32\n yllcenter 39\n cellsize 0.5\n 1 1 1  1 9 1  1 1 1";
//! std::fs::write(folder.path().join("hill.asc"), hill)?;
//!
//! let radians = f64::to_radians;
//! let area = Bounds {
//!     south_rad: radians(39.0),
//!     north_rad: radians(40.0),
//!     west_rad: radians(32.0),
//!     east_rad: radians(33.0),
//! };
//! let wish = TerrainWish::Path(folder.path().to_owned());
//! let terrain = load(&wish, &Folders::default(), &area)?;
//! assert!(terrain.note.starts_with("hill.asc; 3 x 3 posts"));
//! let grid = terrain.grid.expect("the tile covers the area");
//! let height_m = grid.height_m(radians(39.5), radians(32.25)).expect("it is inside");
//! assert!((height_m - 5.0).abs() < 1e-6);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`fetch()`] downloads tiles of Copernicus DEM, [`tiles_at`] lists what is at hand, and
//! [`write_geotiff`] writes products.
//!
//! # Heights
//!
//! All heights are metres above the geoid that the tile's maker used (SRTM and DTED: EGM96, Copernicus DEM:
//! EGM2008) and are taken as heights above sea level, which the rest of redan takes for heights above
//! the ellipsoid, see [`redan_geo::Geodetic`]: every use compares heights with each other. A GeoTIFF that
//! says its heights are above the ellipsoid is refused.
//!
//! # Limits
//!
//! * Packed tiles (`.zip`, `.gz`) and projections other than UTM are not read.
//! * ETRS89, NAD83 and others within 2 m of WGS 84 are taken for it, and the note says so; other
//!   datums are refused.
//! * Where a grid would have more than [`MAX_POSTS`] posts, every second, third … post is taken.
//! * Where no tile reaches, the grid is void, which [`redan_geo::Earth`] takes for sea level.

mod ascii;
mod copernicus;
mod download;
mod dted;
mod error;
mod fetch;
mod hgt;
mod lattice;
mod listing;
mod load;
mod mosaic;
mod plane;
mod sheet;
mod tags;
mod tiff;
mod utm;
mod write;

pub use copernicus::Dataset;
pub use error::TerrainError;
pub use fetch::{Fetched, MOST_TILES, Order, Progress, fetch, tiles_of};
pub use listing::{Tile, tiles_at};
pub use load::{Folders, MAX_POSTS, Terrain, TerrainWish, load};
pub use write::{Band, Bands, Class, GeoRaster, write_geotiff};
