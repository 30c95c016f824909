//! Engagement along a course: whether a missile launched in time meets the target at each place.
//!
//! **Models** the reach, height and time of flight of each missile of a site, the view of the engagement radar
//! and the delays of the command, for the course and the equation of [`super::path`]. What depends on the place
//! alone — the time of flight, and whether the missile gets there at all — is the same in every direction and is
//! worked out once for a height, [`Meetings`].
//! **Inputs**: SI; samples along the ground as [`super::path`] has them. **Left out**: as there.
//! **Validated against** the running engine (`tests/val_coverage.rs`).

use redan_command::FlyOut;
use redan_record::coverage::Limit;

use super::path::{Course, Defence, SEES_PROB, View, rank};
use crate::model::look::HITS_TO_ACQUIRE;

/// A missile of the site.
#[derive(Clone, Debug)]
pub(crate) struct Shot {
    pub(crate) fly_out: FlyOut,
    /// Whether the engagement radar must see the target at the meeting.
    pub(crate) needs_illumination: bool,
    /// How long guidance does without a plot of the engagement radar.
    pub(crate) memory_s: f64,
    /// Fastest target.
    pub(crate) max_target_speed_m_s: f64,
}

/// Whether the missiles of a site get to the places of a course, whatever is seen: by missile, then by sample,
/// the time of flight in seconds, or what keeps the missile from getting there.
#[derive(Clone, Debug, Default)]
pub(crate) struct Meetings {
    by_shot: Vec<Vec<Result<f64, Limit>>>,
}

impl Meetings {
    /// The meetings along a course of so many samples.
    pub(crate) fn new(course: &Course, shots: &[Shot], samples: usize) -> Meetings {
        let of_shot = |shot| (0..samples).map(|at| meeting(course, shot, at)).collect();
        Meetings { by_shot: shots.iter().map(of_shot).collect() }
    }
}

/// Time of flight to a sample, or what is in the way of getting there.
fn meeting(course: &Course, shot: &Shot, sample: usize) -> Result<f64, Limit> {
    let range_m = (sample + 1) as f64 * course.step_m;
    let envelope = shot.fly_out.envelope();
    let height_m = course.height_m;
    if !(envelope.min_altitude_m..=envelope.max_altitude_m).contains(&height_m)
        || course.speed_m_s > shot.max_target_speed_m_s
    {
        return Err(Limit::MissileHeight);
    }
    shot.fly_out.time_s(range_m, height_m).ok_or_else(|| {
        let least_m = envelope.min_range_m;
        let near = range_m * range_m + height_m * height_m < least_m * least_m;
        if near { Limit::TooClose } else { Limit::MissileReach }
    })
}

/// What is known of a target along its course before anybody fires.
pub(crate) struct Judged<'a> {
    /// Probability of there having been a track on the way so far.
    pub(crate) ever: &'a [f32],
    /// What limits the track.
    pub(crate) tracked: &'a [u8],
}

/// The limit of each sample for engagement, from the probability of there having been a track and what
/// limits it, and from the view of the engagement radar. Once that has the target it keeps the track
/// itself, so that an early track which the search radars lose again is enough.
pub(crate) fn engagement_limits(
    course: &Course,
    defence: &Defence,
    meetings: &Meetings,
    engager: &View,
    judged: &Judged<'_>,
    out: &mut Vec<u8>,
) {
    let samples = meetings.by_shot.first().map_or(judged.ever.len(), Vec::len);
    out.clear();
    out.resize(samples, Limit::Off as u8);
    let aims: Vec<Aim<'_>> = defence
        .shots
        .iter()
        .zip(&meetings.by_shot)
        .map(|(shot, flights)| Aim {
            course,
            defence,
            shot,
            flights,
            begins: views_begin(course, engager, shot.memory_s),
        })
        .collect();
    for (sample, out) in out.iter_mut().enumerate() {
        let limits = aims.iter().map(|aim| aim.limit(sample, engager, judged.ever));
        *out = match limits.min_by_key(|limit| rank(*limit)).unwrap_or(Limit::Off) {
            Limit::Covered => Limit::Covered as u8,
            // Where there is no track, what is in its way comes first.
            _ if judged.tracked[sample] != Limit::Covered as u8 => judged.tracked[sample],
            limit => limit as u8,
        };
    }
}

