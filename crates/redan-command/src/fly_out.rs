//! Fly-out: how long a missile needs to a place, how fast it still is there, and how far it reaches.
//!
//! **What it models.** A missile as energy and time: a table of time of flight and remaining speed
//! over ground range and target altitude, with a reach for each altitude. From it follows the
//! predicted intercept of a target on a straight course: the first moment t at which the missile,
//! launched now, can be where the target then is, T(r(t), h(t)) = t.
//!
//! **Equation and reference.** Bilinear interpolation inside the cells of the table. The root is
//! approached from below with steps (T − t) / (1 + v L), where v L bounds the rate of T: ground speed
//! and climb times the steepest slopes of T. Since T − t cannot fall faster, no earlier root is
//! stepped over (S. A. Piyavskii, USSR Comp. Math. 12 (1972) 57). A bracket and the Illinois rule
//! (M. Dowell and P. Jarratt, BIT 11 (1971) 168) finish it.
//!
//! **Inputs.** Metres, metres per second, seconds. The frame of the intercept is flat: east and
//! north along the ground from the launcher and altitude as the third component, in the same
//! sense as the table's; whoever calls takes the Earth's curvature out.
//!
//! **Valid range.** Altitudes inside the envelope; targets on straight courses at constant speed.
//! **Left out.** Manoeuvre of the target, wind, the missile's turn after a slanted launch, and
//! waiting: a target that will be in the envelope only after a missile launched now had passed is
//! refused for the time being.
//!
//! **Validated against** closed-form collision courses (`validation/tables/missile/lead_intercept.csv`,
//! test `val_closed_form_lead_intercept`).
//!
//! ```
//! use redan_command::fly_out::{Envelope, FlyOut};
//! use redan_geo::{Enu, EnuVelocity};
//!
//! let envelope = Envelope {
//!     min_range_m: 3e3, max_range_m: 60e3, min_altitude_m: 10.0, max_altitude_m: 20e3,
//! };
//! let missile = FlyOut::constant_speed(envelope, 800.0)?;
//! let target = Enu { east_m: 40e3, north_m: 0.0, up_m: 5e3 };
//! let inbound = EnuVelocity { east_m_s: -200.0, north_m_s: 0.0, up_m_s: 0.0 };
//! let meeting = missile.predicted_intercept(target, inbound).expect("in reach");
//! // Closing at about the sum of the speeds.
//! assert!((meeting.time_s - 40.0).abs() < 0.5);
//! # Ok::<(), redan_command::fly_out::FlyOutError>(())
//! ```

use std::sync::Arc;

use redan_geo::{Enu, EnuVelocity};
use serde::{Deserialize, Serialize};

use table::Table;

mod table;

/// Where a missile may meet a target, by its published limits.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Envelope {
    /// Nearest slant range.
    pub min_range_m: f64,
    /// Farthest ground range at any altitude; the reach at one altitude may be less.
    pub max_range_m: f64,
    /// Lowest altitude of a target.
    pub min_altitude_m: f64,
    /// Highest altitude of a target.
    pub max_altitude_m: f64,
}

/// Time of flight and remaining speed at one place.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct FlyOutPoint {
    /// Time from launch.
    pub time_s: f64,
    /// Speed on arrival.
    pub speed_m_s: f64,
}

/// Predicted meeting of a missile, launched now, with a target.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Intercept {
    /// Time from launch to the meeting.
    pub time_s: f64,
    /// Ground range from the launcher.
    pub range_m: f64,
    /// Altitude.
    pub altitude_m: f64,
    /// Speed that the missile has left.
    pub speed_m_s: f64,
    /// Place in the frame of the question: flat, with the altitude as the third component.
    pub position: Enu,
}

/// Why a missile launched now meets the target nowhere inside its envelope.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum NoIntercept {
    /// Where both would meet, or where the target is when the missile has come to the end of its
    /// reach, is too far. Also the answer for numbers that are not finite, with infinity.
    OutOfReach {
        /// Distance beyond the reach at the target's altitude.
        short_by_m: f64,
    },
    /// They would meet below the lowest altitude.
    BelowFloor {
        /// Missing altitude.
        by_m: f64,
    },
    /// They would meet above the highest altitude.
    AboveCeiling {
        /// Altitude in excess.
        by_m: f64,
    },
    /// They would meet nearer than the minimum range.
    InsideMinimumRange {
        /// Missing slant range.
        by_m: f64,
    },
}

