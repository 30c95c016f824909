//! Every number of a real system is a claim with source, kind and grade.
//!
//! redan-sim refuses such a card too, when it reads it. This rule stands apart from that reader on
//! purpose: it knows nothing of parameters and units, so a reader that learns to overlook a number
//! is still caught.

use std::collections::BTreeSet;
use std::fmt::Display;

use anyhow::{Context, Result};
use toml::{Table, Value};

use super::Finding;
use super::source::{TextFile, Tree};

const CARDS: &str = "data/cards/";
const SOURCES: &str = "data/sources.toml";
const KINDS: &[&str] = &["published", "computed", "estimate", "reported"];
const GRADES: &[&str] = &["A", "B", "C", "D", "E"];

/// Finds numbers without a source and claims that are incomplete.
pub(super) fn check(tree: &Tree) -> Result<Vec<Finding>> {
    let sources = source_ids(tree)?;
    let mut findings = Vec::new();
    let is_card = |file: &&TextFile| file.path.starts_with(CARDS) && file.path.ends_with(".toml");
    for file in tree.texts.iter().filter(is_card) {
        let card: Table = file.text.parse().with_context(|| format!("reading {}", file.path))?;
        let mut reader = Reader { file, sources: &sources, claims: 0, findings: &mut findings };
        reader.walk(&mut Vec::new(), &Value::Table(card));
        if reader.claims == 0 {
            reader.say(&[], "holds no claim".into());
        }
    }
    Ok(findings)
}

/// Identifiers of the `[[source]]` tables.
fn source_ids(tree: &Tree) -> Result<BTreeSet<String>> {
    let text = tree.text(SOURCES).unwrap_or_default();
    let table: Table = text.parse().with_context(|| format!("reading {SOURCES}"))?;
    let entries = table.get("source").and_then(Value::as_array);
    let ids = entries.into_iter().flatten().filter_map(|entry| entry.get("id")?.as_str());
    Ok(ids.map(str::to_owned).collect())
}

struct Reader<'a> {
    file: &'a TextFile,
    sources: &'a BTreeSet<String>,
    claims: usize,
    findings: &'a mut Vec<Finding>,
}

impl Reader<'_> {
    fn walk(&mut self, place: &mut Vec<String>, value: &Value) {
        match value {
            Value::Table(table) if is_claim(place) => self.check_claim(place, table),
            Value::Table(table) => {
                for (key, inner) in table {
                    self.step_into(place, key.clone(), inner);
                }
            }
            Value::Array(values) => {
                for (index, inner) in values.iter().enumerate() {
                    self.step_into(place, index.to_string(), inner);
                }
            }
            Value::Integer(number) => self.say_unsourced(place, number),
            Value::Float(number) => self.say_unsourced(place, number),
            Value::String(_) | Value::Boolean(_) | Value::Datetime(_) => {}
        }
    }

    fn step_into(&mut self, place: &mut Vec<String>, key: String, inner: &Value) {
        place.push(key);
        self.walk(place, inner);
        place.pop();
    }

    fn check_claim(&mut self, place: &[String], claim: &Table) {
        self.claims += 1;
        let text = |key: &str| claim.get(key).and_then(Value::as_str);
        match text("source") {
            Some(source) if self.sources.contains(source) => {}
            Some(source) => self.say(place, format!("{SOURCES} has no `{source}`")),
            None => self.say(place, "a claim needs a `source`".into()),
        }
        if text("says").is_none_or(|says| says.trim().is_empty()) {
            self.say(place, "a claim needs `says`: what the source states".into());
        }
        for (key, known) in [("kind", KINDS), ("grade", GRADES)] {
            if !text(key).is_some_and(|word| known.contains(&word)) {
                self.say(place, format!("a claim needs `{key}`, one of {}", known.join(", ")));
            }
        }
    }

    fn say_unsourced(&mut self, place: &[String], number: &dyn Display) {
        self.say(place, format!("{number} stands outside a claim: it has no source"));
    }

    fn say(&mut self, place: &[String], text: String) {
        let place = place.join(".");
        let text = if place.is_empty() { text } else { format!("{place}: {text}") };
        let finding = Finding { path: self.file.path.clone(), line: 0, rule: "claim", text };
        self.findings.push(finding);
    }
}

/// Whether a place is an entry of a list named `claims`.
fn is_claim(place: &[String]) -> bool {
    place.len() >= 2 && place[place.len() - 2] == "claims"
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE_LIST: &str = "[[source]]\nid = \"almaz-2007\"\n";
    const GOOD: &str = "\
        id = \"radar\"\n\
        [parameters.range]\n\
        unit = \"km\"\n\
        [[parameters.range.claims]]\n\
        value = 390\n\
        conditions = { rcs_m2 = 4.0 }\n\
        source = \"almaz-2007\"\n\
        says = \"390 km against 4 m²\"\n\
        kind = \"published\"\n\
        grade = \"B\"\n";

    fn texts(card: &str) -> Vec<String> {
        let file = |path: &str, text: &str| TextFile { path: path.into(), text: text.into() };
        let texts = vec![file("data/cards/radar.toml", card), file(SOURCES, SOURCE_LIST)];
        let findings = check(&Tree { texts, sources: vec![] }).expect("the card reads");
        findings.into_iter().map(|one| one.text).collect()
    }

    #[test]
    fn a_claim_with_source_kind_and_grade_passes() {
        assert_eq!(texts(GOOD), [""; 0]);
    }

    #[test]
    fn a_number_outside_a_claim_has_no_source() {
        let card = GOOD.replace("unit = \"km\"", "value = 390");
        assert_eq!(
            texts(&card),
            ["parameters.range.value: 390 stands outside a claim: it has no source"]
        );
        let card = GOOD.replace("unit = \"km\"", "band = [2.9, 3.1]");
        assert_eq!(texts(&card).len(), 2);
    }

    #[test]
    fn every_part_of_a_claim_is_asked_for() {
        for part in ["source = \"almaz-2007\"\n", "says = \"390 km against 4 m²\"\n"] {
            assert_eq!(texts(&GOOD.replace(part, "")).len(), 1, "{part}");
        }
        assert_eq!(texts(&GOOD.replace("\"published\"", "\"rumour\"")).len(), 1);
        assert_eq!(texts(&GOOD.replace("grade = \"B\"\n", "")).len(), 1);
    }

    #[test]
    fn a_source_must_be_listed() {
        let found = texts(&GOOD.replace("almaz-2007", "hearsay"));
        assert_eq!(found, ["parameters.range.claims.0: data/sources.toml has no `hearsay`"]);
    }

    #[test]
    fn a_card_without_claims_is_empty() {
        assert_eq!(texts("id = \"radar\"\n"), ["holds no claim"]);
    }
}
