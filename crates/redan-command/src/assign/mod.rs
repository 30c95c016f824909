//! Static weapon–target assignment with a proven bound.
//!
//! Given weapons of several types with a number of rounds each, targets of a value each, and a
//! probability that one round of a type destroys a target, minimise the value that is expected to survive,
//!
//! ```text
//! Σ_t v_t · Π_w (1 − p_wt)^x_wt     subject to  Σ_t x_wt ≤ rounds_w,  x_wt = 0, 1, 2 …
//! ```
//!
//! (Manne, "A target-assignment problem", Operations Research 6, 1958, equation 1.) The problem is
//! NP-hard (Lloyd and Witsenhausen 1986). What is done here is branch and price: a target is given one
//! *pattern*, the set of rounds that go to it, so that the objective is linear in the choice of patterns
//! and the linear relaxation over all patterns is tight. The primary type is [`Instance`]; its parts:
//!
//! * `pricing` — the best pattern of one target where a round has a price: a knapsack with a convex
//!   objective, solved exactly by branch and bound;
//! * `dual` — prices by subgradient steps; any prices give a bound, the Lagrangian one;
//! * `master` — the linear programme over the patterns known so far, by the simplex method;
//! * `local` — greedy assignment (Kolitz 1988), improved by moving and swapping single rounds;
//! * `search` — columns are generated until no pattern has a negative reduced cost, then nodes branch on
//!   `x_wt ≤ k` or `x_wt ≥ k + 1`; survival is convex in `x`, so a solution with whole `x` is a solution.
//!
//! The bound that is reported is always a Lagrangian one, computed from prices by exact pricing alone:
//! whatever rounding does in the linear programme, the bound holds to some ulps.
//!
//! ```
//! use redan_command::assign::{Instance, solve};
//!
//! // Two weapons with one round each, two targets.
//! let instance = Instance::new(vec![1, 1], vec![5.07, 6.04], vec![0.496, 0.599, 0.535, 0.774])?;
//! let answer = solve(&instance, &mut || false);
//! assert_eq!(answer.shots.iter().map(|s| (s.weapon, s.target)).collect::<Vec<_>>(), [(0, 0), (1, 1)]);
//! assert!(answer.gap_ratio() < 1e-9);
//! # Ok::<(), redan_command::assign::InstanceError>(())
//! ```

mod dual;
mod local;
mod master;
mod pricing;
mod search;

pub use search::solve;

/// A problem of weapons and targets.
#[derive(Clone, Debug, PartialEq)]
pub struct Instance {
    /// Rounds of each weapon.
    rounds: Vec<u32>,
    /// Value of each target.
    values: Vec<f64>,
    /// Probability that one round destroys a target, weapon-major.
    kill_probs: Vec<f64>,
    /// Most rounds at one target.
    most_per_target: u32,
}

/// Why something is not a problem of weapons and targets.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum InstanceError {
    /// The number of probabilities is not that of weapons times that of targets.
    #[error("{found} probabilities for {weapons} weapons and {targets} targets")]
    Size {
        /// Number of probabilities.
        found: usize,
        /// Number of weapons.
        weapons: usize,
        /// Number of targets.
        targets: usize,
    },
    /// A value is negative or no number.
    #[error("the value of target {target} is not a number of at least 0")]
    Value {
        /// Which target.
        target: usize,
    },
    /// A probability is outside 0 to 1.
    #[error("the probability of weapon {weapon} against target {target} is not between 0 and 1")]
    Probability {
        /// Which weapon.
        weapon: usize,
        /// Which target.
        target: usize,
    },
}

impl Instance {
    /// A problem from rounds of each weapon, values of targets and probabilities in the order of
    /// weapons, then targets.
    ///
    /// # Errors
    /// When sizes do not go together, a value is negative or a probability is none.
    pub fn new(
        rounds: Vec<u32>,
        values: Vec<f64>,
        kill_probs: Vec<f64>,
    ) -> Result<Instance, InstanceError> {
        let (weapons, targets) = (rounds.len(), values.len());
        if kill_probs.len() != weapons * targets {
            return Err(InstanceError::Size { found: kill_probs.len(), weapons, targets });
        }
        if let Some(target) = values.iter().position(|v| !v.is_finite() || *v < 0.0) {
            return Err(InstanceError::Value { target });
        }
        if let Some(at) = kill_probs.iter().position(|p| !(0.0..=1.0).contains(p)) {
            return Err(InstanceError::Probability { weapon: at / targets, target: at % targets });
        }
        Ok(Instance { rounds, values, kill_probs, most_per_target: u32::MAX })
    }

    /// The same with at most so many rounds at one target.
    #[must_use]
    pub fn with_most_per_target(self, rounds: u32) -> Instance {
        Instance { most_per_target: rounds, ..self }
    }

    /// Most rounds that may go to one target.
    pub fn most_per_target(&self) -> u32 {
        self.most_per_target
    }

    /// Number of weapons.
    pub fn weapons(&self) -> usize {
        self.rounds.len()
    }

    /// Number of targets.
    pub fn targets(&self) -> usize {
        self.values.len()
    }

    /// Rounds of one weapon.
    pub fn rounds(&self, weapon: usize) -> u32 {
        self.rounds[weapon]
    }

    /// Value of one target.
    pub fn value_weight(&self, target: usize) -> f64 {
        self.values[target]
    }

    /// Probability that one round of a weapon destroys a target.
    pub fn kill_prob(&self, weapon: usize, target: usize) -> f64 {
        self.kill_probs[weapon * self.targets() + target]
    }

    /// Value expected to survive an assignment.
    pub fn surviving_weight(&self, shots: &[Shots]) -> f64 {
        let mut left = self.values.clone();
        for shot in shots {
            let survives = 1.0 - self.kill_prob(shot.weapon, shot.target);
            for _ in 0..shot.count {
                left[shot.target] *= survives;
            }
        }
        left.iter().sum()
    }
}

/// Rounds of one weapon that go to one target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shots {
    /// Which weapon, counted from 0.
    pub weapon: usize,
    /// Which target, counted from 0.
    pub target: usize,
    /// How many rounds.
    pub count: u32,
}

/// An assignment, and how far from the best it can be at most.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Value expected to survive.
    pub objective_weight: f64,
    /// No assignment leaves less than this.
    pub bound_weight: f64,
    /// The assignment, in order of weapons, then targets.
    pub shots: Vec<Shots>,
    /// Nodes of the search that were solved; 1 for a problem that its relaxation solves.
    pub nodes: u64,
    /// Rounds of pricing over all targets.
    pub pricings: u64,
}

impl Answer {
    /// (objective − bound) / objective; 0 where nothing survives.
    pub fn gap_ratio(&self) -> f64 {
        if self.objective_weight <= 0.0 {
            return 0.0;
        }
        ((self.objective_weight - self.bound_weight) / self.objective_weight).max(0.0)
    }
}
