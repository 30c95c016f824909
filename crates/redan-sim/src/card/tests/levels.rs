//! Absolute levels, receivers, jammers and emitters: what is read, and what is refused.

use super::super::embedded::{CARD_FILES, SOURCES_FILE};
use super::super::{
    AirVehicle, CardError, CardKind, CardProblem, Figures, Library, Radar, RadarRole,
};

fn radar(library: &Library, name: &str) -> Radar {
    let card = library.find(name).expect("the card exists");
    Radar::from_figures(&Figures::nominal(card)).expect("it is whole")
}

fn vehicle(name: &str) -> AirVehicle {
    let library = Library::embedded();
    let card = library.find(name).expect("the card exists");
    AirVehicle::from_figures(&Figures::nominal(card)).expect("it is whole")
}

/// The library of one card that ships, with a piece of its text replaced.
fn changed(file: &str, from: &str, to: &str) -> Result<Library, Vec<CardProblem>> {
    let (name, text) = CARD_FILES.iter().find(|entry| entry.0 == file).expect("it ships");
    assert!(text.contains(from), "{file} has no {from}");
    let card = (name.to_string(), text.replace(from, to));
    let sources = (SOURCES_FILE.0.to_string(), SOURCES_FILE.1.to_string());
    Library::from_files(vec![card, sources]).map_err(|error| match error {
        CardError::Problems(problems) => problems,
        other => panic!("it must be refused for its problems, not {other:?}"),
    })
}

#[test]
fn every_radar_that_ships_has_absolute_levels_and_says_what_its_range_is_meant_for() {
    let library = Library::embedded();
    let cards = library.cards().iter().filter(|card| card.kind() == CardKind::Radar);
    let mut passive = 0;
    for card in cards {
        let radar = radar(&library, &card.id);
        let levels = radar.absolute.expect("all three levels");
        assert!((5.0..50.0).contains(&levels.gain_db), "{}: {levels:?}", card.id);
        assert!((1e5..1e8).contains(&levels.noise_bandwidth_hz), "{}: {levels:?}", card.id);
        assert!((0.0..15.0).contains(&levels.noise_figure_db), "{}: {levels:?}", card.id);
        assert_eq!(radar.receiver.is_some(), radar.role == RadarRole::Passive, "{}", card.id);
        assert_eq!(radar.reference_swerling, 1, "{}", card.id);
        if radar.role == RadarRole::Passive {
            passive += 1;
            continue;
        }
        assert_eq!(radar.reference_statistic, "single scan", "{}", card.id);
        assert!(!radar.reference_mode.is_empty(), "{}", card.id);
        let share_ratio = radar.search_time_share_ratio.expect("every card states it");
        assert_eq!(share_ratio < 1.0, radar.role == RadarRole::Engagement, "{}", card.id);
    }
    assert!(passive > 0);
}

#[test]
fn a_radar_without_one_of_three_levels_has_none() {
    let file = "cards/radar/59n6e.toml";
    for level in ["antenna_gain", "noise_bandwidth", "noise_figure"] {
        let library = changed(file, &format!("parameters.{level}"), "parameters.another_record");
        let library = library.expect("the levels may be left out");
        assert_eq!(radar(&library, "59N6E").absolute, None, "{level}");
    }
}

#[test]
fn a_card_that_is_silent_about_its_range_means_a_fluctuating_target() {
    let file = "cards/radar/59n6e.toml";
    let library = changed(file, "parameters.reference_", "parameters.former_reference_");
    assert!(library.is_err(), "the probability cannot be left out");
    let library = changed(file, "parameters.reference_swerling", "parameters.former_case");
    assert_eq!(radar(&library.expect("it may"), "59N6E").reference_swerling, 1);
}

#[test]
fn a_passive_system_is_a_receiver_between_two_frequencies() {
    let station = radar(&Library::embedded(), "Moskva-1");
    let receiver = station.receiver.expect("it is passive");
    let middle_hz = (receiver.frequency_low_hz * receiver.frequency_high_hz).sqrt();
    assert!((station.frequency_hz / middle_hz - 1.0).abs() < 1e-12);
    assert!(receiver.reference_erp_w > 1e6, "kilowatts of the card are watts here");
    assert!(!station.interrogates);
}

