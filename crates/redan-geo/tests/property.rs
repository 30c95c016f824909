//! Properties that must hold for every input in range.

#![allow(clippy::float_cmp, reason = "values that are met exactly are compared exactly")]

use std::f64::consts::{PI, TAU};

use proptest::prelude::*;
use redan_geo::{
    Attitude, Earth, EffectiveEarth, Enu, EnuVelocity, Geodetic, Leg, LocalFrame, Station,
    wrap_pi_rad,
};

fn place(low_m: f64, high_m: f64) -> impl Strategy<Value = Geodetic> {
    (-90.0..=90.0, -180.0..=180.0, low_m..high_m)
        .prop_map(|(lat, lon, h)| Geodetic::from_degrees(lat, lon, h))
}

fn factor() -> impl Strategy<Value = f64> {
    prop_oneof![Just(4.0 / 3.0), 0.8..5.0]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

    #[test]
    fn geodetic_positions_come_back(start in place(-10_000.0, 1_000_000.0)) {
        let back = start.to_ecef().to_geodetic();
        prop_assert!((back.lat_deg() - start.lat_deg()).abs() < 1e-9);
        prop_assert!((back.height_m - start.height_m).abs() < 1e-6);
        prop_assert!(back.to_ecef().distance_m(start.to_ecef()) < 1e-6);
    }

    #[test]
    fn local_positions_and_velocities_come_back(
        origin in place(-500.0, 20_000.0),
        east_m in -6e5..6e5, north_m in -6e5..6e5, up_m in -1e4..1e6,
    ) {
        let (frame, local) = (LocalFrame::new(origin), Enu { east_m, north_m, up_m });
        let back = frame.enu(frame.ecef(local));
        prop_assert!((back.east_m - east_m).abs() < 1e-6);
        prop_assert!((back.north_m - north_m).abs() < 1e-6);
        prop_assert!((back.up_m - up_m).abs() < 1e-6);

        let turned = local.to_aer().to_enu();
        prop_assert!((turned.east_m - east_m).abs() < 1e-8);
        prop_assert!((turned.north_m - north_m).abs() < 1e-8);
        prop_assert!((turned.up_m - up_m).abs() < 1e-8);

        let velocity = EnuVelocity { east_m_s: 300.0, north_m_s: -200.0, up_m_s: 10.0 };
        let world = frame.ecef_velocity(velocity);
        prop_assert!((world.speed_m_s() - velocity.speed_m_s()).abs() < 1e-9);
        prop_assert!((frame.enu_velocity(world).east_m_s - 300.0).abs() < 1e-9);
    }

    #[test]
    fn attitudes_come_back(
        at in place(0.0, 1.0),
        heading_rad in 0.0..TAU, pitch_rad in -1.55..1.55, roll_rad in -PI..PI,
    ) {
        let attitude = Attitude { heading_rad, pitch_rad, roll_rad };
        let back = attitude.to_dis(at).to_attitude(at);
        prop_assert!(wrap_pi_rad(back.heading_rad - heading_rad).abs() < 1e-9);
        prop_assert!((back.pitch_rad - pitch_rad).abs() < 1e-9);
        prop_assert!(wrap_pi_rad(back.roll_rad - roll_rad).abs() < 1e-9);
    }

    #[test]
    fn height_never_costs_the_line_of_sight(
        factor in factor(), h1_m in 0.0..20_000.0, h2_m in 0.0..20_000.0,
        climb_m in 0.0..10_000.0, arc_m in 0.0..1e6,
    ) {
        let earth = EffectiveEarth::from_factor(factor);
        if earth.is_visible(h1_m, h2_m, arc_m) {
            prop_assert!(earth.is_visible(h1_m, h2_m + climb_m, arc_m));
            prop_assert!(earth.is_visible(h1_m + climb_m, h2_m, arc_m));
        }
        let (low, high) =
            (earth.elevation_rad(h1_m, h2_m, arc_m), earth.elevation_rad(h1_m, h2_m + climb_m, arc_m));
        prop_assert!(high >= low);
    }

    #[test]
    fn the_arc_to_a_height_leads_to_that_height(
        factor in factor(), h1_m in 0.0..10_000.0, h2_m in 0.0..30_000.0, arc_m in 10.0..5e5,
    ) {
        let earth = EffectiveEarth::from_factor(factor);
        let elevation_rad = earth.elevation_rad(h1_m, h2_m, arc_m);
        let found_m = earth.arc_to_height_m(h1_m, elevation_rad, h2_m);
        prop_assert!(found_m.is_none_or(|d| d <= arc_m + 0.1), "{found_m:?} is not the first");
        if let Some(found_m) = found_m.filter(|_| h2_m > h1_m + 1.0) {
            prop_assert!((found_m - arc_m).abs() < 1e-3 + 1e-6 * arc_m, "{found_m}");
        }
    }

    #[test]
    fn sight_is_the_same_both_ways_round(
        a in place(0.0, 15_000.0), bearing_rad in 0.0..TAU, range_m in 1.0..6e5, h2_m in 0.0..15_000.0,
    ) {
        let local = Enu {
            east_m: range_m * libm::sin(bearing_rad),
            north_m: range_m * libm::cos(bearing_rad),
            up_m: 0.0,
        };
        let b = LocalFrame::new(a).ecef(local).to_geodetic().at_height(h2_m);
        let earth = Earth::smooth(EffectiveEarth::default());
        let (there, back) = (earth.sight(&a, &b), earth.sight(&b, &a));
        prop_assert_eq!(there.arc_m, back.arc_m);
        prop_assert_eq!(there.visible, back.visible);
        prop_assert_eq!(there.visible, earth.effective.is_visible(a.height_m, h2_m, there.arc_m));
        prop_assert_eq!(there.visible, there.blocker.is_none());
        // The two ways of saying it agree except within rounding of the horizon.
        prop_assert!(there.visible == (there.clearance_rad() >= 0.0) || there.clearance_rad().abs() < 1e-9);
    }

    #[test]
    fn the_velocity_of_a_leg_is_the_rate_of_its_place(
        a in place(0.0, 12_000.0), bearing_rad in 0.0..TAU, range_m in 10_000.0..8e5, part in 0.01..0.99,
    ) {
        prop_assume!(a.lat_deg().abs() < 80.0);
        let local = Enu {
            east_m: range_m * libm::sin(bearing_rad),
            north_m: range_m * libm::cos(bearing_rad),
            up_m: 0.0,
        };
        let b = LocalFrame::new(a).ecef(local).to_geodetic().at_height(9_000.0);
        let leg = Leg::new(a, b);
        let speed_m_s = 250.0;
        let rate_per_s = speed_m_s / leg.length_m();
        let (before, here, after) = (leg.at(part - rate_per_s * 0.1), leg.at(part), leg.at(part + rate_per_s * 0.1));
        prop_assume!(part > rate_per_s && part < 1.0 - rate_per_s);
        let frame = LocalFrame::new(here);
        let found = leg.velocity(part, speed_m_s);
        let (p, q) = (frame.enu(before.to_ecef()), frame.enu(after.to_ecef()));
        prop_assert!((found.east_m_s - (q.east_m - p.east_m) / 0.2).abs() < 1e-4);
        prop_assert!((found.north_m_s - (q.north_m - p.north_m) / 0.2).abs() < 1e-4);
        prop_assert!((found.up_m_s - (q.up_m - p.up_m) / 0.2).abs() < 1e-3);
        // Constant over the ground: the height's share taken out, what is left is the speed asked for.
        let ground_m_s = found.ground_speed_m_s() / (1.0 + here.height_m / 6_371_000.0);
        prop_assert!((ground_m_s / speed_m_s - 1.0).abs() < 1e-4, "{ground_m_s}");
        prop_assert!(wrap_pi_rad(leg.bearing_rad(part) - found.course_rad()).abs() < 1e-4);
    }

    #[test]
    fn arcs_and_legs_of_any_two_places_are_finite(a in place(-100.0, 1e5), b in place(-100.0, 1e5)) {
        let arc_m = Station::new(a).arc_m(&Station::new(b));
        let leg = Leg::new(a, b);
        let middle = leg.at(0.5);
        prop_assert!((0.0..2.1e7).contains(&arc_m), "{arc_m}");
        prop_assert!(leg.length_m().is_finite() && middle.lat_rad.is_finite());
        prop_assert_eq!(leg.at(0.0), a);
        prop_assert_eq!(leg.at(1.0), b);
    }
}

#[test]
fn legs_without_length_or_direction_do_not_panic() {
    let pole = Geodetic::from_degrees(90.0, 0.0, 0.0);
    let place = Geodetic::from_degrees(10.0, 20.0, 5.0);
    for (a, b) in [
        (place, place),
        (pole, pole),
        (place, Geodetic::from_degrees(-10.0, -160.0, 5.0)),
        (pole, Geodetic::from_degrees(-90.0, 0.0, 0.0)),
    ] {
        let leg = Leg::new(a, b);
        let middle = leg.at(0.5);
        assert!(middle.lat_rad.is_finite() && middle.lon_rad.is_finite());
        assert!(leg.velocity(0.5, 100.0).speed_m_s().is_finite());
    }
    assert_eq!(Leg::new(place, place).velocity(0.5, 100.0), EnuVelocity::default());
}
