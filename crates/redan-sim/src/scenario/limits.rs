//! Checks of single values, shared by all tables: ranges and names.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use super::problem::{Collector, shortened};
use super::read::At;

/// The number, or `usual` where it is left out or outside the range, which is noted.
pub(super) fn number(
    given: Option<&At<f64>>,
    usual: f64,
    range: RangeInclusive<f64>,
    unit: &str,
    problems: &mut Collector,
) -> f64 {
    given.filter(|at| in_range(at, range, unit, problems)).map_or(usual, |at| at.value)
}

/// Whether a number is in its range; a problem where it is not.
pub(super) fn in_range(
    at: &At<f64>,
    range: RangeInclusive<f64>,
    unit: &str,
    problems: &mut Collector,
) -> bool {
    if range.contains(&at.value) {
        return true;
    }
    let (low, high) = (range.start(), range.end());
    problems.note(&at.spot, format!("{} is not between {low} and {high} {unit}", at.value));
    false
}

/// The count, or `usual` where it is left out or outside the range, which is noted.
pub(super) fn count(
    given: Option<&At<u32>>,
    usual: u32,
    range: RangeInclusive<u32>,
    problems: &mut Collector,
) -> u32 {
    let Some(at) = given else { return usual };
    if range.contains(&at.value) {
        return at.value;
    }
    let (low, high) = (range.start(), range.end());
    problems.note(&at.spot, format!("{} is not between {low} and {high}", at.value));
    usual
}

/// One of a few words that another crate owns, or `usual` where it is left out or unknown.
pub(super) fn word(
    given: Option<&At<String>>,
    usual: &str,
    what: &str,
    known: &[&str],
    problems: &mut Collector,
) -> String {
    let Some(at) = given else { return usual.to_string() };
    if !known.contains(&at.value.as_str()) {
        problems.unknown(&at.spot, what, &at.value, known.iter().copied());
        return usual.to_string();
    }
    at.value.clone()
}

/// Notes names that cannot be names: empty, too long, with control characters or a slash.
pub(super) fn name(at: &At<String>, problems: &mut Collector) {
    const LONGEST: usize = 80;
    let shown = shortened(&at.value);
    if at.value.trim().is_empty() {
        problems.note(&at.spot, "a name must not be empty");
    } else if at.value.trim() != at.value {
        problems.note(&at.spot, format!("the name `{shown}` begins or ends with a space"));
    } else if at.value.contains('/') || at.value.chars().any(char::is_control) {
        let reason =
            format!("the name `{shown}` has a slash or a character that cannot be printed");
        let hint = "a slash parts the name of a unit from that of its radar: use another sign";
        problems.note_hint(&at.spot, reason, hint);
    } else if at.value.chars().nth(LONGEST).is_some() {
        problems.note(&at.spot, format!("the name `{shown}` has more than {LONGEST} characters"));
    }
}

/// Notes names that are taken, whatever the case. `count` is how many things get the name with
/// `-1`, `-2` … behind it: those names are taken as well.
pub(super) fn unique<'a>(
    what: &str,
    names: impl Iterator<Item = (&'a At<String>, u32)>,
    problems: &mut Collector,
) {
    let mut taken = BTreeSet::new();
    for (at, count) in names {
        let own = at.value.to_lowercase();
        let numbered = (1..=count).filter(|_| count > 1).map(|n| format!("{own}-{n}"));
        let all: Vec<String> = std::iter::once(own.clone()).chain(numbered).collect();
        if let Some(clash) = all.iter().find(|name| taken.contains(*name)) {
            let reason = format!("another {what} takes the name `{}` already", shortened(clash));
            problems.note_hint(&at.spot, reason, "names must differ in more than their case");
        }
        taken.extend(all);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::problem::Spot;

    fn at<T>(value: T) -> At<T> {
        At { value, spot: Spot::default() }
    }

    #[test]
    fn members_of_a_flight_take_names_too() {
        let names = [at("raid".to_string()), at("Raid-2".to_string()), at("raid-3".to_string())];
        let mut problems = Collector::default();
        unique("flight", names.iter().zip([2, 1, 1]), &mut problems);
        let found = problems.finish("", "");
        assert_eq!(found.list.len(), 1, "{found}");
        assert!(found.list[0].reason.contains("`raid-2`"));
    }

    #[test]
    fn names_that_cannot_be_printed_are_refused() {
        for bad in ["", " ", "a/b", "a\u{7}", " a", &"x".repeat(100)] {
            let mut problems = Collector::default();
            name(&at(bad.to_string()), &mut problems);
            assert!(!problems.is_empty(), "{bad:?}");
        }
        let mut problems = Collector::default();
        name(&at("Mürted 2".to_string()), &mut problems);
        assert!(problems.is_empty());
    }

    #[test]
    #[expect(clippy::float_cmp, reason = "the usual number comes back as it is")]
    fn a_number_outside_its_range_gives_way_to_the_usual_one() {
        let mut problems = Collector::default();
        assert_eq!(number(Some(&at(7.0)), 5.0, 0.0..=6.0, "s", &mut problems), 5.0);
        assert_eq!(count(Some(&at(7)), 5, 0..=7, &mut problems), 7);
        assert!(problems.finish("", "").list[0].reason.contains("7 is not between 0 and 6 s"));
    }
}
