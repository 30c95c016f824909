//! Luck: random numbers that belong to a thing and a moment, not to a sequence of calls.
//!
//! **What it models.** Every random number of a run is a pure function of the seed, the replication,
//! what it is for ([`Purpose`]), whom it concerns ([`NameHash`], made of scenario names) and an
//! ordinal (the nth look at that flight, the nth shot at it). There is no shared stream: an
//! aircraft added far away changes nobody else's luck, and two variants of a scenario can be
//! compared pair by pair. Clock time, indices and the name of the variant must never enter a key.
//!
//! **Equation and reference.** Philox4x32 with ten rounds, a counter-based generator that passes
//! the BigCrush battery: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random
//! numbers: as easy as 1, 2, 3", SC11 (2011), section 3.3. Its 64-bit key is made of seed and
//! replication, its 128-bit counter of the other parts (see [`Luck::draw`]).
//!
//! **Inputs.** Integers; no units. **Valid range.** All of `u64`; one [`Draw`] yields at most
//! 2³² blocks of 128 bits before it repeats. **Left out.** Cryptographic strength.
//!
//! **Validated against** the known-answer tests of the Random123 distribution and, for the
//! distributions, closed-form distribution functions and moments
//! (`tests/draw_statistics.rs`, `val_random123_*`).
//!
//! **Speed.** `cargo run --release -p redan-sim --example draw_speed` prints nanoseconds per keyed
//! draw; the figures of one machine stand in that example's header.
//!
//! ```
//! use redan_sim::draw::{Luck, NameHash, Purpose};
//!
//! let luck = Luck::new(42, 0);
//! let pair = NameHash::of("North radar").combine(NameHash::of("Flight 1"));
//! let third_look = luck.draw(Purpose::Detection, pair, 3).uniform();
//! // The same question has the same answer, in whatever order questions are put.
//! let _ = luck.draw(Purpose::Kill, pair, 0).bernoulli(0.5);
//! assert_eq!(third_look, luck.draw(Purpose::Detection, pair, 3).uniform());
//! ```

mod distribution;
mod name;
mod philox;

pub use distribution::normal_quantile;
pub use name::NameHash;
pub use philox::{Block, philox4x32_10};

use core::convert::Infallible;
use name::mix;
use rand_core::TryRng;

/// What a random number is for: one of the coordinates of its key.
///
/// The discriminants are part of every recording ever made: a new purpose takes a new number, and
/// none is ever reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u32)]
pub enum Purpose {
    /// Whether a look detects a target.
    Detection = 1,
    /// Errors of range, azimuth, elevation and radial speed of one plot.
    MeasurementError = 2,
    /// Number and places of the false plots of one scan.
    FalsePlot = 3,
    /// Systematic errors of a sensor, constant over a run.
    Bias = 4,
    /// Whether and what a transponder answers.
    Reply = 5,
    /// The kill probability itself, within the spread of its claims.
    KillProbability = 6,
    /// Whether one shot kills, given its probability.
    Kill = 7,
    /// Whether a missile or a radar works at all.
    Reliability = 8,
    /// Whether the outcome of a shot is judged rightly.
    Assessment = 9,
    /// Whether a message is lost.
    LinkLoss = 10,
    /// Delays of operators, processing and links.
    Delay = 11,
    /// Places and times of the members of a formation.
    Formation = 12,
    /// Where in its turn a rotating antenna is when the run begins.
    TurnPhase = 13,
    /// Error of a direction without a range: a jam strobe or a passive bearing.
    BearingError = 14,
    /// What a crew expects, against other crews.
    Crew = 15,
    /// Whether an operator reads a descent whatever the track does.
    Misread = 16,
    /// Whether a read gate is left where it was put, and whose answer is credited.
    ReadGate = 17,
    /// Whether the guidance of a missile goes over to another object.
    Transfer = 18,
    /// Which value of a disputed figure a study takes: what is not known, apart from luck.
    Ledger = 40,
    /// Places of a design's points: permutations and shifts.
    Design = 41,
    /// Which values a bootstrap draws into a resample.
    Resample = 42,
}

/// The luck of one replication: the source of all its keyed draws.
///
/// Cheap to copy; holds the key of the generator and nothing that changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Luck {
    key: [u32; 2],
}

impl Luck {
    /// The luck of replication `replication` of a study with seed `seed`.
    ///
    /// For one seed, different replications have different keys, without exception; different
    /// seeds share a key with probability 2⁻⁶⁴ for each pair of replications.
    #[must_use]
    pub fn new(seed: u64, replication: u64) -> Self {
        Self { key: halves(mix(mix(seed).wrapping_add(replication))) }
    }

