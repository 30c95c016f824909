//! The filter against published equations and third-party numbers.

mod common;

use common::{Dice, assert_near, frame, home, rows, search_radar};
use nalgebra::{Matrix3, Matrix6, Vector3, Vector6};
use redan_geo::{Aer, Enu, Time};
use redan_track::filter::{Noise, carry, correct, gate_ratio, linear_fit, predict, start, update};
use redan_track::look::SensorView;
use redan_track::{Kinematics, Sensor};

const KALMAN: &str = include_str!("../../../validation/tables/tracking/kalman_cv_run.csv");
const ALPHA_BETA: &str =
    include_str!("../../../validation/tables/tracking/alpha_beta_steady_state.csv");
const CHI2: &str = include_str!("../../../validation/tables/tracking/chi2_gate.csv");
const BOUNDS: &str = include_str!("../../../validation/tables/tracking/nees_nis_bounds.csv");
const CRLB: &str = include_str!("../../../validation/tables/tracking/crlb_cv_range_bearing.csv");
const POLAR: &str =
    include_str!("../../../validation/tables/tracking/polar_conversion_moments.csv");

/// Whether a cell of a table holds a number.
fn is(cell: f64, number: f64) -> bool {
    (cell - number).abs() < 1e-9
}

/// Updates with a measurement of position itself; returns the state and the squared innovation.
fn update_with_position(
    prior: &Kinematics,
    measured: Vector3<f64>,
    noise: &Matrix3<f64>,
) -> (Kinematics, f64) {
    let place = prior.covariance.fixed_view::<3, 3>(0, 0).into_owned();
    let residual = measured - prior.mean.fixed_rows::<3>(0);
    let fit = linear_fit(Matrix3::identity(), residual, &place, noise).unwrap();
    (correct(prior, &fit, noise, 0.0), fit.nis_ratio)
}

#[test]
fn val_filterpy_constant_velocity_run_step_by_step() {
    let mut state = Kinematics {
        time: Time::ZERO,
        mean: Vector6::new(1_000.0, 50_000.0, 0.0, -200.0, 80.0, 0.0),
        covariance: Matrix6::from_diagonal_element(1e4),
    };
    let noise = Noise { position_m2: 4.0 * 64.0 / 3.0, cross_m2_s: 32.0, velocity_m2_s2: 16.0 };
    let measured_noise = Matrix3::from_diagonal_element(1e4);
    let table = rows(KALMAN);
    assert!(table.len() >= 30);
    for row in table {
        state = carry(&state, Time::from_secs(row[1]), &noise);
        if !row[2].is_nan() {
            // The third axis is measured where it is expected: it adds nothing to the innovation.
            let measured = Vector3::new(row[2], row[3], state.mean[2]);
            let (next, nis_ratio) = update_with_position(&state, measured, &measured_noise);
            state = next;
            assert_near(nis_ratio, row[11], 1e-9);
        }
        for (place, column) in [(0, 4), (3, 5), (1, 6), (4, 7)] {
            assert_near(state.mean[place], row[column], 1e-9);
        }
        for (entry, column) in [((0, 0), 8), ((0, 3), 9), ((3, 3), 10)] {
            assert_near(state.covariance[entry], row[column], 1e-9);
        }
    }
}

#[test]
fn val_kalata_steady_state_gains() {
    for row in rows(ALPHA_BETA).iter().filter(|row| row[0] >= 0.01) {
        let mut state = Kinematics {
            time: Time::ZERO,
            mean: Vector6::zeros(),
            covariance: Matrix6::from_diagonal_element(100.0),
        };
        // Interval and measurement error of 1 make the tracking index the acceleration itself.
        for step in 1..=600 {
            state = predict(&state, Time::from_secs(f64::from(step)), row[0]);
            state = update_with_position(&state, Vector3::zeros(), &Matrix3::identity()).0;
        }
        // With a unit error, the gain is the covariance of the state with its position.
        assert_near(state.covariance[(0, 0)], row[1], 1e-6);
        assert_near(state.covariance[(3, 0)], row[2], 1e-6);
        let ahead = predict(&state, Time::from_secs(601.0), row[0]);
        assert_near(ahead.covariance[(1, 1)], row[3], 1e-6);
    }
}

