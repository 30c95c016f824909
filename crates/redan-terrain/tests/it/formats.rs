//! Every format gives the heights where its definition puts them, and refuses what is no relief.

use std::fs;

use proptest::prelude::*;
use redan_terrain::TerrainError;

use crate::made_up::{Raster, area, assert_height, relief, write_hgt};

/// Height of a plane that falls to the south by 2 m and rises to the east by 1 m a cell.
fn plane(row: i16, column: i16) -> i16 {
    1000 - 2 * row + column
}

/// Eight cells each way, north-west corner at 40° N 32° E, cells of 0.1°.
fn small() -> Raster {
    Raster::new((40.0, 32.0), 0.1, (8, 8), plane)
}

#[track_caller]
fn assert_refused(refused: Result<redan_terrain::Terrain, TerrainError>, expected: &str) {
    let message = refused.expect_err("it is refused").to_string();
    assert!(message.contains(expected), "{message}");
    assert!(message.contains("hint:"), "{message}");
}

#[test]
fn srtm_posts_stand_on_the_degree_lines() {
    for posts in [1201, 3601] {
        let dir = tempfile::tempdir().unwrap();
        write_hgt(&dir.path().join("n39e032.hgt"), posts, |row, column| row - column);
        let terrain = relief(dir.path(), &area(39.0, 40.0, 32.0, 33.0)).unwrap();
        let last = (posts - 1) as f64;
        assert_height(&terrain, 40.0, 32.0, 0.0);
        assert_height(&terrain, 39.0, 32.0, last);
        assert_height(&terrain, 39.5, 32.0, last / 2.0);
        assert_height(&terrain, 40.0, 32.0 + 0.5 / last, -0.5);
        assert_eq!(terrain.grid.as_ref().unwrap().geometry().rows, posts);
        assert_eq!(terrain.warning, None);
    }
}

#[test]
fn heights_of_areas_and_points_and_cells_belong_to_the_middle_of_a_cell() {
    let dir = tempfile::tempdir().unwrap();
    let path = |name: &str| dir.path().join(name);
    small().write_tif(&path("areas.tif"));
    small().write_tif_of_points(&path("points.tif"));
    small().write_asc(&path("cells.asc"));
    let of = |name: &str| relief(&path(name), &area(39.3, 39.9, 32.1, 32.7)).unwrap();
    for terrain in [of("areas.tif"), of("points.tif"), of("cells.asc")] {
        assert_height(&terrain, 39.85, 32.15, f64::from(plane(1, 1)));
        assert_height(&terrain, 39.45, 32.65, f64::from(plane(5, 6)));
        // A third of a cell south and a quarter east of a post: bilinear.
        assert_height(
            &terrain,
            39.85 - 0.1 / 3.0,
            32.175,
            f64::from(plane(1, 1)) - 2.0 / 3.0 + 0.25,
        );
    }
    let posts = |name: &str| of(name).grid.unwrap().posts().to_vec();
    assert_eq!(posts("areas.tif"), posts("cells.asc"));
    assert_eq!(posts("areas.tif"), posts("points.tif"));
}

#[test]
fn ascii_grids_may_name_centres_and_two_steps() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("centres.asc");
    let header = "NCOLS 3\nNROWS 2\nXLLCENTER 32\nYLLCENTER 39\nDX 0.5\nDY 0.25\n";
    fs::write(&path, format!("{header}1 2 3\n4 5.5 -9999\n")).unwrap();
    let terrain = relief(&path, &area(39.0, 39.25, 32.0, 33.0)).unwrap();
    assert_height(&terrain, 39.25, 33.0, 3.0);
    assert_height(&terrain, 39.0, 32.5, 5.5);
    assert_height(&terrain, 39.0, 33.0, (2.0 + 3.0 + 5.5) / 3.0);
}

#[test]
fn voids_are_filled_from_their_neighbours_and_counted() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("N39E032.hgt");
    let void = |row: i16, column: i16| match (row, column) {
        (100..103, 200..203) => -32_768,
        (600, 600) => -32_767,
        _ => 50,
    };
    write_hgt(&path, 1201, void);
    let terrain = relief(&path, &area(39.0, 40.0, 32.0, 33.0)).unwrap();
    assert!(terrain.note.contains("10 voids filled"), "{}", terrain.note);
    assert_eq!(terrain.grid.unwrap().posts(), vec![50.0; 1201 * 1201]);

    write_hgt(&path, 1201, |_, _| -32_768);
    let nothing = relief(&path, &area(39.0, 40.0, 32.0, 33.0));
    assert_refused(nothing, "does not cover any of");
}

#[test]
fn hgt_files_of_other_names_and_lengths_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let everywhere = area(39.0, 40.0, 32.0, 33.0);
    let named = dir.path().join("relief.hgt");
    write_hgt(&named, 1201, |_, _| 0);
    assert_refused(relief(&named, &everywhere), "does not tell where it lies");
    let cut = dir.path().join("N39E032.hgt");
    fs::write(&cut, [0; 1000]).unwrap();
    assert_refused(relief(&cut, &everywhere), "it has 1000 bytes");
    write_hgt(&cut, 1201, |row, _| if row == 7 { 20_000 } else { 0 });
    assert_refused(relief(&cut, &everywhere), "20000 m");
}

