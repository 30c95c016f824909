//! Distributions of keyed draws against closed forms.
//!
//! The draws are deterministic, so a test here passes always or never. The acceptance limits are
//! those of a test at the stated significance: they say how surprising the fixed sample may be.

use redan_sim::draw::{Draw, Luck, NameHash, Purpose, normal_quantile};

const COUNT: usize = 200_000;

/// One fresh key per sample, as the engine draws, and not one long stream.
fn samples<T>(purpose: Purpose, mut take: impl FnMut(&mut Draw) -> T) -> Vec<T> {
    let luck = Luck::new(20_261, 3);
    let who = NameHash::of("statistics");
    (0..COUNT as u64).map(|n| take(&mut luck.draw(purpose, who, n))).collect()
}

/// Kolmogorov's distance between a sample and a distribution function, times √n.
fn kolmogorov(mut sample: Vec<f64>, cdf: impl Fn(f64) -> f64) -> f64 {
    sample.sort_by(f64::total_cmp);
    let n = sample.len() as f64;
    let distance = sample.iter().enumerate().fold(0.0_f64, |worst, (i, &x)| {
        let p = cdf(x);
        worst.max((p - i as f64 / n).abs()).max(((i + 1) as f64 / n - p).abs())
    });
    distance * n.sqrt()
}

/// Kolmogorov's critical value at significance 0.001: √(−½ ln 0.0005).
const KS_LIMIT: f64 = 1.949;

/// Mean and variance of a sample.
fn moments(sample: &[f64]) -> [f64; 2] {
    let n = sample.len() as f64;
    let mean = sample.iter().sum::<f64>() / n;
    [mean, sample.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n]
}

fn normal_cdf(x: f64) -> f64 {
    0.5 * libm::erfc(-x / 2.0_f64.sqrt())
}

/// Chi-square of observed counts against expected ones.
fn chi_square(observed: &[u64], expected: &[f64]) -> f64 {
    observed.iter().zip(expected).map(|(&o, &e)| (o as f64 - e) * (o as f64 - e) / e).sum()
}

/// Upper 0.001 point of chi-square by Wilson and Hilferty (1931), good to 1 % here.
fn chi_square_limit(degrees: f64) -> f64 {
    let c = 2.0 / (9.0 * degrees);
    let root = 1.0 - c + normal_quantile(0.999) * c.sqrt();
    degrees * root * root * root
}

#[test]
fn uniform_is_uniform_and_open() {
    let sample = samples(Purpose::Detection, Draw::uniform);
    assert!(sample.iter().all(|&u| u > 0.0 && u < 1.0));
    assert!(kolmogorov(sample, |x| x) < KS_LIMIT);
}

#[test]
fn neighbouring_ordinals_are_independent() {
    // Serial pairs in a 16 × 16 table; 255 degrees of freedom.
    let sample = samples(Purpose::Kill, Draw::uniform);
    let mut cells = [0_u64; 256];
    for pair in sample.chunks_exact(2) {
        cells[(pair[0] * 16.0) as usize * 16 + (pair[1] * 16.0) as usize] += 1;
    }
    let expected = [COUNT as f64 / 512.0; 256];
    assert!(chi_square(&cells, &expected) < chi_square_limit(255.0));
}

#[test]
fn each_bit_of_a_first_word_is_fair() {
    let words = samples(Purpose::Reply, Draw::next_word);
    for bit in 0..32 {
        let ones = words.iter().filter(|&&w| w >> bit & 1 == 1).count() as f64;
        let deviations = (ones - COUNT as f64 / 2.0) / (COUNT as f64 / 4.0).sqrt();
        assert!(deviations.abs() < 4.0, "bit {bit}: {deviations} standard deviations");
    }
}

#[test]
fn normal_is_normal() {
    let sample = samples(Purpose::MeasurementError, Draw::normal);
    let fourth = sample.iter().map(|x| x * x * x * x).sum::<f64>() / COUNT as f64;
    let [mean, variance] = moments(&sample);
    // Four standard errors of mean, variance and fourth moment.
    let root = (COUNT as f64).sqrt();
    assert!(mean.abs() < 4.0 / root);
    assert!((variance - 1.0).abs() < 4.0 * 2.0_f64.sqrt() / root);
    assert!((fourth - 3.0).abs() < 4.0 * 96.0_f64.sqrt() / root);
    assert!(kolmogorov(sample, normal_cdf) < KS_LIMIT);
}

#[test]
fn val_wichura_1988_normal_quantile() {
    // Printed in the paper for PPND16.
    for (p, x) in [
        (0.25, -0.674_489_750_196_081_7),
        (0.001, -3.090_232_306_167_814),
        (1e-20, -9.262_340_089_798_408),
    ] {
        assert!((normal_quantile(p) / x - 1.0).abs() < 2e-15, "{p}");
    }
    assert!(normal_quantile(-0.1).is_nan() && normal_quantile(f64::NAN).is_nan());
    assert!(normal_quantile(1.0).is_infinite() && normal_quantile(1.0) > 0.0);
}

#[test]
fn normal_quantile_inverts_the_distribution_function() {
    for step in 1..2_000 {
        let p = libm::exp(-f64::from(step) * 0.02);
        assert!((normal_cdf(normal_quantile(p)) / p - 1.0).abs() < 2e-13, "{p}");
    }
}

#[test]
fn exponential_is_exponential() {
    let sample = samples(Purpose::Delay, Draw::exponential);
    assert!(kolmogorov(sample, |x| -libm::expm1(-x)) < KS_LIMIT);
}

