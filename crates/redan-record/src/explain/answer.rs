//! The full answer to "what became of this aircraft, and why?".

use redan_geo::Time;

use super::chain::{chain, fate_event, furthest};
use super::fold::{Foldable, Row, fold};
use super::timeline::{Timeline, timeline};
use super::{why_not, words};
use crate::{AircraftId, Event, Fate, Recording, Side, What};

/// Rows that the radars' table and the networks' table may have, each; every radar and network gets
/// one row at least.
const TABLE_ROWS: usize = 12;

/// Engagements that are told one by one.
const ENGAGEMENTS: usize = 8;

/// The text of `redan trace` for one aircraft, ended by a newline: what became of it; the chain from its
/// first look to that end, or to the farthest that the defence got; why nothing stopped it or nobody saw
/// it; its engagements; and the time line by radar and by network, shortened as [`super`] says.
pub fn answer(recording: &Recording, aircraft: AircraftId) -> String {
    let Some(entry) = recording.roster.aircraft.get(aircraft.index()) else {
        return format!("the recording has no aircraft number {}\n", aircraft.0);
    };
    let timeline = timeline(recording, aircraft);
    let mut lines = vec![format!(
        "{} ({}, {}) {}",
        entry.name,
        entry.side.word(),
        entry.type_name,
        words::fate(&recording.roster, &timeline.fate)
    )];
    if timeline.fate != Fate::NeverAppeared {
        chain_section(recording, aircraft, &timeline, &mut lines);
        why_section(recording, entry.side, &timeline, &mut lines);
        engagement_section(recording, &timeline, &mut lines);
        table_section(recording, &timeline, &mut lines);
    }
    lines.push(String::new());
    lines.join("\n")
}

fn chain_section(
    recording: &Recording,
    aircraft: AircraftId,
    timeline: &Timeline,
    lines: &mut Vec<String>,
) {
    let end = match timeline.fate {
        Fate::Destroyed { .. } => fate_event(recording, aircraft).map(|(event, _)| event),
        _ => furthest(recording, aircraft),
    };
    let Some(end) = end else { return };
    let mut steps = chain(recording, end.id);
    steps.reverse();
    section(
        lines,
        match end.what {
            What::Destroyed { .. } => "How it came about",
            _ => "How far the defence got",
        },
    );
    for step in &steps {
        lines.push(step_line(recording, step));
    }
    lines.extend(other_beginning(recording, aircraft, &steps));
}

/// A track that began with plots of another aircraft brings that one's beginning into the chain, which
/// a reader would take for a mistake.
fn other_beginning(
    recording: &Recording,
    aircraft: AircraftId,
    steps: &[&Event],
) -> Option<String> {
    let What::Appeared { aircraft: first } = steps.first()?.what else { return None };
    let roster = &recording.roster;
    (first != aircraft).then(|| {
        format!(
            "  The track began with plots of {} and went over to {}.",
            roster.aircraft_name(first),
            roster.aircraft_name(aircraft)
        )
    })
}

fn step_line(recording: &Recording, step: &Event) -> String {
    let number = format!("#{}", step.id.0);
    format!("  {}  {number:<8} {}", words::time(step.at), words::event(&recording.roster, step))
}

fn why_section(recording: &Recording, side: Side, timeline: &Timeline, lines: &mut Vec<String>) {
    let roster = &recording.roster;
    let reasons = if timeline.first_detection().is_none() {
        section(lines, "Why it was never seen");
        why_not::not_seen(roster, timeline)
    } else if side == Side::Hostile && !matches!(timeline.fate, Fate::Destroyed { .. }) {
        section(lines, "Why nothing stopped it");
        why_not::not_stopped(roster, timeline)
    } else {
        return;
    };
    lines.extend(reasons.into_iter().map(|reason| format!("  {reason}")));
}

fn engagement_section(recording: &Recording, timeline: &Timeline, lines: &mut Vec<String>) {
    let stories = &timeline.engagements;
    if stories.is_empty() {
        return;
    }
    section(lines, "Engagements");
    for story in stories.iter().take(ENGAGEMENTS) {
        lines.push(format!("  {}", words::engagement(&recording.roster, story)));
    }
    if stories.len() > ENGAGEMENTS {
        lines.push(format!("  and {} more", stories.len() - ENGAGEMENTS));
    }
}

fn table_section(recording: &Recording, timeline: &Timeline, lines: &mut Vec<String>) {
    let roster = &recording.roster;
    let mut folded = 0;
    section(lines, "What the radars made of it");
    let each = TABLE_ROWS / timeline.radars.len().max(1);
    for line in &timeline.radars {
        let rows = fold(line.rows.clone(), each);
        folded += table(&rows, lines, |seen| words::seen(roster, line.radar, seen));
    }
    let silent = timeline.radars.iter().filter(|line| line.rows.is_empty()).count();
    match silent {
        0 => {}
        1 => lines.push("  one radar never examined it".to_owned()),
        number => lines.push(format!("  {number} radars never examined it")),
    }
    let each = TABLE_ROWS / timeline.networks.len().max(1);
    for line in &timeline.networks {
        section(lines, &format!("What {} made of it", roster.network_name(line.network)));
        let rows = fold(line.rows.clone(), each);
        folded += table(&rows, lines, |state| words::state(roster, state));
    }
    lines.push(String::new());
    lines.push("Figures are the smallest of each interval: the nearest that it came.".to_owned());
    if folded > 0 {
        lines.push(format!(
            "+n: n short changes are folded into the row, {folded} in all; the recording has them."
        ));
    }
}

/// Prints rows and returns the number of rows that are folded into them.
fn table<T: Foldable>(
    rows: &[Row<T>],
    lines: &mut Vec<String>,
    words: impl Fn(&T) -> String,
) -> u32 {
    for row in rows {
        let mark = if row.folded > 0 { format!(" +{}", row.folded) } else { String::new() };
        lines.push(format!("  {}  {}{mark}", interval(row.from, row.until), words(&row.what)));
    }
    rows.iter().map(|row| row.folded).sum()
}

fn interval(from: Time, until: Time) -> String {
    format!("{}–{}", words::time(from), words::time(until))
}

fn section(lines: &mut Vec<String>, title: &str) {
    lines.push(String::new());
    lines.push(title.to_owned());
}
