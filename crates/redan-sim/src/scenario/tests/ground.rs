//! Units, networks, assets and figures: what is built, and what is refused.

use std::sync::Arc;

use redan_geo::{Earth, EffectiveEarth, Geodetic, GridGeometry, HeightGrid, geodesic};

use super::{only, parse, problems, scenario, small};
use crate::card::{MemberRole, RadarRole};

const UNIT: &str = "network = \"national\"";

#[test]
fn a_battalion_becomes_radars_launchers_and_a_fire_unit() {
    let battle = scenario(&small(&[]), None);
    let names: Vec<&str> = battle.radars.iter().map(|radar| radar.name.as_str()).collect();
    assert_eq!(names, ["Murted/92N6E", "Murted/96L6E", "Murted/91N6E"]);
    assert_eq!(battle.units.len(), 1);
    assert_eq!(battle.units[0].radar, 0);
    assert_eq!(battle.radars[0].figures.role, RadarRole::Engagement);
    assert_eq!(battle.radars.iter().map(|r| r.unit).collect::<Vec<_>>(), [Some(0), None, None]);
    assert!(battle.launchers.iter().all(|launcher| launcher.unit == 0));
    assert!(battle.launchers.iter().all(|l| l.load.iter().all(|(i, n)| *i < 2 && *n > 0)));
    assert_eq!(battle.interceptors.len(), 2);
    assert!(battle.networks[0].post.reaction_time_s > 0.0);
    assert_eq!(MemberRole::Launcher.label(), "launcher");
}

#[test]
fn members_stand_on_the_circle_of_their_card_beginning_at_the_heading() {
    let battle = scenario(&small(&[(UNIT, "heading_deg = 90\nnetwork = \"national\"")]), None);
    let centre = Geodetic::from_degrees(40.08, 32.57, 0.0);
    let at: Vec<_> = battle.launchers.iter().map(|l| geodesic::inverse(centre, l.place)).collect();
    let (radius_m, count) = (at[0].distance_m, at.len());
    assert!(radius_m > 50.0);
    assert!(at.iter().all(|path| (path.distance_m - radius_m).abs() < 0.01));
    let step_rad = std::f64::consts::TAU / count as f64;
    for pair in at.windows(2) {
        let turn_rad = redan_geo::wrap_two_pi_rad(pair[1].azimuth1_rad - pair[0].azimuth1_rad);
        assert!((turn_rad - step_rad).abs() < 1e-6);
    }
    let first_deg = at[0].azimuth1_rad.to_degrees();
    assert!((90.0..90.0 + step_rad.to_degrees()).contains(&first_deg), "{first_deg}");
    assert_eq!(battle.radars[0].heading_rad, std::f64::consts::FRAC_PI_2);
}

#[test]
fn a_mast_replaces_the_height_of_the_truck_and_relief_is_added() {
    let masts = "masts = { \"96L6E\" = 24.0, \"Grave Stone\" = 25 }\nnetwork = \"national\"";
    let text =
        small(&[(UNIT, masts), ("at = [39.93, 32.86]", "at = [39.93, 32.86]\nheight_m = 5")]);
    let corner_rad = 30.0_f64.to_radians();
    let geometry = GridGeometry {
        south_rad: corner_rad,
        west_rad: corner_rad,
        lat_step_rad: 0.3,
        lon_step_rad: 0.3,
        rows: 2,
        columns: 2,
    };
    let relief = HeightGrid::new(geometry, vec![850.0; 4]).expect("a plain grid");
    let draft = parse(&text, None).expect("no mistakes");
    let battle = draft.scenario(Earth::with_relief(EffectiveEarth::default(), Arc::new(relief)));
    let heights: Vec<f64> = battle.radars.iter().map(|radar| radar.antenna.height_m).collect();
    let truck_m = battle.radars[2].figures.antenna_height_m;
    assert_eq!(heights, [875.0, 874.0, 850.0 + truck_m]);
    assert!(battle.launchers.iter().all(|launcher| launcher.place.height_m == 850.0));
    assert_eq!(battle.assets[0].place.height_m, 855.0);
    let mean_m = heights.iter().sum::<f64>() / 3.0;
    assert!((battle.networks[0].origin.height_m - mean_m).abs() < 1e-9);
    assert!((battle.networks[0].origin.lat_deg() - 40.08).abs() < 0.02);
}

#[test]
fn masts_of_strangers_and_of_no_radars_are_refused() {
    let mast = |text: &str| only(&[(UNIT, &format!("masts = {{ {text} }}\n{UNIT}"))]);
    assert!(mast("\"96L7E\" = 24").hint.unwrap().contains("96l6e"));
    assert!(mast("\"Su-24\" = 24").reason.contains("no member of this unit"));
    assert!(mast("\"55K6E\" = 24").reason.contains("is no radar"));
    assert!(mast("\"96L6E\" = 0").reason.contains("0 is not between 0.5 and 300 m"));
}

