//! The tables of what happens often: truth, looks, plots, track updates, missiles in flight.
//!
//! Every figure has a typed column and is read back from it bit for bit; columns in degrees, names
//! and `time_s` are there for people and are not read.

use arrow::array::{BooleanArray, Float64Array, Int64Array, StringArray, UInt32Array, UInt64Array};
use redan_geo::{Aer, EnuVelocity, Geodetic, Time};
use redan_record::{AircraftId, Event, MissileId, NetworkId, RadarId, What};
use redan_track::{Answer, Mode, Plot, PlotId, Reply, TrackId};

use crate::StoreError;
use crate::head::{self, Heads};
use crate::names::Names;
use crate::table::{Columns, Rows};

/// One kind of event with a table of its own.
pub(crate) trait Bulk<'a>: Sized {
    /// Name of the file.
    const TABLE: &'static str;
    /// The row of an event, or `None` for an event of another table.
    fn of(event: &'a Event) -> Option<Self>;
    /// The columns of some rows.
    fn columns(rows: &[Self], names: &Names<'_>) -> Columns;
    /// The events of some rows.
    fn read(rows: &Rows<'_>) -> Result<Vec<Event>, StoreError>;
}

/// Whether an event belongs to one of these tables.
pub(crate) fn has_table(what: &What) -> bool {
    matches!(
        what,
        What::Moved { .. }
            | What::Look { .. }
            | What::Plotted { .. }
            | What::TrackUpdated { .. }
            | What::MissileMoved { .. }
    )
}

/// `truth.parquet`: where the aircraft really are.
pub(crate) struct Truth<'a> {
    event: &'a Event,
    aircraft: u32,
    place: Geodetic,
    velocity: EnuVelocity,
}

impl<'a> Bulk<'a> for Truth<'a> {
    const TABLE: &'static str = "truth.parquet";

    fn of(event: &'a Event) -> Option<Self> {
        let What::Moved { aircraft, place, velocity } = event.what else { return None };
        Some(Truth { event, aircraft: aircraft.0, place, velocity })
    }

    fn columns(rows: &[Self], names: &Names<'_>) -> Columns {
        let mut columns = Columns::default();
        head::add(&mut columns, rows.iter().map(|row| row.event));
        add_aircraft(&mut columns, names, rows.iter().map(|row| row.aircraft));
        let sides = rows.iter().map(|row| names.side(row.aircraft));
        columns.optional("side", StringArray::from_iter(sides));
        head::add_places(&mut columns, rows.iter().map(|row| row.place));
        head::add_velocities(&mut columns, rows.iter().map(|row| row.velocity));
        columns
    }

    fn read(rows: &Rows<'_>) -> Result<Vec<Event>, StoreError> {
        let heads = Heads::read(rows)?;
        let aircraft = rows.u32s("aircraft_id")?;
        let (places, velocities) = (head::read_places(rows)?, head::read_velocities(rows)?);
        let what = |row: usize| What::Moved {
            aircraft: AircraftId(aircraft[row]),
            place: places[row],
            velocity: velocities[row],
        };
        Ok((0..rows.count()).map(|row| heads.event(row, what(row))).collect())
    }
}

/// `looks.parquet`: every time that a beam passed over an aircraft in view.
pub(crate) struct Look<'a> {
    event: &'a Event,
    radar: u32,
    aircraft: u32,
    /// Range in metres, signal-to-noise ratio in decibels, probability of this look, of all so far.
    figures: [f64; 4],
    detected: bool,
}

const LOOK_FIGURES: [&str; 4] = ["range_m", "snr_db", "detection_prob", "so_far_prob"];

