//! Several tiles are one terrain.

use crate::made_up::{Raster, area, assert_height, relief, write_hgt};

#[test]
fn tiles_of_areas_join_without_a_gap() {
    let dir = tempfile::tempdir().unwrap();
    let plane = |row: i16, column: i16| 2 * row + column;
    Raster::new((40.0, 32.0), 0.1, (10, 10), plane).write_tif(&dir.path().join("west.tif"));
    Raster::new((40.0, 33.0), 0.1, (10, 10), |row, column| plane(row, column + 10))
        .write_asc(&dir.path().join("east.asc"));
    let terrain = relief(dir.path(), &area(39.1, 39.9, 32.1, 33.9)).unwrap();
    // The last post of one tile is 0.05° west of the border, the first of the other 0.05° east.
    for step in 0..=16 {
        let lon_deg = 32.1 + 0.1 * f64::from(step) + 0.03;
        assert_height(&terrain, 39.75, lon_deg, 4.0 + (lon_deg - 32.05) / 0.1);
    }
    assert_eq!(terrain.warning, None);
    assert!(terrain.note.contains("west.tif") && terrain.note.contains("east.asc"));
}

#[test]
fn srtm_tiles_join_on_their_common_column() {
    let dir = tempfile::tempdir().unwrap();
    let plane = |column: i16| column;
    write_hgt(&dir.path().join("N39E032.hgt"), 1201, |_, column| plane(column));
    write_hgt(&dir.path().join("N39E033.hgt"), 1201, |_, column| plane(column + 1200));
    let terrain = relief(dir.path(), &area(39.2, 39.3, 32.9, 33.1)).unwrap();
    assert_height(&terrain, 39.25, 33.0, 1200.0);
    assert_height(&terrain, 39.25, 33.0 + 0.5 / 1200.0, 1200.5);
    assert_height(&terrain, 39.25, 33.0 - 0.5 / 1200.0, 1199.5);
    let grid = terrain.grid.unwrap();
    assert_eq!((grid.geometry().rows, grid.geometry().columns), (121, 241), "cut to the area");
}

#[test]
fn the_finest_tile_counts_and_a_coarser_one_fills_the_rest() {
    let dir = tempfile::tempdir().unwrap();
    Raster::new((41.0, 31.0), 0.2, (10, 10), |_, _| 100).write_tif(&dir.path().join("a.tif"));
    let void_in_the_middle = |row, column| if (row, column) == (5, 5) { -1 } else { 700 };
    Raster::new((40.0, 32.0), 0.05, (10, 10), void_in_the_middle)
        .write_tif(&dir.path().join("b.tif"));
    let terrain = relief(dir.path(), &area(39.2, 40.8, 31.2, 32.8)).unwrap();
    assert_height(&terrain, 39.75 + 0.075, 32.1, 700.0);
    assert_height(&terrain, 40.5, 31.5, 100.0);
    assert_height(&terrain, 39.725, 32.275, 100.0);
    assert!(!terrain.note.contains("void"), "the coarser tile knows it: {}", terrain.note);
}

#[test]
fn an_area_across_the_date_line_takes_tiles_of_both_sides() {
    let dir = tempfile::tempdir().unwrap();
    write_hgt(&dir.path().join("S17E179.hgt"), 1201, |_, column| column);
    write_hgt(&dir.path().join("S17W180.hgt"), 1201, |_, column| column + 1200);
    let terrain = relief(dir.path(), &area(-16.6, -16.4, 179.9, 180.1)).unwrap();
    assert_height(&terrain, -16.5, 180.0, 1200.0);
    assert_height(&terrain, -16.5, -179.95, 1260.0);
    assert_height(&terrain, -16.5, 179.95, 1140.0);
}

#[test]
fn a_global_raster_is_a_terrain() {
    let dir = tempfile::tempdir().unwrap();
    Raster::new((90.0, -180.0), 1.0, (180, 360), |row, column| row + column)
        .write_tif(&dir.path().join("globe.tif"));
    let terrain = relief(dir.path(), &area(-90.0, 90.0, -180.0, 180.0)).unwrap();
    assert_height(&terrain, 0.5, 0.5, 89.0 + 180.0);
    let terrain = relief(dir.path(), &area(-60.0, -58.0, 170.0, 190.0)).unwrap();
    assert_height(&terrain, -59.5, 179.5, 149.0 + 359.0);
    assert_height(&terrain, -59.5, -179.5, 149.0);
}

