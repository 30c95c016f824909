//! What may stand in a scenario file: every table, every field, its unit and what it means.
//!
//! These types are the one description of the file: the reader, the JSON Schema and its help texts
//! come from them. Nothing here looks at another field; that is the work of the checks.

use std::borrow::Cow;

use redan_geo::Geodetic;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::problem::{Collector, Spot};
use super::read::{Any, At, FromNode, List, Named, Needed, mismatch, table, words};
use super::tree::{Node, Value};

table! {
    /// A battle for redan: who defends what with which means, and who comes.
    File {
        /// Title, one line.
        title: Needed<String>,
        /// The question that the scenario is to answer, one sentence.
        question: Needed<String>,
        /// Start of the battle in UTC, such as 2026-05-12T04:00:00Z.
        start: Needed<Start>,
        /// Length of the battle, minutes; at most 1440.
        duration_min: Needed<f64>,
        /// Interval at which true places are recorded, seconds; 5 unless given.
        sample_s: Option<At<f64>>,
        /// Relief: "auto" takes tiles that are on the disk and else the smooth Earth, "smooth" is
        /// the Earth without relief, anything else is a raster file or a folder of tiles, seen from
        /// the folder of this file. "auto" unless given.
        terrain: Option<At<String>>,
        /// Propagation.
        environment: Option<Environment>,
        /// Networks: a tracker, a doctrine, and the rules that both follow.
        network: Option<List<Network>>,
        /// Units on the ground: battalions, and radars that stand alone.
        unit: Option<List<Unit>>,
        /// Flights of aircraft, cruise missiles and drones.
        flight: Option<List<Flight>>,
        /// What is defended.
        asset: Option<List<Asset>>,
        /// Figures that are read otherwise than the cards propose: by card, then by parameter.
        figures: Option<Named<Named<Choice>>>,
        /// Named changes to this file.
        variants: Option<Named<Variant>>,
    }
}

table! {
    /// Propagation of radio waves, weather, and the ground as radars see it.
    Environment {
        /// Effective radius of the Earth as a multiple of the true one; 4/3 unless given. Not with
        /// surface_refractivity.
        earth_factor: Option<At<f64>>,
        /// Refractivity at the surface, N-units, 200 to 450: the effective radius follows from it.
        surface_refractivity: Option<At<f64>>,
        /// How waves travel: "full" with diffraction, multipath, air and rain, "line-of-sight" as in
        /// free space wherever nothing stands between; "full" unless given.
        propagation: Option<At<Propagation>>,
        /// What the ground is for radar waves, "land" or "sea"; "land" unless given.
        surface: Option<At<Surface>>,
        /// Height of the small roughness that the relief does not show, one standard deviation,
        /// metres; 1 for land and a quarter of the wave height of the sea unless given.
        roughness_m: Option<At<f64>>,
        /// Sea state by Douglas, 0 to 8; 3 unless given.
        sea_state: Option<At<u32>>,
        /// Reflectivity of the ground as seen from straight above, decibels: the constant gamma of land
        /// clutter; -15 unless given.
        clutter_gamma_db: Option<At<f64>>,
        /// Rain at the ground everywhere, millimetres an hour; 0 unless given.
        rain_mm_h: Option<At<f64>>,
    }
}

table! {
    /// A tracker, a doctrine, and the rules of engagement.
    Network {
        /// Unique name.
        name: At<String>,
        /// Tracker: "nearest" (unless given), "gnn" or "jpda".
        tracker: Option<At<String>>,
        /// Doctrine; "shoot-look-shoot" unless given.
        doctrine: Option<At<String>>,
        /// Rounds in one salvo, 1 to 8; 2 unless given.
        salvo: Option<At<u32>>,
        /// Replies that its interrogators can read; none unless given.
        reads: Option<List<At<Mode>>>,
        /// Weapon control status: "hold" fires at nothing, "tight" at what is identified as hostile,
        /// "free" at what is not identified as friend or neutral.
        weapons: Needed<Weapons>,
        /// Engage also what threatens no asset but approaches a unit; false unless given.
        engage_approaching: Option<At<bool>>,
        /// Interrogations that must stay unanswered before silence means anything, 1 to 100; 3
        /// unless given.
        silent_interrogations: Option<At<u32>>,
        /// What silence means; "suspect" unless given.
        silence_means: Option<At<Silence>>,
        /// Card of its command post, such as "s-400/55k6e"; that of its first battalion unless given.
        /// A network of radars alone must give it.
        post: Option<At<String>>,
    }
}

