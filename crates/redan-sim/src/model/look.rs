//! One look of one radar at one aircraft: geometry, signal, detection, plot.
//!
//! **Models** what a beam passing over an aircraft makes of it: instrumented and minimum range,
//! elevation limits, the lowest radial speed that the moving-target filter passes, cross-section by aspect
//! and band, and the signal over noise, clutter and jamming ([`super::signal`]) with exact Swerling
//! detection. The line of sight is a label: it says why a weak signal is weak, and a target close behind
//! the horizon may still be detected by what diffraction leaves of its echo.
//! **Equations**: see [`super::radar_equation`], [`super::detection`], [`super::propagation`],
//! [`super::clutter`], [`super::jamming`], [`super::cross_section`] and [`super::accuracy`].
//! **Inputs**: SI units and radians. **Left out**: the shape of the elevation beam but for clutter and
//! jamming, biases but for those that the engine draws. False plots, and echoes that are not told apart,
//! are the engine's.
//! **Validated against** `validation/01-horizon`, `02-fourth-root` and the reference tables of the
//! models that it is put together from.

use redan_geo::{Aer, Earth, Ecef, Geodetic, LocalFrame, SightMap};
use redan_record::{AircraftId, Sight};

use crate::card;
use crate::draw::{Draw, Luck, NameHash, Purpose};
use crate::model::accuracy::{AngleAccuracy, RangeAccuracy};
use crate::model::cross_section::{Aspects, Bands};
use crate::model::detection::{DetectionCurve, Detector, Swerling};
use crate::model::jamming::{self, JamPath, NoiseJammer};
use crate::model::motion::State;
use crate::model::passive::PassiveCalibration;
use crate::model::radar_equation::{decibels, power_ratio};
use crate::model::signal::{Signal, SignalModel, Way};
use crate::scenario::{Environment, Radar};

pub use hear::Hearing;

mod ask;
mod hear;

/// Plots of the engagement radar that a track must have taken before its target counts as acquired: as
/// many as a tracker wants before it confirms a track.
pub const HITS_TO_ACQUIRE: u32 = 3;

/// Detection probability below which a target without a line of sight counts as hidden and chance is not
/// asked. A choice of the model: it bounds what is missed by a hundredth of a look.
const HIDDEN_PROB: f64 = 0.01;

/// Noise of a jammer over that of the receiver from which on its direction is reported, decibels: the usual
/// threshold of a strobe. A choice of the model.
const STROBE_DB: f64 = 13.0;

/// Loss between the polarisations of jammer and radar, decibels: a choice of the model, the customary
/// one for slant against linear.
const MISMATCH_DB: f64 = -3.0;

/// A radar made ready: its frame, its horizon, its calibration, its detection curves.
#[derive(Clone, Debug)]
pub struct RadarModel {
    /// Frame at the antenna.
    pub frame: LocalFrame,
    /// Figures of its card.
    pub figures: card::Radar,
    /// Figures of its interrogator.
    pub interrogator: card::Interrogator,
    /// Signal-to-noise ratio at which a steady target is detected half the time, decibels: that of a
    /// false plot.
    pub threshold_snr_db: f64,
    /// What becomes of an echo on its way.
    pub signal: SignalModel,
    /// Horizon round the antenna.
    pub sights: SightMap,
    curves: [DetectionCurve; 5],
    accuracy: (RangeAccuracy, AngleAccuracy, AngleAccuracy),
    passive: Option<PassiveCalibration>,
    antenna: Ecef,
}

/// What lies between a radar and what it looks at.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// Effective Earth and relief.
    pub earth: &'a Earth,
    /// Air, rain and ground.
    pub environment: &'a Environment,
    /// Jammers that the radar receives.
    pub jamming: &'a [JamSource],
}

/// A jammer as a radar receives it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct JamSource {
    /// Who jams.
    pub aircraft: AircraftId,
    /// Where it is.
    pub seen: Aer,
    /// Its noise over that of the receiver when the main lobe points at it, decibels.
    pub level_db: f64,
}

/// What a look found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// Clear or weak if in view, else the reason why not.
    pub sight: Sight,
    /// True geometry.
    pub seen: Aer,
    /// Signal over noise, clutter and jamming, decibels per pulse; not a number where it is not in view.
    pub snr_db: f64,
    /// Probability of detection; 0 where it is not in view.
    pub detection_prob: f64,
}

