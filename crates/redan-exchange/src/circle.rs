//! The circle of the news map: all places at one distance along the ellipsoid, whatever the target,
//! the height or the horizon. It is drawn because everybody draws it; a run says what is true inside.
//!
//! The distance is that of C. F. F. Karney's geodesics (*J. Geodesy* 87, 2013), as
//! [`redan_geo::geodesic`] has them: what is measured here decides nothing. A circle across the
//! antimeridian, or around a pole, is cut into the parts that lie on the map.

use std::f64::consts::TAU;

use redan_geo::{Geodetic, geodesic, wrap_pi_rad};

use crate::position::degrees;
use crate::shape::{Coordinate, Geometry, Part};

/// Corners of the polygon: its sides leave the circle by 0.02 % of its radius.
const CORNERS: u32 = 180;
/// A quarter of the way round the Earth: what is farther is no circle on a map.
const WIDEST_M: f64 = 1.0e7;
/// Less than a metre is less than the sites are known.
const NARROWEST_M: f64 = 1.0;

/// Sides along the edge of the map at a pole.
const BACK: u32 = 12;

/// Longitude and latitude in degrees on a map without an edge.
type Flat = (f64, f64);

/// The circle, counterclockwise; `None` where the figures make none.
pub(crate) fn circle(centre: Geodetic, range_m: f64) -> Option<Geometry> {
    let is_place = centre.lon_rad.is_finite() && centre.lat_deg().abs() <= 90.0;
    if !is_place || !(NARROWEST_M..=WIDEST_M).contains(&range_m) {
        return None;
    }
    let centre = Geodetic { lon_rad: wrap_pi_rad(centre.lon_rad), ..centre };
    Geometry::area(cut(&closed_around_pole(unrolled(centre, range_m))))
}

/// The corners with longitudes that run on where the map ends; the last one is the first again, a
/// turn away if the circle holds a pole.
fn unrolled(centre: Geodetic, range_m: f64) -> Vec<Flat> {
    let mut last_rad = centre.lon_rad;
    let corners = (0..=CORNERS).map(|corner| {
        let azimuth_rad = -TAU * f64::from(corner % CORNERS) / f64::from(CORNERS);
        let place = geodesic::direct(centre, azimuth_rad, range_m).place;
        last_rad += wrap_pi_rad(place.lon_rad - last_rad);
        (last_rad.to_degrees(), place.lat_deg())
    });
    corners.collect()
}

/// A circle around a pole is everything between its rim and the edge of the map there.
fn closed_around_pole(mut corners: Vec<Flat>) -> Vec<Flat> {
    let (Some(&first), Some(&last)) = (corners.first(), corners.last()) else { return corners };
    // Counterclockwise around the north pole is eastward, around the south pole westward.
    let turned_deg = last.0 - first.0;
    if turned_deg.abs() > 180.0 {
        let pole_deg = 90.0_f64.copysign(turned_deg);
        // Even steps of longitude: a rim near the pole has most of its turn in a few corners, and a side of more
        // than half a turn would be read as going the other way.
        let back = (0..=BACK).map(|step| last.0 - turned_deg * f64::from(step) / f64::from(BACK));
        corners.extend(back.map(|lon_deg| (lon_deg, pole_deg)));
    }
    corners
}

/// The parts of a shape on the map: one for each turn that it reaches into.
fn cut(corners: &[Flat]) -> Vec<Part> {
    let west_deg = corners.iter().fold(f64::INFINITY, |west, corner| west.min(corner.0));
    let east_deg = corners.iter().fold(f64::NEG_INFINITY, |east, corner| east.max(corner.0));
    let turn = |lon_deg: f64| ((lon_deg + 180.0) / 360.0).floor() as i32;
    let parts = (turn(west_deg)..=turn(east_deg)).filter_map(|turn| {
        let shift_deg = 360.0 * f64::from(turn);
        let east_of = clipped(corners, |corner| corner.0 - (shift_deg - 180.0));
        let inside = clipped(&east_of, |corner| shift_deg + 180.0 - corner.0);
        ring(inside.into_iter().map(|(lon_deg, lat_deg)| (lon_deg - shift_deg, lat_deg)))
    });
    parts.collect()
}

/// The part of a polygon where `inside_deg` is not negative, after I. E. Sutherland and
/// G. W. Hodgman, "Reentrant polygon clipping", *Comm. ACM* 17 (1974) 32. One part is enough: every
/// meridian meets a circle in one piece.
fn clipped(corners: &[Flat], inside_deg: impl Fn(&Flat) -> f64) -> Vec<Flat> {
    let mut kept = Vec::new();
    let Some(mut last) = corners.last() else { return kept };
    for corner in corners {
        let (before, now) = (inside_deg(last), inside_deg(corner));
        if (before < 0.0) != (now < 0.0) {
            let share = before / (before - now);
            kept.push((last.0 + share * (corner.0 - last.0), last.1 + share * (corner.1 - last.1)));
        }
        if now >= 0.0 {
            kept.push(*corner);
        }
        last = corner;
    }
    kept
}

