//! The signal of an echo: what becomes of it on its way, and what it must stand out from.
//!
//! **What it models.** Signal over noise, clutter and jamming of a target at a place. In free space it follows
//! from the published detection range; the way adds diffraction, multipath, air and rain, twice; the ground in
//! the same cell adds clutter as far as the moving-target filter leaves it; jammers add noise.
//!
//! **Equation and reference.** S / (N + C + J) with S/N = C₀ σ / R⁴ · F⁴ · L_air; C/S from the cell of
//! [`super::clutter`], seen through the elevation beam; J/N from [`super::jamming`]. The published range is
//! taken to contain the loss of air to a target at a height at which nothing else is lost.
//!
//! **Inputs.** Metres, radians, decibels. **Valid range.** That of its parts. **Left out.** Clutter beyond the
//! unambiguous range and in side lobes, rain as clutter, jamming by way of the ground.
//!
//! **Validated against** its parts' tables; what it is put together to, against the running engine and the
//! published low-altitude claims (`validation/10-low-altitude`).

use redan_geo::{Aer, Earth, EffectiveEarth, Geodetic, Glance, SightMap, Station, wrap_pi_rad};

use crate::model::antenna::Antenna;
use crate::model::clutter::{self, SurfaceCell};
use crate::model::detection::Detector;
use crate::model::look::Scene;
use crate::model::propagation::{
    self, GasTable, Ground, Path, RainField, RainLoss, Surface, knife_edge, propagation,
};
use crate::model::radar_equation::{Calibration, LIGHT_M_S, Reference, decibels, power_ratio};
use crate::scenario::{self, Environment, Radar};

/// Height of the target that a published range is taken to mean, metres: high enough that nothing but the air
/// is in the way. A choice of the model.
const REFERENCE_HEIGHT_M: f64 = 10_000.0;

/// Height to which it rains, metres: of the standard atmosphere, by ITU-R P.839. A choice of the model.
const RAIN_TOP_M: f64 = 2_600.0;

/// Samples of the ground between a radar and a target at most; posts of coarse relief are fewer.
const MOST_SAMPLES: f64 = 240.0;

/// Knife-edge parameter of the horizon's edge below which a path counts as clear of all ground: where the
/// edge that is nearest to the ray is cleared by half as much again as it must be, the others are too.
const CLEAR_NU: f64 = 1.5 * knife_edge::CLEAR_NU_RATIO;

/// Least grazing angle of land that is in view: its slopes face the radar. A choice of the model.
const LAND_GRAZING_RAD: f64 = 0.026;

/// Directions in which the roughness round a radar is known beforehand.
const SECTORS: usize = 360;

/// How far the ground that could reflect is looked at, metres: the point of reflection of a low antenna
/// lies nearer.
const REFLECTING_M: f64 = 30_000.0;

/// What becomes of an echo on its way, for one radar on its place.
#[derive(Clone, Debug)]
pub struct SignalModel {
    calibration: Calibration,
    beam: Antenna,
    wavelength_m: f64,
    azimuth_width_rad: f64,
    elevation_width_rad: f64,
    resolution_m: f64,
    improvement_db: f64,
    surface: Surface,
    gamma_ratio: f64,
    land: bool,
    /// Standard deviation of the ground by direction, metres.
    roughness_m: Vec<f32>,
    /// Distance between samples of relief.
    posts_m: f64,
    /// Loss of air and of rain, one way.
    air: GasTable,
    rain: RainLoss,
}

/// What the way to a place does to an echo, there and back.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Way {
    /// Whether the line of sight is free.
    pub visible: bool,
    /// Field against free space, two-way; negative for a loss.
    pub two_way_db: f64,
    /// Grazing angle of the ground below, where it is in view.
    pub ground_grazing_rad: Option<f64>,
    /// Elevation of the target over the ground below it, radians.
    pub over_ground_rad: f64,
}

/// A signal and what it was made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Signal {
    /// In free space, over noise.
    pub free_db: f64,
    /// What the way adds, there and back; negative for a loss.
    pub way_db: f64,
    /// Loss to clutter.
    pub clutter_loss_db: f64,
    /// Loss to jamming.
    pub jamming_loss_db: f64,
}

