//! Files of strangers: cut off, of other categories, with lengths that lie, and any octets at all.

use proptest::prelude::*;
use redan_exchange::asterix::{Item, Record, Source, TargetReport, Wrong, read};

use super::any::Draw;
use super::{all, encoded};

/// Blocks of one plot each, told apart by their sources.
fn plots(count: u8) -> (Vec<Record>, Vec<Vec<u8>>) {
    let plot = |sic| {
        Record::Report(TargetReport {
            source: Some(Source { sac: 25, sic }),
            time_of_day_s: Some(f64::from(sic)),
            mode_3a: Some(Default::default()),
            ..TargetReport::default()
        })
    };
    let records: Vec<Record> = (0..count).map(plot).collect();
    let blocks = records.iter().map(|record| encoded(std::slice::from_ref(record))).collect();
    (records, blocks)
}

#[test]
fn a_file_that_is_cut_off_has_the_records_before_the_cut() {
    let (records, blocks) = plots(3);
    let (file, length) = (blocks.concat(), blocks[0].len());
    for cut in 0..file.len() {
        let (read, faults) = all(&file[..cut]);
        let whole = cut / length;
        assert_eq!(read, records[..whole], "cut at {cut}");
        if cut % length == 0 {
            assert_eq!(faults, vec![]);
        } else {
            assert_eq!(faults[0].offset, whole * length, "cut at {cut}");
            assert!(faults.iter().all(|fault| fault.wrong == Wrong::Truncated), "{faults:?}");
            assert!(faults.len() <= 2, "{faults:?}");
        }
    }
}

#[test]
fn a_foreign_category_is_counted_and_passed_over() {
    let (records, mut blocks) = plots(3);
    blocks.insert(1, vec![65, 0, 8, 1, 2, 3, 4, 5]);
    let (read, faults) = all(&blocks.concat());
    assert_eq!(read, records);
    assert_eq!(faults.len(), 1);
    assert_eq!((faults[0].offset, faults[0].category), (blocks[0].len(), Some(65)));
    assert_eq!(faults[0].wrong, Wrong::ForeignCategory);
}

#[test]
fn behind_a_length_that_cannot_be_the_next_block_is_found() {
    for (length, wrong) in
        [(0_u16, Wrong::LyingLength), (2, Wrong::LyingLength), (60_000, Wrong::Truncated)]
    {
        let (records, mut blocks) = plots(4);
        blocks[1][1..3].copy_from_slice(&length.to_be_bytes());
        let (read, faults) = all(&blocks.concat());
        assert_eq!(faults[0].wrong, wrong);
        assert_eq!(faults[0].offset, blocks[0].len());
        // The record of a block that says too much is whole, that of one that says too little is not found.
        let is_found = wrong == Wrong::Truncated;
        let expected: Vec<Record> = records
            .iter()
            .enumerate()
            .filter_map(|(index, record)| (index != 1 || is_found).then_some(*record))
            .collect();
        assert_eq!(read, expected, "{length}: {faults:?}");
    }
}

#[test]
fn a_block_that_is_shorter_than_its_record_is_cut_where_it_says() {
    let (records, mut blocks) = plots(4);
    blocks[1][2] -= 1;
    let (read, faults) = all(&blocks.concat());
    assert_eq!(faults[0].item, Some(Item::Number(70)));
    assert_eq!(faults[0].wrong, Wrong::Truncated);
    assert_eq!(faults[0].to_string().split(':').next(), Some("octet 20, I048/070"));
    assert_eq!(read.first(), records.first());
    assert_eq!(read.last(), records.last(), "reading goes on: {faults:?}");
}

#[test]
fn places_without_an_item_are_named() {
    // CAT062 has nothing in its second place.
    let (read, faults) = all(&[62, 0, 6, 0b0100_0000, 1, 2]);
    assert_eq!(read, vec![]);
    assert_eq!((faults[0].offset, faults[0].wrong), (4, Wrong::SpareItem));
    assert_eq!(faults[0].item, Some(Item::Place(1)));
    let (_, faults) = all(&[48, 0, 4, 0]);
    assert_eq!(faults[0].wrong, Wrong::Empty);
    let (_, faults) = all(&[48, 0, 20, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
    assert_eq!(faults[0].item, Some(Item::FieldSpecification));
}

#[test]
fn what_is_not_understood_is_passed_over_and_named() {
    // I048/010, I048/250 with two registers, I048/161, I048/030 with two octets, and a special purpose field.
    let mut record = vec![0b1000_0001, 0b0011_0001, 0b0100_0001, 0b0000_0100, 1, 2, 2];
    record.extend([7; 16]);
    record.extend([0x0a, 0xbc, 0x03, 0x04, 4, 9, 9, 9]);
    let mut file = vec![48, 0, 3 + record.len() as u8];
    file.extend(&record);
    let (read, faults) = all(&file);
    assert_eq!(faults, vec![]);
    let [Record::Report(report)] = read[..] else { panic!("one report: {read:?}") };
    assert_eq!(
        (report.source, report.track_number),
        (Some(Source { sac: 1, sic: 2 }), Some(0xabc))
    );
    let others: Vec<Item> = report.others.items(48).collect();
    assert_eq!(others, [Item::Number(250), Item::Number(30), Item::SpecialPurpose]);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 4000, ..Default::default() })]

    #[test]
    fn any_octets_are_read_to_their_end(octets in prop::collection::vec(any::<u8>(), 0..600)) {
        assert_sound(&octets);
    }

    #[test]
    fn any_octets_behind_a_header_are_read_to_their_end(
        category in prop::sample::select(vec![21_u8, 34, 48, 62]),
        octets in prop::collection::vec(any::<u8>(), 0..300),
    ) {
        let length = (octets.len() + 3) as u16;
        let header = [&[category][..], &length.to_be_bytes()].concat();
        assert_sound(&[header, octets].concat());
    }

    #[test]
    fn damaged_files_are_read_to_their_end(
        words in prop::collection::vec(any::<u64>(), 60),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let mut draw = Draw::new(&words, 0.0);
        let mut file = encoded(&[draw.record(), draw.record(), draw.record()]);
        for (at, octet) in damage {
            let at = at.index(file.len());
            file[at] = octet;
        }
        assert_sound(&file);
    }
}

/// Reading ends, counts right, stays within the file, and what it gives can be written and read again.
fn assert_sound(file: &[u8]) {
    let mut reader = read(file);
    let (mut records, mut faults) = (0, 0);
    while let Some(read) = reader.next() {
        assert!(reader.offset() <= file.len());
        match read {
            Ok(record) => {
                records += 1;
                let again = encoded(&[record]);
                if again.len() > 4 {
                    let (back, wrong) = all(&again);
                    assert_eq!(wrong, vec![]);
                    assert_eq!(back.len(), 1);
                    assert_eq!(encoded(&back), again, "{record:?}");
                }
            }
            Err(fault) => {
                faults += 1;
                assert_eq!(fault.offset, reader.offset());
            }
        }
        assert!(records + faults <= file.len(), "as many things as octets");
    }
    let counts = reader.counts();
    assert_eq!((counts.records_count, counts.faults_count()), (records as u64, faults as u64));
}
