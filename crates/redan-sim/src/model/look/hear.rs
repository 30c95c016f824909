//! Listening: what a passive receiver makes of an aircraft that radiates.
//!
//! Models the level of an emitter by the beacon equation ([`passive`](crate::model::passive)), calibrated on
//! the receiver's published range, over the ground and the horizon that its looks would have too. An emitter
//! and a jammer are heard in their main lobes, as the published ranges mean: a surveillance radar turns as fast
//! as the receiver and passes over it about once in the receiver's turn. A jammer counts over the band that
//! both share. Left out: side lobes, diffraction behind the horizon, deinterleaving. Validated by the tests of
//! [`passive`](crate::model::passive) and, as a part of battles, in `tests/radar_in_full.rs`.

use redan_geo::{Aer, Earth};
use redan_record::Sight;

use super::RadarModel;
use crate::card;
use crate::model::detection::Detector;
use crate::model::motion::State;
use crate::model::passive::{PassiveCalibration, PassiveReference};
use crate::scenario::Aircraft;

/// What a passive receiver makes of an aircraft.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hearing {
    /// Clear or weak if it can be heard, else the reason why not.
    pub sight: Sight,
    /// True geometry.
    pub seen: Aer,
    /// Level over the receiver's noise, decibels; not a number where nothing is heard.
    pub level_db: f64,
    /// Probability that one turn finds it.
    pub detection_prob: f64,
}

impl RadarModel {
    /// Listens to an aircraft: what it radiates in the band of this receiver, in its main lobe.
    pub fn hear(&self, earth: &Earth, state: &State, target: &Aircraft) -> Hearing {
        let seen = self.frame.aer(state.ecef);
        let nothing = |sight| Hearing { sight, seen, level_db: f64::NAN, detection_prob: 0.0 };
        let (Some(receiver), Some(passive)) = (&self.figures.receiver, &self.passive) else {
            return nothing(Sight::RadarOff);
        };
        let Some(erp_w) = heard_w(receiver, target) else {
            return nothing(Sight::Silent);
        };
        if let Some(sight) = self.outside(&seen) {
            return nothing(sight);
        }
        if !self.sights.glance(earth, &state.place).visible {
            return nothing(self.hidden(earth, &state.place, None));
        }
        let level_db = passive.snr_db(seen.range_m.max(1.0), erp_w, 0.0, 0.0);
        let detection_prob = self.curves[0].detection_prob(level_db);
        let sight = if detection_prob >= 0.5 { Sight::Clear } else { Sight::Weak };
        Hearing { sight, seen, level_db, detection_prob }
    }
}

/// Calibration of a passive receiver on its published range; `None` for a radar.
pub(super) fn calibration(
    figures: &card::Radar,
    detector: &Detector,
) -> Option<PassiveCalibration> {
    let receiver = figures.receiver.as_ref()?;
    let reference = PassiveReference {
        range_m: figures.reference_range_m,
        erp_w: receiver.reference_erp_w,
        probability: figures.reference_probability,
    };
    PassiveCalibration::from_reference(&reference, detector)
}

/// Power that an aircraft radiates in the band of a receiver: its emitter, else its jammer over the band
/// that both share.
fn heard_w(receiver: &card::Receiver, target: &Aircraft) -> Option<f64> {
    let hears = |frequency_hz: f64| {
        (receiver.frequency_low_hz..=receiver.frequency_high_hz).contains(&frequency_hz)
    };
    let emitter = target.figures.emitter.as_ref().filter(|_| target.emits);
    if let Some(emitter) = emitter.filter(|emitter| hears(emitter.frequency_hz)) {
        return Some(emitter.erp_w);
    }
    let jammer = target.figures.jammer.as_ref().filter(|_| target.jams)?;
    let shared_hz = jammer.frequency_high_hz.min(receiver.frequency_high_hz)
        - jammer.frequency_low_hz.max(receiver.frequency_low_hz);
    (shared_hz > 0.0).then_some(jammer.erp_density_w_hz * shared_hz)
}
