//! Jamming, silence, passive bearings, resolution and a radar's time, in whole battles: each takes part, and
//! taking it out changes what happens.

mod common;

use common::{AIRLINER, HIGH, LOW, aircraft, battle, of_kind, play, scenario_text};
use redan_record::{Kind, RadarId, Recording, Sight, What};
use redan_track::BearingKind;

/// Stands off 150 km to the north, behind the raid.
const JAMMER: &str = r#"
[[flight]]
name = "jammer"
card = "air/stand-off-jammer"
side = "hostile"
route = [
    { at = [41.75, 32.60], altitude_m = 9000, speed_m_s = 180 },
    { at = [41.75, 33.60] },
]
"#;

const SILENT_JAMMER: &str = r#"
[[flight]]
name = "jammer"
card = "air/stand-off-jammer"
side = "hostile"
jams = false
route = [
    { at = [41.75, 32.60], altitude_m = 9000, speed_m_s = 180 },
    { at = [41.75, 33.60] },
]
"#;

fn looks_at(recording: &Recording, name: &str) -> Vec<(f64, bool)> {
    let wanted: Vec<_> = recording
        .roster
        .aircraft
        .iter()
        .filter(|entry| entry.flight == name)
        .map(|entry| aircraft(recording, &entry.name))
        .collect();
    // The engagement radar looks most often, and its band is not jammed.
    let searches =
        |radar: &RadarId| !recording.roster.radars[radar.index()].name.ends_with("92N6E");
    let look = |what: &What| match what {
        What::Look { radar, aircraft, snr_db, detected, .. }
            if wanted.contains(aircraft) && searches(radar) =>
        {
            Some((*snr_db, *detected))
        }
        _ => None,
    };
    recording.events.iter().filter_map(|event| look(&event.what)).collect()
}

fn mean_snr_db(looks: &[(f64, bool)]) -> f64 {
    looks.iter().map(|(snr_db, _)| snr_db).sum::<f64>() / looks.len() as f64
}

#[test]
fn a_jammer_weakens_looks_and_gives_its_direction_away() {
    let loud = play(&battle(&scenario_text(&[HIGH, JAMMER])), 3, 0);
    let quiet = play(&battle(&scenario_text(&[HIGH, SILENT_JAMMER])), 3, 0);
    let (with, without) = (looks_at(&loud, "high"), looks_at(&quiet, "high"));
    assert!(with.len() > 30 && without.len() > 30);
    let (with_db, without_db) = (mean_snr_db(&with), mean_snr_db(&without));
    assert!(with_db < without_db - 1.0, "{with_db} {without_db}");
    let jammed = |recording: &Recording| {
        recording
            .events
            .iter()
            .any(|event| matches!(event.what, What::Sighted { sight: Sight::Jammed { .. }, .. }))
    };
    assert!(jammed(&loud) && !jammed(&quiet));
    let strobes = of_kind(&loud, Kind::Heard);
    assert!(strobes.len() > 20 && of_kind(&quiet, Kind::Heard).is_empty());
    for strobe in strobes {
        let What::Heard { radar, bearing, origin } = strobe.what else { panic!("a strobe") };
        assert_eq!((bearing.kind, origin), (BearingKind::Strobe, aircraft(&loud, "jammer")));
        // It stands to the north, and the bearing is good to a beam.
        let north_rad = redan_geo::wrap_pi_rad(bearing.azimuth_rad).abs();
        assert!(north_rad < 0.7, "{radar:?} {bearing:?}");
    }
}

