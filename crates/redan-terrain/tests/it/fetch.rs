//! Tiles come over HTTP whole or not at all, whatever the server does. Only this machine is asked.

use std::fs;
use std::path::Path;
use std::time::Duration;

use redan_geo::Bounds;
use redan_terrain::{Dataset, Fetched, Order, TerrainError, fetch, tiles_of};

use crate::made_up::{Raster, area, assert_height, relief};
use crate::server::{Fault, Server};

const LAND: &str = "Copernicus_DSM_COG_30_N39_00_E032_00_DEM";
const SEA: &str = "Copernicus_DSM_COG_30_N39_00_E033_00_DEM";

/// The bytes of a small tile laid out like one of Copernicus DEM: posts on the northern and western degree lines.
fn tile(south_deg: f64, west_deg: f64) -> Vec<u8> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("tile.tif");
    let step_deg = 0.05;
    let corner = (south_deg + 1.0 + step_deg / 2.0, west_deg - step_deg / 2.0);
    Raster::new(corner, step_deg, (20, 20), |row, column| 500 + 10 * row + column).write_tif(&path);
    fs::read(path).unwrap()
}

fn path_of(name: &str) -> String {
    format!("/{name}/{name}.tif")
}

/// A server with one tile of land, and a list that names it.
fn server() -> Server {
    let server = Server::new();
    server.put(&path_of(LAND), tile(39.0, 32.0));
    server.put("/tileList.txt", format!("{LAND}\r\n").into_bytes());
    server
}

fn order(server: &Server, folder: &Path) -> Order {
    Order {
        dataset: Dataset::Glo90,
        address: server.address.clone(),
        folder: folder.to_owned(),
        pause: Duration::ZERO,
    }
}

fn get(server: &Server, folder: &Path, area: &Bounds) -> Result<Fetched, TerrainError> {
    fetch(area, &order(server, folder), &mut |_| {})
}

fn one_tile() -> Bounds {
    area(39.2, 39.8, 32.2, 32.8)
}

/// Fetches the one tile through some faults: it must come whole.
#[track_caller]
fn assert_comes_through(faults: &[Fault]) -> Vec<Option<usize>> {
    let (server, dir) = (server(), tempfile::tempdir().unwrap());
    server.will(faults);
    let done = get(&server, dir.path(), &one_tile()).unwrap();
    assert_eq!((done.fetched, done.already, done.sea), (1, 0, 0), "{faults:?}");
    let path = dir.path().join(format!("{LAND}.tif"));
    assert_eq!(fs::read(path).unwrap(), tile(39.0, 32.0), "{faults:?}");
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1, "no leftovers: {faults:?}");
    server.asked().into_iter().map(|(_, from)| from).collect()
}

#[test]
fn land_is_fetched_and_sea_is_remembered() {
    let (server, dir) = (server(), tempfile::tempdir().unwrap());
    let both = area(39.2, 39.8, 32.2, 33.8);
    let mut steps = Vec::new();
    let done = fetch(&both, &order(&server, dir.path()), &mut |step| {
        steps.push((step.tile.to_owned(), step.done, step.all, step.bytes));
    });
    let bytes = tile(39.0, 32.0).len() as u64;
    let expected = Fetched { fetched: 1, bytes, sea: 1, ..Fetched::default() };
    assert_eq!(done.unwrap(), expected);
    assert!(steps.contains(&(LAND.to_owned(), 0, 2, bytes)), "{steps:?}");
    assert_eq!(steps.last().unwrap(), &(SEA.to_owned(), 1, 2, 0));
    assert_eq!(server.asked().len(), 3, "two tiles and the list");

    let again = get(&server, dir.path(), &both).unwrap();
    assert_eq!(again, Fetched { already: 2, ..Fetched::default() });
    assert_eq!(server.asked(), []);

    let terrain = relief(dir.path(), &area(39.3, 39.8, 32.2, 33.8)).unwrap();
    assert_height(&terrain, 39.5, 32.5, 500.0 + 100.0 + 10.0);
    assert_height(&terrain, 39.5, 33.5, 0.0);
    assert_eq!(terrain.warning, None, "sea is no missing tile");
}

#[test]
fn a_download_that_breaks_off_is_continued() {
    let asked = assert_comes_through(&[Fault::BreaksOff(300), Fault::BreaksOff(200)]);
    assert_eq!(asked, [None, Some(300), Some(500)]);
}

#[test]
fn a_later_call_continues_what_an_earlier_one_left() {
    let (server, dir) = (server(), tempfile::tempdir().unwrap());
    server.will(&[Fault::BreaksOff(400)]);
    server.will(&[Fault::Status(503); 4]);
    let message = get(&server, dir.path(), &one_tile()).unwrap_err().to_string();
    assert!(message.contains("503") && message.contains("hint:"), "{message}");
    server.asked();
    get(&server, dir.path(), &one_tile()).unwrap();
    assert_eq!(server.asked(), [(path_of(LAND), Some(400))]);
    assert_eq!(fs::read(dir.path().join(format!("{LAND}.tif"))).unwrap(), tile(39.0, 32.0));
}

