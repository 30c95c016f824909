//! Small battles, written as scenario files, and their recordings.

#![allow(dead_code, reason = "each test file is a crate of its own and uses a part of this")]

use std::sync::LazyLock;

use redan_geo::Earth;
use redan_record::{AircraftId, Event, Full, Kind, Recording};
use redan_sim::card::Library;
use redan_sim::engine::Engine;
use redan_sim::scenario::Draft;
use redan_sim::world::World;
use redan_sim::{Battle, run};

/// Everything but the flights: one battalion that fires at what it does not take for a friend.
const DEFENCE: &str = r#"
title = "Small"
question = "Does what must stay true stay true?"
start = 2026-05-12T04:00:00Z
duration_min = 9
[[network]]
name = "national"
weapons = "free"
reads = ["civil"]
[[unit]]
name = "Murted"
card = "s-400/battalion"
at = [40.08, 32.57]
heading_deg = 10
network = "national"
[[asset]]
name = "Ankara"
at = [39.93, 32.86]
radius_km = 15
"#;

/// Two fighter-bombers at medium height.
pub(crate) const HIGH: &str = r#"
[[flight]]
name = "high"
card = "Su-24"
side = "hostile"
count = 2
spacing_m = 2000
target = "Ankara"
release_km = 25
route = [
    { at = [41.60, 33.10], altitude_m = 6000, speed_m_s = 250 },
    { at = [40.10, 32.90] },
    { at = [41.60, 33.90] },
]
"#;

/// Cruise missiles that come up over the horizon late.
pub(crate) const LOW: &str = r#"
[[flight]]
name = "low"
card = "cruise missile"
side = "hostile"
count = 2
spacing_m = 1000
target = "Ankara"
start_s = 30
route = [
    { at = [39.00, 32.20], agl_m = 60, speed_m_s = 240 },
    { at = [39.93, 32.86] },
]
"#;

/// An airliner that answers as airliners do.
pub(crate) const AIRLINER: &str = r#"
[[flight]]
name = "airliner"
card = "A320"
side = "neutral"
transponder = ["civil"]
route = [
    { at = [40.10, 31.30], flight_level = 350, speed_kt = 450 },
    { at = [40.05, 34.50] },
]
"#;

/// The small defence against these flights.
pub(crate) fn scenario_text(flights: &[&str]) -> String {
    format!("{DEFENCE}{}", flights.concat())
}

/// The usual small battle: fighters, cruise missiles, and an airliner in between.
pub(crate) fn usual() -> &'static Battle {
    static USUAL: LazyLock<Battle> = LazyLock::new(|| battle(&usual_text()));
    &USUAL
}

/// Its text.
pub(crate) fn usual_text() -> String {
    scenario_text(&[HIGH, LOW, AIRLINER])
}

/// A battle on the smooth Earth, from the text of a scenario file without mistakes.
pub(crate) fn battle(text: &str) -> Battle {
    let draft = match Draft::parse("small.toml", text, None, &Library::embedded()) {
        Ok(draft) => draft,
        Err(problems) => panic!("{problems}"),
    };
    let smooth = Earth::smooth(draft.effective_earth());
    Battle::new(draft.scenario(smooth)).expect("the cards go together")
}

/// The full recording of one replication.
pub(crate) fn play(battle: &Battle, seed: u64, replication: u64) -> Recording {
    let mut full = Full::default();
    run(battle, seed, replication, &mut full);
    Recording { roster: battle.roster(), seed, replication, events: full.events }
}

/// The world of one replication at its beginning.
pub(crate) fn beginning(battle: &Battle, seed: u64, replication: u64) -> World {
    Engine::new(battle, seed, replication, &mut ()).world().clone()
}

/// Events of one kind, in order.
pub(crate) fn of_kind(recording: &Recording, kind: Kind) -> Vec<&Event> {
    recording.events.iter().filter(|event| event.what.kind() == kind).collect()
}

/// Number of the aircraft with this name.
pub(crate) fn aircraft(recording: &Recording, name: &str) -> AircraftId {
    let place = recording.roster.aircraft.iter().position(|entry| entry.name == name);
    AircraftId(place.expect("an aircraft of this name") as u32)
}

/// Few cases, since each plays whole battles, and no file of failures beside the tests: a failure prints
/// what it takes to repeat it.
pub(crate) fn quick(cases: u32) -> proptest::test_runner::Config {
    proptest::test_runner::Config {
        cases,
        failure_persistence: None,
        ..proptest::test_runner::Config::default()
    }
}
