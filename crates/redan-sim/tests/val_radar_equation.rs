//! The radar equation against worked examples of textbooks and published pairs of ranges.

use proptest::prelude::*;
use redan_sim::draw::normal_quantile;
use redan_sim::model::atmosphere::refractivity_decay_per_km;
use redan_sim::model::detection::{DetectionCurve, Detector, Swerling};
use redan_sim::model::radar_equation::*;
use serde_json::Value;

/// Cases on the path of rays over the sphere: geometry, proved with redan-geo.
const ELSEWHERE: [&str; 4] = [
    "mw_height2range_43",
    "mw_height2range_crpl_R",
    "mw_height2range_crpl_sr",
    "mw_height2range_crpl_el",
];

#[test]
fn val_worked_examples() {
    let table = include_str!("../../../validation/tables/radar/worked_examples.json");
    let table: Value = serde_json::from_str(table).expect("valid JSON");
    let cases = table["cases"].as_array().expect("a list");
    for case in cases {
        let id = case["id"].as_str().expect("a name");
        if ELSEWHERE.contains(&id) {
            continue;
        }
        let input = |name: &str| case["inputs"][name].as_f64().unwrap_or(f64::NAN);
        let found = answer(id, &input).unwrap_or_else(|| panic!("no model answers {id}"));
        let expected = case["expected"].as_f64().expect("a number");
        let tolerance = case["tolerance"].as_f64().expect("a number");
        let scale = if case["unit"] == "dB" { 1.0 } else { expected.abs() };
        let wrong = (found - expected).abs() / scale;
        assert!(wrong <= tolerance, "{id}: {found}, printed {expected}, off by {wrong}");
    }
    assert_eq!(cases.len(), 29);
}

/// Our number for a case, in the unit in which its source prints it.
fn answer(id: &str, input: &dyn Fn(&str) -> f64) -> Option<f64> {
    signal(id, input).or_else(|| timing(id, input)).or_else(|| medium(id, input))
}

/// Wavelength; several textbooks round the speed of light, and their inputs say so.
fn wave(input: &dyn Fn(&str) -> f64) -> f64 {
    let light_m_s = input("c_m_s");
    let light_m_s = if light_m_s.is_nan() { LIGHT_M_S } else { light_m_s };
    light_m_s / input("f_Hz")
}

/// A radar of which a case states some figures; those that it asks for are set to one.
fn radar(input: &dyn Fn(&str) -> f64) -> PulseRadar {
    let or = |name: &str, other: f64| Some(input(name)).filter(|x| !x.is_nan()).unwrap_or(other);
    PulseRadar {
        peak_power_w: or("Pt_W", 1.0),
        pulse_s: input("tau_s"),
        transmit_gain_db: or("Gt_dB", input("G_dB")),
        receive_gain_db: or("Gr_dB", input("G_dB")),
        wavelength_m: wave(input),
        noise_temperature_k: input("Ts_K"),
        loss_db: or("loss_dB", 0.0),
    }
}

fn signal(id: &str, input: &dyn Fn(&str) -> f64) -> Option<f64> {
    let [range_m, rcs_m2, snr_db] = ["range_m", "rcs_m2", "snr_dB"].map(input);
    Some(match id {
        "mw_radareqrng_1" => radar(input).range_m(snr_db, rcs_m2),
        "mw_radareqpow_1" => radar(input).required_power_w(snr_db, range_m, rcs_m2),
        "mw_radareqsnr_1" => radar(input).snr_db(range_m, range_m, rcs_m2),
        "mw_radareqsnr_bistatic" => {
            radar(input).snr_db(input("range_tx_m"), input("range_rx_m"), rcs_m2)
        }
        "mw_search_snr" => SearchRadar {
            power_aperture_w_m2: input("power_aperture_Wm2"),
            search_time_s: input("t_search_s"),
            solid_angle_sr: solid_angle_sr(30_f64.to_radians(), 0.0, 45_f64.to_radians()),
            noise_temperature_k: input("Ts_K"),
            loss_db: input("loss_dB"),
        }
        .snr_db(range_m, rcs_m2),
        // Echoes fall with the fourth power of range and rise with cross-section.
        "kulkarni_11_1" => {
            let gain_db = aperture_gain_db(input("Ae_m2"), input("lambda_m"));
            let at_1_m = echo_power_w(input("Pt_W"), gain_db, input("lambda_m"), rcs_m2, 1.0);
            (at_1_m / input("Smin_W")).sqrt().sqrt()
        }
        "kulkarni_11_3" => {
            let gain_db = decibels(input("G"));
            input("Smin_W") / echo_power_w(input("Pt_W"), gain_db, wave(input), 1.0, range_m)
        }
        "gizmo_7_2" => {
            let range_m = input("range_nmi") * 1852.0;
            echo_power_w(input("Pt_W"), input("G_dB"), wave(input), rcs_m2, range_m)
        }
        _ => return None,
    })
}

fn timing(id: &str, input: &dyn Fn(&str) -> f64) -> Option<f64> {
    // These sources take 300 000 km/s; ranges scale with it.
    let rounded = 3e8 / LIGHT_M_S;
    Some(match id {
        "kulkarni_11_4" => unambiguous_range_m(input("prf_Hz")) * rounded,
        "raju_2_3b" => range_resolution_m(input("B_Hz")) * rounded,
        "raju_1_5" => doppler_hz(input("v_kmh") / 3.6, wave(input)),
        "raju_3_1" => blind_speed_m_s(input("lambda_m"), input("prf_Hz")),
        "maini_10_11" => {
            let unambiguous_m = unambiguous_range_m(input("prf_Hz")) * rounded;
            folded_range_m(input("true_range_km") * 1e3, unambiguous_m) / 1e3
        }
        "maini_10_5" => folded_speed_m_s(input("v_m_s"), wave(input), input("prf_Hz")).abs(),
        _ => return None,
    })
}

