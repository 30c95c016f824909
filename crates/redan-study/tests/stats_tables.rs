//! Statistics against the reference tables of `validation/tables/stats`.

use redan_study::stats::Interval;
use redan_study::stats::proportion;
use redan_study::stats::sequential::RatioTest;
use redan_study::stats::special::{normal_quantile, t_quantile};

/// Rows of a table as numbers, without its header and column names.
fn rows(name: &str) -> Vec<Vec<f64>> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../validation/tables/stats/");
    let text = std::fs::read_to_string(format!("{folder}{name}.csv")).expect("the table is there");
    let lines = text.lines().filter(|line| !line.starts_with('#')).skip(1);
    let number = |cell: &str| cell.parse::<f64>().expect("a number");
    lines.map(|line| line.split(',').map(number).collect()).collect()
}

fn assert_near(found: f64, expected: f64, tolerance: f64, what: &str) {
    let allowed = tolerance * expected.abs().max(1.0);
    assert!((found - expected).abs() <= allowed, "{what}: {found} for {expected}");
}

#[test]
fn val_statsmodels_intervals_of_a_share() {
    // The table asks for 1e-9, and 1e-6 where a beta quantile is taken.
    type Method = fn(u64, u64, f64) -> Interval;
    let methods: [(&str, Method, f64); 5] = [
        ("wilson", proportion::wilson, 1e-9),
        ("clopper-pearson", proportion::clopper_pearson, 1e-6),
        ("jeffreys", proportion::jeffreys, 1e-6),
        ("agresti-coull", proportion::agresti_coull, 1e-9),
        ("wald", proportion::wald, 1e-9),
    ];
    let table = rows("binomial_ci");
    assert!(table.len() > 20);
    for row in table {
        let (hits, count) = (row[0] as u64, row[1] as u64);
        for (index, (name, method, tolerance)) in methods.iter().enumerate() {
            let found = method(hits, count, row[2]);
            let what = format!("{name} {hits}/{count} at {}", row[2]);
            assert_near(found.low, row[3 + 2 * index], *tolerance, &what);
            assert_near(found.high, row[4 + 2 * index], *tolerance, &what);
        }
    }
}

#[test]
fn val_statsmodels_two_shares() {
    for row in rows("two_proportions") {
        let (first, second) = ((row[0] as u64, row[1] as u64), (row[2] as u64, row[3] as u64));
        let found = proportion::newcombe(first, second, 0.95);
        assert_near(found.low, row[5], 1e-6, "newcombe");
        assert_near(found.high, row[6], 1e-6, "newcombe");
        assert_near(proportion::fisher_probability(first, second), row[7], 1e-6, "fisher");
    }
}

#[test]
fn val_scipy_quantiles() {
    let table = rows("quantiles");
    assert!(table.len() > 30);
    for row in table {
        let what = format!("{} at {}", row[1], row[0]);
        assert!((t_quantile(row[0], row[1]) / row[2] - 1.0).abs() < 1e-9, "t {what}");
        assert!((normal_quantile(row[0]) / row[4] - 1.0).abs() < 1e-12, "normal {what}");
    }
}

#[test]
fn val_wald_sequential_boundaries() {
    for row in rows("sprt_bernoulli") {
        let test = RatioTest::new((row[2], row[3]), row[0], row[1]).expect("in order");
        assert_near(test.upper_score, row[4], 1e-12, "upper");
        assert_near(test.lower_score, row[5], 1e-12, "lower");
        assert_near(test.success_score, row[6], 1e-12, "success");
        assert_near(test.failure_score, row[7], 1e-12, "failure");
    }
    assert_eq!(RatioTest::new((0.5, 0.4), 0.05, 0.05), None);
}
