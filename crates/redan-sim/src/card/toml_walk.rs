//! Walks a TOML document field by field and notes every problem with its line.
//!
//! Deserialising into structures would stop at the first wrong field; a person who writes a card
//! wants to hear of all of them at once.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::claim::Condition;
use super::problem::{CardProblem, nearest_names};

/// Problems found in one file, and the lines of what was read from it.
#[derive(Debug)]
pub(super) struct Notes<'a> {
    file: &'a str,
    text: &'a str,
    line_starts: Vec<usize>,
    lines: BTreeMap<String, usize>,
    pub(super) problems: Vec<CardProblem>,
}

impl<'a> Notes<'a> {
    pub(super) fn new(file: &'a str, text: &'a str) -> Self {
        let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        let line_starts = [0].into_iter().chain(breaks).collect();
        Notes { file, text, line_starts, lines: BTreeMap::new(), problems: Vec::new() }
    }

    /// The document, or `None` after noting every syntax error.
    pub(super) fn parse(&mut self) -> Option<Spanned<DeTable<'a>>> {
        let (document, errors) = DeTable::parse_recoverable(self.text);
        for error in &errors {
            let span = error.span().unwrap_or(0..0);
            let hint = "the file must be TOML: https://toml.io".to_string();
            self.add(&span, "", error.message().to_string(), hint);
        }
        errors.is_empty().then_some(document)
    }

    pub(super) fn add(&mut self, span: &Range<usize>, field: &str, reason: String, hint: String) {
        let file = self.file.to_string();
        let field = if field.is_empty() { "file".to_string() } else { field.to_string() };
        let line = self.line(span);
        self.problems.push(CardProblem { file, line, field, reason, hint });
    }

    /// Lines of the fields, for checks that come after reading.
    pub(super) fn into_lines(self) -> (BTreeMap<String, usize>, Vec<CardProblem>) {
        (self.lines, self.problems)
    }

    fn line(&self, span: &Range<usize>) -> usize {
        self.line_starts.partition_point(|start| *start <= span.start)
    }

    fn mark(&mut self, path: &str, span: &Range<usize>) {
        let line = self.line(span);
        self.lines.insert(path.to_string(), line);
    }
}

/// One table of the document.
#[derive(Debug)]
pub(super) struct Fields<'t, 'i> {
    table: &'t DeTable<'i>,
    /// Where it stands, for example `parameters.min_range.claims[0]`.
    pub(super) path: String,
    /// Its characters in the file.
    pub(super) span: Range<usize>,
}

impl<'t, 'i> Fields<'t, 'i> {
    pub(super) fn new(table: &'t DeTable<'i>, path: String, span: Range<usize>) -> Self {
        Fields { table, path, span }
    }

