//! The plan of a study: which replications there are, how they are cut into parts, and who plays which.
//!
//! Replications are numbered from 0. A draw of the ledger has `battles` of them side by side: replication r
//! belongs to draw r / battles, and its luck is that of replication r, so that any one can be played again
//! alone. Parts are whole draws, always the same ones for the same plan: what is on the disk when a study is
//! cut off is a set of whole parts, and shards are sets of parts.

use serde::{Deserialize, Serialize};

/// Which replications a study has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extent {
    /// Replications in all; a multiple of `battles`.
    pub replications: u64,
    /// Battles with each draw of the ledger.
    pub battles: u64,
}

/// A part of a study: draws `from..until`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its number, from 0.
    pub number: u64,
    /// First draw.
    pub from: u64,
    /// First draw that is no longer in it.
    pub until: u64,
}

/// One of several shares of a study.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Which one, from 1.
    pub number: u64,
    /// Of how many.
    pub of: u64,
}

/// Replications of a part, about: some seconds of work.
const PART: u64 = 40;
/// Parts of one study at most: so many files are no burden.
const MOST_PARTS: u64 = 2_000;

impl Extent {
    /// At least so many replications in whole draws.
    pub fn new(replications: u64, battles: u64) -> Self {
        let battles = battles.max(1);
        Self { replications: replications.div_ceil(battles).max(1) * battles, battles }
    }

    /// Draws of the ledger.
    pub fn draws(&self) -> u64 {
        self.replications / self.battles
    }

    /// Draws in each part but the last.
    pub fn draws_per_part(&self) -> u64 {
        PART.div_ceil(self.battles).max(self.draws().div_ceil(MOST_PARTS))
    }

    /// All parts, in order.
    pub fn parts(&self) -> impl Iterator<Item = Part> + use<> {
        let (draws, size) = (self.draws(), self.draws_per_part());
        (0..draws.div_ceil(size)).map(move |number| Part {
            number,
            from: number * size,
            until: ((number + 1) * size).min(draws),
        })
    }

    /// Replications of a draw.
    pub fn replications_of(&self, draw: u64) -> std::ops::Range<u64> {
        draw * self.battles..(draw + 1) * self.battles
    }
}

impl Shard {
    /// All of it.
    pub const WHOLE: Shard = Shard { number: 1, of: 1 };

    /// Whether it plays this part.
    pub fn has(&self, part: &Part) -> bool {
        part.number % self.of == self.number - 1
    }
}

/// `k/N` with k from 1 to N.
impl std::str::FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parsed = text.split_once('/').and_then(|(number, of)| {
            Some(Shard { number: number.trim().parse().ok()?, of: of.trim().parse().ok()? })
        });
        parsed.filter(|shard| (1..=shard.of).contains(&shard.number)).ok_or_else(|| {
            format!("`{text}` is no share: write k/N with k from 1 to N, such as 2/4")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_cover_all_draws_once_and_shards_all_parts() {
        for (replications, battles) in [(1, 1), (1_000, 2), (999, 4), (50_000, 20), (40, 400)] {
            let extent = Extent::new(replications, battles);
            assert!(extent.replications >= replications);
            let parts: Vec<Part> = extent.parts().collect();
            assert!(parts.len() as u64 <= MOST_PARTS);
            let draws: Vec<u64> = parts.iter().flat_map(|part| part.from..part.until).collect();
            assert!(draws.into_iter().eq(0..extent.draws()));
            let mut played: Vec<u64> = (1..=4)
                .flat_map(|number| {
                    let shard = Shard { number, of: 4 };
                    parts.iter().filter(move |part| shard.has(part)).map(|part| part.number)
                })
                .collect();
            played.sort_unstable();
            assert!(played.into_iter().eq(parts.iter().map(|part| part.number)));
        }
    }

    #[test]
    fn shares_are_read_and_refused() {
        assert_eq!("2/4".parse(), Ok(Shard { number: 2, of: 4 }));
        for wrong in ["0/4", "5/4", "1", "a/b", "1/0"] {
            assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
        }
    }
}
