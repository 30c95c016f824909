//! `redan track`: the tracker on recorded data.

use std::fs;
use std::path::{Path, PathBuf};

use redan_track::metrics::Cut;
use redan_track::{Association, MultiModelSettings};

use crate::exit::{self, bad_input};
use crate::output::{print, print_line};
use crate::track::play::{Believed, play, table};
use crate::track::score::{Score, score};
use crate::track::sensor::SensorOptions;
use crate::track::{Recorded, RecordedScan, Truth, adsb, asterix, bench, story};

/// Longest table that is read, bytes.
const LONGEST_BYTES: u64 = 1 << 30;

/// Run the tracker on recorded data, and say how good its tracks are where the truth is known.
///
/// FILE is a table in CSV with a header. `bench-csv` has plots of a radar over a flat Earth: scan, time_s,
/// elevation_rad, bearing_rad (from east, anticlockwise), range_m. `adsb-csv` has state vectors of aircraft (time,
/// icao24, lat, lon and what else OpenSky gives), of which a radar that redan makes up makes plots. `asterix` has the
/// reports of a radar (CAT048), as blocks or as a capture of datagrams. The tracks are written as scan, time_s, track, x, y, z, vx, vy, vz: confirmed tracks at the end of each scan, in metres and m/s
/// east, north and up of the sensor.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Recorded data.
    file: PathBuf,
    /// What the columns mean.
    #[arg(long, value_enum)]
    format: Format,
    /// Table of tracks to write.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// How plots find their tracks.
    #[arg(long, value_enum, default_value = "gnn")]
    algorithm: Algorithm,
    /// Compare with the truth: scan, time_s, target, x, vx, y, vy, z, vz for `bench-csv`, state vectors for `adsb-csv`.
    #[arg(long, value_name = "FILE")]
    score: Option<PathBuf>,
    /// Scans at the beginning that are not scored, while tracks are being confirmed.
    #[arg(long, value_name = "N", default_value = "5")]
    settle: usize,
    /// Distance from which on a track counts as lost, metres: cut-off of OSPA and GOSPA.
    #[arg(long, value_name = "M", default_value = "2000", value_parser = metres)]
    cutoff_m: Cutoff,
    /// Sensor, as KEY=VALUE,…: range_m, azimuth_deg and elevation_deg (standard deviations), revisit_s; for the radar of
    /// `adsb-csv` lat, lon, height_m, max_range_km, detection_prob, false_plots; for that of `asterix` sac, sic, lat, lon,
    /// height_m.
    #[arg(long, value_name = "KEY=VALUE,…", default_value = "")]
    sensor: SensorOptions,
    /// Settings of the tracker in TOML; those that are not in it stay as they are.
    #[arg(long, value_name = "FILE")]
    settings: Option<PathBuf>,
    /// Luck of the radar of `adsb-csv`.
    #[arg(long, value_name = "N", default_value = "1")]
    seed: u64,
    /// Print JSON: counts, time for a scan, and the score.
    #[arg(long)]
    json: bool,
}

/// What the columns mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// Plots of a radar over a flat Earth.
    BenchCsv,
    /// State vectors of aircraft.
    AdsbCsv,
    /// Reports of a radar (CAT048), as blocks or as a capture.
    Asterix,
}

/// How plots find their tracks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Algorithm {
    /// Global nearest neighbour.
    Gnn,
    /// Joint probabilistic data association.
    Jpda,
}

/// A cut-off that was checked.
#[derive(Clone, Copy, Debug)]
struct Cutoff(Cut);

/// Reads, tracks, writes and tells.
pub(crate) fn run(args: &Args) -> anyhow::Result<u8> {
    allowed(args)?;
    let settings = settings(args)?;
    let name = args.file.display().to_string();
    let recorded = match args.format {
        Format::BenchCsv => bench::read(&name, &text_of(&args.file)?, &args.sensor),
        Format::AdsbCsv => adsb::read(&name, &text_of(&args.file)?, &args.sensor, args.seed),
        Format::Asterix => asterix::read(&name, &octets_of(&args.file)?, &args.sensor),
    };
    let recorded = recorded.map_err(bad_input)?;
    warn(&recorded.faults.warnings(&name));
    let truth = args.score.as_deref().map(|path| truth(args, path, &recorded)).transpose()?;
    let plots = recorded.scans.iter().map(RecordedScan::count).sum();
    let scans = play(recorded, settings);
    let score = match (&truth, &args.score) {
        (Some(truth), Some(path)) => Some(scored(args, path, &scans, truth)?),
        _ => None,
    };
    fs::write(&args.out, table(&scans)).map_err(|error| {
        let out = args.out.display();
        bad_input(format!(
            "cannot write {out}: {error}\nhint: name a file in a folder that is there"
        ))
    })?;
    let out = args.out.display().to_string();
    match args.json {
        true => print_line(&story::json(plots, &scans, score.as_ref()))?,
        false => print(&story::words(&out, plots, &scans, score.as_ref()))?,
    }
    Ok(exit::OK)
}

