//! The figures of the cases of mistaken identity are what the cases give, and the READMEs state them.

#[path = "../examples/identification/table.rs"]
mod table;

use std::fs;

use table::{
    CASES, Row, battles_again, battles_of, csv, filled, folder, markdown, measures, row, stated,
};

fn read(name: &str) -> String {
    let path = folder().join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn rows(case: &'static str, battles: fn(&str) -> u64) -> Vec<Row> {
    let variants = table::variants(case);
    variants.iter().map(|variant| row(case, variant, battles(case))).collect()
}

#[test]
fn the_first_battles_of_every_case_give_what_is_stated() {
    for case in CASES {
        let name = format!("{case}/again.csv");
        assert_eq!(csv(&rows(case, battles_again)), read(&name), "{HINT}");
    }
}

#[test]
#[ignore = "plays some ten thousand battles; the fast test plays the first of them"]
fn all_battles_of_every_case_give_what_is_stated() {
    for case in CASES {
        let name = format!("{case}/figures.csv");
        assert_eq!(csv(&rows(case, battles_of)), read(&name), "{HINT}");
    }
}

#[test]
fn the_readmes_state_the_figures() {
    let stated = stated();
    for case in CASES {
        let own: Vec<Row> = stated.iter().filter(|row| row.case == case).cloned().collect();
        let variants = table::variants(case);
        assert!(own.iter().map(|row| &row.variant).eq(variants.iter().map(|(name, _)| name)));
        let readme = read(&format!("{case}/README.md"));
        assert_eq!(filled(&readme, &markdown(&own)), readme, "{case}: {HINT}");
    }
    let readme = read("README.md");
    assert_eq!(filled(&readme, &measures(&stated)), readme, "{HINT}");
}

/// What the cases are to show, whatever the exact figures: each documented failure happens often, and
/// what is said to prevent it does.
#[test]
fn each_case_fails_as_it_did_and_its_remedies_help() {
    let stated = stated();
    let share = |case: &str, variant: &str, of: fn(&Row) -> u64| {
        let row = stated.iter().find(|row| row.case == case && row.variant == variant);
        let row = row.unwrap_or_else(|| panic!("{case} {variant} is stated"));
        of(row) as f64 / row.battles as f64
    };
    let (ordered, killed) = (|row: &Row| row.ordered, |row: &Row| row.killed);
    for case in ["iran-air-655", "tornado-2003", "mh17", "ps752"] {
        assert!(share(case, "", ordered) > 0.5, "{case}");
    }
    for case in ["siberia-1812", "il-20"] {
        assert!(share(case, "", killed) > 0.15 && share(case, "", ordered) < 0.1, "{case}");
    }
    for (case, remedy) in [
        ("iran-air-655", "no-fighter"),
        ("tornado-2003", "iff-works"),
        ("mh17", "battery"),
        ("ps752", "aligned"),
        ("ps752", "link"),
    ] {
        assert!(share(case, remedy, ordered) < 0.6 * share(case, "", ordered), "{case} {remedy}");
    }
    for (case, remedy) in [("siberia-1812", "destructs"), ("il-20", "no-transfer")] {
        assert!(share(case, remedy, killed) < 0.2 * share(case, "", killed), "{case} {remedy}");
    }
    assert!(share("airway-day", "", |row| row.orders) == 0.0, "an ordinary day is without orders");
}

const HINT: &str = "if the change is meant, run \
                    `cargo run --release -p redan-study --example identification -- --write`";
