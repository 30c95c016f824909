//! The quality of a picture over time: the attributes of the single integrated air picture (SIAP).
//!
//! Models a picture as a row of instants. At each, the tracks that are held are assigned to the objects
//! that exist, by whoever knows both (a recording by the origins of plots, a benchmark by distance).
//! With J objects, J_T of them with at least one track, N tracks, N_A of them assigned, summed over all
//! instants (SIAP System Engineering Task Force, Technical Report 2003-029, "SIAP Attributes, Version
//! 2.0", 2003, after Votruba et al., "SIAP Metrics Implementation", 2001):
//!
//! | attribute | definition | best |
//! |---|---|---|
//! | completeness | ΣJ_T / ΣJ | 1 |
//! | ambiguity | ΣN_A / ΣJ_T | 1 |
//! | spuriousness | Σ(N - N_A) / ΣN | 0 |
//! | positional, velocity accuracy | Σ error / ΣN_A | 0 |
//! | rate of track number change | Σ(U_j - 1) / ΣTT_j | 0 |
//! | longest track segment | ΣTL_j / ΣT_j | 1 |
//! | identification completeness | Σ(J_T - J_U) / ΣJ_T | 1 |
//! | identification correctness | ΣJ_C / ΣJ_T | 1 |
//! | identification ambiguity | ΣJ_A / ΣJ_T | 0 |
//!
//! U_j is the least number of tracks with which object j is tracked whenever it is tracked at all, TT_j
//! the time for which it is tracked, TL_j the longest time for which one and the same track follows it
//! without a gap, T_j the time for which it exists. J_U objects have tracks of which none is judged, J_C
//! only tracks that are judged rightly, J_A tracks that disagree.
//!
//! Beside SIAP: purity, the share of the assigned instants of a track that belong to the object that it
//! follows most, over all tracks; and swaps, the times that a track goes over from one object to another.
//!
//! Times are those between instants at both of which the thing holds; instants come in order of time, and
//! one that does not is taken as if no time had passed. What was never observed is `None`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Continuity, Gospa, Shares};

/// What a track says of who its object is, beside what it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Judged {
    /// Not judged, or without a result.
    #[default]
    Not,
    /// As it is.
    Rightly,
    /// As something else.
    Wrongly,
}

/// One track at one instant, with the object that it is assigned to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Seen {
    /// Number of the track.
    pub track: u64,
    /// The object that it is assigned to; `None` for a spurious track.
    pub object: Option<u64>,
    /// Distance from the object, metres; 0 for a spurious track.
    pub position_error_m: f64,
    /// Difference of the velocities, m/s; 0 for a spurious track.
    pub velocity_error_m_s: f64,
    /// What it says of who the object is.
    pub judged: Judged,
}

/// A picture beside the truth at one instant.
#[derive(Clone, Copy, Debug)]
pub struct Instant<'a> {
    /// When, seconds.
    pub time_s: f64,
    /// Numbers of the objects that exist, each once.
    pub objects: &'a [u64],
    /// The tracks that are held, each once. One that is assigned to an object that does not exist is
    /// spurious.
    pub tracks: &'a [Seen],
    /// Distance of the tracks from the objects.
    pub gospa: Gospa,
}

/// Folds instants into the attributes of a picture. Memory: one entry for each object and each track.
#[derive(Clone, Debug, Default)]
pub struct Picture {
    shares: Shares,
    objects: BTreeMap<u64, Object>,
    tracks: BTreeMap<u64, Follower>,
    last_s: Option<f64>,
}

/// What is kept of one object.
#[derive(Clone, Debug, Default)]
struct Object {
    last_s: Option<f64>,
    existing_s: f64,
    tracked_s: f64,
    longest_s: f64,
    /// Tracks that have followed it at every instant since the last unavoidable change at which anybody
    /// did.
    enough: Vec<u64>,
    needed: u32,
    /// Tracks that follow it now, and since when without a gap.
    segments: Vec<(u64, f64)>,
}

/// What is kept of one track.
#[derive(Clone, Debug, Default)]
struct Follower {
    latest: Option<u64>,
    swaps: u32,
    instants_on: BTreeMap<u64, u64>,
}

