//! What is noted of each aircraft.

use redan_geo::Time;
use redan_track::Identity;
use serde::{Deserialize, Serialize};

use crate::{AssetId, MissileId, RadarId, Side};

/// What became of an aircraft: the first thing that ended its part in the run. One that leaks and is
/// destroyed on its way back has leaked; it still counts as a kill too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fate", rename_all = "kebab-case")]
pub enum Fate {
    /// It never began its flight within the run.
    #[default]
    NeverAppeared,
    /// It still flew when the run ended.
    Flying,
    /// It was destroyed by a missile.
    Destroyed {
        /// When.
        at: Time,
        /// By which missile.
        missile: MissileId,
    },
    /// It reached the asset that it was sent against.
    Leaked {
        /// When.
        at: Time,
        /// The asset.
        asset: AssetId,
    },
    /// It left at the end of its route.
    Left {
        /// When.
        at: Time,
    },
}

impl Fate {
    /// The word printed for it.
    pub fn word(self) -> &'static str {
        match self {
            Fate::NeverAppeared => "never appeared",
            Fate::Flying => "still flying",
            Fate::Destroyed { .. } => "destroyed",
            Fate::Leaked { .. } => "leaked",
            Fate::Left { .. } => "left",
        }
    }

    /// When it ended its part in the run; `None` while it flies.
    pub fn at(self) -> Option<Time> {
        match self {
            Fate::NeverAppeared | Fate::Flying => None,
            Fate::Destroyed { at, .. } | Fate::Leaked { at, .. } | Fate::Left { at } => Some(at),
        }
    }
}

/// A first detection.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Detection {
    /// When.
    pub at: Time,
    /// By which radar.
    pub radar: RadarId,
    /// Slant range, metres.
    pub range_m: f64,
}

/// What is noted of one aircraft. Every time is that of the first such event; `None` means that it did
/// not happen.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct AircraftMeasures {
    /// Whose it is.
    pub side: Side,
    /// It began its flight.
    pub appeared: Option<Time>,
    /// A beam passed over it while it was in view.
    pub first_look: Option<Time>,
    /// A look detected it.
    pub first_detection: Option<Detection>,
    /// A confirmed track followed it, in whichever network.
    pub first_confirmed: Option<Time>,
    /// A track that followed it was judged to be other than pending, and what.
    pub first_identified: Option<(Time, Identity)>,
    /// The latest such judgement.
    pub last_identity: Option<Identity>,
    /// A track that followed it was called hostile.
    pub first_hostile: Option<Time>,
    /// An engagement of it was ordered.
    pub first_ordered: Option<Time>,
    /// A missile was launched at it.
    pub first_launched: Option<Time>,
    /// Missiles launched at it.
    pub rounds_at: u32,
    /// It reached its asset.
    pub leaked: Option<Time>,
    /// It was destroyed.
    pub destroyed: Option<Time>,
    end: Option<Fate>,
}

impl AircraftMeasures {
    pub(super) fn new(side: Side) -> Self {
        Self {
            side,
            appeared: None,
            first_look: None,
            first_detection: None,
            first_confirmed: None,
            first_identified: None,
            last_identity: None,
            first_hostile: None,
            first_ordered: None,
            first_launched: None,
            rounds_at: 0,
            leaked: None,
            destroyed: None,
            end: None,
        }
    }

    /// Whether its part in the run is over.
    pub(super) fn has_ended(&self) -> bool {
        self.end.is_some()
    }

    /// What became of it so far.
    pub fn fate(&self) -> Fate {
        match (self.end, self.appeared) {
            (Some(end), _) => end,
            (None, Some(_)) => Fate::Flying,
            (None, None) => Fate::NeverAppeared,
        }
    }

    pub(super) fn ends(&mut self, fate: Fate) {
        self.end.get_or_insert(fate);
    }
}
