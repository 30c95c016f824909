//! Tables of studies: what is written is read, and parts do not show.

use redan_store::{StudyColumns, StudyRow, StudyTable, join, read_rows, write_study};

fn columns() -> StudyColumns {
    StudyColumns {
        measures: vec!["leaks".to_owned(), "first_kill_s".to_owned()],
        figures: vec!["s-400/92n6e.target_channels".to_owned(), "air/a.rcs_nose".to_owned()],
        claims: vec!["air/a.rcs_nose".to_owned()],
    }
}

fn row(replication: u64) -> StudyRow {
    StudyRow {
        case: if replication.is_multiple_of(2) { String::new() } else { "mast".to_owned() },
        replication,
        draw: replication / 2,
        attempts: u32::from(replication == 3),
        digest: format!("{replication:064x}"),
        measures: vec![Some(replication as f64), (!replication.is_multiple_of(3)).then_some(0.1)],
        figures: vec![Some(6.5), None],
        claims: vec![Some("other".to_owned())],
    }
}

#[test]
fn a_study_is_read_as_it_was_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("new/results.parquet");
    let rows: Vec<StudyRow> = (0..3_000).map(row).collect();
    write_study(&path, "{\"seed\":1}", &columns(), &rows).expect("it is written");
    assert_eq!(read_rows(&path, &columns()).expect("it is read"), rows);
    let table = StudyTable::open(&path).expect("it opens");
    assert_eq!((table.about.as_str(), table.rows), ("{\"seed\":1}", 3_000));
    assert_eq!(table.columns, columns());
    assert_eq!(table.wholes("draw").expect("a column")[2_999], 1_499);
    assert_eq!(table.numbers("first_kill_s").expect("a column")[0], None);
    let error = table.numbers("digest").expect_err("digests are words").to_string();
    assert!(error.contains("hint:"), "{error}");
    let left = std::fs::read_dir(folder.path().join("new")).expect("a folder").count();
    assert_eq!(left, 1, "nothing unfinished stays");
}

#[test]
fn the_bytes_do_not_depend_on_the_parts() {
    let folder = tempfile::tempdir().expect("a folder");
    let rows: Vec<StudyRow> = (0..2_500).map(row).collect();
    let mut tables = Vec::new();
    for size in [7, 1_024, 2_500] {
        let parts: Vec<_> = rows
            .chunks(size)
            .enumerate()
            .map(|(number, some)| {
                let path = folder.path().join(format!("{size}-{number}.parquet"));
                write_study(&path, "part", &columns(), some).expect("it is written");
                path
            })
            .collect();
        let out = folder.path().join(format!("{size}.parquet"));
        join(&parts, &out, "whole", &columns(), &|row| row.replication < 2_400).expect("joined");
        tables.push(std::fs::read(&out).expect("it is there"));
    }
    assert!(tables.windows(2).all(|pair| pair[0] == pair[1]));
}

#[test]
fn what_is_no_study_is_refused_with_a_hint() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("x.parquet");
    std::fs::write(&path, b"PAR1 but not really PAR1").expect("it is written");
    let error = StudyTable::open(&path).expect_err("no Parquet").to_string();
    assert!(error.contains("hint:"), "{error}");
    assert!(StudyTable::open(&folder.path().join("none")).is_err());
}
