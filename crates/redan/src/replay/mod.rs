//! The replay page: the viewer with one recording in it, and the ground that the battle was fought over.
//!
//! The viewer is one HTML file that the sources in `viewer/` build and that lies in `assets/`. Into it goes the
//! recording as `redan_exchange` writes it, and the map of this module, compressed and in letters. The page loads and
//! sends nothing. Equal recordings over equal relief give equal bytes.

use std::io::Write;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use redan_exchange::ExchangeError;
use redan_geo::{Bounds, HeightGrid};
use redan_record::Recording;
use serde::Serialize;

use crate::report::coast::{self, LonLat};

const VIEWER: &str = include_str!("../../assets/viewer.html");

/// Where the recording goes in the page.
const PLACE: &str = "REDAN-RECORDING";

/// Where the title of the page is.
const TITLE: &str = "<title>redan</title>";

/// Ground around everything that ever is somewhere, as a share of its width, and at least, degrees.
const MARGIN_RATIO: f64 = 0.15;
const LEAST_MARGIN_DEG: f64 = 0.4;

/// Heights along the longer side of the map.
const HEIGHTS: usize = 320;

/// The box of the map, degrees.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Window {
    south_deg: f64,
    west_deg: f64,
    north_deg: f64,
    east_deg: f64,
}

impl Window {
    pub(crate) fn bounds(&self) -> Bounds {
        Bounds {
            south_rad: self.south_deg.to_radians(),
            west_rad: self.west_deg.to_radians(),
            north_rad: self.north_deg.to_radians(),
            east_rad: self.east_deg.to_radians(),
        }
    }
}

/// The ground of a page.
#[derive(Serialize)]
struct Map {
    south_deg: f64,
    west_deg: f64,
    north_deg: f64,
    east_deg: f64,
    rows: usize,
    columns: usize,
    /// Metres, from the south-west by rows, each as the difference to the one before; empty without relief.
    heights_m: Vec<i32>,
    land: Vec<Vec<[f64; 2]>>,
    coasts: Vec<Vec<[f64; 2]>>,
    borders: Vec<Vec<[f64; 2]>>,
}

/// The box around everything in a recording.
pub(crate) fn window(recording: &Recording) -> Result<Window, ExchangeError> {
    let [south, west, north, east] = redan_exchange::extent_deg(recording)?.unwrap_or([0.0; 4]);
    let middle_rad = (0.5 * (south + north)).to_radians();
    let narrow = libm::cos(middle_rad).max(0.1);
    let wide = (north - south).max((east - west) * narrow);
    let margin = (MARGIN_RATIO * wide).max(LEAST_MARGIN_DEG);
    Ok(Window {
        south_deg: (south - margin).max(-89.0),
        west_deg: west - margin / narrow,
        north_deg: (north + margin).min(89.0),
        east_deg: east + margin / narrow,
    })
}

/// The page of a recording over the relief of its box.
pub(crate) fn page(
    recording: &Recording,
    window: &Window,
    relief: Option<&HeightGrid>,
) -> Result<String, ExchangeError> {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
    packed.write_all(b"{\"recording\":")?;
    redan_exchange::write_replay(recording, &mut packed)?;
    packed.write_all(b",\"map\":")?;
    serde_json::to_writer(&mut packed, &map(window, relief)).map_err(std::io::Error::from)?;
    packed.write_all(b"}")?;
    let letters = STANDARD.encode(packed.finish()?);
    let title = crate::report::escape::esc(&recording.roster.title).to_string();
    Ok(VIEWER
        .replacen(TITLE, &format!("<title>{title} – simulation</title>"), 1)
        .replacen(PLACE, &letters, 1))
}

fn map(window: &Window, relief: Option<&HeightGrid>) -> Map {
    let high = window.north_deg - window.south_deg;
    let middle_rad = (0.5 * (window.north_deg + window.south_deg)).to_radians();
    let wide = (window.east_deg - window.west_deg) * libm::cos(middle_rad).max(0.1);
    let step = high.max(wide) / (HEIGHTS - 1) as f64;
    let count = |length: f64| ((length / step).round() as usize).clamp(1, HEIGHTS - 1) + 1;
    let (rows, columns) = (count(high), count(wide));
    let shapes = coast::shapes(coast::Window {
        west: window.west_deg,
        east: window.east_deg,
        south: window.south_deg,
        north: window.north_deg,
    });
    Map {
        south_deg: window.south_deg,
        west_deg: window.west_deg,
        north_deg: window.north_deg,
        east_deg: window.east_deg,
        rows,
        columns,
        heights_m: relief.map_or_else(Vec::new, |grid| heights(window, grid, (rows, columns))),
        land: lines(&shapes.land),
        coasts: lines(&shapes.coasts),
        borders: lines(&shapes.borders),
    }
}

