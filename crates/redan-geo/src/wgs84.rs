//! The WGS-84 ellipsoid: geodetic to Earth-centred coordinates and back.
//!
//! Forward: the closed form (Torge and Müller, *Geodesy*, 4th ed., 2012, eq. 4.27). Back: Bowring's
//! iteration (B. R. Bowring, "Transformation from spatial to geographical coordinates", *Survey Review*
//! 23, 1976, pp. 323-327) on the parametric latitude, carried as sine and cosine so that the poles
//! need no special case and only the final arctangents are transcendental; the height from
//! `h = p cos(lat) + z sin(lat) - a sqrt(1 - e² sin²(lat))`, well-conditioned at every latitude.
//! Range: -10 km to 1000 km above the ellipsoid, error below 1e-9 degrees and 1e-6 m there (tested).
//! Near the centre of the Earth the geodetic position is not unique; what comes back is finite only.

use crate::frames::{Ecef, Geodetic};

/// Semi-major axis of the ellipsoid (WGS-84 defining parameter).
pub const SEMI_MAJOR_M: f64 = 6_378_137.0;

/// Flattening of the ellipsoid (WGS-84 defining parameter).
pub const FLATTENING_RATIO: f64 = 1.0 / 298.257_223_563;

/// First eccentricity squared.
pub(crate) const E2: f64 = FLATTENING_RATIO * (2.0 - FLATTENING_RATIO);

const SEMI_MINOR_M: f64 = SEMI_MAJOR_M * (1.0 - FLATTENING_RATIO);

/// Second eccentricity squared times the semi-minor axis, and first squared times the semi-major.
const EP2_B_M: f64 = E2 / (1.0 - E2) * SEMI_MINOR_M;
const E2_A_M: f64 = E2 * SEMI_MAJOR_M;

/// Closer to the axis and the equator than this, a point counts as the centre of the Earth.
const CENTRE_M: f64 = 1e-3;

impl Geodetic {
    /// The same position in Earth-centred coordinates.
    pub fn to_ecef(self) -> Ecef {
        let (normal, _) = normal_and_east(self);
        let foot_m = foot(normal);
        Ecef {
            x_m: foot_m[0] + self.height_m * normal[0],
            y_m: foot_m[1] + self.height_m * normal[1],
            z_m: foot_m[2] + self.height_m * normal[2],
        }
    }
}

impl Ecef {
    /// The same position by latitude, longitude (-pi to pi; 0 on the axis) and height.
    pub fn to_geodetic(self) -> Geodetic {
        let p_m = (self.x_m * self.x_m + self.y_m * self.y_m).sqrt();
        if p_m + self.z_m.abs() < CENTRE_M {
            return Geodetic { lat_rad: 0.0, lon_rad: 0.0, height_m: -SEMI_MAJOR_M };
        }
        let (sin, cos) = latitude(p_m, self.z_m);
        Geodetic {
            lat_rad: libm::atan2(sin, cos),
            lon_rad: if p_m == 0.0 { 0.0 } else { libm::atan2(self.y_m, self.x_m) },
            height_m: p_m * cos + self.z_m * sin - SEMI_MAJOR_M * (1.0 - E2 * sin * sin).sqrt(),
        }
    }
}

impl From<Geodetic> for Ecef {
    fn from(geodetic: Geodetic) -> Self {
        geodetic.to_ecef()
    }
}

impl From<Ecef> for Geodetic {
    fn from(ecef: Ecef) -> Self {
        ecef.to_geodetic()
    }
}

/// Unit normal of the ellipsoid at a place, and the unit vector towards east there.
pub(crate) fn normal_and_east(place: Geodetic) -> ([f64; 3], [f64; 3]) {
    let (sin_lat, cos_lat) = libm::sincos(place.lat_rad);
    let (sin_lon, cos_lon) = libm::sincos(place.lon_rad);
    ([cos_lat * cos_lon, cos_lat * sin_lon, sin_lat], [-sin_lon, cos_lon, 0.0])
}

/// Point of the ellipsoid whose unit normal is `normal`, Earth-centred metres.
pub(crate) fn foot(normal: [f64; 3]) -> [f64; 3] {
    let prime_m = prime_vertical_m(normal[2]);
    [prime_m * normal[0], prime_m * normal[1], prime_m * (1.0 - E2) * normal[2]]
}

/// Radius of curvature across the meridian.
pub(crate) fn prime_vertical_m(sin_lat: f64) -> f64 {
    SEMI_MAJOR_M / (1.0 - E2 * sin_lat * sin_lat).sqrt()
}

/// Radius of curvature along the meridian.
pub(crate) fn meridional_m(sin_lat: f64) -> f64 {
    prime_vertical_m(sin_lat) * (1.0 - E2) / (1.0 - E2 * sin_lat * sin_lat)
}

/// Sine and cosine of the geodetic latitude, at a distance `p_m` from the axis and `z_m` from the
/// equator. The first guess of the parametric latitude is exact on the ellipsoid; two rounds bring the
/// error below rounding up to 1000 km.
fn latitude(p_m: f64, z_m: f64) -> (f64, f64) {
    let (mut sin, mut cos) = unit(z_m, p_m * (1.0 - FLATTENING_RATIO));
    let mut geodetic = (sin, cos);
    for _ in 0..2 {
        geodetic = unit(z_m + EP2_B_M * sin * sin * sin, p_m - E2_A_M * cos * cos * cos);
        (sin, cos) = unit(geodetic.0 * (1.0 - FLATTENING_RATIO), geodetic.1);
    }
    geodetic
}

fn unit(sin: f64, cos: f64) -> (f64, f64) {
    let scale = 1.0 / (sin * sin + cos * cos).sqrt();
    (sin * scale, cos * scale)
}
