//! Rain: what falling drops take from a wave.
//!
//! **What it models.** Loss in decibels for each kilometre of a path in rain of a rate, and the length of the
//! path that is in rain: what lies below the height to which it rains and within a distance from the radar.
//! Inside it rains everywhere at the same rate.
//!
//! **Equation and reference.** γ = k R^α with the coefficients of ITU-R P.838-3 (equations 1 to 5). The length
//! is exact on the sphere on which rays are straight. The Recommendations' factors that shorten a path
//! (P.530, P.618) are not used: they fit yearly statistics of links, and here the rate is that of one moment.
//!
//! **Inputs.** Frequency in hertz, rate in millimetres an hour, tilt of the polarisation from the horizontal in
//! radians (0 horizontal, π/2 vertical, π/4 circular), elevation of the path in radians.
//!
//! **Valid range.** 1 to 1000 GHz; below 1 GHz the loss is taken as that at 1 GHz times the square of the
//! frequency, and does not matter. **Left out.** Snow and melting layers, cells with an edge.
//!
//! **Validated against** `validation/tables/propagation/itu_p838_3_rain.csv` and `p838_table.csv`
//! (`tests/val_propagation_air.rs`).

use core::f64::consts::LN_10;

use redan_geo::EffectiveEarth;

/// Rain round a radar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RainField {
    /// Rate, millimetres an hour.
    pub rate_mm_h: f64,
    /// Height above sea level to which it rains; in a standard atmosphere 2.6 km, by the melting level
    /// of ITU-R P.839 up to 5.3 km in the tropics.
    pub top_m: f64,
    /// Slant distance from the radar to which it rains.
    pub extent_m: f64,
}

/// Loss in one field of rain at one frequency.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RainLoss {
    field: RainField,
    db_km: f64,
}

impl RainLoss {
    /// Loss of a field for nearly horizontal paths. Rates that are not positive lose nothing.
    #[must_use]
    pub fn new(frequency_hz: f64, tilt_rad: f64, field: RainField) -> Self {
        let db_km = specific_db_km(frequency_hz, field.rate_mm_h, 0.0, tilt_rad);
        Self { field, db_km }
    }

    /// Loss on a straight path from a height to a height over a slant distance, one way.
    #[must_use]
    pub fn loss_db(
        &self,
        earth: EffectiveEarth,
        from_height_m: f64,
        to_height_m: f64,
        range_m: f64,
    ) -> f64 {
        if self.db_km <= 0.0 || range_m <= 0.0 {
            return 0.0;
        }
        let wet = wet_fraction(earth, [from_height_m, to_height_m], range_m, &self.field);
        self.db_km * wet * range_m / 1000.0
    }
}

/// Specific attenuation of rain, one way.
#[must_use]
pub fn specific_db_km(frequency_hz: f64, rate_mm_h: f64, elevation_rad: f64, tilt_rad: f64) -> f64 {
    if rate_mm_h <= 0.0 {
        return 0.0;
    }
    let f_ghz = frequency_hz / 1e9;
    if f_ghz < 1.0 {
        let at_1_ghz = specific_db_km(1e9, rate_mm_h, elevation_rad, tilt_rad);
        return at_1_ghz * f_ghz * f_ghz;
    }
    let (k, alpha) = coefficients(libm::log10(f_ghz), elevation_rad, tilt_rad);
    k * libm::exp(alpha * libm::log(rate_mm_h))
}

/// k and α of a path and a polarisation, from the logarithm of the frequency in gigahertz.
fn coefficients(log_f: f64, elevation_rad: f64, tilt_rad: f64) -> (f64, f64) {
    let ten_to = |x: f64| libm::exp(LN_10 * x);
    let k_h = ten_to(curve(log_f, &K_HORIZONTAL, [-0.189_61, 0.711_47]));
    let k_v = ten_to(curve(log_f, &K_VERTICAL, [-0.163_98, 0.632_97]));
    let a_h = curve(log_f, &ALPHA_HORIZONTAL, [0.678_49, -1.955_37]);
    let a_v = curve(log_f, &ALPHA_VERTICAL, [-0.053_739, 0.834_33]);
    let cos = libm::cos(elevation_rad);
    let turned = cos * cos * libm::cos(2.0 * tilt_rad);
    let k = 0.5 * (k_h + k_v + (k_h - k_v) * turned);
    let alpha = 0.5 * (k_h * a_h + k_v * a_v + (k_h * a_h - k_v * a_v) * turned) / k;
    (k, alpha)
}

/// A sum of bells over the logarithm of frequency, and a straight line.
fn curve(log_f: f64, bells: &[[f64; 3]], [slope, offset]: [f64; 2]) -> f64 {
    let bell = |[height, middle, width]: &[f64; 3]| {
        let off = (log_f - middle) / width;
        height * libm::exp(-off * off)
    };
    bells.iter().map(bell).sum::<f64>() + slope * log_f + offset
}

