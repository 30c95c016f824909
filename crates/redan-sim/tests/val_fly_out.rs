//! Fly-out tables made of published figures.

use proptest::prelude::*;
use redan_sim::model::fly_out::{EnergyModel, FigureError, FlyOutFigures};

/// 40N6E in the open literature: range 380 km, 5 km to the near limit, altitudes 10 m to 30 km
/// (exporter's catalogue), mean speed 1190 m/s and peak speed 2040 m/s (export brochure, as read by
/// a public database of figures). Boost time and terminal speed are estimates, nobody prints them.
const LONG: FlyOutFigures = FlyOutFigures {
    max_range_m: 380e3,
    min_range_m: 5e3,
    min_altitude_m: 10.0,
    max_altitude_m: 30e3,
    mean_speed_m_s: 1190.0,
    mean_speed_range_m: 380e3,
    peak_speed_m_s: 2040.0,
    boost_time_s: 15.0,
    terminal_speed_m_s: 500.0,
};

/// 48N6E3: 250 km, 27 km, peak 2000 m/s, mean 1100 m/s to the farthest range (an estimate).
const MEDIUM: FlyOutFigures = FlyOutFigures {
    max_range_m: 250e3,
    min_range_m: 3e3,
    min_altitude_m: 10.0,
    max_altitude_m: 27e3,
    mean_speed_m_s: 1100.0,
    mean_speed_range_m: 250e3,
    peak_speed_m_s: 2000.0,
    boost_time_s: 12.0,
    terminal_speed_m_s: 500.0,
};

fn calibrated(figures: &FlyOutFigures) -> EnergyModel {
    EnergyModel::calibrate(figures).expect("the figures fit together")
}

#[test]
fn val_40n6e_time_to_farthest_range() {
    let missile = calibrated(&LONG).fly_out().expect("a table");
    // Open literature: 380 km in 300 to 380 s, from mean speeds of 1.0 to 1.25 km/s.
    let reach_m = missile.max_range_m(15e3);
    assert!((reach_m - 380e3).abs() < 1.0, "{reach_m}");
    let time_s = missile.time_s(380e3, 15e3).expect("in reach");
    assert!((300.0..380.0).contains(&time_s), "{time_s}");
}

#[test]
fn mean_speed_is_the_published_one() {
    for figures in [LONG, MEDIUM] {
        let missile = calibrated(&figures).fly_out().expect("a table");
        let range_m = figures.mean_speed_range_m;
        let time_s = missile.time_s(range_m, 0.5 * figures.max_altitude_m).expect("in reach");
        // One per cent: the model itself meets it to a millionth, the rest is interpolation.
        assert!((range_m / time_s / figures.mean_speed_m_s - 1.0).abs() < 0.01, "{time_s}");
    }
}

#[test]
fn no_arrival_is_faster_than_the_peak_and_none_after_the_boost_slower_than_the_limit() {
    for figures in [LONG, MEDIUM] {
        let missile = calibrated(&figures).fly_out().expect("a table");
        for altitude_m in [10.0, 300.0, 3e3, 12e3, 26e3] {
            for step in 1..400 {
                let range_m = f64::from(step) * 1e3;
                let Some(point) = missile.point(range_m, altitude_m) else { continue };
                assert!(point.speed_m_s <= figures.peak_speed_m_s + 1e-6);
                let coasting = point.time_s > figures.boost_time_s + 5.0;
                assert!(!coasting || point.speed_m_s >= 0.99 * figures.terminal_speed_m_s);
            }
        }
    }
}

#[test]
fn the_table_follows_the_model_between_its_nodes() {
    let model = calibrated(&LONG);
    let missile = model.fly_out().expect("a table");
    for (range_m, altitude_m) in
        [(7.3e3, 100.0), (41e3, 2.2e3), (97e3, 11.1e3), (203e3, 17.7e3), (371e3, 23e3)]
    {
        let exact = model.fly(range_m, altitude_m).expect("in reach");
        let found = missile.point(range_m, altitude_m).expect("in reach");
        assert!((found.time_s / exact.time_s - 1.0).abs() < 0.01, "{found:?} {exact:?}");
        assert!((found.speed_m_s / exact.speed_m_s - 1.0).abs() < 0.03, "{found:?} {exact:?}");
    }
}

#[test]
fn thin_air_leaves_it_faster() {
    let missile = calibrated(&MEDIUM).fly_out().expect("a table");
    let speeds_m_s = [10.0, 1e3, 5e3, 15e3].map(|altitude_m| missile.speed_m_s(150e3, altitude_m));
    assert!(speeds_m_s.is_sorted() && speeds_m_s[0].is_some(), "{speeds_m_s:?}");
}

