//! Case 01: what a radar sees over the curve of the Earth.

use anyhow::{Context, Result};
use redan_geo::EffectiveEarth;
use redan_record::{AircraftId, Event, RadarId, Sight, What};
use redan_sim::Battle;
use redan_sim::card::Library;

use super::check::{Check, KM, METRES, Worst};
use super::table::{Row, Table};
use super::{Effort, Findings, field};

const HORIZON: &str = include_str!("../../../../validation/tables/radar/horizon.csv");
const BLAKE: &str = include_str!("../../../../validation/tables/radar/range_height_angle.csv");
const LITERATURE: &str = include_str!("../../../../validation/01-horizon/open-literature.csv");
const SCENARIO: &str = include_str!("../../../../validation/01-horizon/scenario.toml");

/// Mean radius behind the chart of ranges, heights and angles; ours is 6 371 000 m.
const BLAKE_RADIUS_M: f64 = 6_371_008.77;

/// Runs the case.
pub(super) fn run(library: &Library, _: Effort) -> Result<Findings> {
    let mut findings = Findings::default();
    findings.checks.extend(arcs_and_slants()?);
    findings.checks.push(chart()?);
    findings.checks.push(literature()?);
    for variant in [None, Some("mast")] {
        let battle = field::battle("01-horizon/scenario.toml", SCENARIO, variant, library)?;
        findings.checks.extend(come_into_view(&battle)?);
    }
    findings.note(
        "Engine: a target is first in view at the first scan after it has crossed the horizon, so it \
         may be nearer by what it flies in one scan, and never farther away.",
    );
    Ok(findings)
}

/// Distance at sea level at which two heights just see each other.
fn horizon_m(earth: EffectiveEarth, h1_m: f64, h2_m: f64) -> f64 {
    earth.horizon_arc_m(h1_m) + earth.horizon_arc_m(h2_m)
}

fn arcs_and_slants() -> Result<[Check; 2]> {
    let earth = EffectiveEarth::default();
    let (mut arcs, mut slants) = (Worst::default(), Worst::default());
    for row in Table::parse("horizon.csv", HORIZON)?.rows() {
        let (h1_m, h2_m) = (row.number("h1_m")?, row.number("h2_m")?);
        let arc_m = horizon_m(earth, h1_m, h2_m);
        let slant_m = earth.slant_m(h1_m, h2_m, arc_m);
        let label = || format!("{h1_m} m, {h2_m} m");
        // One metre is what the header of the table demands.
        arcs.add(label, row.number("ground_arc_exact_m")?, arc_m, 1.0);
        slants.add(label, row.number("los_slant_exact_m")?, slant_m, 1.0);
    }
    Ok([arcs.check(METRES, "horizon, arc"), slants.check(METRES, "horizon, slant")])
}

fn chart() -> Result<Check> {
    let earth = EffectiveEarth { radius_m: 4.0 / 3.0 * BLAKE_RADIUS_M };
    let mut ranges = Worst::default();
    for row in Table::parse("range_height_angle.csv", BLAKE)?.rows() {
        let (h1_m, h2_m) = (row.number("antenna_h_m")?, row.number("target_h_m")?);
        let elevation_deg = row.number("el_deg")?;
        let found_m = earth.slant_to_height_m(h1_m, elevation_deg.to_radians(), h2_m);
        let label = || format!("{h2_m} m at {elevation_deg} deg");
        let expected_m = row.number("range_4_3_earth_m")?;
        // A tenth of a metre is what the header demands; a height that is not reached fails.
        ranges.add(label, expected_m, found_m.unwrap_or(f64::NAN), 0.1);
    }
    Ok(ranges.check(METRES, "chart of ranges"))
}

fn literature() -> Result<Check> {
    let earth = EffectiveEarth::default();
    let mut printed = Worst::default();
    let ends =
        |row: &Row<'_>| Ok::<_, anyhow::Error>((row.number("antenna_m")?, row.number("target_m")?));
    for row in Table::parse("open-literature.csv", LITERATURE)?.rows() {
        let (h1_m, h2_m) = ends(&row)?;
        let printed_km = row.number("horizon_km")?;
        // Printed to a tenth of a kilometre, by a rule that is up to 0.1 % off the exact arc.
        let tolerance_km = 0.05 + 0.001 * printed_km;
        let found_km = horizon_m(earth, h1_m, h2_m) / 1000.0;
        printed.add(|| format!("{h1_m} m, {h2_m} m"), printed_km, found_km, tolerance_km);
    }
    Ok(printed.check(KM, "open literature"))
}

/// For each target the distance at which the one radar here first has it in view.
fn come_into_view(battle: &Battle) -> Result<Vec<Check>> {
    let radar = &battle.scenario.radars[0];
    let antenna_m = radar.antenna.height_m;
    let events = field::events(battle, 0);
    let mut checks = Vec::new();
    for index in 0..battle.scenario.aircraft.len() {
        let aircraft = AircraftId(index as u32);
        let name = &battle.scenario.aircraft[index].name;
        let seen = turned_visible(&events, aircraft)
            .with_context(|| format!("{name} did not come up over the horizon"))?;
        let place = field::place(battle, aircraft, seen.at);
        let closed_m = horizon_m(battle.scenario.earth.effective, antenna_m, place.height_m);
        let speed_m_s = battle.scenario.aircraft[index].route[0].speed_m_s;
        let scan_km = speed_m_s * radar.figures.scan_period_s / 1000.0;
        checks.push(Check::between(
            KM,
            format!("engine: {:.0} m comes up before {antenna_m:.0} m", place.height_m),
            closed_m / 1000.0,
            field::arc_m(radar.antenna, place) / 1000.0,
            // One metre beyond the horizon, as the tables allow.
            [-scan_km, 0.001],
        ));
    }
    Ok(checks)
}

/// The event with which a target that was below the horizon comes into view.
fn turned_visible(events: &[Event], target: AircraftId) -> Option<&Event> {
    let mut hidden = false;
    events.iter().find(|event| match event.what {
        What::Sighted { radar: RadarId(0), aircraft, sight } if aircraft == target => {
            let turned = hidden && sight.is_in_view();
            hidden = matches!(sight, Sight::BelowHorizon { .. });
            turned
        }
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::super::assert_passes;

    #[test]
    fn val_effective_earth_radar_horizon_by_tables_literature_and_engine() {
        // 2 × 7 targets in the engine and four tables.
        assert_passes("01-horizon", 18);
    }
}
