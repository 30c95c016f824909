//! The columns that every table of events begins with: number, cause and time.

use arrow::array::{Float64Array, Int64Array, UInt64Array};
use redan_geo::{EnuVelocity, Geodetic, Time};
use redan_record::{Event, EventId, What};

use crate::StoreError;
use crate::table::{Columns, Rows};

/// Adds `id`, `cause`, `time_ns` (exact) and `time_s` (for people).
pub(crate) fn add<'a>(columns: &mut Columns, events: impl Iterator<Item = &'a Event> + Clone) {
    let ids = events.clone().map(|event| event.id.0);
    columns.required("id", UInt64Array::from_iter_values(ids));
    let causes = events.clone().map(|event| event.cause.map(|cause| cause.0));
    columns.optional("cause", UInt64Array::from_iter(causes));
    let nanos = events.clone().map(|event| event.at.as_nanos());
    columns.required("time_ns", Int64Array::from_iter_values(nanos));
    columns.required("time_s", Float64Array::from_iter_values(events.map(|e| e.at.as_secs())));
}

/// The same columns, read.
pub(crate) struct Heads<'a> {
    ids: &'a [u64],
    causes: Vec<Option<u64>>,
    times_ns: &'a [i64],
}

impl<'a> Heads<'a> {
    pub(crate) fn read(rows: &Rows<'a>) -> Result<Heads<'a>, StoreError> {
        Ok(Heads {
            ids: rows.u64s("id")?,
            causes: rows.optional_u64s("cause")?,
            times_ns: rows.i64s("time_ns")?,
        })
    }

    /// The event of one row.
    pub(crate) fn event(&self, row: usize, what: What) -> Event {
        Event {
            id: EventId(self.ids[row]),
            cause: self.causes[row].map(EventId),
            at: Time::from_nanos(self.times_ns[row]),
            what,
        }
    }
}

/// Adds a place: radians, which are read back, and degrees for people.
pub(crate) fn add_places(columns: &mut Columns, places: impl Iterator<Item = Geodetic> + Clone) {
    let f64s = |of: fn(Geodetic) -> f64| Float64Array::from_iter_values(places.clone().map(of));
    columns.required("lat_deg", f64s(Geodetic::lat_deg));
    columns.required("lon_deg", f64s(Geodetic::lon_deg));
    columns.required("alt_m", f64s(|place| place.height_m));
    columns.required("lat_rad", f64s(|place| place.lat_rad));
    columns.required("lon_rad", f64s(|place| place.lon_rad));
}

/// Adds a velocity.
pub(crate) fn add_velocities(
    columns: &mut Columns,
    velocities: impl Iterator<Item = EnuVelocity> + Clone,
) {
    let f64s =
        |of: fn(EnuVelocity) -> f64| Float64Array::from_iter_values(velocities.clone().map(of));
    columns.required("east_m_s", f64s(|velocity| velocity.east_m_s));
    columns.required("north_m_s", f64s(|velocity| velocity.north_m_s));
    columns.required("up_m_s", f64s(|velocity| velocity.up_m_s));
}

/// Places and, where the table has them, velocities, read.
pub(crate) fn read_places(rows: &Rows<'_>) -> Result<Vec<Geodetic>, StoreError> {
    let (lat, lon, alt) = (rows.f64s("lat_rad")?, rows.f64s("lon_rad")?, rows.f64s("alt_m")?);
    let place = |row: usize| Geodetic { lat_rad: lat[row], lon_rad: lon[row], height_m: alt[row] };
    Ok((0..rows.count()).map(place).collect())
}

/// Velocities, read.
pub(crate) fn read_velocities(rows: &Rows<'_>) -> Result<Vec<EnuVelocity>, StoreError> {
    let (east, north, up) = (rows.f64s("east_m_s")?, rows.f64s("north_m_s")?, rows.f64s("up_m_s")?);
    let velocity =
        |row: usize| EnuVelocity { east_m_s: east[row], north_m_s: north[row], up_m_s: up[row] };
    Ok((0..rows.count()).map(velocity).collect())
}
