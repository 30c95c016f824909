//! The names behind the numbers: what takes part in a run.

use redan_command::WeaponsControl;
use redan_geo::{Geodetic, Span};
use serde::{Deserialize, Serialize};

/// Whose an aircraft is. Truth: no tracker and no doctrine ever sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// Attacks the assets.
    Hostile,
    /// Belongs to the defenders or their allies.
    Friendly,
    /// Civil or uninvolved.
    Neutral,
}

impl Side {
    /// The word printed for it.
    pub fn word(self) -> &'static str {
        match self {
            Side::Hostile => "hostile",
            Side::Friendly => "friendly",
            Side::Neutral => "neutral",
        }
    }
}

/// What kind of thing flies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AirClass {
    /// Fighters, bombers, airliners.
    Aircraft,
    /// Missiles that fly on wings.
    CruiseMissile,
    /// Unmanned aircraft, one-way ones included.
    Drone,
    /// Missiles that fall.
    Ballistic,
}

/// Everything that takes part in a run, by name. Indices are the numbers in events.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Roster {
    /// Title of the scenario.
    pub title: String,
    /// Its question.
    pub question: String,
    /// Variant that was run; empty for the scenario as it stands.
    pub variant: String,
    /// Start in UTC, ISO 8601.
    pub start_utc: String,
    /// Length of the run.
    pub duration: Span,
    /// Aircraft, cruise missiles and drones.
    pub aircraft: Vec<AircraftEntry>,
    /// Radars.
    pub radars: Vec<RadarEntry>,
    /// Networks.
    pub networks: Vec<NetworkEntry>,
    /// Fire units, indexed by [`redan_command::UnitId`].
    pub units: Vec<UnitEntry>,
    /// Launchers.
    pub launchers: Vec<LauncherEntry>,
    /// Interceptor types, indexed by [`redan_command::InterceptorId`].
    pub interceptors: Vec<InterceptorEntry>,
    /// Assets to defend.
    pub assets: Vec<AssetEntry>,
}

/// One aircraft.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AircraftEntry {
    /// Unique name: the flight's name, with `-1`, `-2` … behind it in a formation of several.
    pub name: String,
    /// Flight that it belongs to.
    pub flight: String,
    /// Card that it was made from.
    pub card: String,
    /// Plain name of the type.
    pub type_name: String,
    /// What kind of thing it is.
    pub class: AirClass,
    /// Whose it is.
    pub side: Side,
    /// Asset that it is to reach.
    pub target: Option<u32>,
    /// Cross-section that the scenario gave it head-on, square metres.
    pub rcs_m2: f64,
}

/// One radar.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RadarEntry {
    /// Unique name, such as `Murted/91N6E`.
    pub name: String,
    /// Card that it was made from.
    pub card: String,
    /// Network that its plots go to.
    pub network: u32,
    /// Fire unit whose engagement radar it is.
    pub unit: Option<u32>,
    /// Place of the antenna, phase centre included in the height.
    pub antenna: Geodetic,
    /// Instrumented range, metres.
    pub instrumented_range_m: f64,
}

/// One network.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NetworkEntry {
    /// Unique name.
    pub name: String,
    /// Origin of the tracker's frame.
    pub origin: Geodetic,
    /// Its tracker.
    pub tracker: String,
    /// Its doctrine.
    pub doctrine: String,
    /// Weapon control status.
    pub weapons: WeaponsControl,
}

/// One fire unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UnitEntry {
    /// Unique name.
    pub name: String,
    /// Network that it belongs to.
    pub network: u32,
    /// Place of the engagement radar's antenna.
    pub place: Geodetic,
    /// Target channels.
    pub target_channels: u32,
    /// Missile channels.
    pub missile_channels: u32,
    /// Rounds at the start, of all types.
    pub rounds: u32,
}

/// One launcher.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LauncherEntry {
    /// Unique name.
    pub name: String,
    /// Fire unit that it belongs to.
    pub unit: u32,
    /// Its place.
    pub place: Geodetic,
    /// What it is loaded with at the start: interceptor and rounds.
    pub load: Vec<(u32, u32)>,
}

/// One interceptor type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InterceptorEntry {
    /// Plain name.
    pub name: String,
    /// Card that it was made from.
    pub card: String,
    /// Published reach, metres: the circle on the news map.
    pub claimed_range_m: f64,
}

/// One asset.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AssetEntry {
    /// Unique name.
    pub name: String,
    /// Its place.
    pub place: Geodetic,
}
