//! Directories that are not a whole recording, on either side.

use std::fs;
use std::path::Path;

use crate::common::{battle, manifest, recording};
use proptest::prelude::*;
use redan_record::EventId;
use redan_store::{StoreError, read, read_summary, writable, write};

const TABLES: [&str; 6] = [
    "events.parquet",
    "looks.parquet",
    "missiles.parquet",
    "plots.parquet",
    "tracks.parquet",
    "truth.parquet",
];

fn written() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), &manifest(), &battle(), "{}", &[]).unwrap();
    dir
}

fn change_manifest(dir: &Path, change: impl FnOnce(&mut serde_json::Value)) {
    let path = dir.join("manifest.json");
    let mut value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    change(&mut value);
    fs::write(&path, value.to_string()).unwrap();
}

#[track_caller]
fn assert_refused(dir: &Path, expected: &str) {
    let message = read(dir).unwrap_err().to_string();
    assert!(message.contains(expected), "{message}");
    assert!(message.contains("hint:"), "{message}");
}

#[test]
fn cut_changed_and_missing_tables_are_called_so() {
    for table in TABLES {
        let dir = written();
        let path = dir.path().join(table);
        let whole = fs::read(&path).unwrap();

        fs::write(&path, &whole[..whole.len() / 2]).unwrap();
        assert_refused(dir.path(), "were written");
        let mut changed = whole.clone();
        changed[whole.len() / 2] ^= 1;
        fs::write(&path, &changed).unwrap();
        assert_refused(dir.path(), "its content is not what was written");
        fs::remove_file(&path).unwrap();
        assert_refused(dir.path(), "it is missing");
        fs::write(&path, &whole).unwrap();
        assert_eq!(read(dir.path()).unwrap().1, battle());
    }
}

#[test]
fn a_missing_or_foreign_manifest_is_called_so() {
    let empty = tempfile::tempdir().unwrap();
    assert_refused(empty.path(), "not a recording");
    assert_refused(&empty.path().join("nowhere"), "not a recording");
    let dir = written();
    change_manifest(dir.path(), |value| value["tables"] = serde_json::json!({}));
    assert_refused(dir.path(), "does not list events.parquet");
    change_manifest(dir.path(), |value| value["surprise"] = 1.into());
    assert_refused(dir.path(), "surprise");
    fs::write(dir.path().join("manifest.json"), "{}").unwrap();
    assert_refused(dir.path(), "no schema_version");
    fs::write(dir.path().join("manifest.json"), [0xff, 0xfe]).unwrap();
    assert_refused(dir.path(), "UTF-8");
    fs::write(dir.path().join("manifest.json"), "{\"schema_ver").unwrap();
    assert_refused(dir.path(), "not JSON");
}

#[test]
fn another_schema_is_refused_by_its_number_whatever_else_it_holds() {
    let dir = written();
    change_manifest(dir.path(), |value| {
        value["schema_version"] = 77.into();
        value["made_from"]["redan_version"] = "9.9.9".into();
        value["roster"] = "something else".into();
    });
    assert_refused(dir.path(), "schema 77");
    assert_refused(dir.path(), "redan 9.9.9");
    let summary = read_summary(dir.path()).unwrap_err();
    assert!(matches!(summary, StoreError::Schema { found: 77, .. }));
}

#[test]
fn a_missing_summary_is_called_so() {
    let dir = written();
    fs::remove_file(dir.path().join("summary.json")).unwrap();
    assert!(read_summary(dir.path()).unwrap_err().to_string().contains("it is missing"));
}

#[test]
fn a_table_in_the_place_of_another_is_refused() {
    let dir = written();
    fs::copy(dir.path().join("truth.parquet"), dir.path().join("looks.parquet")).unwrap();
    change_manifest(dir.path(), |value| {
        value["tables"]["looks.parquet"] = value["tables"]["truth.parquet"].clone();
    });
    assert_refused(dir.path(), "it has no column radar_id");
}

#[test]
fn tables_of_two_runs_do_not_make_a_recording() {
    let (dir, other) = (written(), tempfile::tempdir().unwrap());
    let shifted = recording(battle().events.into_iter().skip(1).map(|event| event.what));
    write(other.path(), &manifest(), &shifted, "{}", &[]).unwrap();
    fs::copy(other.path().join("truth.parquet"), dir.path().join("truth.parquet")).unwrap();
    change_manifest(dir.path(), |value| {
        let text = fs::read(other.path().join("manifest.json")).unwrap();
        let of_other: serde_json::Value = serde_json::from_slice(&text).unwrap();
        value["tables"]["truth.parquet"] = of_other["tables"]["truth.parquet"].clone();
    });
    assert_refused(dir.path(), "event 0 does not follow the event before it");
}

