//! Capture files: what a network analyser keeps of a wire.
//!
//! Written is the classic form with microseconds: a header of 24 octets, and 16 before each frame (the
//! manual page `pcap-savefile(5)` of tcpdump.org), here with frames of Ethernet II, IPv4 (RFC 791) and UDP
//! (RFC 768), checksums included, from 127.0.0.1 to 127.0.0.1 between hardware addresses of nought. Read
//! are that form in either order of bytes, with micro- or nanoseconds, and pcapng (draft
//! `draft-ietf-opsawg-pcapng`): section header, interface description, enhanced and simple packets; other
//! blocks are passed over. Frames may begin with Ethernet, tags of VLANs included, with the address
//! family of a loopback, with Linux's cooked header, or with IP itself; IPv4 or IPv6. Fragments are
//! counted as problems: a message that came in pieces is not put together.

use std::io::{self, Write};

use super::{Problem, Problems};

const MICROSECONDS: u32 = 0xa1b2_c3d4;
const NANOSECONDS: u32 = 0xa1b2_3c4d;
const SECTION: u32 = 0x0a0d_0d0a;
const BYTE_ORDER: u32 = 0x1a2b_3c4d;
/// Frames are kept whole up to this.
const SNAP_LENGTH: u32 = 262_144;
const FILE_HEADER: usize = 24;
const ETHERNET: u32 = 1;
const UDP_PROTOCOL: u8 = 17;
/// Octets of Ethernet, IPv4 and UDP headers.
const HEADERS: usize = 14 + 20 + 8;
/// The largest payload of UDP over IPv4.
pub(crate) const LARGEST_PAYLOAD: usize = 65_535 - 20 - 8;

/// Writes a capture.
pub(crate) struct PcapWriter<'a> {
    out: &'a mut dyn Write,
    port: u16,
    /// Identification of the next IP packet.
    next: u16,
}

impl<'a> PcapWriter<'a> {
    /// Begins a capture of messages to a port of UDP.
    pub(crate) fn new(out: &'a mut dyn Write, port: u16) -> io::Result<PcapWriter<'a>> {
        // Version 2.4 is two halves, each in the order of the file.
        for word in [MICROSECONDS, 0x0004_0002, 0, 0, SNAP_LENGTH, ETHERNET] {
            out.write_all(&word.to_le_bytes())?;
        }
        Ok(PcapWriter { out, port, next: 0 })
    }

    /// A message at an instant, nanoseconds since 1970; outside 1970 to 2106 the file has the next instant
    /// that it can say. Payloads over [`LARGEST_PAYLOAD`] are refused.
    pub(crate) fn write(&mut self, unix_ns: i128, payload: &[u8]) -> io::Result<()> {
        if payload.len() > LARGEST_PAYLOAD {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        let (seconds, nanos) =
            (unix_ns.div_euclid(1_000_000_000), unix_ns.rem_euclid(1_000_000_000));
        let seconds = seconds.clamp(0, u32::MAX.into()) as u32;
        let length = (HEADERS + payload.len()) as u32;
        for word in [seconds, (nanos / 1000) as u32, length, length] {
            self.out.write_all(&word.to_le_bytes())?;
        }
        self.out.write_all(&[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x08, 0x00])?;
        self.out.write_all(&ip_header(payload.len(), self.next))?;
        self.out.write_all(&udp_header(self.port, payload))?;
        self.next = self.next.wrapping_add(1);
        self.out.write_all(payload)
    }
}

const LOOPBACK: [u8; 4] = [127, 0, 0, 1];

/// The header of an IPv4 packet with UDP in it.
fn ip_header(payload_length: usize, identification: u16) -> [u8; 20] {
    let mut header = [0; 20];
    header[0] = 0x45;
    header[2..4].copy_from_slice(&((payload_length + 28) as u16).to_be_bytes());
    header[4..6].copy_from_slice(&identification.to_be_bytes());
    (header[8], header[9]) = (64, UDP_PROTOCOL);
    header[12..16].copy_from_slice(&LOOPBACK);
    header[16..20].copy_from_slice(&LOOPBACK);
    let checksum = folded(sum(&header));
    header[10..12].copy_from_slice(&checksum.to_be_bytes());
    header
}

/// The header of a UDP datagram to a port, from the same one.
fn udp_header(port: u16, payload: &[u8]) -> [u8; 8] {
    let mut header = [0; 8];
    let length = (payload.len() + 8) as u16;
    header[0..2].copy_from_slice(&port.to_be_bytes());
    header[2..4].copy_from_slice(&port.to_be_bytes());
    header[4..6].copy_from_slice(&length.to_be_bytes());
    let pseudo = 2 * sum(&LOOPBACK) + u32::from(UDP_PROTOCOL) + u32::from(length);
    // Nought stands for "no checksum", and its complement for nought.
    let checksum = match folded(pseudo + sum(&header) + sum(payload)) {
        0 => 0xffff,
        other => other,
    };
    header[6..8].copy_from_slice(&checksum.to_be_bytes());
    header
}

/// Sum of words of 16 bits, an odd octet padded: at most 2^15 of them, which fits.
fn sum(bytes: &[u8]) -> u32 {
    let word = |pair: &[u8]| u32::from(pair[0]) << 8 | u32::from(*pair.get(1).unwrap_or(&0));
    bytes.chunks(2).map(word).sum()
}

/// The one's complement of a sum with its carries added in (RFC 1071).
fn folded(sum: u32) -> u16 {
    let once = (sum & 0xffff) + (sum >> 16);
    !(((once & 0xffff) + (once >> 16)) as u16)
}

/// A datagram out of a capture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Captured<'a> {
    /// When it was on the wire, nanoseconds since 1970.
    pub unix_ns: i128,
    /// The port that it was sent to.
    pub port: u16,
    /// Byte of the file at which its payload begins.
    pub offset: usize,
    /// What was sent, as far as the capture has it.
    pub payload: &'a [u8],
}

/// The UDP datagrams of a capture, in its order, and what could not be read. Other traffic is passed over.
pub fn read_pcap<'a>(file: &'a [u8], problems: &mut Problems) -> Vec<Captured<'a>> {
    let Some(capture) = Capture::of(file) else {
        problems.add(0, || match be32(file, 0) {
            Some(magic) => format!("{magic:08x} begins no capture file"),
            None => "too short for a capture file".to_owned(),
        });
        return Vec::new();
    };
    let mut found = Vec::new();
    for read in capture {
        match read {
            Ok(datagram) => found.push(datagram),
            Err(problem) => problems.add(problem.offset, || problem.reason),
        }
    }
    found
}

