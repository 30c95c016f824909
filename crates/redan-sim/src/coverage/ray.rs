//! One ray of coverage: along one azimuth from a site, what each radar makes of the target at each height,
//! and what the defence makes of that.
//!
//! What depends on the ground (line of sight, diffraction, multipath) is computed once for a radar and a
//! height and serves all readings of the claims, since those change how strong a radar is and not where
//! it stands.

use redan_geo::{Glance, Station};
use redan_record::coverage::{FlightHeight, Limit, Stage};

use super::engagement::{Judged, Meetings, engagement_limits};
use super::path::{Course, Picture, SEES_PROB, View, picture, seen_limits};
use super::plan::Plan;
use super::site::ReadySite;
use super::skyline::Skyline;
use crate::card;
use crate::model::look::{RadarModel, Scene};
use crate::model::propagation::Path;
use crate::model::signal::Way;

/// Detection probability of a look below which a signal counts as nothing.
const FAINT_PROB: f64 = 0.02;

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
    lowest_m: Vec<f32>,
}

impl Ray {
    /// Limit of a layer (by height, then by stage) in a reading at a sample.
    pub(super) fn limit(&self, layer: usize, reading: usize, sample: usize) -> u8 {
        let first = (layer * self.readings + reading) * self.samples;
        self.limits[first + sample.min(self.samples - 1)]
    }

    /// Farthest place along the ray at which a layer (by height, then by stage) is covered with the
    /// figures that the cards choose, in samples from the site; `None` where it is nowhere.
    pub fn farthest_index(&self, layer: usize) -> Option<usize> {
        (0..self.samples)
            .rev()
            .find(|sample| self.limit(layer, 0, *sample) == Limit::Covered as u8)
            .map(|sample| sample + 1)
    }

    /// Lowest height above sea level that any radar sees over a sample, by the line of sight.
    pub(super) fn lowest_m(&self, sample: usize) -> f32 {
        self.lowest_m[sample.min(self.samples - 1)]
    }
}

/// One place of a ray as a radar has it, as far as the target's height does not matter.
#[derive(Clone, Copy)]
struct Sample {
    azimuth_rad: f64,
    arc_m: f64,
    /// Twice the sine of half the angle at the centre of the Earth; one less its cosine, and its sine.
    chord: f64,
    versine: f64,
    sine: f64,
}

/// The course along an azimuth, from the middle of the site outwards.
struct Ground {
    azimuth_rad: f64,
    own: Station,
    end: Station,
    /// Heights below the samples.
    ground_m: Vec<f64>,
}

/// What the way to one sample does, whatever the strength of the radar.
#[derive(Clone, Copy)]
enum Reach {
    /// Not to be seen from here, however strong.
    Never(Limit),
    /// To be seen if the echo is strong enough; `hidden` is what stands between where the line of sight is
    /// not free. The elevation is its tangent.
    Maybe { range_m: f64, tangent: f64, way: Way, hidden: Option<Limit> },
}

impl Plan {
    /// Computes one ray. A pure function of the plan and the task.
    pub fn ray(&self, task: Task) -> Ray {
        let readings = &self.sites[task.site];
        let inside = (self.request.radius_m / self.step_m).round() as usize;
        let run_up_m = readings.iter().map(ReadySite::run_up_m).fold(0.0, f64::max);
        let samples = inside + (run_up_m / self.step_m).ceil() as usize;
        let ground = self.ground(&readings[0], task.azimuth, samples);
        let eyes: Vec<Eye<'_>> = (0..readings[0].radars().count())
            .map(|radar| Eye::new(self, readings, radar, &ground))
            .collect();
        let layers = self.request.heights.len() * Stage::ALL.len();
        let lowest = |sample: usize| {
            eyes.iter().map(|eye| eye.skyline.lowest_m[sample].0).fold(f64::INFINITY, f64::min)
                as f32
        };
        let own = |at: usize| lowest(at).max(ground.ground_m[at] as f32);
        let mut ray = Ray {
            samples: inside,
            readings: readings.len(),
            limits: vec![Limit::Off as u8; layers * readings.len() * inside],
            lowest_m: (0..inside).map(own).collect(),
        };
        let mut work = Work::default();
        for number in 0..self.request.heights.len() {
            self.height(number, readings, &eyes, &mut work, &mut ray);
        }
        ray
    }

