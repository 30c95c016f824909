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
        };
        read.finish(vehicle)
    }
}

/// A card gives either `rcs_nose`, `rcs_side` and `rcs_tail`, or one `rcs` for all aspects.
fn rcs(figures: &Figures<'_>, read: &mut Reader<'_, '_>) -> RcsByAspect {
    if !figures.has("rcs_nose") {
        let rcs_m2 = read.si("rcs");
        return RcsByAspect { nose_rcs_m2: rcs_m2, side_rcs_m2: rcs_m2, tail_rcs_m2: rcs_m2 };
    }
    RcsByAspect {
        nose_rcs_m2: read.si("rcs_nose"),
        side_rcs_m2: read.si("rcs_side"),
        tail_rcs_m2: read.si("rcs_tail"),
    }
}
