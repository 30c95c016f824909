//! What can be wrong with ASTERIX data, and where.

use std::fmt;

/// Something that could not be read. Reading goes on behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Octet of the input at which the trouble begins, counted from 0.
    pub offset: usize,
    /// Category of the block, as far as it is known.
    pub category: Option<u8>,
    /// Item, as far as it is known.
    pub item: Option<Item>,
    /// What is wrong.
    pub wrong: Wrong,
}

/// An item of a category.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// The field specification, which says what follows.
    FieldSpecification,
    /// The item of this number: 40 for I048/040.
    Number(u16),
    /// The reserved expansion field.
    ReservedExpansion,
    /// The special purpose field.
    SpecialPurpose,
    /// A place of the field specification to which the category gives no item.
    Place(usize),
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wrong {
    /// The data end before the item or the block does.
    Truncated,
    /// A length that cannot be: shorter than what it is the length of.
    LyingLength,
    /// A block of a category that is not read here.
    ForeignCategory,
    /// A place in a field specification to which no item is given.
    SpareItem,
    /// A record that holds no item.
    Empty,
    /// A frame of a capture that is cut short, whose length cannot be, or that holds a piece of a datagram.
    Capture,
}

impl Wrong {
    /// All of them, in the order of [`Counts`](super::Counts).
    pub const ALL: [Wrong; 6] = [
        Wrong::Truncated,
        Wrong::LyingLength,
        Wrong::ForeignCategory,
        Wrong::SpareItem,
        Wrong::Empty,
        Wrong::Capture,
    ];

    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Wrong::Truncated => "the data end before it does",
            Wrong::LyingLength => "its length cannot be",
            Wrong::ForeignCategory => "the category is not read here",
            Wrong::SpareItem => "no item has this place",
            Wrong::Empty => "it names no item",
            Wrong::Capture => "a frame of the capture cannot be read",
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "octet {}", self.offset)?;
        match (self.category, self.item) {
            (Some(category), Some(Item::Number(number))) => {
                write!(f, ", I{category:03}/{number:03}")?;
            }
            (Some(category), Some(item)) => write!(f, ", CAT{category:03} {item}")?,
            (Some(category), None) => write!(f, ", CAT{category:03}")?,
            (None, _) => {}
        }
        write!(f, ": {}", self.wrong.words())
    }
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Item::FieldSpecification => f.write_str("field specification"),
            Item::Number(number) => write!(f, "{number:03}"),
            Item::ReservedExpansion => f.write_str("RE"),
            Item::SpecialPurpose => f.write_str("SP"),
            Item::Place(index) => write!(f, "field reference number {}", index + 1),
        }
    }
}

impl std::error::Error for Fault {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_says_where_and_what() {
        let at = |category, item, wrong| Fault { offset: 17, category, item, wrong }.to_string();
        assert_eq!(
            at(Some(48), Some(Item::Number(40)), Wrong::Truncated),
            "octet 17, I048/040: the data end before it does"
        );
        assert_eq!(
            at(Some(62), Some(Item::Place(28)), Wrong::SpareItem),
            "octet 17, CAT062 field reference number 29: no item has this place"
        );
        assert_eq!(
            at(Some(1), None, Wrong::ForeignCategory),
            "octet 17, CAT001: the category is not read here"
        );
        assert_eq!(
            at(None, None, Wrong::Capture),
            "octet 17: a frame of the capture cannot be read"
        );
    }
}
