//! The figures of launchers and missiles that the simulator uses.

use super::claim::{CardKind, Detail, TargetClass};
use super::figures::Figures;
use super::problem::CardError;
use super::view::Reader;

/// A launcher as a card describes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Launcher {
    /// What people call it.
    pub name: String,
    /// Rounds of its usual missile, the first of `missiles`.
    pub rounds: u32,
    /// Time between two launches of the same battery.
    pub launch_interval_s: f64,
    /// Time to load it again once its rounds are beside it.
    pub reload_time_s: f64,
    /// Missiles that it can carry, the usual one first.
    pub missiles: Vec<LauncherLoad>,
}

/// A full load of one missile on one launcher.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LauncherLoad {
    /// Card of the missile.
    pub missile: String,
    /// Rounds that one launcher carries when it carries nothing else.
    pub rounds: u32,
}

impl Launcher {
    /// The launcher of these figures, or everything that its card lacks.
    pub fn from_figures(figures: &Figures<'_>) -> Result<Launcher, CardError> {
        let mut read = Reader::new(figures);
        let mut missiles = Vec::new();
        match &figures.card().detail {
            Detail::Launcher { compatible } => {
                for entry in compatible {
                    let rounds = read.count(&entry.rounds_parameter);
                    missiles.push(LauncherLoad { missile: entry.missile.clone(), rounds });
                }
            }
            _ => read.wrong_kind(CardKind::Launcher),
        }
        let launcher = Launcher {
            name: figures.card().name.clone(),
            rounds: missiles.first().map_or(0, |load| load.rounds),
            launch_interval_s: read.si("launch_interval"),
            reload_time_s: read.si("reload_time"),
            missiles,
        };
        read.finish(launcher)
    }

    /// Rounds of this missile on a launcher that carries nothing else; zero where it does not fit.
    pub fn rounds_of(&self, missile: &str) -> u32 {
        let load = self.missiles.iter().find(|load| load.missile == missile);
        load.map_or(0, |load| load.rounds)
    }
}

/// A surface-to-air missile as a card describes it: reach, time and probability, nothing of its
/// seeker, fuze, warhead or autopilot.
#[derive(Clone, Debug, PartialEq)]
pub struct Missile {
    /// What people call it.
    pub name: String,
    /// Farthest slant range to an aerodynamic target.
    pub max_range_m: f64,
    /// Nearest slant range.
    pub min_range_m: f64,
    /// Lowest altitude of the target.
    pub min_altitude_m: f64,
    /// Highest altitude of the target.
    pub max_altitude_m: f64,
    /// Mean speed over the flight to `mean_speed_range_m`.
    pub mean_speed_m_s: f64,
    /// Range to which the mean speed refers.
    pub mean_speed_range_m: f64,
    /// Highest speed.
    pub peak_speed_m_s: f64,
    /// Time under thrust.
    pub boost_time_s: f64,
    /// Speed that is left at the farthest range.
    pub terminal_speed_m_s: f64,
    /// Fastest target that it is said to hit.
    pub max_target_speed_m_s: f64,
    /// Whether the engagement radar must light the target up to the end.
    pub needs_illumination: bool,
    /// Probability that a round leaves its tube and flies as it should.
    pub reliability_prob: f64,
    /// Error of the track at intercept beyond which the round finds nothing.
    pub track_error_limit_m: f64,
    /// Time that guidance can do without a fresh plot of the engagement radar.
    pub guidance_memory_s: f64,
    /// Kill probability of one working round by class, in the order of [`TargetClass::ALL`].
    pub kill_probabilities: [KillProbability; 4],
}

/// What the claim in use allows for the probability that one working round kills.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct KillProbability {
    /// Lowest value that the source allows.
    pub low_prob: f64,
    /// The value.
    pub nominal_prob: f64,
    /// Highest value that the source allows.
    pub high_prob: f64,
}

impl Missile {
    /// The missile of these figures, or everything that its card lacks.
    pub fn from_figures(figures: &Figures<'_>) -> Result<Missile, CardError> {
        let mut read = Reader::new(figures);
        if figures.card().kind() != CardKind::Missile {
            read.wrong_kind(CardKind::Missile);
        }
        let missile = Missile {
            name: figures.card().name.clone(),
            max_range_m: read.si("max_range"),
            min_range_m: read.si("min_range"),
            min_altitude_m: read.si("min_altitude"),
            max_altitude_m: read.si("max_altitude"),
            mean_speed_m_s: read.si("mean_speed"),
            mean_speed_range_m: read.condition_si("mean_speed", "range_km"),
            peak_speed_m_s: read.si("max_speed"),
            boost_time_s: read.si("boost_time"),
            terminal_speed_m_s: read.si("terminal_speed"),
            max_target_speed_m_s: read.si("max_target_speed"),
            needs_illumination: read.yes("needs_illumination"),
            reliability_prob: read.si("reliability"),
            track_error_limit_m: read.si("track_error_limit"),
            guidance_memory_s: read.si("guidance_memory"),
            kill_probabilities: TargetClass::ALL.map(|class| kill_probability(&mut read, class)),
        };
        read.finish(missile)
    }

    /// Kill probability of one working round against a target of this class.
    pub fn kill_probability(&self, class: TargetClass) -> KillProbability {
        self.kill_probabilities[class.index()]
    }
}

fn kill_probability(read: &mut Reader<'_, '_>, class: TargetClass) -> KillProbability {
    let name = format!("kill_probability_{}", class.label().replace('-', "_"));
    let (low_prob, nominal_prob, high_prob) = read.claim_spread_si(&name);
    KillProbability { low_prob, nominal_prob, high_prob }
}
