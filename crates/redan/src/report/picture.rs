//! What the networks believed: their confirmed tracks, in the colour of what each was judged to be.
//!
//! A track is drawn in stretches of one judgement, since a picture that takes an attacker for an airliner
//! for ten minutes must be seen to do so. Every stretch carries the times of its points, so that the
//! script shows of it only what is older than its clock.

use std::fmt::Write;

use redan_geo::Time;
use redan_record::explain::words;
use redan_track::Identity;

use super::escape::esc;
use super::facts::{Facts, Fix, TrackPath};
use super::frame::Frame;
use super::thin::thin;
use super::traffic::{drawn, polyline};

/// Greatest distance between a drawn track and the recorded one, units of the drawing; more than for
/// routes, because tracks are noisy and many.
const TOLERANCE: f64 = 1.0;

/// Colours of tracks with their words: class, what stands in the legend.
pub(super) const COLOURS: [(&str, &str); 4] = [
    ("hostile", "track, judged suspect or hostile"),
    ("friendly", "track, judged friend"),
    ("neutral", "track, judged neutral"),
    ("unknown", "track, not judged"),
];

/// The confirmed tracks of all networks.
pub(super) fn tracks(facts: &Facts<'_>, frame: &Frame) -> String {
    let mut text = String::new();
    for track in &facts.tracks {
        let (Some(first), Some(last)) = (track.fixes.first(), track.fixes.last()) else { continue };
        let network = facts.recording.roster.network_name(track.network);
        let ended = track.dropped.unwrap_or_else(|| facts.until()).max(last.at);
        for (identity, fixes) in stretches(track) {
            let spots = thin(&drawn(fixes, frame), TOLERANCE);
            let times: Vec<String> = spots.iter().map(|spot| format!("{:.0}", spot.t)).collect();
            let title = format!(
                "{network}, track {}, from {} to {}: {}",
                track.track.0,
                words::time(first.at),
                words::time(last.at),
                identity.word()
            );
            let _ = writeln!(
                text,
                "<path class=\"track {}\" data-s=\"{}\" data-u=\"{:.0}\" d=\"{}\"><title>{}</title></path>",
                colour(identity),
                times.join(" "),
                ended.as_secs(),
                polyline(&spots),
                esc(&title)
            );
        }
    }
    format!("<g class=\"l-tracks\">\n{text}</g>\n")
}

/// Colours that the tracks of this run have.
pub(super) fn colours(facts: &Facts<'_>) -> Vec<(&'static str, &'static str)> {
    let shown = |class: &str| {
        facts.tracks.iter().flat_map(stretches).any(|(identity, _)| colour(identity) == class)
    };
    COLOURS.into_iter().filter(|(class, _)| shown(class)).collect()
}

/// Stretches of one judgement each; every one but the first begins where the one before ended.
fn stretches(track: &TrackPath) -> Vec<(Identity, &[Fix])> {
    let mut changes: Vec<(Time, Identity)> = vec![(Time::ZERO, Identity::Pending)];
    changes.extend(&track.judged);
    changes.dedup_by(|next, last| colour(next.1) == colour(last.1));
    let mut found = Vec::new();
    for (number, (from, identity)) in changes.iter().enumerate() {
        let first = track.fixes.partition_point(|fix| fix.at < *from).saturating_sub(1);
        let end = match changes.get(number + 1) {
            Some((until, _)) => track.fixes.partition_point(|fix| fix.at < *until),
            None => track.fixes.len(),
        };
        // A track of a single plot is no line yet.
        if let Some(fixes) = track.fixes.get(first..end)
            && fixes.len() > 1
        {
            found.push((*identity, fixes));
        }
    }
    found
}

fn colour(identity: Identity) -> &'static str {
    match identity {
        Identity::Suspect | Identity::Hostile => "hostile",
        Identity::AssumedFriend | Identity::Friend => "friendly",
        Identity::Neutral => "neutral",
        Identity::Pending | Identity::Unknown => "unknown",
    }
}