    /// All readings and stages of one height.
    fn height(
        &self,
        number: usize,
        readings: &[ReadySite],
        eyes: &[Eye<'_>],
        work: &mut Work,
        ray: &mut Ray,
    ) {
        let flight = self.request.heights[number];
        work.reaches.resize_with(eyes.len(), Vec::new);
        for (eye, reaches) in eyes.iter().zip(&mut work.reaches) {
            eye.reach_all(flight, reaches);
        }
        for (reading, site) in readings.iter().enumerate() {
            work.fill_views(self, site);
            let course = site.course(&self.request, number, self.step_m);
            let stages = work.stages(&course, site, &site.meetings[number]);
            for (stage, limits) in stages.into_iter().enumerate() {
                let layer = number * Stage::ALL.len() + stage;
                let first = (layer * ray.readings + reading) * ray.samples;
                ray.limits[first..first + ray.samples].copy_from_slice(&limits[..ray.samples]);
            }
        }
    }

    fn ground(&self, site: &ReadySite, azimuth: usize, samples: usize) -> Ground {
        let azimuth_rad = azimuth as f64 / self.azimuths as f64 * std::f64::consts::TAU;
        let own = site.station;
        let end = Station::new(own.ahead(azimuth_rad, samples as f64 * self.step_m));
        let mut ground_m = Vec::new();
        self.earth.profile(&own, &end, self.step_m * (1.0 + 1e-9), &mut ground_m);
        ground_m.resize(samples + 1, 0.0);
        ground_m.remove(0);
        Ground { azimuth_rad, own, end, ground_m }
    }
}

/// One radar that looks at a ray from where it stands, some hundred metres from the middle of the site.
struct Eye<'a> {
    plan: &'a Plan,
    radar: &'a RadarModel,
    ground: &'a Ground,
    own_m: f64,
    samples: Vec<Sample>,
    /// What lies before the radar towards the end of the ray. The way to a sample follows it as far as that
    /// is: it lies beside it by less than the radar stands aside.
    skyline: Skyline,
    /// Farthest that any reading processes, and farthest that any could detect in free space.
    processed_m: f64,
    detected_m: f64,
}

