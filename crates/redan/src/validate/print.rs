//! Cases as tables for people and as JSON for programs.

use std::fmt::Write as _;

use super::check::{Check, Expected, Verdict};
use super::{Grid, Report, Total};

/// Columns of a terminal that a table takes at most.
pub(super) const WIDTH: usize = 110;

/// Widths of the columns: claim, expected, got, difference, tolerance, unit, verdict.
const CLAIM: usize = 50;
const NUMBER: usize = 10;
const UNIT: usize = 5;

/// One case with its lines, tables and notes.
pub(super) fn case(report: &Report) -> String {
    let mut text = format!("{}  {}\n", report.name, report.title);
    if let Some(error) = &report.error {
        let _ = writeln!(text, "  FAIL  the case could not be run: {error}\n");
        return text;
    }
    let heads =
        ["expected", "got", "difference", "tolerance"].map(|head| format!("{head:>NUMBER$}"));
    let _ = writeln!(text, "  {:CLAIM$} {} {:UNIT$} verdict", "claim", heads.join(" "), "unit");
    for check in &report.findings.checks {
        let _ = writeln!(text, "{}", line(check));
    }
    for grid in &report.findings.grids {
        let _ = write!(text, "\n{}", grid_text(grid));
    }
    if !report.findings.notes.is_empty() {
        text.push('\n');
    }
    for note in &report.findings.notes {
        text.push_str(&wrapped(note));
    }
    let _ = writeln!(text, "  Read validation/{}/README.md\n", report.name);
    text
}

/// The last line.
pub(super) fn total(total: &Total) -> String {
    let Total { cases, passed, failed, info } = total;
    let plural = if *cases == 1 { "" } else { "s" };
    format!("{passed} passed, {failed} failed, {info} for information, in {cases} case{plural}")
}

/// Everything as one JSON object.
///
/// # Errors
/// When a number cannot be written.
pub(super) fn json(reports: &[Report], total: &Total) -> anyhow::Result<String> {
    let value = serde_json::json!({ "total": total, "cases": reports });
    Ok(serde_json::to_string_pretty(&value)?)
}

fn line(check: &Check) -> String {
    let digits = check.decimals;
    let expected = match check.expected {
        Expected::Value(value) => number(value, digits, 2),
        Expected::Span([low, high]) => format!("{low:.0} .. {high:.0}"),
        Expected::Nothing => "-".to_string(),
    };
    let difference = check.difference.map_or("-".to_string(), |value| signed(value, digits));
    let cells = [expected, number(check.got, digits, 2), difference, tolerance(check)];
    let cells = cells.map(|cell| format!("{cell:>NUMBER$}")).join(" ");
    let verdict = match check.verdict {
        Verdict::Pass => "pass",
        Verdict::Fail => "FAIL",
        Verdict::Info => "info",
    };
    let (claim, unit) = (&check.claim, check.unit);
    format!("  {claim:CLAIM$} {cells} {unit:UNIT$} {verdict}")
}

fn tolerance(check: &Check) -> String {
    let digits = check.decimals;
    match (check.expected, check.tolerance) {
        (Expected::Span(_), _) if check.difference == Some(0.0) => "inside".to_string(),
        (Expected::Span(_), _) => "outside".to_string(),
        (_, Some([low, high])) if low + high == 0.0 => format!("±{}", number(high, digits, 1)),
        // Only horizons have sides: the lower one is what matters, the upper one is rounding.
        (_, Some([low, high])) => format!("{low:.digits$}..{high:.1}"),
        (_, None) => "-".to_string(),
    }
}

/// A number with so many decimals, or in powers of ten with so many where these would hide it.
fn number(value: f64, decimals: usize, scientific: usize) -> String {
    let fixed = format!("{value:.decimals$}");
    let shows = fixed.bytes().any(|byte| byte.is_ascii_digit() && byte != b'0');
    match value {
        0.0 => "0".to_string(),
        value if value.is_finite() && (!shows || fixed.len() > NUMBER) => {
            format!("{value:.scientific$e}")
        }
        _ => fixed,
    }
}

fn signed(value: f64, decimals: usize) -> String {
    let plain = number(value, decimals, 1);
    if value > 0.0 { format!("+{plain}") } else { plain }
}

fn grid_text(grid: &Grid) -> String {
    let mut text = format!("  {}\n", grid.title);
    let name = grid.rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
    let heads: Vec<String> = grid.columns.iter().map(|head| format!("{head:>13}")).collect();
    let _ = writeln!(text, "    {:name$} {}", "", heads.join(" "));
    for (label, cells) in &grid.rows {
        let cells: Vec<String> = cells
            .iter()
            .map(|cell| cell.map_or(String::new(), |value| format!("{value:.2}")))
            .map(|cell| format!("{cell:>13}"))
            .collect();
        let _ = writeln!(text, "    {label:name$} {}", cells.join(" ").trim_end());
    }
    text
}

/// A note, broken between words.
fn wrapped(note: &str) -> String {
    let mut text = String::new();
    let mut line = "  ".to_string();
    for word in note.split_whitespace() {
        if line.chars().count() + 1 + word.chars().count() > WIDTH {
            let _ = writeln!(text, "{line}");
            line = "  ".to_string();
        }
        if line.len() > 2 {
            line.push(' ');
        }
        line.push_str(word);
    }
    let _ = writeln!(text, "{line}");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_numbers_are_not_hidden_by_few_decimals() {
        assert_eq!(number(0.0, 2, 1), "0");
        assert_eq!(number(3.2e-9, 2, 1), "3.2e-9");
        assert_eq!(number(8.34e-14, 2, 2), "8.34e-14");
        assert_eq!(number(24.03, 2, 1), "24.03");
        assert_eq!(number(1.0 / 3.0, 9, 1), "3.3e-1", "too long for its column");
        assert_eq!((signed(0.03, 2), signed(-0.03, 2)), ("+0.03".into(), "-0.03".into()));
        assert_eq!(number(f64::NAN, 2, 1), "NaN");
    }

    #[test]
    fn notes_are_broken_between_words() {
        let text = wrapped(&"word ".repeat(60));
        assert_eq!(text.lines().count(), 3);
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH && line.starts_with("  w")));
    }
}
