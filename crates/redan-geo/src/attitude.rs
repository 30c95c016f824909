//! Attitude: heading, pitch and roll at a place, and the world Euler angles of IEEE 1278.1 (DIS).
//!
//! Body axes: x forward, y right, z down. Local attitude turns north-east-down axes by heading about
//! down, then pitch about the new y, then roll about the new x. DIS turns the Earth-centred axes by psi
//! about z, theta about the new y, phi about the new x (IEEE 1278.1-2012, 1.6.3). Both name the same
//! rotation matrix from body to world; angles are read back from it. Range: all angles; at pitch or
//! theta of ±90 degrees the other two are not unique and roll or phi is returned as 0. Validated
//! against scipy 1.17.1 (`tests/tables.rs`, 1e-9 on the matrix).

use serde::{Deserialize, Serialize};

use crate::frames::{Geodetic, wrap_two_pi_rad};
use crate::local::LocalFrame;
use crate::vector::{Matrix, product, transpose};

/// Attitude relative to the local horizontal and true north.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Attitude {
    /// Direction of the nose, clockwise from true north; conversions return 0 to 2 pi.
    pub heading_rad: f64,
    /// Nose above the horizontal, -pi/2 to pi/2.
    pub pitch_rad: f64,
    /// Right wing down, -pi to pi.
    pub roll_rad: f64,
}

/// Orientation of an entity in a DIS entity state PDU (IEEE 1278.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DisEuler {
    /// About the Earth's axis, -pi to pi.
    pub psi_rad: f64,
    /// About the turned y axis, -pi/2 to pi/2.
    pub theta_rad: f64,
    /// About the twice turned x axis, -pi to pi.
    pub phi_rad: f64,
}

impl Attitude {
    /// Rotation from body axes to Earth-centred axes at a place.
    pub fn rotation(self, place: Geodetic) -> [[f64; 3]; 3] {
        let to_ned = rotation_zyx(self.heading_rad, self.pitch_rad, self.roll_rad);
        product(&world_from_ned(place), &to_ned)
    }

    /// Attitude at a place from a rotation from body axes to Earth-centred axes.
    pub fn from_rotation(rotation: [[f64; 3]; 3], place: Geodetic) -> Self {
        let to_ned = product(&transpose(&world_from_ned(place)), &rotation);
        let (heading_rad, pitch_rad, roll_rad) = angles_zyx(&to_ned);
        Self { heading_rad: wrap_two_pi_rad(heading_rad), pitch_rad, roll_rad }
    }

    /// The same attitude as DIS world angles.
    pub fn to_dis(self, place: Geodetic) -> DisEuler {
        DisEuler::from_rotation(self.rotation(place))
    }
}

impl DisEuler {
    /// Rotation from body axes to Earth-centred axes.
    pub fn rotation(self) -> [[f64; 3]; 3] {
        rotation_zyx(self.psi_rad, self.theta_rad, self.phi_rad)
    }

    /// Angles from a rotation from body axes to Earth-centred axes.
    pub fn from_rotation(rotation: [[f64; 3]; 3]) -> Self {
        let (psi_rad, theta_rad, phi_rad) = angles_zyx(&rotation);
        Self { psi_rad, theta_rad, phi_rad }
    }

    /// The same orientation as heading, pitch and roll at a place.
    pub fn to_attitude(self, place: Geodetic) -> Attitude {
        Attitude::from_rotation(self.rotation(), place)
    }
}

/// Columns are north, east and down in Earth-centred axes.
fn world_from_ned(place: Geodetic) -> Matrix {
    let [east, north, up] = LocalFrame::new(place).rotation();
    transpose(&[north, east, up.map(|x| -x)])
}

/// `Rz(z) Ry(y) Rx(x)`.
fn rotation_zyx(z_rad: f64, y_rad: f64, x_rad: f64) -> Matrix {
    let (sz, cz) = libm::sincos(z_rad);
    let (sy, cy) = libm::sincos(y_rad);
    let (sx, cx) = libm::sincos(x_rad);
    [
        [cz * cy, cz * sy * sx - sz * cx, cz * sy * cx + sz * sx],
        [sz * cy, sz * sy * sx + cz * cx, sz * sy * cx - cz * sx],
        [-sy, cy * sx, cy * cx],
    ]
}

/// Angles of `Rz(z) Ry(y) Rx(x)`.
fn angles_zyx(m: &Matrix) -> (f64, f64, f64) {
    let cos_y = (m[0][0] * m[0][0] + m[1][0] * m[1][0]).sqrt();
    let y_rad = libm::atan2(-m[2][0], cos_y);
    // With the nose straight up or down only the sum or difference of the others shows: give it to z.
    if cos_y < 1e-12 {
        return (libm::atan2(-m[0][1], m[1][1]), y_rad, 0.0);
    }
    (libm::atan2(m[1][0], m[0][0]), y_rad, libm::atan2(m[2][1], m[2][2]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::FRAC_PI_2;

    #[test]
    fn level_flight_north_at_the_equator_points_the_nose_along_the_axis_of_the_earth() {
        let level = Attitude::default();
        let nose = level.rotation(Geodetic::default()).map(|row| row[0]);
        assert!(nose[0].abs() < 1e-15 && nose[1].abs() < 1e-15 && (nose[2] - 1.0).abs() < 1e-15);
        assert!((level.to_dis(Geodetic::default()).theta_rad + FRAC_PI_2).abs() < 1e-15);
    }

    #[test]
    fn the_same_matrix_comes_back_with_the_nose_straight_up() {
        let place = Geodetic::from_degrees(50.0, 30.0, 0.0);
        let steep = Attitude { heading_rad: 1.0, pitch_rad: FRAC_PI_2, roll_rad: 0.4 };
        let (there, back) =
            (steep.rotation(place), steep.to_dis(place).to_attitude(place).rotation(place));
        for (row, other) in there.iter().zip(back) {
            assert!(row.iter().zip(other).all(|(a, b)| (a - b).abs() < 1e-12));
        }
    }
}