/// For each sample the farthest one from which on the radar has had the target in view without a gap
/// that guidance does not outlive; the number of samples where it has it not.
fn views_begin(course: &Course, view: &View, memory_s: f64) -> Vec<usize> {
    let samples = view.prob.len();
    let gap = (memory_s * course.speed_m_s / course.step_m).floor() as usize;
    let mut begins = vec![samples; samples];
    let (mut began, mut last_seen) = (samples, None::<usize>);
    for sample in (0..samples).rev() {
        if f64::from(view.prob[sample]) >= SEES_PROB {
            if last_seen.is_none_or(|last| last - sample > gap + 1) {
                began = sample;
            }
            last_seen = Some(sample);
        }
        let held = last_seen.is_some_and(|last| last - sample <= gap);
        begins[sample] = if held { began } else { samples };
    }
    begins
}

/// One missile that is to meet the target somewhere on its course.
struct Aim<'a> {
    course: &'a Course,
    defence: &'a Defence,
    shot: &'a Shot,
    flights: &'a [Result<f64, Limit>],
    /// By sample, the one from which on the engagement radar has the target.
    begins: Vec<usize>,
}

impl Aim<'_> {
    fn limit(&self, sample: usize, engager: &View, ever: &[f32]) -> Limit {
        let flight_s = match self.flights[sample] {
            Ok(flight_s) => flight_s,
            Err(limit) => return limit,
        };
        let began = self.begins[sample];
        let lit = f64::from(engager.prob[sample]) >= SEES_PROB;
        if began >= engager.prob.len() || (self.shot.needs_illumination && !lit) {
            return Limit::Illumination;
        }
        let acquire_s = f64::from(HITS_TO_ACQUIRE) * self.defence.update_s;
        let seen_since_s = (began - sample) as f64 * self.course.step_m / self.course.speed_m_s;
        let first_s =
            flight_s + acquire_s.max(self.defence.reaction_s) + self.defence.order_delay_s;
        let back = first_s * self.course.speed_m_s / self.course.step_m;
        let needed = sample as f64 + back;
        let is_tracked = ever
            .get(needed.round() as usize)
            .is_some_and(|prob| f64::from(*prob) >= self.course.wanted_prob);
        if seen_since_s < flight_s + acquire_s || !is_tracked {
            return Limit::Time;
        }
        Limit::Covered
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coverage::path::tests::{course, defence, disc, farthest};
    use crate::coverage::path::{Picture, picture, seen_limits};

    /// Limits of tracking and of engagement behind a search radar and an engagement radar.
    fn limits(search: &View, engager: &View) -> (Vec<u8>, Vec<u8>) {
        let (course, defence) = (course(), defence());
        let views = [search.clone()];
        let (mut pictured, mut tracks, mut fires) = (Picture::default(), Vec::new(), Vec::new());
        picture(&course, &defence, &views, &mut pictured);
        seen_limits(&course, &views, &pictured.confirmed, &mut tracks);
        let judged = Judged { ever: &pictured.ever, tracked: &tracks };
        let meetings = Meetings::new(&course, &defence.shots, tracks.len());
        engagement_limits(&course, &defence, &meetings, engager, &judged, &mut fires);
        (tracks, fires)
    }

    #[test]
    fn an_engagement_needs_the_delays_and_the_flight_of_the_missile() {
        let seen = disc(150e3, 250);
        let (tracks, fires) = limits(&seen, &seen);
        // From the track's first place x: (x − 250 (20 + 10)) 1000 / (1000 + 250).
        let expected_m = (farthest(&tracks) - 7_500.0) * 0.8;
        let reach_m = expected_m.min(100e3);
        assert!((farthest(&fires) - reach_m).abs() <= 1.5e3, "{}", farthest(&fires));
        assert_eq!(fires[2], Limit::TooClose as u8);
        assert_eq!(fires[120], Limit::MissileReach as u8);
        assert_eq!(fires[200], Limit::Signal as u8);
    }

    #[test]
    fn a_hidden_stretch_costs_the_lock_when_it_is_longer_than_guidance_outlives() {
        let fires_with_gap = |samples: usize| {
            let mut engager = disc(200e3, 250);
            (60..60 + samples).for_each(|sample| engager.prob[sample] = 0.0);
            limits(&disc(200e3, 250), &engager).1
        };
        // 5 s of memory are 1.25 km: one sample is outlived, five are not.
        assert_eq!(fires_with_gap(1)[50], Limit::Covered as u8);
        assert_eq!(fires_with_gap(1)[60], Limit::Illumination as u8);
        assert_eq!(fires_with_gap(5)[50], Limit::Time as u8);
        assert_eq!(fires_with_gap(5)[80], Limit::Covered as u8);
    }
}