impl Signal {
    /// Signal over noise, clutter and jamming.
    pub fn snr_db(&self) -> f64 {
        self.free_db + self.way_db - self.clutter_loss_db - self.jamming_loss_db
    }
}

impl SignalModel {
    /// The model of a radar on its place; `None` where no calibration fits its figures. From `other`, a model
    /// with its antenna at the same place, Earth and environment, what does not depend on the radar is taken.
    pub fn new(
        radar: &Radar,
        detector: &Detector,
        earth: &Earth,
        environment: &Environment,
        other: Option<&SignalModel>,
    ) -> Option<SignalModel> {
        let figures = &radar.figures;
        let wavelength_m = LIGHT_M_S / figures.frequency_hz;
        let air = match other.filter(|one| one.wavelength_m.to_bits() == wavelength_m.to_bits()) {
            Some(other) => other.air.clone(),
            None => GasTable::new(figures.frequency_hz, radar.antenna.height_m, earth.effective),
        };
        let reference = reference(figures, environment, &air);
        let land = environment.surface == scenario::Surface::Land;
        let gamma_ratio = match environment.surface {
            scenario::Surface::Land => power_ratio(environment.clutter_gamma_db),
            // The wind of the Beaufort scale that raises a sea of the Douglas scale is about one more.
            scenario::Surface::Sea => {
                clutter::sea_gamma_ratio(u32::from(environment.sea_state) + 1, wavelength_m)
            }
        };
        let floor_db = figures.sidelobe_level_db.min(-10.0);
        Some(SignalModel {
            calibration: Calibration::from_reference(&reference, detector)?,
            beam: Antenna::new(
                figures.azimuth_beamwidth_rad,
                figures.elevation_beamwidth_rad,
                floor_db,
                None,
            )?,
            azimuth_width_rad: figures.azimuth_beamwidth_rad,
            elevation_width_rad: figures.elevation_beamwidth_rad,
            resolution_m: figures.range_resolution_m,
            improvement_db: figures.clutter_improvement_db,
            surface: Surface {
                ground: if land { Ground::LAND } else { Ground::SEA },
                roughness_m: environment.roughness_m,
            },
            gamma_ratio,
            land,
            roughness_m: match other {
                Some(other) => other.roughness_m.clone(),
                None => roughness(radar, earth, environment),
            },
            posts_m: earth.relief.as_ref().map_or(1_000.0, |grid| grid.post_spacing_m()),
            wavelength_m,
            air,
            rain: RainLoss::new(
                figures.frequency_hz,
                0.0,
                RainField {
                    rate_mm_h: environment.rain_mm_h,
                    top_m: RAIN_TOP_M,
                    extent_m: f64::INFINITY,
                },
            ),
        })
    }

    /// Signal-to-noise ratio in free space, decibels.
    #[inline]
    pub fn free_db(&self, range_m: f64, rcs_m2: f64) -> f64 {
        self.calibration.snr_db(range_m, rcs_m2, 0.0)
    }

    /// Range at which a signal in free space falls to a ratio.
    pub fn free_range_m(&self, snr_db: f64, rcs_m2: f64) -> f64 {
        self.calibration.range_m(snr_db, rcs_m2, 0.0)
    }

    /// The same model with the ground round another radar at the same place.
    pub(crate) fn with_surroundings_of(self, other: &SignalModel) -> SignalModel {
        SignalModel { roughness_m: other.roughness_m.clone(), ..self }
    }

    /// The same model with the ground round a radar.
    pub(crate) fn on_ground(
        self,
        radar: &Radar,
        earth: &Earth,
        environment: &Environment,
    ) -> SignalModel {
        SignalModel { roughness_m: roughness(radar, earth, environment), ..self }
    }

    /// Gain of the beam in one direction when it points in another, decibels below the middle.
    pub fn pattern_db(&self, aim: &Aer, at: &Aer) -> f64 {
        let across_rad = wrap_pi_rad(at.azimuth_rad - aim.azimuth_rad);
        self.beam.pattern_db(across_rad, at.elevation_rad - aim.elevation_rad)
    }