#[test]
fn a_unit_without_its_radars_is_refused() {
    let without = |text: &str| (UNIT, format!("without = [{text}]\n{UNIT}"));
    let (old, new) = without("\"91N6E\", \"96L6E\", \"92N6E\"");
    assert_eq!(only(&[(old, &new)]).reason, "this unit has no radar");
    let (old, new) = without("\"92N6E\"");
    assert!(only(&[(old, &new)]).reason.contains("launchers but no engagement radar"));
    let (old, new) = without("\"55K6E\"");
    let problem = only(&[(old, &new)]);
    assert_eq!(problem.reason, "no command post belongs to `national`");
    assert_eq!(problem.field, "network[0].name");
    let (old, new) = without("\"91N6E\"");
    assert_eq!(scenario(&small(&[(old, &new)]), None).radars.len(), 2);
    let (old, new) = without("\"92N6E\", \"TEL\"");
    let watch = scenario(&small(&[(old, &new)]), None);
    assert!(watch.units.is_empty() && watch.radars.len() == 2);
}

#[test]
fn a_radar_that_stands_alone_joins_its_network() {
    let lone = "[[unit]]\nname = \"Hill\"\ncard = \"Gamma-DE\"\nat = [41, 33]\n\
                network = \"national\"\n[[asset]]";
    let battle = scenario(&small(&[("[[asset]]", lone)]), None);
    let radar = battle.radars.last().unwrap();
    assert_eq!((radar.name.as_str(), radar.unit), ("Hill/67N6E", None));
    let problem = only(&[("[[asset]]", &lone.replace("Gamma-DE", "92N6E"))]);
    assert!(problem.reason.contains("needs a battalion"), "{problem}");
    let loads = lone.replace("at =", "loads = [{ missile = \"48N6E3\" }]\nat =");
    assert!(only(&[("[[asset]]", &loads)]).reason.contains("only a battalion"));
}

#[test]
fn a_network_needs_a_unit_with_a_radar() {
    let second = "[[network]]\nname = \"idle\"\nweapons = \"hold\"\n[[unit]]";
    let problem = only(&[("[[unit]]", second)]);
    assert_eq!(problem.reason, "no unit with a radar belongs to `idle`");
    assert!(problem.hint.unwrap().contains("network = \"idle\""));
}

#[test]
fn a_network_of_radars_alone_names_its_post() {
    let watch = |post: &str| {
        format!(
            "[[network]]\nname = \"ew\"\nweapons = \"hold\"\n{post}[[unit]]\nname = \"Hill\"\n\
             card = \"67N6E\"\nat = [41, 33]\nnetwork = \"ew\"\n[[unit]]"
        )
    };
    let problem = only(&[("[[unit]]", &watch(""))]);
    assert_eq!(problem.reason, "no command post belongs to `ew`");
    assert!(problem.hint.unwrap().contains("post = \"s-400/55k6e\""));
    let battle = scenario(&small(&[("[[unit]]", &watch("post = \"s-400/55k6e\"\n"))]), None);
    assert_eq!(battle.networks.len(), 2);
    assert_eq!(battle.networks[1].post, battle.networks[0].post);
    // Nothing but the radar and its post: nobody could fire, but there is a picture.
    let alone = small(&[
        ("weapons = \"free\"", "weapons = \"hold\"\npost = \"s-400/55k6e\""),
        ("card = \"S-400\"", "card = \"67N6E\""),
    ]);
    let battle = scenario(&alone, None);
    assert_eq!((battle.networks.len(), battle.radars.len(), battle.units.len()), (1, 1, 0));
    assert_eq!(battle.radars[0].card, "s-400/67n6e");
    let wrong = only(&[("weapons = \"free\"", "weapons = \"free\"\npost = \"Su-24\"")]);
    assert_eq!(wrong.field, "network[0].post");
    assert!(wrong.reason.contains("of kind air"), "{wrong}");
}

#[test]
fn a_radius_at_fault_is_not_blamed_on_routes() {
    for bad in ["radius_km = -5", "radius_km = 5000"] {
        let asset = format!("at = [39.93, 32.86]\n{bad}\n[[flight]]");
        let end = ("{ at = [39.93, 32.86] },\n]", "{ at = [39.93, 33.0] },\n]");
        let problem = only(&[("at = [39.93, 32.86]\n[[flight]]", &asset), end]);
        assert_eq!(problem.field, "asset[0].radius_km");
    }
}