#[test]
fn ascii_grids_with_wrong_headers_or_heights_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("relief.asc");
    let everywhere = area(39.0, 39.4, 32.0, 32.4);
    let corner = "xllcorner 32\nyllcorner 39\ncellsize 0.1\n";
    for (text, expected) in [
        ("".to_owned(), "header"),
        ("ncols 4 nrows".to_owned(), "header"),
        (format!("ncols 1e99\nnrows 4\n{corner}0 0"), "header"),
        (format!("ncols 2.5\nnrows 4\n{corner}0 0"), "header"),
        (format!("ncols 4000000000\nnrows 4000000000\n{corner}0 0"), "4000000000 columns"),
        (format!("ncols 2\nnrows 2\n{corner}1 2 3"), "3 heights instead of 4"),
        (format!("ncols 2\nnrows 2\n{corner}1 2 3 4 5"), "5 heights instead of 4"),
        (format!("ncols 2\nnrows 2\n{corner}1 2 x 4"), "\"x\" is no height"),
        (format!("ncols 2\nnrows 2\n{corner}1 2 inf 4"), "inf m"),
        (format!("ncols 1\nnrows 1\n{corner}1"), "1 x 1 posts"),
        (
            "ncols 2\nnrows 2\nxllcorner 4e5\nyllcorner 4e6\ncellsize 90\n1 2 3 4".to_owned(),
            "EPSG:4326",
        ),
        (
            "ncols 2\nnrows 2\nxllcorner nan\nyllcorner 39\ncellsize 1\n1 2 3 4".to_owned(),
            "posts stand at",
        ),
    ] {
        fs::write(&path, text).unwrap();
        assert_refused(relief(&path, &everywhere), expected);
    }
    small().write_asc(&path);
    fs::write(path.with_extension("prj"), "PROJCS[\"UTM\"]").unwrap();
    assert_refused(relief(&path, &everywhere), ".prj");
    fs::write(path.with_extension("prj"), "GEOGCS[\"WGS 84\"]").unwrap();
    assert!(relief(&path, &everywhere).is_ok());
}

#[test]
fn geotiffs_in_other_coordinates_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("relief.tif");
    let everywhere = area(39.3, 39.9, 32.1, 32.7);
    let place = [32.0, 40.0];
    for (keys, expected) in [
        ([[1024, 1], [1025, 1], [3072, 23036]], "EPSG:23036"),
        ([[1024, 2], [1025, 1], [2048, 4230]], "EPSG:4230"),
        ([[1024, 2], [1025, 1], [2048, 32767]], "does not name its coordinates"),
    ] {
        fs::write(&path, small().tiff(place, keys)).unwrap();
        assert_refused(relief(&path, &everywhere), expected);
    }
    fs::write(&path, small().tiff([4e5, 4e6], [[1024, 2], [1025, 1], [2048, 4326]])).unwrap();
    assert_refused(relief(&path, &everywhere), "posts stand at");
    fs::write(&path, b"II*\0 not a picture").unwrap();
    assert_refused(relief(&path, &everywhere), "damaged");
    fs::write(dir.path().join("relief.png"), b"").unwrap();
    assert_refused(relief(&dir.path().join("relief.png"), &everywhere), "not read");
}

/// A DTED file of 5 meridians, 0.1° apart from 32° E, with 9 posts each, 0.05° apart from 39° N.
fn dted(height_m: impl Fn(u16, u16) -> i32) -> Vec<u8> {
    let mut bytes = b"UHL10320000E0390000N360018000050U              000500090".to_vec();
    bytes.resize(80 + 144, b' ');
    bytes.extend(b"WGS84");
    bytes.resize(80 + 648 + 2700, b' ');
    for column in 0..5_u16 {
        bytes.extend([0xaa, 0, 0, 0]);
        bytes.extend(column.to_be_bytes());
        bytes.extend([0, 0]);
        for row in 0..9_u16 {
            let height_m = height_m(row, column);
            let magnitude = u16::try_from(height_m.abs()).unwrap();
            let sign = if height_m < 0 { 0x8000 } else { 0 };
            bytes.extend((magnitude | sign).to_be_bytes());
        }
        bytes.extend([0; 4]);
    }
    bytes
}

