//! What identification can find out, and how probable each finding is for friend, neutral and enemy.

use serde::{Deserialize, Serialize};

/// Where evidence comes from. Each source has one finding at a time, and its findings exclude each
/// other; sources count as independent given who the object is, which [`super::combine`] says more about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// Replies in secure modes: mode 4, mode 5, a national mode.
    Secure,
    /// Whether a civil transponder answers at all: mode 3/A or S.
    Civil,
    /// The code that was read in mode 3/A.
    Code,
    /// Codes that are ascribed to the enemy, in whatever mode.
    EnemyCode,
    /// Airways of civil traffic.
    Airway,
    /// Timed safe-passage corridors of friends.
    SafePassage,
    /// Zones that nobody but an enemy has business in.
    Restricted,
    /// Flight plans.
    Plan,
    /// Ground speed.
    Speed,
    /// Height.
    Height,
    /// Climb or descent, as the operator reads it.
    Trend,
    /// Course towards something defended.
    Course,
    /// Kinematic patterns by which a system classifies, such as that of an anti-radiation missile.
    Pattern,
    /// The kind of an emitter aboard, heard passively.
    Emitter,
    /// What another network says of the same object.
    Told,
}

macro_rules! findings {
    ($($(#[$note:meta])* $name:ident $source:ident $words:literal,)*) => {
        /// One finding of one source.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Finding { $($(#[$note])* $name,)* }

        /// All findings.
        pub const FINDINGS: &[Finding] = &[$(Finding::$name),*];

        impl Finding {
            /// Where it comes from.
            pub fn source(self) -> Source {
                match self { $(Finding::$name => Source::$source,)* }
            }

            /// The words printed for it.
            pub fn words(self) -> &'static str {
                match self { $(Finding::$name => $words,)* }
            }
        }
    };
}

findings! {
    /// A valid answer in a secure mode.
    SecureReply Secure "valid reply in a secure mode",
    /// No answer in any secure mode that was asked.
    SecureSilence Secure "no reply in a secure mode",
    /// A civil transponder answers.
    CivilReply Civil "civil transponder replies",
    /// No civil answer.
    CivilSilence Civil "no civil transponder",
    /// A code that a flight plan names.
    PlannedCode Code "code of a flight plan",
    /// A code that no flight plan names.
    OtherCode Code "code of no flight plan",
    /// A code that is ascribed to the enemy.
    HostileCode EnemyCode "code that is ascribed to the enemy",
    /// Inside an airway.
    InAirway Airway "inside an airway",
    /// Outside all airways.
    OffAirway Airway "outside all airways",
    /// Inside an active safe-passage corridor.
    InSafePassage SafePassage "inside a safe-passage corridor",
    /// Outside all of them.
    OffSafePassage SafePassage "outside all safe-passage corridors",
    /// Inside a restricted zone.
    InRestricted Restricted "inside a restricted zone",
    /// Outside all of them.
    OffRestricted Restricted "outside all restricted zones",
    /// Where and when a flight plan has somebody.
    OnPlan Plan "where and when a flight plan has an aircraft",
    /// No flight plan fits.
    NoPlan Plan "no flight plan fits",
    /// Slower than an airliner flies.
    Slow Speed "slower than an airliner",
    /// As fast as an airliner.
    AirlinerSpeed Speed "as fast as an airliner",
    /// Faster than an airliner.
    Fast Speed "faster than an airliner",
    /// Low.
    Low Height "low",
    /// Between low and the heights of cruise.
    Middle Height "at medium height",
    /// At the heights of cruise.
    CruiseHeight Height "at the heights of cruise",
    /// Climbs.
    Climbing Trend "climbs",
    /// Holds its height.
    Level Trend "holds its height",
    /// Descends, or is read to.
    Descending Trend "descends",
    /// Heads towards something defended.
    Towards Course "heads towards what is defended",
    /// Does not.
    Elsewhere Course "does not head towards what is defended",
    /// Fits a pattern of a weapon.
    WeaponPattern Pattern "fits the pattern of a weapon",
    /// Fits none.
    NoPattern Pattern "fits no pattern of a weapon",
    /// A military emitter was heard from its direction.
    MilitaryEmitter Emitter "a military emitter in its direction",
    /// A civil emitter was heard from its direction.
    CivilEmitter Emitter "a civil emitter in its direction",
    /// Another network calls it a friend.
    ToldFriend Told "another network calls it a friend",
    /// Another network calls it neutral.
    ToldNeutral Told "another network calls it neutral",
    /// Another network calls it hostile.
    ToldHostile Told "another network calls it hostile",
}

/// How probable something is for a friend, a neutral and an enemy; each 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Likelihood {
    /// For a friend.
    pub friend_prob: f64,
    /// For a neutral.
    pub neutral_prob: f64,
    /// For an enemy.
    pub hostile_prob: f64,
}

impl Likelihood {
    /// What says nothing.
    pub const NEUTRAL: Likelihood =
        Likelihood { friend_prob: 1.0, neutral_prob: 1.0, hostile_prob: 1.0 };

    /// From friend, neutral and enemy.
    pub const fn new(friend_prob: f64, neutral_prob: f64, hostile_prob: f64) -> Self {
        Self { friend_prob, neutral_prob, hostile_prob }
    }

    /// The three in order.
    pub const fn as_array(self) -> [f64; 3] {
        [self.friend_prob, self.neutral_prob, self.hostile_prob]
    }

    /// What is left to one, for the finding that excludes this one.
    pub fn complement(self) -> Likelihood {
        let [friend, neutral, hostile] = self.as_array().map(|prob| (1.0 - prob).max(0.0));
        Likelihood::new(friend, neutral, hostile)
    }

    /// Weight of evidence for an enemy against a neutral or a friend, whichever of the two it fits
    /// better, decibels: ten times the common logarithm of the ratio (I. J. Good, *Probability and the
    /// Weighing of Evidence*, 1950, chapter 6: decibans).
    pub fn hostile_db(self) -> f64 {
        let [friend, neutral, hostile] = self.as_array().map(|prob| prob.max(FLOOR_PROB));
        10.0 * libm::log10(hostile / friend.max(neutral))
    }
}

/// No finding is taken to be impossible: below this everything is an error of the observer.
pub(super) const FLOOR_PROB: f64 = 1e-6;

/// One item of evidence: what was found, and how probable that is for whom.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// What was found.
    pub finding: Finding,
    /// How probable that is, as the crew weighs it.
    pub likelihood: Likelihood,
}
