//! Ways of fire, reserve, sectors of fire, and targets shared out among units.

mod common;

use common::{LONG, SHORT, Scene, Target, asset, home, unit};
use proptest::prelude::*;
use redan_command::{
    Assignment, Commitment, Decision, Fire, FireUnit, Firing, Reason, Settings, Stock, UnitId,
};
use redan_geo::{Aer, Geodetic, LocalFrame};
use redan_track::TrackId;

fn of(fire: Fire, salvo: u32) -> Firing {
    Firing::new(fire, Settings::of_salvo(salvo))
}

fn again_and_again(settings: Settings) -> Firing {
    Firing::new(Fire::ShootLookShoot, settings)
}

fn shared(assignment: Assignment) -> Firing {
    again_and_again(Settings { assignment, ..Settings::of_salvo(1) })
}

fn decide(scene: &Scene, mut doctrine: Firing) -> Decision {
    doctrine.decide(&scene.situation())
}

fn reason_of(decision: &Decision, track: u64) -> Option<Reason> {
    decision.withheld.iter().find(|held| held.track == TrackId(track)).map(|held| held.reason)
}

fn away(azimuth_deg: f64, range_m: f64) -> Geodetic {
    let seen = Aer { azimuth_rad: azimuth_deg.to_radians(), elevation_rad: 0.0, range_m };
    LocalFrame::new(home()).ecef_of_aer(seen).to_geodetic().at_height(10.0)
}

/// Flies at the origin from a direction.
fn from(azimuth_deg: f64, range_m: f64) -> Target {
    let (sin, cos) = libm::sincos(azimuth_deg.to_radians());
    Target {
        azimuth_rad: azimuth_deg.to_radians(),
        east_m_s: -250.0 * sin,
        north_m_s: -250.0 * cos,
        ..Target::north(range_m, 6_000.0, 250.0)
    }
}

#[test]
fn a_salvo_is_fired_once_for_good() {
    let mut scene = Scene::with(Target::north(50e3, 6_000.0, 200.0));
    let mut doctrine = of(Fire::Salvo, 2);
    assert_eq!(doctrine.decide(&scene.situation()).orders.len(), 1);
    // An order that did not lead to an engagement is given again.
    assert_eq!(doctrine.decide(&scene.situation()).orders.len(), 1);
    scene.commitments = vec![Commitment { track: TrackId(1), unit: UnitId(0) }];
    let busy = doctrine.decide(&scene.situation());
    assert_eq!(reason_of(&busy, 1), Some(Reason::AlreadyEngaged));
    scene.commitments.clear();
    let over = doctrine.decide(&scene.situation());
    assert!(over.orders.is_empty());
    assert_eq!(reason_of(&over, 1), Some(Reason::DoctrineHolds));
    // Another way of fire would engage it again.
    assert_eq!(decide(&scene, of(Fire::ShootLookShoot, 2)).orders.len(), 1);
}

#[test]
fn layers_fire_single_rounds_and_the_innermost_a_salvo() {
    for (range_m, interceptor, rounds) in [(150e3, LONG, 1), (50e3, SHORT, 3)] {
        let scene = Scene::with(Target::north(range_m, 6_000.0, 200.0));
        let order = decide(&scene, of(Fire::Layered, 3)).orders[0];
        assert_eq!((order.interceptor, order.rounds), (interceptor, rounds));
    }
    // Without the shorter type the longer one is the innermost.
    let mut scene = Scene::with(Target::north(150e3, 6_000.0, 200.0));
    scene.units[0].stocks = vec![Stock { interceptor: LONG, rounds: 9 }];
    assert_eq!(decide(&scene, of(Fire::Layered, 3)).orders[0].rounds, 3);
}

#[test]
fn the_reserve_is_kept_for_the_most_valuable_asset_and_for_the_unit() {
    let mut scene = Scene::with(Target::north(50e3, 6_000.0, 200.0));
    scene.units[0].stocks = vec![Stock { interceptor: SHORT, rounds: 3 }];
    let kept =
        |rounds| again_and_again(Settings { reserve_rounds: rounds, ..Settings::of_salvo(2) });
    assert_eq!(
        decide(&scene, kept(3)).orders[0].rounds,
        2,
        "no asset outweighs the one it threatens"
    );
    let mut dearer = asset("capital", away(180.0, 400e3), 5e3);
    dearer.weight = 5.0;
    scene.assets.push(dearer);
    assert_eq!(decide(&scene, kept(1)).orders[0].rounds, 2);
    assert_eq!(decide(&scene, kept(2)).orders[0].rounds, 1, "what the reserve leaves");
    assert_eq!(reason_of(&decide(&scene, kept(3)), 1), Some(Reason::Reserved));
    scene.assets.remove(0);
    assert_eq!(decide(&scene, kept(3)).orders[0].rounds, 2, "now it threatens the unit alone");
}

