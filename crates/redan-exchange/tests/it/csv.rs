//! The table of positions, read by a reader of RFC 4180 of the test's own.

use redan_exchange::{Format, View};

use crate::battle::{NETWORK, battle};
use crate::exported;

const COLUMNS: &str = "time_s,utc,kind,name,side,lat_deg,lon_deg,alt_m,speed_m_s,heading_deg,note";

fn rows(view: &View) -> Vec<Vec<String>> {
    rows_of(&exported(&battle(), Format::Csv, view))
}

/// Rows of a table; a panic for what the RFC does not allow.
pub(crate) fn rows_of(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let (mut letters, mut in_quotes) = (text.chars().peekable(), false);
    while let Some(letter) = letters.next() {
        let row = rows.last_mut().expect("there is a row");
        let field = row.last_mut().expect("there is a field");
        match letter {
            '"' if in_quotes && letters.peek() == Some(&'"') => field.extend(letters.next()),
            '"' if in_quotes => in_quotes = false,
            other if in_quotes => field.push(other),
            '"' => {
                assert!(field.is_empty(), "a quote within a bare field");
                in_quotes = true;
            }
            ',' => row.push(String::new()),
            '\r' => {
                assert_eq!(letters.next(), Some('\n'), "a bare carriage return");
                rows.push(vec![String::new()]);
            }
            '\n' => panic!("a bare line feed"),
            other => field.push(other),
        }
    }
    assert!(!in_quotes, "a quote that is not closed");
    assert_eq!(rows.pop(), Some(vec![String::new()]), "the last line ends too");
    rows
}

fn find<'a>(rows: &'a [Vec<String>], kind: &str, note: &str) -> &'a Vec<String> {
    let mut found = rows.iter().filter(|row| row[2] == kind && row[10].contains(note));
    let row = found.next().unwrap_or_else(|| panic!("no {kind} with the note `{note}`"));
    assert!(found.next().is_none(), "more than one {kind} with the note `{note}`");
    row
}

#[test]
fn the_columns_are_the_promised_ones_and_every_row_has_them() {
    for view in crate::views() {
        let rows = rows(&view);
        assert_eq!(rows[0].join(","), COLUMNS);
        assert!(rows.iter().all(|row| row.len() == 11));
    }
}

#[test]
fn a_movement_stands_with_round_figures() {
    let rows = rows(&View::Truth);
    let row = rows.iter().find(|row| row[0] == "65" && row[3] == "HERON-7").expect("a movement");
    assert_eq!(
        row[..10].join(" "),
        "65 2026-05-12T04:01:05Z aircraft HERON-7 neutral 42.5 33.1 9000 200 270"
    );
}

#[test]
fn what_happened_is_told_where_it_happened() {
    let rows = rows(&View::Truth);
    let met = find(&rows, "missile", "met ZORRO-1: kill");
    assert_eq!((met[0].as_str(), met[5].as_str(), met[7].as_str()), ("50", "40.021", "9050"));
    assert_eq!(find(&rows, "aircraft", "destroyed by missile 9")[5], "40.02");
    assert_eq!(find(&rows, "aircraft", "reached Ankara")[3], "ZORRO-2");
    assert_eq!(find(&rows, "radar", "target acquired")[0], "27.5");
    let unit = rows.iter().find(|row| row[2] == "unit").expect("a unit");
    assert_eq!(unit[3], "Murted, 1st", "the comma is the name's");
}

#[test]
fn a_track_has_the_identity_that_it_had_then() {
    let rows = rows(&View::Network(NETWORK.to_owned()));
    let track: Vec<&Vec<String>> = rows.iter().filter(|row| row[2] == "track").collect();
    assert_eq!(
        (track[0][0].as_str(), track[0][4].as_str()),
        ("10", "pending"),
        "from confirmation"
    );
    assert_eq!(find(&rows, "track", "judged suspect")[4], "suspect");
    assert_eq!(find(&rows, "track", "called destroyed")[4], "suspect");
    assert!(find(&rows, "track", "dropped")[10].contains("not seen for too long"));
}
