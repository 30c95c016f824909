//! Motion of aircraft along routes.
//!
//! **Models** flight at constant ground speed along great-circle legs between waypoints, with heights
//! above mean sea level (linear along the leg) or above the ground below, and members of a formation
//! that fly abreast of the leader.
//! **Equations**: spherical interpolation of unit normals, see [`redan_geo::Leg`] (Gade, "A non-singular
//! horizontal position representation", J. of Navigation 63, 2010, for the n-vector).
//! **Inputs**: waypoints in radians, metres, m/s; at least two; speeds above zero.
//! **Left out**: turn radius, climb and acceleration limits (the velocity jumps at a waypoint), wind,
//! banking. A height above ground follows the relief exactly.
//! **Validated against** Karney's geodesics through the tests of `redan_geo::Leg`, and against its own
//! time, speed and distance in the tests below.

use redan_geo::{Earth, Ecef, Enu, EnuVelocity, Geodetic, Leg, LocalFrame, Span, Time};

use crate::scenario::{Aircraft, Height, Waypoint};

/// Where an aircraft is and how it moves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct State {
    /// Place, height above mean sea level.
    pub place: Geodetic,
    /// The same, Earth-centred.
    pub ecef: Ecef,
    /// Velocity in the local frame of the place.
    pub velocity: EnuVelocity,
}

/// A route with the times at which its legs are flown.
#[derive(Clone, Debug, PartialEq)]
pub struct Route {
    legs: Vec<TimedLeg>,
    offset_right_m: f64,
}

#[derive(Clone, Debug, PartialEq)]
struct TimedLeg {
    leg: Leg,
    from: Time,
    until: Time,
    speed_m_s: f64,
    /// Heights of the waypoints are above the ground below.
    above_ground: bool,
}

impl Route {
    /// Route of one aircraft.
    ///
    /// # Panics
    /// Never for an aircraft of a checked scenario: it has two waypoints or more and positive speeds.
    pub fn of(aircraft: &Aircraft) -> Route {
        let mut from = aircraft.start;
        let legs = aircraft
            .route
            .windows(2)
            .map(|pair| {
                let leg = timed_leg(&pair[0], &pair[1], from);
                from = leg.until;
                leg
            })
            .collect();
        Route { legs, offset_right_m: aircraft.offset_right_m }
    }

    /// When the aircraft appears.
    pub fn start(&self) -> Time {
        self.legs.first().map_or(Time::ZERO, |leg| leg.from)
    }

    /// When it reaches its last waypoint.
    pub fn end(&self) -> Time {
        self.legs.last().map_or(Time::ZERO, |leg| leg.until)
    }

    /// State at `time`; before the start and after the end it stays at that end of the route.
    pub fn state(&self, time: Time, earth: &Earth) -> State {
        let leg = self.leg_at(time);
        let flown = (time.max(leg.from).min(leg.until) - leg.from).as_secs();
        let fraction = flown * leg.speed_m_s / leg.leg.length_m();
        let leader = leg.leg.at(fraction);
        let velocity = leg.leg.velocity(fraction, leg.speed_m_s);
        let beside = self.beside(leader, &velocity);
        let place = if leg.above_ground {
            let ground_m = earth.ground_m(beside.lat_rad, beside.lon_rad);
            Geodetic { height_m: beside.height_m + ground_m, ..beside }
        } else {
            beside
        };
        State { place, ecef: place.to_ecef(), velocity }
    }

    /// First time at which the aircraft is within `distance_m` of `place` over ground, found by
    /// sampling every quarter second; the end of the route if that never happens before.
    pub fn first_within(&self, place: Geodetic, distance_m: f64, earth: &Earth) -> Time {
        let step = Span::from_secs(0.25);
        let level = place.at_height(0.0).to_ecef();
        let mut time = self.start();
        while time < self.end() {
            let gap_m = self.state(time, earth).place.at_height(0.0).to_ecef().distance_m(level);
            if gap_m <= distance_m {
                return time;
            }
            // No step beyond the point where it could first be: speeds are constant on a leg.
            let slack_s = (gap_m - distance_m) / (1.01 * self.fastest_m_s());
            time = time + step.max(Span::from_secs(slack_s));
        }
        self.end()
    }

    fn fastest_m_s(&self) -> f64 {
        self.legs.iter().map(|leg| leg.speed_m_s).fold(1.0, f64::max)
    }

    fn leg_at(&self, time: Time) -> &TimedLeg {
        let last = self.legs.len() - 1;
        let index = self.legs.iter().position(|leg| time < leg.until).unwrap_or(last);
        &self.legs[index]
    }

    /// Place of this member of the formation, to the right of the leader's course.
    fn beside(&self, leader: Geodetic, velocity: &EnuVelocity) -> Geodetic {
        if self.offset_right_m == 0.0 {
            return leader;
        }
        let ground_speed_m_s = velocity.ground_speed_m_s().max(1e-9);
        let right_m = self.offset_right_m / ground_speed_m_s;
        let local = LocalFrame::new(leader);
        let aside = Enu {
            east_m: velocity.north_m_s * right_m,
            north_m: -velocity.east_m_s * right_m,
            up_m: 0.0,
        };
        local.ecef(aside).to_geodetic().at_height(leader.height_m)
    }
}

fn timed_leg(a: &Waypoint, b: &Waypoint, from: Time) -> TimedLeg {
    let (start_m, above_ground) = match a.height {
        Height::Msl(height_m) => (height_m, false),
        Height::Agl(height_m) => (height_m, true),
    };
    let end_m = match (a.height, b.height) {
        (Height::Msl(_), Height::Msl(height_m)) | (Height::Agl(_), Height::Agl(height_m)) => {
            height_m
        }
        _ => start_m,
    };
    let place = |point: &Waypoint, height_m| Geodetic {
        lat_rad: point.lat_rad,
        lon_rad: point.lon_rad,
        height_m,
    };
    let leg = Leg::new(place(a, start_m), place(b, end_m));
    let until = from + Span::from_secs(leg.length_m() / a.speed_m_s);
    TimedLeg { leg, from, until, speed_m_s: a.speed_m_s, above_ground }
}
