//! A record while it is written.

use super::layout::{Field, place};
use super::scale::Scale;

/// The items of a record, in the order of their places, without their field specification.
pub(super) struct Items<'a> {
    profile: &'static [Field],
    next: usize,
    /// Places that are taken, the first one in the highest bit.
    pub(super) places: u64,
    octets: &'a mut Vec<u8>,
}

impl<'a> Items<'a> {
    /// Nothing yet.
    pub(super) fn new(profile: &'static [Field], octets: &'a mut Vec<u8>) -> Self {
        octets.clear();
        Self { profile, next: 0, places: 0, octets }
    }

    /// Begins the item of a number. Items are written in the order of their places: that is the caller's
    /// to keep, and a bug otherwise.
    pub(super) fn item(&mut self, id: u16) -> &mut Self {
        while self.profile[self.next].id != id {
            self.next += 1;
        }
        self.places |= place(self.next);
        self
    }

    /// Lowest octets of a number.
    pub(super) fn put(&mut self, number: u64, octets: usize) -> &mut Self {
        self.octets.extend_from_slice(&number.to_be_bytes()[8 - octets..]);
        self
    }

    /// A quantity.
    pub(super) fn quantity(&mut self, scale: &Scale, value: f64) -> &mut Self {
        self.put(scale.raw(value), scale.octets())
    }

    /// An item that is one quantity, if there is one.
    pub(super) fn maybe(&mut self, id: u16, scale: &Scale, value: Option<f64>) {
        if let Some(value) = value {
            self.item(id).quantity(scale, value);
        }
    }

    /// Parts of one octet each, of which all after the last that says something are left out; the bits of
    /// extension are set here. There is one part at least.
    pub(super) fn extended<const N: usize>(&mut self, parts: [u8; N]) {
        let last = parts.iter().rposition(|part| part >> 1 != 0).unwrap_or(0);
        for (index, part) in parts[..=last].iter().enumerate() {
            self.octets.push((part & !1) | u8::from(index < last));
        }
    }
}
