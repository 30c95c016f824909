//! `redan coverage`: what a site really covers, at which height, and what limits it.

use std::path::PathBuf;

use rayon::prelude::*;
use redan_geo::{Earth, EffectiveEarth};
use redan_record::coverage::{Coverage, FlightHeight};
use redan_sim::card::Library;
use redan_sim::coverage::{Plan, Request, SiteWish, TargetWish};
use redan_sim::scenario::Environment;

use crate::coverage::{Written, write};
use crate::exit::{self, bad_input};
use crate::inputs;
use crate::output::{print, print_line};
use crate::text::shell_word;

/// Farthest radius that is computed, kilometres: beyond it no radar here looks.
const FARTHEST_KM: f64 = 1_000.0;

/// Cells at most: more would fill the memory and no picture shows them.
const MOST_CELLS: f64 = 6e6;

/// Show what a site really covers, at which heights, and what limits it.
///
/// Coverage is defined once: a target that flies straight at the site at that height and speed has, when
/// it is over the cell, been plotted within the time that a track lives without a plot (detection), a
/// confirmed track (tracking), or been met by a missile there (engagement), with the wanted probability.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Card of a battalion or a radar; once for all sites, or once for each.
    #[arg(long, required = true, value_name = "CARD")]
    card: Vec<String>,
    /// Place of a site, degrees north and east; several times for several sites.
    #[arg(long, required = true, value_name = "LAT,LON", value_parser = place,
        allow_hyphen_values = true)]
    at: Vec<[f64; 2]>,
    /// Height of the antennas above ground, metres, for all radars that can stand on a mast.
    #[arg(long, value_name = "M", value_parser = mast, allow_hyphen_values = true)]
    mast: Option<f64>,
    /// Heights at which the target flies, metres.
    #[arg(long, value_name = "M,…", value_delimiter = ',', value_parser = altitude,
        default_value = "50,300,1000,3000,10000", allow_hyphen_values = true)]
    altitudes: Vec<f64>,
    /// The heights are above the ground under the target, not above sea level.
    #[arg(long)]
    agl: bool,
    /// Card of the target, such as `f-16` or `cruise-missile-subsonic`.
    #[arg(long, value_name = "CARD", default_value = "f-16", conflicts_with = "rcs")]
    target: String,
    /// A target of this radar cross-section from all sides instead of a card, square metres.
    #[arg(long, value_name = "M2", value_parser = cross_section, allow_hyphen_values = true)]
    rcs: Option<f64>,
    /// Ground speed of the target, metres per second. Default: the usual speed of its card.
    #[arg(long, value_name = "M/S", value_parser = speed, allow_hyphen_values = true)]
    speed: Option<f64>,
    /// Relief: `auto`, `smooth`, or a file or folder of tiles.
    #[arg(long, value_name = "WISH", default_value = "auto",
        value_parser = clap::builder::NonEmptyStringValueParser::new())]
    terrain: String,
    /// Radius around each site, kilometres.
    #[arg(long, value_name = "KM", default_value_t = 450.0, value_parser = radius,
        allow_hyphen_values = true)]
    radius: f64,
    /// Size of a cell in latitude, arc-seconds; in longitude it is as long on the ground.
    #[arg(long, value_name = "SECONDS", default_value_t = 30.0, value_parser = cell,
        allow_hyphen_values = true)]
    cell: f64,
    /// Probability that counts as covered.
    #[arg(long, value_name = "P", default_value_t = 0.9, value_parser = probability,
        allow_hyphen_values = true)]
    probability: f64,
    /// Only the figures that the cards choose, without the bands of the disputed ones.
    #[arg(long)]
    no_bands: bool,
    /// Rain at the ground everywhere, millimetres an hour.
    #[arg(long, value_name = "MM/H", default_value_t = 0.0, value_parser = rain,
        allow_hyphen_values = true)]
    rain: f64,
    /// The ground is sea for radar waves: smoother, and another clutter.
    #[arg(long)]
    sea: bool,
    /// Effective radius of the Earth as a multiple of the true one, for refraction. Default: 4/3.
    #[arg(long, value_name = "K", value_parser = earth_factor, allow_hyphen_values = true)]
    earth_factor: Option<f64>,
    /// Title of the picture. Default: made from the cards and places.
    #[arg(long)]
    title: Option<String>,
    /// Directory for the pictures and rasters. Default: `coverage/CARD`.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Threads; 0 takes one for each core.
    #[arg(long, default_value_t = 0, value_name = "N",
        value_parser = clap::value_parser!(u16).range(0..=1024))]
    threads: u16,
    /// Print the summary as JSON instead of text.
    #[arg(long)]
    json: bool,
}

/// Computes, writes and tells.
pub(crate) fn run(args: &Args, library: &Library) -> anyhow::Result<u8> {
    let (coverage, written, out) = carried_out(args, library)?;
    for caveat in coverage.caveats.iter().filter(|caveat| caveat.contains("--agl")) {
        tracing::warn!("{caveat}");
    }
    if args.json {
        print(&written.summary)?;
    } else {
        print(&written.story)?;
        print_line(&format!("\n  {} files in {}", written.files.len(), out.display()))?;
    }
    Ok(exit::OK)
}

