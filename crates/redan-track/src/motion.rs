//! Motion models: how an object is thought to move between two looks.
//!
//! All models share one state of nine numbers (p, v, a), position, velocity and acceleration in the
//! tracker's frame, and all but the ballistic one have the same shape: with a matrix f of 3 × 3 over the
//! three orders and a noise q of 3 × 3, each axis moves alike,
//!
//! > F = f ⊗ I₃, Q = q ⊗ diag(1, 1, ν),
//!
//! so that a prediction costs six small products and not one of 9 × 9. ν is the share of the noise
//! that acts on the vertical axis. With T the time between two looks:
//!
//! * [`Motion::ConstantVelocity`] — continuous white noise acceleration of power spectral density S (Bar-Shalom, Li
//!   and Kirubarajan 2001, "Estimation with Applications to Tracking and Navigation", eq. 6.2.2-4):
//!   q = S [T³/3 T²/2; T²/2 T]. Its acceleration is forgotten and held at the variance that a
//!   manoeuvre would have, so that mixing into a model with acceleration needs no special case.
//! * [`Motion::Singer`] — acceleration of standard deviation σ that decays with the time τ (Singer 1970,
//!   IEEE Trans. AES 6(4), eq. 8 and 14; Bar-Shalom et al. 2001, eq. 8.2.3-1 to 8.2.3-12).
//! * [`Motion::WhiteJerk`] — constant acceleration with white jerk (ibid., eq. 6.2.3-8).
//! * [`Motion::Turn`] — constant turn in the plane of velocity and acceleration at ω = |v × a| / v², with
//!   white jerk (Li and Jilkov 2003, "Survey of maneuvering target tracking, part I", IEEE Trans. AES
//!   39(4), section V-B): f = [1 sin ωT/ω (1 - cos ωT)/ω²; 0 cos ωT sin ωT/ω; 0 -ω sin ωT cos ωT].
//!   ω is held over the step; its own uncertainty enters through the covariance of a alone.
//! * [`Motion::Ballistic`] — gravity and drag, a = g - (ρ(h) / 2β) |v| v, with the air of
//!   [`air_density_kg_m3`]; one step of Heun's rule, covariance by the derivative of the drag (Li and
//!   Jilkov 2010, "Survey of maneuvering target tracking, part II", IEEE Trans. AES 46(1), section III).
//!
//! Valid for steps up to half a minute and frames of a few hundred kilometres. Left out: the rotation of
//! the Earth and the change of the vertical within the frame. Validated against `kalman_cv_run.csv`
//! and `alpha_beta_steady_state.csv` in `validation/tables/tracking`.

use nalgebra::{Matrix3, SMatrix, SVector, Vector3};
use serde::{Deserialize, Serialize};

/// Mean of a state: position, velocity and acceleration, m, m/s, m/s².
pub type Mean = SVector<f64, 9>;
/// Covariance of a state, 9 × 9.
pub type Covariance = SMatrix<f64, 9, 9>;

/// Below this product of turn rate and time the functions of a turn are those of a straight line.
const STRAIGHT_RAD: f64 = 1e-4;
/// Slowest speed at which acceleration across velocity counts as a turn, m/s.
const SLOWEST_TURN_M_S: f64 = 10.0;
/// Standard gravity (ISO 80000-3), m/s².
const GRAVITY_M_S2: f64 = 9.806_65;

/// A normal distribution of the state.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct State {
    /// Mean, 9.
    pub mean: Mean,
    /// Covariance, 9 × 9, symmetric.
    pub covariance: Covariance,
}

