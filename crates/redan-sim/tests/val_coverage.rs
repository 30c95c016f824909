//! Coverage against the running engine: over random sites, heights, targets and directions, where does the
//! product say that nine in ten inbound targets have a track, or have been met, and where does it happen
//! when the battle is fought?
//!
//! Tolerances. A track: the looks of the two search radars come every few seconds, and the product averages
//! over their phases while ten battles sample them, so two turns of the slower radar either way; and 8 % of
//! the range, because two plots within one tick count as one in the product, and because the tracker may
//! start from a false plot or miss a gate. A meeting: the same two turns, and 12 % for the chance of command
//! and acquisition, where the product reckons with mean delays. Of the forty distances one may lie outside:
//! low coverage in broken country comes in patches, and the farthest one is all or nothing.

mod common;

use std::collections::BTreeSet;
use std::sync::Arc;

use redan_geo::{Earth, EffectiveEarth, Geodetic, GridGeometry, HeightGrid, Station};
use redan_record::coverage::FlightHeight;
use redan_record::{Recording, What};
use redan_sim::Battle;
use redan_sim::card::Library;
use redan_sim::coverage::{Plan, Request, SiteWish, TargetWish};
use redan_sim::scenario::{Draft, Environment};

const CASES: usize = 20;
/// Of twice as many distances.
const OUTLIERS: usize = 1;
const REPLICATIONS: u64 = 10;
const RADIUS_M: f64 = 360e3;

struct Dice(u64);

impl Dice {
    fn draw(&mut self) -> f64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn choice<T: Copy>(&mut self, of: &[T]) -> T {
        of[(self.draw() * of.len() as f64) as usize]
    }
}

/// Rolling country between sea level and 900 m, 30 arc-seconds, 8 by 10 degrees.
fn country() -> Earth {
    let (rows, columns) = (961, 1201);
    let step_rad = (1.0_f64 / 120.0).to_radians();
    let geometry = GridGeometry {
        south_rad: 36.0_f64.to_radians(),
        west_rad: 28.0_f64.to_radians(),
        lat_step_rad: step_rad,
        lon_step_rad: step_rad,
        rows,
        columns,
    };
    let height_m = |row: usize, column: usize| {
        let (x, y) = (column as f64, row as f64);
        let wave = |turn: f64, length: f64, high_m: f64| {
            high_m
                * libm::sin(
                    std::f64::consts::TAU * (x * libm::cos(turn) + y * libm::sin(turn)) / length
                        + turn,
                )
        };
        let sum_m = wave(0.3, 310.0, 260.0)
            + wave(1.7, 97.0, 120.0)
            + wave(2.9, 41.0, 60.0)
            + wave(4.1, 17.0, 25.0);
        (420.0 + sum_m).max(0.0) as f32
    };
    let heights = (0..rows * columns).map(|n| height_m(n / columns, n % columns)).collect();
    let grid = HeightGrid::new(geometry, heights).expect("a grid");
    Earth::with_relief(EffectiveEarth::default(), Arc::new(grid))
}

#[derive(Clone, Copy)]
struct Case {
    site: [f64; 2],
    azimuth_rad: f64,
    height_m: f64,
    card: &'static str,
    speed_m_s: f64,
}

fn case(dice: &mut Dice) -> Case {
    let (card, speed_m_s) = dice.choice(&[
        ("air/su-24", 260.0),
        ("air/f-16", 280.0),
        ("air/cruise-missile-subsonic", 240.0),
    ]);
    Case {
        site: [39.0 + 2.0 * dice.draw(), 32.0 + 2.0 * dice.draw()],
        azimuth_rad: std::f64::consts::TAU * dice.draw(),
        height_m: match card {
            "air/cruise-missile-subsonic" => dice.choice(&[100.0, 300.0, 900.0]),
            _ => dice.choice(&[150.0, 400.0, 1_000.0, 3_000.0, 8_000.0]),
        },
        card,
        speed_m_s,
    }
}

/// Farthest track and farthest meeting along the ray towards the target, kilometres.
fn product(case: &Case, earth: &Earth, library: &Library) -> [f64; 2] {
    let request = Request {
        title: None,
        command: String::new(),
        sites: vec![SiteWish {
            card: "s-400/battalion".into(),
            lat_deg: case.site[0],
            lon_deg: case.site[1],
            mast_m: None,
        }],
        target: TargetWish::Card(case.card.into()),
        speed_m_s: Some(case.speed_m_s),
        heights: vec![FlightHeight { height_m: case.height_m, above_ground: true }],
        radius_m: RADIUS_M,
        cell_arcsec: 30.0,
        wanted_prob: 0.9,
        environment: Environment::default(),
        bands: false,
    };
    let plan = Plan::new(request, earth.clone(), library).expect("a plan");
    let ray = plan.ray(plan.task(0, case.azimuth_rad));
    [1, 2].map(|layer| ray.farthest_index(layer).unwrap_or(0) as f64 * plan.step_m() / 1e3)
}