impl Look {
    /// Whether chance is asked.
    pub fn in_view(&self) -> bool {
        self.sight.is_in_view()
    }
}

impl RadarModel {
    /// Makes a radar ready on its place; `None` where the figures of its card cannot be those of a radar: a
    /// detection range, cross-section or probability that no calibration fits.
    pub fn new(radar: &Radar, earth: &Earth, environment: &Environment) -> Option<RadarModel> {
        RadarModel::like(radar, earth, environment, None)
    }

    /// The same, bit for bit, with the parts of another model on the same Earth that do not depend on what
    /// differs: horizon, detection curves and the loss of air cost far more than the rest.
    pub fn like(
        radar: &Radar,
        earth: &Earth,
        environment: &Environment,
        other: Option<&RadarModel>,
    ) -> Option<RadarModel> {
        let figures = radar.figures.clone();
        let detectors = detectors(&figures)?;
        let curves = match other.filter(|other| other.detects_like(&figures)) {
            Some(other) => other.curves.clone(),
            None => detectors.each_ref().map(DetectionCurve::new),
        };
        let reference = &detectors[usize::from(figures.reference_swerling.min(4))];
        let here = other.filter(|other| other.sights.station().place() == radar.antenna);
        let known = here.map(|other| &other.signal);
        let signal = SignalModel::new(radar, reference, earth, environment, known)?;
        let reference_db = reference.required_snr_db(figures.reference_probability)?;
        let as_far = |other: &&RadarModel| {
            other.figures.instrumented_range_m.to_bits() == figures.instrumented_range_m.to_bits()
        };
        let sights = match here.filter(as_far) {
            Some(other) => other.sights.clone(),
            None => SightMap::new(earth, radar.antenna, figures.instrumented_range_m),
        };
        Some(RadarModel {
            frame: LocalFrame::new(radar.antenna),
            sights,
            threshold_snr_db: curves[0].required_snr_db(0.5)?,
            accuracy: accuracy(&figures, reference_db)?,
            passive: hear::calibration(&figures, &detectors[0]),
            curves,
            interrogator: radar.interrogator.clone(),
            antenna: radar.antenna.to_ecef(),
            signal,
            figures,
        })
    }

    /// Whether a radar with these figures has the same detection curves.
    fn detects_like(&self, figures: &card::Radar) -> bool {
        let of = |figures: &card::Radar| figures.false_alarm_probability.to_bits();
        self.figures.pulses == figures.pulses && of(&self.figures) == of(figures)
    }

    /// The same radar with the ground round another one that stands at the same place.
    pub(crate) fn with_surroundings_of(self, other: &RadarModel) -> RadarModel {
        RadarModel { signal: self.signal.with_surroundings_of(&other.signal), ..self }
    }

    /// The same radar, made over the smooth Earth, with the ground that relief has round it: without the map
    /// of sights that looking wants.
    pub(crate) fn on_ground(
        self,
        radar: &Radar,
        earth: &Earth,
        environment: &Environment,
    ) -> RadarModel {
        RadarModel { signal: self.signal.on_ground(radar, earth, environment), ..self }
    }

    /// Looks at an aircraft in the given state. Pure geometry and signal; nothing is drawn.
    pub fn look(&self, scene: &Scene<'_>, state: &State, target: &card::AirVehicle) -> Look {
        self.look_again(scene, state, target, None)
    }