fn heights(window: &Window, grid: &HeightGrid, (rows, columns): (usize, usize)) -> Vec<i32> {
    let part = |index: usize, count: usize| index as f64 / (count - 1) as f64;
    let mut last_m = 0;
    (0..rows * columns)
        .map(|post| {
            let (row, column) = (post / columns, post % columns);
            let lat = window.south_deg + (window.north_deg - window.south_deg) * part(row, rows);
            let lon = window.west_deg + (window.east_deg - window.west_deg) * part(column, columns);
            let height_m =
                grid.height_m(lat.to_radians(), lon.to_radians()).unwrap_or(0.0).round() as i32;
            let rise_m = height_m - last_m;
            last_m = height_m;
            rise_m
        })
        .collect()
}

/// Lines with places to a thousandth of a degree.
fn lines(lines: &[Vec<LonLat>]) -> Vec<Vec<[f64; 2]>> {
    let short = |degrees: f64| (degrees * 1e3).round() / 1e3;
    let line = |line: &Vec<LonLat>| line.iter().map(|at| [short(at.0), short(at.1)]).collect();
    lines.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use flate2::read::ZlibDecoder;
    use redan_geo::{GridGeometry, Span};
    use redan_record::Roster;

    use super::*;

    fn recording(title: &str) -> Recording {
        let start_utc = "2026-01-01T00:00:00Z".to_owned();
        let duration = Span::from_secs(60.0);
        let roster = Roster { title: title.to_owned(), start_utc, duration, ..Roster::default() };
        Recording { roster, seed: 1, replication: 0, events: vec![] }
    }

    /// What a page holds, as the viewer unpacks it.
    fn held(page: &str) -> serde_json::Value {
        let begin = page.find("id=\"packed\">").expect("a place for the recording") + 12;
        let letters = page[begin..].split('<').next().unwrap_or_default();
        let packed = STANDARD.decode(letters.trim()).expect("letters of base64");
        let mut text = String::new();
        ZlibDecoder::new(&packed[..]).read_to_string(&mut text).expect("compressed text");
        serde_json::from_str(&text).expect("JSON")
    }

    #[test]
    fn the_viewer_has_one_place_for_a_recording_and_one_for_a_title() {
        assert_eq!(VIEWER.matches(PLACE).count(), 1);
        assert_eq!(VIEWER.matches(TITLE).count(), 1);
        assert!(!VIEWER.contains("src=\"http"), "it would load something");
    }

    #[test]
    fn a_page_holds_its_recording_and_names_it_safely() {
        let title = "Raid <script>alert(1)</script> & more";
        let recording = recording(title);
        let window = window(&recording).expect("a window");
        let page = page(&recording, &window, None).expect("a page");
        assert!(!page.contains("<script>alert"));
        assert!(page.contains("<title>Raid &lt;script&gt;"));
        let held = held(&page);
        assert_eq!(held["recording"]["title"], title);
        assert_eq!(held["recording"]["until_ms"], 60_000);
        assert_eq!(held["map"]["heights_m"], serde_json::json!([]));
        assert_eq!(page, super::page(&recording, &window, None).expect("a page"), "same bytes");
    }

    #[test]
    fn the_ground_is_that_of_the_relief_post_by_post() {
        let window = Window { south_deg: 40.0, west_deg: 32.0, north_deg: 40.5, east_deg: 32.5 };
        let step_rad = 0.1_f64.to_radians();
        let geometry = GridGeometry {
            south_rad: 39.9_f64.to_radians(),
            west_rad: 31.9_f64.to_radians(),
            lat_step_rad: step_rad,
            lon_step_rad: step_rad,
            rows: 8,
            columns: 8,
        };
        // A plane that rises to the north: 1000 m in a tenth of a degree.
        let heights_m = (0..64).map(|post| (post / 8) as f32 * 1000.0).collect();
        let grid = HeightGrid::new(geometry, heights_m).expect("a grid");
        let map = map(&window, Some(&grid));
        assert_eq!(map.heights_m.len(), map.rows * map.columns);
        let mut height_m = 0;
        let heights_m: Vec<i32> = map
            .heights_m
            .iter()
            .map(|rise_m| {
                height_m += rise_m;
                height_m
            })
            .collect();
        assert_eq!(heights_m[0], 1000);
        assert_eq!(*heights_m.last().expect("posts"), 6000);
        let across = &heights_m[..map.columns];
        assert!(across.iter().all(|height_m| *height_m == 1000), "level from west to east");
    }
}
