//! Identification: who is a friend is a judgement, made from replies and time alone.
//!
//! Models the rule-of-thumb part of identification by cooperative means: one valid secure reply
//! makes a friend, one civil reply makes a neutral, and silence to several interrogations over the
//! identification time makes whatever the rules of engagement say that silence means.
//! Names of the categories follow STANAG 1241 (APP-6 standard identities).
//! Left out: wrong codes, profiles, corridors, flight plans, emitters, an operator's prior.

use redan_geo::{Span, Time};
use serde::{Deserialize, Serialize};

use crate::Track;

/// Standard identity of a track (STANAG 1241).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Identity {
    /// Not yet judged.
    Pending,
    /// Judged, nothing found.
    Unknown,
    /// Probably a friend.
    AssumedFriend,
    /// A friend.
    Friend,
    /// Neither friend nor foe, such as an airliner.
    Neutral,
    /// Probably an enemy.
    Suspect,
    /// An enemy.
    Hostile,
}

impl Identity {
    /// The word printed for it.
    pub fn word(self) -> &'static str {
        match self {
            Identity::Pending => "pending",
            Identity::Unknown => "unknown",
            Identity::AssumedFriend => "assumed friend",
            Identity::Friend => "friend",
            Identity::Neutral => "neutral",
            Identity::Suspect => "suspect",
            Identity::Hostile => "hostile",
        }
    }
}

/// What an identity rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// Nothing yet.
    None,
    /// A valid reply in a secure mode.
    SecureReply,
    /// A civil transponder reply.
    CivilReply,
    /// Silence to every interrogation during the identification time.
    Silence,
    /// The time ran out without any interrogation.
    NotAsked,
}

impl Basis {
    /// The words printed for it.
    pub fn words(self) -> &'static str {
        match self {
            Basis::None => "no evidence yet",
            Basis::SecureReply => "secure reply",
            Basis::CivilReply => "civil reply",
            Basis::Silence => "no reply to interrogation",
            Basis::NotAsked => "never interrogated",
        }
    }
}

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
