//! Many battles of a degenerate scenario, and their figures beside a closed form at 3.3 standard errors.

use anyhow::{Result, ensure};
use redan_record::Measures;
use redan_sim::card::Library;
use redan_study::{replicate, stats};

use super::check::{CHANCE, Check, Scale};
use super::field::{self, SEED};

/// Standard errors that a figure may be off: one in a thousand is, by chance; the seed is fixed.
pub(super) const SIGMAS: f64 = 3.3;

/// Means to three decimals.
pub(super) const MEAN: Scale = Scale { unit: "-", decimals: 3 };

/// What came of one battle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Outcome {
    pub(super) kills: u32,
    pub(super) rounds: u64,
    pub(super) leaks: usize,
    /// Engagements that were ordered.
    pub(super) orders: u64,
}

impl Outcome {
    fn of(measures: &Measures) -> Outcome {
        Outcome {
            kills: measures.kills.hostile,
            rounds: measures.rounds_fired(),
            leaks: measures.leaks().len(),
            orders: measures.count(redan_record::Kind::Ordered),
        }
    }
}

/// The text of a scenario with whole lines replaced, each of which must stand there once.
///
/// # Errors
/// When a line is not there, or is there more than once.
pub(super) fn with(text: &str, changes: &[(&str, String)]) -> Result<String> {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for (from, to) in changes {
        let mut found = lines.iter_mut().filter(|line| line.as_str() == *from);
        let (first, second) = (found.next(), found.next());
        ensure!(second.is_none(), "the line `{from}` is there more than once");
        match first {
            Some(line) => line.clone_from(to),
            None => anyhow::bail!("there is no line `{from}`"),
        }
    }
    Ok(lines.join("\n"))
}

/// Fights a scenario so many times.
///
/// # Errors
/// When the scenario has problems with these cards.
pub(super) fn fight(text: &str, replications: u64, library: &Library) -> Result<Vec<Outcome>> {
    let battle = field::battle("degenerate.toml", text, None, library)?;
    let all = replicate(&battle, SEED, replications, 0, &|| ())?;
    Ok(all.iter().map(|one| Outcome::of(&one.measures)).collect())
}

/// A share beside its probability.
pub(super) fn share(
    claim: impl Into<String>,
    expected_prob: f64,
    outcomes: &[Outcome],
    holds: impl Fn(&Outcome) -> bool,
) -> Check {
    let count = outcomes.len() as f64;
    let got = outcomes.iter().filter(|outcome| holds(outcome)).count() as f64 / count;
    let error = (expected_prob * (1.0 - expected_prob) / count).max(0.0).sqrt();
    Check::near(CHANCE, claim, expected_prob, got, SIGMAS * error + 1e-9)
}

/// A mean beside its expectation; the standard error is that of the sample.
pub(super) fn mean(
    claim: impl Into<String>,
    expected: f64,
    outcomes: &[Outcome],
    of: impl Fn(&Outcome) -> f64,
) -> Check {
    let (got, error) = mean_and_error(outcomes, of);
    Check::near(MEAN, claim, expected, got, SIGMAS * error + 1e-9)
}

/// Mean of a figure and its standard error; not a number for no battle at all.
pub(super) fn mean_and_error(outcomes: &[Outcome], of: impl Fn(&Outcome) -> f64) -> (f64, f64) {
    let values: Vec<f64> = outcomes.iter().map(of).collect();
    let mean = stats::mean::mean(&values).unwrap_or(f64::NAN);
    let variance = stats::mean::variance(&values).unwrap_or(0.0);
    (mean, (variance / values.len() as f64).sqrt())
}

/// Probability of `k` successes in `n` trials.
pub(super) fn binomial_prob(n: u32, k: u32, prob: f64) -> f64 {
    let mut chance = 1.0;
    for step in 0..k {
        chance *= f64::from(n - step) / f64::from(k - step) * prob;
    }
    (0..n - k).fold(chance, |chance, _| chance * (1.0 - prob))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_replaced_once_or_not_at_all() {
        let one = with("a = 1\nb = 2", &[("a = 1", "a = 3".into())]).expect("it is there");
        assert_eq!(one, "a = 3\nb = 2");
        assert!(with("a = 1\na = 1", &[("a = 1", String::new())]).is_err());
        assert!(with("a = 1", &[("c = 1", String::new())]).is_err());
    }

    #[test]
    fn binomial_probabilities_add_up() {
        let sum: f64 = (0..=6).map(|k| binomial_prob(6, k, 0.8)).sum();
        assert!((sum - 1.0).abs() < 1e-12);
        assert!((binomial_prob(6, 6, 0.8) - 0.262_144).abs() < 1e-12);
    }
}
