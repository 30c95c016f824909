//! Rows of a table in CSV: columns by name, every fault with its line, none of them a panic.
//!
//! Fields are separated by commas and may stand in double quotes (RFC 4180), but not go over a line. What is
//! wrong with the table as a whole is an error; what is wrong with one row is counted, and the row left out.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// A table that was opened: its header is understood, its rows are not read yet.
#[derive(Debug)]
pub struct Table<'t> {
    name: &'t str,
    columns: Vec<&'static str>,
    /// Place of each column in a row.
    places: Vec<usize>,
    width: usize,
    lines: std::iter::Enumerate<std::str::Lines<'t>>,
}

/// One row: the fields of the columns that were asked for, in that order.
#[derive(Debug)]
pub struct Row {
    /// Line of the file, from 1.
    pub line: usize,
    fields: Vec<String>,
}

/// What was left out, and where that happened first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Faults {
    /// What the numbers of places count, where that is not lines.
    place: Option<&'static str>,
    /// Number of rows and first line, by reason.
    reasons: BTreeMap<String, (u64, usize)>,
}

/// What is wrong with a table as a whole, with its place and a hint.
#[derive(Debug, PartialEq)]
pub struct TableError(pub String);

impl std::fmt::Display for TableError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for TableError {}

impl TableError {
    /// What is wrong in a line, and what to do about it.
    pub fn new(name: &str, line: usize, reason: &str, hint: &str) -> Self {
        TableError(format!("{name}:{line}: {reason}\nhint: {hint}"))
    }
}

impl<'t> Table<'t> {
    /// Opens a table and finds `columns` in its header; those in `optional` may be missing and are empty then.
    ///
    /// # Errors
    /// There is no header, or it lacks one of `columns`.
    pub fn open(
        name: &'t str,
        text: &'t str,
        columns: &[&'static str],
        optional: &[&'static str],
    ) -> Result<Self, TableError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut lines = text.lines().enumerate();
        let head = lines.next().map(|(_, line)| line).unwrap_or_default();
        let fields = split(head);
        let hint = format!("the first line names the columns; needed are {}", columns.join(", "));
        let Some(fields) = fields.filter(|_| !head.trim().is_empty()) else {
            return Err(TableError::new(name, 1, "there is no header", &hint));
        };
        let place = |column: &str| fields.iter().position(|field| field.trim() == column);
        let missing: Vec<&str> =
            columns.iter().copied().filter(|column| place(column).is_none()).collect();
        if !missing.is_empty() {
            let reason = format!("the header has no column {}", missing.join(", "));
            return Err(TableError::new(name, 1, &reason, &hint));
        }
        let columns: Vec<&'static str> = columns.iter().chain(optional).copied().collect();
        let places = columns.iter().map(|column| place(column).unwrap_or(usize::MAX)).collect();
        Ok(Table { name, columns, places, width: fields.len(), lines })
    }

    /// Name of the file, for messages.
    pub fn name(&self) -> &'t str {
        self.name
    }

    /// The next row that has as many fields as the header; others are counted as faults.
    pub fn next_row(&mut self, faults: &mut Faults) -> Option<Row> {
        for (index, line) in self.lines.by_ref() {
            let number = index + 1;
            if line.trim().is_empty() {
                continue;
            }
            match split(line) {
                Some(fields) if fields.len() == self.width => {
                    let field = |place: &usize| fields.get(*place).cloned().unwrap_or_default();
                    let fields = self.places.iter().map(field).collect();
                    return Some(Row { line: number, fields });
                }
                Some(_) => faults.add("not as many fields as the header", number),
                None => faults.add("a quotation mark that is not closed", number),
            }
        }
        None
    }

    fn index(&self, column: &str) -> usize {
        let place = self.columns.iter().position(|known| *known == column);
        place.expect("rows are asked for columns with which the table was opened")
    }

