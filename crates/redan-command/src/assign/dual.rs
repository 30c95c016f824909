//! Prices of rounds, and the bound that any prices give.
//!
//! **Models** the Lagrangian `L(λ) = Σ_t min_x (v_t Π q^x + Σ_w λ_w x_w) − Σ_w λ_w rounds_w`, `λ ≥ 0`, which
//! no assignment can be below (Fisher, "The Lagrangian relaxation method for solving integer programming
//! problems", Management Science 27, 1981, equation 3). Subgradient steps with Polyak's length bring it near
//! its maximum; the master programme does the rest.

use super::pricing::{Limits, Pairs, Pricing, Uses};

/// Halve the step after this many steps without a better bound: a choice.
const PATIENCE: u32 = 8;

/// What pricing of all targets found.
#[derive(Clone, Debug)]
pub(super) struct Priced {
    /// The Lagrangian bound.
    pub bound: f64,
    /// Least cost of each target, prices included.
    pub costs: Vec<f64>,
    /// Its pattern.
    pub patterns: Vec<Uses>,
}

/// Prices all targets exactly.
pub(super) fn price_all(
    pricing: &mut Pricing,
    pairs: &Pairs,
    limits: &Limits,
    rounds: &[u32],
    prices: &[f64],
) -> Priced {
    let targets = pairs.values.len();
    let mut found = Priced {
        bound: -prices.iter().zip(rounds).map(|(price, n)| price * f64::from(*n)).sum::<f64>(),
        costs: Vec::with_capacity(targets),
        patterns: Vec::with_capacity(targets),
    };
    for target in 0..targets {
        let cost = pricing.solve(pairs, limits, target, prices);
        found.bound += cost;
        found.costs.push(cost);
        found.patterns.push(pricing.pattern());
    }
    found
}

/// Rounds asked for beyond those at hand, by weapon: the direction in which prices should go.
fn excess(rounds: &[u32], patterns: &[Uses]) -> Vec<f64> {
    let mut excess: Vec<f64> = rounds.iter().map(|&n| -f64::from(n)).collect();
    for &(weapon, count) in patterns.iter().flatten() {
        excess[usize::from(weapon)] += f64::from(count);
    }
    excess
}

/// Subgradient steps from `prices`, which become the best found; every step's patterns go to `keep`. Returns
/// the best bound.
pub(super) fn climb(
    prices: &mut Vec<f64>,
    steps: u32,
    upper: f64,
    rounds: &[u32],
    mut price: impl FnMut(&[f64]) -> Priced,
    mut keep: impl FnMut(Priced),
) -> f64 {
    let mut at = prices.clone();
    let (mut best, mut scale, mut waited) = (f64::NEG_INFINITY, 1.0, 0);
    let mut drift = vec![0.0; at.len()];
    for _ in 0..steps {
        let found = price(&at);
        if found.bound > best {
            (best, waited) = (found.bound, 0);
            prices.clone_from(&at);
        } else {
            waited += 1;
            if waited >= PATIENCE {
                (scale, waited) = (scale / 2.0, 0);
            }
        }
        // A direction that keeps part of the last one does not swing from side to side (Crowder 1976).
        for (drift, excess) in drift.iter_mut().zip(excess(rounds, &found.patterns)) {
            *drift = 0.7 * *drift + excess;
        }
        for (drift, price) in drift.iter_mut().zip(&at) {
            if *price <= 0.0 && *drift < 0.0 {
                *drift = 0.0;
            }
        }
        let length: f64 = drift.iter().map(|d| d * d).sum();
        let bound = found.bound;
        keep(found);
        if length <= 0.0 || upper - bound <= 1e-9 * upper.abs() {
            break;
        }
        let step = scale * (upper - bound) / length;
        for (price, drift) in at.iter_mut().zip(&drift) {
            *price = (*price + step * drift).max(0.0);
        }
    }
    best
}
