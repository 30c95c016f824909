//! Distributions on top of the uniform words of a [`Draw`], on libm alone.
//!
//! The generators of the ecosystem change their results when another crate turns on a feature;
//! these do not. Numbers in the functions are constants of the cited algorithms.

use super::Draw;

impl Draw {
    /// Uniform in the open interval (0, 1).
    ///
    /// 52 random bits k give (k + ½) 2⁻⁵², which is exact: the results are the odd multiples of
    /// 2⁻⁵³, symmetric about ½. Neither 0 nor 1 occurs, so that logarithms of it are finite.
    #[inline]
    pub fn uniform(&mut self) -> f64 {
        const STEP: f64 = 1.0 / (1_u64 << 52) as f64;
        ((self.next_long() >> 12) as f64 + 0.5) * STEP
    }

    /// True with this probability. At or below 0, and for NaN, never; at or above 1 always.
    #[inline]
    pub fn bernoulli(&mut self, probability: f64) -> bool {
        self.uniform() < probability
    }

    /// Standard normal: mean 0, standard deviation 1, no unit.
    ///
    /// Inversion by [`normal_quantile`], exact to 10⁻¹⁵ relative; the extremes are ± 8.2. One
    /// uniform makes one normal, and monotonically, so that a changed standard deviation scales
    /// the same luck.
    #[inline]
    pub fn normal(&mut self) -> f64 {
        normal_quantile(self.uniform())
    }

    /// Exponential with mean 1, no unit: −ln of a uniform, at most 36.8.
    #[inline]
    pub fn exponential(&mut self) -> f64 {
        -libm::log(self.uniform())
    }

    /// Gamma with this shape and scale 1: mean and variance equal the shape.
    ///
    /// Exact rejection of G. Marsaglia and W. W. Tsang, ACM TOMS 26 (2000) 363, with their
    /// boosting U^(1/shape) below shape 1. A shape that is not a positive finite number gives NaN.
    pub fn gamma(&mut self, shape_factor: f64) -> f64 {
        libm::exp(self.log_gamma_variate(shape_factor))
    }

    /// Beta on [0, 1] with density proportional to x^(a−1) (1−x)^(b−1), as G₁/(G₁+G₂).
    ///
    /// The two gamma variates are compared as logarithms, so that shapes far below 1, whose
    /// variates underflow, still work. Shapes that are not positive and finite give NaN.
    pub fn beta(&mut self, a_factor: f64, b_factor: f64) -> f64 {
        let first = self.log_gamma_variate(a_factor);
        let second = self.log_gamma_variate(b_factor);
        1.0 / (1.0 + libm::exp(second - first))
    }

    /// Triangular between `low` and `high` with its peak at `mode`, in the unit of the arguments.
    ///
    /// By inversion, hence monotone in the uniform. Where the three coincide the value is
    /// returned. Arguments out of order or NaN give NaN.
    pub fn triangular(&mut self, low: f64, mode: f64, high: f64) -> f64 {
        let uniform = self.uniform();
        let ordered = low <= mode && mode <= high;
        if !ordered {
            return f64::NAN;
        }
        let span = high - low;
        if span <= 0.0 {
            return low;
        }
        if uniform * span < mode - low {
            low + (uniform * span * (mode - low)).sqrt()
        } else {
            high - ((1.0 - uniform) * span * (high - mode)).sqrt()
        }
    }

    /// Poisson with this mean; 0 for a mean that is not positive, and for NaN.
    ///
    /// Below a mean of 10 the product of uniforms (D. E. Knuth, TAOCP 2, 3.4.1), above it the
    /// exact transformed rejection PTRS of W. Hörmann, Insurance: Mathematics and Economics 12
    /// (1993) 39. Means above 10¹⁵ are taken as 10¹⁵, where counts stop being exact in an `f64`.
    pub fn poisson(&mut self, mean_count: f64) -> u64 {
        if mean_count < 10.0 {
            self.poisson_by_product(mean_count)
        } else if mean_count.is_nan() {
            0
        } else {
            self.poisson_by_rejection(mean_count.min(1e15))
        }
    }

    fn poisson_by_product(&mut self, mean_count: f64) -> u64 {
        if mean_count <= 0.0 {
            return 0;
        }
        let floor = libm::exp(-mean_count);
        let mut count = 0;
        let mut product = self.uniform();
        while product > floor {
            product *= self.uniform();
            count += 1;
        }
        count
    }

    fn poisson_by_rejection(&mut self, mean_count: f64) -> u64 {
        let log_mean = libm::log(mean_count);
        let b = 0.931 + 2.53 * mean_count.sqrt();
        let a = -0.059 + 0.02483 * b;
        let inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
        let inner = 0.9277 - 3.6224 / (b - 2.0);
        loop {
            let u = self.uniform() - 0.5;
            let v = self.uniform();
            let us = 0.5 - u.abs();
            let count = ((2.0 * a / us + b) * u + mean_count + 0.43).floor();
            if us >= 0.07 && v <= inner {
                return count as u64;
            }
            if count < 0.0 || (us < 0.013 && v > us) {
                continue;
            }
            let left = libm::log(v * inverse_alpha / (a / (us * us) + b));
            if left <= count * log_mean - mean_count - libm::lgamma(count + 1.0) {
                return count as u64;
            }
        }
    }

