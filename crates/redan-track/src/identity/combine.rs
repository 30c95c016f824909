//! The one place where evidence is put together.
//!
//! **What it models.** The theorem of Bayes over three classes: the posterior of a class is its prior
//! times the product of the likelihoods of all items, in logarithms. **Equation.** log p(c | e₁…eₙ) =
//! log p(c) + Σ wᵢ log p(eᵢ | c) − log Z; I. J. Good, *Probability and the Weighing of Evidence* (1950),
//! chapter 6. **The weight** w is 1 for a crew that weighs as it should. A crew under stress that expects
//! an attack gives less weight to what speaks against it ([`super::Crew::discount_ratio`]): the
//! confirmation bias that the investigation of the *Vincennes* calls scenario fulfilment (Fogarty 1988,
//! section on human factors). **Left out.** Sources are not independent in truth: an airliner that is in an airway is
//! also at the height and speed of one. Added weights of such sources are too sure of themselves, which is why their
//! likelihoods are chosen flat.

use serde::{Deserialize, Serialize};

use super::evidence::FLOOR_PROB;
use super::{Evidence, Likelihood};

/// Who it probably is; the three add up to one.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Posterior {
    /// A friend.
    pub friend_prob: f64,
    /// A neutral.
    pub neutral_prob: f64,
    /// An enemy.
    pub hostile_prob: f64,
}

/// Puts items together. `discount_ratio` is the share of weight that is taken from items that speak
/// against an enemy: 0 for a crew that weighs as it should, 1 for one that ignores them. Order does not
/// matter but for the last bits.
pub fn combine(
    prior: Likelihood,
    items: impl Iterator<Item = Likelihood>,
    discount_ratio: f64,
) -> Posterior {
    let mut sums = logarithms(prior);
    for item in items {
        let weight = if item.hostile_db() < 0.0 { 1.0 - discount_ratio } else { 1.0 };
        for (sum, log) in sums.iter_mut().zip(logarithms(item)) {
            *sum += weight * log;
        }
    }
    let most = sums.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let shares = sums.map(|sum| libm::exp(sum - most));
    let whole: f64 = shares.iter().sum();
    let [friend_prob, neutral_prob, hostile_prob] = shares.map(|share| share / whole);
    Posterior { friend_prob, neutral_prob, hostile_prob }
}

/// The same for items that are kept as evidence.
pub fn combine_items(prior: Likelihood, items: &[Evidence], discount_ratio: f64) -> Posterior {
    combine(prior, items.iter().map(|item| item.likelihood), discount_ratio)
}

fn logarithms(likelihood: Likelihood) -> [f64; 3] {
    likelihood.as_array().map(|prob| libm::log(prob.max(FLOOR_PROB)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRIOR: Likelihood = Likelihood::new(0.2, 0.3, 0.5);

    #[test]
    fn one_item_is_the_theorem_of_bayes_by_hand() {
        let item = Likelihood::new(0.1, 0.8, 0.4);
        let found = combine(PRIOR, [item].into_iter(), 0.0);
        // 0.02, 0.24 and 0.20, over their sum of 0.46.
        assert!((found.friend_prob - 0.02 / 0.46).abs() < 1e-12);
        assert!((found.neutral_prob - 0.24 / 0.46).abs() < 1e-12);
        assert!((found.hostile_prob - 0.20 / 0.46).abs() < 1e-12);
    }

    #[test]
    fn order_does_not_matter_and_what_says_nothing_changes_nothing() {
        let items = [Likelihood::new(0.1, 0.8, 0.4), Likelihood::new(0.9, 0.2, 0.3)];
        let there = combine(PRIOR, items.into_iter(), 0.3);
        let back = combine(PRIOR, items.into_iter().rev().chain([Likelihood::NEUTRAL]), 0.3);
        assert!((there.hostile_prob - back.hostile_prob).abs() < 1e-12);
    }

    #[test]
    fn a_discount_takes_from_what_exonerates_and_leaves_what_accuses() {
        let against = Likelihood::new(0.1, 0.9, 0.1);
        let accusing = Likelihood::new(0.1, 0.1, 0.9);
        let fair = combine(PRIOR, [against].into_iter(), 0.0).hostile_prob;
        let biased = combine(PRIOR, [against].into_iter(), 0.5).hostile_prob;
        assert!(fair < biased && biased < PRIOR.hostile_prob);
        let deaf = combine(PRIOR, [against].into_iter(), 1.0).hostile_prob;
        assert!((deaf - PRIOR.hostile_prob).abs() < 1e-12);
        let both = [0.0, 0.9].map(|d| combine(PRIOR, [accusing].into_iter(), d).hostile_prob);
        assert!((both[0] - both[1]).abs() < 1e-12);
    }

    #[test]
    fn the_impossible_is_only_very_improbable() {
        let never = Likelihood::new(1.0, 1.0, 0.0);
        let found = combine(PRIOR, [never].into_iter(), 0.0);
        assert!(found.hostile_prob > 0.0 && found.hostile_prob < 1e-5);
    }
}
