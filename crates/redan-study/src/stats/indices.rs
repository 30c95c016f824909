//! Sobol indices: which input moves the answer, alone and together with others?
//!
//! With y = E[Y | x] the mean answer to inputs x, the first-order index of input i is S = Var(E[y | xᵢ]) /
//! Var(y), what knowing xᵢ alone would take away; the total index T = E[Var(y | all but xᵢ)] / Var(y), what
//! would stay if all others were known. The luck of battles is in neither.
//!
//! **By pairs of matrices** ([`PickFreeze`]): inputs A and B drawn independently, and for each input i a
//! matrix A with column i of B. S by A. Saltelli et al., Computer Physics Communications 181 (2010) 259,
//! table 2 (b); T by M. J. W. Jansen (1999), table 2 (f) there. Answers are means of m battles with luck
//! of their own, so that products need no correction and squares lose σ²/m of luck for each answer.
//!
//! **From any sample** ([`first_order_ratio`]): rows sorted by the input and cut into groups of equal size;
//! the variance of the group means, less what chance makes of it, over that of y (the correlation ratio
//! of K. Pearson; E. Plischke, E. Borgonovo, C. L. Smith, EJOR 226 (2013) 536). First order only.

use super::mean;

/// First-order and total index of one input.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Indices {
    /// First-order index; may come out a little below 0 by chance.
    pub first_ratio: f64,
    /// Total index.
    pub total_ratio: f64,
}

/// Answers to the rows of the matrices, and the luck that is left in them.
#[derive(Clone, Copy, Debug)]
pub struct PickFreeze<'a> {
    /// Answers to A.
    pub of_a: &'a [f64],
    /// Answers to B.
    pub of_b: &'a [f64],
    /// Variance of one answer by luck: σ²/m.
    pub luck_variance: f64,
}

impl PickFreeze<'_> {
    /// Indices of the input whose column of B stands in A in `of_mixed`; for the rows that are named, so that
    /// the bootstrap can resample them. `None` where the answers do not vary.
    pub fn indices(&self, of_mixed: &[f64], rows: &[usize]) -> Option<Indices> {
        let both: Vec<f64> =
            rows.iter().flat_map(|row| [self.of_a[*row], self.of_b[*row]]).collect();
        let variance = mean::variance(&both)? - self.luck_variance;
        if variance <= 0.0 {
            return None;
        }
        // Centred answers: the estimate is the same, its error smaller.
        let middle = mean::mean(&both)?;
        let count = rows.len() as f64;
        let (mut alone, mut left) = (0.0, 0.0);
        for row in rows {
            let (a, b, mixed) = (self.of_a[*row], self.of_b[*row], of_mixed[*row]);
            alone += (b - middle) * (mixed - a);
            left += (a - mixed) * (a - mixed);
        }
        let total = 0.5 * left / count - self.luck_variance;
        Some(Indices { first_ratio: alone / count / variance, total_ratio: total / variance })
    }
}

/// First-order index of an input from a sample: `inputs` and `answers` side by side, `answers` with
/// `luck_variance` of luck in them. The result may lie below 0 by chance. `None` for fewer than twenty
/// values, or where the answers vary no more than luck does.
pub fn first_order_ratio(inputs: &[f64], answers: &[f64], luck_variance: f64) -> Option<f64> {
    const FEWEST: usize = 20;
    let variance = mean::variance(answers)?;
    let explained = variance - luck_variance;
    if answers.len() < FEWEST || explained <= 0.0 {
        return None;
    }
    let mut order: Vec<usize> = (0..inputs.len()).collect();
    order.sort_by(|a, b| inputs[*a].total_cmp(&inputs[*b]).then(a.cmp(b)));
    let groups = groups_of(&order, inputs);
    if groups.len() < 2 {
        return Some(0.0);
    }
    let middle = mean::mean(answers)?;
    let (mut between, mut within) = (0.0, 0.0);
    for group in &groups {
        let own: Vec<f64> = group.iter().map(|row| answers[*row]).collect();
        let own_mean = mean::mean(&own)?;
        between += own.len() as f64 * (own_mean - middle) * (own_mean - middle);
        within += own.iter().map(|value| (value - own_mean) * (value - own_mean)).sum::<f64>();
    }
    // ω² of W. L. Hays: groups of pure chance would have a sum of squares between them too.
    let (count, groups) = (answers.len() as f64, groups.len() as f64);
    let noise = within / (count - groups);
    let of_input = (between - (groups - 1.0) * noise) / count;
    Some(of_input / explained)
}

/// Groups of about equal size along the sorted inputs; equal inputs never part.
fn groups_of<'o>(order: &'o [usize], inputs: &[f64]) -> Vec<&'o [usize]> {
    let wanted = (order.len() as f64).sqrt().min(16.0) as usize;
    let size = order.len().div_ceil(wanted.max(2));
    let mut groups = Vec::new();
    let mut from = 0;
    while from < order.len() {
        let mut until = (from + size).min(order.len());
        while until < order.len() && inputs[order[until]] <= inputs[order[until - 1]] {
            until += 1;
        }
        groups.push(&order[from..until]);
        from = until;
    }
    groups
}
