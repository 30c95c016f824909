//! Tables: flights, radars, fire units, and what happened when.

use std::fmt::Write;

use redan_geo::Time;
use redan_record::explain::words;
use redan_record::measures::Detection;
use redan_record::{AircraftMeasures, Event, Fate, Kind, RadarId, Side, What};

use super::escape::{count, esc};
use super::facts::{Facts, Flight, Shot, ShotEnd};
use super::pictures;
use super::symbols::{self, inline};
use super::traffic::members;

/// Rows of the table of events at most.
const EVENTS: usize = 160;

/// All tables.
pub(super) fn sections(facts: &Facts<'_>) -> String {
    [flights(facts), pictures::section(facts), radars(facts), units(facts), events(facts)].concat()
}

/// A table with its title, nothing where it has no rows; `head` are the words of its columns, those that begin with `#` numbers.
pub(super) fn table(id: &str, title: &str, note: &str, head: &[&str], rows: &str) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let cells: String = head
        .iter()
        .map(|words| match words.strip_prefix('#') {
            Some(words) => format!("<th scope=\"col\" class=\"n\">{words}</th>"),
            None => format!("<th scope=\"col\">{words}</th>"),
        })
        .collect();
    format!(
        "<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{title}</h2>\n\
         <div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table: {title}\">\n\
         <table>\n<caption>{note}</caption>\n<thead><tr>{cells}</tr></thead>\n\
         <tbody>\n{rows}</tbody></table></div></section>\n"
    )
}

fn flights(facts: &Facts<'_>) -> String {
    let mut rows = String::new();
    for side in [Side::Hostile, Side::Friendly, Side::Neutral] {
        for flight in facts.flights.iter().filter(|flight| flight.side == side) {
            rows += &flight_row(facts, flight);
        }
    }
    table(
        "flights",
        "Flights",
        "Times are minutes and seconds of the run, those of a flight the first of its aircraft. \
         Heights and ranges are those at the first detection.",
        &[
            "Flight", "Type", "Side", "#Seen", "By", "#Range", "#Height", "#Tracked", "#Ordered",
            "#Rounds", "Outcome",
        ],
        &rows,
    )
}

fn flight_row(facts: &Facts<'_>, flight: &Flight<'_>) -> String {
    let roster = &facts.recording.roster;
    let noted = || flight.members.iter().map(|index| &facts.measures.aircraft[*index]);
    let first = |time: fn(&AircraftMeasures) -> Option<Time>| {
        noted().filter_map(time).min().map_or_else(|| "–".to_owned(), words::time)
    };
    let seen = flight
        .members
        .iter()
        .filter_map(|index| Some((*index, facts.measures.aircraft[*index].first_detection?)))
        .min_by_key(|(index, seen)| (seen.at, *index));
    let rounds: u32 = noted().map(|one| one.rounds_at).sum();
    let first_member = flight.members.first().and_then(|index| roster.aircraft.get(*index));
    let number = match flight.members.len() {
        1 => String::new(),
        number => format!(" <span class=\"times\">×{number}</span>"),
    };
    format!(
        "<tr {}><th scope=\"row\">{}{number}</th><td>{}</td><td class=\"side {}\">{}{}</td>{}\
         <td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{rounds}</td><td>{}</td></tr>\n",
        members(&flight.members),
        esc(flight.name),
        esc(first_member.map_or("", |entry| &entry.type_name)),
        flight.side.word(),
        inline(symbols::side(flight.side), flight.side.word()),
        flight.side.word(),
        seen_cells(facts, seen),
        first(|one| one.first_confirmed),
        first(|one| one.first_ordered),
        outcomes(&noted().map(AircraftMeasures::fate).collect::<Vec<_>>()),
    )
}

/// When, by which radar, at which range and height a flight was first detected.
fn seen_cells(facts: &Facts<'_>, seen: Option<(usize, Detection)>) -> String {
    let Some((index, seen)) = seen else {
        return "<td class=\"n\">never</td><td>–</td><td class=\"n\">–</td><td class=\"n\">–</td>"
            .to_owned();
    };
    let place = facts.place_at(index, seen.at);
    format!(
        "<td class=\"n\">{}</td><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td>",
        words::time(seen.at),
        esc(facts.recording.roster.radar_name(seen.radar)),
        words::distance(seen.range_m),
        place.map_or_else(|| "–".to_owned(), |place| words::height(place.height_m)),
    )
}