#[test]
fn where_no_tile_reaches_there_is_a_warning_and_no_height() {
    let dir = tempfile::tempdir().unwrap();
    Raster::new((40.0, 32.0), 0.1, (10, 10), |_, _| 5).write_tif(&dir.path().join("a.tif"));
    let terrain = relief(dir.path(), &area(39.0, 40.0, 32.0, 34.0)).unwrap();
    let warning = terrain.warning.unwrap();
    assert!(warning.contains("upper bound") && warning.contains("hint:"), "{warning}");
    let grid = terrain.grid.unwrap();
    assert_eq!(grid.height_m(39.5_f64.to_radians(), 33.5_f64.to_radians()), None);
}

#[test]
fn the_hash_is_that_of_the_heights() {
    let dir = tempfile::tempdir().unwrap();
    let path = |name: &str| dir.path().join(name);
    let whole = area(39.2, 39.8, 32.2, 32.8);
    let raster = |height_m: i16| {
        Raster::new((40.0, 32.0), 0.1, (10, 10), move |row, _| if row == 4 { height_m } else { 5 })
    };
    raster(5).write_tif(&path("a.tif"));
    raster(5).write_asc(&path("b.asc"));
    raster(6).write_tif(&path("c.tif"));
    let hash = |name: &str| relief(&path(name), &whole).unwrap().hash;
    assert!(hash("a.tif").starts_with("blake3:"));
    assert_eq!(hash("a.tif"), hash("b.asc"));
    assert_ne!(hash("a.tif"), hash("c.tif"));
    let other_area = relief(&path("a.tif"), &area(39.3, 39.8, 32.2, 32.8)).unwrap();
    assert_ne!(hash("a.tif"), other_area.hash);
}

/// Tiles as Copernicus lays them out: without the southern and the eastern degree line, and farther apart in
/// longitude from 50° on.
#[test]
fn seams_between_tiles_of_differing_spacing_are_linear() {
    let dir = tempfile::tempdir().unwrap();
    let plane = |west_deg: f64, step_deg: f64| {
        move |_: i16, column: i16| {
            ((west_deg - 32.0 + f64::from(column) * step_deg) * 1000.0).round() as i16
        }
    };
    for (name, west_deg, step_deg, count) in [("a.tif", 32.0, 0.1, 10), ("b.tif", 33.0, 0.025, 40)]
    {
        let corner = (40.0 + step_deg / 2.0, west_deg - step_deg / 2.0);
        Raster::new(corner, step_deg, (count, count), plane(west_deg, step_deg))
            .write_tif(&dir.path().join(name));
    }
    let terrain = relief(dir.path(), &area(39.3, 39.9, 32.2, 33.8)).unwrap();
    for step in 0..60 {
        let lon_deg = 32.2 + f64::from(step) * 0.0258;
        assert_height(&terrain, 39.6, lon_deg, (lon_deg - 32.0) * 1000.0);
    }
    assert_eq!(terrain.warning, None);
}

#[test]
fn a_seam_beside_a_missing_tile_is_not_bridged() {
    let dir = tempfile::tempdir().unwrap();
    // The middle tile ends half a degree south of its neighbours, and a post lies in its outermost half cell.
    for (name, north_deg, west_deg, height_m) in
        [("a.tif", 40.0, 32.0, 0), ("b.tif", 39.53, 33.0, 500), ("c.tif", 40.0, 34.0, 0)]
    {
        let rows = if north_deg > 39.9 { 20 } else { 10 };
        Raster::new((north_deg, west_deg), 0.05, (rows, 20), |_, _| height_m)
            .write_tif(&dir.path().join(name));
    }
    let terrain = relief(dir.path(), &area(39.1, 39.9, 32.2, 34.8)).unwrap();
    assert_height(&terrain, 39.51, 33.5, 500.0);
    assert!(terrain.warning.is_some());
}
