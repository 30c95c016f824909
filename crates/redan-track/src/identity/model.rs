//! How probable findings are: the numbers behind a judgement, all of them given from outside.

use std::collections::BTreeMap;

use redan_geo::Span;

use super::{Evidence, Finding, Likelihood, Profile, ProfileLimits, Thresholds};

/// Everything that a network believes of evidence before it sees any.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// Who turns up here, before anything is known of a track.
    pub prior: Likelihood,
    /// How probable each finding is for whom. A finding that is missing says nothing.
    pub table: BTreeMap<Finding, Likelihood>,
    /// How replies come.
    pub replies: ReplyModel,
    /// Bands of speed, height and climb.
    pub limits: ProfileLimits,
    /// Patterns of weapons by which the system classifies.
    pub patterns: Vec<Pattern>,
    /// Rules of engagement: from which probability on a track is what.
    pub thresholds: Thresholds,
    /// State of the crew.
    pub crew: Crew,
    /// Time that an identification takes after a track is confirmed.
    pub takes: Span,
    /// Time for which another finding must show before it takes the place of the one that is held.
    pub settles: Span,
}

impl Model {
    /// The item that a finding makes.
    pub fn item(&self, finding: Finding) -> Option<Evidence> {
        let likelihood = *self.table.get(&finding)?;
        Some(Evidence { finding, likelihood })
    }
}

/// How replies come, as the network believes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReplyModel {
    /// Probability that a working secure transponder is heard once it is asked.
    pub secure_heard_prob: f64,
    /// Probability that a working civil transponder is heard once it is asked.
    pub civil_heard_prob: f64,
    /// Who has a secure transponder that works and that this network reads; for a neutral or an enemy
    /// the probability that valid answers are credited to it nevertheless.
    pub secure_on: Likelihood,
    /// Who flies with a civil transponder on.
    pub civil_on: Likelihood,
}

impl ReplyModel {
    /// Likelihood of `heard` answers in `asked` questions, of those who have a transponder with a
    /// probability of `on`. One that is off is off for the whole flight, so that silence to a second
    /// question says hardly more than silence to the first: p = on · hʳ(1−h)ⁿ⁻ʳ + (1 − on) · [r = 0],
    /// with h the probability that one answer is heard; the binomial coefficient is the same for all.
    pub fn tally(heard_prob: f64, on: Likelihood, asked: u32, heard: u32) -> Likelihood {
        // Beyond this many the answer is settled, and powers would run out of the floating point.
        let scale = f64::from(MOST_COUNTED) / f64::from(asked.max(MOST_COUNTED));
        let (asked, heard) = (f64::from(asked) * scale, f64::from(heard) * scale);
        let miss_prob = (1.0 - heard_prob).max(1e-3);
        let given_on =
            libm::exp(heard * libm::log(heard_prob) + (asked - heard) * libm::log(miss_prob));
        let given_off = if heard == 0.0 { 1.0 } else { 0.0 };
        let [friend, neutral, hostile] =
            on.as_array().map(|on| on * given_on + (1.0 - on) * given_off);
        let most = friend.max(neutral).max(hostile).max(f64::MIN_POSITIVE);
        Likelihood::new(friend / most, neutral / most, hostile / most)
    }
}

/// Questions that count one by one; more than these count as so many in the same proportion.
const MOST_COUNTED: u32 = 20;

/// A kinematic pattern by which a system takes a track for a weapon, and how telling it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    /// Name, as in the scenario.
    pub name: String,
    /// Lowest and highest ground speed, m/s.
    pub speed_m_s: (f64, f64),
    /// Lowest and highest height above sea level, metres.
    pub height_m: (f64, f64),
    /// Lowest and highest climb, m/s; a descent is negative.
    pub climb_m_s: (f64, f64),
    /// Largest angle between its course and the direction to something defended, radians.
    pub towards_rad: f64,
    /// How probable a match is for whom.
    pub likelihood: Likelihood,
}

impl Pattern {
    /// Whether a profile fits.
    pub fn fits(&self, profile: &Profile) -> bool {
        let within = |value: f64, (low, high): (f64, f64)| (low..=high).contains(&value);
        within(profile.speed_m_s, self.speed_m_s)
            && within(profile.height_m, self.height_m)
            && within(profile.climb_m_s, self.climb_m_s)
            && profile.off_rad.is_some_and(|off_rad| off_rad <= self.towards_rad)
    }
}

/// State of the crew that judges.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crew {
    /// Share of weight that is taken from what speaks against an enemy, 0 to 1.
    pub discount_ratio: f64,
    /// Weight that is added to an enemy from the start, decibels: an opinion of the operator.
    pub bias_db: f64,
}

#[cfg(test)]
mod tests {
    use super::*;

    const ON: Likelihood = Likelihood::new(0.98, 0.001, 0.002);

    #[test]
    fn one_valid_reply_makes_a_friend_far_more_probable() {
        let found = ReplyModel::tally(0.98, ON, 1, 1);
        assert!((found.friend_prob - 1.0).abs() < 1e-12);
        assert!((found.hostile_prob - 0.002 / 0.98).abs() < 1e-12);
    }

    #[test]
    fn silence_says_no_more_than_that_the_transponder_is_off() {
        let once = ReplyModel::tally(0.98, ON, 1, 0).friend_prob;
        let often = ReplyModel::tally(0.98, ON, 10, 0).friend_prob;
        // 0.98 · 0.02 + 0.02 against 0.02 of those whose transponder is off, both over nearly one.
        assert!((once - 0.0396 / 0.999).abs() < 1e-3);
        assert!((often - 0.02).abs() < 1e-3);
        let for_hours = ReplyModel::tally(0.98, ON, 100_000, 0).friend_prob;
        assert!((for_hours - often).abs() < 1e-3);
    }

    #[test]
    fn long_tallies_stay_finite() {
        let found = ReplyModel::tally(0.9, ON, u32::MAX, u32::MAX / 2);
        assert!(found.as_array().iter().all(|prob| prob.is_finite()));
        assert!(found.friend_prob > found.hostile_prob);
    }
}
