//! A computation of coverage made ready: its sites, its rays and its cells.

use redan_geo::{Earth, Geodetic, MEAN_RADIUS_M, Station};
use redan_record::coverage::{
    COVERAGE_SCHEMA_VERSION, CellGrid, Coverage, CoverageTarget, FlightHeight, Layer, Limit, Site,
    Stage,
};

use super::CoverageError;
use super::path::rank;
use super::ray::{Ray, Task};
use super::request::{Reading, Request, members, target_name};
use super::site::{ReadySite, described};
use crate::card::{Card, Figures, Library};

/// Samples of a ray inside the radius: at 450 km one for each kilometre, as fine as cells of 30
/// arc-seconds.
const SAMPLES: f64 = 480.0;

/// Width of a ray at the radius, in samples: neighbours are two samples apart there.
const RAY_WIDTH_SAMPLES: f64 = 2.0;

/// A computation made ready; shared by all threads.
#[derive(Clone, Debug)]
pub struct Plan {
    pub(super) request: Request,
    pub(super) earth: Earth,
    pub(super) readings: Vec<Reading>,
    /// By site, then by reading.
    pub(super) sites: Vec<Vec<ReadySite>>,
    pub(super) step_m: f64,
    pub(super) azimuths: usize,
    described: Vec<Site>,
    grid: CellGrid,
    sources: Vec<String>,
    target: CoverageTarget,
}

/// One row of cells: what an assembled product has of it.
#[derive(Clone, Debug)]
pub struct Row {
    ground_m: Vec<f32>,
    lowest_visible_m: Vec<f32>,
    /// By layer: nominal, pessimistic and optimistic limits, and the number of sites that cover.
    layers: Vec<[Vec<u8>; 4]>,
}

impl Plan {
    /// Makes a computation ready: places, calibrates and looks round from every antenna.
    ///
    /// # Errors
    /// When the request names what is no defence or no target, or figures of a card do not go together.
    pub fn new(request: Request, earth: Earth, library: &Library) -> Result<Plan, CoverageError> {
        let readings = match request.bands {
            true => vec![Reading::Nominal, Reading::Pessimistic, Reading::Optimistic],
            false => vec![Reading::Nominal],
        };
        let (mut sites, mut descriptions) = (Vec::new(), Vec::new());
        let count = request.sites.len();
        let step_m = request.radius_m / SAMPLES;
        for (number, wish) in request.sites.iter().enumerate() {
            let mut ready: Vec<ReadySite> = Vec::new();
            for reading in &readings {
                let made =
                    ReadySite::new(&request, wish, *reading, (&earth, ready.first()), library)?;
                if *reading == Reading::Nominal {
                    descriptions.push(described(wish, &made.0, &made.1, (number, count), library));
                }
                let mut site = made.0;
                site.prepare(&request, step_m, SAMPLES as usize);
                ready.push(site);
            }
            sites.push(ready);
        }
        let first = &sites[0][0];
        let target = CoverageTarget {
            name: first.target.name.clone(),
            rcs_m2: first.target.rcs.nose_rcs_m2,
            speed_m_s: first.speed_m_s,
            swerling: first.target.swerling,
        };
        let around = std::f64::consts::TAU * request.radius_m;
        Ok(Plan {
            grid: request.grid(),
            sources: sources(&request, library),
            // Over the smooth Earth one direction is like another.
            azimuths: match earth.relief {
                Some(_) => (around / (RAY_WIDTH_SAMPLES * step_m)).ceil() as usize,
                None => 1,
            },
            step_m,
            target,
            described: descriptions,
            readings,
            sites,
            earth,
            request,
        })
    }

    /// Everything that has to be computed before rows are put together, in order.
    pub fn tasks(&self) -> Vec<Task> {
        let of_site = |site| (0..self.azimuths).map(move |azimuth| Task { site, azimuth });
        (0..self.sites.len()).flat_map(of_site).collect()
    }

    /// The task of the ray of a site that is nearest to a direction.
    pub fn task(&self, site: usize, azimuth_rad: f64) -> Task {
        Task { site, azimuth: self.azimuth_index(azimuth_rad) }
    }

    fn azimuth_index(&self, azimuth_rad: f64) -> usize {
        let turn = redan_geo::wrap_two_pi_rad(azimuth_rad) / std::f64::consts::TAU;
        (turn * self.azimuths as f64).round() as usize % self.azimuths
    }

    /// Distance between samples of a ray.
    pub fn step_m(&self) -> f64 {
        self.step_m
    }

    /// Where the cells stand.
    pub fn grid(&self) -> &CellGrid {
        &self.grid
    }