#[test]
fn val_scipy_gate_thresholds_of_three_degrees_of_freedom() {
    let table = rows(CHI2);
    let three: Vec<_> = table.iter().filter(|row| (row[0] - 3.0).abs() < 0.5).collect();
    assert_eq!(three.len(), 9);
    for row in three {
        assert_near(gate_ratio(row[1]), row[2], 1e-9);
    }
}

/// The table is flat: a look at elevation 0 with a tiny elevation error. The linearised covariance is
/// reached exactly once the second-order term along the line of sight is taken off; the exact one to
/// the fourth order of the angular error, 1 % at 0.05 rad.
#[test]
fn val_lerro_converted_measurement_moments() {
    let mut fitting = 0;
    for row in rows(POLAR).iter().filter(|row| row[3] <= 0.05) {
        let [range_m, theta_rad, range_sigma_m, theta_sigma_rad] = [row[0], row[1], row[2], row[3]];
        let sensor = Sensor {
            range_sigma_m,
            azimuth_sigma_rad: theta_sigma_rad,
            elevation_sigma_rad: 1e-9,
            ..search_radar(home())
        };
        let azimuth_rad = std::f64::consts::FRAC_PI_2 - theta_rad;
        let measured = Aer { azimuth_rad, elevation_rad: 0.0, range_m };
        let look = SensorView::new(&frame(), &sensor).look(measured).unwrap();
        let found = look.position_covariance();
        let scale = row[6] + row[8];
        for (entry, column) in [((0, 0), 6), ((0, 1), 7), ((1, 1), 8)] {
            assert!((found[entry] - row[column]).abs() < 0.01 * scale);
        }
        let bend = 0.5 * range_m * range_m * theta_sigma_rad * theta_sigma_rad;
        let bend = bend * theta_sigma_rad * theta_sigma_rad;
        let along = Vector3::new(libm::cos(theta_rad), libm::sin(theta_rad), 0.0);
        let linear = found - along * along.transpose() * bend;
        for (entry, column) in [((0, 0), 9), ((0, 1), 10), ((1, 1), 11)] {
            assert!((linear[entry] - row[column]).abs() < 1e-9 * scale);
        }
        // The mean of many conversions is the table's; ours is stretched to fall on the truth.
        let stretch = 1.0 + 0.5 * theta_sigma_rad * theta_sigma_rad;
        let truth = along * range_m;
        let mean = Vector3::new(row[4], row[5], 0.0) * stretch;
        assert!((mean - truth).norm() < 1e-5 * range_m);
        assert!((look.position() - truth * stretch).norm() < 1e-9 * range_m);
        fitting += 1;
    }
    assert!(fitting > 20);
}

/// One run of a target that moves exactly as the filter assumes: squared errors after each look.
fn matched_run(sensor: &Sensor, sigma_m_s2: f64, seed: u64, looks: usize) -> Vec<f64> {
    let mut dice = Dice(seed);
    let view = SensorView::new(&frame(), sensor);
    let speed_m_s = 300.0;
    let mut truth = Vector6::new(90_000.0, 60_000.0, 9_000.0, 0.0, 0.0, 0.0);
    for axis in 3..6 {
        truth[axis] = speed_m_s / 3_f64.sqrt() * dice.normal();
    }
    let mut state: Option<Kinematics> = None;
    let mut squares = Vec::new();
    for step in 0..looks {
        let time = Time::from_secs(10.0 * step as f64);
        let place = Enu { east_m: truth[0], north_m: truth[1], up_m: truth[2] };
        let look = view.look(common::measure(sensor, place, &mut dice)).unwrap();
        let next = match &state {
            None => start(&look, time, speed_m_s),
            Some(prior) => update(prior, &look, time, sigma_m_s2).unwrap().0,
        };
        let error = truth - next.mean;
        squares.push(error.dot(&(next.covariance.cholesky().unwrap().inverse() * error)));
        state = Some(next);
        for axis in 0..3 {
            let acceleration = sigma_m_s2 * dice.normal();
            truth[axis] += 10.0 * truth[axis + 3] + 50.0 * acceleration;
            truth[axis + 3] += 10.0 * acceleration;
        }
    }
    squares
}

