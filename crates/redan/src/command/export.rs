//! `redan export`: a recording as a file that other programs open.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use redan_exchange::asterix::{self, Source};
use redan_exchange::{DisOptions, ExchangeError, Footprint, Format, View};
use redan_record::Recording;

use super::dis_options::DisArgs;
use crate::exit::{self, bad_input};
use crate::output::print_line;

/// Write a recording as a file for other programs.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The recording, a directory that `redan run` wrote.
    recording: PathBuf,
    /// Format of the file: for Tacview, Cesium, Google Earth, maps (QGIS, GDAL, web), ATAK, tables, radar
    /// displays (ASTERIX; as a capture where the file ends in .pcap), or simulators (DIS, as a capture).
    #[arg(long = "to", value_name = "FORMAT", value_parser = formats())]
    format: Format,
    /// What really happened, `truth`, or what one network believed, `network:NAME`, without anything
    /// that truth alone knows.
    #[arg(long, default_value = "truth", value_name = "VIEW")]
    view: View,
    /// Draw what the sites cover as well, from the `footprints.geojson` that `redan coverage` wrote
    /// (CZML, KML, KMZ, GeoJSON).
    #[arg(long, value_name = "FILE")]
    footprints: Option<PathBuf>,
    /// File to write; one that exists is replaced.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    #[command(flatten)]
    dis: DisArgs,
}

/// Exports, and says what was written.
pub(crate) fn run(args: &Args) -> anyhow::Result<u8> {
    let (_, recording) = redan_store::read(&args.recording).map_err(bad_input)?;
    let footprints = args.footprints.as_deref().map_or(Ok(Vec::new()), footprints)?;
    args.dis.refuse_without(args.format == Format::Dis)?;
    let dis = args.dis.options();
    let (view, footprints) = (&args.view, &footprints[..]);
    let what = Content { recording: &recording, view, footprints, dis };
    let format = as_named(args.format, &args.out);
    put_as(&args.out, &what, format)?;
    let (file, name) = (args.out.display(), format.name());
    let size = fs::metadata(&args.out).map_or(0, |file| file.len());
    print_line(&format!("{file} is written: {name}, view {}, {size} bytes", args.view))?;
    if let Format::Asterix | Format::AsterixPcap = format {
        for (name, Source { sac, sic }) in asterix::sources(&recording, &args.view)? {
            print_line(&format!("SAC {sac} SIC {sic:3}  {name}"))?;
        }
    }
    Ok(exit::OK)
}

/// ASTERIX goes into a capture where the name of the file says so.
fn as_named(format: Format, file: &Path) -> Format {
    let is_capture = file.extension().is_some_and(|end| end.eq_ignore_ascii_case("pcap"));
    if format == Format::Asterix && is_capture { Format::AsterixPcap } else { format }
}

/// The formats by name, so that a wrong one is answered with all of them.
fn formats() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::ALL.map(Format::name)).try_map(|name| name.parse::<Format>())
}

/// What a file is made from.
struct Content<'a> {
    recording: &'a Recording,
    view: &'a View,
    footprints: &'a [Footprint],
    dis: DisOptions,
}

fn footprints(file: &Path) -> anyhow::Result<Vec<Footprint>> {
    let name = file.display();
    let hint = "take the footprints.geojson that `redan coverage` writes";
    let text = fs::read_to_string(file)
        .map_err(|error| bad_input(format!("cannot read {name}: {error}\nhint: {hint}")))?;
    Footprint::read(&text).map_err(|error| bad_input(format!("{name}: {error}")))
}

fn put_as(file: &Path, what: &Content, format: Format) -> anyhow::Result<()> {
    let Content { recording, view, footprints, dis } = what;
    put(file, format.extension(), |out| match format {
        Format::Dis => redan_exchange::write_dis(recording, view, *dis, out),
        _ => redan_exchange::write_over(recording, format, view, footprints, out),
    })
}

/// Writes the file under another name first, so that nobody ever finds half of it. `extension` is that of the
/// hint where the name is none.
pub(super) fn put(
    file: &Path,
    extension: &str,
    write: impl Fn(&mut dyn Write) -> Result<(), ExchangeError>,
) -> anyhow::Result<()> {
    let Some(name) = file.file_name().filter(|_| !file.is_dir()) else {
        let reason = format!("{} is no name of a file", file.display());
        return Err(bad_input(format!("{reason}\nhint: end it as in raid{extension}")));
    };
    let fill = |file: &Path| write(&mut BufWriter::new(File::create(file)?));
    if file.exists() && !file.is_file() {
        // A device or a pipe is written to, never replaced.
        return fill(file).map_err(|error| refused(file, error));
    }
    let mut unfinished = name.to_os_string();
    unfinished.push(format!(".{}.part", std::process::id()));
    let unfinished = file.with_file_name(unfinished);
    let outcome =
        fill(&unfinished).and_then(|()| fs::rename(&unfinished, file).map_err(ExchangeError::Io));
    outcome.map_err(|error| {
        // Whether it was there at all is unknown; the first error is the one that matters.
        let _ = fs::remove_file(&unfinished);
        refused(file, error)
    })
}

fn refused(file: &Path, error: ExchangeError) -> anyhow::Error {
    match error {
        ExchangeError::Io(error) => cannot_write(file, &error),
        refused => bad_input(refused),
    }
}

fn cannot_write(file: &Path, error: &io::Error) -> anyhow::Error {
    let hint = "the folder must exist, you must be allowed to write there, and the disk needs room";
    bad_input(format!("cannot write {}: {error}\nhint: {hint}", file.display()))
}

#[cfg(test)]
mod tests {
    use redan_record::Roster;

    use super::*;

    fn recording() -> Recording {
        let start_utc = "2026-01-01T00:00:00Z".to_owned();
        let roster = Roster { title: "Quiet".to_owned(), start_utc, ..Roster::default() };
        Recording { roster, seed: 1, replication: 0, events: vec![] }
    }

    fn put_one(file: &Path, format: Format, view: &View) -> anyhow::Result<()> {
        let dis = DisOptions::default();
        let what = Content { recording: &recording(), view, footprints: &[], dis };
        put_as(file, &what, format)
    }

    #[test]
    fn a_file_is_written_whole_or_not_at_all() {
        let folder = std::env::temp_dir().join(format!("redan-export-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("the folder for tests can be written");
        let file = folder.join("quiet.csv");
        fs::write(&file, "what stood there").expect("it can be written");
        let south = View::Network("south".to_owned());
        let error = put_one(&file, Format::Csv, &south).expect_err("no such network");
        assert!(error.is::<exit::BadInput>(), "{error}");
        assert!(error.to_string().contains("hint: it has none"), "{error}");
        assert_eq!(fs::read_to_string(&file).expect("it is there"), "what stood there");
        put_one(&file, Format::Csv, &View::Truth).expect("it can be written");
        let text = fs::read_to_string(&file).expect("it is there");
        assert!(text.starts_with("time_s,utc,kind,name,side,"), "{text}");
        let error = put_one(&folder, Format::Acmi, &View::Truth).expect_err("a folder");
        assert!(error.to_string().contains("hint: end it as in raid.acmi"), "{error}");
        let error = put_one(&folder.join("no/quiet.csv"), Format::Csv, &View::Truth);
        let error = error.expect_err("no folder").to_string();
        assert!(error.contains("hint: the folder must exist"), "{error}");
        let left = fs::read_dir(&folder).expect("it is there").count();
        fs::remove_dir_all(&folder).expect("it was made here");
        assert_eq!(left, 1, "something unfinished is left");
    }
}
