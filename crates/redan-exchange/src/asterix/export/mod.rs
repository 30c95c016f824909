//! A recording as ASTERIX: what its radars and its network would have sent.
//!
//! CAT034 and CAT048 of every radar of the view; in the view of a network CAT062 of its tracks, in the view of
//! truth CAT021 of aircraft with transponders. Which item is filled from what stands in `docs/formats.md`.

mod adsb;
mod plots;
mod service;
mod tracks;

use std::io::{self, Write};

use redan_geo::{LocalFrame, Time};
use redan_record::Recording;

use super::common::Source;
use super::record::Record;
use super::writer::Encoder;
use crate::carrier::Datagram;
use crate::carrier::pcap::PcapWriter;
use crate::scene::feed::{Feed, Report, Told};
use crate::utc::Utc;
use crate::{ExchangeError, View};

/// Port that ASTERIX is usually sent to, and where tshark looks for it.
const PORT: u16 = 8600;
/// Octets after which a datagram takes no further record: with one, it fits the frame of an Ethernet.
const FULL: usize = 1300;
/// Radars of one system area; the codes above are those of networks and of stations.
const RADARS_AN_AREA: usize = 199;
/// System identification code of the network, or of the station that hears aircraft.
const CENTRE: Source = Source { sac: 0, sic: 200 };

/// What the radars of a view, and the network or the aircraft, send, in order of time.
///
/// # Errors
///
/// As [`write()`](crate::write()), less those of the output.
pub fn datagrams(recording: &Recording, view: &View) -> Result<Vec<Datagram>, ExchangeError> {
    Ok(packed(&records(&Feed::of(recording, view)?)))
}

/// Who sends in a view, and under which numbers: its radars by name, in their order, and the network or the station
/// that hears aircraft.
///
/// # Errors
///
/// As [`datagrams`].
pub fn sources(recording: &Recording, view: &View) -> Result<Vec<(String, Source)>, ExchangeError> {
    let feed = Feed::of(recording, view)?;
    let radars = feed.radars.iter().enumerate();
    let mut sources: Vec<(String, Source)> =
        radars.map(|(index, radar)| (radar.name.clone(), radar_source(index))).collect();
    sources.push((feed.network.unwrap_or_else(|| "ADS-B".to_owned()), CENTRE));
    Ok(sources)
}

/// Writes blocks one after the other.
pub(crate) fn write(feed: &Feed, out: &mut dyn Write) -> io::Result<()> {
    packed(&records(feed)).iter().try_for_each(|datagram| out.write_all(&datagram.payload))
}

/// Writes a capture of UDP datagrams.
pub(crate) fn write_capture(feed: &Feed, out: &mut dyn Write) -> io::Result<()> {
    let mut capture = PcapWriter::new(out, PORT)?;
    packed(&records(feed)).iter().try_for_each(|datagram| {
        capture.write(feed.start.at(datagram.at).unix_ns(), &datagram.payload)
    })
}

/// What the radar of an index is called by.
fn radar_source(index: usize) -> Source {
    let sac = u8::try_from(index / RADARS_AN_AREA).unwrap_or(u8::MAX);
    Source { sac, sic: (index % RADARS_AN_AREA) as u8 + 1 }
}

/// Seconds since midnight.
fn time_of_day_s(start: Utc, at: Time) -> f64 {
    start.at(at).second_of_day()
}

fn records(feed: &Feed) -> Vec<(Time, Record)> {
    let frames: Vec<LocalFrame> =
        feed.radars.iter().map(|radar| LocalFrame::new(radar.antenna)).collect();
    let mut records = service::messages(feed);
    records.extend(feed.reports.iter().filter_map(|report| {
        let Report { at, told } = report;
        let record = match told {
            Told::Plot { radar, plot } => {
                let source = radar_source(*radar);
                plots::record(feed.start, source, &frames[*radar], plot).map(Record::Report)
            }
            Told::Track(track) => {
                let is_single = feed.radars.len() == 1;
                Some(Record::Track(tracks::record(feed.start, *at, track, is_single)))
            }
            Told::Aircraft(report) => Some(Record::Adsb(adsb::record(feed, *at, report))),
            Told::Strobe { .. } | Told::Switches { .. } => None,
        };
        record.map(|record| (*at, record))
    }));
    records.sort_by_key(|(at, record)| (*at, is_expanded(record)));
    records
}

/// Whether a record has an expansion field. Those come in blocks of their own, since a decoder that does not know
/// the field loses the rest of the block.
fn is_expanded(record: &Record) -> bool {
    matches!(record, Record::Report(report) if report.is_expanded())
}

/// Records of one sender and one instant go together.
fn packed(records: &[(Time, Record)]) -> Vec<Datagram> {
    let is_together = |one: &(Time, Record), other: &(Time, Record)| {
        let key = |(at, record): &(Time, Record)| (*at, record.source(), is_expanded(record));
        key(one) == key(other)
    };
    let mut datagrams = Vec::new();
    let mut encoder = Encoder::new();
    for together in records.chunk_by(is_together) {
        let at = together[0].0;
        for (_, record) in together {
            if encoder.len() > FULL {
                datagrams.push(Datagram { at, payload: encoder.take() });
            }
            encoder.push(record);
        }
        datagrams.push(Datagram { at, payload: encoder.take() });
    }
    datagrams
}