impl<'a> Eye<'a> {
    /// The eye of a radar, by its number among those of the site. What could be detected at all is judged
    /// by the strongest reading.
    fn new(
        plan: &'a Plan,
        readings: &'a [ReadySite],
        number: usize,
        ground: &'a Ground,
    ) -> Eye<'a> {
        let same = |site: &'a ReadySite| site.radars().nth(number).map(|radar| (site, radar));
        let all: Vec<(&ReadySite, &RadarModel)> = readings.iter().filter_map(same).collect();
        let radar = all[0].1;
        let farthest = |(site, radar): &(&ReadySite, &RadarModel)| {
            let least_db = radar.curve(site.target.swerling).required_snr_db(FAINT_PROB);
            let rcs_m2 = radar.rcs_m2(&site.target, 1.0);
            least_db.map_or(f64::INFINITY, |db| radar.signal.free_range_m(db, rcs_m2))
        };
        let samples = seen_from(radar.sights.station(), ground, plan);
        let own = radar.sights.station();
        let arcs_m = samples.iter().map(|sample: &Sample| sample.arc_m);
        let skyline = Skyline::new(&plan.earth, own, &ground.end, plan.step_m, arcs_m);
        let processed = all.iter().map(|(_, radar)| radar.figures.instrumented_range_m);
        Eye {
            plan,
            radar,
            ground,
            own_m: own.place().height_m,
            skyline,
            samples,
            processed_m: processed.fold(0.0, f64::max),
            detected_m: all.iter().map(farthest).fold(0.0, f64::max),
        }
    }

    /// What the way does, to all samples at one height.
    fn reach_all(&self, flight: FlightHeight, reaches: &mut Vec<Reach>) {
        reaches.clear();
        reaches.extend(self.ground.ground_m.iter().enumerate().map(|(index, ground_m)| {
            let base_m = if flight.above_ground { ground_m.max(0.0) } else { 0.0 };
            self.reach(index, base_m + flight.height_m)
        }));
    }

    fn reach(&self, index: usize, height_m: f64) -> Reach {
        let (sample, ground_m) = (&self.samples[index], self.ground.ground_m[index]);
        if height_m < ground_m {
            return Reach::Never(Limit::Ground);
        }
        let (range_m, tangent) = self.seen(sample, height_m);
        if range_m > self.processed_m {
            return Reach::Never(Limit::InstrumentedRange);
        }
        let (lowest_m, edge_m) = self.skyline.lowest_m[index];
        let visible = height_m >= lowest_m;
        let glance = Glance { arc_m: sample.arc_m, visible, lowest_m, edge_m, by_ray: false };
        let hidden = (!visible).then(|| self.hidden_by(sample, height_m));
        let environment = &self.plan.request.environment;
        match hidden {
            Some(limit) if !environment.full || !self.could_detect(range_m, &glance, height_m) => {
                return Reach::Never(limit);
            }
            // Two rays may double the field, and so the range.
            None if range_m > 2.0 * self.detected_m => return Reach::Never(Limit::Signal),
            _ => {}
        }
        let scene = Scene { earth: &self.plan.earth, environment, jamming: &[] };
        let signal = &self.radar.signal;
        let mut way = signal.way_without(self.own_m, &glance, height_m, ground_m, &scene);
        if environment.full && !signal.is_clear(&glance, height_m, || sample.azimuth_rad) {
            let known_m = &self.skyline.ground_m;
            let points = (sample.arc_m / self.skyline.step_m).round() as usize + 1;
            let path = Path {
                radius_m: self.plan.earth.effective.radius_m,
                ends_m: [self.own_m, height_m],
                arc_m: sample.arc_m,
                ground_m: &known_m[..points.min(known_m.len())],
            };
            way.two_way_db += 2.0 * signal.one_way_db(&path);
        }
        Reach::Maybe { range_m, tangent, way, hidden }
    }

    /// Slant range, and tangent of the elevation, of a height over a sample.
    fn seen(&self, sample: &Sample, height_m: f64) -> (f64, f64) {
        let radius_m = self.plan.earth.effective.radius_m;
        let climb_m = height_m - self.own_m;
        let (r1_m, r2_m) = (radius_m + self.own_m, radius_m + height_m);
        let range_m = (climb_m * climb_m + r1_m * r2_m * sample.chord * sample.chord).sqrt();
        (range_m, (climb_m - r2_m * sample.versine) / (r2_m * sample.sine))
    }

    /// What stands between: the curve of the Earth where it would alone, else relief.
    fn hidden_by(&self, sample: &Sample, height_m: f64) -> Limit {
        let smooth = self.plan.earth.effective.is_visible(self.own_m, height_m, sample.arc_m);
        if smooth { Limit::Terrain } else { Limit::Horizon }
    }

    /// Whether a look of the strongest reading could detect the target behind the edge of the horizon.
    fn could_detect(&self, range_m: f64, glance: &Glance, height_m: f64) -> bool {
        if range_m >= self.detected_m {
            return false;
        }
        let loss_db = self.radar.signal.least_loss_db(glance, height_m);
        range_m < self.detected_m * libm::exp(-loss_db * core::f64::consts::LN_10 / 40.0)
    }
}

/// Direction and distance of the samples of a course from a radar, which stands so near to the course's
/// begin that the triangle between is flat: a kilometre aside, to a metre at 400 km.
fn seen_from(radar: &Station, ground: &Ground, plan: &Plan) -> Vec<Sample> {
    let aside_m = ground.own.arc_m(radar);
    let turn_rad = ground.own.azimuth_rad(radar) - ground.azimuth_rad;
    let (sin, cos) = libm::sincos(if aside_m > 0.0 { turn_rad } else { 0.0 });
    let (ahead_m, right_m) = (aside_m * cos, aside_m * sin);
    let sample = |index: usize| {
        let along_m = index as f64 * plan.step_m - ahead_m;
        let arc_m = libm::hypot(along_m, right_m);
        let (sin_half, cos_half) = libm::sincos(0.5 * arc_m / plan.earth.effective.radius_m);
        let azimuth_rad = ground.azimuth_rad - libm::atan2(right_m, along_m);
        Sample {
            azimuth_rad: redan_geo::wrap_two_pi_rad(azimuth_rad),
            arc_m,
            chord: 2.0 * sin_half,
            versine: 2.0 * sin_half * sin_half,
            sine: 2.0 * sin_half * cos_half,
        }
    };
    (1..=ground.ground_m.len()).map(sample).collect()
}

