//! Case 08: what air, rain and ground do to a wave on its way.

use anyhow::{Context, Result};
use redan_geo::EffectiveEarth;
use redan_sim::card::Library;
use redan_sim::model::propagation::multipath::Reflection;
use redan_sim::model::propagation::{
    Ground, Path, Surface, gas, knife_edge, propagation, rain, refractivity, spherical,
};
use redan_sim::model::radar_equation::LIGHT_M_S;

use super::check::{Check, DB_KM, DECIBELS, METRES, N_UNITS, RATIO, Worst};
use super::table::{Row, Table};
use super::{Effort, Findings, Grid};

macro_rules! table {
    ($name:literal) => {
        Table::parse(
            $name,
            include_str!(concat!("../../../../validation/tables/propagation/", $name)),
        )
    };
}

const TWO_RAYS: &str = include_str!("../../../../validation/tables/radar/multipath_two_ray.csv");

/// Runs the case. Tolerances are those that the headers of the tables demand, where no reason is given.
pub(super) fn run(_: &Library, _: Effort) -> Result<Findings> {
    let mut findings = Findings::default();
    findings.checks.push(refractivity()?);
    findings.checks.extend(air()?);
    findings.checks.push(slant_paths()?);
    findings.checks.extend(rain()?);
    findings.checks.extend(edges()?);
    findings.checks.extend(two_rays()?);
    findings.checks.extend(relief()?);
    findings.grids.push(low_fliers());
    Ok(findings)
}

fn refractivity() -> Result<Check> {
    let mut units = Worst::default();
    for row in table!("p453_refractivity.csv")?.rows() {
        let (pressure_hpa, t_c) = (row.number("P_total_hPa")?, row.number("T_C")?);
        let humidity = row.number("RH_pct")? / 100.0;
        let found =
            refractivity::refractivity_n_units(100.0 * pressure_hpa, t_c + 273.15, humidity);
        let label = || format!("{t_c} C, {humidity}");
        units.add(label, row.number("N_units")?, found, 0.05);
    }
    Ok(units.check(N_UNITS, "refractivity"))
}

fn air() -> Result<[Check; 3]> {
    let study_group = |table: Table, what: &str| {
        let mut worst = Worst::default();
        for row in table.rows() {
            let (f_ghz, wanted) = (row.number("f")?, row.number("gamma")?);
            let (p_pa, t_k) = (100.0 * row.number("P")?, row.number("T")?);
            let found = gas::specific(1e9 * f_ghz, p_pa, t_k, row.number("rho")?);
            worst.add(|| format!("{f_ghz} GHz"), wanted, found.sum_db_km(), 1e-3 * wanted);
        }
        Ok::<_, anyhow::Error>(worst.check(DB_KM, what))
    };
    let mut radar = Worst::default();
    for row in table!("p676_gamma_table.csv")?.rows() {
        let f_ghz = row.number("f_GHz")?;
        let (p_pa, t_k) = (100.0 * row.number("P_hPa_as_passed")?, row.number("T_K")?);
        let found = gas::specific(1e9 * f_ghz, p_pa, t_k, row.number("rho_g_m3")?);
        let wanted = row.number("gamma_oxygen_dB_km")? + row.number("gamma_water_dB_km")?;
        radar.add(|| format!("{f_ghz} GHz"), wanted, found.sum_db_km(), 1e-3 * wanted);
    }
    Ok([
        study_group(table!("itu_p676_12_gamma.csv")?, "air, P.676-12")?,
        study_group(table!("itu_p676_13_gamma.csv")?, "air, P.676-13")?,
        radar.check(DB_KM, "air, radar bands"),
    ])
}

