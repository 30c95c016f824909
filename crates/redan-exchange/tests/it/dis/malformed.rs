//! What is broken is counted, with its place, and everything else is read.

use proptest::prelude::*;
use redan_exchange::dis::Pdu;
use redan_exchange::{DisOptions, Problems, View, dis_messages, read_dis};

use super::capture;
use crate::battle::battle;

/// The first Entity State of the battle.
fn state() -> Vec<u8> {
    let told = dis_messages(&battle(), &View::Truth, DisOptions::default()).expect("a view");
    told.into_iter().map(|message| message.payload).find(|octets| octets[2] == 1).expect("a state")
}

fn read(octets: &[u8]) -> (usize, Problems) {
    let mut problems = Problems::default();
    (Pdu::read_all(octets, 1000, &mut problems).len(), problems)
}

#[test]
fn a_message_that_is_cut_off_is_counted_with_its_place() {
    let state = state();
    for length in 0..state.len() {
        let (count, problems) = read(&state[..length]);
        assert_eq!(count, 0, "{length}");
        assert!(length == 0 || problems.first[0].offset == 1000, "{problems:?}");
    }
}

#[test]
fn several_messages_in_a_datagram_are_all_read_whatever_one_of_them_is() {
    let state = state();
    let mut foreign = state.clone();
    foreign[0] = 5;
    let mut short = state.clone();
    short[9] = 100;
    short.truncate(100);
    let both = [state.clone(), foreign, short, state].concat();
    let (count, problems) = read(&both);
    assert_eq!((count, problems.count), (2, 2));
    let words: Vec<String> = problems.first.iter().map(ToString::to_string).collect();
    assert_eq!(words[0], "byte 1144: protocol version 5: 6 and 7 are read");
    assert_eq!(words[1], "byte 1288: a PDU of type 1 ends within its body");
}

#[test]
fn a_length_that_lies_is_counted_and_what_is_there_is_read() {
    for said in [0_u16, 11, 145, u16::MAX] {
        let mut state = state();
        state[8..10].copy_from_slice(&said.to_be_bytes());
        let (count, problems) = read(&state);
        assert_eq!((count, problems.count), (1, 1));
        let wanted = format!("byte 1000: a PDU of type 1 says {said} octets and has 144");
        assert_eq!(problems.first[0].to_string(), wanted);
    }
}

#[test]
fn counts_that_lie_ask_for_no_memory() {
    let mut state = state();
    state[19] = 255;
    assert_eq!(read(&state).0, 0);
    // An emission of 255 systems that are not there.
    let mut emission = vec![0; 28];
    emission[..4].copy_from_slice(&[7, 1, 23, 6]);
    (emission[9], emission[25]) = (28, 255);
    assert_eq!(read(&emission).0, 0);
}

#[test]
fn a_capture_that_is_cut_off_gives_what_is_before() {
    let file = capture(&battle(), &View::Truth, DisOptions::default());
    let mut problems = Problems::default();
    let all = read_dis(&file, &mut problems).len();
    assert_eq!(problems.count, 0);
    let some = read_dis(&file[..file.len() / 2], &mut problems).len();
    assert!(some > all / 3 && some < all, "{some} of {all}");
    assert!(problems.count > 0 && problems.first[0].offset > 0, "{problems:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2000, ..Default::default() })]

    #[test]
    fn no_octets_break_the_reader(octets in prop::collection::vec(any::<u8>(), 0..400)) {
        read(&octets);
        read_dis(&octets, &mut Problems::default());
    }

    #[test]
    fn no_change_of_a_capture_breaks_the_reader(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
        is_next_generation in any::<bool>(),
    ) {
        let mut file = if is_next_generation { next_generation() } else { short_capture() };
        for (index, octet) in changes {
            let index = index.index(file.len());
            file[index] = octet;
        }
        let mut problems = Problems::default();
        let count = read_dis(&file, &mut problems).len();
        prop_assert!(count + problems.count <= file.len());
    }
}

/// The beginning of a capture.
fn short_capture() -> Vec<u8> {
    let mut file = capture(&battle(), &View::Truth, DisOptions::default());
    file.truncate(2000);
    file
}

/// Two states in pcapng, by hand: a section, an interface with nanoseconds, a packet, a simple packet.
fn next_generation() -> Vec<u8> {
    let frame = short_capture()[40..40 + 42 + 144].to_vec();
    let mut file = Vec::new();
    let mut block = |kind: u32, body: &[u8]| {
        let length = (body.len().next_multiple_of(4) + 12) as u32;
        file.extend(kind.to_le_bytes());
        file.extend(length.to_le_bytes());
        file.extend(body);
        file.resize(file.len().next_multiple_of(4), 0);
        file.extend(length.to_le_bytes());
    };
    let words =
        |words: &[u32]| words.iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<_>>();
    block(0x0a0d_0d0a, &words(&[0x1a2b_3c4d, 1, u32::MAX, u32::MAX]));
    let mut interface = words(&[1, 65_535]);
    interface.extend([9, 0, 1, 0, 9, 0, 0, 0, 0, 0, 0, 0]);
    block(1, &interface);
    let (instant, length) = (1_778_558_400_123_456_789_u64, frame.len() as u32);
    let mut packet = words(&[0, (instant >> 32) as u32, instant as u32, length, length]);
    packet.extend(&frame);
    block(6, &packet);
    let mut packet = words(&[length]);
    packet.extend(&frame);
    block(3, &packet);
    file
}

#[test]
fn captures_of_the_next_generation_are_read_to_the_nanosecond() {
    let mut problems = Problems::default();
    let received = read_dis(&next_generation(), &mut problems);
    assert_eq!((received.len(), problems.count), (2, 0), "{problems:?}");
    assert_eq!(received[0].unix_ns, 1_778_558_400_123_456_789);
    assert_eq!(received[0].pdu, received[1].pdu);
}
