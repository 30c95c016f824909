//! A command with one unit and whatever a test puts into its picture.

#![allow(dead_code, reason = "each test file is a crate of its own and uses a part of this")]

use redan_command::fly_out::Envelope;
use redan_command::{
    Asset, Commitment, Decision, Fire, FireUnit, Firing, FlyOut, Intercept, Interceptor,
    InterceptorId, Reason, Rules, Settings, Situation, Stock, UnitId, WeaponsControl, check,
};
use redan_geo::{Aer, Earth, Enu, EnuVelocity, Geodetic, LocalFrame, Span, Time};
use redan_track::{Basis, Identity, Kinematics, PlotId, Replies, SensorId, Status, Track, TrackId};

pub(crate) const SHORT: InterceptorId = InterceptorId(0);
pub(crate) const LONG: InterceptorId = InterceptorId(1);

/// Reach of the two interceptors.
pub(crate) const SHORT_REACH_M: f64 = 60e3;
pub(crate) const LONG_REACH_M: f64 = 200e3;

/// Everything that a situation borrows.
#[derive(Debug)]
pub(crate) struct Scene {
    pub(crate) earth: Earth,
    pub(crate) frame: LocalFrame,
    pub(crate) tracks: Vec<Track>,
    pub(crate) units: Vec<FireUnit>,
    pub(crate) interceptors: Vec<Interceptor>,
    pub(crate) commitments: Vec<Commitment>,
    pub(crate) called_killed: Vec<TrackId>,
    pub(crate) assets: Vec<Asset>,
    pub(crate) rules: Rules,
}

impl Scene {
    /// One unit at the origin with twenty rounds of each type, one asset where it stands, and no track.
    pub(crate) fn new() -> Scene {
        Scene {
            earth: Earth::default(),
            frame: LocalFrame::new(home()),
            tracks: Vec::new(),
            units: vec![unit(0, home())],
            interceptors: vec![
                interceptor("short", SHORT_REACH_M),
                interceptor("long", LONG_REACH_M),
            ],
            commitments: Vec::new(),
            called_killed: Vec::new(),
            assets: vec![asset("base", home(), 10e3)],
            rules: Rules { weapons: WeaponsControl::Free, engage_approaching: false },
        }
    }

    /// The same with one hostile track.
    pub(crate) fn with(target: Target) -> Scene {
        let mut scene = Scene::new();
        scene.add(target);
        scene
    }

    /// Puts a track into the picture; its number follows from how many there are.
    pub(crate) fn add(&mut self, target: Target) -> TrackId {
        let id = TrackId(self.tracks.len() as u64 + 1);
        self.tracks.push(target.track(id, &self.frame));
        id
    }

    pub(crate) fn situation(&self) -> Situation<'_> {
        Situation {
            now: now(),
            earth: &self.earth,
            frame: &self.frame,
            tracks: &self.tracks,
            units: &self.units,
            interceptors: &self.interceptors,
            commitments: &self.commitments,
            called_killed: &self.called_killed,
            assets: &self.assets,
            rules: self.rules,
            zoned: &[],
        }
    }

    /// The check of an order of the first unit against the first track.
    pub(crate) fn check(
        &self,
        interceptor: InterceptorId,
        rounds: u32,
    ) -> Result<Intercept, Reason> {
        check::order(&self.situation(), &self.units[0], &self.tracks[0], interceptor, rounds)
    }

    pub(crate) fn decide(&self, salvo: u32) -> Decision {
        Firing::new(Fire::ShootLookShoot, Settings::of_salvo(salvo)).decide(&self.situation())
    }
}

/// A target over ground, seen from the origin.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Target {
    pub(crate) azimuth_rad: f64,
    pub(crate) range_m: f64,
    pub(crate) height_m: f64,
    pub(crate) east_m_s: f64,
    pub(crate) north_m_s: f64,
    pub(crate) identity: Identity,
    pub(crate) confirmed: bool,
    /// Standard deviation of place along each axis.
    pub(crate) sigma_m: f64,
}