/// A capture that is read datagram by datagram: what it allocates does not grow with the file.
#[derive(Clone, Debug)]
pub(crate) struct Capture<'a> {
    file: &'a [u8],
    at: usize,
    form: Form,
}

type Read<'a> = Result<Captured<'a>, Problem>;

/// How a capture is laid out.
#[derive(Clone, Debug)]
enum Form {
    /// The classic form.
    Records { is_little: bool, nanos_a_tick: i128, link: u32 },
    /// pcapng, with the interfaces of the section so far.
    Blocks { is_little: bool, interfaces: Vec<Interface> },
}

/// An interface of pcapng.
#[derive(Clone, Copy, Debug)]
struct Interface {
    link: u32,
    ticks_a_second: i128,
    offset_s: i128,
}

impl<'a> Capture<'a> {
    /// The capture in a file; `None` for a file that is none.
    pub(crate) fn of(file: &'a [u8]) -> Option<Capture<'a>> {
        let magic = be32(file, 0)?;
        if magic == SECTION {
            let form = Form::Blocks { is_little: true, interfaces: Vec::new() };
            return Some(Capture { file, at: 0, form });
        }
        let (is_little, magic) = match magic {
            MICROSECONDS | NANOSECONDS => (false, magic),
            other => (true, other.swap_bytes()),
        };
        let nanos_a_tick = match magic {
            MICROSECONDS => 1000,
            NANOSECONDS => 1,
            _ => return None,
        };
        let link = u32_at(file, 20, is_little)? & 0xffff;
        let form = Form::Records { is_little, nanos_a_tick, link };
        Some(Capture { file, at: FILE_HEADER, form })
    }

    fn record(&mut self, is_little: bool, nanos_a_tick: i128, link: u32) -> Option<Read<'a>> {
        let at = self.at;
        let head = [0, 4, 8].map(|offset| u32_at(self.file, at + offset, is_little));
        let [Some(seconds), Some(ticks), Some(length)] = head else {
            return self.give_up("a record is cut off in its header".to_owned());
        };
        let (begin, end) = (at + 16, (at + 16).saturating_add(length as usize));
        self.at = end;
        if end > self.file.len() {
            let rest = self.file.len().saturating_sub(begin);
            return problem(at, format!("a record of {length} octets has {rest}"));
        }
        let unix_ns = i128::from(seconds) * 1_000_000_000 + i128::from(ticks) * nanos_a_tick;
        self.frame(link, unix_ns, begin, end)
    }

