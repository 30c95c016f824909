//! Every number of a real system is a claim with source, kind and grade.
//!
//! A claim is a table with the key `source`. A number in a card that is not inside a claim has no
//! source, and a source that `data/sources.toml` does not know cannot be looked up.

use anyhow::{Context, Result};
use toml::{Table, Value};

use super::Finding;
use super::source::{TextFile, Tree};

const CARDS: &str = "data/cards/";
const SOURCES: &str = "data/sources.toml";
const KINDS: &[&str] = &["published", "computed", "estimate", "reported"];

/// Finds numbers without a source and claims that are incomplete.
pub(super) fn check(tree: &Tree) -> Result<Vec<Finding>> {
    let sources = match tree.text(SOURCES) {
        Some(text) => text.parse().with_context(|| format!("reading {SOURCES}"))?,
        None => Table::new(),
    };
    let mut findings = Vec::new();
    let is_card = |file: &&TextFile| file.path.starts_with(CARDS) && file.path.ends_with(".toml");
    for file in tree.texts.iter().filter(is_card) {
        let card: Table = file.text.parse().with_context(|| format!("reading {}", file.path))?;
        let mut reader = Reader { file, sources: &sources, findings: &mut findings };
        reader.walk(&mut Vec::new(), &Value::Table(card));
    }
    Ok(findings)
}

struct Reader<'a> {
    file: &'a TextFile,
    sources: &'a Table,
    findings: &'a mut Vec<Finding>,
}

impl Reader<'_> {
    fn walk(&mut self, place: &mut Vec<String>, value: &Value) {
        match value {
            Value::Table(table) if table.contains_key("source") => self.check_claim(place, table),
            Value::Table(table) => {
                for (key, inner) in table {
                    place.push(key.clone());
                    self.walk(place, inner);
                    place.pop();
                }
            }
            Value::Array(values) => {
                for (index, inner) in values.iter().enumerate() {
                    place.push(index.to_string());
                    self.walk(place, inner);
                    place.pop();
                }
            }
            Value::Integer(number) => self.say_unsourced(place, number),
            Value::Float(number) => self.say_unsourced(place, number),
            Value::String(_) | Value::Boolean(_) | Value::Datetime(_) => {}
        }
    }

    fn check_claim(&mut self, place: &[String], claim: &Table) {
        let text = |key: &str| claim.get(key).and_then(Value::as_str);
        match text("source") {
            Some(source) if self.sources.contains_key(source) => {}
            Some(source) => self.say(place, format!("{SOURCES} has no `{source}`")),
            None => self.say(place, "`source` is not a text".into()),
        }
        if !text("kind").is_some_and(|kind| KINDS.contains(&kind)) {
            self.say(place, format!("a claim needs `kind`, one of {}", KINDS.join(", ")));
        }
        if !claim.contains_key("grade") {
            self.say(place, "a claim needs `grade`".into());
        }
    }

    fn say_unsourced(&mut self, place: &[String], number: &dyn std::fmt::Display) {
        self.say(place, format!("{number} stands outside a claim: it has no source"));
    }

    fn say(&mut self, place: &[String], text: String) {
        let text = format!("{}: {text}", place.join("."));
        let finding = Finding { path: self.file.path.clone(), line: 0, rule: "claim", text };
        self.findings.push(finding);
    }
}
