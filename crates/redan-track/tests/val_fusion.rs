//! Fusion against another program, and what must hold for any pair of estimates.

use nalgebra::{Matrix4, Matrix6, SMatrix, Vector4, Vector6};
use proptest::prelude::*;
use redan_geo::Time;
use redan_track::fusion::{Estimate, covariance_intersection, decorrelated, independent};
use redan_track::link::{
    Correlation, NetNumber, Participant, Report, Rules, fused, quality, responsible,
};
use redan_track::{Kinematics, TrackId};
use serde_json::Value;

const TABLE: &str =
    include_str!("../../../validation/tables/tracking/covariance_intersection.json");

fn vector<const N: usize>(value: &Value) -> nalgebra::SVector<f64, N> {
    let numbers: Vec<f64> = serde_json::from_value(value.clone()).unwrap();
    nalgebra::SVector::from_column_slice(&numbers)
}

fn matrix<const N: usize>(value: &Value) -> SMatrix<f64, N, N> {
    let rows: Vec<Vec<f64>> = serde_json::from_value(value.clone()).unwrap();
    SMatrix::from_fn(|row, column| rows[row][column])
}

fn case<const N: usize>(case: &Value) {
    let a = Estimate::<N> { mean: vector(&case["xa"]), covariance: matrix(&case["Pa"]) };
    let b = Estimate::<N> { mean: vector(&case["xb"]), covariance: matrix(&case["Pb"]) };
    let (fused, weight) = covariance_intersection(&a, &b).unwrap();
    let trace = case["trace_ci"].as_f64().unwrap();
    assert!((fused.covariance.trace() / trace - 1.0).abs() < 1e-8);
    assert!((weight - case["omega"].as_f64().unwrap()).abs() < 1e-4);
    assert!((fused.mean - vector::<N>(&case["x_ci"])).amax() < 1e-3);
    let sum = independent(&a, &b).unwrap().covariance;
    assert!((sum - matrix::<N>(&case["P_independent"])).amax() < 1e-8);
}

#[test]
fn val_scipy_covariance_intersection() {
    let table: Value = serde_json::from_str(TABLE).unwrap();
    for one in table["cases"].as_array().unwrap() {
        match one["xa"].as_array().unwrap().len() {
            2 => case::<2>(one),
            3 => case::<3>(one),
            4 => case::<4>(one),
            6 => case::<6>(one),
            size => panic!("size {size}"),
        }
    }
}

fn at(east_m: f64, sigma_m: f64) -> Kinematics {
    let variance = Vector6::new(1.0, 1.0, 1.0, 0.01, 0.01, 0.01) * (sigma_m * sigma_m);
    Kinematics {
        time: Time::from_secs(100.0),
        mean: Vector6::new(east_m, 0.0, 8_000.0, 200.0, 0.0, 0.0),
        covariance: Matrix6::from_diagonal(&variance),
    }
}

fn report(number: u32, east_m: f64) -> Report {
    Report { number: NetNumber(number), reporter: Participant(1), kinematics: at(east_m, 100.0) }
}

#[test]
fn tracks_join_after_two_exchanges_and_part_after_three() {
    let mut net = Correlation::new(Rules::default());
    let local = [(TrackId(1), at(0.0, 80.0)), (TrackId(2), at(2_000.0, 80.0))];
    let together = [report(700, 90.0), report(701, 2_050.0)];
    net.exchange(&local, &together);
    assert_eq!(net.number_of(TrackId(1)), None);
    net.exchange(&local, &together);
    assert_eq!(net.number_of(TrackId(1)), Some(NetNumber(700)));
    assert_eq!(net.number_of(TrackId(2)), Some(NetNumber(701)));
    let apart = [report(700, 5_000.0), report(701, 2_050.0)];
    net.exchange(&local, &apart);
    net.exchange(&local, &apart);
    assert_eq!(net.number_of(TrackId(1)), Some(NetNumber(700)), "not parted by two exchanges");
    net.exchange(&local, &apart);
    assert_eq!(net.number_of(TrackId(1)), None);
    assert_eq!(net.number_of(TrackId(2)), Some(NetNumber(701)));
}

#[test]
fn the_best_quality_reports_and_responsibility_does_not_wander() {
    assert!(quality(&at(0.0, 10.0)) > quality(&at(0.0, 100.0)));
    assert_eq!(quality(&at(0.0, 1e6)), 0);
    let equal = [(Participant(1), 8), (Participant(2), 8)];
    assert_eq!(responsible(&equal, None), Some(Participant(1)));
    assert_eq!(responsible(&equal, Some(Participant(2))), Some(Participant(2)));
    assert_eq!(
        responsible(&[(Participant(1), 8), (Participant(2), 9)], Some(Participant(1))),
        Some(Participant(2))
    );
    assert_eq!(responsible(&[], None), None);
}

#[test]
fn what_came_back_from_the_net_is_not_counted_twice() {
    let own = at(0.0, 100.0);
    // The report is our own track, returned: fused with knowledge of that it changes nothing.
    let echo = fused(&own, &own, Some(&own)).unwrap();
    assert!((echo.covariance - own.covariance).amax() < 1e-6);
    // Without that knowledge, intersecting must not grow more certain either.
    let blind = fused(&own, &own, None).unwrap();
    assert!((blind.covariance - own.covariance).amax() < 1e-6);
}

fn covariance(entries: &[f64]) -> Matrix4<f64> {
    let root = Matrix4::from_column_slice(entries);
    root * root.transpose() + Matrix4::identity() * 0.1
}

proptest! {
    #[test]
    fn an_intersection_is_no_worse_than_either_and_no_better_than_the_sum(
        a in prop::collection::vec(-10.0..10.0_f64, 16),
        b in prop::collection::vec(-10.0..10.0_f64, 16),
    ) {
        let a = Estimate { mean: Vector4::zeros(), covariance: covariance(&a) };
        let b = Estimate { mean: Vector4::repeat(1.0), covariance: covariance(&b) };
        let (both, weight) = covariance_intersection(&a, &b).unwrap();
        let trace = both.covariance.trace();
        prop_assert!((0.0..=1.0).contains(&weight));
        prop_assert!(trace <= a.covariance.trace().min(b.covariance.trace()) * (1.0 + 1e-9));
        prop_assert!(trace >= independent(&a, &b).unwrap().covariance.trace() * (1.0 - 1e-9));
        // Taking away what one of the two was leaves the other.
        let left = decorrelated(&a, &b, &b).unwrap();
        prop_assert!((left.covariance - a.covariance).amax() <= 1e-6 * a.covariance.amax());
    }
}