/// What is wrong with figures that describe no missile.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum FlyOutError {
    /// The limits are not finite, not positive where they must be, or out of order.
    #[error(
        "the limits of the envelope are not numbers in order\n\
         hint: 0 <= minimum range < maximum range, minimum altitude < maximum altitude, speed > 0"
    )]
    Envelope,
    /// The flight model reaches this altitude at no range.
    #[error(
        "with these figures the missile does not reach an altitude of {altitude_m:.0} m at all\n\
         hint: lower its ceiling or its terminal speed, or raise its peak or mean speed"
    )]
    Unreachable {
        /// Lowest altitude of the table that is not reached.
        altitude_m: f64,
    },
}

/// Time, speed and reach of one type of missile over ground range and target altitude.
///
/// Cheap to clone: the table is shared.
#[derive(Clone, Debug, PartialEq)]
pub struct FlyOut {
    envelope: Envelope,
    /// Longest time of flight to any place in reach.
    longest_time_s: f64,
    /// Steepest slopes of the time of flight along range and along altitude, seconds per metre.
    slowness_s_m: [f64; 2],
    flight: Flight,
}

#[derive(Clone, Debug, PartialEq)]
enum Flight {
    Straight { speed_m_s: f64 },
    Tabulated(Arc<Table>),
}

impl FlyOut {
    /// A missile that flies straight at one speed from launch to impact. Exact: no table.
    ///
    /// # Errors
    /// [`FlyOutError::Envelope`].
    pub fn constant_speed(envelope: Envelope, speed_m_s: f64) -> Result<Self, FlyOutError> {
        if !(envelope.is_valid() && speed_m_s > 0.0 && speed_m_s.is_finite()) {
            return Err(FlyOutError::Envelope);
        }
        let highest_m = envelope.max_altitude_m.abs().max(envelope.min_altitude_m.abs());
        let farthest_m = libm::hypot(envelope.max_range_m, highest_m);
        Ok(Self {
            envelope,
            longest_time_s: farthest_m / speed_m_s,
            slowness_s_m: [1.0 / speed_m_s; 2],
            flight: Flight::Straight { speed_m_s },
        })
    }

    /// A missile whose flights a function gives: `fly(range_m, altitude_m)` is the arrival at a
    /// ground range and target altitude, or `None` where the missile does not reach.
    ///
    /// The table has 65 ranges and 25 altitudes, both closer together near zero, where a missile
    /// still accelerates and the air is dense. Reach at an altitude is the first range at which
    /// `fly` fails, found to a part in ten thousand. Times are made to rise with range at least as
    /// they would at the highest speed seen: what reaches farther sooner reaches the nearer sooner
    /// too, by the same way.
    ///
    /// # Errors
    /// [`FlyOutError::Envelope`], and [`FlyOutError::Unreachable`] where `fly` fails at every
    /// range of an altitude.
    pub fn tabulate(
        envelope: Envelope,
        fly: impl Fn(f64, f64) -> Option<FlyOutPoint>,
    ) -> Result<Self, FlyOutError> {
        if !envelope.is_valid() {
            return Err(FlyOutError::Envelope);
        }
        let table = Table::build(&envelope, fly)?;
        Ok(Self {
            envelope,
            longest_time_s: table.longest_time_s(),
            slowness_s_m: table.slowness_s_m(envelope.min_range_m),
            flight: Flight::Tabulated(Arc::new(table)),
        })
    }

    /// Published limits.
    pub fn envelope(&self) -> &Envelope {
        &self.envelope
    }

    /// Time of flight to a ground range and altitude; `None` outside envelope and reach.
    pub fn time_s(&self, range_m: f64, altitude_m: f64) -> Option<f64> {
        self.point(range_m, altitude_m).map(|point| point.time_s)
    }

    /// Speed on arrival at a ground range and altitude; `None` outside envelope and reach.
    pub fn speed_m_s(&self, range_m: f64, altitude_m: f64) -> Option<f64> {
        self.point(range_m, altitude_m).map(|point| point.speed_m_s)
    }

