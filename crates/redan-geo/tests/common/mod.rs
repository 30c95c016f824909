//! Reader of the validation tables: comment lines, one header line, comma-separated values.

#![allow(dead_code, reason = "each test file is a crate of its own and uses a part of this")]

pub(crate) mod relief;

use std::path::PathBuf;

pub(crate) struct Table {
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

pub(crate) struct Row<'a> {
    columns: &'a [String],
    cells: &'a [String],
}

/// Text of a file under `validation/tables`.
pub(crate) fn text(path: &str) -> String {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../validation/tables");
    std::fs::read_to_string(root.join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

pub(crate) fn table(path: &str) -> Table {
    let text = text(path);
    let mut lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let split = |line: &str| line.split(',').map(str::to_owned).collect::<Vec<_>>();
    let columns = split(lines.next().expect("header line"));
    let rows: Vec<_> = lines.map(split).collect();
    assert!(rows.len() > 5, "{path} has {} rows", rows.len());
    Table { columns, rows }
}

impl Table {
    pub(crate) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|cells| Row { columns: &self.columns, cells })
    }
}

impl Row<'_> {
    pub(crate) fn text(&self, column: &str) -> &str {
        let index = self.columns.iter().position(|c| c == column);
        &self.cells[index.unwrap_or_else(|| panic!("no column {column}"))]
    }

    pub(crate) fn get(&self, column: &str) -> f64 {
        self.text(column).parse().unwrap_or_else(|e| panic!("{column}: {e}"))
    }
}

#[track_caller]
pub(crate) fn near(found: f64, expected: f64, tolerance: f64, what: &str) {
    let error = (found - expected).abs();
    assert!(error <= tolerance, "{what}: {found} instead of {expected}, off by {error:e}");
}
