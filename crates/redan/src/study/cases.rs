//! Cases of a study: variants, settings, sweeps, and tables of factors.

use std::path::Path;

use redan_sim::scenario::Setting;

use crate::exit::bad_input;

/// One case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Case {
    /// Its name in the table; empty for the scenario as it is.
    pub(crate) name: String,
    /// Variant of the scenario.
    pub(crate) variant: Option<String>,
    /// Fields that are set.
    pub(crate) settings: Vec<Setting>,
}

/// Values of one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Factor {
    /// Path of the field.
    pub(crate) path: String,
    /// Its values, as TOML writes them.
    pub(crate) values: Vec<String>,
}

/// Cases of one study: more would be a slip of the pen.
const MOST_CASES: usize = 2_000;

/// `path=value`.
pub(crate) fn setting(text: &str) -> Result<Setting, String> {
    let (path, value) =
        text.split_once('=').ok_or("write a path, =, and a value: flight.raid.count=8")?;
    let (path, value) = (path.trim().to_string(), value.trim().to_string());
    if path.is_empty() || value.is_empty() {
        return Err("write a path, =, and a value: flight.raid.count=8".to_string());
    }
    Ok(Setting { path, value })
}

/// `path=4..64:4`, `path=4..8` in steps of one, or `path=a,b,c`.
pub(crate) fn sweep(text: &str) -> Result<Factor, String> {
    let Setting { path, value } = setting(text)?;
    let Some((from, rest)) = value.split_once("..") else {
        let values = value.split(',').map(|one| one.trim().to_string()).collect();
        return Ok(Factor { path, values });
    };
    let (until, step) = rest.split_once(':').unwrap_or((rest, "1"));
    let number =
        |text: &str| text.trim().parse::<f64>().map_err(|_| format!("`{text}` is no number"));
    let (from, until, step) = (number(from)?, number(until)?, number(step)?);
    if !(step > 0.0 && from <= until && (until - from) / step < MOST_CASES as f64) {
        return Err(format!("`{value}` is no range: write FROM..UNTIL:STEP with a step above 0"));
    }
    let count = ((until - from) / step + 1e-9).floor() as usize;
    let value = |index: usize| rounded(from + index as f64 * step);
    Ok(Factor { path, values: (0..=count).map(value).collect() })
}

/// Twelve digits: they hide what a step of 0.1 is in binary.
fn rounded(value: f64) -> String {
    let short: f64 = format!("{value:.11e}").parse().unwrap_or(value);
    format!("{short}")
}

/// All combinations of variants and factors, the last one running fastest.
pub(crate) fn crossed(
    variants: &[Option<String>],
    fixed: &[Setting],
    factors: &[Factor],
) -> anyhow::Result<Vec<Case>> {
    let count = factors.iter().map(|factor| factor.values.len()).product::<usize>();
    if count * variants.len() > MOST_CASES {
        return Err(bad_input(format!(
            "{} cases are more than {MOST_CASES}\n  hint: take fewer values",
            count * variants.len()
        )));
    }
    let mut cases = Vec::new();
    for variant in variants {
        for index in 0..count {
            cases.push(combination(variant.clone(), fixed, factors, index));
        }
    }
    Ok(cases)
}

fn combination(
    variant: Option<String>,
    fixed: &[Setting],
    factors: &[Factor],
    index: usize,
) -> Case {
    let mut rest = index;
    let mut chosen = Vec::new();
    for factor in factors.iter().rev() {
        let value = factor.values[rest % factor.values.len()].clone();
        chosen.push(Setting { path: factor.path.clone(), value });
        rest /= factor.values.len();
    }
    chosen.reverse();
    let words = chosen.iter().map(|set| format!("{}={}", set.path, set.value));
    let name: Vec<String> = variant.iter().cloned().chain(words).collect();
    Case { name: name.join(" "), variant, settings: [fixed, &chosen].concat() }
}

/// Cases of a table of factors: `.csv` with a path at the head of each column and a case in each row, or
/// `.toml` with a list of values under each path, all of which are crossed.
pub(crate) fn table(file: &Path, fixed: &[Setting]) -> anyhow::Result<Vec<Case>> {
    let shown = file.display();
    let text = std::fs::read_to_string(file).map_err(|error| {
        let hint = "a table of factors is a .csv or .toml file";
        bad_input(format!("cannot read {shown}: {error}\n  hint: {hint}"))
    })?;
    let wrong =
        |reason: String| bad_input(format!("{shown}: {reason}\n  hint: see docs/studies.md"));
    match file.extension().and_then(|ending| ending.to_str()) {
        Some("csv") => rows(&text, fixed).map_err(wrong),
        Some("toml") => crossed(&[None], fixed, &factors(&text).map_err(wrong)?),
        _ => Err(wrong("the name of a table of factors ends in .csv or .toml".to_string())),
    }
}