#[test]
fn a_radar_under_orders_of_silence_looks_at_nothing_until_it_may() {
    let silent = scenario_text(&[HIGH]).replace(
        "network = \"national\"\n[[asset]]",
        "network = \"national\"\nradiates_min = [[3, 9]]\n[[asset]]",
    );
    let (silent, usual) =
        (play(&battle(&silent), 3, 0), play(&battle(&scenario_text(&[HIGH])), 3, 0));
    let first_s = |recording: &Recording| {
        of_kind(recording, Kind::Look).first().map(|event| event.at.as_secs())
    };
    assert!(first_s(&usual).is_some_and(|at_s| at_s < 60.0));
    assert!(first_s(&silent).is_some_and(|at_s| at_s >= 180.0));
    let off = silent
        .events
        .iter()
        .any(|event| matches!(event.what, What::Sighted { sight: Sight::RadarOff, .. }));
    assert!(off, "the reason is recorded");
    assert!(of_kind(&silent, Kind::Radiates).len() >= 3, "three radars begin to radiate");
    assert!(of_kind(&silent, Kind::Plotted).iter().all(|event| event.at.as_secs() >= 180.0));
}

#[test]
fn a_passive_receiver_hears_what_radiates_and_nothing_else() {
    let early_warning = r#"
[[unit]]
name = "ears"
card = "radar/1l267"
at = [40.30, 32.90]
network = "national"
[[flight]]
name = "warner"
card = "air/e-3"
side = "hostile"
route = [ { at = [41.40, 31.80], altitude_m = 9000 }, { at = [41.40, 33.00] } ]
"#;
    let muted = early_warning.replace("side = \"hostile\"", "side = \"hostile\"\nemits = false");
    let heard = play(&battle(&scenario_text(&[early_warning, LOW])), 3, 0);
    let bearings = of_kind(&heard, Kind::Heard);
    assert!(bearings.len() > 10, "{}", bearings.len());
    for event in bearings {
        let What::Heard { bearing, origin, .. } = event.what else { panic!("a bearing") };
        assert_eq!((bearing.kind, origin), (BearingKind::Emission, aircraft(&heard, "warner")));
    }
    let muted = play(&battle(&scenario_text(&[&muted, LOW])), 3, 0);
    assert!(of_kind(&muted, Kind::Heard).is_empty());
    let silent = muted
        .events
        .iter()
        .any(|event| matches!(event.what, What::Sighted { sight: Sight::Silent, .. }));
    assert!(silent, "the reason is recorded");
}

#[test]
fn aircraft_in_one_cell_make_one_plot() {
    let close = HIGH.replace("count = 2\nspacing_m = 2000", "count = 4\nspacing_m = 60");
    let apart = HIGH.replace("count = 2\nspacing_m = 2000", "count = 4\nspacing_m = 12000");
    let merged = |flights: &str| {
        of_kind(&play(&battle(&scenario_text(&[flights])), 3, 0), Kind::Merged).len()
    };
    let (close, apart) = (merged(&close), merged(&apart));
    assert!(close > 20 && apart * 5 < close, "{close} {apart}");
}

#[test]
fn a_radar_that_is_asked_for_more_than_its_time_says_so() {
    let text = scenario_text(&[HIGH, LOW, AIRLINER]);
    let slow = format!("{text}\n[figures.\"s-400/92n6e\"]\ntrack_dwell = 900.0\n");
    let loads = |text: &str| of_kind(&play(&battle(text), 3, 0), Kind::Loaded).len();
    assert_eq!(loads(&text), 0, "its time is enough for a few targets");
    assert!(loads(&slow) > 0);
}

#[test]
fn a_jammer_needs_a_radar_that_says_how_strong_its_own_noise_is() {
    let text = scenario_text(&[JAMMER]);
    let mut draft = redan_sim::scenario::Draft::parse(
        "small.toml",
        &text,
        None,
        &redan_sim::card::Library::embedded(),
    )
    .expect("a scenario")
    .scenario(redan_geo::Earth::default());
    for radar in &mut draft.radars {
        radar.figures.absolute = None;
    }
    let error = redan_sim::Battle::new(draft).expect_err("it cannot be weighed").to_string();
    assert!(error.contains("noise_bandwidth") && error.contains("hint:"), "{error}");
}
