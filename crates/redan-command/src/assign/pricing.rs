//! The best pattern of one target where every round has a price.
//!
//! **Models** `min  v·Π q_w^x_w + Σ λ_w·x_w` over whole `lo_w ≤ x_w ≤ hi_w`, `q = 1 − p`. With `a = −ln q`
//! the relaxation to fractions is a continuous knapsack: weapons are taken in order of `λ_w / a_w` as long as
//! the value that survives is larger than that ratio, since its derivative with respect to `Σ a·x` is
//! minus itself. That relaxation prunes a depth-first search over whole numbers.

use super::Instance;

/// Survival of a round is kept above this, so that its logarithm is finite; it moves an objective by less
/// than its last digits.
const LEAST_SURVIVAL: f64 = 1e-16;

/// Rounds that go to one target: (weapon, count), in order of weapons.
pub(super) type Uses = Vec<(u16, u16)>;

/// Figures of all pairs, target-major, as pricing wants them.
#[derive(Clone, Debug)]
pub(super) struct Pairs {
    weapons: usize,
    /// Most rounds at one target.
    pub most: u32,
    /// Value of each target.
    pub values: Vec<f64>,
    /// Probability that the target survives one round.
    pub survival: Vec<f64>,
    /// Minus the logarithm of that.
    steps: Vec<f64>,
}

impl Pairs {
    pub(super) fn of(instance: &Instance) -> Pairs {
        let (weapons, targets) = (instance.weapons(), instance.targets());
        let pairs = (0..targets).flat_map(|t| (0..weapons).map(move |w| (w, t)));
        let survival: Vec<f64> =
            pairs.map(|(w, t)| (1.0 - instance.kill_prob(w, t)).max(LEAST_SURVIVAL)).collect();
        Pairs {
            weapons,
            most: instance.most_per_target(),
            values: instance.values.clone(),
            steps: survival.iter().map(|&q| -libm::log(q)).collect(),
            survival,
        }
    }

    /// Index of a pair.
    pub(super) fn at(&self, weapon: usize, target: usize) -> usize {
        target * self.weapons + weapon
    }

    /// Value that survives a pattern.
    pub(super) fn surviving(&self, target: usize, uses: &[(u16, u16)]) -> f64 {
        uses.iter().fold(self.values[target], |left, &(weapon, count)| {
            left * power(self.survival[self.at(usize::from(weapon), target)], count)
        })
    }
}

/// A small whole power.
pub(super) fn power(base: f64, exponent: u16) -> f64 {
    (0..exponent).fold(1.0, |product, _| product * base)
}

/// Least and most rounds of each pair, target-major.
#[derive(Clone, Debug)]
pub(super) struct Limits {
    pub lo: Vec<u16>,
    pub hi: Vec<u16>,
}

/// One weapon that may be worth its price.
#[derive(Clone, Copy, Debug)]
struct Item {
    ratio: f64,
    survival: f64,
    price: f64,
    weapon: u16,
    most: u16,
    /// Survival of all its rounds.
    all: f64,
}

/// Room for pricing that is used again for every target.
#[derive(Clone, Debug, Default)]
pub(super) struct Pricing {
    items: Vec<Item>,
    chosen: Vec<(u16, u16)>,
    best: Vec<(u16, u16)>,
    best_cost: f64,
}

impl Pricing {
    /// Least cost, survival and prices together. The pattern is then in [`Pricing::pattern`].
    pub(super) fn solve(
        &mut self,
        pairs: &Pairs,
        limits: &Limits,
        target: usize,
        prices: &[f64],
    ) -> f64 {
        let base = target * pairs.weapons;
        let row = base..base + pairs.weapons;
        self.chosen.clear();
        let (mut left, mut paid, mut spare) = (pairs.values[target], 0.0, pairs.most);
        for (weapon, &lo) in limits.lo[row.clone()].iter().enumerate() {
            if lo > 0 {
                left *= power(pairs.survival[base + weapon], lo);
                paid += prices[weapon] * f64::from(lo);
                self.chosen.push((weapon as u16, lo));
                // A node may ask for more than may be given; it is then closed for other reasons.
                spare = spare.saturating_sub(u32::from(lo));
            }
        }
        self.items.clear();
        for (weapon, &price) in prices.iter().enumerate() {
            let at = base + weapon;
            let survival = pairs.survival[at];
            // A round that is not worth its price first is worth it never: less is left later.
            if limits.hi[at] > limits.lo[at] && left * (1.0 - survival) > price {
                let most = limits.hi[at] - limits.lo[at];
                let (ratio, all) = (price / pairs.steps[at], power(survival, most));
                self.items.push(Item { ratio, survival, price, weapon: weapon as u16, most, all });
            }
        }
        self.items.sort_by(|a, b| a.ratio.total_cmp(&b.ratio).then(a.weapon.cmp(&b.weapon)));
        self.best.clone_from(&self.chosen);
        self.best_cost = left + paid;
        self.deepen(0, left, paid, spare);
        self.best_cost
    }

    /// The pattern found last, in order of weapons.
    pub(super) fn pattern(&self) -> Uses {
        let mut uses = self.best.clone();
        uses.sort_unstable();
        // A weapon with a least number of rounds may stand twice.
        uses.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 += next.1;
            }
            same
        });
        uses
    }

    fn deepen(&mut self, from: usize, left: f64, paid: f64, spare: u32) {
        if spare == 0 {
            return;
        }
        for index in from..self.items.len() {
            if relaxed(&self.items[index..], left, paid) >= self.best_cost - 1e-13 {
                return;
            }
            let item = self.items[index];
            let most = u32::from(item.most).min(spare) as u16;
            for count in (1..=most).rev() {
                let before = left * power(item.survival, count - 1);
                if before * (1.0 - item.survival) <= item.price {
                    continue;
                }
                let (after, cost) = (before * item.survival, paid + item.price * f64::from(count));
                self.chosen.push((item.weapon, count));
                if after + cost < self.best_cost {
                    self.best_cost = after + cost;
                    self.best.clone_from(&self.chosen);
                }
                self.deepen(index + 1, after, cost, spare - u32::from(count));
                self.chosen.pop();
            }
        }
    }
}

/// Least cost where fractions of rounds may be bought.
fn relaxed(items: &[Item], mut left: f64, mut paid: f64) -> f64 {
    for item in items {
        if left <= item.ratio {
            break;
        }
        let after = left * item.all;
        if after < item.ratio {
            paid += item.ratio * libm::log(left / item.ratio);
            return item.ratio + paid;
        }
        left = after;
        paid += item.price * f64::from(item.most);
    }
    left + paid
}