impl Picture {
    /// Takes the next instant and gives the sums of it alone.
    pub fn add(&mut self, instant: &Instant<'_>) -> Shares {
        let now_s = self.last_s.map_or(instant.time_s, |last_s| last_s.max(instant.time_s));
        let mut here = Shares {
            instants: 1,
            objects: instant.objects.len() as u64,
            gospa_m: instant.gospa.total_m,
            gospa_missed: u64::from(instant.gospa.missed),
            gospa_spurious: u64::from(instant.gospa.spurious),
            ..Shares::default()
        };
        let mut on: BTreeMap<u64, Vec<&Seen>> =
            instant.objects.iter().map(|object| (*object, Vec::new())).collect();
        for seen in instant.tracks {
            let followers = seen.object.and_then(|object| on.get_mut(&object));
            here.add_track(seen, followers.is_some());
            let object = seen.object.filter(|_| followers.is_some());
            self.tracks.entry(seen.track).or_default().follow(object);
            followers.into_iter().for_each(|followers| followers.push(seen));
        }
        for (object, followers) in &on {
            here.add_object(followers);
            let since_s = self.last_s;
            self.objects.entry(*object).or_default().pass(now_s, since_s, followers);
        }
        self.last_s = Some(now_s);
        self.shares.add(&here);
        here
    }

    /// Sums over all instants so far.
    pub fn shares(&self) -> &Shares {
        &self.shares
    }

    /// Continuity so far.
    pub fn continuity(&self) -> Continuity {
        let mut sum = Continuity { tracks: self.tracks.len() as u32, ..Continuity::default() };
        for object in self.objects.values() {
            sum.tracked_objects += u32::from(object.needed > 0);
            sum.number_changes += object.needed.saturating_sub(1);
            sum.existing_s += object.existing_s;
            sum.tracked_s += object.tracked_s;
            sum.longest_s += object.longest_s;
        }
        for track in self.tracks.values() {
            sum.swaps += track.swaps;
            sum.false_tracks += u32::from(track.latest.is_none());
            sum.assigned_instants += track.instants_on.values().sum::<u64>();
            sum.pure_instants += track.instants_on.values().max().copied().unwrap_or(0);
        }
        sum
    }
}

impl Object {
    /// Lets time pass to an instant at which it exists. `since_s` is the instant before, of whatever
    /// objects.
    fn pass(&mut self, now_s: f64, since_s: Option<f64>, followers: &[&Seen]) {
        let unbroken = self.last_s.is_some() && self.last_s == since_s;
        let step_s = if unbroken { now_s - self.last_s.unwrap_or(now_s) } else { 0.0 };
        self.existing_s += step_s;
        if unbroken && !self.segments.is_empty() && !followers.is_empty() {
            self.tracked_s += step_s;
        }
        let start_of = |track: u64| match self.segments.iter().find(|(other, _)| *other == track) {
            Some((_, start_s)) if unbroken => *start_s,
            _ => now_s,
        };
        let segments: Vec<(u64, f64)> =
            followers.iter().map(|seen| (seen.track, start_of(seen.track))).collect();
        for (_, start_s) in &segments {
            self.longest_s = self.longest_s.max(now_s - start_s);
        }
        self.segments = segments;
        self.last_s = Some(now_s);
        self.need(followers);
    }

    /// The fewest tracks that cover all instants with a track: keep as many candidates as still fit, and
    /// begin anew only when none is left.
    fn need(&mut self, followers: &[&Seen]) {
        if followers.is_empty() {
            return;
        }
        self.enough.retain(|track| followers.iter().any(|seen| seen.track == *track));
        if self.enough.is_empty() {
            self.needed += 1;
            self.enough = followers.iter().map(|seen| seen.track).collect();
        }
    }
}

