//! Properties of the filter that must hold for any state and any plot.

mod common;

use common::{Dice, Flight, fine_radar, frame, home, measure, search_radar};
use nalgebra::{Cholesky, Vector6};
use proptest::prelude::*;
use redan_geo::{Aer, Geodetic, Time};
use redan_track::Kinematics;
use redan_track::filter::{innovation, predict, start, update};
use redan_track::look::SensorView;

fn assert_sound(state: &Kinematics) {
    assert!(state.mean.iter().all(|entry| entry.is_finite()), "{}", state.mean);
    assert_eq!(state.covariance, state.covariance.transpose());
    assert!(Cholesky::new(state.covariance).is_some(), "{}", state.covariance);
}

proptest! {
    #[test]
    fn covariance_stays_symmetric_and_positive_definite(
        looks in prop::collection::vec(
            (0.0..7.0_f64, -1.5..1.57_f64, 10.0..400_000.0_f64, -5.0..40.0_f64, any::<bool>()),
            1..40,
        ),
        sigma_m_s2 in 0.0..100.0_f64,
    ) {
        let there = Geodetic::from_degrees(52.8, 19.5, 250.0);
        let views = [search_radar(home()), fine_radar(there)]
            .map(|sensor| SensorView::new(&frame(), &sensor));
        let mut state: Option<Kinematics> = None;
        let mut time_s = 0.0;
        for (azimuth_rad, elevation_rad, range_m, dt_s, fine) in looks {
            time_s += dt_s;
            let time = Time::from_secs(time_s);
            let measured = Aer { azimuth_rad, elevation_rad, range_m };
            let look = views[usize::from(fine)].look(measured).unwrap();
            let next = match &state {
                None => Some(start(&look, time, 1_200.0)),
                Some(prior) => update(prior, &look, time, sigma_m_s2).map(|(next, _)| next),
            };
            prop_assert!(next.is_some());
            assert_sound(next.as_ref().unwrap());
            state = next;
        }
    }

    #[test]
    fn an_update_never_makes_the_place_less_certain(
        lag_s in -20.0..0.0_f64, azimuth_rad in 0.0..6.2_f64, range_m in 5_000.0..300_000.0_f64,
    ) {
        let view = SensorView::new(&frame(), &search_radar(home()));
        let measured = Aer { azimuth_rad, elevation_rad: 0.1, range_m };
        let look = view.look(measured).unwrap();
        let state = predict(&start(&look, Time::ZERO, 300.0), Time::from_secs(12.0), 10.0);
        let when = Time::from_secs(12.0 + lag_s);
        let (after, _) = update(&state, &look, when, 10.0).unwrap();
        prop_assert_eq!(after.time, state.time);
        prop_assert!(after.position_sigma_m() <= state.position_sigma_m());
    }

    #[test]
    fn prediction_ahead_and_back_returns_to_the_mean(dt_s in -100.0..100.0_f64) {
        let view = SensorView::new(&frame(), &search_radar(home()));
        let measured = Aer { azimuth_rad: 1.0, elevation_rad: 0.1, range_m: 80_000.0 };
        let mut state = start(&view.look(measured).unwrap(), Time::ZERO, 300.0);
        state.mean[3] = 250.0;
        let there = predict(&state, Time::from_secs(dt_s), 10.0);
        let back = predict(&there, Time::ZERO, 10.0);
        prop_assert!((back.mean - state.mean).norm() < 1e-3);
        prop_assert!(back.position_sigma_m() >= state.position_sigma_m());
    }
}

/// Azimuth is without meaning at the zenith: a target that flies over the antenna is followed without
/// a jump, and its squared innovations stay what chance makes of them.
#[test]
fn a_flight_over_the_antenna_is_followed() {
    let sensor = search_radar(home());
    let view = SensorView::new(&frame(), &sensor);
    let flight = Flight { start: [-20_000.0, 15.0, 9_000.0], velocity: [250.0, 0.0, 0.0] };
    let mut dice = Dice(3);
    let mut state: Option<Kinematics> = None;
    let mut nis = Vec::new();
    for step in 0..=160 {
        let time_s = f64::from(step);
        let time = Time::from_secs(time_s);
        let look = view.look(measure(&sensor, flight.at(time_s), &mut dice)).unwrap();
        state = Some(match &state {
            None => start(&look, time, 400.0),
            Some(prior) => {
                let (next, fit) = update(prior, &look, time, 2.0).unwrap();
                nis.push(fit.nis_ratio);
                next
            }
        });
    }
    let mean = nis.iter().sum::<f64>() / nis.len() as f64;
    assert!((2.2..3.6).contains(&mean), "{mean}");
    let end = state.unwrap();
    let truth = flight.at(160.0).to_array();
    let miss = end.position().to_array().into_iter().zip(truth).map(|(a, b)| (a - b).abs());
    assert!(miss.fold(0.0, f64::max) < 150.0);
    assert!((end.velocity().east_m_s - 250.0).abs() < 15.0);
}

/// The azimuths on both sides of north differ by nearly a whole turn as numbers.
#[test]
fn plots_on_both_sides_of_north_fit_each_other() {
    let view = SensorView::new(&frame(), &search_radar(home()));
    let at = |azimuth_rad: f64| Aer { azimuth_rad, elevation_rad: 0.05, range_m: 100_000.0 };
    let west = view.look(at(std::f64::consts::TAU - 0.003)).unwrap();
    let east = view.look(at(0.003)).unwrap();
    let state = start(&west, Time::ZERO, 300.0);
    let fit = innovation(&state, &east, Time::ZERO, 1.0).unwrap();
    assert!(fit.nis_ratio < 3.0, "{}", fit.nis_ratio);
}

