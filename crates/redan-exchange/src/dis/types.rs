//! What things are, in the figures of SISO-REF-010 version 35 (2025-04-27).
//!
//! "Reprinted with permission from SISO Inc." The figures are those of the entity types and emitter names
//! (enumeration 75) whose plain names are those of the cards. A card that is not here gets the figures of
//! its kind with noughts behind, which stand for "not said": a type is not guessed.

use redan_record::AirClass;

use super::EntityType;
use crate::scene::{Kind, Thing};

/// Entity types of cards.
const ENTITIES: &[(&str, [u16; 7])] = &[
    ("s-400/91n6e", [1, 1, 222, 28, 24, 5, 0]),
    ("s-400/92n6e", [1, 1, 222, 28, 24, 4, 0]),
    // The SA-21 family has none of its own; this is the 96L6E of the SA-20 family.
    ("s-400/96l6e", [1, 1, 222, 28, 21, 6, 0]),
    ("s-400/67n6e", [9, 1, 222, 2, 2, 13, 0]),
    ("s-400/48n6e3", [2, 1, 222, 1, 44, 3, 0]),
    ("s-400/40n6e", [2, 1, 222, 1, 44, 5, 0]),
    ("s-400/9m96e2", [2, 1, 222, 1, 44, 2, 0]),
    ("radar/48ya6-k1", [1, 1, 222, 28, 24, 7, 0]),
    ("radar/50n6a", [1, 1, 222, 28, 31, 2, 0]),
    ("radar/55zh6me", [9, 1, 222, 2, 2, 12, 1]),
    ("radar/1l119", [9, 1, 222, 2, 5, 7, 0]),
    ("radar/1l267", [9, 1, 222, 2, 42, 6, 0]),
    ("nato/air-route-radar", [9, 1, 225, 2, 22, 6, 0]),
    ("nato/e-3a", [1, 2, 225, 8, 4, 1, 0]),
    ("nato/mpq-65", [1, 1, 225, 28, 2, 0, 0]),
    ("sam/5v28", [2, 1, 222, 1, 17, 0, 0]),
    ("sam/9m38m1", [2, 1, 222, 1, 23, 0, 0]),
    ("sam/9m331", [2, 1, 222, 1, 27, 1, 0]),
    ("sam/pac-2", [2, 1, 225, 1, 16, 1, 0]),
    ("sam/sm-2mr", [2, 1, 225, 1, 27, 1, 0]),
    ("air/su-24", [1, 2, 222, 2, 7, 0, 0]),
    ("air/f-16", [1, 2, 225, 1, 3, 0, 0]),
    ("air/f-35", [1, 2, 225, 1, 12, 0, 0]),
    ("air/e-3", [1, 2, 225, 8, 4, 1, 0]),
    ("air/a320", [1, 2, 71, 87, 32, 1, 0]),
    ("air/drone-one-way", [1, 2, 101, 50, 8, 7, 0]),
    ("air/cruise-missile-subsonic", [2, 9, 225, 1, 19, 0, 0]),
    ("air/cruise-missile-ramjet", [2, 6, 222, 1, 29, 1, 0]),
];

/// Systems on the ground by a missile that they fire.
const SYSTEMS: &[(&str, [u16; 7])] = &[
    ("s-400/", [1, 1, 222, 28, 24, 0, 0]),
    ("sam/5v28", [1, 1, 222, 28, 3, 0, 0]),
    ("sam/9m38m1", [1, 1, 222, 28, 8, 0, 0]),
    ("sam/9m331", [1, 1, 222, 28, 10, 0, 0]),
    ("sam/pac-2", [1, 1, 225, 28, 2, 0, 0]),
];

/// Emitter names of cards.
const EMITTERS: &[(&str, u16)] = &[
    ("s-400/91n6e", 9662),
    ("s-400/92n6e", 16_960),
    ("s-400/96l6e", 11_020),
    ("s-400/67n6e", 60),
    ("radar/50n6a", 49),
    ("radar/1l119", 21_920),
    ("radar/59n6e", 55),
    ("nato/air-route-radar", 8384),
    ("nato/e-3a", 4900),
    ("nato/mpq-65", 5577),
];

/// The type of a thing.
pub(super) fn entity_type(thing: &Thing) -> EntityType {
    let card = thing.card.as_deref().unwrap_or_default();
    let known = match thing.kind {
        Kind::Launcher | Kind::Unit => SYSTEMS.iter().find(|(begin, _)| card.starts_with(begin)),
        _ => ENTITIES.iter().find(|(known, _)| *known == card),
    };
    EntityType::new(known.map_or_else(|| generic(thing.kind), |(_, figures)| *figures))
}

/// The card of an aircraft of a type, or of one that differs in its two last figures.
pub(super) fn card_of(kind: EntityType) -> Option<&'static str> {
    let EntityType { kind, domain, country, category, subcategory, .. } = kind;
    let [kind, domain, category, subcategory] =
        [kind, domain, category, subcategory].map(u16::from);
    let is_it = |figures: &[u16; 7]| figures[..5] == [kind, domain, country, category, subcategory];
    let found = ENTITIES.iter().find(|(card, figures)| card.starts_with("air/") && is_it(figures));
    found.map(|(card, _)| *card)
}

/// Kind and domain alone.
fn generic(kind: Kind) -> [u16; 7] {
    let (kind, domain) = match kind {
        Kind::Asset => (5, 1),
        Kind::Radar => (9, 1),
        Kind::Unit | Kind::Launcher => (1, 1),
        Kind::Aircraft(AirClass::Aircraft | AirClass::Drone) | Kind::Track => (1, 2),
        // Battlefield support, as the standard files missiles against targets on the ground.
        Kind::Aircraft(AirClass::CruiseMissile | AirClass::Ballistic) => (2, 9),
        Kind::Missile => (2, 1),
    };
    [kind, domain, 0, 0, 0, 0, 0]
}

/// The emitter of a radar; 0 for one without a name in the list.
pub(super) fn emitter_name(thing: &Thing) -> u16 {
    let card = thing.card.as_deref().unwrap_or_default();
    EMITTERS.iter().find(|(known, _)| *known == card).map_or(0, |(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_has_a_card_and_figures_that_fit() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/cards/");
        let cards = ENTITIES.iter().map(|(card, _)| *card);
        for card in cards.chain(EMITTERS.iter().map(|(card, _)| *card)) {
            assert!(std::path::Path::new(&format!("{folder}{card}.toml")).is_file(), "{card}");
        }
        for (card, figures) in ENTITIES.iter().chain(SYSTEMS) {
            let [kind, domain, _, rest @ ..] = figures;
            assert!([kind, domain].into_iter().chain(rest).all(|figure| *figure <= 255), "{card}");
        }
    }
}
