//! Which relief a wish gets.

use std::fs;
use std::path::{Path, PathBuf};

use redan_geo::Bounds;
use redan_terrain::{Folders, Terrain, TerrainError, TerrainWish, load};

use crate::made_up::{Raster, area, assert_height};

fn here() -> Bounds {
    area(39.2, 39.8, 32.2, 32.8)
}

/// A folder with one tile of a height, here or elsewhere.
fn folder(of: &Path, name: &str, west_deg: f64, height_m: i16) -> PathBuf {
    let folder = of.join(name);
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("README.md"), "not relief").unwrap();
    let tile = Raster::new((40.0, west_deg), 0.1, (10, 10), |_, _| height_m);
    tile.write_tif(&folder.join("tile.tif"));
    folder
}

fn automatic(tiles: Option<&Path>, cache: Option<&Path>) -> Result<Terrain, TerrainError> {
    let owned = |path: Option<&Path>| path.map(Path::to_owned);
    load(&TerrainWish::Auto, &Folders { tiles: owned(tiles), cache: owned(cache) }, &here())
}

#[test]
fn auto_takes_the_users_tiles_then_the_cache_then_the_smooth_earth() {
    let dir = tempfile::tempdir().unwrap();
    let (tiles, cache) =
        (folder(dir.path(), "tiles", 32.0, 1), folder(dir.path(), "cache", 32.0, 2));
    let elsewhere = folder(dir.path(), "elsewhere", 50.0, 3);
    assert_height(&automatic(Some(&tiles), Some(&cache)).unwrap(), 39.5, 32.5, 1.0);
    assert_height(&automatic(None, Some(&cache)).unwrap(), 39.5, 32.5, 2.0);
    assert_height(&automatic(Some(&elsewhere), Some(&cache)).unwrap(), 39.5, 32.5, 2.0);

    let empty = dir.path().join("empty");
    fs::create_dir(&empty).unwrap();
    for cache in [None, Some(empty.as_path()), Some(&dir.path().join("absent")), Some(&elsewhere)] {
        let smooth = automatic(None, cache).unwrap();
        assert_eq!((smooth.grid, smooth.hash.as_str()), (None, "smooth"));
        let warning = smooth.warning.unwrap();
        assert!(warning.contains("upper bound") && warning.contains("REDAN_TERRAIN"), "{warning}");
    }
}

#[test]
fn a_folder_that_the_user_named_must_hold_relief() {
    let dir = tempfile::tempdir().unwrap();
    let absent = automatic(Some(&dir.path().join("absent")), None).unwrap_err();
    assert!(matches!(absent, TerrainError::Io { .. }) && absent.to_string().contains("hint:"));
    let empty = automatic(Some(dir.path()), None).unwrap_err();
    assert!(matches!(empty, TerrainError::NoTiles { .. }) && empty.to_string().contains("hint:"));
    let elsewhere = folder(dir.path(), "elsewhere", 50.0, 3);
    let wish = TerrainWish::Path(elsewhere);
    let refused = load(&wish, &Folders::default(), &here()).unwrap_err();
    assert!(matches!(refused, TerrainError::Elsewhere { .. }), "{refused}");
}

#[test]
fn smooth_is_smooth_whatever_is_at_hand() {
    let dir = tempfile::tempdir().unwrap();
    let tiles = Some(folder(dir.path(), "tiles", 32.0, 1));
    let terrain = load(&TerrainWish::Smooth, &Folders { tiles, cache: None }, &here()).unwrap();
    assert_eq!((terrain.grid, terrain.warning), (None, None));
}

#[test]
fn the_note_names_files_and_no_folder() {
    let dir = tempfile::tempdir().unwrap();
    let tiles = folder(dir.path(), "tiles", 32.0, 1);
    let note = automatic(Some(&tiles), None).unwrap().note;
    assert!(note.starts_with("tile.tif; "), "{note}");
    assert!(note.contains("360.0 x 360.0 arc-seconds; 100 % of the area"), "{note}");
    assert!(!note.contains(dir.path().to_str().unwrap()), "{note}");
}

#[test]
fn areas_that_are_none_are_refused() {
    for wrong in [
        area(40.0, 39.0, 32.0, 33.0),
        area(39.0, 40.0, 33.0, 32.0),
        area(80.0, 95.0, 32.0, 33.0),
        area(39.0, 40.0, -200.0, 200.0),
        area(39.0, f64::NAN, 32.0, 33.0),
        area(39.0, 40.0, 3e9, 3e9 + 1.0),
    ] {
        let refused = load(&TerrainWish::Smooth, &Folders::default(), &wrong).unwrap_err();
        assert!(refused.to_string().contains("hint:"), "{refused}");
    }
}
