//! **What it models**: the Universal Transverse Mercator projection of WGS 84, forth and back.
//!
//! **Equation and reference**: the series of Krüger in the third flattening n, in the form of Karney,
//! "Transverse Mercator with an accuracy of a few nanometers", J. Geodesy 85 (2011): conformal
//! latitude by equations 7 to 9, forth by 11 and 35, back by 12, 36 and 19 to 21, here to n⁴; scale 0.9996 and false
//! origin of a zone by DMA TM 8358.2 (1989).
//!
//! **Inputs**: latitude and longitude in radians; easting and northing in metres.
//!
//! **Valid range**: within ten degrees of the zone's central meridian to 0.1 mm; zones 1 to 60,
//! both hemispheres. Farther away the series loses figures and gives no error.
//!
//! **Left out**: terms beyond n⁴, which stay below a micrometre within a zone; grid convergence.
//!
//! **Validated against**: PROJ, `tests/tables/utm.csv`, by the test `val_proj_utm_to_a_millimetre`.

use redan_geo::{FLATTENING_RATIO, SEMI_MAJOR_M};

const SCALE_ON_MERIDIAN: f64 = 0.9996;
const FALSE_EASTING_M: f64 = 500_000.0;
const FALSE_NORTHING_SOUTH_M: f64 = 10_000_000.0;

/// The third flattening and its powers.
const N: f64 = FLATTENING_RATIO / (2.0 - FLATTENING_RATIO);
const N2: f64 = N * N;
const N3: f64 = N2 * N;
const N4: f64 = N2 * N2;

/// Square of the first eccentricity.
const E2: f64 = FLATTENING_RATIO * (2.0 - FLATTENING_RATIO);

/// Radius of the sphere with the same meridian, metres (Karney, equation 14).
const RECTIFYING_M: f64 = SEMI_MAJOR_M / (1.0 + N) * (1.0 + N2 / 4.0 + N4 / 64.0);

/// Coefficients of the series from the sphere to the plane (Karney, equation 35).
const FORTH: [f64; 4] = [
    N / 2.0 - 2.0 / 3.0 * N2 + 5.0 / 16.0 * N3 + 41.0 / 180.0 * N4,
    13.0 / 48.0 * N2 - 3.0 / 5.0 * N3 + 557.0 / 1440.0 * N4,
    61.0 / 240.0 * N3 - 103.0 / 140.0 * N4,
    49_561.0 / 161_280.0 * N4,
];

/// Coefficients of the series from the plane to the sphere (Karney, equation 36).
const BACK: [f64; 4] = [
    N / 2.0 - 2.0 / 3.0 * N2 + 37.0 / 96.0 * N3 - 1.0 / 360.0 * N4,
    1.0 / 48.0 * N2 + 1.0 / 15.0 * N3 - 437.0 / 1440.0 * N4,
    17.0 / 480.0 * N3 - 37.0 / 840.0 * N4,
    4397.0 / 161_280.0 * N4,
];

/// One zone of one hemisphere.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Zone {
    meridian_rad: f64,
    false_northing_m: f64,
}

impl Zone {
    /// Zone 1 to 60, north or south.
    pub(crate) fn new(zone: u16, is_south: bool) -> Zone {
        Zone {
            meridian_rad: (f64::from(zone) * 6.0 - 183.0).to_radians(),
            false_northing_m: if is_south { FALSE_NORTHING_SOUTH_M } else { 0.0 },
        }
    }

    /// Easting and northing of a place.
    pub(crate) fn forth(&self, lat_rad: f64, lon_rad: f64) -> (f64, f64) {
        let t = conformal(libm::tan(lat_rad));
        let (sin_lon, cos_lon) = libm::sincos(lon_rad - self.meridian_rad);
        let xi = libm::atan2(t, cos_lon);
        let eta = libm::asinh(sin_lon / libm::sqrt(t * t + cos_lon * cos_lon));
        let (xi_sum, eta_sum) = series(&FORTH, xi, eta);
        let scale_m = SCALE_ON_MERIDIAN * RECTIFYING_M;
        let easting_m = FALSE_EASTING_M + scale_m * (eta + eta_sum);
        (easting_m, self.false_northing_m + scale_m * (xi + xi_sum))
    }

