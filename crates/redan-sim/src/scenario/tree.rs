//! A scenario file as a tree of values in which every value knows its place.
//!
//! The tree is owned and plain so that a variant can replace parts of it; a replaced part keeps the
//! place where the variant wrote it, so that a mistake in a variant is shown there.

use std::ops::Range;

use toml::de::{DeFloat, DeInteger, DeTable, DeValue};

use super::problem::{Collector, Spot};

/// A value and its place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Node {
    pub(super) span: Range<usize>,
    pub(super) value: Value,
}

/// A value of TOML.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Text(String),
    Whole(i64),
    Number(f64),
    Flag(bool),
    /// A date, with the text that the file gives for it.
    Date(String),
    List(Vec<Node>),
    /// Entries in the order of the file.
    Table(Vec<Entry>),
}

/// A key of a table with its value.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) key_span: Range<usize>,
    pub(super) node: Node,
}

impl Node {
    /// Parses a file. A mistake of syntax is noted and ends the reading, because what follows it
    /// cannot be trusted.
    pub(super) fn parse(text: &str, problems: &mut Collector) -> Option<Node> {
        match DeTable::parse(text) {
            Ok(table) => Some(Node { span: 0..0, value: table_of(table.get_ref()) }),
            Err(error) => {
                let spot = Spot::new(error.span().unwrap_or(text.len()..text.len()), "");
                let hint = "this is a mistake of TOML syntax; the rest of the file is checked once it is mended";
                problems.note_hint(&spot, error.message().trim(), hint);
                None
            }
        }
    }

    /// Value of a key, where this is a table that has it.
    pub(super) fn get(&self, key: &str) -> Option<&Node> {
        let Value::Table(entries) = &self.value else { return None };
        entries.iter().find(|entry| entry.key == key).map(|entry| &entry.node)
    }

    /// Text of a key, where this is a table that has it.
    pub(super) fn text_of(&self, key: &str) -> Option<&str> {
        match &self.get(key)?.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Names of the items of a list of tables under a key, readable or not: what references may
    /// point to.
    pub(super) fn names_under(&self, key: &str) -> Vec<&str> {
        match self.get(key).map(|node| &node.value) {
            Some(Value::List(items)) => items.iter().filter_map(|i| i.text_of("name")).collect(),
            _ => Vec::new(),
        }
    }

    /// What the value is, for a message.
    pub(super) fn kind(&self) -> &'static str {
        match self.value {
            Value::Text(_) => "a text",
            Value::Whole(_) => "a whole number",
            Value::Number(_) => "a number",
            Value::Flag(_) => "true or false",
            Value::Date(_) => "a date",
            Value::List(_) => "a list",
            Value::Table(_) => "a table",
        }
    }
}

fn table_of(table: &DeTable<'_>) -> Value {
    let mut entries: Vec<Entry> = table
        .iter()
        .map(|(key, value)| Entry {
            key: key.get_ref().to_string(),
            key_span: key.span(),
            node: Node { span: value.span(), value: value_of(value.get_ref()) },
        })
        .collect();
    entries.sort_by_key(|entry| entry.key_span.start);
    Value::Table(entries)
}

fn value_of(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(whole) => whole_of(whole),
        DeValue::Float(number) => Value::Number(number_of(number)),
        DeValue::Boolean(flag) => Value::Flag(*flag),
        DeValue::Datetime(date) => Value::Date(date.to_string()),
        DeValue::Array(items) => Value::List(
            items
                .iter()
                .map(|item| Node { span: item.span(), value: value_of(item.get_ref()) })
                .collect(),
        ),
        DeValue::Table(table) => table_of(table),
    }
}

/// A whole number too long for 64 bits becomes a plain number, and is refused where one is asked for.
fn whole_of(whole: &DeInteger<'_>) -> Value {
    match i64::from_str_radix(whole.as_str(), whole.radix()) {
        Ok(value) => Value::Whole(value),
        Err(_) => Value::Number(whole.as_str().parse().unwrap_or(f64::NAN)),
    }
}

/// A number that cannot be expressed becomes NaN, and is refused where a number is asked for.
fn number_of(number: &DeFloat<'_>) -> f64 {
    number.as_str().parse().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_know_their_places() {
        let text = "a = 1_000\n[[flight]]\nname = 'x'\nroute = [{ at = [1, 2.5] }]\n";
        let tree = Node::parse(text, &mut Collector::default()).unwrap();
        let flights = tree.get("flight").unwrap();
        let Value::List(items) = &flights.value else { panic!("a list") };
        assert_eq!(&text[items[0].span.clone()], "[[flight]]");
        assert_eq!(items[0].text_of("name"), Some("x"));
        assert_eq!(tree.get("a").unwrap().value, Value::Whole(1000));
        assert_eq!(tree.names_under("flight"), ["x"]);
    }

    #[test]
    fn numbers_beyond_their_type_are_kept_as_such() {
        let tree = Node::parse("a = 99999999999999999999\nb = 1e999\n", &mut Collector::default());
        let tree = tree.unwrap();
        assert_eq!(tree.get("a").unwrap().value, Value::Number(1e20));
        assert_eq!(tree.get("b").unwrap().value, Value::Number(f64::INFINITY));
    }

    #[test]
    fn deep_nesting_is_a_mistake_and_not_a_crash() {
        for text in
            [format!("a = {}", "[".repeat(100_000)), format!("{}a = 1", "a.".repeat(100_000))]
        {
            let mut problems = Collector::default();
            assert!(Node::parse(&text, &mut problems).is_none());
            assert!(!problems.is_empty());
        }
    }
}