    /// Time and speed on arrival together; `None` outside envelope and reach.
    pub fn point(&self, range_m: f64, altitude_m: f64) -> Option<FlyOutPoint> {
        match self.fault(range_m, altitude_m) {
            None => Some(self.extended(range_m, altitude_m)),
            Some(_) => None,
        }
    }

    /// Farthest ground range at an altitude; 0 outside the altitude limits.
    pub fn max_range_m(&self, altitude_m: f64) -> f64 {
        let Envelope { min_altitude_m, max_altitude_m, .. } = self.envelope;
        if (min_altitude_m..=max_altitude_m).contains(&altitude_m) {
            self.reach_m(altitude_m)
        } else {
            0.0
        }
    }

    /// Farthest ground range at any altitude.
    pub fn longest_range_m(&self) -> f64 {
        match &self.flight {
            Flight::Straight { .. } => self.envelope.max_range_m,
            Flight::Tabulated(table) => table.longest_reach_m(),
        }
    }

    /// Where and when a missile launched now meets a target that keeps its velocity, or the limit
    /// that keeps it from it. Times count from the launch.
    ///
    /// `position` and `velocity` are relative to the launcher: east and north along the ground,
    /// the third component altitude and its rate. The answer is exact to 10⁻⁹ s for the table.
    ///
    /// # Errors
    /// [`NoIntercept`] with the figure by which it fails.
    pub fn predicted_intercept(
        &self,
        position: Enu,
        velocity: EnuVelocity,
    ) -> Result<Intercept, NoIntercept> {
        let course = Course { position, velocity };
        if !course.is_finite() {
            return Err(NoIntercept::OutOfReach { short_by_m: f64::INFINITY });
        }
        let time_s = match self.first_meeting(&course) {
            Ok(time_s) => time_s,
            Err(time_s) => return Err(self.beyond_reach(&course, time_s)),
        };
        let (range_m, altitude_m) = course.aim(time_s);
        if let Some(reason) = self.fault(range_m, altitude_m) {
            return Err(reason);
        }
        let speed_m_s = self.extended(range_m, altitude_m).speed_m_s;
        Ok(Intercept { time_s, range_m, altitude_m, speed_m_s, position: course.place(time_s) })
    }

    /// First t with T(t) ≤ t, the table being extended beyond its limits; or the time at which the
    /// target has left and the missile is at the end of its reach.
    fn first_meeting(&self, course: &Course) -> Result<f64, f64> {
        let fall = 1.0 + course.steepest(self.slowness_s_m);
        let (mut time_s, mut lag_s) = (0.0, self.lag_s(course, 0.0));
        let mut forced_s = SHORTEST_STEP_S;
        // Each round either shortens the lag by a fixed share or is forced, and forced steps
        // grow: hundreds of rounds are ample, the bound only keeps a bug from hanging a run.
        for _ in 0..10_000 {
            if lag_s <= 0.0 {
                return Ok(time_s);
            }
            let safe_s = lag_s / fall;
            forced_s = if safe_s < forced_s { forced_s * 1.25 } else { SHORTEST_STEP_S };
            let next_s = time_s + safe_s.max(forced_s);
            let next_lag_s = self.lag_s(course, next_s);
            if next_lag_s <= 0.0 {
                return Ok(self.refine(course, [time_s, lag_s], [next_s, next_lag_s]));
            }
            if next_s > self.longest_time_s && course.is_leaving(next_s) {
                return Err(self.longest_time_s.max(time_s));
            }
            (time_s, lag_s) = (next_s, next_lag_s);
        }
        Err(time_s)
    }

    /// Root of the lag between a time with a positive lag and one without, by the Illinois rule.
    fn refine(&self, course: &Course, mut before: [f64; 2], mut after: [f64; 2]) -> f64 {
        for _ in 0..60 {
            let width_s = after[0] - before[0];
            if width_s <= 1e-10 || after[1] >= 0.0 {
                break;
            }
            let time_s = before[0] + width_s * before[1] / (before[1] - after[1]);
            let lag_s = self.lag_s(course, time_s);
            if lag_s > 0.0 {
                before = [time_s, lag_s];
                after[1] *= 0.5;
            } else {
                after = [time_s, lag_s];
                before[1] *= 0.5;
            }
        }
        after[0]
    }

    /// By how much the missile would be late at the place where the target is at a time.
    fn lag_s(&self, course: &Course, time_s: f64) -> f64 {
        let (range_m, altitude_m) = course.aim(time_s);
        self.extended(range_m, altitude_m).time_s - time_s
    }

