//! The figures of flying vehicles that the simulator uses.

use super::claim::{CardKind, Detail, TargetClass};
use super::figures::Figures;
use super::problem::CardError;
use super::view::Reader;

/// Something that flies, as a card describes it.
#[derive(Clone, Debug, PartialEq)]
pub struct AirVehicle {
    /// What people call it.
    pub name: String,
    /// How a defence thinks of it.
    pub class: TargetClass,
    /// Whether it is a civil aircraft.
    pub civil: bool,
    /// Mean radar cross-section by aspect.
    pub rcs: RcsByAspect,
    /// Swerling case of its fluctuation, 0 to 4.
    pub swerling: u8,
    /// Speed at which it usually flies.
    pub typical_speed_m_s: f64,
    /// Slowest speed at which it flies a mission.
    pub min_speed_m_s: f64,
    /// Fastest speed.
    pub max_speed_m_s: f64,
    /// Height at which it usually flies, above sea level (terrain followers: above ground).
    pub typical_altitude_m: f64,
    /// Lowest height at which it flies a mission.
    pub min_altitude_m: f64,
    /// Ceiling.
    pub max_altitude_m: f64,
    /// Largest acceleration across the path in a turn.
    pub max_acceleration_m_s2: f64,
    /// Fastest climb.
    pub climb_rate_m_s: f64,
    /// Mean radar cross-section at metre waves (VHF), where the card gives one.
    pub rcs_vhf: Option<RcsByAspect>,
    /// The jammer that it carries, where it carries one.
    pub jammer: Option<Jammer>,
    /// What it radiates while it flies its mission, where the card says so.
    pub emitter: Option<Emitter>,
}

/// Mean radar cross-section by aspect; equal where only one figure is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RcsByAspect {
    /// Seen from ahead.
    pub nose_rcs_m2: f64,
    /// Seen from the side.
    pub side_rcs_m2: f64,
    /// Seen from behind.
    pub tail_rcs_m2: f64,
}

/// A noise jammer at mission level: how much it radiates, and where in the spectrum.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Jammer {
    /// Effective radiated power in one hertz of bandwidth.
    pub erp_density_w_hz: f64,
    /// Lower end of what it covers.
    pub frequency_low_hz: f64,
    /// Upper end of what it covers.
    pub frequency_high_hz: f64,
}

/// Something aboard that radiates, such as a radar, and that a passive receiver can find.
#[derive(Clone, Debug, PartialEq)]
pub struct Emitter {
    /// Effective radiated power in the main beam.
    pub erp_w: f64,
    /// Carrier frequency.
    pub frequency_hz: f64,
    /// What it is, as the card names it.
    pub kind: String,
}

impl AirVehicle {
    /// The vehicle of these figures, or everything that its card lacks.
    pub fn from_figures(figures: &Figures<'_>) -> Result<AirVehicle, CardError> {
        let mut read = Reader::new(figures);
        let (class, civil) = match figures.card().detail {
            Detail::Air { class, civil } => (class, civil),
            _ => {
                read.wrong_kind(CardKind::Air);
                (TargetClass::Aircraft, false)
            }
        };
        let vehicle = AirVehicle {
            name: figures.card().name.clone(),
            class,
            civil,
            rcs: rcs(figures, &mut read),
            // Five cases exist; the range check of the card refuses others.
            swerling: read.count("swerling_case").min(4) as u8,
            typical_speed_m_s: read.si("typical_speed"),
            min_speed_m_s: read.si("min_speed"),
            max_speed_m_s: read.si("max_speed"),
            typical_altitude_m: read.si("typical_altitude"),
            min_altitude_m: read.si("min_altitude"),
            max_altitude_m: read.si("max_altitude"),
            max_acceleration_m_s2: read.si("max_acceleration"),
            climb_rate_m_s: read.si("climb_rate"),
            rcs_vhf: rcs_vhf(figures, &mut read),
            jammer: jammer(figures, &mut read),
            emitter: emitter(figures, &mut read),
        };
        read.finish(vehicle)
    }
}

/// A card gives either `rcs_nose`, `rcs_side` and `rcs_tail`, or one `rcs` for all aspects.
fn rcs(figures: &Figures<'_>, read: &mut Reader<'_, '_>) -> RcsByAspect {
    if figures.has("rcs_nose") { by_aspect(read, "") } else { all_round(read.si("rcs")) }
}

/// The same for metre waves, `rcs_nose_vhf` and so on; a card may be silent about them.
fn rcs_vhf(figures: &Figures<'_>, read: &mut Reader<'_, '_>) -> Option<RcsByAspect> {
    if ASPECTS.iter().any(|aspect| figures.has(&format!("rcs_{aspect}_vhf"))) {
        return Some(by_aspect(read, "_vhf"));
    }
    read.optional_si("rcs_vhf").map(all_round)
}

const ASPECTS: [&str; 3] = ["nose", "side", "tail"];

fn by_aspect(read: &mut Reader<'_, '_>, ending: &str) -> RcsByAspect {
    let [nose_rcs_m2, side_rcs_m2, tail_rcs_m2] =
        ASPECTS.map(|aspect| read.si(&format!("rcs_{aspect}{ending}")));
    RcsByAspect { nose_rcs_m2, side_rcs_m2, tail_rcs_m2 }
}

fn all_round(rcs_m2: f64) -> RcsByAspect {
    RcsByAspect { nose_rcs_m2: rcs_m2, side_rcs_m2: rcs_m2, tail_rcs_m2: rcs_m2 }
}

fn jammer(figures: &Figures<'_>, read: &mut Reader<'_, '_>) -> Option<Jammer> {
    figures.has("jammer_erp_density").then(|| Jammer {
        erp_density_w_hz: read.si("jammer_erp_density"),
        frequency_low_hz: read.si("jammer_frequency_low"),
        frequency_high_hz: read.si("jammer_frequency_high"),
    })
}

fn emitter(figures: &Figures<'_>, read: &mut Reader<'_, '_>) -> Option<Emitter> {
    figures.has("emitter_erp").then(|| Emitter {
        erp_w: read.si("emitter_erp"),
        frequency_hz: read.si("emitter_frequency"),
        kind: read.text("emitter_type"),
    })
}