    /// The same after a look that found `last`: what stays about as deeply hidden is said to be as it was.
    pub fn look_again(
        &self,
        scene: &Scene<'_>,
        state: &State,
        target: &card::AirVehicle,
        last: Option<Sight>,
    ) -> Look {
        let seen = self.frame.aer(state.ecef);
        if let Some(sight) = self.outside(&seen) {
            return out_of_view(sight, seen);
        }
        let closing = Closing::of(self.antenna, state);
        let rcs_m2 = self.rcs_m2(target, closing.cos_aspect);
        let Some(way) = self.way(scene, &state.place, &seen, rcs_m2) else {
            return out_of_view(self.hidden(scene.earth, &state.place, last), seen);
        };
        let short_by_m_s = self.figures.min_radial_speed_m_s - closing.radial_speed_m_s.abs();
        if short_by_m_s > 0.0 && way.visible {
            return out_of_view(Sight::TooSlow { short_by_m_s }, seen);
        }
        let jam_ratio = self.jam_ratio(scene.jamming, &seen);
        let signal = self.signal.of_range(scene.environment, &way, seen.range_m, rcs_m2, jam_ratio);
        let curve = self.curve(target.swerling);
        let detection_prob = curve.detection_prob(signal.snr_db());
        if !way.visible && detection_prob < HIDDEN_PROB {
            return out_of_view(self.hidden(scene.earth, &state.place, last), seen);
        }
        let sight = sight_of(&signal, detection_prob, curve);
        Look { sight, seen, snr_db: signal.snr_db(), detection_prob }
    }

    /// A look that is not taken, for a reason of the radar's own.
    pub fn not_looking(&self, sight: Sight, state: &State) -> Look {
        out_of_view(sight, self.frame.aer(state.ecef))
    }

    /// Cross-section of a target in the band of this radar, square metres, at the cosine of the
    /// aspect: 1 is nose-on.
    pub fn rcs_m2(&self, target: &card::AirVehicle, aspect_cosine: f64) -> f64 {
        let aspects = |rcs: &card::RcsByAspect| Aspects {
            nose_rcs_m2: rcs.nose_rcs_m2,
            side_rcs_m2: rcs.side_rcs_m2,
            tail_rcs_m2: rcs.tail_rcs_m2,
        };
        let low = target.rcs_vhf.as_ref().map(aspects);
        let bands = Bands { microwave: aspects(&target.rcs), low };
        bands.rcs_m2(aspect_cosine, self.figures.frequency_hz)
    }

    /// Detection curve of a Swerling case.
    pub fn curve(&self, swerling: u8) -> &DetectionCurve {
        &self.curves[usize::from(swerling.min(4))]
    }

    /// What the way to a place does to the echo; `None` where there is no line of sight and even the
    /// least loss behind an edge leaves nothing to detect.
    fn way(&self, scene: &Scene<'_>, place: &Geodetic, seen: &Aer, rcs_m2: f64) -> Option<Way> {
        let glance = self.sights.glance(scene.earth, place);
        if !glance.visible {
            if !scene.environment.full {
                return None;
            }
            let best_db = self.signal.free_db(seen.range_m, rcs_m2)
                - self.signal.least_loss_db(&glance, place.height_m);
            if self.curves[0].detection_prob(best_db) < HIDDEN_PROB
                && self.curves[1].detection_prob(best_db) < HIDDEN_PROB
            {
                return None;
            }
        }
        let ground_m = scene.earth.ground_m(place.lat_rad, place.lon_rad);
        Some(self.signal.way(scene, &self.sights, &glance, place, ground_m))
    }

    /// Range and elevation limits.
    fn outside(&self, seen: &Aer) -> Option<Sight> {
        let figures = &self.figures;
        if seen.range_m > figures.instrumented_range_m {
            return Some(Sight::BeyondRange {
                excess_m: seen.range_m - figures.instrumented_range_m,
            });
        }
        if seen.range_m < figures.min_range_m {
            return Some(Sight::TooClose { short_by_m: figures.min_range_m - seen.range_m });
        }
        let off_by_rad = (figures.elevation_min_rad - seen.elevation_rad)
            .max(seen.elevation_rad - figures.elevation_max_rad);
        (off_by_rad > 0.0).then_some(Sight::OutsideElevation { off_by_rad })
    }

    /// Why there is no line of sight, by the exact ray, unless it is as it was.
    fn hidden(&self, earth: &Earth, place: &Geodetic, last: Option<Sight>) -> Sight {
        if let Some(last) = last.filter(|last| self.is_hidden_alike(earth, place, last)) {
            return last;
        }
        let sight = earth.sight(&self.sights.station().place(), place);
        let short_by_rad = (-sight.clearance_rad()).max(0.0);
        match sight.blocker {
            Some(blocker) if blocker.kind == redan_geo::BlockerKind::Relief => {
                Sight::BehindRelief { short_by_rad, ridge_m: blocker.arc_m }
            }
            _ => Sight::BelowHorizon { short_by_rad },
        }
    }