    /// What the way to a place does, with the ground below it at a height.
    pub fn way(
        &self,
        scene: &Scene<'_>,
        sights: &SightMap,
        glance: &Glance,
        place: &Geodetic,
        ground_m: f64,
    ) -> Way {
        let own = sights.station();
        let azimuth_rad = || own.azimuth_rad(&Station::new(*place));
        let mut way =
            self.way_without(own.place().height_m, glance, place.height_m, ground_m, scene);
        if scene.environment.full && !self.is_clear(glance, place.height_m, azimuth_rad) {
            let mut profile_m = Vec::new();
            let to = Station::new(*place);
            if scene.earth.relief.is_some() {
                let spacing_m = self.posts_m.max(glance.arc_m / MOST_SAMPLES);
                scene.earth.profile(own, &to, spacing_m, &mut profile_m);
            }
            let path = Path {
                radius_m: scene.earth.effective.radius_m,
                ends_m: [own.place().height_m, place.height_m],
                arc_m: glance.arc_m.max(1.0),
                ground_m: &profile_m,
            };
            way.two_way_db += 2.0 * self.one_way_db(&path);
        }
        way
    }

    /// Field at the end of a path against free space, one way.
    pub fn one_way_db(&self, path: &Path<'_>) -> f64 {
        propagation(path, &self.surface, self.wavelength_m).one_way_db
    }

    /// Loss of air and rain to a place, one way.
    fn air_db(&self, earth: EffectiveEarth, own_m: f64, arc_m: f64, height_m: f64) -> f64 {
        let climb_m = height_m - own_m;
        let range_m = (arc_m * arc_m + climb_m * climb_m).sqrt();
        self.air.loss_db(range_m, height_m) + self.rain.loss_db(earth, own_m, height_m, range_m)
    }

    /// The way as in free space but for air and rain, with what is known of the ground below the target.
    pub fn way_without(
        &self,
        own_m: f64,
        glance: &Glance,
        height_m: f64,
        ground_m: f64,
        scene: &Scene<'_>,
    ) -> Way {
        let arc_m = glance.arc_m.max(1.0);
        let lit = glance.lowest_m <= ground_m + 1.0;
        let drop_rad = arc_m / (2.0 * scene.earth.effective.radius_m);
        let slope = (own_m - ground_m) / arc_m - drop_rad;
        let least_rad = if self.land { LAND_GRAZING_RAD } else { 0.0 };
        Way {
            visible: glance.visible,
            two_way_db: match scene.environment.full {
                true => -2.0 * self.air_db(scene.earth.effective, own_m, arc_m, height_m),
                false => 0.0,
            },
            ground_grazing_rad: lit.then(|| slope.max(least_rad)),
            over_ground_rad: (height_m - ground_m).max(0.0) / arc_m,
        }
    }

    /// Knife-edge parameter of the edge that makes the horizon of a place, for a target at a height there:
    /// positive where it is hidden.
    pub fn edge_nu_ratio(&self, glance: &Glance, height_m: f64) -> f64 {
        let (arc_m, edge_m) =
            (glance.arc_m.max(1.0), glance.edge_m.clamp(1.0, glance.arc_m.max(1.0)));
        let behind_m = (arc_m - edge_m).max(1e-3 * arc_m);
        let below = (glance.lowest_m - height_m) / arc_m;
        below * (2.0 * arc_m * edge_m / (self.wavelength_m * behind_m)).sqrt()
    }

    /// Least loss there and back behind the edge of a horizon, decibels: that of the edge alone.
    pub fn least_loss_db(&self, glance: &Glance, height_m: f64) -> f64 {
        2.0 * knife_edge::loss_db(self.edge_nu_ratio(glance, height_m))
    }

    /// Whether neither diffraction nor reflection can matter on the way to a height: the ray clears the
    /// edge of the horizon by more than its Fresnel zone, and by so much that the ground is too rough to
    /// reflect at the angle.
    pub fn is_clear(
        &self,
        glance: &Glance,
        height_m: f64,
        azimuth_rad: impl FnOnce() -> f64,
    ) -> bool {
        if !glance.visible {
            return false;
        }
        if self.edge_nu_ratio(glance, height_m) > CLEAR_NU {
            return false;
        }
        let clearance = (height_m - glance.lowest_m) / glance.arc_m.max(1.0);
        let turn = azimuth_rad() / std::f64::consts::TAU;
        let sector = (turn * SECTORS as f64) as usize % SECTORS;
        let roughness_m = f64::from(self.roughness_m[sector]);
        // Beyond this the coherent reflection is below a thousandth.
        clearance * roughness_m * 4.0 * std::f64::consts::PI > 3.8 * self.wavelength_m
    }

