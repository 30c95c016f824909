//! Local frames: east, north and up at a place.

use crate::frames::{Aer, Ecef, EcefVelocity, Enu, EnuVelocity, Geodetic};
use crate::vector::{Matrix, apply, apply_transposed, sub};
use crate::wgs84::{foot, normal_and_east};

/// East, north, up at a place, fixed to the Earth. Made once for each sensor; conversions then cost
/// a few multiplications.
///
/// ```
/// use redan_geo::{Geodetic, LocalFrame};
/// let radar = LocalFrame::new(Geodetic::from_degrees(52.0, 21.0, 100.0));
/// let seen = radar.aer(Geodetic::from_degrees(52.0, 22.0, 9_000.0).to_ecef());
/// // A place due east on the parallel lies a little north of east: parallels bend to the pole.
/// assert!((seen.azimuth_rad.to_degrees() - 89.6).abs() < 0.05);
/// assert!((seen.range_m - 69_300.0).abs() < 200.0);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LocalFrame {
    origin: Geodetic,
    origin_ecef: Ecef,
    rotation: Matrix,
}

impl LocalFrame {
    /// Frame at a place. At a pole, east is taken from the longitude given.
    pub fn new(origin: Geodetic) -> Self {
        let (up, east) = normal_and_east(origin);
        // North is up × east, which is exact to rounding and avoids a second set of sines.
        let north = [
            up[1] * east[2] - up[2] * east[1],
            up[2] * east[0] - up[0] * east[2],
            up[0] * east[1] - up[1] * east[0],
        ];
        let foot_m = foot(up);
        let at = |axis: usize| foot_m[axis] + origin.height_m * up[axis];
        Self {
            origin,
            origin_ecef: Ecef { x_m: at(0), y_m: at(1), z_m: at(2) },
            rotation: [east, north, up],
        }
    }

    /// Place of the origin.
    pub const fn origin(&self) -> Geodetic {
        self.origin
    }

    /// Place of the origin in Earth-centred coordinates.
    pub const fn origin_ecef(&self) -> Ecef {
        self.origin_ecef
    }

    /// Rotation from Earth-centred to local axes: rows are east, north and up.
    pub const fn rotation(&self) -> [[f64; 3]; 3] {
        self.rotation
    }

    /// Local coordinates of a position.
    pub fn enu(&self, position: Ecef) -> Enu {
        let offset = sub(position.to_array(), self.origin_ecef.to_array());
        Enu::from_array(apply(&self.rotation, offset))
    }

    /// Position of a point given in local coordinates.
    pub fn ecef(&self, local: Enu) -> Ecef {
        let offset = apply_transposed(&self.rotation, local.to_array());
        Ecef {
            x_m: self.origin_ecef.x_m + offset[0],
            y_m: self.origin_ecef.y_m + offset[1],
            z_m: self.origin_ecef.z_m + offset[2],
        }
    }

    /// A velocity in the axes of this frame.
    pub fn enu_velocity(&self, velocity: EcefVelocity) -> EnuVelocity {
        EnuVelocity::from_array(apply(&self.rotation, velocity.to_array()))
    }

    /// A velocity given in the axes of this frame.
    pub fn ecef_velocity(&self, velocity: EnuVelocity) -> EcefVelocity {
        EcefVelocity::from_array(apply_transposed(&self.rotation, velocity.to_array()))
    }

    /// Azimuth, elevation and range of a position, by straight lines without refraction.
    pub fn aer(&self, position: Ecef) -> Aer {
        self.enu(position).to_aer()
    }

    /// Position of a point given by azimuth, elevation and range.
    pub fn ecef_of_aer(&self, seen: Aer) -> Ecef {
        self.ecef(seen.to_enu())
    }
}
