//! IFF: what a transponder answers (IEEE 1278.1-2012, 7.6.5), layer 1. Layers above it are kept as they are.

use super::EntityId;
use super::wire::{Fields, Octets};

/// The body of an IFF PDU.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Iff {
    /// Whose transponder.
    pub from: EntityId,
    /// Number of the event.
    pub event: EntityId,
    /// Of the antenna, from the entity, in its axes.
    pub antenna_m: [f32; 3],
    /// SISO-REF-010, 82: 1 a transponder of Mark X or XII, 3 a Soviet one, 9 of Mark XIIA, 11 of mode S.
    pub system: u16,
    /// SISO-REF-010, 83.
    pub name: u16,
    /// SISO-REF-010, 84: 3 is normal.
    pub mode: u8,
    /// Bits; the first says that something has changed.
    pub options: u8,
    /// Number of the system on the entity, and an octet that depends on it.
    pub designator: [u8; 2],
    /// Bits: 0 on, then one for each parameter that does not apply.
    pub status: u8,
    /// Alternate codes; depends on the system.
    pub field_1: u8,
    /// Bits of the layers that are there.
    pub layers: u8,
    /// Depends on the system.
    pub field_2: u8,
    /// Of a transponder: modes 1, 2, 3/A, 4, C and S; bits 15, 14 and 13 say on, damaged, out of order.
    pub parameters: [u16; 6],
    /// Layers 2 to 5, as they are.
    pub more: Vec<u8>,
}

/// On, in a parameter of a transponder (6.2.66 and following: bit 15 counts from the lowest).
pub const PARAMETER_ON: u16 = 1 << 13;

impl Iff {
    pub(super) fn write(&self, out: &mut Octets) {
        out.entity(self.from).entity(self.event).triple(self.antenna_m);
        out.u16(self.system).u16(self.name).raw(&[self.mode, self.options]).raw(&self.designator);
        out.raw(&[self.status, self.field_1, self.layers, self.field_2]);
        self.parameters.into_iter().for_each(|parameter| {
            out.u16(parameter);
        });
        out.raw(&self.more);
    }

    pub(super) fn read(fields: &mut Fields) -> Option<Iff> {
        let (from, event, antenna_m) = (fields.entity()?, fields.entity()?, fields.triple()?);
        let (system, name) = (fields.u16()?, fields.u16()?);
        let ([mode, options], designator) = (fields.octets()?, fields.octets()?);
        let [status, field_1, layers, field_2] = fields.octets()?;
        let mut parameters = [0; 6];
        for parameter in &mut parameters {
            *parameter = fields.u16()?;
        }
        Some(Iff {
            from,
            event,
            antenna_m,
            system,
            name,
            mode,
            options,
            designator,
            status,
            field_1,
            layers,
            field_2,
            parameters,
            more: fields.take(fields.left())?.to_vec(),
        })
    }
}
