//! One look of one radar at one aircraft: geometry, signal, detection, plot.
//!
//! **Models** what a beam passing over an aircraft makes of it: instrumented and minimum range,
//! elevation limits, horizon or relief in between (effective Earth radius), the lowest radial speed
//! that the moving-target filter passes, cross-section by aspect, signal-to-noise ratio from the radar
//! equation calibrated on the published range, exact Swerling detection, and a plot with normal
//! errors of the published size.
//! **Equations**: see [`crate::model::radar_equation`] and [`crate::model::detection`]. The
//! cross-section between nose, side and tail is interpolated in decibels over the cosine of the
//! aspect angle squared, which keeps the three published values and nothing between them.
//! **Inputs**: SI units and radians. **Left out**: multipath, clutter, atmospheric and rain loss,
//! jamming, merging of close targets, biases, growth of errors at weak signals. False plots are made by
//! the engine, evenly over the search volume.
//! **Validated against** `validation/01-horizon`, `02-fourth-root` and the reference tables of the
//! models that it is put together from.

use redan_geo::{Aer, Earth, Ecef, LocalFrame, Station};
use redan_record::Sight;
use redan_track::Reply;

use crate::card;
use crate::draw::{Draw, Luck, NameHash, Purpose};
use crate::model::detection::{DetectionCurve, Detector, Swerling};
use crate::model::motion::State;
use crate::model::radar_equation::{Calibration, Reference};
use crate::scenario::{Mode, Radar};

/// A radar made ready: its frame, its calibration, its detection curves.
#[derive(Clone, Debug)]
pub struct RadarModel {
    /// Frame at the antenna.
    pub frame: LocalFrame,
    /// The antenna as a station of sight lines.
    pub station: Station,
    /// Figures of its card.
    pub figures: card::Radar,
    /// Figures of its interrogator.
    pub interrogator: card::Interrogator,
    /// Signal-to-noise ratio at which a steady target is detected half the time, decibels: that of a
    /// false plot.
    pub threshold_snr_db: f64,
    calibration: Calibration,
    curves: [DetectionCurve; 5],
    antenna: Ecef,
}

/// What a look found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// Clear or weak if in view, else the reason why not.
    pub sight: Sight,
    /// True geometry.
    pub seen: Aer,
    /// Signal-to-noise ratio, decibels per pulse; not a number where it is not in view.
    pub snr_db: f64,
    /// Probability of detection; 0 where it is not in view.
    pub detection_prob: f64,
}

impl Look {
    /// Whether there is a line of sight within the radar's limits.
    pub fn in_view(&self) -> bool {
        matches!(self.sight, Sight::Clear | Sight::Weak)
    }
}

impl RadarModel {
    /// Makes a radar ready; `None` where the figures of its card cannot be those of a radar: a
    /// detection range, cross-section or probability that no calibration fits.
    pub fn new(radar: &Radar) -> Option<RadarModel> {
        let figures = radar.figures.clone();
        let detectors = detectors(&figures)?;
        let curves = detectors.each_ref().map(DetectionCurve::new);
        // Published ranges are taken to refer to a slowly fluctuating target (case I), as is usual
        // where a maker says nothing.
        let calibration = calibration(&figures, &detectors[1])?;
        Some(RadarModel {
            frame: LocalFrame::new(radar.antenna),
            station: Station::new(radar.antenna),
            calibration,
            threshold_snr_db: curves[0].required_snr_db(0.5)?,
            curves,
            interrogator: radar.interrogator.clone(),
            antenna: radar.antenna.to_ecef(),
            figures,
        })
    }

