//! What a missile does to what it meets.
//!
//! **Models** a kill as a probability with its published spread: the probability itself is drawn once
//! for each pair of fire unit and target from a triangular distribution over the claim's low, nominal and
//! high value, so that shots at one target share what is not known; each shot is then a Bernoulli trial.
//! What all shots of a study share, because nobody knows the figure, is drawn by the study and not
//! here. The mean of the triangle is (low + nominal + high) / 3, which is not the nominal value.
//! A missile that fails on its own never comes to that trial.
//! **Reference**: the two-stage draw is the usual treatment of an uncertain proportion (a mixed binomial);
//! see Washburn and Kress, *Combat Modeling* (2009), section 2.3 on dependent shots.
//! **Inputs**: probabilities in 0..=1. **Left out**: fuze, warhead, end-game geometry, and modifiers
//! for altitude, manoeuvre, jamming and track quality; the claims may already contain them.
//! **Validated against** the mean of the triangular distribution and binomial bounds in the tests.

use redan_record::Outcome;

use crate::card::{Missile, TargetClass};
use crate::draw::{Luck, NameHash, Purpose};

/// Kill probability of the shots of one unit at one target in this replication.
pub fn kill_prob(luck: &Luck, pair: NameHash, missile: &Missile, class: TargetClass) -> f64 {
    let claim = missile.kill_probability(class);
    if claim.high_prob <= claim.low_prob {
        return claim.nominal_prob;
    }
    luck.draw(Purpose::KillProbability, pair, 0).triangular(
        claim.low_prob,
        claim.nominal_prob,
        claim.high_prob,
    )
}

/// Outcome of the `shot`-th shot of one unit at one target.
pub fn shot(
    luck: &Luck,
    pair: NameHash,
    shot: u64,
    kill_prob: f64,
    reliability_prob: f64,
) -> Outcome {
    if !luck.draw(Purpose::Reliability, pair, shot).bernoulli(reliability_prob) {
        return Outcome::Failed;
    }
    if luck.draw(Purpose::Kill, pair, shot).bernoulli(kill_prob) {
        Outcome::Kill
    } else {
        Outcome::Miss
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::card::{Figures, KillProbability, Library};

    const PAIR: NameHash = NameHash::of("unit").combine(NameHash::of("raid"));

    /// A missile whose kill probability against aircraft has this spread.
    fn missile(low_prob: f64, nominal_prob: f64, high_prob: f64) -> Missile {
        let library = Library::embedded();
        let card = library.find("s-400/48n6e3").expect("a card that ships");
        let mut missile = Missile::from_figures(&Figures::nominal(card)).expect("a whole card");
        missile.kill_probabilities[TargetClass::Aircraft.index()] =
            KillProbability { low_prob, nominal_prob, high_prob };
        missile
    }

    fn prob(missile: &Missile, replication: u64, pair: NameHash) -> f64 {
        kill_prob(&Luck::new(1, replication), pair, missile, TargetClass::Aircraft)
    }

    #[test]
    fn probabilities_spread_over_the_claim_as_a_triangle() {
        const COUNT: u64 = 4_000;
        let (low, mode, high) = (0.3, 0.5, 0.8);
        let missile = missile(low, mode, high);
        let probs: Vec<f64> = (0..COUNT).map(|n| prob(&missile, n, PAIR)).collect();
        assert!(probs.iter().all(|p| (low..=high).contains(p)));
        let mean = probs.iter().sum::<f64>() / COUNT as f64;
        let variance = triangle_variance(low, mode, high);
        let error = (variance / COUNT as f64).sqrt();
        assert!((mean - (low + mode + high) / 3.0).abs() < 3.3 * error, "{mean}");
        let spread = probs.iter().map(|p| (p - mean) * (p - mean)).sum::<f64>() / COUNT as f64;
        // The fourth moment of a triangle is 2.4 squared variances.
        assert!((spread / variance - 1.0).abs() < 3.3 * (1.4 / COUNT as f64).sqrt(), "{spread}");
    }

    #[test]
    #[expect(clippy::float_cmp, reason = "a figure without a spread comes back as it is")]
    fn a_claim_without_a_spread_is_taken_as_it_is() {
        assert_eq!(prob(&missile(0.8, 0.8, 0.8), 5, PAIR), 0.8);
    }

    #[test]
    #[expect(clippy::float_cmp, reason = "the same draw is meant, bit for bit")]
    fn what_is_not_known_is_shared_by_shots_at_one_target_and_by_no_others() {
        let missile = missile(0.3, 0.5, 0.8);
        let other = NameHash::of("unit").combine(NameHash::of("other raid"));
        assert_eq!(prob(&missile, 0, PAIR), prob(&missile, 0, PAIR));
        assert_ne!(prob(&missile, 0, PAIR), prob(&missile, 0, other));
        assert_ne!(prob(&missile, 0, PAIR), prob(&missile, 1, PAIR));
    }

    #[test]
    fn certain_shots_are_certain() {
        let luck = Luck::new(1, 0);
        for nth in 0..50 {
            assert_eq!(shot(&luck, PAIR, nth, 1.0, 1.0), Outcome::Kill);
            assert_eq!(shot(&luck, PAIR, nth, 0.0, 1.0), Outcome::Miss);
            assert_eq!(shot(&luck, PAIR, nth, 1.0, 0.0), Outcome::Failed);
        }
    }

    /// Of two shots at one target both kill more often than two independent shots would, by the
    /// variance of the shared probability.
    #[test]
    fn shots_at_one_target_are_correlated_by_what_is_not_known() {
        const COUNT: u64 = 100_000;
        const RELIABILITY: f64 = 0.9;
        let missile = missile(0.3, 0.5, 0.8);
        let (mut ones, mut pairs, mut failed) = (0_u32, 0_u32, 0_u32);
        for replication in 0..COUNT {
            let luck = Luck::new(2, replication);
            let prob = kill_prob(&luck, PAIR, &missile, TargetClass::Aircraft);
            let outcomes = [0, 1].map(|nth| shot(&luck, PAIR, nth, prob, RELIABILITY));
            ones += u32::from(outcomes[0] == Outcome::Kill);
            pairs += u32::from(outcomes == [Outcome::Kill; 2]);
            failed += u32::from(outcomes[1] == Outcome::Failed);
        }
        let mean = RELIABILITY * (0.3 + 0.5 + 0.8) / 3.0;
        let shared = RELIABILITY * RELIABILITY * triangle_variance(0.3, 0.5, 0.8);
        assert_share(ones, COUNT, mean);
        assert_share(failed, COUNT, 1.0 - RELIABILITY);
        let error = assert_share(pairs, COUNT, mean * mean + shared);
        // Without the correlation the share would be seen to differ.
        assert!(shared > 5.0 * error);
    }

    /// Holds a count against its probability at 3.3 standard errors; returns one.
    fn assert_share(count: u32, of: u64, expected_prob: f64) -> f64 {
        let error = (expected_prob * (1.0 - expected_prob) / of as f64).sqrt();
        let share = f64::from(count) / of as f64;
        assert!((share - expected_prob).abs() < 3.3 * error, "{share} for {expected_prob}");
        error
    }

    fn triangle_variance(a: f64, b: f64, c: f64) -> f64 {
        (a * a + b * b + c * c - a * b - a * c - b * c) / 18.0
    }
}
