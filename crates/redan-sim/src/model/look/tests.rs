//! Looks at aircraft placed by hand, and statistics of what chance adds to them.

use std::sync::Arc;

use redan_geo::{EffectiveEarth, EnuVelocity, Geodetic, GridGeometry, HeightGrid};
use redan_track::Reply;

use super::*;
use crate::card::{AirVehicle, Figures, Library, RcsByAspect};
use crate::scenario::{Mode, Transponder};

const DRAWS: u64 = 4_000;

/// Search radar of a card, with round figures where a test depends on them.
fn radar() -> Radar {
    let library = Library::embedded();
    let card = library.find("s-400/96l6e").expect("a card that ships");
    let mut figures = card::Radar::from_figures(&Figures::nominal(card)).expect("a whole card");
    figures.instrumented_range_m = 300e3;
    figures.min_range_m = 5e3;
    figures.elevation_min_rad = -0.05;
    figures.elevation_max_rad = 1.0;
    figures.min_radial_speed_m_s = 20.0;
    figures.reference_range_m = 100e3;
    figures.reference_rcs_m2 = 1.0;
    figures.reference_probability = 0.5;
    let interrogator = library.find("iff/interrogator").expect("a card that ships");
    Radar {
        name: "Home/radar".into(),
        card: card.id.clone(),
        network: 0,
        unit: None,
        antenna: home(),
        heading_rad: 0.3,
        radiates: Vec::new(),
        north_error_rad: 0.0,
        figures,
        interrogator: card::Interrogator::from_figures(&Figures::nominal(interrogator))
            .expect("a whole card"),
    }
}

fn model_with(change: impl FnOnce(&mut Radar)) -> RadarModel {
    let mut radar = radar();
    change(&mut radar);
    RadarModel::new(&radar, &Earth::default(), &FREE).expect("figures that go together")
}

/// Waves as in free space: what is tested here is the look, not the way.
const FREE: Environment = Environment {
    full: false,
    surface: crate::scenario::Surface::Land,
    roughness_m: 1.0,
    sea_state: 3,
    clutter_gamma_db: -15.0,
    rain_mm_h: 0.0,
};

fn look_at(model: &RadarModel, earth: &Earth, state: &State, target: &AirVehicle) -> Look {
    model.look(&Scene { earth, environment: &FREE, jamming: &[] }, state, target)
}

fn model() -> RadarModel {
    model_with(|_| {})
}

fn home() -> Geodetic {
    Geodetic::from_degrees(40.0, 32.5, 20.0)
}

/// An aircraft with these cross-sections and Swerling case.
fn target(nose_rcs_m2: f64, side_rcs_m2: f64, tail_rcs_m2: f64, swerling: u8) -> AirVehicle {
    let library = Library::embedded();
    let card = library.find("Su-24").expect("a card that ships");
    let mut figures = AirVehicle::from_figures(&Figures::nominal(card)).expect("a whole card");
    figures.rcs = RcsByAspect { nose_rcs_m2, side_rcs_m2, tail_rcs_m2 };
    figures.swerling = swerling;
    figures
}

fn ball(rcs_m2: f64) -> AirVehicle {
    target(rcs_m2, rcs_m2, rcs_m2, 1)
}

/// Due north of the radar at a ground distance and height, with this velocity in its own frame.
fn north(range_m: f64, height_m: f64, velocity: [f64; 3]) -> State {
    let over = Aer { azimuth_rad: 0.0, elevation_rad: 0.0, range_m };
    let place = LocalFrame::new(home()).ecef_of_aer(over).to_geodetic().at_height(height_m);
    State { place, ecef: place.to_ecef(), velocity: EnuVelocity::from_array(velocity) }
}

const INBOUND: [f64; 3] = [0.0, -250.0, 0.0];

fn sight(model: &RadarModel, earth: &Earth, state: &State) -> Sight {
    let look = look_at(model, earth, state, &ball(1.0));
    assert_eq!(look.in_view(), look.detection_prob > 0.0);
    assert_eq!(look.in_view(), look.snr_db.is_finite());
    look.sight
}

