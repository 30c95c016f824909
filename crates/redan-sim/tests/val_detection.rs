//! Detection probabilities against reference tables and closed forms.

use proptest::prelude::*;
use redan_sim::model::detection::{DetectionCurve, Detector, Swerling, upper_gamma_prob};

const PD_TABLE: &str = include_str!("../../../validation/tables/radar/pd_vs_snr.csv");
const SNR_TABLE: &str = include_str!("../../../validation/tables/radar/required_snr.csv");

/// Detector of a row and the rest of its numbers.
fn rows(table: &str) -> impl Iterator<Item = (Detector, Vec<f64>)> {
    table.lines().filter(|line| !line.starts_with('#')).skip(1).map(|line| {
        let cells: Vec<f64> = line.split(',').filter_map(|cell| cell.parse().ok()).collect();
        let swerling = Swerling::from_number(cells[0] as u8).expect("case 0 to 4");
        let detector = Detector::new(swerling, cells[1] as u32, cells[2]).expect("in range");
        (detector, cells[3..].to_vec())
    })
}

#[test]
fn val_swerling_detection_probability() {
    let mut count = 0;
    for (detector, cells) in rows(PD_TABLE) {
        let found = detector.detection_prob(cells[0]);
        // The table demands 1e-6; the sum is good for far more.
        assert!((found - cells[1]).abs() < 1e-9, "{detector:?} {cells:?}: {found}");
        count += 1;
    }
    assert!(count > 1_000, "{count}");
}

#[test]
fn val_swerling_required_snr() {
    let mut count = 0;
    for (detector, cells) in rows(SNR_TABLE) {
        let found = detector.required_snr_db(cells[0]).expect("between 0 and 1");
        assert!((found - cells[1]).abs() < 1e-6, "{detector:?} {cells:?}: {found}");
        count += 1;
    }
    assert!(count > 350, "{count}");
}

#[test]
fn case_2_is_one_gamma_function_for_any_number_of_pulses() {
    for pulses in [1_u32, 7, 300, 10_000] {
        for pfa in [1e-12, 1e-6, 1e-1] {
            let detector = Detector::new(Swerling::Two, pulses, pfa).expect("in range");
            for snr_db in [-30.0, -14.0, -13.0, -10.0, 0.0, 13.0, 40.0] {
                let stretched = 1.0 + libm::pow(10.0, snr_db / 10.0);
                let scaled = detector.threshold_ratio() / stretched;
                let exact = upper_gamma_prob(f64::from(pulses), scaled);
                let found = detector.detection_prob(snr_db);
                assert!((found - exact).abs() < 1e-10, "{pulses} {pfa} {snr_db}: {found} {exact}");
            }
        }
    }
}

#[test]
fn case_1_of_one_pulse_is_a_power_of_the_false_alarm_probability() {
    let detector = Detector::new(Swerling::One, 1, 1e-6).expect("in range");
    for snr_db in [-20.0, 0.0, 13.0, 60.0] {
        let exact = libm::pow(1e-6, 1.0 / (1.0 + libm::pow(10.0, snr_db / 10.0)));
        assert!((detector.detection_prob(snr_db) - exact).abs() < 1e-12);
    }
}

#[test]
fn case_1_of_many_pulses_tends_to_its_known_limit() {
    // Swerling 1954: (1 + 1/(N χ))^(N−1) e^(−T/(1 + N χ)), where noise alone never crosses.
    let (pulses, pfa) = (10_000, 1e-8);
    let detector = Detector::new(Swerling::One, pulses, pfa).expect("in range");
    for snr_db in [-10.0, 0.0, 10.0] {
        let energy = f64::from(pulses) * libm::pow(10.0, snr_db / 10.0);
        let rise = (f64::from(pulses) - 1.0) * libm::log1p(1.0 / energy);
        let exact = libm::exp(rise - detector.threshold_ratio() / (1.0 + energy));
        let found = detector.detection_prob(snr_db);
        assert!((found - exact).abs() < 1e-7, "{snr_db}: {found} {exact}");
    }
}

#[test]
fn without_signal_only_false_alarms_and_with_endless_signal_certainty() {
    for swerling in Swerling::ALL {
        for pulses in [1, 30, 10_000] {
            let detector = Detector::new(swerling, pulses, 1e-12).expect("in range");
            let nothing = detector.detection_prob(f64::NEG_INFINITY);
            assert!((nothing / 1e-12 - 1.0).abs() < 1e-9, "{swerling:?} {pulses}: {nothing}");
            assert!(detector.detection_prob(150.0) > 1.0 - 1e-9);
            assert!(detector.detection_prob(f64::INFINITY) > 1.0 - 1e-9);
            assert!(detector.detection_prob(f64::NAN).is_nan());
        }
    }
}

