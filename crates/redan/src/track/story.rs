//! What `redan track` tells: in words for a person, in JSON for a program.

use serde_json::{Value, json};

use super::play::Believed;
use super::score::Score;

/// What happened, and how good it was, as lines of text.
pub(crate) fn words(out: &str, plots: usize, scans: &[Believed], score: Option<&Score>) -> String {
    let (mean_ms, longest_ms) = times_ms(scans);
    let rows: usize = scans.iter().map(|scan| scan.tracks.len()).sum();
    let last = scans.last().map_or(0, |scan| scan.tracks.len());
    let mut text = format!(
        "{} scans with {plots} plots: {} tracks confirmed, {last} of them in the last scan\n\n  \
         Time for a scan      {mean_ms:.3} ms on average, {longest_ms:.3} ms at most\n  \
         Written              {rows} rows to {out}\n",
        scans.len(),
        confirmed(scans),
    );
    if let Some(score) = score {
        text.push_str(&score_words(score));
    }
    text
}

fn score_words(score: &Score) -> String {
    let (shares, continuity) = (&score.shares, &score.continuity);
    let percent = |ratio: Option<f64>| {
        ratio.map_or("–".to_owned(), |ratio| format!("{:.1} %", 100.0 * ratio))
    };
    let metres =
        |value: Option<f64>| value.map_or("–".to_owned(), |value| format!("{value:.1} m"));
    format!(
        "\n  Beside the truth, over {} scans\n  \
         OSPA                 {:.1} m\n  \
         GOSPA                {}\n  \
         Completeness         {} of the objects have a track\n  \
         Ambiguity            {} tracks for each of those\n  \
         Spuriousness         {} of the tracks follow nothing\n  \
         Position error       {}\n  \
         Velocity error       {}\n  \
         New numbers          {} for {} objects that were tracked\n  \
         Swaps                {} of a track to another object\n",
        score.scans,
        score.ospa_m,
        metres(shares.gospa_m()),
        percent(shares.completeness_ratio()),
        shares.ambiguity_ratio().map_or("–".to_owned(), |ratio| format!("{ratio:.3}")),
        percent(shares.spuriousness_ratio()),
        metres(shares.position_error_m()),
        shares
            .velocity_error_m_s()
            .map_or("–".to_owned(), |error_m_s| format!("{error_m_s:.1} m/s")),
        continuity.number_changes,
        continuity.tracked_objects,
        continuity.swaps,
    )
}

/// The same as one line of JSON.
pub(crate) fn json(plots: usize, scans: &[Believed], score: Option<&Score>) -> String {
    let (mean_ms, longest_ms) = times_ms(scans);
    let mut value = json!({
        "scans": scans.len(),
        "plots": plots,
        "tracks_confirmed": confirmed(scans),
        "tracks_last": scans.last().map_or(0, |scan| scan.tracks.len()),
        "tracks_held_most": scans.iter().map(|scan| scan.held).max().unwrap_or(0),
        "scan_ms_mean": mean_ms,
        "scan_ms_longest": longest_ms,
    });
    if let Some(score) = score {
        value["score"] = score_json(score);
    }
    value.to_string()
}

fn score_json(score: &Score) -> Value {
    let (shares, continuity) = (&score.shares, &score.continuity);
    json!({
        "scans": score.scans,
        "ospa_m": score.ospa_m,
        "gospa_m": shares.gospa_m(),
        "completeness": shares.completeness_ratio(),
        "ambiguity": shares.ambiguity_ratio(),
        "spuriousness": shares.spuriousness_ratio(),
        "position_error_m": shares.position_error_m(),
        "velocity_error_m_s": shares.velocity_error_m_s(),
        "number_changes": continuity.number_changes,
        "longest_segment": continuity.longest_segment_ratio(),
        "purity": continuity.purity_ratio(),
        "swaps": continuity.swaps,
        "false_tracks": continuity.false_tracks,
    })
}

/// Mean and longest time for a scan, milliseconds.
fn times_ms(scans: &[Believed]) -> (f64, f64) {
    let sum: f64 = scans.iter().map(|scan| scan.took_s).sum();
    let longest = scans.iter().map(|scan| scan.took_s).fold(0.0, f64::max);
    (1e3 * sum / scans.len().max(1) as f64, 1e3 * longest)
}

/// Tracks that were confirmed in some scan.
fn confirmed(scans: &[Believed]) -> usize {
    let numbers = scans.iter().flat_map(|scan| scan.tracks.iter().map(|track| track.track));
    numbers.collect::<std::collections::BTreeSet<_>>().len()
}
