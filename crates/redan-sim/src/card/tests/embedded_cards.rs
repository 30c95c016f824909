//! What is built into the binary.

use std::fs;
use std::path::Path;

use super::super::embedded::{CARD_FILES, SOURCES_FILE};
use super::super::{
    AirVehicle, Battalion, CardError, CardKind, ClaimKind, Figures, Library, Radar, TargetClass,
};
use super::data_folder;

fn files_under(folder: &Path, prefix: &str, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("the folder of cards is readable") {
        let entry = entry.expect("an entry of the folder");
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            files_under(&entry.path(), &format!("{name}/"), found);
        } else {
            found.push(name);
        }
    }
}

#[test]
fn every_card_file_is_built_in_and_no_other() {
    let mut on_disk = Vec::new();
    files_under(&data_folder().join("cards"), "cards/", &mut on_disk);
    on_disk.sort();
    let built_in: Vec<&str> = CARD_FILES.iter().map(|file| file.0).collect();
    assert_eq!(on_disk, built_in);
}

#[test]
fn an_identifier_is_the_path_of_its_file() {
    let library = Library::embedded();
    assert_eq!(library.cards().len(), CARD_FILES.len());
    for card in library.cards() {
        assert_eq!(card.file, format!("cards/{}.toml", card.id));
    }
}

#[test]
fn every_number_has_a_source_that_exists() {
    let library = Library::embedded();
    let mut numbers = 0;
    for card in library.cards() {
        for claim in card.parameters.iter().flat_map(|parameter| &parameter.claims) {
            let source = library.source(&claim.source);
            assert!(source.is_some(), "{}: source {}", card.id, claim.source);
            assert!(!claim.says.is_empty(), "{}: {}", card.id, claim.label);
            numbers += [claim.low, claim.nominal, claim.high].iter().flatten().count();
        }
    }
    assert!(numbers > 500, "only {numbers} numbers");
}

#[test]
fn a_source_that_was_not_read_carries_no_published_claim() {
    let library = Library::embedded();
    for card in library.cards() {
        for claim in card.parameters.iter().flat_map(|parameter| &parameter.claims) {
            let source = library.source(&claim.source).expect("tested elsewhere");
            let ours = matches!(claim.kind, ClaimKind::Estimate | ClaimKind::Computed);
            assert_eq!(ours, source.kind == "own", "{}: {}", card.id, claim.says);
            let published = claim.kind == ClaimKind::Published;
            assert!(!published || source.read, "{}: {}", card.id, claim.says);
        }
    }
}

#[test]
fn every_source_is_used_and_has_an_address_or_a_reason_to_have_none() {
    let library = Library::embedded();
    for source in library.sources() {
        let mut claims = library
            .cards()
            .iter()
            .flat_map(|card| &card.parameters)
            .flat_map(|parameter| &parameter.claims);
        assert!(claims.any(|claim| claim.source == source.id), "{} is not used", source.id);
        let nameless = ["own", "no single source", "simulator file"];
        assert!(
            source.url.is_some() || nameless.contains(&source.kind.as_str()),
            "{} has no address",
            source.id
        );
    }
    assert!(SOURCES_FILE.1.lines().all(|line| line.len() < 250));
}

#[test]
fn a_card_is_found_by_identifier_name_and_alias() {
    let library = Library::embedded();
    for query in ["s-400/91n6e", "91N6E", "91n6e big bird", "Big Bird", " 91n6 "] {
        let card = library.find(query).unwrap_or_else(|error| panic!("{query}: {error}"));
        assert_eq!(card.id, "s-400/91n6e");
    }
    assert_eq!(library.find("Tomahawk").map(|card| card.kind()), Ok(CardKind::Air));
}

#[test]
fn a_card_that_is_not_there_is_answered_with_the_nearest() {
    let library = Library::embedded();
    let Err(CardError::Unknown { suggestions, .. }) = library.find("92N6F") else {
        panic!("there is no 92N6F");
    };
    assert_eq!(suggestions.first().map(String::as_str), Some("s-400/92n6e"));
    let error = library.find("tomahwak").expect_err("no such card").to_string();
    assert!(error.contains("did you mean air/cruise-missile-subsonic?"), "{error}");
    let error = library.find("zeppelin").expect_err("no such card").to_string();
    assert!(error.contains("`redan ledger` lists all cards"), "{error}");
}

