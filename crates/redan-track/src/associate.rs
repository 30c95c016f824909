//! Association: which plot of a scan belongs to which track.
//!
//! Global nearest neighbour (Blackman and Popoli 1999, "Design and Analysis of Modern Tracking
//! Systems", section 6.4): pairs inside the gate cost their normalised innovation squared plus the
//! logarithm of the determinant of its covariance (twice the negative log-likelihood but for a
//! constant), so that a vague track does not take the plot of a sharp one. Leaving a track without a
//! plot costs the gate plus the largest such logarithm of its cluster, so that within a cluster a
//! plot in the gate is better used than not.
//!
//! Plots go first to confirmed tracks, what is left to tentative tracks that already move, and the
//! rest to single plots, whose gates are widest. In each round, pairs fall into clusters without common
//! tracks or plots, each solved exactly by [`assign`].
//!
//! Two bounds keep absurd scans affordable. A track weighs at most [`CANDIDATE_LIMIT`] plots, those
//! nearest to it in the box test; and a cluster of more than [`CLUSTER_LIMIT`] tracks or plots is
//! solved greedily, cheapest pair first.

use std::ops::Range;

use nalgebra::Vector3;
use redan_geo::Time;

use crate::assignment::{Costs, assign};
use crate::filter::{Noise, innovation, position_after};
use crate::look::Look;
use crate::{Kinematics, Track};

/// Most plots that one track is compared with exactly in one scan.
pub const CANDIDATE_LIMIT: usize = 32;
/// Most tracks, and most plots, of a cluster that is solved exactly.
pub const CLUSTER_LIMIT: usize = 100;

/// The box test is widened by this factor of variance, since it knows no bend of the range sphere.
const BOX_SLACK: f64 = 2.0;

/// What a plot must satisfy to be weighed against a track at all.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Gate {
    /// Largest normalised innovation squared.
    pub(crate) ratio: f64,
    /// Standard deviation of the acceleration between two updates, m/s².
    pub(crate) acceleration_sigma_m_s2: f64,
    /// Largest step per second from a first plot to the second, m/s.
    pub(crate) max_speed_m_s: f64,
    /// Plots that are older than the state by more are not weighed, seconds.
    pub(crate) late_limit_s: f64,
}

/// A usable plot of the scan at hand.
pub(crate) struct Seen {
    pub(crate) look: Look,
    pub(crate) time: Time,
    /// Place in the scan's list of plots.
    pub(crate) index: usize,
    position: Vector3<f64>,
    variance: Vector3<f64>,
}

/// A track and a plot that belong together: places in the two lists.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Pair {
    pub(crate) track: usize,
    pub(crate) seen: usize,
}

/// A pair inside the gate.
#[derive(Clone, Copy)]
pub(crate) struct Edge {
    pub(crate) pair: Pair,
    /// Cost of the pair, on the scale of twice a negative log-likelihood.
    pub(crate) cost: f64,
    /// Logarithm of the determinant of the innovation's covariance.
    pub(crate) log_det: f64,
}

/// A scan prepared for association: plots in order of their easting.
pub(crate) struct Field<'a> {
    seen: &'a [Seen],
    by_east: Vec<usize>,
    free: Vec<bool>,
    /// First and last look of the scan.
    times: [Time; 2],
    largest_m2: Vector3<f64>,
    /// Roots of those.
    largest_sigma_m: Vector3<f64>,
    /// Least and largest coordinates of the plots.
    corners: [Vector3<f64>; 2],
    /// Standard deviations that the box test grants.
    width_ratio: f64,
    gate: Gate,
}

impl Seen {
    pub(crate) fn new(look: Look, time: Time, index: usize) -> Self {
        let covariance = look.position_covariance();
        Seen { look, time, index, position: look.position(), variance: covariance.diagonal() }
    }
}

impl<'a> Field<'a> {
    pub(crate) fn new(seen: &'a [Seen], gate: Gate) -> Option<Self> {
        let first = seen.iter().map(|seen| seen.time).min()?;
        let last = seen.iter().map(|seen| seen.time).max()?;
        let largest_m2 =
            seen.iter().fold(Vector3::zeros(), |most: Vector3<f64>, seen| most.sup(&seen.variance));
        let mut by_east: Vec<usize> = (0..seen.len()).collect();
        let east_m = |place: usize| seen[place].position[0];
        by_east.sort_unstable_by(|a, b| east_m(*a).total_cmp(&east_m(*b)).then(a.cmp(b)));
        Some(Field {
            seen,
            by_east,
            free: vec![true; seen.len()],
            times: [first, last],
            largest_m2,
            largest_sigma_m: largest_m2.map(f64::sqrt),
            width_ratio: (BOX_SLACK * gate.ratio).sqrt() * (1.0 + 1e-9),
            corners: seen.iter().skip(1).fold([seen[0].position; 2], |[least, most], seen| {
                [least.inf(&seen.position), most.sup(&seen.position)]
            }),
            gate,
        })
    }