impl<'a> Bulk<'a> for Look<'a> {
    const TABLE: &'static str = "looks.parquet";

    fn of(event: &'a Event) -> Option<Self> {
        let What::Look { radar, aircraft, range_m, snr_db, detection_prob, so_far_prob, detected } =
            event.what
        else {
            return None;
        };
        let figures = [range_m, snr_db, detection_prob, so_far_prob];
        Some(Look { event, radar: radar.0, aircraft: aircraft.0, figures, detected })
    }

    fn columns(rows: &[Self], names: &Names<'_>) -> Columns {
        let mut columns = Columns::default();
        head::add(&mut columns, rows.iter().map(|row| row.event));
        add_radars(&mut columns, names, rows.iter().map(|row| row.radar));
        add_aircraft(&mut columns, names, rows.iter().map(|row| row.aircraft));
        for (index, name) in LOOK_FIGURES.into_iter().enumerate() {
            let figures = rows.iter().map(|row| row.figures[index]);
            columns.required(name, Float64Array::from_iter_values(figures));
        }
        let detected: Vec<bool> = rows.iter().map(|row| row.detected).collect();
        columns.required("detected", BooleanArray::from(detected));
        columns
    }

    fn read(rows: &Rows<'_>) -> Result<Vec<Event>, StoreError> {
        let heads = Heads::read(rows)?;
        let (radar, aircraft) = (rows.u32s("radar_id")?, rows.u32s("aircraft_id")?);
        let [range, snr, detection, so_far] = LOOK_FIGURES.map(|name| rows.f64s(name));
        let (range, snr, detection, so_far) = (range?, snr?, detection?, so_far?);
        let detected = rows.bools("detected")?;
        let what = |row: usize| What::Look {
            radar: RadarId(radar[row]),
            aircraft: AircraftId(aircraft[row]),
            range_m: range[row],
            snr_db: snr[row],
            detection_prob: detection[row],
            so_far_prob: so_far[row],
            detected: detected.value(row),
        };
        Ok((0..rows.count()).map(|row| heads.event(row, what(row))).collect())
    }
}

/// `plots.parquet`: what the radars reported, and what was behind it.
pub(crate) struct Plotted<'a> {
    event: &'a Event,
    radar: u32,
    plot: &'a Plot,
    origin: Option<u32>,
}

/// Every reply, for reading its word back.
const REPLIES: [Reply; 6] =
    [Reply::NotAsked, Reply::Silent, Reply::Civil, Reply::National, Reply::Mode5, Reply::Mode4];

impl<'a> Bulk<'a> for Plotted<'a> {
    const TABLE: &'static str = "plots.parquet";

    fn of(event: &'a Event) -> Option<Self> {
        let What::Plotted { radar, plot, origin } = &event.what else { return None };
        Some(Plotted { event, radar: radar.0, plot, origin: origin.map(|origin| origin.0) })
    }

    fn columns(rows: &[Self], names: &Names<'_>) -> Columns {
        let f64s = |of: fn(&Plot) -> f64| {
            Float64Array::from_iter_values(rows.iter().map(|row| of(row.plot)))
        };
        let mut columns = Columns::default();
        head::add(&mut columns, rows.iter().map(|row| row.event));
        add_radars(&mut columns, names, rows.iter().map(|row| row.radar));
        let plots = rows.iter().map(|row| row.plot.id.0);
        columns.required("plot", UInt64Array::from_iter_values(plots));
        let measured = rows.iter().map(|row| row.plot.time.as_nanos());
        columns.required("measured_ns", Int64Array::from_iter_values(measured));
        columns.required("azimuth_deg", f64s(|plot| plot.measured.azimuth_rad.to_degrees()));
        columns.required("elevation_deg", f64s(|plot| plot.measured.elevation_rad.to_degrees()));
        columns.required("range_m", f64s(|plot| plot.measured.range_m));
        columns.required("azimuth_rad", f64s(|plot| plot.measured.azimuth_rad));
        columns.required("elevation_rad", f64s(|plot| plot.measured.elevation_rad));
        columns.required("snr_db", f64s(|plot| plot.snr_db));
        let replies = rows.iter().map(|row| reply_text(row.plot.reply));
        columns.required("reply", StringArray::from_iter_values(replies));
        let origins = rows.iter().map(|row| row.origin);
        columns.optional("origin_id", origins.clone().collect::<UInt32Array>());
        let origins = origins.map(|origin| names.aircraft(origin?));
        columns.optional("origin", StringArray::from_iter(origins));
        columns
    }

    fn read(rows: &Rows<'_>) -> Result<Vec<Event>, StoreError> {
        let heads = Heads::read(rows)?;
        let (radar, origin) = (rows.u32s("radar_id")?, rows.optional_u32s("origin_id")?);
        let plots = read_plots(rows)?;
        let what = |row: usize| What::Plotted {
            radar: RadarId(radar[row]),
            plot: plots[row],
            origin: origin[row].map(AircraftId),
        };
        Ok((0..rows.count()).map(|row| heads.event(row, what(row))).collect())
    }
}