fn battle(case: &Case, earth: &Earth, library: &Library) -> Battle {
    let site = Geodetic::from_degrees(case.site[0], case.site[1], 0.0);
    let far = Station::new(site).ahead(case.azimuth_rad, RADIUS_M + 90e3);
    let text = format!(
        "title = \"Coverage\"\nquestion = \"Where?\"\nstart = 2026-01-01T00:00:00Z\nduration_min = 40.0\n\
         [[network]]\nname = \"site\"\nweapons = \"free\"\nengage_approaching = true\n\
         [[unit]]\nname = \"site\"\ncard = \"s-400/battalion\"\nat = [{:?}, {:?}]\nnetwork = \"site\"\n\
         [[asset]]\nname = \"home\"\nat = [{:?}, {:?}]\n\
         [[flight]]\nname = \"target\"\ncard = \"{}\"\nside = \"hostile\"\ntarget = \"home\"\n\
         route = [{{ at = [{:?}, {:?}], agl_m = {:?}, speed_m_s = {:?} }}, {{ at = [{:?}, {:?}] }}]\n",
        case.site[0],
        case.site[1],
        case.site[0],
        case.site[1],
        case.card,
        far.lat_deg(),
        far.lon_deg(),
        case.height_m,
        case.speed_m_s,
        case.site[0],
        case.site[1],
    );
    let draft = Draft::parse("coverage", &text, None, library).expect("a scenario");
    Battle::new(draft.scenario(earth.clone())).expect("a battle")
}

/// What happened in one battle.
struct Fought {
    /// Distance from the site, and whether there was a confirmed track, at each sample of the truth.
    held: Vec<(f64, bool)>,
    /// Distance at which the first missile met the target.
    met_km: Option<f64>,
}

fn fought(case: &Case, recording: &Recording) -> Fought {
    let site = Station::new(Geodetic::from_degrees(case.site[0], case.site[1], 0.0));
    let distance_km = |place: Geodetic| site.arc_m(&Station::new(place)) / 1e3;
    let mut plots = BTreeSet::new();
    let mut tracks = BTreeSet::new();
    let mut confirmed = BTreeSet::new();
    let mut found = Fought { held: Vec::new(), met_km: None };
    for event in &recording.events {
        match event.what {
            What::Moved { place, .. } => {
                found.held.push((distance_km(place), !confirmed.is_empty()));
            }
            What::Plotted { plot, origin: Some(_), .. } => {
                plots.insert(plot.id);
            }
            What::TrackStarted { track, plot, .. } if plots.contains(&plot) => {
                tracks.insert(track);
            }
            What::TrackConfirmed { track, .. } if tracks.contains(&track) => {
                confirmed.insert(track);
            }
            What::TrackDropped { track, .. } => {
                confirmed.remove(&track);
            }
            What::Resolved { place, aircraft: Some(_), .. } => {
                found.met_km.get_or_insert(distance_km(place));
            }
            _ => {}
        }
    }
    found
}

/// Farthest distance at which nine in ten have a track, over all moments at which the truth was recorded.
fn tracked_km(fought: &[Fought]) -> f64 {
    // All fly the same course: the moments are the same. Who is destroyed by then had a track.
    let longest = fought.iter().max_by_key(|one| one.held.len()).expect("a battle");
    let enough = |moment: &usize| {
        let held =
            fought.iter().filter(|one| one.held.get(*moment).is_none_or(|(_, held)| *held)).count();
        held as f64 >= 0.9 * fought.len() as f64
    };
    (0..longest.held.len()).find(enough).map_or(0.0, |moment| longest.held[moment].0)
}

/// Farthest distance at which nine in ten have been met.
fn met_km(fought: &[Fought]) -> f64 {
    let mut found: Vec<f64> = fought.iter().map(|one| one.met_km.unwrap_or(0.0)).collect();
    found.sort_by(|a, b| b.total_cmp(a));
    found[(0.9 * found.len() as f64).ceil() as usize - 1]
}

#[test]
fn val_engine_coverage_is_where_the_battle_is_fought() {
    let (library, earth) = (Library::embedded(), country());
    let mut dice = Dice(2026);
    let (mut worst, mut outside) = ([0.0_f64; 2], Vec::new());
    for number in 0..CASES {
        let case = case(&mut dice);
        let said_km = product(&case, &earth, &library);
        let battle = battle(&case, &earth, &library);
        let fought: Vec<Fought> = (0..REPLICATIONS)
            .map(|replication| fought(&case, &common::play(&battle, 3, replication)))
            .collect();
        let found = [tracked_km(&fought), met_km(&fought)];
        let step_km = case.speed_m_s * 12.0 / 1e3;
        for (stage, name) in ["track", "meeting"].into_iter().enumerate() {
            let found_km = found[stage];
            let share = [0.08, 0.12][stage];
            let tolerance_km = 2.0 * step_km + share * said_km[stage].max(found_km);
            let off_km = found_km - said_km[stage];
            worst[stage] = worst[stage].max(off_km.abs() / tolerance_km);
            println!(
                "{number:2} {} at {:.0} m, {name}: product {:.1} km, engine {found_km:.1} km, tolerance \
                 {tolerance_km:.1}",
                case.card, case.height_m, said_km[stage]
            );
            if off_km.abs() > tolerance_km {
                outside.push((number, name, said_km[stage], found_km));
            }
        }
    }
    // In broken country low coverage comes in patches, and the farthest patch hangs on a hair.
    assert!(outside.len() <= OUTLIERS, "{outside:?}, worst {worst:?}");
}
