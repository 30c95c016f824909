//! The rule of thumb: identification by cooperative means and time alone.
//!
//! One valid secure reply makes a friend, one civil reply a neutral; silence to several interrogations
//! over the identification time makes whatever the rules of engagement say that silence means.
//! Left out: everything that [`super::Dossier`] weighs.

use redan_geo::{Span, Time};
use serde::{Deserialize, Serialize};

use super::{Basis, Identity};
use crate::Track;

/// Thresholds of identification, from the rules of engagement of a network.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct IdentityRules {
    /// Time that an identification takes after a track is confirmed.
    pub takes: Span,
    /// Interrogations that must stay unanswered before silence means anything.
    pub silent_interrogations: u32,
    /// What silence means.
    pub silence_means: Identity,
}

/// Judges a track at `now`. Only confirmed tracks are judged; a secure reply outweighs a civil one,
/// and both outweigh silence.
pub fn identify(track: &Track, now: Time, rules: &IdentityRules) -> (Identity, Basis) {
    let Some(confirmed) = track.confirmed else {
        return (Identity::Pending, Basis::None);
    };
    if track.replies.friend > 0 {
        return (Identity::Friend, Basis::SecureReply);
    }
    if track.replies.civil > 0 {
        return (Identity::Neutral, Basis::CivilReply);
    }
    if now - confirmed < rules.takes {
        return (Identity::Pending, Basis::None);
    }
    match track.replies.asked {
        0 => (Identity::Unknown, Basis::NotAsked),
        asked if asked >= rules.silent_interrogations => (rules.silence_means, Basis::Silence),
        _ => (Identity::Pending, Basis::None),
    }
}

#[cfg(test)]
mod tests {
    use nalgebra::{Matrix6, Vector6};

    use super::*;
    use crate::{Kinematics, PlotId, Replies, Reply, SensorId, Status, TrackId};

    const RULES: IdentityRules = IdentityRules {
        takes: Span(10_000_000_000),
        silent_interrogations: 2,
        silence_means: Identity::Suspect,
    };

    /// A track that was confirmed at the start and got these answers.
    fn track(answers: &[Reply]) -> Track {
        let mut replies = Replies::default();
        answers.iter().for_each(|reply| replies.add(*reply));
        Track {
            id: TrackId(1),
            status: Status::Confirmed,
            kinematics: Kinematics {
                time: Time::ZERO,
                mean: Vector6::zeros(),
                covariance: Matrix6::identity(),
            },
            hits: 3,
            started: Time::ZERO,
            confirmed: Some(Time::ZERO),
            last_plot: PlotId(1),
            last_sensor: SensorId(0),
            replies,
            identity: Identity::Pending,
            basis: Basis::None,
        }
    }

    fn judged(answers: &[Reply], after_s: f64) -> (Identity, Basis) {
        identify(&track(answers), Time::from_secs(after_s), &RULES)
    }

    #[test]
    fn a_secure_reply_outweighs_a_civil_one_and_both_outweigh_silence() {
        let all = [Reply::Silent, Reply::Silent, Reply::Civil, Reply::Mode5];
        assert_eq!(judged(&all, 0.0), (Identity::Friend, Basis::SecureReply));
        assert_eq!(judged(&all[..3], 99.0), (Identity::Neutral, Basis::CivilReply));
        assert_eq!(judged(&all[..2], 99.0), (Identity::Suspect, Basis::Silence));
        assert_eq!(judged(&[Reply::National], 0.0).0, Identity::Friend);
    }

    #[test]
    fn silence_means_nothing_before_its_time_and_number() {
        assert_eq!(judged(&[Reply::Silent; 5], 9.9).0, Identity::Pending);
        assert_eq!(judged(&[Reply::Silent; 5], 10.0).0, Identity::Suspect);
        assert_eq!(judged(&[Reply::Silent], 99.0), (Identity::Pending, Basis::None));
        assert_eq!(judged(&[Reply::NotAsked; 5], 99.0), (Identity::Unknown, Basis::NotAsked));
    }

    #[test]
    fn a_tentative_track_is_not_judged() {
        let tentative = Track { confirmed: None, ..track(&[Reply::Mode5]) };
        assert_eq!(identify(&tentative, Time::MAX, &RULES), (Identity::Pending, Basis::None));
    }
}
