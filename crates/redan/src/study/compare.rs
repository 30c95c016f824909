//! Variants against each other, draw by draw.
//!
//! All cases share their draws and their luck, so that what is compared is the difference within a draw: the
//! means of the battles of one draw in both cases are a pair, and draws are independent. Nothing is put
//! together to one score.

use redan_record::measures::NAMES;
use redan_study::stats::paired::{self, Difference, Verdict};
use redan_study::stats::{mean, rank};

use super::findings::{Column, Results};
use super::number::{percent, short, signed, span};
use super::until::CONFIDENCE;

/// Level of the tests that verdicts go by.
pub(crate) const LEVEL: f64 = 1.0 - CONFIDENCE;

/// One measure of one case beside that of the base.
#[derive(Clone, Debug)]
pub(crate) struct Comparison {
    /// Place of the measure among [`NAMES`].
    pub(crate) measure: usize,
    /// Place of the case.
    pub(crate) case: usize,
    /// Mean of the base and of the case, over the draws in which both were observed.
    pub(crate) means: (f64, f64),
    /// The difference, case less base.
    pub(crate) difference: Difference,
    /// Its probability after Holm's correction over the measures of the case.
    pub(crate) adjusted: f64,
    /// What may be said.
    pub(crate) verdict: Verdict,
    /// Smallest difference that matters, where one was given.
    pub(crate) margin: Option<f64>,
    /// Share of draws in which the case came out higher, and lower.
    pub(crate) shares: (f64, f64),
}

/// A smallest difference that matters.
pub(crate) type Margin = (usize, f64);

/// Pairs of draw means: draw, base, case.
pub(crate) fn pairs(base: &Column, case: &Column) -> Vec<(u64, f64, f64)> {
    let mut of_case = case.draw_means().into_iter().peekable();
    let mut found = Vec::new();
    for (draw, value) in base.draw_means() {
        while of_case.peek().is_some_and(|(other, _)| *other < draw) {
            of_case.next();
        }
        if let Some((_, other)) = of_case.peek().filter(|(other, _)| *other == draw) {
            found.push((draw, value, *other));
        }
    }
    found
}

/// Every case but the base against it, in every measure; measures that were hardly observed are left out.
pub(crate) fn against(
    results: &Results,
    base: usize,
    measures: &[usize],
    margins: &[Margin],
) -> anyhow::Result<Vec<Comparison>> {
    let mut found: Vec<Comparison> = Vec::new();
    for measure in measures {
        let columns = results.columns(NAMES[*measure])?;
        let margin = margins.iter().find(|(of, _)| of == measure).map(|(_, margin)| *margin);
        for case in (0..columns.len()).filter(|case| *case != base) {
            let pairs = pairs(&columns[base], &columns[case]);
            found.extend(one(*measure, case, &pairs, margin));
        }
    }
    adjust(&mut found, results.about.cases.len());
    Ok(found)
}

fn one(
    measure: usize,
    case: usize,
    pairs: &[(u64, f64, f64)],
    margin: Option<f64>,
) -> Option<Comparison> {
    let differences: Vec<f64> = pairs.iter().map(|(_, base, case)| case - base).collect();
    let difference = paired::difference(&differences, margin, CONFIDENCE)?;
    let mean_of = |values: Vec<f64>| mean::mean(&values).unwrap_or(f64::NAN);
    let share = |holds: fn(&f64) -> bool| {
        differences.iter().filter(|one| holds(one)).count() as f64 / differences.len() as f64
    };
    Some(Comparison {
        measure,
        case,
        means: (
            mean_of(pairs.iter().map(|(_, base, _)| *base).collect()),
            mean_of(pairs.iter().map(|(.., case)| *case).collect()),
        ),
        adjusted: difference.probability,
        verdict: Verdict::Undecided,
        margin,
        shares: (share(|one| *one > 0.0), share(|one| *one < 0.0)),
        difference,
    })
}

/// Holm's correction over the measures of each case, and the verdicts that follow.
fn adjust(found: &mut [Comparison], cases: usize) {
    for case in 0..cases {
        let own: Vec<usize> = (0..found.len()).filter(|index| found[*index].case == case).collect();
        let raw: Vec<f64> = own.iter().map(|index| found[*index].difference.probability).collect();
        for (index, adjusted) in own.into_iter().zip(paired::holm(&raw)) {
            let one = &mut found[index];
            one.adjusted = adjusted;
            one.verdict = one.difference.verdict(adjusted, LEVEL);
        }
    }
}

