//! How good the picture of each network was, as it stands in `summary.json`.
//!
//! The definitions are those of [`redan_track::metrics::picture`] (SIAP) and of
//! [`crate::measures::PictureMeasures`]; `null` is what was never observed.

use serde::{Deserialize, Serialize};

use crate::measures::{PictureMeasures, WINDOW, Window};
use crate::{Measures, Roster};

/// The picture of one network over the whole run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PictureSummary {
    /// Name of the network.
    pub network: String,
    /// The attributes that a stretch of time has as well.
    #[serde(flatten)]
    pub quality: Quality,
    /// Changes of the number under which an aircraft is tracked.
    pub number_changes: u32,
    /// The same in an hour of tracking.
    pub change_rate_per_h: Option<f64>,
    /// Share of the time of an aircraft that its longest unbroken track covers.
    pub longest_segment_ratio: Option<f64>,
    /// Times that a track went over from one aircraft to another.
    pub swaps: u32,
    /// Share of the assigned moments of tracks that belong to the aircraft that each follows most.
    pub purity_ratio: Option<f64>,
    /// Tracks that were held at some moment.
    pub tracks: u32,
    /// Of these never on any aircraft.
    pub false_tracks: u32,
    /// The picture in stretches of five minutes, those in which nothing was compared left out.
    pub over_time: Vec<PictureWindow>,
}

/// The picture of one network over one stretch of time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PictureWindow {
    /// Start of the stretch.
    pub from_s: f64,
    /// Its attributes.
    #[serde(flatten)]
    pub quality: Quality,
}

/// Attributes of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quality {
    /// Share of the aircraft in the air that have a confirmed track.
    pub completeness_ratio: Option<f64>,
    /// The same of those in view of a radar of the network.
    pub in_view_completeness_ratio: Option<f64>,
    /// Tracks for each aircraft that has one.
    pub ambiguity_ratio: Option<f64>,
    /// Share of the tracks that follow no aircraft.
    pub spuriousness_ratio: Option<f64>,
    /// Mean distance of a track from its aircraft.
    pub position_error_m: Option<f64>,
    /// Mean difference of their velocities.
    pub velocity_error_m_s: Option<f64>,
    /// Share of the tracked aircraft that are judged at all.
    pub id_completeness_ratio: Option<f64>,
    /// Share of the tracked aircraft that all their tracks judge rightly.
    pub id_correctness_ratio: Option<f64>,
    /// Share of the tracked aircraft whose tracks disagree.
    pub id_ambiguity_ratio: Option<f64>,
    /// Mean GOSPA, with a cut-off of 5 km and order 1.
    pub gospa_m: Option<f64>,
    /// Aircraft that GOSPA calls missed, on average.
    pub gospa_missed_count: Option<f64>,
    /// Tracks that GOSPA calls false, on average.
    pub gospa_false_count: Option<f64>,
}

/// The pictures of all networks.
pub(super) fn pictures(roster: &Roster, measures: &Measures) -> Vec<PictureSummary> {
    let pictures = measures.pictures();
    roster.networks.iter().zip(&pictures).map(|(entry, one)| of_network(&entry.name, one)).collect()
}

fn of_network(name: &str, picture: &PictureMeasures) -> PictureSummary {
    let continuity = &picture.continuity;
    let windows = picture.windows.iter().enumerate();
    PictureSummary {
        network: name.to_owned(),
        quality: Quality::of(&picture.all),
        number_changes: continuity.number_changes,
        change_rate_per_h: continuity.change_rate_per_s().map(|rate_per_s| rate_per_s * 3_600.0),
        longest_segment_ratio: continuity.longest_segment_ratio(),
        swaps: continuity.swaps,
        purity_ratio: continuity.purity_ratio(),
        tracks: continuity.tracks,
        false_tracks: continuity.false_tracks,
        over_time: windows
            .filter(|(_, window)| window.shares.instants > 0)
            .map(|(index, window)| PictureWindow {
                from_s: WINDOW.as_secs() * index as f64,
                quality: Quality::of(window),
            })
            .collect(),
    }
}

impl Quality {
    /// Attributes that follow from these sums.
    pub fn of(window: &Window) -> Self {
        let shares = &window.shares;
        let mean = |sum: u64| (shares.instants > 0).then(|| sum as f64 / shares.instants as f64);
        Self {
            completeness_ratio: shares.completeness_ratio(),
            in_view_completeness_ratio: window.in_view.completeness_ratio(),
            ambiguity_ratio: shares.ambiguity_ratio(),
            spuriousness_ratio: shares.spuriousness_ratio(),
            position_error_m: shares.position_error_m(),
            velocity_error_m_s: shares.velocity_error_m_s(),
            id_completeness_ratio: shares.id_completeness_ratio(),
            id_correctness_ratio: shares.id_correctness_ratio(),
            id_ambiguity_ratio: shares.id_ambiguity_ratio(),
            gospa_m: shares.gospa_m(),
            gospa_missed_count: mean(shares.gospa_missed),
            gospa_false_count: mean(shares.gospa_spurious),
        }
    }
}
