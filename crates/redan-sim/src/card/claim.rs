//! What a card says: parameters, the claims made about them, and who makes them.

use std::collections::BTreeMap;

use super::unit::Unit;

/// The data of one real system: what is claimed about it, and by whom.
///
/// A card is the only place where a number of a real system may stand (ARCHITECTURE, invariant 5).
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// Family and name, for example `s-400/91n6e`.
    pub id: String,
    /// What people call it, for example `91N6E Big Bird`.
    pub name: String,
    /// Other names under which it is found.
    pub aliases: Vec<String>,
    /// What the card describes, its echelon, and the choices made in it.
    pub about: String,
    /// What sort of thing it is, with the structure that goes with that sort.
    pub detail: Detail,
    /// Parameters in the order of the file.
    pub parameters: Vec<Parameter>,
    /// The file that the card was read from.
    pub file: String,
}

impl Card {
    /// The sort of thing that the card describes.
    pub fn kind(&self) -> CardKind {
        match self.detail {
            Detail::Radar { .. } => CardKind::Radar,
            Detail::CommandPost => CardKind::CommandPost,
            Detail::Launcher { .. } => CardKind::Launcher,
            Detail::Missile => CardKind::Missile,
            Detail::Battalion { .. } => CardKind::Battalion,
            Detail::Air { .. } => CardKind::Air,
            Detail::Interrogator => CardKind::Interrogator,
            Detail::Identification => CardKind::Identification,
        }
    }

    /// The parameter of this name, if the card has it.
    pub fn parameter(&self, name: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|parameter| parameter.name == name)
    }

    /// The last part of the identifier: `91n6e` for `s-400/91n6e`.
    pub fn short_id(&self) -> &str {
        self.id.rsplit('/').next().unwrap_or(&self.id)
    }

    /// The lowest grade among the claims that the card uses.
    pub fn weakest_grade(&self) -> Option<Grade> {
        self.parameters.iter().map(|parameter| parameter.chosen_claim().grade).max()
    }
}

/// The sort of thing that a card describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CardKind {
    /// A search or engagement radar.
    Radar,
    /// A post that decides and gives orders.
    CommandPost,
    /// A vehicle that carries and fires missiles.
    Launcher,
    /// A surface-to-air missile.
    Missile,
    /// A unit put together from the others.
    Battalion,
    /// A vehicle that flies: aircraft, cruise missile, drone.
    Air,
    /// Identification by interrogation and reply.
    Interrogator,
    /// How evidence counts in identification.
    Identification,
}

impl CardKind {
    /// How card files write the kind.
    pub fn label(self) -> &'static str {
        match self {
            CardKind::Radar => "radar",
            CardKind::CommandPost => "command-post",
            CardKind::Launcher => "launcher",
            CardKind::Missile => "missile",
            CardKind::Battalion => "battalion",
            CardKind::Air => "air",
            CardKind::Interrogator => "interrogator",
            CardKind::Identification => "identification",
        }
    }
}

/// The structure of a card that is not a claim but redan's own classification.
#[derive(Clone, Debug, PartialEq)]
pub enum Detail {
    /// A radar and what it is for.
    Radar {
        /// Search or engagement.
        role: RadarRole,
    },
    /// A command post.
    CommandPost,
    /// A launcher and what fits into it.
    Launcher {
        /// Missiles that it can carry, the usual one first.
        compatible: Vec<Compatible>,
    },
    /// A missile.
    Missile,
    /// A unit put together from other cards.
    Battalion {
        /// Radars, posts and launchers.
        members: Vec<MemberEntry>,
        /// Which launchers carry what.
        loads: Vec<LoadEntry>,
    },
    /// Something that flies.
    Air {
        /// How a defence thinks of it.
        class: TargetClass,
        /// Whether it is a civil aircraft.
        civil: bool,
    },
    /// An interrogator and the replies it can expect.
    Interrogator,
    /// How evidence counts in identification.
    Identification,
}

/// What a radar is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RadarRole {
    /// Finds and reports; carries no missile uplink.
    Search,
    /// Follows chosen targets and guides missiles.
    Engagement,
    /// Only receives: gives bearings on emitters and radiates nothing.
    Passive,
}

/// How a defence thinks of a target when it expects a kill probability.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TargetClass {
    /// Fighters, bombers, airliners, helicopters.
    Aircraft,
    /// Winged missiles, fast or slow.
    CruiseMissile,
    /// Small propeller-driven unmanned vehicles.
    Drone,
    /// Ballistic missiles and their warheads.
    Ballistic,
}

impl TargetClass {
    /// Every class, in the order of [`TargetClass::index`].
    pub const ALL: [TargetClass; 4] = [
        TargetClass::Aircraft,
        TargetClass::CruiseMissile,
        TargetClass::Drone,
        TargetClass::Ballistic,
    ];

    /// Position in [`TargetClass::ALL`], for tables.
    pub fn index(self) -> usize {
        self as usize
    }

    /// How card files write the class.
    pub fn label(self) -> &'static str {
        match self {
            TargetClass::Aircraft => "aircraft",
            TargetClass::CruiseMissile => "cruise-missile",
            TargetClass::Drone => "drone",
            TargetClass::Ballistic => "ballistic",
        }
    }
}

/// A missile that fits into a launcher.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compatible {
    /// Card of the missile.
    pub missile: String,
    /// Parameter of the launcher's card that says how many it carries.
    pub rounds_parameter: String,
}