impl Comparison {
    /// The verdict in plain words.
    pub(crate) fn words(&self) -> String {
        let name = NAMES[self.measure];
        let (base, case) = (short(self.means.0), short(self.means.1));
        let middle = self.difference.estimate.mean;
        let interval = self.difference.interval();
        let way = if middle > 0.0 { "rises" } else { "falls" };
        let farthest = interval.low.abs().max(interval.high.abs());
        match (self.verdict, self.margin) {
            (Verdict::Differs, _) => format!(
                "{name} {way} from {base} to {case}: by {} ({})",
                signed(middle),
                span(&interval)
            ),
            (Verdict::DiffersLittle, Some(margin)) => format!(
                "{name} {way} from {base} to {case}, by less than the {} that matter ({})",
                short(margin),
                span(&interval)
            ),
            (Verdict::Equivalent, Some(margin)) => format!(
                "no difference that matters in {name}: within ±{} ({base} and {case}; {})",
                short(margin),
                span(&interval)
            ),
            _ if farthest <= 0.0 => {
                format!("no difference shown in {name}: {base} in every draw of both")
            }
            _ => format!(
                "no difference shown in {name}: {base} and {case}; one of up to {} is not ruled out ({})",
                short(farthest),
                span(&interval)
            ),
        }
    }

    /// Whether draws of the ledger disagree on the sign, in words; `None` where hardly any does.
    pub(crate) fn flips(&self) -> Option<String> {
        const FEW: f64 = 0.02;
        let (up, down) = self.shares;
        if up.min(down) < FEW || self.verdict == Verdict::Undecided {
            return None;
        }
        Some(format!(
            "{} is higher in {} of the draws and lower in {}",
            NAMES[self.measure],
            percent(up),
            percent(down)
        ))
    }
}

/// A figure along which a difference changes its sign: name, difference in the lowest and highest third.
pub(crate) struct Flip {
    pub(crate) figure: String,
    pub(crate) low_third: f64,
    pub(crate) high_third: f64,
}

/// Figures along which the mean difference changes its sign between the lowest and the highest third of the draws,
/// and does so with more than chance: its rank correlation with the difference is shown after Holm's
/// correction over all figures.
pub(crate) fn flips(
    results: &Results,
    base: usize,
    comparison: &Comparison,
) -> anyhow::Result<Vec<Flip>> {
    let columns = results.columns(NAMES[comparison.measure])?;
    let pairs = pairs(&columns[base], &columns[comparison.case]);
    let differences: Vec<f64> = pairs.iter().map(|(_, base, case)| case - base).collect();
    let mut found = Vec::new();
    let mut probabilities = Vec::new();
    for figure in super::sensitivity::inputs(results, comparison.case)? {
        let values: Option<Vec<f64>> = pairs.iter().map(|(draw, ..)| figure.at(*draw)).collect();
        let Some(values) = values else { continue };
        let Some(rho) = rank::spearman_correlation(&values, &differences) else { continue };
        let (low_third, high_third) = super::sensitivity::thirds(&values, &differences);
        probabilities.push(super::sensitivity::correlation_probability(rho, values.len()));
        found.push(Flip { figure: figure.name, low_third, high_third });
    }
    let adjusted = paired::holm(&probabilities);
    let shown = found
        .into_iter()
        .zip(adjusted)
        .filter(|(flip, adjusted)| *adjusted <= LEVEL && flip.low_third * flip.high_third < 0.0);
    Ok(shown.map(|(flip, _)| flip).collect())
}

/// An effect of a factorial of variants.
pub(crate) struct Effect {
    /// Variants that it is of: one for a main effect, two for an interaction.
    pub(crate) of: Vec<String>,
    /// The contrast over draws.
    pub(crate) difference: Difference,
    /// After Holm's correction over all effects.
    pub(crate) adjusted: f64,
}

/// Main effects and interactions of two where the cases are all combinations of `factors`, each absent or
/// present; `cases[i]` says by its bits which are present. Effects are Yates's: half the difference
/// between the mean with and without, for interactions between the differences.
pub(crate) fn effects(columns: &[Column], cases: &[u32], factors: &[String]) -> Vec<Effect> {
    let by_draw: Vec<Vec<(u64, f64)>> = columns.iter().map(Column::draw_means).collect();
    let draws: Vec<u64> =
        by_draw.first().map_or(Vec::new(), |own| own.iter().map(|(d, _)| *d).collect());
    let value = |case: usize, draw: u64| {
        let own = &by_draw[case];
        own.binary_search_by_key(&draw, |(draw, _)| *draw).ok().map(|at| own[at].1)
    };
    let mut sets: Vec<Vec<usize>> = (0..factors.len()).map(|one| vec![one]).collect();
    for first in 0..factors.len() {
        sets.extend((first + 1..factors.len()).map(|second| vec![first, second]));
    }
    let mut found = Vec::new();
    for set in sets {
        let sign = |bits: u32| -> f64 {
            set.iter().map(|one| if bits >> one & 1 == 1 { 1.0 } else { -1.0 }).product()
        };
        let contrast = |draw: &u64| -> Option<f64> {
            let mut sum = 0.0;
            for (case, bits) in cases.iter().enumerate() {
                sum += sign(*bits) * value(case, *draw)?;
            }
            Some(sum / (cases.len() as f64 / 2.0))
        };
        let contrasts: Vec<f64> = draws.iter().filter_map(contrast).collect();
        let Some(difference) = paired::difference(&contrasts, None, CONFIDENCE) else { continue };
        let of = set.iter().map(|one| factors[*one].clone()).collect();
        found.push(Effect { of, adjusted: difference.probability, difference });
    }
    let raw: Vec<f64> = found.iter().map(|effect| effect.difference.probability).collect();
    for (effect, adjusted) in found.iter_mut().zip(paired::holm(&raw)) {
        effect.adjusted = adjusted;
    }
    found
}