/// Computes and writes; the summary, the story in words, and the files.
pub(crate) fn answer(args: &Args, library: &Library) -> anyhow::Result<serde_json::Value> {
    let (coverage, written, out) = carried_out(args, library)?;
    let summary: serde_json::Value = serde_json::from_str(&written.summary)?;
    Ok(serde_json::json!({
        "summary": summary,
        "text": written.story,
        "files": written.files,
        "folder": out,
        "warnings": coverage.caveats,
    }))
}

fn carried_out(args: &Args, library: &Library) -> anyhow::Result<(Coverage, Written, PathBuf)> {
    let request = request(args, library)?;
    let out = args.out.clone().unwrap_or_else(|| default_out(args));
    let threads = usize::from(args.threads);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
    let coverage = pool.install(|| compute(args, request, library))?;
    let written = pool.install(|| write(&coverage, &out, env!("CARGO_PKG_VERSION")))?;
    Ok((coverage, written, out))
}

/// The computation, its rays spread over the threads of the pool; their number changes nothing.
pub(crate) fn compute(
    args: &Args,
    request: Request,
    library: &Library,
) -> anyhow::Result<Coverage> {
    let factor = args.earth_factor.unwrap_or(4.0 / 3.0);
    let effective = EffectiveEarth::from_factor(factor);
    let relief = inputs::relief_of(&args.terrain, &request.extent())?;
    if let Some(warning) = &relief.warning {
        tracing::warn!("{warning}");
    }
    let earth = match relief.grid {
        Some(grid) => Earth::with_relief(effective, std::sync::Arc::new(grid)),
        None => Earth::smooth(effective),
    };
    let plan = Plan::new(request, earth, library).map_err(bad_input)?;
    let rays: Vec<_> = plan.tasks().into_par_iter().map(|task| plan.ray(task)).collect();
    let rows: Vec<_> =
        (0..plan.grid().rows).into_par_iter().map(|row| plan.row(row, &rays)).collect();
    let mut coverage = plan.assemble(&rows);
    coverage.terrain = relief.note;
    coverage.terrain_hash = relief.hash;
    coverage.caveats.extend(relief.warning.iter().map(|text| sentence(text)));
    Ok(coverage)
}

