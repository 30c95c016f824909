//! One ray of coverage: along one azimuth from a site, what each radar makes of the target at each height,
//! and what the defence makes of that.
//!
//! What depends on the ground (line of sight, diffraction, multipath) is computed once for a radar and a
//! height and serves all readings of the claims, since those change how strong a radar is and not where
//! it stands.

use redan_geo::{EffectiveEarth, Station};
use redan_record::coverage::{Limit, Stage};

use super::path::{Course, Picture, View, engagement_limits, picture, seen_limits};
use super::plan::Plan;
use super::site::ReadySite;
use crate::model::look::{RadarModel, Scene};
use crate::model::propagation::Path;
use crate::model::signal::Way;

/// A ray to compute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Task {
    pub(super) site: usize,
    pub(super) azimuth: usize,
}

/// What was found along one azimuth: a limit for each layer, reading and sample.
#[derive(Clone, Debug)]
pub struct Ray {
    samples: usize,
    readings: usize,
    limits: Vec<u8>,
}

impl Ray {
    /// Limit of a layer (by height, then by stage) in a reading at a sample.
    pub(super) fn limit(&self, layer: usize, reading: usize, sample: usize) -> u8 {
        let first = (layer * self.readings + reading) * self.samples;
        self.limits[first + sample.min(self.samples - 1)]
    }
}

/// The ground along an azimuth.
struct Ground {
    azimuth_rad: f64,
    step_m: f64,
    /// Heights at 0, one step, two steps …
    heights_m: Vec<f64>,
    /// Without relief there is no profile to go along.
    is_relief: bool,
}

/// What the way to one sample does, whatever the strength of the radar.
#[derive(Clone, Copy)]
enum Reach {
    /// Not to be seen from here, however strong.
    Never(Limit),
    /// To be seen if the echo is strong enough; `hidden` is what stands between where the line of sight is
    /// not free.
    Maybe { range_m: f64, elevation_rad: f64, way: Way, hidden: Option<Limit> },
}

impl Plan {
    /// Computes one ray. A pure function of the plan and the task.
    pub fn ray(&self, task: Task) -> Ray {
        let readings = &self.sites[task.site];
        let inside = (self.request.radius_m / self.step_m).round() as usize;
        let run_up_m = readings.iter().map(ReadySite::run_up_m).fold(0.0, f64::max);
        let samples = inside + (run_up_m / self.step_m).ceil() as usize;
        let ground = self.ground(&readings[0], task.azimuth, samples);
        let layers = self.request.heights.len() * Stage::ALL.len();
        let mut ray = Ray {
            samples: inside,
            readings: readings.len(),
            limits: vec![Limit::Off as u8; layers * readings.len() * inside],
        };
        let mut work = Work::default();
        for (number, flight) in self.request.heights.iter().enumerate() {
            let above_ground = flight.above_ground;
            let reaches: Vec<Vec<Reach>> = (0..readings[0].radars().count())
                .map(|radar| {
                    self.reaches(readings, radar, &ground, (flight.height_m, above_ground))
                })
                .collect();
            for (reading, site) in readings.iter().enumerate() {
                work.fill_views(self, site, &reaches);
                let course = Course {
                    step_m: self.step_m,
                    speed_m_s: site.speed_m_s,
                    height_m: flight.height_m
                        + if above_ground { readings[0].place.height_m.max(0.0) } else { 0.0 },
                    wanted_prob: self.request.wanted_prob,
                };
                let stages = work.stages(&course, site);
                for (stage, limits) in stages.into_iter().enumerate() {
                    let layer = number * Stage::ALL.len() + stage;
                    let first = (layer * readings.len() + reading) * inside;
                    ray.limits[first..first + inside].copy_from_slice(&limits[..inside]);
                }
            }
        }
        ray
    }

    fn ground(&self, site: &ReadySite, azimuth: usize, samples: usize) -> Ground {
        let azimuth_rad = azimuth as f64 / self.azimuths as f64 * std::f64::consts::TAU;
        let is_relief = self.earth.relief.is_some();
        let mut heights_m = Vec::new();
        if is_relief {
            let own = Station::new(site.place);
            let arc_m = samples as f64 * self.step_m;
            let end = Station::new(own.ahead(azimuth_rad, arc_m));
            self.earth.profile(&own, &end, self.step_m * (1.0 + 1e-9), &mut heights_m);
        }
        heights_m.resize(samples + 1, 0.0);
        Ground { azimuth_rad, step_m: self.step_m, heights_m, is_relief }
    }

    /// What the way does, from one radar to all samples at one height. Whether anything can be detected at
    /// all is judged by the strongest reading.
    fn reaches(
        &self,
        readings: &[ReadySite],
        number: usize,
        ground: &Ground,
        (height_m, above_ground): (f64, bool),
    ) -> Vec<Reach> {
        let radars: Vec<&RadarModel> =
            readings.iter().filter_map(|site| site.radars().nth(number)).collect();
        let eye = Eye { plan: self, readings, radars, ground };
        (1..ground.heights_m.len())
            .map(|sample| {
                let ground_m = ground.heights_m[sample];
                let own_m = if above_ground { ground_m.max(0.0) + height_m } else { height_m };
                eye.reach(sample, own_m, ground_m)
            })
            .collect()
    }
}

/// One radar that looks along a ray.
struct Eye<'a> {
    plan: &'a Plan,
    readings: &'a [ReadySite],
    /// The same radar in every reading.
    radars: Vec<&'a RadarModel>,
    ground: &'a Ground,
}

