//! Frames, attitude, geodesics and effective-Earth geometry against the reference tables, each at the
//! tolerance that the header of its table demands.

#![allow(clippy::float_cmp, reason = "values that are met exactly are compared exactly")]

mod common;

use common::{near, table};
use redan_geo::{Attitude, Ecef, EffectiveEarth, Geodetic, LocalFrame, geodesic, wrap_pi_rad};

#[test]
fn val_proj_geodetic_to_ecef_and_back() {
    for row in table("geodesy/geodetic_ecef.csv").rows() {
        let place = Geodetic::from_degrees(row.get("lat_deg"), row.get("lon_deg"), row.get("h_m"));
        let position = Ecef { x_m: row.get("x_m"), y_m: row.get("y_m"), z_m: row.get("z_m") };
        assert!(place.to_ecef().distance_m(position) < 1e-6, "{place:?}");

        let back = position.to_geodetic();
        near(back.lat_deg(), row.get("lat_deg"), 1e-9, "latitude");
        near(back.height_m, place.height_m, 1e-6, "height");
        // The longitude of a pole is a convention.
        if place.lat_deg().abs() < 90.0 {
            let turn_rad = wrap_pi_rad(back.lon_rad - place.lon_rad);
            near(turn_rad.to_degrees(), 0.0, 1e-9, "longitude");
        }
    }
}

#[test]
fn val_proj_local_frame_and_azimuth_elevation_range() {
    for row in table("geodesy/enu_aer.csv").rows() {
        let frame = LocalFrame::new(Geodetic::from_degrees(
            row.get("lat0_deg"),
            row.get("lon0_deg"),
            row.get("h0_m"),
        ));
        let target = Geodetic::from_degrees(row.get("lat_deg"), row.get("lon_deg"), row.get("h_m"))
            .to_ecef();
        let enu = frame.enu(target);
        near(enu.east_m, row.get("east_m"), 1e-6, "east");
        near(enu.north_m, row.get("north_m"), 1e-6, "north");
        near(enu.up_m, row.get("up_m"), 1e-6, "up");

        let aer = frame.aer(target);
        near(aer.elevation_rad.to_degrees(), row.get("el_deg"), 1e-9, "elevation");
        near(aer.range_m, row.get("slant_m"), 1e-6, "range");
        let turn_rad = wrap_pi_rad(aer.azimuth_rad - row.get("az_deg").to_radians());
        near(turn_rad.to_degrees(), 0.0, 1e-9, "azimuth");

        assert!(frame.ecef_of_aer(aer).distance_m(target) < 1e-6);
    }
}

#[test]
fn val_scipy_dis_euler_angles() {
    for row in table("geodesy/dis_euler.csv").rows() {
        let place = Geodetic::from_degrees(row.get("lat_deg"), row.get("lon_deg"), 0.0);
        let attitude = Attitude {
            heading_rad: row.get("heading_deg").to_radians(),
            pitch_rad: row.get("pitch_deg").to_radians(),
            roll_rad: row.get("roll_deg").to_radians(),
        };
        let expected = redan_geo::DisEuler {
            psi_rad: row.get("dis_psi_rad"),
            theta_rad: row.get("dis_theta_rad"),
            phi_rad: row.get("dis_phi_rad"),
        };
        let back = expected.to_attitude(place);
        let (found, wanted) = (attitude.rotation(place), expected.rotation());
        let rotations = [found, attitude.to_dis(place).rotation(), back.rotation(place)];
        for rotation in rotations {
            for (row, wanted) in rotation.iter().zip(wanted) {
                row.iter().zip(wanted).for_each(|(f, w)| near(*f, w, 1e-9, "matrix"));
            }
        }
    }
}

#[test]
fn val_karney_inverse_geodesics() {
    for row in table("geodesy/geodesic_wgs84.csv").rows() {
        let (a, b) = ends(&row);
        let path = geodesic::inverse(a, b);
        let (kind, s12_m) = (row.text("kind"), row.get("s12_m"));
        near(path.distance_m, s12_m, 1e-6, "distance");
        near(path.arc_rad.to_degrees(), row.get("a12_deg"), 1e-9, "arc");
        near(path.reduced_length_m, row.get("m12_m"), 1e-6, "reduced length");
        if ["nearly_antipodal", "meridional", "polar"].contains(&kind) {
            continue;
        }
        let tolerance_rad = if s12_m > 10.0 { 1e-7_f64.to_radians() } else { 1e-6 / s12_m };
        for (found_rad, column) in
            [(path.azimuth1_rad, "azi1_deg"), (path.azimuth2_rad, "azi2_deg")]
        {
            let turn_rad = wrap_pi_rad(found_rad - row.get(column).to_radians());
            near(turn_rad, 0.0, tolerance_rad, column);
        }
        // Azimuths that round to 1e-14 degrees move the area by the square of the Earth's radius.
        near(path.area_m2, row.get("S12_m2"), 10.0, "area");
    }
}

