//! A comparison as text, page and JSON.

use std::fmt::Write as _;
use std::path::Path;

use redan_record::measures::NAMES;
use redan_study::stats::paired::Verdict;

use super::compare::{self, Comparison, Effect, Flip, LEVEL, Margin, Regret};
use super::findings::Results;
use super::number::{short, signed, span};
use super::page::pictures::{self, Row};
use super::page::{facts, figure, head};
use super::until;
use crate::report::escape::esc;

/// Everything that is said of a comparison.
pub(crate) struct Compared {
    measures: Vec<usize>,
    comparisons: Vec<Comparison>,
    /// Effects of a factorial for each measure.
    effects: Vec<(usize, Vec<Effect>)>,
    /// Where a verdict flips along a figure: case, measure, figure.
    flips: Vec<(usize, usize, Flip)>,
    /// Regret in leakage, with the names of the conditions.
    regret: Option<(Vec<String>, Vec<Regret>)>,
}

impl Compared {
    /// Compares all cases with the first; `choices` are the variants, each over the same conditions.
    pub(crate) fn of(
        results: &Results,
        measures: &[usize],
        margins: &[Margin],
        choices: &[Option<String>],
        factors: &[String],
    ) -> anyhow::Result<Self> {
        let conditions = results.about.cases.len() / choices.len().max(1);
        let comparisons = compare::against(results, 0, measures, margins)?;
        let mut flips = Vec::new();
        let shown = |one: &&Comparison| matches!(one.verdict, Verdict::Differs);
        for one in comparisons.iter().filter(shown) {
            for flip in compare::flips(results, 0, one)? {
                flips.push((one.case, one.measure, flip));
            }
        }
        Ok(Self {
            measures: measures.to_vec(),
            effects: effects(results, measures, factors, conditions)?,
            regret: regret(results, choices, conditions)?,
            comparisons,
            flips,
        })
    }

    /// As text.
    pub(crate) fn text(&self, results: &Results) -> String {
        let about = &results.about;
        let mut text = format!(
            "{}\n{}\n{} battles of each case, {} draws of the ledger shared by all; seed {}\n",
            about.title,
            about.question,
            results.battles(0),
            results.battles(0) as u64 / about.plan.battles,
            about.plan.seed
        );
        for (case, own) in self.by_case(results) {
            let _ = writeln!(text, "\n{}", heading(results, case));
            let (told, silent): (Vec<&Comparison>, Vec<&Comparison>) =
                own.iter().partition(|one| one.verdict != Verdict::Undecided);
            for one in &told {
                let _ = writeln!(text, "  {}", one.words());
            }
            for one in silent {
                let _ = writeln!(text, "  {}", one.words());
            }
            if told.is_empty() {
                let _ = writeln!(text, "  no difference shown in any measure");
            }
            for flip in own.iter().filter_map(|one| one.flips()) {
                let _ = writeln!(text, "  but {flip}");
            }
            for (_, measure, flip) in self.flips.iter().filter(|(of, ..)| *of == case) {
                let _ = writeln!(text, "  {}", flip_words(*measure, flip));
            }
        }
        text + &self.effects_text() + &self.regret_text() + READING
    }

    fn by_case(&self, results: &Results) -> Vec<(usize, Vec<&Comparison>)> {
        let of = |case: usize| -> Vec<&Comparison> {
            self.comparisons.iter().filter(|one| one.case == case).collect()
        };
        (1..results.about.cases.len()).map(|case| (case, of(case))).collect()
    }

    fn effects_text(&self) -> String {
        let mut text = String::new();
        for (measure, effects) in &self.effects {
            let _ = writeln!(
                text,
                "\nEffects on {} (* shown after Holm's correction)",
                NAMES[*measure]
            );
            for effect in effects {
                let _ = writeln!(text, "  {}", effect_words(effect));
            }
        }
        text
    }

    fn regret_text(&self) -> String {
        let Some((conditions, regrets)) = &self.regret else { return String::new() };
        let mut text = String::from(
            "\nRegret in leakage_ratio: how much more gets through than with the best choice\n",
        );
        let _ = write!(text, "  {:<30}", "");
        for condition in conditions {
            let _ = write!(text, " {:>22}", tail(condition, 22));
        }
        let _ = writeln!(text, " {:>10}", "worst");
        for regret in regrets {
            let _ = write!(text, "  {:<30}", tail(&regret.choice, 30));
            for each in &regret.each {
                let _ = write!(text, " {:>22}", short(*each));
            }
            let _ = writeln!(text, " {:>10}", short(regret.worst));
        }
        text
    }

    /// As a page with a picture for each measure.
    pub(crate) fn page(&self, results: &Results) -> anyhow::Result<String> {
        let mut out = head(&results.about.title, &results.about.question) + &facts(results);
        for (case, own) in self.by_case(results) {
            let _ = write!(out, "<h2>{}</h2>\n<ul>\n", esc(&heading(results, case)));
            for one in own {
                let _ = writeln!(out, "<li>{}</li>", esc(&one.words()));
                if let Some(flip) = one.flips() {
                    let _ = writeln!(out, "<li>but {}</li>", esc(&flip));
                }
            }
            for (_, measure, flip) in self.flips.iter().filter(|(of, ..)| *of == case) {
                let _ = writeln!(out, "<li>{}</li>", esc(&flip_words(*measure, flip)));
            }
            out += "</ul>\n";
        }
        for measure in &self.measures {
            out += &self.picture(results, *measure);
        }
        for part in [self.effects_text(), self.regret_text()] {
            if !part.is_empty() {
                let _ = writeln!(out, "<pre class=\"scroll\">{}</pre>", esc(part.trim()));
            }
        }
        Ok(format!(
            "{out}<h2>How to read this</h2>\n<p>{}</p>\n</main>\n</body>\n</html>\n",
            esc(READING.trim())
        ))
    }

