//! Great circle between two unit normals: the path of a leg and of a ray over relief.

use crate::frames::Geodetic;
use crate::vector::{blend, dot, norm, sub};

/// The shorter great circle from one unit normal of the ellipsoid to another (spherical interpolation
/// of n-vectors: Gade, "A non-singular horizontal position representation", *J. Navigation* 63, 2010).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct GreatCircle {
    start: [f64; 3],
    /// Unit vector from the start towards the end, normal to the start.
    ahead: [f64; 3],
    /// Angle between the two normals, 0 to pi.
    pub(crate) angle_rad: f64,
}

impl GreatCircle {
    /// Between equal or opposite normals the direction is arbitrary: north, or along longitude 0 at a pole.
    pub(crate) fn between(start: [f64; 3], end: [f64; 3]) -> Self {
        let step = sub(end, start);
        let ahead = blend(step, 1.0, start, -dot(start, step));
        let sin = norm(ahead);
        let cos = dot(start, end);
        let angle_rad = libm::atan2(sin, cos);
        if sin < 1e-15 {
            return Self { start, ahead: any_normal_to(start), angle_rad };
        }
        Self { start, ahead: ahead.map(|x| x / sin), angle_rad }
    }

    /// Angle from the start, 0 to pi, at which the circle is farthest from the equator.
    pub(crate) fn turn_rad(&self) -> f64 {
        let angle_rad = libm::atan2(self.ahead[2], self.start[2]);
        if angle_rad < 0.0 { angle_rad + std::f64::consts::PI } else { angle_rad }
    }

    /// Unit normal and unit direction of travel at an angle from the start.
    pub(crate) fn at(&self, angle_rad: f64) -> ([f64; 3], [f64; 3]) {
        let (sin, cos) = libm::sincos(angle_rad);
        (blend(self.start, cos, self.ahead, sin), blend(self.ahead, cos, self.start, -sin))
    }
}

/// North at a place, except at the poles, where north is not defined.
fn any_normal_to(normal: [f64; 3]) -> [f64; 3] {
    let axis = if normal[2].abs() < 0.999_999 { [0.0, 0.0, 1.0] } else { [1.0, 0.0, 0.0] };
    let across = blend(axis, 1.0, normal, -dot(axis, normal));
    let length = norm(across);
    across.map(|x| x / length)
}

/// Place on the ellipsoid's normal `normal` at a height.
pub(crate) fn place_of(normal: [f64; 3], height_m: f64) -> Geodetic {
    let cos_lat = (normal[0] * normal[0] + normal[1] * normal[1]).sqrt();
    Geodetic {
        lat_rad: libm::atan2(normal[2], cos_lat),
        lon_rad: libm::atan2(normal[1], normal[0]),
        height_m,
    }
}

/// Components of a direction towards east and north at a place; at a pole, east of longitude 0.
pub(crate) fn east_north(normal: [f64; 3], direction: [f64; 3]) -> (f64, f64) {
    let cos_lat = (normal[0] * normal[0] + normal[1] * normal[1]).sqrt();
    let (sin_lon, cos_lon) = match cos_lat > 0.0 {
        true => (normal[1] / cos_lat, normal[0] / cos_lat),
        false => (0.0, 1.0),
    };
    let east = [-sin_lon, cos_lon, 0.0];
    let north = [-normal[2] * cos_lon, -normal[2] * sin_lon, cos_lat];
    (dot(direction, east), dot(direction, north))
}
