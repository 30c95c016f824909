//! A network's view tells nothing that truth alone knows. Shown by taking truth away: without it, or
//! with another one in its place, the file is the same, byte for byte.

use proptest::prelude::*;
use redan_exchange::{Format, View};
use redan_geo::Geodetic;
use redan_record::{
    AbortReason, AircraftId, EngagementEnd, Event, NetworkId, RadarId, Recording, Side, Sight, What,
};

use crate::any::any_recording;
use crate::battle::{NETWORK, TRUE_WORDS, battle};
use crate::{bytes, exported, texts};

#[test]
fn no_word_of_truth_is_in_a_picture() {
    let view = View::Network(NETWORK.to_owned());
    for format in texts() {
        let (truth, picture) =
            (exported(&battle(), format, &View::Truth), exported(&battle(), format, &view));
        for word in TRUE_WORDS {
            assert!(!picture.contains(word), "{format:?} tells `{word}`");
        }
        for word in ["reached", "met ", "destroyed by", "below the horizon", "not in the air"] {
            assert!(!picture.contains(word), "{format:?} tells `{word}`");
        }
        let met = if format.is_text() { "met ZORRO-1" } else { "at ZORRO-1" };
        assert!(truth.contains("ZORRO-1") && truth.contains(met), "{format:?}");
    }
}

#[test]
fn another_truth_behind_the_same_picture_changes_nothing() {
    assert_same_picture(&battle());
}

#[test]
fn a_picture_tells_nothing_of_another_network() {
    let view = View::Network(NETWORK.to_owned());
    for format in texts() {
        let picture = exported(&battle(), format, &view);
        assert!(!picture.contains("Annex"), "{format:?}");
        let wanted = usize::from(format.is_text() && format != Format::GeoJson);
        let tracks = picture.matches("track confirmed").count();
        assert!(tracks == wanted, "{format:?}: {tracks}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..Default::default() })]

    #[test]
    fn another_truth_behind_any_picture_changes_nothing(recording in any_recording()) {
        assert_same_picture(&recording);
    }
}

fn assert_same_picture(recording: &Recording) {
    let view = View::Network(NETWORK.to_owned());
    let other = with_another_truth(recording);
    for format in Format::ALL {
        assert_eq!(bytes(recording, format, &view), bytes(&other, format, &view));
    }
}

/// The same as far as the network can know, with everything else changed or gone.
fn with_another_truth(recording: &Recording) -> Recording {
    let mut other = recording.clone();
    let roster = &mut other.roster;
    (roster.title, roster.question) = ("changed".to_owned(), "changed".to_owned());
    roster.variant = "changed".to_owned();
    roster.aircraft.truncate(1);
    for aircraft in &mut roster.aircraft {
        aircraft.name = "changed".to_owned();
        aircraft.flight = "changed".to_owned();
        aircraft.type_name = "changed".to_owned();
        aircraft.side = Side::Friendly;
        (aircraft.target, aircraft.rcs_m2) = (None, 77.0);
    }
    for radar in roster.radars.iter_mut().filter(|radar| radar.network != 0) {
        radar.name = "changed".to_owned();
        radar.antenna = Geodetic::from_degrees(1.0, 1.0, 1.0);
    }
    other.events.retain(|event| !is_hidden(event));
    for event in &mut other.events {
        event.cause = None;
        event.what = with_another_cause(event.what);
    }
    other
}

/// What happens out of the network's sight.
fn is_hidden(event: &Event) -> bool {
    match event.what {
        What::Appeared { .. }
        | What::Moved { .. }
        | What::Leaked { .. }
        | What::Left { .. }
        | What::Destroyed { .. }
        | What::Sighted { .. }
        | What::Look { .. } => true,
        What::TrackUpdated { network, .. }
        | What::TrackConfirmed { network, .. }
        | What::TrackDropped { network, .. }
        | What::Identified { network, .. }
        | What::Ordered { network, .. } => network != NetworkId(0),
        What::Plotted { radar, .. } | What::Heard { radar, .. } | What::Radiates { radar, .. } => {
            radar != RadarId(0)
        }
        _ => false,
    }
}

fn with_another_cause(what: What) -> What {
    match what {
        What::Plotted { radar, plot, .. } => What::Plotted { radar, plot, origin: None },
        What::Heard { radar, bearing, .. } => What::Heard { radar, bearing, origin: AircraftId(0) },
        What::Resolved { missile, .. } | What::Aborted { missile, .. } => {
            What::Aborted { missile, reason: AbortReason::TargetGone }
        }
        What::EngagementEnded { engagement, end: EngagementEnd::NotAcquired { .. } } => {
            let end = EngagementEnd::NotAcquired { sight: Some(Sight::RadarOff) };
            What::EngagementEnded { engagement, end }
        }
        same => same,
    }
}
