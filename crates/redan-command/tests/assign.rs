//! Weapon–target assignment: optima by brute force and from tables, bounds that hold, the same answer twice.

use std::path::PathBuf;

use proptest::prelude::*;
use redan_command::assign::{Answer, Instance, Shots, solve};
use serde_json::Value;

fn optimum(instance: &Instance) -> Answer {
    solve(instance, &mut || false)
}

/// A generator that needs no crate: Knuth's MMIX constants.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> f64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn within(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.next()
    }
}

fn random(size: (usize, usize), rounds: u32, probs: (f64, f64), seed: u64) -> Instance {
    let mut numbers = Numbers(seed);
    (0..100).for_each(|_| {
        numbers.next();
    });
    let values = (0..size.1).map(|_| libm::floor(numbers.within(1.0, 100.0))).collect();
    let probs = (0..size.0 * size.1).map(|_| numbers.within(probs.0, probs.1)).collect();
    Instance::new(vec![rounds; size.0], values, probs).expect("a problem")
}

/// The least that survives, by trying every way to give away every round.
fn brute_force(instance: &Instance) -> f64 {
    fn give(instance: &Instance, rounds: &[usize], left: &mut [f64], open: &mut [u32]) -> f64 {
        let Some((&weapon, rest)) = rounds.split_first() else {
            return left.iter().sum();
        };
        let mut best = give(instance, rest, left, open);
        for target in (0..left.len()).filter(|t| open[*t] > 0).collect::<Vec<_>>() {
            let before = left[target];
            left[target] = before * (1.0 - instance.kill_prob(weapon, target));
            open[target] -= 1;
            best = best.min(give(instance, rest, left, open));
            open[target] += 1;
            left[target] = before;
        }
        best
    }
    let rounds: Vec<usize> = (0..instance.weapons())
        .flat_map(|weapon| (0..instance.rounds(weapon)).map(move |_| weapon))
        .collect();
    let mut left: Vec<f64> = (0..instance.targets()).map(|t| instance.value_weight(t)).collect();
    let mut open = vec![instance.most_per_target(); instance.targets()];
    give(instance, &rounds, &mut left, &mut open)
}

fn assert_kept(instance: &Instance, answer: &Answer) {
    for weapon in 0..instance.weapons() {
        let of = |shot: &&Shots| shot.weapon == weapon;
        let fired: u32 = answer.shots.iter().filter(of).map(|shot| shot.count).sum();
        assert!(fired <= instance.rounds(weapon), "weapon {weapon} fires {fired}");
    }
    let surviving = instance.surviving_weight(&answer.shots);
    assert!((surviving - answer.objective_weight).abs() <= 1e-12 * surviving.max(1.0));
    assert!(answer.bound_weight <= answer.objective_weight);
}

