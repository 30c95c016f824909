//! The sums that a picture leaves, and the attributes that follow from them; the definitions stand in
//! [`super::picture`].

use serde::{Deserialize, Serialize};

use super::picture::{Judged, Seen};

/// Sums over instants, from which the attributes follow. Sums of two stretches of time add up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Shares {
    /// Instants.
    pub instants: u64,
    /// Objects, at all instants together.
    pub objects: u64,
    /// Of these with at least one track.
    pub tracked: u64,
    /// Of these with at least one track that is judged.
    pub identified: u64,
    /// Of these with tracks that are all judged rightly.
    pub rightly: u64,
    /// Of these with tracks of which some are judged rightly and some are not.
    pub ambiguously: u64,
    /// Tracks, at all instants together.
    pub tracks: u64,
    /// Of these assigned to an object.
    pub assigned: u64,
    pub(super) position_errors_m: f64,
    pub(super) velocity_errors_m_s: f64,
    pub(super) gospa_m: f64,
    /// Objects that GOSPA calls missed.
    pub gospa_missed: u64,
    /// Tracks that GOSPA calls false.
    pub gospa_spurious: u64,
}

/// Continuity of a picture: sums over objects and tracks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Continuity {
    /// Objects that were tracked at some instant.
    pub tracked_objects: u32,
    /// Σ(U_j - 1): changes of the number under which an object is tracked.
    pub number_changes: u32,
    /// Tracks that went over from one object to another, each as often as it did.
    pub swaps: u32,
    /// Tracks that were held at some instant.
    pub tracks: u32,
    /// Of these never assigned to any object.
    pub false_tracks: u32,
    /// ΣT_j, seconds.
    pub existing_s: f64,
    /// ΣTT_j, seconds.
    pub tracked_s: f64,
    /// ΣTL_j, seconds.
    pub longest_s: f64,
    pub(super) pure_instants: u64,
    pub(super) assigned_instants: u64,
}

impl Shares {
    /// Adds the sums of another stretch of time.
    pub fn add(&mut self, other: &Shares) {
        self.instants += other.instants;
        self.objects += other.objects;
        self.tracked += other.tracked;
        self.identified += other.identified;
        self.rightly += other.rightly;
        self.ambiguously += other.ambiguously;
        self.tracks += other.tracks;
        self.assigned += other.assigned;
        self.position_errors_m += other.position_errors_m;
        self.velocity_errors_m_s += other.velocity_errors_m_s;
        self.gospa_m += other.gospa_m;
        self.gospa_missed += other.gospa_missed;
        self.gospa_spurious += other.gospa_spurious;
    }

    pub(super) fn add_track(&mut self, seen: &Seen, assigned: bool) {
        self.tracks += 1;
        if assigned {
            self.assigned += 1;
            self.position_errors_m += seen.position_error_m;
            self.velocity_errors_m_s += seen.velocity_error_m_s;
        }
    }

    pub(super) fn add_object(&mut self, followers: &[&Seen]) {
        let with = |judged| followers.iter().filter(|seen| seen.judged == judged).count();
        let (rightly, wrongly) = (with(Judged::Rightly), with(Judged::Wrongly));
        self.tracked += u64::from(!followers.is_empty());
        self.identified += u64::from(rightly + wrongly > 0);
        self.rightly += u64::from(rightly > 0 && rightly == followers.len());
        let mixed = rightly + wrongly > 0 && rightly < followers.len() && wrongly < followers.len();
        self.ambiguously += u64::from(mixed);
    }

    /// Share of the objects that are tracked.
    pub fn completeness_ratio(&self) -> Option<f64> {
        share(self.tracked, self.objects)
    }

    /// Tracks for each object that is tracked.
    pub fn ambiguity_ratio(&self) -> Option<f64> {
        share(self.assigned, self.tracked)
    }

    /// Share of the tracks that follow no object.
    pub fn spuriousness_ratio(&self) -> Option<f64> {
        share(self.tracks - self.assigned, self.tracks)
    }

    /// Mean distance of an assigned track from its object, metres.
    pub fn position_error_m(&self) -> Option<f64> {
        (self.assigned > 0).then(|| self.position_errors_m / self.assigned as f64)
    }

    /// Mean difference of velocities of an assigned track and its object, m/s.
    pub fn velocity_error_m_s(&self) -> Option<f64> {
        (self.assigned > 0).then(|| self.velocity_errors_m_s / self.assigned as f64)
    }

    /// Share of the tracked objects of which some track says who they are.
    pub fn id_completeness_ratio(&self) -> Option<f64> {
        share(self.identified, self.tracked)
    }

    /// Share of the tracked objects of which all tracks say rightly who they are.
    pub fn id_correctness_ratio(&self) -> Option<f64> {
        share(self.rightly, self.tracked)
    }

    /// Share of the tracked objects whose tracks disagree.
    pub fn id_ambiguity_ratio(&self) -> Option<f64> {
        share(self.ambiguously, self.tracked)
    }

    /// Mean GOSPA of an instant, metres.
    pub fn gospa_m(&self) -> Option<f64> {
        (self.instants > 0).then(|| self.gospa_m / self.instants as f64)
    }
}

impl Continuity {
    /// Adds that of another picture.
    pub fn add(&mut self, other: &Continuity) {
        self.tracked_objects += other.tracked_objects;
        self.number_changes += other.number_changes;
        self.swaps += other.swaps;
        self.tracks += other.tracks;
        self.false_tracks += other.false_tracks;
        self.existing_s += other.existing_s;
        self.tracked_s += other.tracked_s;
        self.longest_s += other.longest_s;
        self.pure_instants += other.pure_instants;
        self.assigned_instants += other.assigned_instants;
    }

    /// Changes of track number in a second of tracking.
    pub fn change_rate_per_s(&self) -> Option<f64> {
        (self.tracked_s > 0.0).then(|| f64::from(self.number_changes) / self.tracked_s)
    }

    /// Share of the time of an object that its longest track covers.
    pub fn longest_segment_ratio(&self) -> Option<f64> {
        (self.existing_s > 0.0).then(|| self.longest_s / self.existing_s)
    }

    /// Share of the assigned instants of tracks that belong to the object that each follows most.
    pub fn purity_ratio(&self) -> Option<f64> {
        share(self.pure_instants, self.assigned_instants)
    }
}

fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}
