//! Extended Kalman filter with nearly constant velocity.
//!
//! State (e, n, u, ve, vn, vu) in the tracker's frame. Motion between two times that lie `T` apart is
//! the discrete white-noise acceleration model (Bar-Shalom, Li and Kirubarajan 2001, "Estimation with
//! Applications to Tracking and Navigation", eq. 6.3.2-1 to 6.3.2-4), alike on each axis:
//!
//! > F = [1 T; 0 1], Q = σ² [T⁴/4 T³/2; T³/2 T²].
//!
//! σ is the standard deviation of an acceleration that stays constant between two updates; the book
//! advises half to all of the largest acceleration. Noise does not add up over divided intervals, so a
//! fast sensor assumes smoother flight than a slow one with the same σ.
//!
//! The measurement is that of [`Look`]. Where the sphere of equal range bends within the uncertainty
//! of the prior (a young track, close by), the measurement is linearised again at the estimate
//! (iterated filter, ibid. chapter 10), at most [`MAX_ROUNDS`] times. The covariance is updated
//! in Joseph's form (ibid. eq. 5.2.3-18), which keeps it symmetric and positive definite.
//!
//! A *late* plot, older than the state, updates the state where it is: the measurement is that of the
//! position retrodicted to the plot's time, `h(p - |T| v)`, and the noise of retrodiction, `σ² T⁴/4`
//! on each axis, is added to the measurement's. What is left out is the correlation between the state
//! and the noise of the interval that the state has already absorbed, which the exact algorithm keeps
//! (Bar-Shalom 2002, IEEE Trans. AES 38(3)); the answer is good while `σ T²/2` is small against the
//! uncertainty of position.
//!
//! Valid for times up to minutes between updates and frames of a few hundred kilometres (the curvature
//! of the Earth acts like 0.01 m/s² on an aircraft, far below σ). Left out: turns, ballistic flight,
//! radial speed. Validated against `kalman_cv_run.csv`, `alpha_beta_steady_state.csv`,
//! `nees_nis_bounds.csv` and `crlb_cv_range_bearing.csv` in `validation/tables/tracking`.

use nalgebra::{Cholesky, Matrix3, Matrix3x6, Matrix6, Matrix6x3, Vector3, Vector6};
use redan_geo::Time;

use crate::Kinematics;
use crate::look::Look;

/// Largest number of linearisations of one update.
pub const MAX_ROUNDS: usize = 4;

/// Process noise of one axis over one interval; the three axes are alike and independent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Noise {
    /// Variance of position.
    pub position_m2: f64,
    /// Covariance of position and velocity.
    pub cross_m2_s: f64,
    /// Variance of velocity.
    pub velocity_m2_s2: f64,
}

/// How well a plot fits a state: the normalised innovation and what it is made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Innovation {
    /// Derivative of the measurement by position, 3 × 3.
    pub jacobian: Matrix3<f64>,
    /// Measured minus expected, 3.
    pub residual: Vector3<f64>,
    /// Inverse of the covariance of the residual, 3 × 3.
    pub information: Matrix3<f64>,
    /// Innovation squared over its covariance; chi-square with 3 degrees of freedom if the plot is the
    /// track's own.
    pub nis_ratio: f64,
    /// Natural logarithm of the determinant of the residual's covariance, in the units of a look.
    pub log_det: f64,
}

impl Noise {
    /// Discrete white-noise acceleration over `dt_s` seconds, which may be negative: prediction into
    /// the past has the same variances and the opposite covariance.
    pub fn white_acceleration(sigma_m_s2: f64, dt_s: f64) -> Self {
        let velocity = sigma_m_s2 * dt_s;
        let position = 0.5 * velocity * dt_s;
        Noise {
            position_m2: position * position,
            cross_m2_s: position * velocity,
            velocity_m2_s2: velocity * velocity,
        }
    }
}

/// State of a new track from its first plot: position as measured, velocity zero with a standard
/// deviation of `max_speed_m_s` / √3 on each axis.
pub fn start(look: &Look, time: Time, max_speed_m_s: f64) -> Kinematics {
    let position = look.position();
    let speed_variance = Matrix3::from_diagonal_element(max_speed_m_s * max_speed_m_s / 3.0);
    Kinematics {
        time,
        mean: Vector6::new(position[0], position[1], position[2], 0.0, 0.0, 0.0),
        covariance: joined(&look.position_covariance(), &Matrix3::zeros(), &speed_variance),
    }
}

