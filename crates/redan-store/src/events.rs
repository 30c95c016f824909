//! `events.parquet`: every event that has no table of its own.
//!
//! The event itself stands as JSON in `detail`, which is what is read back; the columns beside it
//! name those who take part, so that one can filter without opening the JSON. An event of a missile
//! also names its engagement, and an event of an engagement its network, track and unit.

use arrow::array::{StringArray, UInt32Array, UInt64Array};
use redan_record::{Event, What};
use serde_json::Value;

use crate::StoreError;
use crate::head::{self, Heads};
use crate::names::Names;
use crate::table::{Columns, Rows};

/// Name of the file.
pub(crate) const TABLE: &str = "events.parquet";

/// One event with its JSON.
pub(crate) struct Detailed<'a> {
    event: &'a Event,
    detail: String,
    value: Value,
}

impl<'a> Detailed<'a> {
    /// Fails where the event holds a figure that is not finite: JSON turns it into `null`, which
    /// cannot be told from an absent one, so the JSON is read back and compared.
    pub(crate) fn of(event: &'a Event) -> Result<Detailed<'a>, StoreError> {
        let not_finite = || StoreError::NotFinite { what: format!("event {}", event.id.0) };
        let detail = serde_json::to_string(&event.what).map_err(|_| not_finite())?;
        let again: What = serde_json::from_str(&detail).map_err(|_| not_finite())?;
        if again != event.what {
            return Err(not_finite());
        }
        let value = serde_json::from_str(&detail).map_err(|_| not_finite())?;
        Ok(Detailed { event, detail, value })
    }

    fn kind(&self) -> &str {
        self.value.get("event").and_then(Value::as_str).unwrap_or_default()
    }

    /// A number of the event by its field, also where it is part of a threat.
    fn number(&self, field: &str) -> Option<u64> {
        let part = |value: &Value| value.get(field).and_then(Value::as_u64);
        part(&self.value).or_else(|| self.value.get("threat").and_then(part))
    }

    fn index(&self, field: &str) -> Option<u32> {
        self.number(field).and_then(|number| u32::try_from(number).ok())
    }
}

/// Who takes part in an event.
struct Parties<'a> {
    network: Option<u32>,
    track: Option<u64>,
    unit: Option<u32>,
    engagement: Option<u32>,
    row: &'a Detailed<'a>,
}

impl<'a> Parties<'a> {
    fn of(row: &'a Detailed<'a>, names: &Names<'_>) -> Parties<'a> {
        let by_missile = row.index("missile").and_then(|id| names.engagement_of_missile(id));
        let named = row.index("engagement");
        let engagement = named.and_then(|id| names.engagement(id)).or(by_missile);
        Parties {
            network: row.index("network").or(engagement.map(|e| e.network.0)),
            track: row.number("track").or(engagement.map(|e| e.track.0)),
            unit: row.index("unit").or(engagement.map(|e| e.unit)),
            engagement: named.or(engagement.map(|e| e.id.0)),
            row,
        }
    }
}

/// The columns of the table.
pub(crate) fn columns(rows: &[Detailed<'_>], names: &Names<'_>) -> Columns {
    let parties: Vec<Parties<'_>> = rows.iter().map(|row| Parties::of(row, names)).collect();
    let words = |of: &dyn Fn(&Parties<'_>) -> Option<String>| {
        parties.iter().map(of).collect::<StringArray>()
    };
    let named = |name: Option<&str>| name.map(str::to_owned);
    let mut columns = Columns::default();
    head::add(&mut columns, rows.iter().map(|row| row.event));
    columns.required("kind", StringArray::from_iter_values(rows.iter().map(Detailed::kind)));
    let aircraft = |p: &Parties<'_>| named(names.aircraft(p.row.index("aircraft")?));
    columns.optional("aircraft", words(&aircraft));
    columns.optional("radar", words(&|p| named(names.radar(p.row.index("radar")?))));
    columns.optional("network", words(&|p| named(names.network(p.network?))));
    columns.optional("track", parties.iter().map(|p| p.track).collect::<UInt64Array>());
    columns.optional("unit", words(&|p| named(names.unit(p.unit?))));
    columns.optional("engagement", parties.iter().map(|p| p.engagement).collect::<UInt32Array>());
    let missiles = rows.iter().map(|row| row.index("missile"));
    columns.optional("missile", missiles.collect::<UInt32Array>());
    columns.optional("launcher", words(&|p| named(names.launcher(p.row.index("launcher")?))));
    columns.optional("asset", words(&|p| named(names.asset(p.row.index("asset")?))));
    columns.required("detail", StringArray::from_iter_values(rows.iter().map(|row| &row.detail)));
    columns
}

/// The events of some rows.
pub(crate) fn read(rows: &Rows<'_>) -> Result<Vec<Event>, StoreError> {
    let heads = Heads::read(rows)?;
    let details = rows.texts("detail")?;
    (0..rows.count())
        .map(|row| {
            let what = serde_json::from_str(details.value(row)).map_err(|error| {
                rows.damaged(format!("row {row} has no readable event: {error}"))
            })?;
            Ok(heads.event(row, what))
        })
        .collect()
}
