//! A product that looks like a real one, for tests and for judging the look: one battalion north-west of
//! Ankara over invented relief. None of its figures is of a real system.

use redan_geo::{Geodetic, MEAN_RADIUS_M};
use redan_record::coverage::{
    COVERAGE_SCHEMA_VERSION, CellGrid, Coverage, CoverageTarget, FlightHeight, Layer, Limit, Site,
    SiteRadar, Stage,
};

/// Rays of the fake viewshed.
const RAYS: usize = 1_440;
const STEP_M: f64 = 1_000.0;
const REACH_M: f64 = 400_000.0;

/// A product of cells of so many arc-seconds.
pub(super) fn product(radius_m: f64, cell_arcsec: f64) -> Coverage {
    let site = Geodetic::from_degrees(40.08, 32.57, 0.0);
    let grid = grid(site, radius_m, cell_arcsec / 3600.0);
    let view = viewshed(site, radius_m);
    let mut ground_m = Vec::with_capacity(grid.len());
    let mut lowest_m = Vec::with_capacity(grid.len());
    let mut range_m = Vec::with_capacity(grid.len());
    for row in 0..grid.rows {
        for column in 0..grid.columns {
            let [lat_deg, lon_deg] = grid.middle_deg(row, column);
            let (range, azimuth_rad) = polar(site, lat_deg, lon_deg);
            let ray = (azimuth_rad.to_degrees() * RAYS as f64 / 360.0).round() as usize % RAYS;
            let step = (range / STEP_M) as usize;
            let inside = range <= radius_m && step < view[ray].len();
            ground_m.push(relief_m(lat_deg, lon_deg) as f32);
            lowest_m.push(if inside { view[ray][step] as f32 } else { f32::NAN });
            range_m.push(range);
        }
    }
    let heights =
        [(50.0, true), (300.0, true), (1_000.0, true), (3_000.0, false), (10_000.0, false)];
    let mut layers = Vec::new();
    for (height_m, above_ground) in heights {
        for stage in Stage::ALL {
            let limits = |slack: f64| -> Vec<u8> {
                (0..grid.len())
                    .map(|cell| {
                        let ground = f64::from(ground_m[cell]);
                        let height_m = if above_ground { ground + height_m } else { height_m };
                        limit(
                            stage,
                            height_m,
                            ground,
                            f64::from(lowest_m[cell]),
                            range_m[cell],
                            slack,
                        ) as u8
                    })
                    .collect()
            };
            let nominal = limits(1.0);
            let sites_count =
                nominal.iter().map(|limit| u8::from(*limit == Limit::Covered as u8)).collect();
            layers.push(Layer {
                flight: FlightHeight { height_m, above_ground },
                stage,
                pessimistic: limits(0.85),
                optimistic: limits(1.1),
                sites_count,
                nominal,
            });
        }
    }
    finish(site, radius_m, grid, ground_m, lowest_m, layers)
}

fn finish(
    place: Geodetic,
    radius_m: f64,
    grid: CellGrid,
    ground_m: Vec<f32>,
    lowest_visible_m: Vec<f32>,
    layers: Vec<Layer>,
) -> Coverage {
    let radar = SiteRadar {
        name: "Search radar".to_owned(),
        card: "invented-search".to_owned(),
        engages: false,
        antenna: place,
        above_ground_m: 24.0,
        instrumented_range_m: REACH_M,
    };
    let site = Site {
        name: "Mürted".to_owned(),
        card: "invented-battalion".to_owned(),
        place,
        radars: vec![radar],
        naive_radius_m: REACH_M,
        naive_claim: "reach claimed by the maker".to_owned(),
        missile: Some("long-range missile".to_owned()),
    };
    Coverage {
        schema_version: COVERAGE_SCHEMA_VERSION,
        title: "What a battalion near Ankara covers".to_owned(),
        command: "redan coverage battalion --at 40.08N,32.57E --target cruise-missile".to_owned(),
        target: CoverageTarget {
            name: "cruise missile".to_owned(),
            rcs_m2: 0.1,
            speed_m_s: 240.0,
            swerling: 1,
        },
        probability_wanted_prob: 0.8,
        sites: vec![site],
        radius_m,
        grid,
        ground_m,
        lowest_visible_m,
        layers,
        relief_error_m: 9.0,
        terrain: "invented relief, 30 arc-seconds".to_owned(),
        terrain_hash: "0123456789abcdef".to_owned(),
        sources: vec!["Invented for a test; no figure of a real system.".to_owned()],
        caveats: vec![
            "The relief is invented: this picture shows a style, not a place.".to_owned(),
            "Woods and buildings are left out; they shorten coverage at 50 m.".to_owned(),
        ],
    }
}