table! {
    /// A battalion, or a radar that stands alone.
    Unit {
        /// Unique name.
        name: At<String>,
        /// Card of a battalion or of a search radar.
        card: Needed<String>,
        /// Place: latitude and longitude, degrees.
        at: Needed<Place>,
        /// Direction that it faces, degrees from north; 0 unless given.
        heading_deg: Option<At<f64>>,
        /// Network that it belongs to.
        network: Needed<String>,
        /// Height above ground of the antenna of a radar, metres, where it stands on a mast: by the
        /// card of the radar.
        masts: Option<Named<At<f64>>>,
        /// Members that are missing, by their cards.
        without: Option<List<At<String>>>,
        /// What the launchers carry, where it differs from the card.
        loads: Option<List<Load>>,
        /// When its radars radiate, minutes from the start of the battle: [[from, until], …]; always
        /// unless given.
        radiates_min: Option<List<At<Interval>>>,
    }
}

table! {
    /// Launchers that carry the same missile.
    Load {
        /// Card of the missile.
        missile: At<String>,
        /// Launchers that carry it; all that are left unless given.
        launchers: Option<At<u32>>,
        /// Rounds on each; as many as fit unless given.
        rounds: Option<At<u32>>,
    }
}

table! {
    /// Aircraft, cruise missiles or drones that fly together, abreast.
    Flight {
        /// Unique name; the members of a flight of several get -1, -2 and so on behind it.
        name: At<String>,
        /// Card of the type.
        card: Needed<String>,
        /// Whose it is.
        side: Needed<Side>,
        /// Number of members, 1 to 500; 1 unless given.
        count: Option<At<u32>>,
        /// Distance between neighbours, metres; 500 unless given.
        spacing_m: Option<At<f64>>,
        /// Points of the route, at least two.
        route: List<Waypoint>,
        /// When it is at the first point, seconds; 0 unless given.
        start_s: Option<At<f64>>,
        /// When it is at the last point, seconds: its time on target. The start follows from it.
        arrive_s: Option<At<f64>>,
        /// Asset that it is to reach.
        target: Option<At<String>>,
        /// Distance from the target at which it releases its weapons and counts as having got
        /// through, kilometres. Without it, it flies into its target at the end of its route.
        release_km: Option<At<f64>>,
        /// Replies that its transponder gives; none unless given.
        transponder: Option<List<At<Mode>>>,
        /// Radar cross-section from all sides, square metres, instead of the figures of the card.
        rcs_m2: Option<At<f64>>,
        /// Whether its jammer works; true for a card with a jammer unless given.
        jams: Option<At<bool>>,
        /// Whether its own radar or other emitter works; true for a card with one unless given.
        emits: Option<At<bool>>,
    }
}

table! {
    /// A point of a route. Height and speed hold on from the point before, and at the first point
    /// from the card.
    Waypoint {
        /// Place: latitude and longitude, degrees.
        at: Needed<Place>,
        /// Height above mean sea level, metres.
        altitude_m: Option<At<f64>>,
        /// Height above the ground, metres.
        agl_m: Option<At<f64>>,
        /// Height as a flight level, hundreds of feet.
        flight_level: Option<At<f64>>,
        /// Ground speed from here on, metres per second.
        speed_m_s: Option<At<f64>>,
        /// Ground speed from here on, knots.
        speed_kt: Option<At<f64>>,
    }
}

