//! What a missile does to what it meets.
//!
//! **Models** a kill as a probability with its published spread: the probability itself is drawn once
//! for each pair of fire unit and target from a triangular distribution over the claim's low, nominal and
//! high value, so that shots at one target share what is not known; each shot is then a Bernoulli trial.
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
