//! What a command knows when it decides: its picture, its own means, what it defends, its rules.

use redan_geo::{Earth, Ecef, Geodetic, LocalFrame, Span, Time};
use redan_track::{Identity, Track, TrackId};
use serde::{Deserialize, Serialize};

use crate::FlyOut;

/// Index of a fire unit in the list of the scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct UnitId(pub u32);

/// Index of an interceptor type in the list of the scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct InterceptorId(pub u32);

/// What the command believes of one type of missile: published reach and time of flight.
#[derive(Clone, Debug, PartialEq)]
pub struct Interceptor {
    /// Name, from its card.
    pub name: String,
    /// Time, speed and reach over range and altitude.
    pub fly_out: FlyOut,
    /// The engagement radar must see the target until the end.
    pub needs_illumination: bool,
    /// Fastest target that its maker claims, m/s.
    pub max_target_speed_m_s: f64,
    /// Chance that one round destroys an aircraft, as its command believes.
    pub kill_prob: f64,
}

/// Rounds of one type that a unit can launch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stock {
    /// Type of the rounds.
    pub interceptor: InterceptorId,
    /// Rounds on launchers and not yet promised to an engagement.
    pub rounds: u32,
}

/// One fire unit as its command knows it.
#[derive(Clone, Debug, PartialEq)]
pub struct FireUnit {
    /// Its number.
    pub id: UnitId,
    /// Antenna of its engagement radar.
    pub antenna: Geodetic,
    /// Centre of the radar's sector, radians clockwise from north, while it is bound to one by an
    /// engagement; `None` while it is free to slew.
    pub facing_rad: Option<f64>,
    /// Width of the sector in which it can engage at one time, radians.
    pub sector_rad: f64,
    /// Sector of fire that it was given: centre, radians clockwise from north, and width; `None` for all
    /// round.
    pub fires_rad: Option<(f64, f64)>,
    /// Lowest and highest elevation of the engagement radar, radians.
    pub elevation_rad: (f64, f64),
    /// Instrumented range of the engagement radar, metres.
    pub instrumented_range_m: f64,
    /// Targets that it may engage in addition.
    pub free_target_channels: u32,
    /// Missiles that it may guide in addition.
    pub free_missile_channels: u32,
    /// Time from an order to the first launch.
    pub reaction: Span,
    /// The engagement radar works and radiates.
    pub ready: bool,
    /// What it can launch.
    pub stocks: Vec<Stock>,
}

/// An engagement under way, as the command remembers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Commitment {
    /// Track that is engaged.
    pub track: TrackId,
    /// Unit that engages.
    pub unit: UnitId,
}

/// A place to defend.
#[derive(Clone, Debug, PartialEq)]
pub struct Asset {
    /// Name, as in the scenario.
    pub name: String,
    /// Its place.
    pub place: Geodetic,
    /// An object that will pass closer than this is taken to threaten it, metres.
    pub radius_m: f64,
    /// Worth against other assets; 1 is the ordinary.
    pub weight: f64,
}

/// Weapon control status, as NATO words it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WeaponsControl {
    /// Fire at nothing.
    Hold,
    /// Fire at what is identified as hostile.
    Tight,
    /// Fire at what is not identified as friend or neutral.
    Free,
}

impl WeaponsControl {
    /// Whether a track of this identity may be fired at.
    pub fn permits(self, identity: Identity) -> bool {
        match self {
            WeaponsControl::Hold => false,
            WeaponsControl::Tight => identity == Identity::Hostile,
            WeaponsControl::Free => {
                matches!(identity, Identity::Unknown | Identity::Suspect | Identity::Hostile)
            }
        }
    }
}

/// Rules of engagement of one network.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rules {
    /// Weapon control status.
    pub weapons: WeaponsControl,
    /// Engage also what threatens no asset, as long as it comes closer to one of the units.
    pub engage_approaching: bool,
}

/// Everything that a command knows at one decision.
pub struct Situation<'a> {
    /// The moment.
    pub now: Time,
    /// Earth for line of sight: own map knowledge.
    pub earth: &'a Earth,
    /// Frame of the tracks.
    pub frame: &'a LocalFrame,
    /// The picture, in order of track numbers.
    pub tracks: &'a [Track],
    /// Own fire units, in order of their numbers.
    pub units: &'a [FireUnit],
    /// Interceptor types, indexed by [`InterceptorId`].
    pub interceptors: &'a [Interceptor],
    /// Engagements under way, in order of tracks.
    pub commitments: &'a [Commitment],
    /// Tracks whose target was called destroyed after an engagement, in order.
    pub called_killed: &'a [TrackId],
    /// What is defended.
    pub assets: &'a [Asset],
    /// Rules of engagement.
    pub rules: Rules,
    /// Tracks that are in a zone with a weapon control status of its own, in order of their numbers.
    pub zoned: &'a [(TrackId, WeaponsControl)],
}

impl Situation<'_> {
    /// Unit that already engages a track, if any.
    pub fn committed(&self, track: TrackId) -> Option<UnitId> {
        self.commitments.iter().find(|c| c.track == track).map(|c| c.unit)
    }

    /// Weapon control status that holds for a track: that of the zone it is in, else the network's.
    pub fn weapons_for(&self, track: TrackId) -> WeaponsControl {
        let zoned = self.zoned.binary_search_by_key(&track, |(track, _)| *track);
        zoned.map_or(self.rules.weapons, |index| self.zoned[index].1)
    }

    /// Where the command believes a track to be now, Earth-centred.
    pub fn believed(&self, track: &Track) -> Ecef {
        self.frame.ecef(track.kinematics.position_at(self.now))
    }
}
