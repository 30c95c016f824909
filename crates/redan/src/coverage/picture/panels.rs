//! The column beside the map: heights, directions, limits.

use std::fmt::Write as _;

use redan_record::coverage::{Layer, Limit};

use super::pixels::swatch;
use super::sheet::{Sheet, hex, text};
use crate::coverage::ranges::{EIGHT, Sector, sectors};
use crate::coverage::words::{brief, colour, done, height, percent, thousands};

const LEFT: f64 = 1_562.0;
const RIGHT: f64 = 2_356.0;

/// The legend of heights with their figures.
pub(super) fn heights(sheet: &Sheet<'_>) -> String {
    let mut drawn = title(262.0, "Height of the target, and how far it is covered");
    let filled = sheet.filled[0].stage;
    let columns = [(2_025.0, true), (2_165.0, false)];
    let mut y = 300.0;
    drawn += &text(columns[1].0, y, 20, "soft end", &format!("{} to", done(filled)));
    if let Some(lined) = sheet.lined.first() {
        drawn += &text(columns[0].0, y, 20, "soft end", &format!("{} to", done(lined.stage)));
    }
    drawn += &text(RIGHT, y, 20, "soft end", "and of circle");
    for (index, layer) in sheet.filled.iter().enumerate() {
        y += 42.0;
        let fill = hex(swatch(index, sheet.filled.len()));
        let _ = write!(
            drawn,
            "<rect x=\"{LEFT}\" y=\"{}\" width=\"52\" height=\"30\" fill=\"{fill}\" stroke=\"#1c2430\"/>",
            y - 24.0
        );
        let flight = layer.flight;
        let ground = if flight.above_ground { "above ground" } else { "above sea" };
        let name = format!("{} m {ground}", thousands(flight.height_m));
        drawn += &text(LEFT + 66.0, y, 22, "", &name);
        for (x, is_line) in columns {
            let stage =
                if is_line { sheet.lined.first().map(|layer| layer.stage) } else { Some(filled) };
            let figures = stage.and_then(|stage| sheet.summary.layer(flight, stage));
            if let Some(figures) = figures {
                let km = format!("{} km", thousands(figures.nominal.mean_range_km));
                drawn += &text(x, y, 22, "bold end", &km);
            }
        }
        if let Some(figures) = sheet.summary.layer(flight, filled) {
            let share = percent(figures.nominal.share_of_naive_pct);
            drawn += &text(RIGHT, y, 22, "bold end", &share);
        }
    }
    drawn + &key(sheet, y + 46.0)
}

/// What fill, line and dashes mean.
fn key(sheet: &Sheet<'_>, y: f64) -> String {
    let filled = done(sheet.filled[0].stage);
    let mut words = vec![(LEFT, format!("filled: {filled}"))];
    let mut drawn = String::new();
    if let Some(lined) = sheet.lined.first() {
        let _ = write!(
            drawn,
            "<path d=\"M{} {}h46\" stroke=\"#2552a3\" stroke-width=\"4\"/>",
            LEFT + 205.0,
            y - 8.0
        );
        words.push((LEFT + 262.0, format!("line: {}", done(lined.stage))));
    }
    let _ = write!(
        drawn,
        "<path d=\"M{} {}h66\" stroke=\"#a03412\" stroke-width=\"5\" stroke-dasharray=\"18 11\"/>",
        LEFT + 452.0,
        y - 8.0
    );
    words.push((LEFT + 530.0, "claimed circle".to_owned()));
    words.iter().fold(drawn, |drawn, (x, word)| drawn + &text(*x, y, 20, "soft", word))
}

/// How far at the lowest height, by direction, and why no farther.
pub(super) fn directions(sheet: &Sheet<'_>) -> String {
    let flight = sheet.filled[0].flight;
    let mut drawn = title(640.0, &format!("From the site at {}, by direction", height(flight)));
    let of = |layer: &Layer| sectors(&sheet.places.rays, &layer.nominal, EIGHT.len());
    let lined = sheet.lined.first().map(|layer| (layer.stage, of(layer)));
    let filled = (sheet.filled[0].stage, of(sheet.filled[0]));
    let columns = lined.iter().chain([&filled]).zip([1_830.0, 2_120.0]);
    for ((stage, sectors), x) in columns {
        drawn += &text(x, 678.0, 20, "soft end", &format!("{} to", done(*stage)));
        drawn += &text(x + 16.0, 678.0, 20, "soft", "limited by");
        for (row, sector) in sectors.iter().enumerate() {
            drawn += &reach(sector, x, 714.0 + 38.0 * row as f64);
        }
    }
    for (row, name) in EIGHT.iter().enumerate() {
        let y = 714.0 + 38.0 * row as f64;
        drawn += &text(LEFT, y, 22, "", name);
        let _ = write!(drawn, "<path d=\"M{LEFT} {}H{RIGHT}\" stroke=\"#d9d8d0\"/>", y + 11.0);
    }
    drawn
        + &text(
            LEFT,
            1_020.0,
            19,
            "soft",
            "Mean of unbroken coverage in each direction; patches may lie beyond.",
        )
}

fn reach(sector: &Sector, x: f64, y: f64) -> String {
    let km = format!("{} km", thousands(sector.mean_km));
    text(x, y, 22, "bold end", &km) + &text(x + 16.0, y, 20, "", brief(sector.limit))
}

/// The legend of the small map.
pub(super) fn limits(sheet: &Sheet<'_>) -> String {
    let layer = sheet.filled[0];
    let what = format!("Why not {} at {}", done(layer.stage), height(layer.flight));
    let mut drawn = title(1_108.0, &what);
    drawn += &text(RIGHT, sheet.inset.top + 14.0, 20, "soft end", "of the area computed");
    let mut y = sheet.inset.top + 56.0;
    let x = sheet.inset.right() + 22.0;
    let shares = sheet.summary.layer(layer.flight, layer.stage);
    for (limit, share_pct) in shares.map_or_else(Vec::new, |figures| figures.shares()) {
        if limit == Limit::Outside || share_pct < 0.02 {
            continue;
        }
        let _ = write!(
            drawn,
            "<rect x=\"{x}\" y=\"{}\" width=\"30\" height=\"24\" fill=\"{}\" stroke=\"#1c2430\"/>",
            y - 19.0,
            hex(colour(limit))
        );
        drawn += &text(x + 42.0, y, 20, "", brief(limit));
        drawn += &text(RIGHT, y, 20, "soft end", &percent(share_pct));
        y += 40.0;
    }
    drawn
}

fn title(y: f64, words: &str) -> String {
    text(LEFT, y, 26, "title", words)
}
