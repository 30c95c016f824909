//! `redan ledger`: where every number comes from, and who disagrees.

use std::fmt::Write as _;
use std::path::PathBuf;

use redan_sim::card::{
    Card, CardKind, Claim, Condition, Distribution, Figures, Grade, Library, Parameter, Quantity,
    Source, Unit,
};

use crate::exit::{self, bad_input};
use crate::output::print;

/// List the cards, or show one with its rival claims and sources.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Card by identifier, name or alias, for example 92N6E; without it all cards are listed.
    card: Option<String>,
    /// List the figures that a study drew by how much they moved its answer.
    #[arg(long, value_name = "RESULTS.parquet", conflicts_with = "card")]
    after: Option<PathBuf>,
    #[command(flatten)]
    wish: super::after::Wish,
}

/// Prints the list, or the card that was asked for.
pub(crate) fn run(args: &Args, library: &Library) -> anyhow::Result<u8> {
    if let Some(path) = &args.after {
        return super::after::run(path, &args.wish);
    }
    match &args.card {
        None => print(&list(library))?,
        Some(query) => print(&show(library, library.find(query).map_err(bad_input)?))?,
    }
    Ok(exit::OK)
}

/// All cards by kind, with how much is claimed and how much weight the figures in use bear.
pub(crate) fn list(library: &Library) -> String {
    let mut text = String::new();
    let cards = library.cards();
    let parameters: usize = cards.iter().map(|card| card.parameters.len()).sum();
    let claims: usize = cards.iter().map(claim_count).sum();
    let _ = writeln!(
        text,
        "{} cards, {parameters} parameters, {claims} claims from {} sources.\n\
         Rivals: parameters on which claims disagree. A to E: grades of the claims in use.\n",
        cards.len(),
        library.sources().len()
    );
    for (kind, heading) in HEADINGS {
        let of_kind: Vec<&Card> = cards.iter().filter(|card| card.kind() == kind).collect();
        if of_kind.is_empty() {
            continue;
        }
        let _ = writeln!(
            text,
            "{heading:<61}{:>7}{:>8}{:>8}{:>4}{:>3}{:>3}{:>3}{:>3}",
            "figures", "claims", "rivals", "A", "B", "C", "D", "E"
        );
        for card in of_kind {
            let _ = writeln!(text, "{}", list_line(card));
        }
        text.push('\n');
    }
    let _ = writeln!(text, "{}\n\nredan ledger CARD shows one of them, for example 92N6E.", GRADES);
    text
}

/// One card: every parameter with the value in use, the claims side by side, and the sources.
pub(crate) fn show(library: &Library, card: &Card) -> String {
    let sources = sources_of(library, card);
    let mut text = String::new();
    let _ = writeln!(text, "{} — {} ({})", card.id, card.name, card.kind().label());
    if !card.aliases.is_empty() {
        let _ = writeln!(text, "also found as {}", card.aliases.join(", "));
    }
    text.push('\n');
    for paragraph in card
        .about
        .lines()
        .filter(|line| !line.is_empty())
        .fold(Vec::<String>::new(), join_paragraphs)
    {
        push_wrapped(&mut text, &paragraph, 2);
    }
    let _ = writeln!(text, "\n  ► is the claim that redan uses.");
    push_wrapped(&mut text, GRADES, 2);
    let figures = Figures::nominal(card);
    for parameter in &card.parameters {
        text.push('\n');
        push_parameter(&mut text, parameter, &figures, &sources);
    }
    push_sources(&mut text, &sources);
    text
}

const WIDTH: usize = 100;
const GRADES: &str = "A original read, B page read that quotes others, C widely repeated, \
                      D computed, E estimate.";
const HEADINGS: [(CardKind, &str); 8] = [
    (CardKind::Battalion, "Units"),
    (CardKind::CommandPost, "Command posts"),
    (CardKind::Radar, "Radars"),
    (CardKind::Launcher, "Launchers"),
    (CardKind::Missile, "Missiles"),
    (CardKind::Air, "In the air"),
    (CardKind::Interrogator, "Interrogation"),
    (CardKind::Identification, "Identification"),
];

fn list_line(card: &Card) -> String {
    let grades = [Grade::A, Grade::B, Grade::C, Grade::D, Grade::E].map(|grade| {
        let used = |parameter: &&Parameter| parameter.chosen_claim().grade == grade;
        match card.parameters.iter().filter(used).count() {
            0 => "·".to_string(),
            count => count.to_string(),
        }
    });
    let [a, b, c, d, e] = grades;
    let rivals = card.parameters.iter().filter(|parameter| parameter.is_disputed()).count();
    format!(
        "  {:<28} {:<30}{:>7}{:>8}{rivals:>8}{a:>4}{b:>3}{c:>3}{d:>3}{e:>3}",
        card.id,
        shortened(&card.name, 29),
        card.parameters.len(),
        claim_count(card),
    )
}

fn claim_count(card: &Card) -> usize {
    card.parameters.iter().map(|parameter| parameter.claims.len()).sum()
}

