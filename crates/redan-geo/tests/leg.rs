//! Arcs and legs against Karney's geodesics: the figures that the documentation states.

#![allow(clippy::float_cmp, reason = "values that are met exactly are compared exactly")]

mod common;

use common::table;
use redan_geo::{Geodetic, Leg, Station, geodesic};

#[test]
fn val_karney_arc_between_places_up_to_600_km() {
    let mut rows = 0;
    let mut worst = 0.0_f64;
    for row in table("geodesy/geodesic_wgs84.csv").rows() {
        let s12_m = row.get("s12_m");
        if !(1.0..=600_000.0).contains(&s12_m) {
            continue;
        }
        rows += 1;
        let a = Geodetic::from_degrees(row.get("lat1_deg"), row.get("lon1_deg"), 0.0);
        let b = Geodetic::from_degrees(row.get("lat2_deg"), row.get("lon2_deg"), 0.0);
        let arc_m = Station::new(a).arc_m(&Station::new(b));
        // Positions in radians are good to a nanometre or two, which shows on the shortest rows.
        worst = worst.max(((arc_m - s12_m).abs() - 1e-8) / s12_m);
    }
    assert!(rows > 150 && worst < 1e-8, "{rows} rows, worst {worst:e}");
}

#[test]
fn val_karney_arc_between_any_two_places() {
    for row in table("geodesy/geodesic_wgs84.csv").rows() {
        let a = Geodetic::from_degrees(row.get("lat1_deg"), row.get("lon1_deg"), 0.0);
        let b = Geodetic::from_degrees(row.get("lat2_deg"), row.get("lon2_deg"), 0.0);
        let arc_m = Station::new(a).arc_m(&Station::new(b));
        let relative = (arc_m / row.get("s12_m") - 1.0).abs();
        assert!(relative < 3e-3, "{}: {relative:e}", row.text("kind"));
    }
}

/// Largest distance to the side and along between a leg and the geodesic, over legs of one length.
fn worst_offsets_m(length_m: f64) -> (f64, f64, f64) {
    let (mut side_m, mut along_m, mut length_error) = (0.0_f64, 0.0_f64, 0.0_f64);
    for lat_deg in (-75..=75).step_by(5) {
        for azimuth_deg in (0..360).step_by(15) {
            let a = Geodetic::from_degrees(f64::from(lat_deg), 30.0, 0.0);
            let azimuth_rad = f64::from(azimuth_deg).to_radians();
            let b = geodesic::direct(a, azimuth_rad, length_m).place;
            let leg = Leg::new(a, b);
            length_error = length_error.max((leg.length_m() / length_m - 1.0).abs());
            for tenth in 1..10 {
                let part = f64::from(tenth) / 10.0;
                let truth = geodesic::direct(a, azimuth_rad, length_m * part);
                let off = geodesic::inverse(truth.place, leg.at(part));
                let turn_rad = off.azimuth1_rad - truth.azimuth_rad;
                side_m = side_m.max((off.distance_m * libm::sin(turn_rad)).abs());
                along_m = along_m.max((off.distance_m * libm::cos(turn_rad)).abs());
            }
        }
    }
    (side_m, along_m, length_error)
}

#[test]
fn val_karney_legs_of_500_and_1000_km() {
    let (side_m, along_m, length_error) = worst_offsets_m(500_000.0);
    println!("500 km: {side_m} m to the side, {along_m} m along, length {length_error:e}");
    assert!(side_m < 17.0 && along_m < 1.0 && length_error < 1e-7);
    let (side_m, along_m, length_error) = worst_offsets_m(1_000_000.0);
    println!("1000 km: {side_m} m to the side, {along_m} m along, length {length_error:e}");
    assert!(side_m < 66.0 && along_m < 4.0 && length_error < 1e-7);
}
