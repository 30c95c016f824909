//! What a table of a study says: for each case and measure the mean with two intervals, and how battles spread.

use redan_record::measures::NAMES;
use redan_store::StudyTable;
use redan_study::stats::nested::{self, Nested};
use redan_study::stats::{Interval, mean, proportion, quantile};

use super::about::About;
use super::until::{self, CONFIDENCE};
use crate::exit::bad_input;

/// Measures that are shown unless others are asked for.
pub(crate) const USUAL: [&str; 10] = [
    "leakage_ratio",
    "leaks",
    "kills",
    "rounds_fired",
    "rounds_per_kill_ratio",
    "detection_range_m",
    "first_launch_s",
    "first_leak_s",
    "friendly_engaged",
    "neutral_engaged",
];

/// Rows of one measure in one case.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    /// Values in the order of the rows; `None` where unobserved.
    pub(crate) values: Vec<Option<f64>>,
    /// Draw of each row.
    pub(crate) draws: Vec<u64>,
}

/// What is known of one measure in one case.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    /// Name of the measure.
    pub(crate) measure: &'static str,
    /// Battles in which it was observed.
    pub(crate) observed: usize,
    /// Battles in all.
    pub(crate) battles: usize,
    /// Mean with its intervals; `None` where it was hardly ever observed.
    pub(crate) nested: Option<Nested>,
    /// The interval that is printed for Monte Carlo error.
    pub(crate) monte_carlo: Option<Interval>,
    /// Where nine of ten single battles ended.
    pub(crate) battle_spread: Option<Interval>,
    /// Share of battles in which it was above 0, with an interval, for counts.
    pub(crate) any: Option<(f64, Interval)>,
}

/// A table with its description.
pub(crate) struct Results {
    /// The description.
    pub(crate) about: About,
    /// The table.
    pub(crate) table: StudyTable,
    /// First row and number of rows of each case.
    rows: Vec<(usize, usize)>,
    draws: Vec<u64>,
}

impl Results {
    /// Opens a table.
    pub(crate) fn open(path: &std::path::Path) -> anyhow::Result<Self> {
        let table = StudyTable::open(path).map_err(bad_input)?;
        let about: About = serde_json::from_str(&table.about).map_err(|error| {
            let hint = "it was written by another version of redan: run the study again";
            bad_input(format!("{} cannot be understood: {error}\n  hint: {hint}", path.display()))
        })?;
        let cases = table.texts("case").map_err(bad_input)?;
        let mut rows = Vec::new();
        let mut from = 0;
        for case in &about.cases {
            let own = cases[from..].iter().take_while(|name| name.as_deref() == Some(&case.name));
            let count = own.count();
            rows.push((from, count));
            from += count;
        }
        let draws = table.wholes("draw").map_err(bad_input)?;
        Ok(Self { about, table, rows, draws })
    }

    /// Number of battles of a case.
    pub(crate) fn battles(&self, case: usize) -> usize {
        self.rows[case].1
    }

    /// Rows of one column of the table in a case.
    pub(crate) fn column(&self, case: usize, name: &str) -> anyhow::Result<Column> {
        let all = self.table.numbers(name).map_err(bad_input)?;
        Ok(self.cut(case, &all))
    }

    /// Rows of a measure in every case; the table is read once.
    pub(crate) fn columns(&self, name: &str) -> anyhow::Result<Vec<Column>> {
        let all = self.table.numbers(name).map_err(bad_input)?;
        Ok((0..self.rows.len()).map(|case| self.cut(case, &all)).collect())
    }

    /// Words of a column in a case.
    pub(crate) fn words(&self, case: usize, name: &str) -> anyhow::Result<Vec<Option<String>>> {
        let (from, count) = self.rows[case];
        let all = self.table.texts(name).map_err(bad_input)?;
        Ok(all[from..from + count].to_vec())
    }

    fn cut(&self, case: usize, all: &[Option<f64>]) -> Column {
        let (from, count) = self.rows[case];
        Column {
            values: all[from..from + count].to_vec(),
            draws: self.draws[from..from + count].to_vec(),
        }
    }

    /// What is known of a measure in every case.
    pub(crate) fn findings(&self, measure: usize) -> anyhow::Result<Vec<Finding>> {
        let columns = self.columns(NAMES[measure])?;
        Ok(columns.iter().map(|column| self.finding(measure, column)).collect())
    }

