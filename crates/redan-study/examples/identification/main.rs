//! Plays the cases of mistaken identity, or those that are named, and prints their figures; with `--write`
//! they go into `figures.csv`, `again.csv` and the READMEs of `scenarios/identification`.
//!
//! `cargo run --release -p redan-study --example identification -- [--write] [CASE…]`

use std::fs;
use std::path::Path;

mod table;

use table::{
    CASES, Row, battles_again, battles_of, csv, filled, folder, markdown, measures, row, stated,
};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let write = arguments.iter().any(|argument| argument == "--write");
    let named = |case: &&str| arguments.iter().any(|argument| argument == case);
    let some = CASES.iter().any(&named);
    for case in CASES.into_iter().filter(|case| !some || named(case)) {
        let variants = table::variants(case);
        let rows: Vec<Row> = variants.iter().map(|v| row(case, v, battles_of(case))).collect();
        println!("## {case}\n\n{}", markdown(&rows));
        if write {
            let again: Vec<Row> =
                variants.iter().map(|v| row(case, v, battles_again(case))).collect();
            let own = folder().join(case);
            fs::write(own.join("figures.csv"), csv(&rows)).expect("the table can be written");
            fs::write(own.join("again.csv"), csv(&again)).expect("the table can be written");
            put(&own.join("README.md"), &markdown(&rows));
        }
    }
    let all = CASES.iter().all(|case| folder().join(case).join("figures.csv").exists());
    if write && all {
        put(&folder().join("README.md"), &measures(&stated()));
    }
}

/// Puts a table between the marks of a README.
fn put(path: &Path, text: &str) {
    let readme = fs::read_to_string(path).expect("the README is there");
    fs::write(path, filled(&readme, text)).expect("the README can be written");
}