/// Words for an outcome, and whether a fate is one.
type OutcomeKind = (&'static str, fn(&Fate) -> bool);

fn outcomes(fates: &[Fate]) -> String {
    let kinds: [OutcomeKind; 5] = [
        ("destroyed", |fate| matches!(fate, Fate::Destroyed { .. })),
        ("got through", |fate| matches!(fate, Fate::Leaked { .. })),
        ("left", |fate| matches!(fate, Fate::Left { .. })),
        ("still flying", |fate| matches!(fate, Fate::Flying)),
        ("never appeared", |fate| matches!(fate, Fate::NeverAppeared)),
    ];
    let mut parts = Vec::new();
    for (words, holds) in kinds {
        match fates.iter().filter(|fate| holds(fate)).count() {
            0 => {}
            number if number == fates.len() => parts.push(words.to_owned()),
            number => parts.push(format!("{number} {words}")),
        }
    }
    parts.join(", ")
}

/// What one radar did.
#[derive(Clone, Default)]
struct RadarWork {
    looks: u64,
    detections: u64,
    plots: u64,
    false_plots: u64,
    farthest_m: Option<f64>,
}

fn radars(facts: &Facts<'_>) -> String {
    let roster = &facts.recording.roster;
    let mut work = vec![RadarWork::default(); roster.radars.len()];
    for event in &facts.recording.events {
        note_radar(&mut work, &event.what);
    }
    let mut rows = String::new();
    for (index, (entry, work)) in roster.radars.iter().zip(&work).enumerate() {
        let id = RadarId(index as u32);
        let first = facts
            .measures
            .aircraft
            .iter()
            .filter(|one| one.first_detection.is_some_and(|seen| seen.radar == id))
            .count();
        let share = match work.looks {
            0 => "–".to_owned(),
            looks => format!("{:.0} %", work.detections as f64 / looks as f64 * 100.0),
        };
        let _ = writeln!(
            rows,
            "<tr><th scope=\"row\">{}</th><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td>\
             <td class=\"n\">{share}</td><td class=\"n\">{}</td><td class=\"n\">{}</td>\
             <td class=\"n\">{first}</td><td class=\"n\">{}</td></tr>",
            esc(&entry.name),
            if entry.unit.is_some() { "engagement" } else { "search" },
            words::distance(entry.instrumented_range_m),
            work.looks,
            work.plots,
            work.false_plots,
            work.farthest_m.map_or_else(|| "–".to_owned(), words::distance),
        );
    }
    table(
        "radars",
        "Radars",
        "Looks count only those at aircraft in view. “Seen first” counts the aircraft, of all sides, \
         that this radar was the first to detect.",
        &[
            "Radar",
            "Task",
            "#Instrumented range",
            "#Looks",
            "#Detected",
            "#Plots",
            "#Of these false",
            "#Seen first",
            "#Farthest detection",
        ],
        &rows,
    )
}

fn note_radar(work: &mut [RadarWork], what: &What) {
    match *what {
        What::Look { radar, range_m, detected, .. } => {
            let Some(work) = work.get_mut(radar.index()) else { return };
            work.looks += 1;
            if detected {
                work.detections += 1;
                work.farthest_m = Some(work.farthest_m.map_or(range_m, |far_m| far_m.max(range_m)));
            }
        }
        What::Plotted { radar, origin, .. } => {
            let Some(work) = work.get_mut(radar.index()) else { return };
            work.plots += 1;
            work.false_plots += u64::from(origin.is_none());
        }
        _ => {}
    }
}

fn units(facts: &Facts<'_>) -> String {
    let mut rows = String::new();
    for (index, unit) in facts.recording.roster.units.iter().enumerate() {
        let shots: Vec<&Shot> = facts
            .shots
            .iter()
            .filter(|shot| shot.unit.is_some_and(|unit| unit.0 as usize == index))
            .collect();
        let kills = shots.iter().filter(|shot| shot.end == ShotEnd::Kill).count();
        let (engagements, targets) = engagements_of(facts, index);
        let missiles = peak(
            shots.iter().map(|shot| (shot.launched, shot.ended.unwrap_or_else(|| facts.until()))),
        );
        let _ = writeln!(
            rows,
            "<tr><th scope=\"row\">{}</th><td class=\"n\">{}</td><td class=\"n\">{}</td>\
             <td class=\"n\">{kills}</td><td class=\"n\">{}</td><td class=\"n\">{engagements}</td>\
             <td class=\"n\">{targets} of {}</td><td class=\"n\">{missiles} of {}</td></tr>",
            esc(&unit.name),
            unit.rounds,
            shots.len(),
            u64::from(unit.rounds).saturating_sub(shots.len() as u64),
            unit.target_channels,
            unit.missile_channels,
        );
    }
    table(
        "units",
        "Fire units",
        "Channels: the most that were taken at one time, of those that the unit has.",
        &[
            "Unit",
            "#Rounds at the start",
            "#Fired",
            "#Hits",
            "#Left",
            "#Engagements",
            "#Target channels",
            "#Missile channels",
        ],
        &rows,
    )
}

/// Engagements of a unit, and how many of them ran at one time at most.
fn engagements_of(facts: &Facts<'_>, unit: usize) -> (usize, usize) {
    let mut spans: Vec<(u32, Time, Time)> = Vec::new();
    for event in &facts.recording.events {
        match event.what {
            What::Ordered { engagement, unit: by, .. } if by.0 as usize == unit => {
                spans.push((engagement.0, event.at, facts.until()));
            }
            What::EngagementEnded { engagement, .. } => {
                if let Some(span) = spans.iter_mut().find(|span| span.0 == engagement.0) {
                    span.2 = event.at;
                }
            }
            _ => {}
        }
    }
    (spans.len(), peak(spans.iter().map(|span| (span.1, span.2))))
}

/// How many intervals overlap at most; one that ends when another begins does not overlap it.
fn peak(spans: impl Iterator<Item = (Time, Time)>) -> usize {
    let mut changes: Vec<(Time, i32)> = spans.flat_map(|(a, b)| [(a, 1), (b, -1)]).collect();
    changes.sort();
    let mut now = 0;
    let counts = changes.iter().map(|(_, change)| {
        now += change;
        now
    });
    counts.max().unwrap_or(0).max(0) as usize
}

fn events(facts: &Facts<'_>) -> String {
    let mut told: Vec<&Event> = Vec::new();
    for event in &facts.recording.events {
        if notable(facts, event) {
            told.push(event);
        }
    }
    let all = told.len();
    if all > EVENTS {
        told.retain(|event| {
            !matches!(event.what.kind(), Kind::Acquired | Kind::Assessed | Kind::Identified)
        });
    }
    told.truncate(EVENTS);
    let mut rows = String::new();
    for event in &told {
        let (class, about) = match event.what {
            What::Destroyed { aircraft, .. } => ("strong kill", Some(aircraft)),
            What::Leaked { aircraft, .. } => ("strong hostile", Some(aircraft)),
            What::Look { aircraft, .. } | What::Left { aircraft } => ("", Some(aircraft)),
            _ => ("", None),
        };
        let data = about.map(|id| format!(" data-a=\"{}\"", id.0)).unwrap_or_default();
        let _ = writeln!(
            rows,
            "<tr{data}><td class=\"n\"><time>{}</time></td><td class=\"{class}\">{}</td></tr>",
            words::time(event.at),
            esc(&told_event(facts, event))
        );
    }
    let note = match all - told.len() {
        0 => "First detections, judgements, orders, launches and what came of them.".to_owned(),
        more => format!(
            "The chief events; {} more of this kind {} in the recording.",
            more,
            if more == 1 { "stands" } else { "stand" }
        ),
    };
    table("events", "What happened when", &note, &["#Time", "Event"], &rows)
}

fn notable(facts: &Facts<'_>, event: &Event) -> bool {
    let of_side = |aircraft: redan_record::AircraftId| {
        facts.recording.roster.aircraft.get(aircraft.index()).map(|entry| entry.side)
    };
    match event.what {
        What::Look { aircraft, radar, detected: true, .. } => {
            let first = facts.measures.aircraft.get(aircraft.index());
            let first = first.and_then(|noted| noted.first_detection);
            of_side(aircraft) == Some(Side::Hostile)
                && first.is_some_and(|seen| seen.at == event.at && seen.radar == radar)
        }
        What::Left { aircraft } => of_side(aircraft) == Some(Side::Hostile),
        What::Identified { network, track, .. } => {
            let owner = facts.owners.at(network, track, event.id);
            owner.and_then(of_side) == Some(Side::Hostile)
        }
        _ => matches!(
            event.what.kind(),
            Kind::Destroyed
                | Kind::Leaked
                | Kind::Refused
                | Kind::Ordered
                | Kind::Acquired
                | Kind::Launched
                | Kind::Aborted
                | Kind::Resolved
                | Kind::Assessed
                | Kind::Ended
        ),
    }
}

fn told_event(facts: &Facts<'_>, event: &Event) -> String {
    let roster = &facts.recording.roster;
    match event.what {
        What::Look { aircraft, radar, range_m, .. } => format!(
            "{} first detected by {} at {}",
            roster.aircraft_name(aircraft),
            roster.radar_name(radar),
            words::distance(range_m)
        ),
        What::Identified { network, track, .. } => {
            let owner = facts.owners.at(network, track, event.id);
            let name = owner.map_or("?", |owner| roster.aircraft_name(owner));
            format!("{} (in truth {name})", words::event(roster, event))
        }
        _ => words::event(roster, event),
    }
}

/// Words for the number of events in all.
pub(super) fn size(facts: &Facts<'_>) -> String {
    count(facts.recording.events.len() as u64, "event", "events")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_peak_counts_what_overlaps_and_not_what_follows() {
        let t = Time::from_nanos;
        assert_eq!(peak([(t(0), t(5)), (t(5), t(9)), (t(3), t(6))].into_iter()), 2);
        assert_eq!(peak(std::iter::empty()), 0);
    }

    #[test]
    fn outcomes_of_one_kind_need_no_number() {
        let left = Fate::Left { at: Time::ZERO };
        assert_eq!(outcomes(&[left, left]), "left");
        assert_eq!(outcomes(&[left, Fate::Flying]), "1 left, 1 still flying");
    }
}
