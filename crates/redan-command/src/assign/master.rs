//! The linear programme over the patterns known so far, by the revised simplex method.
//!
//! **Models** `min Σ c_k y_k` with `Σ_{k of t} y_k = 1` for each target, `Σ_k n_wk y_k ≤ rounds_w` for each
//! weapon, `y ≥ 0`. The inverse of the basis is kept dense and updated by pivots (Chvátal, *Linear
//! Programming*, 1983, chapter 7). A pattern that a node of the search forbids stays where it is and costs
//! more than all targets together, so that every node goes on from the last basis. The right-hand sides are
//! moved by some 1e-7, different for each row: without that most pivots of an assignment go nowhere.

use super::pricing::Uses;

/// A reduced cost above minus this is none.
const LEAST_COST: f64 = 1e-9;

/// A pivot smaller than this is none.
const LEAST_PIVOT: f64 = 1e-9;

/// The inverse is computed afresh after this many pivots.
const PIVOTS_KEPT: u32 = 600;

/// One pattern of one target.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub target: usize,
    pub uses: Uses,
    /// What survives.
    pub cost: f64,
    /// A node forbids it.
    pub banned: bool,
}

/// What a row of the basis holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Basic {
    Slack(usize),
    Column(usize),
}

/// The programme, its basis and its prices.
#[derive(Clone, Debug)]
pub(super) struct Master {
    targets: usize,
    rows: usize,
    pub columns: Vec<Column>,
    sides: Vec<f64>,
    basis: Vec<Basic>,
    is_basic: Vec<bool>,
    inverse: Vec<f64>,
    levels: Vec<f64>,
    duals: Vec<f64>,
    penalty: f64,
    pivots: u32,
}

impl Master {
    /// With the empty pattern of each target.
    pub(super) fn new(values: &[f64], rounds: &[u32]) -> Master {
        let (targets, rows) = (values.len(), values.len() + rounds.len());
        let moved = |row: usize| 1e-7 * (1.0 + (row * 7919 % 1000) as f64 / 1000.0);
        let sides: Vec<f64> = (0..rows)
            .map(|row| moved(row) + row.checked_sub(targets).map_or(1.0, |w| f64::from(rounds[w])))
            .collect();
        let mut inverse = vec![0.0; rows * rows];
        (0..rows).for_each(|row| inverse[row * rows + row] = 1.0);
        let empty = |(target, &cost): (usize, &f64)| Column {
            target,
            uses: Vec::new(),
            cost,
            banned: false,
        };
        Master {
            targets,
            rows,
            columns: values.iter().enumerate().map(empty).collect(),
            levels: sides.clone(),
            sides,
            basis: (0..targets)
                .map(Basic::Column)
                .chain((0..rounds.len()).map(Basic::Slack))
                .collect(),
            is_basic: vec![true; targets],
            inverse,
            duals: vec![0.0; rows],
            penalty: 1.0 + values.iter().sum::<f64>(),
            pivots: 0,
        }
    }

    /// Adds a pattern.
    pub(super) fn add(&mut self, target: usize, uses: Uses, cost: f64) {
        self.columns.push(Column { target, uses, cost, banned: false });
        self.is_basic.push(false);
    }

    /// Prices of the weapons' rounds.
    pub(super) fn prices(&self) -> Vec<f64> {
        self.duals[self.targets..].iter().map(|dual| (-dual).max(0.0)).collect()
    }

    /// What the pattern of a target may cost, prices included, before it is no gain.
    pub(super) fn worth(&self, target: usize) -> f64 {
        self.duals[target]
    }

    /// Patterns in use and their levels.
    pub(super) fn solution(&self) -> impl Iterator<Item = (&Column, f64)> {
        self.basis.iter().zip(&self.levels).filter_map(|(basic, level)| match basic {
            Basic::Column(column) => Some((&self.columns[*column], *level)),
            Basic::Slack(_) => None,
        })
    }

    /// Solves to its optimum over the patterns known.
    pub(super) fn solve(&mut self) {
        self.refresh_duals();
        while let Some((entering, cost)) = self.entering() {
            let direction = self.direction(entering);
            let Some(row) = self.leaving(&direction) else {
                return;
            };
            self.pivot(entering, cost, &direction, row);
        }
    }

    fn cost(&self, basic: Basic) -> f64 {
        match basic {
            Basic::Slack(_) => 0.0,
            Basic::Column(index) => {
                let column = &self.columns[index];
                column.cost + if column.banned { self.penalty } else { 0.0 }
            }
        }
    }

    fn refresh_duals(&mut self) {
        self.duals.fill(0.0);
        for row in 0..self.rows {
            let cost = self.cost(self.basis[row]);
            if cost != 0.0 {
                let line = &self.inverse[row * self.rows..(row + 1) * self.rows];
                for (dual, entry) in self.duals.iter_mut().zip(line) {
                    *dual += cost * entry;
                }
            }
        }
    }

    /// The most negative reduced cost, the first of equals.
    fn entering(&self) -> Option<(Basic, f64)> {
        let mut best = (None, -LEAST_COST);
        for weapon in 0..self.rows - self.targets {
            let cost = -self.duals[self.targets + weapon];
            if cost < best.1 {
                best = (Some(Basic::Slack(weapon)), cost);
            }
        }
        for (index, column) in self.columns.iter().enumerate() {
            if self.is_basic[index] || column.banned {
                continue;
            }
            let cost = column.uses.iter().fold(
                column.cost - self.duals[column.target],
                |cost, &(weapon, count)| {
                    cost - f64::from(count) * self.duals[self.targets + usize::from(weapon)]
                },
            );
            if cost < best.1 {
                best = (Some(Basic::Column(index)), cost);
            }
        }
        best.0.map(|basic| (basic, best.1))
    }