    /// The signal of a target at a range, with jamming as a ratio to the receiver's own noise.
    pub fn of_range(
        &self,
        environment: &Environment,
        way: &Way,
        range_m: f64,
        rcs_m2: f64,
        jam_ratio: f64,
    ) -> Signal {
        let free_db = self.free_db(range_m, rcs_m2);
        let signal_db = free_db + way.two_way_db;
        let clutter_ratio = match way.ground_grazing_rad {
            // Two beams above the ground its echo comes in by the side lobes, twice, and is nothing.
            Some(grazing_rad)
                if environment.full && way.over_ground_rad < 2.0 * self.elevation_width_rad =>
            {
                self.clutter_ratio(range_m, grazing_rad, way, rcs_m2, signal_db)
            }
            _ => 0.0,
        };
        Signal {
            free_db,
            way_db: way.two_way_db,
            clutter_loss_db: match clutter_ratio > 0.0 {
                true => decibels(1.0 + clutter_ratio / (1.0 + jam_ratio)),
                false => 0.0,
            },
            jamming_loss_db: if jam_ratio > 0.0 { decibels(1.0 + jam_ratio) } else { 0.0 },
        }
    }

    /// Clutter that the filter leaves, over noise.
    fn clutter_ratio(
        &self,
        range_m: f64,
        grazing_rad: f64,
        way: &Way,
        rcs_m2: f64,
        signal_db: f64,
    ) -> f64 {
        let cell = SurfaceCell {
            range_m,
            azimuth_width_rad: self.azimuth_width_rad,
            resolution_m: self.resolution_m,
            grazing_rad: Some(grazing_rad),
        };
        let clutter_m2 = cell.rcs_m2(self.gamma_ratio);
        let over_signal_db = clutter::clutter_to_signal_db(clutter_m2, rcs_m2, self.improvement_db)
            + 2.0 * self.beam.pattern_db(0.0, way.over_ground_rad);
        power_ratio(over_signal_db + signal_db - way.two_way_db.min(0.0))
    }
}

/// What the calibration starts from. The published range contains the air up to a height at which nothing else
/// is lost.
fn reference(figures: &crate::card::Radar, environment: &Environment, air: &GasTable) -> Reference {
    let height_m = REFERENCE_HEIGHT_M.min(0.5 * figures.reference_range_m);
    Reference {
        range_m: figures.reference_range_m,
        rcs_m2: figures.reference_rcs_m2,
        probability: figures.reference_probability,
        propagation_db: match environment.full {
            true => -2.0 * air.loss_db(figures.reference_range_m, height_m),
            false => 0.0,
        },
    }
}

/// Roughness of the ground round a radar by direction; that of the environment alone over the smooth Earth.
fn roughness(radar: &Radar, earth: &Earth, environment: &Environment) -> Vec<f32> {
    if earth.relief.is_none() {
        return vec![environment.roughness_m as f32; SECTORS];
    }
    let own = Station::new(radar.antenna);
    let mut ground_m = Vec::new();
    (0..SECTORS)
        .map(|sector| {
            let azimuth_rad = (sector as f64 + 0.5) / SECTORS as f64 * std::f64::consts::TAU;
            let end = Station::new(own.ahead(azimuth_rad, REFLECTING_M));
            earth.profile(&own, &end, 500.0, &mut ground_m);
            let path = propagation::Path {
                radius_m: earth.effective.radius_m,
                ends_m: [radar.antenna.height_m, radar.antenna.height_m],
                arc_m: REFLECTING_M,
                ground_m: &ground_m,
            };
            let relief_m = path.shape().roughness_m;
            let own_m = environment.roughness_m;
            (relief_m * relief_m + own_m * own_m).sqrt() as f32
        })
        .collect()
}