table! {
    /// A place to defend.
    Asset {
        /// Unique name.
        name: At<String>,
        /// Place: latitude and longitude, degrees.
        at: Needed<Place>,
        /// Height above the ground, metres; 0 unless given.
        height_m: Option<At<f64>>,
        /// What passes closer than this is taken to threaten it, kilometres; 10 unless given.
        radius_km: Option<At<f64>>,
        /// Worth against other assets; 1 unless given.
        weight: Option<At<f64>>,
    }
}

table! {
    /// A named change to the file.
    Variant {
        /// What it changes and why, one sentence.
        about: At<String>,
        /// New values by the path of the field, items of a list by their name:
        /// "unit.Murted.masts.96L6E" = 24.0.
        #[expect(dead_code, reason = "changes are laid over the tree before it is read")]
        set: Named<Any>,
    }
}

words! {
    /// Replies of a transponder.
    Mode {
        /// Mode 3/A, C or S, as civil aircraft give them.
        Civil = "civil",
        /// The nation's own secure mode.
        National = "national",
        /// Mode 5.
        Mode5 = "mode5",
    }
}

words! {
    /// How waves travel.
    Propagation {
        /// With diffraction, multipath, air and rain.
        Full = "full",
        /// As in free space wherever nothing stands between.
        LineOfSight = "line-of-sight",
    }
}

words! {
    /// What the ground is for radar waves.
    Surface {
        /// Land.
        Land = "land",
        /// Sea.
        Sea = "sea",
    }
}

words! {
    /// Weapon control status.
    Weapons {
        /// Fire at nothing.
        Hold = "hold",
        /// Fire at what is identified as hostile.
        Tight = "tight",
        /// Fire at what is not identified as friend or neutral.
        Free = "free",
    }
}

words! {
    /// What silence to interrogation means.
    Silence {
        /// Nothing.
        Unknown = "unknown",
        /// Probably an enemy.
        Suspect = "suspect",
        /// An enemy.
        Hostile = "hostile",
    }
}

words! {
    /// Whose a flight is.
    Side {
        /// Attacks the assets.
        Hostile = "hostile",
        /// Belongs to the defenders or their allies.
        Friendly = "friendly",
        /// Civil or uninvolved.
        Neutral = "neutral",
    }
}

/// Latitude and longitude in degrees, both in range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Place {
    pub(super) lat_deg: f64,
    pub(super) lon_deg: f64,
}

impl FromNode for Place {
    fn from_node(node: &Node, path: &str, problems: &mut Collector) -> Option<Self> {
        let Value::List(parts) = &node.value else {
            return mismatch(node, path, "a place [latitude, longitude] in degrees", problems);
        };
        let [lat, lon] = parts.as_slice() else {
            let spot = Spot::new(node.span.clone(), path);
            let reason = format!("a place is two numbers, not {}", parts.len());
            problems.note_hint(&spot, reason, "write [latitude, longitude] in degrees");
            return None;
        };
        let lat_deg = degrees(lat, path, "latitude", 90.0, problems);
        let lon_deg = degrees(lon, path, "longitude", 180.0, problems);
        Some(Self { lat_deg: lat_deg?, lon_deg: lon_deg? })
    }
}

/// Place at height 0; that of a place with mistakes, which is never used, is arbitrary.
pub(super) fn place_of(at: &Needed<Place>) -> Geodetic {
    at.get().map_or_else(Geodetic::default, |at| {
        Geodetic::from_degrees(at.value.lat_deg, at.value.lon_deg, 0.0)
    })
}

fn degrees(
    node: &Node,
    path: &str,
    what: &str,
    limit_deg: f64,
    problems: &mut Collector,
) -> Option<f64> {
    let value = f64::from_node(node, path, problems)?;
    if value.abs() <= limit_deg {
        return Some(value);
    }
    let spot = Spot::new(node.span.clone(), path);
    let reason = format!("{what} {value} is outside -{limit_deg} to {limit_deg} degrees");
    problems.note_hint(
        &spot,
        reason,
        "write [latitude, longitude] in degrees, north and east positive",
    );
    None
}

