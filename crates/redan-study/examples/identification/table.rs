//! The figures of the cases of mistaken identity: one row for each case and variant, from many battles.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use redan_geo::Earth;
use redan_record::{Roster, Side};
use redan_sim::Battle;
use redan_sim::card::Library;
use redan_sim::scenario::Draft;
use redan_study::{Replication, replicate};

/// Folders under `scenarios/identification`, in the order of the tables.
pub(crate) const CASES: [&str; 7] =
    ["iran-air-655", "siberia-1812", "tornado-2003", "mh17", "il-20", "ps752", "airway-day"];

/// Seed of all figures.
const SEED: u64 = 1;

/// Battles behind each figure; the airway day is long and its flights are many.
pub(crate) fn battles_of(case: &str) -> u64 {
    if case == "airway-day" { 20 } else { 200 }
}

/// Battles that the fast test plays again.
pub(crate) fn battles_again(case: &str) -> u64 {
    if case == "airway-day" { 2 } else { 16 }
}

/// What came of some battles of one variant.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Row {
    /// Folder of the case.
    pub(crate) case: String,
    /// Variant; empty for the case as it happened.
    pub(crate) variant: String,
    /// What the variant changes.
    pub(crate) about: String,
    /// Battles played.
    pub(crate) battles: u64,
    /// Battles in which a friend or neutral was called hostile.
    pub(crate) hostile: u64,
    /// Battles in which an engagement of one was ordered.
    pub(crate) ordered: u64,
    /// Battles in which one was destroyed.
    pub(crate) killed: u64,
    /// Such engagements in all battles, one for each aircraft.
    pub(crate) orders: u64,
    /// Flight hours of friends and neutrals in all battles, in tenths.
    pub(crate) tenth_hours: u64,
    /// Mean time from a confirmed track to the first identity, tenths of a second.
    pub(crate) identify_tenth_s: u64,
    /// Engagements ordered by flight: name without its number, orders, flights.
    pub(crate) flights: Vec<(String, u64, u64)>,
}

/// The folder with the cases.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/identification")
}

/// Variants of a case with what they are about, the case itself first.
pub(crate) fn variants(case: &str) -> Vec<(String, String)> {
    let mut all = vec![(String::new(), "as it happened".to_string())];
    all.extend(read(case, None).variants().iter().cloned());
    all
}

fn read(case: &str, variant: Option<&str>) -> Draft {
    let path = folder().join(case).join("scenario.toml");
    match Draft::read(&path, variant, &Library::embedded()) {
        Ok(draft) => draft,
        Err(problems) => panic!("{problems}"),
    }
}

/// Plays battles of one variant and counts.
pub(crate) fn row(case: &str, (variant, about): &(String, String), count: u64) -> Row {
    let draft = read(case, Some(variant.as_str()).filter(|name| !name.is_empty()));
    let earth = Earth::smooth(draft.effective_earth());
    let battle = Battle::new(draft.scenario(earth)).expect("the cards go together");
    let results = replicate(&battle, SEED, count, 0, &|| ()).expect("the threads start");
    let roster = battle.roster();
    let among = |holds: fn(&Replication) -> u32| {
        results.iter().filter(|result| holds(result) > 0).count() as u64
    };
    let hours: f64 = results.iter().map(|result| result.measures.spared_flight_h()).sum();
    Row {
        case: case.to_string(),
        variant: variant.clone(),
        about: about.clone(),
        battles: count,
        hostile: among(|result| result.measures.false_hostiles()),
        ordered: among(|result| result.measures.false_engagements()),
        killed: among(|r| r.measures.kills.friendly + r.measures.kills.neutral),
        orders: results.iter().map(|r| u64::from(r.measures.false_engagements())).sum(),
        tenth_hours: (10.0 * hours).round() as u64,
        identify_tenth_s: (10.0 * identify_s(&results)).round() as u64,
        flights: flights(&results, &roster),
    }
}

/// Mean over battles of the mean time to identify.
fn identify_s(results: &[Replication]) -> f64 {
    let named = |result: &Replication| {
        let named = result.measures.named();
        named.iter().find(|(name, _)| *name == "identify_delay_s").and_then(|(_, value)| *value)
    };
    let delays: Vec<f64> = results.iter().filter_map(named).collect();
    delays.iter().sum::<f64>() / delays.len().max(1) as f64
}

/// Orders by flight of friends and neutrals, flights that differ in a number alone taken together.
fn flights(results: &[Replication], roster: &Roster) -> Vec<(String, u64, u64)> {
    let mut counts: Vec<(String, u64, u64)> = Vec::new();
    for (index, entry) in roster.aircraft.iter().enumerate() {
        if entry.side == Side::Hostile {
            continue;
        }
        let digits = |letter: char| letter.is_ascii_digit() || letter == '-' || letter == ' ';
        let is_plain = !entry.name.contains('-') && !entry.name.contains(' ');
        let name = if is_plain || entry.name.starts_with("Il") {
            entry.name.as_str()
        } else {
            entry.name.trim_end_matches(digits)
        };
        let ordered = results.iter().filter(|r| r.measures.aircraft[index].first_ordered.is_some());
        let ordered = ordered.count() as u64;
        match counts.iter_mut().find(|count| count.0 == name) {
            Some(count) => (count.1, count.2) = (count.1 + ordered, count.2 + results.len() as u64),
            None => counts.push((name.to_string(), ordered, results.len() as u64)),
        }
    }
    counts
}