/// How an object is thought to move.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Motion {
    /// Straight flight with small disturbances.
    ConstantVelocity {
        /// Power spectral density of the acceleration, m²/s³.
        density_m2_s3: f64,
        /// Acceleration that a manoeuvre beginning now would have, standard deviation, m/s².
        manoeuvre_m_s2: f64,
    },
    /// Acceleration that comes and goes.
    Singer {
        /// Standard deviation of the acceleration on each axis, m/s².
        sigma_m_s2: f64,
        /// Time after which it has decayed to 1/e, seconds.
        lasts_s: f64,
    },
    /// Nearly constant acceleration.
    WhiteJerk {
        /// Power spectral density of the jerk, m²/s⁵.
        density_m2_s5: f64,
    },
    /// Nearly constant turn in the plane of velocity and acceleration.
    Turn {
        /// Power spectral density of the jerk, m²/s⁵.
        density_m2_s5: f64,
    },
    /// Free flight under gravity and drag.
    Ballistic {
        /// Mass over drag coefficient and area, kg/m².
        coefficient_kg_m2: f64,
        /// Power spectral density of what drag and gravity do not explain, m²/s³.
        density_m2_s3: f64,
    },
}

impl Motion {
    /// Its figures by their names, for checks of settings that came from outside.
    pub fn figures(&self) -> Vec<(&'static str, f64)> {
        match *self {
            Motion::ConstantVelocity { density_m2_s3, manoeuvre_m_s2 } => {
                vec![("density_m2_s3", density_m2_s3), ("manoeuvre_m_s2", manoeuvre_m_s2)]
            }
            Motion::Singer { sigma_m_s2, lasts_s } => {
                vec![("sigma_m_s2", sigma_m_s2), ("lasts_s", lasts_s)]
            }
            Motion::WhiteJerk { density_m2_s5 } | Motion::Turn { density_m2_s5 } => {
                vec![("density_m2_s5", density_m2_s5)]
            }
            Motion::Ballistic { coefficient_kg_m2, density_m2_s3 } => {
                vec![("coefficient_kg_m2", coefficient_kg_m2), ("density_m2_s3", density_m2_s3)]
            }
        }
    }

    /// Carries a state `dt_s` seconds on, with noise on the vertical axis scaled by `vertical_ratio`.
    /// `dt_s` may be 0 and must not be negative.
    pub fn predict(&self, state: &State, dt_s: f64, vertical_ratio: f64) -> State {
        if let Motion::Ballistic { coefficient_kg_m2, density_m2_s3 } = *self {
            return fall(state, dt_s, coefficient_kg_m2, density_m2_s3);
        }
        let step = self.step(&state.mean, dt_s);
        let noise = self.noise(dt_s);
        State {
            mean: moved(&step, &state.mean),
            covariance: spread(&step, &state.covariance, &noise, vertical_ratio),
        }
    }

    /// The matrix f over (p, v, a), 3 × 3.
    fn step(&self, mean: &Mean, t: f64) -> Matrix3<f64> {
        match *self {
            Motion::ConstantVelocity { .. } | Motion::Ballistic { .. } => {
                Matrix3::new(1.0, t, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0)
            }
            Motion::Singer { lasts_s, .. } => {
                let rate = 1.0 / lasts_s;
                let kept = libm::exp(-t * rate);
                let speed = -libm::expm1(-t * rate) / rate;
                let place = (t - speed) / rate;
                Matrix3::new(1.0, t, place, 0.0, 1.0, speed, 0.0, 0.0, kept)
            }
            Motion::WhiteJerk { .. } => {
                Matrix3::new(1.0, t, 0.5 * t * t, 0.0, 1.0, t, 0.0, 0.0, 1.0)
            }
            Motion::Turn { .. } => turn(turn_rate_rad_s(mean), t),
        }
    }

    /// The noise q over (p, v, a), 3 × 3.
    fn noise(&self, t: f64) -> Matrix3<f64> {
        match *self {
            Motion::ConstantVelocity { density_m2_s3, manoeuvre_m_s2 } => {
                let mut q = white_acceleration(density_m2_s3, t);
                q[(2, 2)] = manoeuvre_m_s2 * manoeuvre_m_s2;
                q
            }
            Motion::Ballistic { density_m2_s3, .. } => white_acceleration(density_m2_s3, t),
            Motion::Singer { sigma_m_s2, lasts_s } => singer(sigma_m_s2, lasts_s, t),
            Motion::WhiteJerk { density_m2_s5 } | Motion::Turn { density_m2_s5 } => {
                white_jerk(density_m2_s5, t)
            }
        }
    }
}

