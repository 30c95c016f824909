//! Air and rain on the way of a wave, against tables.

use proptest::prelude::*;
use redan_geo::EffectiveEarth;
use redan_sim::model::propagation::refractivity::{refractivity_n_units, vapour_pressure_pa};
use redan_sim::model::propagation::{GasTable, RainField, RainLoss, gas, rain};

macro_rules! table {
    ($name:literal) => {
        include_str!(concat!("../../../validation/tables/propagation/", $name))
    };
}

fn rows(text: &str) -> impl Iterator<Item = Vec<f64>> + '_ {
    let data = text.lines().filter(|line| !line.starts_with('#')).skip(1);
    data.map(|line| line.split(',').map(|cell| cell.parse().expect("a number")).collect())
}

/// Within a share of what was expected, or within a half of the last digit of tables that print few.
fn near(found: f64, wanted: f64, share: f64, half_digit: f64) -> bool {
    (found - wanted).abs() <= share * wanted.abs() + half_digit
}

#[test]
fn val_p453_refractivity_from_pressure_temperature_and_humidity() {
    let mut count = 0;
    for row in rows(table!("p453_refractivity.csv")) {
        let (pressure_pa, t_k, humidity) = (row[0] * 100.0, row[1] + 273.15, row[2] / 100.0);
        let found = refractivity_n_units(pressure_pa, t_k, humidity);
        // 0.05 N-units is what the header demands; the formula is the same, so far less is asked.
        assert!((found - row[4]).abs() < 1e-6, "{row:?}: {found}");
        let vapour_pa = vapour_pressure_pa(pressure_pa, t_k, humidity);
        assert!((vapour_pa / 100.0 - row[3]).abs() < 1e-9, "{row:?}: {vapour_pa}");
        count += 1;
    }
    assert_eq!(count, 40);
}

#[test]
fn val_p676_specific_attenuation_by_the_examples_of_the_study_group() {
    for (text, half_digit, least) in
        [(table!("itu_p676_12_gamma.csv"), 5e-10, 170), (table!("itu_p676_13_gamma.csv"), 0.0, 170)]
    {
        let mut count = 0;
        for row in rows(text) {
            let found = gas::specific(row[0] * 1e9, row[1] * 100.0, row[2], row[3]);
            // A thousandth is what the headers demand; the tables hold far more.
            assert!(near(found.oxygen_db_km, row[4], 1e-6, half_digit), "{row:?}: {found:?}");
            assert!(near(found.water_db_km, row[5], 1e-6, half_digit), "{row:?}: {found:?}");
            assert!(near(found.sum_db_km(), row[6], 1e-6, half_digit), "{row:?}: {found:?}");
            count += 1;
        }
        assert!(count >= least, "{count}");
    }
}

#[test]
fn val_itur_specific_attenuation_at_radar_frequencies() {
    let mut count = 0;
    for row in rows(table!("p676_gamma_table.csv")) {
        let found = gas::specific(row[0] * 1e9, row[1] * 100.0, row[2], row[3]);
        assert!(near(found.oxygen_db_km, row[4], 1e-6, 0.0), "{row:?}: {found:?}");
        assert!(near(found.water_db_km, row[5], 1e-6, 0.0), "{row:?}: {found:?}");
        count += 1;
    }
    assert!(count > 70, "{count}");
}

#[test]
fn val_itur_loss_along_slant_paths_through_the_atmosphere() {
    let earth = EffectiveEarth::default();
    let mut count = 0;
    for row in rows(table!("p676_slant.csv")) {
        let (f_hz, elevation_rad) = (row[0] * 1e9, row[1].to_radians());
        let range_m = earth.slant_to_height_m(0.0, elevation_rad, 80e3).expect("upwards");
        let found_db = gas::path_loss_db(f_hz, earth, 0.0, 80e3, range_m);
        // The source takes the whole pressure for that of dry air, up to 1 % too much, and bends rays by the
        // layer, half a per cent at 5 degrees.
        assert!(near(found_db, row[2], 0.015, 0.0), "{row:?}: {found_db}");
        count += 1;
    }
    assert_eq!(count, 30);
}