    /// The random numbers of purpose `purpose` that concern `who` for the `ordinal`-th time.
    ///
    /// The counter of the generator is (block, low half of the ordinal, two words of `who` with
    /// the purpose and the high half of the ordinal folded in by exclusive-or of odd multiples).
    /// Draws of one purpose and one name are therefore never equal for any two ordinals below
    /// 2³²; different names or purposes meet with probability 2⁻⁶⁴.
    #[must_use]
    #[inline]
    pub fn draw(&self, purpose: Purpose, who: NameHash, ordinal: u64) -> Draw {
        let [ordinal_low, ordinal_high] = halves(ordinal);
        let folded = who.0
            ^ u64::from(purpose as u32).wrapping_mul(0x9e37_79b9_7f4a_7c15)
            ^ u64::from(ordinal_high).wrapping_mul(0xd1b5_4a32_d192_ed03);
        let [low, high] = halves(folded);
        Draw { key: self.key, counter: [0, ordinal_low, low, high], block: [0; 4], used: 4 }
    }
}

/// The stream of random words that belongs to one key.
///
/// Words come in blocks of four and are made when asked for; a stream that is never asked costs
/// nothing. It also is a generator in the sense of `rand_core` ([`TryRng`] without errors, hence
/// `Rng`), so that code of others can draw from it.
#[derive(Clone, Debug)]
pub struct Draw {
    key: [u32; 2],
    counter: Block,
    block: Block,
    used: u8,
}

impl Draw {
    /// The next 32 random bits.
    #[inline]
    pub fn next_word(&mut self) -> u32 {
        if self.used == 4 {
            self.refill();
        }
        let word = self.block[usize::from(self.used)];
        self.used += 1;
        word
    }

    /// The next 64 random bits: two words, the first one low.
    #[inline]
    pub fn next_long(&mut self) -> u64 {
        let low = u64::from(self.next_word());
        low | u64::from(self.next_word()) << 32
    }

    #[inline]
    fn refill(&mut self) {
        self.block = philox4x32_10(self.counter, self.key);
        self.counter[0] = self.counter[0].wrapping_add(1);
        self.used = 0;
    }
}

impl TryRng for Draw {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(self.next_word())
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(self.next_long())
    }

    fn try_fill_bytes(&mut self, dst: &mut [u8]) -> Result<(), Infallible> {
        for chunk in dst.chunks_mut(4) {
            let bytes = self.next_word().to_le_bytes();
            chunk.copy_from_slice(&bytes[..chunk.len()]);
        }
        Ok(())
    }
}

/// Low and high half of 64 bits. The casts cut on purpose.
#[inline]
fn halves(value: u64) -> [u32; 2] {
    [value as u32, (value >> 32) as u32]
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_core::Rng;

    const WHO: NameHash = NameHash::of("Flight 1");

    #[test]
    fn a_draw_depends_on_each_part_of_its_key() {
        let first = |seed, replication, purpose, who, ordinal| {
            Luck::new(seed, replication).draw(purpose, who, ordinal).next_long()
        };
        let base = first(1, 2, Purpose::Kill, WHO, 3);
        assert_eq!(base, first(1, 2, Purpose::Kill, WHO, 3));
        assert_ne!(base, first(2, 2, Purpose::Kill, WHO, 3));
        assert_ne!(base, first(1, 3, Purpose::Kill, WHO, 3));
        assert_ne!(base, first(1, 2, Purpose::Delay, WHO, 3));
        assert_ne!(base, first(1, 2, Purpose::Kill, NameHash::of("Flight 2"), 3));
        assert_ne!(base, first(1, 2, Purpose::Kill, WHO, 4));
        assert_ne!(base, first(1, 2, Purpose::Kill, WHO, 3 | 1 << 40));
    }

    #[test]
    fn a_stream_goes_on_over_blocks_without_repeating() {
        let mut draw = Luck::new(7, 0).draw(Purpose::FalsePlot, WHO, 0);
        let mut words: Vec<u64> = (0..4_000).map(|_| draw.next_long()).collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), 4_000);
    }

    #[test]
    fn the_rand_core_view_yields_the_same_words() {
        let luck = Luck::new(9, 9);
        let mut ours = luck.draw(Purpose::Bias, WHO, 1);
        let mut theirs = luck.draw(Purpose::Bias, WHO, 1);
        assert_eq!(ours.next_word(), theirs.next_u32());
        assert_eq!(ours.next_long(), theirs.next_u64());
        let mut bytes = [0_u8; 6];
        theirs.fill_bytes(&mut bytes);
        assert_eq!(bytes[..4], ours.next_word().to_le_bytes());
        assert_eq!(bytes[4..], ours.next_word().to_le_bytes()[..2]);
    }

    #[test]
    fn the_keys_of_recordings_already_made_stay_as_they_are() {
        // Pinned on purpose: a change here silently changes the luck of every published study.
        let mut draw = Luck::new(42, 7).draw(Purpose::Detection, NameHash::of("Mürted/91N6E"), 11);
        let words: Vec<u32> = (0..5).map(|_| draw.next_word()).collect();
        assert_eq!(words, PINNED);
    }

    // Made by an implementation of its own in another language, from the documents alone.
    const PINNED: [u32; 5] =
        [1_875_868_303, 1_461_377_609, 2_764_346_207, 784_724_617, 497_450_165];
}
