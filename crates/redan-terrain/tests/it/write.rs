//! Products that are written can be read: by this crate, and by GDAL where it is installed.

use std::path::Path;
use std::process::Command;

use redan_geo::GridGeometry;
use redan_terrain::{Band, Bands, Class, GeoRaster, write_geotiff};

use crate::made_up::{area, assert_height, relief};

/// Five rows and seven columns of a quarter and half a degree, the middle of the south-west cell at
/// 39° N 32° E.
fn geometry() -> GridGeometry {
    GridGeometry {
        south_rad: 39_f64.to_radians(),
        west_rad: 32_f64.to_radians(),
        lat_step_rad: 0.25_f64.to_radians(),
        lon_step_rad: 0.5_f64.to_radians(),
        rows: 5,
        columns: 7,
    }
}

fn plane() -> Band<f32> {
    let cells = (0..35_u8).map(|n| f32::from(n / 7) * 10.5 + f32::from(n % 7)).collect();
    Band { name: "lowest visible".to_owned(), unit: "m".to_owned(), cells }
}

fn classes() -> GeoRaster {
    let band = |name: &str, add: u8| {
        let cells = (0..35).map(|n| (n + add) % 3).collect();
        Band { name: name.to_owned(), unit: String::new(), cells }
    };
    let class = |value, name: &str, colour| Class { value, name: name.to_owned(), colour };
    GeoRaster {
        geometry: geometry(),
        bands: Bands::Byte {
            bands: vec![band("50 m & less", 0), band("300 m", 1)],
            nodata_number: Some(255),
            classes: vec![
                class(0, "covered", [0, 100, 200]),
                class(1, "terrain", [120, 80, 40]),
                class(2, "horizon", [9, 9, 9]),
            ],
        },
    }
}

#[test]
fn heights_that_were_written_are_read_where_they_were() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("lowest.tif");
    let bands = Bands::Float { bands: vec![plane()], nodata_number: Some(-9999.0) };
    write_geotiff(&path, &GeoRaster { geometry: geometry(), bands }).unwrap();
    let terrain = relief(&path, &area(39.0, 40.0, 32.0, 35.0)).unwrap();
    assert_height(&terrain, 39.0, 32.0, 0.0);
    assert_height(&terrain, 40.0, 32.0, 42.0);
    assert_height(&terrain, 39.0, 35.0, 6.0);
    assert_height(&terrain, 39.25, 33.5, 13.5);
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1, "no leftovers");
}

#[test]
fn one_product_gives_the_same_bytes_each_time() {
    let dir = tempfile::tempdir().unwrap();
    let bytes = |name: &str| {
        write_geotiff(&dir.path().join(name), &classes()).unwrap();
        std::fs::read(dir.path().join(name)).unwrap()
    };
    assert_eq!(bytes("a.tif"), bytes("b.tif"));
}

#[test]
fn products_that_do_not_fit_their_grid_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("no.tif");
    let mut short = plane();
    short.cells.pop();
    for bands in [vec![], vec![short]] {
        let raster =
            GeoRaster { geometry: geometry(), bands: Bands::Float { bands, nodata_number: None } };
        let message = write_geotiff(&path, &raster).unwrap_err().to_string();
        assert!(message.contains("hint:"), "{message}");
    }
    let nowhere = dir.path().join("no such folder").join("a.tif");
    let message = write_geotiff(&nowhere, &classes()).unwrap_err().to_string();
    assert!(message.contains("cannot write"), "{message}");
}

/// What `gdalinfo` says of a file; `None` with the reason printed where it is not installed.
fn gdalinfo(path: &Path) -> Option<String> {
    let Ok(output) = Command::new("gdalinfo").args(["-json", "-checksum"]).arg(path).output()
    else {
        println!("skipped: gdalinfo is not installed");
        return None;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    // Spaces between marks do not count.
    let text = String::from_utf8(output.stdout).unwrap();
    Some(text.lines().map(str::trim).collect())
}

#[test]
fn val_gdal_reads_place_names_units_and_void_of_heights() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("lowest.tif");
    let second = Band { name: "second".to_owned(), ..plane() };
    let bands = Bands::Float { bands: vec![plane(), second], nodata_number: Some(f32::NAN) };
    write_geotiff(&path, &GeoRaster { geometry: geometry(), bands }).unwrap();
    let Some(said) = gdalinfo(&path) else { return };
    for expected in [
        "\"size\":[7,5]",
        "\"geoTransform\":[31.75,0.5,0.0,40.125,0.0,-0.25]",
        "\"AREA_OR_POINT\":\"Area\"",
        "\"description\":\"lowest visible\"",
        "\"description\":\"second\"",
        "\"unit\":\"m\"",
        "\"noDataValue\":\"NaN\"",
        "\"type\":\"Float32\"",
        "DEFLATE",
        "4326",
    ] {
        assert!(said.contains(expected), "{expected} is not in {said}");
    }
}

#[test]
fn val_gdal_reads_names_and_colours_of_classes() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("limits.tif");
    write_geotiff(&path, &classes()).unwrap();
    let Some(said) = gdalinfo(&path) else { return };
    for expected in [
        "\"description\":\"50 m & less\"",
        "\"description\":\"300 m\"",
        "\"noDataValue\":255",
        "\"type\":\"Byte\"",
        "\"horizon\"",
        "[120,80,40,255]",
    ] {
        assert!(said.contains(expected), "{expected} is not in {said}");
    }
}
