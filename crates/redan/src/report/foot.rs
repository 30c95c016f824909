//! How the page is to be read, where its figures come from, and how to get them again.

use std::collections::BTreeSet;

use super::escape::esc;
use super::facts::Facts;
use super::tables;

/// The last section.
pub(super) fn section(facts: &Facts<'_>) -> String {
    let Facts { recording, summary, notes, .. } = facts;
    let digest = summary.digest.map(|digest| digest.to_string()).unwrap_or_default();
    format!(
        "<section class=\"reading\" aria-labelledby=\"reading\">\n<h2 id=\"reading\">How to read this</h2>\n\
         <p>This is one battle of a simulation, with one course of luck (seed {}). Another seed gives \
         another battle: one run shows how things hang together, and only many runs show how likely they \
         are. Routes are what was truly flown; what the defence believed is a layer of the map of its own. \
         A mark says what happened to an aircraft, not what the defence thought had happened.</p>\n\
         {}<h3>What the model leaves out</h3>\n\
         <p>Aircraft are paths with a cross-section that neither evade nor jam nor shoot back, missiles are \
         tables of time and reach, and a kill is a draw with a published or assumed probability. All figures \
         of real systems are claims from open literature, disputed in part, so results are to be compared \
         with each other and are no forecast.</p>\n\
         <h3>Sources</h3>\n<dl class=\"sources\">\n\
         <div><dt>Cards</dt><dd>{}; each with its claims and sources in <code>redan ledger</code></dd></div>\n\
         <div><dt>Terrain</dt><dd>{}</dd></div>\n\
         <div><dt>Map</dt><dd>Natural Earth, public domain; borders as drawn there, without a position on \
         any of them</dd></div>\n\
         <div><dt>Recording</dt><dd>{}, schema {}, digest <code class=\"digest\">{}</code></dd></div>\n\
         <div><dt>Again</dt><dd><code>{}</code></dd></div>\n</dl>\n</section>\n",
        recording.seed,
        circle(facts),
        cards(facts),
        esc(&notes.terrain),
        tables::size(facts),
        summary.schema_version,
        esc(&digest),
        esc(&notes.command),
    )
}

fn circle(facts: &Facts<'_>) -> &'static str {
    let mut units = 0..facts.recording.roster.units.len();
    if units.any(|unit| facts.claimed_reach(unit).is_some()) {
        "<p>The dashed circle is the reach that is published for the missile. It is a circle for a high \
         and willing target; what was seen and hit inside it in this run is what the lanes explain.</p>\n"
    } else {
        ""
    }
}

fn cards(facts: &Facts<'_>) -> String {
    let roster = &facts.recording.roster;
    let aircraft = roster.aircraft.iter().map(|entry| &entry.card);
    let radars = roster.radars.iter().map(|entry| &entry.card);
    let missiles = roster.interceptors.iter().map(|entry| &entry.card);
    let cards: BTreeSet<&String> = aircraft.chain(radars).chain(missiles).collect();
    let cards: Vec<String> = cards.iter().map(|card| esc(card)).collect();
    cards.join(", ")
}
