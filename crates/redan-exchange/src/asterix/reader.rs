//! Blocks into records, from files of strangers.

use super::fault::{Fault, Item, Wrong};
use super::layout::Field;
use super::record::{Record, read_record};
use super::uap;
use super::writer::HEADER;
use crate::carrier::pcap::{Capture, Captured};

/// Reads a file of ASTERIX: blocks one after the other, or a capture (pcap, pcapng) of UDP datagrams with blocks in
/// them, which is told by its first octets.
///
/// Nothing in a file ends the reading or makes it allocate. What cannot be read is a [`Fault`] with its place,
/// and reading goes on: behind a block of a foreign category; with the next block, where a record cannot be
/// read, since nothing says how long it is; with the next header that can be one, where a block cannot be as
/// long as it says.
///
/// ```
/// use redan_exchange::asterix::{Wrong, read};
/// // A block of category 1, and a north marker that says who sends it and no more.
/// let file = [1, 0, 4, 0, 34, 0, 7, 0b1100_0000, 25, 10, 1];
/// let mut reader = read(&file);
/// let fault = reader.next().expect("two things").expect_err("category 1 is not read here");
/// assert_eq!((fault.offset, fault.category, fault.wrong), (0, Some(1), Wrong::ForeignCategory));
/// let record = reader.next().expect("two things").expect("it is whole");
/// assert_eq!((record.category(), reader.offset()), (34, 7));
/// assert_eq!(record.source().map(|source| source.sic), Some(10));
/// assert!(reader.next().is_none());
/// assert_eq!(reader.counts().of(Wrong::ForeignCategory), 1);
/// ```
pub fn read(file: &[u8]) -> Reader<'_> {
    let capture = Capture::of(file);
    let end = if capture.is_some() { 0 } else { file.len() };
    Reader {
        file,
        capture,
        end,
        at: 0,
        block: None,
        offset: 0,
        captured_unix_ns: None,
        counts: Counts::default(),
    }
}

/// Records of a file, and what could not be read of it.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    file: &'a [u8],
    /// The frames that are yet to come, where the file is a capture.
    capture: Option<Capture<'a>>,
    /// Where the next record or block begins.
    at: usize,
    /// Where the datagram or the file ends.
    end: usize,
    block: Option<Block>,
    offset: usize,
    captured_unix_ns: Option<i64>,
    counts: Counts,
}

/// The block that is being read.
#[derive(Clone, Copy, Debug)]
struct Block {
    category: u8,
    profile: &'static [Field],
    end: usize,
}

/// How many records were read, and how often something was wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Records that were read.
    pub records_count: u64,
    faults: [u64; Wrong::ALL.len()],
}

impl Counts {
    /// How often this was wrong.
    pub fn of(&self, wrong: Wrong) -> u64 {
        self.faults[wrong as usize]
    }

    /// All faults.
    pub fn faults_count(&self) -> u64 {
        self.faults.iter().sum()
    }
}

impl Reader<'_> {
    /// Octet of the file at which the record or the fault that was given last begins.
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// When the datagram of the record that was given last was captured, nanoseconds since 1970; `None` in a file
    /// of blocks.
    pub fn captured_unix_ns(&self) -> Option<i64> {
        self.captured_unix_ns
    }

    /// What was given so far.
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// A record or a fault; `None` where there is nothing more in this datagram.
    fn step(&mut self) -> Option<Result<Record, Fault>> {
        loop {
            match self.block {
                Some(block) if self.at < block.end => return Some(self.record(block)),
                _ if self.at >= self.end => return None,
                _ => {
                    if let Err(fault) = self.open() {
                        return Some(Err(fault));
                    }
                }
            }
        }
    }

    fn record(&mut self, block: Block) -> Result<Record, Fault> {
        let Block { category, profile, end } = block;
        let start = self.at;
        match read_record(category, profile, &self.file[start..end]) {
            Ok((octets, record)) => {
                self.at += octets;
                self.offset = start;
                Ok(record)
            }
            Err((octets, item, wrong)) => {
                self.at = end;
                Err(Fault { offset: start + octets, category: Some(category), item, wrong })
            }
        }
    }

    /// Begins the block that lies ahead. Where its length cannot be, its end is where the next one can begin.
    fn open(&mut self) -> Result<(), Fault> {
        let start = self.at;
        let rest = &self.file[start..self.end];
        let category = rest[0];
        let length = said_length(rest);
        let profile = uap::profile(category);
        self.block = None;
        let wrong = match length {
            Some(length) if length > HEADER && length <= rest.len() => {
                self.at = start + length;
                let Some(profile) = profile else {
                    return Err(fault(start, category, Wrong::ForeignCategory));
                };
                self.block = Some(Block { category, profile, end: self.at });
                self.at = start + HEADER;
                return Ok(());
            }
            Some(length) if length > HEADER => Wrong::Truncated,
            Some(_) => Wrong::LyingLength,
            None => Wrong::Truncated,
        };
        self.at = self.next_header(start + 1);
        if let (Some(profile), Wrong::Truncated) = (profile, wrong)
            && self.at > start + HEADER
        {
            // What there is of it may hold whole records.
            self.block = Some(Block { category, profile, end: self.at });
            self.at = start + HEADER;
        }
        Err(fault(start, category, wrong))
    }

    /// The next place at which a block of a category that is read here fits, and is followed by another one or
    /// by the end; the end where there is none.
    fn next_header(&self, from: usize) -> usize {
        let is_header = |at: usize| {
            let rest = &self.file[at..self.end];
            uap::profile(rest[0]).and(said_length(rest)).is_some_and(|length| {
                let next = rest.get(length).map(|category| uap::profile(*category).is_some());
                length > HEADER && length <= rest.len() && next.unwrap_or(true)
            })
        };
        (from..self.end).find(|at| is_header(*at)).unwrap_or(self.end)
    }

    /// Goes on with the next datagram; `None` where the file ends.
    fn next_frame(&mut self) -> Option<Result<(), Fault>> {
        match self.capture.as_mut()?.next()? {
            Ok(Captured { unix_ns, offset, payload, .. }) => {
                (self.at, self.end, self.block) = (offset, offset + payload.len(), None);
                self.captured_unix_ns = i64::try_from(unix_ns).ok();
                Some(Ok(()))
            }
            Err(problem) => {
                let (offset, wrong) = (problem.offset, Wrong::Capture);
                Some(Err(Fault { offset, category: None, item: None, wrong }))
            }
        }
    }
}

impl Iterator for Reader<'_> {
    type Item = Result<Record, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        let read = loop {
            if let Some(read) = self.step() {
                break read;
            }
            match self.next_frame()? {
                Ok(()) => {}
                Err(fault) => break Err(fault),
            }
        };
        match &read {
            Ok(_) => self.counts.records_count += 1,
            Err(fault) => {
                self.offset = fault.offset;
                self.counts.faults[fault.wrong as usize] += 1;
            }
        }
        Some(read)
    }
}

/// The length that a block gives itself, header included.
fn said_length(rest: &[u8]) -> Option<usize> {
    Some(usize::from(u16::from_be_bytes([*rest.get(1)?, *rest.get(2)?])))
}

fn fault(offset: usize, category: u8, wrong: Wrong) -> Fault {
    Fault { offset, category: Some(category), item: None::<Item>, wrong }
}
