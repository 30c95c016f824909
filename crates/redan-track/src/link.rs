//! Tracks of others: which of them are ours, under which number, and who reports them.
//!
//! Models what the participants of a track-sharing net do (in the manner of Link 16 surveillance, MIL-STD-6016
//! in outline, as public introductions describe it): a track from the net that is the same object as a local one is
//! *correlated* with it and keeps the number that the net knows first; the participant with the best
//! quality has the *reporting responsibility*; tracks that part again are *decorrelated*.
//!
//! A pair is correlated when its distance over its covariance stayed within the gate at [`Rules::join_count`]
//! exchanges in a row, as the best assignment of all pairs, and parted after [`Rules::part_count`] exchanges outside.
//! The pairs' errors may share process noise, so that the ratio is on the low side: gates err towards joining.
//!
//! What a track is worth is the *quality* 0 to 15 in steps of a factor 2 in position error.
//! Left out: identity conflicts (see [`crate::identity`]), data forwarding between nets, and pooling of numbers.

use std::collections::BTreeMap;

use crate::assignment::{Costs, assign};
use crate::fusion::{Estimate, covariance_intersection, decorrelated, distance_ratio};
use crate::{Kinematics, TrackId};

/// Number of a track on the net.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NetNumber(pub u32);

/// Number of a participant of the net.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Participant(pub u32);

/// When two tracks are one object.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rules {
    /// Largest squared distance over the covariance, 6 degrees of freedom: 22.46 holds 99.9 %.
    pub gate_ratio: f64,
    /// Exchanges in a row inside the gate that join.
    pub join_count: u32,
    /// Exchanges in a row outside it that part.
    pub part_count: u32,
}

impl Default for Rules {
    fn default() -> Self {
        Rules { gate_ratio: 22.457_744, join_count: 2, part_count: 3 }
    }
}

/// A track as the net carries it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Report {
    /// Its number on the net.
    pub number: NetNumber,
    /// Who reports it.
    pub reporter: Participant,
    /// Its state.
    pub kinematics: Kinematics,
}

/// Standing of a local track against one from the net.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Standing {
    inside: u32,
    outside: u32,
    joined: bool,
}

/// One participant's view of which tracks are the same.
#[derive(Clone, Debug, Default)]
pub struct Correlation {
    rules: Rules,
    standings: BTreeMap<(TrackId, NetNumber), Standing>,
}

impl Correlation {
    /// Nothing joined yet.
    pub fn new(rules: Rules) -> Self {
        Correlation { rules, standings: BTreeMap::new() }
    }

    /// Takes one exchange: all local tracks and all reports, states at one time. A track that is absent
    /// from its list loses its standing.
    pub fn exchange(&mut self, local: &[(TrackId, Kinematics)], reports: &[Report]) {
        let near = self.best(local, reports);
        let here = |pair: &(TrackId, NetNumber)| {
            local.iter().any(|own| own.0 == pair.0)
                && reports.iter().any(|report| report.number == pair.1)
        };
        self.standings.retain(|pair, _| here(pair));
        for pair in &near {
            let fresh = Standing { inside: 0, outside: 0, joined: false };
            let standing = self.standings.entry(*pair).or_insert(fresh);
            standing.inside += 1;
            standing.outside = 0;
            standing.joined |= standing.inside >= self.rules.join_count;
        }
        let rules = self.rules;
        self.standings.retain(|pair, standing| {
            if near.contains(pair) {
                return true;
            }
            standing.inside = 0;
            standing.outside += 1;
            standing.joined && standing.outside < rules.part_count
        });
    }

    /// Number of the net that a local track goes by.
    pub fn number_of(&self, track: TrackId) -> Option<NetNumber> {
        let mut joined =
            self.standings.iter().filter(|(pair, standing)| pair.0 == track && standing.joined);
        joined.next().map(|(pair, _)| pair.1)
    }

    /// Pairs inside the gate that the assignment of least total distance makes. A joined pair goes before others:
    /// its distance counts half.
    fn best(
        &self,
        local: &[(TrackId, Kinematics)],
        reports: &[Report],
    ) -> Vec<(TrackId, NetNumber)> {
        let mut costs = Costs::forbidden(local.len(), reports.len() + local.len());
        for (row, (track, own)) in local.iter().enumerate() {
            costs.set(row, reports.len() + row, self.rules.gate_ratio);
            for (column, report) in reports.iter().enumerate() {
                let ratio = distance_ratio(&estimate(own), &estimate(&report.kinematics));
                let Some(ratio) = ratio.filter(|ratio| *ratio <= self.rules.gate_ratio) else {
                    continue;
                };
                let standing = self.standings.get(&(*track, report.number));
                let kept = standing.is_some_and(|standing| standing.joined);
                costs.set(row, column, if kept { 0.5 * ratio } else { ratio });
            }
        }
        let pairs = assign(&costs).unwrap_or_default().into_iter();
        let real = pairs.filter(|(_, column)| *column < reports.len());
        real.map(|(row, column)| (local[row].0, reports[column].number)).collect()
    }
}

/// Quality of a track, 0 (worse than 8 km) to 15 (better than half a metre): position errors, one standard
/// deviation in all, in steps of a factor of 2.
pub fn quality(kinematics: &Kinematics) -> u8 {
    let sigma_m = kinematics.position_sigma_m().max(1e-3);
    (13.0 - libm::log2(sigma_m)).clamp(0.0, 15.0).floor() as u8
}

/// Who reports an object that several hold: the best quality, and among equals who reports it now, else the lowest
/// participant, so that responsibility does not wander.
pub fn responsible(held: &[(Participant, u8)], now: Option<Participant>) -> Option<Participant> {
    let rank = |&(participant, quality): &(Participant, u8)| {
        (quality, Some(participant) == now, std::cmp::Reverse(participant))
    };
    held.iter().max_by_key(|held| rank(held)).map(|held| held.0)
}

/// State of a local track improved by a report of the same object, both at one time: `common` is what the net
/// was last told of it, carried to that time, if anything; without it, or where it does not fit, the two are
/// intersected. `None` if a covariance is not positive definite.
pub fn fused(
    own: &Kinematics,
    report: &Kinematics,
    common: Option<&Kinematics>,
) -> Option<Kinematics> {
    let (a, b) = (estimate(own), estimate(report));
    let known = common.and_then(|common| decorrelated(&a, &b, &estimate(common)));
    let fused = known.or_else(|| Some(covariance_intersection(&a, &b)?.0))?;
    Some(Kinematics { time: own.time, mean: fused.mean, covariance: fused.covariance })
}

fn estimate(kinematics: &Kinematics) -> Estimate<6> {
    Estimate { mean: kinematics.mean, covariance: kinematics.covariance }
}