/// A late plot used late is nearly as good as one used in time, and the filter stays honest.
#[test]
fn late_plots_do_not_make_the_filter_diverge() {
    let sensor = search_radar(home());
    let view = SensorView::new(&frame(), &sensor);
    let (mut in_time_m2, mut late_m2, mut squares, runs) = (0.0, 0.0, 0.0, 100);
    for seed in 0..runs {
        let mut dice = Dice(seed);
        let flight = Flight { start: [60e3, 80e3, 9e3], velocity: [-200.0, 60.0, 0.0] };
        let looks: Vec<_> = (0..60)
            .map(|step| 4.0 * f64::from(step))
            .map(|time_s| {
                (time_s, view.look(measure(&sensor, flight.at(time_s), &mut dice)).unwrap())
            })
            .collect();
        // Every second look is handed over after its successor.
        let mut shuffled = looks.clone();
        shuffled[1..].chunks_exact_mut(2).for_each(|pair| pair.swap(0, 1));
        let run = |looks: &[(f64, redan_track::look::Look)]| {
            let first = start(&looks[0].1, Time::ZERO, 300.0);
            looks[1..].iter().fold(first, |state, (time_s, look)| {
                update(&state, look, Time::from_secs(*time_s), 3.0).unwrap().0
            })
        };
        let truth = |state: &Kinematics| {
            let place = flight.at(state.time.as_secs());
            let mean = Vector6::new(place.east_m, place.north_m, place.up_m, -200.0, 60.0, 0.0);
            state.mean - mean
        };
        let (in_time, late) = (run(&looks), run(&shuffled));
        in_time_m2 += truth(&in_time).fixed_rows::<3>(0).norm_squared();
        let error = truth(&late);
        late_m2 += error.fixed_rows::<3>(0).norm_squared();
        let inverse = late.covariance.cholesky().unwrap().inverse();
        squares += error.dot(&(inverse * error)) / runs as f64;
    }
    assert!(late_m2.sqrt() < 1.15 * in_time_m2.sqrt(), "{late_m2} against {in_time_m2}");
    assert!(squares < 6.7, "mean squared error of late plots: {squares}");
}

#[test]
fn a_radar_without_elevation_leaves_the_height_as_it_was() {
    let flat = redan_track::Sensor { elevation_sigma_rad: f64::INFINITY, ..search_radar(home()) };
    let full = SensorView::new(&frame(), &search_radar(home()));
    let view = SensorView::new(&frame(), &flat);
    let measured = Aer { azimuth_rad: 1.0, elevation_rad: 0.1, range_m: 90_000.0 };
    let prior = start(&full.look(measured).unwrap(), Time::ZERO, 300.0);
    // The elevation of the flat plot is without meaning: any value gives the same.
    let looks = [0.1, f64::NAN].map(|elevation_rad| {
        view.look(Aer { azimuth_rad: 1.001, elevation_rad, range_m: 90_100.0 }).unwrap()
    });
    assert_eq!(looks[0], looks[1]);
    let (after, fit) = update(&prior, &looks[0], Time::from_secs(1e-3), 10.0).unwrap();
    assert!(fit.nis_ratio.is_finite());
    let elevation = |state: &Kinematics| state.mean[2] / state.mean.fixed_rows::<3>(0).norm();
    assert!((elevation(&after) - elevation(&prior)).abs() < 1e-4);
    assert!(after.covariance[(2, 2)] > 0.95 * prior.covariance[(2, 2)]);
    assert!(after.position_sigma_m() < prior.position_sigma_m());
    // A new track stands at the assumed height and says how little it knows of it.
    let alone = start(&looks[0], Time::ZERO, 300.0);
    assert!((alone.mean[2] - 6_000.0).abs() < 700.0, "{}", alone.mean[2]);
    assert!((3_500.0..4_500.0).contains(&alone.covariance[(2, 2)].sqrt()));
    assert_sound(&alone);
}

#[test]
fn a_bearing_narrows_the_track_across_and_not_along() {
    let view = SensorView::new(&frame(), &search_radar(home()));
    let measured = Aer { azimuth_rad: 0.0, elevation_rad: 0.05, range_m: 100_000.0 };
    let prior = start(&view.look(measured).unwrap(), Time::ZERO, 300.0);
    let bearing = redan_track::Bearing {
        id: redan_track::PlotId(1),
        time: Time::ZERO,
        kind: redan_track::BearingKind::Emission,
        azimuth_rad: 0.001,
        azimuth_sigma_rad: 0.0005,
        level_db: 20.0,
    };
    let look = view.bearing(&bearing, 0.05, 100_000.0).unwrap();
    let (after, _) = update(&prior, &look, Time::ZERO, 10.0).unwrap();
    assert!(after.mean[0] > 90.0 && after.mean[0] < 100.0, "{}", after.mean[0]);
    assert!(after.covariance[(0, 0)] < 0.1 * prior.covariance[(0, 0)]);
    assert!((after.covariance[(1, 1)] / prior.covariance[(1, 1)] - 1.0).abs() < 1e-3);
}