/// Share of a straight path that is below the top of the rain and within its extent.
fn wet_fraction(
    earth: EffectiveEarth,
    [h1_m, h2_m]: [f64; 2],
    range_m: f64,
    field: &RainField,
) -> f64 {
    // On a chord the square of the distance from the Earth's middle is a parabola in the share t of the
    // way: below the top where t² r² + t (q₂ − q₁ − r²) + q₁ − q_top < 0, with q = h (2 a + h).
    let over = |h_m: f64| h_m * (2.0 * earth.radius_m + h_m);
    let a = range_m * range_m;
    let b = over(h2_m) - over(h1_m) - a;
    let c = over(h1_m) - over(field.top_m);
    let square = b * b - 4.0 * a * c;
    if square.is_nan() || square <= 0.0 {
        return 0.0;
    }
    // The two roots without cancellation; a is positive.
    let far = -0.5 * (b + square.sqrt().copysign(b));
    let (one, other) = (far / a, if far == 0.0 { 0.0 } else { c / far });
    let (begin, end) = (one.min(other).max(0.0), one.max(other).min(1.0));
    let within = (field.extent_m / range_m).clamp(0.0, 1.0);
    (end.min(within) - begin).max(0.0)
}

/// Tables 1 to 4 of P.838-3: height, middle and width of each bell.
const K_HORIZONTAL: [[f64; 3]; 4] = [
    [-5.339_80, -0.100_08, 1.130_98],
    [-0.353_51, 1.269_70, 0.454_00],
    [-0.237_89, 0.860_36, 0.153_54],
    [-0.941_58, 0.645_52, 0.168_17],
];
const K_VERTICAL: [[f64; 3]; 4] = [
    [-3.805_95, 0.569_34, 0.810_61],
    [-3.449_65, -0.229_11, 0.510_59],
    [-0.399_02, 0.730_42, 0.118_99],
    [0.501_67, 1.073_19, 0.271_95],
];
const ALPHA_HORIZONTAL: [[f64; 3]; 5] = [
    [-0.143_18, 1.824_42, -0.551_87],
    [0.295_91, 0.775_64, 0.198_22],
    [0.321_77, 0.637_73, 0.131_64],
    [-5.376_10, -0.962_30, 1.478_28],
    [16.172_1, -3.299_80, 3.439_90],
];
const ALPHA_VERTICAL: [[f64; 3]; 5] = [
    [-0.077_71, 2.338_40, -0.762_84],
    [0.567_27, 0.955_45, 0.540_39],
    [-0.202_38, 1.145_20, 0.268_09],
    [-48.299_1, 0.791_669, 0.116_226],
    [48.583_3, 0.791_459, 0.116_479],
];

#[cfg(test)]
mod tests {
    use super::*;

    const FIELD: RainField = RainField { rate_mm_h: 10.0, top_m: 3_000.0, extent_m: 1e6 };

    fn wet(ends_m: [f64; 2], range_m: f64, field: &RainField) -> f64 {
        wet_fraction(EffectiveEarth::default(), ends_m, range_m, field)
    }

    #[test]
    fn only_the_part_below_the_top_and_within_the_extent_is_wet() {
        assert!((wet([20.0, 50.0], 30e3, &FIELD) - 1.0).abs() < 1e-12);
        // Straight up and straight down.
        assert!((wet([0.0, 6_000.0], 6_000.0, &FIELD) - 0.5).abs() < 1e-9);
        assert!((wet([6_000.0, 0.0], 6_000.0, &FIELD) - 0.5).abs() < 1e-9);
        assert!(wet([6_000.0, 9_000.0], 50e3, &FIELD).abs() < 1e-12);
        let near = RainField { extent_m: 10e3, ..FIELD };
        assert!((wet([20.0, 50.0], 40e3, &near) - 0.25).abs() < 1e-12);
        // From above to above, and through the rain between.
        let through = wet([3_500.0, 3_500.0], 300e3, &FIELD);
        assert!((0.5..1.0).contains(&through), "{through}");
    }

    #[test]
    fn no_rain_and_no_path_lose_nothing() {
        let earth = EffectiveEarth::default();
        let dry = RainLoss::new(10e9, 0.0, RainField { rate_mm_h: 0.0, ..FIELD });
        assert!(dry.loss_db(earth, 20.0, 500.0, 50e3).abs() < f64::MIN_POSITIVE);
        let wet = RainLoss::new(10e9, 0.0, FIELD);
        assert!(wet.loss_db(earth, 20.0, 20.0, 0.0).abs() < f64::MIN_POSITIVE);
        assert!(specific_db_km(0.5e9, 10.0, 0.0, 0.0) < specific_db_km(1e9, 10.0, 0.0, 0.0));
    }
}