fn grid(site: Geodetic, radius_m: f64, step_deg: f64) -> CellGrid {
    let half_lat = (radius_m / MEAN_RADIUS_M).to_degrees();
    let half_lon = half_lat / libm::cos(site.lat_rad);
    let (half_rows, half_columns) =
        ((half_lat / step_deg).ceil() as usize, (half_lon / step_deg).ceil() as usize);
    CellGrid {
        south_deg: site.lat_deg() - half_rows as f64 * step_deg,
        west_deg: site.lon_deg() - half_columns as f64 * step_deg,
        lat_step_deg: step_deg,
        lon_step_deg: step_deg,
        rows: 2 * half_rows + 1,
        columns: 2 * half_columns + 1,
    }
}

fn polar(site: Geodetic, lat_deg: f64, lon_deg: f64) -> (f64, f64) {
    let mean_rad = (lat_deg.to_radians() + site.lat_rad) / 2.0;
    let north_m = (lat_deg.to_radians() - site.lat_rad) * MEAN_RADIUS_M;
    let east_m = (lon_deg - site.lon_deg()).to_radians() * libm::cos(mean_rad) * MEAN_RADIUS_M;
    let azimuth_rad = libm::atan2(east_m, north_m);
    let turn = std::f64::consts::TAU;
    (libm::hypot(east_m, north_m), if azimuth_rad < 0.0 { azimuth_rad + turn } else { azimuth_rad })
}

/// Hills that rise to the east, with flat sea north of 41.5°.
fn relief_m(lat_deg: f64, lon_deg: f64) -> f64 {
    let wave = |a: f64, b: f64, c: f64| libm::sin(a * lat_deg + b * lon_deg + c);
    let ridge = |a: f64, b: f64, c: f64| 1.0 - wave(a, b, c).abs();
    let broad = 900.0 + 350.0 * wave(1.1, 0.9, 0.3) + 90.0 * (lon_deg - 32.5);
    let rough = 420.0 * ridge(3.1, 1.7, 0.0) * ridge(1.3, -2.2, 1.0) * ridge(5.3, 4.1, 0.7)
        + 90.0 * ridge(11.0, -7.0, 2.0) * ridge(-4.0, 9.0, 0.2)
        + 30.0 * ridge(27.0, 33.0, 0.5) * ridge(37.0, -23.0, 0.9);
    let shore = ((41.4 + 0.3 * wave(0.0, 1.9, 0.0) - lat_deg) * 2.5).clamp(0.0, 1.0);
    ((broad + rough) * shore).max(0.0)
}

/// Lowest height in sight by ray and step, over an Earth of 4/3 radius.
fn viewshed(site: Geodetic, radius_m: f64) -> Vec<Vec<f64>> {
    let earth_m = MEAN_RADIUS_M * 4.0 / 3.0;
    let eye_m = relief_m(site.lat_deg(), site.lon_deg()) + 240.0;
    let ray = |index: usize| {
        let azimuth_rad = (index as f64 * 360.0 / RAYS as f64).to_radians();
        let (east, north) = (libm::sin(azimuth_rad), libm::cos(azimuth_rad));
        let mut steepest = f64::MIN;
        let at = |step: usize| {
            let range_m = (step as f64 + 0.5) * STEP_M;
            let lat_rad = site.lat_rad + north * range_m / MEAN_RADIUS_M;
            let mean_rad = (lat_rad + site.lat_rad) / 2.0;
            let lon_rad = site.lon_rad + east * range_m / MEAN_RADIUS_M / libm::cos(mean_rad);
            let drop_m = range_m * range_m / (2.0 * earth_m);
            let ground_m = relief_m(lat_rad.to_degrees(), lon_rad.to_degrees());
            steepest = steepest.max((ground_m - drop_m - eye_m) / range_m);
            (eye_m + steepest * range_m + drop_m).max(ground_m)
        };
        (0..(radius_m / STEP_M) as usize + 1).map(at).collect()
    };
    (0..RAYS).map(ray).collect()
}

fn limit(
    stage: Stage,
    height_m: f64,
    ground_m: f64,
    lowest_m: f64,
    range_m: f64,
    slack: f64,
) -> Limit {
    if lowest_m.is_nan() {
        return Limit::Outside;
    }
    if height_m <= ground_m {
        return Limit::Ground;
    }
    let lag_m = if stage == Stage::Detection { 0.0 } else { 240.0 * 24.0 };
    if height_m < lowest_m {
        let horizon_m = 4_122.0 * (height_m.max(0.0).sqrt() + 35.0);
        return if range_m > horizon_m { Limit::Horizon } else { Limit::Terrain };
    }
    if range_m > (REACH_M - 30_000.0) * slack {
        return Limit::Signal;
    }
    if range_m > (REACH_M - 30_000.0) * slack - lag_m {
        return Limit::Time;
    }
    if stage != Stage::Engagement {
        return Limit::Covered;
    }
    match () {
        () if range_m < 5_000.0 => Limit::TooClose,
        () if height_m < lowest_m + range_m * 0.004 => Limit::Illumination,
        () if range_m > (110_000.0 + 16.0 * height_m) * slack => Limit::MissileReach,
        () => Limit::Covered,
    }
}
