//! Identification: who is a friend is a judgement, made from evidence and never from truth.
//!
//! Two ways of judging stand side by side, and a network follows one of them.
//!
//! * [`identify`] — a rule of thumb: one valid secure reply makes a friend, one civil reply a neutral,
//!   and silence makes whatever the rules of engagement say that silence means.
//! * [`Dossier`] — evidence weighed by the theorem of Bayes. Each source of evidence gives one
//!   [`Finding`]; a [`Model`] says how probable that finding is for a friend, a neutral and an enemy; the
//!   log-likelihoods are added in one place ([`combine`]), and [`Thresholds`] on the posterior, which are
//!   part of the rules of engagement, make it a standard identity. Every item is kept, so that a
//!   recording can say why a track was called hostile.
//!
//! Names of the categories follow STANAG 1241 (APP-6 standard identities). What an aircraft answers in
//! truth, and to which track an answer is credited wrongly, is no business of this crate.

mod airspace;
mod categories;
mod combine;
mod dossier;
mod evidence;
mod model;
mod profile;
mod rule;

pub use airspace::{Airspace, AirspaceKind, FlightPlan, Path};
pub use categories::Thresholds;
pub use combine::{Posterior, combine, combine_items};
pub use dossier::{Dossier, Judgement, Setting};
pub use evidence::{Evidence, FINDINGS, Finding, Likelihood, Source};
pub use model::{Crew, Model, Pattern, ReplyModel};
pub use profile::{Profile, ProfileLimits};
pub use rule::{IdentityRules, identify};

use serde::{Deserialize, Serialize};

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
    /// Evidence was weighed, and the expectation of the crew counted more than any of it.
    Expectation,
    /// Evidence was weighed; of all findings this one counted most for the identity.
    Finding(Finding),
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
            Basis::Expectation => "what the crew expects",
            Basis::Finding(finding) => finding.words(),
        }
    }
}
