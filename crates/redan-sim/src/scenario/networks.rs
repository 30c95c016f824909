//! From the tables of networks to networks, as yet without a place.

use redan_command::{AnyDoctrine, Assignment, Settings, WeaponsControl};
use redan_track::{AnyTracker, Identity, Mode};

use crate::card::{CardKind, CommandPost};

use super::file;
use super::identity::{self, Consent, Identification, Known};
use super::limits::{count, name, unique, word};
use super::problem::Collector;
use super::read::List;
use super::shelf::Shelf;
use super::transponders::modes;

/// A network as its table gives it.
pub(super) struct Rules {
    pub(super) name: String,
    pub(super) tracker: String,
    pub(super) doctrine: String,
    pub(super) firing: Settings,
    pub(super) reads: Vec<Mode>,
    pub(super) weapons: WeaponsControl,
    pub(super) engage_approaching: bool,
    pub(super) silent_interrogations: u32,
    pub(super) silence_means: Identity,
    /// Figures of the command post that the table names.
    pub(super) post: Option<CommandPost>,
    pub(super) identification: Option<Identification>,
    pub(super) consent: Option<Consent>,
    pub(super) transfers: bool,
}

/// Checks all networks. Those whose tables have mistakes are missing; the mistakes are noted.
pub(super) fn resolve(
    networks: Option<&List<file::Network>>,
    known: &Known<'_>,
    shelf: &Shelf<'_>,
    problems: &mut Collector,
) -> Vec<Rules> {
    let items = networks.map_or(&[][..], |list| &list.items);
    unique("network", items.iter().map(|network| (&network.name, 1)), problems);
    items.iter().map(|network| rules(network, known, shelf, problems)).collect()
}

fn rules(
    network: &file::Network,
    known: &Known<'_>,
    shelf: &Shelf<'_>,
    problems: &mut Collector,
) -> Rules {
    name(&network.name, problems);
    let reads = modes(network.reads.as_ref());
    needs_table(network, &reads, problems);
    let tracker = network.tracker.as_ref();
    let doctrine = network.doctrine.as_ref();
    let silent = network.silent_interrogations.as_ref();
    Rules {
        name: network.name.value.clone(),
        tracker: word(tracker, "nearest", "the tracker", &AnyTracker::NAMES, problems),
        doctrine: word(doctrine, "shoot-look-shoot", "the doctrine", &AnyDoctrine::NAMES, problems),
        firing: firing(network, problems),
        reads,
        weapons: network.weapons.get().map_or(WeaponsControl::Hold, |at| weapons(at.value)),
        engage_approaching: network.engage_approaching.as_ref().is_some_and(|at| at.value),
        silent_interrogations: count(silent, 3, 1..=100, problems),
        silence_means: match network.silence_means.as_ref().map(|at| at.value) {
            Some(file::Silence::Unknown) => Identity::Unknown,
            Some(file::Silence::Hostile) => Identity::Hostile,
            Some(file::Silence::Suspect) | None => Identity::Suspect,
        },
        post: post(network, shelf, problems),
        identification: identity::identification(network, known, shelf, problems),
        consent: identity::consent(network, known, problems),
        transfers: network.transfers.as_ref().is_some_and(|at| at.value),
    }
}

/// What a doctrine that fires is told; the way of fire follows from its name.
fn firing(network: &file::Network, problems: &mut Collector) -> Settings {
    let assignment = network.assignment.as_ref();
    let name = word(assignment, "greedy", "the assignment", &Assignment::NAMES, problems);
    let salvo = count(network.salvo.as_ref(), 2, 1..=8, problems);
    Settings {
        assignment: Assignment::by_name(&name).unwrap_or(Assignment::Greedy),
        reserve_rounds: count(network.reserve.as_ref(), 0, 0..=100, problems),
        ..Settings::of_salvo(salvo)
    }
}

pub(super) fn weapons(word: file::Weapons) -> WeaponsControl {
    match word {
        file::Weapons::Hold => WeaponsControl::Hold,
        file::Weapons::Tight => WeaponsControl::Tight,
        file::Weapons::Free => WeaponsControl::Free,
    }
}

/// Notes modes whose answers only evidence can weigh.
fn needs_table(network: &file::Network, reads: &[Mode], problems: &mut Collector) {
    let clear = reads.iter().find(|mode| matches!(mode, Mode::Mode1 | Mode::Mode2));
    if let (Some(mode), Some(list), None) = (clear, &network.reads, &network.identification) {
        let reason = format!("{} says nothing by itself", mode.word());
        let hint = "write a [network.identification] that weighs evidence, or leave it out";
        problems.note_hint(&list.spot, reason, hint);
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