/// Lines that the card wraps belong together; a line that begins a new thought says so.
fn join_paragraphs(mut paragraphs: Vec<String>, line: &str) -> Vec<String> {
    match paragraphs.last_mut() {
        Some(last) if !line.starts_with("Choices:") => {
            last.push(' ');
            last.push_str(line);
        }
        _ => paragraphs.push(line.to_string()),
    }
    paragraphs
}

fn push_parameter(
    text: &mut String,
    parameter: &Parameter,
    figures: &Figures<'_>,
    sources: &[&Source],
) {
    let chosen = parameter.chosen_claim();
    let head = format!("{:<34}{}", parameter.name, with_unit(parameter, &used(chosen)));
    let line = format!("{head:<62}{}", sampling(parameter, figures));
    let _ = writeln!(text, "{}", line.trim_end());
    if !parameter.about.is_empty() {
        push_wrapped(text, &parameter.about, 4);
    }
    for claim in &parameter.claims {
        let mark = if claim.label == chosen.label { "►" } else { " " };
        push_claim(text, mark, parameter, claim, sources);
    }
}

/// How a study would sample the parameter; empty where it would not.
fn sampling(parameter: &Parameter, figures: &Figures<'_>) -> String {
    let spread = figures.spread_si(&parameter.name);
    let (Ok((low, _, high)), Ok(shape)) = (spread, figures.distribution(&parameter.name)) else {
        return String::new();
    };
    let word = match shape {
        Distribution::Fixed => return String::new(),
        Distribution::Triangular => "triangular",
        Distribution::Uniform => "uniform",
    };
    let unit = parameter.unit;
    format!("studies: {} .. {}, {word}", back(unit, low), back(unit, high))
}

fn push_claim(
    text: &mut String,
    mark: &str,
    parameter: &Parameter,
    claim: &Claim,
    sources: &[&Source],
) {
    let number = sources.iter().position(|source| source.id == claim.source);
    let source = number.map_or(String::new(), |index| {
        let reference = format!("[{}]", index + 1);
        format!("{reference:<5}{}", cited(sources[index], 27))
    });
    let value = match parameter.unit.quantity {
        Quantity::Number => with_unit(parameter, &in_full(claim)),
        Quantity::Text | Quantity::YesNo => shortened(&in_full(claim), 24),
    };
    let line = format!(
        "  {mark} {:<19} {value:<25} {} {:<9}  {source}",
        shortened(&claim.label, 19),
        claim.grade.label(),
        claim.kind.label()
    );
    let _ = writeln!(text, "{}", line.trim_end());
    let words = match (&claim.text, parameter.unit.quantity) {
        (Some(words), Quantity::Text) if words.chars().count() > 24 => format!("{words}. "),
        _ => String::new(),
    };
    push_wrapped(text, &format!("{words}{}{}", conditions(claim), claim.says), 6);
}

/// `if rcs_m2 = 4: `, or nothing.
fn conditions(claim: &Claim) -> String {
    let each: Vec<String> = claim
        .conditions
        .iter()
        .map(|(name, condition)| match condition {
            Condition::Number(value) => format!("{name} = {}", number(*value)),
            Condition::Text(words) => format!("{name} = {words}"),
        })
        .collect();
    if each.is_empty() { String::new() } else { format!("If {}: ", each.join(", ")) }
}

fn push_sources(text: &mut String, sources: &[&Source]) {
    let _ = writeln!(text, "\nSources");
    for (index, source) in sources.iter().enumerate() {
        let read = match (source.kind.as_str(), source.read) {
            ("own", _) => "ours",
            (_, true) => "read",
            (_, false) => "not at hand",
        };
        let reference = format!("[{}]", index + 1);
        let line = format!("{reference:<4} {} ({}, {read})", source.title, source.date);
        push_hanging(text, &line, 2, 7);
        if let Some(url) = &source.url {
            let _ = writeln!(text, "       {url}");
        }
    }
}

/// Sources of a card in the order in which its claims name them.
fn sources_of<'l>(library: &'l Library, card: &Card) -> Vec<&'l Source> {
    let mut sources: Vec<&Source> = Vec::new();
    for claim in card.parameters.iter().flat_map(|parameter| &parameter.claims) {
        let known = sources.iter().any(|source| source.id == claim.source);
        sources.extend(library.source(&claim.source).filter(|_| !known));
    }
    sources
}

/// Short title and year, within `width` columns.
fn cited(source: &Source, width: usize) -> String {
    let year = source.date.get(..4).filter(|year| year.parse::<u32>().is_ok());
    let (room, year) = match year.filter(|_| source.kind != "own") {
        Some(year) => (width - 6, format!(", {year}")),
        None => (width, String::new()),
    };
    format!("{}{year}", shortened(&source.title, room))
}

fn used(claim: &Claim) -> String {
    match (&claim.text, claim.nominal) {
        (Some(words), _) => shortened(words, 60),
        (None, Some(value)) => number(value),
        (None, None) => "-".to_string(),
    }
}

