//! A scenario after checking: all names looked up, all cards read, all units SI. The engine reads
//! nothing else. Everything here is correct by construction; [`crate::scenario::Draft`] is the only maker.

use redan_command::WeaponsControl;
use redan_geo::{Earth, Geodetic, Span, Time};
use redan_record::Side;
use redan_track::Identity;
pub use redan_track::Mode;

use crate::card;

use super::identity::{Consent, Identification, Order, Transponder};

/// One battle to run.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Title.
    pub title: String,
    /// The question that it is to answer.
    pub question: String,
    /// Name of the variant that was applied; empty for none.
    pub variant: String,
    /// Start in UTC, ISO 8601.
    pub start_utc: String,
    /// Length of the battle.
    pub duration: Span,
    /// Interval at which true places are recorded.
    pub sample: Span,
    /// Earth: effective radius and relief.
    pub earth: Earth,
    /// What waves meet on their way.
    pub environment: Environment,
    /// Networks.
    pub networks: Vec<Network>,
    /// Fire units, of all networks.
    pub units: Vec<Unit>,
    /// Radars, of all networks: search radars and engagement radars.
    pub radars: Vec<Radar>,
    /// Launchers, of all units.
    pub launchers: Vec<Launcher>,
    /// Interceptor types in use.
    pub interceptors: Vec<Interceptor>,
    /// Aircraft, one entry for each member of a flight.
    pub aircraft: Vec<Aircraft>,
    /// What is defended.
    pub assets: Vec<Asset>,
    /// Airways, corridors, zones, flight plans, and who answers from the ground.
    pub order: Order,
}

/// What waves meet on their way: the air, the rain and the ground. The same everywhere.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Environment {
    /// Diffraction, multipath, air, rain and clutter count; else waves travel as in free space wherever
    /// nothing stands between.
    pub full: bool,
    /// What the ground is for radar waves.
    pub surface: Surface,
    /// Standard deviation of the height of the ground or sea that the relief does not show, metres.
    pub roughness_m: f64,
    /// Sea state by Douglas.
    pub sea_state: u8,
    /// Constant gamma of land clutter, decibels.
    pub clutter_gamma_db: f64,
    /// Rain at the ground, millimetres an hour.
    pub rain_mm_h: f64,
}

impl Environment {
    /// The open sea in a sea state of 3, with waves of 0.9 m.
    pub fn sea() -> Self {
        Self { surface: Surface::Sea, roughness_m: 0.22, ..Self::default() }
    }
}

/// What the ground is for radar waves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Surface {
    /// Land.
    Land,
    /// Sea.
    Sea,
}

/// Dry land with fields and bushes, no rain: choices of ours, and the first things to vary. A gamma of
/// −15 dB is Barton's rural land (*Radar Equations for Modern Radar*, 2013, chapter 9), a roughness of
/// a metre that of fields.
impl Default for Environment {
    fn default() -> Self {
        Self {
            full: true,
            surface: Surface::Land,
            roughness_m: 1.0,
            sea_state: 3,
            clutter_gamma_db: -15.0,
            rain_mm_h: 0.0,
        }
    }
}

/// A tracker, a doctrine, and the rules they follow.
#[derive(Clone, Debug)]
pub struct Network {
    /// Unique name.
    pub name: String,
    /// Origin of the tracker's frame: the mean place of its radars.
    pub origin: Geodetic,
    /// Tracker, one of [`redan_track::AnyTracker::NAMES`].
    pub tracker: String,
    /// Doctrine, one of [`redan_command::AnyDoctrine::NAMES`].
    pub doctrine: String,
    /// Rounds in one salvo, reserve and assignment, for a doctrine that fires.
    pub firing: redan_command::Settings,
    /// Secure and civil modes that its interrogators read.
    pub reads: Vec<Mode>,
    /// Weapon control status.
    pub weapons: WeaponsControl,
    /// Engage also what approaches a unit without threatening an asset.
    pub engage_approaching: bool,
    /// Interrogations that must stay unanswered before silence means anything.
    pub silent_interrogations: u32,
    /// What silence means.
    pub silence_means: Identity,
    /// Figures of its command post.
    pub post: card::CommandPost,
    /// How it weighs evidence; `None` where it goes by replies and silence alone.
    pub identification: Option<Identification>,
    /// Whose consent its orders need.
    pub consent: Option<Consent>,
    /// Whether guidance by illumination may go over to what stands out in the beam.
    pub transfers: bool,
}

