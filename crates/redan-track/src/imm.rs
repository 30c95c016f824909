//! Interacting multiple models: several motion models at once, each with its probability.
//!
//! Models the object's motion as one of a few [`Motion`]s, between which it changes like a Markov chain
//! in continuous time: a model that lasts `τ` on average is kept over a time T with probability
//! exp(-T/τ), and the rest is shared evenly. One cycle is mixing, prediction by each model, update by each
//! model, and new probabilities from the likelihoods (Blom and Bar-Shalom 1988, IEEE Trans. AC 33(8);
//! Bar-Shalom, Li and Kirubarajan 2001, section 11.6.6, eq. 11.6.6-7 to 11.6.6-17).
//!
//! The update takes several plots with association probabilities β. The joint probability of model j
//! and plot k is taken as μ_j β_k L_jk / Σ_i μ_i L_ik (and μ_j β_0 for no plot), which is exact given the β;
//! every model is moment-matched over its plots. A sure plot is the case of one β that is 1.
//!
//! A *late* plot, older than the state, updates the state where it is, with the position retrodicted
//! to the plot's time (see [`filter`]). Left out: smoothing, and the correlation of a late plot
//! with noise that the state has absorbed.
//! Validated: with one model against `kalman_cv_run.csv` and by consistency (`tests/consistency.rs`).

use nalgebra::{Matrix3, SMatrix, Vector3, Vector6};
use redan_geo::Time;

use crate::Kinematics;
use crate::filter::{self, Innovation};
use crate::look::Look;
use crate::motion::{Mean, Motion, State};

/// Least probability that a model keeps, so that it can come back.
const LEAST_PROB: f64 = 1e-6;

/// One model of a mixture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mode {
    /// How the object moves.
    pub motion: Motion,
    /// How long it does so on average, seconds.
    pub lasts_s: f64,
    /// Probability that it does so now.
    pub prob: f64,
    /// State under this model.
    pub state: State,
}

/// What is believed of one object: a mixture over motion models at one time.
#[derive(Clone, Debug, PartialEq)]
pub struct Belief {
    /// Time at which the states hold.
    pub time: Time,
    /// The models; their probabilities add up to 1.
    pub modes: Vec<Mode>,
}

/// A plot against every model of a belief.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// Time of the plot minus the time of the states, seconds.
    pub lag_s: f64,
    /// Innovation under each model; `None` where the covariance was not positive definite.
    pub modes: Vec<Option<Innovation>>,
    /// Smallest normalised innovation squared of any model.
    pub nis_ratio: f64,
    /// Natural logarithm of the likelihood of the plot under the mixture, density per rad² m.
    pub log_likelihood: f64,
}

impl Belief {
    /// Belief with the same state under each of `(motion, lasts_s)`, all equally long-lived models equally
    /// probable: the share of each is its share of time.
    pub fn new(time: Time, state: &State, motions: &[(Motion, f64)]) -> Self {
        let whole_s: f64 = motions.iter().map(|(_, lasts_s)| lasts_s).sum();
        let mode = |&(motion, lasts_s): &(Motion, f64)| Mode {
            motion,
            lasts_s,
            prob: lasts_s / whole_s,
            state: *state,
        };
        Belief { time, modes: motions.iter().map(mode).collect() }
    }

    /// Carries the belief to a later time: mixing, then prediction. An earlier time changes nothing.
    pub fn predict(&mut self, to: Time, vertical_ratio: f64) {
        let dt_s = (to - self.time).as_secs();
        if dt_s <= 0.0 {
            return;
        }
        let mixed = self.mixed(dt_s);
        for (mode, (prob, state)) in self.modes.iter_mut().zip(mixed) {
            mode.prob = prob;
            mode.state = mode.motion.predict(&state, dt_s, vertical_ratio);
        }
        self.time = to;
    }

    /// For each model its probability after a possible change, and the state that it starts from.
    fn mixed(&self, dt_s: f64) -> Vec<(f64, State)> {
        if let [only] = self.modes.as_slice() {
            return vec![(1.0, only.state)];
        }
        let others = (self.modes.len() - 1) as f64;
        let change = |from: usize, to: usize| {
            let kept = libm::exp(-dt_s / self.modes[from].lasts_s);
            if from == to { kept } else { (1.0 - kept) / others }
        };
        let into = |to: usize| {
            let share = |from: usize| change(from, to) * self.modes[from].prob;
            let shares = (0..self.modes.len()).map(share);
            let parts: Vec<(f64, &State)> =
                shares.zip(self.modes.iter().map(|mode| &mode.state)).collect();
            (parts.iter().map(|part| part.0).sum(), matched(&parts))
        };
        (0..self.modes.len()).map(into).collect()
    }

    /// Fit of a look made `lag_s` after (below 0: before) the states. `None` if no model can judge it.
    /// `unsteady_m_s2` is the standard deviation of acceleration over the lag.
    pub fn fit(&self, look: &Look, lag_s: f64, unsteady_m_s2: f64) -> Option<Fit> {
        let half = 0.5 * unsteady_m_s2 * lag_s * lag_s;
        let judged = |mode: &Mode| {
            let (position, place) = place_after(&mode.state, lag_s);
            filter::fit(&position, &(place + Matrix3::from_diagonal_element(half * half)), look)
        };
        let modes: Vec<Option<Innovation>> = self.modes.iter().map(judged).collect();
        let weighted = self.modes.iter().zip(&modes).filter_map(|(mode, fit)| {
            fit.as_ref().map(|fit| libm::log(mode.prob.max(LEAST_PROB)) + log_density(fit))
        });
        let log_likelihood = log_sum(weighted.collect::<Vec<_>>().as_slice())?;
        let ratios = modes.iter().flatten().map(|fit| fit.nis_ratio);
        Some(Fit { lag_s, nis_ratio: ratios.fold(f64::INFINITY, f64::min), modes, log_likelihood })
    }

