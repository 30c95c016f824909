//! What truly moved: routes, missiles, and the marks of what happened.

use std::fmt::Write;

use redan_geo::Time;
use redan_record::explain::words;
use redan_record::{Fate, Outcome, Side};

use super::escape::esc;
use super::facts::{Facts, Fix, Shot, ShotEnd};
use super::frame::{Frame, Point};
use super::labels::{Labels, Wish};
use super::thin::{Spot, thin};
use super::{sites, symbols};

/// Greatest distance between a drawn route and the true one, units of the drawing.
const ROUTE_TOLERANCE: f64 = 0.5;

/// Height above the middle of a sign at which a mark stands that would cover it.
const ABOVE: f64 = 23.0;

/// Distance between the points of a route that labels stay away from.
const AVOID_EVERY: f64 = 7.0;

/// True routes as they are drawn, in the order of the roster.
pub(super) fn spots(facts: &Facts<'_>, frame: &Frame) -> Vec<Vec<Spot>> {
    facts.paths.iter().map(|path| thin(&drawn(path, frame), ROUTE_TOLERANCE)).collect()
}

/// True routes, neutral ones first, so that the hostile ones lie on top.
pub(super) fn routes(facts: &Facts<'_>, spots: &[Vec<Spot>]) -> String {
    let mut text = String::new();
    for side in [Side::Neutral, Side::Friendly, Side::Hostile] {
        for index in facts.of_side(side) {
            let route = &spots[index];
            if route.is_empty() {
                continue;
            }
            let entry = &facts.recording.roster.aircraft[index];
            let fate = words::fate(&facts.recording.roster, &facts.measures.aircraft[index].fate());
            let title = format!("{} ({}, {}): {fate}", entry.name, entry.type_name, side.word());
            let path = polyline(route);
            let leads = facts.flights.iter().any(|flight| flight.members.first() == Some(&index));
            let wing = if leads { "" } else { " wing" };
            let _ = writeln!(
                text,
                "<g class=\"route {}{wing}\" data-a=\"{index}\"><title>{}</title>\
                 <path class=\"hit\" d=\"{path}\"/><path class=\"line\" d=\"{path}\"/></g>",
                side.word(),
                esc(&title)
            );
        }
    }
    format!("<g class=\"l-truth\">\n{text}</g>\n")
}

/// Missiles from their launchers to where they ended.
pub(super) fn shots(facts: &Facts<'_>, frame: &Frame) -> String {
    let mut text = String::new();
    for shot in &facts.shots {
        let (Some(from), Some(to)) = (shot.from, shot.to) else { continue };
        let (a, b) = (frame.point(&from), frame.point(&to));
        let data = match shot.aircraft {
            Some(aircraft) => format!(" data-a=\"{}\"", aircraft.0),
            None => String::new(),
        };
        let until = shot.ended.unwrap_or_else(|| facts.until());
        let _ = writeln!(
            text,
            "<g class=\"shot {}\" data-t=\"{:.1}\" data-u=\"{:.1}\"{data}><title>{}</title>\
             <path d=\"M{:.1} {:.1}L{:.1} {:.1}\"/></g>",
            shot_class(shot.end),
            shot.launched.as_secs(),
            until.as_secs(),
            esc(&shot_words(facts, shot)),
            a.x,
            a.y,
            b.x,
            b.y
        );
    }
    format!("<g class=\"l-shots\">\n{text}</g>\n")
}

/// Marks of first detections and of what became of each aircraft, where it truly was at that time.
/// A mark that would cover one of `signs` stands above it, on a line to its place.
pub(super) fn marks(facts: &Facts<'_>, frame: &Frame, signs: &[Point]) -> String {
    let mut text = String::new();
    for (index, entry) in facts.recording.roster.aircraft.iter().enumerate() {
        let noted = &facts.measures.aircraft[index];
        let roster = &facts.recording.roster;
        if entry.side == Side::Hostile
            && let Some(seen) = noted.first_detection
            && let Some(place) = facts.place_at(index, seen.at)
        {
            let title = format!(
                "{} first detected by {} at {}, {} away",
                entry.name,
                roster.radar_name(seen.radar),
                words::time(seen.at),
                words::distance(seen.range_m)
            );
            let spot = (frame.point(&place), seen.at, 0.0);
            text += &mark("m-seen", "hostile", index, spot, &title);
        }
        for end in ends(facts, index) {
            let Some(point) = end_point(facts, frame, index, end.at) else { continue };
            let at = end.at.unwrap_or_else(|| facts.until());
            let spot = (point, at, above(point, signs));
            text += &mark(end.sign, end.class, index, spot, &end.title);
        }
    }
    format!("<g class=\"l-marks\">\n{text}</g>\n")
}

