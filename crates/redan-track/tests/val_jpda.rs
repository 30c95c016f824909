//! Joint association probabilities against full enumeration by another program, and exact against approximate.

use proptest::prelude::*;
use redan_track::jpda::{Marginals, NODE_LIMIT, Row, marginals};
use serde_json::Value;

const TABLE: &str = include_str!("../../../validation/tables/tracking/jpda_marginals.json");

fn numbers(value: &Value) -> Vec<Vec<f64>> {
    serde_json::from_value(value.clone()).unwrap()
}

fn plot_count(likelihood: &[Vec<f64>]) -> usize {
    likelihood.first().map_or(0, Vec::len)
}

/// Rows of a case of the table: pd · likelihood / clutter density against 1 - pd · pg.
fn rows(case: &Value) -> Vec<Row> {
    let number = |key: &str| case[key].as_f64().unwrap();
    let (pd, pg, clutter) = (number("pd"), number("pg"), number("clutter_density"));
    let row = |likelihood: &Vec<f64>| Row {
        missed_ratio: 1.0 - pd * pg,
        plots: likelihood
            .iter()
            .enumerate()
            .filter(|(_, likelihood)| **likelihood > 0.0)
            .map(|(plot, likelihood)| (plot, pd * likelihood / clutter))
            .collect(),
    };
    numbers(&case["likelihood"]).iter().map(row).collect()
}

/// Largest difference to a table with a column for every plot.
fn worst(rows: &[Row], found: &Marginals, expected: &[Vec<f64>]) -> f64 {
    let mut worst: f64 = 0.0;
    for ((row, found), expected) in rows.iter().zip(&found.rows).zip(expected) {
        let mut dense = vec![0.0; expected.len()];
        dense[0] = found[0];
        for ((plot, _), prob) in row.plots.iter().zip(&found[1..]) {
            dense[plot + 1] = *prob;
        }
        let apart = dense.iter().zip(expected).map(|(a, b)| (a - b).abs());
        worst = apart.fold(worst, f64::max);
    }
    worst
}

#[test]
fn val_enumeration_marginals_to_a_billionth() {
    let table: Value = serde_json::from_str(TABLE).unwrap();
    let cases = table["cases"].as_array().unwrap();
    assert!(cases.len() >= 12);
    for case in cases {
        let rows = rows(case);
        let found = marginals(&rows, plot_count(&numbers(&case["likelihood"])));
        assert!(found.exact);
        let worst = worst(&rows, &found, &numbers(&case["beta_rows_miss_first"]));
        assert!(worst < 1e-9, "{worst:e}");
    }
}

#[test]
fn a_cluster_too_large_for_the_exact_method_is_approximated_and_says_so() {
    let dense = |track: usize| Row {
        missed_ratio: 0.3,
        plots: (0..40).map(|plot| (plot, 1.0 + ((track * 7 + plot * 3) % 11) as f64)).collect(),
    };
    let rows: Vec<Row> = (0..40).map(dense).collect();
    let found = marginals(&rows, 40);
    assert!(!found.exact, "40 by 40 has more than {NODE_LIMIT} nodes");
    let mut used = vec![0.0; 40];
    for (row, probs) in rows.iter().zip(&found.rows) {
        assert!((probs.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        for ((plot, _), prob) in row.plots.iter().zip(&probs[1..]) {
            used[*plot] += prob;
        }
    }
    assert!(used.iter().all(|used| *used < 1.0 + 1e-6), "a plot serves one track at most");
}

/// Sums over all joint events of a small cluster.
fn enumerate(rows: &[Row], plots: usize) -> Vec<Vec<f64>> {
    let mut sums: Vec<Vec<f64>> = rows.iter().map(|_| vec![0.0; plots + 1]).collect();
    let mut choice = vec![0; rows.len()];
    loop {
        let mut used = vec![false; plots];
        let mut weight = 1.0;
        for (row, &choice) in rows.iter().zip(&choice) {
            let Some((plot, own)) = choice_of(row, choice) else {
                weight *= row.missed_ratio;
                continue;
            };
            weight *= if std::mem::replace(&mut used[plot], true) { 0.0 } else { own };
        }
        for ((row, &choice), sums) in rows.iter().zip(&choice).zip(&mut sums) {
            sums[choice_of(row, choice).map_or(0, |(plot, _)| plot + 1)] += weight;
        }
        let Some(place) = (0..rows.len()).find(|place| choice[*place] < rows[*place].plots.len())
        else {
            break;
        };
        choice[place] += 1;
        choice[..place].fill(0);
    }
    for sums in &mut sums {
        let total: f64 = sums.iter().sum();
        sums.iter_mut().for_each(|sum| *sum /= total);
    }
    sums
}

fn choice_of(row: &Row, choice: usize) -> Option<(usize, f64)> {
    choice.checked_sub(1).map(|place| row.plots[place])
}

proptest! {
    #[test]
    fn exact_marginals_equal_enumeration(
        weights in prop::collection::vec(prop::collection::vec(prop::option::of(1e-6..1e6_f64), 4), 1..5),
        missed in 1e-3..1.0_f64,
    ) {
        let row = |row: &Vec<Option<f64>>| Row {
            missed_ratio: missed,
            plots: row.iter().enumerate().filter_map(|(plot, w)| w.map(|w| (plot, w))).collect(),
        };
        let rows: Vec<Row> = weights.iter().map(row).collect();
        let found = marginals(&rows, 4);
        prop_assert!(worst(&rows, &found, &enumerate(&rows, 4)) < 1e-9);
    }

    #[test]
    fn no_weight_makes_a_probability_that_is_none(
        weights in prop::collection::vec((any::<f64>(), any::<f64>()), 1..6),
    ) {
        let rows: Vec<Row> = weights
            .iter()
            .map(|&(missed, plot)| Row { missed_ratio: missed, plots: vec![(0, plot), (1, 1.0)] })
            .collect();
        for row in marginals(&rows, 2).rows {
            prop_assert!(row.iter().all(|prob| (0.0..=1.0).contains(prob)), "{row:?}");
        }
    }
}
