//! What can be wrong with cards and with questions asked of them.

use std::fmt;

/// Everything that reading cards or asking them can fail with.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CardError {
    /// Cards or sources do not hold together; all that was found, in the order of the files.
    #[error("{} in the cards:\n{}", plural(.0.len(), "problem"), lines(.0))]
    Problems(Vec<CardProblem>),
    /// A card lacks figures that the simulator needs; all of them.
    #[error("{} missing:\n{}", plural(.0.len(), "figure"), lines(.0))]
    Missing(Vec<MissingFigure>),
    /// No card answers to this name.
    #[error("no card answers to `{query}`\nhint: {}", suggest(.suggestions))]
    Unknown {
        /// What was asked for.
        query: String,
        /// Identifiers of the nearest cards, best first.
        suggestions: Vec<String>,
    },
    /// Several cards answer to this name.
    #[error("`{query}` is the name of several cards\nhint: write one of {}", .candidates.join(", "))]
    Ambiguous {
        /// What was asked for.
        query: String,
        /// Identifiers of the cards that answer.
        candidates: Vec<String>,
    },
}

/// One thing wrong with a card or with the list of sources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardProblem {
    /// The file.
    pub file: String,
    /// Line in the file, counted from 1.
    pub line: usize,
    /// Path of the field, for example `parameters.min_range.claims[0].source`.
    pub field: String,
    /// What is wrong.
    pub reason: String,
    /// What to do about it.
    pub hint: String,
}

impl fmt::Display for CardProblem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}: {}: {}", self.file, self.line, self.field, self.reason)?;
        write!(out, "\n  hint: {}", self.hint)
    }
}

/// A figure that was asked for and that a card does not give.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("card {card}, parameter `{parameter}`: {reason}\n  hint: {hint}")]
pub struct MissingFigure {
    /// Identifier of the card.
    pub card: String,
    /// Name of the parameter.
    pub parameter: String,
    /// What is missing.
    pub reason: String,
    /// What to do about it.
    pub hint: String,
}

/// The names nearest to `query`, best first, at most three; empty where nothing is near.
///
/// Nearness is the number of letters to insert, delete or change (Levenshtein 1966), ignoring
/// case; a name that contains the query counts as near whatever its length.
pub fn nearest_names<'a>(query: &str, names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let query = query.to_lowercase();
    let limit = 1 + query.chars().count() / 3;
    let mut near: Vec<(usize, &str)> = names
        .filter_map(|name| {
            let lower = name.to_lowercase();
            let contained = query.chars().count() >= 3 && lower.contains(&query);
            let distance = if contained { 1 } else { edits(&query, &lower) };
            (distance <= limit).then_some((distance, name))
        })
        .collect();
    near.sort();
    near.dedup_by_key(|entry| entry.1);
    near.into_iter().take(3).map(|entry| entry.1.to_string()).collect()
}

fn edits(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in right.iter().enumerate() {
            let changed = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(row[j + 1] + 1);
        }
    }
    row[right.len()]
}

fn plural(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

fn lines<T: fmt::Display>(items: &[T]) -> String {
    items.iter().map(T::to_string).collect::<Vec<_>>().join("\n")
}

fn suggest(suggestions: &[String]) -> String {
    if suggestions.is_empty() {
        "`redan ledger` lists all cards".to_string()
    } else {
        format!("did you mean {}?", suggestions.join(" or "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_finds_its_name() {
        let names = ["91n6e", "92n6e", "tomahawk"];
        assert_eq!(nearest_names("tomahwak", names.into_iter()), ["tomahawk"]);
        assert_eq!(nearest_names("93N6E", names.into_iter()), ["91n6e", "92n6e"]);
        assert!(nearest_names("zeppelin", names.into_iter()).is_empty());
    }

    #[test]
    fn distance_counts_letters_changed() {
        assert_eq!(edits("kitten", "sitting"), 3);
        assert_eq!(edits("", "abc"), 3);
    }
}