#[test]
fn each_sight_is_reached_with_its_figure() {
    let (model, earth) = (model(), Earth::default());
    let seen = |range_m, height_m| sight(&model, &earth, &north(range_m, height_m, INBOUND));
    assert_eq!(seen(60e3, 6_000.0), Sight::Clear);
    assert_eq!(seen(200e3, 12_000.0), Sight::Weak);
    let Sight::BeyondRange { excess_m } = seen(320e3, 20_000.0) else { panic!("beyond range") };
    assert!((excess_m - 20e3).abs() < 1_500.0, "{excess_m}");
    let Sight::TooClose { short_by_m } = seen(3e3, 1_000.0) else { panic!("too close") };
    assert!((short_by_m - (5e3 - libm::hypot(3e3, 980.0))).abs() < 5.0, "{short_by_m}");
    let Sight::OutsideElevation { off_by_rad } = seen(5e3, 12_000.0) else { panic!("too steep") };
    assert!((off_by_rad - (libm::atan2(11_980.0, 5e3) - 1.0)).abs() < 2e-3, "{off_by_rad}");
    // Over the 4/3 Earth the horizon of 20 m lies 18.4 km away; from there the ray rises as the square of
    // the distance, which 75 km away leaves it 88 m above the target.
    let Sight::BelowHorizon { short_by_rad } = seen(75e3, 100.0) else { panic!("hidden") };
    let over_m = (75e3 - 18.4e3) * (75e3 - 18.4e3) / (2.0 * 8.495e6) - 100.0;
    assert!((short_by_rad - over_m / 75e3).abs() < 2e-5, "{short_by_rad}");
    assert!(matches!(seen(55e3, 100.0), Sight::Clear | Sight::Weak));
}

#[test]
fn a_ridge_hides_what_the_horizon_does_not() {
    let half_deg = 0.25_f64.to_radians();
    let geometry = GridGeometry {
        south_rad: 39.9_f64.to_radians(),
        west_rad: 32.0_f64.to_radians(),
        lat_step_rad: half_deg,
        lon_step_rad: half_deg * 4.0,
        rows: 4,
        columns: 2,
    };
    // The third row, 44 km to the north of the radar, is a ridge of 1,500 m.
    let posts = vec![0.0, 0.0, 0.0, 0.0, 1_500.0, 1_500.0, 0.0, 0.0];
    let grid = HeightGrid::new(geometry, posts).expect("a grid");
    let earth = Earth { effective: EffectiveEarth::default(), relief: Some(Arc::new(grid)) };
    let behind = north(60e3, 1_300.0, INBOUND);
    let model = RadarModel::new(&radar(), &earth, &FREE).expect("figures that go together");
    let Sight::BehindRelief { ridge_m, short_by_rad } = sight(&model, &earth, &behind) else {
        panic!("{:?}", sight(&model, &earth, &behind));
    };
    assert!((ridge_m - 44.4e3).abs() < 1e3, "{ridge_m}");
    assert!(short_by_rad > 0.0);
    assert_eq!(sight(&self::model(), &Earth::default(), &behind), Sight::Clear);
}

#[test]
fn only_radial_speed_counts_for_the_filter() {
    let (model, earth) = (model(), Earth::default());
    let at = |velocity| sight(&model, &earth, &north(60e3, 6_000.0, velocity));
    assert_eq!(at([0.0, -25.0, 0.0]), Sight::Clear);
    assert_eq!(at([0.0, 25.0, 0.0]), Sight::Clear, "going away is moving as well");
    let Sight::TooSlow { short_by_m_s } = at([250.0, 0.0, 0.0]) else { panic!("it crosses") };
    assert!((short_by_m_s - 20.0).abs() < 1.0, "{short_by_m_s}");
    let Sight::TooSlow { short_by_m_s } = at([300.0, -12.0, 0.0]) else { panic!("it crosses") };
    assert!((short_by_m_s - 8.0).abs() < 1.0, "{short_by_m_s}");
}

#[test]
fn the_aspect_is_that_of_the_course_seen_from_the_radar() {
    let model = model_with(|radar| radar.figures.min_radial_speed_m_s = 0.0);
    let aircraft = target(2.0, 40.0, 8.0, 1);
    let snr_db = |velocity| {
        look_at(&model, &Earth::default(), &north(80e3, 6_000.0, velocity), &aircraft).snr_db
    };
    let nose_db = snr_db(INBOUND);
    // The line of sight is 4 degrees off the course, which adds a little of the side.
    assert!((snr_db([0.0, 250.0, 0.0]) - nose_db - 10.0 * libm::log10(4.0)).abs() < 0.15);
    for across in [[250.0, 0.0, 0.0], [-250.0, 0.0, 0.0]] {
        assert!((snr_db(across) - nose_db - 10.0 * libm::log10(20.0)).abs() < 0.15);
    }
}

#[test]
fn detection_is_that_of_the_exact_formulas_at_the_signal() {
    let model = model();
    let figures = &model.figures;
    for case in Swerling::ALL {
        let detector =
            Detector::new(case, figures.pulses, figures.false_alarm_probability).expect("valid");
        for range_km in (20..290).step_by(15) {
            let state = north(f64::from(range_km) * 1e3, 14_000.0, INBOUND);
            let aircraft = target(1.0, 1.0, 1.0, case as u8);
            let look = look_at(&model, &Earth::default(), &state, &aircraft);
            let exact_prob = detector.detection_prob(look.snr_db);
            let off = (look.detection_prob - exact_prob).abs();
            assert!(off < 1e-3, "{case:?} at {range_km} km: off by {off}");
        }
    }
}

