//! How long a track lives and when it counts: scores turned into status and time.

use redan_geo::{Span, Time};

use super::{CROWDED_COUNT, Memory, MultiModelSettings};
use crate::associate::Seen;
use crate::motion::Motion;
use crate::{Plot, Scan, Status, Track, TrackChange};

/// 0 for confirmed tracks, 1 for those that already move, 2 for single plots.
pub(super) fn round_of(track: &Track) -> usize {
    match (track.status, track.hits) {
        (Status::Confirmed, _) => 0,
        (Status::Tentative, 2..) => 1,
        (Status::Tentative, _) => 2,
    }
}

/// Acceleration that a motion allows for, standard deviation, m/s²: for the width of the first gate.
pub(super) fn unsteady((motion, _): &(Motion, f64)) -> f64 {
    match *motion {
        Motion::ConstantVelocity { manoeuvre_m_s2, .. } => manoeuvre_m_s2,
        Motion::Singer { sigma_m_s2, .. } => sigma_m_s2,
        Motion::WhiteJerk { .. } | Motion::Turn { .. } => 15.0,
        Motion::Ballistic { .. } => 10.0,
    }
}

/// Density of the plots left over, over the box of azimuth, elevation and range that the scan's plots span.
pub(super) fn counted_density(scan: &Scan, left: &[&Seen]) -> Option<f64> {
    if left.len() < CROWDED_COUNT {
        return None;
    }
    let span = |of: fn(&Plot) -> f64| {
        let values = left.iter().map(|seen| of(&scan.plots[seen.index]));
        let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
            (low.min(value), high.max(value))
        });
        high - low
    };
    let volume = span(|plot| plot.measured.azimuth_rad)
        * span(|plot| plot.measured.elevation_rad)
        * span(|plot| plot.measured.range_m);
    let density = left.len() as f64 / volume;
    density.is_finite().then_some(density)
}

pub(super) fn confirm_if_due(
    track: &mut Track,
    memory: &Memory,
    plot: &Plot,
    settings: &MultiModelSettings,
    changes: &mut Vec<TrackChange>,
) {
    if track.status == Status::Tentative && memory.score >= settings.confirm_score {
        track.status = Status::Confirmed;
        track.confirmed = Some(plot.time.max(track.kinematics.time));
        changes.push(TrackChange::Confirmed { track: track.id, plot: plot.id });
    }
}

/// Until when a track lives without a further plot: the misses that its score can bear. It depends on
/// the track alone.
pub(super) fn time_is_up(track: &Track, memory: &Memory, settings: &MultiModelSettings) -> Time {
    let room = match track.status {
        Status::Confirmed => memory.score - memory.best_score + settings.drop_score,
        Status::Tentative => memory.score - memory.best_score + 0.5 * settings.drop_score,
    };
    let misses = (room / -libm::log1p(-settings.detection_prob)).clamp(0.0, 100.0).floor();
    memory.last_sign + Span::from_secs((misses + 0.5) * memory.slowest_revisit.as_secs())
}