    /// Natural logarithm of a gamma variate, NaN for a shape that is not positive and finite.
    fn log_gamma_variate(&mut self, shape_factor: f64) -> f64 {
        if !(shape_factor > 0.0 && shape_factor.is_finite()) {
            return f64::NAN;
        }
        if shape_factor < 1.0 {
            let boost = libm::log(self.uniform()) / shape_factor;
            return self.log_gamma_variate(shape_factor + 1.0) + boost;
        }
        let d = shape_factor - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let root = 1.0 + c * x;
            if root <= 0.0 {
                continue;
            }
            let v = root * root * root;
            let log_v = libm::log(v);
            if libm::log(self.uniform()) < 0.5 * x * x + d * (1.0 - v + log_v) {
                return libm::log(d) + log_v;
            }
        }
    }
}

/// Inverse of the standard normal distribution function, no unit.
///
/// Algorithm AS 241 (PPND16) of M. J. Wichura, Applied Statistics 37 (1988) 477: three rational
/// functions, about 16 digits. `probability` in (0, 1); 0 and 1 give ∓∞, and what lies outside
/// [0, 1] or is NaN gives NaN.
#[must_use]
#[inline]
pub fn normal_quantile(probability: f64) -> f64 {
    let centred = probability - 0.5;
    if centred.abs() <= 0.425 {
        let r = 0.180_625 - centred * centred;
        return centred * ratio(r, &CENTRE);
    }
    normal_tail_quantile(probability, centred)
}

fn normal_tail_quantile(probability: f64, centred: f64) -> f64 {
    let tail = if centred < 0.0 { probability } else { 1.0 - probability };
    if tail.is_nan() || tail < 0.0 {
        return f64::NAN;
    }
    if tail <= 0.0 {
        return f64::INFINITY.copysign(centred);
    }
    let r = (-libm::log(tail)).sqrt();
    let size = if r <= 5.0 { ratio(r - 1.6, &TAIL) } else { ratio(r - 5.0, &FAR_TAIL) };
    size.copysign(centred)
}

/// Ratio of two polynomials of degree 7, coefficients from the highest degree down.
#[inline]
fn ratio(x: f64, [above, below]: &[[f64; 8]; 2]) -> f64 {
    let horner = |c: &[f64; 8]| c.iter().fold(0.0, |sum, c| sum * x + c);
    horner(above) / horner(below)
}

const CENTRE: [[f64; 8]; 2] = [
    [
        2.509_080_928_730_122_7e3,
        3.343_057_558_358_813e4,
        6.726_577_092_700_87e4,
        4.592_195_393_154_987e4,
        1.373_169_376_550_946e4,
        1.971_590_950_306_551_3e3,
        1.331_416_678_917_843_8e2,
        3.387_132_872_796_366_5,
    ],
    [
        5.226_495_278_852_854e3,
        2.872_908_573_572_194_3e4,
        3.930_789_580_009_271e4,
        2.121_379_430_158_66e4,
        5.394_196_021_424_751e3,
        6.871_870_074_920_579e2,
        4.231_333_070_160_091e1,
        1.0,
    ],
];

const TAIL: [[f64; 8]; 2] = [
    [
        7.745_450_142_783_414e-4,
        2.272_384_498_926_918_4e-2,
        2.417_807_251_774_506e-1,
        1.270_458_252_452_368_4,
        3.647_848_324_763_204_5,
        5.769_497_221_460_691,
        4.630_337_846_156_546,
        1.423_437_110_749_683_5,
    ],
    [
        1.050_750_071_644_416_9e-9,
        5.475_938_084_995_345e-4,
        1.519_866_656_361_645_7e-2,
        1.481_039_764_274_800_8e-1,
        6.897_673_349_851e-1,
        1.676_384_830_183_803_8,
        2.053_191_626_637_759,
        1.0,
    ],
];

const FAR_TAIL: [[f64; 8]; 2] = [
    [
        2.010_334_399_292_288_1e-7,
        2.711_555_568_743_487_6e-5,
        1.242_660_947_388_078_4e-3,
        2.653_218_952_657_612_4e-2,
        2.965_605_718_285_048_7e-1,
        1.784_826_539_917_291_3,
        5.463_784_911_164_114,
        6.657_904_643_501_104,
    ],
    [
        2.044_263_103_389_939_8e-15,
        1.421_511_758_316_446e-7,
        1.846_318_317_510_054_8e-5,
        7.868_691_311_456_133e-4,
        1.487_536_129_085_061_5e-2,
        1.369_298_809_227_358e-1,
        5.998_322_065_558_88e-1,
        1.0,
    ],
];