#[test]
fn the_published_point_is_met_and_parts_clear_from_weak() {
    let model = model();
    let at_slant = |slant_m: f64| {
        let state = north(slant_m, 6_000.0, INBOUND);
        // The first range gives a slant somewhat off; a second try meets it.
        let off_m = model.frame.aer(state.ecef).range_m - slant_m;
        look_at(&model, &Earth::default(), &north(slant_m - off_m, 6_000.0, INBOUND), &ball(1.0))
    };
    let look = at_slant(100e3);
    assert!((look.seen.range_m - 100e3).abs() < 5.0, "{:?}", look.seen);
    assert!((look.detection_prob - 0.5).abs() < 2e-3, "{look:?}");
    assert_eq!(at_slant(99e3).sight, Sight::Clear);
    assert_eq!(at_slant(101e3).sight, Sight::Weak);
}

#[test]
fn errors_of_plots_have_the_published_size_and_no_bias() {
    let (model, luck) = (model(), Luck::new(3, 0));
    let pair = NameHash::of("Home/radar").combine(NameHash::of("raid"));
    let seen = Aer { azimuth_rad: 1.0, elevation_rad: 0.2, range_m: 80e3 };
    // At the published point, where the published accuracy holds.
    let detector =
        Detector::new(Swerling::One, model.figures.pulses, model.figures.false_alarm_probability);
    let reference_db = detector.and_then(|d| d.required_snr_db(0.5)).expect("a detector");
    let errors: Vec<[f64; 3]> = (0..DRAWS)
        .map(|nth| {
            let plot = model.measure(&luck, (pair, nth), &seen, reference_db, &UNBIASED);
            [
                plot.range_m - seen.range_m,
                plot.azimuth_rad - seen.azimuth_rad,
                plot.elevation_rad - seen.elevation_rad,
            ]
        })
        .collect();
    let figures = &model.figures;
    let sigmas = [figures.range_sigma_m, figures.azimuth_sigma_rad, figures.elevation_sigma_rad];
    let count = DRAWS as f64;
    let product = |a: usize, b: usize| {
        errors.iter().map(|error| error[a] * error[b] / (sigmas[a] * sigmas[b])).sum::<f64>()
            / count
    };
    for (axis, sigma) in sigmas.into_iter().enumerate() {
        let mean = errors.iter().map(|error| error[axis]).sum::<f64>() / count;
        assert!(mean.abs() < 3.3 * sigma / count.sqrt(), "axis {axis}: bias {mean}");
        let variance = product(axis, axis);
        assert!((variance - 1.0).abs() < 3.3 * (2.0 / count).sqrt(), "axis {axis}: {variance}");
        let cross = product(axis, (axis + 1) % 3);
        assert!(cross.abs() < 3.3 / count.sqrt(), "axis {axis} with the next: {cross}");
    }
}

const UNBIASED: Aer = Aer { azimuth_rad: 0.0, elevation_rad: 0.0, range_m: 0.0 };

#[test]
fn a_bias_shifts_every_plot_and_a_weak_signal_widens_them() {
    let (model, luck) = (model(), Luck::new(4, 0));
    let seen = Aer { azimuth_rad: 1.0, elevation_rad: 0.2, range_m: 80e3 };
    let bias = Aer { azimuth_rad: 0.003, elevation_rad: -0.002, range_m: 70.0 };
    let plot = |nth, snr_db, bias: &Aer| {
        model.measure(&luck, (NameHash::of("a"), nth), &seen, snr_db, bias)
    };
    for nth in 0..20 {
        let (with, without) = (plot(nth, 15.0, &bias), plot(nth, 15.0, &UNBIASED));
        assert!((with.range_m - without.range_m - 70.0).abs() < 1e-9);
        assert!((with.azimuth_rad - without.azimuth_rad - 0.003).abs() < 1e-12);
    }
    let spread = |snr_db: f64| {
        let square = |nth| (plot(nth, snr_db, &UNBIASED).azimuth_rad - seen.azimuth_rad).abs();
        (0..500).map(square).sum::<f64>()
    };
    assert!(spread(3.0) > 1.1 * spread(15.0) && spread(15.0) >= spread(40.0));
}

#[test]
fn plots_stay_angles_and_distances() {
    let model = model_with(|radar| {
        (radar.figures.range_sigma_m, radar.figures.azimuth_sigma_rad) = (1e3, 0.5);
        radar.figures.elevation_sigma_rad = 0.5;
    });
    let seen = Aer { azimuth_rad: 0.01, elevation_rad: 1.5, range_m: 500.0 };
    for nth in 0..500 {
        let key = (NameHash::of("a"), nth);
        let plot = model.measure(&Luck::new(1, 0), key, &seen, 10.0, &UNBIASED);
        assert!((0.0..std::f64::consts::TAU).contains(&plot.azimuth_rad), "{plot:?}");
        assert!(plot.elevation_rad.abs() <= std::f64::consts::FRAC_PI_2, "{plot:?}");
        assert!(plot.range_m >= 0.0, "{plot:?}");
    }
}

