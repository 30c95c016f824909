//! `engagements.parquet`: one row per engagement, gathered from its events.
//!
//! The table is a convenience for people: nothing is read back from it, because every figure in it
//! stands in the events.

use std::collections::BTreeMap;

use arrow::array::{Float64Array, StringArray, UInt32Array, UInt64Array};
use redan_record::{
    AircraftId, EngagementEnd, EngagementId, Event, MissileId, NetworkId, Outcome, What,
};
use redan_track::{PlotId, TrackId};
use serde_json::Value;

use crate::names::Names;
use crate::table::Columns;

/// Name of the file.
pub(crate) const TABLE: &str = "engagements.parquet";

/// One engagement from its order to its end.
#[derive(Clone, Debug)]
pub(crate) struct Engagement {
    pub(crate) id: EngagementId,
    pub(crate) network: NetworkId,
    pub(crate) track: TrackId,
    pub(crate) unit: u32,
    pub(crate) interceptor: u32,
    /// What caused the last plot of the track before the order.
    target: Option<AircraftId>,
    rounds: u32,
    ordered_s: f64,
    expected_range_m: f64,
    acquired_s: Option<f64>,
    launches: u32,
    first_launch_s: Option<f64>,
    last_resolved_s: Option<f64>,
    outcome: Option<Ending>,
    ended_s: Option<f64>,
    end: Option<EngagementEnd>,
}

/// How the missiles of an engagement ended; of several the greatest counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Ending {
    Aborted,
    Failed,
    NothingThere,
    Miss,
    Kill,
}

/// All engagements of a run, and which missile belongs to which.
#[derive(Debug, Default)]
pub(crate) struct Engagements {
    by_id: BTreeMap<EngagementId, Engagement>,
    by_missile: BTreeMap<MissileId, EngagementId>,
}

impl Engagements {
    /// Gathers the engagements of a run from its events.
    pub(crate) fn of(events: &[Event]) -> Engagements {
        let mut engagements = Engagements::default();
        let mut origins = Origins::default();
        for event in events {
            origins.take(&event.what);
            engagements.take(event, &origins);
        }
        engagements
    }

    pub(crate) fn get(&self, id: EngagementId) -> Option<&Engagement> {
        self.by_id.get(&id)
    }

    pub(crate) fn of_missile(&self, missile: MissileId) -> Option<EngagementId> {
        self.by_missile.get(&missile).copied()
    }

    /// In order of their numbers.
    pub(crate) fn rows(&self) -> Vec<&Engagement> {
        self.by_id.values().collect()
    }

    fn take(&mut self, event: &Event, origins: &Origins) {
        let at_s = event.at.as_secs();
        match event.what {
            What::Ordered { engagement, .. } => {
                if let Some(ordered) = Engagement::ordered(event, origins) {
                    self.by_id.insert(engagement, ordered);
                }
            }
            What::Acquired { engagement, .. } => {
                self.change(engagement, |e| e.acquired_s = e.acquired_s.or(Some(at_s)));
            }
            What::Launched { engagement, missile, .. } => {
                self.by_missile.insert(missile, engagement);
                self.change(engagement, |e| {
                    e.launches += 1;
                    e.first_launch_s = e.first_launch_s.or(Some(at_s));
                });
            }
            What::Aborted { missile, .. } => self.ended_missile(missile, Ending::Aborted, at_s),
            What::Resolved { missile, outcome, .. } => {
                self.ended_missile(missile, ending(outcome), at_s);
            }
            What::EngagementEnded { engagement, end } => self.change(engagement, |e| {
                e.ended_s = Some(at_s);
                e.end = Some(end);
            }),
            _ => {}
        }
    }

    fn ended_missile(&mut self, missile: MissileId, ending: Ending, at_s: f64) {
        if let Some(engagement) = self.of_missile(missile) {
            self.change(engagement, |e| {
                e.outcome = e.outcome.max(Some(ending));
                e.last_resolved_s = Some(at_s);
            });
        }
    }

    fn change(&mut self, id: EngagementId, change: impl FnOnce(&mut Engagement)) {
        if let Some(engagement) = self.by_id.get_mut(&id) {
            change(engagement);
        }
    }
}

