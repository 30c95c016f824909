//! Measures as a flat list of numbers, for the columns of a study's table.
//!
//! The list has the same names in the same order for every run, so that rows of many replications
//! line up. A measure of something that did not happen is unobserved, which is `None` and never 0:
//! a study must not average the time of a kill that never came. Names end in their unit: `_s`
//! seconds, `_m` metres, `_ratio` a share; all others are counts.

use redan_geo::Time;
use redan_track::metrics::Continuity;

use super::{AircraftMeasures, Fate, Measures, Window};
use crate::{Kind, Side};

/// A name and its value; `None` where unobserved.
pub type Named = (&'static str, Option<f64>);

/// Names of [`Measures::named`], in its order.
///
/// * `left`, `kills`, `survivors` = of hostile aircraft;
/// * `leakage_ratio` = leaks / hostile aircraft that appeared;
/// * `detected_ratio`, `tracked_ratio`, `engaged_ratio` = shares of those that were detected,
///   followed by a confirmed track, fired at;
/// * `*_engaged` = aircraft of that side at which a missile was launched;
/// * `detection_range_m` = mean over detected hostile aircraft of the range at first detection;
/// * `confirm_delay_s` = mean over tracked hostile aircraft from first detection to confirmed track;
/// * `launch_delay_s` = mean over those fired at from confirmed track to first launch;
/// * `first_*_s` = time of the first such event about any hostile aircraft;
/// * `picture_*` = quality of the pictures, all networks together, as
///   [`redan_track::metrics::picture`] and [`super::PictureMeasures`] define it: completeness over
///   everything in the air and over what is in view, tracks for each object, share of spurious tracks,
///   mean errors, changes of track number, share of the longest segment, share of the tracked that are
///   judged, and judged rightly, mean GOSPA;
/// * `spared_flight_s` = time in the air of friendly and neutral aircraft;
/// * `false_hostiles`, `false_engagements` = those of them that a network called hostile, and at which
///   an engagement was ordered; `false_engagements_per_1000_h_ratio` = the latter in 1,000 hours of flight;
/// * `identify_delay_s` = mean over all identified aircraft from confirmed track to the first identity
///   that is not pending.
pub const NAMES: [&str; 56] = [
    "hostile",
    "leaks",
    "leakage_ratio",
    "kills",
    "survivors",
    "left",
    "friendly_engaged",
    "friendly_killed",
    "neutral_engaged",
    "neutral_killed",
    "rounds_fired",
    "rounds_per_kill_ratio",
    "engagements",
    "refusals",
    "outcome_kill",
    "outcome_miss",
    "outcome_failed",
    "outcome_nothing_there",
    "aborted",
    "aborted_track_lost",
    "aborted_sight_lost",
    "aborted_out_of_reach",
    "aborted_target_gone",
    "looks",
    "plots",
    "false_plots",
    "tracks_started",
    "tracks_confirmed",
    "tracks_dropped",
    "detected_ratio",
    "tracked_ratio",
    "engaged_ratio",
    "detection_range_m",
    "confirm_delay_s",
    "launch_delay_s",
    "first_detection_s",
    "first_confirmed_s",
    "first_launch_s",
    "first_kill_s",
    "first_leak_s",
    "picture_completeness_ratio",
    "picture_in_view_completeness_ratio",
    "picture_ambiguity_ratio",
    "picture_spuriousness_ratio",
    "picture_position_error_m",
    "picture_velocity_error_m_s",
    "picture_number_changes",
    "picture_longest_segment_ratio",
    "picture_identified_ratio",
    "picture_identified_rightly_ratio",
    "picture_gospa_m",
    "spared_flight_s",
    "false_hostiles",
    "false_engagements",
    "false_engagements_per_1000_h_ratio",
    "identify_delay_s",
];

impl Measures {
    /// All measures of [`NAMES`] with their values, in that order.
    pub fn named(&self) -> Vec<Named> {
        let values = [
            self.battle(),
            self.missiles(),
            self.picture(),
            self.times(),
            self.quality(),
            self.identification(),
        ]
        .concat();
        NAMES.into_iter().zip(values).collect()
    }

    fn battle(&self) -> Vec<Option<f64>> {
        let hostile = self.sent(Side::Hostile);
        let leaks = self.tally(|a| a.leaked.is_some());
        let left = self.hostile_tally(|a| matches!(a.fate(), Fate::Left { .. }));
        let hostile_leaks = self.hostile_tally(|a| a.leaked.is_some());
        let fired_at = self.fired_at();
        vec![
            count(hostile),
            count(leaks),
            ratio(hostile_leaks, hostile),
            count(self.kills.hostile),
            count(self.survivors()),
            count(left),
            count(fired_at.friendly),
            count(self.kills.friendly),
            count(fired_at.neutral),
            count(self.kills.neutral),
        ]
    }

    fn missiles(&self) -> Vec<Option<f64>> {
        let rounds = self.rounds_fired() as u32;
        let kills = self.kills.hostile + self.kills.friendly + self.kills.neutral;
        let (outcomes, aborts) = (self.outcomes, self.aborts);
        vec![
            count(rounds),
            ratio(rounds, kills),
            self.counted(Kind::Ordered),
            self.counted(Kind::Refused),
            count(outcomes.kill),
            count(outcomes.miss),
            count(outcomes.failed),
            count(outcomes.nothing_there),
            count(aborts.all()),
            count(aborts.track_lost),
            count(aborts.sight_lost),
            count(aborts.out_of_reach),
            count(aborts.target_gone),
        ]
    }

    fn picture(&self) -> Vec<Option<f64>> {
        let hostile = self.sent(Side::Hostile);
        let share =
            |holds: fn(&AircraftMeasures) -> bool| ratio(self.hostile_tally(holds), hostile);
        vec![
            self.counted(Kind::Look),
            self.counted(Kind::Plotted),
            Some(self.false_plots as f64),
            self.counted(Kind::TrackStarted),
            self.counted(Kind::TrackConfirmed),
            self.counted(Kind::TrackDropped),
            share(|a| a.first_detection.is_some()),
            share(|a| a.first_confirmed.is_some()),
            share(|a| a.first_launched.is_some()),
        ]
    }

    fn times(&self) -> Vec<Option<f64>> {
        let detected = |a: &AircraftMeasures| a.first_detection.map(|detection| detection.at);
        vec![
            mean(self.hostile().filter_map(|a| Some(a.first_detection?.range_m))),
            mean(self.hostile().filter_map(|a| delay_s(detected(a), a.first_confirmed))),
            mean(self.hostile().filter_map(|a| delay_s(a.first_confirmed, a.first_launched))),
            earliest_s(self.hostile().filter_map(detected)),
            earliest_s(self.hostile().filter_map(|a| a.first_confirmed)),
            earliest_s(self.hostile().filter_map(|a| a.first_launched)),
            earliest_s(self.hostile().filter_map(|a| a.destroyed)),
            earliest_s(self.hostile().filter_map(|a| a.leaked)),
        ]
    }

    fn quality(&self) -> Vec<Option<f64>> {
        let (mut all, mut continuity) = (Window::default(), Continuity::default());
        for picture in self.pictures() {
            all.add(&picture.all);
            continuity.add(&picture.continuity);
        }
        vec![
            all.shares.completeness_ratio(),
            all.in_view.completeness_ratio(),
            all.shares.ambiguity_ratio(),
            all.shares.spuriousness_ratio(),
            all.shares.position_error_m(),
            all.shares.velocity_error_m_s(),
            (all.shares.instants > 0).then(|| f64::from(continuity.number_changes)),
            continuity.longest_segment_ratio(),
            all.shares.id_completeness_ratio(),
            all.shares.id_correctness_ratio(),
            all.shares.gospa_m(),
        ]
    }

    fn identification(&self) -> Vec<Option<f64>> {
        let (hours, engaged) = (self.spared_flight_h(), self.false_engagements());
        let rate = (hours > 0.0).then(|| 1_000.0 * f64::from(engaged) / hours);
        let delay =
            |a: &AircraftMeasures| delay_s(a.first_confirmed, a.first_identified.map(|(at, _)| at));
        vec![
            Some(3_600.0 * hours),
            count(self.false_hostiles()),
            count(engaged),
            rate,
            mean(self.aircraft.iter().filter_map(delay)),
        ]
    }

    fn counted(&self, kind: Kind) -> Option<f64> {
        Some(self.count(kind) as f64)
    }

    fn hostile(&self) -> impl Iterator<Item = &AircraftMeasures> {
        self.aircraft.iter().filter(|aircraft| aircraft.side == Side::Hostile)
    }

    fn hostile_tally(&self, holds: impl Fn(&AircraftMeasures) -> bool) -> u32 {
        self.tally(|aircraft| aircraft.side == Side::Hostile && holds(aircraft))
    }
}

fn count(number: u32) -> Option<f64> {
    Some(f64::from(number))
}

fn ratio(part: u32, whole: u32) -> Option<f64> {
    (whole > 0).then(|| f64::from(part) / f64::from(whole))
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, number) = values.fold((0.0, 0_u32), |(sum, n), value| (sum + value, n + 1));
    (number > 0).then(|| sum / f64::from(number))
}

/// `None` also where the later event came first, as when a network takes over a track of a ghost.
fn delay_s(from: Option<Time>, to: Option<Time>) -> Option<f64> {
    let delay = to? - from?;
    (delay.as_nanos() >= 0).then(|| delay.as_secs())
}

fn earliest_s(times: impl Iterator<Item = Time>) -> Option<f64> {
    times.min().map(Time::as_secs)
}
