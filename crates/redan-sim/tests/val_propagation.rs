//! Propagation against tables and published limits.

use redan_sim::model::propagation::multipath::Reflection;
use redan_sim::model::propagation::{
    Ground, Path, Region, Surface, knife_edge, propagation, spherical,
};
use redan_sim::model::radar_equation::LIGHT_M_S;

const RADIUS_M: f64 = 4.0 / 3.0 * 6_371_000.0;

fn rows(text: &str) -> impl Iterator<Item = Vec<f64>> + '_ {
    let data = text.lines().filter(|line| !line.starts_with('#')).skip(1);
    data.map(|line| line.split(',').map(|cell| cell.parse().expect("a number")).collect())
}

#[test]
fn val_p526_knife_edge_by_its_own_formula_and_near_the_fresnel_integral() {
    let table = include_str!("../../../validation/tables/propagation/knife_edge.csv");
    let mut count = 0;
    for row in rows(table) {
        let found_db = knife_edge::loss_db(row[0]);
        assert!((found_db - row[2]).abs() < 1e-9, "{row:?}: {found_db}");
        // What the header allows between the approximation and the integral.
        assert!(row[0] <= -0.7 || (found_db - row[1]).abs() < 0.13, "{row:?}");
        count += 1;
    }
    assert_eq!(count, 33);
}

#[test]
fn val_kerr_two_rays_over_the_sphere() {
    let table = include_str!("../../../validation/tables/radar/multipath_two_ray.csv");
    let mut count = 0;
    for row in rows(table) {
        let [h1_m, h2_m, arc_m, f_hz, radius_m] = [row[0], row[1], row[2], row[3], row[4]];
        let found = Reflection::new(radius_m, [h1_m, h2_m], arc_m).expect("in sight");
        // Tolerances of the header.
        assert!((found.specular_m - row[5]).abs() < 0.1, "{row:?}: {found:?}");
        assert!((found.path_difference_m / row[7] - 1.0).abs() < 1e-4, "{row:?}: {found:?}");
        assert!((found.divergence_ratio - row[9]).abs() < 1e-4, "{row:?}: {found:?}");
        let wavelength_m = LIGHT_M_S / f_hz;
        if row[7] / wavelength_m < 50.0 {
            let factor = found.factor_ratio(-1.0, wavelength_m);
            assert!((factor - row[10]).abs() < 1e-3, "{row:?}: {factor}");
        }
        count += 1;
    }
    assert_eq!(count, 120);
}

#[test]
fn val_p526_grazing_over_the_smooth_sphere_costs_far_more_than_a_knife_edge() {
    // Equal heights that just see each other; figures of the first term of the residue series, worked out
    // apart from this code from equations 14 to 18 of the Recommendation.
    for (f_hz, h_m, wanted_db) in [(3e9, 6.0, 22.77), (3e9, 20.0, 16.49), (1e9, 100.0, 13.72)] {
        let arc_m = 2.0 * (2.0 * RADIUS_M * h_m).sqrt() + 1.0;
        let loss_db = spherical::loss_db(RADIUS_M, [h_m, h_m], arc_m, f_hz, Ground::LAND);
        assert!((loss_db - wanted_db).abs() < 0.05, "{f_hz} {h_m}: {loss_db}");
        assert!(spherical::loss_db(RADIUS_M, [h_m, h_m], 0.1 * arc_m, f_hz, Ground::LAND) < 0.01);
        let deep_db = spherical::loss_db(RADIUS_M, [h_m, h_m], 1.5 * arc_m, f_hz, Ground::LAND);
        assert!(deep_db > loss_db + 10.0, "{deep_db}");
    }
}

fn path<'a>(ends_m: [f64; 2], arc_m: f64, ground_m: &'a [f64]) -> Path<'a> {
    Path { radius_m: RADIUS_M, ends_m, arc_m, ground_m }
}

