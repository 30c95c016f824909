//! Case 07: frames and lines of sight against independent implementations.

use anyhow::Result;
use redan_geo::{Ecef, EffectiveEarth, Geodetic, LocalFrame, wrap_pi_rad};
use redan_sim::card::Library;

use super::check::{COUNT, Check, DEGREES, METRES, Worst};
use super::table::{Row, Table};
use super::{Effort, Findings};

const ECEF: &str = include_str!("../../../../validation/tables/geodesy/geodetic_ecef.csv");
const LOCAL: &str = include_str!("../../../../validation/tables/geodesy/enu_aer.csv");
const SIGHT: &str = include_str!("../../../../validation/tables/los/smooth_earth_los.csv");

/// Runs the case. Tolerances are those that the headers of the tables demand.
pub(super) fn run(_: &Library, _: Effort) -> Result<Findings> {
    let mut findings = Findings::default();
    findings.checks.extend(earth_centred()?);
    findings.checks.extend(local()?);
    findings.checks.extend(sight()?);
    Ok(findings)
}

fn place(row: &Row<'_>, [lat, lon, height]: [&str; 3]) -> Result<Geodetic> {
    Ok(Geodetic::from_degrees(row.number(lat)?, row.number(lon)?, row.number(height)?))
}

fn earth_centred() -> Result<[Check; 3]> {
    let [mut there, mut angles, mut heights] = [(); 3].map(|()| Worst::default());
    for row in Table::parse("geodetic_ecef.csv", ECEF)?.rows() {
        let place = place(&row, ["lat_deg", "lon_deg", "h_m"])?;
        let position =
            Ecef { x_m: row.number("x_m")?, y_m: row.number("y_m")?, z_m: row.number("z_m")? };
        there.add(String::new, 0.0, place.to_ecef().distance_m(position), 1e-6);
        let back = position.to_geodetic();
        heights.add(String::new, 0.0, back.height_m - place.height_m, 1e-6);
        angles.add(String::new, 0.0, back.lat_deg() - row.number("lat_deg")?, 1e-9);
        // The longitude of a pole is a convention.
        if place.lat_deg().abs() < 90.0 {
            let turn_rad = wrap_pi_rad(back.lon_rad - place.lon_rad);
            angles.add(String::new, 0.0, turn_rad.to_degrees(), 1e-9);
        }
    }
    Ok([
        there.check(METRES, "geodetic to Earth-centred, error"),
        angles.check(DEGREES, "and back, latitude and longitude"),
        heights.check(METRES, "and back, height"),
    ])
}

fn local() -> Result<[Check; 3]> {
    let [mut metres, mut angles, mut ranges] = [(); 3].map(|()| Worst::default());
    for row in Table::parse("enu_aer.csv", LOCAL)?.rows() {
        let frame = LocalFrame::new(place(&row, ["lat0_deg", "lon0_deg", "h0_m"])?);
        let target = place(&row, ["lat_deg", "lon_deg", "h_m"])?.to_ecef();
        let (enu, aer) = (frame.enu(target), frame.aer(target));
        for (found_m, column) in
            [(enu.east_m, "east_m"), (enu.north_m, "north_m"), (enu.up_m, "up_m")]
        {
            metres.add(String::new, 0.0, found_m - row.number(column)?, 1e-6);
        }
        for (found_rad, column) in [(aer.azimuth_rad, "az_deg"), (aer.elevation_rad, "el_deg")] {
            let turn_rad = wrap_pi_rad(found_rad - row.number(column)?.to_radians());
            angles.add(String::new, 0.0, turn_rad.to_degrees(), 1e-9);
        }
        ranges.add(String::new, 0.0, aer.range_m - row.number("slant_m")?, 1e-6);
    }
    Ok([
        metres.check(METRES, "east, north, up, error"),
        angles.check(DEGREES, "azimuth and elevation, error"),
        ranges.check(METRES, "range, error"),
    ])
}

fn sight() -> Result<[Check; 3]> {
    let (mut chords, mut clearances) = (Worst::default(), Worst::default());
    let mut wrong_count = 0.0;
    for row in Table::parse("smooth_earth_los.csv", SIGHT)?.rows() {
        let earth = EffectiveEarth { radius_m: row.number("effective_radius_m")? };
        let (h1_m, h2_m) = (row.number("h1_m")?, row.number("h2_m")?);
        let (arc_m, d1_m) = (row.number("arc_distance_m")?, row.number("d1_m")?);
        let chord_m = earth.chord_height_m(h1_m, h2_m, arc_m, d1_m);
        let label = || format!("{:.0} km", arc_m / 1e3);
        chords.add(label, row.number("los_height_above_sphere_at_d1_m")?, chord_m, 0.01);
        let clearance_m = earth.min_clearance_m(h1_m, h2_m, arc_m);
        clearances.add(label, row.number("min_clearance_m")?, clearance_m, 0.01);
        let visible = row.text("visible_smooth")? == "1";
        wrong_count += f64::from(u8::from(earth.is_visible(h1_m, h2_m, arc_m) != visible));
    }
    Ok([
        chords.check(METRES, "height of the line of sight"),
        clearances.check(METRES, "clearance of the line of sight"),
        Check::error(COUNT, "lines of sight judged wrongly", wrong_count, 0.0),
    ])
}

#[cfg(test)]
mod tests {
    use super::super::assert_passes;

    #[test]
    fn val_proj_pymap3d_and_closed_forms_of_geodesy() {
        assert_passes("07-geodesy", 9);
    }
}
