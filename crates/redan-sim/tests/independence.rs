//! Luck belongs to names: what is far away changes nobody else's battle, and neither does the order
//! in which flights stand in the file. Invariant 4 of ARCHITECTURE.md on whole runs.
//!
//! Two recordings are compared event by event, with every figure. Numbers that only count (of events,
//! plots and tracks) are left out; a track is known by the plot that started it. Tracks that a false plot
//! started are left out as well: a false plot near the new aircraft rightly goes to its track instead
//! of starting one of its own.

mod common;

use std::collections::BTreeMap;

use common::{AIRLINER, HIGH, LOW, battle, play, scenario_text};
use redan_geo::Time;
use redan_record::{AircraftId, Kind, RadarId, Recording, What};
use redan_track::{Plot, TrackId};

const SEED: u64 = 5;
const REPLICATIONS: u64 = 2;

/// In view of the large search radar, 250 km to the east: every turn brings a look and often a plot.
const FAR_AIRLINER: &str = r#"
[[flight]]
name = "far airliner"
card = "A320"
side = "neutral"
transponder = ["civil"]
route = [
    { at = [40.50, 35.40], flight_level = 350, speed_kt = 450 },
    { at = [39.50, 35.60] },
]
"#;

/// Seen and judged an enemy 400 km away, farther than the engagement radar looks.
const FAR_FIGHTERS: &str = r#"
[[flight]]
name = "far fighters"
card = "Su-24"
side = "hostile"
count = 2
spacing_m = 15000
route = [
    { at = [41.00, 37.30], altitude_m = 12000, speed_m_s = 250 },
    { at = [39.00, 37.40] },
]
"#;

/// 600 km away and more, 100 m high: far below every horizon.
const OUT_OF_SIGHT: &str = r#"
[[flight]]
name = "out of sight"
card = "one-way drone"
side = "hostile"
route = [ { at = [44.0, 38.0], agl_m = 100 }, { at = [44.0, 40.0] } ]
"#;

#[test]
fn an_airliner_far_away_changes_nobody_elses_battle() {
    assert_changes_nothing(FAR_AIRLINER, "far airliner", true);
}

#[test]
fn fighters_far_away_change_nobody_elses_battle() {
    assert_changes_nothing(FAR_FIGHTERS, "far fighters", true);
}

#[test]
fn what_nobody_can_see_changes_nothing_at_all() {
    assert_changes_nothing(OUT_OF_SIGHT, "out of sight", false);
}

#[test]
fn the_order_of_flights_in_the_file_means_nothing() {
    let flights = [HIGH, LOW, AIRLINER, FAR_FIGHTERS, FAR_AIRLINER];
    let backwards: Vec<&str> = flights.iter().rev().copied().collect();
    let (one, other) =
        (battle(&scenario_text(&flights)), battle(&scenario_text(backwards.as_slice())));
    for replication in 0..REPLICATIONS {
        let (one, other) = (play(&one, SEED, replication), play(&other, SEED, replication));
        assert_same(&Story::of(&one, &[]), &Story::of(&other, &[]));
    }
}

/// The recordings compared above must hold what could have changed.
#[test]
fn the_battle_has_false_plots_shots_and_several_tracks() {
    let recording = play(&battle(&scenario_text(&[HIGH, LOW, AIRLINER])), SEED, 0);
    let count = |wanted: fn(&What) -> bool| {
        recording.events.iter().filter(|event| wanted(&event.what)).count()
    };
    assert!(count(|what| matches!(what, What::Plotted { origin: None, .. })) > 100);
    assert!(count(|what| what.kind() == Kind::Launched) >= 4);
    assert!(count(|what| what.kind() == Kind::TrackConfirmed) >= 5);
}

/// Plays the usual battle with and without a flight, which must (or must not) be seen itself.
fn assert_changes_nothing(flight: &str, name: &str, seen: bool) {
    let without = battle(&scenario_text(&[HIGH, LOW, AIRLINER]));
    // In front of the others, so that every index and number moves.
    let with = battle(&scenario_text(&[flight, HIGH, LOW, AIRLINER]));
    for replication in 0..REPLICATIONS {
        let (without, with) = (play(&without, SEED, replication), play(&with, SEED, replication));
        let members: Vec<AircraftId> = (0_u32..)
            .zip(&with.roster.aircraft)
            .filter(|(_, entry)| entry.flight == name)
            .map(|(index, _)| AircraftId(index))
            .collect();
        assert!(!members.is_empty());
        let plots = with.events.iter().filter(|event| {
            matches!(event.what, What::Plotted { origin: Some(origin), .. } if members.contains(&origin))
        });
        assert_eq!(plots.count() > 20, seen, "plots of {name}");
        assert_same(&Story::of(&without, &[]), &Story::of(&with, &members));
    }
}

