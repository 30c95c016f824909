//! Tables of intervals, and the rule by which long ones are shortened; see the rule in [`super`].

use redan_geo::{Span, Time};
use serde::Serialize;

/// A row shorter than this between two of one kind is folded into them: ten seconds, one turn of a
/// common search radar.
pub const FLICKER: Span = Span(10_000_000_000);

/// An interval during which something held.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Row<T> {
    /// First moment.
    pub from: Time,
    /// Last moment.
    pub until: Time,
    /// What held.
    pub what: T,
    /// Rows of another kind that were folded into this one.
    pub folded: u32,
}

impl<T> Row<T> {
    /// Its length.
    pub fn lasted(&self) -> Span {
        self.until - self.from
    }
}

/// What can stand in a row.
pub trait Foldable {
    /// Of one kind, so that two neighbours become one row.
    fn same_kind(&self, other: &Self) -> bool;

    /// Takes up the counts of a row that is folded into it.
    fn absorb(&mut self, other: &Self);

    /// Never folded into a row of another kind.
    fn pinned(&self) -> bool {
        false
    }
}

/// Shortens a table to `at_most` rows, more only where more are pinned. Rows must be in order of
/// time. A row says what it said when it began, and what it absorbed.
pub fn fold<T: Foldable>(rows: Vec<Row<T>>, at_most: usize) -> Vec<Row<T>> {
    let mut folded = without_flicker(rows);
    while folded.len() > at_most.max(1) {
        let shortest = (0..folded.len())
            .filter(|index| !folded[*index].what.pinned())
            .min_by_key(|index| folded[*index].lasted());
        let Some(index) = shortest else { break };
        if !fold_into_neighbour(&mut folded, index) {
            break;
        }
        folded = without_flicker(folded);
    }
    folded
}

/// Merges neighbours of one kind, and folds short rows between two of one kind.
fn without_flicker<T: Foldable>(rows: Vec<Row<T>>) -> Vec<Row<T>> {
    let mut kept: Vec<Row<T>> = Vec::with_capacity(rows.len());
    for row in rows {
        while let [.., below, top] = kept.as_slice()
            && below.what.same_kind(&row.what)
            && top.lasted() < FLICKER
            && !top.what.pinned()
        {
            fold_last_two(&mut kept);
        }
        match kept.last_mut() {
            Some(last) if last.what.same_kind(&row.what) => merge(last, &row, 0),
            _ => kept.push(row),
        }
    }
    kept
}

fn fold_last_two<T: Foldable>(rows: &mut Vec<Row<T>>) {
    if let Some(top) = rows.pop()
        && let Some(below) = rows.last_mut()
    {
        merge(below, &top, 1);
    }
}

/// Folds a row into the longer of its neighbours that may take it up; the one before it of equals.
fn fold_into_neighbour<T: Foldable>(rows: &mut Vec<Row<T>>, index: usize) -> bool {
    let length =
        |at: usize| rows.get(at).filter(|row| !row.what.pinned()).map_or(Span(-1), Row::lasted);
    let before = index.checked_sub(1).map_or(Span(-1), length);
    let after = length(index + 1);
    if before.max(after) < Span::ZERO {
        return false;
    }
    let row = rows.remove(index);
    let into = if before >= after { index - 1 } else { index };
    merge(&mut rows[into], &row, 1);
    true
}

fn merge<T: Foldable>(into: &mut Row<T>, row: &Row<T>, count: u32) {
    into.from = into.from.min(row.from);
    into.until = into.until.max(row.until);
    into.folded += row.folded + count;
    into.what.absorb(&row.what);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Copy, Debug, PartialEq)]
    struct Letter(char);

    impl Foldable for Letter {
        fn same_kind(&self, other: &Self) -> bool {
            self == other
        }
        fn absorb(&mut self, _: &Self) {}
        fn pinned(&self) -> bool {
            self.0 == 'P'
        }
    }

    /// Rows from "A20 B5": letter and length in seconds, one behind the other.
    fn rows(text: &str) -> Vec<Row<Letter>> {
        let mut from = Time::ZERO;
        let mut rows = Vec::new();
        for word in text.split(' ') {
            let (letter, seconds) = word.split_at(1);
            let until = from + Span::from_secs(seconds.parse().expect("a number"));
            let what = Letter(letter.chars().next().expect("a letter"));
            rows.push(Row { from, until, what, folded: 0 });
            from = until;
        }
        rows
    }

    fn text(rows: &[Row<Letter>]) -> String {
        let words: Vec<String> = rows
            .iter()
            .map(|row| format!("{}{}/{}", row.what.0, row.lasted().as_secs(), row.folded))
            .collect();
        words.join(" ")
    }

    #[test]
    fn neighbours_of_one_kind_are_one_row_and_nothing_is_folded() {
        assert_eq!(text(&fold(rows("A20 A30 B40"), 9)), "A50/0 B40/0");
    }

    #[test]
    fn flicker_is_folded_into_what_surrounds_it() {
        assert_eq!(text(&fold(rows("A20 B5 A5 B5 A20 C9 B20"), 9)), "A55/2 C9/0 B20/0");
    }

    #[test]
    fn the_shortest_rows_go_first_until_the_table_fits() {
        assert_eq!(text(&fold(rows("A90 B20 C30 D80"), 3)), "A110/1 C30/0 D80/0");
        assert_eq!(text(&fold(rows("A90 B20 C30 D80"), 2)), "A140/2 D80/0");
        assert_eq!(text(&fold(rows("A90 B20 C30 D80"), 1)), "A220/3");
    }

    #[test]
    fn pinned_rows_stay_even_where_they_are_short_or_too_many() {
        assert_eq!(text(&fold(rows("A20 P5 A20"), 9)), "A20/0 P5/0 A20/0");
        assert_eq!(text(&fold(rows("P5 A20 P5"), 1)), "P5/0 A20/0 P5/0");
    }

    #[test]
    fn no_time_is_lost() {
        let table = rows("A20 B5 A5 P5 A20 C9 B20 D1 E2 F3");
        let whole = table.last().map(|row| row.until);
        for at_most in 1..10 {
            let folded = fold(table.clone(), at_most);
            assert_eq!(folded.first().map(|row| row.from), Some(Time::ZERO));
            assert_eq!(folded.last().map(|row| row.until), whole);
            assert!(folded.windows(2).all(|pair| pair[0].until == pair[1].from));
        }
    }
}