#[test]
fn cards_of_the_wrong_kind_and_of_no_kind_are_refused() {
    let problem = only(&[("card = \"S-400\"", "card = \"Su-24\"")]);
    assert!(problem.reason.contains("of kind air, not battalion or radar"), "{problem}");
    let problem = only(&[("card = \"Su-24\"", "card = \"S-400\"")]);
    assert!(problem.hint.unwrap().contains("air/a320"));
    let problem = only(&[("card = \"Su-24\"", "card = \"Su-25\"")]);
    assert!(problem.hint.unwrap().starts_with("did you mean `air/su-24`"));
}

#[test]
fn loads_of_the_scenario_replace_those_of_the_card() {
    let loads = |text: &str| format!("loads = [{text}]\n{UNIT}");
    let some =
        loads("{ missile = \"9M96E2\", launchers = 2, rounds = 12 }, { missile = \"40N6E\" }");
    let battle = scenario(&small(&[(UNIT, &some)]), None);
    let cards: Vec<&str> = battle.interceptors.iter().map(|i| i.card.as_str()).collect();
    assert_eq!(cards, ["s-400/9m96e2", "s-400/40n6e"]);
    assert_eq!(battle.launchers[0].load, [(0, 12)]);
    assert_eq!(battle.launchers[2].load[0].0, 1);
    let problem = only(&[(UNIT, &loads("{ missile = \"48N6E3\", rounds = 400 }"))]);
    assert!(problem.reason.contains("400 rounds do not fit"), "{problem}");
    let problem = only(&[(UNIT, &loads("{ missile = \"48N6E3\", launchers = 100 }"))]);
    assert!(problem.reason.contains("launchers too few"), "{problem}");
    let problem = only(&[(UNIT, &loads("{ missile = \"Su-24\" }"))]);
    assert!(problem.reason.contains("of kind air, not missile"), "{problem}");
}

#[test]
fn figures_are_read_from_a_rival_claim_or_a_number() {
    let figures = |text: &str| small(&[]) + "[figures.\"s-400/48n6e3\"]\n" + text;
    let usual = scenario(&small(&[]), None);
    let brochure = scenario(&figures("kill_probability_aircraft = \"brochure\""), None);
    let nominal = |battle: &super::Scenario| {
        let long = battle.interceptors.iter().find(|i| i.card == "s-400/48n6e3").unwrap();
        long.figures.kill_probability(crate::card::TargetClass::Aircraft).nominal_prob
    };
    assert!(nominal(&brochure) > nominal(&usual));
    assert_eq!(nominal(&scenario(&figures("kill_probability_aircraft = 0.5"), None)), 0.5);
    let cases = [
        ("kill_probability_aircraft = \"brochur\"", "its claims are", 1),
        ("kill_probabilty_aircraft = \"brochure\"", "did you mean `kill_probability_aircraft`", 1),
        ("kill_probability_aircraft = 1.5", "between 0 and 1", 1),
        ("max_range = -3", "above 0", 1),
        ("max_range = true", "", 1),
        ("guidance = 3", "choose one of its claims", 1),
    ];
    for (text, hint, count) in cases {
        let found = problems(&figures(text));
        assert_eq!(found.list.len(), count, "{found}");
        let shown = found.list[0].hint.clone().unwrap_or_default();
        assert!(shown.contains(hint), "{found}");
    }
    let stranger = small(&[]) + "[figures.\"s-500\"]\nmax_range = 1\n";
    assert!(problems(&stranger).list[0].reason.contains("no card answers to `s-500`"));
}

#[test]
fn the_environment_sets_the_effective_earth() {
    let environment =
        |text: &str| small(&[("[[network]]", &format!("[environment]\n{text}\n[[network]]"))]);
    let factor = |text: &str| {
        let draft = parse(&environment(text), None).expect("no mistakes");
        draft.effective_earth().radius_m / redan_geo::MEAN_RADIUS_M
    };
    assert!((factor("earth_factor = 1.2") - 1.2).abs() < 1e-12);
    assert!((factor("surface_refractivity = 313") - 1.4).abs() < 0.01);
    assert!((factor("") - 4.0 / 3.0).abs() < 1e-12);
    for bad in ["earth_factor = 0", "surface_refractivity = 700"] {
        assert_eq!(problems(&environment(bad)).list.len(), 1);
    }
    let both = problems(&environment("earth_factor = 1.2\nsurface_refractivity = 313"));
    assert!(both.list[0].reason.contains("both given"));
}

#[test]
fn assets_have_a_place_a_radius_and_a_weight_in_range() {
    let battle = scenario(&small(&[]), None);
    assert_eq!((battle.assets[0].radius_m, battle.assets[0].weight), (10_000.0, 1.0));
    for bad in ["radius_km = 0", "radius_km = 5000", "weight = -1", "height_m = -5"] {
        let asset = format!("at = [39.93, 32.86]\n{bad}\n[[flight]]");
        only(&[("at = [39.93, 32.86]\n[[flight]]", &asset)]);
    }
}
