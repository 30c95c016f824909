//! Case 03: worked examples of textbooks and tool manuals, with the numbers that they print.

use anyhow::{Context, Result};
use redan_geo::EffectiveEarth;
use redan_sim::card::Library;
use redan_sim::draw::normal_quantile;
use redan_sim::model::atmosphere::refractivity_decay_per_km;
use redan_sim::model::radar_equation::{
    LIGHT_M_S, PulseRadar, SearchRadar, aperture_gain_db, blind_speed_m_s, decibels, doppler_hz,
    echo_power_w, folded_range_m, folded_speed_m_s, free_space_loss_db, power_ratio,
    range_resolution_m, solid_angle_sr, thermal_noise_w, unambiguous_range_m, wavelength_m,
};
use serde::Deserialize;
use serde_json::Value;

use super::check::{Check, Scale};
use super::{Effort, Findings};

const EXAMPLES: &str = include_str!("../../../../validation/tables/radar/worked_examples.json");

/// Metres in a nautical mile.
const NAUTICAL_MILE_M: f64 = 1852.0;

#[derive(Deserialize)]
struct Examples {
    cases: Vec<Example>,
}

#[derive(Deserialize)]
struct Example {
    id: String,
    quantity: String,
    inputs: Value,
    expected: f64,
    unit: String,
    tolerance: f64,
}

impl Example {
    /// A number among the inputs; NaN where there is none, which then spoils the answer.
    fn input(&self, name: &str) -> f64 {
        self.input_or(name, f64::NAN)
    }

    fn input_or(&self, name: &str, other: f64) -> f64 {
        self.inputs[name].as_f64().unwrap_or(other)
    }

    /// One end of a span among the inputs, degrees.
    fn end_rad(&self, name: &str, index: usize) -> f64 {
        self.inputs[name][index].as_f64().unwrap_or(f64::NAN).to_radians()
    }

    /// Speed of light of this source over ours: textbooks round it, and their inputs say so.
    fn light_ratio(&self) -> f64 {
        let rounded_m_s = self.input_or("c_m_s", 1e3 * self.input("c_km_s"));
        if rounded_m_s.is_nan() { 1.0 } else { rounded_m_s / LIGHT_M_S }
    }

    fn wavelength_m(&self) -> f64 {
        wavelength_m(self.input("f_Hz")) * self.light_ratio()
    }
}

/// Runs the case.
pub(super) fn run(_: &Library, _: Effort) -> Result<Findings> {
    let examples: Examples = serde_json::from_str(EXAMPLES).context("worked_examples.json")?;
    let mut findings = Findings::default();
    for example in &examples.cases {
        if let Some(reason) = not_applicable(&example.id) {
            findings
                .note(format!("Not applicable: {} ({}): {reason}.", example.id, example.quantity));
            continue;
        }
        let got = answer(example);
        let got = got.with_context(|| format!("no model answers {}", example.id))?;
        // Relative tolerances, but absolute ones where the unit is a decibel.
        let scale = if example.unit == "dB" { 1.0 } else { example.expected.abs() };
        let claim = format!("{}: {}", example.id, short(&example.quantity));
        let tolerance = example.tolerance * scale;
        findings.checks.push(Check::near(
            scale_of(&example.unit),
            claim,
            example.expected,
            got,
            tolerance,
        ));
    }
    Ok(findings)
}

/// Why redan has no answer to an example.
fn not_applicable(id: &str) -> Option<&'static str> {
    id.starts_with("mw_height2range_crpl").then_some(
        "rays through the CRPL exponential atmosphere are not modelled, only the effective Earth",
    )
}

/// The quantity without its circumstances, which stand in the table of examples.
fn short(quantity: &str) -> &str {
    let ends = [",", " in ", " for ", " from ", " after "].map(|end| quantity.find(end));
    let end = ends.into_iter().flatten().min().unwrap_or(quantity.len());
    &quantity[..end]
}

/// Units and decimals that the sources print.
fn scale_of(unit: &str) -> Scale {
    match unit {
        "dB" => Scale { unit: "dB", decimals: 3 },
        "m" => Scale { unit: "m", decimals: 0 },
        "W" => Scale { unit: "W", decimals: 0 },
        "Hz" => Scale { unit: "Hz", decimals: 0 },
        "km" => Scale { unit: "km", decimals: 2 },
        "m/s" => Scale { unit: "m/s", decimals: 2 },
        "m2" => Scale { unit: "m2", decimals: 2 },
        "1/km" => Scale { unit: "1/km", decimals: 4 },
        _ => Scale { unit: "", decimals: 4 },
    }
}

/// Our number for an example, in the unit in which its source prints it.
fn answer(example: &Example) -> Option<f64> {
    signal(example).or_else(|| timing(example)).or_else(|| medium(example))
}

/// The radar of which an example states some figures; one that it asks for is set to 1.
fn radar(example: &Example) -> PulseRadar {
    PulseRadar {
        peak_power_w: example.input_or("Pt_W", 1.0),
        pulse_s: example.input("tau_s"),
        transmit_gain_db: example.input_or("Gt_dB", example.input("G_dB")),
        receive_gain_db: example.input_or("Gr_dB", example.input("G_dB")),
        wavelength_m: example.wavelength_m(),
        noise_temperature_k: example.input("Ts_K"),
        loss_db: example.input_or("loss_dB", 0.0),
    }
}

