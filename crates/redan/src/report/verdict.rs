//! The verdict in a sentence, and the figures beside it.

use redan_record::explain::words;
use redan_record::{AircraftMeasures, Fate, Side};

use super::escape::{count, esc};
use super::facts::{Facts, ShotEnd};

/// What came of the run in one sentence of plain words; no name from a file stands in it.
pub(super) fn sentence(facts: &Facts<'_>) -> String {
    let hostile = hostile(facts);
    let mut parts = vec![fates(&hostile)];
    let sent = hostile.iter().filter(|noted| noted.appeared.is_some());
    let unseen = sent.clone().filter(|noted| noted.first_detection.is_none()).count() as u64;
    if unseen > 0 {
        parts.push(format!("{} never detected", one_of(unseen, sent.count() as u64)));
    }
    parts.push(match facts.summary.rounds_fired {
        0 => "no round fired".to_owned(),
        rounds => format!("{} fired", count(rounds, "round", "rounds")),
    });
    parts.push(bystanders(facts));
    format!("{}.", parts.join("; "))
}

fn hostile<'a>(facts: &'a Facts<'_>) -> Vec<&'a AircraftMeasures> {
    facts.of_side(Side::Hostile).iter().map(|i| &facts.measures.aircraft[*i]).collect()
}

/// How many of those that were sent: the number alone would be taken for a part of what stands before.
fn one_of(number: u64, of: u64) -> String {
    if number == of { "all of those sent".to_owned() } else { format!("{number} of the {of} sent") }
}

/// `12 hostile sent: 7 destroyed, 4 got through (1 destroyed afterwards), 1 left`. Each counts once, by
/// what became of it first, so that the parts add up to those sent.
fn fates(hostile: &[&AircraftMeasures]) -> String {
    if hostile.is_empty() {
        return "No hostile aircraft took part".to_owned();
    }
    let number = |holds: fn(Fate) -> bool| hostile.iter().filter(|a| holds(a.fate())).count();
    let never = number(|fate| fate == Fate::NeverAppeared);
    let mut told = vec![
        numbered(number(|fate| matches!(fate, Fate::Destroyed { .. })), "destroyed"),
        numbered(leaked(hostile), "got through") + &afterwards(hostile),
    ];
    // The first two are what the question is about: nought is an answer too.
    for (number, words) in [
        (number(|fate| matches!(fate, Fate::Left { .. })), "left"),
        (number(|fate| fate == Fate::Flying), "still flying at the end"),
    ] {
        if number > 0 {
            told.push(numbered(number, words));
        }
    }
    let sent = format!("{} hostile sent: {}", hostile.len() - never, told.join(", "));
    if never > 0 { format!("{sent}; {never} more never appeared") } else { sent }
}

fn numbered(number: usize, words: &str) -> String {
    if number == 0 { format!("none {words}") } else { format!("{number} {words}") }
}

fn leaked(hostile: &[&AircraftMeasures]) -> usize {
    hostile.iter().filter(|noted| matches!(noted.fate(), Fate::Leaked { .. })).count()
}

/// Those that got through and were destroyed on their way home, in brackets; nothing where none was.
fn afterwards(hostile: &[&AircraftMeasures]) -> String {
    let late = |noted: &&&AircraftMeasures| {
        matches!(noted.fate(), Fate::Leaked { .. }) && noted.destroyed.is_some()
    };
    match hostile.iter().filter(late).count() {
        0 => String::new(),
        number => format!(" ({number} destroyed afterwards)"),
    }
}

fn bystanders(facts: &Facts<'_>) -> String {
    let (engaged, kills) = (&facts.summary.engaged, &facts.summary.kills);
    if engaged.friendly + engaged.neutral + kills.friendly + kills.neutral == 0 {
        return "no friendly or civil aircraft fired at".to_owned();
    }
    let one = |side: &str, fired_at: u32, destroyed: u32| {
        format!("{fired_at} {side} aircraft fired at and {destroyed} destroyed")
    };
    let mut parts = Vec::new();
    if engaged.friendly + kills.friendly > 0 {
        parts.push(one("friendly", engaged.friendly, kills.friendly));
    }
    if engaged.neutral + kills.neutral > 0 {
        parts.push(one("civil", engaged.neutral, kills.neutral));
    }
    parts.join(", ")
}

/// Figures in large letters: the result beside the figure that everybody knows.
pub(super) fn figures(facts: &Facts<'_>) -> String {
    let summary = facts.summary;
    let hostile = hostile(facts);
    let destroyed = hostile.iter().filter(|a| matches!(a.fate(), Fate::Destroyed { .. })).count();
    let of = format!("of {} hostile sent", summary.hostile);
    let mut cells = vec![
        cell("Destroyed", &destroyed.to_string(), &of),
        cell("Got through", &leaked(&hostile).to_string(), &(of.clone() + &afterwards(&hostile))),
    ];
    let armed = !facts.recording.roster.units.is_empty();
    if armed {
        cells.push(cell("Rounds fired", &summary.rounds_fired.to_string(), &types(facts)));
    }
    cells.push(match &summary.first_detection {
        Some(first) => cell(
            "First attacker seen",
            &words::distance(first.range_km * 1e3),
            &format!("away, by {}", first.radar),
        ),
        None => cell("First attacker seen", "never", ""),
    });
    match farthest_kill_m(facts) {
        Some(range_m) => {
            let words = words::distance(range_m);
            cells.push(cell("Farthest kill", &words, "over ground from its launcher"));
        }
        None if armed => cells.push(cell("Farthest kill", "none", "")),
        None => {}
    }
    let units = 0..facts.recording.roster.units.len();
    let reach = units.filter_map(|unit| facts.claimed_reach(unit));
    if let Some((range_m, name)) =
        reach.reduce(|best, next| if next.0 > best.0 { next } else { best })
    {
        cells.push(cell(
            "Claimed reach",
            &format!("{:.0} km", range_m / 1e3),
            &format!("of {name}, as published"),
        ));
    }
    format!("<dl class=\"figures\">\n{}</dl>\n", cells.concat())
}

fn cell(term: &str, value: &str, note: &str) -> String {
    format!("<div><dt>{term}</dt><dd><b>{}</b> <span>{}</span></dd></div>\n", esc(value), esc(note))
}

fn types(facts: &Facts<'_>) -> String {
    let fired = facts.summary.rounds_by_type.iter().filter(|(_, number)| **number > 0);
    let words: Vec<String> = fired.map(|(name, number)| format!("{number} × {name}")).collect();
    words.join(", ")
}

fn farthest_kill_m(facts: &Facts<'_>) -> Option<f64> {
    let kills = facts.shots.iter().filter(|shot| shot.end == ShotEnd::Kill);
    kills
        .filter_map(|shot| Some(redan_geo::Leg::new(shot.from?, shot.to?).length_m()))
        .reduce(f64::max)
}