/// What became of an aircraft, as a mark.
struct End {
    sign: &'static str,
    class: &'static str,
    at: Option<Time>,
    title: String,
}

/// Its fate, and a second mark for one that got through and was destroyed on its way home.
fn ends(facts: &Facts<'_>, index: usize) -> Vec<End> {
    let roster = &facts.recording.roster;
    let (entry, noted) = (&roster.aircraft[index], &facts.measures.aircraft[index]);
    let fate = noted.fate();
    let class = match fate {
        Fate::Destroyed { .. } => "kill",
        _ => entry.side.word(),
    };
    let title = format!("{}: {}", entry.name, words::fate(roster, &fate));
    let mut ends = vec![End { sign: symbols::fate(fate), class, at: fate.at(), title }];
    if let (Fate::Leaked { .. }, Some(at)) = (fate, noted.destroyed) {
        let title = format!("{}: destroyed afterwards at {}", entry.name, words::time(at));
        ends.push(End { sign: "m-kill", class: "kill", at: Some(at), title });
    }
    ends
}

/// Where an aircraft truly was at a time; at the end of its route without a time, or after it.
fn end_point(facts: &Facts<'_>, frame: &Frame, index: usize, at: Option<Time>) -> Option<Point> {
    let last = facts.paths.get(index)?.last()?;
    let place = at.and_then(|at| facts.place_at(index, at)).unwrap_or(last.place);
    Some(frame.point(&place))
}

/// Keeps words off the routes, and off the marks of what ended if that can be.
pub(super) fn keep_clear(
    facts: &Facts<'_>,
    frame: &Frame,
    spots: &[Vec<Spot>],
    signs: &[Point],
    labels: &mut Labels,
) {
    for (index, (route, noted)) in spots.iter().zip(&facts.measures.aircraft).enumerate() {
        keep_off(route, labels);
        let fate = noted.fate();
        if matches!(fate, Fate::Destroyed { .. } | Fate::Leaked { .. })
            && let Some(end) = end_point(facts, frame, index, fate.at())
        {
            labels.avoid_mark(Point { y: end.y + above(end, signs), ..end });
        }
    }
}

/// How far a mark is moved so that it covers no sign; upwards is negative.
fn above(end: Point, signs: &[Point]) -> f64 {
    let covered = signs.iter().filter(|sign| sites::near(**sign, end));
    covered.map(|sign| sign.y - ABOVE - end.y).fold(0.0, f64::min)
}

/// Names of flights where they came in, and how far away each hostile one was first seen.
pub(super) fn names(
    facts: &Facts<'_>,
    frame: &Frame,
    spots: &[Vec<Spot>],
    labels: &mut Labels,
) -> String {
    let mut text = String::new();
    for side in [Side::Hostile, Side::Friendly, Side::Neutral] {
        for flight in facts.flights.iter().filter(|flight| flight.side == side) {
            let start = flight.members.iter().find_map(|index| spots[*index].first());
            let Some(start) = start else { continue };
            let at = Point { x: start.x, y: start.y };
            let name = match flight.members.len() {
                1 => flight.name.to_owned(),
                number => format!("{} ×{number}", flight.name),
            };
            let data = members(&flight.members);
            text += &format!(
                "<g class=\"{}\" transform=\"translate({:.1} {:.1})\" {data}>\
                 <use class=\"k\" href=\"#{}\"/></g>\n",
                side.word(),
                at.x,
                at.y,
                symbols::side(side)
            );
            labels.keep_free(at, 6.0);
            let class = format!("label {}", side.word());
            let wish = Wish {
                at,
                ground: at,
                clear: 10.0,
                text: &name,
                size: 12.0,
                class: &class,
                data: &data,
            };
            text += &labels.place(&wish);
        }
    }
    text + &seen_at(facts, frame, labels)
}