fn medium(id: &str, input: &dyn Fn(&str) -> f64) -> Option<f64> {
    let loss = |unit_m: f64, unit_hz: f64| free_space_loss_db(unit_m, wavelength_m(unit_hz));
    Some(match id {
        "mw_effearthradius" => {
            redan_geo::EffectiveEarth::from_refractivity_gradient(input("rgradient_per_m"))
                .expect("no duct")
                .radius_m
        }
        "mw_refractionexp_200" | "mw_refractionexp_450" => refractivity_decay_per_km(input("Ns")),
        "mw_npwgnthresh_real" => 2.0 * decibels(-normal_quantile(input("pfa"))),
        "raju_2_8" => {
            let excess = power_ratio(input("NF_dB")) - 1.0;
            excess * thermal_noise_w(input("T_K"), input("B_Hz"))
        }
        "ewhdbk_K1_nmi_MHz" => loss(1852.0, 1e6),
        "ewhdbk_K1_nmi_GHz" => loss(1852.0, 1e9),
        "ewhdbk_K1_km_MHz" => loss(1e3, 1e6),
        "ewhdbk_K1_km_GHz" => loss(1e3, 1e9),
        "ewhdbk_K1_m_MHz" => loss(1.0, 1e6),
        "ewhdbk_K1_m_GHz" => loss(1.0, 1e9),
        _ => return None,
    })
}

/// 67N6E Gamma-DE: 360 km at 1 m² and 220 km at 0.13 m², both from the exporter's brochure.
const GAMMA_DE: Reference =
    Reference { range_m: 360e3, rcs_m2: 1.0, probability: 0.8, propagation_db: 0.0 };

#[test]
fn val_gamma_de_fourth_root() {
    let detector = Detector::new(Swerling::One, 10, 1e-6).expect("in range");
    let calibration = Calibration::from_reference(&GAMMA_DE, &detector).expect("valid point");
    let curve = DetectionCurve::new(&detector);
    let needed_db = detector.required_snr_db(GAMMA_DE.probability).expect("inside");
    let range_m = calibration.range_m(needed_db, 0.13, 0.0);
    // The fourth root gives 216.2 km. The brochure rounds to 20 km, and a range that is 2 % off
    // is 8 % in signal: 3 % is what the two figures can prove.
    assert!((range_m - 216.2e3).abs() < 100.0, "{range_m}");
    assert!((range_m / 220e3 - 1.0).abs() < 0.03);
    let there = curve.detection_prob(calibration.snr_db(range_m, 0.13, 0.0));
    assert!((there - 0.8).abs() < 1e-4, "{there}");
}

#[test]
fn propagation_in_the_published_figure_is_not_counted_twice() {
    let detector = Detector::new(Swerling::Three, 4, 1e-6).expect("in range");
    let lossy = Reference { propagation_db: -2.5, ..GAMMA_DE };
    let calibration = Calibration::from_reference(&lossy, &detector).expect("valid point");
    let snr_db = calibration.snr_db(GAMMA_DE.range_m, GAMMA_DE.rcs_m2, -2.5);
    assert!((detector.detection_prob(snr_db) - 0.8).abs() < 1e-9);
}

#[test]
fn a_point_that_is_none_calibrates_nothing() {
    let detector = Detector::new(Swerling::One, 10, 1e-6).expect("in range");
    let calibrate = |reference| Calibration::from_reference(&reference, &detector);
    assert!(calibrate(Reference { range_m: 0.0, ..GAMMA_DE }).is_none());
    assert!(calibrate(Reference { range_m: f64::NAN, ..GAMMA_DE }).is_none());
    assert!(calibrate(Reference { rcs_m2: -1.0, ..GAMMA_DE }).is_none());
    assert!(calibrate(Reference { probability: 1.0, ..GAMMA_DE }).is_none());
    assert!(calibrate(Reference { propagation_db: f64::INFINITY, ..GAMMA_DE }).is_none());
}

proptest! {
    #[test]
    fn range_and_ratio_are_inverse(
        range_m in 1e2..1e6_f64, exponent in -4.0..3.0_f64, propagation_db in -40.0..12.0_f64,
    ) {
        let detector = Detector::new(Swerling::One, 10, 1e-6).expect("in range");
        let calibration = Calibration::from_reference(&GAMMA_DE, &detector).expect("valid point");
        let rcs_m2 = libm::pow(10.0, exponent);
        let snr_db = calibration.snr_db(range_m, rcs_m2, propagation_db);
        let back_m = calibration.range_m(snr_db, rcs_m2, propagation_db);
        prop_assert!((back_m / range_m - 1.0).abs() < 1e-10);
        // Twice the range costs 12.04 dB, ten times the cross-section is worth 10 dB.
        let farther_db = calibration.snr_db(2.0 * range_m, rcs_m2, propagation_db);
        prop_assert!((snr_db - farther_db - 12.041_199_8).abs() < 1e-6);
        let larger_db = calibration.snr_db(range_m, 10.0 * rcs_m2, propagation_db);
        prop_assert!((larger_db - snr_db - 10.0).abs() < 1e-9);
    }
}
