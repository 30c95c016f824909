//! Distances between two sets of points: OSPA and GOSPA.
//!
//! Models the error of a whole picture as one figure. With d_c = min(d, c), the least sum over all
//! assignments of the smaller set (m points) into the larger one (n points):
//!
//! > OSPA = ( (min Σ d_c^p + c^p (n - m)) / n )^(1/p), 0 for two empty sets
//!
//! (Schuhmacher, Vo and Vo 2008, IEEE Trans. Signal Processing 56(8), equations 3 and 4), and with
//! α = 2 over partial assignments γ
//!
//! > GOSPA = ( min Σ_γ d^p + c^p / 2 (missed + false) )^(1/p)
//!
//! (Rahmathullah, García-Fernández and Svensson 2017, FUSION, proposition 1). A pair at c or beyond
//! counts as one missed and one false. Both have the same best assignment, since a pair beyond c costs
//! OSPA as much as two points left alone cost GOSPA; so only pairs below c are weighed, cluster by
//! cluster.
//!
//! Inputs: positions in metres in any number of dimensions, cut-off above 0 in metres, order p ≥ 1. A
//! distance that is not a number counts as c. Validated against
//! `validation/tables/tracking/ospa_gospa.json`.

use crate::assignment::{Costs, assign};

/// Cut-off and order of a distance between sets.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cut {
    cutoff_m: f64,
    order: u32,
}

/// A pair of an object and a track that are nearer than the cut-off.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Matched {
    /// Index of the object.
    pub object: usize,
    /// Index of the track.
    pub track: usize,
    /// Distance of the two, metres.
    pub distance_m: f64,
}

/// GOSPA with its parts.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Gospa {
    /// The distance, metres.
    pub total_m: f64,
    /// Part of the total's power that pairs cost: Σ d^p, metres to the order. With order 1 the total is this
    /// and half a cut-off for each of those that are missed or false.
    pub localisation_cost: f64,
    /// Objects without a track.
    pub missed: u32,
    /// Tracks without an object.
    pub spurious: u32,
}

impl Cut {
    /// `None` unless the cut-off is finite and above 0, and the order at least 1.
    pub fn new(cutoff_m: f64, order: u32) -> Option<Cut> {
        let usable = cutoff_m > 0.0 && cutoff_m.is_finite() && order >= 1;
        usable.then_some(Cut { cutoff_m, order })
    }

    /// Cut-off, metres.
    pub fn cutoff_m(self) -> f64 {
        self.cutoff_m
    }

    fn power(self, distance_m: f64) -> f64 {
        (1..self.order).fold(distance_m, |product, _| product * distance_m)
    }

    fn root(self, power: f64) -> f64 {
        match self.order {
            1 => power,
            2 => power.sqrt(),
            order => libm::pow(power, 1.0 / f64::from(order)),
        }
    }
}

/// OSPA between objects and tracks, metres: 0 to the cut-off.
pub fn ospa_m<const N: usize>(objects: &[[f64; N]], tracks: &[[f64; N]], cut: Cut) -> f64 {
    ospa_of_m(&matched(objects, tracks, cut), objects.len(), tracks.len(), cut)
}

/// OSPA of an assignment that [`matched`] made of so many objects and tracks, metres.
pub fn ospa_of_m(pairs: &[Matched], objects: usize, tracks: usize, cut: Cut) -> f64 {
    let most = objects.max(tracks);
    if most == 0 {
        return 0.0;
    }
    let unmatched = (most - pairs.len()) as f64 * cut.power(cut.cutoff_m);
    cut.root((powers(pairs, cut) + unmatched) / most as f64)
}

/// GOSPA (α = 2) between objects and tracks, with its parts.
pub fn gospa<const N: usize>(objects: &[[f64; N]], tracks: &[[f64; N]], cut: Cut) -> Gospa {
    gospa_of(&matched(objects, tracks, cut), objects.len(), tracks.len(), cut)
}