    /// Whether a place is hidden about as deep as the last one, by the map of sight: within half of what makes it new.
    fn is_hidden_alike(&self, earth: &Earth, place: &Geodetic, last: &Sight) -> bool {
        // Over the smooth Earth the exact ray is cheaper than this.
        if earth.relief.is_none() {
            return false;
        }
        let (Sight::BehindRelief { short_by_rad, .. } | Sight::BelowHorizon { short_by_rad }) =
            *last
        else {
            return false;
        };
        let glance = self.sights.glance(earth, place);
        let about_rad = (glance.lowest_m - place.height_m) / glance.arc_m.max(1.0);
        !glance.visible && about_rad <= 1.4 * short_by_rad && short_by_rad <= 1.4 * about_rad
    }

    /// A plot's measurement: the truth with the radar's bias and normal errors that grow as the signal
    /// weakens. `key` is the pair of names and the ordinal of the look.
    pub fn measure(
        &self,
        luck: &Luck,
        (pair, nth): (NameHash, u64),
        seen: &Aer,
        snr_db: f64,
        bias: &Aer,
    ) -> Aer {
        let mut draw: Draw = luck.draw(Purpose::MeasurementError, pair, nth);
        let (range, azimuth, elevation) = &self.accuracy;
        let range_m = seen.range_m + bias.range_m + draw.normal() * range.sigma_m(snr_db);
        let azimuth_rad =
            seen.azimuth_rad + bias.azimuth_rad + draw.normal() * azimuth.sigma_rad(snr_db);
        let elevation_rad =
            seen.elevation_rad + bias.elevation_rad + draw.normal() * elevation.sigma_rad(snr_db);
        Aer {
            azimuth_rad: redan_geo::wrap_two_pi_rad(azimuth_rad),
            elevation_rad: elevation_rad
                .clamp(-std::f64::consts::FRAC_PI_2, std::f64::consts::FRAC_PI_2),
            range_m: range_m.max(0.0),
        }
    }

    /// Where a jammer stands and how strong its noise is in the main lobe, decibels over the receiver's
    /// own; `None` where it is out of the radar's band or out of sight, or where the card gives no
    /// absolute levels.
    pub fn jamming(
        &self,
        earth: &Earth,
        state: &State,
        jammer: &card::Jammer,
    ) -> Option<(Aer, f64)> {
        let levels = self.figures.absolute.as_ref()?;
        let seen = self.frame.aer(state.ecef);
        if !self.sights.glance(earth, &state.place).visible {
            return None;
        }
        let levels = jamming::AbsoluteLevels {
            gain_db: levels.gain_db,
            noise_bandwidth_hz: levels.noise_bandwidth_hz,
            noise_figure_db: levels.noise_figure_db,
        };
        let noise = NoiseJammer {
            erp_density_w_hz: jammer.erp_density_w_hz,
            low_hz: jammer.frequency_low_hz,
            high_hz: jammer.frequency_high_hz,
        };
        let path = JamPath {
            range_m: seen.range_m.max(1.0),
            pattern_db: 0.0,
            propagation_db: 0.0,
            mismatch_db: MISMATCH_DB,
        };
        let ratio = jamming::jam_to_noise_ratio(&levels, self.figures.frequency_hz, &noise, &path);
        (ratio > 0.0).then(|| (seen, decibels(ratio)))
    }

    /// Noise of all jammers over that of the receiver when the beam points somewhere.
    fn jam_ratio(&self, sources: &[JamSource], aim: &Aer) -> f64 {
        let of = |source: &JamSource| {
            let pattern_db = self.signal.pattern_db(aim, &source.seen);
            power_ratio(source.level_db + pattern_db)
        };
        sources.iter().map(of).sum()
    }

    /// Standard deviation of the direction of a jammer in the main lobe; `None` where its noise does not
    /// stand out.
    pub fn strobe_sigma_rad(&self, level_db: f64) -> Option<f64> {
        let beamwidth_rad = self.figures.azimuth_beamwidth_rad;
        jamming::strobe_sigma_rad(beamwidth_rad, power_ratio(level_db), STROBE_DB)
    }