    fn block(&mut self) -> Option<Read<'a>> {
        let at = self.at;
        let Form::Blocks { is_little, interfaces } = &mut self.form else { return None };
        if be32(self.file, at) == Some(SECTION) {
            *is_little = u32_at(self.file, at + 8, true) == Some(BYTE_ORDER);
            interfaces.clear();
        }
        let is_little = *is_little;
        let word = |offset: usize| u32_at(self.file, at + offset, is_little);
        let (Some(kind), Some(length)) = (word(0), word(4)) else {
            return self.give_up("a block is cut off in its header".to_owned());
        };
        let end = at.saturating_add(length as usize);
        if length < 12 || length % 4 != 0 || end > self.file.len() {
            // Where the next block begins is said by this length and nothing else.
            return self.give_up(format!("a block says that it has {length} octets"));
        }
        self.at = end;
        match kind {
            1 => {
                interfaces.push(interface(self.file, at, end, is_little));
                None
            }
            3 => self.simple_packet(at, end, is_little),
            6 => self.packet(at, end, is_little),
            _ => None,
        }
    }

    /// Nothing behind this place can be read.
    fn give_up(&mut self, reason: String) -> Option<Read<'a>> {
        let offset = std::mem::replace(&mut self.at, self.file.len());
        problem(offset, reason)
    }

    fn interface_of(&self, number: usize) -> Option<Interface> {
        match &self.form {
            Form::Blocks { interfaces, .. } => interfaces.get(number).copied(),
            Form::Records { .. } => None,
        }
    }

    fn packet(&self, at: usize, end: usize, is_little: bool) -> Option<Read<'a>> {
        let words = [8, 12, 16, 20].map(|offset| u32_at(self.file, at + offset, is_little));
        let [Some(number), Some(high), Some(low), Some(length)] = words else {
            return None;
        };
        let Some(interface) = self.interface_of(number as usize) else {
            return problem(at, format!("there is no interface {number}"));
        };
        let ticks = i128::from(high) << 32 | i128::from(low);
        let unix_ns =
            interface.offset_s * 1_000_000_000 + ticks * 1_000_000_000 / interface.ticks_a_second;
        let (begin, said) = (at + 28, (at + 28).saturating_add(length as usize));
        if said > end - 4 {
            return problem(at, format!("a packet of {length} octets is longer than its block"));
        }
        self.frame(interface.link, unix_ns, begin, said)
    }

    /// A packet without a time.
    fn simple_packet(&self, at: usize, end: usize, is_little: bool) -> Option<Read<'a>> {
        let (Some(length), Some(interface)) =
            (u32_at(self.file, at + 8, is_little), self.interface_of(0))
        else {
            return problem(at, "a simple packet without an interface".to_owned());
        };
        let said = (at + 12).saturating_add(length as usize).min(end - 4);
        self.frame(interface.link, 0, at + 12, said)
    }

    /// What a frame from one byte of the file to another holds; `None` for other traffic.
    fn frame(&self, link: u32, unix_ns: i128, begin: usize, end: usize) -> Option<Read<'a>> {
        let frame = self.file.get(begin..end.min(self.file.len()))?;
        let packet = network_layer(link, frame)?;
        match datagram(&frame[packet..]) {
            Ok(found) => found.map(|(port, from, to)| {
                let (from, to) = (begin + packet + from, begin + packet + to);
                Ok(Captured { unix_ns, port, offset: from, payload: &self.file[from..to] })
            }),
            Err(reason) => problem(begin, reason.to_owned()),
        }
    }
}

impl<'a> Iterator for Capture<'a> {
    type Item = Read<'a>;

    fn next(&mut self) -> Option<Read<'a>> {
        while self.at < self.file.len() {
            let read = match self.form {
                Form::Records { is_little, nanos_a_tick, link } => {
                    self.record(is_little, nanos_a_tick, link)
                }
                Form::Blocks { .. } => self.block(),
            };
            if read.is_some() {
                return read;
            }
        }
        None
    }
}

