//! Positions and velocities, each in the frame that its type names.
//!
//! Geodetic and Earth-centred positions refer to WGS-84 (NIMA TR8350.2, 2000); a local frame is named
//! by the [`LocalFrame`](crate::LocalFrame) that made it, not by its type.

use std::f64::consts::{PI, TAU};

use serde::{Deserialize, Serialize};

use crate::vector::{dot, norm, sub};

/// Position by geodetic latitude, longitude and height above the WGS-84 ellipsoid.
///
/// Heights of scenarios and relief are above mean sea level; this crate takes them for heights above
/// the ellipsoid, because every use compares heights with each other. The two differ by the undulation
/// of the geoid, up to 110 m, and hardly at all within one engagement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Geodetic {
    /// Geodetic latitude, -pi/2 to pi/2, north positive.
    pub lat_rad: f64,
    /// Longitude, east positive; conversions return -pi to pi.
    pub lon_rad: f64,
    /// Height above the ellipsoid.
    pub height_m: f64,
}

/// Earth-centred, Earth-fixed position: x through 0° N 0° E, y through 0° N 90° E, z through the north pole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ecef {
    /// Towards 0° N 0° E.
    pub x_m: f64,
    /// Towards 0° N 90° E.
    pub y_m: f64,
    /// Towards the north pole.
    pub z_m: f64,
}

/// Velocity relative to the turning Earth, in the axes of [`Ecef`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct EcefVelocity {
    /// Towards 0° N 0° E.
    pub x_m_s: f64,
    /// Towards 0° N 90° E.
    pub y_m_s: f64,
    /// Towards the north pole.
    pub z_m_s: f64,
}

/// Position relative to the origin of a local frame; up is the ellipsoid's normal at the origin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Enu {
    /// Towards east.
    pub east_m: f64,
    /// Towards true north.
    pub north_m: f64,
    /// Along the ellipsoid's normal.
    pub up_m: f64,
}

/// Velocity relative to the Earth in the axes of a local frame.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct EnuVelocity {
    /// Towards east.
    pub east_m_s: f64,
    /// Towards true north.
    pub north_m_s: f64,
    /// Along the ellipsoid's normal.
    pub up_m_s: f64,
}

/// Position as azimuth, elevation and range from the origin of a local frame, without refraction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Aer {
    /// Clockwise from true north; conversions return 0 to 2 pi, 2 pi excluded.
    pub azimuth_rad: f64,
    /// Above the plane normal to up, -pi/2 to pi/2.
    pub elevation_rad: f64,
    /// Straight-line distance.
    pub range_m: f64,
}

impl Geodetic {
    /// Position from degrees and metres, as files and people give it.
    pub fn from_degrees(lat_deg: f64, lon_deg: f64, height_m: f64) -> Self {
        Self { lat_rad: lat_deg.to_radians(), lon_rad: lon_deg.to_radians(), height_m }
    }

    /// Latitude for print.
    pub fn lat_deg(self) -> f64 {
        self.lat_rad.to_degrees()
    }

    /// Longitude for print.
    pub fn lon_deg(self) -> f64 {
        self.lon_rad.to_degrees()
    }

    /// The same place at another height.
    pub fn at_height(self, height_m: f64) -> Self {
        Self { height_m, ..self }
    }
}

impl Ecef {
    /// Straight-line distance to another position.
    pub fn distance_m(self, other: Self) -> f64 {
        norm(sub(self.to_array(), other.to_array()))
    }

    /// Rate of change of the distance between this point, moving at `velocity`, and a point at `from`
    /// moving at `from_velocity`; positive when the two draw apart, 0 when they coincide.
    pub fn range_rate_m_s(
        self,
        velocity: EcefVelocity,
        from: Self,
        from_velocity: EcefVelocity,
    ) -> f64 {
        let offset = sub(self.to_array(), from.to_array());
        let range_m = norm(offset);
        if range_m == 0.0 {
            return 0.0;
        }
        dot(offset, sub(velocity.to_array(), from_velocity.to_array())) / range_m
    }

    /// Components x, y, z in metres.
    pub const fn to_array(self) -> [f64; 3] {
        [self.x_m, self.y_m, self.z_m]
    }

    /// Position from x, y, z in metres.
    pub const fn from_array([x_m, y_m, z_m]: [f64; 3]) -> Self {
        Self { x_m, y_m, z_m }
    }

    /// Position after `dt_s` seconds of straight flight.
    pub fn advanced(self, velocity: EcefVelocity, dt_s: f64) -> Self {
        Self {
            x_m: self.x_m + velocity.x_m_s * dt_s,
            y_m: self.y_m + velocity.y_m_s * dt_s,
            z_m: self.z_m + velocity.z_m_s * dt_s,
        }
    }
}

impl EcefVelocity {
    /// Magnitude.
    pub fn speed_m_s(self) -> f64 {
        norm(self.to_array())
    }

    /// Components x, y, z in metres per second.
    pub const fn to_array(self) -> [f64; 3] {
        [self.x_m_s, self.y_m_s, self.z_m_s]
    }

    /// Velocity from x, y, z in metres per second.
    pub const fn from_array([x_m_s, y_m_s, z_m_s]: [f64; 3]) -> Self {
        Self { x_m_s, y_m_s, z_m_s }
    }
}

impl Enu {
    /// Straight-line distance to the origin.
    pub fn range_m(self) -> f64 {
        norm(self.to_array())
    }