/// Head of the table on disk.
const HEAD: &str =
    "case,variant,battles,hostile,ordered,killed,orders,tenth_hours,identify_tenth_s,flights";

/// Rows as the table on disk.
pub(crate) fn csv(rows: &[Row]) -> String {
    let mut text = format!("{HEAD}\n");
    for row in rows {
        let flights: Vec<String> = row
            .flights
            .iter()
            .map(|(name, ordered, all)| format!("{name}:{ordered}/{all}"))
            .collect();
        let _ = writeln!(
            text,
            "{},{},{},{},{},{},{},{},{},{}",
            row.case,
            row.variant,
            row.battles,
            row.hostile,
            row.ordered,
            row.killed,
            row.orders,
            row.tenth_hours,
            row.identify_tenth_s,
            flights.join(";")
        );
    }
    text
}

/// Rows of all cases as their tables on disk state them, with what each variant is about from the
/// scenarios.
pub(crate) fn stated() -> Vec<Row> {
    let of_case = |case: &&str| {
        let path = folder().join(case).join("figures.csv");
        let text = std::fs::read_to_string(&path);
        let text = text.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        text.lines().skip(1).map(parsed).collect::<Vec<Row>>()
    };
    CASES.iter().flat_map(of_case).collect()
}

fn parsed(line: &str) -> Row {
    let fields: Vec<&str> = line.split(',').collect();
    let number = |index: usize| fields[index].parse().expect("a number");
    let variants = variants(fields[0]);
    let about = variants.iter().find(|(name, _)| name == fields[1]).expect("a variant").1.clone();
    let flight = |text: &str| {
        let (name, counts) = text.rsplit_once(':').expect("a name");
        let (ordered, all) = counts.split_once('/').expect("two numbers");
        (name.to_string(), ordered.parse().expect("a number"), all.parse().expect("a number"))
    };
    Row {
        case: fields[0].to_string(),
        variant: fields[1].to_string(),
        about,
        battles: number(2),
        hostile: number(3),
        ordered: number(4),
        killed: number(5),
        orders: number(6),
        tenth_hours: number(7),
        identify_tenth_s: number(8),
        flights: fields[9].split(';').map(flight).collect(),
    }
}

/// Rows of one case as the table of its README.
pub(crate) fn markdown(rows: &[Row]) -> String {
    let mut text = String::from(
        "| variant | called hostile | engagement ordered | destroyed | what it changes |\n\
         |---|---|---|---|---|\n",
    );
    for row in rows {
        let share = |count: u64| format!("{:.1} %", 100.0 * count as f64 / row.battles as f64);
        let name = if row.variant.is_empty() { "as it happened" } else { &row.variant };
        let about = if row.variant.is_empty() { "" } else { &row.about };
        let _ = writeln!(
            text,
            "| {name} | {} | {} | {} | {about} |",
            share(row.hostile),
            share(row.ordered),
            share(row.killed),
        );
    }
    let _ = write!(text, "\nEngagements ordered by flight, as it happened: ");
    let flights: Vec<String> = rows[0]
        .flights
        .iter()
        .map(|(name, ordered, all)| {
            format!("{name} {:.1} % ({ordered} of {all})", 100.0 * *ordered as f64 / *all as f64)
        })
        .collect();
    let _ = writeln!(text, "{}.", flights.join(", "));
    text
}

/// All rows as the table of measures: rates in 1,000 flight hours and times to identify.
pub(crate) fn measures(rows: &[Row]) -> String {
    let mut text = String::from(
        "| case | variant | flight hours | false engagements | in 1,000 h | time to identify |\n\
         |---|---|---|---|---|---|\n",
    );
    for row in rows.iter().filter(|row| row.variant.is_empty() || row.case == "airway-day") {
        let hours = row.tenth_hours as f64 / 10.0;
        // None in n hours: the rate is below 3/n with a confidence of 95 %.
        let rate = match row.orders {
            0 => format!("below {:.1}", 3_000.0 / hours),
            orders => format!("{:.0}", 1_000.0 * orders as f64 / hours),
        };
        let name = if row.variant.is_empty() { "as it is" } else { &row.variant };
        let _ = writeln!(
            text,
            "| {} | {name} | {hours:.0} | {} | {rate} | {:.1} s |",
            row.case,
            row.orders,
            row.identify_tenth_s as f64 / 10.0
        );
    }
    text
}

/// A text with what stands between the marks of a README put in place of what stood there.
pub(crate) fn filled(readme: &str, table: &str) -> String {
    let (begin, end) = ("<!-- figures -->\n", "<!-- /figures -->");
    let from = readme.find(begin).expect("the README has a mark for its figures") + begin.len();
    let until = readme.find(end).expect("the README has a mark for the end of its figures");
    format!("{}{table}{}", &readme[..from], &readme[until..])
}
