//! Transmitter and Signal: the radios of links and what goes over them (IEEE 1278.1-2012, 7.7.2 and 7.7.3).

use redan_geo::Ecef;

use super::EntityId;
use super::EntityType;
use super::wire::{Fields, Octets};

/// The body of a Transmitter PDU.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Transmitter {
    /// On which entity.
    pub on: EntityId,
    /// Number of the radio there, from 1.
    pub radio: u16,
    /// What it is.
    pub kind: EntityType,
    /// 0 off, 1 on without sending, 2 sending.
    pub state: u8,
    /// SISO-REF-010, 165.
    pub source: u8,
    /// Number of variable parameters (version 7), which are in `more`.
    pub variable: u16,
    /// Of the antenna.
    pub place: Ecef,
    /// From the entity, in its axes.
    pub antenna_m: [f32; 3],
    /// Type of the antenna's pattern; 0 in all directions.
    pub pattern: u16,
    /// Octets of the pattern, which are in `more`.
    pub pattern_octets: u16,
    /// Centre frequency, whole hertz.
    pub frequency_hz: u64,
    /// Bandwidth.
    pub bandwidth_hz: f32,
    /// Power in decibels over a milliwatt.
    pub power_dbm: f32,
    /// Spread spectrum, major modulation, detail, system.
    pub modulation: [u16; 4],
    /// Crypto system and key.
    pub crypto: [u16; 2],
    /// Octets of the modulation's parameters, which are in `more`, and three that the standard fills with
    /// nought.
    pub modulation_octets: [u8; 4],
    /// Everything behind, as it is.
    pub more: Vec<u8>,
}

/// The body of a Signal PDU.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signal {
    /// On which entity.
    pub on: EntityId,
    /// Number of the radio there.
    pub radio: u16,
    /// Class (two highest bits: 0 voice, 1 raw data, 2 application's data, 3 an index) and type.
    pub encoding: u16,
    /// Kind of tactical data link; 0 for none.
    pub link: u16,
    /// Samples or bits in a second.
    pub rate_hz: u32,
    /// Bits of data that count.
    pub bits: u16,
    /// Samples of voice.
    pub samples: u16,
    /// The data and its padding to whole words of four octets.
    pub data: Vec<u8>,
}

impl Transmitter {
    pub(super) fn write(&self, out: &mut Octets) {
        out.entity(self.on).u16(self.radio).entity_type(self.kind);
        out.raw(&[self.state, self.source]).u16(self.variable).place(self.place);
        out.triple(self.antenna_m).u16(self.pattern).u16(self.pattern_octets);
        out.u64(self.frequency_hz).f32(self.bandwidth_hz).f32(self.power_dbm);
        self.modulation.into_iter().chain(self.crypto).for_each(|figure| {
            out.u16(figure);
        });
        out.raw(&self.modulation_octets).raw(&self.more);
    }

    pub(super) fn read(fields: &mut Fields) -> Option<Transmitter> {
        let (on, radio, kind) = (fields.entity()?, fields.u16()?, fields.entity_type()?);
        let [state, source] = fields.octets()?;
        Some(Transmitter {
            on,
            radio,
            kind,
            state,
            source,
            variable: fields.u16()?,
            place: fields.place()?,
            antenna_m: fields.triple()?,
            pattern: fields.u16()?,
            pattern_octets: fields.u16()?,
            frequency_hz: fields.u64()?,
            bandwidth_hz: fields.f32()?,
            power_dbm: fields.f32()?,
            modulation: [fields.u16()?, fields.u16()?, fields.u16()?, fields.u16()?],
            crypto: [fields.u16()?, fields.u16()?],
            modulation_octets: fields.octets()?,
            more: fields.take(fields.left())?.to_vec(),
        })
    }
}

/// Class of raw binary data, of no tactical data link.
const RAW_DATA: u16 = 1 << 14;
/// Longer texts are cut off.
const LONGEST_TEXT: usize = 1024;

impl Signal {
    /// A text in ASCII as raw data; `?` stands for any other letter.
    pub fn text(on: EntityId, radio: u16, text: &str) -> Signal {
        let letter = |letter: char| if letter.is_ascii() { letter as u8 } else { b'?' };
        let mut data: Vec<u8> = text.chars().take(LONGEST_TEXT).map(letter).collect();
        let bits = (data.len() * 8) as u16;
        data.resize(data.len().next_multiple_of(4), 0);
        Signal { on, radio, encoding: RAW_DATA, bits, data, ..Signal::default() }
    }

    pub(super) fn write(&self, out: &mut Octets) {
        out.entity(self.on).u16(self.radio).u16(self.encoding).u16(self.link);
        out.u32(self.rate_hz).u16(self.bits).u16(self.samples).raw(&self.data);
    }

    pub(super) fn read(fields: &mut Fields) -> Option<Signal> {
        Some(Signal {
            on: fields.entity()?,
            radio: fields.u16()?,
            encoding: fields.u16()?,
            link: fields.u16()?,
            rate_hz: fields.u32()?,
            bits: fields.u16()?,
            samples: fields.u16()?,
            data: fields.take(fields.left())?.to_vec(),
        })
    }
}
