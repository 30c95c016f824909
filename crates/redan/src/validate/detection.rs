//! Case 04: exact detection probabilities for all of Swerling's cases.

use anyhow::{Context, Result};
use redan_sim::card::Library;
use redan_sim::model::detection::{DetectionCurve, Detector, Swerling};

use super::check::{CHANCE, Check, DECIBELS, Worst};
use super::table::{Row, Table};
use super::{Effort, Findings};

const PROBABILITIES: &str = include_str!("../../../../validation/tables/radar/pd_vs_snr.csv");
const RATIOS: &str = include_str!("../../../../validation/tables/radar/required_snr.csv");

/// Runs the case.
pub(super) fn run(_: &Library, _: Effort) -> Result<Findings> {
    let mut findings = Findings::default();
    findings.checks.extend(probabilities()?);
    findings.checks.push(ratios()?);
    Ok(findings)
}

fn detector(row: &Row<'_>) -> Result<(Detector, String)> {
    let (case, pulses) = (row.number("swerling")?, row.number("n_pulses")?);
    let pfa_prob = row.number("pfa")?;
    let swerling = Swerling::from_number(case as u8).context("no such case of Swerling's")?;
    let detector = Detector::new(swerling, pulses as u32, pfa_prob);
    let label = format!("case {case}, n {pulses}, pfa {pfa_prob:e}");
    Ok((detector.context("out of the model's range")?, label))
}

/// The exact sum, and the engine's table made of it.
fn probabilities() -> Result<[Check; 2]> {
    let (mut exact, mut tabulated) = (Worst::default(), Worst::default());
    let mut curve: Option<(Detector, DetectionCurve)> = None;
    for row in Table::parse("pd_vs_snr.csv", PROBABILITIES)?.rows() {
        let (detector, label) = detector(&row)?;
        let (snr_db, expected_prob) = (row.number("snr_per_pulse_dB")?, row.number("pd")?);
        // The header demands a millionth of an exact implementation.
        exact.add(|| label.clone(), expected_prob, detector.detection_prob(snr_db), 1e-6);
        // Rows of one detector stand together, and making a curve takes a thousand exact sums.
        if curve.as_ref().is_none_or(|(made, _)| *made != detector) {
            curve = Some((detector, DetectionCurve::new(&detector)));
        }
        if let Some((_, curve)) = &curve {
            tabulated.add(|| label, expected_prob, curve.detection_prob(snr_db), 1e-4);
        }
    }
    Ok([exact.check(CHANCE, "pd"), tabulated.check(CHANCE, "pd, table")])
}

fn ratios() -> Result<Check> {
    let mut needed = Worst::default();
    for row in Table::parse("required_snr.csv", RATIOS)?.rows() {
        let (detector, label) = detector(&row)?;
        let found_db = detector.required_snr_db(row.number("pd")?);
        let expected_db = row.number("snr_exact_dB")?;
        // A thousandth of a decibel is what the header demands.
        needed.add(|| label, expected_db, found_db.unwrap_or(f64::NAN), 0.001);
    }
    Ok(needed.check(DECIBELS, "SNR"))
}

#[cfg(test)]
mod tests {
    use super::super::assert_passes;

    #[test]
    fn val_swerling_detection_of_all_rows() {
        assert_passes("04-detection", 3);
    }
}
