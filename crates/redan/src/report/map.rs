//! The map: one drawing with its legend and the switches of its layers.

use std::fmt::Write;

use redan_record::{Fate, Side};

use super::facts::{Facts, ShotEnd};
use super::frame::{Frame, WIDTH};
use super::labels::Labels;
use super::symbols::inline;
use super::thin::Spot;
use super::{ground, sites, traffic};

/// Switches of layers: identifier, words, whether it is on at first.
const LAYERS: [(&str, &str, bool); 5] = [
    ("truth", "true routes", true),
    ("tracks", "picture of the network", false),
    ("shots", "missiles", true),
    ("marks", "marks", true),
    ("reach", "claimed reach", true),
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
        switches(),
        drawing(facts, &frame, &spots),
        CONTROLS,
        legend(facts),
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
fn switches() -> String {
    let mut text = String::new();
    for (id, words, on) in LAYERS {
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
    traffic::keep_clear(facts, spots, &signs, &mut labels);
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
        traffic::tracks(facts, frame),
        traffic::routes(facts, spots),
        traffic::marks(facts, frame, spots, &signs),
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
fn legend(facts: &Facts<'_>) -> String {
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
    let hostile = |holds: fn(&Fate) -> bool| {
        facts.of_side(Side::Hostile).iter().any(|i| holds(&facts.measures.aircraft[*i].fate()))
    };
    if facts.measures.aircraft.iter().any(|noted| noted.first_detection.is_some()) {
        add(&inline("m-seen", "hostile"), "first detected");
    }
    if facts.measures.aircraft.iter().any(|noted| noted.destroyed.is_some()) {
        add(&inline("m-kill", "kill"), "destroyed");
    }
    if hostile(|fate| matches!(fate, Fate::Leaked { .. })) {
        add(&inline("m-leak", "hostile"), "got through");
    }
    let left =
        facts.measures.aircraft.iter().any(|noted| matches!(noted.fate(), Fate::Left { .. }));
    if left {
        add(&inline("m-left", "ink"), "left");
    }
    if facts.measures.aircraft.iter().any(|noted| noted.fate() == Fate::Flying) {
        add(&inline("m-flying", "ink"), "still flying");
    }
    if facts.shots.iter().any(|shot| shot.end == ShotEnd::Kill) {
        add(&line_sign("shot kill", None), "missile that hit");
    }
    if facts.shots.iter().any(|shot| shot.end != ShotEnd::Kill) {
        add(&line_sign("shot miss", None), "missile that did not");
    }
    add(&line_sign("track", None), "track of the network");
    add(&line_sign("ring", None), "claimed reach, as published");
    add(&inline("s-battery", "own"), "battery");
    add(&inline("s-asset", "asset"), "asset");
    format!(
        "<figcaption><ul class=\"legend\">\n{items}</ul>\
         <p class=\"map-note\">Equirectangular, true to scale in the middle. {}</p></figcaption>\n",
        circle_words(facts)
    )
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
