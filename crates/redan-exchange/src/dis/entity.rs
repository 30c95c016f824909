//! Entity State: where a thing is, how it moves, what it is (IEEE 1278.1-2012, 7.2.2; SISO-REF-010 for the
//! figures that stand for words).

use redan_geo::Ecef;

use super::wire::{Fields, Octets};

/// Site, application and number of a simulated thing (6.2.28).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId {
    /// Where it is simulated.
    pub site: u16,
    /// By which program.
    pub application: u16,
    /// Its number there; 0 stands for nothing.
    pub number: u16,
}

/// What a thing is, by seven figures (6.2.30).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the fields are those of the standard")]
pub struct EntityType {
    pub kind: u8,
    pub domain: u8,
    pub country: u16,
    pub category: u8,
    pub subcategory: u8,
    pub specific: u8,
    pub extra: u8,
}

impl EntityType {
    /// From the seven figures in their order.
    pub const fn new(
        [kind, domain, country, category, subcategory, specific, extra]: [u16; 7],
    ) -> Self {
        EntityType {
            kind: kind as u8,
            domain: domain as u8,
            country,
            category: category as u8,
            subcategory: subcategory as u8,
            specific: specific as u8,
            extra: extra as u8,
        }
    }
}

impl std::fmt::Display for EntityType {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let EntityType { kind, domain, country, category, subcategory, specific, extra } = self;
        write!(f, "{kind}.{domain}.{country}.{category}.{subcategory}.{specific}.{extra}")
    }
}

/// How a receiver moves a thing on between two messages (annex E).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct DeadReckoning {
    /// 1 stands still, 2 goes on straight with its attitude.
    pub algorithm: u8,
    /// What the algorithm asks for beside.
    pub parameters: [u8; 15],
    /// Metres per second squared, in world axes for algorithms 2 to 5.
    pub acceleration_m_s2: [f32; 3],
    /// Radians per second, in body axes.
    pub turn_rad_s: [f32; 3],
}

/// The body of an Entity State PDU.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EntityState {
    /// Whose state it is.
    pub id: EntityId,
    /// 1 friendly, 2 opposing, 3 neutral, 0 other.
    pub force: u8,
    /// What it is.
    pub kind: EntityType,
    /// What the other side takes it for.
    pub alternative: EntityType,
    /// Metres per second, in world axes for algorithms 1 to 5.
    pub velocity_m_s: [f32; 3],
    /// Where it is.
    pub place: Ecef,
    /// Psi, theta, phi: see [`redan_geo::DisEuler`].
    pub orientation_rad: [f32; 3],
    /// Bits; 3 and 4 are the damage, 23 says that it is no longer simulated.
    pub appearance: u32,
    /// How it moves on.
    pub reckoning: DeadReckoning,
    /// Character set, 1 for ASCII, and eleven letters.
    pub marking: [u8; 12],
    /// Bits.
    pub capabilities: u32,
    /// Articulated parts and the like, as they are.
    pub parts: Vec<[u8; 16]>,
}

/// The figure for a thing that is no longer simulated (bit 23 of the appearance).
pub const DEACTIVATED: u32 = 1 << 23;
/// The figure for a thing that is destroyed (bits 3 and 4 of the appearance).
pub const DESTROYED: u32 = 3 << 3;

impl EntityState {
    pub(super) fn write(&self, out: &mut Octets) {
        let parts = self.parts.len().min(255);
        out.entity(self.id).raw(&[self.force, parts as u8]);
        out.entity_type(self.kind).entity_type(self.alternative);
        out.triple(self.velocity_m_s).place(self.place).triple(self.orientation_rad);
        out.u32(self.appearance).u8(self.reckoning.algorithm).raw(&self.reckoning.parameters);
        out.triple(self.reckoning.acceleration_m_s2).triple(self.reckoning.turn_rad_s);
        out.raw(&self.marking).u32(self.capabilities);
        self.parts.iter().take(parts).for_each(|part| {
            out.raw(part);
        });
    }

    pub(super) fn read(fields: &mut Fields) -> Option<EntityState> {
        let id = fields.entity()?;
        let [force, parts] = fields.octets()?;
        let mut state = EntityState {
            id,
            force,
            kind: fields.entity_type()?,
            alternative: fields.entity_type()?,
            velocity_m_s: fields.triple()?,
            place: fields.place()?,
            orientation_rad: fields.triple()?,
            appearance: fields.u32()?,
            reckoning: DeadReckoning {
                algorithm: fields.u8()?,
                parameters: fields.octets()?,
                acceleration_m_s2: fields.triple()?,
                turn_rad_s: fields.triple()?,
            },
            marking: fields.octets()?,
            capabilities: fields.u32()?,
            parts: Vec::new(),
        };
        if fields.left() < usize::from(parts) * 16 {
            return None;
        }
        state.parts.extend((0..parts).filter_map(|_| fields.octets()));
        Some(state)
    }

    /// The letters of the marking up to the first nought; what is no ASCII becomes `?`.
    pub fn name(&self) -> String {
        let letters = self.marking[1..].iter().take_while(|letter| **letter != 0);
        let name: String = letters
            .map(|letter| if (b' '..127).contains(letter) { char::from(*letter) } else { '?' })
            .collect();
        name.trim().to_owned()
    }
}

/// A name as a marking: its first eleven letters in ASCII, `?` for any other letter.
pub fn marking(name: &str) -> [u8; 12] {
    let mut marking = [0; 12];
    marking[0] = 1;
    let letter =
        |letter: char| if letter.is_ascii_graphic() || letter == ' ' { letter as u8 } else { b'?' };
    marking[1..].iter_mut().zip(name.chars()).for_each(|(to, from)| *to = letter(from));
    marking
}