    /// Puts together one row of cells, from the rays of all [`Plan::tasks`] in their order.
    pub fn row(&self, row: usize, rays: &[Ray]) -> Row {
        let columns = self.grid.columns;
        let layers = self.request.heights.len() * Stage::ALL.len();
        let empty = || {
            let outside = vec![Limit::Outside as u8; columns];
            let banded = if self.readings.len() > 1 { outside.clone() } else { Vec::new() };
            [outside, banded.clone(), banded, vec![0; columns]]
        };
        let mut out = Row {
            ground_m: vec![0.0; columns],
            lowest_visible_m: vec![f32::NAN; columns],
            layers: (0..layers).map(|_| empty()).collect(),
        };
        for column in 0..columns {
            self.fill(&mut out, (row, column), rays);
        }
        out
    }

    fn fill(&self, out: &mut Row, (row, column): (usize, usize), rays: &[Ray]) {
        let [lat_deg, lon_deg] = self.grid.middle_deg(row, column);
        let place = Geodetic::from_degrees(lat_deg, lon_deg, 0.0);
        out.ground_m[column] = self.earth.ground_m(place.lat_rad, place.lon_rad) as f32;
        let there = Station::new(place);
        for (site, readings) in self.sites.iter().enumerate() {
            let nominal = &readings[0];
            let Some((azimuth, sample)) = self.nearest(nominal, &there) else { continue };
            let ray = &rays[site * self.azimuths + azimuth];
            let lowest_m = ray.lowest_m(sample);
            let own = &mut out.lowest_visible_m[column];
            *own = if own.is_nan() { lowest_m } else { own.min(lowest_m) };
            for (layer, cell) in out.layers.iter_mut().enumerate() {
                for (reading, limits) in cell.iter_mut().take(self.readings.len()).enumerate() {
                    let limit = ray.limit(layer, reading, sample);
                    limits[column] = better(limits[column], limit);
                }
                if ray.limit(layer, 0, sample) == Limit::Covered as u8 {
                    cell[3][column] = cell[3][column].saturating_add(1);
                }
            }
        }
    }

    /// The ray and sample nearest to a place; `None` beyond the radius.
    fn nearest(&self, site: &ReadySite, there: &Station) -> Option<(usize, usize)> {
        let arc_m = site.station.arc_m(there);
        if arc_m > self.request.radius_m {
            return None;
        }
        let azimuth = self.azimuth_index(site.station.azimuth_rad(there));
        let sample = (arc_m / self.step_m).round().max(1.0) as usize - 1;
        Some((azimuth, sample))
    }

    /// The product of all rows, in order. What it says of the relief is the caller's to add.
    pub fn assemble(&self, rows: &[Row]) -> Coverage {
        let flat = |of: &dyn Fn(&Row) -> &Vec<f32>| rows.iter().flat_map(of).copied().collect();
        let part = |layer: usize, index: usize| {
            rows.iter().flat_map(|row| &row.layers[layer][index]).copied().collect::<Vec<u8>>()
        };
        // Where nobody fires there is no such stage.
        let engages = self.described.iter().any(|site| site.missile.is_some());
        let layer = |index: usize| Layer {
            flight: self.request.heights[index / Stage::ALL.len()],
            stage: Stage::ALL[index % Stage::ALL.len()],
            nominal: part(index, 0),
            pessimistic: part(index, 1),
            optimistic: part(index, 2),
            sites_count: part(index, 3),
        };
        Coverage {
            schema_version: COVERAGE_SCHEMA_VERSION,
            title: self.title(),
            command: self.request.command.clone(),
            target: self.target.clone(),
            probability_wanted_prob: self.request.wanted_prob,
            sites: self.described.clone(),
            radius_m: self.request.radius_m,
            grid: self.grid,
            ground_m: flat(&|row| &row.ground_m),
            lowest_visible_m: flat(&|row| &row.lowest_visible_m),
            layers: (0..self.request.heights.len() * Stage::ALL.len())
                .filter(|index| {
                    engages || Stage::ALL[index % Stage::ALL.len()] != Stage::Engagement
                })
                .map(layer)
                .collect(),
            relief_error_m: if self.earth.relief.is_some() { RELIEF_ERROR_M } else { 0.0 },
            terrain: String::new(),
            terrain_hash: String::new(),
            sources: self.sources.clone(),
            caveats: self.caveats(),
        }
    }

    fn title(&self) -> String {
        if let Some(title) = &self.request.title {
            return title.clone();
        }
        let first = &self.described[0];
        match self.described.len() {
            1 => format!("What {} covers", first.name),
            count => format!("What {count} sites cover"),
        }
    }

