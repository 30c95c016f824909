//! Geodesics on the WGS-84 ellipsoid: for authoring and measuring only.
//!
//! A thin wrapper of geographiclib-rs (C. F. F. Karney, "Algorithms for geodesics", *J. Geodesy* 87,
//! 2013, pp. 43-55). It uses the platform's sine and therefore gives different last bits on different
//! machines: **nothing inside a run may call it**. Runs use [`Leg`](crate::Leg) and
//! [`Station::arc_m`](crate::Station::arc_m). Heights are ignored: all distances are at the ellipsoid.
//! Range: any two places. Validated against `geodesic_wgs84.csv` and `geographiclib_testset_even.csv`.

use std::sync::LazyLock;

use geographiclib_rs::{DirectGeodesic, Geodesic, InverseGeodesic};
use serde::{Deserialize, Serialize};

use crate::frames::{Geodetic, wrap_pi_rad};

static ELLIPSOID: LazyLock<Geodesic> = LazyLock::new(Geodesic::wgs84);

/// The shortest path between two places.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Inverse {
    /// Length.
    pub distance_m: f64,
    /// Course at the first place, clockwise from north, -pi to pi.
    pub azimuth1_rad: f64,
    /// Course at the second place, onward, clockwise from north, -pi to pi.
    pub azimuth2_rad: f64,
    /// Length on the auxiliary sphere.
    pub arc_rad: f64,
    /// Reduced length: how far apart two geodesics that leave by a small angle arrive, per angle.
    pub reduced_length_m: f64,
    /// Area between the geodesic, the equator and the two meridians; positive eastbound in the north.
    pub area_m2: f64,
}

/// Where a path of given course and length ends.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Direct {
    /// Last place, with the height of the first; longitude -pi to pi.
    pub place: Geodetic,
    /// Course there, onward, clockwise from north, -pi to pi.
    pub azimuth_rad: f64,
}

/// Shortest path from `a` to `b`, to 15 nm.
///
/// ```
/// use redan_geo::{Geodetic, geodesic};
/// let warsaw = Geodetic::from_degrees(52.2297, 21.0122, 0.0);
/// let vilnius = Geodetic::from_degrees(54.6872, 25.2797, 0.0);
/// let path = geodesic::inverse(warsaw, vilnius);
/// assert!((path.distance_m - 393_600.0).abs() < 1_000.0);
/// ```
pub fn inverse(a: Geodetic, b: Geodetic) -> Inverse {
    let (distance_m, azimuth1_deg, azimuth2_deg, reduced_length_m, _, _, area_m2, arc_deg): (
        f64,
        f64,
        f64,
        f64,
        f64,
        f64,
        f64,
        f64,
    ) = ELLIPSOID.inverse(a.lat_deg(), a.lon_deg(), b.lat_deg(), b.lon_deg());
    Inverse {
        distance_m,
        azimuth1_rad: azimuth1_deg.to_radians(),
        azimuth2_rad: azimuth2_deg.to_radians(),
        arc_rad: arc_deg.to_radians(),
        reduced_length_m,
        area_m2,
    }
}

/// End of the path that leaves `from` at an azimuth (clockwise from north) and is so long; a negative
/// length goes backwards.
pub fn direct(from: Geodetic, azimuth_rad: f64, distance_m: f64) -> Direct {
    let (lat_deg, lon_deg, azimuth2_deg): (f64, f64, f64) =
        ELLIPSOID.direct(from.lat_deg(), from.lon_deg(), azimuth_rad.to_degrees(), distance_m);
    let place = Geodetic::from_degrees(lat_deg, lon_deg, from.height_m);
    Direct {
        place: Geodetic { lon_rad: wrap_pi_rad(place.lon_rad), ..place },
        azimuth_rad: azimuth2_deg.to_radians(),
    }
}