fn instances() -> impl Strategy<Value = Instance> {
    let prob = prop_oneof![8 => 0.0..1.0, 1 => Just(0.0), 1 => Just(1.0)];
    (1..=4_usize, 1..=4_usize).prop_flat_map(move |(weapons, targets)| {
        let rounds = prop::collection::vec(0..=2_u32, weapons);
        let values = prop::collection::vec(0..=20_u32, targets);
        let probs = prop::collection::vec(prob.clone(), weapons * targets);
        (rounds, values, probs).prop_map(|(rounds, values, probs)| {
            let values = values.into_iter().map(f64::from).collect();
            Instance::new(rounds, values, probs).expect("a problem")
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_other_way_to_give_the_rounds_away_is_better(instance in instances()) {
        let answer = optimum(&instance);
        assert_kept(&instance, &answer);
        let best = brute_force(&instance);
        prop_assert!((answer.objective_weight - best).abs() <= 1e-9 * best.max(1e-3), "{answer:?} {best}");
        prop_assert!(answer.bound_weight <= best + 1e-9);
        prop_assert!(answer.gap_ratio() <= 1e-8 || best < 1e-9, "{answer:?}");
    }

    #[test]
    fn a_target_takes_no_more_rounds_than_it_may(instance in instances(), most in 0..=2_u32) {
        let instance = instance.with_most_per_target(most);
        let answer = optimum(&instance);
        assert_kept(&instance, &answer);
        for target in 0..instance.targets() {
            let of = answer.shots.iter().filter(|shot| shot.target == target);
            prop_assert!(of.map(|shot| shot.count).sum::<u32>() <= most);
        }
        let best = brute_force(&instance);
        prop_assert!((answer.objective_weight - best).abs() <= 1e-9 * best.max(1e-3), "{answer:?} {best}");
    }

    /// Wherever it is stopped there are an assignment and a bound, and both hold.
    #[test]
    fn a_bound_holds_wherever_the_search_is_stopped(instance in instances(), after in 0..150_u32) {
        let mut asked = 0;
        let answer = solve(&instance, &mut || { asked += 1; asked > after });
        assert_kept(&instance, &answer);
        let best = brute_force(&instance);
        prop_assert!(answer.bound_weight <= best + 1e-9 && best <= answer.objective_weight + 1e-9);
    }
}

fn table(name: &str) -> Value {
    let path =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../validation/tables/combat").join(name);
    serde_json::from_str(&std::fs::read_to_string(path).expect("a table")).expect("JSON")
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().expect("a list").iter().map(|n| n.as_f64().expect("a number")).collect()
}

#[test]
fn val_tables_optima_by_enumeration_are_found_and_proved() {
    let table = table("wta_small.json");
    let cases = table["cases"].as_array().expect("cases");
    assert!(cases.len() >= 5);
    for case in cases {
        let weapons = case["pk"].as_array().expect("weapons");
        let probs: Vec<f64> = weapons.iter().flat_map(numbers).collect();
        let instance = Instance::new(vec![1; weapons.len()], numbers(&case["values"]), probs)
            .expect("a problem");
        let answer = optimum(&instance);
        let best = case["optimal_expected_surviving_value"].as_f64().expect("a number");
        assert!((answer.objective_weight - best).abs() <= 1e-9, "{answer:?} {best}");
        assert!(answer.gap_ratio() <= 1e-8, "{answer:?}");
    }
}

#[test]
fn val_den_broeder_identical_weapons_are_one_weapon_with_many_rounds() {
    for case in table("wta_identical_weapons.json")["cases"].as_array().expect("cases") {
        let rounds = case["weapons"].as_u64().expect("a number") as u32;
        let (values, probs) = (numbers(&case["values"]), numbers(&case["pk_per_target"]));
        let best = case["optimal_value"].as_f64().expect("a number");
        let one = Instance::new(vec![rounds], values.clone(), probs.clone()).expect("a problem");
        let many = Instance::new(vec![1; rounds as usize], values, probs.repeat(rounds as usize));
        for instance in [one, many.expect("a problem")] {
            let answer = optimum(&instance);
            assert!((answer.objective_weight - best).abs() <= 1e-9, "{answer:?} {best}");
            assert!(answer.gap_ratio() <= 1e-8, "{answer:?}");
        }
    }
}

/// The sizes of the benchmark. Effort is counted in pricings, since a clock would fail on a slow machine:
/// a round of pricing takes less than a millisecond.
#[test]
fn a_hundred_weapons_and_two_hundred_targets_are_proved() {
    for (rounds, most) in [(1, 200), (2, 400), (3, 1_000)] {
        for probs in [(0.0, 1.0), (0.6, 0.9)] {
            let instance = random((100, 200), rounds, probs, u64::from(rounds));
            let answer = solve(&instance, &mut || false);
            assert_kept(&instance, &answer);
            assert!(answer.gap_ratio() <= 1e-9, "{rounds} {probs:?}: {}", answer.gap_ratio());
            assert!(answer.pricings <= most, "{rounds} {probs:?}: {} pricings", answer.pricings);
        }
    }
}

#[test]
fn the_same_problem_has_the_same_answer_bit_for_bit() {
    let instance = random((30, 60), 2, (0.0, 1.0), 5);
    assert_eq!(optimum(&instance), optimum(&instance));
}

#[test]
fn what_is_no_problem_is_refused() {
    assert!(Instance::new(vec![1], vec![1.0], vec![]).is_err());
    assert!(Instance::new(vec![1], vec![-1.0], vec![0.5]).is_err());
    assert!(Instance::new(vec![1], vec![f64::NAN], vec![0.5]).is_err());
    assert!(Instance::new(vec![1], vec![1.0], vec![1.01]).is_err());
    let none = Instance::new(vec![], vec![3.0], vec![]).expect("a target and nothing against it");
    assert!((optimum(&none).objective_weight - 3.0).abs() < 1e-12);
}