    /// A place in the search volume from three numbers in 0..1: azimuth as the share of a turn,
    /// range, elevation.
    pub fn somewhere(
        &self,
        turn_ratio: f64,
        range_ratio: f64,
        elevation_ratio: f64,
        heading_rad: f64,
    ) -> Aer {
        let figures = &self.figures;
        let span_m = figures.instrumented_range_m - figures.min_range_m;
        let span_rad = figures.elevation_max_rad - figures.elevation_min_rad;
        let sector_rad = figures.azimuth_coverage_rad.min(std::f64::consts::TAU);
        // A rotating radar's turn begins at its heading, a sector lies on both sides of it.
        let begin_rad = if sector_rad < std::f64::consts::TAU { -sector_rad / 2.0 } else { 0.0 };
        let azimuth_rad = heading_rad + begin_rad + turn_ratio * sector_rad;
        Aer {
            azimuth_rad: redan_geo::wrap_two_pi_rad(azimuth_rad),
            elevation_rad: figures.elevation_min_rad + elevation_ratio * span_rad,
            range_m: figures.min_range_m + range_ratio * span_m,
        }
    }
}

fn detectors(figures: &card::Radar) -> Option<[Detector; 5]> {
    let mut detectors = Vec::with_capacity(5);
    for case in Swerling::ALL {
        detectors.push(Detector::new(case, figures.pulses, figures.false_alarm_probability)?);
    }
    detectors.try_into().ok()
}

/// Deviations at the published accuracy, which is taken for that at the published range.
fn accuracy(
    figures: &card::Radar,
    reference_db: f64,
) -> Option<(RangeAccuracy, AngleAccuracy, AngleAccuracy)> {
    let (pulses, db) = (figures.pulses, reference_db);
    let range = RangeAccuracy::from_reference(
        figures.range_sigma_m,
        figures.range_resolution_m,
        db,
        pulses,
    )?;
    let azimuth = AngleAccuracy::from_reference(
        figures.azimuth_sigma_rad,
        figures.azimuth_beamwidth_rad,
        db,
        pulses,
    )?;
    let elevation = AngleAccuracy::from_reference(
        figures.elevation_sigma_rad,
        figures.elevation_beamwidth_rad,
        db,
        pulses,
    )?;
    Some((range, azimuth, elevation))
}

/// What a look makes of a signal, and where it is too weak, what weakened it most.
fn sight_of(signal: &Signal, detection_prob: f64, curve: &DetectionCurve) -> Sight {
    if detection_prob >= 0.5 {
        return Sight::Clear;
    }
    if curve.detection_prob(signal.free_db) < 0.5 {
        return Sight::Weak;
    }
    let (faded_db, cluttered_db, jammed_db) =
        (-signal.way_db, signal.clutter_loss_db, signal.jamming_loss_db);
    match () {
        () if jammed_db >= faded_db && jammed_db >= cluttered_db => {
            Sight::Jammed { lost_db: jammed_db }
        }
        () if cluttered_db >= faded_db => Sight::Cluttered { lost_db: cluttered_db },
        () => Sight::Faded { lost_db: faded_db },
    }
}

fn out_of_view(sight: Sight, seen: Aer) -> Look {
    Look { sight, seen, snr_db: f64::NAN, detection_prob: 0.0 }
}

/// Motion of a target relative to the line from the radar.
struct Closing {
    /// Negative when it approaches, m/s.
    radial_speed_m_s: f64,
    /// Cosine of the angle between its course and the direction to the radar: 1 nose-on, -1 tail-on.
    cos_aspect: f64,
}

impl Closing {
    fn of(antenna: Ecef, state: &State) -> Closing {
        let away = LocalFrame::new(state.place).enu(antenna);
        let range_m = away.range_m().max(1.0);
        let v = state.velocity;
        let closing_m_s =
            (away.east_m * v.east_m_s + away.north_m * v.north_m_s + away.up_m * v.up_m_s)
                / range_m;
        let cos_aspect = (closing_m_s / v.speed_m_s().max(1e-9)).clamp(-1.0, 1.0);
        Closing { radial_speed_m_s: -closing_m_s, cos_aspect }
    }
}

#[cfg(test)]
mod tests;
