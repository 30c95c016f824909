//! Electromagnetic Emission: emitters, their beams, and whom they follow or jam (IEEE 1278.1-2012, 7.6.2).
//!
//! Lengths of systems and beams are counted in words of four octets, and are 0 where a count of 255 words
//! does not suffice: a reader then goes by the numbers of beams and targets, as ours always does.

use super::EntityId;
use super::wire::{Fields, Octets};

/// The body of an Electromagnetic Emission PDU.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Emission {
    /// Who radiates.
    pub from: EntityId,
    /// Number of the event.
    pub event: EntityId,
    /// 0 repeats everything, 1 says what has changed.
    pub update: u8,
    /// Octets that the standard fills with nought.
    pub padding: u16,
    /// The emitters.
    pub systems: Vec<Emitter>,
}

/// An emitter system (6.2.23).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Emitter {
    /// SISO-REF-010, 75.
    pub name: u16,
    /// SISO-REF-010, 76.
    pub function: u8,
    /// Its number on the entity, from 1.
    pub number: u8,
    /// From the entity, in its axes.
    pub place_m: [f32; 3],
    /// Octets that the standard fills with nought.
    pub padding: u16,
    /// The beams.
    pub beams: Vec<Beam>,
}

/// A beam of an emitter (6.2.11).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Beam {
    /// Its number in the system, from 1.
    pub number: u8,
    /// Index into a data base of receivers; 0 for none.
    pub parameter_index: u16,
    /// Frequency and its range, hertz.
    pub frequency_hz: [f32; 2],
    /// Effective radiated power in decibels over a milliwatt.
    pub power_dbm: f32,
    /// Pulse repetition frequency.
    pub repetition_hz: f32,
    /// Pulse width.
    pub pulse_us: f32,
    /// Middle and half of the width in azimuth, from the heading of the entity.
    pub azimuth_rad: [f32; 2],
    /// Middle and half of the width in elevation.
    pub elevation_rad: [f32; 2],
    /// How far a sweep has come, percent.
    pub sweep_percent: f32,
    /// SISO-REF-010, 78: 1 search, 4 tracking, 6 command guidance, 12 jamming.
    pub function: u8,
    /// Whether the targets are too many to be listed.
    pub is_dense: u8,
    /// 0 radiates, 1 does not.
    pub status: u8,
    /// Jamming technique: kind, category, subcategory, specific.
    pub technique: [u8; 4],
    /// Whom it follows or jams.
    pub targets: Vec<BeamTarget>,
}

/// A target of a beam (6.2.90).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BeamTarget {
    /// Who it is.
    pub entity: EntityId,
    /// Of a jammed target: the emitter.
    pub emitter: u8,
    /// And its beam.
    pub beam: u8,
}

impl Emission {
    pub(super) fn write(&self, out: &mut Octets) {
        let systems = self.systems.len().min(255);
        out.entity(self.from)
            .entity(self.event)
            .raw(&[self.update, systems as u8])
            .u16(self.padding);
        self.systems.iter().take(systems).for_each(|system| system.write(out));
    }

    pub(super) fn read(fields: &mut Fields) -> Option<Emission> {
        let (from, event) = (fields.entity()?, fields.entity()?);
        let [update, systems] = fields.octets()?;
        let padding = fields.u16()?;
        let systems = (0..systems).map(|_| Emitter::read(fields)).collect::<Option<_>>()?;
        Some(Emission { from, event, update, padding, systems })
    }
}

impl Emitter {
    fn words(&self) -> usize {
        5 + self.beams.iter().map(Beam::words).sum::<usize>()
    }

    fn write(&self, out: &mut Octets) {
        let beams = self.beams.len().min(255);
        out.raw(&[length(self.words()), beams as u8]).u16(self.padding).u16(self.name);
        out.raw(&[self.function, self.number]).triple(self.place_m);
        self.beams.iter().take(beams).for_each(|beam| beam.write(out));
    }

    fn read(fields: &mut Fields) -> Option<Emitter> {
        let [_, beams] = fields.octets()?;
        let padding = fields.u16()?;
        let name = fields.u16()?;
        let [function, number] = fields.octets()?;
        let place_m = fields.triple()?;
        let beams = (0..beams).map(|_| Beam::read(fields)).collect::<Option<_>>()?;
        Some(Emitter { name, function, number, place_m, padding, beams })
    }
}

impl Beam {
    fn words(&self) -> usize {
        13 + 2 * self.targets.len().min(255)
    }

    fn write(&self, out: &mut Octets) {
        let targets = self.targets.len().min(255);
        out.raw(&[length(self.words()), self.number]).u16(self.parameter_index);
        let [frequency, range] = self.frequency_hz;
        out.f32(frequency).f32(range).f32(self.power_dbm).f32(self.repetition_hz);
        let ([azimuth, width], [elevation, height]) = (self.azimuth_rad, self.elevation_rad);
        out.f32(self.pulse_us).f32(azimuth).f32(width).f32(elevation).f32(height);
        out.f32(self.sweep_percent);
        out.raw(&[self.function, targets as u8, self.is_dense, self.status]).raw(&self.technique);
        for target in self.targets.iter().take(targets) {
            out.entity(target.entity).raw(&[target.emitter, target.beam]);
        }
    }

    fn read(fields: &mut Fields) -> Option<Beam> {
        let [_, number] = fields.octets()?;
        let mut beam = Beam {
            number,
            parameter_index: fields.u16()?,
            frequency_hz: [fields.f32()?, fields.f32()?],
            power_dbm: fields.f32()?,
            repetition_hz: fields.f32()?,
            pulse_us: fields.f32()?,
            azimuth_rad: [fields.f32()?, fields.f32()?],
            elevation_rad: [fields.f32()?, fields.f32()?],
            sweep_percent: fields.f32()?,
            ..Beam::default()
        };
        let [function, targets, is_dense, status] = fields.octets()?;
        (beam.function, beam.is_dense, beam.status) = (function, is_dense, status);
        beam.technique = fields.octets()?;
        beam.targets = (0..targets).map(|_| BeamTarget::read(fields)).collect::<Option<_>>()?;
        Some(beam)
    }
}

impl BeamTarget {
    fn read(fields: &mut Fields) -> Option<BeamTarget> {
        let entity = fields.entity()?;
        let [emitter, beam] = fields.octets()?;
        Some(BeamTarget { entity, emitter, beam })
    }
}

/// Words as an octet; 0 where they do not fit.
fn length(words: usize) -> u8 {
    u8::try_from(words).unwrap_or(0)
}
