//! Speed, height, climb and course of a track as an operator reads them off.

use std::collections::VecDeque;

use redan_geo::{Enu, LocalFrame, Span, Time};

use super::Finding;
use crate::Track;

/// Where the bands of speed, height and climb begin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ProfileLimits {
    /// Below this ground speed nothing is an airliner, m/s.
    pub slow_m_s: f64,
    /// Above this ground speed nothing is an airliner, m/s.
    pub fast_m_s: f64,
    /// Below this height above sea level it flies low, metres.
    pub low_m: f64,
    /// From this height on it is at the heights of cruise, metres.
    pub cruise_m: f64,
    /// Climb or descent from which on it shows, m/s.
    pub climb_m_s: f64,
    /// Angle between its course and the direction to something defended, within which it heads there,
    /// radians.
    pub towards_rad: f64,
}

/// What kinematics show of a track.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Profile {
    /// Where it is now, in the tracker's frame.
    pub place: Enu,
    /// Height above sea level, metres.
    pub height_m: f64,
    /// Ground speed, m/s.
    pub speed_m_s: f64,
    /// Climb as it is read off over half a minute, m/s; zero where the track is too young for that.
    pub climb_m_s: f64,
    /// Smallest angle between its course and the direction to what is defended, radians; `None` where
    /// nothing is defended.
    pub off_rad: Option<f64>,
}

impl Profile {
    /// Of a track at a time, against the places that are defended. The climb is left at zero: one state
    /// of a track says too little of it, so that it is read off the last heights.
    pub fn of(track: &Track, now: Time, frame: &LocalFrame, defended: &[Enu]) -> Profile {
        let place = track.kinematics.position_at(now);
        let there = frame.ecef(place).to_geodetic();
        let world = frame.ecef_velocity(track.kinematics.velocity());
        let velocity = LocalFrame::new(there).enu_velocity(world);
        let own = track.kinematics.velocity();
        let off = |goal: &Enu| angle_rad((own.east_m_s, own.north_m_s), place, goal);
        Profile {
            place,
            height_m: there.height_m,
            speed_m_s: libm::hypot(velocity.east_m_s, velocity.north_m_s),
            climb_m_s: 0.0,
            off_rad: defended.iter().map(off).min_by(f64::total_cmp),
        }
    }

    /// Its band of speed.
    pub fn speed(&self, limits: &ProfileLimits) -> Finding {
        if self.speed_m_s < limits.slow_m_s {
            Finding::Slow
        } else if self.speed_m_s > limits.fast_m_s {
            Finding::Fast
        } else {
            Finding::AirlinerSpeed
        }
    }

    /// Its band of height.
    pub fn height(&self, limits: &ProfileLimits) -> Finding {
        if self.height_m < limits.low_m {
            Finding::Low
        } else if self.height_m >= limits.cruise_m {
            Finding::CruiseHeight
        } else {
            Finding::Middle
        }
    }

    /// Whether it climbs or descends.
    pub fn trend(&self, limits: &ProfileLimits) -> Finding {
        if self.climb_m_s >= limits.climb_m_s {
            Finding::Climbing
        } else if self.climb_m_s <= -limits.climb_m_s {
            Finding::Descending
        } else {
            Finding::Level
        }
    }

    /// Whether it heads towards something defended; `None` where nothing is.
    pub fn course(&self, limits: &ProfileLimits) -> Option<Finding> {
        let is_towards = self.off_rad? <= limits.towards_rad;
        Some(if is_towards { Finding::Towards } else { Finding::Elsewhere })
    }
}

/// Heights of a track over the last half minute, from which an operator reads its climb.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Heights {
    samples: VecDeque<(Time, f64)>,
}

/// Time between two heights that are kept.
const SAMPLE_EVERY: Span = Span(10_000_000_000);
/// Heights that are kept: they reach half a minute back.
const SAMPLES: usize = 4;

impl Heights {
    /// Takes the height at a time and returns the climb over the heights that are kept, m/s; zero until
    /// they reach twenty seconds back.
    pub(super) fn climb_m_s(&mut self, now: Time, height_m: f64) -> f64 {
        if self.samples.back().is_none_or(|(last, _)| now - *last >= SAMPLE_EVERY) {
            if self.samples.len() == SAMPLES {
                self.samples.pop_front();
            }
            self.samples.push_back((now, height_m));
        }
        let Some((first, then_m)) = self.samples.front() else { return 0.0 };
        let over_s = (now - *first).as_secs();
        if over_s < 2.0 * SAMPLE_EVERY.as_secs() { 0.0 } else { (height_m - then_m) / over_s }
    }
}

/// Angle between a course and the direction to a goal, 0 to pi.
fn angle_rad((east, north): (f64, f64), from: Enu, goal: &Enu) -> f64 {
    let (to_east, to_north) = (goal.east_m - from.east_m, goal.north_m - from.north_m);
    let cross = east * to_north - north * to_east;
    let dot = east * to_east + north * to_north;
    libm::fabs(libm::atan2(cross, dot))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_climb_shows_after_twenty_seconds_and_goes_with_the_last_half_minute() {
        let mut heights = Heights::default();
        let mut climb = |at_s: f64, height_m| heights.climb_m_s(Time::from_secs(at_s), height_m);
        assert!(climb(0.0, 1_000.0).abs() < 1e-12);
        assert!(climb(10.0, 1_100.0).abs() < 1e-12);
        assert!((climb(20.0, 1_200.0) - 10.0).abs() < 1e-9);
        // It levels off: a minute later nothing of the climb is left.
        for step in 3..9 {
            climb(10.0 * f64::from(step), 1_200.0);
        }
        assert!(climb(90.0, 1_200.0).abs() < 1e-12);
    }

    #[test]
    fn the_angle_to_a_goal_is_that_between_course_and_direction() {
        let from = Enu { east_m: 0.0, north_m: 0.0, up_m: 5_000.0 };
        let goal = Enu { east_m: 10_000.0, north_m: 10_000.0, up_m: 0.0 };
        let quarter = std::f64::consts::FRAC_PI_4;
        assert!((angle_rad((100.0, 0.0), from, &goal) - quarter).abs() < 1e-12);
        assert!((angle_rad((-100.0, -100.0), from, &goal) - 4.0 * quarter).abs() < 1e-12);
    }
}
