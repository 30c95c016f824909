//! Captures of UDP datagrams, in the classic form of pcap.
//!
//! After the manual page `pcap-savefile(5)` of tcpdump.org: a header of 24 octets, and 16 before each frame.
//! Read are both orders of octets, micro- and nanoseconds, frames of Ethernet (tags of VLANs included) and of
//! IP alone, IPv4 with UDP. Other traffic, and fragments, are passed over.

use std::io::{self, Write};

const MICROSECONDS: u32 = 0xa1b2_c3d4;
const NANOSECONDS: u32 = 0xa1b2_3c4d;
const FILE_HEADER: usize = 24;
const FRAME_HEADER: usize = 16;
const ETHERNET: u32 = 1;
const UDP: u8 = 17;
const NANOS: i64 = 1_000_000_000;
/// Octets of the headers of Ethernet, IPv4 and UDP.
const HEADERS: usize = 14 + 20 + 8;
/// Where ASTERIX is usually sent to, and where tshark looks for it.
const PORT: u16 = 8600;
const LOOPBACK: [u8; 4] = [127, 0, 0, 1];

/// Frames that are yet to come.
#[derive(Clone, Debug)]
pub(super) struct Capture<'a> {
    file: &'a [u8],
    at: usize,
    is_little: bool,
    nanos_a_tick: i64,
    link: u32,
}

/// A datagram: when it was captured, and where its payload begins and ends.
pub(super) struct Frame {
    pub(super) unix_ns: i64,
    pub(super) from: usize,
    pub(super) to: usize,
}

impl<'a> Capture<'a> {
    /// The frames of a file; `None` for a file that is no capture.
    pub(super) fn of(file: &'a [u8]) -> Option<Capture<'a>> {
        let magic = word(file, 0, false)?;
        let (is_little, magic) = match magic {
            MICROSECONDS | NANOSECONDS => (false, magic),
            other => (true, other.swap_bytes()),
        };
        let nanos_a_tick = match magic {
            MICROSECONDS => 1000,
            NANOSECONDS => 1,
            _ => return None,
        };
        let link = word(file, 20, is_little)? & 0xffff;
        Some(Capture { file, at: FILE_HEADER, is_little, nanos_a_tick, link })
    }
}

impl Iterator for Capture<'_> {
    /// A datagram, or the octet at which a frame is damaged.
    type Item = Result<Frame, usize>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.at < self.file.len() {
            let start = self.at;
            let field = |index: usize| word(self.file, start + 4 * index, self.is_little);
            let (Some(seconds), Some(ticks), Some(length)) = (field(0), field(1), field(2)) else {
                self.at = self.file.len();
                return Some(Err(start));
            };
            let from = start + FRAME_HEADER;
            let to = from.saturating_add(length as usize);
            self.at = to;
            if to > self.file.len() {
                self.at = self.file.len();
                return Some(Err(start));
            }
            let unix_ns = i64::from(seconds) * NANOS + i64::from(ticks) * self.nanos_a_tick;
            if let Some((begin, end)) = datagram(self.link, &self.file[from..to]) {
                return Some(Ok(Frame { unix_ns, from: from + begin, to: from + end }));
            }
        }
        None
    }
}

/// Where the payload of a datagram begins and ends in its frame; `None` for other traffic.
fn datagram(link: u32, frame: &[u8]) -> Option<(usize, usize)> {
    let mut at = 0;
    if link == ETHERNET {
        at = 12;
        while matches!(half(frame, at)?, 0x8100 | 0x88a8) {
            at += 4;
        }
        (half(frame, at)? == 0x0800).then_some(())?;
        at += 2;
    }
    let version = *frame.get(at)?;
    let is_fragment = half(frame, at + 6)? & 0x3fff != 0;
    if version >> 4 != 4 || *frame.get(at + 9)? != UDP || is_fragment {
        return None;
    }
    let udp = at + usize::from(version & 15) * 4;
    let (from, to) = (udp + 8, udp + usize::from(half(frame, udp + 4)?));
    // A capture may have kept less than was sent.
    let to = to.min(frame.len());
    (from <= to).then_some((from, to))
}

/// Begins a capture.
pub(super) fn put_header(out: &mut dyn Write) -> io::Result<()> {
    // Version 2.4, in the order of the file; frames are whole.
    for word in [MICROSECONDS, 0x0004_0002, 0, 0, 0x4_0000, ETHERNET] {
        out.write_all(&word.to_le_bytes())?;
    }
    Ok(())
}

/// A datagram at an instant, nanoseconds since 1970, from this machine to itself. The file can say the years
/// 1970 to 2106.
pub(super) fn put_datagram(out: &mut dyn Write, unix_ns: i128, payload: &[u8]) -> io::Result<()> {
    let (seconds, nanos) = (unix_ns.div_euclid(NANOS.into()), unix_ns.rem_euclid(NANOS.into()));
    let seconds = seconds.clamp(0, u32::MAX.into()) as u32;
    let length = (HEADERS + payload.len()) as u32;
    for word in [seconds, (nanos / 1000) as u32, length, length] {
        out.write_all(&word.to_le_bytes())?;
    }
    out.write_all(&[0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0x08, 0x00])?;
    out.write_all(&ip_header(payload.len()))?;
    for half in [PORT, PORT, (payload.len() + 8) as u16, 0] {
        out.write_all(&half.to_be_bytes())?;
    }
    out.write_all(payload)
}

/// The header of an IPv4 packet with a UDP datagram, RFC 791, checksum included.
fn ip_header(payload: usize) -> [u8; 20] {
    let mut header = [0; 20];
    header[0] = 0x45;
    header[2..4].copy_from_slice(&((payload + 28) as u16).to_be_bytes());
    (header[8], header[9]) = (64, UDP);
    header[12..16].copy_from_slice(&LOOPBACK);
    header[16..20].copy_from_slice(&LOOPBACK);
    let sum: u32 =
        header.chunks_exact(2).map(|pair| u32::from(u16::from_be_bytes([pair[0], pair[1]]))).sum();
    let checksum = !(((sum & 0xffff) + (sum >> 16)) as u16);
    header[10..12].copy_from_slice(&checksum.to_be_bytes());
    header
}

fn half(octets: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes([*octets.get(at)?, *octets.get(at + 1)?]))
}

fn word(octets: &[u8], at: usize, is_little: bool) -> Option<u32> {
    let word: [u8; 4] = octets.get(at..at + 4)?.try_into().ok()?;
    Some(if is_little { u32::from_le_bytes(word) } else { u32::from_be_bytes(word) })
}
