//! `redan terrain`: fetches relief into the cache, and shows what is at hand.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use redan_geo::Bounds;
use redan_sim::card::Library;
use redan_sim::scenario::{Draft, Extent};
use redan_terrain::{Dataset, Fetched, Order, Progress, Tile, fetch, tiles_at, tiles_of};

use crate::exit::{self, bad_input};
use crate::inputs;
use crate::output::{complain, print};

/// Pause after the first failure of a download.
const PAUSE: Duration = Duration::from_secs(1);

/// The notice that the licence of Copernicus DEM asks for.
const NOTICE: &str = "produced using Copernicus WorldDEM © DLR e.V. 2010-2014 and © Airbus Defence and Space GmbH \
2014-2018,\nprovided under COPERNICUS by the European Union and ESA; all rights reserved\n";

/// Tiles that are listed one by one.
const LISTED: usize = 200;

/// What is done with relief.
#[derive(clap::Subcommand)]
pub(crate) enum Action {
    /// Fetch Copernicus DEM tiles of a scenario or a box from the public open-data bucket.
    ///
    /// Tiles that are there already are not fetched again; a download that broke off is continued. A tile that the
    /// bucket does not have is sea.
    Fetch(FetchArgs),
    /// List the tiles of a folder: by default those of REDAN_TERRAIN and of the cache.
    Show(ShowArgs),
}

/// Which tiles, and where to.
#[derive(clap::Args)]
#[command(group = clap::ArgGroup::new("area").required(true).args(["scenario", "corners"]))]
pub(crate) struct FetchArgs {
    /// Scenario file whose area is wanted.
    scenario: Option<PathBuf>,
    /// Corners of the area in degrees: south, west, north, east.
    #[arg(long = "box", value_name = "S,W,N,E", allow_hyphen_values = true, value_parser = extent)]
    corners: Option<Extent>,
    /// Spacing: glo90 is 3 arc-seconds, some 5 MB for a tile of one degree; glo30 is 1 arc-second, some 40 MB.
    #[arg(long, default_value = "glo90", value_name = "NAME")]
    dataset: Spacing,
    /// Folder for the tiles [default: the cache of redan].
    #[arg(long, value_name = "DIR")]
    cache: Option<PathBuf>,
    /// Address of another bucket with the same layout.
    #[arg(long, value_name = "BASE")]
    url: Option<String>,
}

/// Which folder.
#[derive(clap::Args)]
pub(crate) struct ShowArgs {
    /// A file of relief or a folder.
    path: Option<PathBuf>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Spacing {
    Glo90,
    Glo30,
}

/// Carries out an action.
pub(crate) fn run(action: &Action, library: &Library) -> anyhow::Result<u8> {
    match action {
        Action::Fetch(args) => fetch_tiles(args, library),
        Action::Show(args) => show(args),
    }
}

fn fetch_tiles(args: &FetchArgs, library: &Library) -> anyhow::Result<u8> {
    let area = area_of(args, library)?;
    let order = order_of(args)?;
    let all = tiles_of(&area).map_err(bad_input)?.len();
    let bar = bar(all);
    let outcome = fetch(&area, &order, &mut |progress| show_progress(&bar, progress));
    bar.finish_and_clear();
    let done = outcome.map_err(bad_input)?;
    if done.is_sea_unsure {
        complain(
            "warning: the server has no list of its tiles, so that those it does not have were taken for sea\n  \
             hint: if there is land, the address is wrong: delete the .sea files in the folder and try another one",
        );
    }
    print(&summary(&done, &order))?;
    Ok(exit::OK)
}

fn area_of(args: &FetchArgs, library: &Library) -> anyhow::Result<Bounds> {
    match (&args.scenario, &args.corners) {
        (_, Some(corners)) => Ok(inputs::area(corners)),
        (Some(file), None) => {
            let draft = Draft::read(file, None, library).map_err(crate::problems::bad_scenario)?;
            Ok(inputs::area(&draft.bounds()))
        }
        (None, None) => Err(bad_input(
            "relief of which area?\n  hint: name a scenario file, or --box S,W,N,E in degrees",
        )),
    }
}

fn order_of(args: &FetchArgs) -> anyhow::Result<Order> {
    let dataset = match args.dataset {
        Spacing::Glo90 => Dataset::Glo90,
        Spacing::Glo30 => Dataset::Glo30,
    };
    let folder = args.cache.clone().or_else(|| inputs::folders().cache).ok_or_else(|| {
        bad_input("there is no folder for the cache\n  hint: name one with --cache DIR")
    })?;
    let address = args.url.clone().unwrap_or_else(|| dataset.address().to_owned());
    Ok(Order { dataset, address, folder, pause: PAUSE })
}

/// Four numbers in degrees; whether they make an area is judged where areas are.
fn extent(text: &str) -> Result<Extent, String> {
    let numbers: Result<Vec<f64>, _> =
        text.split(',').map(|word| word.trim().parse::<f64>()).collect();
    match numbers.as_deref() {
        Ok(&[south_deg, west_deg, north_deg, east_deg]) => {
            Ok(Extent { south_deg, west_deg, north_deg, east_deg })
        }
        _ => Err("four numbers in degrees are needed: south,west,north,east\n  hint: for example --box 38.5,31,41,34".to_owned()),
    }
}

/// Drawn in a terminal only.
fn bar(all: usize) -> ProgressBar {
    let bar = ProgressBar::new(all as u64);
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} tiles  {msg}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}

