//! From the tables of networks to networks, as yet without a place.

use redan_command::{AnyDoctrine, WeaponsControl};
use redan_track::{AnyTracker, Identity};

use crate::card::{CardKind, CommandPost};

use super::file;
use super::limits::{count, name, unique, word};
use super::problem::Collector;
use super::read::List;
use super::resolved::Mode;
use super::shelf::Shelf;

/// A network as its table gives it.
pub(super) struct Rules {
    pub(super) name: String,
    pub(super) tracker: String,
    pub(super) doctrine: String,
    pub(super) salvo: u32,
    pub(super) reads: Vec<Mode>,
    pub(super) weapons: WeaponsControl,
    pub(super) engage_approaching: bool,
    pub(super) silent_interrogations: u32,
    pub(super) silence_means: Identity,
    /// Figures of the command post that the table names.
    pub(super) post: Option<CommandPost>,
}

/// Checks all networks. Those whose tables have mistakes are missing; the mistakes are noted.
pub(super) fn resolve(
    networks: Option<&List<file::Network>>,
    shelf: &Shelf<'_>,
    problems: &mut Collector,
) -> Vec<Rules> {
    let items = networks.map_or(&[][..], |list| &list.items);
    unique("network", items.iter().map(|network| (&network.name, 1)), problems);
    items.iter().map(|network| rules(network, shelf, problems)).collect()
}

fn rules(network: &file::Network, shelf: &Shelf<'_>, problems: &mut Collector) -> Rules {
    name(&network.name, problems);
    let tracker = network.tracker.as_ref();
    let doctrine = network.doctrine.as_ref();
    let silent = network.silent_interrogations.as_ref();
    Rules {
        name: network.name.value.clone(),
        tracker: word(tracker, "nearest", "the tracker", &AnyTracker::NAMES, problems),
        doctrine: word(doctrine, "shoot-look-shoot", "the doctrine", &AnyDoctrine::NAMES, problems),
        salvo: count(network.salvo.as_ref(), 2, 1..=8, problems),
        reads: modes(network.reads.as_ref()),
        weapons: match network.weapons.get().map(|at| at.value) {
            Some(file::Weapons::Tight) => WeaponsControl::Tight,
            Some(file::Weapons::Free) => WeaponsControl::Free,
            Some(file::Weapons::Hold) | None => WeaponsControl::Hold,
        },
        engage_approaching: network.engage_approaching.as_ref().is_some_and(|at| at.value),
        silent_interrogations: count(silent, 3, 1..=100, problems),
        silence_means: match network.silence_means.as_ref().map(|at| at.value) {
            Some(file::Silence::Unknown) => Identity::Unknown,
            Some(file::Silence::Hostile) => Identity::Hostile,
            Some(file::Silence::Suspect) | None => Identity::Suspect,
        },
        post: post(network, shelf, problems),
    }
}

/// The command post that a network names itself.
fn post(
    network: &file::Network,
    shelf: &Shelf<'_>,
    problems: &mut Collector,
) -> Option<CommandPost> {
    let at = network.post.as_ref()?;
    let card = shelf.find_kind(at, &[CardKind::CommandPost], problems)?;
    shelf.view(card, CommandPost::from_figures, &at.spot, problems)
}

/// Modes in their order, each once.
pub(super) fn modes(given: Option<&List<super::read::At<file::Mode>>>) -> Vec<Mode> {
    let mut modes: Vec<Mode> = given
        .iter()
        .flat_map(|list| &list.items)
        .map(|at| match at.value {
            file::Mode::Civil => Mode::Civil,
            file::Mode::National => Mode::National,
            file::Mode::Mode5 => Mode::Mode5,
        })
        .collect();
    modes.sort();
    modes.dedup();
    modes
}