#[test]
fn passing_troubles_of_a_server_are_waited_for() {
    use Fault::{BreaksOff, HangsUp, IgnoresRange, NamesLess, NamesMore, Status};
    for faults in [
        &[Status(500), Status(429), HangsUp][..],
        &[BreaksOff(300), IgnoresRange],
        &[NamesMore(50)],
        &[NamesLess(50)],
        &[BreaksOff(300), NamesMore(7), Status(500)],
        &[BreaksOff(0), BreaksOff(1), BreaksOff(1), BreaksOff(1), BreaksOff(1), BreaksOff(1)],
    ] {
        assert_comes_through(faults);
    }
}

#[test]
fn troubles_without_end_are_given_up() {
    use Fault::{BreaksOff, HangsUp, IgnoresRange, NamesLess, Status};
    for (faults, attempts) in [
        (vec![Status(500); 99], 5),
        (vec![HangsUp; 99], 5),
        (vec![NamesLess(50); 99], 5),
        (vec![Status(403); 99], 1),
        ([BreaksOff(300), IgnoresRange, NamesLess(9)].repeat(33), 99),
    ] {
        let (server, dir) = (server(), tempfile::tempdir().unwrap());
        server.will(&faults);
        let outcome = get(&server, dir.path(), &one_tile());
        if attempts < 99 {
            let message = outcome.unwrap_err().to_string();
            assert!(message.contains(LAND) && message.contains("hint:"), "{message}");
            assert_eq!(server.asked().len(), attempts, "{faults:?}");
        }
        let whole = dir.path().join(format!("{LAND}.tif"));
        assert!(!whole.exists() || fs::read(whole).unwrap() == tile(39.0, 32.0));
    }
}

#[test]
fn what_is_no_tile_or_lies_elsewhere_is_not_taken() {
    for (bytes, expected) in
        [(b"<html>please log in</html>".to_vec(), "no raster"), (tile(40.0, 32.0), "lies at")]
    {
        let (server, dir) = (Server::new(), tempfile::tempdir().unwrap());
        server.put(&path_of(LAND), bytes);
        let message = get(&server, dir.path(), &one_tile()).unwrap_err().to_string();
        assert!(message.contains(expected), "{message}");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
    }
}

#[test]
fn a_tile_that_the_list_names_is_not_sea() {
    let (server, dir) = (Server::new(), tempfile::tempdir().unwrap());
    server.put("/tileList.txt", format!("{LAND}\n").into_bytes());
    let message = get(&server, dir.path(), &one_tile()).unwrap_err().to_string();
    assert!(message.contains("its list does"), "{message}");
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);

    let nothing = Server::new();
    let done = get(&nothing, dir.path(), &one_tile()).unwrap();
    assert_eq!(done, Fetched { sea: 1, is_sea_unsure: true, ..Fetched::default() });
}

#[test]
fn nobody_at_the_address_is_an_error_with_a_hint() {
    let dir = tempfile::tempdir().unwrap();
    // The port was free a moment ago.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let gone = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    for address in [gone, "no address".to_owned(), "127.0.0.1".to_owned()] {
        let order = Order {
            dataset: Dataset::Glo30,
            address,
            folder: dir.path().join("new"),
            pause: Duration::ZERO,
        };
        let message = fetch(&one_tile(), &order, &mut |_| {}).unwrap_err().to_string();
        assert!(message.contains("cannot fetch") && message.contains("hint:"), "{message}");
    }
}

#[test]
fn an_area_takes_the_tiles_that_it_reaches_into() {
    let of = |south, north, west, east| tiles_of(&area(south, north, west, east)).unwrap();
    assert_eq!(of(39.0, 40.0, 32.0, 33.0), [(39, 32)]);
    assert_eq!(of(39.9, 40.1, 32.9, 33.1), [(39, 32), (39, 33), (40, 32), (40, 33)]);
    assert_eq!(of(-0.5, 0.5, -0.5, -0.1), [(-1, -1), (0, -1)]);
    assert_eq!(of(10.2, 10.3, 179.5, 180.5), [(10, -180), (10, 179)]);
    assert_eq!(of(10.2, 10.3, -180.5, -179.5), [(10, -180), (10, 179)]);
    assert_eq!(of(89.5, 90.0, 1.0, 2.0), [(89, 1)]);
    let message = tiles_of(&area(-60.0, 60.0, -180.0, 180.0)).unwrap_err().to_string();
    assert!(message.contains("43200 tiles") && message.contains("at most 600"), "{message}");
    assert!(tiles_of(&area(40.0, 39.0, 32.0, 33.0)).is_err());
}