const ROUGH: Surface = Surface { ground: Ground::LAND, roughness_m: 50.0 };

#[test]
fn a_flat_profile_is_the_smooth_sphere() {
    let flat = vec![0.0; 201];
    for (h1_m, h2_m, arc_m) in [(20.0, 50.0, 60e3), (20.0, 30.0, 40e3), (24.0, 500.0, 90e3)] {
        let with = propagation(&path([h1_m, h2_m], arc_m, &flat), &ROUGH, 0.1);
        let without = propagation(&path([h1_m, h2_m], arc_m, &[]), &ROUGH, 0.1);
        assert!((with.one_way_db - without.one_way_db).abs() < 0.3, "{with:?} {without:?}");
        let sphere_db =
            spherical::loss_db(RADIUS_M, [h1_m, h2_m], arc_m, LIGHT_M_S / 0.1, Ground::LAND);
        // Delta-Bullington over a smooth Earth is the spherical loss by construction.
        if with.region == Region::Diffraction {
            assert!((with.one_way_db + sphere_db).abs() < 0.5, "{with:?} {sphere_db}");
        }
    }
}

#[test]
fn one_sharp_edge_far_above_the_ground_is_bullingtons_knife_edge() {
    // 600 m high edge halfway of 40 km, ends at 500 m over deep ground: the Earth plays no part.
    let mut ground_m = vec![0.0; 401];
    ground_m[200] = 600.0;
    let found = propagation(&path([500.0, 500.0], 40e3, &ground_m), &ROUGH, 0.1);
    let over_m = 600.0 + 20e3 * 20e3 / (2.0 * RADIUS_M) - 500.0;
    let nu = over_m * (2.0_f64 * 40e3 / (0.1 * 20e3 * 20e3)).sqrt();
    let edge_db = knife_edge::loss_db(nu);
    let bullington_db = edge_db + (1.0 - libm::exp(-edge_db / 6.0)) * (10.0 + 0.02 * 40.0);
    assert!((found.one_way_db + bullington_db).abs() < 0.2, "{found:?} {bullington_db}");
    assert_eq!(found.region, Region::Diffraction);
}

#[test]
fn the_factor_is_continuous_and_never_above_the_sum_of_two_rays() {
    let sea = Surface { ground: Ground::SEA, roughness_m: 0.2 };
    let hills: Vec<f64> = (0..=150).map(|n| 80.0 + 60.0 * libm::sin(f64::from(n) * 0.21)).collect();
    for (ground_m, surface) in [(&[] as &[f64], sea), (&hills, ROUGH), (&hills, sea)] {
        for arc_m in [15e3, 40e3, 90e3] {
            let at = |h_m: f64| {
                propagation(&path([160.0, h_m], arc_m, ground_m), &surface, 0.1).one_way_db
            };
            let mut last = at(141.0);
            for step in 1..4000 {
                let h_m = 141.0 + f64::from(step) * 0.1;
                let now = at(h_m);
                assert!(now.is_finite() && now <= 6.03, "{h_m}: {now}");
                // A tenth of a metre turns the phase by a fraction of a lobe, and moves an edge close to the
                // target by a fraction of its zone; in amplitudes.
                let (a, b) = (libm::pow(10.0, last / 20.0), libm::pow(10.0, now / 20.0));
                assert!((a - b).abs() < 0.15, "{arc_m} {h_m}: {last} to {now}");
                last = now;
            }
        }
    }
}

#[test]
fn nothing_is_lost_well_above_the_ground_and_everything_deep_behind_it() {
    let high = propagation(&path([20.0, 9_000.0], 100e3, &[]), &ROUGH, 0.1);
    assert!(high.one_way_db.abs() < 1e-9 && high.region == Region::Interference, "{high:?}");
    let deep = propagation(&path([20.0, 30.0], 200e3, &[]), &ROUGH, 0.1);
    assert!(deep.one_way_db < -100.0, "{deep:?}");
}
