//! Threat evaluation: which asset does a track threaten, and when?
//!
//! Model: the track is carried along a straight line; an asset is threatened when the horizontal
//! distance at the closest point of approach is smaller than the asset's radius plus two standard
//! deviations of where the track will be then, and the track approaches; the deviations count up to a
//! quarter of the present distance, since a course that is known less well than that is no course. Urgency is the time to that point;
//! see Johansson and Falkman, "A comparison between two approaches to threat evaluation in an air
//! defense scenario" (2008), for closest point of approach and time to it as the two measures that most
//! published methods share. Left out: type of aircraft, armament, intent, manoeuvre.

use redan_geo::Time;
use redan_track::{Track, TrackId};
use serde::{Deserialize, Serialize};

use crate::{Asset, Rules, Situation};

/// What a track threatens, and how soon.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Threat {
    /// The track.
    pub track: TrackId,
    /// Index of the asset in [`Situation::assets`]; `None` for one that merely approaches a unit.
    pub asset: Option<u32>,
    /// Time until it is closest, seconds.
    pub time_to_go_s: f64,
    /// Horizontal distance then, metres.
    pub miss_m: f64,
    /// Weight of the asset; 0 where there is none.
    pub weight: f64,
}

impl Threat {
    /// Time to go, shortened by the worth of what is threatened: twice the weight counts like half the
    /// time. A track that threatens no asset counts like one of the ordinary weight.
    pub fn urgency_s(&self) -> f64 {
        let weight = if self.asset.is_some() { self.weight.max(1e-3) } else { 1.0 };
        self.time_to_go_s / weight
    }
}

/// Evaluates all confirmed tracks. Result: most urgent first, ties by track number.
pub fn evaluate(situation: &Situation<'_>) -> Vec<Threat> {
    let mut threats: Vec<Threat> = situation
        .tracks
        .iter()
        .filter(|track| track.confirmed.is_some())
        .filter_map(|track| worst(situation, track))
        .collect();
    threats.sort_by(|a, b| {
        a.urgency_s().total_cmp(&b.urgency_s()).then_with(|| a.track.cmp(&b.track))
    });
    threats
}

fn worst(situation: &Situation<'_>, track: &Track) -> Option<Threat> {
    let threatened = situation
        .assets
        .iter()
        .enumerate()
        .filter_map(|(index, asset)| against_asset(situation, track, index, asset))
        .min_by(|a, b| a.urgency_s().total_cmp(&b.urgency_s()));
    threatened.or_else(|| approaching(situation, track, &situation.rules))
}

fn against_asset(
    situation: &Situation<'_>,
    track: &Track,
    index: usize,
    asset: &Asset,
) -> Option<Threat> {
    let place = situation.frame.enu(asset.place.to_ecef());
    let closest = closest_approach(track, situation.now, place.east_m, place.north_m);
    let doubt_m = (2.0 * sigma_then_m(track, closest.time_to_go_s)).min(closest.now_m / 4.0);
    let reach_m = asset.radius_m + doubt_m;
    (closest.time_to_go_s >= 0.0 && closest.miss_m <= reach_m).then_some(Threat {
        track: track.id,
        asset: Some(index as u32),
        time_to_go_s: closest.time_to_go_s,
        miss_m: closest.miss_m,
        weight: asset.weight,
    })
}

/// A fire unit takes what will pass closer than this for an attack on itself, metres; a choice of the
/// model, like an asset's radius in a scenario.
const SELF_DEFENCE_M: f64 = 10_000.0;

/// A track that threatens no asset but one of the units, or, where the rules say so, any that approaches.
fn approaching(situation: &Situation<'_>, track: &Track, rules: &Rules) -> Option<Threat> {
    situation
        .units
        .iter()
        .map(|unit| {
            let place = situation.frame.enu(unit.antenna.to_ecef());
            closest_approach(track, situation.now, place.east_m, place.north_m)
        })
        .filter(|closest| closest.time_to_go_s > 0.0)
        .filter(|closest| rules.engage_approaching || closest.miss_m <= SELF_DEFENCE_M)
        .min_by(|a, b| a.time_to_go_s.total_cmp(&b.time_to_go_s))
        .map(|closest| Threat {
            track: track.id,
            asset: None,
            time_to_go_s: closest.time_to_go_s,
            miss_m: closest.miss_m,
            weight: 0.0,
        })
}

/// Horizontal standard deviation of the track's place after `ahead_s` seconds: that of now, and that of
/// its velocity carried along.
fn sigma_then_m(track: &Track, ahead_s: f64) -> f64 {
    let covariance = &track.kinematics.covariance;
    let place_m2 = covariance[(0, 0)] + covariance[(1, 1)];
    let drift_m2 = (covariance[(3, 3)] + covariance[(4, 4)]) * ahead_s * ahead_s;
    (place_m2 + drift_m2).max(0.0).sqrt()
}

struct Closest {
    now_m: f64,
    time_to_go_s: f64,
    miss_m: f64,
}

/// Closest point of approach to a fixed place in the horizontal plane; time is negative once passed.
fn closest_approach(track: &Track, now: Time, east_m: f64, north_m: f64) -> Closest {
    let position = track.kinematics.position_at(now);
    let velocity = track.kinematics.velocity();
    let (de, dn) = (position.east_m - east_m, position.north_m - north_m);
    let (ve, vn) = (velocity.east_m_s, velocity.north_m_s);
    let now_m = (de * de + dn * dn).sqrt();
    let speed_squared = ve * ve + vn * vn;
    if speed_squared < 1.0 {
        // Slower than 1 m/s over ground: it stays where it is.
        return Closest { now_m, time_to_go_s: 0.0, miss_m: now_m };
    }
    let time_to_go_s = -(de * ve + dn * vn) / speed_squared;
    let (me, mn) = (de + ve * time_to_go_s, dn + vn * time_to_go_s);
    Closest { now_m, time_to_go_s, miss_m: (me * me + mn * mn).sqrt() }
}
