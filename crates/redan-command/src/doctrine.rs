//! Doctrines: who is engaged first, by whom, with how many rounds.

use redan_track::Track;

use crate::firing::{Fire, Firing, Settings};
use crate::{Decision, Reason, Situation, Threat, Withheld, check, threat};

/// A doctrine: a situation in, orders out. Implement it to bring your own; it never sees truth, and
/// what it orders is checked again before it is carried out.
pub trait Doctrine: Send + Sync {
    /// Decides. Must be a pure function of its own state and the situation.
    fn decide(&mut self, situation: &Situation<'_>) -> Decision;

    /// A copy, so that a battle can be forked.
    fn boxed_clone(&self) -> Box<dyn Doctrine>;
}

/// The doctrines that redan ships, and one of your own.
pub enum AnyDoctrine {
    /// Fire in one of several ways, see [`Fire`].
    Firing(Firing),
    /// Watch only.
    HoldFire,
    /// A researcher's own.
    Custom(Box<dyn Doctrine>),
}

impl AnyDoctrine {
    /// Names that [`AnyDoctrine::by_name`] knows.
    pub const NAMES: [&str; 4] = ["shoot-look-shoot", "salvo", "layered", "hold-fire"];

    /// Doctrine by its name in a scenario file, which is that of the way of fire.
    pub fn by_name(name: &str, settings: Settings) -> Option<AnyDoctrine> {
        let firing = |fire| AnyDoctrine::Firing(Firing::new(fire, settings));
        match name {
            "shoot-look-shoot" => Some(firing(Fire::ShootLookShoot)),
            "salvo" => Some(firing(Fire::Salvo)),
            "layered" => Some(firing(Fire::Layered)),
            "hold-fire" => Some(AnyDoctrine::HoldFire),
            _ => None,
        }
    }

    /// Decides.
    pub fn decide(&mut self, situation: &Situation<'_>) -> Decision {
        match self {
            AnyDoctrine::Firing(doctrine) => doctrine.decide(situation),
            AnyDoctrine::HoldFire => hold_fire(situation),
            AnyDoctrine::Custom(doctrine) => doctrine.decide(situation),
        }
    }
}

impl Clone for AnyDoctrine {
    fn clone(&self) -> Self {
        match self {
            AnyDoctrine::Firing(doctrine) => AnyDoctrine::Firing(doctrine.clone()),
            AnyDoctrine::HoldFire => AnyDoctrine::HoldFire,
            AnyDoctrine::Custom(doctrine) => AnyDoctrine::Custom(doctrine.boxed_clone()),
        }
    }
}

fn hold_fire(situation: &Situation<'_>) -> Decision {
    Decision {
        threats: threat::evaluate(situation),
        orders: Vec::new(),
        withheld: confirmed(situation)
            .map(|track| Withheld { track: track.id, unit: None, reason: Reason::DoctrineHolds })
            .collect(),
    }
}

pub(crate) fn confirmed<'a>(situation: &'a Situation<'_>) -> impl Iterator<Item = &'a Track> {
    situation.tracks.iter().filter(|track| track.confirmed.is_some())
}

/// Confirmed tracks that threaten nothing: who they are comes first, that they are harmless second.
pub(crate) fn not_threatening(situation: &Situation<'_>, threats: &[Threat]) -> Vec<Withheld> {
    confirmed(situation)
        .filter(|track| !threats.iter().any(|threat| threat.track == track.id))
        .map(|track| Withheld {
            track: track.id,
            unit: None,
            reason: check::permitted(situation, track).err().unwrap_or(Reason::NoThreat),
        })
        .collect()
}