/// Regret: how much worse a choice is than the best one in the same condition, where less is better.
pub(crate) struct Regret {
    /// The choice: a variant.
    pub(crate) choice: String,
    /// Regret in each condition.
    pub(crate) each: Vec<f64>,
    /// The largest of them.
    pub(crate) worst: f64,
}

/// Regret table of choices over conditions, from means `of[choice][condition]`.
pub(crate) fn regrets(choices: &[String], of: &[Vec<f64>]) -> Vec<Regret> {
    let conditions = of.first().map_or(0, Vec::len);
    let best =
        |condition: usize| of.iter().map(|means| means[condition]).fold(f64::INFINITY, f64::min);
    let each = |means: &Vec<f64>| -> Vec<f64> {
        (0..conditions).map(|condition| means[condition] - best(condition)).collect()
    };
    choices
        .iter()
        .zip(of)
        .map(|(choice, means)| {
            let each = each(means);
            let worst = each.iter().copied().fold(0.0, f64::max);
            Regret { choice: choice.clone(), each, worst }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(values: &[f64]) -> Column {
        Column {
            values: values.iter().map(|value| Some(*value)).collect(),
            draws: (0..values.len() as u64).collect(),
        }
    }

    #[test]
    fn draws_are_paired_by_their_number() {
        let base =
            Column { values: vec![Some(1.0), None, Some(3.0), Some(5.0)], draws: vec![0, 1, 2, 2] };
        let case =
            Column { values: vec![Some(2.0), Some(9.0), None, Some(6.0)], draws: vec![0, 1, 2, 2] };
        assert_eq!(pairs(&base, &case), [(0, 1.0, 2.0), (2, 4.0, 6.0)]);
    }

    /// y = 10 + 3 a − 2 b + 4 ab, of which Yates's effects are 3 + 2, −2 + 2 and 2.
    #[test]
    fn effects_of_a_factorial_are_those_of_the_formula() {
        let of = |a: f64, b: f64| -> Vec<f64> {
            (0..6).map(|draw| 10.0 + f64::from(draw) + 3.0 * a - 2.0 * b + 4.0 * a * b).collect()
        };
        let columns = [of(0.0, 0.0), of(1.0, 0.0), of(0.0, 1.0), of(1.0, 1.0)].map(|v| column(&v));
        let factors = ["a".to_string(), "b".to_string()];
        let found = effects(&columns, &[0, 1, 2, 3], &factors);
        let means: Vec<f64> = found.iter().map(|effect| effect.difference.estimate.mean).collect();
        for (mean, expected) in means.iter().zip([5.0, 0.0, 2.0]) {
            assert!((mean - expected).abs() < 1e-12, "{means:?}");
        }
        assert_eq!(found[2].of, factors);
    }

    #[test]
    fn regret_is_measured_from_the_best_choice_in_each_condition() {
        let names = ["x".to_string(), "y".to_string()];
        let found = regrets(&names, &[vec![0.1, 0.5], vec![0.3, 0.4]]);
        assert!((found[0].worst - 0.1).abs() < 1e-12 && (found[1].worst - 0.2).abs() < 1e-12);
        assert!(found[0].each[0].abs() < 1e-12);
    }

    #[test]
    fn words_never_call_what_is_open_a_difference() {
        let open = one(2, 1, &[(0, 1.0, 1.2), (1, 1.0, 0.8), (2, 1.0, 1.05)], None).expect("three");
        assert!(open.words().starts_with("no difference shown"), "{}", open.words());
        let pairs: Vec<(u64, f64, f64)> =
            (0..40).map(|n| (n, 1.0, 0.5 + 0.001 * (n % 7) as f64)).collect();
        let mut clear = vec![one(2, 1, &pairs, Some(0.1)).expect("forty")];
        adjust(&mut clear, 2);
        assert!(clear[0].words().starts_with("leakage_ratio falls"), "{}", clear[0].words());
    }
}