/// Room for one ray's work.
#[derive(Default)]
struct Work {
    reaches: Vec<Vec<Reach>>,
    search: Vec<View>,
    engager: View,
    picture: Picture,
    limits: [Vec<u8>; 3],
}

impl Work {
    /// What the radars of a reading make of the samples.
    fn fill_views(&mut self, plan: &Plan, site: &ReadySite) {
        self.search.resize_with(site.search.len(), View::default);
        let views = self.search.iter_mut().zip(&self.reaches);
        for (radar, (view, reaches)) in site.search.iter().zip(views) {
            fill_view(plan, site, radar, reaches, view);
        }
        self.engager.clear();
        if let (Some(radar), Some(reaches)) = (&site.engager, self.reaches.get(site.search.len())) {
            fill_view(plan, site, radar, reaches, &mut self.engager);
        }
    }

    /// The limits of the three stages.
    fn stages(&mut self, course: &Course, site: &ReadySite, meetings: &Meetings) -> [&Vec<u8>; 3] {
        picture(course, &site.defence, &self.search, &mut self.picture);
        let [seen, tracked, engaged] = &mut self.limits;
        seen_limits(course, &self.search, &self.picture.plotted, seen);
        seen_limits(course, &self.search, &self.picture.confirmed, tracked);
        if site.engager.is_some() {
            let judged = Judged { ever: &self.picture.ever, tracked };
            engagement_limits(course, &site.defence, meetings, &self.engager, &judged, engaged);
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
    // It flies straight at the site: nose on.
    let rcs_m2 = radar.rcs_m2(&site.target, 1.0);
    let curve = radar.curve(site.target.swerling);
    let bounds = Bounds::of(&radar.figures, site.speed_m_s);
    for reach in reaches {
        let (range_m, tangent, way, hidden) = match *reach {
            Reach::Never(limit) => {
                view.push(0.0, limit);
                continue;
            }
            Reach::Maybe { range_m, tangent, way, hidden } => (range_m, tangent, way, hidden),
        };
        if let Some(limit) = bounds.outside(range_m, tangent) {
            view.push(0.0, limit);
            continue;
        }
        let environment = &plan.request.environment;
        let signal = radar.signal.of_range(environment, &way, range_m, rcs_m2, 0.0);
        let prob = curve.detection_prob(signal.snr_db());
        let limit = match hidden {
            _ if prob >= SEES_PROB => Limit::Covered,
            Some(limit) => limit,
            None => Limit::Signal,
        };
        view.push(prob, limit);
    }
}

/// What a radar does not look at.
struct Bounds {
    ranges_m: [f64; 2],
    tangents: [f64; 2],
    is_too_slow: bool,
}

impl Bounds {
    fn of(figures: &card::Radar, speed_m_s: f64) -> Bounds {
        let tangent = |angle_rad: f64| match angle_rad.abs() < 1.57 {
            true => libm::tan(angle_rad),
            false => f64::INFINITY.copysign(angle_rad),
        };
        Bounds {
            ranges_m: [figures.min_range_m, figures.instrumented_range_m],
            tangents: [tangent(figures.elevation_min_rad), tangent(figures.elevation_max_rad)],
            is_too_slow: speed_m_s < figures.min_radial_speed_m_s,
        }
    }

    fn outside(&self, range_m: f64, tangent: f64) -> Option<Limit> {
        match () {
            () if range_m > self.ranges_m[1] => Some(Limit::InstrumentedRange),
            () if range_m < self.ranges_m[0] => Some(Limit::TooClose),
            () if tangent < self.tangents[0] || tangent > self.tangents[1] => {
                Some(Limit::Elevation)
            }
            () if self.is_too_slow => Some(Limit::Signal),
            () => None,
        }
    }
}