/// A fire unit: an engagement radar with its launchers.
#[derive(Clone, Debug)]
pub struct Unit {
    /// Unique name.
    pub name: String,
    /// Index of its network.
    pub network: usize,
    /// Index of its engagement radar in [`Scenario::radars`].
    pub radar: usize,
    /// Its sector of fire: centre, radians clockwise from north, and width; `None` for all round.
    pub fires_rad: Option<(f64, f64)>,
}

/// A radar.
#[derive(Clone, Debug)]
pub struct Radar {
    /// Unique name: unit's name, a slash, the radar's.
    pub name: String,
    /// Id of its card.
    pub card: String,
    /// Index of its network.
    pub network: usize,
    /// Index of the fire unit whose engagement radar it is.
    pub unit: Option<usize>,
    /// Place of the antenna's phase centre; the mast is in the height.
    pub antenna: Geodetic,
    /// Direction that a sector radar faces, or where a rotating one starts, radians from north.
    pub heading_rad: f64,
    /// When it radiates, in order and apart; empty for always.
    pub radiates: Vec<(Time, Time)>,
    /// Error of its north, radians clockwise: what it reports is turned by so much about it.
    pub north_error_rad: f64,
    /// Figures of its card.
    pub figures: card::Radar,
    /// Figures of the interrogator that looks where the radar looks, if it has one.
    pub interrogator: card::Interrogator,
}

/// A launcher.
#[derive(Clone, Debug)]
pub struct Launcher {
    /// Unique name.
    pub name: String,
    /// Index of its fire unit.
    pub unit: usize,
    /// Its place.
    pub place: Geodetic,
    /// Rounds at the start: index of the interceptor, number.
    pub load: Vec<(usize, u32)>,
    /// Figures of its card.
    pub figures: card::Launcher,
}

/// An interceptor type.
#[derive(Clone, Debug)]
pub struct Interceptor {
    /// Id of its card.
    pub card: String,
    /// Figures of its card.
    pub figures: card::Missile,
}

/// One aircraft, cruise missile or drone.
#[derive(Clone, Debug)]
pub struct Aircraft {
    /// Unique name.
    pub name: String,
    /// Name of its flight.
    pub flight: String,
    /// Id of its card.
    pub card: String,
    /// Whose it is.
    pub side: Side,
    /// Figures of its card, with the scenario's own cross-section where it gives one.
    pub figures: card::AirVehicle,
    /// When it appears at the first point of its route.
    pub start: Time,
    /// At least two points.
    pub route: Vec<Waypoint>,
    /// Offset to the right of the route, metres: its place in the formation.
    pub offset_right_m: f64,
    /// Index of the asset that it is to reach.
    pub target: Option<usize>,
    /// Distance from the target at which it counts as having got through, metres: it releases its
    /// weapons there.
    pub release_m: f64,
    /// Its transponder.
    pub transponder: Transponder,
    /// Whether its jammer works, where its card has one.
    pub jams: bool,
    /// Whether its emitter works, where its card has one.
    pub emits: bool,
}

/// A point of a route.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Waypoint {
    /// Latitude, radians.
    pub lat_rad: f64,
    /// Longitude, radians.
    pub lon_rad: f64,
    /// Height there; between two points it changes linearly where both are of the same kind, else
    /// the kind of the earlier point holds until the later one.
    pub height: Height,
    /// Ground speed from here to the next point, m/s.
    pub speed_m_s: f64,
}

/// A height as an author gives it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Height {
    /// Above mean sea level, metres.
    Msl(f64),
    /// Above the ground below, metres.
    Agl(f64),
}

/// A place to defend.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Unique name.
    pub name: String,
    /// Its place.
    pub place: Geodetic,
    /// What passes closer than this is taken to threaten it, metres.
    pub radius_m: f64,
    /// Worth against other assets.
    pub weight: f64,
}