/// Turn rate of a state, rad/s: |v × a| / v², 0 for what hardly moves.
pub fn turn_rate_rad_s(mean: &Mean) -> f64 {
    let velocity: Vector3<f64> = mean.fixed_rows::<3>(3).into();
    let acceleration: Vector3<f64> = mean.fixed_rows::<3>(6).into();
    let square = velocity.norm_squared();
    if square < SLOWEST_TURN_M_S * SLOWEST_TURN_M_S {
        return 0.0;
    }
    velocity.cross(&acceleration).norm() / square
}

/// Density of the air at a height, kg/m³: two exponentials that meet at 9,144 m (Farina, Ristic and
/// Benvenuti 2002, "Tracking a ballistic target: comparison of several nonlinear filters", IEEE Trans. AES
/// 38(3), eq. 3). Heights below 0 count as 0.
pub fn air_density_kg_m3(height_m: f64) -> f64 {
    let (at_ground, rate) = if height_m < 9_144.0 { (1.227, 1.093e-4) } else { (1.754, 1.49e-4) };
    at_ground * libm::exp(-rate * height_m.max(0.0))
}

fn turn(rate: f64, t: f64) -> Matrix3<f64> {
    let angle = rate * t;
    if angle < STRAIGHT_RAD {
        return Matrix3::new(1.0, t, 0.5 * t * t, 0.0, 1.0, t, 0.0, 0.0, 1.0);
    }
    let (sin, cos) = libm::sincos(angle);
    Matrix3::new(
        1.0,
        sin / rate,
        (1.0 - cos) / (rate * rate),
        0.0,
        cos,
        sin / rate,
        0.0,
        -rate * sin,
        cos,
    )
}

fn white_acceleration(density: f64, t: f64) -> Matrix3<f64> {
    let cross = 0.5 * t * t;
    Matrix3::new(t * t * t / 3.0, cross, 0.0, cross, t, 0.0, 0.0, 0.0, 0.0) * density
}

fn white_jerk(density: f64, t: f64) -> Matrix3<f64> {
    let (t2, t3) = (t * t, t * t * t);
    let (q02, q12) = (t3 / 6.0, t2 / 2.0);
    let q01 = t2 * t2 / 8.0;
    Matrix3::new(t2 * t3 / 20.0, q01, q02, q01, t3 / 3.0, q12, q02, q12, t) * density
}

/// Noise of the Singer model: ∫ g(s) g(s)ᵀ ds · 2σ²/τ with g the answer to a pulse of jerk. The closed
/// form loses all digits for T ≪ τ, so the integral is taken by Gauss's rule of five points, whose error
/// is below 1e-9 of the entry for T ≤ 2τ.
fn singer(sigma: f64, lasts_s: f64, t: f64) -> Matrix3<f64> {
    const NODES: [(f64, f64); 5] = [
        (0.046_910_077_030_668, 0.118_463_442_528_094_5),
        (0.230_765_344_947_158_5, 0.239_314_335_249_683_2),
        (0.5, 0.284_444_444_444_444_4),
        (0.769_234_655_052_841_5, 0.239_314_335_249_683_2),
        (0.953_089_922_969_332, 0.118_463_442_528_094_5),
    ];
    let rate = 1.0 / lasts_s;
    let mut sum = Matrix3::zeros();
    for (node, weight) in NODES {
        let s = node * t;
        let speed = -libm::expm1(-s * rate) / rate;
        let answer = Vector3::new((s - speed) / rate, speed, libm::exp(-s * rate));
        sum += answer * answer.transpose() * (weight * t);
    }
    sum * (2.0 * sigma * sigma * rate)
}

