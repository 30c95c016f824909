//! Latin hypercube: M. D. McKay, R. J. Beckman, W. J. Conover, Technometrics 21 (1979) 239.
//!
//! Each figure has a permutation of the N slices of its own, and within its slice a point is anywhere. The
//! permutation is not stored: a network of H. Feistel with keyed rounds permutes the next power of four, and
//! places that are too large go round again until they fit (J. Black and P. Rogaway, CT-RSA 2002, "cycle
//! walking"), so that the nth point costs the same whatever n is.

use redan_sim::draw::{Luck, NameHash, Purpose};

use super::Plan;

/// Rounds of the network; four make a permutation that looks random (M. Luby and C. Rackoff, 1988).
const ROUNDS: u64 = 4;

/// Share of a figure in a draw; draws beyond the plan begin anew.
pub(super) fn share_ratio(plan: &Plan, draw: u64, name: NameHash) -> f64 {
    let count = plan.draws.max(1);
    let luck = Luck::new(plan.seed, draw);
    let within = luck.draw(Purpose::Ledger, name, 0).uniform();
    let key = name.member(plan.seed).member(draw / count);
    let slice = permuted(draw % count, count, key);
    // Rounding must not carry the last point onto 1.
    ((slice as f64 + within) / count as f64).min(1.0 - f64::EPSILON / 2.0)
}

/// Place of `number` in a permutation of 0..count.
fn permuted(number: u64, count: u64, key: NameHash) -> u64 {
    let bits = 64 - (count - 1).leading_zeros();
    let half = bits.div_ceil(2).max(1);
    let mut place = number;
    loop {
        place = feistel(place, half, key);
        if place < count {
            return place;
        }
    }
}

fn feistel(value: u64, half: u32, key: NameHash) -> u64 {
    let mask = (1_u64 << half) - 1;
    let (mut left, mut right) = (value >> half, value & mask);
    for round in 0..ROUNDS {
        let mixed = key.member(round).member(right).0 & mask;
        (left, right) = (right, left ^ mixed);
    }
    left << half | right
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_taken_once() {
        for count in [1, 2, 3, 10, 64, 65, 1_000] {
            let key = NameHash::of("permutation").member(count);
            let mut places: Vec<u64> = (0..count).map(|n| permuted(n, count, key)).collect();
            let in_order = places.iter().copied().eq(0..count);
            assert!(!in_order || count < 10, "{count} places are mixed");
            places.sort_unstable();
            assert!(places.into_iter().eq(0..count), "{count}");
        }
    }
}
