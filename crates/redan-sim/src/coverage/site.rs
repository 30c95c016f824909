//! One site with its target, the claims read in one way: its radars made ready, its missiles, its delays.

use redan_geo::{Earth, Geodetic, Station};
use redan_record::coverage::{Site, SiteRadar};
use redan_track::NearestSettings;

use super::CoverageError;
use super::engagement::{Meetings, Shot};
use super::path::{Course, Defence};
use super::request::{self, Reading, Request, SiteWish};
use crate::card::{AirVehicle, CardKind, Figures, Library, RadarRole};
use crate::model::fly_out::{EnergyModel, FlyOutFigures};
use crate::model::look::RadarModel;
use crate::scenario::{Environment, Radar, Scenario};

/// A site made ready.
#[derive(Clone, Debug)]
pub(crate) struct ReadySite {
    /// Its middle, on the ground.
    pub(crate) station: Station,
    /// Search radars.
    pub(crate) search: Vec<RadarModel>,
    /// The engagement radar, if it has one.
    pub(crate) engager: Option<RadarModel>,
    pub(crate) defence: Defence,
    pub(crate) target: AirVehicle,
    pub(crate) speed_m_s: f64,
    /// Whether its missiles get to the places of a course, by flight height.
    pub(crate) meetings: Vec<Meetings>,
}

impl ReadySite {
    pub(crate) fn new(
        request: &Request,
        wish: &SiteWish,
        reading: Reading,
        (earth, nominal): (&Earth, Option<&ReadySite>),
        library: &Library,
    ) -> Result<(ReadySite, Scenario), CoverageError> {
        let draft =
            request::draft(request, wish, reading, library).map_err(CoverageError::Request)?;
        let mut scenario = draft.scenario(earth.clone());
        scenario.environment = request.environment;
        let of_role = |role: RadarRole| {
            scenario.radars.iter().filter(move |radar| radar.figures.role == role)
        };
        let model = |number: usize, radar: &Radar| {
            let like = nominal.and_then(|site| site.radars().nth(number));
            surrounded(radar, (earth, like), &request.environment)
        };
        let search: Vec<RadarModel> = of_role(RadarRole::Search)
            .enumerate()
            .map(|(number, radar)| model(number, radar))
            .collect::<Result<_, _>>()?;
        let engager = of_role(RadarRole::Engagement).next();
        let engager = engager.map(|radar| model(search.len(), radar)).transpose()?;
        let target = scenario.aircraft[0].figures.clone();
        let place = Geodetic::from_degrees(wish.lat_deg, wish.lon_deg, 0.0);
        let ready = ReadySite {
            station: Station::new(place.at_height(earth.ground_m(place.lat_rad, place.lon_rad))),
            engager,
            defence: defence(&scenario, &search)?,
            speed_m_s: request.speed_m_s.unwrap_or(target.typical_speed_m_s),
            search,
            target,
            meetings: Vec::new(),
        };
        Ok((ready, scenario))
    }

    /// Works out where its missiles get to on courses of so many samples, at every height of the request.
    pub(crate) fn prepare(&mut self, request: &Request, step_m: f64, samples: usize) {
        let of_height = |number| {
            Meetings::new(&self.course(request, number, step_m), &self.defence.shots, samples)
        };
        self.meetings = (0..request.heights.len()).map(of_height).collect();
    }

    /// The course at one of the heights of the request. A height above the ground is taken as level with the
    /// site where missiles and speeds are concerned.
    pub(crate) fn course(&self, request: &Request, number: usize, step_m: f64) -> Course {
        let flight = request.heights[number];
        let base_m = if flight.above_ground { self.station.place().height_m.max(0.0) } else { 0.0 };
        Course {
            step_m,
            speed_m_s: self.speed_m_s,
            height_m: flight.height_m + base_m,
            wanted_prob: request.wanted_prob,
        }
    }

    /// All its radars, the engagement radar last.
    pub(crate) fn radars(&self) -> impl Iterator<Item = &RadarModel> {
        self.search.iter().chain(&self.engager)
    }

    /// How far out a course must begin so that everything inside the radius has its history: the looks
    /// of a track, the delays and the flight of the slowest missile.
    pub(crate) fn run_up_m(&self) -> f64 {
        let looks_s = self.defence.periods_s.iter().copied().fold(0.0, f64::max)
            * self.defence.settings.tentative_revisits_count
            * 2.0;
        let flight_s = self
            .defence
            .shots
            .iter()
            .filter_map(|shot| {
                let envelope = shot.fly_out.envelope();
                shot.fly_out
                    .time_s(0.98 * shot.fly_out.longest_range_m(), envelope.max_altitude_m / 2.0)
            })
            .fold(0.0, f64::max);
        let delays_s = self.defence.order_delay_s + self.defence.reaction_s;
        self.speed_m_s * (looks_s + flight_s + delays_s)
    }
}

