//! Tracks: what a tracker believes.

use nalgebra::{Matrix6, Vector6};
use redan_geo::{Enu, EnuVelocity, Time};
use serde::{Deserialize, Serialize};

use crate::{Answer, Basis, Identity, PlotId, Reply, SensorId};

/// Number of one track, unique within its network and never used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TrackId(pub u64);

/// How far the tracker trusts that there is an object at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// A few plots in a row that may be chance.
    Tentative,
    /// Enough plots; part of the picture.
    Confirmed,
}

/// State and covariance in the tracker's east-north-up frame: (e, n, u, ve, vn, vu) in m and m/s.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Kinematics {
    /// Time at which the state holds.
    pub time: Time,
    /// Mean of the state, 6.
    pub mean: Vector6<f64>,
    /// Covariance of the state, 6 × 6, symmetric and positive definite.
    pub covariance: Matrix6<f64>,
}

impl Kinematics {
    /// Position, metres in the tracker's frame.
    pub fn position(&self) -> Enu {
        Enu { east_m: self.mean[0], north_m: self.mean[1], up_m: self.mean[2] }
    }

    /// Velocity, m/s in the tracker's frame.
    pub fn velocity(&self) -> EnuVelocity {
        EnuVelocity { east_m_s: self.mean[3], north_m_s: self.mean[4], up_m_s: self.mean[5] }
    }

    /// Position at `time`, carried along the straight line of the mean velocity.
    pub fn position_at(&self, time: Time) -> Enu {
        let ahead_s = (time - self.time).as_secs();
        Enu {
            east_m: self.mean[0] + self.mean[3] * ahead_s,
            north_m: self.mean[1] + self.mean[4] * ahead_s,
            up_m: self.mean[2] + self.mean[5] * ahead_s,
        }
    }

    /// Root of the summed position variances, metres: a single figure for how well the place is known.
    pub fn position_sigma_m(&self) -> f64 {
        (0..3).map(|axis| self.covariance[(axis, axis)]).sum::<f64>().max(0.0).sqrt()
    }

    /// Ground speed and climb together, m/s.
    pub fn speed_m_s(&self) -> f64 {
        self.mean.fixed_rows::<3>(3).norm()
    }
}

/// Tally of interrogations made of a track's object.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replies {
    /// Interrogations in all.
    pub asked: u32,
    /// Answers in a civil mode.
    pub civil: u32,
    /// Valid answers in a secure mode that the network reads.
    pub friend: u32,
}

impl Replies {
    /// Adds one answer to the tally.
    pub fn add(&mut self, reply: Reply) {
        match reply {
            Reply::NotAsked => return,
            Reply::Silent => {}
            Reply::Civil => self.civil += 1,
            Reply::National | Reply::Mode4 | Reply::Mode5 => self.friend += 1,
            Reply::Asked { answer: Answer::Nothing, .. } => {}
            Reply::Asked { mode, .. } if mode.is_secure() => self.friend += 1,
            Reply::Asked { .. } => self.civil += 1,
        }
        self.asked += 1;
    }
}

/// One object as a tracker believes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Track {
    /// Number of the track.
    pub id: TrackId,
    /// Tentative or confirmed.
    pub status: Status,
    /// State at the last update.
    pub kinematics: Kinematics,
    /// Plots that it was made of so far.
    pub hits: u32,
    /// When it was started.
    pub started: Time,
    /// When it became part of the picture.
    pub confirmed: Option<Time>,
    /// Last plot that updated it.
    pub last_plot: PlotId,
    /// Sensor of that plot.
    pub last_sensor: SensorId,
    /// Interrogations so far.
    pub replies: Replies,
    /// Who it is thought to be.
    pub identity: Identity,
    /// Why.
    pub basis: Basis,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn position_is_carried_along_the_mean_velocity() {
        let state = Kinematics {
            time: Time::from_secs(5.0),
            mean: Vector6::new(1.0, 2.0, 3.0, 10.0, -20.0, 0.5),
            covariance: Matrix6::from_diagonal(&Vector6::new(9.0, 16.0, 0.0, 1.0, 1.0, 1.0)),
        };
        let expected = Enu { east_m: 21.0, north_m: -38.0, up_m: 4.0 };
        assert_eq!(state.position_at(Time::from_secs(7.0)), expected);
        assert_eq!(state.position_at(state.time), state.position());
        assert!((state.position_sigma_m() - 5.0).abs() < 1e-12);
        assert!((state.speed_m_s() - 500.25_f64.sqrt()).abs() < 1e-12);
    }

    #[test]
    fn replies_are_tallied_by_kind_and_only_when_asked() {
        let mut replies = Replies::default();
        let answers = [Reply::NotAsked, Reply::Silent, Reply::Civil, Reply::National, Reply::Mode5];
        answers.into_iter().for_each(|reply| replies.add(reply));
        assert_eq!(replies, Replies { asked: 4, civil: 1, friend: 2 });
    }
}
