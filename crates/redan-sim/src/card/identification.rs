//! The weight of evidence in identification that the simulator uses.

use std::collections::BTreeMap;

use redan_track::{Finding, Likelihood, Pattern, ProfileLimits, Thresholds};

use super::claim::CardKind;
use super::figures::Figures;
use super::problem::CardError;
use super::view::Reader;

/// How evidence counts, as a card describes it: one set for every network of a scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Identification {
    /// What people call it.
    pub name: String,
    /// Who turns up, by state of alert: peace, tension, an attack expected.
    pub priors: [Likelihood; 3],
    /// Share of weight that is taken from what speaks against an enemy, at ease and under stress, 0 to 1.
    pub discount_ratio: [f64; 2],
    /// Probability per track that a descent is read whatever the track does, likewise.
    pub misread_prob: [f64; 2],
    /// Probability per track that a manual read gate is left where it was first put, likewise.
    pub gate_left_prob: [f64; 2],
    /// Time that an identification takes, as a share of that of the post, likewise.
    pub time_ratio: [f64; 2],
    /// Time for which another finding must show before it takes the place of the one that is held.
    pub settles_s: f64,
    /// Differences between crews: one standard deviation, decibels.
    pub crew_spread_db: f64,
    /// Who has a secure transponder that works and can be read.
    pub secure_on: Likelihood,
    /// Who flies with a civil transponder on.
    pub civil_on: Likelihood,
    /// How probable each finding is for whom.
    pub table: BTreeMap<Finding, Likelihood>,
    /// Bands of speed, height and climb.
    pub limits: ProfileLimits,
    /// Patterns of weapons, by their names in scenarios.
    pub patterns: Vec<Pattern>,
    /// Rules of engagement.
    pub thresholds: Thresholds,
    /// Half the length of a read gate, metres.
    pub gate_range_m: f64,
    /// Half its width, radians.
    pub gate_azimuth_rad: f64,
    /// Probability that of two answers in one gate the wrong one is credited.
    pub gate_confusion_prob: f64,
    /// Probability per missile that an engagement goes over to what stands out in the beam.
    pub transfer_prob: f64,
}

/// Names of patterns, as scenarios write them, and the beginnings of their parameters.
const PATTERNS: [(&str, &str); 2] =
    [("anti-radiation missile", "anti_radiation_missile"), ("cruise missile", "cruise_missile")];

/// Findings whose likelihood the card gives; the last of a source is what is left to one.
const FINDINGS: [(&str, Finding, Option<Finding>); 8] = [
    ("planned_code", Finding::PlannedCode, Some(Finding::OtherCode)),
    ("hostile_code", Finding::HostileCode, None),
    ("in_airway", Finding::InAirway, Some(Finding::OffAirway)),
    ("in_safe_passage", Finding::InSafePassage, Some(Finding::OffSafePassage)),
    ("in_restricted", Finding::InRestricted, Some(Finding::OffRestricted)),
    ("on_plan", Finding::OnPlan, Some(Finding::NoPlan)),
    ("towards", Finding::Towards, Some(Finding::Elsewhere)),
    ("military_emitter", Finding::MilitaryEmitter, Some(Finding::CivilEmitter)),
];

/// Sources with three findings: two of the card, and what they leave.
const TRIPLES: [(&str, Finding, &str, Finding, Finding); 4] = [
    ("slow", Finding::Slow, "fast", Finding::Fast, Finding::AirlinerSpeed),
    ("low", Finding::Low, "cruise_height", Finding::CruiseHeight, Finding::Middle),
    ("climbing", Finding::Climbing, "descending", Finding::Descending, Finding::Level),
    (
        "told_friend",
        Finding::ToldFriend,
        "told_neutral",
        Finding::ToldNeutral,
        Finding::ToldHostile,
    ),
];