impl JsonSchema for Place {
    fn schema_name() -> Cow<'static, str> {
        "Place".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "Latitude and longitude in degrees, north and east positive.",
            "type": "array",
            "prefixItems": [
                { "type": "number", "minimum": -90, "maximum": 90 },
                { "type": "number", "minimum": -180, "maximum": 180 },
            ],
            "minItems": 2,
            "maxItems": 2,
        })
    }
}

/// From and until, minutes from the start of the battle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Interval {
    pub(super) from_min: f64,
    pub(super) until_min: f64,
}

impl FromNode for Interval {
    fn from_node(node: &Node, path: &str, problems: &mut Collector) -> Option<Self> {
        let Value::List(parts) = &node.value else {
            return mismatch(node, path, "an interval [from, until] in minutes", problems);
        };
        let [from, until] = parts.as_slice() else {
            let spot = Spot::new(node.span.clone(), path);
            let reason = format!("an interval is two numbers, not {}", parts.len());
            problems.note_hint(&spot, reason, "write [from, until] in minutes");
            return None;
        };
        let from_min = f64::from_node(from, path, problems)?;
        let until_min = f64::from_node(until, path, problems)?;
        if from_min >= 0.0 && from_min < until_min {
            return Some(Self { from_min, until_min });
        }
        let spot = Spot::new(node.span.clone(), path);
        let reason = format!("{from_min} to {until_min} min is no interval of the battle");
        problems.note_hint(&spot, reason, "write [from, until] in minutes, 0 or later, from first");
        None
    }
}

impl JsonSchema for Interval {
    fn schema_name() -> Cow<'static, str> {
        "Interval".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "From and until, minutes from the start of the battle.",
            "type": "array",
            "prefixItems": [{ "type": "number", "minimum": 0 }, { "type": "number", "minimum": 0 }],
            "minItems": 2,
            "maxItems": 2,
        })
    }
}

/// An instant in UTC, as ISO 8601 writes it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Start(pub(super) String);

impl FromNode for Start {
    fn from_node(node: &Node, path: &str, problems: &mut Collector) -> Option<Self> {
        let (Value::Date(text) | Value::Text(text)) = &node.value else {
            return mismatch(node, path, "a date and time", problems);
        };
        let utc = text.parse::<toml::value::Datetime>().ok().filter(|moment| {
            let zulu = Some(toml::value::Offset::Z);
            moment.date.is_some() && moment.time.is_some() && moment.offset == zulu
        });
        match utc {
            Some(moment) => Some(Self(moment.to_string())),
            None => {
                let spot = Spot::new(node.span.clone(), path);
                let reason = "this is not a date and time in UTC";
                problems.note_hint(&spot, reason, "write it like 2026-05-12T04:00:00Z");
                None
            }
        }
    }
}

impl JsonSchema for Start {
    fn schema_name() -> Cow<'static, str> {
        "Start".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date-time" })
    }
}

/// How a figure is read: by the label of one of its claims, or as a number in the unit of the card.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Choice {
    Claim(At<String>),
    Number(At<f64>),
}

impl FromNode for Choice {
    fn from_node(node: &Node, path: &str, problems: &mut Collector) -> Option<Self> {
        match node.value {
            Value::Text(_) => At::from_node(node, path, problems).map(Choice::Claim),
            Value::Whole(_) | Value::Number(_) => {
                At::from_node(node, path, problems).map(Choice::Number)
            }
            _ => mismatch(node, path, "the label of a claim or a number", problems),
        }
    }
}

impl JsonSchema for Choice {
    fn schema_name() -> Cow<'static, str> {
        "Choice".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "Label of a claim of the card, or a number in the card's unit.",
            "type": ["string", "number"],
        })
    }
}
