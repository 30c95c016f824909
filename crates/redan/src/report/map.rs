//! The map: one drawing with its legend and the switches of its layers.

use std::fmt::Write;

use redan_record::{AircraftMeasures, Fate, Side};

use super::facts::{Facts, ShotEnd, sound};
use super::frame::{Frame, WIDTH};
use super::labels::Labels;
use super::symbols::inline;
use super::thin::Spot;
use super::{ground, picture, sites, traffic};

/// Switches of layers: identifier, words, whether it is on at first, whether there is anything in it.
type Layer = (&'static str, &'static str, bool, fn(&Facts<'_>) -> bool);

const LAYERS: [Layer; 5] = [
    ("truth", "true routes", true, |facts| facts.paths.iter().any(|path| !path.is_empty())),
    ("tracks", "picture of the network", false, |facts| !facts.tracks.is_empty()),
    ("shots", "missiles", true, |facts| !facts.shots.is_empty()),
    ("marks", "marks", true, |facts| facts.paths.iter().any(|path| !path.is_empty())),
    ("reach", "claimed reach", true, claims),
];

/// The section of the map; a sentence where nothing has a place.
pub(super) fn section(facts: &Facts<'_>) -> String {
    let Some(frame) = Frame::around(facts) else {
        return "<section aria-labelledby=\"map-title\"><h2 id=\"map-title\">Map</h2>\
                <p>Nothing in this recording has a place.</p></section>\n"
            .to_owned();
    };
    let spots = traffic::spots(facts, &frame);
    format!(
        "<section aria-labelledby=\"map-title\">\n<h2 id=\"map-title\">Where it happened</h2>\n\
         <figure class=\"map\">\n{}{}{}{}</figure>\n\
         <script type=\"application/json\" id=\"paths\">{}</script>\n</section>\n",
        switches(facts),
        drawing(facts, &frame, &spots),
        CONTROLS,
        legend(facts, &frame),
        paths(facts, &spots)
    )
}

/// Parts that need the script; it makes them appear.
const CONTROLS: &str = "<div class=\"controls\" id=\"controls\" hidden>\
<button type=\"button\" id=\"play\">Play</button>\
<label class=\"clock\" for=\"time\">Time</label>\
<input type=\"range\" id=\"time\" min=\"0\" step=\"1\"><output id=\"now\" for=\"time\"></output>\
<span class=\"zoom\"><button type=\"button\" id=\"zoom-in\" aria-label=\"Zoom in\">+</button>\
<button type=\"button\" id=\"zoom-out\" aria-label=\"Zoom out\">−</button>\
<button type=\"button\" id=\"zoom-all\">All</button></span></div>\n";

/// Switches of the layers; the style sheet alone obeys them.
fn switches(facts: &Facts<'_>) -> String {
    let mut text = String::new();
    for (id, words, on, _) in LAYERS.into_iter().filter(|(.., holds)| holds(facts)) {
        let checked = if on { " checked" } else { "" };
        let _ = writeln!(
            text,
            "<label class=\"switch\"><input type=\"checkbox\" id=\"layer-{id}\"{checked}>{words}</label>"
        );
    }
    format!("<div class=\"switches\">\n{text}</div>\n")
}

fn drawing(facts: &Facts<'_>, frame: &Frame, spots: &[Vec<Spot>]) -> String {
    let mut labels = Labels::new(frame.height);
    let ground = ground::land(frame);
    let graticule = ground::graticule(frame, &mut labels);
    let furniture = ground::furniture(frame, &mut labels);
    // Words are placed in order of importance and drawn above everything else.
    let signs = sites::signs(facts, frame);
    traffic::keep_clear(facts, frame, spots, &signs, &mut labels);
    let reach = sites::reach(facts, frame, &mut labels);
    let sites = sites::sites(facts, frame, &mut labels);
    let names = traffic::names(facts, frame, spots, &mut labels);
    format!(
        "<div class=\"map-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Map, scrollable\">\n\
         <svg id=\"map\" viewBox=\"0 0 {WIDTH} {}\" role=\"img\" aria-labelledby=\"map-words\">\n\
         <title id=\"map-words\">{}</title>\n\
         {ground}{graticule}{reach}{}{}{}{sites}{}<g class=\"names\">\n{names}</g>\n\
         <g id=\"moving\"></g>\n{furniture}</svg></div>\n",
        frame.height,
        description(facts),
        traffic::shots(facts, frame),
        picture::tracks(facts, frame),
        traffic::routes(facts, spots),
        traffic::marks(facts, frame, &signs),
    )
}

/// What the map shows, for those who cannot see it; the tables below have the figures.
fn description(facts: &Facts<'_>) -> String {
    let number = |side| facts.of_side(side).len();
    format!(
        "Map of the battle: true routes of {} hostile, {} friendly and {} neutral aircraft, the sites \
         of the defence, its missiles, and what became of each aircraft. The tables below hold the \
         same in figures.",
        number(Side::Hostile),
        number(Side::Friendly),
        number(Side::Neutral)
    )
}

/// A legend of what this map shows and of nothing else.
fn legend(facts: &Facts<'_>, frame: &Frame) -> String {
    let mut items = String::new();
    let mut add = |picture: &str, words: &str| {
        let _ = writeln!(items, "<li>{picture} {words}</li>");
    };
    for (side, words) in
        [(Side::Hostile, "hostile"), (Side::Friendly, "friendly"), (Side::Neutral, "neutral")]
    {
        if !facts.of_side(side).is_empty() {
            add(&line_sign(&format!("route {words}"), Some(super::symbols::side(side))), words);
        }
    }
    for (sign, class, words) in marks(facts) {
        add(&inline(sign, class), words);
    }
    if facts.shots.iter().any(|shot| shot.end == ShotEnd::Kill) {
        add(&line_sign("shot kill", None), "missile that hit");
    }
    if facts.shots.iter().any(|shot| shot.end != ShotEnd::Kill) {
        add(&line_sign("shot miss", None), "missile that did not");
    }
    for (class, words) in picture::colours(facts) {
        add(&line_sign(&format!("track {class}"), None), words);
    }
    if claims(facts) {
        add(&line_sign("ring", None), "claimed reach, as published");
    }
    for (sign, words) in sites::kinds(facts, frame) {
        add(&inline(sign, if sign == "s-asset" { "asset" } else { "own" }), words);
    }
    format!(
        "<figcaption><ul class=\"legend\">\n{items}</ul>\
         <p class=\"map-note\">Equirectangular, true to scale in the middle. {}</p></figcaption>\n",
        circle_words(facts)
    )
}

/// Marks on this map: sign, class and words.
fn marks(facts: &Facts<'_>) -> Vec<(&'static str, &'static str, &'static str)> {
    let any = |holds: fn(&AircraftMeasures) -> bool| facts.measures.aircraft.iter().any(holds);
    let seen = facts.of_side(Side::Hostile).into_iter();
    let seen = seen.filter_map(|index| facts.measures.aircraft[index].first_detection).count() > 0;
    let kinds = [
        (seen, ("m-seen", "hostile", "first detected")),
        (any(|noted| noted.destroyed.is_some()), ("m-kill", "kill", "destroyed")),
        (any(|noted| noted.leaked.is_some()), ("m-leak", "hostile", "got through")),
        (any(|noted| matches!(noted.fate(), Fate::Left { .. })), ("m-left", "ink", "left")),
        (any(|noted| noted.fate() == Fate::Flying), ("m-flying", "ink", "still flying")),
    ];
    kinds.into_iter().filter(|(shown, _)| *shown).map(|(_, kind)| kind).collect()
}

/// Whether a circle of claimed reach is drawn.
fn claims(facts: &Facts<'_>) -> bool {
    let units = facts.recording.roster.units.iter().enumerate();
    units.into_iter().any(|(i, unit)| sound(&unit.place) && facts.claimed_reach(i).is_some())
}

/// What the circle of claimed reach says and does not say.
fn circle_words(facts: &Facts<'_>) -> String {
    let units = facts.recording.roster.units.len();
    let reach = (0..units).filter_map(|unit| facts.claimed_reach(unit)).map(|(range_m, _)| range_m);
    match reach.reduce(f64::max) {
        Some(range_m) => format!(
            "The dashed circle is the greatest published reach of the missiles at hand, {:.0} km; it \
             says nothing of what can be seen or hit inside it.",
            range_m / 1e3
        ),
        None => String::new(),
    }
}

fn line_sign(class: &str, sign: Option<&str>) -> String {
    let sign = sign.map(|name| format!("<use href=\"#{name}\" x=\"15\"/>")).unwrap_or_default();
    format!(
        "<svg class=\"sign long {class}\" viewBox=\"-1 -9 32 18\" aria-hidden=\"true\" \
         focusable=\"false\"><path class=\"line\" d=\"M0 0H30\"/>{sign}</svg>"
    )
}

/// Routes for the script, numbers alone: end of the run, and for each aircraft its side and time, right
/// and down of each point.
fn paths(facts: &Facts<'_>, spots: &[Vec<Spot>]) -> String {
    let mut text = format!("{{\"end\":{:.1},\"paths\":[", facts.until().as_secs());
    for (index, route) in spots.iter().enumerate() {
        let side = match facts.recording.roster.aircraft[index].side {
            Side::Hostile => 0,
            Side::Friendly => 1,
            Side::Neutral => 2,
        };
        let comma = if index > 0 { "," } else { "" };
        let _ = write!(text, "{comma}[{side}");
        for spot in route {
            let _ = write!(text, ",{:.1},{:.1},{:.1}", spot.t, spot.x, spot.y);
        }
        text.push(']');
    }
    text + "]}"
}