/// A line of a battalion's composition; numbers stand in the named parameters, so that each has a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberEntry {
    /// Card of the member.
    pub card: String,
    /// What it does in the battalion.
    pub role: MemberRole,
    /// Parameter that says how many there are.
    pub count_parameter: String,
    /// Parameter that says how far from the engagement radar they stand.
    pub distance_parameter: String,
}

/// A line of a battalion's load.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadEntry {
    /// Card of the missile.
    pub missile: String,
    /// Parameter that says how many launchers carry it; `None` for all that are left.
    pub launchers_parameter: Option<String>,
}

/// What a member does in a battalion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MemberRole {
    /// Decides.
    CommandPost,
    /// Finds.
    SearchRadar,
    /// Follows and guides.
    EngagementRadar,
    /// Fires.
    Launcher,
}

impl MemberRole {
    /// How card files write the role.
    pub fn label(self) -> &'static str {
        match self {
            MemberRole::CommandPost => "command-post",
            MemberRole::SearchRadar => "search-radar",
            MemberRole::EngagementRadar => "engagement-radar",
            MemberRole::Launcher => "launcher",
        }
    }
}

/// One property of a system and everything that is claimed about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Name in the file, for example `instrumented_range`.
    pub name: String,
    /// Unit of all its claims.
    pub unit: &'static Unit,
    /// What is meant, where the name does not say it.
    pub about: String,
    /// What low and high mean.
    pub spread: SpreadMeaning,
    /// How a study samples it; `None` lets the spread decide.
    pub distribution: Option<Distribution>,
    /// Claims side by side; at least one.
    pub claims: Vec<Claim>,
    /// Position in `claims` of the one that redan uses.
    pub chosen: usize,
}

impl Parameter {
    /// The claim that redan uses unless told otherwise.
    pub fn chosen_claim(&self) -> &Claim {
        &self.claims[self.chosen]
    }

    /// The claim of this label.
    pub fn claim(&self, label: &str) -> Option<&Claim> {
        self.claims.iter().find(|claim| claim.label == label)
    }

    /// Whether the claims are made by more than one side, so that a reader should look at them.
    pub fn is_disputed(&self) -> bool {
        self.claims.iter().any(|claim| {
            claim.conditions == self.chosen_claim().conditions
                && (claim.nominal, &claim.text)
                    != (self.chosen_claim().nominal, &self.chosen_claim().text)
        })
    }
}

/// What low and high of a claim mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpreadMeaning {
    /// The value is one number between them that nobody knows: a study samples it.
    Claims,
    /// Both are real at once, as the ends of a band or of a speed range: nothing to sample.
    Span,
}

/// How a study samples a parameter between low and high.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Distribution {
    /// Most likely at the nominal value.
    Triangular,
    /// Nothing known but the ends.
    Uniform,
    /// Never sampled.
    Fixed,
}

/// One sourced statement about one parameter, in the parameter's unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Short name, unique within the parameter.
    pub label: String,
    /// Lowest value that the source allows, in the unit of the parameter.
    pub low: Option<f64>,
    /// The value, in the unit of the parameter.
    pub nominal: Option<f64>,
    /// Highest value that the source allows, in the unit of the parameter.
    pub high: Option<f64>,
    /// The value of a parameter that is not a number.
    pub text: Option<String>,
    /// Identifier of the source.
    pub source: String,
    /// What the source says, in our own words.
    pub says: String,
    /// How we came by it.
    pub kind: ClaimKind,
    /// How much weight it bears.
    pub grade: Grade,
    /// Under which circumstances it holds, for example `rcs_m2 = 4.0`; the name ends in the unit.
    pub conditions: BTreeMap<String, Condition>,
}

/// A circumstance under which a claim holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// A number in the unit that ends the condition's name.
    Number(f64),
    /// Anything else.
    Text(String),
}

/// How we came by a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ClaimKind {
    /// The page was read.
    Published,
    /// Widely repeated; the original was not at hand.
    Reported,
    /// Computed from other figures by a stated formula.
    Computed,
    /// Our own judgement.
    Estimate,
}

impl ClaimKind {
    /// How card files write the kind.
    pub fn label(self) -> &'static str {
        match self {
            ClaimKind::Published => "published",
            ClaimKind::Reported => "reported",
            ClaimKind::Computed => "computed",
            ClaimKind::Estimate => "estimate",
        }
    }
}

/// How much weight a claim bears; a later letter bears less.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// A maker's, official or original document that was read.
    A,
    /// A page that was read and that repeats or quotes somebody else.
    B,
    /// Widely repeated; the original was not at hand.
    C,
    /// Computed by us from other claims.
    D,
    /// Our estimate.
    E,
}

impl Grade {
    /// The letter.
    pub fn label(self) -> &'static str {
        match self {
            Grade::A => "A",
            Grade::B => "B",
            Grade::C => "C",
            Grade::D => "D",
            Grade::E => "E",
        }
    }
}

/// Who says something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Identifier that claims refer to.
    pub id: String,
    /// Title, as a bibliography would print it.
    pub title: String,
    /// Address, where there is one.
    pub url: Option<String>,
    /// Year, ISO date, or `undated`.
    pub date: String,
    /// Whether the page was read; `false` where it is remembered.
    pub read: bool,
    /// What sort of source it is, for example `press`.
    pub kind: String,
}