#[test]
fn it_flies_higher_where_it_would_arrive_too_slowly() {
    let path_top_m = |terminal_speed_m_s: f64| {
        let model = calibrated(&FlyOutFigures { terminal_speed_m_s, ..MEDIUM });
        (0..=100)
            .filter_map(|n| model.path_height_m(80e3, 50.0, f64::from(n) / 100.0))
            .fold(0.0, f64::max)
    };
    // On the usual path it would come down with some 690 m/s.
    assert!(path_top_m(720.0) > 1.02 * path_top_m(600.0));
    let model = calibrated(&FlyOutFigures { terminal_speed_m_s: 720.0, ..MEDIUM });
    let speed_m_s = model.fly(80e3, 50.0).expect("in reach").speed_m_s;
    assert!((speed_m_s / 720.0 - 1.0).abs() < 0.01, "{speed_m_s}");
}

#[test]
fn the_path_rises_with_range_and_stays_below_its_top() {
    let model = calibrated(&LONG);
    let top_m = |range_m: f64| {
        (0..=100)
            .filter_map(|n| model.path_height_m(range_m, 5e3, f64::from(n) / 100.0))
            .fold(0.0, f64::max)
    };
    let tops_m = [20e3, 60e3, 120e3, 200e3, 380e3].map(top_m);
    assert!(tops_m.is_sorted() && tops_m[0] > 5e3, "{tops_m:?}");
    // The ceiling and the 12.7 km that 500 m/s are worth.
    assert!(tops_m[4] < 30e3 + 500.0 * 500.0 / 19.6);
    let end_m = model.path_height_m(80e3, 5e3, 1.0).expect("in reach");
    assert!((end_m - 5e3).abs() < 1e-6);
}

#[test]
fn without_drag_energy_is_kept() {
    // A mean speed just below what no drag allows makes the ballistic coefficient so large that
    // speed follows from height alone: v² = v_p² − 2 g (h − h_b), with the boost ending at h_b.
    let Err(FigureError::MeanTooHigh { possible_m_s }) =
        EnergyModel::calibrate(&FlyOutFigures { mean_speed_m_s: 2039.0, ..LONG })
    else {
        panic!("2039 m/s on the average and 2040 at most is not possible")
    };
    assert!(possible_m_s > 1700.0 && possible_m_s < 2039.0, "{possible_m_s}");
    let model = calibrated(&FlyOutFigures { mean_speed_m_s: 0.999 * possible_m_s, ..LONG });
    let point = model.fly(30e3, 25e3).expect("in reach");
    let lost_m_s = (2040.0_f64 * 2040.0 - 2.0 * 9.806_65 * 25e3).sqrt();
    assert!(point.speed_m_s > lost_m_s && point.speed_m_s < 2040.0, "{point:?}");
}

#[test]
fn figures_that_contradict_each_other_are_refused_with_a_hint() {
    let refusal = |figures: FlyOutFigures| EnergyModel::calibrate(&figures).expect_err("refused");
    assert_eq!(refusal(FlyOutFigures { boost_time_s: 0.0, ..LONG }), FigureError::Order);
    assert_eq!(refusal(FlyOutFigures { min_range_m: 400e3, ..LONG }), FigureError::Order);
    assert_eq!(refusal(FlyOutFigures { max_range_m: f64::NAN, ..LONG }), FigureError::Order);
    let slow = refusal(FlyOutFigures { mean_speed_m_s: 100.0, ..LONG });
    assert!(matches!(slow, FigureError::MeanTooLow { possible_m_s } if possible_m_s > 100.0));
    assert!(slow.to_string().contains("hint:"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_missile_that_can_be_calibrated_has_times_that_rise_with_range(
        range_km in 8.0..400.0_f64, ceiling_km in 3.0..35.0_f64, peak_m_s in 600.0..2500.0_f64,
        mean in 0.4..0.8_f64, boost_s in 2.0..20.0_f64, terminal in 0.15..0.35_f64,
    ) {
        let figures = FlyOutFigures {
            max_range_m: 1e3 * range_km,
            min_range_m: 10.0 * range_km,
            min_altitude_m: 10.0,
            max_altitude_m: 1e3 * ceiling_km,
            mean_speed_m_s: mean * peak_m_s,
            mean_speed_range_m: 900.0 * range_km,
            peak_speed_m_s: peak_m_s,
            boost_time_s: boost_s,
            terminal_speed_m_s: terminal * peak_m_s,
        };
        let Ok(missile) = EnergyModel::calibrate(&figures).and_then(|model| model.fly_out()) else {
            return Ok(());
        };
        for altitude in [0.01, 0.3, 0.6, 0.95] {
            let altitude_m = 10.0 + altitude * (figures.max_altitude_m - 10.0);
            let mut last_s = 0.0;
            for step in 1..=100 {
                let range_m = figures.max_range_m * f64::from(step) / 100.0;
                if let Some(time_s) = missile.time_s(range_m, altitude_m) {
                    prop_assert!(time_s > last_s);
                    last_s = time_s;
                }
            }
        }
    }
}
