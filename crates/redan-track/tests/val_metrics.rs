//! Distances between sets and bounds of consistency against tables that were computed elsewhere.

mod common;

use common::{assert_near, rows};
use redan_track::metrics::{Cut, average_bounds, gospa, ospa_m};
use serde_json::Value;

const SETS: &str = include_str!("../../../validation/tables/tracking/ospa_gospa.json");
const BOUNDS: &str = include_str!("../../../validation/tables/tracking/nees_nis_bounds.csv");

/// The tolerance that both tables ask for.
const TOLERANCE: f64 = 1e-9;

fn points(case: &Value, name: &str) -> Vec<[f64; 2]> {
    serde_json::from_value(case[name].clone()).unwrap()
}

fn number(case: &Value, name: &str) -> f64 {
    case[name].as_f64().unwrap()
}

#[test]
fn val_scipy_ospa_and_gospa_with_their_parts() {
    let table: Value = serde_json::from_str(SETS).unwrap();
    let cases = table["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 40);
    for case in cases {
        let (truth, estimates) = (points(case, "truth"), points(case, "estimates"));
        let order = u32::try_from(case["p"].as_u64().unwrap()).unwrap();
        let cut = Cut::new(number(case, "c"), order).unwrap();
        assert_near(ospa_m(&truth, &estimates, cut), number(case, "ospa"), TOLERANCE);
        let parts = gospa(&truth, &estimates, cut);
        assert_near(parts.total_m, number(case, "gospa_alpha2"), TOLERANCE);
        assert_near(parts.localisation_cost, number(case, "gospa_localisation_cost_p"), TOLERANCE);
        assert_eq!(Some(u64::from(parts.missed)), case["missed"].as_u64());
        assert_eq!(Some(u64::from(parts.spurious)), case["false"].as_u64());
    }
}

#[test]
fn val_scipy_bounds_of_average_normalised_errors() {
    let table = rows(BOUNDS);
    assert_eq!(table.len(), 48);
    for row in table {
        let bounds = average_bounds(row[0] as u32, row[1] as u32, row[2]).unwrap();
        assert_near(bounds.lower_chi2, row[3], TOLERANCE);
        assert_near(bounds.upper_chi2, row[4], TOLERANCE);
    }
}