    fn caveats(&self) -> Vec<String> {
        let mut caveats = vec![
            "One target that flies straight at the site; no jamming, no other targets.".to_string(),
            "Ducting, vegetation and buildings are left out.".to_string(),
        ];
        for (site, described) in self.sites.iter().zip(&self.described) {
            let Some(grid) = &self.earth.relief else { continue };
            let place = site[0].station.place();
            let ground_m = place.height_m;
            let below = |flight: &&FlightHeight| !flight.above_ground && flight.height_m < ground_m;
            if let Some(flight) = self.request.heights.iter().find(below) {
                caveats.push(format!(
                    "{:.0} m above sea level is below the ground at {}, which lies at {ground_m:.0} m: \
                     --agl takes heights above the ground.",
                    flight.height_m, described.name
                ));
            }
            if grid.height_m(place.lat_rad, place.lon_rad).is_none() {
                caveats.push(format!(
                    "{} stands outside the relief: taken as sea level.",
                    described.name
                ));
            }
        }
        caveats
    }
}

/// Vertical error of relief from space, one standard deviation, metres: a choice of ours between the 4 m
/// of Copernicus and the 9 m of SRTM (both stated as 90 % errors by their makers), doubled for coarser
/// copies.
const RELIEF_ERROR_M: f64 = 5.0;

/// Of two sites' limits of one cell the one that says more.
fn better(own: u8, other: u8) -> u8 {
    let rank_of = |number: u8| rank(Limit::from_number(number).unwrap_or(Limit::Outside));
    if rank_of(other) < rank_of(own) { other } else { own }
}

impl Request {
    /// Cells around all sites: as high as asked, and as wide on the ground at the middle latitude.
    pub fn grid(&self) -> CellGrid {
        let (south_deg, north_deg, west_deg, east_deg) = self.extent_deg();
        let lat_step_deg = self.cell_arcsec / 3600.0;
        let middle_rad = (0.5 * (south_deg + north_deg)).to_radians();
        let lon_step_deg = lat_step_deg / libm::cos(middle_rad).max(0.05);
        CellGrid {
            south_deg,
            west_deg,
            lat_step_deg,
            lon_step_deg,
            rows: ((north_deg - south_deg) / lat_step_deg).ceil() as usize + 1,
            columns: ((east_deg - west_deg) / lon_step_deg).ceil() as usize + 1,
        }
    }

    /// The box whose relief a computation needs.
    pub fn extent(&self) -> redan_geo::Bounds {
        let (south_deg, north_deg, west_deg, east_deg) = self.extent_deg();
        redan_geo::Bounds {
            south_rad: south_deg.to_radians(),
            north_rad: north_deg.to_radians(),
            west_rad: west_deg.to_radians(),
            east_rad: east_deg.to_radians(),
        }
    }

    /// South, north, west and east of everything within the radius of a site, degrees; the east may
    /// exceed 180 where the sites lie across the date line.
    pub fn extent_deg(&self) -> (f64, f64, f64, f64) {
        let reach_deg = (self.radius_m / MEAN_RADIUS_M).to_degrees() * 1.01;
        let first_deg = self.sites[0].lon_deg;
        let mut extent = (f64::INFINITY, f64::NEG_INFINITY, f64::INFINITY, f64::NEG_INFINITY);
        for site in &self.sites {
            let lon_deg = site.lon_deg - 360.0 * ((site.lon_deg - first_deg) / 360.0).round();
            let most_deg = (site.lat_deg.abs() + reach_deg).min(89.0);
            let sine = libm::sin(reach_deg.to_radians()) / libm::cos(site.lat_deg.to_radians());
            let wide_deg = if site.lat_deg.abs() + reach_deg < 89.0 && sine < 1.0 {
                libm::asin(sine).to_degrees()
            } else {
                reach_deg / libm::cos(most_deg.to_radians())
            };
            extent.0 = extent.0.min((site.lat_deg - reach_deg).max(-89.9));
            extent.1 = extent.1.max((site.lat_deg + reach_deg).min(89.9));
            extent.2 = extent.2.min(lon_deg - wide_deg.min(179.0));
            extent.3 = extent.3.max(lon_deg + wide_deg.min(179.0));
        }
        extent
    }
}

/// Sources of the chosen claims of all cards in play, each once, in the order of first use.
fn sources(request: &Request, library: &Library) -> Vec<String> {
    let mut cards: Vec<&Card> = Vec::new();
    for wish in &request.sites {
        cards.extend(members(&wish.card, library));
    }
    cards.extend(library.find(target_name(&request.target)).ok());
    let mut lines: Vec<String> = Vec::new();
    for card in cards {
        let figures = Figures::nominal(card);
        for name in [
            "detection_range",
            "instrumented_range",
            "max_range",
            "max_aerodynamic_range",
            "rcs_nose",
        ] {
            let Ok(claim) = figures.provenance(name) else { continue };
            let Some(source) = library.source(&claim.source) else { continue };
            let line = format!("{}, {}: {}", card.name, name.replace('_', " "), source.title);
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
    }
    lines
}