    /// Updates with plots of which at most one is the object's own: `missed_prob` that none is, and for
    /// each fit its probability; together 1.
    pub fn update(&mut self, missed_prob: f64, fits: &[(f64, &Fit)]) {
        let mut total = 0.0;
        for (place, mode) in self.modes.iter_mut().enumerate() {
            let ways = fits.iter().filter_map(|(prob, fit)| {
                let own = fit.modes[place].as_ref()?;
                let weight = prob * libm::exp(log_density(own) - fit.log_likelihood);
                (weight > 0.0 && weight.is_finite()).then_some((weight, own, fit.lag_s))
            });
            let sum = blend(&mut mode.state, missed_prob, ways);
            mode.prob = (mode.prob * sum).max(LEAST_PROB);
            total += mode.prob;
        }
        self.modes.iter_mut().for_each(|mode| mode.prob /= total);
    }

    /// Mean and covariance of the mixture.
    pub fn state(&self) -> State {
        let parts: Vec<(f64, &State)> =
            self.modes.iter().map(|mode| (mode.prob, &mode.state)).collect();
        matched(&parts)
    }

    /// Position and velocity of the mixture.
    pub fn kinematics(&self) -> Kinematics {
        let state = self.state();
        let mean: Vector6<f64> = state.mean.fixed_rows::<6>(0).into();
        let covariance = state.covariance.fixed_view::<6, 6>(0, 0).into();
        Kinematics { time: self.time, mean, covariance }
    }
}

/// Moment-matches a state over "no plot" and some plots (weight, fit, lag) in place, and returns the sum
/// of the weights; without any weight the state stays.
fn blend<'a>(
    state: &mut State,
    missed_prob: f64,
    ways: impl Iterator<Item = (f64, &'a Innovation, f64)>,
) -> f64 {
    let mut ways = ways.peekable();
    let mut parts: Vec<(f64, State)> = Vec::new();
    if missed_prob > 0.0 {
        parts.push((missed_prob, *state));
    } else if let Some((weight, fit, lag_s)) = ways.next() {
        let first = corrected(state, fit, lag_s);
        if ways.peek().is_none() {
            *state = first;
            return weight;
        }
        parts.push((weight, first));
    }
    parts.extend(ways.map(|(weight, fit, lag_s)| (weight, corrected(state, fit, lag_s))));
    let sum = parts.iter().map(|part| part.0).sum();
    if sum > 0.0 {
        *state = matched(&parts.iter().map(|part| (part.0, &part.1)).collect::<Vec<_>>());
    }
    sum
}

/// Moment-matched mixture of weighted states; the weights need not add up to 1, but to more than 0.
fn matched(parts: &[(f64, &State)]) -> State {
    if let [(_, only)] = parts {
        return **only;
    }
    let total: f64 = parts.iter().map(|part| part.0).sum();
    let mut mean = Mean::zeros();
    for (weight, state) in parts {
        mean += state.mean * (weight / total);
    }
    let mut covariance = SMatrix::<f64, 9, 9>::zeros();
    for (weight, state) in parts {
        let apart = state.mean - mean;
        covariance += (state.covariance + apart * apart.transpose()) * (weight / total);
    }
    State { mean, covariance }
}

/// Mean position and its covariance `lag_s` later.
fn place_after(state: &State, lag_s: f64) -> (Vector3<f64>, Matrix3<f64>) {
    let block = |row: usize, column: usize| -> Matrix3<f64> {
        state.covariance.fixed_view::<3, 3>(3 * row, 3 * column).into()
    };
    let position: Vector3<f64> = state.mean.fixed_rows::<3>(0).into();
    if lag_s == 0.0 {
        return (position, block(0, 0));
    }
    let velocity: Vector3<f64> = state.mean.fixed_rows::<3>(3).into();
    let cross = block(0, 1);
    let place = block(0, 0) + (cross + cross.transpose()) * lag_s + block(1, 1) * (lag_s * lag_s);
    (position + velocity * lag_s, place)
}

/// State after a measurement of `position + lag_s velocity`: m + K ν, P - K S Kᵀ.
fn corrected(state: &State, fit: &Innovation, lag_s: f64) -> State {
    let places = state.covariance.fixed_view::<9, 3>(0, 0) * fit.jacobian.transpose();
    let speeds = state.covariance.fixed_view::<9, 3>(0, 3) * fit.jacobian.transpose();
    let towards: SMatrix<f64, 9, 3> = places + speeds * lag_s;
    let gain = towards * fit.information;
    let covariance = state.covariance - gain * towards.transpose();
    State {
        mean: state.mean + gain * fit.residual,
        covariance: (covariance + covariance.transpose()) * 0.5,
    }
}

/// Logarithm of the normal density of an innovation, per rad² m.
fn log_density(fit: &Innovation) -> f64 {
    const LOG_TAU: f64 = 1.837_877_066_409_345_3;
    -0.5 * (fit.nis_ratio + fit.log_det) - 1.5 * LOG_TAU
}

/// Logarithm of a sum of exponentials; `None` if there is nothing to add.
fn log_sum(logs: &[f64]) -> Option<f64> {
    let largest = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if !largest.is_finite() {
        return None;
    }
    Some(largest + libm::log(logs.iter().map(|log| libm::exp(log - largest)).sum()))
}
