//! What several categories have in common.

use std::fmt;

use super::fault::Item;
use super::items::Items;
use super::layout::{Field, RE, SP, place};
use super::scale::number;
use super::uap;

/// Who sends: system area code and system identification code, I048/010 and its like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Source {
    /// System area code.
    pub sac: u8,
    /// System identification code within the area.
    pub sic: u8,
}

impl Source {
    pub(super) fn of(item: &[u8]) -> Source {
        Source { sac: item[0], sic: item[1] }
    }

    pub(super) fn put(self, items: &mut Items) {
        items.item(10).put(u64::from(self.sac), 1).put(u64::from(self.sic), 1);
    }
}

/// A code that a transponder answered with, I048/070 and its like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Code {
    /// The code is not validated.
    pub doubtful: bool,
    /// Replies overlapped.
    pub garbled: bool,
    /// Not from this reply: smoothed by a tracker (I062/060: it has changed).
    pub derived: bool,
    /// Octal digits as a number: `0o7700`.
    pub code: u16,
}

impl Code {
    /// Bits of two digits.
    pub(super) const MODE_1_BITS: u32 = 5;
    /// Bits of four digits: modes 2 and 3/A.
    pub(super) const FOUR_DIGITS: u32 = 12;

    /// From an item whose three highest bits are flags and whose lowest ones are the code.
    pub(super) fn of(item: &[u8], code_bits: u32) -> Code {
        let raw = number(item);
        let flag = |index: usize| raw >> (item.len() * 8 - 1 - index) & 1 == 1;
        let code = (raw & ((1 << code_bits) - 1)) as u16;
        // Mode 1 has a second digit of two bits.
        let code = if code_bits == Code::MODE_1_BITS { code >> 2 << 3 | code & 3 } else { code };
        Code { doubtful: flag(0), garbled: flag(1), derived: flag(2), code }
    }

    pub(super) fn put(self, items: &mut Items, id: u16, code_bits: u32) {
        let octets = if code_bits > 8 { 2 } else { 1 };
        let flags = [self.doubtful, self.garbled, self.derived];
        let code = u64::from(self.code);
        let code = if code_bits == Code::MODE_1_BITS { code >> 3 << 2 | code & 3 } else { code };
        let code = code & ((1 << code_bits) - 1);
        items.item(id).put(bits(flags) << (octets * 8 - 3) | code, octets);
    }
}

/// Flags as a number, the first one the most significant bit.
pub(super) fn bits<const N: usize>(flags: [bool; N]) -> u64 {
    flags.iter().fold(0, |sum, flag| (sum << 1) | u64::from(*flag))
}

/// What an interrogation in mode 4, or a system in mode 5, says of a target: I048/020, I062/080.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Interrogation {
    /// It was not asked.
    #[default]
    None,
    /// A friendly target.
    Friendly,
    /// It answered what is not known.
    Unknown,
    /// It gave no reply.
    NoReply,
}

impl Interrogation {
    const ALL: [Interrogation; 4] = [
        Interrogation::None,
        Interrogation::Friendly,
        Interrogation::Unknown,
        Interrogation::NoReply,
    ];

    /// From the two lowest bits.
    pub(super) fn of(raw: u8) -> Interrogation {
        Self::ALL[usize::from(raw & 3)]
    }

    pub(super) fn raw(self) -> u8 {
        self as u8
    }
}

/// Eight characters in the six bits of ICAO's alphabet: A to Z, 0 to 9 and space (ICAO Annex 10, vol. IV,
/// table 3-9).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Callsign([u8; 8]);

impl Callsign {
    /// A text's letters and digits, at most eight, as capitals; everything else becomes a space.
    ///
    /// ```
    /// use redan_exchange::asterix::Callsign;
    /// assert_eq!(Callsign::new("heron-7").to_string(), "HERON 7");
    /// ```
    pub fn new(text: &str) -> Callsign {
        let mut letters = [b' '; 8];
        for (place, letter) in letters.iter_mut().zip(text.chars()) {
            if letter.is_ascii_alphanumeric() {
                *place = letter.to_ascii_uppercase() as u8;
            }
        }
        Callsign(letters)
    }

    /// From six octets; a combination that the alphabet does not have becomes a space.
    pub(super) fn of(octets: &[u8]) -> Callsign {
        let raw = number(octets);
        let mut letters = [b' '; 8];
        for (index, place) in letters.iter_mut().enumerate() {
            let letter = (raw >> (42 - 6 * index) & 0x3f) as u8;
            match letter {
                1..=26 => *place = b'A' + letter - 1,
                48..=57 => *place = letter,
                _ => {}
            }
        }
        Callsign(letters)
    }

    pub(super) fn raw(self) -> u64 {
        self.0.iter().fold(0, |sum, letter| {
            let letter = if letter.is_ascii_uppercase() { letter - b'A' + 1 } else { *letter };
            (sum << 6) | u64::from(letter & 0x3f)
        })
    }
}

impl fmt::Display for Callsign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(std::str::from_utf8(&self.0).unwrap_or_default().trim_end())
    }
}

impl fmt::Debug for Callsign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.to_string())
    }
}

/// Items that a record had and that are passed over here, wholly or in part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Others(pub(super) u64);

impl Others {
    /// Whether nothing was passed over.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The items of a category that were passed over, in the order of their places.
    pub fn items(self, category: u8) -> impl Iterator<Item = Item> {
        let profile = uap::profile(category).unwrap_or_default();
        let is_other = move |index: &usize| self.0 & place(*index) != 0;
        (0..profile.len()).filter(is_other).map(|index| name(profile[index], index))
    }
}

/// What the field of a place is called.
pub(super) fn name(field: Field, index: usize) -> Item {
    match field.id {
        RE => Item::ReservedExpansion,
        SP => Item::SpecialPurpose,
        u16::MAX => Item::Place(index),
        number => Item::Number(number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn callsigns_come_back_from_six_bits() {
        for text in ["", "A", "KLM1023", "AZ09 0Z9"] {
            let callsign = Callsign::new(text);
            let octets = &callsign.raw().to_be_bytes()[2..];
            assert_eq!(Callsign::of(octets), callsign);
            assert_eq!(callsign.to_string(), text.trim_end());
        }
        assert_eq!(Callsign::new("Murted/é-12345").to_string(), "MURTED");
        assert_eq!(Callsign::of(&[0xff; 6]).to_string(), "");
    }
}
