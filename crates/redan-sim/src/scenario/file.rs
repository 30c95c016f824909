//! What may stand in a scenario file: every table, every field, its unit and what it means.
//!
//! These types are the one description of the file: the reader, the JSON Schema and its help texts
//! come from them. Nothing here looks at another field; that is the work of the checks.

use super::identity_file::{Airspace, Consent, Identification, Parked, Plan};
use super::read::{Any, At, List, Named, Needed, table, words};
pub(super) use super::values::{Choice, Interval, Place, Start, place_of};

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
        /// Airways, safe-passage corridors and zones.
        airspace: Option<List<Airspace>>,
        /// Flight plans.
        plan: Option<List<Plan>>,
        /// Aircraft on the ground whose transponders answer.
        parked: Option<List<Parked>>,
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
        /// Doctrine: "shoot-look-shoot" (unless given), "salvo" (one for good), "layered" (single rounds, and
        /// a salvo from the missile of shortest reach) or "hold-fire".
        doctrine: Option<At<String>>,
        /// Rounds in one salvo, 1 to 8; 2 unless given.
        salvo: Option<At<u32>>,
        /// How targets are shared out among units: "greedy", the most urgent first (unless given), or
        /// "near-exact", all at once.
        assignment: Option<At<String>>,
        /// Rounds of each type and unit that are kept for threats to the most valuable assets and to the
        /// units themselves, 0 to 100; 0 unless given.
        reserve: Option<At<u32>>,
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
        /// How evidence is weighed; without it identification follows replies and silence alone.
        identification: Option<Identification>,
        /// Whose consent an order needs; none unless given.
        consent: Option<Consent>,
        /// Whether guidance by illumination may go over to another object that stands out in the
        /// beam; false unless given.
        transfers: Option<At<bool>>,
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
        /// Its sector of fire: from and to, degrees clockwise from north; all round unless given.
        fires_deg: Option<List<At<f64>>>,
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
        /// Error of its north, degrees, clockwise: everything that it reports is turned by so much
        /// about it, and its own missiles with it; 0 unless given.
        north_error_deg: Option<At<f64>>,
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
        /// Codes that it gives, four octal digits, by mode: { civil = "6760" }. A mode without one
        /// answers without a code.
        codes: Option<Named<At<String>>>,
        /// Whose keys its secure modes use; any network can read them unless given.
        keys: Option<At<String>>,
        /// When its transponder is off, minutes from the start of the battle: [[from, until], …].
        transponder_off_min: Option<List<At<Interval>>>,
        /// Whether its secure transponder has failed; by chance, after the card, unless given.
        secure_fails: Option<At<bool>>,
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
    /// Modes of interrogation and reply.
    Mode {
        /// Mode 1: a military code in the clear. Only with an identification table.
        Mode1 = "mode1",
        /// Mode 2: a military code in the clear. Only with an identification table.
        Mode2 = "mode2",
        /// Mode 3/A with height, as civil aircraft give them.
        Civil = "civil",
        /// Mode S.
        ModeS = "mode-s",
        /// The nation's own secure mode.
        National = "national",
        /// Mode 4.
        Mode4 = "mode4",
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