fn problem<'a>(offset: usize, reason: String) -> Option<Read<'a>> {
    Some(Err(Problem { offset, reason }))
}

/// Link and unit of time of an interface; options `if_tsresol` (9) and `if_tsoffset` (14).
fn interface(file: &[u8], at: usize, end: usize, is_little: bool) -> Interface {
    let half = |at| u16_at(file, at, is_little);
    let link = half(at + 8).unwrap_or(0).into();
    let mut interface = Interface { link, ticks_a_second: 1_000_000, offset_s: 0 };
    let mut option = at + 16;
    while let (Some(code), Some(length)) = (half(option), half(option + 2)) {
        if code == 0 || option + 4 > end {
            break;
        }
        let value = file.get(option + 4..option + 4 + usize::from(length));
        match (code, value) {
            (9, Some([resolution, ..])) => {
                interface.ticks_a_second = ticks_a_second(*resolution);
            }
            (14, Some(value)) => {
                let value = value.try_into().unwrap_or([0; 8]);
                let both = [i64::from_be_bytes(value), i64::from_le_bytes(value)];
                interface.offset_s = both[usize::from(is_little)].into();
            }
            _ => {}
        }
        option += 4 + usize::from(length).next_multiple_of(4);
    }
    interface
}

/// Ticks in a second by the octet of `if_tsresol`: a power of ten, or of two with its highest bit.
fn ticks_a_second(resolution: u8) -> i128 {
    let power = u32::from(resolution & 0x7f);
    let base: i128 = if resolution & 0x80 == 0 { 10 } else { 2 };
    // What would have more ticks than 18 decimals is no clock.
    base.checked_pow(power).filter(|ticks| *ticks <= 1_000_000_000_000_000_000).unwrap_or(1_000_000)
}

/// Where IP begins in a frame of a kind of link; `None` for frames without IP.
fn network_layer(link: u32, frame: &[u8]) -> Option<usize> {
    let is_ip = |at: usize| matches!(be16(frame, at), Some(0x0800 | 0x86dd));
    match link {
        0 | 108 => Some(4).filter(|at| frame.len() > *at),
        ETHERNET => {
            let mut at = 12;
            while matches!(be16(frame, at), Some(0x8100 | 0x88a8)) {
                at += 4;
            }
            is_ip(at).then_some(at + 2)
        }
        12 | 14 | 101 | 228 | 229 => Some(0),
        113 => is_ip(14).then_some(16),
        276 => is_ip(0).then_some(20),
        _ => None,
    }
    .filter(|at| *at <= frame.len())
}

/// Port, begin and end of a UDP payload within an IP packet; `None` for any other traffic.
fn datagram(packet: &[u8]) -> Result<Option<(u16, usize, usize)>, &'static str> {
    let Some(first) = packet.first() else { return Ok(None) };
    let udp = match first >> 4 {
        4 if packet.get(9) == Some(&UDP_PROTOCOL) => {
            // Offset of the fragment, and whether more follow.
            if be16(packet, 6).is_some_and(|flags| flags & 0x3fff != 0) {
                return Err("a fragment of a datagram, which is not put together");
            }
            usize::from(first & 0x0f) * 4
        }
        6 if packet.get(6) == Some(&UDP_PROTOCOL) => 40,
        _ => return Ok(None),
    };
    let (Some(port), Some(length)) = (be16(packet, udp + 2), be16(packet, udp + 4)) else {
        return Err("a datagram is cut off in its header");
    };
    let (begin, end) = (udp + 8, udp + usize::from(length));
    if begin > end || begin > packet.len() {
        return Err("a datagram says that it is shorter than its header");
    }
    // A capture may have kept less than there was; what reads the payload says so.
    Ok(Some((port, begin, end.min(packet.len()))))
}

fn u16_at(bytes: &[u8], at: usize, is_little: bool) -> Option<u16> {
    be16(bytes, at).map(|word| if is_little { word.swap_bytes() } else { word })
}

fn u32_at(bytes: &[u8], at: usize, is_little: bool) -> Option<u32> {
    be32(bytes, at).map(|word| if is_little { word.swap_bytes() } else { word })
}

fn be16(bytes: &[u8], at: usize) -> Option<u16> {
    let word = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_be_bytes(word.try_into().ok()?))
}

fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    let word = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_be_bytes(word.try_into().ok()?))
}