#[test]
fn probabilities_of_kill_start_from_the_sceptic_and_keep_the_brochure() {
    let library = Library::embedded();
    let missiles = library.cards().iter().filter(|card| card.kind() == CardKind::Missile);
    for card in missiles {
        for class in TargetClass::ALL {
            let name = format!("kill_probability_{}", class.label().replace('-', "_"));
            let parameter = card.parameter(&name).expect("a missile has all four");
            assert_eq!(parameter.chosen_claim().label, "sceptic", "{} {name}", card.id);
            let brochure = parameter.claim("brochure").expect("the rival is kept");
            assert!(brochure.nominal >= parameter.chosen_claim().nominal, "{} {name}", card.id);
            assert!(parameter.is_disputed());
        }
    }
}

#[test]
fn the_default_battalion_adds_up() {
    let library = Library::embedded();
    let card = library.find("s-400/battalion").expect("the card exists");
    let battalion = Battalion::from_figures(&Figures::nominal(card)).expect("it is whole");
    let launchers: u32 = battalion.loads.iter().map(|load| load.launchers).sum();
    let carried = battalion.members.iter().find(|member| member.card == "s-400/5p85te2");
    assert_eq!(carried.map(|member| member.count), Some(launchers));
    assert!(battalion.loads.iter().all(|load| load.missile != "s-400/40n6e"));
}

#[test]
fn a_battalion_with_fewer_launchers_keeps_its_first_loads() {
    let library = Library::embedded();
    let card = library.find("s-400/battalion").expect("the card exists");
    let with = |launchers: f64, with_packs: f64| {
        let figures = Figures::nominal(card)
            .with_value("launchers", launchers)
            .and_then(|figures| figures.with_value("launchers_with_9m96e2", with_packs))
            .expect("both parameters exist");
        let battalion = Battalion::from_figures(&figures).expect("it is whole");
        let loads: Vec<_> = battalion.loads.into_iter().map(|load| load.launchers).collect();
        loads
    };
    assert_eq!(with(4.0, 1.0), [1, 3]);
    assert_eq!(with(1.0, 4.0), [1]);
    assert_eq!(with(3.0, 0.0), [3]);
}

#[test]
fn cross_sections_without_aspects_are_equal_all_round() {
    let library = Library::embedded();
    let rcs = |name: &str| {
        let card = library.find(name).expect("the card exists");
        AirVehicle::from_figures(&Figures::nominal(card)).expect("it is whole").rcs
    };
    let drone = rcs("Shahed-136");
    assert_eq!(drone.nose_rcs_m2.to_bits(), drone.side_rcs_m2.to_bits());
    assert_eq!(drone.nose_rcs_m2.to_bits(), drone.tail_rcs_m2.to_bits());
    let fighter = rcs("F-16");
    assert!(fighter.nose_rcs_m2 < fighter.side_rcs_m2);
}

/// The exporter's two ranges of the 67N6E follow the fourth-root law; those quoted for the 91N6E do
/// not. Either way the cards must say what the sources say.
#[test]
fn val_gamma_de_pair_obeys_the_fourth_root_law() {
    let library = Library::embedded();
    let disagreement_ratio = |card: &str, label: &str| {
        let card = library.find(card).expect("the card exists");
        let chosen = Radar::from_figures(&Figures::nominal(card)).expect("it is whole");
        let figures = Figures::nominal(card).with_claim("detection_range", label);
        let rival = Radar::from_figures(&figures.expect("the claim exists")).expect("it is whole");
        let ratio = rival.reference_rcs_m2 / chosen.reference_rcs_m2;
        let expected_m = chosen.reference_range_m * ratio.sqrt().sqrt();
        (rival.reference_range_m / expected_m - 1.0).abs()
    };
    assert!(disagreement_ratio("67N6E", "small-target") < 0.02);
    assert!(disagreement_ratio("91N6E", "small-target") > 0.08);
}