    /// The path of one of its fields.
    pub(super) fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_string() } else { format!("{}.{key}", self.path) }
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.find(key).is_some()
    }

    /// Notes every field that is not in `known`.
    pub(super) fn refuse_others(&self, notes: &mut Notes<'_>, known: &[&str]) {
        for key in self.table.keys() {
            let name = key.get_ref().as_ref();
            if known.contains(&name) {
                continue;
            }
            let hint = match nearest_names(name, known.iter().copied()).first() {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the fields here are {}", known.join(", ")),
            };
            notes.add(&key.span(), &self.path_of(name), "no such field".to_string(), hint);
        }
    }

    /// A text that must be there; empty after noting its absence.
    pub(super) fn text(&self, notes: &mut Notes<'_>, key: &str, hint: &str) -> String {
        match self.optional_text(notes, key) {
            Some(text) if !text.trim().is_empty() => text,
            Some(_) => {
                self.note(notes, key, "it is empty", hint);
                String::new()
            }
            None if self.has(key) => String::new(),
            None => {
                self.note(notes, key, "it is missing", hint);
                String::new()
            }
        }
    }

    /// A text, if it is there.
    pub(super) fn optional_text(&self, notes: &mut Notes<'_>, key: &str) -> Option<String> {
        let value = self.get(notes, key)?;
        match value.get_ref() {
            DeValue::String(text) => Some(text.trim().to_string()),
            other => self.wrong_type(notes, key, other, "text in quotes"),
        }
    }

    /// A finite number, if it is there; whole numbers count.
    pub(super) fn optional_number(&self, notes: &mut Notes<'_>, key: &str) -> Option<f64> {
        let value = self.get(notes, key)?;
        match number(value.get_ref()) {
            Some(number) if number.is_finite() => Some(number),
            _ => self.wrong_type(notes, key, value.get_ref(), "a finite number"),
        }
    }

    /// `true` or `false`, if it is there.
    pub(super) fn optional_bool(&self, notes: &mut Notes<'_>, key: &str) -> Option<bool> {
        let value = self.get(notes, key)?;
        match value.get_ref() {
            DeValue::Boolean(value) => Some(*value),
            other => self.wrong_type(notes, key, other, "true or false"),
        }
    }

    /// A list of texts; empty where it is absent.
    pub(super) fn texts(&self, notes: &mut Notes<'_>, key: &str) -> Vec<String> {
        let Some(value) = self.get(notes, key) else { return Vec::new() };
        let items = value.get_ref().as_array().map(|items| {
            items.iter().map(|item| item.get_ref().as_str().map(str::to_string)).collect()
        });
        let texts: Option<Option<Vec<String>>> = items;
        match texts.flatten() {
            Some(texts) => texts,
            None => {
                self.wrong_type(notes, key, value.get_ref(), "a list of texts").unwrap_or_default()
            }
        }
    }

    /// Numbers and texts by name, such as conditions; empty where it is absent.
    pub(super) fn conditions(
        &self,
        notes: &mut Notes<'_>,
        key: &str,
    ) -> BTreeMap<String, Condition> {
        let Some(fields) = self.table(notes, key) else { return BTreeMap::new() };
        let mut conditions = BTreeMap::new();
        for name in fields.table.keys() {
            let name = name.get_ref().as_ref();
            let is_text = fields.find(name).is_some_and(|value| value.get_ref().is_str());
            let condition = if is_text {
                fields.optional_text(notes, name).map(Condition::Text)
            } else {
                fields.optional_number(notes, name).map(Condition::Number)
            };
            conditions.extend(condition.map(|condition| (name.to_string(), condition)));
        }
        conditions
    }

    /// A table, if it is there.
    pub(super) fn table(&self, notes: &mut Notes<'_>, key: &str) -> Option<Fields<'t, 'i>> {
        let value = self.get(notes, key)?;
        match value.get_ref() {
            DeValue::Table(table) => Some(Fields::new(table, self.path_of(key), value.span())),
            other => self.wrong_type(notes, key, other, "a table"),
        }
    }

    /// The tables of `[[key]]`; empty where there are none.
    pub(super) fn tables(&self, notes: &mut Notes<'_>, key: &str) -> Vec<Fields<'t, 'i>> {
        let Some(value) = self.get(notes, key) else { return Vec::new() };
        let Some(items) = value.get_ref().as_array() else {
            return self
                .wrong_type(notes, key, value.get_ref(), "a list of tables")
                .unwrap_or_default();
        };
        let mut tables = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let path = format!("{}[{index}]", self.path_of(key));
            notes.mark(&path, &item.span());
            match item.get_ref() {
                DeValue::Table(table) => tables.push(Fields::new(table, path, item.span())),
                other => {
                    let reason = format!("it is a {}", other.type_str());
                    notes.add(&item.span(), &path, reason, format!("write [[{key}]]"));
                }
            }
        }
        tables
    }

    /// The tables inside it by name, in the order of the file.
    pub(super) fn named_tables(&self, notes: &mut Notes<'_>) -> Vec<(String, Fields<'t, 'i>)> {
        let mut keys: Vec<_> = self.table.keys().collect();
        keys.sort_by_key(|key| key.span().start);
        keys.into_iter()
            .filter_map(|key| {
                let name = key.get_ref().to_string();
                let mut fields = self.table(notes, &name)?;
                // The header names the parameter; the table itself may begin at its first field.
                fields.span = key.span();
                notes.mark(&fields.path, &fields.span);
                Some((name, fields))
            })
            .collect()
    }

    /// Notes a problem of one field, at its line or, where it is absent, at the line of the table.
    pub(super) fn note(&self, notes: &mut Notes<'_>, key: &str, reason: &str, hint: &str) {
        let span = self.find(key).map_or(self.span.clone(), Spanned::span);
        notes.add(&span, &self.path_of(key), reason.to_string(), hint.to_string());
    }

    fn find(&self, key: &str) -> Option<&'t Spanned<DeValue<'i>>> {
        self.table.iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| value)
    }

    fn get(&self, notes: &mut Notes<'_>, key: &str) -> Option<&'t Spanned<DeValue<'i>>> {
        let value = self.find(key)?;
        notes.mark(&self.path_of(key), &value.span());
        Some(value)
    }

    fn wrong_type<T>(
        &self,
        notes: &mut Notes<'_>,
        key: &str,
        value: &DeValue<'_>,
        wanted: &str,
    ) -> Option<T> {
        let reason = format!("it is a {} where {wanted} belongs", value.type_str());
        self.note(notes, key, &reason, &format!("write {wanted}"));
        None
    }
}

fn number(value: &DeValue<'_>) -> Option<f64> {
    match value {
        DeValue::Float(float) => float.as_str().parse().ok(),
        DeValue::Integer(integer) if integer.radix() == 10 => integer.as_str().parse().ok(),
        _ => None,
    }
}