/// A radar with the ground round it, from the relief or as the nominal reading has it. Its horizon is not looked
/// at here: a ray does, in its own direction.
fn surrounded(
    radar: &Radar,
    (earth, nominal): (&Earth, Option<&RadarModel>),
    environment: &Environment,
) -> Result<RadarModel, CoverageError> {
    let smooth = Earth::smooth(earth.effective);
    let model = RadarModel::like(radar, &smooth, environment, nominal)
        .ok_or_else(|| CoverageError::Radar { card: radar.card.clone() })?;
    Ok(match nominal {
        Some(nominal) => model.with_surroundings_of(nominal),
        None => model.on_ground(radar, earth, environment),
    })
}

fn defence(scenario: &Scenario, search: &[RadarModel]) -> Result<Defence, CoverageError> {
    let post = &scenario.networks[0].post;
    let unit = scenario.units.first();
    let update_s = unit.map_or(1.0, |unit| scenario.radars[unit.radar].figures.update_interval_s);
    let mut shots = Vec::new();
    for missile in &scenario.interceptors {
        let fly_out = EnergyModel::calibrate(&FlyOutFigures::of(&missile.figures))
            .and_then(|model| model.fly_out())
            .map_err(|reason| CoverageError::Missile { card: missile.card.clone(), reason })?;
        shots.push(Shot {
            fly_out,
            needs_illumination: missile.figures.needs_illumination,
            memory_s: missile.figures.guidance_memory_s,
            max_target_speed_m_s: missile.figures.max_target_speed_m_s,
        });
    }
    Ok(Defence {
        periods_s: search.iter().map(|radar| radar.figures.scan_period_s).collect(),
        settings: NearestSettings::default(),
        order_delay_s: post.identification_time_s + 0.5 * post.decision_cycle_s + post.plot_delay_s,
        reaction_s: post.reaction_time_s,
        update_s,
        shots,
    })
}

/// What a picture says of a site.
pub(crate) fn described(
    wish: &SiteWish,
    ready: &ReadySite,
    scenario: &Scenario,
    (number, count): (usize, usize),
    library: &Library,
) -> Site {
    let card = library.find(&wish.card).ok();
    let name = card.map_or(wish.card.as_str(), |card| card.name.as_str());
    let (naive_radius_m, naive_claim) = naive(wish, library);
    Site {
        name: if count > 1 { format!("{name} {}", number + 1) } else { name.to_string() },
        card: card.map_or_else(|| wish.card.clone(), |card| card.id.clone()),
        place: ready.station.place(),
        radars: scenario
            .radars
            .iter()
            .map(|radar| SiteRadar {
                name: radar.figures.name.clone(),
                card: radar.card.clone(),
                engages: radar.figures.role == RadarRole::Engagement,
                antenna: radar.antenna,
                above_ground_m: radar.antenna.height_m
                    - scenario.earth.ground_m(radar.antenna.lat_rad, radar.antenna.lon_rad),
                instrumented_range_m: radar.figures.instrumented_range_m,
            })
            .collect(),
        naive_radius_m,
        naive_claim,
        missile: scenario
            .interceptors
            .iter()
            .max_by(|a, b| a.figures.max_range_m.total_cmp(&b.figures.max_range_m))
            .map(|missile| missile.figures.name.clone()),
    }
}

/// The circle that maps draw: the headline reach of a battalion, the instrumented range of a radar.
fn naive(wish: &SiteWish, library: &Library) -> (f64, String) {
    let Ok(card) = library.find(&wish.card) else { return (0.0, String::new()) };
    let parameter = match card.kind() {
        CardKind::Radar => "instrumented_range",
        _ => "max_aerodynamic_range",
    };
    let figures = Figures::nominal(card);
    match (figures.get_si(parameter), figures.provenance(parameter)) {
        (Ok(radius_m), Ok(claim)) => {
            let title = library.source(&claim.source).map_or("", |source| source.title.as_str());
            (radius_m, title.split(':').next().unwrap_or_default().trim().to_string())
        }
        _ => (0.0, String::new()),
    }
}
