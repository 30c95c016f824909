//! Jamming, cancellers and averaging thresholds against tables of closed forms.

use redan_sim::model::clutter::{Canceller, averaging_loss_db};
use redan_sim::model::jamming::*;
use redan_sim::model::radar_equation::{PulseRadar, power_ratio, wavelength_m};

fn rows(text: &str) -> Vec<Vec<f64>> {
    let lines = text.lines().filter(|line| !line.starts_with('#')).skip(1);
    lines
        .map(|line| line.split(',').map(|cell| cell.parse().expect("a number")).collect())
        .collect()
}

#[test]
fn val_mti_improvement_of_binomial_cancellers() {
    let rows = rows(include_str!("../../../validation/tables/radar/mti_improvement.csv"));
    for row in &rows {
        let canceller = match row[0] as u32 {
            2 => Canceller::TwoPulse,
            3 => Canceller::ThreePulse,
            _ => Canceller::FourPulse,
        };
        // The header demands 0.01 dB.
        assert!((canceller.improvement_db(row[1]) - row[3]).abs() < 0.01, "{row:?}");
    }
    assert_eq!(rows.len(), 18);
}

#[test]
fn val_finn_johnson_loss_of_cell_averaging() {
    for row in rows(include_str!("../../../validation/tables/radar/ca_cfar_sw1.csv")) {
        // The header demands a millionth.
        let loss_db = averaging_loss_db(row[0] as u32, row[1], row[2]);
        assert!((loss_db / row[6] - 1.0).abs() < 1e-6, "{row:?}");
    }
}

#[test]
fn val_mahafza_noise_jamming() {
    for r in rows(include_str!("../../../validation/tables/radar/noise_jamming.csv")) {
        let radar = PulseRadar {
            peak_power_w: r[0],
            pulse_s: 1.0 / r[4],
            transmit_gain_db: r[1],
            receive_gain_db: r[1],
            wavelength_m: wavelength_m(r[2]),
            noise_temperature_k: 290.0 * power_ratio(r[6]),
            loss_db: r[5],
        };
        let levels =
            AbsoluteLevels { gain_db: r[1], noise_bandwidth_hz: r[4], noise_figure_db: r[6] };
        // A jammer narrower than the radar gives it all its power, a wider one its share.
        let density = r[7] * power_ratio(r[8] - r[10]) / r[9];
        let jammer = NoiseJammer {
            erp_density_w_hz: density,
            low_hz: r[2] - 0.5 * r[9],
            high_hz: r[2] + 0.5 * r[9],
        };
        let ratio = |range_m: f64, pattern_db: f64| {
            let path = JamPath { range_m, pattern_db, propagation_db: 0.0, mismatch_db: 0.0 };
            jam_to_noise_ratio(&levels, r[2], &jammer, &path)
        };
        let snr_db = radar.snr_db(r[11], r[11], r[3]);
        // The header demands 10⁻⁶ dB and 10⁻⁶ of a range.
        assert!((jam_to_signal_db(snr_db, ratio(r[11], 0.0)) - r[12]).abs() < 1e-6, "{r:?}");
        let clear_m = radar.range_m(r[13], r[3]);
        let burn_m = burn_through_m(clear_m, ratio(1.0, 0.0));
        let stand_off_m = stand_off_range_m(clear_m, ratio(r[17], r[18] - r[1]));
        for (got_m, expected_m) in [(clear_m, r[14]), (burn_m, r[15]), (stand_off_m, r[19])] {
            assert!((got_m / expected_m - 1.0).abs() < 1e-6, "{got_m} {expected_m}: {r:?}");
        }
    }
}