fn slant_paths() -> Result<Check> {
    let earth = EffectiveEarth::default();
    let mut losses = Worst::default();
    for row in table!("p676_slant.csv")?.rows() {
        let (f_ghz, elevation_deg) = (row.number("f")?, row.number("el")?);
        let range_m = earth
            .slant_to_height_m(0.0, elevation_deg.to_radians(), 80e3)
            .context("a path that leads upwards")?;
        let found_db = gas::path_loss_db(1e9 * f_ghz, earth, 0.0, 80e3, range_m);
        let label = || format!("{f_ghz} GHz, {elevation_deg} deg");
        let wanted_db = row.number("A_gas")?;
        losses.add(label, wanted_db, found_db, 0.015 * wanted_db);
    }
    Ok(losses.check(DECIBELS, "air to space"))
}

fn rain() -> Result<[Check; 2]> {
    let losses = |table: Table, columns: [&str; 5], share: f64, what: &str| {
        let mut worst = Worst::default();
        for row in table.rows() {
            let [f_ghz, rate_mm_h, elevation_deg, tilt_deg, wanted] = numbers(&row, columns)?;
            let (elevation_rad, tilt_rad) = (elevation_deg.to_radians(), tilt_deg.to_radians());
            let found = rain::specific_db_km(1e9 * f_ghz, rate_mm_h, elevation_rad, tilt_rad);
            let label = || format!("{f_ghz} GHz, {rate_mm_h:.0} mm/h");
            worst.add(label, wanted, found, share * wanted);
        }
        Ok::<_, anyhow::Error>(worst.check(DB_KM, what))
    };
    let study_group = ["f", "R", "el", "tau", "gamma_r"];
    let bands = ["f_GHz", "rain_mm_h", "path_el_deg", "pol_tilt_deg", "gamma_rain_dB_km"];
    Ok([
        losses(table!("itu_p838_3_rain.csv")?, study_group, 1e-6, "rain, study group")?,
        losses(table!("p838_table.csv")?, bands, 1e-4, "rain, radar bands")?,
    ])
}

fn numbers<const N: usize>(row: &Row<'_>, columns: [&str; N]) -> Result<[f64; N]> {
    let mut found = [0.0; N];
    for (number, column) in found.iter_mut().zip(columns) {
        *number = row.number(column)?;
    }
    Ok(found)
}

fn edges() -> Result<[Check; 3]> {
    let [mut exact, mut formula, mut both] = [(); 3].map(|()| Worst::default());
    for row in table!("knife_edge.csv")?.rows() {
        let [nu, exact_db, formula_db] = numbers(&row, ["nu", "J_exact_dB", "J_p526_approx_dB"])?;
        let label = || format!("nu {nu}");
        exact.add(label, exact_db, knife_edge::exact_loss_db(nu), 1e-6);
        formula.add(label, formula_db, knife_edge::loss_db(nu), 1e-9);
        if nu > -0.7 {
            both.add(label, exact_db, knife_edge::loss_db(nu), 0.13);
        }
    }
    Ok([
        exact.check(DECIBELS, "knife edge, exact"),
        formula.check(DECIBELS, "knife edge, P.526"),
        both.check(DECIBELS, "P.526 for exact"),
    ])
}

fn two_rays() -> Result<[Check; 4]> {
    let [mut places, mut detours, mut spreads, mut factors] = [(); 4].map(|()| Worst::default());
    for row in Table::parse("multipath_two_ray.csv", TWO_RAYS)?.rows() {
        let columns = ["h1_m", "h2_m", "ground_range_m", "f_Hz", "effective_earth_radius_m"];
        let [h1_m, h2_m, arc_m, f_hz, radius_m] = numbers(&row, columns)?;
        let found = Reflection::new(radius_m, [h1_m, h2_m], arc_m).context("in sight")?;
        let columns = ["d1_specular_m", "path_difference_m", "divergence_D", "F_spherical_rho1"];
        let [place_m, detour_m, spread, factor] = numbers(&row, columns)?;
        places.add(String::new, place_m, found.specular_m, 0.1);
        detours.add(String::new, detour_m, found.path_difference_m, 1e-4 * detour_m);
        spreads.add(String::new, spread, found.divergence_ratio, 1e-4);
        let wavelength_m = LIGHT_M_S / f_hz;
        // Beyond that, the phase asks more of the detour than the table has.
        if detour_m / wavelength_m < 50.0 {
            factors.add(String::new, factor, found.factor_ratio(-1.0, wavelength_m), 1e-3);
        }
    }
    Ok([
        places.check(METRES, "two rays, point of reflection"),
        detours.check(METRES, "two rays, detour"),
        spreads.check(RATIO, "two rays, divergence"),
        factors.check(RATIO, "two rays, field"),
    ])
}

