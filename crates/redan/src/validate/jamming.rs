//! Case 09: noise of jammers, clutter behind a canceller, and a threshold that finds its own level.

use anyhow::Result;
use redan_sim::card::Library;
use redan_sim::model::clutter::{Canceller, averaging_loss_db, averaging_threshold_ratio};
use redan_sim::model::jamming::{
    AbsoluteLevels, JamPath, NoiseJammer, burn_through_m, jam_to_noise_ratio, jam_to_signal_db,
    stand_off_range_m,
};
use redan_sim::model::radar_equation::{PulseRadar, power_ratio, wavelength_m};

use super::check::{Check, DECIBELS, RATIO, Worst};
use super::table::{Row, Table};
use super::{Effort, Findings, Grid};

macro_rules! table {
    ($name:literal) => {
        Table::parse($name, include_str!(concat!("../../../../validation/tables/radar/", $name)))
    };
}

/// Runs the case. Tolerances are those that the headers of the tables demand.
pub(super) fn run(_: &Library, _: Effort) -> Result<Findings> {
    let mut findings = Findings::default();
    findings.checks.extend(noise()?);
    findings.checks.push(cancellers()?);
    findings.checks.extend(averaging()?);
    findings.grids.push(burn_through());
    Ok(findings)
}

/// A radar and a jammer of the table.
struct Duel {
    radar: PulseRadar,
    levels: AbsoluteLevels,
    jammer: NoiseJammer,
    frequency_hz: f64,
}

impl Duel {
    fn of(row: &Row<'_>) -> Result<Duel> {
        let (gain_db, frequency_hz) = (row.number("g_dB")?, row.number("f_Hz")?);
        let (bandwidth_hz, noise_figure_db) =
            (row.number("b_radar_Hz")?, row.number("noise_figure_dB")?);
        let band_hz = row.number("b_jam_Hz")?;
        let toward_db = row.number("gj_dB")? - row.number("loss_j_dB")?;
        Ok(Duel {
            radar: PulseRadar {
                peak_power_w: row.number("pt_W")?,
                pulse_s: 1.0 / bandwidth_hz,
                transmit_gain_db: gain_db,
                receive_gain_db: gain_db,
                wavelength_m: wavelength_m(frequency_hz),
                noise_temperature_k: 290.0 * power_ratio(noise_figure_db),
                loss_db: row.number("loss_dB")?,
            },
            levels: AbsoluteLevels { gain_db, noise_bandwidth_hz: bandwidth_hz, noise_figure_db },
            jammer: NoiseJammer {
                erp_density_w_hz: row.number("pj_W")? * power_ratio(toward_db) / band_hz,
                low_hz: frequency_hz - 0.5 * band_hz,
                high_hz: frequency_hz + 0.5 * band_hz,
            },
            frequency_hz,
        })
    }

    /// Noise of the jammer over the receiver's own, at a range and a level of the pattern below the gain.
    fn jam_to_noise(&self, range_m: f64, pattern_db: f64) -> f64 {
        let path = JamPath { range_m, pattern_db, propagation_db: 0.0, mismatch_db: 0.0 };
        jam_to_noise_ratio(&self.levels, self.frequency_hz, &self.jammer, &path)
    }
}

fn noise() -> Result<[Check; 4]> {
    let [mut ratio, mut clear, mut burn, mut stand_off] = [(); 4].map(|()| Worst::default());
    for (number, row) in table!("noise_jamming.csv")?.rows().enumerate() {
        let duel = Duel::of(&row)?;
        let (range_m, rcs_m2) = (row.number("range_m")?, row.number("rcs_m2")?);
        let label = || format!("row {}", number + 1);
        let snr_db = duel.radar.snr_db(range_m, range_m, rcs_m2);
        let found_db = jam_to_signal_db(snr_db, duel.jam_to_noise(range_m, 0.0));
        ratio.add(label, row.number("js_self_screen_dB")?, found_db, 1e-6);
        let clear_m = duel.radar.range_m(row.number("required_sinr_dB")?, rcs_m2);
        let side_db = row.number("sidelobe_gain_dB")? - row.number("g_dB")?;
        let beside = duel.jam_to_noise(row.number("standoff_range_m")?, side_db);
        for (worst, column, found_m) in [
            (&mut clear, "range_clear_m", clear_m),
            (
                &mut burn,
                "burnthrough_self_screen_m",
                burn_through_m(clear_m, duel.jam_to_noise(1.0, 0.0)),
            ),
            (&mut stand_off, "range_under_standoff_m", stand_off_range_m(clear_m, beside)),
        ] {
            worst.add(label, 1.0, found_m / row.number(column)?, 1e-6);
        }
    }
    Ok([
        ratio.check(DECIBELS, "jamming over signal"),
        clear.check(RATIO, "clear range, ratio"),
        burn.check(RATIO, "burn-through, ratio"),
        stand_off.check(RATIO, "stand-off range, ratio"),
    ])
}

