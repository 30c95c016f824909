//! Detection: the probability that a look at a target crosses the threshold.
//!
//! **What it models.** N pulses through a matched filter and a square-law detector, added without
//! weights, and compared once with a threshold that noise alone crosses with the false-alarm
//! probability; the target's echo fluctuates as Swerling's cases 0 to 4.
//!
//! **Equation and reference.** With unit mean noise power for each pulse the sum of noise is gamma
//! distributed, so P_fa = Q(N, T), the upper regularised gamma function. A signal of energy S adds a
//! Poisson number k of degrees: P_d = Σ P(k) Q(N + k, T) (J. I. Marcum, RAND RM-753, 1948). If S is
//! gamma distributed with shape K and mean N times the signal-to-noise ratio, k is negative
//! binomial, and all cases are one sum: K = ∞, 1, N, 2, 2N for cases 0 to 4 (P. Swerling, RAND
//! RM-1217, 1954; D. A. Shnidman, IEEE Trans. AES-39 (2003) 1059). All terms are positive, and beyond
//! k of about T + 10√T each Q is 1, so the sum is finite, stable and exact to rounding.
//!
//! **Inputs.** Signal-to-noise ratio in decibels, for one pulse, averaged over the fluctuation;
//! false-alarm probability of the one decision after integration, not of a pulse.
//!
//! **Valid range.** False-alarm probability 10⁻¹⁵ to 0.5, 1 to 100 000 pulses ([`Detector::new`]
//! refuses others); any signal-to-noise ratio, −∞ included; NaN gives NaN.
//!
//! **Left out.** Losses by beam shape, collapsing and an adaptive threshold, which belong to the
//! calibration; correlation of the fluctuation between "all pulses" and "pulse to pulse".
//!
//! **Validated against** `validation/tables/radar/pd_vs_snr.csv` and `required_snr.csv` (tests
//! `val_swerling_*` in `tests/val_detection.rs`) and the closed forms of cases 1 and 2.

mod curve;
mod gamma;

pub use curve::DetectionCurve;
pub use gamma::{upper_gamma_prob, upper_gamma_quantile};

use gamma::poisson_mass;

/// How a target's echo fluctuates, by P. Swerling's cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Swerling {
    /// Constant echo, also called case 0 or 5.
    Zero,
    /// Many equal scatterers, constant over the pulses of a look.
    One,
    /// Many equal scatterers, new from pulse to pulse.
    Two,
    /// One dominant scatterer, constant over the pulses of a look.
    Three,
    /// One dominant scatterer, new from pulse to pulse.
    Four,
}

impl Swerling {
    /// All cases in the order of their numbers.
    pub const ALL: [Self; 5] = [Self::Zero, Self::One, Self::Two, Self::Three, Self::Four];

    /// The case of a number from 0 to 4.
    #[must_use]
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number)).copied()
    }

    /// Shape of the gamma distribution of the signal energy of `pulses`; infinite without
    /// fluctuation.
    fn shape(self, pulses: f64) -> f64 {
        match self {
            Self::Zero => f64::INFINITY,
            Self::One => 1.0,
            Self::Two => pulses,
            Self::Three => 2.0,
            Self::Four => 2.0 * pulses,
        }
    }
}

/// A detector for one kind of target: pulses, false-alarm probability and fluctuation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Detector {
    pulses: f64,
    pfa_prob: f64,
    shape: f64,
    threshold: f64,
    /// Probability that the noise sum falls into the N-th Poisson step, T^N e^−T / N!.
    first_step: f64,
}

impl Detector {
    /// A detector that adds `pulses` pulses; `None` outside the valid range, which is 1 to 100 000
    /// pulses and a false-alarm probability from 10⁻¹⁵ to 0.5.
    #[must_use]
    pub fn new(swerling: Swerling, pulses: u32, false_alarm_prob: f64) -> Option<Self> {
        if !(1..=100_000).contains(&pulses) || !(1e-15..=0.5).contains(&false_alarm_prob) {
            return None;
        }
        let count = f64::from(pulses);
        let threshold = upper_gamma_quantile(count, false_alarm_prob);
        Some(Self {
            pulses: count,
            pfa_prob: false_alarm_prob,
            shape: swerling.shape(count),
            threshold,
            first_step: poisson_mass(count, threshold),
        })
    }

