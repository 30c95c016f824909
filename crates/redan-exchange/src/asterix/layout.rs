//! How long an item is: the six shapes of ASTERIX, after EUROCONTROL, "Specification for Surveillance Data
//! Exchange, Part 1" (EUROCONTROL-SPEC-0149, ed. 3.0, 2021), section 3.

use super::fault::Wrong;

/// The last bit of an octet of a field specification or of an extended item: another one follows.
pub(super) const FX: u8 = 1;
/// Bits of an octet of a field specification that stand for items.
const ITEMS_AN_OCTET: usize = 7;

/// Number under which the reserved expansion field is found, which has none of its own.
pub(super) const RE: u16 = 1000;
/// The same for the special purpose field.
pub(super) const SP: u16 = 1001;

/// An item of a category, in the place of its field reference number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Field {
    /// The item's number: 40 for I048/040, [`RE`] or [`SP`].
    pub(super) id: u16,
    pub(super) layout: Layout,
}

/// The shape of an item; sizes in octets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// So many.
    Fixed(usize),
    /// Parts of so many, each with [`FX`] at its end.
    Extended(usize),
    /// A count, and so many for each.
    Repetitive(usize),
    /// Begins with its own length, which counts itself.
    Explicit,
    /// A field specification of its own, and the subfields that it names.
    Compound(&'static [Layout]),
    /// Nothing has this place.
    Spare,
}

impl Layout {
    /// Octets of an item that begins where `rest` does; never more than `rest` has.
    pub(super) fn length(self, rest: &[u8]) -> Result<usize, Wrong> {
        let length = match self {
            Layout::Fixed(octets) => octets,
            Layout::Extended(octets) => extended(octets, rest)?,
            Layout::Repetitive(octets) => 1 + octets * usize::from(first(rest)?),
            Layout::Explicit => explicit(rest)?,
            Layout::Compound(parts) => compound(parts, rest)?,
            Layout::Spare => return Err(Wrong::SpareItem),
        };
        if length > rest.len() { Err(Wrong::Truncated) } else { Ok(length) }
    }
}

fn first(rest: &[u8]) -> Result<u8, Wrong> {
    rest.first().copied().ok_or(Wrong::Truncated)
}

fn explicit(rest: &[u8]) -> Result<usize, Wrong> {
    match first(rest)? {
        0 => Err(Wrong::LyingLength),
        octets => Ok(usize::from(octets)),
    }
}

fn extended(octets: usize, rest: &[u8]) -> Result<usize, Wrong> {
    let is_last = |part: &[u8]| part[octets - 1] & FX == 0;
    let parts = rest.chunks_exact(octets).position(is_last).ok_or(Wrong::Truncated)?;
    Ok((parts + 1) * octets)
}

fn compound(parts: &'static [Layout], rest: &[u8]) -> Result<usize, Wrong> {
    let mut walk = Subfields::of(parts, rest)?;
    for part in walk.by_ref() {
        part?;
    }
    Ok(walk.at)
}

/// Reads a field specification at the beginning of `rest`: its octets, and the places that it names, the first
/// one in the highest bit.
pub(super) fn field_specification(rest: &[u8]) -> Result<(usize, u64), Wrong> {
    let mut places = 0_u64;
    for (index, octet) in rest.iter().enumerate() {
        let shift = 64 - ITEMS_AN_OCTET * (index + 1);
        places |= u64::from(octet >> 1) << shift;
        if octet & FX == 0 {
            return Ok((index + 1, places));
        }
        if index == 8 {
            return Err(Wrong::SpareItem);
        }
    }
    Err(Wrong::Truncated)
}

/// Writes the field specification of places, the first one in the highest bit.
pub(super) fn put_field_specification(places: u64, out: &mut Vec<u8>) {
    let mut rest = places;
    loop {
        let octet = ((rest >> (64 - ITEMS_AN_OCTET)) << 1) as u8;
        rest <<= ITEMS_AN_OCTET;
        out.push(if rest == 0 { octet } else { octet | FX });
        if rest == 0 {
            return;
        }
    }
}

/// The bit of a place that is counted from 0.
pub(super) fn place(index: usize) -> u64 {
    1 << (63 - index)
}

/// The subfields that a compound item holds: the place of each, counted from 0, and its octets.
pub(super) struct Subfields<'a> {
    parts: &'static [Layout],
    item: &'a [u8],
    places: u64,
    at: usize,
}

impl<'a> Subfields<'a> {
    /// The subfields of an item that begins where `item` does.
    pub(super) fn of(parts: &'static [Layout], item: &'a [u8]) -> Result<Self, Wrong> {
        let (at, places) = field_specification(item)?;
        Ok(Self { parts, item, places, at })
    }
}

impl<'a> Iterator for Subfields<'a> {
    type Item = Result<(usize, &'a [u8]), Wrong>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.places == 0 {
            return None;
        }
        let index = self.places.leading_zeros() as usize;
        self.places &= !place(index);
        let rest = &self.item[self.at..];
        let layout = self.parts.get(index).copied().unwrap_or(Layout::Spare);
        Some(layout.length(rest).map(|octets| {
            self.at += octets;
            (index, &rest[..octets])
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_those_of_the_six_shapes() {
        let parts: &[Layout] = &[Layout::Fixed(2), Layout::Spare, Layout::Repetitive(3)];
        for (layout, octets, length) in [
            (Layout::Fixed(3), &[0, 0, 0, 9][..], 3),
            (Layout::Extended(1), &[0xff, 1, 0xfe, 9], 3),
            (Layout::Extended(3), &[9, 9, 1, 9, 9, 0, 9], 6),
            (Layout::Repetitive(2), &[2, 9, 9, 9, 9, 9], 5),
            (Layout::Repetitive(2), &[0], 1),
            (Layout::Explicit, &[4, 9, 9, 9, 9], 4),
            (Layout::Compound(parts), &[0b1010_0000, 9, 9, 1, 9, 9, 9, 9], 7),
            (Layout::Compound(parts), &[0], 1),
        ] {
            assert_eq!(layout.length(octets), Ok(length), "{layout:?}");
        }
    }

    #[test]
    fn lengths_beyond_the_end_and_places_of_nothing_are_refused() {
        let parts: &[Layout] = &[Layout::Fixed(2), Layout::Spare];
        for (layout, octets, wrong) in [
            (Layout::Fixed(3), &[0, 0][..], Wrong::Truncated),
            (Layout::Extended(1), &[1, 1], Wrong::Truncated),
            (Layout::Extended(3), &[0, 0], Wrong::Truncated),
            (Layout::Repetitive(2), &[2, 9, 9], Wrong::Truncated),
            (Layout::Explicit, &[0, 1], Wrong::LyingLength),
            (Layout::Explicit, &[3, 1], Wrong::Truncated),
            (Layout::Compound(parts), &[0b0100_0000, 9, 9], Wrong::SpareItem),
            (Layout::Compound(parts), &[0b0000_0010, 9, 9], Wrong::SpareItem),
            (Layout::Compound(parts), &[0b1000_0000, 9], Wrong::Truncated),
            (Layout::Compound(parts), &[], Wrong::Truncated),
        ] {
            assert_eq!(layout.length(octets), Err(wrong), "{layout:?}");
        }
        assert_eq!(field_specification(&[1; 20]), Err(Wrong::SpareItem));
    }

    #[test]
    fn field_specifications_come_back() {
        for places in [place(0), place(6), place(7) | place(0), place(34) | place(20), place(48)] {
            let mut octets = Vec::new();
            put_field_specification(places, &mut octets);
            assert_eq!(field_specification(&octets), Ok((octets.len(), places)));
        }
    }
}
