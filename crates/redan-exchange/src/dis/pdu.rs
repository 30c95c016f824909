//! Protocol data units: a header of twelve octets and a body (IEEE 1278.1-2012, 6.2.66 and 7).

use super::emission::Emission;
use super::entity::EntityState;
use super::iff::Iff;
use super::radio::{Signal, Transmitter};
use super::warfare::{Detonation, Fire};
use super::wire::{Fields, Octets};
use crate::carrier::Problems;

/// Octets of a header.
pub(super) const HEADER_OCTETS: usize = 12;
/// Time units of an hour.
const UNITS_AN_HOUR: i128 = 1 << 31;
const NANOS_AN_HOUR: i128 = 3_600_000_000_000;

/// Edition of the protocol.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DisVersion {
    /// IEEE 1278.1A-1998.
    V6,
    /// IEEE 1278.1-2012.
    #[default]
    V7,
}

impl DisVersion {
    /// The number in headers.
    pub fn number(self) -> u8 {
        match self {
            DisVersion::V6 => 6,
            DisVersion::V7 => 7,
        }
    }

    fn of(number: u8) -> Option<DisVersion> {
        [DisVersion::V6, DisVersion::V7].into_iter().find(|version| version.number() == number)
    }
}

/// When a message was true: past the hour, in units of 3600 s / 2^31, with the lowest bit set where the
/// clocks of all are the same (6.2.88).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Timestamp(pub u32);

impl Timestamp {
    /// The absolute time stamp of an instant in nanoseconds since 1970, to the nearest unit (1.7 us).
    pub fn absolute(unix_ns: i128) -> Timestamp {
        let units =
            (unix_ns.rem_euclid(NANOS_AN_HOUR) * UNITS_AN_HOUR + NANOS_AN_HOUR / 2) / NANOS_AN_HOUR;
        // The nearest unit of an hour's end is the beginning of the next one.
        Timestamp((units % UNITS_AN_HOUR) as u32 * 2 + 1)
    }

    /// Nanoseconds past the hour.
    pub fn past_the_hour_ns(self) -> i64 {
        (i128::from(self.0 / 2) * NANOS_AN_HOUR / UNITS_AN_HOUR) as i64
    }

    /// Whether the hour is that of UTC.
    pub fn is_absolute(self) -> bool {
        self.0 % 2 == 1
    }
}

/// What stands before every body.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// Edition.
    pub version: DisVersion,
    /// Which exercise it belongs to.
    pub exercise: u8,
    /// Type of the PDU (SISO-REF-010, 4).
    pub kind: u8,
    /// Family of the type (SISO-REF-010, 5).
    pub family: u8,
    /// When.
    pub timestamp: Timestamp,
    /// Status and padding (version 7), or padding (version 6).
    pub status: [u8; 2],
}

/// What a PDU says.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the types are documented")]
pub enum Body {
    EntityState(EntityState),
    Fire(Fire),
    Detonation(Detonation),
    Emission(Emission),
    Transmitter(Transmitter),
    Signal(Signal),
    Iff(Iff),
    /// Any other type, with its octets.
    Other(Vec<u8>),
}

/// A protocol data unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Pdu {
    /// What stands before the body.
    pub header: Header,
    /// The body.
    pub body: Body,
    /// Octets behind the body, as they are; none in what keeps to the standard.
    pub rest: Vec<u8>,
}

impl Body {
    /// Type and family; `None` for what the header alone knows.
    fn kind(&self) -> Option<(u8, u8)> {
        match self {
            Body::EntityState(_) => Some((1, 1)),
            Body::Fire(_) => Some((2, 2)),
            Body::Detonation(_) => Some((3, 2)),
            Body::Emission(_) => Some((23, 6)),
            Body::Transmitter(_) => Some((25, 4)),
            Body::Signal(_) => Some((26, 4)),
            Body::Iff(_) => Some((28, 6)),
            Body::Other(_) => None,
        }
    }

