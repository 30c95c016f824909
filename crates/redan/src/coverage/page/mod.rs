//! The page: `coverage.html`, one file to be opened in a browser and asked about any place.
//!
//! It needs no network. Without a script it still tells the figures; with one, the map is drawn, and each
//! place says how far it is, what is seen there and what limits it. Every text from a user's file is
//! escaped.

mod tables;

mod data;
mod drawing;

use redan_record::coverage::{Coverage, Stage};

use super::headline::sentence;
use super::summary::Summary;
use super::words::{height, percent, thousands};
use super::{filled_stage, layers_of, lined_by};
use crate::report::escape::esc;

const HOUSE: &str = include_str!("../../report/style.css");
const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// The file.
pub(super) fn html(
    coverage: &Coverage,
    summary: &Summary,
    version: &str,
) -> anyhow::Result<String> {
    let stage = filled_stage(coverage);
    let parts = [
        head(coverage, version),
        "<main>\n".to_owned(),
        opening(coverage, summary, stage),
        map(coverage, stage),
        tables::sections(coverage, summary, stage),
        foot(coverage, version),
        "</main>\n".to_owned(),
        data::scripts(coverage)?,
        format!("<script>\n{SCRIPT}</script>\n</body>\n</html>\n"),
    ];
    Ok(parts.concat())
}

fn head(coverage: &Coverage, version: &str) -> String {
    let title = esc(&coverage.title);
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
         style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"generator\" content=\"redan {}\">\n\
         <title>{title} – coverage</title>\n<style>\n{HOUSE}{STYLE}</style>\n</head>\n<body>\n\
         <header class=\"banner\"><strong>Simulation</strong><span>{title}</span>\
         <a href=\"#map-title\">Map</a><a href=\"#heights\">Tables</a>\
         <a href=\"#reading\">How to read</a></header>\n",
        esc(version),
    )
}

fn opening(coverage: &Coverage, summary: &Summary, stage: Stage) -> String {
    let target = &coverage.target;
    let about = [
        ("Target", target.name.clone()),
        ("Cross-section", format!("{} m² from ahead", target.rcs_m2)),
        ("Speed", format!("{} m/s", thousands(target.speed_m_s))),
        ("Probability", format!("at least {}", percent(coverage.probability_wanted_prob * 100.0))),
        ("Terrain", coverage.terrain.clone()),
    ];
    let about: String = about
        .iter()
        .map(|(term, value)| format!("<div><dt>{term}</dt><dd>{}</dd></div>", esc(value)))
        .collect();
    let filled = layers_of(coverage, stage);
    let sentence = sentence(coverage, summary, &filled, &lined_by(coverage, stage));
    format!(
        "<h1>{}</h1>\n<p class=\"verdict\">{}</p>\n<dl class=\"about\">{about}</dl>\n{}",
        esc(&coverage.title),
        esc(&sentence),
        caveats(&coverage.caveats)
    )
}

fn caveats(caveats: &[String]) -> String {
    if caveats.is_empty() {
        return String::new();
    }
    let items: String = caveats.iter().map(|line| format!("<li>{}</li>\n", esc(line))).collect();
    format!(
        "<aside class=\"warnings\" aria-labelledby=\"warnings\"><h2 id=\"warnings\">Read with care</h2>\
         <ul>\n{items}</ul></aside>\n"
    )
}

fn map(coverage: &Coverage, stage: Stage) -> String {
    let radio = |group: &str, value: &str, name: &str, checked: bool| {
        let checked = if checked { " checked" } else { "" };
        format!(
            "<label><input type=\"radio\" name=\"{group}\" value=\"{value}\"{checked}> {name}</label>\n"
        )
    };
    let mut views = radio("view", "all", "all heights", true);
    for (index, layer) in layers_of(coverage, stage).iter().enumerate() {
        views += &radio("view", &index.to_string(), &height(layer.flight), false);
    }
    let stages: String = Stage::ALL
        .into_iter()
        .filter(|other| coverage.layers.iter().any(|layer| layer.stage == *other))
        .map(|other| radio("stage", other.label(), other.label(), other == stage))
        .collect();
    format!(
        "<section aria-labelledby=\"map-title\"><h2 id=\"map-title\">Where, and why not elsewhere</h2>\n\
         <noscript><p>The map needs a script; the tables below do not.</p></noscript>\n\
         <div class=\"choices\"><fieldset><legend>Height</legend>{views}</fieldset>\
         <fieldset><legend>Stage</legend>{stages}</fieldset>\
         <fieldset><legend>Show</legend><label><input type=\"checkbox\" id=\"circles\" checked> \
         claimed circles</label>\n<label><input type=\"checkbox\" id=\"relief\" checked> relief</label>\
         </fieldset></div>\n<div class=\"desk\"><div>{}<ul class=\"legend\" id=\"legend\"></ul></div>\n\
         <div class=\"place\"><h3>This place</h3><p id=\"where\">Point at the map, or choose it and use the \
         arrow keys: with Shift ten cells at a time.</p><div id=\"what\"></div>\
         <p class=\"sr\" id=\"said\" aria-live=\"polite\"></p></div></div></section>\n",
        drawing::map(coverage)
    )
}

fn foot(coverage: &Coverage, version: &str) -> String {
    let sources: String =
        coverage.sources.iter().map(|line| format!("<li>{}</li>\n", esc(line))).collect();
    format!(
        "<section aria-labelledby=\"reading\"><h2 id=\"reading\">How to read</h2>\n\
         <p>A place is covered at a height if a target that flies straight at the site at that height has, \
         by the time it is over the place, been plotted (detection), been given a confirmed track \
         (tracking) or been met by a missile there (engagement), with at least the probability above. Where \
         it is not covered, the map of a height tells what stands in the way. The dashed circle is a claim \
         that is often drawn on maps; it knows neither relief nor the curve of the Earth.</p>\n\
         <dl class=\"sources\"><div><dt>Command</dt><dd><code>{}</code></dd></div>\
         <div><dt>Relief</dt><dd>{}, hash <code>{}</code>, error {} m</dd></div>\
         <div><dt>Sources</dt><dd><ul>{sources}</ul></dd></div>\
         <div><dt>Coasts</dt><dd>Natural Earth, public domain</dd></div>\
         <div><dt>redan</dt><dd>{}</dd></div></dl></section>\n",
        esc(&coverage.command),
        esc(&coverage.terrain),
        esc(&coverage.terrain_hash),
        coverage.relief_error_m,
        esc(version)
    )
}
