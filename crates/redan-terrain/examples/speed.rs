//! Times of loading relief and of writing a product, printed.
//!
//! `cargo run --release -p redan-terrain --example speed -- FILE S,W,N,E`

use std::hint::black_box;
use std::path::PathBuf;
use std::time::Instant;

use redan_geo::{Bounds, GridGeometry};
use redan_terrain::{Band, Bands, Folders, GeoRaster, TerrainWish, load, write_geotiff};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [path, corners] = words.as_slice() else {
        return Err("two words are needed: a file or folder, and S,W,N,E in degrees".into());
    };
    let sides: Vec<f64> = corners
        .split(',')
        .map(|side| side.parse().map(f64::to_radians))
        .collect::<Result<_, _>>()?;
    let [south_rad, west_rad, north_rad, east_rad] = sides[..] else {
        return Err("S,W,N,E are four numbers".into());
    };
    let area = Bounds { south_rad, west_rad, north_rad, east_rad };
    let wish = TerrainWish::Path(PathBuf::from(path));
    for _ in 0..5 {
        let start = Instant::now();
        let terrain = black_box(load(&wish, &Folders::default(), &area)?);
        println!("load: {:.3} s; {}", start.elapsed().as_secs_f64(), terrain.note);
    }
    let out = std::env::temp_dir().join(format!("redan-speed-{}.tif", std::process::id()));
    let product = product(15);
    for _ in 0..3 {
        let start = Instant::now();
        write_geotiff(&out, &product)?;
        let bytes = std::fs::metadata(&out)?.len();
        println!("write 15 bands: {:.3} s; {bytes} bytes", start.elapsed().as_secs_f64());
    }
    std::fs::remove_file(out)?;
    Ok(())
}

/// Classes like those of a coverage product: patches with ragged borders.
fn product(bands: usize) -> GeoRaster {
    let (rows, columns) = (1090, 1100);
    let cell = |band: usize, n: usize| {
        let (row, column) = (n / columns, n % columns);
        let ragged = (row * 7919 + column * 104_729) % 11;
        ((row + ragged) / 40 + (column + ragged + band) / 60) as u8 % 9
    };
    let bands = (0..bands)
        .map(|band| Band {
            name: format!("band {band}"),
            unit: String::new(),
            cells: (0..rows * columns).map(|n| cell(band, n)).collect(),
        })
        .collect();
    let step_rad = (1.0_f64 / 120.0).to_radians();
    let geometry = GridGeometry {
        south_rad: 0.6,
        west_rad: 0.5,
        lat_step_rad: step_rad,
        lon_step_rad: step_rad,
        rows,
        columns,
    };
    GeoRaster { geometry, bands: Bands::Byte { bands, nodata_number: Some(255), classes: vec![] } }
}