fn assert_same(one: &Story, other: &Story) {
    let parted = one.lines.iter().zip(&other.lines).find(|(one, other)| one != other);
    assert_eq!(parted, None, "the first difference");
    assert_eq!(one.lines.len(), other.lines.len());
}

/// What happened, in words that do not depend on numbers that only count; without some aircraft.
struct Story {
    lines: Vec<(Time, String)>,
}

/// The plot that a track was started by, with what caused it.
type Birth = (String, Option<AircraftId>);

impl Story {
    fn of(recording: &Recording, without: &[AircraftId]) -> Story {
        let mut plots: BTreeMap<u64, Birth> = BTreeMap::new();
        let mut births: BTreeMap<TrackId, Birth> = BTreeMap::new();
        let mut lines = Vec::new();
        for event in &recording.events {
            if let What::Plotted { radar, plot, origin } = &event.what {
                plots.insert(plot.id.0, (plot_line(recording, *radar, plot), *origin));
            }
            if let What::TrackStarted { track, plot, .. } = event.what {
                births.insert(track, plots[&plot.0].clone());
            }
            let born_of = track_of(&event.what).and_then(|track| births.get(&track));
            let of_false_track = born_of.is_some_and(|(_, origin)| origin.is_none());
            let about = about(&event.what).or_else(|| born_of?.1);
            if of_false_track || about.is_some_and(|aircraft| without.contains(&aircraft)) {
                continue;
            }
            lines.push((event.at, line(recording, &event.what, &plots, &births)));
        }
        // Events of the same moment may stand in any order.
        lines.sort();
        Story { lines }
    }
}

/// The aircraft that an event names.
fn about(what: &What) -> Option<AircraftId> {
    match *what {
        What::Appeared { aircraft }
        | What::Moved { aircraft, .. }
        | What::Leaked { aircraft, .. }
        | What::Left { aircraft }
        | What::Destroyed { aircraft, .. }
        | What::Sighted { aircraft, .. }
        | What::Look { aircraft, .. }
        | What::Merged { aircraft, .. }
        | What::Heard { origin: aircraft, .. } => Some(aircraft),
        What::Plotted { origin, .. } => origin,
        What::Resolved { aircraft, .. } => aircraft,
        _ => None,
    }
}

fn track_of(what: &What) -> Option<TrackId> {
    match *what {
        What::TrackStarted { track, .. }
        | What::TrackUpdated { track, .. }
        | What::TrackConfirmed { track, .. }
        | What::TrackDropped { track, .. }
        | What::Identified { track, .. }
        | What::Withheld { track, .. }
        | What::Refused { track, .. }
        | What::Ordered { track, .. } => Some(track),
        What::Threatened { threat, .. } => Some(threat.track),
        _ => None,
    }
}

/// An event with all its figures, and names in place of numbers. The text of an event is that of its
/// fields, so that a new figure is compared as soon as there is one.
fn line(
    recording: &Recording,
    what: &What,
    plots: &BTreeMap<u64, Birth>,
    births: &BTreeMap<TrackId, Birth>,
) -> String {
    let name = |id: AircraftId| recording.roster.aircraft_name(id);
    if let What::Plotted { radar, plot, origin } = what {
        let plot = plot_line(recording, *radar, plot);
        return format!("plotted {plot} of {}", origin.map_or("nothing", name));
    }
    let mut text = format!("{what:?}");
    if let Some(track) = track_of(what) {
        text = text.replace(&format!("{track:?}"), &format!("track from {}", births[&track].0));
    }
    if let Some(aircraft) = about(what) {
        text = text.replace(&format!("{aircraft:?}"), name(aircraft));
    }
    let plot = match what {
        What::TrackStarted { plot, .. }
        | What::TrackUpdated { plot, .. }
        | What::TrackConfirmed { plot, .. }
        | What::Merged { into: plot, .. } => *plot,
        _ => return text,
    };
    text.replace(&format!("{plot:?}"), &plots[&plot.0].0)
}

fn plot_line(recording: &Recording, radar: RadarId, plot: &Plot) -> String {
    let radar = recording.roster.radar_name(radar);
    let Plot { time, measured, snr_db, reply, .. } = plot;
    format!("{radar} {time:?} {measured:?} {snr_db:?} {reply:?}")
}
