//! Which figure moved the answer?
//!
//! From the table of a study alone. With independent draws (`random`, `latin`, `sobol`) each figure has its rank
//! correlation with the mean result of a draw, the difference of the mean result between the thirds of
//! draws in which the figure was lowest and highest (the bar of the tornado), and its first-order Sobol
//! index, luck taken out. With the design `pairs` each card has first-order and total indices with intervals by
//! the bootstrap over base rows.

use redan_record::measures::NAMES;
use redan_sim::draw::NameHash;
use redan_study::design::place_in_pairs;
use redan_study::stats::bootstrap::{self, Resampling};
use redan_study::stats::indices::{Indices, PickFreeze, first_order_ratio};
use redan_study::stats::special::normal_probability;
use redan_study::stats::{Interval, mean, nested, paired, quantile, rank};

use super::about::FigureAbout;
use super::findings::{Column, Results};
use super::until::CONFIDENCE;
use crate::exit::bad_input;

/// A figure with the value that each draw took; of rival claims the place among them where it is no number.
pub(crate) struct Input {
    pub(crate) name: String,
    pub(crate) unit: String,
    /// Draws with values, by rising number.
    values: Vec<(u64, f64)>,
}

/// What one figure did.
#[derive(Clone, Debug)]
pub(crate) struct Moved {
    pub(crate) name: String,
    pub(crate) unit: String,
    /// Lowest and highest value that was drawn.
    pub(crate) drawn: (f64, f64),
    /// Rank correlation with the result, with its interval.
    pub(crate) correlation: f64,
    pub(crate) interval: Interval,
    /// Mean result in the highest third less that in the lowest.
    pub(crate) swing: f64,
    /// Interval of the swing.
    pub(crate) swing_interval: Interval,
    /// First-order index, luck taken out; `None` where luck is all there is.
    pub(crate) first: Option<f64>,
    /// Probability of such a correlation by chance, after Holm's correction over all figures.
    pub(crate) adjusted: f64,
}

/// What one card did, by pairs of matrices.
#[derive(Clone, Debug)]
pub(crate) struct Card {
    pub(crate) name: String,
    pub(crate) indices: Indices,
    pub(crate) first: Option<Interval>,
    pub(crate) total: Option<Interval>,
}

impl Input {
    /// The value in a draw.
    pub(crate) fn at(&self, draw: u64) -> Option<f64> {
        let found = self.values.binary_search_by_key(&draw, |(draw, _)| *draw).ok()?;
        Some(self.values[found].1)
    }
}

/// All figures that a case drew.
pub(crate) fn inputs(results: &Results, case: usize) -> anyhow::Result<Vec<Input>> {
    let mut found = Vec::new();
    for figure in &results.about.figures {
        let column = match figure.unit.is_empty() {
            false => results.column(case, &format!("figure.{}", figure.name))?,
            true => labels(results, case, figure)?,
        };
        let values = column.draw_means();
        if !values.is_empty() {
            found.push(Input { name: figure.name.clone(), unit: figure.unit.clone(), values });
        }
    }
    Ok(found)
}

/// Place of the claim that was taken among the rivals.
fn labels(results: &Results, case: usize, figure: &FigureAbout) -> anyhow::Result<Column> {
    let words = results.words(case, &format!("claim.{}", figure.name))?;
    let place = |word: &Option<String>| {
        let word = word.as_ref()?;
        figure.rivals.iter().position(|label| label == word).map(|place| place as f64)
    };
    let draws = results.column(case, "draw")?.draws;
    Ok(Column { values: words.iter().map(place).collect(), draws })
}

/// What every figure did to a measure, the strongest first.
pub(crate) fn of(results: &Results, case: usize, measure: usize) -> anyhow::Result<Vec<Moved>> {
    let column = results.column(case, NAMES[measure])?;
    let answers = column.draw_means();
    if answers.len() < 20 {
        return Err(bad_input(format!(
            "{} was observed in {} draws: too few to say what moves it\n  hint: play more replications, or \
             name another --measure",
            NAMES[measure],
            answers.len()
        )));
    }
    let groups = column.groups();
    let luck = nested::estimate(&groups, CONFIDENCE).and_then(|found| found.luck_deviation);
    let battles = results.about.plan.battles as f64;
    let luck_variance = luck.map_or(0.0, |luck| luck * luck / battles);
    let mut found: Vec<Moved> = inputs(results, case)?
        .iter()
        .filter_map(|input| moved(input, &answers, luck.map(|_| luck_variance)))
        .collect();
    let raw: Vec<f64> =
        found.iter().map(|one| correlation_probability(one.correlation, answers.len())).collect();
    for (one, adjusted) in found.iter_mut().zip(paired::holm(&raw)) {
        one.adjusted = adjusted;
    }
    found.sort_by(|a, b| b.swing.abs().total_cmp(&a.swing.abs()).then_with(|| a.name.cmp(&b.name)));
    Ok(found)
}

