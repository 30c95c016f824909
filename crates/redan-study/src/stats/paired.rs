//! Differences of pairs, and what may be said of them.
//!
//! Two variants that share their draws make pairs, of which the differences vary far less than either. Three
//! answers are possible, and "no difference shown" is not "no difference": the last needs a test of its own.
//!
//! * **differs**: the interval of the difference, corrected for the number of measures, leaves out 0;
//! * **equivalent**: the 90 % interval lies within the smallest difference that matters, which is the two
//!   one-sided tests of D. J. Schuirmann, J. Pharmacokinetics and Biopharmaceutics 15 (1987) 657, at 5 %;
//! * **undecided**: neither.

use super::Interval;
use super::mean::{self, Estimate};
use super::special::t_probability;

/// What is found about a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// There is a difference, and it matters.
    Differs,
    /// There is a difference, and it is smaller than what matters.
    DiffersLittle,
    /// If there is a difference, it is smaller than what matters.
    Equivalent,
    /// No difference shown; one that matters is not ruled out.
    Undecided,
}

/// A paired difference of one measure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// Mean difference with its interval.
    pub estimate: Estimate,
    /// Probability of a mean difference at least as far from 0 if there were none, two-sided.
    pub probability: f64,
    /// Probability of the larger of the two one-sided tests against the margin: small where the difference is
    /// smaller than what matters; `None` without a margin.
    pub equivalence_probability: Option<f64>,
}

/// The difference of pairs; `None` for fewer than two. `margin` is the smallest difference that matters.
pub fn difference(
    differences: &[f64],
    margin: Option<f64>,
    confidence_probability: f64,
) -> Option<Difference> {
    let estimate = mean::estimate(differences, confidence_probability)?;
    let error = estimate.deviation / (estimate.count as f64).sqrt();
    let freedom = estimate.count as f64 - 1.0;
    // Pairs that never differ have no error: they are equal, or differ for certain.
    let tail = |distance: f64| match error > 0.0 {
        true => 1.0 - t_probability(distance / error, freedom),
        false if distance > 0.0 => 0.0,
        false => 1.0,
    };
    let equivalence = margin.map(|margin| {
        let (above, below) = (tail(estimate.mean + margin), tail(margin - estimate.mean));
        above.max(below)
    });
    let probability = (2.0 * tail(estimate.mean.abs())).min(1.0);
    Some(Difference { estimate, probability, equivalence_probability: equivalence })
}

impl Difference {
    /// The verdict, where `adjusted_probability` is this difference's after [`holm`].
    pub fn verdict(&self, adjusted_probability: f64, level_probability: f64) -> Verdict {
        let equivalent =
            self.equivalence_probability.is_some_and(|found| found <= level_probability);
        match (adjusted_probability <= level_probability, equivalent) {
            (true, true) => Verdict::DiffersLittle,
            (true, false) => Verdict::Differs,
            (false, true) => Verdict::Equivalent,
            (false, false) => Verdict::Undecided,
        }
    }

    /// The interval of the mean difference.
    pub fn interval(&self) -> Interval {
        self.estimate.interval
    }
}

/// Probabilities of several tests, adjusted such that the probability of any false find is kept:
/// S. Holm, Scandinavian Journal of Statistics 6 (1979) 65. In the order that they are given in.
///
/// ```
/// use redan_study::stats::paired::holm;
/// let adjusted = holm(&[0.01, 0.04, 0.03, 0.005]);
/// let expected = [0.03, 0.06, 0.06, 0.02];
/// assert!(adjusted.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-12));
/// ```
pub fn holm(probabilities: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..probabilities.len()).collect();
    order.sort_by(|a, b| probabilities[*a].total_cmp(&probabilities[*b]).then(a.cmp(b)));
    let mut adjusted = vec![0.0; probabilities.len()];
    let mut largest = 0.0_f64;
    for (place, index) in order.into_iter().enumerate() {
        let factor = (probabilities.len() - place) as f64;
        largest = largest.max((factor * probabilities[index]).min(1.0));
        adjusted[index] = largest;
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gosset's sleep data (1908): t = 4.0621 at 9 degrees of freedom, p = 0.0028.
    #[test]
    fn val_student_1908_paired() {
        let longer_h = [1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4];
        let found = difference(&longer_h, Some(3.0), 0.95).expect("ten pairs");
        assert!((found.estimate.mean - 1.58).abs() < 1e-12);
        assert!((found.probability - 0.002_832_89).abs() < 1e-7, "{}", found.probability);
        // (3 − 1.58) / 0.38896 = 3.6508 at 9 degrees of freedom: 0.00266 to one side.
        let equivalence = found.equivalence_probability.expect("a margin was given");
        assert!((equivalence - 0.002_66).abs() < 2e-5, "{equivalence}");
        assert_eq!(found.verdict(found.probability, 0.05), Verdict::DiffersLittle);
        let open = difference(&longer_h, None, 0.95).expect("ten pairs");
        assert_eq!(open.verdict(open.probability, 0.05), Verdict::Differs);
    }

    #[test]
    fn pairs_that_are_equal_are_equivalent_and_not_different() {
        let found = difference(&[0.0; 5], Some(0.1), 0.95).expect("five pairs");
        assert!((found.probability - 1.0).abs() < 1e-12);
        assert_eq!(found.verdict(1.0, 0.05), Verdict::Equivalent);
        let open = difference(&[0.1, -0.1, 0.0], None, 0.95).expect("three pairs");
        assert_eq!(open.verdict(open.probability, 0.05), Verdict::Undecided);
    }
}