impl Identification {
    /// The weights of these figures, or everything that their card lacks.
    pub fn from_figures(figures: &Figures<'_>) -> Result<Identification, CardError> {
        let mut read = Reader::new(figures);
        if figures.card().kind() != CardKind::Identification {
            read.wrong_kind(CardKind::Identification);
        }
        let pair = |read: &mut Reader<'_, '_>, name: &str| {
            [read.si(&format!("{name}_low")), read.si(&format!("{name}_high"))]
        };
        let weights = Identification {
            name: figures.card().name.clone(),
            priors: ["prior_peace", "prior_tension", "prior_attack"]
                .map(|name| likelihood(&mut read, name)),
            discount_ratio: pair(&mut read, "discount"),
            misread_prob: pair(&mut read, "misread"),
            gate_left_prob: pair(&mut read, "gate_left"),
            time_ratio: [1.0, read.si("identification_time_ratio_high")],
            settles_s: read.si("finding_settles"),
            crew_spread_db: read.si("crew_spread"),
            secure_on: likelihood(&mut read, "secure_on"),
            civil_on: likelihood(&mut read, "civil_on"),
            table: table(&mut read),
            limits: limits(&mut read),
            patterns: PATTERNS.map(|(name, base)| pattern(&mut read, name, base)).to_vec(),
            thresholds: Thresholds {
                hostile_prob: read.si("hostile_threshold"),
                suspect_prob: read.si("suspect_threshold"),
                friend_prob: read.si("friend_threshold"),
                assumed_friend_prob: read.si("assumed_friend_threshold"),
                neutral_prob: read.si("neutral_threshold"),
            },
            gate_range_m: read.si("gate_range"),
            gate_azimuth_rad: read.si("gate_azimuth"),
            gate_confusion_prob: read.si("gate_confusion"),
            transfer_prob: read.si("transfer"),
        };
        read.finish(weights)
    }

    /// Names of the patterns.
    pub fn pattern_names() -> [&'static str; 2] {
        PATTERNS.map(|(name, _)| name)
    }
}

fn likelihood(read: &mut Reader<'_, '_>, base: &str) -> Likelihood {
    let [friend, neutral, hostile] =
        ["friend", "neutral", "hostile"].map(|who| read.si(&format!("{base}_{who}")));
    Likelihood::new(friend, neutral, hostile)
}

fn table(read: &mut Reader<'_, '_>) -> BTreeMap<Finding, Likelihood> {
    let mut table = BTreeMap::new();
    for (base, finding, other) in FINDINGS {
        let given = likelihood(read, base);
        table.insert(finding, given);
        if let Some(other) = other {
            table.insert(other, given.complement());
        }
    }
    for (first, a, second, b, rest) in TRIPLES {
        let (of_a, of_b) = (likelihood(read, first), likelihood(read, second));
        let [x, y] = [of_a.as_array(), of_b.as_array()];
        let both = Likelihood::new(x[0] + y[0], x[1] + y[1], x[2] + y[2]);
        table.extend([(a, of_a), (b, of_b), (rest, both.complement())]);
    }
    table
}

fn limits(read: &mut Reader<'_, '_>) -> ProfileLimits {
    ProfileLimits {
        slow_m_s: read.si("slow_speed"),
        fast_m_s: read.si("fast_speed"),
        low_m: read.si("low_height"),
        cruise_m: read.si("cruise_height_from"),
        climb_m_s: read.si("climb_shows"),
        towards_rad: read.si("towards_angle"),
    }
}

fn pattern(read: &mut Reader<'_, '_>, name: &str, base: &str) -> Pattern {
    let span = |read: &mut Reader<'_, '_>, of: &str| {
        (read.si(&format!("{base}_{of}_min")), read.si(&format!("{base}_{of}_max")))
    };
    Pattern {
        name: name.to_string(),
        speed_m_s: span(read, "speed"),
        height_m: span(read, "height"),
        climb_m_s: span(read, "climb"),
        towards_rad: read.si(&format!("{base}_towards")),
        likelihood: likelihood(read, base),
    }
}

#[cfg(test)]
mod tests {
    use redan_track::{FINDINGS as ALL, Source};

    use super::*;
    use crate::card::Library;

    fn weights() -> Identification {
        let library = Library::embedded();
        let card = library.find("iff/evidence").expect("a card that ships");
        Identification::from_figures(&Figures::nominal(card)).expect("a whole card")
    }

    #[test]
    fn the_findings_of_one_source_exclude_each_other_and_leave_nothing() {
        let table = weights().table;
        let sources = [
            Source::Code,
            Source::Airway,
            Source::SafePassage,
            Source::Restricted,
            Source::Plan,
            Source::Speed,
            Source::Height,
            Source::Trend,
            Source::Course,
            Source::Emitter,
            Source::Told,
        ];
        for source in sources {
            let of_source = ALL.iter().filter(|finding| finding.source() == source);
            let mut sums = [0.0; 3];
            for finding in of_source {
                let probs = table[finding].as_array();
                sums.iter_mut().zip(probs).for_each(|(sum, prob)| *sum += prob);
            }
            assert!(sums.iter().all(|sum| (sum - 1.0).abs() < 1e-9), "{source:?}: {sums:?}");
        }
    }

    #[test]
    fn stress_makes_every_error_more_probable() {
        let weights = weights();
        for [low, high] in [weights.discount_ratio, weights.misread_prob, weights.gate_left_prob] {
            assert!(0.0 <= low && low < high && high <= 1.0);
        }
        assert!(weights.time_ratio[1] < weights.time_ratio[0]);
    }
}