fn cancellers() -> Result<Check> {
    let mut worst = Worst::default();
    for row in table!("mti_improvement.csv")?.rows() {
        let pulses = row.number("n_pulses_canceller")?;
        let canceller = match pulses as u32 {
            2 => Canceller::TwoPulse,
            3 => Canceller::ThreePulse,
            _ => Canceller::FourPulse,
        };
        let spread = row.number("sigma_f_over_prf")?;
        let label = || format!("{pulses} pulses, {spread}");
        worst.add(
            label,
            row.number("improvement_factor_dB")?,
            canceller.improvement_db(spread),
            0.01,
        );
    }
    Ok(worst.check(DECIBELS, "canceller"))
}

fn averaging() -> Result<[Check; 2]> {
    let [mut threshold, mut loss] = [(); 2].map(|()| Worst::default());
    for row in table!("ca_cfar_sw1.csv")?.rows() {
        let (cells, false_alarm_prob) = (row.number("n_ref_cells")?, row.number("pfa")?);
        let detection_prob = row.number("pd")?;
        let label = || format!("{cells} cells {false_alarm_prob:e} {detection_prob}");
        let found = averaging_threshold_ratio(cells as u32, false_alarm_prob);
        threshold.add(label, 1.0, found / row.number("threshold_multiplier_alpha")?, 1e-6);
        let found_db = averaging_loss_db(cells as u32, false_alarm_prob, detection_prob);
        loss.add(label, 1.0, found_db / row.number("cfar_loss_dB")?, 1e-6);
    }
    Ok([threshold.check(RATIO, "threshold ratio"), loss.check(RATIO, "loss ratio")])
}

/// What the equations say in plain numbers: a notional radar that sees 1 m² at 200 km.
fn burn_through() -> Grid {
    const POWERS_W: [f64; 4] = [0.1, 1.0, 10.0, 100.0];
    let levels = AbsoluteLevels { gain_db: 40.0, noise_bandwidth_hz: 1e6, noise_figure_db: 3.0 };
    let burn_km = |rcs_m2: f64, power_w_mhz: f64| {
        let jammer =
            NoiseJammer { erp_density_w_hz: power_w_mhz * 1e-6, low_hz: 2.9e9, high_hz: 3.1e9 };
        let path = JamPath { range_m: 1.0, pattern_db: 0.0, propagation_db: 0.0, mismatch_db: 0.0 };
        let clear_m = 200e3 * libm::sqrt(libm::sqrt(rcs_m2));
        Some(1e-3 * burn_through_m(clear_m, jam_to_noise_ratio(&levels, 3e9, &jammer, &path)))
    };
    Grid {
        title: "Burn-through, km: target with a jammer, 3 GHz, 40 dB, 1 m2 seen at 200 km without"
            .into(),
        columns: POWERS_W.map(|power_w| format!("{power_w} W/MHz")).to_vec(),
        rows: [0.1, 1.0, 10.0, 100.0]
            .map(|rcs_m2| {
                (format!("{rcs_m2} m2"), POWERS_W.map(|power_w| burn_km(rcs_m2, power_w)).to_vec())
            })
            .to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::assert_passes;

    #[test]
    fn val_jamming_by_closed_forms() {
        assert_passes("09-jamming", 7);
    }
}
