//! Tracks beside the truth: distances between the two sets, and who followed whom.

use redan_track::metrics::{
    Continuity, Cut, Gospa, Instant, Judged, Pairing, Picture, Placed, Seen, Shares, gospa_of,
    matched, ospa_of_m,
};

use super::play::Believed;
use super::{TrueState, Truth};

/// How good the tracks were, over the scans that counted.
#[derive(Debug)]
pub(crate) struct Score {
    /// Scans that counted.
    pub(crate) scans: usize,
    /// Mean OSPA, metres.
    pub(crate) ospa_m: f64,
    /// Sums over instants.
    pub(crate) shares: Shares,
    /// Sums over objects and tracks.
    pub(crate) continuity: Continuity,
}

/// Compares at every scan of which the truth knows the time, from the `settle`th such scan on (counted from 0).
/// Order of both distances is 1. `None` if no scan counts.
pub(crate) fn score(scans: &[Believed], truth: &Truth, cut: Cut, settle: usize) -> Option<Score> {
    let (mut picture, mut pairing) = (Picture::default(), Pairing::new(cut));
    let (mut ospa_m, mut count) = (0.0, 0_usize);
    let known = scans.iter().filter_map(|scan| Some((scan, truth.states.get(&scan.at)?)));
    for (scan, states) in known.skip(settle) {
        let (distance_m, gospa) = distances(scan, states, cut);
        let seen = seen(scan, states, &mut pairing);
        let objects: Vec<u64> = states.iter().map(|state| state.object).collect();
        picture.add(&Instant {
            time_s: scan.at.as_secs(),
            objects: &objects,
            tracks: &seen,
            gospa,
        });
        ospa_m += distance_m;
        count += 1;
    }
    (count > 0).then(|| Score {
        scans: count,
        ospa_m: ospa_m / count as f64,
        shares: *picture.shares(),
        continuity: picture.continuity(),
    })
}

/// OSPA and GOSPA of one scan.
fn distances(scan: &Believed, states: &[TrueState], cut: Cut) -> (f64, Gospa) {
    let objects: Vec<[f64; 3]> = states.iter().map(|state| state.place_m).collect();
    let tracks: Vec<[f64; 3]> = scan.tracks.iter().map(|track| track.place_m).collect();
    let pairs = matched(&objects, &tracks, cut);
    let (objects, tracks) = (objects.len(), tracks.len());
    (ospa_of_m(&pairs, objects, tracks, cut), gospa_of(&pairs, objects, tracks, cut))
}

/// Tracks with the objects that they follow.
fn seen(scan: &Believed, states: &[TrueState], pairing: &mut Pairing) -> Vec<Seen> {
    let objects: Vec<Placed<3>> =
        states.iter().map(|state| (state.object, state.place_m)).collect();
    let tracks: Vec<Placed<3>> =
        scan.tracks.iter().map(|track| (track.track, track.place_m)).collect();
    let followed = pairing.next(&objects, &tracks);
    let one = |(track, at): (&super::play::Believer, &Option<usize>)| {
        let state = at.map(|at| &states[at]);
        Seen {
            track: track.track,
            object: state.map(|state| state.object),
            position_error_m: state.map_or(0.0, |state| apart(&state.place_m, &track.place_m)),
            velocity_error_m_s: state
                .map_or(0.0, |state| apart(&state.velocity_m_s, &track.velocity_m_s)),
            judged: Judged::Not,
        }
    };
    scan.tracks.iter().zip(&followed).map(one).collect()
}

fn apart(a: &[f64; 3], b: &[f64; 3]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt()
}
