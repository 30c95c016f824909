//! What interrogators heard.

use redan_track::{Answer, Reply};

use super::Heard;

/// Whether a reply says anything.
pub(super) fn says(reply: Reply) -> bool {
    !matches!(reply, Reply::NotAsked | Reply::Silent | Reply::Asked { answer: Answer::Nothing, .. })
}

/// The replies that say something, in order of time.
pub(super) fn answered(heard: impl Iterator<Item = Heard>) -> Vec<Heard> {
    let mut heard: Vec<Heard> = heard.filter(|heard| says(heard.reply)).collect();
    heard.sort_by_key(|heard| heard.at);
    heard
}
