//! Stable hashes of scenario names.
//!
//! FNV-1a over the UTF-8 bytes (G. Fowler, L. C. Noll, K.-P. Vo, 1991), then the finaliser of
//! SplitMix64 (G. L. Steele, D. Lea, C. H. Flood, OOPSLA 2014, variant 13 of D. Stafford), since
//! FNV alone leaves the high bits of short names poorly mixed. The standard library's hasher may
//! change with the compiler and is not used.

/// The hash of a name, or of several names combined: "who" in the key of a draw.
///
/// Made once when a scenario is loaded; the engine then combines and compares integers only. Two
/// of a million names collide with a probability of 3 × 10⁻⁸.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NameHash(pub u64);

impl NameHash {
    /// Hash of one name as it stands in the scenario, for example `"Mürted/91N6E"`.
    #[must_use]
    pub const fn of(name: &str) -> Self {
        let bytes = name.as_bytes();
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        let mut at = 0;
        while at < bytes.len() {
            hash = (hash ^ bytes[at] as u64).wrapping_mul(0x0000_0100_0000_01b3);
            at += 1;
        }
        Self(mix(hash))
    }

    /// Hash of an ordered pair: radar and flight, battery and flight.
    ///
    /// The order matters, and `a.combine(b).combine(c)` differs from `a.combine(b.combine(c))`.
    #[must_use]
    #[inline]
    pub const fn combine(self, other: Self) -> Self {
        Self(mix(self.0.rotate_left(23).wrapping_add(mix(other.0))))
    }

    /// Hash of the `number`-th member of what this names: aircraft 3 of a formation.
    #[must_use]
    #[inline]
    pub const fn member(self, number: u64) -> Self {
        self.combine(Self(number))
    }
}

/// The SplitMix64 step: a bijection of 64 bits in which each input bit changes about half of the
/// output bits.
#[inline]
pub(super) const fn mix(value: u64) -> u64 {
    let mut z = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ z >> 31
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mixer_is_splitmix64() {
        // First outputs of SplitMix64 seeded with 1234567, as published with the Java original.
        let step = 0x9e37_79b9_7f4a_7c15_u64;
        let outputs: Vec<u64> =
            (0..3).map(|n: u64| mix(1_234_567_u64.wrapping_add(step.wrapping_mul(n)))).collect();
        assert_eq!(
            outputs,
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]
        );
    }

    #[test]
    fn names_of_a_large_scenario_have_different_hashes() {
        let mut hashes: Vec<NameHash> = (0..2_000)
            .map(|n| NameHash::of(&format!("Flight {n}")))
            .chain((0..2_000).map(|n| NameHash::of("Flight").member(n)))
            .collect();
        hashes.sort();
        hashes.dedup();
        assert_eq!(hashes.len(), 4_000);
    }

    #[test]
    fn a_pair_is_ordered_and_grouped() {
        let [a, b, c] = ["a", "b", "c"].map(NameHash::of);
        assert_ne!(a.combine(b), b.combine(a));
        assert_ne!(a.combine(b).combine(c), a.combine(b.combine(c)));
        assert_ne!(a.combine(a), b.combine(b));
    }
}
