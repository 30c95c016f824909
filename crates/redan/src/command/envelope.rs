//! `redan envelope`: a missile's engagement envelope as picture and table.

use std::fs;
use std::path::{Path, PathBuf};

use redan_sim::card::{Card, CardKind, Library};

use crate::envelope::{Readings, chart, csv, readings};
use crate::exit::{self, bad_input};
use crate::output::{print, print_line};

/// Show where a missile can meet a target, by its claimed figures and their rivals.
///
/// The missile alone: what its radar sees, and whether there is time, is `redan coverage`'s question.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Card of a missile.
    card: String,
    /// Speeds of approaching targets, metres per second.
    #[arg(long, value_name = "M/S,…", value_delimiter = ',', default_value = "100,250,600,1000",
        value_parser = speed, allow_hyphen_values = true)]
    speeds: Vec<f64>,
    /// Directory for `envelope.svg`, `envelope.png` and `envelope.csv`; the table alone is printed
    /// without it.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// Computes, writes and tells.
pub(crate) fn run(args: &Args, library: &Library) -> anyhow::Result<u8> {
    let card = missile(&args.card, library)?;
    let found = readings(card)?;
    if let Some(out) = &args.out {
        write(out, card, &found, &args.speeds, library)?;
    }
    print(&story(card, &found, &args.speeds))?;
    if let Some(out) = &args.out {
        print_line(&format!("\n  envelope.svg, .png and .csv in {}", out.display()))?;
    }
    Ok(exit::OK)
}

fn missile<'l>(name: &str, library: &'l Library) -> anyhow::Result<&'l Card> {
    let card = library.find(name).map_err(bad_input)?;
    if card.kind() == CardKind::Missile {
        return Ok(card);
    }
    let missiles = library.cards().iter().filter(|card| card.kind() == CardKind::Missile);
    let names: Vec<&str> = missiles.map(|card| card.id.as_str()).collect();
    Err(bad_input(format!(
        "`{}` is a {}, and only missiles have an envelope\nhint: the missiles are {}",
        card.id,
        card.kind().label(),
        names.join(", ")
    )))
}

/// Everything is made before anything is written.
fn write(
    out: &Path,
    card: &Card,
    found: &Readings,
    speeds_m_s: &[f64],
    library: &Library,
) -> anyhow::Result<()> {
    let svg = chart::svg(card, found, speeds_m_s, library);
    let png = crate::coverage::png_of_svg(&svg, 2.0)?;
    let table = csv(found, speeds_m_s);
    let failed = |error: std::io::Error| {
        bad_input(format!(
            "cannot write to {}: {error}\nhint: name a folder to write to",
            out.display()
        ))
    };
    fs::create_dir_all(out).map_err(failed)?;
    for (name, bytes) in [
        ("envelope.svg", svg.as_bytes()),
        ("envelope.png", &png),
        ("envelope.csv", table.as_bytes()),
    ] {
        let part = out.join(format!(".{name}.part"));
        fs::write(&part, bytes).map_err(failed)?;
        fs::rename(&part, out.join(name)).map_err(failed)?;
    }
    Ok(())
}

/// Reach at round heights, for a terminal.
fn story(card: &Card, found: &Readings, speeds_m_s: &[f64]) -> String {
    let mut text = format!("{}: where it can meet a target\n\n", card.name);
    text += "  Height      Farthest    Time  Speed left   Target at launch, approaching at\n";
    let speeds: Vec<String> = speeds_m_s.iter().map(|speed| format!("{speed:.0} m/s")).collect();
    text +=
        &format!("  {:45}{}\n", "", speeds.iter().map(|s| format!("{s:>11}")).collect::<String>());
    let limits = *found.nominal.fly_out.envelope();
    let rounds = [10.0, 30.0, 100.0, 300.0, 1e3, 3e3, 5e3, 1e4, 1.5e4, 2e4, 2.5e4, 3e4];
    let heights = rounds
        .into_iter()
        .filter(|height_m| (limits.min_altitude_m..=limits.max_altitude_m).contains(height_m));
    for height_m in heights {
        let farthest_m = found.nominal.fly_out.max_range_m(height_m);
        let Some(point) = found.nominal.fly_out.point(0.999_9 * farthest_m, height_m) else {
            continue;
        };
        text += &format!(
            "  {height_m:>6.0} m {:>10.0} km {:>5.0} s {:>7.0} m/s ",
            farthest_m / 1e3,
            point.time_s,
            point.speed_m_s
        );
        for speed_m_s in speeds_m_s {
            text += &match *speed_m_s <= found.nominal.max_target_speed_m_s {
                true => format!("{:>8.0} km", (farthest_m + speed_m_s * point.time_s) / 1e3),
                false => format!("{:>11}", "too fast"),
            };
        }
        text.push('\n');
    }
    text += &spread(found);
    text
}

fn spread(found: &Readings) -> String {
    let reach = |envelope: &crate::envelope::Envelope| envelope.fly_out.longest_range_m() / 1e3;
    match (&found.low, &found.high) {
        (None, None) => "\n  No rival claims of reach or height in the ledger.\n".to_string(),
        (low, high) => format!(
            "\n  Rival claims: farthest reach {:.0} to {:.0} km, chosen {:.0} km.\n",
            low.as_ref().map_or(reach(&found.nominal), &reach),
            high.as_ref().map_or(reach(&found.nominal), &reach),
            reach(&found.nominal)
        ),
    }
}

fn speed(text: &str) -> Result<f64, String> {
    let value: f64 = text.trim().parse().map_err(|_| format!("{text:?} is no number"))?;
    match (0.0..=6_000.0).contains(&value) {
        true => Ok(value),
        false => Err(format!("{value} is not between 0 and 6000 m/s")),
    }
}