fn show_progress(bar: &ProgressBar, progress: &Progress<'_>) {
    bar.set_position(progress.done as u64);
    let all = progress.bytes_in_all.map_or(String::new(), |all| format!(" of {}", megabytes(all)));
    bar.set_message(format!("{}  {}{all}", progress.tile, megabytes(progress.bytes)));
}

fn summary(done: &Fetched, order: &Order) -> String {
    let mut parts = vec![format!(
        "{} fetched ({})",
        counted(done.fetched, "tile", "tiles"),
        megabytes(done.bytes)
    )];
    if done.already > 0 {
        parts.push(format!("{} there already", done.already));
    }
    if done.sea > 0 {
        parts.push(format!("{} without land, taken as sea", done.sea));
    }
    format!(
        "{}: {}\nin {}\n{}",
        order.dataset.name(),
        parts.join(", "),
        order.folder.display(),
        NOTICE
    )
}

fn show(args: &ShowArgs) -> anyhow::Result<u8> {
    if let Some(path) = &args.path {
        print(&listing(path).map_err(bad_input)?)?;
        return Ok(exit::OK);
    }
    let folders = inputs::folders();
    let mut text = String::new();
    for (what, folder) in [("REDAN_TERRAIN", folders.tiles), ("cache", folders.cache)] {
        let _ = match folder {
            None => writeln!(text, "{what}: not set"),
            Some(folder) if !folder.exists() => {
                writeln!(text, "{what}: {} is not there", folder.display())
            }
            Some(folder) => match listing(&folder) {
                Ok(listed) => writeln!(text, "{what}: {}\n{listed}", folder.display()),
                Err(error) => writeln!(text, "{what}: {error}"),
            },
        };
    }
    print(&text)?;
    Ok(exit::OK)
}

/// A line for each tile; those of sea are only counted.
fn listing(path: &Path) -> Result<String, redan_terrain::TerrainError> {
    let tiles = tiles_at(path)?;
    let mut text = String::new();
    let is_sea = |tile: &&Result<Tile, _>| tile.as_ref().is_ok_and(|tile| tile.is_sea);
    let sea = tiles.iter().filter(is_sea).count();
    let land = tiles.len() - sea;
    for tile in tiles.iter().filter(|tile| !is_sea(tile)).take(LISTED) {
        let _ = match tile {
            Ok(tile) => writeln!(text, "  {}", line(tile)),
            Err(error) => writeln!(text, "  not usable: {error}"),
        };
    }
    if land > LISTED {
        let _ = writeln!(text, "  and {} more", land - LISTED);
    }
    let _ = writeln!(
        text,
        "  {}, and {} of sea",
        counted(land, "file of relief", "files of relief"),
        sea
    );
    Ok(text)
}

fn line(tile: &Tile) -> String {
    let Bounds { south_rad, north_rad, west_rad, east_rad } = tile.bounds;
    let seconds = |rad: f64| 3600.0 * rad.to_degrees();
    format!(
        "{}: {:.3} to {:.3}° N, {:.3} to {:.3}° E, {:.2} x {:.2} arc-seconds",
        tile.name,
        south_rad.to_degrees(),
        north_rad.to_degrees(),
        west_rad.to_degrees(),
        east_rad.to_degrees(),
        seconds(tile.lat_step_rad),
        seconds(tile.lon_step_rad)
    )
}

fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}

fn counted(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_are_four_numbers() {
        let found = extent("-33.5, -71,-32,-70.25").expect("it is one");
        assert_eq!((found.south_deg, found.west_deg), (-33.5, -71.0));
        assert_eq!((found.north_deg, found.east_deg), (-32.0, -70.25));
        for text in ["", "1,2,3", "1,2,3,4,5", "a,b,c,d", "1;2;3;4"] {
            assert!(extent(text).is_err_and(|error| error.contains("hint:")), "{text}");
        }
    }
}
