//! One card read in several ways.

use super::super::{Distribution, Figures, Library, Missile, Radar, TargetClass};

fn library() -> Library {
    Library::embedded()
}

#[test]
fn a_rival_claim_brings_its_own_conditions() {
    let library = library();
    let card = library.find("91N6E").expect("the card exists");
    let figures = Figures::nominal(card).with_claim("detection_range", "small-target");
    let radar = Radar::from_figures(&figures.expect("the claim exists")).expect("it is whole");
    assert!((radar.reference_range_m - 240_000.0).abs() < 1e-6);
    assert!((radar.reference_rcs_m2 - 0.4).abs() < 1e-12);
}

#[test]
fn a_claim_without_its_cross_section_cannot_calibrate_a_radar() {
    let library = library();
    let card = library.find("91N6E").expect("the card exists");
    let figures = Figures::nominal(card).with_claim("detection_range", "strategic-bomber");
    let error = Radar::from_figures(&figures.expect("the claim exists")).expect_err("no rcs_m2");
    assert!(error.to_string().contains("does not state `rcs_m2`"), "{error}");
}

#[test]
fn a_value_is_set_in_the_unit_of_the_card() {
    let library = library();
    let card = library.find("92N6E").expect("the card exists");
    let figures = Figures::nominal(card)
        .with_value("azimuth_coverage", 60.0)
        .and_then(|figures| figures.with_si("antenna_height", 5.5))
        .and_then(|figures| figures.with_value("target_channels", 7.6))
        .expect("the parameters exist");
    let radar = Radar::from_figures(&figures).expect("it is whole");
    assert!((radar.azimuth_coverage_rad - core::f64::consts::FRAC_PI_3).abs() < 1e-12);
    assert!((radar.antenna_height_m - 5.5).abs() < 1e-12);
    assert_eq!(radar.target_channels, 8, "a sampled count is rounded");
    assert!(figures.is_set("antenna_height") && !figures.is_set("min_range"));
    assert_eq!(figures.spread_si("antenna_height"), Ok((5.5, 5.5, 5.5)));
}

#[test]
fn a_study_samples_over_rival_claims_and_an_engagement_over_one() {
    let library = library();
    let card = library.find("48N6E3").expect("the card exists");
    let figures = Figures::nominal(card);
    let (low, nominal, high) =
        figures.spread_si("kill_probability_aircraft").expect("the parameter exists");
    assert_eq!((low, nominal, high), (0.3, 0.5, 0.93));
    let missile = Missile::from_figures(&figures).expect("it is whole");
    let own = missile.kill_probability(TargetClass::Aircraft);
    assert_eq!((own.low_prob, own.nominal_prob, own.high_prob), (0.3, 0.5, 0.8));
    assert_eq!(figures.distribution("kill_probability_aircraft"), Ok(Distribution::Triangular));
}

#[test]
fn claims_under_other_conditions_do_not_widen_a_spread() {
    let library = library();
    let figures = Figures::nominal(library.find("91N6E").expect("the card exists"));
    let (low, _, high) = figures.spread_si("detection_range").expect("the parameter exists");
    assert_eq!((low, high), (340_000.0, 390_000.0), "0.4 m2 and bombers are other statements");
}

#[test]
fn a_span_is_never_sampled() {
    let library = library();
    let figures = Figures::nominal(library.find("91N6E").expect("the card exists"));
    let (low, nominal, high) = figures.spread_si("frequency").expect("the parameter exists");
    assert_eq!((low, high), (nominal, nominal));
    assert_eq!(figures.distribution("frequency"), Ok(Distribution::Fixed));
    let (low, _, high) = figures.claim_spread_si("frequency").expect("the parameter exists");
    assert!(low < high, "the ends of the band stay readable");
}

#[test]
fn every_value_knows_who_claims_it() {
    let library = library();
    let card = library.find("92N6E").expect("the card exists");
    let claim = Figures::nominal(card).provenance("target_channels").expect("it exists");
    assert_eq!((claim.label.as_str(), claim.source.as_str()), ("s-400", "cmo-1569"));
    let swapped = Figures::nominal(card).with_claim("target_channels", "s-300p").expect("a rival");
    assert_eq!(swapped.provenance("target_channels").map(|claim| claim.nominal), Ok(Some(6.0)));
}

#[test]
fn a_wrong_question_is_answered_with_a_hint() {
    let library = library();
    let figures = Figures::nominal(library.find("92N6E").expect("the card exists"));
    let complaint = |outcome: Result<f64, super::super::MissingFigure>| {
        outcome.expect_err("the question is wrong").to_string()
    };
    let slip = complaint(figures.get_si("target_chanels"));
    assert!(slip.contains("did you mean `target_channels`"), "{slip}");
    assert!(complaint(figures.get_si("band")).contains("gives no number"));
    let label = figures.clone().with_claim("target_channels", "s-500").expect_err("no claim");
    assert!(label.hint.contains("s-400, s-300p"), "{label}");
    assert!(figures.clone().with_value("band", 3.0).is_err());
    assert!(figures.clone().with_value("min_range", f64::NAN).is_err());
    assert!(figures.get_yes("min_range").is_err());
}

#[test]
fn a_view_of_the_wrong_kind_says_so() {
    let library = library();
    let figures = Figures::nominal(library.find("48N6E3").expect("the card exists"));
    let error = Radar::from_figures(&figures).expect_err("a missile is no radar").to_string();
    assert!(error.contains("of kind `missile`, not `radar`"), "{error}");
    assert!(error.contains("antenna_height"), "all that is missing is listed: {error}");
}
