//! Plays the cases of mistaken identity and prints their figures; with `--write` they go into
//! `figures.csv`, `again.csv` and the READMEs of `scenarios/identification`.
//!
//! `cargo run --release -p redan-study --example identification -- [--write]`

use std::fs;

mod table;

use table::{CASES, Row, battles_again, battles_of, csv, filled, folder, markdown, measures, row};

fn main() {
    let write = std::env::args().any(|argument| argument == "--write");
    let (mut all, mut again): (Vec<Row>, Vec<Row>) = (Vec::new(), Vec::new());
    for case in CASES {
        let variants = table::variants(case);
        let rows: Vec<Row> = variants.iter().map(|v| row(case, v, battles_of(case))).collect();
        again.extend(variants.iter().map(|v| row(case, v, battles_again(case))));
        println!("## {case}\n\n{}", markdown(&rows));
        if write {
            put(&folder().join(case).join("README.md"), &markdown(&rows));
        }
        all.extend(rows);
    }
    println!("{}", measures(&all));
    if write {
        put(&folder().join("README.md"), &measures(&all));
        fs::write(folder().join("figures.csv"), csv(&all)).expect("the table can be written");
        fs::write(folder().join("again.csv"), csv(&again)).expect("the table can be written");
    }
}

/// Puts a table between the marks of a README.
fn put(path: &std::path::Path, text: &str) {
    let readme = fs::read_to_string(path).expect("the README is there");
    fs::write(path, filled(&readme, text)).expect("the README can be written");
}
