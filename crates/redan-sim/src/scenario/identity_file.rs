//! What may stand in a scenario file about identification: the order of the sky, and how a network judges.

use super::file::Mode;
use super::file::Weapons;
use super::read::{At, List, Named, Needed, table, words};
use super::values::{Interval, Place};

table! {
    /// How a network weighs evidence. The weights stand on a card; a scenario says what the network
    /// knows and in what state its crew is.
    Identification {
        /// Card with the weights of evidence; "iff/evidence" unless given.
        weights: Option<At<String>>,
        /// What the crew expects: "peace", "tension" or "attack-expected".
        alert: Needed<Alert>,
        /// State of the crew, "low" or "high": under stress it reads worse and gives less weight to what
        /// speaks against an attack; "low" unless given.
        stress: Option<At<Stress>>,
        /// Who turns up here, instead of the card's figures for the alert.
        prior: Option<Prior>,
        /// Weight that the operator's opinion adds to an enemy, decibels, -40 to 40; 0 unless given.
        bias_db: Option<At<f64>>,
        /// Whether crews differ in what they expect, by the spread of the card; true unless given.
        crews_differ: Option<At<bool>>,
        /// Share of friends whose secure modes this network can read, 0 to 1; 1 unless given.
        friends_read_ratio: Option<At<f64>>,
        /// Keys of secure modes that it holds; it reads only who uses one of them, and who uses none.
        keys: Option<List<At<String>>>,
        /// Codes that are ascribed to the enemy, as "mode2/1100".
        hostile_codes: Option<List<At<String>>>,
        /// Airspaces and flight plans that it knows, by their names; all unless given.
        knows: Option<List<At<String>>>,
        /// Whether it is shown flight plans at all, so that to fit none means something; true where it
        /// knows one, unless given.
        flight_plans: Option<At<bool>>,
        /// Patterns of weapons by which its system classifies: "anti-radiation missile", "cruise
        /// missile"; none unless given.
        patterns: Option<List<At<String>>>,
        /// How long a read gate that is worked by hand is left where it was put, seconds; gates follow
        /// their tracks unless given.
        gate_held_s: Option<At<f64>>,
        /// Networks whose judgement of the same object it is told.
        told_by: Option<List<At<String>>>,
        /// Rules of engagement that differ from the card's.
        thresholds: Option<ThresholdTable>,
    }
}

table! {
    /// Probabilities of a friend, a neutral and an enemy; they need not add up to one.
    Prior {
        /// Of a friend.
        friend: Needed<f64>,
        /// Of a neutral.
        neutral: Needed<f64>,
        /// Of an enemy.
        hostile: Needed<f64>,
    }
}

table! {
    /// Rules of engagement: from which probability on a track is what.
    ThresholdTable {
        /// Probability of an enemy, from which on it is hostile.
        hostile: Option<At<f64>>,
        /// Probability of an enemy, from which on it is suspect.
        suspect: Option<At<f64>>,
        /// Probability of a friend, from which on it is a friend.
        friend: Option<At<f64>>,
        /// Probability of a friend, from which on it is assumed to be one.
        assumed_friend: Option<At<f64>>,
        /// Probability of a neutral, from which on it is neutral.
        neutral: Option<At<f64>>,
    }
}

table! {
    /// Who has to consent to an order, and what happens when the link to them is cut. The other network
    /// consents to what its own picture has there as suspect or hostile, and to nothing else.
    Consent {
        /// Name of the network that is asked.
        from: Needed<String>,
        /// Time from the question to the answer, seconds; 10 unless given.
        delay_s: Option<At<f64>>,
        /// When the link is down, minutes from the start of the battle: [[from, until], …].
        down_min: Option<List<At<Interval>>>,
        /// Without a link: "hold" holds fire, "fire" lets the unit decide by itself; "hold" unless
        /// given.
        when_cut: Option<At<WhenCut>>,
    }
}

table! {
    /// An airway, a safe-passage corridor or a zone.
    Airspace {
        /// Unique name.
        name: At<String>,
        /// What it is for.
        kind: Needed<Kind>,
        /// Points of its middle line, [latitude, longitude] in degrees; a single one makes a circle.
        points: List<At<Place>>,
        /// Half of its width, or its radius, kilometres.
        half_width_km: Needed<f64>,
        /// Lowest height above mean sea level, metres; 0 unless given.
        floor_m: Option<At<f64>>,
        /// Highest height above mean sea level, metres; 30,000 unless given.
        ceiling_m: Option<At<f64>>,
        /// When it is active, minutes from the start of the battle: [[from, until], …]; always unless
        /// given.
        active_min: Option<List<At<Interval>>>,
        /// Weapon control status inside while it is active, instead of that of the network.
        weapons: Option<At<Weapons>>,
    }
}

table! {
    /// A flight plan.
    Plan {
        /// Unique name.
        name: At<String>,
        /// Points of its route, [latitude, longitude] in degrees, at least two.
        points: List<At<Place>>,
        /// When it is at its first point, minutes from the start of the battle; may be negative.
        departs_min: Needed<f64>,
        /// Ground speed, knots.
        speed_kt: Needed<f64>,
        /// How early or late an aircraft may be and still fit, minutes; 15 unless given.
        window_min: Option<At<f64>>,
        /// How far from the route it may be and still fit, kilometres; 18.5 unless given.
        half_width_km: Option<At<f64>>,
        /// Code in mode 3/A, four octal digits, where the network is told of it.
        code: Option<At<String>>,
    }
}

table! {
    /// An aircraft on the ground whose transponder answers. No radar sees it.
    Parked {
        /// Unique name.
        name: At<String>,
        /// Place: latitude and longitude, degrees.
        at: Needed<Place>,
        /// Replies that its transponder gives.
        transponder: List<At<Mode>>,
        /// Codes that it gives, four octal digits, by mode.
        codes: Option<Named<At<String>>>,
        /// Whose keys its secure modes use.
        keys: Option<At<String>>,
        /// Share of questions that reach it and whose answers come back, 0 to 1, as the state of the
        /// air lets them; 1 unless given.
        heard_ratio: Option<At<f64>>,
        /// When its transponder is off, minutes from the start of the battle: [[from, until], …].
        transponder_off_min: Option<List<At<Interval>>>,
    }
}

words! {
    /// What a crew expects.
    Alert {
        /// Nothing.
        Peace = "peace",
        /// Incidents without war.
        Tension = "tension",
        /// An attack at any moment.
        AttackExpected = "attack-expected",
    }
}

words! {
    /// State of a crew.
    Stress {
        /// At ease.
        Low = "low",
        /// Under fire, and with minutes to decide.
        High = "high",
    }
}

words! {
    /// What a unit does without the link to who has to consent.
    WhenCut {
        /// Hold fire.
        Hold = "hold",
        /// Decide by itself.
        Fire = "fire",
    }
}

words! {
    /// What an airspace is for.
    Kind {
        /// Civil traffic.
        Airway = "airway",
        /// Friends that want to be spared.
        SafePassage = "safe-passage",
        /// Where nobody but an enemy has business.
        Restricted = "restricted",
        /// Only a weapon control status of its own.
        EngagementZone = "engagement-zone",
    }
}