#[test]
fn a_passive_card_whose_range_names_no_power_is_refused_with_place_and_hint() {
    let problems = changed("cards/radar/1l267.toml", "erp_kw", "power_kw").expect_err("refused");
    let [problem] = problems.as_slice() else { panic!("one problem, not {problems:#?}") };
    assert_eq!(problem.field, "parameters.detection_range");
    assert!(problem.line > 1);
    assert_eq!(problem.reason, "the claim in use does not state `erp_kw`");
    assert!(problem.hint.contains("conditions = { erp_kw"), "{}", problem.hint);
}

#[test]
fn a_passive_card_without_its_band_is_refused() {
    let file = "cards/radar/1l267.toml";
    let problems = changed(file, "parameters.frequency_low", "parameters.lowest").expect_err("no");
    assert!(problems.iter().any(|problem| problem.field == "parameters.frequency_low"));
}

#[test]
fn frequencies_and_powers_are_greater_than_zero() {
    let file = "cards/air/stand-off-jammer.toml";
    let problems = changed(file, "nominal = 1000\n", "nominal = -1000\n").expect_err("refused");
    let said: Vec<&str> = problems.iter().map(|problem| problem.field.as_str()).collect();
    assert!(said.iter().any(|field| field.contains("jammer_erp_density")), "{said:?}");
}

#[test]
fn a_jammer_is_a_density_over_a_band() {
    let jammer = vehicle("EC-130H").jammer.expect("it carries one");
    assert!((jammer.erp_density_w_hz - 1e-3).abs() < 1e-15, "1,000 W/MHz");
    assert!(jammer.frequency_low_hz < jammer.frequency_high_hz);
    assert_eq!(vehicle("F-16").jammer, None);
}

#[test]
fn an_aircraft_with_a_radar_can_be_heard() {
    let emitter = vehicle("E-3").emitter.expect("its radar turns");
    assert_eq!(emitter.kind, "airborne surveillance radar");
    assert!(emitter.erp_w > 1e9 && emitter.frequency_hz > 1e9);
    assert_eq!(vehicle("A320").emitter, None);
}

#[test]
fn low_observability_ends_at_metre_waves() {
    let fighter = vehicle("F-35");
    let metre_waves = fighter.rcs_vhf.expect("the card gives them");
    assert!(metre_waves.nose_rcs_m2 > 10.0 * fighter.rcs.nose_rcs_m2);
    assert!(metre_waves.side_rcs_m2 > fighter.rcs.side_rcs_m2);
    let fighter = vehicle("F-16").rcs_vhf.expect("the card gives one figure");
    assert_eq!(fighter.nose_rcs_m2.to_bits(), fighter.tail_rcs_m2.to_bits());
}

/// What is not known of a low-observable target is sampled over all that is claimed.
#[test]
fn the_front_of_the_f_35_spans_all_claims() {
    let library = Library::embedded();
    let card = library.find("air/f-35").expect("the card exists");
    let (low, _, high) = Figures::nominal(card).spread_si("rcs_nose").expect("it has one");
    assert_eq!((low, high), (0.0001, 0.02));
}

/// Published ranges against low fliers, which validation reads as records.
#[test]
fn val_catalogues_low_altitude_claims_are_records_with_height_and_cross_section() {
    let library = Library::embedded();
    let claims = [
        ("59N6E", "height-1000-m", 100e3, 1.5, 1000.0),
        ("59N6E", "height-100-m", 40e3, 1.5, 100.0),
        ("50N6A", "catalogue", 45e3, 0.1, 100.0),
    ];
    for (name, label, range_m, rcs_m2, height_m) in claims {
        let card = library.find(name).expect("the card exists");
        let figures = Figures::nominal(card).with_claim("detection_range_low", label);
        let figures = figures.expect("the claim exists");
        assert_eq!(figures.get_si("detection_range_low"), Ok(range_m));
        assert_eq!(figures.condition_si("detection_range_low", "rcs_m2"), Ok(rcs_m2));
        assert_eq!(figures.condition_si("detection_range_low", "height_m"), Ok(height_m));
    }
}