#[test]
fn val_p838_specific_attenuation_of_rain() {
    let mut count = 0;
    for row in rows(table!("itu_p838_3_rain.csv")) {
        let found =
            rain::specific_db_km(row[1] * 1e9, row[2], row[0].to_radians(), row[3].to_radians());
        // What the header demands.
        assert!(near(found, row[6], 1e-6, 5e-9), "{row:?}: {found}");
        count += 1;
    }
    assert_eq!(count, 8);
    for row in rows(table!("p838_table.csv")) {
        let found =
            rain::specific_db_km(row[0] * 1e9, row[1], row[2].to_radians(), row[3].to_radians());
        assert!(near(found, row[4], 1e-9, 0.0), "{row:?}: {found}");
        count += 1;
    }
    assert!(count > 100, "{count}");
}

#[test]
fn the_table_of_air_is_within_a_twentieth_of_a_decibel_of_the_integral() {
    let earth = EffectiveEarth::default();
    for (f_hz, antenna_m) in [(0.15e9, 20.0), (3.0e9, 900.0), (10e9, 6.0), (18e9, 24.0), (6e9, 9e3)]
    {
        let table = GasTable::new(f_hz, antenna_m, earth);
        let mut worst_db = 0.0_f64;
        for height_m in [3.0, 30.0, 170.0, 800.0, 2.3e3, 7.7e3, 11.2e3, 24e3, 60e3] {
            for step in 1..25 {
                let range_m = f64::from(step) * 24_700.0;
                let exact_db = gas::path_loss_db(f_hz, earth, antenna_m, height_m, range_m);
                worst_db = worst_db.max((table.loss_db(range_m, height_m) - exact_db).abs());
            }
        }
        println!("{f_hz:e} Hz from {antenna_m} m: {worst_db:.4} dB");
        assert!(worst_db < 0.05, "{f_hz} {antenna_m}: {worst_db}");
    }
}

#[test]
fn outside_its_range_the_table_goes_on_and_never_fails() {
    let table = GasTable::new(3e9, 20.0, EffectiveEarth::default());
    for range_m in [-1.0, 0.0, 1.0, 599_999.0, 600e3, 900e3, f64::INFINITY] {
        for height_m in [-500.0, 0.0, 100e3, 1e7, f64::INFINITY] {
            let found_db = table.loss_db(range_m, height_m);
            assert!(found_db >= 0.0, "{range_m} {height_m}: {found_db}");
        }
    }
}

#[test]
fn below_sea_level_the_air_is_that_of_sea_level() {
    assert_eq!(gas::specific_at(3e9, -300.0), gas::specific_at(3e9, 0.0));
}

/// No file of failures beside the tests.
fn quick() -> ProptestConfig {
    ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(quick())]

    #[test]
    fn farther_is_more_air_and_more_rain(
        f_ghz in 0.2..16.0_f64, h_m in 0.0..12e3_f64, range_m in 15e3..500e3_f64, more_m in 1e2..5e4_f64,
    ) {
        let earth = EffectiveEarth::default();
        let air = |r_m| gas::path_loss_db(f_ghz * 1e9, earth, 20.0, h_m, r_m);
        prop_assert!(air(range_m + more_m) > air(range_m));
        let field = RainField { rate_mm_h: 4.0, top_m: 3e3, extent_m: 1e6 };
        let wet = RainLoss::new(f_ghz * 1e9, 0.0, field);
        let rain = |r_m| wet.loss_db(earth, 20.0, h_m, r_m);
        // Rain ends at its top: a longer path to the same height is lower, and none of it drier.
        prop_assert!(rain(range_m + more_m) >= rain(range_m) - 1e-12);
    }
}
