//! Places and movements as the messages have them, and where a receiver believes a thing to be.
//!
//! Receivers move a thing on in a straight line with its attitude (algorithm 2, `DRM(F, P, W)`, IEEE
//! 1278.1-2012, annex E). A new message is due when that is wrong by more than a metre or three degrees, or
//! when five seconds have passed: the defaults `DRA_POS_THRSH`, `DRA_ORIENT_THRSH` and the heartbeat of the
//! standard.

use redan_geo::{
    Attitude, DisEuler, Ecef, EcefVelocity, EnuVelocity, Geodetic, LocalFrame, Span, Time,
};

use super::entity::DeadReckoning;
use crate::position::{Position, State};

/// A receiver's place of a thing may be wrong by this.
const PLACE_THRESHOLD_M: f64 = 1.0;
/// And its attitude by this.
const ATTITUDE_THRESHOLD_RAD: f64 = 3.0 * std::f64::consts::PI / 180.0;
/// Slower than this a velocity gives no attitude.
const SLOWEST_M_S: f64 = 0.05;

/// Where a thing is and how it goes on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Motion {
    at: Time,
    place: Ecef,
    velocity: EcefVelocity,
    attitude: Attitude,
    orientation: DisEuler,
}

impl Motion {
    /// Something that stands, level and with its nose to the north: a recording knows no better.
    pub(super) fn standing(at: Time, position: Position) -> Motion {
        Motion::new(at, position, EnuVelocity::default(), Attitude::default())
    }

    /// A new place. Without a velocity it is that of the way from the place before, at the speed of the
    /// state; the nose points where the thing goes, or where it pointed before.
    pub(super) fn moved(before: Option<Motion>, at: Time, state: State) -> Motion {
        let velocity = state
            .velocity
            .or_else(|| before.and_then(|before| along(before.place, state)))
            .unwrap_or_default();
        let old = before.map_or(Attitude::default(), |before| before.attitude);
        let attitude = if velocity.speed_m_s() < SLOWEST_M_S { old } else { ahead(velocity) };
        Motion::new(at, state.position, velocity, attitude)
    }

    /// Here, but going on as another one did.
    pub(super) fn with_velocity_of(self, other: Option<Motion>) -> Motion {
        other.map_or(self, |other| Motion { at: self.at, place: self.place, ..other })
    }

    fn new(at: Time, position: Position, velocity: EnuVelocity, attitude: Attitude) -> Motion {
        let place = geodetic(position);
        let frame = LocalFrame::new(place);
        Motion {
            at,
            place: frame.origin_ecef(),
            velocity: frame.ecef_velocity(velocity),
            attitude,
            orientation: attitude.to_dis(place),
        }
    }

    /// The same thing later, if it goes on straight.
    pub(super) fn later(self, at: Time) -> Motion {
        Motion { at, place: self.place.advanced(self.velocity, (at - self.at).as_secs()), ..self }
    }

    /// Whether a receiver that was told the one is too wrong about the other, which is later.
    pub(super) fn strays_from(&self, told: &Motion) -> bool {
        let believed = told.later(self.at);
        self.place.distance_m(believed.place) > PLACE_THRESHOLD_M
            || between(self.orientation, believed.orientation) > ATTITUDE_THRESHOLD_RAD
    }

    /// Time since another motion.
    pub(super) fn since(&self, told: &Motion) -> Span {
        self.at - told.at
    }

    pub(super) fn place(&self) -> Ecef {
        self.place
    }

    pub(super) fn velocity_m_s(&self) -> [f32; 3] {
        super::wire::velocity(self.velocity)
    }

    pub(super) fn orientation_rad(&self) -> [f32; 3] {
        let DisEuler { psi_rad, theta_rad, phi_rad } = self.orientation;
        [psi_rad, theta_rad, phi_rad].map(|angle| angle as f32)
    }

    /// Algorithm 1 for what stands for ever, 2 for the rest, with heading, pitch and roll beside it where
    /// the version has them (annex E.8: type 1, two octets of nought, three angles).
    pub(super) fn reckoning(&self, is_site: bool, has_angles: bool) -> DeadReckoning {
        let mut parameters = [0; 15];
        if has_angles {
            let Attitude { heading_rad, pitch_rad, roll_rad } = self.attitude;
            parameters[0] = 1;
            for (to, angle) in parameters[3..].chunks_mut(4).zip([heading_rad, pitch_rad, roll_rad])
            {
                to.copy_from_slice(&(angle as f32).to_be_bytes());
            }
        }
        let algorithm = if is_site { 1 } else { 2 };
        DeadReckoning { algorithm, parameters, ..DeadReckoning::default() }
    }

    /// Azimuth from the nose and elevation of another place as this thing has it, radians.
    pub(super) fn direction_rad(&self, other: Ecef) -> [f32; 2] {
        let seen = LocalFrame::new(self.place.to_geodetic()).aer(other);
        let azimuth_rad = redan_geo::wrap_pi_rad(seen.azimuth_rad - self.attitude.heading_rad);
        [azimuth_rad as f32, seen.elevation_rad as f32]
    }
}

/// A place in the frame of the scenario.
fn geodetic(Position { lat_deg, lon_deg, alt_m }: Position) -> Geodetic {
    Geodetic::from_degrees(lat_deg, lon_deg, alt_m)
}

/// The velocity on the straight way from a place to a state, at its speed.
fn along(from: Ecef, to: State) -> Option<EnuVelocity> {
    let (frame, speed_m_s) = (LocalFrame::new(geodetic(to.position)), to.speed_m_s?);
    let way = frame.enu(from);
    let length_m = way.range_m();
    let share = |part_m: f64| -part_m / length_m * speed_m_s;
    (length_m > 0.0).then(|| EnuVelocity {
        east_m_s: share(way.east_m),
        north_m_s: share(way.north_m),
        up_m_s: share(way.up_m),
    })
}

/// The attitude of what points where it goes, wings level.
fn ahead(velocity: EnuVelocity) -> Attitude {
    let pitch_rad = libm::atan2(velocity.up_m_s, velocity.ground_speed_m_s());
    let heading_rad = redan_geo::wrap_two_pi_rad(velocity.course_rad());
    Attitude { heading_rad, pitch_rad, roll_rad: 0.0 }
}

/// The angle of the one turn that leads from an orientation to another.
fn between(one: DisEuler, other: DisEuler) -> f64 {
    if one == other {
        return 0.0;
    }
    let (a, b) = (one.rotation(), other.rotation());
    let trace: f64 = a.iter().flatten().zip(b.iter().flatten()).map(|(a, b)| a * b).sum();
    libm::acos(((trace - 1.0) / 2.0).clamp(-1.0, 1.0))
}