fn moved(input: &Input, answers: &[(u64, f64)], luck_variance: Option<f64>) -> Option<Moved> {
    let pairs: Vec<(f64, f64)> =
        answers.iter().filter_map(|(draw, answer)| Some((input.at(*draw)?, *answer))).collect();
    let (values, answers): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
    let correlation = rank::spearman_correlation(&values, &answers)?;
    let interval = rank::interval(correlation, values.len(), CONFIDENCE)?;
    let (low, high) = thirds(&values, &answers);
    let sorted = quantile::sorted(&values);
    // Two thirds of the draws, a third in each mean.
    let deviation = mean::variance(&answers)?.sqrt();
    let reach = 1.96 * deviation * (6.0 / values.len() as f64).sqrt();
    Some(Moved {
        name: input.name.clone(),
        unit: input.unit.clone(),
        drawn: (*sorted.first()?, *sorted.last()?),
        correlation,
        interval,
        swing: high - low,
        swing_interval: Interval::around(high - low, reach),
        first: luck_variance.and_then(|luck| first_order_ratio(&values, &answers, luck)),
        adjusted: 1.0,
    })
}

/// Mean answer in the third of the draws in which a figure was lowest, and highest.
pub(crate) fn thirds(values: &[f64], answers: &[f64]) -> (f64, f64) {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]).then(a.cmp(b)));
    let third = (values.len() / 3).max(1);
    let of = |rows: &[usize]| {
        mean::mean(&rows.iter().map(|row| answers[*row]).collect::<Vec<f64>>()).unwrap_or(f64::NAN)
    };
    (of(&order[..third]), of(&order[order.len() - third..]))
}

/// Probability of a rank correlation at least so far from 0 by chance.
pub(crate) fn correlation_probability(correlation: f64, count: usize) -> f64 {
    let kept = correlation.abs().min(0.999_999);
    let z = 0.5 * (libm::log1p(kept) - libm::log1p(-kept)) * (count as f64 - 3.0).max(0.0).sqrt();
    2.0 * (1.0 - normal_probability(z))
}

/// Indices of every card by pairs of matrices.
pub(crate) fn by_card(results: &Results, measure: usize) -> anyhow::Result<Vec<Card>> {
    let groups = &results.about.plan.groups;
    let column = results.column(0, NAMES[measure])?;
    let luck =
        nested::estimate(&column.groups(), CONFIDENCE).and_then(|found| found.luck_deviation);
    let Some(luck) = luck else {
        return Err(bad_input(
            "with one battle in each draw luck cannot be told apart\n  hint: --battles 2",
        ));
    };
    let answers = matrices(&column, groups.len() as u32);
    let of = |matrix: usize| -> Vec<f64> { answers.iter().map(|row| row[matrix]).collect() };
    let (of_a, of_b) = (of(0), of(1));
    let luck_variance = luck * luck / results.about.plan.battles as f64;
    let pairs = PickFreeze { of_a: &of_a, of_b: &of_b, luck_variance };
    let all: Vec<usize> = (0..answers.len()).collect();
    let mut found = Vec::new();
    for (index, name) in groups.iter().enumerate() {
        let mixed = of(index + 2);
        let Some(indices) = pairs.indices(&mixed, &all) else {
            return Err(bad_input(format!(
                "{} varies no more than luck does: the ledger does not move it, or the draws are too few\n  \
                 hint: play more replications, or name another --measure",
                NAMES[measure]
            )));
        };
        let how = Resampling {
            resamples: 1_000,
            seed: results.about.plan.seed,
            name: NameHash::of(name),
        };
        let interval = |of: fn(Indices) -> f64| {
            let statistic = |rows: &[usize]| pairs.indices(&mixed, rows).map(of);
            bootstrap::interval(all.len(), &statistic, CONFIDENCE, &how)
        };
        found.push(Card {
            name: name.clone(),
            indices,
            first: interval(|indices| indices.first_ratio),
            total: interval(|indices| indices.total_ratio),
        });
    }
    found.sort_by(|a, b| b.indices.total_ratio.total_cmp(&a.indices.total_ratio));
    Ok(found)
}

/// Answers of whole base rows, one for each matrix.
fn matrices(column: &Column, groups: u32) -> Vec<Vec<f64>> {
    let width = groups as usize + 2;
    let mut rows: Vec<Vec<f64>> = Vec::new();
    let mut open: Option<(u64, Vec<f64>)> = None;
    for (draw, answer) in column.draw_means() {
        let (row, matrix) = place_in_pairs(draw, groups);
        let mut own = match open.take() {
            Some((at, own)) if at == row => own,
            _ => Vec::new(),
        };
        // A draw in which the measure was not observed leaves its row unfinished.
        if own.len() as u64 == matrix {
            own.push(answer);
        }
        if own.len() == width {
            rows.push(own);
        } else {
            open = Some((row, own));
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unfinished_rows_are_left_out() {
        // One group: A, B and one mixed matrix; the second row lacks its B.
        let column = Column {
            values: vec![Some(1.0), Some(2.0), Some(3.0), Some(4.0), None, Some(6.0), Some(7.0)],
            draws: vec![0, 1, 2, 3, 4, 5, 6],
        };
        assert_eq!(matrices(&column, 1), [vec![1.0, 2.0, 3.0]]);
    }

    #[test]
    fn thirds_are_those_of_the_figure() {
        let values = [3.0, 1.0, 2.0, 6.0, 5.0, 4.0];
        let answers = [30.0, 10.0, 20.0, 60.0, 50.0, 40.0];
        assert_eq!(thirds(&values, &answers), (15.0, 55.0));
        assert!(correlation_probability(0.0, 100) > 0.99);
        assert!(correlation_probability(-0.5, 100) < 1e-6);
    }
}