fn signal(example: &Example) -> Option<f64> {
    let input = |name: &str| example.input(name);
    let (range_m, rcs_m2, snr_db) = (input("range_m"), input("rcs_m2"), input("snr_dB"));
    Some(match example.id.as_str() {
        "mw_radareqrng_1" => radar(example).range_m(snr_db, rcs_m2),
        "mw_radareqpow_1" => radar(example).required_power_w(snr_db, range_m, rcs_m2),
        "mw_radareqsnr_1" => radar(example).snr_db(range_m, range_m, rcs_m2),
        "mw_radareqsnr_bistatic" => {
            radar(example).snr_db(input("range_tx_m"), input("range_rx_m"), rcs_m2)
        }
        "mw_search_snr" => search_radar(example).snr_db(range_m, rcs_m2),
        "kulkarni_11_1" => {
            let gain_db = aperture_gain_db(input("Ae_m2"), input("lambda_m"));
            let at_1_m = echo_power_w(input("Pt_W"), gain_db, input("lambda_m"), rcs_m2, 1.0);
            // Echoes fall with the fourth power of range.
            (at_1_m / input("Smin_W")).sqrt().sqrt()
        }
        "kulkarni_11_3" => {
            let of_1_m2 = echo_power_w(
                input("Pt_W"),
                decibels(input("G")),
                example.wavelength_m(),
                1.0,
                range_m,
            );
            input("Smin_W") / of_1_m2
        }
        "gizmo_7_2" => {
            let range_m = input("range_nmi") * NAUTICAL_MILE_M;
            echo_power_w(input("Pt_W"), input("G_dB"), example.wavelength_m(), rcs_m2, range_m)
        }
        _ => return None,
    })
}

fn search_radar(example: &Example) -> SearchRadar {
    let width_rad = example.end_rad("az_deg", 1) - example.end_rad("az_deg", 0);
    let (low_rad, high_rad) = (example.end_rad("el_deg", 0), example.end_rad("el_deg", 1));
    SearchRadar {
        power_aperture_w_m2: example.input("power_aperture_Wm2"),
        search_time_s: example.input("t_search_s"),
        solid_angle_sr: solid_angle_sr(width_rad, low_rad, high_rad),
        noise_temperature_k: example.input("Ts_K"),
        loss_db: example.input("loss_dB"),
    }
}

fn timing(example: &Example) -> Option<f64> {
    let input = |name: &str| example.input(name);
    let (wave_m, prf_hz) = (example.wavelength_m(), input("prf_Hz"));
    // Ranges scale with the speed of light that a source takes.
    let light_ratio = example.light_ratio();
    Some(match example.id.as_str() {
        "kulkarni_11_4" => unambiguous_range_m(prf_hz) * light_ratio,
        "raju_2_3b" => range_resolution_m(input("B_Hz")) * light_ratio,
        "raju_1_5" => doppler_hz(input("v_kmh") / 3.6, wave_m),
        "raju_3_1" => blind_speed_m_s(input("lambda_m"), prf_hz),
        "maini_10_11" => {
            let unambiguous_m = unambiguous_range_m(prf_hz) * light_ratio;
            folded_range_m(input("true_range_km") * 1e3, unambiguous_m) / 1e3
        }
        "maini_10_5" => folded_speed_m_s(input("v_m_s"), wave_m, prf_hz).abs(),
        _ => return None,
    })
}

fn medium(example: &Example) -> Option<f64> {
    let input = |name: &str| example.input(name);
    let loss_db = |unit_m: f64, unit_hz: f64| free_space_loss_db(unit_m, wavelength_m(unit_hz));
    Some(match example.id.as_str() {
        "mw_height2range_43" => {
            let earth = EffectiveEarth { radius_m: input("effective_earth_radius_m") };
            let elevation_rad = input("el_deg").to_radians();
            earth.slant_to_height_m(input("antenna_h_m"), elevation_rad, input("target_h_m"))?
        }
        "mw_effearthradius" => {
            EffectiveEarth::from_refractivity_gradient(input("rgradient_per_m")).ok()?.radius_m
        }
        "mw_refractionexp_200" | "mw_refractionexp_450" => refractivity_decay_per_km(input("Ns")),
        "mw_npwgnthresh_real" => 2.0 * decibels(-normal_quantile(input("pfa"))),
        "raju_2_8" => {
            let excess = power_ratio(input("NF_dB")) - 1.0;
            excess * thermal_noise_w(input("T_K"), input("B_Hz"))
        }
        "ewhdbk_K1_nmi_MHz" => loss_db(NAUTICAL_MILE_M, 1e6),
        "ewhdbk_K1_nmi_GHz" => loss_db(NAUTICAL_MILE_M, 1e9),
        "ewhdbk_K1_km_MHz" => loss_db(1e3, 1e6),
        "ewhdbk_K1_km_GHz" => loss_db(1e3, 1e9),
        "ewhdbk_K1_m_MHz" => loss_db(1.0, 1e6),
        "ewhdbk_K1_m_GHz" => loss_db(1.0, 1e9),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::assert_passes;

    #[test]
    fn val_textbooks_and_manuals_worked_examples() {
        // 29 examples, of which three are about an atmosphere that redan does not have.
        assert_passes("03-worked-examples", 26);
    }
}
