//! The assignment solver against an independent one, on instances with known optimal cost.

use redan_track::assignment::{Costs, assign};
use serde_json::Value;

const TABLE: &str = include_str!("../../../validation/tables/tracking/assignment.json");

fn cases() -> Vec<Value> {
    let table: Value = serde_json::from_str(TABLE).unwrap();
    table["cases"].as_array().unwrap().clone()
}

fn cost_rows(case: &Value) -> Vec<Vec<f64>> {
    serde_json::from_value(case["cost"].clone()).unwrap()
}

fn pairs_of(value: &Value) -> Vec<(usize, usize)> {
    serde_json::from_value(value.clone()).unwrap()
}

#[test]
fn val_scipy_plain_instances_reach_the_optimal_cost() {
    let plain: Vec<Value> = cases().into_iter().filter(|case| case["kind"].is_null()).collect();
    assert_eq!(plain.len(), 13);
    for case in plain {
        let rows = cost_rows(&case);
        let mut costs = Costs::forbidden(rows.len(), rows[0].len());
        for (row, entries) in rows.iter().enumerate() {
            for (column, cost) in entries.iter().enumerate() {
                costs.set(row, column, *cost);
            }
        }
        let pairs = assign(&costs).unwrap();
        let total: f64 = pairs.iter().map(|(row, column)| rows[*row][*column]).sum();
        assert!((total - case["optimal_cost"].as_f64().unwrap()).abs() < 1e-9);
        if case["unique"] == true {
            assert_eq!(pairs, pairs_of(&case["assignment"]));
        }
    }
}

/// An unassigned row and the column that it leaves unassigned cost g each, so that a row's own way out
/// costs 2 g, and g is paid for every column before any is used.
#[test]
fn val_scipy_gated_instances_reach_the_optimal_cost() {
    let gated: Vec<Value> = cases().into_iter().filter(|case| case["kind"] == "gated").collect();
    assert_eq!(gated.len(), 4);
    for case in gated {
        let rows = cost_rows(&case);
        let gate = case["cost_of_non_assignment"].as_f64().unwrap();
        let columns = rows[0].len();
        let mut costs = Costs::forbidden(rows.len(), columns + rows.len());
        for (row, entries) in rows.iter().enumerate() {
            costs.set(row, columns + row, 2.0 * gate);
            for (column, cost) in entries.iter().enumerate().filter(|(_, cost)| **cost < gate) {
                costs.set(row, column, *cost);
            }
        }
        let solution = assign(&costs).unwrap();
        let used: Vec<_> = solution.into_iter().filter(|pair| pair.1 < columns).collect();
        let paid: f64 = used.iter().map(|(row, column)| rows[*row][*column]).sum();
        let unassigned = rows.len() + columns - 2 * used.len();
        let total = paid + gate * unassigned as f64;
        assert!((total - case["total_cost"].as_f64().unwrap()).abs() < 1e-9);
        assert_eq!(used, pairs_of(&case["pairs"]));
    }
}
