//! Each reason against an order, alone, with the figure by which the order fails.

mod common;

use common::{LONG, LONG_REACH_M, SHORT, Scene, Target};
use redan_command::{Commitment, InterceptorId, Reason, UnitId, WeaponsControl};
use redan_geo::Span;
use redan_track::{Identity, TrackId};

/// In reach and in view of everything.
fn easy() -> Target {
    Target::north(40e3, 6_000.0, 250.0)
}

fn refused(scene: &Scene, interceptor: InterceptorId, rounds: u32) -> Reason {
    scene.check(interceptor, rounds).expect_err("there is a reason against it")
}

#[test]
fn an_order_without_a_fault_gives_the_intercept_counted_from_now() {
    let found = Scene::with(easy()).check(SHORT, 2).expect("nothing speaks against it");
    // Ten seconds of reaction, then both close at 1,250 m/s, the missile on a slant path.
    let flight_s = found.time_s - 10.0;
    let slant_m = libm::hypot(found.range_m, found.altitude_m);
    assert!((slant_m - 1_000.0 * flight_s).abs() < 1.0, "{found:?}");
    assert!((found.range_m + 250.0 * found.time_s - 40e3).abs() < 50.0, "{found:?}");
    assert!((found.altitude_m - 6_000.0).abs() < 20.0, "{found:?}");
}

#[test]
fn weapon_control_decides_by_identity() {
    use Identity::{AssumedFriend, Friend, Hostile, Neutral, Pending, Suspect, Unknown};
    let all = [Pending, Unknown, AssumedFriend, Friend, Neutral, Suspect, Hostile];
    let fired_at = |weapons| -> Vec<Identity> {
        let permitted = |identity: &Identity| {
            let mut scene = Scene::with(Target { identity: *identity, ..easy() });
            scene.rules.weapons = weapons;
            match scene.check(SHORT, 1) {
                Ok(_) => true,
                Err(Reason::Identity { identity: told }) => {
                    assert_eq!(told, *identity);
                    false
                }
                Err(reason) => {
                    assert_eq!((weapons, reason), (WeaponsControl::Hold, Reason::WeaponsHold));
                    false
                }
            }
        };
        all.iter().copied().filter(permitted).collect()
    };
    assert_eq!(fired_at(WeaponsControl::Hold), []);
    assert_eq!(fired_at(WeaponsControl::Tight), [Hostile]);
    assert_eq!(fired_at(WeaponsControl::Free), [Unknown, Suspect, Hostile]);
}

#[test]
fn a_track_is_not_engaged_twice_nor_after_it_was_called_killed() {
    let mut scene = Scene::with(easy());
    scene.called_killed = vec![TrackId(1)];
    assert_eq!(refused(&scene, SHORT, 1), Reason::CalledKilled);
    scene.commitments = vec![Commitment { track: TrackId(1), unit: UnitId(7) }];
    assert_eq!(refused(&scene, SHORT, 1), Reason::AlreadyEngaged);
    scene.commitments[0].track = TrackId(2);
    scene.called_killed = vec![TrackId(2)];
    assert!(scene.check(SHORT, 1).is_ok());
}

#[test]
fn rounds_must_be_there() {
    let mut scene = Scene::with(easy());
    assert!(scene.check(SHORT, 12).is_ok());
    scene.units[0].stocks[0].rounds = 1;
    assert!(scene.check(SHORT, 1).is_ok());
    assert_eq!(refused(&scene, SHORT, 2), Reason::NoRounds);
    scene.units[0].stocks[0].rounds = 0;
    assert_eq!(refused(&scene, SHORT, 1), Reason::NoRounds);
    assert_eq!(refused(&scene, InterceptorId(9), 1), Reason::NoRounds);
    // An order without rounds would take a channel and never give it back.
    assert_eq!(refused(&scene, LONG, 0), Reason::NoRounds);
}

#[test]
fn channels_must_be_free_and_the_radar_ready() {
    let mut scene = Scene::with(easy());
    scene.units[0].free_missile_channels = 1;
    assert!(scene.check(SHORT, 1).is_ok());
    assert_eq!(refused(&scene, SHORT, 2), Reason::NoMissileChannel);
    scene.units[0].free_target_channels = 0;
    assert_eq!(refused(&scene, SHORT, 1), Reason::NoTargetChannel);
    scene.units[0].ready = false;
    assert_eq!(refused(&scene, SHORT, 1), Reason::UnitNotReady);
}

#[test]
fn out_of_reach_tells_the_missing_metres() {
    // A target that hovers is met where it is: 230 km away with a reach of 200 km.
    let scene = Scene::with(Target::north(230e3, 12_000.0, 0.0));
    let Reason::OutOfReach { short_by_m } = refused(&scene, LONG, 1) else {
        panic!("{:?}", refused(&scene, LONG, 1));
    };
    assert!((short_by_m - (230e3 - LONG_REACH_M)).abs() < 500.0, "{short_by_m}");
    // One that comes near enough during reaction and flight is in reach.
    assert!(Scene::with(Target::north(230e3, 12_000.0, 300.0)).check(LONG, 1).is_ok());
}

#[test]
fn the_minimum_range_is_one_of_slant_range() {
    let scene = Scene::with(Target::north(1_500.0, 1_000.0, 0.0));
    let Reason::TooClose { short_by_m } = refused(&scene, SHORT, 1) else {
        panic!("{:?}", refused(&scene, SHORT, 1));
    };
    assert!((short_by_m - (3_000.0 - libm::hypot(1_500.0, 1_000.0))).abs() < 20.0, "{short_by_m}");
    assert!(Scene::with(Target::north(1_500.0, 2_900.0, 0.0)).check(SHORT, 1).is_ok());
}

