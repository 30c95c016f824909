//! Detection probability from a table, for the hot loop.

use super::Detector;

/// Nodes for each decibel. The steepest curve of the valid range turns by 0.65 for each square
/// decibel, so that a straight line errs by at most 0.65 / (8 × 32²) = 8 × 10⁻⁵.
const NODES_PER_DB: f64 = 32.0;

/// Probabilities this near to their limits are taken for the limits.
const EDGE: f64 = 2e-5;

/// Probability of detection over the signal-to-noise ratio of one pulse, as straight lines
/// between nodes 1/32 dB apart.
///
/// Within 10⁻⁴ of [`Detector::detection_prob`], rising, one table access of two neighbours.
/// Below the table it is the false-alarm probability and above it 1. Making it costs one exact
/// evaluation for each of the one to three thousand nodes.
#[derive(Clone, Debug, PartialEq)]
pub struct DetectionCurve {
    first_db: f64,
    below_prob: f64,
    nodes: Vec<f64>,
}

impl DetectionCurve {
    /// The curve of a detector.
    #[must_use]
    pub fn new(detector: &Detector) -> Self {
        let below_prob = detector.false_alarm_prob();
        let edge_db = |probability: f64| detector.required_snr_db(probability).unwrap_or(0.0);
        let first_db = (edge_db(below_prob + EDGE) * NODES_PER_DB).floor() / NODES_PER_DB;
        let span_db = edge_db(1.0 - EDGE) - first_db;
        let count = (span_db * NODES_PER_DB).ceil() as usize + 2;
        let node = |index| detector.detection_prob(first_db + index as f64 / NODES_PER_DB);
        let mut nodes: Vec<f64> = (0..count).map(node).collect();
        for index in 1..count {
            nodes[index] = nodes[index].max(nodes[index - 1]);
        }
        Self { first_db, below_prob, nodes }
    }

    /// Probability of detection, for any ratio; NaN gives NaN.
    #[must_use]
    #[inline]
    pub fn detection_prob(&self, snr_db: f64) -> f64 {
        let place = (snr_db - self.first_db) * NODES_PER_DB;
        if place < 0.0 {
            return self.below_prob;
        }
        // A float becomes the nearest index there is, and NaN becomes 0 and stays NaN below.
        let index = place as usize;
        match self.nodes.get(index..).and_then(|rest| rest.first_chunk()) {
            Some([here, next]) => here + (next - here) * (place - index as f64),
            None => 1.0,
        }
    }

    /// Signal-to-noise ratio at which the curve has a probability; `None` at or below the
    /// false-alarm probability, from 1 on, and for NaN. Inverse of the table, not of the exact
    /// formula: within about 0.01 dB of it between 0.01 and 0.99.
    #[must_use]
    pub fn required_snr_db(&self, probability: f64) -> Option<f64> {
        if !(probability > self.below_prob && probability < 1.0) {
            return None;
        }
        let above = self.nodes.partition_point(|&node| node < probability);
        if above == 0 {
            return Some(self.first_db);
        }
        let last = self.nodes.len() - 1;
        let [before, after] = [self.nodes[above - 1], self.nodes[above.min(last)]];
        let share = if after > before { (probability - before) / (after - before) } else { 0.0 };
        Some(self.first_db + ((above - 1) as f64 + share) / NODES_PER_DB)
    }
}
