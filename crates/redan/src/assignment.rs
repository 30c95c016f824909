//! Text of a weapon–target problem: `W T mu`, T values, then lines `w t p`.
//!
//! The form is that of the public instances of Andersen, Pavlikov and Toffolo (Annals of Operations Research,
//! 2022). Empty lines and lines that begin with `#` are passed over.

use std::fmt::Write as _;

use redan_command::assign::Instance;

/// Most problems that are told at once.
const MOST_SHOWN: usize = 20;

/// Weapons and targets together; the memory of the solver grows with the square.
const MOST_ROWS: usize = 5_000;

/// Rounds of one weapon.
const MOST_ROUNDS: u32 = 1_000;

/// One word of the file and where it stands, both counted from 1.
#[derive(Clone, Copy)]
struct Word<'t> {
    text: &'t str,
    line: usize,
    column: usize,
}

/// Problems found, each with its place.
struct Findings<'f> {
    file: &'f str,
    list: Vec<String>,
}

impl Findings<'_> {
    fn add(&mut self, word: Word<'_>, reason: &str, hint: &str) {
        let Word { line, column, .. } = word;
        self.list.push(format!("{}:{line}:{column}: {reason}\nhint: {hint}", self.file));
    }

    fn shown(&self) -> String {
        let mut text = self.list.iter().take(MOST_SHOWN).cloned().collect::<Vec<_>>().join("\n");
        if self.list.len() > MOST_SHOWN {
            let _ = write!(text, "\nand {} more, not shown", self.list.len() - MOST_SHOWN);
        }
        text
    }
}

/// Reads a problem; on failure all its mistakes with their places.
pub(crate) fn parse(file: &str, text: &str) -> Result<Instance, String> {
    let lines: Vec<Vec<Word<'_>>> = text
        .lines()
        .enumerate()
        .map(|(number, line)| words(number + 1, line))
        .filter(|words| words.first().is_some_and(|word| !word.text.starts_with('#')))
        .collect();
    let mut findings = Findings { file, list: Vec::new() };
    let Some(((weapons, targets, rounds), rest)) = head(&lines, &mut findings) else {
        return Err(findings.shown());
    };
    let (values, rest) = values(rest, targets, &mut findings);
    let probs = pairs(rest, weapons, targets, &mut findings);
    if !findings.list.is_empty() {
        return Err(findings.shown());
    }
    Instance::new(vec![rounds; weapons], values, probs)
        .map_err(|error| format!("{file}: {error}\nhint: see `redan assign --help`"))
}

fn words(line: usize, text: &str) -> Vec<Word<'_>> {
    text.split_whitespace()
        .map(|word| {
            // A word is a part of its line, so that the distance of the two is its column.
            let column =
                text[..word.as_ptr() as usize - text.as_ptr() as usize].chars().count() + 1;
            Word { text: word, line, column }
        })
        .collect()
}

type Head = (usize, usize, u32);

/// The first line, and those after it.
fn head<'l, 't>(
    lines: &'l [Vec<Word<'t>>],
    findings: &mut Findings<'_>,
) -> Option<(Head, &'l [Vec<Word<'t>>])> {
    const FORM: &str = "begin with `W T mu`: weapons, targets, rounds of each weapon";
    let start = Word { text: "", line: 1, column: 1 };
    let Some((first, rest)) = lines.split_first() else {
        findings.add(start, "there is no problem in the file", FORM);
        return None;
    };
    let &[weapons, targets, rounds] = first.as_slice() else {
        findings.add(first[0], &format!("{} numbers where three belong", first.len()), FORM);
        return None;
    };
    let mut count = |word: Word<'_>, most: usize| match word.text.parse::<usize>() {
        Ok(count) if (1..=most).contains(&count) => Some(count),
        _ => {
            let reason = format!("`{}` is not a whole number from 1 to {most}", word.text);
            findings.add(word, &reason, FORM);
            None
        }
    };
    let found =
        (count(weapons, MOST_ROWS), count(targets, MOST_ROWS), count(rounds, MOST_ROUNDS as usize));
    let (Some(w), Some(t), Some(mu)) = found else {
        return None;
    };
    if w + t > MOST_ROWS {
        let reason = format!("{w} weapons and {t} targets are more than {MOST_ROWS} together");
        findings.add(weapons, &reason, "divide the problem, by sectors for example");
        return None;
    }
    Some(((w, t, mu as u32), rest))
}

/// The values of the targets, in one line or in many, and the lines after them.
fn values<'l, 't>(
    lines: &'l [Vec<Word<'t>>],
    targets: usize,
    findings: &mut Findings<'_>,
) -> (Vec<f64>, &'l [Vec<Word<'t>>]) {
    let mut values = Vec::with_capacity(targets);
    for (index, line) in lines.iter().enumerate() {
        if values.len() == targets {
            return (values, &lines[index..]);
        }
        if values.len() + line.len() > targets {
            let reason = format!("a line of values goes beyond the {targets} targets");
            findings.add(line[0], &reason, "end the line after the last value");
            return (values, &lines[index + 1..]);
        }
        for word in line {
            values.push(number(*word, f64::MAX, "a value of at least 0", findings));
        }
    }
    if values.len() < targets {
        let last = lines.last().and_then(|line| line.last());
        let place = last.copied().unwrap_or(Word { text: "", line: 1, column: 1 });
        let reason = format!("{} values for {targets} targets", values.len());
        findings.add(place, &reason, "give one value for each target");
    }
    (values, &[])
}

