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
    /// Speed of its fastest leg, at least 1 m/s.
    fastest_m_s: f64,
    /// How far it can get without time: members of a formation change sides at a bend, and heights follow the
    /// ground and differ between legs.
    steps_m: f64,
}

/// No relief on Earth is higher above the sea, or lower below it, metres.
const HIGHEST_GROUND_M: f64 = 9_000.0;

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
        let legs: Vec<TimedLeg> = aircraft
            .route
            .windows(2)
            .map(|pair| {
                let leg = timed_leg(&pair[0], &pair[1], from);
                from = leg.until;
                leg
            })
            .collect();
        let heights =
            legs.iter().flat_map(|leg| [leg.leg.start().height_m, leg.leg.end().height_m]);
        let (low_m, high_m) =
            heights.fold((0.0_f64, 0.0_f64), |(low, high), at| (low.min(at), high.max(at)));
        Route {
            fastest_m_s: legs.iter().map(|leg| leg.speed_m_s).fold(1.0, f64::max),
            steps_m: 2.0 * aircraft.offset_right_m.abs() + high_m - low_m + 2.0 * HIGHEST_GROUND_M,
            offset_right_m: aircraft.offset_right_m,
            legs,
        }
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
        let (leader, velocity) = leg.leg.state(fraction, leg.speed_m_s);
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
            let slack_s = (gap_m - distance_m) / (1.01 * self.fastest_m_s);
            time += step.max(Span::from_secs(slack_s));
        }
        self.end()
    }

    /// No two places of the aircraft that lie so many seconds apart are farther from each other than this.
    pub(crate) fn farthest_m(&self, apart_s: f64) -> f64 {
        1.02 * self.fastest_m_s * apart_s + self.steps_m
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use redan_geo::{EffectiveEarth, GridGeometry, HeightGrid, LocalFrame};
    use redan_record::Side;

    use super::*;
    use crate::card::{AirVehicle, Figures, Library};

    fn aircraft(route: &[(f64, f64, Height, f64)], offset_right_m: f64) -> Aircraft {
        let library = Library::embedded();
        let card = library.find("Su-24").expect("a card that ships");
        let figures = AirVehicle::from_figures(&Figures::nominal(card)).expect("a whole card");
        let point = |&(lat_deg, lon_deg, height, speed_m_s): &(f64, f64, Height, f64)| Waypoint {
            lat_rad: lat_deg.to_radians(),
            lon_rad: lon_deg.to_radians(),
            height,
            speed_m_s,
        };
        Aircraft {
            name: "a".into(),
            flight: "a".into(),
            card: card.id.clone(),
            side: Side::Hostile,
            figures,
            start: Time::from_secs(100.0),
            route: route.iter().map(point).collect(),
            offset_right_m,
            target: None,
            release_m: 0.0,
            transponder: Default::default(),
            jams: true,
            emits: true,
        }
    }

    fn route(points: &[(f64, f64, Height, f64)]) -> Route {
        Route::of(&aircraft(points, 0.0))
    }

    /// Two legs of different speeds that climb.
    fn bent() -> Route {
        route(&[
            (40.0, 32.0, Height::Msl(1_000.0), 200.0),
            (40.5, 32.0, Height::Msl(4_000.0), 300.0),
            (40.5, 33.0, Height::Msl(4_000.0), 300.0),
        ])
    }

    /// Relief that rises from 0 m in the west to 2,000 m in the east of a square degree.
    fn slope() -> Earth {
        let geometry = GridGeometry {
            south_rad: 40.0_f64.to_radians(),
            west_rad: 32.0_f64.to_radians(),
            lat_step_rad: 1.0_f64.to_radians(),
            lon_step_rad: 1.0_f64.to_radians(),
            rows: 2,
            columns: 2,
        };
        let grid = HeightGrid::new(geometry, vec![0.0, 2_000.0, 0.0, 2_000.0]).expect("a grid");
        Earth { effective: EffectiveEarth::default(), relief: Some(Arc::new(grid)) }
    }

    #[test]
    fn time_speed_and_distance_agree() {
        let (route, earth) = (bent(), Earth::default());
        // Half a degree of latitude at 200 m/s and one degree of longitude at 300 m/s, on the ellipsoid.
        let expected_s = 55_516.0 / 200.0 + 84_765.0 / 300.0;
        let takes_s = (route.end() - route.start()).as_secs();
        assert!((takes_s - expected_s).abs() < 2.0, "{takes_s}");
        assert_eq!(route.start(), Time::from_secs(100.0));
        // Where it goes in a second is what its velocity says, all along both legs.
        let mut time = route.start() + Span::from_secs(0.5);
        while time + Span::from_secs(1.0) < route.end() {
            let (state, next) =
                (route.state(time, &earth), route.state(time + Span::from_secs(1.0), &earth));
            let speed_m_s = state.velocity.speed_m_s();
            let moved_m = state.ecef.distance_m(next.ecef);
            let at_bend =
                (state.velocity.ground_speed_m_s() - next.velocity.ground_speed_m_s()).abs() > 1.0;
            assert!(at_bend || (moved_m - speed_m_s).abs() < 0.5, "{moved_m} m at {speed_m_s} m/s");
            let towards = LocalFrame::new(state.place).enu(next.ecef);
            let off_m = (towards.up_m - state.velocity.up_m_s).abs();
            assert!(at_bend || off_m < 0.1, "climbs {} in a second", towards.up_m);
            time += Span::from_secs(7.3);
        }
    }

    #[test]
    fn before_the_start_and_after_the_end_it_stays_there() {
        let (route, earth) = (bent(), Earth::default());
        let place = |time| route.state(time, &earth).place;
        assert_eq!(place(Time::ZERO), place(route.start()));
        assert!((place(route.start()).lat_deg() - 40.0).abs() < 1e-9);
        let end = place(route.end());
        assert_eq!(place(route.end() + Span::from_secs(60.0)), end);
        assert!((end.lon_deg() - 33.0).abs() < 1e-9 && (end.height_m - 4_000.0).abs() < 1e-6);
    }

    #[test]
    fn heights_change_linearly_along_a_leg() {
        let route = bent();
        let middle = route.start() + Span((route.legs[0].until - route.start()).0 / 2);
        let height_m = route.state(middle, &Earth::default()).place.height_m;
        assert!((height_m - 2_500.0).abs() < 0.1, "{height_m}");
    }

    #[test]
    fn members_of_a_formation_fly_to_the_right_of_the_course() {
        let earth = Earth::default();
        let course = [
            (40.0, 32.0, Height::Msl(5_000.0), 250.0),
            (40.4, 32.4, Height::Msl(5_000.0), 250.0),
            (40.0, 32.8, Height::Msl(5_000.0), 250.0),
        ];
        for offset_right_m in [-1_500.0, 700.0] {
            let (leader, wing) = (route(&course), Route::of(&aircraft(&course, offset_right_m)));
            for share in [0.1, 0.4, 0.6, 0.9] {
                let flown = (leader.end() - leader.start()).as_secs() * share;
                let time = leader.start() + Span::from_secs(flown);
                let (leader, wing) = (leader.state(time, &earth), wing.state(time, &earth));
                let v = leader.velocity;
                let beside = LocalFrame::new(leader.place).enu(wing.ecef);
                let speed_m_s = v.ground_speed_m_s();
                let right_m =
                    (beside.east_m * v.north_m_s - beside.north_m * v.east_m_s) / speed_m_s;
                let ahead_m =
                    (beside.east_m * v.east_m_s + beside.north_m * v.north_m_s) / speed_m_s;
                assert!((right_m - offset_right_m).abs() < 2.0, "{right_m} m to the right");
                assert!(ahead_m.abs() < 1.0, "{ahead_m} m ahead");
                assert!((wing.place.height_m - leader.place.height_m).abs() < 1e-6);
            }
        }
    }

    #[test]
    fn heights_above_ground_follow_the_relief() {
        let earth = slope();
        let route = route(&[
            (40.5, 32.1, Height::Agl(100.0), 200.0),
            (40.5, 32.9, Height::Agl(300.0), 200.0),
        ]);
        for (time, agl_m) in [(route.start(), 100.0), (route.end(), 300.0)] {
            let place = route.state(time, &earth).place;
            let ground_m = earth.ground_m(place.lat_rad, place.lon_rad);
            assert!((place.height_m - ground_m - agl_m).abs() < 1e-6, "{place:?}");
        }
        assert!((route.state(route.start(), &earth).place.height_m - 300.0).abs() < 1.0);
        // A member of the formation follows the ground below itself, not that below the leader.
        let north =
            [(40.2, 32.5, Height::Agl(100.0), 200.0), (40.8, 32.5, Height::Agl(100.0), 200.0)];
        let wing = Route::of(&aircraft(&north, 5_000.0)).state(Time::from_secs(150.0), &earth);
        let ground_m = earth.ground_m(wing.place.lat_rad, wing.place.lon_rad);
        assert!(ground_m > 1_050.0 && (wing.place.height_m - ground_m - 100.0).abs() < 1e-6);
        // Above sea level it stays level over the same slope.
        let level = bent().state(Time::from_secs(500.0), &earth).place.height_m;
        assert!((level - 4_000.0).abs() < 1e-6, "{level}");
    }

    #[test]
    fn where_kinds_of_height_change_the_earlier_one_holds() {
        let mixed = route(&[
            (40.5, 32.1, Height::Msl(3_000.0), 200.0),
            (40.5, 32.9, Height::Agl(100.0), 200.0),
        ]);
        let before_the_end = mixed.end() + Span(-1_000_000);
        let height_m = mixed.state(before_the_end, &slope()).place.height_m;
        assert!((height_m - 3_000.0).abs() < 1e-3, "{height_m}");
    }

    #[test]
    fn the_first_moment_within_a_distance_is_found_and_not_jumped_over() {
        let (route, earth) = (bent(), Earth::default());
        let place = Geodetic::from_degrees(40.5, 32.4, 0.0);
        // The great circle passes 115 m to the north of the place.
        for distance_m in [40e3, 20e3, 1e3, 140.0] {
            let time = route.first_within(place, distance_m, &earth);
            let gap_m = |time| {
                let over = route.state(time, &earth).place.at_height(0.0);
                over.to_ecef().distance_m(place.to_ecef())
            };
            // Steps are a quarter of a second: 75 m at 300 m/s.
            assert!(gap_m(time) <= distance_m, "{distance_m}: {}", gap_m(time));
            assert!(gap_m(time) > distance_m - 76.0, "{distance_m}: {}", gap_m(time));
            assert!(gap_m(time + Span::from_secs(-0.3)) > distance_m, "{distance_m}");
        }
    }

    #[test]
    fn what_never_comes_within_the_distance_ends_its_route() {
        let far = Geodetic::from_degrees(45.0, 32.4, 0.0);
        let route = bent();
        assert_eq!(route.first_within(far, 10e3, &Earth::default()), route.end());
    }
}
