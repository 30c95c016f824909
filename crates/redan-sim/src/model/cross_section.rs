//! Cross-section of an aircraft by aspect and by band.
//!
//! **What it models.** The mean cross-section seen from a direction and at a frequency, from
//! published values for nose, side and tail in one or two bands.
//!
//! **Equation and reference.** Between nose or tail and side, decibels go with cos² of the aspect
//! angle; between the bands, decibels go with the logarithm of frequency, from 0.2 GHz to 3 GHz,
//! and stay constant outside. Both are interpolations of ours. That low bands need values of their
//! own is resonance: below about 0.5 GHz parts of an airframe are near half a wavelength long
//! (E. F. Knott, *Radar Cross Section*, 2nd ed. (2004), chapter 5).
//!
//! **Inputs.** Square metres, hertz, cosine of the angle between course and direction to the radar.
//!
//! **Valid range.** Positive cross-sections and frequencies; a cosine outside −1..1 is clamped.
//!
//! **Left out.** Aspect in elevation (look-down), polarisation, peaks of wing edges, two-place radar.
//!
//! **Validated against** its own nodes, which it keeps; no published pattern has been compared.

/// Middle of the band for which low-band values are published; a choice of ours.
const LOW_HZ: f64 = 0.2e9;

/// Frequency from which microwave values hold; a choice of ours.
const MICROWAVE_HZ: f64 = 3.0e9;

/// Mean cross-section in one band.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Aspects {
    /// From ahead.
    pub nose_rcs_m2: f64,
    /// From the side.
    pub side_rcs_m2: f64,
    /// From behind.
    pub tail_rcs_m2: f64,
}

impl Aspects {
    /// Cross-section at an aspect: cosine 1 is nose-on, −1 tail-on.
    #[must_use]
    pub fn rcs_m2(&self, aspect_cosine: f64) -> f64 {
        let end_m2 = if aspect_cosine >= 0.0 { self.nose_rcs_m2 } else { self.tail_rcs_m2 };
        let cosine = aspect_cosine.clamp(-1.0, 1.0);
        between(self.side_rcs_m2, end_m2, cosine * cosine)
    }
}

/// Mean cross-section in microwaves and, where known, in the low band.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bands {
    /// At 3 GHz and above.
    pub microwave: Aspects,
    /// At 0.2 GHz and below; the microwave values where it is absent.
    pub low: Option<Aspects>,
}

impl Bands {
    /// Cross-section at an aspect and a frequency.
    #[must_use]
    pub fn rcs_m2(&self, aspect_cosine: f64, frequency_hz: f64) -> f64 {
        let high_m2 = self.microwave.rcs_m2(aspect_cosine);
        let Some(low) = self.low else { return high_m2 };
        between(low.rcs_m2(aspect_cosine), high_m2, band_ratio(frequency_hz))
    }
}

/// 0 in the low band, 1 in microwaves.
fn band_ratio(frequency_hz: f64) -> f64 {
    (libm::log(frequency_hz / LOW_HZ) / libm::log(MICROWAVE_HZ / LOW_HZ)).clamp(0.0, 1.0)
}

/// Interpolation in decibels.
fn between(from_m2: f64, to_m2: f64, share: f64) -> f64 {
    from_m2 * libm::exp(share * libm::log(to_m2 / from_m2))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HIGH: Aspects = Aspects { nose_rcs_m2: 0.1, side_rcs_m2: 10.0, tail_rcs_m2: 1.0 };
    const LOW: Aspects = Aspects { nose_rcs_m2: 2.0, side_rcs_m2: 20.0, tail_rcs_m2: 4.0 };

    #[test]
    fn published_values_are_kept() {
        let bands = Bands { microwave: HIGH, low: Some(LOW) };
        for (set, frequency_hz) in [(HIGH, 3e9), (HIGH, 10e9), (LOW, 0.2e9), (LOW, 0.1e9)] {
            for (cosine, expected_m2) in
                [(1.0, set.nose_rcs_m2), (0.0, set.side_rcs_m2), (-1.0, set.tail_rcs_m2)]
            {
                let got_m2 = bands.rcs_m2(cosine, frequency_hz);
                assert!((got_m2 / expected_m2 - 1.0).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn without_low_values_the_band_does_not_matter() {
        let bands = Bands { microwave: HIGH, low: None };
        assert_eq!(bands.rcs_m2(0.3, 0.15e9).to_bits(), HIGH.rcs_m2(0.3).to_bits());
    }

    proptest! {
        #[test]
        fn values_lie_between_the_published(cosine in -1.0..1.0, frequency_hz in 1e7..2e10) {
            let rcs_m2 = Bands { microwave: HIGH, low: Some(LOW) }.rcs_m2(cosine, frequency_hz);
            prop_assert!((0.0999..=20.001).contains(&rcs_m2));
        }
    }
}