fn relief() -> Result<[Check; 3]> {
    let [mut sphere, mut whole, mut vertical] = [(); 3].map(|()| Worst::default());
    let profiles = table!("delta_bullington_profiles.csv")?;
    for row in table!("delta_bullington.csv")?.rows() {
        let name = row.text("profile")?;
        let ground_m = profile(&profiles, name)?;
        let columns = ["f", "pol", "ae", "d", "hts", "hrs", "hte", "hre", "Ldsph", "Ld50"];
        let [f_ghz, polarisation, radius_km, d_km, h1_m, h2_m, e1_m, e2_m, sphere_db, whole_db] =
            numbers(&row, columns)?;
        let (f_hz, radius_m, arc_m) = (1e9 * f_ghz, 1e3 * radius_km, 1e3 * d_km);
        let path = Path { radius_m, ends_m: [h1_m, h2_m], arc_m, ground_m: &ground_m };
        let found_db = path.shape().loss_db(&path, LIGHT_M_S / f_hz, Ground::LAND);
        let smooth_db = spherical::loss_db(radius_m, [e1_m, e2_m], arc_m, f_hz, Ground::LAND);
        let site = name.split('_').next().unwrap_or(name);
        let label = || format!("{site}, {f_ghz} GHz");
        if polarisation > 1.5 && sphere_db > 0.0 {
            // Our sphere is for horizontal polarisation; at radar frequencies there is no difference.
            let tolerance_db = if f_ghz < 1.0 { 0.11 } else { 0.011 };
            vertical.add(label, whole_db, found_db, tolerance_db);
        } else {
            sphere.add(label, sphere_db, smooth_db, 1e-3);
            whole.add(label, whole_db, found_db, 1e-3);
        }
    }
    Ok([
        sphere.check(DECIBELS, "smooth Earth"),
        whole.check(DECIBELS, "relief"),
        vertical.check(DECIBELS, "vertical as horizontal"),
    ])
}

fn profile(table: &Table, name: &str) -> Result<Vec<f64>> {
    for row in table.rows() {
        if row.text("profile")? == name {
            let heights = row.text("heights")?.split(' ').map(|height| Ok(height.parse()?));
            return heights.collect();
        }
    }
    anyhow::bail!("no profile {name}")
}

/// What the way does to a wave of 10 cm over the sea, for heights and distances.
fn low_fliers() -> Grid {
    const FAR_KM: [u32; 6] = [10, 20, 30, 40, 60, 80];
    let sea = Surface { ground: Ground::SEA, roughness_m: 0.3 };
    let earth = EffectiveEarth::default();
    let one_way_db = |height_m: f64, far_km: u32| {
        let arc_m = f64::from(far_km) * 1e3;
        let ends_m = [24.0, height_m];
        let path = Path { radius_m: earth.radius_m, ends_m, arc_m, ground_m: &[] };
        Some(propagation(&path, &sea, 0.1).one_way_db)
    };
    Grid {
        title: "Field against free space, one way, dB: antenna 24 m over the sea, 3 GHz".into(),
        columns: FAR_KM.map(|far_km| format!("{far_km} km")).to_vec(),
        rows: [10.0, 30.0, 100.0, 300.0, 1_000.0]
            .map(|h_m| (format!("{h_m} m"), FAR_KM.map(|km| one_way_db(h_m, km)).to_vec()))
            .to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::assert_passes;

    #[test]
    fn val_propagation_by_the_tables_of_the_itu() {
        assert_passes("08-propagation", 17);
    }
}