fn rows(text: &str, fixed: &[Setting]) -> Result<Vec<Case>, String> {
    let lines = text.lines().enumerate().filter(|(_, line)| {
        let line = line.trim();
        !line.is_empty() && !line.starts_with('#')
    });
    let mut lines = lines.map(|(number, line)| (number + 1, line));
    let (_, head) = lines.next().ok_or("the table is empty")?;
    let paths: Vec<&str> = head.split(',').map(str::trim).collect();
    let case = |(number, line): (usize, &str)| {
        let values: Vec<&str> = line.split(',').map(str::trim).collect();
        if values.len() != paths.len() {
            return Err(format!(
                "line {number} has {} values for {} columns",
                values.len(),
                paths.len()
            ));
        }
        let named = |name: &str| paths.iter().position(|p| *p == name).map(|at| values[at]);
        let own =
            paths.iter().zip(&values).filter(|(path, _)| !["name", "variant"].contains(*path));
        let own: Vec<Setting> = own
            .map(|(path, value)| Setting { path: (*path).to_string(), value: (*value).to_string() })
            .collect();
        let words: Vec<String> =
            own.iter().map(|set| format!("{}={}", set.path, set.value)).collect();
        Ok(Case {
            name: named("name").map_or(words.join(" "), str::to_string),
            variant: named("variant").filter(|name| !name.is_empty()).map(str::to_string),
            settings: [fixed, &own].concat(),
        })
    };
    let cases: Vec<Case> = lines.map(case).collect::<Result<_, _>>()?;
    match cases.len() {
        0 => Err("the table has no row below its head".to_string()),
        1..=MOST_CASES => Ok(cases),
        count => Err(format!("{count} cases are more than {MOST_CASES}")),
    }
}

fn factors(text: &str) -> Result<Vec<Factor>, String> {
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| error.to_string())?;
    let of = |(path, values): (&String, &toml::Value)| {
        let values = values.as_array().filter(|values| !values.is_empty());
        let values = values.ok_or_else(|| format!("{path} wants a list of values"))?;
        let values = values.iter().map(written).collect::<Option<_>>();
        let values =
            values.ok_or_else(|| format!("{path}: a value is a number, a text or a flag"))?;
        Ok(Factor { path: path.clone(), values })
    };
    table.iter().map(of).collect()
}

/// A value as it would stand in a file; a text without its quotation marks, which a setting does not need.
fn written(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(whole) => Some(whole.to_string()),
        toml::Value::Float(number) => Some(number.to_string()),
        toml::Value::Boolean(flag) => Some(flag.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_has_both_its_ends() {
        let found = sweep("flight.raid.count=4..16:4").expect("a range");
        assert_eq!(found.values, ["4", "8", "12", "16"]);
        assert_eq!(sweep("x=0..0.3:0.1").expect("a range").values, ["0", "0.1", "0.2", "0.3"]);
        assert_eq!(sweep("x=free,hold").expect("a list").values, ["free", "hold"]);
        for wrong in ["x", "x=", "x=4..1", "x=1..2:0", "x=a..b", "x=0..1e9"] {
            assert!(sweep(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn factors_are_crossed_and_named() {
        let factors = [sweep("a=1,2").expect("a list"), sweep("b=x,y").expect("a list")];
        let cases = crossed(&[None], &[], &factors).expect("four");
        let names: Vec<&str> = cases.iter().map(|case| case.name.as_str()).collect();
        assert_eq!(names, ["a=1 b=x", "a=1 b=y", "a=2 b=x", "a=2 b=y"]);
    }

    #[test]
    fn a_table_gives_one_case_for_each_row() {
        let cases = rows("name, variant, a\n# remark\nfirst, mast, 1\nsecond,, 2\n", &[]);
        let cases = cases.expect("two rows");
        assert_eq!(cases[0].variant.as_deref(), Some("mast"));
        assert_eq!((cases[1].name.as_str(), &cases[1].variant), ("second", &None));
        assert!(rows("a,b\n1\n", &[]).expect_err("too short").contains("line 2"));
        let crossed = factors("\"a.b\" = [1, 2]\nc = ['x']").expect("two lists");
        assert_eq!(crossed.len(), 2);
        assert!(factors("a = 1").is_err());
    }
}