/// GOSPA of an assignment that [`matched`] made of so many objects and tracks.
pub fn gospa_of(pairs: &[Matched], objects: usize, tracks: usize, cut: Cut) -> Gospa {
    let localisation_cost = powers(pairs, cut);
    let (missed, spurious) = (objects - pairs.len(), tracks - pairs.len());
    let alone = 0.5 * cut.power(cut.cutoff_m) * (missed + spurious) as f64;
    Gospa {
        total_m: cut.root(localisation_cost + alone),
        localisation_cost,
        missed: missed as u32,
        spurious: spurious as u32,
    }
}

fn powers(pairs: &[Matched], cut: Cut) -> f64 {
    pairs.iter().map(|pair| cut.power(pair.distance_m)).sum()
}

/// The best assignment of tracks to objects under the cut-off, in order of objects.
///
/// Pairs below the cut-off fall into clusters that share no object and no track; each cluster is a small
/// assignment of its own. Time grows with objects × tracks, and with the cube of the largest cluster.
pub fn matched<const N: usize>(
    objects: &[[f64; N]],
    tracks: &[[f64; N]],
    cut: Cut,
) -> Vec<Matched> {
    let near = near_pairs(objects, tracks, cut);
    let mut pairs: Vec<Matched> = clusters(&near, objects.len(), tracks.len())
        .iter()
        .flat_map(|cluster| matched_in(cluster, cut))
        .collect();
    pairs.sort_unstable_by_key(|pair| pair.object);
    pairs
}

/// All pairs that are nearer than the cut-off.
fn near_pairs<const N: usize>(objects: &[[f64; N]], tracks: &[[f64; N]], cut: Cut) -> Vec<Matched> {
    let mut near = Vec::new();
    for (object, place) in objects.iter().enumerate() {
        for (track, believed) in tracks.iter().enumerate() {
            let square_m2: f64 = place.iter().zip(believed).map(|(a, b)| (a - b) * (a - b)).sum();
            let distance_m = square_m2.sqrt();
            if distance_m < cut.cutoff_m {
                near.push(Matched { object, track, distance_m });
            }
        }
    }
    near
}

/// Splits pairs into clusters that have no object and no track in common, in order of their first pairs.
fn clusters(near: &[Matched], objects: usize, tracks: usize) -> Vec<Vec<Matched>> {
    let mut parent: Vec<usize> = (0..objects + tracks).collect();
    for pair in near {
        let (a, b) =
            (root_of(&mut parent, pair.object), root_of(&mut parent, objects + pair.track));
        parent[a.max(b)] = a.min(b);
    }
    let mut place = vec![usize::MAX; objects + tracks];
    let mut clusters: Vec<Vec<Matched>> = Vec::new();
    for pair in near {
        let root = root_of(&mut parent, pair.object);
        if place[root] == usize::MAX {
            place[root] = clusters.len();
            clusters.push(Vec::new());
        }
        clusters[place[root]].push(*pair);
    }
    clusters
}

fn root_of(parent: &mut [usize], mut of: usize) -> usize {
    while parent[of] != of {
        parent[of] = parent[parent[of]];
        of = parent[of];
    }
    of
}