fn in_full(claim: &Claim) -> String {
    if let Some(words) = &claim.text {
        return words.clone();
    }
    let end = |value: Option<f64>| value.map_or("?".to_string(), number);
    let middle = claim.nominal.map(number);
    match (claim.low, middle, claim.high) {
        (None, middle, None) => middle.unwrap_or_else(|| "-".to_string()),
        (low, Some(middle), high) => {
            let ends = (low.map_or(middle.clone(), number), high.map_or(middle.clone(), number));
            format!("{middle} ({} .. {})", ends.0, ends.1)
        }
        (low, None, high) => format!("{} .. {}", end(low), end(high)),
    }
}

fn with_unit(parameter: &Parameter, value: &str) -> String {
    match parameter.unit.symbol {
        "text" | "yes/no" | "-" | "count" | "year" => value.to_string(),
        symbol => format!("{value} {symbol}"),
    }
}

/// A value in SI units as a card would write it; twelve digits hide the two conversions.
fn back(unit: &Unit, value_si: f64) -> String {
    let rounded = format!("{:.11e}", unit.from_si(value_si)).parse();
    number(rounded.unwrap_or(value_si))
}

/// A number without trailing zeros, with commas from 10,000 on.
fn number(value: f64) -> String {
    let plain =
        if value != 0.0 && value.abs() < 1e-4 { format!("{value:e}") } else { format!("{value}") };
    let (whole, rest) = plain.split_once('.').map_or((plain.as_str(), ""), |(a, b)| (a, b));
    let digits = whole.trim_start_matches('-');
    if digits.len() < 5 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return plain;
    }
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let sign = if value < 0.0 { "-" } else { "" };
    let point = if rest.is_empty() { "" } else { "." };
    format!("{sign}{grouped}{point}{rest}")
}

fn shortened(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_string();
    }
    let kept: String = text.chars().take(width.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

fn push_wrapped(text: &mut String, words: &str, indent: usize) {
    push_hanging(text, words, indent, indent);
}

/// Words wrapped at the width of the page; lines after the first begin at `hang`.
fn push_hanging(text: &mut String, words: &str, indent: usize, hang: usize) {
    let mut line = " ".repeat(indent);
    let mut is_empty = true;
    for word in words.split(' ') {
        if !is_empty && line.chars().count() + 1 + word.chars().count() > WIDTH {
            let _ = writeln!(text, "{}", line.trim_end());
            line = " ".repeat(hang);
            is_empty = true;
        }
        if !is_empty {
            line.push(' ');
        }
        line.push_str(word);
        is_empty = false;
    }
    let _ = writeln!(text, "{}", line.trim_end());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(name: &str) -> String {
        let library = Library::embedded();
        show(&library, library.find(name).expect("the card exists"))
    }

    #[test]
    fn the_list_names_every_card_with_its_counts() {
        let library = Library::embedded();
        let text = list(&library);
        for card in library.cards() {
            let line = text.lines().find(|line| line.trim_start().starts_with(&card.id));
            let line = line.unwrap_or_else(|| panic!("{} is not listed", card.id));
            assert!(line.contains(&format!(" {} ", claim_count(card))), "{line}");
        }
    }

    #[test]
    fn a_card_shows_all_its_claims_and_sources() {
        let library = Library::embedded();
        for card in library.cards() {
            let text = show(&library, card);
            let marks = text.lines().filter(|line| line.starts_with("  ► ")).count();
            // One more line explains the mark.
            assert_eq!(marks, card.parameters.len() + 1, "{}", card.id);
            for source in sources_of(&library, card) {
                let url = source.url.as_deref().unwrap_or(&source.id);
                assert!(source.url.is_none() || text.contains(url), "{} {url}", card.id);
            }
        }
    }

    #[test]
    fn rivals_stand_under_the_value_in_use() {
        let text = shown("92N6E");
        let at = text.find("\ntarget_channels").expect("the parameter is shown");
        let lines: Vec<&str> = text[at + 1..].lines().take(5).collect();
        assert!(lines[0].contains("10") && lines[0].contains("studies: 6 .. 10"), "{lines:#?}");
        assert!(lines[1].starts_with("  ► s-400"), "{lines:#?}");
        assert!(lines[1].contains("B published"), "{lines:#?}");
        assert!(lines[3].starts_with("    s-300p"), "{lines:#?}");
    }

    #[test]
    fn a_condition_stands_before_what_is_said() {
        assert!(shown("91N6E").contains("If rcs_m2 = 4: 390 km against a target of 4 m2"));
    }

    #[test]
    fn nothing_but_an_address_is_wider_than_the_page() {
        let library = Library::embedded();
        let pages = library.cards().iter().map(|card| show(&library, card));
        for page in pages.chain([list(&library)]) {
            for line in page.lines().filter(|line| !line.trim_start().starts_with("http")) {
                assert!(line.chars().count() <= WIDTH, "{line}");
                assert_eq!(line, line.trim_end());
            }
        }
    }

    #[test]
    fn numbers_are_easy_to_read() {
        let cases = [
            (0.000_001, "1e-6"),
            (0.25, "0.25"),
            (390.0, "390"),
            (4800.0, "4800"),
            (20_000.0, "20,000"),
            (-1_234_567.5, "-1,234,567.5"),
        ];
        for (value, expected) in cases {
            assert_eq!(number(value), expected);
        }
    }
}
