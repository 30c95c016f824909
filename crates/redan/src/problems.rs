//! Problems of a scenario file as a person reads them: each with the line, a mark under what is wrong,
//! the reason, and what to do.

use std::fmt;
use std::fmt::Write as _;
use std::io::IsTerminal;
use std::ops::Range;

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource, SourceCode,
};
use redan_sim::scenario::{Problem, Problems};

use crate::exit::BadInput;

/// Most problems that are shown in full; a person mends a few and looks again.
const MOST_SHOWN: usize = 50;
/// Width of the text where the terminal does not say.
const WIDTH: usize = 100;

/// The problems of a scenario as an error for the user to mend.
pub(crate) fn bad_scenario(problems: Problems) -> anyhow::Error {
    let message = format!("the scenario cannot be used\n\n{}", shown(&problems));
    anyhow::Error::new(BadInput { message, problems: Some(problems) })
}

/// The problems as text for standard error: in colour on a terminal that wants it, else plain. The last
/// line gives their number.
pub(crate) fn shown(problems: &Problems) -> String {
    let plain = !std::io::stderr().is_terminal();
    let colourless = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    render(problems, theme(plain, colourless))
}

fn theme(plain: bool, colourless: bool) -> GraphicalTheme {
    match (plain, colourless) {
        (true, _) => GraphicalTheme::none(),
        (false, true) => GraphicalTheme::unicode_nocolor(),
        (false, false) => GraphicalTheme::unicode(),
    }
}

fn render(problems: &Problems, theme: GraphicalTheme) -> String {
    let source = NamedSource::new(&problems.file, problems.text.clone());
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_width(WIDTH)
        .with_links(false)
        .with_context_lines(1);
    let mut text = String::new();
    for problem in problems.list.iter().take(MOST_SHOWN) {
        let shown = Shown { problem, file: &problems.file, source: &source };
        // Writing to a string fails only where the source cannot be read; the plain words still can.
        let mut one = String::new();
        if handler.render_report(&mut one, &shown).is_err() {
            one = format!("{}: {problem}\n", problems.file);
        }
        let _ = writeln!(text, "{}", with_our_word(one));
    }
    let count = problems.list.len();
    if count > MOST_SHOWN {
        let _ = writeln!(text, "and {} more, not shown", count - MOST_SHOWN);
    }
    let noun = if count == 1 { "problem" } else { "problems" };
    let _ = write!(text, "{count} {noun}");
    text
}

/// What to do is called a hint everywhere in redan; the renderer has its own word for it, in its last
/// lines.
fn with_our_word(mut rendered: String) -> String {
    const THEIRS: &str = "  help: ";
    if let Some(at) = rendered.rfind(THEIRS) {
        rendered.replace_range(at..at + THEIRS.len(), "  hint: ");
    }
    rendered
}

/// One problem in the form that the renderer takes.
#[derive(Debug)]
struct Shown<'a> {
    problem: &'a Problem,
    file: &'a str,
    source: &'a NamedSource<String>,
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Problem { field, reason, span, .. } = self.problem;
        match (span, field.as_str()) {
            (None, _) => write!(f, "{}: {reason}", self.file),
            (Some(_), "") => write!(f, "{reason}"),
            (Some(_), field) => write!(f, "{field}: {reason}"),
        }
    }
}

impl std::error::Error for Shown<'_> {}

impl Diagnostic for Shown<'_> {
    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.problem.hint.as_ref().map(|hint| Box::new(hint) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.problem.span.as_ref()?;
        Some(self.source)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let span = first_line(self.source.inner(), self.problem.span.clone()?);
        Some(Box::new(std::iter::once(LabeledSpan::underline(span))))
    }
}

/// The part of a span in its first line: a whole route would fill the screen.
fn first_line(text: &str, span: Range<usize>) -> Range<usize> {
    let part = text.get(span.clone()).unwrap_or_default();
    let length = part.find('\n').unwrap_or(part.len());
    span.start..span.start + part[..length].trim_end().len()
}

#[cfg(test)]
mod tests {
    use redan_sim::card::Library;
    use redan_sim::scenario::Draft;

    use super::*;

    fn problems(text: &str) -> Problems {
        Draft::parse("raid.toml", text, None, &Library::embedded()).expect_err("mistakes")
    }

    #[test]
    fn the_mark_stands_under_the_wrong_value_with_reason_and_hint() {
        let text = "title = 5\nquestion = 'x'\nstart = 2026-05-12T04:00:00Z\nduration_min = 10\n\
                    [[network]]\nname = 'n'\nweapons = 'fre'\n";
        let shown = render(&problems(text), GraphicalTheme::none());
        let lines: Vec<&str> = shown.lines().collect();
        let at = lines.iter().position(|line| line.contains("weapons = 'fre'")).expect("the line");
        let (code, mark) = (lines[at], lines[at + 1]);
        let start = code.find("'fre'").expect("the value");
        assert_eq!(mark.find('^'), Some(start), "{shown}");
        assert_eq!(mark.matches('^').count(), "'fre'".len(), "{shown}");
        assert!(shown.contains("network[0].weapons: the word `fre` is not known"), "{shown}");
        assert!(shown.contains("hint: did you mean `free`?"), "{shown}");
        assert!(shown.contains("raid.toml:7:11"), "{shown}");
        assert!(shown.ends_with("4 problems"), "{shown}");
        assert!(!shown.contains('\u{1b}'));
    }

    #[test]
    fn long_lists_of_problems_are_cut_and_counted() {
        let shown = render(&problems(&"[[flight]]\n".repeat(100)), GraphicalTheme::none());
        assert!(shown.contains("more, not shown"), "{shown}");
        assert!(shown.len() < 50_000);
    }

    #[test]
    fn a_span_of_many_lines_is_marked_in_its_first() {
        assert_eq!(first_line("a = [ \n1,\n2]", 4..12), 4..5);
        assert_eq!(first_line("a", 1..1), 1..1);
    }

    #[test]
    fn a_file_without_text_gives_the_reason_alone() {
        let missing = Draft::read("no such file".as_ref(), None, &Library::embedded());
        let shown = render(&missing.expect_err("no file"), GraphicalTheme::none());
        assert!(shown.contains("no such file: the file cannot be read"), "{shown}");
        assert!(shown.ends_with("1 problem"), "{shown}");
    }
}
