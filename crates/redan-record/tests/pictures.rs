//! The quality of pictures in recordings built by hand.

mod common;

use common::{NETWORK, SEARCH, Story, roster};
use redan_geo::{Aer, EnuVelocity, Geodetic, LocalFrame, Time};
use redan_record::measures::WINDOW;
use redan_record::*;
use redan_track::{Basis, DropReason, Identity, Plot, PlotId, Reply, TrackId};

/// Where everything happens: the origin of the network, so that its axes are those of the aircraft.
fn home() -> Geodetic {
    roster(&[]).networks[0].origin
}

/// A place so far east of home, at its height.
fn east(metres: f64) -> Geodetic {
    let aer = Aer { azimuth_rad: std::f64::consts::FRAC_PI_2, elevation_rad: 0.0, range_m: metres };
    LocalFrame::new(home()).ecef_of_aer(aer).to_geodetic()
}

const STILL: EnuVelocity = EnuVelocity { east_m_s: 0.0, north_m_s: 0.0, up_m_s: 0.0 };

/// An aircraft stands so far east, in truth.
fn stands(story: &mut Story, aircraft: u32, metres: f64) {
    let what = What::Moved { aircraft: AircraftId(aircraft), place: east(metres), velocity: STILL };
    story.first(what);
}

/// A plot of an aircraft, or a false one, updates a track that then stands so far east and is as fast.
fn follows(story: &mut Story, track: u64, origin: Option<u32>, metres: f64, east_m_s: f64) {
    let plot = story.plot(None, SEARCH, origin);
    let what = What::TrackUpdated {
        network: NETWORK,
        track: TrackId(track),
        plot,
        place: east(metres),
        velocity: EnuVelocity { east_m_s, ..STILL },
        sigma_m: 100.0,
        nis_ratio: 1.0,
    };
    story.first(what);
}

fn confirmed(story: &mut Story, track: u64) {
    let (network, plot) = (NETWORK, PlotId(0));
    story.first(What::TrackConfirmed { network, track: TrackId(track), plot });
}

fn judged(story: &mut Story, track: u64, identity: Identity) {
    let (network, track, basis) = (NETWORK, TrackId(track), Basis::Silence);
    story.first(What::Identified { network, track, identity, basis });
}

fn picture(story: &Story) -> summary::PictureSummary {
    let mut pictures = Summary::of(&story.recording).pictures;
    assert_eq!(pictures.len(), 1);
    pictures.remove(0)
}

fn near(found: Option<f64>, expected: f64) {
    // A place goes to latitude and longitude and back, which costs less than a millimetre.
    let found = found.expect("it was observed");
    assert!((found - expected).abs() < 1e-3, "{found} is not {expected}");
}

/// Two aircraft; the first has two tracks that disagree, and a false track stands beside.
fn crowd() -> Story {
    let mut story = Story::new(&[("A-1", Side::Hostile), ("B-1", Side::Neutral)]);
    story.at(1.0);
    follows(&mut story, 1, Some(0), 10_100.0, 3.0);
    follows(&mut story, 2, Some(0), 9_700.0, 0.0);
    follows(&mut story, 3, None, 60_000.0, 0.0);
    follows(&mut story, 4, Some(1), 20_000.0, 0.0);
    (1..4).for_each(|track| confirmed(&mut story, track));
    judged(&mut story, 1, Identity::Suspect);
    judged(&mut story, 2, Identity::Friend);
    story.at(1.0);
    stands(&mut story, 0, 10_000.0);
    stands(&mut story, 1, 20_000.0);
    story
}

#[test]
fn attributes_follow_from_who_is_tracked_by_whom() {
    let mut story = crowd();
    let (radar, sight) = (SEARCH, Sight::Clear);
    story.first(What::Sighted { radar, aircraft: AircraftId(0), sight });
    story.at(9.0).first(What::Ended);
    let quality = picture(&story).quality;
    assert_eq!(quality.completeness_ratio, Some(0.5), "track 4 is not confirmed");
    assert_eq!(quality.in_view_completeness_ratio, Some(1.0));
    assert_eq!(quality.ambiguity_ratio, Some(2.0));
    near(quality.spuriousness_ratio, 1.0 / 3.0);
    near(quality.position_error_m, (100.0 + 300.0) / 2.0);
    near(quality.velocity_error_m_s, 1.5);
    assert_eq!(quality.id_completeness_ratio, Some(1.0));
    assert_eq!(quality.id_correctness_ratio, Some(0.0));
    assert_eq!(quality.id_ambiguity_ratio, Some(1.0));
    // One pair 100 m apart, one aircraft missed, two tracks too many, at 2.5 km each.
    near(quality.gospa_m, 100.0 + 3.0 * 2_500.0);
    assert_eq!(quality.gospa_missed_count, Some(1.0));
    assert_eq!(quality.gospa_false_count, Some(2.0));
}