    fn picture(&self, results: &Results, measure: usize) -> String {
        let own = self.comparisons.iter().filter(|one| one.measure == measure);
        let row = |one: &Comparison| Row {
            name: results.about.cases[one.case].name.clone(),
            middle: one.difference.estimate.mean,
            narrow: one.difference.interval(),
            wide: one.margin.map(|margin| redan_study::stats::Interval::around(0.0, margin)),
        };
        let rows: Vec<Row> = own.map(row).collect();
        if rows.is_empty() {
            return String::new();
        }
        let name = NAMES[measure];
        let svg = pictures::rows(&rows, Some(0.0), &format!("Difference in {name}"));
        let caption = "Difference from the first case with its 95 % interval; the line is no difference, a band \
                       is what does not matter.";
        format!("<h2>{}</h2>\n{}", name.replace('_', " "), figure(&svg, caption))
    }

    /// As JSON.
    pub(crate) fn json(&self, results: &Results, out: &Path) -> serde_json::Value {
        let one = |one: &Comparison| {
            let interval = one.difference.interval();
            serde_json::json!({
                "case": results.about.cases[one.case].name,
                "measure": NAMES[one.measure],
                "base": one.means.0,
                "mean": one.means.1,
                "difference": one.difference.estimate.mean,
                "interval": [interval.low, interval.high],
                "draws": one.difference.estimate.count,
                "probability": one.difference.probability,
                "adjusted_probability": one.adjusted,
                "equivalence_probability": one.difference.equivalence_probability,
                "verdict": verdict_word(one.verdict),
                "words": one.words(),
            })
        };
        let effect = |effect: &Effect| {
            serde_json::json!({
                "of": effect.of,
                "effect": effect.difference.estimate.mean,
                "interval": [effect.difference.interval().low, effect.difference.interval().high],
                "adjusted_probability": effect.adjusted,
            })
        };
        let effects = self.effects.iter().map(|(measure, effects)| {
            (NAMES[*measure].to_string(), effects.iter().map(effect).collect::<Vec<_>>().into())
        });
        serde_json::json!({
            "scenario": results.about.title,
            "seed": results.about.plan.seed,
            "battles": results.battles(0),
            "comparisons": self.comparisons.iter().map(one).collect::<Vec<_>>(),
            "effects": serde_json::Map::from_iter(effects),
            "table": out,
        })
    }
}

const READING: &str = "\nIntervals are those of 95 % for the mean difference between battles of the same draw. \
A difference counts as shown when it holds after Holm's correction over the measures of its case; otherwise \
more battles may show one, and the interval says how large it can still be.\n";

fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Differs => "differs",
        Verdict::DiffersLittle => "differs-little",
        Verdict::Equivalent => "equivalent",
        Verdict::Undecided => "no-difference-shown",
    }
}

fn heading(results: &Results, case: usize) -> String {
    let case = &results.about.cases[case];
    match case.about.is_empty() {
        true => case.name.clone(),
        false => format!("{} — {}", case.name, case.about),
    }
}

fn flip_words(measure: usize, flip: &Flip) -> String {
    format!(
        "the verdict on {} flips along {}: {} where it is low, {} where it is high",
        NAMES[measure],
        flip.figure,
        signed(flip.low_third),
        signed(flip.high_third)
    )
}

fn effect_words(effect: &Effect) -> String {
    let mark = if effect.adjusted <= LEVEL { "*" } else { " " };
    format!(
        "{mark} {:<40} {:>9} ({})",
        effect.of.join(" × "),
        signed(effect.difference.estimate.mean),
        span(&effect.difference.interval())
    )
}

fn tail(text: &str, letters: usize) -> String {
    let count = text.chars().count();
    match count > letters {
        true => text.chars().skip(count - letters).collect(),
        false => text.to_string(),
    }
}

/// Effects where the variants make a factorial and there is one condition.
fn effects(
    results: &Results,
    measures: &[usize],
    factors: &[String],
    conditions: usize,
) -> anyhow::Result<Vec<(usize, Vec<Effect>)>> {
    if factors.is_empty() || conditions != 1 {
        return Ok(Vec::new());
    }
    let cases: Vec<u32> = (0..results.about.cases.len() as u32).collect();
    let of = |measure: &usize| -> anyhow::Result<_> {
        let columns = results.columns(NAMES[*measure])?;
        Ok((*measure, compare::effects(&columns, &cases, factors)))
    };
    measures.iter().map(of).collect()
}

/// Regret in leakage over conditions; none where there is a single choice.
fn regret(
    results: &Results,
    choices: &[Option<String>],
    conditions: usize,
) -> anyhow::Result<Option<(Vec<String>, Vec<Regret>)>> {
    let measure = until::measure("leakage").map_err(crate::exit::bad_input)?;
    let findings = results.findings(measure)?;
    let means: Option<Vec<f64>> =
        findings.iter().map(|one| one.nested.as_ref().map(|nested| nested.mean.mean)).collect();
    let Some(means) = means.filter(|_| choices.len() > 1) else { return Ok(None) };
    let names: Vec<String> =
        choices.iter().map(|name| name.clone().unwrap_or_else(|| "as it is".to_string())).collect();
    let of: Vec<Vec<f64>> = means.chunks(conditions).map(<[f64]>::to_vec).collect();
    let condition = |index: usize| {
        let settings = &results.about.cases[index].settings;
        let words: Vec<String> =
            settings.iter().map(|(path, value)| format!("{path}={value}")).collect();
        if words.is_empty() { "the scenario".to_string() } else { words.join(" ") }
    };
    let conditions = (0..conditions).map(condition).collect();
    Ok(Some((conditions, compare::regrets(&names, &of))))
}
