//! Octets of messages: big-endian numbers, one after the other (IEEE 1278.1-2012, 6.1.1).

use redan_geo::{Ecef, EcefVelocity};

use super::{EntityId, EntityType};

/// Reads fields one after the other, and never past the end.
#[derive(Clone, Copy)]
pub(super) struct Fields<'a> {
    rest: &'a [u8],
}

impl<'a> Fields<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Fields<'a> {
        Fields { rest: bytes }
    }

    /// The next `N` octets; `None` where fewer are left.
    pub(super) fn octets<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (head, rest) = self.rest.split_first_chunk::<N>()?;
        self.rest = rest;
        Some(*head)
    }

    pub(super) fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (head, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(head)
    }

    pub(super) fn left(&self) -> usize {
        self.rest.len()
    }

    pub(super) fn u8(&mut self) -> Option<u8> {
        self.octets().map(|[octet]| octet)
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        self.octets().map(u16::from_be_bytes)
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        self.octets().map(u32::from_be_bytes)
    }

    pub(super) fn u64(&mut self) -> Option<u64> {
        self.octets().map(u64::from_be_bytes)
    }

    pub(super) fn f32(&mut self) -> Option<f32> {
        self.octets().map(f32::from_be_bytes)
    }

    pub(super) fn f64(&mut self) -> Option<f64> {
        self.octets().map(f64::from_be_bytes)
    }

    pub(super) fn triple(&mut self) -> Option<[f32; 3]> {
        Some([self.f32()?, self.f32()?, self.f32()?])
    }

    /// World coordinates.
    pub(super) fn place(&mut self) -> Option<Ecef> {
        Some(Ecef { x_m: self.f64()?, y_m: self.f64()?, z_m: self.f64()? })
    }

    pub(super) fn entity(&mut self) -> Option<EntityId> {
        Some(EntityId { site: self.u16()?, application: self.u16()?, number: self.u16()? })
    }

    pub(super) fn entity_type(&mut self) -> Option<EntityType> {
        let [kind, domain] = self.octets()?;
        let country = self.u16()?;
        let [category, subcategory, specific, extra] = self.octets()?;
        Some(EntityType { kind, domain, country, category, subcategory, specific, extra })
    }
}

/// Writes fields behind what is there already.
pub(super) struct Octets<'a>(pub(super) &'a mut Vec<u8>);

impl Octets<'_> {
    pub(super) fn raw(&mut self, octets: &[u8]) -> &mut Self {
        self.0.extend_from_slice(octets);
        self
    }

    pub(super) fn u8(&mut self, value: u8) -> &mut Self {
        self.raw(&[value])
    }

    pub(super) fn u16(&mut self, value: u16) -> &mut Self {
        self.raw(&value.to_be_bytes())
    }

    pub(super) fn u32(&mut self, value: u32) -> &mut Self {
        self.raw(&value.to_be_bytes())
    }

    pub(super) fn u64(&mut self, value: u64) -> &mut Self {
        self.raw(&value.to_be_bytes())
    }

    pub(super) fn f32(&mut self, value: f32) -> &mut Self {
        self.raw(&value.to_be_bytes())
    }

    pub(super) fn triple(&mut self, values: [f32; 3]) -> &mut Self {
        let [a, b, c] = values.map(f32::to_be_bytes);
        self.raw(&a).raw(&b).raw(&c)
    }

    pub(super) fn place(&mut self, place: Ecef) -> &mut Self {
        let [x, y, z] = place.to_array().map(f64::to_be_bytes);
        self.raw(&x).raw(&y).raw(&z)
    }

    pub(super) fn entity(&mut self, id: EntityId) -> &mut Self {
        let [a, b] = id.site.to_be_bytes();
        let [c, d] = id.application.to_be_bytes();
        let [e, f] = id.number.to_be_bytes();
        self.raw(&[a, b, c, d, e, f])
    }

    pub(super) fn entity_type(&mut self, of: EntityType) -> &mut Self {
        let [high, low] = of.country.to_be_bytes();
        self.raw(&[of.kind, of.domain, high, low]).raw(&[
            of.category,
            of.subcategory,
            of.specific,
            of.extra,
        ])
    }
}

/// A velocity as the messages have it.
pub(super) fn velocity(of: EcefVelocity) -> [f32; 3] {
    of.to_array().map(|part| part as f32)
}
