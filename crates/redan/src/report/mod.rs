//! The report: one HTML file that tells what happened in a run, for people who were not there.
//!
//! Everything on the page comes from the recording and its summary. The file needs no network, no font
//! and no script to be read: map, lanes and tables are written here; the script only adds a clock, a
//! zoom and the highlighting of one flight. Every text that comes from a user's file is escaped. Equal
//! recordings give equal bytes.
//!
//! Order of reading: [`html`] puts the page together from `verdict`, `map`, `lanes`, `tables` and `foot`;
//! `facts` is what they share. Under the map lie `frame` (projection), `ground`, `coast`, `sites`,
//! `traffic`, `picture` and `labels`.

mod verdict;

pub(crate) mod coast;
mod frame;
mod ground;
mod labels;
mod map;
mod picture;
mod sites;
mod thin;
mod traffic;

mod foot;
mod lanes;
mod pictures;
mod tables;

pub(crate) mod escape;
mod facts;
mod symbols;

#[cfg(test)]
mod tests;

use redan_record::{Recording, Summary};

use self::escape::esc;
use self::facts::Facts;

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// Letters of the digest that are shown: enough to tell two runs apart at a glance.
const DIGEST_LETTERS: usize = 12;

/// What the page says besides the recording.
pub(crate) struct Notes {
    /// The terrain that was used, in words.
    pub(crate) terrain: String,
    /// Version of redan.
    pub(crate) version: String,
    /// Warnings of the scenario.
    pub(crate) warnings: Vec<String>,
    /// The command that gives the same recording again.
    pub(crate) command: String,
}

/// The whole page. `summary` must be that of the recording.
pub(crate) fn html(recording: &Recording, summary: &Summary, notes: &Notes) -> String {
    let facts = Facts::new(recording, summary, notes);
    [
        head(&facts),
        symbols::DEFINITIONS.to_owned(),
        banner(&facts),
        "<main>\n".to_owned(),
        opening(&facts),
        map::section(&facts),
        lanes::section(&facts),
        tables::sections(&facts),
        foot::section(&facts),
        "</main>\n".to_owned(),
        format!("<script>\n{SCRIPT}</script>\n</body>\n</html>\n"),
    ]
    .concat()
}

/// The policy forbids the page every address but itself, so that nothing can be loaded or sent.
fn head(facts: &Facts<'_>) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
         style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"generator\" content=\"redan {}\">\n\
         <title>{} – simulation</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n",
        esc(&facts.notes.version),
        esc(&facts.recording.roster.title),
    )
}

/// The line that stays in view and stands on every printed page.
fn banner(facts: &Facts<'_>) -> String {
    // Without aircraft there is no table of flights to go to.
    let tables = match facts.flights.as_slice() {
        [] => "",
        _ => "<a href=\"#flights\">Tables</a>",
    };
    format!(
        "<header class=\"banner\"><strong>Simulation</strong><span>{}</span>\
         <a href=\"#map-title\">Map</a><a href=\"#lanes-title\">Attackers</a>{tables}\
         <a href=\"#reading\">How to read</a></header>\n",
        esc(&facts.recording.roster.title)
    )
}

fn opening(facts: &Facts<'_>) -> String {
    let Facts { recording, summary, notes, .. } = facts;
    let roster = &recording.roster;
    let mut about = vec![("Seed", recording.seed.to_string())];
    if recording.replication > 0 {
        about.push(("Replication", recording.replication.to_string()));
    }
    let variant = if roster.variant.is_empty() { "none" } else { &roster.variant };
    about.push(("Variant", variant.to_owned()));
    about.push(("Start", roster.start_utc.clone()));
    let until = redan_record::explain::words::time(facts.until());
    about.push(("Length", format!("{until} min")));
    if let Some(digest) = &summary.digest {
        about.push(("Digest", digest.to_string().chars().take(DIGEST_LETTERS).collect()));
    }
    about.push(("redan", notes.version.clone()));
    let about: String = about
        .iter()
        .map(|(term, value)| format!("<div><dt>{term}</dt><dd>{}</dd></div>", esc(value)))
        .collect();
    let question = match roster.question.as_str() {
        "" => String::new(),
        question => format!("<p class=\"question\">{}</p>\n", esc(question)),
    };
    format!(
        "<h1>{}</h1>\n{question}<p class=\"verdict\">{}</p>\n{}<dl class=\"about\">{about}</dl>\n{}",
        esc(&roster.title),
        esc(&verdict::sentence(facts)),
        verdict::figures(facts),
        warnings(&notes.warnings),
    )
}

fn warnings(warnings: &[String]) -> String {
    if warnings.is_empty() {
        return String::new();
    }
    let items: String =
        warnings.iter().map(|warning| format!("<li>{}</li>\n", esc(warning))).collect();
    format!(
        "<aside class=\"warnings\" aria-labelledby=\"warnings\"><h2 id=\"warnings\">Warnings</h2>\
         <ul>\n{items}</ul></aside>\n"
    )
}