    /// Pairs the given tracks (places in `tracks`, rising, each with the time after which no plot may
    /// revive it) with plots that are still free, and takes those plots. Pairs come in order of tracks.
    pub(crate) fn pair(&mut self, tracks: &[Track], chosen: &[(usize, Time)]) -> Vec<Pair> {
        if chosen.is_empty() {
            return Vec::new();
        }
        let mut edges = Vec::new();
        let mut near = Vec::new();
        for &(track, up) in chosen {
            self.near(&tracks[track], &mut near);
            let in_time = near.iter().filter(|(_, seen)| self.seen[*seen].time <= up);
            edges.extend(
                in_time.filter_map(|&(_, seen)| self.edge(&tracks[track], Pair { track, seen })),
            );
        }
        if edges.is_empty() {
            return Vec::new();
        }
        let mut pairs: Vec<Pair> = clusters(edges, self.seen.len())
            .iter()
            .flat_map(|edges| {
                let log_dets = edges.iter().map(|edge| edge.log_det);
                solve(edges, self.gate.ratio + log_dets.fold(f64::NEG_INFINITY, f64::max))
            })
            .collect();
        pairs.sort_unstable_by_key(|pair| pair.track);
        for pair in &pairs {
            self.free[pair.seen] = false;
        }
        pairs
    }