fn read_plots(rows: &Rows<'_>) -> Result<Vec<Plot>, StoreError> {
    let (id, measured_ns) = (rows.u64s("plot")?, rows.i64s("measured_ns")?);
    let (azimuth, elevation) = (rows.f64s("azimuth_rad")?, rows.f64s("elevation_rad")?);
    let (range, snr) = (rows.f64s("range_m")?, rows.f64s("snr_db")?);
    let replies = rows.texts("reply")?;
    let plot = |row: usize| {
        let (azimuth_rad, elevation_rad, range_m) = (azimuth[row], elevation[row], range[row]);
        Ok(Plot {
            id: PlotId(id[row]),
            time: Time::from_nanos(measured_ns[row]),
            measured: Aer { azimuth_rad, elevation_rad, range_m },
            snr_db: snr[row],
            reply: reply_of(replies.value(row))
                .ok_or_else(|| rows.damaged(format!("row {row} has an unknown reply")))?,
        })
    };
    (0..rows.count()).map(plot).collect()
}

/// A reply as text: a word, or for a mode that was asked in its turn the mode with what was heard,
/// such as `mode2:1100`, `mode4:valid` and `civil:nothing`.
fn reply_text(reply: Reply) -> String {
    match reply {
        Reply::Asked { mode, answer: Answer::Nothing } => format!("{}:nothing", mode.word()),
        Reply::Asked { mode, answer: Answer::Valid } => format!("{}:valid", mode.word()),
        Reply::Asked { mode, answer: Answer::Code(code) } => format!("{}:{code:04o}", mode.word()),
        _ => reply_word(reply).to_owned(),
    }
}

/// The word of a reply, the same as in the JSON of events.
fn reply_word(reply: Reply) -> &'static str {
    match reply {
        Reply::NotAsked => "not-asked",
        Reply::Silent => "silent",
        Reply::Civil => "civil",
        Reply::National => "national",
        Reply::Mode5 => "mode5",
        Reply::Mode4 => "mode4",
        Reply::Asked { .. } => "asked",
    }
}

fn reply_of(text: &str) -> Option<Reply> {
    let Some((mode, answer)) = text.split_once(':') else {
        return REPLIES.into_iter().find(|reply| reply_word(*reply) == text);
    };
    let mode = Mode::ALL.into_iter().find(|known| known.word() == mode)?;
    let answer = match answer {
        "nothing" => Answer::Nothing,
        "valid" => Answer::Valid,
        code => Answer::Code(u16::from_str_radix(code, 8).ok()?),
    };
    Some(Reply::Asked { mode, answer })
}

/// `tracks.parquet`: what the trackers believed after every update.
pub(crate) struct Updated<'a> {
    event: &'a Event,
    network: u32,
    track: u64,
    plot: u64,
    place: Geodetic,
    velocity: EnuVelocity,
    sigma_m: f64,
    nis_ratio: f64,
}

impl<'a> Bulk<'a> for Updated<'a> {
    const TABLE: &'static str = "tracks.parquet";

    fn of(event: &'a Event) -> Option<Self> {
        let What::TrackUpdated { network, track, plot, place, velocity, sigma_m, nis_ratio } =
            event.what
        else {
            return None;
        };
        let (network, track, plot) = (network.0, track.0, plot.0);
        Some(Updated { event, network, track, plot, place, velocity, sigma_m, nis_ratio })
    }

    fn columns(rows: &[Self], names: &Names<'_>) -> Columns {
        let mut columns = Columns::default();
        head::add(&mut columns, rows.iter().map(|row| row.event));
        let networks = rows.iter().map(|row| row.network);
        columns.required("network_id", UInt32Array::from_iter_values(networks.clone()));
        let networks = networks.map(|id| names.network(id));
        columns.optional("network", StringArray::from_iter(networks));
        columns.required("track", UInt64Array::from_iter_values(rows.iter().map(|row| row.track)));
        columns.required("plot", UInt64Array::from_iter_values(rows.iter().map(|row| row.plot)));
        head::add_places(&mut columns, rows.iter().map(|row| row.place));
        head::add_velocities(&mut columns, rows.iter().map(|row| row.velocity));
        let sigmas = rows.iter().map(|row| row.sigma_m);
        columns.required("sigma_m", Float64Array::from_iter_values(sigmas));
        let ratios = rows.iter().map(|row| row.nis_ratio);
        columns.required("nis_ratio", Float64Array::from_iter_values(ratios));
        columns
    }

    fn read(rows: &Rows<'_>) -> Result<Vec<Event>, StoreError> {
        let heads = Heads::read(rows)?;
        let network = rows.u32s("network_id")?;
        let (track, plot) = (rows.u64s("track")?, rows.u64s("plot")?);
        let (places, velocities) = (head::read_places(rows)?, head::read_velocities(rows)?);
        let (sigma, nis) = (rows.f64s("sigma_m")?, rows.f64s("nis_ratio")?);
        let what = |row: usize| What::TrackUpdated {
            network: NetworkId(network[row]),
            track: TrackId(track[row]),
            plot: PlotId(plot[row]),
            place: places[row],
            velocity: velocities[row],
            sigma_m: sigma[row],
            nis_ratio: nis[row],
        };
        Ok((0..rows.count()).map(|row| heads.event(row, what(row))).collect())
    }
}

