//! The tables of a recording in memory, as they would stand on the disk: for other languages, which take
//! Arrow as it is.

use arrow::array::RecordBatch;
use redan_record::{Event, Recording};

use crate::bulk::{self, Bulk, Look, MissileFlight, Plotted, Truth, Updated};
use crate::events::{self, Detailed};
use crate::names::Names;
use crate::{StoreError, engagements, table};

/// Names of the tables of a recording, without `.parquet`.
pub const TABLES: [&str; 7] =
    ["events", "truth", "looks", "plots", "tracks", "missiles", "engagements"];

/// The table of this name, one of [`TABLES`], with the columns and rows that [`crate::write()`] gives it;
/// `None` for a name that is none.
///
/// # Errors
/// When an event outside the bulk tables holds a figure that is not finite.
pub fn table_of(recording: &Recording, name: &str) -> Result<Option<RecordBatch>, StoreError> {
    let names = Names::of(recording);
    let all = &recording.events;
    Ok(Some(match name {
        "events" => {
            let detailed = all.iter().filter(|event| !bulk::has_table(&event.what));
            let rows: Vec<Detailed<'_>> = detailed.map(Detailed::of).collect::<Result<_, _>>()?;
            table::batch(events::TABLE, &rows, |rows| events::columns(rows, &names))?
        }
        "truth" => bulk_table::<Truth<'_>>(all, &names)?,
        "looks" => bulk_table::<Look<'_>>(all, &names)?,
        "plots" => bulk_table::<Plotted<'_>>(all, &names)?,
        "tracks" => bulk_table::<Updated<'_>>(all, &names)?,
        "missiles" => bulk_table::<MissileFlight<'_>>(all, &names)?,
        "engagements" => {
            let rows = names.engagements.rows();
            table::batch(engagements::TABLE, &rows, |rows| engagements::columns(rows, &names))?
        }
        _ => return Ok(None),
    }))
}

fn bulk_table<'a, Row: Bulk<'a>>(
    events: &'a [Event],
    names: &Names<'_>,
) -> Result<RecordBatch, StoreError> {
    let rows: Vec<Row> = events.iter().filter_map(Row::of).collect();
    table::batch(Row::TABLE, &rows, |rows| Row::columns(rows, names))
}