#[test]
fn val_karney_direct_geodesics() {
    for row in table("geodesy/geodesic_wgs84.csv").rows() {
        let (a, b) = ends(&row);
        let end = geodesic::direct(a, row.get("azi1_deg").to_radians(), row.get("s12_m"));
        let miss_m = end.place.to_ecef().distance_m(b.to_ecef());
        assert!(miss_m < 1e-6, "{} misses by {miss_m}", row.text("kind"));
    }
}

/// Places enter in radians, so that the last digits of a port in degrees are not reached: the tolerance
/// is the header's for other implementations.
#[test]
fn val_karney_high_precision_test_set() {
    for row in table("geodesy/geographiclib_testset_even.csv").rows() {
        let (a, b) = ends(&row);
        let path = geodesic::inverse(a, b);
        near(path.distance_m, row.get("s12_m"), 1e-6, "distance");
        near(path.azimuth1_rad.to_degrees(), row.get("azi1_deg"), 1e-9, "azimuth 1");
        near(path.azimuth2_rad.to_degrees(), row.get("azi2_deg"), 1e-9, "azimuth 2");
        near(path.reduced_length_m, row.get("m12_m"), 1e-6, "reduced length");
    }
}

fn ends(row: &common::Row) -> (Geodetic, Geodetic) {
    (
        Geodetic::from_degrees(row.get("lat1_deg"), row.get("lon1_deg"), 0.0),
        Geodetic::from_degrees(row.get("lat2_deg"), row.get("lon2_deg"), 0.0),
    )
}

#[test]
fn val_closed_form_line_of_sight_over_the_smooth_earth() {
    let (mut visible, mut hidden) = (0, 0);
    for row in table("los/smooth_earth_los.csv").rows() {
        let earth = EffectiveEarth { radius_m: row.get("effective_radius_m") };
        let (h1_m, h2_m, arc_m, d1_m) =
            (row.get("h1_m"), row.get("h2_m"), row.get("arc_distance_m"), row.get("d1_m"));
        let chord_m = earth.chord_height_m(h1_m, h2_m, arc_m, d1_m);
        near(chord_m, row.get("los_height_above_sphere_at_d1_m"), 0.01, "chord height");
        let parabola_m =
            h1_m + (h2_m - h1_m) * d1_m / arc_m - d1_m * (arc_m - d1_m) / (2.0 * earth.radius_m);
        near(parabola_m, row.get("parabolic_approx_m"), 1e-6, "parabola");
        near(chord_m, parabola_m, 3.0, "chord against parabola");
        let clearance_m = earth.min_clearance_m(h1_m, h2_m, arc_m);
        near(clearance_m, row.get("min_clearance_m"), 0.01, "clearance");
        let expected = row.get("visible_smooth") == 1.0;
        assert_eq!(earth.is_visible(h1_m, h2_m, arc_m), expected, "at {arc_m} m");
        if expected { visible += 1 } else { hidden += 1 }
    }
    assert!(visible > 5 && hidden > 5, "both answers must occur: {visible}, {hidden}");
}

#[test]
fn val_closed_form_radar_horizon() {
    let earth = EffectiveEarth::default();
    for row in table("radar/horizon.csv").rows() {
        let (h1_m, h2_m) = (row.get("h1_m"), row.get("h2_m"));
        let arc_m = earth.horizon_arc_m(h1_m) + earth.horizon_arc_m(h2_m);
        near(arc_m, row.get("ground_arc_exact_m"), 1.0, "arc");
        near(earth.slant_m(h1_m, h2_m, arc_m), row.get("los_slant_exact_m"), 1.0, "slant");
        near(earth.min_clearance_m(h1_m, h2_m, arc_m), 0.0, 1e-6, "grazing clearance");
        assert!(earth.is_visible(h1_m, h2_m, arc_m - 1.0));
        assert!(h2_m == 0.0 || !earth.is_visible(h1_m, h2_m, arc_m + 1.0));
    }
}

#[test]
fn val_blake_chart_ranges_of_the_four_thirds_earth() {
    // The chart has its own mean radius.
    let earth = EffectiveEarth { radius_m: 4.0 / 3.0 * 6_371_008.77 };
    for row in table("radar/range_height_angle.csv").rows() {
        let (h1_m, h2_m) = (row.get("antenna_h_m"), row.get("target_h_m"));
        let elevation_rad = row.get("el_deg").to_radians();
        let slant_m = earth.slant_to_height_m(h1_m, elevation_rad, h2_m).expect("reached");
        near(slant_m, row.get("range_4_3_earth_m"), 0.1, "slant");
        near(earth.height_at_slant_m(h1_m, elevation_rad, slant_m), h2_m, 1e-6, "height");
        let arc_m = earth.arc_to_height_m(h1_m, elevation_rad, h2_m).expect("reached");
        near(earth.elevation_rad(h1_m, h2_m, arc_m), elevation_rad, 1e-9, "elevation");
        near(earth.slant_m(h1_m, h2_m, arc_m), slant_m, 1e-6, "slant of the arc");
    }
}
