//! Good assignments without a bound: greedy, then single rounds are moved and swapped.

use super::pricing::Pairs;
use super::{Instance, Shots};

/// More rounds than this are moved only and not swapped: pairs of them would be too many. A choice.
const MOST_SWAPPED: usize = 4_000;

/// A gain below this part of the largest value is rounding.
const LEAST_GAIN: f64 = 1e-13;

/// An assignment round by round.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    /// Weapon and target of each round; `None` for one that is kept.
    rounds: Vec<(usize, Option<usize>)>,
    /// Value that survives, by target.
    left: Vec<f64>,
    /// Rounds that it may still be given, by target.
    spare: Vec<u32>,
}

impl Plan {
    /// All rounds kept, except `given` of each pair (target-major counts).
    pub(super) fn new(instance: &Instance, pairs: &Pairs, given: &[u16]) -> Plan {
        let mut rounds = Vec::new();
        let mut open = vec![pairs.most; instance.targets()];
        for weapon in 0..instance.weapons() {
            let mut spare = instance.rounds(weapon);
            for target in 0..instance.targets() {
                let count = u32::from(given[pairs.at(weapon, target)]).min(spare).min(open[target]);
                open[target] -= count;
                rounds.extend((0..count).map(|_| (weapon, Some(target))));
                spare -= count;
            }
            rounds.extend((0..spare).map(|_| (weapon, None)));
        }
        let mut plan = Plan { rounds, left: pairs.values.clone(), spare: open };
        for target in 0..plan.left.len() {
            plan.recount(pairs, target);
        }
        plan
    }

    /// Value expected to survive.
    pub(super) fn objective(&self) -> f64 {
        self.left.iter().sum()
    }

    /// Gives every kept round to where it saves most, the best first.
    pub(super) fn fill(&mut self, pairs: &Pairs) {
        loop {
            let mut best: Option<(f64, usize, usize)> = None;
            let mut last = usize::MAX;
            for (index, &(weapon, target)) in self.rounds.iter().enumerate() {
                if target.is_some() || weapon == last {
                    continue;
                }
                last = weapon;
                for target in (0..self.left.len()).filter(|target| self.spare[*target] > 0) {
                    let gain = self.left[target] * (1.0 - pairs.survival[pairs.at(weapon, target)]);
                    if best.is_none_or(|(most, ..)| gain > most) {
                        best = Some((gain, index, target));
                    }
                }
            }
            match best {
                Some((gain, index, target)) if gain > 0.0 => {
                    self.rounds[index].1 = Some(target);
                    self.spare[target] -= 1;
                    self.recount(pairs, target);
                }
                _ => return,
            }
        }
    }

    /// Moves and swaps single rounds until nothing helps.
    pub(super) fn improve(&mut self, pairs: &Pairs) {
        let least = LEAST_GAIN * pairs.values.iter().copied().fold(0.0, f64::max);
        loop {
            let moved = self.move_rounds(pairs, least);
            let swapped = self.rounds.len() <= MOST_SWAPPED && self.swap_rounds(pairs, least);
            if !moved && !swapped {
                return;
            }
        }
    }

    fn move_rounds(&mut self, pairs: &Pairs, least: f64) -> bool {
        let mut any = false;
        for index in 0..self.rounds.len() {
            let (weapon, from) = self.rounds[index];
            let lost = from
                .map_or(0.0, |t| self.left[t] / pairs.survival[pairs.at(weapon, t)] - self.left[t]);
            let gain = |t: usize| self.left[t] * (1.0 - pairs.survival[pairs.at(weapon, t)]);
            let better = (0..self.left.len())
                .filter(|t| Some(*t) != from && self.spare[*t] > 0)
                .map(|t| (gain(t), t))
                .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
            if let Some((gain, to)) = better
                && gain > lost + least
            {
                self.rounds[index].1 = Some(to);
                self.spare[to] -= 1;
                self.recount(pairs, to);
                if let Some(from) = from {
                    self.spare[from] += 1;
                    self.recount(pairs, from);
                }
                any = true;
            }
        }
        any
    }

    fn swap_rounds(&mut self, pairs: &Pairs, least: f64) -> bool {
        let mut any = false;
        for first in 0..self.rounds.len() {
            for second in first + 1..self.rounds.len() {
                let ((w, from), (v, to)) = (self.rounds[first], self.rounds[second]);
                let (Some(s), Some(t)) = (from, to) else {
                    continue;
                };
                if w == v || s == t {
                    continue;
                }
                let q = |weapon, target| pairs.survival[pairs.at(weapon, target)];
                let after = self.left[s] / q(w, s) * q(v, s) + self.left[t] / q(v, t) * q(w, t);
                if after + least < self.left[s] + self.left[t] {
                    self.rounds[first].1 = Some(t);
                    self.rounds[second].1 = Some(s);
                    self.recount(pairs, s);
                    self.recount(pairs, t);
                    any = true;
                }
            }
        }
        any
    }

    /// Survival of one target from its rounds, so that no error builds up.
    fn recount(&mut self, pairs: &Pairs, target: usize) {
        let at = |&&(_, to): &&(usize, Option<usize>)| to == Some(target);
        self.left[target] =
            self.rounds.iter().filter(at).fold(pairs.values[target], |left, &(weapon, _)| {
                left * pairs.survival[pairs.at(weapon, target)]
            });
    }

    /// The assignment, in order of weapons, then targets. Rounds that do nothing are kept.
    pub(super) fn shots(&self, instance: &Instance) -> Vec<Shots> {
        let mut used: Vec<(usize, usize)> = self
            .rounds
            .iter()
            .filter_map(|&(weapon, target)| Some((weapon, target?)))
            .filter(|&(weapon, target)| instance.kill_prob(weapon, target) > 0.0)
            .collect();
        used.sort_unstable();
        let mut shots: Vec<Shots> = Vec::new();
        for (weapon, target) in used {
            match shots.last_mut() {
                Some(last) if (last.weapon, last.target) == (weapon, target) => last.count += 1,
                _ => shots.push(Shots { weapon, target, count: 1 }),
            }
        }
        shots
    }
}