#[test]
fn false_plots_fall_into_the_search_volume() {
    for coverage_rad in [std::f64::consts::TAU, 1.2] {
        let model = model_with(|radar| radar.figures.azimuth_coverage_rad = coverage_rad);
        let figures = &model.figures;
        for (turn, range, elevation) in [(0.0, 0.0, 1.0), (0.37, 0.5, 0.5), (0.999, 1.0, 0.0)] {
            let plot = model.somewhere(turn, range, elevation, 6.0);
            let off_rad = redan_geo::wrap_pi_rad(plot.azimuth_rad - 6.0).abs();
            assert!(off_rad <= coverage_rad / 2.0 + 1e-9, "{plot:?}");
            assert!(
                (figures.min_range_m..=figures.instrumented_range_m).contains(&plot.range_m),
                "{plot:?}"
            );
            let heights = figures.elevation_min_rad..=figures.elevation_max_rad;
            assert!(heights.contains(&plot.elevation_rad), "{plot:?}");
        }
    }
}

/// Names of a radar with an aircraft, and of the aircraft.
fn names(radar: &str, aircraft: &str) -> (NameHash, NameHash) {
    (NameHash::of(radar).combine(NameHash::of(aircraft)), NameHash::of(aircraft))
}

fn of_modes(modes: &[Mode]) -> Transponder {
    Transponder { modes: modes.to_vec(), ..Transponder::default() }
}

#[test]
fn only_modes_that_both_sides_know_are_answered_in() {
    let model = model_with(|radar| {
        (radar.interrogator.civil_reply_prob, radar.interrogator.friend_reply_prob) = (1.0, 1.0);
        radar.interrogator.friend_silent_prob = 0.0;
    });
    let answer = |transponder: &[Mode], reads: &[Mode]| {
        let transponder = of_modes(transponder);
        model.interrogate(&Luck::new(1, 0), names("r", "a"), 0, &transponder, reads)
    };
    let all = [Mode::Civil, Mode::National, Mode::Mode5];
    assert_eq!(answer(&all, &all), Reply::Mode5);
    assert_eq!(answer(&all, &[Mode::Civil, Mode::National]), Reply::National);
    assert_eq!(answer(&[Mode::Civil, Mode::Mode5], &[Mode::Civil]), Reply::Civil);
    assert_eq!(answer(&[Mode::Mode5], &[Mode::Civil]), Reply::Silent);
    assert_eq!(answer(&[], &all), Reply::Silent);
    let deaf = model_with(|radar| radar.figures.interrogates = false);
    let unasked = deaf.interrogate(&Luck::new(1, 0), names("r", "a"), 0, &of_modes(&all), &all);
    assert_eq!((unasked, deaf.unanswered()), (Reply::NotAsked, Reply::NotAsked));
    assert_eq!(model.unanswered(), Reply::Silent);
}

#[test]
fn replies_are_heard_as_often_as_the_card_says() {
    let model = model_with(|radar| radar.interrogator.civil_reply_prob = 0.8);
    let luck = Luck::new(5, 0);
    let modes = [Mode::Civil];
    let heard = (0..DRAWS)
        .filter(|nth| {
            let reply = model.interrogate(&luck, names("r", "a"), *nth, &of_modes(&modes), &modes);
            reply == Reply::Civil
        })
        .count();
    let share = heard as f64 / DRAWS as f64;
    assert!((share - 0.8).abs() < 3.3 * (0.8 * 0.2 / DRAWS as f64).sqrt(), "{share}");
}

#[test]
fn a_faulty_secure_transponder_is_silent_to_all_radars_for_the_whole_flight() {
    let model = model_with(|radar| {
        radar.interrogator.friend_reply_prob = 1.0;
        radar.interrogator.friend_silent_prob = 0.1;
    });
    let modes = [Mode::Mode5];
    let mut faulty = 0;
    for replication in 0..DRAWS {
        let luck = Luck::new(8, replication);
        let replies = [("r", 0), ("r", 1), ("another", 0), ("another", 7)].map(|(radar, nth)| {
            model.interrogate(&luck, names(radar, "a"), nth, &of_modes(&modes), &modes)
        });
        assert!(replies.iter().all(|reply| *reply == replies[0]), "{replies:?}");
        faulty += u32::from(replies[0] == Reply::Silent);
    }
    let share = f64::from(faulty) / DRAWS as f64;
    assert!((share - 0.1).abs() < 3.3 * (0.1 * 0.9 / DRAWS as f64).sqrt(), "{share}");
}
