//! Settings of the tracker with several motion models.

use serde::{Deserialize, Serialize};

use crate::motion::Motion;

/// How plots find their tracks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Association {
    /// Global nearest neighbour: one plot for one track.
    Nearest,
    /// Joint probabilistic data association.
    Joint,
}

/// Settings of [`MultiModel`](super::MultiModel). The defaults suit aircraft and missiles seen by search radars.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MultiModelSettings {
    /// How plots find their tracks.
    pub association: Association,
    /// Motion models, each with the time that it lasts on average, seconds.
    pub motions: Vec<(Motion, f64)>,
    /// Share of the process noise that acts on the vertical axis, 0 to 1.
    pub vertical_ratio: f64,
    /// Probability that a track's own plot falls into its gate, 0 to 1.
    pub gate_prob: f64,
    /// Probability that an object gives a plot at a revisit, 0 to 1.
    pub detection_prob: f64,
    /// False plots of one scan, per rad of azimuth, rad of elevation and metre of range.
    pub false_density_per_rad2_m: f64,
    /// New objects of one scan, on the same scale.
    pub new_density_per_rad2_m: f64,
    /// Score at which a track is confirmed: 6.9 are odds of a thousand to one.
    pub confirm_score: f64,
    /// Fall of the score below its best at which a track is dropped.
    pub drop_score: f64,
    /// Largest speed of an object, m/s: a bound for the second plot, and four standard deviations of each
    /// component at the first.
    pub max_speed_m_s: f64,
    /// Largest climb or descent of an object at its first plot, m/s.
    pub max_climb_m_s: f64,
    /// Plots older than a track's state by more than this are not weighed against it, seconds.
    pub late_limit_s: f64,
}

impl MultiModelSettings {
    /// What is wrong with settings that came from outside: the first field with a value out of its range.
    pub fn fault(&self) -> Option<String> {
        let tiny = f64::MIN_POSITIVE;
        let ranges = [
            ("vertical_ratio", self.vertical_ratio, 0.0, 1.0),
            ("gate_prob", self.gate_prob, 0.5, 1.0 - 1e-9),
            ("detection_prob", self.detection_prob, 0.01, 0.9999),
            ("false_density_per_rad2_m", self.false_density_per_rad2_m, 1e-12, 1e3),
            ("new_density_per_rad2_m", self.new_density_per_rad2_m, 1e-15, 1e3),
            ("confirm_score", self.confirm_score, -50.0, 1e3),
            ("drop_score", self.drop_score, 0.1, 1e3),
            ("max_speed_m_s", self.max_speed_m_s, 1.0, 1e4),
            ("max_climb_m_s", self.max_climb_m_s, 1.0, 1e4),
            ("late_limit_s", self.late_limit_s, 0.0, 600.0),
        ];
        let lasting = self.motions.iter().map(|(_, lasts_s)| ("motions", *lasts_s, tiny, 1e9));
        let figures = self.motions.iter().flat_map(|(motion, _)| motion.figures());
        let figures = figures.map(|(name, value)| (name, value, tiny, 1e9));
        let all = ranges.into_iter().chain(lasting).chain(figures);
        let mut wrong = all.filter(|(_, value, low, high)| !(*low..=*high).contains(value));
        wrong.next().map(|(name, value, low, high)| {
            format!("{name}: {value} is not between {low} and {high}")
        })
    }
}

impl Default for MultiModelSettings {
    fn default() -> Self {
        MultiModelSettings {
            association: Association::Nearest,
            motions: vec![
                (Motion::ConstantVelocity { density_m2_s3: 1.0, manoeuvre_m_s2: 10.0 }, 1_000.0),
                (Motion::Singer { sigma_m_s2: 10.0, lasts_s: 5.0 }, 10.0),
            ],
            vertical_ratio: 0.02,
            gate_prob: 0.999,
            detection_prob: 0.7,
            false_density_per_rad2_m: 1e-5,
            new_density_per_rad2_m: 1e-6,
            confirm_score: 6.9,
            drop_score: 10.0,
            max_speed_m_s: 1_200.0,
            max_climb_m_s: 80.0,
            late_limit_s: 10.0,
        }
    }
}
