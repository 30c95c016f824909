//! Shoot-look-shoot: who is engaged first, with what, and that every track has its order or its reason.

mod common;

use std::collections::BTreeMap;

use common::{LONG, SHORT, Scene, Target, home, unit};
use proptest::prelude::*;
use redan_command::{
    AnyDoctrine, Commitment, Decision, InterceptorId, Reason, Settings, UnitId, WeaponsControl,
    check,
};
use redan_geo::{Aer, Geodetic, LocalFrame};
use redan_track::{Identity, TrackId};

/// Two raiders from the north, the second one nearer in time; numbers 1 and 2.
fn two_raiders() -> Scene {
    let mut scene = Scene::with(Target::north(50e3, 6_000.0, 200.0));
    scene.add(Target::north(55e3, 6_000.0, 300.0));
    scene
}

fn ordered(decision: &Decision) -> Vec<TrackId> {
    decision.orders.iter().map(|order| order.track).collect()
}

fn reason_of(decision: &Decision, track: u64) -> Option<Reason> {
    let withheld = decision.withheld.iter().find(|withheld| withheld.track == TrackId(track));
    withheld.map(|withheld| withheld.reason)
}

fn place(east_m: f64, north_m: f64) -> Geodetic {
    let azimuth_rad = libm::atan2(east_m, north_m);
    let range_m = libm::hypot(east_m, north_m);
    let away = Aer { azimuth_rad, elevation_rad: 0.0, range_m };
    LocalFrame::new(home()).ecef_of_aer(away).to_geodetic().at_height(10.0)
}

#[test]
fn the_most_urgent_threat_is_ordered_first() {
    assert_eq!(ordered(&two_raiders().decide(2)), [TrackId(2), TrackId(1)]);
}

#[test]
fn the_last_salvo_goes_to_the_most_urgent_threat_and_to_nobody_else() {
    let mut scene = two_raiders();
    scene.units[0].stocks = vec![redan_command::Stock { interceptor: LONG, rounds: 2 }];
    let decision = scene.decide(2);
    assert_eq!(ordered(&decision), [TrackId(2)]);
    assert_eq!(reason_of(&decision, 1), Some(Reason::NoRounds));
}

#[test]
fn a_salvo_is_as_large_as_the_rounds_allow() {
    let mut scene = two_raiders();
    scene.units[0].stocks = vec![redan_command::Stock { interceptor: LONG, rounds: 3 }];
    let rounds: Vec<u32> = scene.decide(2).orders.iter().map(|order| order.rounds).collect();
    assert_eq!(rounds, [2, 1]);
}

#[test]
fn the_last_channel_is_used_once() {
    let mut scene = two_raiders();
    scene.units[0].free_target_channels = 1;
    let decision = scene.decide(2);
    assert_eq!(ordered(&decision), [TrackId(2)]);
    assert_eq!(reason_of(&decision, 1), Some(Reason::NoTargetChannel));
    scene.units[0].free_target_channels = 6;
    scene.units[0].free_missile_channels = 3;
    let decision = scene.decide(2);
    assert_eq!(ordered(&decision), [TrackId(2)]);
    assert_eq!(reason_of(&decision, 1), Some(Reason::NoMissileChannel));
}

#[test]
fn the_first_order_of_a_decision_binds_the_sector_for_the_next() {
    let mut scene = Scene::with(Target::north(50e3, 6_000.0, 200.0));
    scene.add(Target {
        azimuth_rad: 120.0_f64.to_radians(),
        east_m_s: -260.0,
        north_m_s: 150.0,
        ..Target::north(50e3, 6_000.0, 0.0)
    });
    let decision = scene.decide(1);
    assert_eq!(ordered(&decision), [TrackId(2)], "it is faster");
    assert!(matches!(reason_of(&decision, 1), Some(Reason::OutsideSector { .. })), "{decision:?}");
}