/// Refuses what this format could not heed.
fn allowed(args: &Args) -> anyhow::Result<()> {
    const RADAR: [&str; 4] = ["range_m", "azimuth_deg", "elevation_deg", "revisit_s"];
    let (keys, why) = match args.format {
        Format::AdsbCsv => return Ok(()),
        Format::BenchCsv => (RADAR.to_vec(), "bench-csv has the plots of a radar at the origin"),
        Format::Asterix => (
            [&RADAR[..], &["lat", "lon", "height_m", "sac", "sic"]].concat(),
            "asterix has the plots of a radar already",
        ),
    };
    if let Some(key) = args.sensor.beyond(&keys) {
        let keys = keys.join(", ");
        return Err(bad_input(format!(
            "`--sensor {key}=…` says nothing here: {why}\nhint: it heeds {keys}"
        )));
    }
    Ok(())
}

fn truth(args: &Args, path: &Path, recorded: &Recorded) -> anyhow::Result<Truth> {
    let name = path.display().to_string();
    let text = text_of(path)?;
    let truth = match args.format {
        Format::BenchCsv => bench::read_truth(&name, &text),
        Format::Asterix => {
            return Err(bad_input(
                "`--score`: asterix has times of day and no dates, so that no truth can be set beside it\nhint: leave \
                 it out",
            ));
        }
        Format::AdsbCsv => adsb::read_truth(&name, &text, &args.sensor, recorded.sensor.place),
    };
    let truth = truth.map_err(bad_input)?;
    warn(&truth.faults.warnings(&name));
    Ok(truth)
}

fn scored(args: &Args, path: &Path, scans: &[Believed], truth: &Truth) -> anyhow::Result<Score> {
    score(scans, truth, args.cutoff_m.0, args.settle).ok_or_else(|| {
        let known = scans.iter().filter(|scan| truth.states.contains_key(&scan.at)).count();
        bad_input(format!(
            "{}: nothing to score: the truth knows the times of {known} scans of {}, and the first {} do not \
             count\nhint: is it the truth of these plots? `--settle` says how many scans do not count",
            path.display(),
            scans.len(),
            args.settle
        ))
    })
}

/// Settings of the tracker, with the algorithm that was asked for.
fn settings(args: &Args) -> anyhow::Result<MultiModelSettings> {
    let mut settings = match &args.settings {
        None => MultiModelSettings::default(),
        Some(path) => {
            let name = path.display();
            let hint = "the fields are those of `MultiModelSettings`; see docs/tracking.md";
            let settings: MultiModelSettings = toml::from_str(&text_of(path)?)
                .map_err(|error| bad_input(format!("{name}: {error}\nhint: {hint}")))?;
            if let Some(fault) = settings.fault() {
                return Err(bad_input(format!("{name}: {fault}\nhint: {hint}")));
            }
            settings
        }
    };
    settings.association = match args.algorithm {
        Algorithm::Gnn => Association::Nearest,
        Algorithm::Jpda => Association::Joint,
    };
    Ok(settings)
}

fn text_of(path: &Path) -> anyhow::Result<String> {
    String::from_utf8(octets_of(path)?).map_err(|_| {
        bad_input(format!("{} is no text\nhint: it should be CSV in UTF-8", path.display()))
    })
}

fn octets_of(path: &Path) -> anyhow::Result<Vec<u8>> {
    let name = path.display();
    let unreadable = |error: std::io::Error| {
        bad_input(format!("cannot read {name}: {error}\nhint: name a file that you may read"))
    };
    if fs::metadata(path).map_err(unreadable)?.len() > LONGEST_BYTES {
        return Err(bad_input(format!("{name} is longer than 1 GB\nhint: cut it into pieces")));
    }
    fs::read(path).map_err(unreadable)
}

fn warn(warnings: &[String]) {
    for warning in warnings {
        tracing::warn!("{warning}; left out");
    }
}

fn metres(text: &str) -> Result<Cutoff, String> {
    let value: f64 = text.trim().parse().map_err(|_| format!("{text:?} is no number"))?;
    let cut = Cut::new(value, 1).filter(|_| value <= 1e6);
    cut.map(Cutoff).ok_or_else(|| format!("{value} is not between 0 and 1,000,000 m"))
}