    /// The plot at a place in the list of usable ones.
    pub(crate) fn at(&self, place: usize) -> &'a Seen {
        &self.seen[place]
    }

    /// Number of usable plots.
    pub(crate) fn count(&self) -> usize {
        self.seen.len()
    }

    /// Whether some track has taken a plot.
    pub(crate) fn is_taken(&self, place: usize) -> bool {
        !self.free[place]
    }

    /// Takes a plot, so that later tracks do not see it.
    pub(crate) fn take(&mut self, place: usize) {
        self.free[place] = false;
    }

    /// Plots that no track has taken.
    pub(crate) fn left_over(&self) -> impl Iterator<Item = &'a Seen> {
        let free = &self.free;
        self.seen.iter().enumerate().filter(|(place, _)| free[*place]).map(|(_, seen)| seen)
    }

    /// Free plots that pass the box test, each with its distance in it; the nearest if there are many.
    pub(crate) fn near(&self, track: &Track, near: &mut Vec<(f64, usize)>) {
        near.clear();
        let widths = Widths::new(&track.kinematics, self.gate.acceleration_sigma_m_s2);
        let limit = BOX_SLACK * self.gate.ratio;
        for &place in &self.by_east[self.strip(&track.kinematics, &widths)] {
            if !self.free[place] {
                continue;
            }
            let distance = widths.distance(&track.kinematics, &self.seen[place], limit);
            near.extend(distance.map(|distance| (distance, place)));
        }
        if near.len() > CANDIDATE_LIMIT {
            near.select_nth_unstable_by(CANDIDATE_LIMIT, |a, b| {
                a.0.total_cmp(&b.0).then(a.1.cmp(&b.1))
            });
            near.truncate(CANDIDATE_LIMIT);
        }
    }

    /// Whether a track may reach the box around all plots at some time of the scan. Most tracks and most scans
    /// have nothing to do with each other, and this says so without a square root. What it says no to, the box
    /// test of every single plot would refuse as well.
    pub(crate) fn may_reach(&self, reach: &Reach) -> bool {
        let first_s = (self.times[0] - reach.time).as_secs();
        let last_s = (self.times[1] - reach.time).as_secs();
        let longest_s = first_s.abs().max(last_s.abs());
        let noise_m = 0.5 * self.gate.acceleration_sigma_m_s2 * longest_s * longest_s;
        for axis in 0..2 {
            let (place_m, speed_m_s) = (reach.place_m[axis], reach.speed_m_s[axis]);
            let (from_m, to_m) = (place_m + first_s * speed_m_s, place_m + last_s * speed_m_s);
            let sigma_m = reach.sigma_m[axis] + reach.sigma_m_s[axis] * longest_s + noise_m;
            let half_m = self.width_ratio * (sigma_m + self.largest_sigma_m[axis]);
            let below_m = self.corners[0][axis] - from_m.max(to_m);
            let above_m = from_m.min(to_m) - self.corners[1][axis];
            if below_m.max(above_m) > half_m {
                return false;
            }
        }
        true
    }

    /// Places in the order of easting that a track can reach at any time of the scan.
    fn strip(&self, kinematics: &Kinematics, widths: &Widths) -> Range<usize> {
        let (mut low_m, mut high_m, mut half_m) = (f64::INFINITY, f64::NEG_INFINITY, 0.0_f64);
        for time in self.times {
            let dt_s = (time - kinematics.time).as_secs();
            let middle_m = kinematics.mean[0] + dt_s * kinematics.mean[3];
            // The variance is a convex function of time, so that its largest value is at an end.
            let variance = widths.variance(0, dt_s) + self.largest_m2[0];
            (low_m, high_m) = (low_m.min(middle_m), high_m.max(middle_m));
            half_m = half_m.max((BOX_SLACK * self.gate.ratio * variance).sqrt());
        }
        (low_m, high_m) = (low_m - half_m, high_m + half_m);
        let east_m = |place: &usize| self.seen[*place].position[0];
        let from = self.by_east.partition_point(|place| east_m(place) < low_m);
        let until = self.by_east.partition_point(|place| east_m(place) <= high_m);
        from..until.max(from)
    }

    /// The exact gate.
    fn edge(&self, track: &Track, pair: Pair) -> Option<Edge> {
        let seen = &self.seen[pair.seen];
        let state = &track.kinematics;
        let dt_s = (seen.time - state.time).as_secs();
        if dt_s < -self.gate.late_limit_s {
            return None;
        }
        if track.hits < 2 && !self.reachable(state, seen, dt_s) {
            return None;
        }
        let sigma_m_s2 = self.gate.acceleration_sigma_m_s2;
        let fit = innovation(state, &seen.look, seen.time, sigma_m_s2)?;
        (fit.nis_ratio <= self.gate.ratio).then_some(Edge {
            pair,
            cost: fit.nis_ratio + fit.log_det,
            log_det: fit.log_det,
        })
    }

    /// Whether an object no faster than the largest speed, seen once, can be where the plot is: three
    /// standard deviations of both positions are granted.
    pub(crate) fn reachable(&self, state: &Kinematics, seen: &Seen, dt_s: f64) -> bool {
        let apart_m = (seen.position - position_after(state, 0.0)).norm();
        let error_m = state.position_sigma_m() + seen.variance.sum().sqrt();
        apart_m <= self.gate.max_speed_m_s * dt_s.abs() + 3.0 * error_m
    }
}

/// Best pairs of one cluster, where leaving a track without a plot costs `missed_cost`.
pub(crate) fn solve(edges: &[Edge], missed_cost: f64) -> Vec<Pair> {
    if let [only] = edges {
        return if only.cost <= missed_cost { vec![only.pair] } else { Vec::new() };
    }
    let rows = places(edges, |pair| pair.track);
    let columns = places(edges, |pair| pair.seen);
    if rows.len().max(columns.len()) > CLUSTER_LIMIT {
        return greedy(edges);
    }
    let mut costs = Costs::forbidden(rows.len(), columns.len() + rows.len());
    for edge in edges {
        let row = rows.partition_point(|place| *place < edge.pair.track);
        let column = columns.partition_point(|place| *place < edge.pair.seen);
        costs.set(row, column, edge.cost);
    }
    for row in 0..rows.len() {
        costs.set(row, columns.len() + row, missed_cost);
    }
    // Every row can always go without a plot, so that an answer exists.
    let pairs = assign(&costs).unwrap_or_default().into_iter();
    pairs
        .filter(|(_, column)| *column < columns.len())
        .map(|(row, column)| Pair { track: rows[row], seen: columns[column] })
        .collect()
}

/// How far a track can get, in what fits a line of the cache: the root of its variance after a time is at most
/// the sum of the roots of what it is made of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reach {
    time: Time,
    place_m: [f64; 2],
    speed_m_s: [f64; 2],
    sigma_m: [f64; 2],
    sigma_m_s: [f64; 2],
}