/// Best assignment within one cluster; a pair that only the rectangle of the assignment asks for, at the
/// cost of the cut-off, is none.
fn matched_in(cluster: &[Matched], cut: Cut) -> Vec<Matched> {
    if let [only] = cluster {
        return vec![*only];
    }
    let mut objects: Vec<usize> = cluster.iter().map(|pair| pair.object).collect();
    let mut tracks: Vec<usize> = cluster.iter().map(|pair| pair.track).collect();
    for side in [&mut objects, &mut tracks] {
        side.sort_unstable();
        side.dedup();
    }
    let mut costs = Costs::forbidden(objects.len(), tracks.len());
    let mut distances_m = vec![None; objects.len() * tracks.len()];
    let limit = cut.power(cut.cutoff_m);
    for row in 0..objects.len() {
        (0..tracks.len()).for_each(|column| costs.set(row, column, limit));
    }
    for pair in cluster {
        let row = objects.partition_point(|object| *object < pair.object);
        let column = tracks.partition_point(|track| *track < pair.track);
        costs.set(row, column, cut.power(pair.distance_m));
        distances_m[row * tracks.len() + column] = Some(*pair);
    }
    // Every pair is permitted, at the cost of the cut-off if at no other: there is always a way.
    let chosen = assign(&costs).unwrap_or_default();
    chosen.iter().filter_map(|(row, column)| distances_m[row * tracks.len() + column]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cut(cutoff_m: f64, order: u32) -> Cut {
        Cut::new(cutoff_m, order).unwrap()
    }

    /// The definition itself: every way to give the shorter list places in the longer one.
    fn by_definition(a: &[[f64; 2]], b: &[[f64; 2]], cut: Cut) -> f64 {
        fn least(a: &[[f64; 2]], b: &[[f64; 2]], cut: Cut, used: &mut Vec<bool>) -> f64 {
            let Some((first, rest)) = a.split_first() else { return 0.0 };
            let mut best = f64::INFINITY;
            for index in 0..b.len() {
                if !used[index] {
                    used[index] = true;
                    let (east, north) = (first[0] - b[index][0], first[1] - b[index][1]);
                    let distance_m = (east * east + north * north).sqrt().min(cut.cutoff_m);
                    best = best.min(cut.power(distance_m) + least(rest, b, cut, used));
                    used[index] = false;
                }
            }
            best
        }
        let (a, b) = if a.len() <= b.len() { (a, b) } else { (b, a) };
        let gone = cut.power(cut.cutoff_m) * (b.len() - a.len()) as f64;
        let sum = least(a, b, cut, &mut vec![false; b.len()]) + gone;
        if b.is_empty() { 0.0 } else { cut.root(sum / b.len() as f64) }
    }

    fn points() -> impl Strategy<Value = Vec<[f64; 2]>> {
        prop::collection::vec(prop::array::uniform2(-300.0..300.0), 0..6)
    }

    proptest! {
        #[test]
        fn ospa_is_its_definition(a in points(), b in points(), c in 20.0..500.0, p in 1_u32..4) {
            let cut = cut(c, p);
            prop_assert!((ospa_m(&a, &b, cut) - by_definition(&a, &b, cut)).abs() < 1e-9 * c);
            prop_assert!((ospa_m(&a, &b, cut) - ospa_m(&b, &a, cut)).abs() < 1e-9 * c);
        }

        #[test]
        fn gospa_keeps_the_triangle(a in points(), b in points(), d in points(), p in 1_u32..3) {
            let cut = cut(120.0, p);
            let total_m = |x, y| gospa(x, y, cut).total_m;
            prop_assert!(total_m(&a, &d) <= total_m(&a, &b) + total_m(&b, &d) + 1e-9);
        }

        #[test]
        fn whatever_comes_in_the_parts_add_up(
            a in prop::collection::vec(prop::array::uniform3(prop::num::f64::ANY), 0..5),
            b in prop::collection::vec(prop::array::uniform3(prop::num::f64::ANY), 0..5),
        ) {
            let parts = gospa(&a, &b, cut(100.0, 2));
            prop_assert!(parts.total_m.is_finite());
            let pairs = a.len() - parts.missed as usize;
            prop_assert_eq!(pairs, b.len() - parts.spurious as usize);
        }
    }

    #[test]
    fn a_cut_must_be_usable() {
        assert_eq!(Cut::new(0.0, 1), None);
        assert_eq!(Cut::new(f64::NAN, 1), None);
        assert_eq!(Cut::new(f64::INFINITY, 1), None);
        assert_eq!(Cut::new(10.0, 0), None);
    }
}
