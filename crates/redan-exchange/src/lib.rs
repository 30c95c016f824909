//! # redan-exchange — recordings in the formats of others
//!
//! [`write()`] turns a [`Recording`] into a file that a program of somebody else opens. The primary
//! type is [`View`]: whether the file tells what really happened, or what one network believed.
//!
//! | [`Format`] | opened by | what it holds |
//! |---|---|---|
//! | [`Format::Acmi`] | Tacview | everything that moves, over time, with its end |
//! | [`Format::Czml`] | Cesium | the same as a document that plays in a browser |
//! | [`Format::Kml`], [`Format::Kmz`] | Google Earth, GDAL | the same, in folders by side |
//! | [`Format::Cot`] | ATAK and its relatives | every place as an event; [`cot_events`] for live feeds |
//! | [`Format::GeoJson`] | QGIS, GDAL, web maps | routes, sites, engagements and what came of them, on a map |
//! | [`Format::Csv`] | spreadsheets, pandas | one row per position and per occurrence |
//! | [`Format::Asterix`], [`Format::AsterixPcap`] | radar displays, trackers, Wireshark | plots and tracks as radars and centres send them; see [`asterix`] |
//! | [`Format::Dis`] | simulators, Wireshark, opendis | messages of IEEE 1278.1 in a capture; [`dis_messages`] for live feeds |
//!
//! ```
//! use redan_exchange::{Format, View, write};
//! # use redan_geo::Span;
//! # use redan_record::{Recording, Roster};
//! # let roster = Roster {
//! #     title: "Quiet".into(), question: String::new(), variant: String::new(),
//! #     start_utc: "2026-01-01T00:00:00Z".into(), duration: Span::ZERO, aircraft: vec![],
//! #     radars: vec![], networks: vec![], units: vec![], launchers: vec![],
//! #     interceptors: vec![], assets: vec![],
//! # };
//! # let recording = Recording { roster, seed: 1, replication: 0, events: vec![] };
//! let mut file = Vec::new();
//! write(&recording, Format::Acmi, &View::Truth, &mut file)?;
//! assert!(file.starts_with(b"FileType=text/acmi/tacview\nFileVersion=2.2\n"));
//!
//! // A network that the recording does not have is refused, with those that it has.
//! let unknown: View = "network:north".parse()?;
//! assert!(write(&recording, Format::Acmi, &unknown, &mut file).is_err());
//! # Ok::<(), redan_exchange::ExchangeError>(())
//! ```
//!
//! [`write_replay`] gives every view at once to the replay page, which is ours.
//!
//! # How it is made
//!
//! A recording and a view give a scene: things, and what they do. A format is given the scene and
//! nothing else, so that what a view hides no format can tell. Equal recordings give equal bytes.
//! Which field is filled from what stands in `docs/formats.md`.
//!
//! # What it does not protect from
//!
//! * A network's view hides what truth alone knows. That a track exists is a trace of truth all the
//!   same: so is the picture itself.
//! * Names of scenarios are free text. A network that is called after its enemy tells of its enemy.
//! * Heights are passed on as the scenario has them; formats that mean mean sea level and formats
//!   that mean the ellipsoid get the same figure.
//! * The bytes of an archive are those of the compressor: another machine may pack the same document
//!   otherwise.
//! * The circles of claimed ranges are drawn with the platform's sine. Another machine may round one
//!   of their corners to the next 11 mm; everything else is the same everywhere.

mod format;
mod view;

mod acmi;
pub mod asterix;
mod cot;
mod csv;
mod czml;
pub mod dis;
mod geojson;
mod kml;
mod replay;

mod carrier;
mod scene;

mod circle;
mod colour;
mod footprint;
mod position;
mod shape;
mod utc;
mod xml;

mod error;

use std::io::Write;

use redan_record::Recording;

use scene::Scene;
use scene::feed::Feed;

pub use carrier::pcap::{Captured, read_pcap};
pub use carrier::udp::{Sent, UdpSender, udp_address};
pub use carrier::{Datagram, Problem, Problems};
pub use cot::{CotEvent, cot_events};
pub use dis::{DisOptions, DisVersion, dis_messages, read_dis, write_dis};
pub use error::ExchangeError;
pub use footprint::Footprint;
pub use format::Format;
pub use replay::{REPLAY_SCHEMA_VERSION, extent_deg, write_replay};
pub use view::View;

/// Writes what a view shows of a recording in a format. The output is UTF-8 text, but for KMZ, which
/// is an archive; nothing is written when the view or the start of the recording is refused.
///
/// # Errors
///
/// [`ExchangeError::UnknownNetwork`] for a view of a network that the recording does not have,
/// [`ExchangeError::Start`] where its start is no instant in UTC, [`ExchangeError::Io`] from `out`.
pub fn write(
    recording: &Recording,
    format: Format,
    view: &View,
    out: &mut dyn Write,
) -> Result<(), ExchangeError> {
    write_over(recording, format, view, &[], out)
}

/// The same with footprints under it, which CZML and KML draw as polygons at their heights, GeoJSON as
/// features. They are shown in every view: whether a network may know them is the caller's to say.
///
/// # Errors
///
/// Those of [`write()`].
pub fn write_over(
    recording: &Recording,
    format: Format,
    view: &View,
    footprints: &[Footprint],
    out: &mut dyn Write,
) -> Result<(), ExchangeError> {
    let mut scene = Scene::of(recording, view)?;
    scene.footprints = footprints.to_vec();
    match format {
        Format::Acmi => acmi::write(&scene, out)?,
        Format::Czml => czml::write(&scene, out)?,
        Format::Kml => kml::write(&scene, out)?,
        Format::Kmz => kml::write_packed(&scene, out)?,
        Format::GeoJson => geojson::write(&scene, out)?,
        Format::Cot => cot::write(&scene, out)?,
        Format::Csv => csv::write(&scene, out)?,
        Format::Asterix => asterix::export::write(&Feed::of(recording, view)?, out)?,
        Format::AsterixPcap => asterix::export::write_capture(&Feed::of(recording, view)?, out)?,
        Format::Dis => dis::write(&scene, DisOptions::default(), out)?,
    }
    Ok(out.flush()?)
}
