//! Real relief beside the checkout, where it is there: SRTM tiles and a coarse map of Anatolia.

use std::path::PathBuf;

use redan_terrain::Terrain;

use crate::made_up::{area, assert_height, height_m, relief};

/// The folder of reference rasters, that of `REDAN_TERRAIN` or beside the checkout, or `None` with the reason printed.
pub(crate) fn folder() -> Option<PathBuf> {
    let beside =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/reference/terrain");
    let path = std::env::var_os("REDAN_TERRAIN").map_or(beside, PathBuf::from);
    if path.is_dir() {
        return Some(path);
    }
    println!("skipped: the reference rasters are not beside this checkout");
    None
}

fn of(name: &str, south: f64, north: f64, west: f64, east: f64) -> Option<Terrain> {
    Some(relief(&folder()?.join(name), &area(south, north, west, east)).unwrap())
}

/// Heights of single pixels as GDAL 3 reads them.
#[test]
fn val_gdal_srtm_posts_are_points_on_the_degree_lines() {
    let Some(alps) = of("N46E008.tif", 46.0, 47.0, 8.0, 9.0) else { return };
    assert_height(&alps, 47.0, 8.0, 932.0);
    assert_height(&alps, 46.0, 9.0, 272.0);
    assert_height(&alps, 46.5, 8.5, 1473.0);
    assert_height(&alps, 47.0 - 556.0 / 1200.0, 8.0 + 151.0 / 1200.0, 4173.0);
    assert!((alps.grid.as_ref().unwrap().highest_m() - 4173.0).abs() < 1e-9);
    assert!(alps.note.contains("103743 voids filled"), "{}", alps.note);
    let Some(jordan) = of("N31E035.tif", 31.0, 32.0, 35.0, 36.0) else { return };
    assert_height(&jordan, 31.5, 35.5, -415.0);
}

#[test]
fn val_gdal_anatolia_pixels_are_areas() {
    let Some(anatolia) = of("anatolia-coarse-30s.tif", 33.0, 44.0, 22.0, 48.0) else { return };
    let cell_deg = 1.0 / 120.0;
    for (row, column, expected_m) in [
        (0, 0, 282.0),
        (470, 1267, 852.0),
        (471, 1267, 846.0),
        (470, 1268, 848.0),
        (1319, 3119, 899.0),
    ] {
        let lat_deg = 44.0 - (f64::from(row) + 0.5) * cell_deg;
        let lon_deg = 22.0 + (f64::from(column) + 0.5) * cell_deg;
        assert_height(&anatolia, lat_deg, lon_deg, expected_m);
    }
    assert_eq!(anatolia.warning, None);
}

/// Widely reported elevations of Akıncı (Mürted), Esenboğa, Erzurum and Van. The map was scaled on
/// elevations of aerodromes, so that this shows that places are right rather than heights; it is
/// quantised to about 35 m.
#[test]
fn aerodromes_lie_near_their_reported_elevations() {
    for (lat_deg, lon_deg, expected_m) in [
        (40.0789, 32.5656, 843.0),
        (40.1281, 32.9951, 953.0),
        (39.9565, 41.1702, 1757.0),
        (38.4682, 43.3323, 1670.0),
    ] {
        let name = "anatolia-coarse-30s.tif";
        let around = (lat_deg - 0.5, lat_deg + 0.5, lon_deg - 0.5, lon_deg + 0.5);
        let Some(terrain) = of(name, around.0, around.1, around.2, around.3) else { return };
        let found_m = height_m(&terrain, lat_deg, lon_deg);
        assert!((found_m - expected_m).abs() < 35.0, "{found_m} m instead of {expected_m} m");
    }
}

#[test]
fn the_folder_is_one_terrain() {
    let Some(path) = folder() else { return };
    let both = relief(&path, &area(49.2, 49.4, -123.1, -122.9)).unwrap();
    // The two tiles of British Columbia share the column at 123° W.
    assert!(both.note.contains("N49W123.tif, N49W124.tif"), "{}", both.note);
    assert_eq!(both.grid.as_ref().unwrap().geometry().columns, 241);
    assert!(both.grid.unwrap().posts().iter().all(|height_m| height_m.is_finite()));
}