/// Mean over runs of the squared error at each look, and how many of these lie within the bounds.
fn consistency(sensor: &Sensor, sigma_m_s2: f64) -> (usize, f64) {
    let bounds = rows(BOUNDS)
        .into_iter()
        .find(|row| is(row[0], 6.0) && is(row[1], 100.0) && is(row[2], 0.95))
        .unwrap();
    let looks = 40;
    let mut sums = vec![0.0; looks];
    for seed in 0..100 {
        let squares = matched_run(sensor, sigma_m_s2, 1_000 + seed, looks);
        sums.iter_mut().zip(squares).for_each(|(sum, square)| *sum += square / 100.0);
    }
    let inside = sums.iter().filter(|mean| (bounds[3]..=bounds[4]).contains(*mean)).count();
    (inside, sums.iter().sum::<f64>() / looks as f64)
}

#[test]
fn val_bar_shalom_nees_of_a_matched_target_lies_within_its_bounds() {
    let (inside, overall) = consistency(&search_radar(home()), 1.0);
    assert!(inside >= 36, "{inside} of 40 looks within the 95 % bounds");
    assert!((5.6..6.4).contains(&overall), "{overall}");
}

#[test]
fn nees_of_a_wrong_model_leaves_the_bounds() {
    let sensor = search_radar(home());
    let boastful = Sensor { range_sigma_m: 15.0, ..sensor.clone() };
    let view = SensorView::new(&frame(), &boastful);
    let mut dice = Dice(5);
    let mut sum = 0.0;
    for _ in 0..100 {
        let place = Enu { east_m: 90_000.0, north_m: 60_000.0, up_m: 9_000.0 };
        let measured = common::measure(&sensor, place, &mut dice);
        let state = start(&view.look(measured).unwrap(), Time::ZERO, 300.0);
        let error = state.mean - Vector6::new(90_000.0, 60_000.0, 9_000.0, 0.0, 0.0, 0.0);
        sum += error.dot(&(state.covariance.cholesky().unwrap().inverse() * error)) / 100.0;
    }
    assert!(sum > 6.7, "{sum}");
}

/// Case 0 of the table: straight flight, looks every 4 s, no process noise. No unbiased filter can be
/// better than the bound, and a good one comes near it. Monte-Carlo error of 400 runs: 3 %.
#[test]
fn val_cramer_rao_bound_of_a_straight_flight_is_approached_and_not_passed() {
    let case: Vec<_> = rows(CRLB).into_iter().filter(|row| is(row[0], 0.0)).collect();
    let row = case.iter().find(|row| is(row[8], 20.0)).unwrap();
    let sensor = Sensor {
        range_sigma_m: row[2],
        azimuth_sigma_rad: row[3],
        elevation_sigma_rad: 1e-3,
        ..search_radar(home())
    };
    let view = SensorView::new(&frame(), &sensor);
    let (mut place_m2, mut speed_m2_s2) = (0.0, 0.0);
    for seed in 0..400 {
        let mut dice = Dice(seed);
        let mut state: Option<Kinematics> = None;
        let mut truth = Enu::default();
        for step in 0..=20 {
            let time_s = row[1] * f64::from(step);
            truth = Enu {
                east_m: row[4] + row[6] * time_s,
                north_m: row[5] + row[7] * time_s,
                up_m: 0.0,
            };
            let look = view.look(common::measure(&sensor, truth, &mut dice)).unwrap();
            let time = Time::from_secs(time_s);
            state = Some(match &state {
                None => start(&look, time, 3_000.0),
                Some(prior) => update(prior, &look, time, 0.0).unwrap().0,
            });
        }
        let mean = state.unwrap().mean;
        let miss = [mean[0] - truth.east_m, mean[1] - truth.north_m];
        place_m2 += (miss[0] * miss[0] + miss[1] * miss[1]) / 400.0;
        let wrong = [mean[3] - row[6], mean[4] - row[7]];
        speed_m2_s2 += (wrong[0] * wrong[0] + wrong[1] * wrong[1]) / 400.0;
    }
    for (found, bound) in [(place_m2.sqrt(), row[9]), (speed_m2_s2.sqrt(), row[10])] {
        assert!((0.94..1.10).contains(&(found / bound)), "found {found}, bound {bound}");
    }
}