/// Probabilities in the order of weapons, then targets; 0 for a pair without a line.
fn pairs(
    lines: &[Vec<Word<'_>>],
    weapons: usize,
    targets: usize,
    findings: &mut Findings<'_>,
) -> Vec<f64> {
    let mut probs: Vec<Option<f64>> = vec![None; weapons * targets];
    for line in lines {
        let &[weapon, target, prob] = line.as_slice() else {
            let reason = format!("{} numbers where `w t p` belong", line.len());
            findings.add(line[0], &reason, "one line for each pair: weapon, target, probability");
            continue;
        };
        let value = number(prob, 1.0, "a probability from 0 to 1", findings);
        let (Some(w), Some(t)) = (
            index(weapon, weapons, "weapon", findings),
            index(target, targets, "target", findings),
        ) else {
            continue;
        };
        let place = &mut probs[w * targets + t];
        if place.is_some() {
            let reason = format!("weapon {w} against target {t} was given before");
            findings.add(weapon, &reason, "keep one of the two lines");
        }
        *place = Some(value);
    }
    probs.into_iter().map(Option::unwrap_or_default).collect()
}

fn number(word: Word<'_>, most: f64, what: &str, findings: &mut Findings<'_>) -> f64 {
    match word.text.parse::<f64>() {
        Ok(value) if value >= 0.0 && value <= most => value,
        _ => {
            let reason = format!("`{}` is not {what}", word.text);
            findings.add(word, &reason, "write a decimal number with a point");
            0.0
        }
    }
}

fn index(word: Word<'_>, count: usize, what: &str, findings: &mut Findings<'_>) -> Option<usize> {
    match word.text.parse::<usize>() {
        Ok(value) if value < count => Some(value),
        _ => {
            let reason = format!("`{}` is not the number of a {what}", word.text);
            findings.add(word, &reason, &format!("{what}s are counted from 0 to {}", count - 1));
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "# two of each\n2 2 3\n5 6\n\n0 0 0.5\n0 1 0.25\n1 1 1\n";

    #[test]
    fn a_problem_is_read_and_a_pair_without_a_line_has_no_chance() {
        let instance = parse("raid.txt", GOOD).expect("a problem");
        assert_eq!((instance.weapons(), instance.targets(), instance.rounds(1)), (2, 2, 3));
        let probs = [(0, 0), (0, 1), (1, 0), (1, 1)].map(|(w, t)| instance.kill_prob(w, t));
        assert!(probs.iter().zip([0.5, 0.25, 0.0, 1.0]).all(|(a, b)| (a - b).abs() < 1e-15));
    }

    /// Each mistake with its line, column and a hint.
    #[test]
    fn every_mistake_is_told_with_its_place() {
        for (text, place) in [
            ("", "t:1:1: there is no problem"),
            ("2 2\n", "t:1:1: 2 numbers where three belong"),
            ("2 x 1\n", "t:1:3: `x` is not a whole number"),
            ("2 2 0\n", "t:1:5: `0` is not a whole number from 1"),
            ("4000 4000 1\n", "t:1:1: 4000 weapons and 4000 targets"),
            ("1 2 1\n5\n", "t:2:1: 1 values for 2 targets"),
            ("1 2 1\n5 6 7\n", "t:2:1: a line of values goes beyond"),
            ("1 2 1\n5 -6\n", "t:2:3: `-6` is not a value"),
            ("1 2 1\n5 nan\n", "t:2:3: `nan` is not a value"),
            ("1 1 1\n5\n0 0 1.5\n", "t:3:5: `1.5` is not a probability"),
            ("1 1 1\n5\n1 0 0.5\n", "t:3:1: `1` is not the number of a weapon"),
            ("1 1 1\n5\n0 1 0.5\n", "t:3:3: `1` is not the number of a target"),
            ("1 1 1\n5\n0 0\n", "t:3:1: 2 numbers where `w t p` belong"),
            ("1 1 1\n5\n0 0 .5\n0 0 .5\n", "t:4:1: weapon 0 against target 0 was given before"),
        ] {
            let told = parse("t", text).expect_err(text);
            assert!(told.contains(place) && told.contains("hint: "), "{told}");
        }
    }

    #[test]
    fn all_mistakes_are_told_at_once() {
        let told = parse("t", "1 1 1\n-5\n0 7 2\n").expect_err("three mistakes");
        assert_eq!(told.matches("hint: ").count(), 3, "{told}");
    }
}
