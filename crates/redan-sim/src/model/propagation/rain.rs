//! Rain: what it absorbs and scatters out of a beam.
//!
//! **What it models.** Specific attenuation of rain by rate and frequency, and the loss of a path through
//! even rain from the ground to a height.
//!
//! **Equation and reference.** γ = k Rᵅ with the coefficients of ITU-R P.838-3, equations 1 to 5; rain
//! reaches up to 3 km, near the mean of temperate latitudes in ITU-R P.839-4.
//!
//! **Inputs.** Millimetres an hour, hertz, radians, metres. **Valid range.** 1 to 1000 GHz; below 1 GHz there
//! is no loss. **Left out.** Cells of rain: it falls everywhere at the rate given, an upper bound over
//! long paths. Rain as clutter.
//!
//! **Validated against** `itu_p838_3_rain.csv` and `p838_table.csv` (`tests/val_propagation.rs`).

use core::f64::consts::LN_10;

/// Height up to which it rains, metres.
const RAIN_HEIGHT_M: f64 = 3_000.0;

/// Coefficients of one curve: amplitudes, centres and widths of its bells, slope and offset.
struct Curve {
    bells: &'static [[f64; 3]],
    slope: f64,
    offset: f64,
}

const K_HORIZONTAL: Curve = Curve {
    bells: &[
        [-5.339_80, -0.100_08, 1.130_98],
        [-0.353_51, 1.269_70, 0.454_00],
        [-0.237_89, 0.860_36, 0.153_54],
        [-0.941_58, 0.645_52, 0.168_17],
    ],
    slope: -0.189_61,
    offset: 0.711_47,
};

const K_VERTICAL: Curve = Curve {
    bells: &[
        [-3.805_95, 0.569_34, 0.810_61],
        [-3.449_65, -0.229_11, 0.510_59],
        [-0.399_02, 0.730_42, 0.118_99],
        [0.501_67, 1.073_19, 0.271_95],
    ],
    slope: -0.163_98,
    offset: 0.632_97,
};

const ALPHA_HORIZONTAL: Curve = Curve {
    bells: &[
        [-0.143_18, 1.824_42, -0.551_87],
        [0.295_91, 0.775_64, 0.198_22],
        [0.321_77, 0.637_73, 0.131_64],
        [-5.376_10, -0.962_30, 1.478_28],
        [16.172_1, -3.299_80, 3.439_90],
    ],
    slope: 0.678_49,
    offset: -1.955_37,
};

const ALPHA_VERTICAL: Curve = Curve {
    bells: &[
        [-0.077_71, 2.338_40, -0.762_84],
        [0.567_27, 0.955_45, 0.540_39],
        [-0.202_38, 1.145_20, 0.268_09],
        [-48.299_1, 0.791_669, 0.116_226],
        [48.583_3, 0.791_459, 0.116_479],
    ],
    slope: -0.053_739,
    offset: 0.834_33,
};

impl Curve {
    fn at(&self, log_f: f64) -> f64 {
        let bells: f64 = self
            .bells
            .iter()
            .map(|[high, middle, width]| {
                let x = (log_f - middle) / width;
                high * libm::exp(-x * x)
            })
            .sum();
        bells + self.slope * log_f + self.offset
    }
}

/// Attenuation of rain, one way, for a path of an elevation and a polarisation tilted so far from the
/// horizontal.
#[must_use]
pub fn specific_db_km(frequency_hz: f64, rain_mm_h: f64, elevation_rad: f64, tilt_rad: f64) -> f64 {
    if rain_mm_h <= 0.0 || frequency_hz < 1e9 {
        return 0.0;
    }
    let log_f = libm::log(frequency_hz / 1e9) / LN_10;
    let k_h = libm::exp(LN_10 * K_HORIZONTAL.at(log_f));
    let k_v = libm::exp(LN_10 * K_VERTICAL.at(log_f));
    let (a_h, a_v) = (ALPHA_HORIZONTAL.at(log_f), ALPHA_VERTICAL.at(log_f));
    let cos_el = libm::cos(elevation_rad);
    let mix = cos_el * cos_el * libm::cos(2.0 * tilt_rad);
    let k = 0.5 * (k_h + k_v + (k_h - k_v) * mix);
    let alpha = 0.5 * (k_h * a_h + k_v * a_v + (k_h * a_h - k_v * a_v) * mix) / k;
    k * libm::exp(alpha * libm::log(rain_mm_h))
}

/// Part of a straight path between two heights that lies in the rain.
#[must_use]
pub fn wet_ratio(h1_m: f64, h2_m: f64) -> f64 {
    let (low_m, high_m) = (h1_m.min(h2_m), h1_m.max(h2_m));
    match () {
        () if high_m <= RAIN_HEIGHT_M => 1.0,
        () if low_m >= RAIN_HEIGHT_M => 0.0,
        () => (RAIN_HEIGHT_M - low_m) / (high_m - low_m),
    }
}
