//! Fusion of estimates of one object: what two trackers know, without counting anything twice.
//!
//! Two estimates (x_a, P_a) and (x_b, P_b) of one state at one time, with Y = P⁻¹:
//!
//! * [`independent`] — their errors have nothing in common: Y = Y_a + Y_b.
//! * [`covariance_intersection`] — nothing is known of what they have in common: Y = ω Y_a + (1 - ω) Y_b with the ω in
//!   [0, 1] that makes the trace of P least (Julier and Uhlmann 1997, "A non-divergent estimation algorithm in
//!   the presence of unknown correlations", Proc. American Control Conference, eq. 4 to 6). It is never
//!   overconfident if neither estimate was.
//! * [`decorrelated`] — what they have in common is the estimate last exchanged, carried to the same time:
//!   Y = Y_a + Y_b - Y_c (information decorrelation; Chong, Mori and Chang 1990, "Distributed multitarget
//!   multisensor tracking", in Bar-Shalom (ed.), chapter 8, eq. 8.25 to 8.28). Exact without process noise.
//!
//! Left out: cross-covariance by process noise common to both (Bar-Shalom and Campo 1986).
//! Validated against `validation/tables/tracking/covariance_intersection.json`.

use nalgebra::{Cholesky, SMatrix, SVector};

/// Steps of the golden section: each keeps 0.618 of the interval, 80 leave 2e-17.
const STEPS: usize = 80;
const GOLDEN: f64 = 0.618_033_988_749_894_9;

/// A mean and its covariance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate<const N: usize> {
    /// Mean, N.
    pub mean: SVector<f64, N>,
    /// Covariance, N × N, symmetric and positive definite.
    pub covariance: SMatrix<f64, N, N>,
}

/// An estimate by information: Y = P⁻¹ and Y x.
struct Information<const N: usize> {
    matrix: SMatrix<f64, N, N>,
    vector: SVector<f64, N>,
}

impl<const N: usize> Information<N> {
    fn of(estimate: &Estimate<N>) -> Option<Self> {
        let matrix = inverse(&estimate.covariance)?;
        Some(Information { matrix, vector: matrix * estimate.mean })
    }

    fn estimate(&self) -> Option<Estimate<N>> {
        let covariance = inverse(&self.matrix)?;
        Some(Estimate { mean: covariance * self.vector, covariance })
    }

    /// `a` times this and `b` times another.
    fn with(&self, a: f64, other: &Self, b: f64) -> Self {
        Information {
            matrix: self.matrix * a + other.matrix * b,
            vector: self.vector * a + other.vector * b,
        }
    }
}

/// Fusion of two estimates with independent errors. `None` if a covariance is not positive definite.
pub fn independent<const N: usize>(a: &Estimate<N>, b: &Estimate<N>) -> Option<Estimate<N>> {
    Information::of(a)?.with(1.0, &Information::of(b)?, 1.0).estimate()
}

/// Fusion of two estimates whose correlation is not known, with the weight ω of the first. `None` if a
/// covariance is not positive definite. The trace is a convex function of ω, so that a golden section
/// finds its least value.
pub fn covariance_intersection<const N: usize>(
    a: &Estimate<N>,
    b: &Estimate<N>,
) -> Option<(Estimate<N>, f64)> {
    let (one, two) = (Information::of(a)?, Information::of(b)?);
    let at = |weight: f64| one.with(weight, &two, 1.0 - weight).estimate();
    let trace = |weight: f64| at(weight).map_or(f64::INFINITY, |fused| fused.covariance.trace());
    let (mut low, mut high) = (0.0, 1.0);
    let (mut left, mut right) = (1.0 - GOLDEN, GOLDEN);
    let (mut at_left, mut at_right) = (trace(left), trace(right));
    for _ in 0..STEPS {
        if at_left <= at_right {
            (high, right, at_right) = (right, left, at_left);
            left = high - GOLDEN * (high - low);
            at_left = trace(left);
        } else {
            (low, left, at_left) = (left, right, at_right);
            right = low + GOLDEN * (high - low);
            at_right = trace(right);
        }
    }
    let inner = 0.5 * (low + high);
    // At the ends the interior search only comes close.
    let best = [0.0, 1.0]
        .into_iter()
        .fold(inner, |best, end| if trace(end) <= trace(best) { end } else { best });
    Some((at(best)?, best))
}

/// Fusion of two estimates that both contain `common`. `None` if a covariance is not positive definite,
/// also that of the answer: then `common` was worth more than one of the two, and intersecting is safe.
pub fn decorrelated<const N: usize>(
    a: &Estimate<N>,
    b: &Estimate<N>,
    common: &Estimate<N>,
) -> Option<Estimate<N>> {
    let both = Information::of(a)?.with(1.0, &Information::of(b)?, 1.0);
    both.with(1.0, &Information::of(common)?, -1.0).estimate()
}

/// Squared distance of two estimates over the sum of their covariances, chi-square with N degrees of
/// freedom if they are independent estimates of one object. `None` as above.
pub fn distance_ratio<const N: usize>(a: &Estimate<N>, b: &Estimate<N>) -> Option<f64> {
    let apart = a.mean - b.mean;
    let ratio = apart.dot(&(inverse(&(a.covariance + b.covariance))? * apart));
    ratio.is_finite().then_some(ratio)
}

fn inverse<const N: usize>(matrix: &SMatrix<f64, N, N>) -> Option<SMatrix<f64, N, N>> {
    let inverse = Cholesky::new(*matrix)?.inverse();
    let turned = inverse.transpose();
    let symmetric = (inverse + turned) * 0.5;
    symmetric.iter().all(|entry| entry.is_finite()).then_some(symmetric)
}
