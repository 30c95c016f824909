//! Fire and Detonation (IEEE 1278.1-2012, 7.3.2 and 7.3.3).

use redan_geo::Ecef;

use super::wire::{Fields, Octets};
use super::{EntityId, EntityType};

/// What was fired and how much of it (6.2.19.2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Munition {
    /// What it is.
    pub kind: EntityType,
    /// Warhead, fuse, quantity and rate, each as the standard counts it.
    pub figures: [u16; 4],
}

/// The body of a Fire PDU.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Fire {
    /// Who fires.
    pub from: EntityId,
    /// At whom; nothing where that is not known.
    pub at: EntityId,
    /// The missile.
    pub munition: EntityId,
    /// Number of the event, the same in the Detonation that ends it.
    pub event: EntityId,
    /// Mission index; 0 for none.
    pub mission: u32,
    /// Where.
    pub place: Ecef,
    /// What.
    pub what: Munition,
    /// Of the missile when it leaves, world axes.
    pub velocity_m_s: [f32; 3],
    /// To the target as the shooter has it; 0 where that is not known.
    pub range_m: f32,
}

/// The body of a Detonation PDU.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Detonation {
    /// Who fired.
    pub from: EntityId,
    /// Whom it met; nothing where that is not known.
    pub at: EntityId,
    /// The missile.
    pub munition: EntityId,
    /// Number of the event, from the Fire that began it.
    pub event: EntityId,
    /// Of the missile at the end, world axes.
    pub velocity_m_s: [f32; 3],
    /// Where.
    pub place: Ecef,
    /// What.
    pub what: Munition,
    /// From the target, in its axes.
    pub offset_m: [f32; 3],
    /// SISO-REF-010, 62: 2 close to a thing, 5 somewhere, 6 not at all.
    pub result: u8,
    /// Octets that the standard fills with nought.
    pub padding: u16,
    /// Articulated parts and the like, as they are.
    pub parts: Vec<[u8; 16]>,
}

impl Munition {
    fn write(self, out: &mut Octets) {
        out.entity_type(self.kind);
        self.figures.into_iter().for_each(|figure| {
            out.u16(figure);
        });
    }

    fn read(fields: &mut Fields) -> Option<Munition> {
        let kind = fields.entity_type()?;
        Some(Munition {
            kind,
            figures: [fields.u16()?, fields.u16()?, fields.u16()?, fields.u16()?],
        })
    }
}

impl Fire {
    pub(super) fn write(&self, out: &mut Octets) {
        out.entity(self.from).entity(self.at).entity(self.munition).entity(self.event);
        out.u32(self.mission).place(self.place);
        self.what.write(out);
        out.triple(self.velocity_m_s).f32(self.range_m);
    }

    pub(super) fn read(fields: &mut Fields) -> Option<Fire> {
        Some(Fire {
            from: fields.entity()?,
            at: fields.entity()?,
            munition: fields.entity()?,
            event: fields.entity()?,
            mission: fields.u32()?,
            place: fields.place()?,
            what: Munition::read(fields)?,
            velocity_m_s: fields.triple()?,
            range_m: fields.f32()?,
        })
    }
}

impl Detonation {
    pub(super) fn write(&self, out: &mut Octets) {
        let parts = self.parts.len().min(255);
        out.entity(self.from).entity(self.at).entity(self.munition).entity(self.event);
        out.triple(self.velocity_m_s).place(self.place);
        self.what.write(out);
        out.triple(self.offset_m).raw(&[self.result, parts as u8]).u16(self.padding);
        self.parts.iter().take(parts).for_each(|part| {
            out.raw(part);
        });
    }

    pub(super) fn read(fields: &mut Fields) -> Option<Detonation> {
        let [from, at, munition, event] =
            [fields.entity()?, fields.entity()?, fields.entity()?, fields.entity()?];
        let (velocity_m_s, place) = (fields.triple()?, fields.place()?);
        let (what, offset_m) = (Munition::read(fields)?, fields.triple()?);
        let [result, parts] = fields.octets()?;
        let padding = fields.u16()?;
        if fields.left() < usize::from(parts) * 16 {
            return None;
        }
        let parts = (0..parts).filter_map(|_| fields.octets()).collect();
        Some(Detonation {
            from,
            at,
            munition,
            event,
            velocity_m_s,
            place,
            what,
            offset_m,
            result,
            padding,
            parts,
        })
    }
}
