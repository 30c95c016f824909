//! Fly-out tables and predicted intercepts.

use proptest::prelude::*;
use redan_command::fly_out::{Envelope, FlyOut, FlyOutError, FlyOutPoint, NoIntercept};
use redan_geo::{Enu, EnuVelocity};

const WIDE: Envelope =
    Envelope { min_range_m: 0.0, max_range_m: 1e7, min_altitude_m: -1e6, max_altitude_m: 1e6 };

const USUAL: Envelope =
    Envelope { min_range_m: 3e3, max_range_m: 120e3, min_altitude_m: 20.0, max_altitude_m: 25e3 };

fn straight(envelope: Envelope, speed_m_s: f64) -> FlyOut {
    FlyOut::constant_speed(envelope, speed_m_s).expect("valid figures")
}

/// A missile whose speed falls exponentially with the path flown, which has a closed form.
fn slowing(range_m: f64, altitude_m: f64) -> Option<FlyOutPoint> {
    const START_M_S: f64 = 1500.0;
    const SCALE_M: f64 = 80e3;
    let path_m = libm::hypot(range_m, altitude_m);
    let speed_m_s = START_M_S * libm::exp(-path_m / SCALE_M);
    let time_s = SCALE_M / START_M_S * libm::expm1(path_m / SCALE_M);
    (speed_m_s > 400.0).then_some(FlyOutPoint { time_s, speed_m_s })
}

fn tabulated() -> FlyOut {
    FlyOut::tabulate(USUAL, slowing).expect("valid figures")
}

fn east(range_m: f64, altitude_m: f64) -> Enu {
    Enu { east_m: range_m, north_m: 0.0, up_m: altitude_m }
}

fn eastward(speed_m_s: f64) -> EnuVelocity {
    EnuVelocity { east_m_s: speed_m_s, north_m_s: 0.0, up_m_s: 0.0 }
}

#[test]
fn val_closed_form_lead_intercept() {
    let table = include_str!("../../../validation/tables/missile/lead_intercept.csv");
    let (mut met, mut missed) = (0, 0);
    for line in table.lines().filter(|line| !line.starts_with('#')).skip(1) {
        let cells: Vec<Option<f64>> = line.split(',').map(|cell| cell.parse().ok()).collect();
        let value = |column: usize| cells[column].expect("a number");
        let position = Enu::from_array([value(0), value(1), value(2)]);
        let velocity = EnuVelocity::from_array([value(3), value(4), value(5)]);
        let found = straight(WIDE, value(6)).predicted_intercept(position, velocity);
        match cells[7] {
            Some(time_s) => {
                let found = found.expect("the table has an intercept");
                // The table demands 1e-6 s.
                assert!((found.time_s - time_s).abs() < 1e-6, "{line}: {}", found.time_s);
                let place = [value(8), value(9), value(10)];
                for (ours, theirs) in found.position.to_array().into_iter().zip(place) {
                    assert!((ours - theirs).abs() < 1e-3, "{line}");
                }
                met += 1;
            }
            None => {
                assert!(found.is_err(), "{line}: {found:?}");
                missed += 1;
            }
        }
    }
    assert!(met > 40 && missed > 10, "{met} {missed}");
}

#[test]
fn the_table_follows_the_function_it_was_made_of() {
    let missile = tabulated();
    for (range_m, altitude_m) in [(5e3, 50.0), (30e3, 3e3), (77e3, 12_345.0), (90e3, 21e3)] {
        let exact = slowing(range_m, altitude_m).expect("in reach");
        let found = missile.point(range_m, altitude_m).expect("in reach");
        assert!((found.time_s / exact.time_s - 1.0).abs() < 2e-3, "{found:?} {exact:?}");
        assert!((found.speed_m_s / exact.speed_m_s - 1.0).abs() < 2e-3);
    }
}

#[test]
fn the_reach_is_where_the_missile_becomes_too_slow() {
    let missile = tabulated();
    // Path at which 1500 exp(-s / 80 km) is 400 m/s.
    let path_m = 80e3 * libm::log(1500.0 / 400.0);
    for altitude_m in [20.0, 5e3, 25e3] {
        let exact_m = (path_m * path_m - altitude_m * altitude_m).sqrt();
        let reach_m = missile.max_range_m(altitude_m);
        assert!((reach_m / exact_m - 1.0).abs() < 2e-3, "{altitude_m}: {reach_m} {exact_m}");
        assert!(missile.time_s(reach_m * 0.999, altitude_m).is_some());
        assert!(missile.time_s(reach_m * 1.001, altitude_m).is_none());
    }
    assert!((missile.longest_range_m() / path_m - 1.0).abs() < 1e-3);
}

#[test]
fn each_limit_is_named_with_the_figure_by_which_it_fails() {
    let missile = straight(USUAL, 1000.0);
    let refusal = |range_m: f64, altitude_m: f64| {
        let still = EnuVelocity::default();
        missile.predicted_intercept(east(range_m, altitude_m), still).expect_err("outside")
    };
    assert_eq!(refusal(10e3, 15.0), NoIntercept::BelowFloor { by_m: 5.0 });
    assert_eq!(refusal(10e3, 26e3), NoIntercept::AboveCeiling { by_m: 1e3 });
    assert_eq!(refusal(121e3, 1e3), NoIntercept::OutOfReach { short_by_m: 1e3 });
    let NoIntercept::InsideMinimumRange { by_m } = refusal(2e3, 20.0) else { panic!("near") };
    assert!((by_m - 999.9).abs() < 0.01);
}