#[test]
fn the_missile_with_the_shortest_reach_that_suffices_is_taken() {
    let kind = |range_m| -> Vec<InterceptorId> {
        let decision = Scene::with(Target::north(range_m, 9_000.0, 250.0)).decide(1);
        decision.orders.iter().map(|order| order.interceptor).collect()
    };
    assert_eq!(kind(50e3), [SHORT]);
    assert_eq!(kind(150e3), [LONG]);
    let mut spent = Scene::with(Target::north(50e3, 9_000.0, 250.0));
    spent.units[0].stocks[0].rounds = 0;
    assert_eq!(spent.decide(1).orders[0].interceptor, LONG);
}

#[test]
fn of_two_units_the_one_that_meets_the_target_first_is_taken() {
    let mut scene = Scene::with(Target::north(50e3, 9_000.0, 250.0));
    scene.units.push(unit(1, place(0.0, 20e3)));
    assert_eq!(scene.decide(1).orders[0].unit, UnitId(1));
    scene.units[1].ready = false;
    assert_eq!(scene.decide(1).orders[0].unit, UnitId(0));
}

#[test]
fn of_several_reasons_the_nearest_to_an_engagement_is_told() {
    // Out of reach of the long missile, and out of rounds of the short one.
    let mut scene = Scene::with(Target::north(270e3, 12_000.0, 100.0));
    scene.units[0].stocks[0].rounds = 0;
    let decision = scene.decide(1);
    let far_m = match reason_of(&decision, 1) {
        Some(Reason::OutOfReach { short_by_m }) => short_by_m,
        other => panic!("{other:?}"),
    };
    // A second unit further forward misses it by less, and is the one that is named.
    scene.units.push(unit(1, place(0.0, 10e3)));
    let nearer = scene.decide(1);
    assert_eq!(nearer.withheld[0].unit, Some(UnitId(1)));
    assert!(matches!(
        reason_of(&nearer, 1),
        Some(Reason::OutOfReach { short_by_m }) if short_by_m < far_m - 5e3
    ));
}

#[test]
fn without_units_or_loads_the_reason_says_so() {
    let mut scene = Scene::with(Target::north(50e3, 9_000.0, 250.0));
    scene.units[0].stocks.clear();
    assert_eq!(reason_of(&scene.decide(1), 1), Some(Reason::NoRounds));
    scene.units.clear();
    assert_eq!(reason_of(&scene.decide(1), 1), Some(Reason::NoUnit));
}

#[test]
fn who_threatens_nothing_is_told_apart_from_who_may_not_be_fired_at() {
    let mut scene = Scene::with(Target::north(50e3, 9_000.0, -250.0));
    scene.add(Target { identity: Identity::Neutral, ..Target::north(50e3, 9_000.0, -250.0) });
    let decision = scene.decide(1);
    assert_eq!(decision.threats, []);
    assert_eq!(reason_of(&decision, 1), Some(Reason::NoThreat));
    let neutral = Reason::Identity { identity: Identity::Neutral };
    assert_eq!(reason_of(&decision, 2), Some(neutral));
}

#[test]
fn hold_fire_watches() {
    let scene = two_raiders();
    let mut doctrine = AnyDoctrine::by_name("hold-fire", Settings::of_salvo(2)).expect("it ships");
    let decision = doctrine.decide(&scene.situation());
    assert_eq!((decision.orders.len(), decision.threats.len()), (0, 2));
    assert_eq!(reason_of(&decision, 1), Some(Reason::DoctrineHolds));
    assert_eq!(reason_of(&decision, 2), Some(Reason::DoctrineHolds));
}

#[test]
fn the_names_of_doctrines_are_those_that_exist() {
    let one = Settings::of_salvo(1);
    assert!(AnyDoctrine::NAMES.iter().all(|name| AnyDoctrine::by_name(name, one).is_some()));
    assert!(AnyDoctrine::by_name("fire-at-will", one).is_none());
}

fn identity() -> impl Strategy<Value = Identity> {
    use Identity::{Friend, Hostile, Neutral, Pending, Suspect, Unknown};
    prop_oneof![
        4 => Just(Hostile),
        1 => prop_oneof![Just(Pending), Just(Unknown), Just(Friend), Just(Neutral), Just(Suspect)],
    ]
}