    fn beyond_reach(&self, course: &Course, time_s: f64) -> NoIntercept {
        let (range_m, altitude_m) = course.aim(time_s);
        let short_by_m = (range_m - self.reach_m(altitude_m)).max(0.0);
        NoIntercept::OutOfReach { short_by_m }
    }

    /// Arrival at any place: outside reach at the last speed, outside the altitudes at the nearest.
    fn extended(&self, range_m: f64, altitude_m: f64) -> FlyOutPoint {
        match &self.flight {
            Flight::Straight { speed_m_s } => {
                let path_m = (range_m * range_m + altitude_m * altitude_m).sqrt();
                FlyOutPoint { time_s: path_m / speed_m_s, speed_m_s: *speed_m_s }
            }
            Flight::Tabulated(table) => table.point(range_m, altitude_m),
        }
    }

    /// Reach at the nearest altitude inside the limits.
    fn reach_m(&self, altitude_m: f64) -> f64 {
        match &self.flight {
            Flight::Straight { .. } => self.envelope.max_range_m,
            Flight::Tabulated(table) => table.reach_m(altitude_m),
        }
    }

    /// The limit that a place violates. NaN violates the reach.
    fn fault(&self, range_m: f64, altitude_m: f64) -> Option<NoIntercept> {
        let Envelope { min_range_m, min_altitude_m, max_altitude_m, .. } = self.envelope;
        if altitude_m < min_altitude_m {
            return Some(NoIntercept::BelowFloor { by_m: min_altitude_m - altitude_m });
        }
        if altitude_m > max_altitude_m {
            return Some(NoIntercept::AboveCeiling { by_m: altitude_m - max_altitude_m });
        }
        let slant_m = (range_m * range_m + altitude_m * altitude_m).sqrt();
        if slant_m < min_range_m {
            return Some(NoIntercept::InsideMinimumRange { by_m: min_range_m - slant_m });
        }
        let spare_m = self.reach_m(altitude_m) - range_m;
        if spare_m >= 0.0 { None } else { Some(NoIntercept::OutOfReach { short_by_m: -spare_m }) }
    }
}

/// Steps below this are not refined further before a bracket is tried: a missed window of a
/// millisecond has no meaning for a missile.
const SHORTEST_STEP_S: f64 = 1e-3;

impl Envelope {
    fn is_valid(&self) -> bool {
        let all = [self.min_range_m, self.max_range_m, self.min_altitude_m, self.max_altitude_m];
        all.iter().all(|limit| limit.is_finite())
            && self.min_range_m >= 0.0
            && self.min_range_m < self.max_range_m
            && self.min_altitude_m < self.max_altitude_m
    }
}

/// A straight course in the flat frame.
struct Course {
    position: Enu,
    velocity: EnuVelocity,
}

impl Course {
    fn is_finite(&self) -> bool {
        let parts = [self.position.to_array(), self.velocity.to_array()];
        parts.iter().flatten().all(|part| part.is_finite())
    }

    /// Bound on the rate at which a function with these slopes along range and altitude changes.
    fn steepest(&self, [along, up]: [f64; 2]) -> f64 {
        let EnuVelocity { east_m_s, north_m_s, up_m_s } = self.velocity;
        (east_m_s * east_m_s + north_m_s * north_m_s).sqrt() * along + up_m_s.abs() * up
    }

    fn place(&self, time_s: f64) -> Enu {
        Enu {
            east_m: self.position.east_m + self.velocity.east_m_s * time_s,
            north_m: self.position.north_m + self.velocity.north_m_s * time_s,
            up_m: self.position.up_m + self.velocity.up_m_s * time_s,
        }
    }

    /// Ground range and altitude at a time.
    fn aim(&self, time_s: f64) -> (f64, f64) {
        let Enu { east_m, north_m, up_m } = self.place(time_s);
        ((east_m * east_m + north_m * north_m).sqrt(), up_m)
    }

    /// Whether the ground range does not shrink any more.
    fn is_leaving(&self, time_s: f64) -> bool {
        let Enu { east_m, north_m, .. } = self.place(time_s);
        east_m * self.velocity.east_m_s + north_m * self.velocity.north_m_s >= 0.0
    }
}