/// State at `to`, later or earlier, with discrete white-noise acceleration of `sigma_m_s2`.
pub fn predict(kinematics: &Kinematics, to: Time, sigma_m_s2: f64) -> Kinematics {
    let dt_s = (to - kinematics.time).as_secs();
    carry(kinematics, to, &Noise::white_acceleration(sigma_m_s2, dt_s))
}

/// State at `to` with process noise of any kind: F P Fᵀ + Q by 3 × 3 blocks.
pub fn carry(kinematics: &Kinematics, to: Time, noise: &Noise) -> Kinematics {
    let dt_s = (to - kinematics.time).as_secs();
    let [place, cross, speed] = blocks(&kinematics.covariance);
    let cross_after = cross + speed * dt_s + Matrix3::from_diagonal_element(noise.cross_m2_s);
    let speed_after = speed + Matrix3::from_diagonal_element(noise.velocity_m2_s2);
    let place_after = spread(&place, &cross, &speed, dt_s, noise.position_m2);
    let mut mean = kinematics.mean;
    for axis in 0..3 {
        mean[axis] += dt_s * mean[axis + 3];
    }
    Kinematics { time: to, mean, covariance: joined(&place_after, &cross_after, &speed_after) }
}

/// Fit of a look made at `time` to a state held at any other time. `None` if the covariance is not
/// positive definite, which only states from outside can bring about.
pub fn innovation(
    kinematics: &Kinematics,
    look: &Look,
    time: Time,
    sigma_m_s2: f64,
) -> Option<Innovation> {
    let dt_s = (time - kinematics.time).as_secs();
    let noise = Noise::white_acceleration(sigma_m_s2, dt_s);
    let [place, cross, speed] = blocks(&kinematics.covariance);
    let place_then = spread(&place, &cross, &speed, dt_s, noise.position_m2);
    fit(&position_after(kinematics, dt_s), &place_then, look)
}

/// Updates a state with a look made at `time` and returns it with the fit. The state moves to `time`,
/// unless the look is late: then it stays where it is. `None` as for [`innovation`].
pub fn update(
    kinematics: &Kinematics,
    look: &Look,
    time: Time,
    sigma_m_s2: f64,
) -> Option<(Kinematics, Innovation)> {
    let lag_s = (time - kinematics.time).as_secs().min(0.0);
    let prior = match lag_s < 0.0 {
        true => *kinematics,
        false => predict(kinematics, time, sigma_m_s2),
    };
    let fit = innovation(&prior, look, time, sigma_m_s2)?;
    let back_m2 = Noise::white_acceleration(sigma_m_s2, lag_s).position_m2;
    let noise = Matrix3::from_diagonal(&look.variance())
        + fit.jacobian * fit.jacobian.transpose() * back_m2;
    Some((correct(&prior, &fit, &noise, lag_s), fit))
}

/// The linear update: `fit` belongs to a measurement of `position + lag_s * velocity` with noise
/// covariance `noise`, 3 × 3.
pub fn correct(
    prior: &Kinematics,
    fit: &Innovation,
    noise: &Matrix3<f64>,
    lag_s: f64,
) -> Kinematics {
    let mut design: Matrix3x6<f64> = Matrix3x6::zeros();
    design.fixed_view_mut::<3, 3>(0, 0).copy_from(&fit.jacobian);
    design.fixed_view_mut::<3, 3>(0, 3).copy_from(&(fit.jacobian * lag_s));
    let gain: Matrix6x3<f64> = prior.covariance * design.transpose() * fit.information;
    let kept: Matrix6<f64> = Matrix6::identity() - gain * design;
    let joseph: Matrix6<f64> =
        kept * prior.covariance * kept.transpose() + gain * noise * gain.transpose();
    Kinematics {
        time: prior.time,
        mean: prior.mean + gain * fit.residual,
        covariance: (joseph + joseph.transpose()) * 0.5,
    }
}