impl Eye<'_> {
    fn reach(&self, sample: usize, height_m: f64, ground_m: f64) -> Reach {
        let radar = self.radars[0];
        let earth = &self.plan.earth;
        let own_m = radar.sights.station().place().height_m;
        let arc_m = sample as f64 * self.ground.step_m;
        if height_m < ground_m {
            return Reach::Never(Limit::Ground);
        }
        let (range_m, elevation_rad) = seen(earth.effective, own_m, height_m, arc_m);
        if !self.radars.iter().any(|radar| range_m <= radar.figures.instrumented_range_m) {
            return Reach::Never(Limit::InstrumentedRange);
        }
        let glance = radar.sights.estimate(earth, self.ground.azimuth_rad, arc_m, height_m);
        let hidden = (!glance.visible).then(|| {
            let smooth = earth.effective.is_visible(own_m, height_m, arc_m);
            if smooth { Limit::Terrain } else { Limit::Horizon }
        });
        let full = self.plan.request.environment.full;
        if let Some(limit) = hidden
            && (!full || !self.could_detect(range_m, radar.signal.least_loss_db(&glance, height_m)))
        {
            return Reach::Never(limit);
        }
        let scene = Scene { earth, environment: &self.plan.request.environment, jamming: &[] };
        let mut way = radar.signal.way_without(own_m, &glance, height_m, ground_m, &scene);
        if full && !radar.signal.is_clear(&glance, height_m, || self.ground.azimuth_rad) {
            let ground_m = &self.ground.heights_m[..=sample];
            let path = Path {
                radius_m: earth.effective.radius_m,
                ends_m: [own_m, height_m],
                arc_m,
                ground_m: if self.ground.is_relief { ground_m } else { &[] },
            };
            way.two_way_db += 2.0 * radar.signal.one_way_db(&path);
        }
        Reach::Maybe { range_m, elevation_rad, way, hidden }
    }

    /// Whether a look of the strongest reading could detect the target after a loss.
    fn could_detect(&self, range_m: f64, loss_db: f64) -> bool {
        self.radars.iter().zip(self.readings).any(|(radar, site)| {
            let rcs_m2 = radar.rcs_m2(&site.target, 1.0);
            let curve = radar.curve(site.target.swerling);
            curve.detection_prob(radar.signal.free_db(range_m, rcs_m2) - loss_db) > 0.02
        })
    }
}

/// Room for one ray's work.
#[derive(Default)]
struct Work {
    search: Vec<View>,
    engager: View,
    picture: Picture,
    limits: [Vec<u8>; 3],
}

impl Work {
    /// What the radars of a reading make of the samples.
    fn fill_views(&mut self, plan: &Plan, site: &ReadySite, reaches: &[Vec<Reach>]) {
        self.search.resize_with(site.search.len(), View::default);
        for (radar, (view, reaches)) in site.search.iter().zip(self.search.iter_mut().zip(reaches))
        {
            fill_view(plan, site, radar, reaches, view);
        }
        self.engager.clear();
        if let (Some(radar), Some(reaches)) = (&site.engager, reaches.get(site.search.len())) {
            fill_view(plan, site, radar, reaches, &mut self.engager);
        }
    }

    /// The limits of the three stages.
    fn stages(&mut self, course: &Course, site: &ReadySite) -> [&Vec<u8>; 3] {
        picture(course, &site.defence, &self.search, &mut self.picture);
        let [seen, tracked, engaged] = &mut self.limits;
        seen_limits(course, &self.search, &self.picture.plotted, seen);
        seen_limits(course, &self.search, &self.picture.confirmed, tracked);
        if site.engager.is_some() {
            let judged = (self.picture.confirmed.as_slice(), tracked.as_slice());
            engagement_limits(course, &site.defence, &self.engager, judged, engaged);
        } else {
            engaged.clear();
            engaged.resize(tracked.len(), Limit::Off as u8);
        }
        [&self.limits[0], &self.limits[1], &self.limits[2]]
    }
}

/// Detection probability and limit of one radar at all samples.
fn fill_view(
    plan: &Plan,
    site: &ReadySite,
    radar: &RadarModel,
    reaches: &[Reach],
    view: &mut View,
) {
    view.clear();
    let figures = &radar.figures;
    // It flies straight at the site: nose on.
    let rcs_m2 = radar.rcs_m2(&site.target, 1.0);
    let curve = radar.curve(site.target.swerling);
    let is_slow = site.speed_m_s < figures.min_radial_speed_m_s;
    for reach in reaches {
        let (range_m, elevation_rad, way, hidden) = match *reach {
            Reach::Never(limit) => {
                view.push(0.0, limit);
                continue;
            }
            Reach::Maybe { range_m, elevation_rad, way, hidden } => {
                (range_m, elevation_rad, way, hidden)
            }
        };
        let outside = match () {
            () if range_m > figures.instrumented_range_m => Some(Limit::InstrumentedRange),
            () if range_m < figures.min_range_m => Some(Limit::TooClose),
            () if elevation_rad < figures.elevation_min_rad
                || elevation_rad > figures.elevation_max_rad =>
            {
                Some(Limit::Elevation)
            }
            () if is_slow => Some(Limit::Signal),
            () => None,
        };
        if let Some(limit) = outside {
            view.push(0.0, limit);
            continue;
        }
        let signal = radar.signal.of_range(&plan.request.environment, &way, range_m, rcs_m2, 0.0);
        let prob = curve.detection_prob(signal.snr_db());
        let limit = match hidden {
            _ if prob >= 0.5 => Limit::Covered,
            Some(limit) => limit,
            None => Limit::Signal,
        };
        view.push(prob, limit);
    }
}

/// Slant range and elevation of a height at an arc.
fn seen(earth: EffectiveEarth, own_m: f64, height_m: f64, arc_m: f64) -> (f64, f64) {
    (earth.slant_m(own_m, height_m, arc_m), earth.elevation_rad(own_m, height_m, arc_m))
}