/// The first line of a warning as a sentence.
fn sentence(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    let mut letters = line.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

fn request(args: &Args, library: &Library) -> anyhow::Result<Request> {
    let cards = cards(args, library)?;
    let target = match args.rcs {
        Some(rcs_m2) => TargetWish::CrossSection(rcs_m2),
        None => TargetWish::Card(found(&args.target, library)?),
    };
    let height = |height_m: &f64| FlightHeight { height_m: *height_m, above_ground: args.agl };
    let environment = Environment {
        rain_mm_h: args.rain,
        ..if args.sea { Environment::sea() } else { Environment::default() }
    };
    let mut heights: Vec<FlightHeight> = args.altitudes.iter().map(height).collect();
    heights.sort_by(|a, b| a.height_m.total_cmp(&b.height_m));
    heights.dedup();
    let sites = args
        .at
        .iter()
        .zip(cards)
        .map(|(at, card)| SiteWish { card, lat_deg: at[0], lon_deg: at[1], mast_m: args.mast })
        .collect();
    let request = Request {
        title: args.title.clone(),
        command: reproduce(args),
        sites,
        target,
        speed_m_s: args.speed,
        heights,
        radius_m: 1_000.0 * args.radius,
        cell_arcsec: args.cell,
        wanted_prob: args.probability,
        environment,
        bands: !args.no_bands,
    };
    check_cells(&request)?;
    Ok(request)
}

/// The map is one box around all sites.
fn check_cells(request: &Request) -> anyhow::Result<()> {
    let grid = request.grid();
    let cells = grid.rows as f64 * grid.columns as f64;
    if cells <= MOST_CELLS {
        return Ok(());
    }
    let reason = format!("{:.0} million cells are too many", cells / 1e6);
    let hint = match request.sites.len() {
        1 => "raise --cell or lower --radius",
        _ => "raise --cell, lower --radius, or take sites nearer to each other",
    };
    Err(bad_input(format!("{reason}\nhint: {hint}")))
}

/// The card of each site.
fn cards(args: &Args, library: &Library) -> anyhow::Result<Vec<String>> {
    let cards: Vec<String> =
        args.card.iter().map(|name| found(name, library)).collect::<Result<_, _>>()?;
    match (cards.as_slice(), args.at.len()) {
        ([card], sites) => Ok(vec![card.clone(); sites]),
        (cards, sites) if cards.len() == sites => Ok(cards.to_vec()),
        (cards, sites) => Err(bad_input(format!(
            "{} cards for {sites} places\nhint: give one --card for all places, or one for each --at",
            cards.len()
        ))),
    }
}

fn found(name: &str, library: &Library) -> anyhow::Result<String> {
    Ok(library.find(name).map_err(bad_input)?.id.clone())
}

fn default_out(args: &Args) -> PathBuf {
    let card = args.card.first().map_or("site", String::as_str);
    PathBuf::from("coverage").join(card.replace(['/', '\\', ' ', '.'], "-"))
}

/// The command that gives the same product again from the same relief, without anything of this machine in
/// it.
fn reproduce(args: &Args) -> String {
    let mut words = vec!["redan coverage".to_string()];
    words.extend(args.card.iter().map(|card| format!("--card {}", shell_word(card))));
    words.extend(args.at.iter().map(|at| format!("--at {},{}", at[0], at[1])));
    words.extend(args.mast.map(|mast| format!("--mast {mast}")));
    let altitudes: Vec<String> = args.altitudes.iter().map(f64::to_string).collect();
    words.push(format!("--altitudes {}", altitudes.join(",")));
    words.extend(args.agl.then(|| "--agl".to_string()));
    words.push(match args.rcs {
        Some(rcs) => format!("--rcs {rcs}"),
        None => format!("--target {}", shell_word(&args.target)),
    });
    words.extend(args.speed.map(|speed| format!("--speed {speed}")));
    words.extend((args.terrain == "smooth").then(|| "--terrain smooth".to_string()));
    words.push(format!("--radius {}", args.radius));
    words.push(format!("--cell {}", args.cell));
    words.push(format!("--probability {}", args.probability));
    words.extend(args.no_bands.then(|| "--no-bands".to_string()));
    if args.rain > 0.0 {
        words.push(format!("--rain {}", args.rain));
    }
    words.extend(args.sea.then(|| "--sea".to_string()));
    words.extend(args.earth_factor.map(|factor| format!("--earth-factor {factor}")));
    words.extend(args.title.iter().map(|title| format!("--title {}", shell_word(title))));
    words.join(" ")
}

fn place(text: &str) -> Result<[f64; 2], String> {
    let wrong =
        || format!("{text:?} is no place; write latitude and longitude, such as 40.08,32.57");
    let (lat, lon) = text.split_once(',').ok_or_else(wrong)?;
    let number = |text: &str| text.trim().parse::<f64>().map_err(|_| wrong());
    let (lat_deg, lon_deg) = (number(lat)?, number(lon)?);
    if !(-89.0..=89.0).contains(&lat_deg) || !(-180.0..=180.0).contains(&lon_deg) {
        return Err(format!(
            "{text:?} is outside 89 degrees of latitude either way or 180 of longitude"
        ));
    }
    Ok([lat_deg, lon_deg])
}

fn within(text: &str, low: f64, high: f64, what: &str) -> Result<f64, String> {
    let value: f64 = text.trim().parse().map_err(|_| format!("{text:?} is no number"))?;
    match (low..=high).contains(&value) {
        true => Ok(value),
        false => Err(format!("{value} is not between {low} and {high} {what}")),
    }
}

fn mast(text: &str) -> Result<f64, String> {
    within(text, 0.5, 300.0, "m")
}

fn altitude(text: &str) -> Result<f64, String> {
    within(text, 1.0, 40_000.0, "m")
}

fn cross_section(text: &str) -> Result<f64, String> {
    within(text, 1e-6, 1e6, "m²")
}

fn speed(text: &str) -> Result<f64, String> {
    within(text, 10.0, 3_000.0, "m/s")
}

fn radius(text: &str) -> Result<f64, String> {
    within(text, 5.0, FARTHEST_KM, "km")
}

fn cell(text: &str) -> Result<f64, String> {
    within(text, 1.0, 600.0, "arc-seconds")
}

fn probability(text: &str) -> Result<f64, String> {
    within(text, 0.01, 0.999, "")
}

fn rain(text: &str) -> Result<f64, String> {
    within(text, 0.0, 200.0, "mm/h")
}

fn earth_factor(text: &str) -> Result<f64, String> {
    within(text, 0.5, 20.0, "")
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        args: Args,
    }

    fn request_of<'a>(words: impl Iterator<Item = &'a str>) -> Request {
        let line = Line::try_parse_from(words).expect("a command");
        request(&line.args, &Library::embedded()).expect("a request")
    }

    #[test]
    fn the_command_of_a_product_asks_for_the_same_product() {
        for words in [
            "redan --card s-400/battalion --at 40.08,32.57",
            "redan --card radar/59n6e --at 40,32 --at 39,33 --mast 24 --agl --altitudes 60,900 --rcs 0.1 \
             --speed 200 --terrain smooth --radius 90 --cell 90 --probability 0.5 --no-bands --rain 4 --sea \
             --earth-factor 1.2 --title Two",
        ] {
            let asked = request_of(words.split_whitespace());
            let again = request_of(asked.command.split_whitespace().skip(1));
            assert_eq!(format!("{again:?}"), format!("{asked:?}"));
        }
    }

    #[test]
    fn a_map_of_two_continents_is_refused() {
        let words = "redan --card radar/59n6e --at 40,32 --at 40,-100";
        let line = Line::try_parse_from(words.split_whitespace()).expect("a command");
        let error = request(&line.args, &Library::embedded()).expect_err("too large").to_string();
        assert!(error.contains("million cells"), "{error}");
    }
}