fn seen_at(facts: &Facts<'_>, frame: &Frame, labels: &mut Labels) -> String {
    let mut text = String::new();
    for flight in facts.flights.iter().filter(|flight| flight.side == Side::Hostile) {
        let detections = flight.members.iter().filter_map(|index| {
            facts.measures.aircraft[*index].first_detection.map(|seen| (seen.at, *index, seen))
        });
        let Some((at, index, seen)) = detections.min_by_key(|(at, index, _)| (*at, *index)) else {
            continue;
        };
        let Some(place) = facts.place_at(index, at) else { continue };
        let words = format!("seen at {}", words::distance(seen.range_m));
        let data = format!("{} data-t=\"{:.1}\"", members(&flight.members), at.as_secs());
        let spot = frame.point(&place);
        text += &labels.place(&Wish {
            at: spot,
            ground: spot,
            clear: 8.0,
            text: &words,
            size: 10.5,
            class: "label note",
            data: &data,
        });
    }
    text
}

/// What a missile did, in words.
pub(super) fn shot_words(facts: &Facts<'_>, shot: &Shot) -> String {
    let roster = &facts.recording.roster;
    let end = match (shot.end, shot.ended) {
        (ShotEnd::Kill, Some(at)) => format!("kill at {}", words::time(at)),
        (ShotEnd::Miss(outcome), Some(at)) => {
            format!("{} at {}", words::outcome(outcome), words::time(at))
        }
        (ShotEnd::Aborted, Some(at)) => format!("given up at {}", words::time(at)),
        _ => "in flight when the run ended".to_owned(),
    };
    format!(
        "Missile {} ({}) of {}, launched {}: {end}",
        shot.missile.0,
        roster.interceptor_name(shot.interceptor),
        roster.launcher_name(shot.launcher),
        words::time(shot.launched)
    )
}

pub(super) fn shot_class(end: ShotEnd) -> &'static str {
    match end {
        ShotEnd::Kill => "kill",
        ShotEnd::Miss(Outcome::Failed) => "miss failed",
        ShotEnd::Miss(_) => "miss",
        ShotEnd::Aborted => "aborted",
        ShotEnd::Flying => "flying",
    }
}

/// Attribute that names the aircraft of a flight to the script.
pub(super) fn members(members: &[usize]) -> String {
    let numbers: Vec<String> = members.iter().map(usize::to_string).collect();
    format!("data-a=\"{}\"", numbers.join(" "))
}

fn mark(
    sign: &str,
    class: &str,
    index: usize,
    (at, when, above): (Point, Time, f64),
    title: &str,
) -> String {
    let leader = if above < 0.0 {
        format!("<path class=\"leader\" d=\"M0 0V{:.1}\"/>", above + 5.0)
    } else {
        String::new()
    };
    format!(
        "<g class=\"mark {class}\" data-a=\"{index}\" data-t=\"{:.1}\" \
         transform=\"translate({:.1} {:.1})\"><title>{}</title>\
         <g class=\"k\">{leader}<use href=\"#{sign}\" y=\"{above:.1}\"/></g></g>\n",
        when.as_secs(),
        at.x,
        at.y,
        esc(title)
    )
}

pub(super) fn drawn(path: &[Fix], frame: &Frame) -> Vec<Spot> {
    path.iter()
        .map(|fix| {
            let point = frame.point(&fix.place);
            Spot { t: fix.at.as_secs(), x: point.x, y: point.y }
        })
        .collect()
}

pub(super) fn polyline(spots: &[Spot]) -> String {
    let mut path = String::new();
    for spot in spots {
        let verb = if path.is_empty() { 'M' } else { 'L' };
        let _ = write!(path, "{verb}{:.1} {:.1}", spot.x, spot.y);
    }
    path
}

fn keep_off(route: &[Spot], labels: &mut Labels) {
    for pair in route.windows(2) {
        let (dx, dy) = (pair[1].x - pair[0].x, pair[1].y - pair[0].y);
        let steps = ((dx * dx + dy * dy).sqrt() / AVOID_EVERY).ceil().clamp(1.0, 400.0);
        for step in 0..steps as u32 {
            let part = f64::from(step) / steps;
            labels.avoid(Point { x: pair[0].x + dx * part, y: pair[0].y + dy * part });
        }
    }
}