#[test]
fn dted_goes_up_meridians_with_sign_and_magnitude() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("relief.dt0");
    let bytes = dted(|row, column| i32::from(row) * 10 - i32::from(column) * 100);
    fs::write(&path, &bytes).unwrap();
    let everywhere = area(39.0, 39.4, 32.0, 32.4);
    let terrain = relief(&path, &everywhere).unwrap();
    assert_height(&terrain, 39.0, 32.0, 0.0);
    assert_height(&terrain, 39.4, 32.0, 80.0);
    assert_height(&terrain, 39.05, 32.3, -290.0);
    assert_height(&terrain, 39.025, 32.35, 5.0 - 350.0);

    fs::write(&path, dted(|row, column| if (row, column) == (4, 2) { -32_767 } else { 7 }))
        .unwrap();
    let holed = relief(&path, &everywhere).unwrap();
    assert!(holed.note.contains("1 voids filled"), "{}", holed.note);

    let mut other = bytes.clone();
    other[80 + 144..80 + 149].copy_from_slice(b"WGS72");
    for (bytes, expected) in [
        (&bytes[..bytes.len() - 1], "bytes instead of"),
        (&bytes[..100], "does not begin like DTED"),
        (&other[..], "WGS72"),
    ] {
        fs::write(&path, bytes).unwrap();
        assert_refused(relief(&path, &everywhere), expected);
    }
}

/// A plane by easting and northing in UTM zone 36: pixels of 100 m, rising by 1 m a pixel to the east and
/// falling by 2 m a pixel to the south.
fn utm(keys: [[u16; 2]; 3]) -> Vec<u8> {
    let mut raster = Raster::new((0.0, 0.0), 100.0, (100, 120), plane);
    raster.step_deg = 100.0;
    raster.tiff([435_000.0, 4_425_000.0], keys)
}

#[test]
fn val_proj_heights_in_utm_lie_where_proj_puts_them() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("relief.tif");
    fs::write(&path, utm([[1024, 1], [1025, 1], [3072, 32636]])).unwrap();
    let terrain = relief(&path, &area(39.9, 39.95, 32.25, 32.35)).unwrap();
    // PROJ: 39.93° N 32.3° E; the row of tests/tables/utm.csv.
    let table = include_str!("../tables/utm.csv");
    let row = table.lines().find(|line| line.starts_with("32636,39.93,32.3000,")).unwrap();
    let numbers: Vec<f64> = row.split(',').map(|word| word.parse().unwrap()).collect();
    let (column, row) = ((numbers[3] - 435_050.0) / 100.0, (4_424_950.0 - numbers[4]) / 100.0);
    let found_m = crate::made_up::height_m(&terrain, 39.93, 32.3);
    // A hundredth of a pixel: places of posts are linear between every 16th.
    assert!((found_m - (1000.0 - 2.0 * row + column)).abs() < 0.03, "{found_m} m");
    assert!(!terrain.note.contains("taken for"), "{}", terrain.note);

    fs::write(&path, utm([[1024, 1], [1025, 1], [3072, 25836]])).unwrap();
    let near = relief(&path, &area(39.9, 39.95, 32.25, 32.35)).unwrap();
    assert!(near.note.contains("EPSG:25836 taken for WGS 84"), "{}", near.note);
}

#[test]
fn near_datums_are_taken_with_a_note_and_ellipsoid_heights_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("relief.tif");
    let everywhere = area(39.3, 39.9, 32.1, 32.7);
    for epsg in [4258, 4269] {
        fs::write(&path, small().tiff([32.0, 40.0], [[1024, 2], [1025, 1], [2048, epsg]])).unwrap();
        let terrain = relief(&path, &everywhere).unwrap();
        let expected = format!("EPSG:{epsg} taken for WGS 84, within 2 m");
        assert!(terrain.note.contains(&expected), "{}", terrain.note);
    }
    for keys in [[[1024, 2], [1025, 1], [2048, 4979]], [[1024, 2], [2048, 4326], [4096, 5030]]] {
        fs::write(&path, small().tiff([32.0, 40.0], keys)).unwrap();
        assert_refused(relief(&path, &everywhere), "above the ellipsoid");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..Default::default() })]

    /// A damaged tile gives an error or other heights.
    #[test]
    fn damaged_tiles_do_not_crash_the_reader(
        format in prop::sample::select(vec!["tif", "utm", "asc", "dt1"]),
        wrong in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        cut in any::<prop::sample::Index>(),
        is_cut in any::<bool>(),
    ) {
        let dir = tempfile::tempdir().unwrap();
        let ending = if format == "utm" { "tif" } else { format };
        let path = dir.path().join("relief").with_extension(ending);
        match format {
            "tif" => small().write_tif(&path),
            "asc" => small().write_asc(&path),
            "utm" => fs::write(&path, utm([[1024, 1], [1025, 1], [3072, 32636]])).unwrap(),
            _ => fs::write(&path, dted(|row, column| i32::from(row + column))).unwrap(),
        }
        let mut bytes = fs::read(&path).unwrap();
        for (at, byte) in &wrong {
            // Heads are where damage matters: half of it falls there.
            let head = if *byte % 2 == 0 { bytes.len().min(400) } else { bytes.len() };
            bytes[at.index(head)] = *byte;
        }
        if is_cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        fs::write(&path, &bytes).unwrap();
        if let Err(error) = relief(&path, &area(39.3, 39.9, 32.1, 32.7)) {
            prop_assert!(error.to_string().contains("hint:"), "{}", error);
        }
    }
}
