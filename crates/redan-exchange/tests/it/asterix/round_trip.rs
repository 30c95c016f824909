//! What is written is read again, and nothing is lost but the part of a step.

use proptest::prelude::*;
use redan_exchange::asterix::{Encoder, Record};

use super::any::Draw;
use super::{all, encoded};

fn records(words: &[u64], off: f64) -> Vec<Record> {
    let mut draw = Draw::new(words, off);
    (0..5).map(|_| draw.record()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2000, ..Default::default() })]

    #[test]
    fn whole_steps_come_back_as_they_were(words in prop::collection::vec(any::<u64>(), 200)) {
        let records = records(&words, 0.0);
        let (read, faults) = all(&encoded(&records));
        prop_assert_eq!(faults, vec![]);
        prop_assert_eq!(read, records);
    }

    #[test]
    fn parts_of_a_step_go_to_the_nearest(
        words in prop::collection::vec(any::<u64>(), 200),
        off in -0.499..0.499,
    ) {
        prop_assert_eq!(encoded(&records(&words, off)), encoded(&records(&words, 0.0)));
    }
}

#[test]
fn long_series_are_parted_into_blocks_of_at_most_the_length() {
    let words: Vec<u64> = (0..997).map(|n: u64| n.wrapping_mul(0x9e37_79b9_7f4a_7c15)).collect();
    let mut draw = Draw::new(&words, 0.0);
    let records: Vec<Record> = (0..5000).map(|_| draw.record()).collect();
    for longest in [200, 1400, usize::MAX] {
        let mut encoder = Encoder::with_blocks_up_to(longest);
        records.iter().for_each(|record| encoder.push(record));
        let octets = encoder.take();
        let mut at = 0;
        while at < octets.len() {
            let length = usize::from(u16::from_be_bytes([octets[at + 1], octets[at + 2]]));
            assert!(length <= longest && length > 3);
            at += length;
        }
        assert_eq!(all(&octets), (records.clone(), vec![]));
    }
}