#[test]
fn figures_outside_the_valid_range_make_no_detector() {
    assert!(Detector::new(Swerling::One, 0, 1e-6).is_none());
    assert!(Detector::new(Swerling::One, 100_001, 1e-6).is_none());
    assert!(Detector::new(Swerling::One, 1, 0.0).is_none());
    assert!(Detector::new(Swerling::One, 1, 0.6).is_none());
    assert!(Detector::new(Swerling::One, 1, f64::NAN).is_none());
    let detector = Detector::new(Swerling::One, 1, 1e-6).expect("in range");
    assert!(detector.required_snr_db(1.0).is_none());
    assert!(detector.required_snr_db(1e-6).is_none());
    assert!(detector.required_snr_db(f64::NAN).is_none());
    assert!(Swerling::from_number(5).is_none());
}

/// The curves of the corners of the valid range, where they are steepest and longest.
fn corner_detectors() -> Vec<Detector> {
    let mut detectors = Vec::new();
    for swerling in Swerling::ALL {
        for (pulses, pfa) in [(1, 1e-12), (1, 1e-1), (16, 1e-6), (1_000, 1e-12), (1_000, 1e-1)] {
            detectors.extend(Detector::new(swerling, pulses, pfa));
        }
    }
    detectors
}

#[test]
fn curve_is_within_a_ten_thousandth_of_the_exact_probability() {
    for detector in corner_detectors() {
        let curve = DetectionCurve::new(&detector);
        let mut worst = 0.0_f64;
        for step in -2_500..6_000 {
            let snr_db = f64::from(step) * 0.0137;
            let exact = detector.detection_prob(snr_db);
            worst = worst.max((curve.detection_prob(snr_db) - exact).abs());
        }
        assert!(worst < 1e-4, "{detector:?}: {worst}");
    }
}

#[test]
fn curve_inverts_itself_and_nearly_the_exact_formula() {
    for detector in corner_detectors() {
        let curve = DetectionCurve::new(&detector);
        for probability in [0.2, 0.5, 0.9, 0.99] {
            let found = curve.required_snr_db(probability).expect("inside");
            assert!((curve.detection_prob(found) - probability).abs() < 1e-9);
            let exact = detector.required_snr_db(probability).expect("inside");
            assert!((found - exact).abs() < 0.01, "{detector:?} {probability}");
        }
        assert!(curve.required_snr_db(1.0).is_none());
        assert!(curve.required_snr_db(detector.false_alarm_prob()).is_none());
    }
}

#[test]
fn curve_takes_any_number() {
    let curve = DetectionCurve::new(&Detector::new(Swerling::One, 10, 1e-6).expect("in range"));
    assert!((curve.detection_prob(f64::NEG_INFINITY) - 1e-6).abs() < 1e-12);
    assert!((curve.detection_prob(f64::INFINITY) - 1.0).abs() < 1e-12);
    assert!(curve.detection_prob(f64::NAN).is_nan());
}

proptest! {
    #[test]
    fn more_signal_detects_no_less(
        case in 0_u8..5, pulses in 1_u32..2_000, exponent in -12.0..-1.0_f64,
        snr_db in -40.0..60.0_f64, more_db in 0.0..10.0_f64,
    ) {
        let swerling = Swerling::from_number(case).expect("case 0 to 4");
        let pfa = libm::pow(10.0, exponent);
        let detector = Detector::new(swerling, pulses, pfa).expect("in range");
        let [less, more] = [snr_db, snr_db + more_db].map(|snr| detector.detection_prob(snr));
        prop_assert!(less >= pfa * (1.0 - 1e-9) && more <= 1.0);
        prop_assert!(more >= less - 1e-12, "{} {}", less, more);
    }

    #[test]
    fn required_ratio_gives_the_probability(
        case in 0_u8..5, pulses in 1_u32..500, probability in 0.05..0.999_f64,
    ) {
        let swerling = Swerling::from_number(case).expect("case 0 to 4");
        let detector = Detector::new(swerling, pulses, 1e-6).expect("in range");
        let snr_db = detector.required_snr_db(probability).expect("inside");
        prop_assert!((detector.detection_prob(snr_db) - probability).abs() < 1e-9);
    }
}