    /// Entries of a variable's column, by row.
    fn entries(&self, basic: Basic) -> Vec<(usize, f64)> {
        match basic {
            Basic::Slack(weapon) => vec![(self.targets + weapon, 1.0)],
            Basic::Column(index) => {
                let column = &self.columns[index];
                let uses = column.uses.iter();
                let uses = uses.map(|&(w, n)| (self.targets + usize::from(w), f64::from(n)));
                std::iter::once((column.target, 1.0)).chain(uses).collect()
            }
        }
    }

    fn direction(&self, entering: Basic) -> Vec<f64> {
        let entries = self.entries(entering);
        let line = |row: usize| {
            let start = row * self.rows;
            entries.iter().map(|&(at, value)| self.inverse[start + at] * value).sum()
        };
        (0..self.rows).map(line).collect()
    }

    fn leaving(&self, direction: &[f64]) -> Option<usize> {
        let mut best: Option<(f64, usize)> = None;
        for (row, (&step, &level)) in direction.iter().zip(&self.levels).enumerate() {
            if step > LEAST_PIVOT {
                let ratio = level.max(0.0) / step;
                if best.is_none_or(|(least, _)| ratio < least) {
                    best = Some((ratio, row));
                }
            }
        }
        best.map(|(_, row)| row)
    }

    fn pivot(&mut self, entering: Basic, cost: f64, direction: &[f64], row: usize) {
        let rows = self.rows;
        let pivot = direction[row];
        let line: Vec<(usize, f64)> = self.inverse[row * rows..(row + 1) * rows]
            .iter()
            .enumerate()
            .filter(|(_, entry)| **entry != 0.0)
            .map(|(at, entry)| (at, entry / pivot))
            .collect();
        let level = self.levels[row] / pivot;
        for (other, &step) in direction.iter().enumerate() {
            if other == row || step == 0.0 {
                continue;
            }
            let target = &mut self.inverse[other * rows..(other + 1) * rows];
            for &(at, entry) in &line {
                target[at] -= step * entry;
            }
            self.levels[other] -= step * level;
        }
        for &(at, entry) in &line {
            self.inverse[row * rows + at] = entry;
            self.duals[at] += cost * entry;
        }
        self.levels[row] = level;
        if let Basic::Column(left) = self.basis[row] {
            self.is_basic[left] = false;
        }
        if let Basic::Column(index) = entering {
            self.is_basic[index] = true;
        }
        self.basis[row] = entering;
        self.pivots += 1;
        if self.pivots >= PIVOTS_KEPT {
            self.invert();
        }
    }

    /// Computes the inverse, the levels and the duals from the basis afresh (Gauss–Jordan with the largest
    /// pivot of each column).
    fn invert(&mut self) {
        self.pivots = 0;
        let rows = self.rows;
        let mut basis = vec![0.0; rows * rows];
        for column in 0..rows {
            for (row, value) in self.entries(self.basis[column]) {
                basis[row * rows + column] = value;
            }
        }
        let mut inverse = vec![0.0; rows * rows];
        (0..rows).for_each(|row| inverse[row * rows + row] = 1.0);
        for column in 0..rows {
            let size = |row: &usize| basis[row * rows + column].abs();
            let Some(best) = (column..rows).max_by(|a, b| size(a).total_cmp(&size(b))) else {
                return;
            };
            if size(&best) < LEAST_PIVOT {
                // The basis is worse than its updated inverse: that one is kept.
                return;
            }
            swap_rows(&mut basis, rows, column, best);
            swap_rows(&mut inverse, rows, column, best);
            eliminate(&mut basis, &mut inverse, rows, column);
        }
        self.inverse = inverse;
        for row in 0..rows {
            let line = &self.inverse[row * rows..(row + 1) * rows];
            self.levels[row] = line.iter().zip(&self.sides).map(|(a, b)| a * b).sum();
        }
        self.refresh_duals();
    }
}

fn swap_rows(matrix: &mut [f64], rows: usize, a: usize, b: usize) {
    if a != b {
        (0..rows).for_each(|at| matrix.swap(a * rows + at, b * rows + at));
    }
}

/// One step of Gauss and Jordan on both matrices: `column` of the first becomes that of the unit matrix.
fn eliminate(basis: &mut [f64], inverse: &mut [f64], rows: usize, column: usize) {
    let range = column * rows..(column + 1) * rows;
    let pivot = basis[column * rows + column];
    for matrix in [&mut *basis, &mut *inverse] {
        matrix[range.clone()].iter_mut().for_each(|entry| *entry /= pivot);
    }
    let sparse = |matrix: &[f64]| -> Vec<(usize, f64)> {
        let line = matrix[range.clone()].iter().enumerate();
        line.filter(|(_, entry)| **entry != 0.0).map(|(at, entry)| (at, *entry)).collect()
    };
    let (own, other) = (sparse(basis), sparse(inverse));
    for row in (0..rows).filter(|row| *row != column) {
        let step = basis[row * rows + column];
        if step != 0.0 {
            own.iter().for_each(|&(at, entry)| basis[row * rows + at] -= step * entry);
            other.iter().for_each(|&(at, entry)| inverse[row * rows + at] -= step * entry);
        }
    }
}