/// Threshold of the normalised innovation squared below which a share `gate_prob` of a track's own
/// plots fall: the quantile of the chi-square distribution with 3 degrees of freedom, from its closed
/// form erf(√(x/2)) - √(2x/π) exp(-x/2). Probabilities are held between 0 and 1 - 1e-12.
pub fn gate_ratio(gate_prob: f64) -> f64 {
    let outside_prob = (1.0 - gate_prob).clamp(1e-12, 1.0);
    let (mut low, mut high) = (0.0, 100.0);
    // Bisection to the last bit of the threshold: done once per tracker, so speed does not matter.
    for _ in 0..80 {
        let middle = 0.5 * (low + high);
        if tail_prob(middle) > outside_prob { low = middle } else { high = middle }
    }
    0.5 * (low + high)
}

/// Innovation at a position and its covariance, linearised again while the range sphere bends.
pub fn fit(position: &Vector3<f64>, place: &Matrix3<f64>, look: &Look) -> Option<Innovation> {
    let noise = Matrix3::from_diagonal(&look.variance());
    let mut at = look.first_point(position);
    let mut rounds = 1;
    loop {
        let linear = look.linear_at(&at, position);
        let found = linear_fit(linear.jacobian, linear.residual, place, &noise)?;
        let gained = found.jacobian.transpose() * (found.information * found.residual);
        let next = position + place * gained;
        if rounds == MAX_ROUNDS || !look.bends(&(next - at)) {
            return Some(found);
        }
        at = next;
        rounds += 1;
    }
}

/// Innovation of a linear measurement of position with covariance `place` by `jacobian`, with noise
/// covariance `noise`. `None` if their sum is not positive definite.
pub fn linear_fit(
    jacobian: Matrix3<f64>,
    residual: Vector3<f64>,
    place: &Matrix3<f64>,
    noise: &Matrix3<f64>,
) -> Option<Innovation> {
    let factor = Cholesky::new(jacobian * place * jacobian.transpose() + noise)?;
    let information = factor.inverse();
    let roots = factor.l_dirty();
    let log_det = 2.0 * libm::log(roots[(0, 0)] * roots[(1, 1)] * roots[(2, 2)]);
    let nis_ratio = residual.dot(&(information * residual));
    nis_ratio.is_finite().then_some(Innovation {
        jacobian,
        residual,
        information,
        nis_ratio,
        log_det,
    })
}

/// Mean position `dt_s` later (or earlier), metres.
pub(crate) fn position_after(kinematics: &Kinematics, dt_s: f64) -> Vector3<f64> {
    let mean = &kinematics.mean;
    Vector3::new(mean[0] + dt_s * mean[3], mean[1] + dt_s * mean[4], mean[2] + dt_s * mean[5])
}

/// Covariance of position `dt_s` later, from the blocks of the covariance now.
fn spread(
    place: &Matrix3<f64>,
    cross: &Matrix3<f64>,
    speed: &Matrix3<f64>,
    dt_s: f64,
    noise_m2: f64,
) -> Matrix3<f64> {
    place
        + (cross + cross.transpose()) * dt_s
        + speed * (dt_s * dt_s)
        + Matrix3::from_diagonal_element(noise_m2)
}

/// Blocks of a covariance: position, position with velocity, velocity.
fn blocks(covariance: &Matrix6<f64>) -> [Matrix3<f64>; 3] {
    [(0, 0), (0, 3), (3, 3)].map(|(row, column)| covariance.fixed_view::<3, 3>(row, column).into())
}

/// Covariance from its blocks.
fn joined(place: &Matrix3<f64>, cross: &Matrix3<f64>, speed: &Matrix3<f64>) -> Matrix6<f64> {
    let mut whole = Matrix6::zeros();
    whole.fixed_view_mut::<3, 3>(0, 0).copy_from(place);
    whole.fixed_view_mut::<3, 3>(0, 3).copy_from(cross);
    whole.fixed_view_mut::<3, 3>(3, 0).copy_from(&cross.transpose());
    whole.fixed_view_mut::<3, 3>(3, 3).copy_from(speed);
    whole
}

/// Probability that a chi-square variable with 3 degrees of freedom exceeds `x`.
fn tail_prob(x: f64) -> f64 {
    libm::erfc((0.5 * x).sqrt()) + (std::f64::consts::FRAC_2_PI * x).sqrt() * libm::exp(-0.5 * x)
}