impl Follower {
    fn follow(&mut self, object: Option<u64>) {
        let Some(object) = object else { return };
        self.swaps += u32::from(self.latest.is_some_and(|latest| latest != object));
        self.latest = Some(object);
        *self.instants_on.entry(object).or_insert(0) += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn seen(track: u64, object: Option<u64>) -> Seen {
        let (position_error_m, velocity_error_m_s) = (0.0, 0.0);
        Seen { track, object, position_error_m, velocity_error_m_s, judged: Judged::Not }
    }

    fn instant<'a>(time_s: f64, objects: &'a [u64], tracks: &'a [Seen]) -> Instant<'a> {
        Instant { time_s, objects, tracks, gospa: Gospa::default() }
    }

    /// One object at times 0, 10, 20 …; each entry lists the tracks that follow it then.
    fn followed(by: &[&[u64]]) -> Continuity {
        let mut picture = Picture::default();
        for (step, tracks) in by.iter().enumerate() {
            let tracks: Vec<Seen> = tracks.iter().map(|track| seen(*track, Some(1))).collect();
            picture.add(&instant(10.0 * step as f64, &[1], &tracks));
        }
        picture.continuity()
    }

    #[test]
    fn shares_follow_their_definitions() {
        let mut picture = Picture::default();
        let right = Seen { judged: Judged::Rightly, position_error_m: 30.0, ..seen(1, Some(7)) };
        let wrong = Seen { judged: Judged::Wrongly, position_error_m: 60.0, ..seen(2, Some(7)) };
        let stray = Seen { position_error_m: 1e9, ..seen(3, None) };
        let late = seen(4, Some(9));
        picture.add(&instant(0.0, &[7, 8], &[right, wrong, stray, late]));
        picture.add(&instant(5.0, &[7, 8], &[right]));
        let shares = picture.shares();
        assert_eq!(shares.completeness_ratio(), Some(2.0 / 4.0));
        assert_eq!(shares.ambiguity_ratio(), Some(3.0 / 2.0));
        assert_eq!(shares.spuriousness_ratio(), Some(2.0 / 5.0), "9 does not exist");
        assert_eq!(shares.position_error_m(), Some(120.0 / 3.0));
        assert_eq!(shares.id_completeness_ratio(), Some(1.0));
        assert_eq!(shares.id_correctness_ratio(), Some(1.0 / 2.0));
        assert_eq!(shares.id_ambiguity_ratio(), Some(1.0 / 2.0));
        let continuity = picture.continuity();
        assert_eq!((continuity.tracks, continuity.false_tracks), (4, 2));
    }

    #[test]
    fn a_change_of_number_counts_once_and_a_gap_does_not_count() {
        let steady = followed(&[&[1], &[1], &[], &[1]]);
        assert_eq!((steady.number_changes, steady.tracked_s), (0, 10.0));
        assert_eq!((steady.existing_s, steady.longest_s), (30.0, 10.0));
        let handed = followed(&[&[1], &[1, 2], &[2], &[2]]);
        assert_eq!((handed.number_changes, handed.tracked_s), (1, 30.0));
        assert_eq!(handed.longest_segment_ratio(), Some(20.0 / 30.0));
        assert_eq!(handed.change_rate_per_s(), Some(1.0 / 30.0));
        let doubled = followed(&[&[1, 2], &[1, 2], &[2], &[2]]);
        assert_eq!(doubled.number_changes, 0, "track 2 alone would do");
    }

    #[test]
    fn a_track_that_goes_over_is_a_swap_and_less_pure() {
        let mut picture = Picture::default();
        for (step, object) in [1, 1, 1, 2].into_iter().enumerate() {
            picture.add(&instant(step as f64, &[1, 2], &[seen(5, Some(object))]));
        }
        let continuity = picture.continuity();
        assert_eq!((continuity.swaps, continuity.false_tracks), (1, 0));
        assert_eq!(continuity.purity_ratio(), Some(3.0 / 4.0));
    }

    #[test]
    fn what_was_never_observed_is_none() {
        let nothing = Picture::default();
        assert_eq!(nothing.shares().completeness_ratio(), None);
        assert_eq!(nothing.shares().gospa_m(), None);
        assert_eq!(nothing.continuity().longest_segment_ratio(), None);
        assert_eq!(nothing.continuity().purity_ratio(), None);
    }

    #[test]
    fn an_absence_ends_a_segment() {
        let mut picture = Picture::default();
        for (time_s, exists) in [(0.0, true), (10.0, true), (20.0, false), (30.0, true)] {
            let objects: &[u64] = if exists { &[1] } else { &[] };
            picture.add(&instant(time_s, objects, &[seen(1, Some(1))]));
        }
        let continuity = picture.continuity();
        assert_eq!((continuity.existing_s, continuity.longest_s), (10.0, 10.0));
        assert_eq!(picture.shares().spuriousness_ratio(), Some(1.0 / 4.0));
    }

    /// Fewest tracks that cover all instants, by trying all sets of up to four tracks.
    fn fewest(by: &[Vec<u64>]) -> u32 {
        let mut best = u32::MAX;
        // Each track holds for one stretch in these stories, so that a cover by sets is one by stretches.
        for set in 0_u32..16 {
            let covers = by
                .iter()
                .filter(|tracks| !tracks.is_empty())
                .all(|tracks| tracks.iter().any(|track| set & (1 << track) != 0));
            if covers {
                best = best.min(set.count_ones());
            }
        }
        best
    }

    proptest! {
        #[test]
        fn the_numbers_needed_are_the_fewest(
            spans in prop::collection::vec((0_usize..10, 0_usize..10), 0..4),
        ) {
            let held = |step: usize, (a, b): &(usize, usize)| (*a.min(b)..=*a.max(b)).contains(&step);
            let by: Vec<Vec<u64>> = (0..10)
                .map(|step| {
                    let tracks = spans.iter().enumerate().filter(|(_, span)| held(step, span));
                    tracks.map(|(track, _)| track as u64).collect()
                })
                .collect();
            let refs: Vec<&[u64]> = by.iter().map(Vec::as_slice).collect();
            let found = followed(&refs);
            prop_assert_eq!(found.number_changes, fewest(&by).saturating_sub(1));
            prop_assert!(found.longest_s <= found.tracked_s && found.tracked_s <= found.existing_s);
        }
    }
}
