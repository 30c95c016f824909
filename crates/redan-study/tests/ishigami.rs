//! Sobol indices against closed forms.
//!
//! The function of T. Ishigami and T. Homma (1990), sin x + 7 sin² y + 0.1 z⁴ sin x on (−π, π)³, has
//! S = (0.3139, 0.4424, 0) and T = (0.5576, 0.4424, 0.2437); A. Saltelli et al., *Global Sensitivity
//! Analysis: The Primer* (2008), section 4.6, and the forms below.

use std::f64::consts::PI;

use redan_sim::draw::{Luck, NameHash, Purpose};
use redan_study::design::{Axis, Design, Plan, place_in_pairs};
use redan_study::stats::indices::{PickFreeze, first_order_ratio};
use redan_study::stats::rank;

const A: f64 = 7.0;
const B: f64 = 0.1;
const ROWS: u64 = 8_000;

fn ishigami(x: [f64; 3]) -> f64 {
    let [x, y, z] = x.map(|share| PI * (2.0 * share - 1.0));
    let sine = libm::sin(y);
    libm::sin(x) + A * sine * sine + B * z * z * z * z * libm::sin(x)
}

/// Closed forms of first-order and total indices.
fn expected() -> ([f64; 3], [f64; 3]) {
    let fourth = PI * PI * PI * PI;
    let first = 0.5 * (1.0 + B * fourth / 5.0) * (1.0 + B * fourth / 5.0);
    let second = A * A / 8.0;
    let both = 8.0 * B * B * fourth * fourth / 225.0;
    let all = first + second + both;
    ([first / all, second / all, 0.0], [(first + both) / all, second / all, both / all])
}

fn axes() -> [Axis; 3] {
    std::array::from_fn(|place| Axis {
        name: NameHash::of("input").member(place as u64),
        place,
        group: place as u32,
    })
}

/// Mean of `battles` answers with luck of deviation 2 on top.
fn noisy(answer: f64, draw: u64, battles: u64) -> f64 {
    let luck = |battle| {
        Luck::new(1, draw).draw(Purpose::Resample, NameHash::of("luck"), battle).normal() * 2.0
    };
    answer + (0..battles).map(luck).sum::<f64>() / battles as f64
}

#[test]
fn val_ishigami_indices_by_pairs_of_matrices() {
    const BATTLES: u64 = 4;
    let plan = Plan { design: Design::Pairs { groups: 3 }, seed: 5, draws: 5 * ROWS };
    let axes = axes();
    let mut answers = vec![Vec::new(); 5];
    for draw in 0..5 * ROWS {
        let inputs = axes.each_ref().map(|axis| plan.share_ratio(draw, axis, 0));
        let (_, matrix) = place_in_pairs(draw, 3);
        answers[matrix as usize].push(noisy(ishigami(inputs), draw, BATTLES));
    }
    let pairs =
        PickFreeze { of_a: &answers[0], of_b: &answers[1], luck_variance: 4.0 / BATTLES as f64 };
    let rows: Vec<usize> = (0..ROWS as usize).collect();
    let (first, total) = expected();
    for input in 0..3 {
        let found = pairs.indices(&answers[input + 2], &rows).expect("the answers vary");
        // Standard errors with 8,000 rows and this luck are about 0.015.
        assert!((found.first_ratio - first[input]).abs() < 0.05, "{input}: {found:?}");
        assert!((found.total_ratio - total[input]).abs() < 0.05, "{input}: {found:?}");
    }
}

#[test]
fn val_ishigami_first_order_from_any_sample() {
    for design in [Design::Random, Design::Latin, Design::Sobol] {
        let plan = Plan { design, seed: 6, draws: ROWS };
        let axes = axes();
        let shares: Vec<[f64; 3]> = (0..ROWS)
            .map(|draw| axes.each_ref().map(|axis| plan.share_ratio(draw, axis, 0)))
            .collect();
        let answers: Vec<f64> =
            (0..ROWS).map(|draw| noisy(ishigami(shares[draw as usize]), draw, 1)).collect();
        let (first, _) = expected();
        for input in 0..3 {
            let column: Vec<f64> = shares.iter().map(|share| share[input]).collect();
            let found = first_order_ratio(&column, &answers, 4.0).expect("many");
            // Sixteen groups lose a little of what varies within one.
            assert!((found - first[input]).abs() < 0.04, "{design:?} {input}: {found}");
        }
    }
}

/// y = x₁ + 2 x₂: indices 1/5 and 4/5, and rank correlations in the same order.
#[test]
fn a_sum_has_the_indices_of_its_parts() {
    let plan = Plan { design: Design::Latin, seed: 7, draws: 2_000 };
    let axes = axes();
    let column = |input: usize| -> Vec<f64> {
        (0..2_000).map(|draw| plan.share_ratio(draw, &axes[input], 0)).collect()
    };
    let (x, y) = (column(0), column(1));
    let answers: Vec<f64> = x.iter().zip(&y).map(|(x, y)| x + 2.0 * y).collect();
    let first = first_order_ratio(&x, &answers, 0.0).expect("many");
    let second = first_order_ratio(&y, &answers, 0.0).expect("many");
    assert!((first - 0.2).abs() < 0.03 && (second - 0.8).abs() < 0.03, "{first} {second}");
    let weaker = rank::spearman_correlation(&x, &answers).expect("many");
    let stronger = rank::spearman_correlation(&y, &answers).expect("many");
    assert!(weaker > 0.3 && stronger > weaker);
    assert_eq!(first_order_ratio(&x, &answers, 10.0), None, "all of it would be luck");
}
