//! From a posterior to a standard identity: the thresholds are rules of engagement.

use serde::{Deserialize, Serialize};

use super::{Identity, Posterior};

/// From which probability on a track gets which identity (STANAG 1241 names). Where several hold, the
/// surer one wins; where none does, the track is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Thresholds {
    /// Probability of an enemy from which on it is hostile.
    pub hostile_prob: f64,
    /// Probability of an enemy from which on it is suspect.
    pub suspect_prob: f64,
    /// Probability of a friend from which on it is a friend.
    pub friend_prob: f64,
    /// Probability of a friend from which on it is assumed to be one.
    pub assumed_friend_prob: f64,
    /// Probability of a neutral from which on it is neutral.
    pub neutral_prob: f64,
}

impl Thresholds {
    /// The identity of a posterior.
    pub fn identity(&self, posterior: &Posterior) -> Identity {
        if posterior.hostile_prob >= self.hostile_prob {
            Identity::Hostile
        } else if posterior.friend_prob >= self.friend_prob {
            Identity::Friend
        } else if posterior.neutral_prob >= self.neutral_prob {
            Identity::Neutral
        } else if posterior.friend_prob >= self.assumed_friend_prob {
            Identity::AssumedFriend
        } else if posterior.hostile_prob >= self.suspect_prob {
            Identity::Suspect
        } else {
            Identity::Unknown
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: Thresholds = Thresholds {
        hostile_prob: 0.95,
        suspect_prob: 0.6,
        friend_prob: 0.99,
        assumed_friend_prob: 0.7,
        neutral_prob: 0.8,
    };

    fn identity(friend_prob: f64, neutral_prob: f64) -> Identity {
        let hostile_prob = 1.0 - friend_prob - neutral_prob;
        RULES.identity(&Posterior { friend_prob, neutral_prob, hostile_prob })
    }

    #[test]
    fn each_category_has_its_share_of_the_posterior() {
        assert_eq!(identity(0.01, 0.03), Identity::Hostile);
        assert_eq!(identity(0.10, 0.20), Identity::Suspect);
        assert_eq!(identity(0.30, 0.30), Identity::Unknown);
        assert_eq!(identity(0.10, 0.85), Identity::Neutral);
        assert_eq!(identity(0.80, 0.10), Identity::AssumedFriend);
        assert_eq!(identity(0.995, 0.001), Identity::Friend);
    }
}
