//! From the tree of a file to typed values, noting every mistake on the way.
//!
//! Serde stops at the first mistake and would not know where the others are; this reader goes on.
//! [`table`] makes a struct, its schema and its reader from one list of fields, so that the three
//! cannot differ. A field of type `Option` may be left out; a mistake in it leaves it out too, so
//! that the rest of its table is still checked; [`Needed`] does the same for one that must be given.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::problem::{Collector, Spot, shortened};
use super::tree::{Entry, Node, Value};

/// A type that can be read from a value of the file.
pub(super) trait FromNode: Sized {
    /// Reads the value at a path; `None` once a problem has been noted.
    fn from_node(node: &Node, path: &str, problems: &mut Collector) -> Option<Self>;

    /// What stands for a field that is left out; `None` where it must be given.
    fn absent() -> Option<Self> {
        None
    }

    /// What stands for a field with a mistake, so that its neighbours are still checked.
    fn broken() -> Option<Self> {
        Self::absent()
    }
}

/// A value with its place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct At<T> {
    pub(super) value: T,
    pub(super) spot: Spot,
}

/// A list whose items can be read one by one; those with mistakes are missing from `items`.
#[derive(Clone, Debug)]
pub(super) struct List<T> {
    pub(super) items: Vec<T>,
    pub(super) spot: Spot,
    /// Items that the author wrote, readable or not.
    pub(super) written: usize,
}

/// A table whose keys the author chooses; entries with mistakes are missing.
#[derive(Clone, Debug)]
pub(super) struct Named<T> {
    pub(super) entries: Vec<(At<String>, T)>,
}

/// A field that must be given; empty once a mistake in it has been noted. What is made of a table
/// with an empty field is never used, only checked.
#[derive(Clone, Debug)]
pub(super) struct Needed<T>(Option<At<T>>);

impl<T> Needed<T> {
    /// The value with its place, unless it has a mistake.
    pub(super) fn get(&self) -> Option<&At<T>> {
        self.0.as_ref()
    }
}

/// Any value, kept as it is.
#[derive(Clone, Debug)]
pub(super) struct Any;

impl<T: FromNode> FromNode for Option<T> {
    fn from_node(node: &Node, path: &str, problems: &mut Collector) -> Option<Self> {
        T::from_node(node, path, problems).map(Some)
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl<T: FromNode> FromNode for Needed<T> {
    fn from_node(node: &Node, path: &str, problems: &mut Collector) -> Option<Self> {
        At::from_node(node, path, problems).map(|at| Self(Some(at)))
    }

    fn broken() -> Option<Self> {
        Some(Self(None))
    }
}

impl<T: FromNode> FromNode for At<T> {
    fn from_node(node: &Node, path: &str, problems: &mut Collector) -> Option<Self> {
        let value = T::from_node(node, path, problems)?;
        Some(Self { value, spot: Spot::new(node.span.clone(), path) })
    }
}

impl<T: FromNode> FromNode for List<T> {
    fn from_node(node: &Node, path: &str, problems: &mut Collector) -> Option<Self> {
        let Value::List(nodes) = &node.value else {
            return mismatch(node, path, "a list", problems);
        };
        let items = nodes
            .iter()
            .enumerate()
            .filter_map(|(index, item)| T::from_node(item, &format!("{path}[{index}]"), problems))
            .collect();
        Some(Self { items, spot: Spot::new(node.span.clone(), path), written: nodes.len() })
    }
}

impl<T: FromNode> FromNode for Named<T> {
    fn from_node(node: &Node, path: &str, problems: &mut Collector) -> Option<Self> {
        let Value::Table(entries) = &node.value else {
            return mismatch(node, path, "a table", problems);
        };
        let read = |entry: &Entry| {
            let path = joined(path, &entry.key);
            let value = T::from_node(&entry.node, &path, problems)?;
            let spot = Spot::new(entry.key_span.clone(), path);
            Some((At { value: entry.key.clone(), spot }, value))
        };
        Some(Self { entries: entries.iter().filter_map(read).collect() })
    }
}

impl FromNode for Any {
    fn from_node(_: &Node, _: &str, _: &mut Collector) -> Option<Self> {
        Some(Any)
    }
}

impl FromNode for String {
    fn from_node(node: &Node, path: &str, problems: &mut Collector) -> Option<Self> {
        match &node.value {
            Value::Text(text) => Some(text.clone()),
            _ => mismatch(node, path, "a text in quotation marks", problems),
        }
    }
}

impl FromNode for f64 {
    fn from_node(node: &Node, path: &str, problems: &mut Collector) -> Option<Self> {
        let number = match node.value {
            Value::Number(number) => number,
            Value::Whole(whole) => whole as f64,
            _ => return mismatch(node, path, "a number", problems),
        };
        if !number.is_finite() {
            problems.note(&Spot::new(node.span.clone(), path), "this is not a finite number");
            return None;
        }
        Some(number)
    }
}

impl FromNode for u32 {
    fn from_node(node: &Node, path: &str, problems: &mut Collector) -> Option<Self> {
        let spot = Spot::new(node.span.clone(), path);
        match node.value {
            Value::Whole(whole) => u32::try_from(whole).ok().or_else(|| {
                problems.note(&spot, format!("{whole} is not between 0 and {}", u32::MAX));
                None
            }),
            _ => mismatch(node, path, "a whole number", problems),
        }
    }
}

impl FromNode for bool {
    fn from_node(node: &Node, path: &str, problems: &mut Collector) -> Option<Self> {
        match node.value {
            Value::Flag(flag) => Some(flag),
            _ => mismatch(node, path, "true or false", problems),
        }
    }
}

/// The entries of one table, while they are read.
pub(super) struct Fields<'n> {
    entries: &'n [Entry],
    spot: Spot,
}

impl<'n> Fields<'n> {
    /// Opens a table and notes the fields that nobody will read.
    pub(super) fn open(
        node: &'n Node,
        path: &str,
        known: &[&str],
        problems: &mut Collector,
    ) -> Option<Self> {
        let Value::Table(entries) = &node.value else {
            return mismatch(node, path, "a table", problems);
        };
        for entry in entries.iter().filter(|entry| !known.contains(&entry.key.as_str())) {
            let spot = Spot::new(entry.key_span.clone(), joined(path, &entry.key));
            problems.unknown(&spot, "the field", &entry.key, known.iter().copied());
        }
        Some(Self { entries, spot: Spot::new(node.span.clone(), path) })
    }

