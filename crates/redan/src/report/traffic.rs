//! What moved: true routes, the tracks of the networks, missiles, and the marks of what happened.

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

/// The same for tracks, which are noisy and more.
const TRACK_TOLERANCE: f64 = 1.0;

/// Height above a sign at which a mark stands.
const ABOVE: f64 = 14.0;

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

/// What the networks believed: their confirmed tracks.
pub(super) fn tracks(facts: &Facts<'_>, frame: &Frame) -> String {
    let mut text = String::new();
    for track in &facts.tracks {
        let spots = thin(&drawn(&track.fixes, frame), TRACK_TOLERANCE);
        let (Some(first), Some(last)) = (spots.first(), spots.last()) else { continue };
        let network = facts.recording.roster.network_name(track.network);
        let (from, to) = (Time::from_secs(first.t), Time::from_secs(last.t));
        let title = format!(
            "{network}, track {}, from {} to {}",
            track.track.0,
            words::time(from),
            words::time(to)
        );
        let _ = writeln!(
            text,
            "<path class=\"track\" data-t=\"{:.0}\" d=\"{}\"><title>{}</title></path>",
            first.t,
            polyline(&spots),
            esc(&title)
        );
    }
    format!("<g class=\"l-tracks\">\n{text}</g>\n")
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

/// Marks of first detections and of how each flight ended.
/// A mark that would cover one of `signs` stands above it.
pub(super) fn marks(
    facts: &Facts<'_>,
    frame: &Frame,
    spots: &[Vec<Spot>],
    signs: &[Point],
) -> String {
    let mut text = String::new();
    for (index, entry) in facts.recording.roster.aircraft.iter().enumerate() {
        let Some(last) = spots[index].last() else { continue };
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
        let fate = noted.fate();
        let class = match fate {
            Fate::Destroyed { .. } => "kill",
            _ => entry.side.word(),
        };
        let title = format!("{}: {}", entry.name, words::fate(roster, &fate));
        let at = fate.at().unwrap_or_else(|| facts.until());
        let end = Point { x: last.x, y: last.y };
        let above = above(end, signs);
        text += &mark(symbols::fate(fate), class, index, (end, at, above), &title);
    }
    format!("<g class=\"l-marks\">\n{text}</g>\n")
}

/// Keeps words off the routes, and off the marks of what ended if that can be.
pub(super) fn keep_clear(
    facts: &Facts<'_>,
    spots: &[Vec<Spot>],
    signs: &[Point],
    labels: &mut Labels,
) {
    for (route, noted) in spots.iter().zip(&facts.measures.aircraft) {
        keep_off(route, labels);
        if let (Some(last), Fate::Destroyed { .. } | Fate::Leaked { .. }) =
            (route.last(), noted.fate())
        {
            let end = Point { x: last.x, y: last.y };
            labels.avoid_mark(Point { y: end.y + above(end, signs), ..end });
        }
    }
}

/// How far a mark is moved so that it covers no sign; upwards is negative.
fn above(end: Point, signs: &[Point]) -> f64 {
    if signs.iter().any(|sign| sites::near(*sign, end)) { -ABOVE } else { 0.0 }
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
    format!(
        "<g class=\"mark {class}\" data-a=\"{index}\" data-t=\"{:.1}\" \
         transform=\"translate({:.1} {:.1})\"><title>{}</title>\
         <g class=\"k\"><use href=\"#{sign}\" y=\"{above}\"/></g></g>\n",
        when.as_secs(),
        at.x,
        at.y,
        esc(title)
    )
}

fn drawn(path: &[Fix], frame: &Frame) -> Vec<Spot> {
    path.iter()
        .map(|fix| {
            let point = frame.point(&fix.place);
            Spot { t: fix.at.as_secs(), x: point.x, y: point.y }
        })
        .collect()
}

fn polyline(spots: &[Spot]) -> String {
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
