//! Everything that is wrong with a scenario file, all of it at once, each with its place.

use std::fmt;
use std::ops::Range;

use crate::card::nearest_names;

/// One thing wrong with a scenario file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Bytes of the file that are at fault; `None` where no place is.
    pub span: Option<Range<usize>>,
    /// Line, counted from 1; 0 where no place is.
    pub line: usize,
    /// Column in characters, counted from 1; 0 where no place is.
    pub column: usize,
    /// Path of the field, with items of a list counted from 0: `flight[3].route[0].at`. Empty for
    /// the file as a whole.
    pub field: String,
    /// What is wrong.
    pub reason: String,
    /// What the author can do.
    pub hint: Option<String>,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.field.is_empty() {
            true => write!(f, "{}", self.reason)?,
            false => write!(f, "{}: {}", self.field, self.reason)?,
        }
        match &self.hint {
            Some(hint) => write!(f, "\n  hint: {hint}"),
            None => Ok(()),
        }
    }
}

/// All problems of one file, in the order of their places; never empty.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Problems {
    /// Name of the file, as the caller gave it.
    pub file: String,
    /// Its text, for showing the places; empty where it could not be read.
    pub text: String,
    /// What is wrong.
    pub list: Vec<Problem>,
}

impl Problems {
    /// A single problem of a file that could not be read as text.
    pub(super) fn whole_file(file: &str, reason: String, hint: &str) -> Self {
        let problem = Problem {
            span: None,
            line: 0,
            column: 0,
            field: String::new(),
            reason,
            hint: Some(hint.to_string()),
        };
        Self { file: file.to_string(), text: String::new(), list: vec![problem] }
    }
}

/// `file:line:column: field: reason`, one after the other, and their number.
impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in &self.list {
            match problem.span {
                Some(_) => {
                    writeln!(f, "{}:{}:{}: {problem}", self.file, problem.line, problem.column)?;
                }
                None => writeln!(f, "{}: {problem}", self.file)?,
            }
        }
        match self.list.len() {
            1 => write!(f, "1 problem"),
            count => write!(f, "{count} problems"),
        }
    }
}

/// Place of a value: its bytes in the file, and its path for a reader of the message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) span: Range<usize>,
    pub(super) path: String,
}

impl Spot {
    pub(super) fn new(span: Range<usize>, path: impl Into<String>) -> Self {
        Self { span, path: path.into() }
    }
}

/// Collects problems while a file is read and checked.
#[derive(Debug, Default)]
pub(super) struct Collector {
    list: Vec<Problem>,
}

impl Collector {
    /// Notes a problem at a place.
    pub(super) fn note(&mut self, spot: &Spot, reason: impl Into<String>) {
        self.push(spot, reason.into(), None);
    }

    /// Notes a problem at a place, with what to do about it.
    pub(super) fn note_hint(
        &mut self,
        spot: &Spot,
        reason: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.push(spot, reason.into(), Some(hint.into()));
    }

    /// Notes a problem that no single place of the file is to blame for.
    pub(super) fn note_everywhere(
        &mut self,
        field: &str,
        reason: impl Into<String>,
        hint: Option<String>,
    ) {
        self.push(&Spot::new(0..0, field), reason.into(), hint);
        if let Some(problem) = self.list.last_mut() {
            problem.span = None;
        }
    }

    /// Notes a name that stands for nothing. Near names become the hint, else the few that exist.
    pub(super) fn unknown<'a>(
        &mut self,
        spot: &Spot,
        what: &str,
        name: &str,
        known: impl Iterator<Item = &'a str>,
    ) {
        let reason = format!("{what} `{}` is not known", shortened(name));
        self.push(spot, reason, hint_of_names(name, known));
    }

    /// Whether anything was noted.
    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The problems with lines and columns, in the order of their places.
    pub(super) fn finish(mut self, file: &str, text: &str) -> Problems {
        let starts = line_starts(text);
        for problem in &mut self.list {
            if let Some(span) = &mut problem.span {
                *span = clipped(text, span);
                (problem.line, problem.column) = place(text, &starts, span.start);
            }
        }
        self.list.sort_by_key(|problem| problem.span.as_ref().map_or(0, |span| span.start));
        self.list.dedup();
        Problems { file: file.to_string(), text: text.to_string(), list: self.list }
    }

    fn push(&mut self, spot: &Spot, reason: String, hint: Option<String>) {
        self.list.push(Problem {
            span: Some(spot.span.clone()),
            line: 0,
            column: 0,
            field: spot.path.clone(),
            reason,
            hint,
        });
    }
}

/// A name as a message shows it: pasted pages are cut, and control characters are made visible.
pub(super) fn shortened(name: &str) -> String {
    const LONGEST: usize = 40;
    let shown: String = name.chars().take(LONGEST).flat_map(char::escape_debug).collect();
    if name.chars().nth(LONGEST).is_some() { format!("{shown}…") } else { shown }
}

/// "did you mean" for a name that is near a known one, else the known names where they are few.
pub(super) fn hint_of_names<'a>(
    name: &str,
    known: impl Iterator<Item = &'a str>,
) -> Option<String> {
    const FEW: usize = 24;
    // Comparing takes time with the length of the name and the number of others; no real name is as
    // long as this, and no person keeps as many apart.
    const LONGEST: usize = 80;
    const MANY: usize = 500;
    let known: Vec<&str> = known.take(MANY).collect();
    let comparable = name.chars().nth(LONGEST).is_none();
    if let Some(near) = nearest_names(name, known.iter().copied().filter(|_| comparable)).first() {
        return Some(format!("did you mean `{near}`?"));
    }
    match known.len() {
        0 => None,
        1..=FEW => Some(format!("known here: {}", known.join(", "))),
        _ => None,
    }
}

fn line_starts(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
}

/// The span within the text and on character boundaries, whatever a parser gave.
fn clipped(text: &str, span: &Range<usize>) -> Range<usize> {
    let floor = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = floor(span.start);
    start..floor(span.end).max(start)
}

fn place(text: &str, starts: &[usize], at: usize) -> (usize, usize) {
    let line = starts.partition_point(|start| *start <= at);
    let start = starts[line.saturating_sub(1)];
    (line, text[start..at].chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_lines_and_characters_from_one() {
        let text = "a = 1\nä = 2\r\nb = 3";
        let mut problems = Collector::default();
        problems.note(&Spot::new(15..16, "b"), "late");
        problems.note(&Spot::new(11..12, "ä"), "early");
        let found = problems.finish("x.toml", text);
        assert_eq!((found.list[0].line, found.list[0].column), (2, 5));
        assert_eq!((found.list[1].line, found.list[1].column), (3, 2));
        let shown = found.to_string();
        assert!(shown.starts_with("x.toml:2:5: ä: early\n"), "{shown}");
        assert!(shown.ends_with("2 problems"), "{shown}");
    }

    #[test]
    fn spans_outside_the_text_or_inside_a_character_are_clipped() {
        let mut problems = Collector::default();
        problems.note(&Spot::new(1..900, ""), "odd");
        let found = problems.finish("x.toml", "ä");
        assert_eq!(found.list[0].span, Some(0..2));
    }

    #[test]
    fn near_names_are_offered_first_and_few_names_are_listed() {
        let hint = |name: &str| hint_of_names(name, ["national", "alliance"].into_iter());
        assert_eq!(hint("natonal").unwrap(), "did you mean `national`?");
        assert_eq!(hint("x").unwrap(), "known here: national, alliance");
        assert_eq!(hint(&"x".repeat(100_000)).unwrap(), "known here: national, alliance");
    }
}