#[test]
fn events_out_of_order_are_not_written() {
    let dir = tempfile::tempdir().unwrap();
    let place = dir.path().join("run");
    let mut twice = battle();
    twice.events[3].id = EventId(2);
    let mut backwards = battle();
    backwards.events[3].cause = Some(EventId(3));
    for wrong in [twice, backwards] {
        let refused = write(&place, &manifest(), &wrong, "{}", &[]).unwrap_err();
        assert!(matches!(refused, StoreError::Order { .. }), "{refused}");
        assert!(!place.exists());
    }
}

#[test]
fn only_a_recording_with_nothing_but_its_own_files_is_replaced() {
    let dir = tempfile::tempdir().unwrap();
    let place = dir.path().join("notes");
    fs::create_dir(&place).unwrap();
    fs::write(place.join("diary.txt"), "mine").unwrap();
    let refused = write(&place, &manifest(), &battle(), "{}", &[]).unwrap_err();
    assert!(matches!(refused, StoreError::Occupied { .. }), "{refused}");
    assert!(matches!(writable(&place), Err(StoreError::Occupied { .. })));
    fs::write(place.join("manifest.json"), "{\"name\": \"a web app\"}").unwrap();
    let refused = write(&place, &manifest(), &battle(), "{}", &[]).unwrap_err();
    assert!(matches!(refused, StoreError::Occupied { .. }), "{refused}");
    assert_eq!(fs::read_to_string(place.join("diary.txt")).unwrap(), "mine");

    let run = dir.path().join("run");
    writable(&run).unwrap();
    write(&run, &manifest(), &battle(), "{}", &[("report.html", b"old")]).unwrap();
    writable(&run).unwrap();
    write(&run, &manifest(), &recording([]), "{}", &[]).unwrap();
    assert!(!run.join("report.html").exists(), "nothing of the old recording stays");
    fs::write(run.join("diary.txt"), "mine").unwrap();
    let refused = write(&run, &manifest(), &battle(), "{}", &[]).unwrap_err();
    assert!(refused.to_string().contains("diary.txt"), "{refused}");
    assert_eq!(read(&run).unwrap().1, recording([]));

    let file = dir.path().join("file");
    fs::write(&file, "mine").unwrap();
    assert!(write(&file, &manifest(), &battle(), "{}", &[]).is_err());
    assert!(write(&file.join("run"), &manifest(), &battle(), "{}", &[]).is_err());
    let mut left: Vec<_> =
        fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["file", "notes", "run"], "no unfinished directory stays");
}

#[test]
fn extra_files_keep_to_the_recording() {
    let dir = tempfile::tempdir().unwrap();
    let place = dir.path().join("run");
    let bad =
        ["", ".", "..", "../x", "a/b", "a\\b", "/x", "manifest.json", "summary.json", "x.parquet"];
    for name in bad {
        let refused = write(&place, &manifest(), &battle(), "{}", &[(name, b"")]).unwrap_err();
        assert!(matches!(refused, StoreError::FileName { .. }), "{name}: {refused}");
    }
    let twice: [(&str, &[u8]); 2] = [("a.html", b""), ("a.html", b"")];
    assert!(write(&place, &manifest(), &battle(), "{}", &twice).is_err());
    assert!(!place.exists());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..Default::default() })]

    /// The hash is forged as well, so that the Parquet reader itself meets the wrong bytes: it may
    /// refuse them or make other events of them.
    #[test]
    fn forged_tables_do_not_crash_the_reader(
        table in prop::sample::select(TABLES.to_vec()),
        wrong in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let dir = written();
        let path = dir.path().join(table);
        let mut bytes = fs::read(&path).unwrap();
        for (at, byte) in &wrong {
            let at = at.index(bytes.len());
            bytes[at] = *byte;
        }
        fs::write(&path, &bytes).unwrap();
        let hash = blake3::hash(&bytes).to_hex().to_string();
        change_manifest(dir.path(), |value| {
            value["tables"][table]["blake3"] = hash.into();
        });
        if let Err(error) = read(dir.path()) {
            prop_assert!(error.to_string().contains("hint:"));
        }
    }
}
