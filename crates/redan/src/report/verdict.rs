//! The verdict in a sentence, and the figures beside it.

use redan_record::explain::words;
use redan_record::{AircraftMeasures, Fate, Side};

use super::escape::{count, esc};
use super::facts::{Facts, ShotEnd};

/// What came of the run in one sentence of plain words; no name from a file stands in it.
pub(super) fn sentence(facts: &Facts<'_>) -> String {
    let hostile: Vec<&AircraftMeasures> =
        facts.of_side(Side::Hostile).iter().map(|i| &facts.measures.aircraft[*i]).collect();
    let mut parts = vec![fates(&hostile)];
    let appeared = hostile.iter().filter(|noted| noted.appeared.is_some());
    let unseen = appeared.filter(|noted| noted.first_detection.is_none()).count() as u64;
    if unseen > 0 {
        parts.push(format!("{} never seen", one_of(unseen, hostile.len() as u64)));
    }
    parts.push(match facts.summary.rounds_fired {
        0 => "no round fired".to_owned(),
        rounds => format!("{} fired", count(rounds, "round", "rounds")),
    });
    parts.push(bystanders(facts));
    format!("{}.", parts.join("; "))
}

/// `1 of them`, but `it was` would be clumsy for a lone attacker.
fn one_of(number: u64, of: u64) -> String {
    if number == of { "all of them".to_owned() } else { format!("{number} of them") }
}

/// `12 hostile: 7 destroyed, 4 got through, 1 left`.
fn fates(hostile: &[&AircraftMeasures]) -> String {
    if hostile.is_empty() {
        return "No hostile aircraft took part".to_owned();
    }
    let number = |holds: fn(Fate) -> bool| hostile.iter().filter(|a| holds(a.fate())).count();
    let kinds = [
        (number(|fate| matches!(fate, Fate::Destroyed { .. })), "destroyed"),
        (number(|fate| matches!(fate, Fate::Leaked { .. })), "got through"),
        (number(|fate| matches!(fate, Fate::Left { .. })), "left"),
        (number(|fate| fate == Fate::Flying), "still flying at the end"),
        (number(|fate| fate == Fate::NeverAppeared), "never appeared"),
    ];
    // The first two are what the question is about: nought is an answer too.
    let told = kinds.iter().enumerate().filter(|(index, (number, _))| *index < 2 || *number > 0);
    let told: Vec<String> = told
        .map(|(_, (number, words))| match number {
            0 => format!("none {words}"),
            number => format!("{number} {words}"),
        })
        .collect();
    format!("{} hostile: {}", hostile.len(), told.join(", "))
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
    let of = format!("of {} hostile", summary.hostile);
    let mut cells = vec![
        cell("Destroyed", &summary.kills.hostile.to_string(), &of),
        cell("Got through", &summary.leaks.to_string(), &of),
        cell("Rounds fired", &summary.rounds_fired.to_string(), &types(facts)),
    ];
    cells.push(match &summary.first_detection {
        Some(first) => cell(
            "First attacker seen",
            &words::distance(first.range_km * 1e3),
            &format!("away, by {}", first.radar),
        ),
        None => cell("First attacker seen", "never", ""),
    });
    cells.push(match farthest_kill_m(facts) {
        Some(range_m) => {
            cell("Farthest kill", &words::distance(range_m), "over ground from its launcher")
        }
        None => cell("Farthest kill", "none", ""),
    });
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
