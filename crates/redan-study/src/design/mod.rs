//! Designs: where in the ledger the draws of a study lie.
//!
//! A draw takes one value for each disputed figure. The value comes from a share in (0, 1), the quantile at
//! which the figure's distribution is read, and a [`Plan`] says which share: a pure function of seed, the name
//! of the figure and the number of the draw. So draw 17 is the same in every variant, on every machine, and
//! however many draws are made before it.
//!
//! | design | what it is | good for |
//! |---|---|---|
//! | [`Design::Random`] | independent shares | any number of draws, also one that is not known beforehand |
//! | [`Design::Latin`] | each figure once in each of N equal slices | smaller error of means for a fixed N |
//! | [`Design::Sobol`] | a low-discrepancy sequence, shifted at random | smooth answers and few figures |
//! | [`Design::Pairs`] | pairs of matrices A, B | Sobol indices, see [`crate::stats::indices`] |
//!
//! Limits: intervals that take the draws as independent are a little too wide under `Latin` and `Sobol`,
//! never too narrow on average; Sobol's sequence is at its best in the first 21 figures.

mod latin;
pub mod sobol;

use redan_sim::draw::{Luck, NameHash, Purpose};

/// How the draws of a study are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Design {
    /// Independent shares.
    Random,
    /// Latin hypercube over all draws of the plan.
    Latin,
    /// Sobol's sequence with a random digital shift.
    Sobol,
    /// For each base row: A, B, and for each of `groups` groups of figures A with that group from B.
    Pairs {
        /// Groups of figures.
        groups: u32,
    },
}

/// Shares of all draws of a study.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The design.
    pub design: Design,
    /// Seed of the study.
    pub seed: u64,
    /// Draws in all; matters for [`Design::Latin`] only.
    pub draws: u64,
}

/// A figure as a design knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Axis {
    /// Hash of its name.
    pub name: NameHash,
    /// Its place among the names of all figures, from 0: the dimension in Sobol's sequence.
    pub place: usize,
    /// Its group in [`Design::Pairs`].
    pub group: u32,
}

impl Plan {
    /// Share of a figure in a draw, in the open interval (0, 1). An `attempt` above 0 is for a draw whose
    /// figures did not go together; it is independent of the design.
    pub fn share_ratio(&self, draw: u64, axis: &Axis, attempt: u64) -> f64 {
        if attempt > 0 {
            let name = axis.name.combine(NameHash::of("attempt")).member(attempt);
            return self.random_ratio(draw, name);
        }
        match self.design {
            Design::Random => self.random_ratio(draw, axis.name),
            Design::Latin => latin::share_ratio(self, draw, axis.name),
            Design::Sobol => sobol::shifted_ratio(self, draw, axis),
            Design::Pairs { groups } => {
                let (row, matrix) = place_in_pairs(draw, groups);
                let from_b = matrix == 1 || matrix == u64::from(axis.group) + 2;
                let name = if from_b { axis.name.combine(NameHash::of("B")) } else { axis.name };
                self.random_ratio(row, name)
            }
        }
    }

    fn random_ratio(&self, draw: u64, name: NameHash) -> f64 {
        Luck::new(self.seed, draw).draw(Purpose::Ledger, name, 0).uniform()
    }
}

/// Base row of a draw in [`Design::Pairs`], and its matrix: 0 for A, 1 for B, 2 and more for the groups.
pub fn place_in_pairs(draw: u64, groups: u32) -> (u64, u64) {
    let matrices = u64::from(groups) + 2;
    (draw / matrices, draw % matrices)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(name: &'static str, place: usize) -> Axis {
        Axis { name: NameHash::of(name), place, group: place as u32 }
    }

    fn plan(design: Design) -> Plan {
        Plan { design, seed: 9, draws: 200 }
    }

    #[test]
    fn shares_do_not_depend_on_other_figures_or_draws() {
        for design in [Design::Random, Design::Latin] {
            let plan = plan(design);
            let (here, there) = (axis("range", 3), axis("range", 8));
            let same = plan.share_ratio(17, &here, 0).to_bits();
            assert_eq!(same, plan.share_ratio(17, &there, 0).to_bits(), "{design:?}");
            assert_ne!(same, plan.share_ratio(18, &here, 0).to_bits());
            assert_ne!(same, plan.share_ratio(17, &axis("speed", 3), 0).to_bits());
            assert_ne!(same, plan.share_ratio(17, &here, 1).to_bits());
        }
    }

    #[test]
    fn a_latin_hypercube_has_each_figure_once_in_each_slice() {
        let plan = plan(Design::Latin);
        for name in ["range", "speed"] {
            let mut slices: Vec<u64> = (0..200)
                .map(|draw| (plan.share_ratio(draw, &axis(name, 0), 0) * 200.0) as u64)
                .collect();
            slices.sort_unstable();
            assert!(slices.into_iter().eq(0..200), "{name}");
        }
    }

    #[test]
    fn a_mixed_matrix_differs_from_a_in_one_group_only() {
        let plan = plan(Design::Pairs { groups: 2 });
        let (first, second) = (axis("range", 0), axis("speed", 1));
        let of = |draw, axis| plan.share_ratio(draw, axis, 0).to_bits();
        // Draws 4 to 7 are A, B, and the two mixed matrices of the second row.
        assert_eq!(of(6, &first), of(5, &first));
        assert_eq!(of(6, &second), of(4, &second));
        assert_eq!(of(7, &first), of(4, &first));
        assert_eq!(of(7, &second), of(5, &second));
        assert_ne!(of(4, &first), of(5, &first));
    }

    /// Shares are uniform by Kolmogorov and Smirnov at the one percent of `tables/stats/ks_critical.csv`
    /// for 200 values, whatever the design.
    #[test]
    fn shares_are_uniform() {
        const CRITICAL: f64 = 0.114_155_562_126_082_81;
        for design in [Design::Random, Design::Latin, Design::Sobol, Design::Pairs { groups: 3 }] {
            let plan = plan(design);
            let step =
                if let Design::Pairs { groups } = design { u64::from(groups) + 2 } else { 1 };
            let mut shares: Vec<f64> =
                (0..200).map(|n| plan.share_ratio(n * step, &axis("range", 4), 0)).collect();
            shares.sort_by(f64::total_cmp);
            let distance = shares.iter().enumerate().map(|(index, share)| {
                let below = index as f64 / 200.0;
                (share - below).abs().max((below + 0.005 - share).abs())
            });
            let farthest = distance.fold(0.0, f64::max);
            assert!(farthest < CRITICAL, "{design:?} {farthest}");
        }
    }
}
