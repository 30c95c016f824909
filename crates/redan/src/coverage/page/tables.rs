//! Tables of the page: areas by height and stage, ranges by direction.

use redan_record::coverage::{Coverage, Stage};

use crate::coverage::lined_by;
use crate::coverage::ranges::SIXTEEN;
use crate::coverage::summary::{LayerSummary, Summary};
use crate::coverage::words::{done, height, percent, thousands};
use crate::report::escape::esc;

/// Both tables.
pub(super) fn sections(coverage: &Coverage, summary: &Summary, stage: Stage) -> String {
    heights(summary) + &directions(coverage, summary, stage)
}

fn heights(summary: &Summary) -> String {
    let rows: String = summary.layers.iter().map(row).collect();
    format!(
        "<section aria-labelledby=\"heights\"><h2 id=\"heights\">By height and stage</h2>\n\
         <div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Areas by height and stage\"><table>\n\
         <thead><tr><th scope=\"col\">Height</th><th scope=\"col\">Stage</th>\
         <th scope=\"col\" class=\"n\">Mean range</th><th scope=\"col\" class=\"n\">Area</th>\
         <th scope=\"col\" class=\"n\">Of the circles</th><th scope=\"col\" class=\"n\">Least favourable</th>\
         <th scope=\"col\" class=\"n\">Most favourable</th></tr></thead>\n<tbody>{rows}</tbody></table></div>\n\
         <p>Range: end of unbroken coverage around the first site, mean over all directions. Least and most \
         favourable: part of the circles with those claims of each figure.</p></section>\n"
    )
}

fn row(layer: &LayerSummary) -> String {
    let share = |reading: Option<f64>| reading.map_or_else(|| "–".to_owned(), percent);
    format!(
        "<tr><th scope=\"row\">{}</th><td>{}</td><td class=\"n\">{} km</td><td class=\"n\">{} km²</td>\
         <td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td></tr>\n",
        height(layer.flight()),
        layer.stage.label(),
        thousands(layer.nominal.mean_range_km),
        thousands(layer.nominal.area_km2),
        percent(layer.nominal.share_of_naive_pct),
        share(layer.pessimistic.map(|reading| reading.share_of_naive_pct)),
        share(layer.optimistic.map(|reading| reading.share_of_naive_pct)),
    )
}

fn directions(coverage: &Coverage, summary: &Summary, stage: Stage) -> String {
    let stages: Vec<Stage> = lined_by(coverage, stage)
        .first()
        .map(|layer| layer.stage)
        .into_iter()
        .chain([stage])
        .collect();
    let Some(lowest) = summary
        .layers
        .iter()
        .filter(|layer| layer.stage == stage)
        .min_by(|a, b| a.height_m.total_cmp(&b.height_m))
    else {
        return String::new();
    };
    let layers: Vec<&LayerSummary> =
        stages.iter().filter_map(|stage| summary.layer(lowest.flight(), *stage)).collect();
    let heads: String = layers
        .iter()
        .map(|layer| {
            let done = done(layer.stage);
            format!("<th scope=\"col\" class=\"n\">{done} to</th><th scope=\"col\">limited by</th>")
        })
        .collect();
    let row = |(index, name): (usize, &&str)| {
        let cells: String = layers
            .iter()
            .filter_map(|layer| layer.ranges.reach(index))
            .map(|(mean_km, limit)| {
                format!("<td class=\"n\">{} km</td><td>{}</td>", thousands(mean_km), limit.label())
            })
            .collect();
        format!("<tr><th scope=\"row\">{name}</th>{cells}</tr>\n")
    };
    let rows: String = SIXTEEN.iter().enumerate().map(row).collect();
    let first = coverage.sites.first().map_or("", |site| site.name.as_str());
    format!(
        "<section aria-labelledby=\"ways\"><h2 id=\"ways\">From {} at {}, by direction</h2>\n\
         <div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Ranges by direction\"><table>\n\
         <thead><tr><th scope=\"col\">Direction</th>{heads}</tr></thead>\n<tbody>{rows}</tbody></table></div>\
         </section>\n",
        esc(first),
        height(lowest.flight())
    )
}
