//! What a feature says beside its shape. One set of names for all kinds, so that a table of all
//! features has columns that mean one thing each; what a kind does not have is left out.

use serde::Serialize;

use crate::scene::{Scene, Standing};
use crate::utc::seconds_number;
use redan_geo::Time;

/// Properties of a feature, in the order in which they are written.
#[derive(Default, Serialize)]
pub(super) struct Properties {
    /// `asset`, `radar`, `unit`, `launcher`, `claimed-range`, `footprint`, `aircraft`, `track`, `missile`,
    /// `engagement`, `intercept` or `leak`.
    pub(super) kind: &'static str,
    pub(super) name: String,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub(super) type_name: Option<String>,
    /// Side in truth, identity in the view of a network: the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) side: Option<&'static str>,
    /// Flight of an aircraft, network of a radar or unit, unit of a launcher or missile.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) group: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) unit: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) interceptor: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) target: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) asset: Option<String>,
    /// A moment, or the first one.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub(super) from: Option<Begin>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub(super) to: Option<End>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) points: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) instrumented_range_m: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) claimed_range_m: Option<f64>,
    /// Of a footprint, with what it is measured from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) height_m: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) above_ground: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) stage: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) rounds_ordered: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) rounds_launched: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) outcome: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) kill_prob: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) track_error_m: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) note: Option<String>,
}

/// When something happened or began.
#[derive(Serialize)]
pub(super) struct Begin {
    time_s: f64,
    utc: String,
}

/// When something ended.
#[derive(Serialize)]
pub(super) struct End {
    end_s: f64,
    end_utc: String,
}

impl Properties {
    /// A feature with nothing but its kind and name.
    pub(super) fn new(kind: &'static str, name: impl Into<String>) -> Properties {
        Properties { kind, name: name.into(), ..Properties::default() }
    }

    /// With a side.
    pub(super) fn of(self, standing: Standing) -> Properties {
        Properties { side: Some(standing.word()), ..self }
    }

    /// With a moment.
    pub(super) fn at(self, scene: &Scene, time: Time) -> Properties {
        let from = Begin { time_s: seconds_number(time), utc: scene.start.at(time).text() };
        Properties { from: Some(from), ..self }
    }

    /// With a moment and an end.
    pub(super) fn until(self, scene: &Scene, time: Time) -> Properties {
        let to = End { end_s: seconds_number(time), end_utc: scene.start.at(time).text() };
        Properties { to: Some(to), ..self }
    }
}
