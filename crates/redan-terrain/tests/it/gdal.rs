//! Files that GDAL wrote are read like GDAL reads them. Without GDAL or the reference rasters these tests are
//! skipped with the reason printed.

use std::path::Path;
use std::process::Command;

use redan_terrain::Terrain;

use crate::made_up::{area, relief};
use crate::reference::folder;

/// A piece of real relief with the Alps' steepest slopes and voids in it.
const TILE: &str = "N46E008.tif";

/// Runs a program of GDAL; `false` with the reason printed where it is not installed.
#[track_caller]
fn gdal(program: &str, words: &[&str], files: &[&Path]) -> bool {
    let Ok(output) = Command::new(program).arg("-q").args(words).args(files).output() else {
        println!("skipped: {program} is not installed");
        return false;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    true
}

fn alps(path: &Path) -> Terrain {
    relief(path, &area(46.3, 46.5, 8.3, 8.6)).unwrap()
}

#[test]
fn val_gdal_every_packing_of_geotiff_gives_the_same_heights() {
    let Some(folder) = folder() else { return };
    let expected = alps(&folder.join(TILE));
    let dir = tempfile::tempdir().unwrap();
    for (name, words) in [
        ("strips-lzw", "-co COMPRESS=LZW -co PREDICTOR=2"),
        ("strips-deflate", "-co COMPRESS=DEFLATE"),
        ("tiles-lzw", "-co COMPRESS=LZW -co TILED=YES"),
        ("tiles-deflate", "-co COMPRESS=DEFLATE -co PREDICTOR=2 -co TILED=YES"),
        ("float", "-ot Float32 -co COMPRESS=DEFLATE -co PREDICTOR=3 -co TILED=YES"),
        ("float-lzw", "-ot Float32 -co COMPRESS=LZW -co PREDICTOR=3"),
        ("double", "-ot Float64 -co COMPRESS=LZW"),
        ("int32", "-ot Int32"),
        ("big", "-co BIGTIFF=YES -co TILED=YES"),
        ("big-endian", "-co ENDIANNESS=BIG -co COMPRESS=LZW -co PREDICTOR=2"),
        ("cog", "-of COG -co COMPRESS=DEFLATE -co PREDICTOR=YES -co BLOCKSIZE=256"),
    ] {
        let path = dir.path().join(name).with_extension("tif");
        let words: Vec<&str> = words.split(' ').collect();
        if !gdal("gdal_translate", &words, &[&folder.join(TILE), &path]) {
            return;
        }
        let found = alps(&path);
        let (found, expected) = (found.grid.unwrap(), expected.grid.as_ref().unwrap());
        assert!(found.posts() == expected.posts(), "{name}");
    }
}

#[test]
fn val_gdal_dted_is_read_where_gdal_puts_it() {
    let Some(folder) = folder() else { return };
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("n46.dt1");
    if !gdal("gdal_translate", &["-of", "DTED"], &[&folder.join(TILE), &path]) {
        return;
    }
    let (found, expected) = (alps(&path), alps(&folder.join(TILE)));
    assert_eq!(found.hash, expected.hash);
    // Below zero, sign and magnitude count.
    let jordan = dir.path().join("n31.dt1");
    gdal("gdal_translate", &["-of", "DTED"], &[&folder.join("N31E035.tif"), &jordan]);
    let there = area(31.4, 31.6, 35.3, 35.6);
    let of = |path: &Path| relief(path, &there).unwrap().hash;
    assert_eq!(of(&jordan), of(&folder.join("N31E035.tif")));
}

/// GDAL warps to UTM with bilinear heights, and this crate goes back: two rounds of smoothing at 60 m.
/// On slopes of the Alps half a cell is some 30 m, so that a shift of half a pixel would show at once;
/// the mean of the differences is that of the smoothing, and their bias is nothing.
#[test]
fn val_gdal_utm_lies_where_gdal_puts_it() {
    let Some(folder) = folder() else { return };
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("utm.tif");
    let words = "-t_srs EPSG:32632 -tr 60 60 -r bilinear -te 430000 5120000 480000 5155000";
    let words: Vec<&str> = words.split(' ').collect();
    if !gdal("gdalwarp", &words, &[&folder.join(TILE), &path]) {
        return;
    }
    let (found, expected) = (alps(&path).grid.unwrap(), alps(&folder.join(TILE)).grid.unwrap());
    let (mut sum, mut bias, mut shifted, mut count) = (0.0, 0.0, 0.0, 0.0);
    for row in 0..180 {
        for column in 0..280 {
            let lat_rad = (46.31 + 0.001 * f64::from(row)).to_radians();
            let lon_rad = (8.31 + 0.001 * f64::from(column)).to_radians();
            let (Some(a), Some(b)) =
                (found.height_m(lat_rad, lon_rad), expected.height_m(lat_rad, lon_rad))
            else {
                continue;
            };
            let off_rad = (0.5_f64 / 1200.0).to_radians();
            let c = expected.height_m(lat_rad + off_rad, lon_rad).unwrap_or(b);
            sum += (a - b).abs();
            bias += a - b;
            shifted += (c - b).abs();
            count += 1.0;
        }
    }
    let (mean_m, bias_m, shifted_m) = (sum / count, bias / count, shifted / count);
    println!(
        "mean {mean_m:.2} m, bias {bias_m:.3} m; half a post off: {shifted_m:.2} m; {count} places"
    );
    assert!(count > 45_000.0, "{count}");
    assert!(mean_m < 0.5 * shifted_m, "{mean_m} m; {shifted_m} m");
    assert!(bias_m.abs() < 0.5, "{bias_m} m");
}