impl Engagement {
    fn ordered(event: &Event, origins: &Origins) -> Option<Engagement> {
        let What::Ordered {
            network,
            engagement,
            track,
            unit,
            interceptor,
            rounds,
            intercept_range_m,
            ..
        } = event.what
        else {
            return None;
        };
        Some(Engagement {
            id: engagement,
            network,
            track,
            unit: unit.0,
            interceptor: interceptor.0,
            target: origins.of_track(network, track),
            rounds,
            ordered_s: event.at.as_secs(),
            expected_range_m: intercept_range_m,
            acquired_s: None,
            launches: 0,
            first_launch_s: None,
            last_resolved_s: None,
            outcome: None,
            ended_s: None,
            end: None,
        })
    }
}

/// Which aircraft is behind a track: the one that caused its last plot.
#[derive(Debug, Default)]
struct Origins {
    by_plot: BTreeMap<PlotId, AircraftId>,
    by_track: BTreeMap<(NetworkId, TrackId), Option<AircraftId>>,
}

impl Origins {
    fn take(&mut self, what: &What) {
        match *what {
            What::Plotted { plot, origin: Some(origin), .. } => {
                self.by_plot.insert(plot.id, origin);
            }
            What::TrackStarted { network, track, plot }
            | What::TrackUpdated { network, track, plot, .. } => {
                self.by_track.insert((network, track), self.by_plot.get(&plot).copied());
            }
            _ => {}
        }
    }

    fn of_track(&self, network: NetworkId, track: TrackId) -> Option<AircraftId> {
        self.by_track.get(&(network, track)).copied().flatten()
    }
}

/// The columns of the table.
pub(crate) fn columns(rows: &[&Engagement], names: &Names<'_>) -> Columns {
    let u32s =
        |of: fn(&Engagement) -> u32| UInt32Array::from_iter_values(rows.iter().map(|e| of(e)));
    let f64s =
        |of: fn(&Engagement) -> Option<f64>| Float64Array::from_iter(rows.iter().map(|e| of(e)));
    let mut columns = Columns::default();
    columns.required("engagement", u32s(|e| e.id.0));
    columns.required("network_id", u32s(|e| e.network.0));
    columns.optional(
        "network",
        StringArray::from_iter(rows.iter().map(|e| names.network(e.network.0))),
    );
    columns.required("unit_id", u32s(|e| e.unit));
    columns.optional("unit", StringArray::from_iter(rows.iter().map(|e| names.unit(e.unit))));
    columns.required("track", UInt64Array::from_iter_values(rows.iter().map(|e| e.track.0)));
    columns
        .optional("target_id", rows.iter().map(|e| e.target.map(|t| t.0)).collect::<UInt32Array>());
    columns.optional(
        "target",
        StringArray::from_iter(rows.iter().map(|e| e.target.and_then(|t| names.aircraft(t.0)))),
    );
    columns.required("interceptor_id", u32s(|e| e.interceptor));
    columns.optional(
        "interceptor",
        StringArray::from_iter(rows.iter().map(|e| names.interceptor(e.interceptor))),
    );
    columns.required("rounds_ordered", u32s(|e| e.rounds));
    columns.required("rounds_launched", u32s(|e| e.launches));
    columns.optional("expected_range_m", f64s(|e| Some(e.expected_range_m)));
    columns.optional("ordered_s", f64s(|e| Some(e.ordered_s)));
    columns.optional("acquired_s", f64s(|e| e.acquired_s));
    columns.optional("first_launch_s", f64s(|e| e.first_launch_s));
    columns.optional("last_resolved_s", f64s(|e| e.last_resolved_s));
    columns.optional("ended_s", f64s(|e| e.ended_s));
    columns.optional(
        "outcome",
        StringArray::from_iter(rows.iter().map(|e| e.outcome.map(Ending::word))),
    );
    columns.optional("end", StringArray::from_iter(rows.iter().map(|e| e.end.and_then(end_word))));
    columns
}

fn ending(outcome: Outcome) -> Ending {
    match outcome {
        Outcome::Kill => Ending::Kill,
        Outcome::Miss => Ending::Miss,
        Outcome::Failed => Ending::Failed,
        Outcome::NothingThere => Ending::NothingThere,
    }
}

impl Ending {
    fn word(self) -> &'static str {
        match self {
            Ending::Aborted => "aborted",
            Ending::Failed => "failed",
            Ending::NothingThere => "nothing-there",
            Ending::Miss => "miss",
            Ending::Kill => "kill",
        }
    }
}

/// The tag that the end of an engagement has in JSON, so that table and events use one word.
fn end_word(end: EngagementEnd) -> Option<String> {
    let value = serde_json::to_value(end).ok()?;
    value.get("end").and_then(Value::as_str).map(str::to_owned)
}
