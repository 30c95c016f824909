//! Read gates: to which track an answer is credited.
//!
//! **Models** the correlation window of an interrogator: a cell in range and azimuth. What answers inside
//! is credited to the track that the gate belongs to, also when another aircraft answered: a
//! neighbour, or, when an operator leaves a manual gate where he first put it, whoever is there by
//! then. Aboard the *Vincennes* the gate stayed over the airfield of Bandar Abbas for 90 s while Iran
//! Air 655 flew away from it, and a military aircraft on the ground answered in mode 2 (Fogarty 1988,
//! page 147). **Inputs**: radians and metres about the radar. **Left out**: the shape of the beam of
//! the interrogator's antenna; altitude as a further window.

use redan_geo::{Aer, wrap_pi_rad};
use redan_track::Answer;

/// Half the size of a gate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GateSize {
    /// Half its length, metres.
    pub range_m: f64,
    /// Half its width, radians.
    pub azimuth_rad: f64,
}

impl GateSize {
    /// Whether a place lies in a gate around another, both as the radar sees them.
    pub fn holds(&self, centre: &Aer, place: &Aer) -> bool {
        (place.range_m - centre.range_m).abs() <= self.range_m
            && wrap_pi_rad(place.azimuth_rad - centre.azimuth_rad).abs() <= self.azimuth_rad
    }
}

/// The answer that is credited of that of the track's own aircraft and that of another in the gate.
/// `is_confused` decides where both answer.
pub fn credited(own: Option<Answer>, other: Option<Answer>, is_confused: bool) -> Answer {
    match (own, other) {
        (Some(_), Some(other)) if is_confused => other,
        (Some(own), _) => own,
        (None, Some(other)) => other,
        (None, None) => Answer::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(azimuth_rad: f64, range_m: f64) -> Aer {
        Aer { azimuth_rad, elevation_rad: 0.0, range_m }
    }

    #[test]
    fn a_gate_is_a_cell_and_wraps_round_north() {
        let size = GateSize { range_m: 3_000.0, azimuth_rad: 0.05 };
        let centre = at(0.01, 80_000.0);
        assert!(size.holds(&centre, &at(std::f64::consts::TAU - 0.03, 82_900.0)));
        assert!(!size.holds(&centre, &at(0.01, 83_100.0)));
        assert!(!size.holds(&centre, &at(0.07, 80_000.0)));
    }

    #[test]
    fn another_answer_counts_when_the_own_is_missing_or_by_confusion() {
        let (own, other) = (Some(Answer::Code(1)), Some(Answer::Code(2)));
        assert_eq!(credited(own, other, false), Answer::Code(1));
        assert_eq!(credited(own, other, true), Answer::Code(2));
        assert_eq!(credited(None, other, false), Answer::Code(2));
        assert_eq!(credited(own, None, true), Answer::Code(1));
        assert_eq!(credited(None, None, true), Answer::Nothing);
    }
}