    /// False-alarm probability of one decision.
    #[must_use]
    pub fn false_alarm_prob(&self) -> f64 {
        self.pfa_prob
    }

    /// Threshold over the mean noise power of one pulse.
    #[must_use]
    pub fn threshold_ratio(&self) -> f64 {
        self.threshold
    }

    /// Probability of detection at a signal-to-noise ratio for each pulse. Exact to about 10⁻¹²;
    /// costs some hundred nanoseconds for few pulses, ten microseconds for 10 000. In a hot loop
    /// use a [`DetectionCurve`].
    #[must_use]
    pub fn detection_prob(&self, snr_db: f64) -> f64 {
        let signal = self.pulses * libm::exp(snr_db * (core::f64::consts::LN_10 / 10.0));
        if signal.is_nan() {
            return f64::NAN;
        }
        if signal.is_infinite() {
            return 1.0;
        }
        let mut mixture = Mixture::new(self.shape, signal);
        let mut crossing = self.pfa_prob;
        let mut step = self.first_step;
        let (mut detected, mut passed) = (0.0, 0.0);
        let mut degrees = self.pulses;
        // One degree more lets the noise sum cross with one Poisson step more.
        while crossing < 1.0 - 1e-16 && (degrees < self.threshold || step > 1e-18) {
            let weight = mixture.next_weight();
            detected += weight * crossing;
            passed += weight;
            crossing = (crossing + step).min(1.0);
            degrees += 1.0;
            step *= self.threshold / degrees;
            if mixture.is_spent(weight) {
                return detected;
            }
        }
        (detected + (1.0 - passed).max(0.0)).min(1.0)
    }

    /// Signal-to-noise ratio for each pulse, in decibels, that gives a probability of detection.
    ///
    /// `None` where it is not above the false-alarm probability, not below 1, or NaN. Exact to
    /// 10⁻⁹ dB, by bisection: for calibration, not for a hot loop.
    #[must_use]
    pub fn required_snr_db(&self, probability: f64) -> Option<f64> {
        if !(probability > self.pfa_prob && probability < 1.0) {
            return None;
        }
        let (mut low_db, mut high_db) = (-150.0, 200.0);
        while high_db - low_db > 1e-10 {
            let middle_db = 0.5 * (low_db + high_db);
            if self.detection_prob(middle_db) < probability {
                low_db = middle_db;
            } else {
                high_db = middle_db;
            }
        }
        Some(0.5 * (low_db + high_db))
    }
}

/// Weights of the degrees that a signal adds: Poisson, or negative binomial where it fluctuates.
///
/// The first weight can be e^−10000 while later ones matter, so a weight is kept as a product of
/// a moderate number and the exponential of `scale`.
struct Mixture {
    shape: f64,
    mean: f64,
    /// Limit of the ratio of neighbouring weights: mean / (mean + shape), 0 without fluctuation.
    ratio: f64,
    count: f64,
    moderate: f64,
    scale: f64,
    unscaled: f64,
}

impl Mixture {
    fn new(shape: f64, mean: f64) -> Self {
        let (ratio, scale) = if shape.is_finite() {
            (mean / (mean + shape), -shape * libm::log1p(mean / shape))
        } else {
            (0.0, -mean)
        };
        Self { shape, mean, ratio, count: 0.0, moderate: 1.0, scale, unscaled: libm::exp(scale) }
    }

    fn next_weight(&mut self) -> f64 {
        let weight = self.moderate * self.unscaled;
        self.count += 1.0;
        self.moderate *= if self.ratio > 0.0 {
            self.ratio * (self.shape + self.count - 1.0) / self.count
        } else {
            self.mean / self.count
        };
        if self.moderate > 1e100 {
            self.moderate *= 1e-100;
            self.scale += 100.0 * core::f64::consts::LN_10;
            self.unscaled = libm::exp(self.scale);
        }
        weight
    }

    /// Whether the weights fall and what is left of them cannot be seen beside 1.
    fn is_spent(&self, weight: f64) -> bool {
        let next = self.moderate * self.unscaled;
        // A falling weight falls at least as fast from here on as it just did, or as the limit.
        let falls = if weight > 0.0 { next / weight } else { 1.0 };
        falls < 1.0 && next < 1e-17 * (1.0 - falls.max(self.ratio))
    }
}