    fn write(&self, out: &mut Octets) {
        match self {
            Body::EntityState(body) => body.write(out),
            Body::Fire(body) => body.write(out),
            Body::Detonation(body) => body.write(out),
            Body::Emission(body) => body.write(out),
            Body::Transmitter(body) => body.write(out),
            Body::Signal(body) => body.write(out),
            Body::Iff(body) => body.write(out),
            Body::Other(body) => {
                out.raw(body);
            }
        }
    }

    fn read(kind: u8, fields: &mut Fields) -> Option<Body> {
        match kind {
            1 => EntityState::read(fields).map(Body::EntityState),
            2 => Fire::read(fields).map(Body::Fire),
            3 => Detonation::read(fields).map(Body::Detonation),
            23 => Emission::read(fields).map(Body::Emission),
            25 => Transmitter::read(fields).map(Body::Transmitter),
            26 => Signal::read(fields).map(Body::Signal),
            28 => Iff::read(fields).map(Body::Iff),
            _ => fields.take(fields.left()).map(|body| Body::Other(body.to_vec())),
        }
    }
}

impl Pdu {
    /// A PDU with a body of a known type; version, exercise and time are those of `header`.
    pub fn new(header: Header, body: Body) -> Pdu {
        let (kind, family) = body.kind().unwrap_or((header.kind, header.family));
        Pdu { header: Header { kind, family, ..header }, body, rest: Vec::new() }
    }

    /// Writes it behind what is there; its length field is what it takes.
    pub fn write(&self, out: &mut Vec<u8>) {
        let begin = out.len();
        let Header { version, exercise, kind, family, timestamp, status } = self.header;
        let mut octets = Octets(out);
        octets.raw(&[version.number(), exercise, kind, family]).u32(timestamp.0);
        octets.raw(&[0, 0, status[0], status[1]]);
        self.body.write(&mut octets);
        octets.raw(&self.rest);
        let length = u16::try_from(out.len() - begin).unwrap_or(u16::MAX);
        out[begin + 8..begin + 10].copy_from_slice(&length.to_be_bytes());
    }

    /// The PDUs of a datagram, which may hold several. What cannot be read is counted, with the place that
    /// it has when the datagram begins at byte `offset`, and passed over as far as its length says.
    pub fn read_all(datagram: &[u8], offset: usize, problems: &mut Problems) -> Vec<Pdu> {
        let (mut pdus, mut at) = (Vec::new(), 0);
        while at < datagram.len() {
            let (pdu, octets) = Pdu::read(&datagram[at..], offset + at, problems);
            pdus.extend(pdu);
            at += octets;
        }
        pdus
    }

    /// The first PDU, and the octets until the next one: at least one.
    fn read(octets: &[u8], offset: usize, problems: &mut Problems) -> (Option<Pdu>, usize) {
        let mut fields = Fields::new(octets);
        let Some((number, header, said)) = read_header(&mut fields) else {
            problems.add(offset, || format!("{} octets are no header of a PDU", octets.len()));
            return (None, octets.len());
        };
        let length = match said {
            said if said < HEADER_OCTETS || said > octets.len() => {
                problems.add(offset, || {
                    format!(
                        "a PDU of type {} says {said} octets and has {}",
                        header.kind,
                        octets.len()
                    )
                });
                octets.len()
            }
            said => said,
        };
        let Some(version) = DisVersion::of(number) else {
            problems.add(offset, || format!("protocol version {number}: 6 and 7 are read"));
            return (None, length);
        };
        let mut fields = Fields::new(&octets[HEADER_OCTETS..length]);
        let body = Body::read(header.kind, &mut fields);
        if body.is_none() {
            problems.add(offset, || format!("a PDU of type {} ends within its body", header.kind));
        }
        let rest = fields.take(fields.left()).unwrap_or_default().to_vec();
        (body.map(|body| Pdu { header: Header { version, ..header }, body, rest }), length)
    }
}

/// Version, header and length.
fn read_header(fields: &mut Fields) -> Option<(u8, Header, usize)> {
    let [version, exercise, kind, family] = fields.octets()?;
    let (timestamp, length) = (Timestamp(fields.u32()?), fields.u16()?);
    let status = fields.octets()?;
    let header =
        Header { version: DisVersion::default(), exercise, kind, family, timestamp, status };
    Some((version, header, length.into()))
}