    fn finding(&self, measure: usize, column: &Column) -> Finding {
        let groups = column.groups();
        let nested = nested::estimate(&groups, CONFIDENCE);
        let observed: Vec<f64> = column.values.iter().flatten().copied().collect();
        let sorted = quantile::sorted(&observed);
        let at = |probability| quantile::quantile(&sorted, probability);
        let spread = at(0.05).zip(at(0.95)).map(|(low, high)| Interval { low, high });
        Finding {
            measure: NAMES[measure],
            observed: observed.len(),
            battles: column.values.len(),
            monte_carlo: nested.as_ref().map(|found| self.monte_carlo(measure, found)),
            nested,
            battle_spread: spread,
            any: any(measure, column),
        }
    }

    /// The interval of Monte Carlo error: after a stop by width the one that was asked for.
    fn monte_carlo(&self, measure: usize, found: &Nested) -> Interval {
        let until = self.about.plan.until.as_deref().and_then(|text| until::parse(text).ok());
        let reached = |rule: &redan_study::stats::sequential::Rule| {
            found.mean.interval.half_width() <= rule.half_width
        };
        match until.filter(|until| until.measure == measure && reached(&until.rule)) {
            Some(until) => Interval::around(found.mean.mean, until.rule.half_width),
            // Of a time or a distance that never differs there is no telling what it might be by.
            None if found.mean.deviation > 0.0 || !is_share_or_count(measure) => {
                found.mean.interval
            }
            None => never_differed(found),
        }
    }
}

impl Column {
    /// Observed values of each draw.
    pub(crate) fn groups(&self) -> Vec<Vec<f64>> {
        nested::grouped(&self.values, &self.draws)
    }

    /// Each draw with the mean of its observed values.
    pub(crate) fn draw_means(&self) -> Vec<(u64, f64)> {
        let mut found: Vec<(u64, f64, f64)> = Vec::new();
        for (value, draw) in self.values.iter().zip(&self.draws) {
            let Some(value) = value else { continue };
            match found.last_mut().filter(|last| last.0 == *draw) {
                Some(last) => (last.1, last.2) = (last.1 + value, last.2 + 1.0),
                None => found.push((*draw, *value, 1.0)),
            }
        }
        found.into_iter().map(|(draw, sum, count)| (draw, sum / count)).collect()
    }
}

/// Whether a measure is a number without a unit.
fn is_share_or_count(measure: usize) -> bool {
    !["_s", "_m"].iter().any(|unit| NAMES[measure].ends_with(unit))
}

/// Where all draws gave the same, their spread is not nothing but unknown: one draw more may differ by one, with
/// the probability that Wilson's interval leaves to what was seen in none of so many.
fn never_differed(found: &Nested) -> Interval {
    let none = proportion::wilson(0, found.mean.count as u64, CONFIDENCE).high;
    let low = if found.mean.mean <= 0.0 { found.mean.mean } else { found.mean.mean - none };
    Interval { low, high: found.mean.mean + none }
}

/// Share of battles in which a count was above 0, by Wilson. Battles of one draw resemble each other, so the
/// number of battles is made smaller by the design effect: the variance of draw means over that of as
/// many independent battles (L. Kish, *Survey Sampling*, 1965, section 5.4).
fn any(measure: usize, column: &Column) -> Option<(f64, Interval)> {
    let is_share = NAMES[measure].ends_with("_ratio");
    if is_share || !is_share_or_count(measure) || column.values.is_empty() {
        return None;
    }
    let hit = |value: &Option<f64>| value.map(|value| f64::from(u8::from(value > 0.0)));
    let hits: Vec<Option<f64>> = column.values.iter().map(hit).collect();
    let groups = nested::grouped(&hits, &column.draws);
    let means = nested::means(&groups);
    let share = mean::mean(&means)?;
    let count = column.values.len() as f64;
    let battles = count / means.len() as f64;
    let independent = share * (1.0 - share) / battles;
    let between = mean::variance(&means).unwrap_or(0.0);
    let effect = if independent > 0.0 { (between / independent).max(1.0) } else { 1.0 };
    Some((share, proportion::wilson_of(share, count / effect, CONFIDENCE)))
}