    /// A text of a row, without the spaces around it.
    ///
    /// # Panics
    /// For a column with which the table was not opened, as all that read a row.
    pub fn text<'r>(&self, row: &'r Row, column: &str) -> &'r str {
        row.fields[self.index(column)].trim()
    }

    /// A finite number of a row; anything else is counted.
    pub fn number(&self, row: &Row, column: &str, faults: &mut Faults) -> Option<f64> {
        let number: Option<f64> = self.text(row, column).parse().ok();
        let number = number.filter(|number| number.is_finite());
        if number.is_none() {
            faults.add(&format!("no finite number in column {column}"), row.line);
        }
        number
    }

    /// A whole number from 0 of a row; anything else is counted.
    pub fn whole(&self, row: &Row, column: &str, faults: &mut Faults) -> Option<u64> {
        let number: Option<u64> = self.text(row, column).parse().ok();
        if number.is_none() {
            faults.add(&format!("no whole number in column {column}"), row.line);
        }
        number
    }
}

impl Faults {
    /// Of a file that has no lines; `place` comes before the number, as in "at octet".
    pub fn by(place: &'static str) -> Faults {
        Faults { place: Some(place), ..Faults::default() }
    }

    /// Counts one.
    pub fn add(&mut self, reason: &str, line: usize) {
        match self.reasons.get_mut(reason) {
            Some((count, _)) => *count += 1,
            None => {
                self.reasons.insert(reason.to_owned(), (1, line));
            }
        }
    }

    /// Counts what another reading left out.
    pub fn merge(&mut self, other: &Faults) {
        for (reason, (count, line)) in &other.reasons {
            let here = self.reasons.entry(reason.clone()).or_insert((0, *line));
            *here = (here.0 + count, here.1.min(*line));
        }
    }

    /// Number of faults.
    pub fn count(&self) -> u64 {
        self.reasons.values().map(|(count, _)| count).sum()
    }

    /// A warning for each reason.
    pub fn warnings(&self, name: &str) -> Vec<String> {
        let one = |(reason, (count, line)): (&String, &(u64, usize))| {
            let mut text = format!("{name}: {count} × {reason}");
            let _ = write!(text, " (first {} {line})", self.place.unwrap_or("in line"));
            text
        };
        self.reasons.iter().map(one).collect()
    }
}

/// Fields of a line; `None` where a quotation mark is not closed.
fn split(line: &str) -> Option<Vec<String>> {
    if !line.contains('"') {
        return Some(line.split(',').map(str::to_owned).collect());
    }
    let (mut fields, mut field, mut quoted) = (Vec::new(), String::new(), false);
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                field.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(std::mem::take(&mut field)),
            other => field.push(other),
        }
    }
    fields.push(field);
    (!quoted).then_some(fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_found_by_name_and_faults_by_line() {
        let text = "b,extra,a\n1,x,2\n\n3,4\n5,\"6,7\",nan\n8,\"9,10\n";
        let mut table = Table::open("t.csv", text, &["a", "b"], &["c"]).expect("a table");
        let mut faults = Faults::default();
        let row = table.next_row(&mut faults).expect("a row");
        assert_eq!(table.number(&row, "a", &mut faults), Some(2.0));
        assert_eq!((table.whole(&row, "b", &mut faults), table.text(&row, "c")), (Some(1), ""));
        let row = table.next_row(&mut faults).expect("the one with a quoted comma");
        assert_eq!((row.line, table.number(&row, "a", &mut faults)), (5, None));
        assert!(table.next_row(&mut faults).is_none());
        let warnings = faults.warnings("t.csv");
        assert_eq!(
            warnings,
            [
                "t.csv: 1 × a quotation mark that is not closed (first in line 6)",
                "t.csv: 1 × no finite number in column a (first in line 5)",
                "t.csv: 1 × not as many fields as the header (first in line 4)",
            ]
        );
    }

    #[test]
    fn a_header_that_does_not_fit_is_an_error_with_what_is_needed() {
        for (text, words) in [("", "no header"), ("a,c\n", "no column b"), ("\"a\n", "no header")] {
            let error = Table::open("t.csv", text, &["a", "b"], &[]).expect_err("an error");
            assert!(error.0.contains(words) && error.0.contains("hint: "), "{error}");
            assert!(error.0.starts_with("t.csv:1: "), "{error}");
        }
    }
}
