//! Which track goes with which object, for those who know places alone.
//!
//! Models the correspondence of CLEAR MOT (Bernardin and Stiefelhagen 2008, EURASIP Journal on Image and
//! Video Processing, section 2.1.3): a pair that was made before is kept while both are there and nearer
//! than the cut-off; the others are assigned anew, at the least sum of distances. Without the first rule,
//! tracks of a close formation would seem to change their objects at every instant.
//!
//! A track that is left over but nearer to some object than the cut-off goes with the nearest: a second
//! track of one object is a fault of its own kind (ambiguity), and no false track.

use std::collections::BTreeMap;

use super::{Cut, Matched, matched};

/// Pairs of tracks and objects from instant to instant.
#[derive(Clone, Debug)]
pub struct Pairing {
    cut: Cut,
    /// Object of each track that was paired first, at the last instant at which it was.
    kept: BTreeMap<u64, u64>,
}

/// Something with a number and a place, metres.
pub type Placed<const N: usize> = (u64, [f64; N]);

impl Pairing {
    /// Pairing with a cut-off; its order plays no part.
    pub fn new(cut: Cut) -> Self {
        Pairing { cut, kept: BTreeMap::new() }
    }

    /// For each track the index of its object, or `None` for a track that is far from all. Numbers of
    /// objects, and those of tracks, are unique within an instant.
    pub fn next<const N: usize>(
        &mut self,
        objects: &[Placed<N>],
        tracks: &[Placed<N>],
    ) -> Vec<Option<usize>> {
        let mut object_of = self.still_there(objects, tracks);
        let mut taken = vec![false; objects.len()];
        object_of.iter().flatten().for_each(|object| taken[*object] = true);
        let free_objects: Vec<usize> = (0..objects.len()).filter(|at| !taken[*at]).collect();
        let free_tracks: Vec<usize> =
            (0..tracks.len()).filter(|at| object_of[*at].is_none()).collect();
        let places = |of: &[Placed<N>], at: &[usize]| -> Vec<[f64; N]> {
            at.iter().map(|index| of[*index].1).collect()
        };
        let pairs =
            matched(&places(objects, &free_objects), &places(tracks, &free_tracks), self.cut);
        for Matched { object, track, .. } in pairs {
            object_of[free_tracks[track]] = Some(free_objects[object]);
        }
        let pairs = object_of.iter().zip(tracks);
        self.kept = pairs.filter_map(|(at, track)| Some((track.0, objects[(*at)?].0))).collect();
        for (track, object) in tracks.iter().zip(&mut object_of) {
            *object = object.or_else(|| self.nearest(objects, &track.1));
        }
        object_of
    }

    /// Objects of tracks that had them before and are still near them.
    fn still_there<const N: usize>(
        &self,
        objects: &[Placed<N>],
        tracks: &[Placed<N>],
    ) -> Vec<Option<usize>> {
        let index: BTreeMap<u64, usize> =
            objects.iter().enumerate().map(|(at, object)| (object.0, at)).collect();
        let before = |track: &Placed<N>| {
            let at = *index.get(self.kept.get(&track.0)?)?;
            (apart(&objects[at].1, &track.1) < self.cut.cutoff_m()).then_some(at)
        };
        tracks.iter().map(before).collect()
    }

    fn nearest<const N: usize>(&self, objects: &[Placed<N>], place: &[f64; N]) -> Option<usize> {
        let near = objects.iter().enumerate().map(|(at, object)| (apart(&object.1, place), at));
        let near = near.filter(|(distance_m, _)| *distance_m < self.cut.cutoff_m());
        near.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, at)| at)
    }
}

fn apart<const N: usize>(a: &[f64; N], b: &[f64; N]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairing() -> Pairing {
        Pairing::new(Cut::new(1_000.0, 1).unwrap())
    }

    #[test]
    fn a_pair_is_kept_until_it_comes_apart() {
        let mut pairing = pairing();
        let at = |a: f64, b: f64| [(7, [a]), (8, [b])];
        assert_eq!(pairing.next(&at(0.0, 300.0), &[(1, [50.0]), (2, [310.0])]), [Some(0), Some(1)]);
        // By distance alone they would be exchanged now.
        assert_eq!(pairing.next(&at(0.0, 300.0), &[(1, [290.0]), (2, [10.0])]), [Some(0), Some(1)]);
        let moved = pairing.next(&at(0.0, 3_000.0), &[(1, [2_900.0]), (2, [10.0])]);
        assert_eq!(moved, [Some(1), Some(0)]);
    }

    #[test]
    fn a_second_track_goes_with_the_nearest_and_a_far_one_with_nobody() {
        let found = pairing().next(&[(7, [0.0])], &[(1, [40.0]), (2, [900.0]), (3, [1_000.0])]);
        assert_eq!(found, [Some(0), Some(0), None]);
        assert_eq!(pairing().next(&[], &[(1, [0.0])]), [None]);
        assert_eq!(pairing().next(&[(1, [f64::NAN])], &[(1, [0.0])]), [None]);
    }
}
