//! Geometry of threats: who passes what, how closely, and when.

mod common;

use common::{Scene, Target, asset, home};
use redan_command::{Threat, threat};
use redan_geo::{Aer, Geodetic, LocalFrame};

fn threats(scene: &Scene) -> Vec<Threat> {
    threat::evaluate(&scene.situation())
}

/// A place at a distance and direction from the origin.
fn place(azimuth_deg: f64, range_m: f64) -> Geodetic {
    let azimuth_rad = azimuth_deg.to_radians();
    let away = Aer { azimuth_rad, elevation_rad: 0.0, range_m };
    LocalFrame::new(home()).ecef_of_aer(away).to_geodetic().at_height(0.0)
}

#[test]
fn head_on_takes_distance_over_speed() {
    let found = threats(&Scene::with(Target::north(60e3, 6_000.0, 250.0)));
    assert_eq!((found.len(), found[0].asset), (1, Some(0)));
    assert!((found[0].time_to_go_s - 240.0).abs() < 0.5, "{found:?}");
    assert!(found[0].miss_m < 1.0, "{found:?}");
}

#[test]
fn a_passer_by_threatens_what_it_comes_near_to() {
    // Due east, flying north: nearest in 100 s, 12 km to the west of an asset further out.
    let passing = Target {
        azimuth_rad: 90.0_f64.to_radians(),
        east_m_s: 0.0,
        north_m_s: 200.0,
        ..Target::north(30e3, 5_000.0, 0.0)
    };
    let mut scene = Scene::with(passing);
    let distance_m = libm::hypot(42e3, 20e3);
    let asset_at = place(libm::atan2(42e3, 20e3).to_degrees(), distance_m);
    scene.assets = vec![asset("wide", asset_at, 12.2e3)];
    let found = threats(&scene);
    assert_eq!(found.len(), 1);
    assert!((found[0].time_to_go_s - 100.0).abs() < 0.5, "{found:?}");
    // North there is not quite north at the origin: meridians converge by 4 mrad in 30 km.
    assert!((found[0].miss_m - 12e3).abs() < 100.0, "{found:?}");
    scene.assets[0].radius_m = 11.8e3;
    assert_eq!(threats(&scene), []);
    // Two standard deviations of the horizontal place count as well: 2 × √2 × 100 m here.
    scene.tracks[0] = Target { sigma_m: 100.0, ..passing }.track(scene.tracks[0].id, &scene.frame);
    assert_eq!(threats(&scene).len(), 1);
}

#[test]
fn a_speed_that_is_not_well_known_widens_the_reach_with_time() {
    let mut scene = Scene::with(Target::north(60e3, 6_000.0, 250.0));
    scene.assets = vec![asset("aside", place(90.0, 20e3), 12e3)];
    // It would pass over the unit itself, which the rules count as a threat of its own.
    assert_eq!(threats(&scene)[0].asset, None);
    // 240 s at 15 m/s along each axis: 2 × √2 × 3.6 km more.
    for axis in 3..5 {
        scene.tracks[0].kinematics.covariance[(axis, axis)] = 15.0 * 15.0;
    }
    assert_eq!(threats(&scene)[0].asset, Some(0));
}

#[test]
fn what_flies_away_threatens_nothing() {
    let mut scene = Scene::with(Target::north(5e3, 6_000.0, -250.0));
    scene.rules.engage_approaching = true;
    assert_eq!(threats(&scene), []);
}

#[test]
fn what_hovers_threatens_what_it_hovers_over() {
    let over = Scene::with(Target::north(5e3, 200.0, 0.0));
    let found = threats(&over);
    assert_eq!(found.len(), 1);
    assert!(found[0].time_to_go_s.abs() < 1e-12 && (found[0].miss_m - 5e3).abs() < 10.0);
    assert_eq!(threats(&Scene::with(Target::north(15e3, 200.0, 0.0))), []);
}

#[test]
fn of_several_assets_the_one_reached_first_is_threatened() {
    let mut scene = Scene::with(Target::north(60e3, 6_000.0, 250.0));
    scene.assets.push(asset("outpost", place(0.0, 40e3), 5e3));
    scene.assets[1].weight = 3.0;
    let found = threats(&scene);
    assert_eq!((found.len(), found[0].asset), (1, Some(1)));
    assert!((found[0].time_to_go_s - 80.0).abs() < 0.5, "{found:?}");
    assert!((found[0].weight - 3.0).abs() < 1e-12);
}

#[test]
fn what_comes_at_a_unit_is_a_threat_and_what_passes_it_where_the_rules_say_so() {
    let mut scene = Scene::with(Target::north(60e3, 6_000.0, 250.0));
    scene.assets.clear();
    let found = threats(&scene);
    assert_eq!((found.len(), found[0].asset), (1, None));
    assert!((found[0].time_to_go_s - 240.0).abs() < 0.5, "{found:?}");
    let aside = Target { east_m_s: 60.0, ..Target::north(60e3, 6_000.0, 250.0) };
    scene = Scene::with(aside);
    scene.assets.clear();
    assert_eq!(threats(&scene), []);
    scene.rules.engage_approaching = true;
    assert_eq!(threats(&scene).len(), 1);
}

#[test]
fn the_most_urgent_comes_first_and_tentative_tracks_do_not_count() {
    let mut scene = Scene::new();
    let slow = scene.add(Target::north(60e3, 6_000.0, 100.0));
    let fast = scene.add(Target::north(80e3, 6_000.0, 300.0));
    scene.add(Target { confirmed: false, ..Target::north(20e3, 6_000.0, 300.0) });
    let twin = scene.add(Target::north(80e3, 6_000.0, 300.0));
    let order: Vec<_> = threats(&scene).iter().map(|threat| threat.track).collect();
    assert_eq!(order, [fast, twin, slow], "ties by track number");
}