    /// Reads a field; `None` once a problem with it has been noted and nothing stands for it.
    pub(super) fn take<T: FromNode>(&self, key: &str, problems: &mut Collector) -> Option<T> {
        match self.entries.iter().find(|entry| entry.key == key) {
            Some(entry) => {
                let path = joined(&self.spot.path, key);
                T::from_node(&entry.node, &path, problems).or_else(T::broken)
            }
            None => T::absent().or_else(|| {
                let spot = Spot::new(self.spot.span.clone(), joined(&self.spot.path, key));
                problems.note_hint(&spot, "this field is missing", format!("write {key} = …"));
                T::broken()
            }),
        }
    }

    /// Place of the table.
    pub(super) fn spot(&self) -> Spot {
        self.spot.clone()
    }
}

/// Notes that a value is of the wrong type. Always `None`, so that a reader can end with it.
pub(super) fn mismatch<T>(
    node: &Node,
    path: &str,
    wanted: &str,
    problems: &mut Collector,
) -> Option<T> {
    let reason = format!("{wanted} belongs here, not {}", node.kind());
    problems.note(&Spot::new(node.span.clone(), path), reason);
    None
}

/// Path of a field, with keys quoted where a dot in them would mislead.
pub(super) fn joined(path: &str, key: &str) -> String {
    let key = shortened(key);
    let key = if key.contains('.') { format!("\"{key}\"") } else { key };
    if path.is_empty() { key } else { format!("{path}.{key}") }
}

impl<T: JsonSchema> JsonSchema for At<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<T>()
    }
}

impl<T: JsonSchema> JsonSchema for Needed<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<T>()
    }
}

impl<T: JsonSchema> JsonSchema for List<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("ListOf{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "array", "items": generator.subschema_for::<T>() })
    }
}

impl<T: JsonSchema> JsonSchema for Named<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Named{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "object", "additionalProperties": generator.subschema_for::<T>() })
    }
}

impl JsonSchema for Any {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Any".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!(true)
    }
}

/// A struct with its place, its schema and its reader, from one list of documented fields.
macro_rules! table {
    ($(#[$meta:meta])* $name:ident { $($(#[$note:meta])* $field:ident: $kind:ty,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, schemars::JsonSchema)]
        #[schemars(deny_unknown_fields)]
        pub(super) struct $name {
            /// Place of the table.
            #[schemars(skip)]
            #[allow(dead_code, reason = "not every table is pointed at as a whole")]
            pub(super) spot: $crate::scenario::problem::Spot,
            $($(#[$note])* pub(super) $field: $kind,)*
        }

        impl $crate::scenario::read::FromNode for $name {
            fn from_node(
                node: &$crate::scenario::tree::Node,
                path: &str,
                problems: &mut $crate::scenario::problem::Collector,
            ) -> Option<Self> {
                const KNOWN: &[&str] = &[$(stringify!($field)),*];
                let fields = $crate::scenario::read::Fields::open(node, path, KNOWN, problems)?;
                // Every field is read before any is asked for, so that all mistakes are noted.
                $(let $field = fields.take(stringify!($field), problems);)*
                Some(Self { spot: fields.spot(), $($field: $field?,)* })
            }
        }
    };
}

/// A closed set of words, with its schema and its reader.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$note:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum $name {
            $($(#[$note])* $variant,)*
        }

        impl $crate::scenario::read::FromNode for $name {
            fn from_node(
                node: &$crate::scenario::tree::Node,
                path: &str,
                problems: &mut $crate::scenario::problem::Collector,
            ) -> Option<Self> {
                let word = String::from_node(node, path, problems)?;
                match word.as_str() {
                    $($word => Some(Self::$variant),)*
                    _ => {
                        let spot = $crate::scenario::problem::Spot::new(node.span.clone(), path);
                        problems.unknown(&spot, "the word", &word, [$($word),*].into_iter());
                        None
                    }
                }
            }
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "enum": [$($word),*] })
            }
        }
    };
}

pub(super) use {table, words};