/// A closed ring in whole steps, counterclockwise; `None` for what has no area.
fn ring(corners: impl Iterator<Item = Flat>) -> Option<Part> {
    let mut ring: Part = corners
        .map(|(lon_deg, lat_deg)| Coordinate {
            lon_deg: degrees(lon_deg),
            lat_deg: degrees(lat_deg),
            alt_m: None,
        })
        .collect();
    ring.dedup();
    if ring.first() != ring.last() {
        ring.push(*ring.first()?);
    }
    (ring.len() >= 4 && area_deg2(&ring) > 0.0).then_some(ring)
}

/// Area on the map, positive for counterclockwise, by the shoelace formula.
fn area_deg2(ring: &[Coordinate]) -> f64 {
    let Some(origin) = ring.first() else { return 0.0 };
    let from =
        |place: &Coordinate| (place.lon_deg - origin.lon_deg, place.lat_deg - origin.lat_deg);
    let sides = ring.windows(2).map(|side| (from(&side[0]), from(&side[1])));
    sides.map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum::<f64>() / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rings(lat_deg: f64, lon_deg: f64, range_km: f64) -> Vec<Part> {
        let centre = Geodetic::from_degrees(lat_deg, lon_deg, 0.0);
        match circle(centre, range_km * 1e3).expect("a circle") {
            Geometry::Polygon([ring]) => vec![ring],
            Geometry::MultiPolygon(rings) => rings.into_iter().flatten().collect(),
            other => panic!("{other:?}"),
        }
    }

    fn assert_on_map(rings: &[Part]) {
        for ring in rings {
            assert_eq!(ring.first(), ring.last(), "closed");
            assert!(area_deg2(ring) > 0.0, "counterclockwise");
            assert!(ring.iter().all(|place| place.lon_deg.abs() <= 180.0));
            assert!(ring.iter().all(|place| place.lat_deg.abs() <= 90.0));
        }
    }

    #[test]
    fn every_corner_is_as_far_as_the_claim() {
        let centre = Geodetic::from_degrees(40.08, 32.57, 850.0);
        let ring = &rings(40.08, 32.57, 250.0)[0];
        assert_eq!(ring.len(), CORNERS as usize + 1);
        for corner in ring {
            let place = Geodetic::from_degrees(corner.lat_deg, corner.lon_deg, 0.0);
            let off_m = geodesic::inverse(centre, place).distance_m - 250e3;
            // One step of the coordinates.
            assert!(off_m.abs() < 0.02, "{off_m}");
        }
        assert_on_map(&rings(40.08, 32.57, 250.0));
    }

    #[test]
    fn a_circle_across_the_antimeridian_has_two_parts_of_the_same_area() {
        let whole = area_deg2(&rings(65.0, 20.0, 400.0)[0]);
        for lon_deg in [179.0, -179.0, 180.0, -180.0, 174.0] {
            let parts = rings(65.0, lon_deg, 400.0);
            assert_eq!(parts.len(), 2, "{lon_deg}");
            assert_on_map(&parts);
            let sum: f64 = parts.iter().map(|part| area_deg2(part)).sum();
            // The corners in which the cut falls are rounded by themselves.
            assert!((sum - whole).abs() < 1e-3, "{sum} {whole}");
        }
        assert_eq!(rings(65.0, 170.0, 400.0).len(), 1);
    }

    /// The part of the map between a parallel and the pole, less what the parallel is not: a circle
    /// around the pole itself is a parallel.
    #[test]
    fn a_circle_around_a_pole_reaches_it() {
        for lat_deg in [90.0_f64, -90.0, 89.0, -88.5] {
            let parts = rings(lat_deg, 10.0, 400.0);
            assert_on_map(&parts);
            let sum: f64 = parts.iter().map(|part| area_deg2(part)).sum();
            // 400 km are 3.58° of latitude.
            assert!(lat_deg.abs() < 90.0 || (sum - 360.0 * 3.581).abs() < 1.0, "{lat_deg}: {sum}");
            let pole = parts.iter().flatten().any(|place| place.lat_deg.abs() >= 90.0);
            assert!(pole, "{lat_deg}");
            let width: f64 = parts.iter().map(|part| width_deg(part)).sum();
            assert!((width - 360.0).abs() < 1e-6, "{lat_deg}: {width}");
        }
    }

    fn width_deg(part: &[Coordinate]) -> f64 {
        let longitudes = part.iter().map(|place| place.lon_deg);
        let east = longitudes.clone().fold(f64::NEG_INFINITY, f64::max);
        east - longitudes.fold(f64::INFINITY, f64::min)
    }

    #[test]
    fn figures_that_make_no_circle_make_none() {
        let centre = Geodetic::from_degrees(40.0, 30.0, 0.0);
        for range_m in [0.0, -1.0, 2e7, f64::NAN, f64::INFINITY] {
            assert_eq!(circle(centre, range_m), None);
        }
        assert_eq!(circle(Geodetic::from_degrees(f64::NAN, 30.0, 0.0), 1e5), None);
    }
}