    /// Distance to the origin in the horizontal plane of the origin.
    pub fn horizontal_m(self) -> f64 {
        (self.east_m * self.east_m + self.north_m * self.north_m).sqrt()
    }

    /// The same position as azimuth, elevation and range. The origin itself has azimuth and elevation 0.
    pub fn to_aer(self) -> Aer {
        Aer {
            azimuth_rad: bearing_of_rad(self.east_m, self.north_m),
            elevation_rad: libm::atan2(self.up_m, self.horizontal_m()),
            range_m: self.range_m(),
        }
    }

    /// Components east, north, up in metres.
    pub const fn to_array(self) -> [f64; 3] {
        [self.east_m, self.north_m, self.up_m]
    }

    /// Position from east, north, up in metres.
    pub const fn from_array([east_m, north_m, up_m]: [f64; 3]) -> Self {
        Self { east_m, north_m, up_m }
    }
}

impl EnuVelocity {
    /// Magnitude.
    pub fn speed_m_s(self) -> f64 {
        norm(self.to_array())
    }

    /// Magnitude in the horizontal plane.
    pub fn ground_speed_m_s(self) -> f64 {
        (self.east_m_s * self.east_m_s + self.north_m_s * self.north_m_s).sqrt()
    }

    /// Direction of flight over the ground, clockwise from true north, 0 to 2 pi; 0 when not moving.
    pub fn course_rad(self) -> f64 {
        bearing_of_rad(self.east_m_s, self.north_m_s)
    }

    /// Components east, north, up in metres per second.
    pub const fn to_array(self) -> [f64; 3] {
        [self.east_m_s, self.north_m_s, self.up_m_s]
    }

    /// Velocity from east, north, up in metres per second.
    pub const fn from_array([east_m_s, north_m_s, up_m_s]: [f64; 3]) -> Self {
        Self { east_m_s, north_m_s, up_m_s }
    }
}

impl Aer {
    /// The same position as east, north, up.
    pub fn to_enu(self) -> Enu {
        let (sin_az, cos_az) = libm::sincos(self.azimuth_rad);
        let (sin_el, cos_el) = libm::sincos(self.elevation_rad);
        let horizontal_m = self.range_m * cos_el;
        Enu {
            east_m: horizontal_m * sin_az,
            north_m: horizontal_m * cos_az,
            up_m: self.range_m * sin_el,
        }
    }
}

impl From<Enu> for Aer {
    fn from(enu: Enu) -> Self {
        enu.to_aer()
    }
}

impl From<Aer> for Enu {
    fn from(aer: Aer) -> Self {
        aer.to_enu()
    }
}

/// The same angle in -pi (excluded) to pi (included). Angles already there come back unchanged; NaN
/// and infinities give NaN.
pub fn wrap_pi_rad(angle_rad: f64) -> f64 {
    if angle_rad > -PI && angle_rad <= PI {
        return angle_rad;
    }
    let turned_rad = wrap_two_pi_rad(angle_rad);
    if turned_rad > PI { turned_rad - TAU } else { turned_rad }
}

/// The same angle in 0 (included) to 2 pi (excluded). Angles already there come back unchanged; NaN
/// and infinities give NaN.
pub fn wrap_two_pi_rad(angle_rad: f64) -> f64 {
    if (0.0..TAU).contains(&angle_rad) {
        return angle_rad;
    }
    let rest_rad = angle_rad % TAU;
    let turned_rad = if rest_rad < 0.0 { rest_rad + TAU } else { rest_rad };
    // A tiny negative angle plus a turn rounds up to the whole turn, which stands for 0.
    if turned_rad >= TAU { 0.0 } else { turned_rad }
}

/// Clockwise from north, 0 to 2 pi.
pub(crate) fn bearing_of_rad(east: f64, north: f64) -> f64 {
    wrap_two_pi_rad(libm::atan2(east, north))
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "values that are met exactly are compared exactly")]
mod tests {
    use super::*;

    #[test]
    fn wrapped_angles_stay_in_their_interval() {
        assert_eq!(wrap_pi_rad(-PI), PI);
        assert_eq!(wrap_two_pi_rad(TAU), 0.0);
        assert_eq!(wrap_two_pi_rad(-1e-20), 0.0);
        assert!((wrap_pi_rad(7.0) - (7.0 - TAU)).abs() < 1e-15);
        assert!((wrap_two_pi_rad(-7.0) - (2.0 * TAU - 7.0)).abs() < 1e-14);
        assert!(wrap_pi_rad(f64::NAN).is_nan() && wrap_two_pi_rad(f64::INFINITY).is_nan());
    }

    #[test]
    fn a_point_that_flies_away_has_a_positive_range_rate() {
        let radar = Ecef { x_m: 6_378_137.0, y_m: 0.0, z_m: 0.0 };
        let target = Ecef { x_m: 6_378_137.0, y_m: 3_000.0, z_m: 4_000.0 };
        let away = EcefVelocity { x_m_s: 50.0, y_m_s: 60.0, z_m_s: 80.0 };
        let still = EcefVelocity::default();
        assert!((target.range_rate_m_s(away, radar, still) - 100.0).abs() < 1e-12);
        assert!((radar.range_rate_m_s(still, target, away) - 100.0).abs() < 1e-12);
        assert_eq!(radar.range_rate_m_s(away, radar, still), 0.0);
    }
}