/// `missiles.parquet`: where the missiles in flight are.
pub(crate) struct MissileFlight<'a> {
    event: &'a Event,
    missile: u32,
    place: Geodetic,
    speed_m_s: f64,
}

impl<'a> Bulk<'a> for MissileFlight<'a> {
    const TABLE: &'static str = "missiles.parquet";

    fn of(event: &'a Event) -> Option<Self> {
        let What::MissileMoved { missile, place, speed_m_s } = event.what else { return None };
        Some(MissileFlight { event, missile: missile.0, place, speed_m_s })
    }

    fn columns(rows: &[Self], names: &Names<'_>) -> Columns {
        let mut columns = Columns::default();
        head::add(&mut columns, rows.iter().map(|row| row.event));
        let missiles = rows.iter().map(|row| row.missile);
        columns.required("missile", UInt32Array::from_iter_values(missiles.clone()));
        let engagements = missiles.map(|id| names.engagement_of_missile(id));
        let numbers = engagements.clone().map(|found| found.map(|e| e.id.0));
        columns.optional("engagement", numbers.collect::<UInt32Array>());
        let interceptors = engagements.map(|found| names.interceptor(found?.interceptor));
        columns.optional("interceptor", StringArray::from_iter(interceptors));
        head::add_places(&mut columns, rows.iter().map(|row| row.place));
        let speeds = rows.iter().map(|row| row.speed_m_s);
        columns.required("speed_m_s", Float64Array::from_iter_values(speeds));
        columns
    }

    fn read(rows: &Rows<'_>) -> Result<Vec<Event>, StoreError> {
        let heads = Heads::read(rows)?;
        let (missile, speed) = (rows.u32s("missile")?, rows.f64s("speed_m_s")?);
        let places = head::read_places(rows)?;
        let what = |row: usize| What::MissileMoved {
            missile: MissileId(missile[row]),
            place: places[row],
            speed_m_s: speed[row],
        };
        Ok((0..rows.count()).map(|row| heads.event(row, what(row))).collect())
    }
}

fn add_aircraft(
    columns: &mut Columns,
    names: &Names<'_>,
    aircraft: impl Iterator<Item = u32> + Clone,
) {
    columns.required("aircraft_id", UInt32Array::from_iter_values(aircraft.clone()));
    columns.optional("aircraft", StringArray::from_iter(aircraft.map(|id| names.aircraft(id))));
}

fn add_radars(columns: &mut Columns, names: &Names<'_>, radars: impl Iterator<Item = u32> + Clone) {
    columns.required("radar_id", UInt32Array::from_iter_values(radars.clone()));
    columns.optional("radar", StringArray::from_iter(radars.map(|id| names.radar(id))));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replies_have_the_words_of_json_and_are_read_back() {
        for reply in REPLIES {
            let in_json = serde_json::to_value(reply).expect("a unit variant is JSON");
            assert_eq!(in_json.as_str(), Some(reply_word(reply)));
            assert_eq!(reply_of(reply_word(reply)), Some(reply));
        }
        for answer in [Answer::Nothing, Answer::Valid, Answer::Code(0o1100)] {
            for mode in Mode::ALL {
                let reply = Reply::Asked { mode, answer };
                assert_eq!(reply_of(&reply_text(reply)), Some(reply));
            }
        }
        assert_eq!(
            reply_text(Reply::Asked { mode: Mode::Mode2, answer: Answer::Code(0o11) }),
            "mode2:0011"
        );
    }
}
