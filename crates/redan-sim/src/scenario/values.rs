//! Values that a scenario file writes in a form of its own: places, intervals, instants, choices.

use std::borrow::Cow;

use redan_geo::Geodetic;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::problem::{Collector, Spot};
use super::read::{At, FromNode, Needed, mismatch};
use super::tree::{Node, Value};

/// Latitude and longitude in degrees, both in range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Place {
    pub(super) lat_deg: f64,
    pub(super) lon_deg: f64,
}

impl FromNode for Place {
    fn from_node(node: &Node, path: &str, problems: &mut Collector) -> Option<Self> {
        let Value::List(parts) = &node.value else {
            return mismatch(node, path, "a place [latitude, longitude] in degrees", problems);
        };
        let [lat, lon] = parts.as_slice() else {
            let spot = Spot::new(node.span.clone(), path);
            let reason = format!("a place is two numbers, not {}", parts.len());
            problems.note_hint(&spot, reason, "write [latitude, longitude] in degrees");
            return None;
        };
        let lat_deg = degrees(lat, path, "latitude", 90.0, problems);
        let lon_deg = degrees(lon, path, "longitude", 180.0, problems);
        Some(Self { lat_deg: lat_deg?, lon_deg: lon_deg? })
    }
}

/// Place at height 0; that of a place with mistakes, which is never used, is arbitrary.
pub(super) fn place_of(at: &Needed<Place>) -> Geodetic {
    at.get().map_or_else(Geodetic::default, |at| {
        Geodetic::from_degrees(at.value.lat_deg, at.value.lon_deg, 0.0)
    })
}

fn degrees(
    node: &Node,
    path: &str,
    what: &str,
    limit_deg: f64,
    problems: &mut Collector,
) -> Option<f64> {
    let value = f64::from_node(node, path, problems)?;
    if value.abs() <= limit_deg {
        return Some(value);
    }
    let spot = Spot::new(node.span.clone(), path);
    let reason = format!("{what} {value} is outside -{limit_deg} to {limit_deg} degrees");
    problems.note_hint(
        &spot,
        reason,
        "write [latitude, longitude] in degrees, north and east positive",
    );
    None
}

impl JsonSchema for Place {
    fn schema_name() -> Cow<'static, str> {
        "Place".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "Latitude and longitude in degrees, north and east positive.",
            "type": "array",
            "prefixItems": [
                { "type": "number", "minimum": -90, "maximum": 90 },
                { "type": "number", "minimum": -180, "maximum": 180 },
            ],
            "minItems": 2,
            "maxItems": 2,
        })
    }
}

/// From and until, minutes from the start of the battle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Interval {
    pub(super) from_min: f64,
    pub(super) until_min: f64,
}

impl FromNode for Interval {
    fn from_node(node: &Node, path: &str, problems: &mut Collector) -> Option<Self> {
        let Value::List(parts) = &node.value else {
            return mismatch(node, path, "an interval [from, until] in minutes", problems);
        };
        let [from, until] = parts.as_slice() else {
            let spot = Spot::new(node.span.clone(), path);
            let reason = format!("an interval is two numbers, not {}", parts.len());
            problems.note_hint(&spot, reason, "write [from, until] in minutes");
            return None;
        };
        let from_min = f64::from_node(from, path, problems)?;
        let until_min = f64::from_node(until, path, problems)?;
        if from_min >= 0.0 && from_min < until_min {
            return Some(Self { from_min, until_min });
        }
        let spot = Spot::new(node.span.clone(), path);
        let reason = format!("{from_min} to {until_min} min is no interval of the battle");
        problems.note_hint(&spot, reason, "write [from, until] in minutes, 0 or later, from first");
        None
    }
}

impl JsonSchema for Interval {
    fn schema_name() -> Cow<'static, str> {
        "Interval".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "From and until, minutes from the start of the battle.",
            "type": "array",
            "prefixItems": [{ "type": "number", "minimum": 0 }, { "type": "number", "minimum": 0 }],
            "minItems": 2,
            "maxItems": 2,
        })
    }
}

/// An instant in UTC, as ISO 8601 writes it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Start(pub(super) String);

impl FromNode for Start {
    fn from_node(node: &Node, path: &str, problems: &mut Collector) -> Option<Self> {
        let (Value::Date(text) | Value::Text(text)) = &node.value else {
            return mismatch(node, path, "a date and time", problems);
        };
        let utc = text.parse::<toml::value::Datetime>().ok().filter(|moment| {
            let zulu = Some(toml::value::Offset::Z);
            moment.date.is_some() && moment.time.is_some() && moment.offset == zulu
        });
        match utc {
            Some(moment) => Some(Self(moment.to_string())),
            None => {
                let spot = Spot::new(node.span.clone(), path);
                let reason = "this is not a date and time in UTC";
                problems.note_hint(&spot, reason, "write it like 2026-05-12T04:00:00Z");
                None
            }
        }
    }
}

impl JsonSchema for Start {
    fn schema_name() -> Cow<'static, str> {
        "Start".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date-time" })
    }
}

/// How a figure is read: by the label of one of its claims, or as a number in the unit of the card.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Choice {
    Claim(At<String>),
    Number(At<f64>),
}

impl FromNode for Choice {
    fn from_node(node: &Node, path: &str, problems: &mut Collector) -> Option<Self> {
        match node.value {
            Value::Text(_) => At::from_node(node, path, problems).map(Choice::Claim),
            Value::Whole(_) | Value::Number(_) => {
                At::from_node(node, path, problems).map(Choice::Number)
            }
            _ => mismatch(node, path, "the label of a claim or a number", problems),
        }
    }
}

impl JsonSchema for Choice {
    fn schema_name() -> Cow<'static, str> {
        "Choice".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "Label of a claim of the card, or a number in the card's unit.",
            "type": ["string", "number"],
        })
    }
}
