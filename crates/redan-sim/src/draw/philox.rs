//! The Philox4x32 block function with ten rounds (Salmon et al. 2011, section 3.3).

/// 128 bits as four words.
pub type Block = [u32; 4];

/// Philox4x32-10: the random block that belongs to a counter and a key.
///
/// A bijection of the counter for each key. Each round multiplies two words by constants chosen
/// by the authors for their avalanche, and adds Weyl steps (the golden ratio and √3 − 1) to the key.
#[must_use]
#[inline]
pub fn philox4x32_10(counter: Block, key: [u32; 2]) -> Block {
    let mut block = round(counter, key);
    let [mut key_0, mut key_1] = key;
    for _ in 1..10 {
        key_0 = key_0.wrapping_add(0x9e37_79b9);
        key_1 = key_1.wrapping_add(0xbb67_ae85);
        block = round(block, [key_0, key_1]);
    }
    block
}

#[inline]
fn round([a, b, c, d]: Block, [key_0, key_1]: [u32; 2]) -> Block {
    let [low_0, high_0] = super::halves(u64::from(a) * 0xd251_1f53);
    let [low_1, high_1] = super::halves(u64::from(c) * 0xcd9e_8d57);
    [high_1 ^ b ^ key_0, low_1, high_0 ^ d ^ key_1, low_0]
}

#[cfg(test)]
mod tests {
    use super::*;

    // The file kat_vectors of the Random123 distribution, lines "philox4x32 10".

    #[test]
    fn val_random123_zero_counter_and_key() {
        let expected = [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8];
        assert_eq!(philox4x32_10([0; 4], [0; 2]), expected);
    }

    #[test]
    fn val_random123_all_ones() {
        let expected = [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd];
        assert_eq!(philox4x32_10([u32::MAX; 4], [u32::MAX; 2]), expected);
    }

    #[test]
    fn val_random123_digits_of_pi() {
        let counter = [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344];
        let expected = [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1];
        assert_eq!(philox4x32_10(counter, [0xa409_3822, 0x299f_31d0]), expected);
    }
}