    /// Looks at an aircraft in the given state. Pure geometry and signal; nothing is drawn.
    pub fn look(&self, earth: &Earth, state: &State, target: &card::AirVehicle) -> Look {
        let seen = self.frame.aer(state.ecef);
        if let Some(sight) = self.outside(&seen) {
            return out_of_view(sight, seen);
        }
        if let Some(sight) = self.hidden(earth, state) {
            return out_of_view(sight, seen);
        }
        let closing = Closing::of(self.antenna, state);
        let short_by_m_s = self.figures.min_radial_speed_m_s - closing.radial_speed_m_s.abs();
        if short_by_m_s > 0.0 {
            return out_of_view(Sight::TooSlow { short_by_m_s }, seen);
        }
        let rcs_m2 = cross_section_m2(target, closing.cos_aspect);
        let snr_db = self.calibration.snr_db(seen.range_m, rcs_m2, 0.0);
        let detection_prob =
            self.curves[usize::from(target.swerling.min(4))].detection_prob(snr_db);
        let sight = if detection_prob >= 0.5 { Sight::Clear } else { Sight::Weak };
        Look { sight, seen, snr_db, detection_prob }
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

    /// Horizon and relief.
    fn hidden(&self, earth: &Earth, state: &State) -> Option<Sight> {
        let sight = earth.sight_between(&self.station, &Station::new(state.place));
        if sight.visible {
            return None;
        }
        let short_by_rad = (-sight.clearance_rad()).max(0.0);
        Some(match sight.blocker {
            Some(blocker) if blocker.kind == redan_geo::BlockerKind::Relief => {
                Sight::BehindRelief { short_by_rad, ridge_m: blocker.arc_m }
            }
            _ => Sight::BelowHorizon { short_by_rad },
        })
    }

    /// A plot's measurement: the truth with normal errors of the published size.
    pub fn measure(&self, luck: &Luck, pair: NameHash, nth: u64, seen: &Aer) -> Aer {
        let mut draw: Draw = luck.draw(Purpose::MeasurementError, pair, nth);
        let range_m = seen.range_m + draw.normal() * self.figures.range_sigma_m;
        let azimuth_rad = seen.azimuth_rad + draw.normal() * self.figures.azimuth_sigma_rad;
        let elevation_rad = seen.elevation_rad + draw.normal() * self.figures.elevation_sigma_rad;
        Aer {
            azimuth_rad: redan_geo::wrap_two_pi_rad(azimuth_rad),
            elevation_rad: elevation_rad
                .clamp(-std::f64::consts::FRAC_PI_2, std::f64::consts::FRAC_PI_2),
            range_m: range_m.max(0.0),
        }
    }

    /// Answer to the interrogation that goes with a look: the best mode that the transponder
    /// answers in and the network reads, if the reply is received.
    pub fn interrogate(
        &self,
        luck: &Luck,
        (pair, aircraft): (NameHash, NameHash),
        nth: u64,
        transponder: &[Mode],
        reads: &[Mode],
    ) -> Reply {
        if !self.figures.interrogates {
            return Reply::NotAsked;
        }
        // A secure transponder that has failed leaves the civil one, where there is one.
        let faulty = self.is_faulty(luck, aircraft);
        let answers = |mode: &&Mode| reads.contains(mode) && (**mode == Mode::Civil || !faulty);
        let Some(mode) = transponder.iter().filter(answers).max() else {
            return Reply::Silent;
        };
        let (reply, heard_prob) = match mode {
            Mode::Civil => (Reply::Civil, self.interrogator.civil_reply_prob),
            Mode::National => (Reply::National, self.interrogator.friend_reply_prob),
            Mode::Mode5 => (Reply::Mode5, self.interrogator.friend_reply_prob),
        };
        let heard = luck.draw(Purpose::Reply, pair, nth).bernoulli(heard_prob);
        if heard { reply } else { Reply::Silent }
    }

    /// Whether an aircraft's secure transponder is silent for the whole flight; the same for all radars.
    fn is_faulty(&self, luck: &Luck, aircraft: NameHash) -> bool {
        luck.draw(Purpose::Reliability, aircraft, 0).bernoulli(self.interrogator.friend_silent_prob)
    }

    /// What an interrogation of empty air brings.
    pub fn unanswered(&self) -> Reply {
        if self.figures.interrogates { Reply::Silent } else { Reply::NotAsked }
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

fn calibration(figures: &card::Radar, detector: &Detector) -> Option<Calibration> {
    let reference = Reference {
        range_m: figures.reference_range_m,
        rcs_m2: figures.reference_rcs_m2,
        probability: figures.reference_probability,
        propagation_db: 0.0,
    };
    Calibration::from_reference(&reference, detector)
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

/// Cross-section between the published values for nose, side and tail.
fn cross_section_m2(target: &card::AirVehicle, cos_aspect: f64) -> f64 {
    let end_m2 = if cos_aspect >= 0.0 { target.rcs.nose_rcs_m2 } else { target.rcs.tail_rcs_m2 };
    let side_m2 = target.rcs.side_rcs_m2;
    side_m2 * libm::exp(cos_aspect * cos_aspect * libm::log(end_m2 / side_m2))
}

#[cfg(test)]
mod tests;
