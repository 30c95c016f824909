//! The aircraft that a person means.

use crate::{AircraftId, RecordError, Roster};

/// Names that an error message suggests at most.
const SUGGESTIONS: usize = 5;

/// Aircraft by the name of an aircraft or of a flight, in either case of letters. A flight's name gives
/// all of its aircraft; where an aircraft bears the name of a flight, the aircraft comes first. Never
/// empty: an unknown name is [`RecordError::UnknownAircraft`] with names that come close.
pub fn find_aircraft(roster: &Roster, query: &str) -> Result<Vec<AircraftId>, RecordError> {
    let wanted = query.trim().to_lowercase();
    let ids = |matches: &dyn Fn(&crate::AircraftEntry) -> bool| -> Vec<AircraftId> {
        let numbered = roster.aircraft.iter().zip(0..);
        numbered.filter(|(entry, _)| matches(entry)).map(|(_, n)| AircraftId(n)).collect()
    };
    let named = ids(&|entry| entry.name.to_lowercase() == wanted);
    if !named.is_empty() {
        return Ok(named);
    }
    let flown = ids(&|entry| entry.flight.to_lowercase() == wanted);
    if !flown.is_empty() {
        return Ok(flown);
    }
    Err(RecordError::UnknownAircraft { query: query.to_owned(), hint: hint(roster, &wanted) })
}

fn hint(roster: &Roster, wanted: &str) -> String {
    let mut names: Vec<&str> = Vec::new();
    for entry in &roster.aircraft {
        for name in [entry.flight.as_str(), entry.name.as_str()] {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    if names.is_empty() {
        return "this recording has no aircraft".to_owned();
    }
    let mut close: Vec<(usize, &str)> = names
        .iter()
        .map(|name| (distance(wanted, &name.to_lowercase()), *name))
        .filter(|(distance, _)| *distance <= wanted.chars().count().div_ceil(3))
        .collect();
    close.sort();
    if close.is_empty() {
        let flights: Vec<&str> = names.into_iter().take(SUGGESTIONS).collect();
        return format!("names in this recording are, for example, {}", flights.join(", "));
    }
    let close: Vec<&str> = close.into_iter().take(SUGGESTIONS).map(|(_, name)| name).collect();
    format!("did you mean {}?", close.join(" or "))
}

/// How unlike a name is: 0 where the wanted text stands in it, else the number of letters to insert,
/// delete or replace (Levenshtein 1966, by the dynamic programme of Wagner and Fischer 1974).
fn distance(wanted: &str, name: &str) -> usize {
    if !wanted.is_empty() && name.contains(wanted) {
        return 0;
    }
    let name: Vec<char> = name.chars().collect();
    let mut row: Vec<usize> = (0..=name.len()).collect();
    for (i, a) in wanted.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in name.iter().enumerate() {
            let replaced = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[name.len()]
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn edits_are_counted_letter_by_letter() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("raid", "the raid-2"), 0);
        assert_eq!(distance("bear", "bera"), 2);
    }
}