#[test]
fn a_unit_fires_in_its_sector_of_fire_alone() {
    let scene = |centre_deg: f64| {
        let mut scene = Scene::with(from(20.0, 50e3));
        scene.units[0].fires_rad = Some((centre_deg.to_radians(), 60.0_f64.to_radians()));
        decide(&scene, of(Fire::ShootLookShoot, 2))
    };
    assert_eq!(scene(0.0).orders.len(), 1);
    assert_eq!(scene(-5.0).orders.len(), 1);
    let Some(Reason::OutsideSectorOfFire { off_by_rad }) = reason_of(&scene(120.0), 1) else {
        panic!("it is refused for its direction");
    };
    assert!((off_by_rad.to_degrees() - 70.0).abs() < 0.5, "{}", off_by_rad.to_degrees());
}

/// One channel each. The first unit could take both targets, the second only the more urgent one.
fn two_units() -> Scene {
    let mut scene = Scene::new();
    scene.add(from(0.0, 40e3));
    scene.add(from(60.0, 45e3));
    let one = |id, fires_rad| FireUnit {
        free_target_channels: 1,
        fires_rad,
        sector_rad: std::f64::consts::TAU,
        ..unit(id, home())
    };
    scene.units = vec![one(0, None), one(1, Some((0.0, 60.0_f64.to_radians())))];
    scene
}

#[test]
fn the_assignment_leaves_no_target_that_another_sharing_would_cover() {
    let greedy = decide(&two_units(), shared(Assignment::Greedy));
    let exact = decide(&two_units(), shared(Assignment::NearExact));
    assert_eq!(greedy.orders.len(), 1, "the first unit was taken by the more urgent target");
    let mut pairs: Vec<(u64, u32)> = exact.orders.iter().map(|o| (o.track.0, o.unit.0)).collect();
    pairs.sort_unstable();
    assert_eq!(pairs, [(1, 1), (2, 0)]);
}

/// Worth of what a decision engages, by the same measure as the doctrine's own.
fn scene_of(targets: &[(f64, f64)], channels: &[(u32, f64)]) -> Scene {
    let mut scene = Scene::new();
    for (azimuth_deg, range_m) in targets {
        scene.add(from(*azimuth_deg, *range_m));
    }
    scene.units = channels
        .iter()
        .enumerate()
        .map(|(id, (channels, centre_deg))| FireUnit {
            free_target_channels: *channels,
            fires_rad: Some((centre_deg.to_radians(), 120.0_f64.to_radians())),
            sector_rad: std::f64::consts::TAU,
            ..unit(id as u32, home())
        })
        .collect();
    scene
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 48, ..ProptestConfig::default() })]

    /// Every confirmed track has one order or one reason; no channel is given twice; and the assignment
    /// engages at least as many as the greedy command, since all targets and rounds here are alike.
    #[test]
    fn the_assignment_keeps_the_channels_and_engages_no_fewer(
        targets in prop::collection::vec((0.0..360.0, 30e3..55e3), 1..12),
        channels in prop::collection::vec((0..4_u32, 0.0..360.0), 1..5),
    ) {
        let scene = scene_of(&targets, &channels);
        let greedy = decide(&scene, shared(Assignment::Greedy));
        let exact = decide(&scene, shared(Assignment::NearExact));
        for decision in [&greedy, &exact] {
            prop_assert_eq!(decision.orders.len() + decision.withheld.len(), targets.len());
            for (id, (free, _)) in channels.iter().enumerate() {
                let of = decision.orders.iter().filter(|o| o.unit == UnitId(id as u32)).count();
                prop_assert!(of <= *free as usize);
            }
        }
        prop_assert!(exact.orders.len() >= greedy.orders.len());
        prop_assert_eq!(&exact, &decide(&scene, shared(Assignment::NearExact)));
    }
}