impl Reach {
    pub(crate) fn of(kinematics: &Kinematics) -> Self {
        let sigma = |at: usize| kinematics.covariance[(at, at)].max(0.0).sqrt();
        Reach {
            time: kinematics.time,
            place_m: [kinematics.mean[0], kinematics.mean[1]],
            speed_m_s: [kinematics.mean[3], kinematics.mean[4]],
            sigma_m: [sigma(0), sigma(1)],
            sigma_m_s: [sigma(3), sigma(4)],
        }
    }
}

/// Diagonals of the blocks of a covariance: all that the box test needs.
struct Widths {
    place: Vector3<f64>,
    cross: Vector3<f64>,
    speed: Vector3<f64>,
    sigma_m_s2: f64,
}

impl Widths {
    fn new(kinematics: &Kinematics, sigma_m_s2: f64) -> Self {
        let entry = |row: usize, column: usize| kinematics.covariance[(row, column)];
        Widths {
            place: Vector3::from_fn(|axis, _| entry(axis, axis)),
            cross: Vector3::from_fn(|axis, _| entry(axis, axis + 3)),
            speed: Vector3::from_fn(|axis, _| entry(axis + 3, axis + 3)),
            sigma_m_s2,
        }
    }

    fn variance(&self, axis: usize, dt_s: f64) -> f64 {
        let noise = Noise::white_acceleration(self.sigma_m_s2, dt_s).position_m2;
        self.place[axis] + dt_s * (2.0 * self.cross[axis] + dt_s * self.speed[axis]) + noise
    }

    /// Largest squared distance of any axis over its variance, at most the normalised innovation
    /// squared as far as the measurement is linear; `None` if it is above `limit` or not a number.
    fn distance(&self, kinematics: &Kinematics, seen: &Seen, limit: f64) -> Option<f64> {
        let dt_s = (seen.time - kinematics.time).as_secs();
        let mut largest: f64 = 0.0;
        for axis in 0..3 {
            let expected_m = kinematics.mean[axis] + dt_s * kinematics.mean[axis + 3];
            let apart_m = seen.position[axis] - expected_m;
            let ratio = apart_m * apart_m / (self.variance(axis, dt_s) + seen.variance[axis]);
            if ratio.is_nan() || ratio > limit {
                return None;
            }
            largest = largest.max(ratio);
        }
        Some(largest)
    }
}

/// Edges in groups that share neither tracks nor plots.
pub(crate) fn clusters(edges: Vec<Edge>, seen_count: usize) -> Vec<Vec<Edge>> {
    let track_count = edges.iter().map(|edge| edge.pair.track + 1).max().unwrap_or(0);
    let mut parents: Vec<usize> = (0..seen_count + track_count).collect();
    for edge in &edges {
        let track = root(&mut parents, seen_count + edge.pair.track);
        let seen = root(&mut parents, edge.pair.seen);
        parents[track.max(seen)] = track.min(seen);
    }
    let mut rooted: Vec<(usize, Edge)> =
        edges.into_iter().map(|edge| (root(&mut parents, edge.pair.seen), edge)).collect();
    rooted.sort_by_key(|(root, _)| *root);
    rooted
        .chunk_by(|a, b| a.0 == b.0)
        .map(|group| group.iter().map(|(_, edge)| *edge).collect())
        .collect()
}

/// Representative of a set, with the way to it halved.
fn root(parents: &mut [usize], mut member: usize) -> usize {
    while parents[member] != member {
        parents[member] = parents[parents[member]];
        member = parents[member];
    }
    member
}

/// Different tracks (or plots) of some edges, rising.
pub(crate) fn places(edges: &[Edge], which: impl Fn(&Pair) -> usize) -> Vec<usize> {
    let mut places: Vec<usize> = edges.iter().map(|edge| which(&edge.pair)).collect();
    places.sort_unstable();
    places.dedup();
    places
}

/// Cheapest pairs first, each track and plot at most once.
fn greedy(edges: &[Edge]) -> Vec<Pair> {
    let mut order: Vec<&Edge> = edges.iter().collect();
    order.sort_by(|a, b| {
        let by_cost = a.cost.total_cmp(&b.cost);
        by_cost.then((a.pair.track, a.pair.seen).cmp(&(b.pair.track, b.pair.seen)))
    });
    let (mut tracks, mut plots) =
        (std::collections::BTreeSet::new(), std::collections::BTreeSet::new());
    let mut pairs = Vec::new();
    for edge in order {
        if !tracks.contains(&edge.pair.track) && !plots.contains(&edge.pair.seen) {
            tracks.insert(edge.pair.track);
            plots.insert(edge.pair.seen);
            pairs.push(edge.pair);
        }
    }
    pairs
}
