//! Records into blocks.

use super::items::Items;
use super::layout::put_field_specification;
use super::record::Record;
use super::uap;

/// Category and length of a block.
pub(super) const HEADER: usize = 3;
/// A block says its length in two octets.
const LONGEST_BLOCK: usize = u16::MAX as usize;

/// Writes records into blocks, one after the other: records of one category that follow each other share one.
///
/// ```
/// use redan_exchange::asterix::{Encoder, Polar, Record, Source, TargetReport, read};
/// let report = Record::Report(TargetReport {
///     source: Some(Source { sac: 1, sic: 2 }),
///     time_of_day_s: Some(14_400.5),
///     polar: Some(Polar { range_m: 1852.0, azimuth_rad: 0.0 }),
///     ..TargetReport::default()
/// });
/// let mut encoder = Encoder::new();
/// encoder.push(&report);
/// let octets = encoder.take();
/// assert_eq!(octets, [48, 0, 13, 0b1101_0000, 1, 2, 0x1c, 0x20, 0x40, 1, 0, 0, 0]);
/// assert_eq!(read(&octets).next(), Some(Ok(report)));
/// ```
#[derive(Clone, Debug)]
pub struct Encoder {
    out: Vec<u8>,
    items: Vec<u8>,
    /// Category and beginning of the block that may take a further record.
    open: Option<(u8, usize)>,
    longest_block: usize,
}

impl Default for Encoder {
    fn default() -> Self {
        Self::new()
    }
}

impl Encoder {
    /// Blocks as long as they may be.
    pub fn new() -> Encoder {
        Encoder::with_blocks_up_to(LONGEST_BLOCK)
    }

    /// Blocks of at most so many octets, header included, but for a single record that is longer.
    pub fn with_blocks_up_to(octets_count: usize) -> Encoder {
        let longest_block = octets_count.min(LONGEST_BLOCK);
        Encoder { out: Vec::new(), items: Vec::new(), open: None, longest_block }
    }

    /// Appends a record. A value beyond the range of its item becomes the end of it; items of
    /// [`Record::others`] are not written.
    pub fn push(&mut self, record: &Record) {
        let category = record.category();
        // Categories of records are those that are read here.
        let mut items = Items::new(uap::profile(category).unwrap_or_default(), &mut self.items);
        record.put(&mut items);
        let places = items.places;
        let start = self.block(category, self.items.len());
        put_field_specification(places, &mut self.out);
        self.out.extend_from_slice(&self.items);
        let length = (self.out.len() - start) as u16;
        self.out[start + 1..start + HEADER].copy_from_slice(&length.to_be_bytes());
    }

    /// Octets that are written and not taken.
    pub fn len(&self) -> usize {
        self.out.len()
    }

    /// Whether there is nothing to take.
    pub fn is_empty(&self) -> bool {
        self.out.is_empty()
    }

    /// Takes what was written; the next record begins a new block.
    pub fn take(&mut self) -> Vec<u8> {
        self.open = None;
        std::mem::take(&mut self.out)
    }

    /// Forgets what was written and keeps the memory.
    pub fn clear(&mut self) {
        self.open = None;
        self.out.clear();
    }

    /// What was written and not taken.
    pub fn as_slice(&self) -> &[u8] {
        &self.out
    }

    /// The beginning of a block that takes a record of so many octets and its field specification.
    fn block(&mut self, category: u8, items: usize) -> usize {
        const LONGEST_SPECIFICATION: usize = 9;
        if let Some((open, start)) = self.open
            && open == category
            && self.out.len() - start + items + LONGEST_SPECIFICATION <= self.longest_block
        {
            return start;
        }
        let start = self.out.len();
        self.out.extend_from_slice(&[category, 0, 0]);
        self.open = Some((category, start));
        start
    }
}