#[test]
fn a_track_flies_on_from_when_its_plot_was_measured() {
    let mut story = Story::new(&[("A-1", Side::Hostile)]);
    story.at(3.0);
    let measured = Aer { azimuth_rad: 1.0, elevation_rad: 0.01, range_m: 34_000.0 };
    let id = PlotId(0);
    let time = Time::from_secs(1.0);
    let plot = Plot { id, time, measured, snr_db: 11.5, reply: Reply::Silent };
    story.first(What::Plotted { radar: SEARCH, plot, origin: Some(AircraftId(0)) });
    let velocity = EnuVelocity { east_m_s: 200.0, ..STILL };
    let (network, track) = (NETWORK, TrackId(1));
    let (place, sigma_m, nis_ratio) = (east(10_000.0), 1.0, 1.0);
    story.first(What::TrackUpdated {
        network,
        track,
        plot: id,
        place,
        velocity,
        sigma_m,
        nis_ratio,
    });
    confirmed(&mut story, 1);
    story.at(6.0);
    // Five seconds at 200 m/s after the plot, not three after its delivery.
    stands(&mut story, 0, 11_000.0);
    story.at(7.0).first(What::Ended);
    near(picture(&story).quality.position_error_m, 0.0);
}

#[test]
fn a_new_number_and_a_gap_are_told_apart() {
    let mut story = Story::new(&[("A-1", Side::Hostile)]);
    for second in 0..10 {
        story.at(f64::from(second) * 10.0);
        let track = match second {
            0..=3 => Some(1),
            5..=8 => Some(2),
            _ => None,
        };
        if second == 4 || second == 9 {
            let track = TrackId(if second == 4 { 1 } else { 2 });
            story.first(What::TrackDropped {
                network: NETWORK,
                track,
                reason: DropReason::NotSeen,
            });
        }
        if let Some(track) = track {
            follows(&mut story, track, Some(0), 10_000.0, 0.0);
            confirmed(&mut story, track);
        }
        stands(&mut story, 0, 10_000.0);
    }
    story.at(100.0).first(What::Ended);
    let picture = picture(&story);
    assert_eq!((picture.number_changes, picture.tracks, picture.false_tracks), (1, 2, 0));
    assert_eq!(picture.quality.completeness_ratio, Some(0.8));
    near(picture.longest_segment_ratio, 30.0 / 90.0);
    near(picture.change_rate_per_h, 3_600.0 / 60.0);
    assert_eq!((picture.swaps, picture.purity_ratio), (0, Some(1.0)));
}

#[test]
fn whoever_is_destroyed_is_no_object_any_more_and_its_track_is_spurious() {
    let mut story = crowd();
    let (aircraft, missile) = (AircraftId(0), MissileId(0));
    story.first(What::Destroyed { aircraft, missile });
    story.at(9.0).first(What::Ended);
    let quality = picture(&story).quality;
    assert_eq!(quality.completeness_ratio, Some(0.0));
    assert_eq!(quality.spuriousness_ratio, Some(1.0));
    assert_eq!(quality.position_error_m, None);
}

#[test]
fn stretches_of_time_add_up_to_the_whole() {
    let mut story = crowd();
    let later_s = 2.0 * WINDOW.as_secs() + 1.0;
    story.at(later_s);
    stands(&mut story, 1, 20_000.0);
    story.at(later_s + 1.0).first(What::Ended);
    let picture = picture(&story);
    let starts: Vec<f64> = picture.over_time.iter().map(|window| window.from_s).collect();
    assert_eq!(starts, [0.0, 600.0], "nothing was compared in between");
    let shares: Vec<_> =
        picture.over_time.iter().map(|window| window.quality.completeness_ratio).collect();
    assert_eq!(shares, [Some(0.5), Some(0.0)]);
    near(picture.quality.completeness_ratio, 1.0 / 3.0);
}

#[test]
fn strangers_in_a_recording_do_no_harm() {
    let mut story = Story::new(&[]);
    stands(&mut story, 77, 10_000.0);
    story.at(-1e9);
    stands(&mut story, 0, 10_000.0);
    story.at(1e9);
    stands(&mut story, 0, 10_000.0);
    let (network, track) = (NetworkId(9), TrackId(1));
    let identity = Identity::Hostile;
    story.first(What::Identified { network, track, identity, basis: Basis::None });
    story.first(What::TrackDropped { network, track, reason: DropReason::NotSeen });
    story.first(What::Ended);
    assert_eq!(picture(&story).quality.completeness_ratio, Some(0.0));
}

#[test]
fn without_true_places_nothing_is_observed() {
    let picture = picture(&common::kill());
    assert_eq!(picture.quality.completeness_ratio, None);
    assert_eq!(picture.quality.gospa_m, None);
    assert!(picture.over_time.is_empty());
}