    /// Latitude and longitude of a place, radians; not finite far outside the projection.
    pub(crate) fn back(&self, easting_m: f64, northing_m: f64) -> (f64, f64) {
        let scale_m = SCALE_ON_MERIDIAN * RECTIFYING_M;
        let xi = (northing_m - self.false_northing_m) / scale_m;
        let eta = (easting_m - FALSE_EASTING_M) / scale_m;
        let (xi_sum, eta_sum) = series(&BACK, xi, eta);
        let (xi, eta) = (xi - xi_sum, eta - eta_sum);
        let (sin_xi, cos_xi) = libm::sincos(xi);
        let sinh_eta = libm::sinh(eta);
        let t = sin_xi / libm::sqrt(sinh_eta * sinh_eta + cos_xi * cos_xi);
        let lon_rad = self.meridian_rad + libm::atan2(sinh_eta, cos_xi);
        (libm::atan(geodetic(t)), lon_rad)
    }
}

/// Sums of sin 2jξ cosh 2jη and cos 2jξ sinh 2jη with their coefficients.
fn series(coefficients: &[f64; 4], xi: f64, eta: f64) -> (f64, f64) {
    let (mut along, mut across) = (0.0, 0.0);
    for (index, coefficient) in coefficients.iter().enumerate() {
        let twice = 2.0 * (index + 1) as f64;
        let (sin, cos) = libm::sincos(twice * xi);
        along += coefficient * sin * libm::cosh(twice * eta);
        across += coefficient * cos * libm::sinh(twice * eta);
    }
    (along, across)
}

/// Tangent of the conformal latitude from that of the geodetic one.
fn conformal(t: f64) -> f64 {
    let secant = libm::sqrt(1.0 + t * t);
    let e = libm::sqrt(E2);
    let sigma = libm::sinh(e * libm::atanh(e * t / secant));
    t * libm::sqrt(1.0 + sigma * sigma) - sigma * secant
}

/// Tangent of the geodetic latitude from that of the conformal one, by Newton's method; three steps reach the
/// last bits, and a fourth changes nothing.
fn geodetic(conformal_tangent: f64) -> f64 {
    let mut t = conformal_tangent / (1.0 - E2);
    for _ in 0..4 {
        let found = conformal(t);
        let slope = (1.0 + (1.0 - E2) * t * t)
            / ((1.0 - E2) * libm::sqrt(1.0 + t * t) * libm::sqrt(1.0 + found * found));
        t += (conformal_tangent - found) * slope;
    }
    t
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = include_str!("../tests/tables/utm.csv");

    fn rows() -> impl Iterator<Item = (Zone, [f64; 4])> {
        TABLE.lines().filter(|line| line.starts_with("32")).map(|line| {
            let numbers: Vec<f64> = line
                .split(',')
                .map(|word| word.parse().expect("the table holds numbers"))
                .collect();
            let epsg = numbers[0] as u16;
            let zone = Zone::new(epsg % 100, epsg >= 32_700);
            (zone, [numbers[1].to_radians(), numbers[2].to_radians(), numbers[3], numbers[4]])
        })
    }

    /// The tolerance is that of the table: its figures are rounded to a micrometre, and a millimetre is a
    /// ten-thousandth of the finest relief's cell.
    #[test]
    fn val_proj_utm_to_a_millimetre() {
        assert_eq!(rows().count(), 238);
        for (zone, [lat_rad, lon_rad, easting_m, northing_m]) in rows() {
            let found = zone.forth(lat_rad, lon_rad);
            assert!((found.0 - easting_m).abs() < 1e-3, "{found:?}: {easting_m}");
            assert!((found.1 - northing_m).abs() < 1e-3, "{found:?}: {northing_m}");
        }
    }

    #[test]
    fn the_way_back_ends_where_it_began() {
        for (zone, [lat_rad, lon_rad, easting_m, northing_m]) in rows() {
            let found = zone.back(easting_m, northing_m);
            let turn = (found.1 - lon_rad) / std::f64::consts::TAU;
            let off_rad = (turn - turn.round()) * std::f64::consts::TAU;
            assert!((found.0 - lat_rad).abs() < 2e-10, "{found:?}: {lat_rad}");
            // Near the pole a metre is a larger angle.
            assert!(off_rad.abs() * libm::cos(lat_rad) < 2e-10, "{found:?}: {lon_rad}");
        }
    }
}