#[test]
fn an_approaching_target_is_refused_until_a_missile_launched_now_meets_it_inside() {
    let missile = straight(USUAL, 1000.0);
    // 120 km take the missile 120 s; at 250 m/s the target must start within 150 km.
    let far = missile.predicted_intercept(east(151e3, 1e3), eastward(-250.0));
    let NoIntercept::OutOfReach { short_by_m } = far.expect_err("too early") else { panic!() };
    assert!((short_by_m - 800.0).abs() < 10.0, "{short_by_m}");
    assert!(missile.predicted_intercept(east(149e3, 1e3), eastward(-250.0)).is_ok());
}

#[test]
fn a_receding_target_is_met_only_within_reach() {
    let missile = straight(USUAL, 1000.0);
    let met = missile.predicted_intercept(east(50e3, 20.0), eastward(500.0)).expect("in reach");
    assert!((met.time_s - 100.0).abs() < 1e-3);
    let lost = missile.predicted_intercept(east(70e3, 20.0), eastward(500.0));
    assert!(matches!(lost, Err(NoIntercept::OutOfReach { .. })), "{lost:?}");
    let outrun = missile.predicted_intercept(east(10e3, 20.0), eastward(1500.0));
    let NoIntercept::OutOfReach { short_by_m } = outrun.expect_err("outrun") else { panic!() };
    // After the 122.6 s that the longest flight lasts.
    assert!((short_by_m - (10e3 + 1500.0 * 122.6 - 120e3)).abs() < 200.0, "{short_by_m}");
}

#[test]
fn figures_that_describe_no_missile_are_refused() {
    let bad = Envelope { min_range_m: 5.0, max_range_m: 4.0, ..USUAL };
    assert_eq!(FlyOut::constant_speed(bad, 1.0), Err(FlyOutError::Envelope));
    assert_eq!(FlyOut::constant_speed(USUAL, f64::NAN), Err(FlyOutError::Envelope));
    let low_only = |_: f64, altitude_m: f64| {
        (altitude_m < 1e3).then_some(FlyOutPoint { time_s: 1.0, speed_m_s: 1.0 })
    };
    let refusal = FlyOut::tabulate(USUAL, low_only).expect_err("too low");
    assert!(matches!(refusal, FlyOutError::Unreachable { altitude_m } if altitude_m >= 1e3));
    assert!(refusal.to_string().contains("hint:"));
}

#[test]
fn numbers_that_are_not_finite_are_out_of_reach() {
    let missile = tabulated();
    let answer = missile.predicted_intercept(east(f64::NAN, 1e3), eastward(1.0));
    assert_eq!(answer, Err(NoIntercept::OutOfReach { short_by_m: f64::INFINITY }));
    assert_eq!(missile.time_s(f64::NAN, 1e3), None);
    assert_eq!(missile.time_s(1e4, f64::NAN), None);
    assert!(missile.max_range_m(f64::NAN).abs() < f64::EPSILON);
}

proptest! {
    #[test]
    fn time_rises_with_range(
        near_m in 3e3..100e3_f64, more_m in 1.0..20e3_f64, altitude_m in 20.0..25e3_f64,
    ) {
        let missile = tabulated();
        if let Some(far_s) = missile.time_s(near_m + more_m, altitude_m) {
            let near_s = missile.time_s(near_m, altitude_m).expect("nearer is in reach too");
            prop_assert!(near_s < far_s);
        }
    }

    #[test]
    fn at_the_intercept_missile_and_target_are_there_at_the_same_time(
        place in prop::array::uniform3(-150e3..150e3_f64), velocity in prop::array::uniform3(-800.0..800.0_f64),
    ) {
        let missile = tabulated();
        let position = Enu { up_m: place[2].abs() / 6.0, ..Enu::from_array(place) };
        let velocity = EnuVelocity { up_m_s: velocity[2] / 8.0, ..EnuVelocity::from_array(velocity) };
        if let Ok(met) = missile.predicted_intercept(position, velocity) {
            let flight_s = missile.time_s(met.range_m, met.altitude_m).expect("in reach");
            prop_assert!((flight_s - met.time_s).abs() < 1e-6, "{} {}", flight_s, met.time_s);
            // No earlier moment would have done: sampled ten times a second.
            let mut earlier_s = 0.0;
            while earlier_s < met.time_s - 1e-3 {
                let range_m = libm::hypot(
                    position.east_m + velocity.east_m_s * earlier_s,
                    position.north_m + velocity.north_m_s * earlier_s,
                );
                let altitude_m = position.up_m + velocity.up_m_s * earlier_s;
                if let Some(time_s) = missile.time_s(range_m, altitude_m) {
                    prop_assert!(time_s > earlier_s);
                }
                earlier_s += 0.1;
            }
        }
    }

    #[test]
    fn any_course_has_an_answer(
        place in prop::array::uniform3(prop::num::f64::ANY), velocity in prop::array::uniform3(prop::num::f64::ANY),
    ) {
        let answer = tabulated()
            .predicted_intercept(Enu::from_array(place), EnuVelocity::from_array(velocity));
        if let Ok(met) = answer {
            prop_assert!(met.time_s.is_finite() && met.time_s >= 0.0);
        }
    }
}