/// Mean after a step: (f ⊗ I) m.
fn moved(step: &Matrix3<f64>, mean: &Mean) -> Mean {
    Mean::from_fn(|row, _| {
        let (order, axis) = (row / 3, row % 3);
        (0..3).map(|from| step[(order, from)] * mean[3 * from + axis]).sum()
    })
}

/// Covariance after a step: (f ⊗ I) P (f ⊗ I)ᵀ + q ⊗ diag(1, 1, ν), one pair of axes at a time.
fn spread(step: &Matrix3<f64>, before: &Covariance, noise: &Matrix3<f64>, up: f64) -> Covariance {
    let mut after = Covariance::zeros();
    for a in 0..3 {
        for b in a..3 {
            let block = Matrix3::from_fn(|i, j| before[(3 * i + a, 3 * j + b)]);
            let mut turned = step * block * step.transpose();
            if a == b {
                turned += noise * if a == 2 { up } else { 1.0 };
            }
            for i in 0..3 {
                for j in 0..3 {
                    after[(3 * i + a, 3 * j + b)] = turned[(i, j)];
                    after[(3 * j + b, 3 * i + a)] = turned[(i, j)];
                }
            }
        }
    }
    after
}

/// Acceleration of free flight at a position and velocity, m/s².
fn pull(position: &Vector3<f64>, velocity: &Vector3<f64>, coefficient: f64) -> Vector3<f64> {
    let drag = 0.5 * air_density_kg_m3(position[2]) / coefficient * velocity.norm();
    Vector3::new(0.0, 0.0, -GRAVITY_M_S2) - velocity * drag
}

/// A step of free flight. The derivative of drag by velocity is -(k |v|) (I + v vᵀ / v²) with k = ρ/2β.
fn fall(state: &State, dt_s: f64, coefficient: f64, density: f64) -> State {
    let position: Vector3<f64> = state.mean.fixed_rows::<3>(0).into();
    let velocity: Vector3<f64> = state.mean.fixed_rows::<3>(3).into();
    let first = pull(&position, &velocity, coefficient);
    let ahead = position + velocity * dt_s + first * (0.5 * dt_s * dt_s);
    let second = pull(&ahead, &(velocity + first * dt_s), coefficient);
    let speed_after = velocity + (first + second) * (0.5 * dt_s);
    let place_after = position + velocity * dt_s + (2.0 * first + second) * (dt_s * dt_s / 6.0);
    let norm = velocity.norm().max(1e-9);
    let drag = 0.5 * air_density_kg_m3(position[2]) / coefficient * norm;
    let slope = (Matrix3::identity() + velocity * velocity.transpose() / (norm * norm)) * -drag;
    let mut step = Covariance::zeros();
    let identity = Matrix3::identity();
    step.fixed_view_mut::<3, 3>(0, 0).copy_from(&identity);
    let half = identity * dt_s + slope * (0.5 * dt_s * dt_s);
    step.fixed_view_mut::<3, 3>(0, 3).copy_from(&half);
    step.fixed_view_mut::<3, 3>(3, 3).copy_from(&(identity + slope * dt_s));
    step.fixed_view_mut::<3, 3>(6, 3).copy_from(&slope);
    let mut mean = Mean::zeros();
    mean.fixed_rows_mut::<3>(0).copy_from(&place_after);
    mean.fixed_rows_mut::<3>(3).copy_from(&speed_after);
    mean.fixed_rows_mut::<3>(6).copy_from(&second);
    let noise =
        spread(&Matrix3::zeros(), &Covariance::zeros(), &white_acceleration(density, dt_s), 1.0);
    let covariance = step * state.covariance * step.transpose() + noise;
    State { mean, covariance: (covariance + covariance.transpose()) * 0.5 }
}