#[test]
fn floor_and_ceiling_tell_the_missing_metres() {
    let low = Scene::with(Target::north(8e3, 12.0, 100.0));
    let Reason::BelowFloor { short_by_m } = refused(&low, SHORT, 1) else {
        panic!("{:?}", refused(&low, SHORT, 1));
    };
    assert!((short_by_m - 8.0).abs() < 1.0, "{short_by_m}");
    let high = Scene::with(Target::north(40e3, 27_000.0, 250.0));
    let Reason::AboveCeiling { excess_m } = refused(&high, SHORT, 1) else {
        panic!("{:?}", refused(&high, SHORT, 1));
    };
    assert!((excess_m - 2_000.0).abs() < 20.0, "{excess_m}");
}

#[test]
fn a_height_that_is_not_well_known_gets_two_standard_deviations() {
    let high = |sigma_m| Scene::with(Target { sigma_m, ..Target::north(40e3, 27_000.0, 250.0) });
    assert!(high(1_100.0).check(SHORT, 1).is_ok());
    assert!(matches!(
        refused(&high(900.0), SHORT, 1),
        Reason::AboveCeiling { excess_m } if (excess_m - 200.0).abs() < 20.0
    ));
}

#[test]
fn a_target_may_be_too_fast() {
    let scene = Scene::with(Target::north(150e3, 20_000.0, 2_100.0));
    let Reason::TooFast { excess_m_s } = refused(&scene, LONG, 1) else {
        panic!("{:?}", refused(&scene, LONG, 1));
    };
    assert!((excess_m_s - 100.0).abs() < 1e-6, "{excess_m_s}");
}

#[test]
fn a_target_below_the_horizon_cannot_be_engaged_before_it_comes_up() {
    // Seen from 10 m, 100 m of height come up at 54 km over the 4/3 Earth.
    let hidden = Scene::with(Target::north(65e3, 100.0, 0.0));
    let Reason::BelowHorizon { short_by_rad } = refused(&hidden, LONG, 1) else {
        panic!("{:?}", refused(&hidden, LONG, 1));
    };
    // The horizon of 10 m lies 13 km away; from there the ray rises as the square of the distance.
    let over_m = (65e3 - 13.03e3) * (65e3 - 13.03e3) / (2.0 * 8.495e6) - 100.0;
    assert!((short_by_rad - over_m / 65e3).abs() < 2e-5, "{short_by_rad}");
    assert!(Scene::with(Target::north(50e3, 100.0, 0.0)).check(LONG, 1).is_ok());
    // What counts is the place at the launch: 10 s of reaction bring this one over the horizon.
    assert!(Scene::with(Target::north(58e3, 100.0, 800.0)).check(LONG, 1).is_ok());
}

#[test]
fn a_missile_that_needs_illumination_must_be_seen_home() {
    // It leaves at 300 m/s: in sight at the launch, far below the horizon at the intercept.
    let mut scene = Scene::with(Target::north(45e3, 100.0, -300.0));
    assert!(scene.check(LONG, 1).is_ok());
    scene.interceptors[LONG.0 as usize].needs_illumination = true;
    assert!(matches!(refused(&scene, LONG, 1), Reason::BelowHorizon { .. }));
}

#[test]
fn the_radar_has_a_longest_range_and_limits_of_elevation() {
    let mut scene = Scene::with(Target::north(100e3, 8_000.0, 0.0));
    scene.units[0].instrumented_range_m = 90e3;
    assert!(matches!(
        refused(&scene, LONG, 1),
        Reason::OutsideRange { short_by_m } if (short_by_m - 10e3).abs() < 500.0
    ));
    let mut steep = Scene::with(Target::north(1e3, 10_000.0, 0.0));
    steep.units[0].elevation_rad = (-0.05, 1.2);
    let elevation_rad = libm::atan2(9_990.0, 1e3);
    assert!(matches!(
        refused(&steep, LONG, 1),
        Reason::OutsideElevation { short_by_rad } if (short_by_rad - (elevation_rad - 1.2)).abs() < 1e-3
    ));
    let mut low = Scene::with(Target::north(20e3, 100.0, 0.0));
    low.units[0].elevation_rad = (0.01, 1.2);
    assert!(
        matches!(refused(&low, LONG, 1), Reason::OutsideElevation { short_by_rad } if short_by_rad > 0.0)
    );
}

#[test]
fn a_bound_radar_engages_in_its_sector_alone() {
    let mut scene = Scene::with(easy());
    let facing = |scene: &mut Scene, deg: f64| scene.units[0].facing_rad = Some(deg.to_radians());
    facing(&mut scene, 44.0);
    assert!(scene.check(SHORT, 1).is_ok());
    facing(&mut scene, 316.0);
    assert!(scene.check(SHORT, 1).is_ok(), "north lies on both sides of 360 degrees");
    facing(&mut scene, 60.0);
    assert!(matches!(
        refused(&scene, SHORT, 1),
        Reason::OutsideSector { off_by_rad } if (off_by_rad - 15.0_f64.to_radians()).abs() < 1e-3
    ));
    facing(&mut scene, 300.0);
    assert!(matches!(refused(&scene, SHORT, 1), Reason::OutsideSector { .. }));
}

#[test]
fn the_reaction_counts() {
    // Inside the reach now, outside once the crew is ready: it leaves at 400 m/s.
    let mut scene = Scene::with(Target::north(30e3, 6_000.0, -400.0));
    assert!(scene.check(SHORT, 1).is_ok());
    scene.units[0].reaction = Span::from_secs(60.0);
    assert!(matches!(refused(&scene, SHORT, 1), Reason::OutOfReach { .. }));
}
