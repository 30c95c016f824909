//! Orders, and the reasons for there being none.

use redan_track::{Identity, TrackId};
use serde::{Deserialize, Serialize};

use crate::{Intercept, InterceptorId, Threat, UnitId};

/// A decision to engage one track with one unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Order {
    /// Whom.
    pub track: TrackId,
    /// By whom.
    pub unit: UnitId,
    /// With what.
    pub interceptor: InterceptorId,
    /// Rounds of the first salvo.
    pub rounds: u32,
    /// Where and when the first round is expected to meet the target, counted from the decision.
    pub intercept: Intercept,
}

/// The figure by which something fails, in the unit of the field that it comes from: to be compared
/// with another of the same kind only.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Shortfall(pub f64);

impl Shortfall {
    /// Whether two are within a factor of two of each other.
    pub fn is_near(self, other: Shortfall) -> bool {
        self.0 <= 2.0 * other.0 && other.0 <= 2.0 * self.0
    }
}

/// Why a track is not engaged, with the figure by which it fails.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "kebab-case")]
pub enum Reason {
    /// The rules of engagement do not permit fire at this identity.
    Identity {
        /// Who the track is thought to be.
        identity: Identity,
    },
    /// Weapons are on hold.
    WeaponsHold,
    /// Another network was asked for its consent and has not answered yet.
    AwaitingConsent,
    /// Another network does not consent.
    ConsentRefused,
    /// The link to the network whose consent is needed is cut.
    LinkCut,
    /// It threatens no asset and does not come closer.
    NoThreat,
    /// An engagement of it is under way.
    AlreadyEngaged,
    /// Its target was called destroyed after an engagement.
    CalledKilled,
    /// Its track is carried along without plots: nobody fires at that.
    Coasting {
        /// Time since its last plot, seconds.
        for_s: f64,
    },
    /// No missile reaches the predicted intercept.
    OutOfReach {
        /// Missing reach, metres.
        short_by_m: f64,
    },
    /// It will be closer than the missile's minimum range.
    TooClose {
        /// Missing distance, metres.
        short_by_m: f64,
    },
    /// It flies below the missile's lowest altitude.
    BelowFloor {
        /// Missing altitude, metres.
        short_by_m: f64,
    },
    /// It flies above the missile's ceiling.
    AboveCeiling {
        /// Excess altitude, metres.
        excess_m: f64,
    },
    /// It is faster than the missile's maker claims to cope with.
    TooFast {
        /// Excess speed, m/s.
        excess_m_s: f64,
    },
    /// The engagement radar cannot see it.
    BelowHorizon {
        /// Missing elevation, radians.
        short_by_rad: f64,
    },
    /// It lies outside the elevation limits of the engagement radar.
    OutsideElevation {
        /// Missing elevation, radians.
        short_by_rad: f64,
    },
    /// It lies outside the instrumented range of the engagement radar.
    OutsideRange {
        /// Missing range, metres.
        short_by_m: f64,
    },
    /// The radar is bound to another sector by the engagements it has.
    OutsideSector {
        /// Angle outside the sector, radians.
        off_by_rad: f64,
    },
    /// It lies outside the sector of fire that the unit was given.
    OutsideSectorOfFire {
        /// Angle outside the sector, radians.
        off_by_rad: f64,
    },
    /// All target channels are taken.
    NoTargetChannel,
    /// All missile channels are taken.
    NoMissileChannel,
    /// No round of a suitable type is left.
    NoRounds,
    /// The rounds that are left are kept for threats to more valuable assets.
    Reserved,
    /// The unit's radar is off, moving or destroyed.
    UnitNotReady,
    /// The network has no fire unit.
    NoUnit,
    /// The doctrine chose not to.
    DoctrineHolds,
}

impl Reason {
    /// The figure by which it fails, in the unit of its field; `None` for a reason without one.
    pub fn shortfall(&self) -> Option<Shortfall> {
        let figure =
            match *self {
                Reason::OutOfReach { short_by_m }
                | Reason::TooClose { short_by_m }
                | Reason::BelowFloor { short_by_m }
                | Reason::OutsideRange { short_by_m } => Some(short_by_m),
                Reason::AboveCeiling { excess_m } => Some(excess_m),
                Reason::TooFast { excess_m_s } => Some(excess_m_s),
                Reason::BelowHorizon { short_by_rad }
                | Reason::OutsideElevation { short_by_rad } => Some(short_by_rad),
                Reason::OutsideSector { off_by_rad }
                | Reason::OutsideSectorOfFire { off_by_rad } => Some(off_by_rad),
                Reason::Coasting { for_s } => Some(for_s),
                _ => None,
            };
        figure.map(Shortfall)
    }

    /// The same kind with a figure of the same order: nothing worth recording again.
    pub fn is_like(&self, other: &Reason) -> bool {
        let near = self.shortfall().zip(other.shortfall()).is_none_or(|(a, b)| a.is_near(b));
        self.same_kind(other) && near
    }

    /// Same reason, whatever its figure.
    pub fn same_kind(&self, other: &Reason) -> bool {
        match (self, other) {
            (Reason::Identity { identity: a }, Reason::Identity { identity: b }) => a == b,
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
        }
    }

    /// How near the reason is to an engagement: of the reasons of several units and missiles the
    /// nearest is reported, since it is the one whose removal would matter.
    pub fn nearness(&self) -> u8 {
        match self {
            Reason::NoUnit => 0,
            Reason::UnitNotReady => 1,
            Reason::WeaponsHold | Reason::Identity { .. } => 2,
            Reason::NoThreat | Reason::DoctrineHolds | Reason::Coasting { .. } => 3,
            // An empty type hides nothing: while another type has rounds, its reason is told.
            Reason::NoRounds | Reason::Reserved | Reason::OutsideSectorOfFire { .. } => 4,
            Reason::TooFast { .. } | Reason::AboveCeiling { .. } | Reason::BelowFloor { .. } => 5,
            Reason::OutsideRange { .. } | Reason::OutsideElevation { .. } => 6,
            Reason::BelowHorizon { .. } => 7,
            Reason::OutOfReach { .. } | Reason::TooClose { .. } => 8,
            Reason::OutsideSector { .. } => 9,
            Reason::NoMissileChannel => 10,
            Reason::NoTargetChannel => 11,
            Reason::AwaitingConsent | Reason::ConsentRefused | Reason::LinkCut => 12,
            Reason::AlreadyEngaged | Reason::CalledKilled => 13,
        }
    }
}

/// A track without an order, and why.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Withheld {
    /// The track.
    pub track: TrackId,
    /// The unit that came nearest to an engagement; `None` where no unit was asked.
    pub unit: Option<UnitId>,
    /// Its reason.
    pub reason: Reason,
}

/// What a command decided at one moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Decision {
    /// Threats, most urgent first.
    pub threats: Vec<Threat>,
    /// Orders, in the order in which they were made.
    pub orders: Vec<Order>,
    /// One entry for every confirmed track that got no order, in order of track numbers.
    pub withheld: Vec<Withheld>,
}
