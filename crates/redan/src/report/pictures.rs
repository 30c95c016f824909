//! The table of pictures: how good each network's tracks were beside the truth, as a whole and over time.

use std::fmt::Write;

use redan_geo::Time;
use redan_record::explain::words;
use redan_record::summary::{PictureSummary, Quality};

use super::escape::esc;
use super::facts::Facts;
use super::tables::table;

/// A row for each network, and below it one for each stretch of time.
pub(super) fn section(facts: &Facts<'_>) -> String {
    let mut rows = String::new();
    for picture in &facts.summary.pictures {
        whole(&mut rows, picture);
        for window in picture.over_time.iter().filter(|_| picture.over_time.len() > 1) {
            let from = words::time(Time::from_secs(window.from_s));
            let name = format!("<th scope=\"row\">from {from}</th>");
            row(&mut rows, &name, &window.quality, ["", ""].map(str::to_owned));
        }
    }
    table(
        "pictures",
        "Pictures",
        "Tracks beside the truth, by the attributes of a single integrated air picture (SIAP): the share of \
         what is in the air, and of what is in view of a radar of the network, that has a confirmed track; \
         tracks for each aircraft that has one; tracks that follow nothing; mean errors; how often the \
         number of a track changed; the share of an aircraft\u{2019}s time that its longest track covers; the \
         share of the tracked that are judged, and judged rightly. GOSPA: the distance of tracks and truth, \
         cut off at 5 km.",
        &[
            "Network",
            "#Tracked",
            "#Of those in view",
            "#Tracks each",
            "#Spurious",
            "#Position off",
            "#Speed off",
            "#New numbers",
            "#Longest track",
            "#Judged",
            "#Rightly",
            "#GOSPA",
        ],
        &rows,
    )
}

fn whole(rows: &mut String, picture: &PictureSummary) {
    if picture.quality.completeness_ratio.is_none() {
        return;
    }
    let continuity = [picture.number_changes.to_string(), percent(picture.longest_segment_ratio)];
    let name = format!("<th scope=\"row\">{}</th>", esc(&picture.network));
    row(rows, &name, &picture.quality, continuity);
}

/// One row; `continuity` (new numbers, longest track) is known for the whole run alone.
fn row(rows: &mut String, name: &str, quality: &Quality, continuity: [String; 2]) {
    let [changes, longest] = continuity;
    let distance = |value: Option<f64>| value.map_or_else(dash, words::distance);
    let cells = [
        percent(quality.completeness_ratio),
        percent(quality.in_view_completeness_ratio),
        quality.ambiguity_ratio.map_or_else(dash, |ratio| format!("{ratio:.2}")),
        percent(quality.spuriousness_ratio),
        quality.position_error_m.map_or_else(dash, words::height),
        quality.velocity_error_m_s.map_or_else(dash, |error_m_s| format!("{error_m_s:.0} m/s")),
        changes,
        longest,
        percent(quality.id_completeness_ratio),
        percent(quality.id_correctness_ratio),
        distance(quality.gospa_m),
    ];
    let cells: String = cells.iter().map(|cell| format!("<td class=\"n\">{cell}</td>")).collect();
    let _ = writeln!(rows, "<tr>{name}{cells}</tr>");
}

fn percent(share: Option<f64>) -> String {
    share.map_or_else(dash, |share| format!("{:.0} %", share * 100.0))
}

fn dash() -> String {
    "–".to_owned()
}