#[test]
fn gamma_of_integer_shape_is_a_waiting_time() {
    for shape in [1_u32, 2, 5] {
        let cdf = |x: f64| {
            let (mut term, mut sum) = (1.0, 0.0);
            for k in 1..=shape {
                sum += term;
                term *= x / f64::from(k);
            }
            1.0 - sum * libm::exp(-x)
        };
        let sample = samples(Purpose::Formation, |d| d.gamma(f64::from(shape)));
        assert!(kolmogorov(sample, cdf) < KS_LIMIT, "shape {shape}");
    }
}

#[test]
fn gamma_of_half_shape_is_half_a_squared_normal() {
    let sample = samples(Purpose::Formation, |d| d.gamma(0.5));
    assert!(kolmogorov(sample, |x| libm::erf(x.sqrt())) < KS_LIMIT);
}

#[test]
fn gamma_moments_equal_the_shape() {
    for shape in [0.05, 0.7, 30.0, 1e4] {
        let [mean, variance] = moments(&samples(Purpose::Bias, |d| d.gamma(shape)));
        // Five standard errors; the fourth central moment of gamma is 3 a² + 6 a.
        assert!((mean - shape).abs() < 5.0 * (shape / COUNT as f64).sqrt(), "{shape}");
        let spread = ((2.0 * shape * shape + 6.0 * shape) / COUNT as f64).sqrt();
        assert!((variance - shape).abs() < 5.0 * spread, "{shape}: {variance}");
    }
}

#[test]
fn beta_with_one_unit_shape_is_a_power_law() {
    for b in [0.2, 3.0] {
        let sample = samples(Purpose::KillProbability, |d| d.beta(1.0, b));
        let cdf = |x: f64| 1.0 - libm::pow(1.0 - x, b);
        assert!(kolmogorov(sample, cdf) < KS_LIMIT, "b {b}");
    }
}

#[test]
fn beta_has_its_moments_also_where_the_gammas_underflow() {
    for (a, b) in [(8.0, 2.0), (0.5, 0.5), (1e-3, 2e-3)] {
        let [mean, variance] = moments(&samples(Purpose::KillProbability, |d| d.beta(a, b)));
        let sum = a + b;
        let expected = a * b / (sum * sum * (sum + 1.0));
        assert!((mean - a / sum).abs() < 5.0 * (expected / COUNT as f64).sqrt());
        assert!((variance / expected - 1.0).abs() < 0.02, "{a} {b}: {variance}");
    }
}

#[test]
fn triangular_follows_its_quadratics() {
    let [low, mode, high] = [2.0, 3.0, 7.0];
    let cdf = |x: f64| {
        if x < mode {
            (x - low) * (x - low) / ((high - low) * (mode - low))
        } else {
            1.0 - (high - x) * (high - x) / ((high - low) * (high - mode))
        }
    };
    let sample = samples(Purpose::Delay, |d| d.triangular(low, mode, high));
    assert!(kolmogorov(sample, cdf) < KS_LIMIT);
}

#[test]
fn triangular_of_one_value_is_that_value() {
    let mut draw = Luck::new(1, 1).draw(Purpose::Delay, NameHash::of("x"), 0);
    assert!((draw.triangular(4.0, 4.0, 4.0) - 4.0).abs() < 1e-15);
    assert!(draw.triangular(4.0, 3.0, 5.0).is_nan());
    assert!((1.0..=2.0).contains(&draw.triangular(1.0, 1.0, 2.0)));
}

#[test]
fn bernoulli_counts_are_binomial() {
    let hits = samples(Purpose::Kill, |d| d.bernoulli(0.3)).iter().filter(|&&hit| hit).count();
    let deviations = (hits as f64 - 0.3 * COUNT as f64) / (0.21 * COUNT as f64).sqrt();
    assert!(deviations.abs() < 4.0, "{deviations}");
    assert!(samples(Purpose::Kill, |d| d.bernoulli(1.0)).iter().all(|&hit| hit));
    assert!(!samples(Purpose::Kill, |d| d.bernoulli(0.0)).iter().any(|&hit| hit));
}

#[test]
fn poisson_counts_follow_the_mass_function() {
    for mean in [0.3, 4.0, 9.9, 10.0, 60.0, 900.0] {
        let counts = samples(Purpose::FalsePlot, |d| d.poisson(mean));
        let (observed, expected) = poisson_cells(&counts, mean);
        let degrees = (expected.len() - 1) as f64;
        let chi = chi_square(&observed, &expected);
        assert!(chi < chi_square_limit(degrees), "mean {mean}: {chi} on {degrees}");
    }
}

/// Counts and expectations per value, the tails joined so that each cell expects at least 10.
fn poisson_cells(counts: &[u64], mean: f64) -> (Vec<u64>, Vec<f64>) {
    let (mut observed, mut expected) = (Vec::new(), Vec::new());
    let (mut have, mut want, mut rest) = (0, 0.0, COUNT as f64);
    let mut tally = vec![0_u64; 2_000];
    counts.iter().for_each(|&count| tally[count as usize] += 1);
    for (k, number) in tally.into_iter().enumerate() {
        let mass = libm::exp(k as f64 * libm::log(mean) - mean - libm::lgamma(k as f64 + 1.0));
        have += number;
        want += mass * COUNT as f64;
        if want >= 10.0 {
            if rest - want < 10.0 {
                break;
            }
            rest -= want;
            observed.push(std::mem::take(&mut have));
            expected.push(std::mem::take(&mut want));
        }
    }
    observed.push(COUNT as u64 - observed.iter().sum::<u64>());
    expected.push(rest);
    (observed, expected)
}

#[test]
fn poisson_of_no_mean_is_zero() {
    let mut draw = Luck::new(1, 1).draw(Purpose::FalsePlot, NameHash::of("x"), 0);
    assert_eq!(draw.poisson(0.0), 0);
    assert_eq!(draw.poisson(-1.0), 0);
    assert_eq!(draw.poisson(f64::NAN), 0);
}
