//! What is written comes back, and the same recording gives the same bytes.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::common::{KINDS, any_what, battle, manifest, recording, what_of};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use proptest::prelude::*;
use redan_record::{Kind, Recording, What};
use redan_store::{StoreError, TABLES, read, read_manifest, read_summary, table_of, write};

const SUMMARY: &str = "{\"digest\": \"00\"}\n";

/// Debug text tells zeros of different sign apart, which equality does not.
fn bits(recording: &Recording) -> String {
    format!("{recording:?}")
}

fn files(dir: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = fs::read_dir(dir)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap())
        })
        .collect();
    files.sort();
    files
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_events_come_back_bit_for_bit(whats in prop::collection::vec(any_what(), 0..80)) {
        let dir = tempfile::tempdir().unwrap();
        let place = dir.path().join("run");
        let written = recording(whats);
        write(&place, &manifest(), &written, SUMMARY, &[]).unwrap();
        let (made_from, again) = read(&place).unwrap();
        prop_assert_eq!(bits(&again), bits(&written));
        prop_assert_eq!(made_from, manifest());
    }
}

#[test]
fn every_kind_of_event_and_reason_comes_back() {
    let numbers = ([0.1, -0.0, 1e300, 5e-324, -7.25, 1.0, 0.3], [0, 1, u32::MAX, 3, 4]);
    let all = (0..KINDS).flat_map(|kind| {
        (0..24)
            .map(move |sub| what_of(kind, sub, numbers.0, numbers.1, [u64::MAX, 9], sub % 2 == 0))
    });
    let written = recording(all);
    let kinds: BTreeSet<Kind> = written.events.iter().map(|event| event.what.kind()).collect();
    assert_eq!(kinds.len(), Kind::ALL.len(), "the test makes every kind of event");

    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), &manifest(), &written, SUMMARY, &[]).unwrap();
    assert_eq!(bits(&read(dir.path()).unwrap().1), bits(&written));
}

#[test]
fn the_same_recording_gives_the_same_bytes() {
    let dir = tempfile::tempdir().unwrap();
    let (first, second) = (dir.path().join("first"), dir.path().join("second"));
    for place in [&first, &second] {
        write(place, &manifest(), &battle(), SUMMARY, &[("report.html", b"<p>")]).unwrap();
    }
    assert_eq!(files(&first), files(&second));
    assert_eq!(read_summary(&first).unwrap(), SUMMARY);
    assert_eq!(read_manifest(&first).unwrap(), manifest());
}

#[test]
fn more_rows_than_one_batch_come_back() {
    let numbers = [0.5; 7];
    let looks =
        (0..70_000).map(|n| what_of(6, 0, numbers, [n % 3, 0, 0, 0, 0], [0, 0], n % 2 == 0));
    let dir = tempfile::tempdir().unwrap();
    let written = recording(looks);
    write(dir.path(), &manifest(), &written, SUMMARY, &[]).unwrap();
    assert_eq!(read(dir.path()).unwrap().1, written);
}

#[test]
fn an_empty_run_is_a_recording() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), &manifest(), &recording([]), SUMMARY, &[]).unwrap();
    assert_eq!(read(dir.path()).unwrap().1, recording([]));
}

#[test]
fn figures_that_are_not_finite_are_kept_in_tables_and_refused_in_json() {
    let dir = tempfile::tempdir().unwrap();
    let place = dir.path().join("run");
    for odd in [f64::NAN, -f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let look = recording([what_of(6, 0, [odd; 7], [0; 5], [0; 2], true)]);
        write(&place, &manifest(), &look, SUMMARY, &[]).unwrap();
        let What::Look { range_m, .. } = read(&place).unwrap().1.events[0].what else { panic!() };
        assert_eq!(range_m.to_bits(), odd.to_bits());

        let before = files(&place);
        let order = recording([what_of(17, 0, [odd; 7], [0; 5], [0; 2], true)]);
        let refused = write(&place, &manifest(), &order, SUMMARY, &[]).unwrap_err();
        assert!(matches!(refused, StoreError::NotFinite { .. }), "{refused}");
        let mut odd_roster = battle();
        odd_roster.roster.radars[0].instrumented_range_m = odd;
        let refused = write(&place, &manifest(), &odd_roster, SUMMARY, &[]).unwrap_err();
        assert!(refused.to_string().contains("roster"), "{refused}");
        assert_eq!(files(&place), before, "a failure leaves the old recording");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1, "and nothing beside it");
    }
}

#[test]
fn tables_in_memory_are_those_on_the_disk() {
    let dir = tempfile::tempdir().unwrap();
    let written = battle();
    write(dir.path(), &manifest(), &written, SUMMARY, &[]).unwrap();
    let mut rows = 0;
    for name in TABLES {
        let batch = table_of(&written, name).unwrap().expect("it is one of the tables");
        let file = fs::File::open(dir.path().join(format!("{name}.parquet"))).unwrap();
        let reader = ParquetRecordBatchReaderBuilder::try_new(file).unwrap().build().unwrap();
        let stored: Vec<_> = reader.map(Result::unwrap).collect();
        let stored_rows: usize = stored.iter().map(|batch| batch.num_rows()).sum();
        assert_eq!(batch.num_rows(), stored_rows, "{name}");
        if let [stored] = stored.as_slice() {
            assert_eq!(batch.columns(), stored.columns(), "{name}");
        }
        rows += if name == "engagements" { 0 } else { batch.num_rows() };
    }
    assert_eq!(rows, written.events.len());
    assert!(table_of(&written, "secrets").unwrap().is_none());
}
