//! Canonical digest of the events of a run: one number that says whether two runs were the same, bit
//! for bit.
//!
//! What is digested: every [`Event`], in the order in which it was recorded, each with its number, its
//! cause, its time and all its particulars. Encoding: the postcard wire format, version 1 (integers as
//! varints, signed ones in zigzag; floating-point numbers as their IEEE 754 bits, little-endian;
//! options and unit variants by their ordinal; [`crate::What`] and the other tagged enums begin with
//! their tag as a string with its length, so that an inserted variant leaves old digests alone). The
//! encodings follow one another without a separator: the format is self-delimiting given the schema.
//! The hash over these bytes is BLAKE3 with 32 bytes of output (O'Connor, Aumasson, Neves and
//! Wilcox-O'Hearn, 2020).
//!
//! What is not digested: the roster, seed, replication, schema version and any name. A renamed
//! aircraft changes its luck and so the events, but a new title does not change the digest. By bits
//! means that 0.0 and -0.0 differ, and that a NaN counts with its payload: the engine writes no other
//! NaN than the constant, where a figure does not exist.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Event, RecordError, Recorder};

/// Bytes collected before they are hashed. The hash is several times faster on many kilobytes at
/// once than on one event, since it then works on several chunks side by side.
const BLOCK_BYTES: usize = 32 * 1024;

/// More than the longest encoding of an event; a test holds the longest against it.
const LONGEST_BYTES: usize = 512;

/// BLAKE3 digest of the events of a run; printed and stored as 64 hexadecimal digits.
///
/// ```
/// use redan_record::Digest;
/// let digest = Digest([0xab; 32]);
/// assert_eq!(digest.to_string().parse(), Ok(digest));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Digest(pub [u8; 32]);

/// Passes events on to another recorder and digests them on the way. Allocates nothing per event.
pub struct Digesting<R> {
    inner: R,
    hasher: blake3::Hasher,
    block: Vec<u8>,
    used: usize,
}

impl<R: Recorder> Digesting<R> {
    /// A digesting recorder in front of `inner`; `()` for a digest alone.
    pub fn new(inner: R) -> Self {
        Self { inner, hasher: blake3::Hasher::new(), block: vec![0; BLOCK_BYTES], used: 0 }
    }

    /// The inner recorder, and the digest of all events that it was given.
    pub fn finish(mut self) -> (R, Digest) {
        self.flush();
        (self.inner, Digest(*self.hasher.finalize().as_bytes()))
    }

    /// The inner recorder, to look at while the run goes on.
    pub fn inner(&self) -> &R {
        &self.inner
    }

    fn flush(&mut self) {
        self.hasher.update(&self.block[..self.used]);
        self.used = 0;
    }
}

impl<R: Recorder> Recorder for Digesting<R> {
    fn record(&mut self, event: &Event) {
        if self.used + LONGEST_BYTES > BLOCK_BYTES {
            self.flush();
        }
        let written = postcard::to_slice(event, &mut self.block[self.used..])
            .expect("an event encodes in fewer than LONGEST_BYTES")
            .len();
        self.used += written;
        self.inner.record(event);
    }
}

/// Digest of events that are already there.
pub fn digest_of(events: &[Event]) -> Digest {
    let mut digesting = Digesting::new(());
    for event in events {
        digesting.record(event);
    }
    digesting.finish().1
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for byte in self.0 {
            write!(f, "{byte:02x}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({self})")
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> Self {
        digest.to_string()
    }
}

impl TryFrom<String> for Digest {
    type Error = RecordError;
    fn try_from(text: String) -> Result<Self, RecordError> {
        text.parse()
    }
}

/// Reads 64 hexadecimal digits of either case; anything else is [`RecordError::BadDigest`].
impl FromStr for Digest {
    type Err = RecordError;
    fn from_str(text: &str) -> Result<Self, RecordError> {
        let bad = || RecordError::BadDigest { text: text.to_owned() };
        let digits: Vec<u8> = text
            .chars()
            .map(|c| c.to_digit(16).map(|digit| digit as u8))
            .collect::<Option<_>>()
            .ok_or_else(bad)?;
        if digits.len() != 64 {
            return Err(bad());
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = pair[0] << 4 | pair[1];
        }
        Ok(Self(bytes))
    }
}

#[cfg(test)]
mod tests {
    use redan_geo::{Geodetic, Time};

    use super::*;
    use crate::{
        AircraftId, EngagementEnd, EngagementId, EventId, MissileId, Outcome, Sight, What,
    };

    fn event(what: What) -> Event {
        Event { id: EventId(u64::MAX), cause: Some(EventId(u64::MAX)), at: Time::MIN, what }
    }

    #[test]
    fn the_longest_events_fit() {
        let place = Geodetic { lat_rad: 1.0, lon_rad: 2.0, height_m: 3.0 };
        let resolved = What::Resolved {
            missile: MissileId(u32::MAX),
            outcome: Outcome::NothingThere,
            aircraft: Some(AircraftId(u32::MAX)),
            place,
            kill_prob: 1.0,
            track_error_m: Some(1.0),
        };
        let ended = What::EngagementEnded {
            engagement: EngagementId(u32::MAX),
            end: EngagementEnd::NotAcquired {
                sight: Some(Sight::BehindRelief { short_by_rad: 1.0, ridge_m: 1.0 }),
            },
        };
        for what in [resolved, ended] {
            let bytes = postcard::to_allocvec(&event(what)).expect("events encode");
            assert!(bytes.len() < LONGEST_BYTES / 2, "{} bytes", bytes.len());
        }
    }

    #[test]
    fn the_block_is_no_part_of_the_digest() {
        let events = vec![event(What::Appeared { aircraft: AircraftId(7) }); 5_000];
        let mut bytes = Vec::new();
        for event in &events {
            bytes.extend(postcard::to_allocvec(event).expect("events encode"));
        }
        assert_eq!(digest_of(&events).0, *blake3::hash(&bytes).as_bytes());
    }

    #[test]
    fn one_bit_of_one_figure_changes_the_digest() {
        let moved = |speed_m_s| {
            let place = Geodetic::default();
            event(What::MissileMoved { missile: MissileId(0), place, speed_m_s })
        };
        let digest = |speed_m_s| digest_of(&[moved(speed_m_s)]);
        assert_eq!(digest(700.0), digest(700.0));
        assert_ne!(digest(700.0), digest(f64::from_bits(700.0_f64.to_bits() + 1)));
        assert_ne!(digest(0.0), digest(-0.0));
    }

    #[test]
    fn a_digest_reads_back_and_bad_text_is_refused() {
        let digest = digest_of(&[event(What::Ended)]);
        let json = serde_json::to_string(&digest).expect("a string");
        assert_eq!(serde_json::from_str::<Digest>(&json).expect("a digest"), digest);
        assert!("12ab".parse::<Digest>().is_err());
        assert!("é".repeat(64).parse::<Digest>().is_err());
    }
}