impl Target {
    /// Hostile, due north, flying south, known exactly.
    pub(crate) fn north(range_m: f64, height_m: f64, speed_m_s: f64) -> Target {
        Target {
            azimuth_rad: 0.0,
            range_m,
            height_m,
            east_m_s: 0.0,
            north_m_s: -speed_m_s,
            identity: Identity::Hostile,
            confirmed: true,
            sigma_m: 0.0,
        }
    }

    pub(crate) fn track(self, id: TrackId, frame: &LocalFrame) -> Track {
        let over = Aer { azimuth_rad: self.azimuth_rad, elevation_rad: 0.0, range_m: self.range_m };
        let place = frame.ecef_of_aer(over).to_geodetic().at_height(self.height_m);
        // Level flight where the target is, which the frame of the origin sees as a slow descent.
        let level = EnuVelocity { east_m_s: self.east_m_s, north_m_s: self.north_m_s, up_m_s: 0.0 };
        let world = LocalFrame::new(place).ecef_velocity(level);
        Track {
            id,
            status: if self.confirmed { Status::Confirmed } else { Status::Tentative },
            kinematics: kinematics(
                frame.enu(place.to_ecef()),
                frame.enu_velocity(world),
                self.sigma_m,
            ),
            hits: 5,
            started: Time::ZERO,
            confirmed: self.confirmed.then_some(Time::ZERO),
            last_plot: PlotId(0),
            last_sensor: SensorId(0),
            replies: Replies::default(),
            identity: self.identity,
            basis: Basis::Silence,
        }
    }
}

fn kinematics(place: Enu, velocity: EnuVelocity, sigma_m: f64) -> Kinematics {
    let mut state =
        Kinematics { time: now(), mean: Default::default(), covariance: Default::default() };
    let parts = place.to_array().into_iter().chain(velocity.to_array());
    for (axis, part) in parts.enumerate() {
        state.mean[axis] = part;
    }
    for axis in 0..3 {
        state.covariance[(axis, axis)] = sigma_m * sigma_m;
    }
    // The climb is known to a metre per second, as a radar knows it: straight on along the tangent is a
    // slow climb over the round Earth, and counts as level flight.
    state.covariance[(5, 5)] = 1.0;
    state
}

pub(crate) fn now() -> Time {
    Time::from_secs(100.0)
}

pub(crate) fn home() -> Geodetic {
    Geodetic::from_degrees(40.0, 32.5, 10.0)
}

pub(crate) fn asset(name: &str, place: Geodetic, radius_m: f64) -> Asset {
    Asset { name: name.to_owned(), place, radius_m, weight: 1.0 }
}

/// A missile of 1,000 m/s that climbs to 25 km and flies no lower than 20 m.
fn interceptor(name: &str, max_range_m: f64) -> Interceptor {
    let envelope =
        Envelope { min_range_m: 3e3, max_range_m, min_altitude_m: 20.0, max_altitude_m: 25e3 };
    Interceptor {
        name: name.to_owned(),
        fly_out: FlyOut::constant_speed(envelope, 1_000.0).expect("valid figures"),
        needs_illumination: false,
        max_target_speed_m_s: 2_000.0,
        kill_prob: 0.7,
    }
}

/// Free, ready, with a reaction of 10 s and a sector of 90 degrees.
pub(crate) fn unit(id: u32, antenna: Geodetic) -> FireUnit {
    FireUnit {
        id: UnitId(id),
        antenna,
        facing_rad: None,
        sector_rad: 90.0_f64.to_radians(),
        fires_rad: None,
        elevation_rad: (-0.05, 1.4),
        instrumented_range_m: 300e3,
        free_target_channels: 6,
        free_missile_channels: 12,
        reaction: Span::from_secs(10.0),
        ready: true,
        stocks: vec![
            Stock { interceptor: SHORT, rounds: 20 },
            Stock { interceptor: LONG, rounds: 20 },
        ],
    }
}
