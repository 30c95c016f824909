//! Scenarios of cases: made ready from text that is built in, and run event by event.

use anyhow::Result;
use redan_geo::{Earth, Geodetic, Station, Time};
use redan_record::{AircraftId, Event, Full};
use redan_sim::Battle;
use redan_sim::card::Library;
use redan_sim::scenario::Draft;

/// The one seed of all cases: another one gives other luck and must give the same verdicts.
pub(super) const SEED: u64 = 1;

/// Makes the text of a scenario ready on the smooth Earth.
///
/// # Errors
/// When the scenario has problems with these cards, or figures of a card do not go together.
pub(super) fn battle(
    name: &str,
    text: &str,
    variant: Option<&str>,
    library: &Library,
) -> Result<Battle> {
    let draft = Draft::parse(name, text, variant, library)?;
    let earth = Earth::smooth(draft.effective_earth());
    Ok(Battle::new(draft.scenario(earth))?)
}

/// Everything that happens in one replication.
pub(super) fn events(battle: &Battle, replication: u64) -> Vec<Event> {
    let mut full = Full::default();
    redan_sim::run(battle, SEED, replication, &mut full);
    full.events
}

/// True place of an aircraft.
pub(super) fn place(battle: &Battle, aircraft: AircraftId, at: Time) -> Geodetic {
    battle.routes[aircraft.index()].state(at, &battle.scenario.earth).place
}

/// Distance at sea level between two places.
pub(super) fn arc_m(a: Geodetic, b: Geodetic) -> f64 {
    Station::new(a).arc_m(&Station::new(b))
}
