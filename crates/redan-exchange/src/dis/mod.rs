//! Distributed Interactive Simulation, IEEE 1278.1: messages of a few hundred octets, each with the whole
//! state of one thing, by which simulators of many makers play one exercise.
//!
//! [`dis_messages`] tells a recording in them; [`read_dis`] reads those of a capture. Between the two stand
//! the bodies that are read field by field ([`Body`]); every other type is kept as its octets.

mod emission;
mod entity;
mod flights;
mod iff;
mod motion;
mod pdu;
mod radiation;
mod radio;
mod teller;
mod types;
mod warfare;
mod wire;

use std::io::{self, Write};

use redan_geo::Time;
use redan_record::Recording;

pub use emission::{Beam, BeamTarget, Emission, Emitter};
pub use entity::{
    DEACTIVATED, DESTROYED, DeadReckoning, EntityId, EntityState, EntityType, marking,
};
pub use flights::{Flown, ImportedScenario, LeftOut, flown, scenario};
pub use iff::{Iff, PARAMETER_ON};
pub use pdu::{Body, DisVersion, Header, Pdu, Timestamp};
pub use radio::{Signal, Transmitter};
pub use warfare::{Detonation, Fire, Munition};

use crate::carrier::pcap::{PcapWriter, read_pcap};
use crate::carrier::{Datagram, Problems};
use crate::scene::Scene;
use crate::{ExchangeError, View};

/// The port of UDP that is registered for DIS.
pub const DIS_PORT: u16 = 3000;

/// What an exercise has to know of who tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DisOptions {
    /// Edition of the protocol.
    pub version: DisVersion,
    /// Number of the exercise.
    pub exercise: u8,
    /// Number of the site.
    pub site: u16,
    /// Number of the application there; the next ones are taken as well where there are over 65,000 things.
    pub application: u16,
}

impl Default for DisOptions {
    fn default() -> DisOptions {
        DisOptions { version: DisVersion::V7, exercise: 1, site: 1, application: 1 }
    }
}

/// The messages of a recording in order of time, one PDU in each.
///
/// # Errors
///
/// As [`write()`](crate::write()), less those of the output.
pub fn dis_messages(
    recording: &Recording,
    view: &View,
    options: DisOptions,
) -> Result<Vec<Datagram>, ExchangeError> {
    let scene = Scene::of(recording, view)?;
    let mut messages = Vec::new();
    teller::tell(&scene, options, &mut |at, pdu| {
        let mut payload = Vec::new();
        pdu.write(&mut payload);
        messages.push(Datagram { at, payload });
    });
    Ok(messages)
}

/// Writes a recording as a capture of its messages to [`DIS_PORT`].
///
/// # Errors
///
/// As [`write()`](crate::write()).
pub fn write_dis(
    recording: &Recording,
    view: &View,
    options: DisOptions,
    out: &mut dyn Write,
) -> Result<(), ExchangeError> {
    let scene = Scene::of(recording, view)?;
    write(&scene, options, out)?;
    Ok(out.flush()?)
}

/// The same of a scene.
pub(crate) fn write(scene: &Scene, options: DisOptions, out: &mut dyn Write) -> io::Result<()> {
    let mut capture = PcapWriter::new(out, DIS_PORT)?;
    let (mut outcome, mut payload) = (Ok(()), Vec::new());
    teller::tell(scene, options, &mut |at: Time, pdu| {
        if outcome.is_ok() {
            payload.clear();
            pdu.write(&mut payload);
            outcome = capture.write(scene.start.at(at).unix_ns(), &payload);
        }
    });
    outcome
}

/// A PDU of a capture.
#[derive(Clone, Debug, PartialEq)]
pub struct Received {
    /// When its datagram was on the wire, nanoseconds since 1970.
    pub unix_ns: i128,
    /// Byte of the file at which its datagram's payload begins.
    pub offset: usize,
    /// What it says.
    pub pdu: Pdu,
}

/// Reads the PDUs of a capture file, pcap or pcapng, from every port of UDP: exercises choose their own.
/// What cannot be read is counted in `problems` and passed over.
///
/// ```
/// use redan_exchange::{Problems, read_dis};
/// let mut problems = Problems::default();
/// assert!(read_dis(b"no capture", &mut problems).is_empty());
/// assert_eq!(problems.first[0].to_string(), "byte 0: 6e6f2063 begins no capture file");
/// ```
pub fn read_dis(file: &[u8], problems: &mut Problems) -> Vec<Received> {
    let mut received = Vec::new();
    for datagram in read_pcap(file, problems) {
        let pdus = Pdu::read_all(datagram.payload, datagram.offset, problems);
        let (unix_ns, offset) = (datagram.unix_ns, datagram.offset);
        received.extend(pdus.into_iter().map(|pdu| Received { unix_ns, offset, pdu }));
    }
    received
}