fn target() -> impl Strategy<Value = Target> {
    let place = (0.0..std::f64::consts::TAU, 2e3..250e3_f64, 10.0..26e3_f64);
    let speed = (-500.0..500.0_f64, -500.0..500.0_f64);
    (place, speed, identity(), any::<bool>(), 0.0..500.0_f64).prop_map(
        |((azimuth_rad, range_m, height_m), (east_m_s, north_m_s), identity, recent, sigma_m)| {
            let confirmed = recent || identity == Identity::Hostile;
            Target {
                azimuth_rad,
                range_m,
                height_m,
                east_m_s,
                north_m_s,
                identity,
                confirmed,
                sigma_m,
            }
        },
    )
}

fn scene() -> impl Strategy<Value = Scene> {
    let means = (0..4_u32, 0..6_u32, 0..5_u32, 0..5_u32);
    let rules = (
        prop_oneof![4 => Just(WeaponsControl::Free), 1 => Just(WeaponsControl::Tight)],
        any::<bool>(),
        any::<bool>(),
    );
    (prop::collection::vec(target(), 0..12), means, rules).prop_map(|(targets, means, rules)| {
        let mut scene = Scene::new();
        targets.into_iter().for_each(|target| {
            scene.add(target);
        });
        let (targets, missiles, short, long) = means;
        scene.units.push(unit(1, place(30e3, 5e3)));
        for unit in &mut scene.units {
            (unit.free_target_channels, unit.free_missile_channels) = (targets, missiles);
            (unit.stocks[0].rounds, unit.stocks[1].rounds) = (short, long);
        }
        let (weapons, approaching, busy) = rules;
        (scene.rules.weapons, scene.rules.engage_approaching) = (weapons, approaching);
        if busy {
            scene.commitments = vec![Commitment { track: TrackId(2), unit: UnitId(0) }];
            scene.called_killed = vec![TrackId(3)];
            scene.units[0].facing_rad = Some(1.0);
        }
        scene
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn orders_and_reasons_cover_every_confirmed_track_once(scene in scene(), salvo in 1..4_u32) {
        let decision = scene.decide(salvo);
        let confirmed: Vec<TrackId> =
            scene.tracks.iter().filter(|t| t.confirmed.is_some()).map(|t| t.id).collect();
        let withheld: Vec<TrackId> = decision.withheld.iter().map(|w| w.track).collect();
        prop_assert!(withheld.is_sorted());
        let mut told = ordered(&decision);
        told.extend(withheld);
        told.sort();
        prop_assert_eq!(told, confirmed);
    }

    /// No order takes what an earlier order of the same decision has taken.
    #[test]
    fn orders_hold_when_they_are_checked_one_after_the_other(scene in scene(), salvo in 1..4_u32) {
        let decision = scene.decide(salvo);
        let situation = scene.situation();
        let mut units = scene.units.clone();
        let mut fired: BTreeMap<(UnitId, InterceptorId), u32> = BTreeMap::new();
        for order in &decision.orders {
            let track = scene.tracks.iter().find(|t| t.id == order.track).expect("it is held");
            let unit = units.iter().find(|unit| unit.id == order.unit).expect("it is ours");
            let again = check::order(&situation, unit, track, order.interceptor, order.rounds);
            prop_assert_eq!(again, Ok(order.intercept));
            prop_assert!((1..=salvo).contains(&order.rounds));
            check::commit(&situation, &mut units, track, order);
            *fired.entry((order.unit, order.interceptor)).or_default() += order.rounds;
        }
        for (unit, left) in scene.units.iter().zip(&units) {
            let mine = decision.orders.iter().filter(|order| order.unit == unit.id);
            let (targets, rounds) = mine.fold((0, 0), |sum, order| (sum.0 + 1, sum.1 + order.rounds));
            prop_assert_eq!(left.free_target_channels + targets, unit.free_target_channels);
            prop_assert_eq!(left.free_missile_channels + rounds, unit.free_missile_channels);
            for (stock, left) in unit.stocks.iter().zip(&left.stocks) {
                let used = fired.get(&(unit.id, stock.interceptor)).copied().unwrap_or(0);
                prop_assert_eq!(left.rounds + used, stock.rounds);
            }
        }
    }
}
