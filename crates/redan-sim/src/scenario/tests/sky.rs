//! Flights: heights, speeds, times and places in the formation, and what is refused.

use redan_geo::{Geodetic, Leg, Time};

use super::{only, parse, scenario, small};
use crate::scenario::{Height, Mode};

const FIRST: &str = "{ at = [42.0, 33.0], altitude_m = 6000, speed_m_s = 250 }";
const CARD: &str = "card = \"Su-24\"";

/// The only problem with the first point written so.
fn first(point: &str) -> String {
    only(&[(FIRST, &format!("{{ at = [42.0, 33.0], {point} }}"))]).to_string()
}

#[test]
fn heights_and_speeds_hold_on_from_point_to_point() {
    let route = "route = [
        { at = [42.0, 33.0], flight_level = 100, speed_kt = 360 },
        { at = [41.5, 33.0] },
        { at = [41.0, 33.0], agl_m = 50 },
        { at = [39.93, 32.86], speed_m_s = 200 },
    ]";
    let (before, _) =
        small(&[]).split_once("route = ").map(|(a, b)| (a.to_string(), b.len())).unwrap();
    let aircraft = scenario(&(before + route), None).aircraft.remove(0);
    let heights: Vec<Height> = aircraft.route.iter().map(|point| point.height).collect();
    let level = Height::Msl(3_048.0);
    assert_eq!(heights, [level, level, Height::Agl(50.0), Height::Agl(50.0)]);
    let speeds: Vec<f64> = aircraft.route.iter().map(|point| point.speed_m_s).collect();
    assert_eq!(speeds, [185.2, 185.2, 185.2, 200.0]);
}

#[test]
fn the_card_gives_height_and_speed_where_the_author_does_not() {
    let plain = (FIRST, "{ at = [42.0, 33.0] }");
    let jet = scenario(&small(&[plain]), None).aircraft.remove(0);
    assert_eq!(jet.route[0].height, Height::Msl(jet.figures.typical_altitude_m));
    assert_eq!(jet.route[1].speed_m_s, jet.figures.typical_speed_m_s);
    let missile = scenario(&small(&[plain, (CARD, "card = \"Tomahawk\"")]), None);
    let missile = &missile.aircraft[0];
    assert_eq!(missile.route[0].height, Height::Agl(missile.figures.typical_altitude_m));
}

#[test]
fn members_fly_abreast_of_the_route() {
    let text = small(&[(
        CARD,
        "card = \"Su-24\"\ncount = 4\nspacing_m = 100\ntransponder = [\"mode5\", \"civil\", \"civil\"]",
    )]);
    let aircraft = scenario(&text, None).aircraft;
    let offsets: Vec<f64> = aircraft.iter().map(|a| a.offset_right_m).collect();
    assert_eq!(offsets, [-150.0, -50.0, 50.0, 150.0]);
    assert_eq!(aircraft[3].name, "raid-4");
    assert_eq!(aircraft[3].flight, "raid");
    assert_eq!(aircraft[0].transponder.modes, [Mode::Civil, Mode::Mode5]);
}

#[test]
fn a_time_on_target_sets_the_start() {
    let leg = Leg::new(
        Geodetic::from_degrees(42.0, 33.0, 0.0),
        Geodetic::from_degrees(39.93, 32.86, 0.0),
    );
    let takes_s = leg.length_m() / 250.0;
    let text = small(&[(CARD, "card = \"Su-24\"\narrive_s = 1000")]);
    let start = scenario(&text, None).aircraft[0].start;
    assert_eq!(start, Time::from_secs(1_000.0 - takes_s));
    let problem = only(&[(CARD, "card = \"Su-24\"\narrive_s = 500")]);
    assert!(problem.reason.contains(&format!("the route takes {takes_s:.0} s")), "{problem}");
    let hint = problem.hint.unwrap();
    assert!(hint.contains(&format!("arrive at {:.0} or later", takes_s.ceil())), "{hint}");
    let problem = only(&[(CARD, "card = \"Su-24\"\narrive_s = 1000\nstart_s = 0")]);
    assert!(problem.reason.contains("both given"), "{problem}");
}

#[test]
fn a_flight_outside_the_battle_is_refused() {
    let problem = only(&[(CARD, "card = \"Su-24\"\nstart_s = 1800")]);
    assert!(problem.reason.contains("the battle ends at 1800 s"), "{problem}");
    let problem = only(&[(CARD, "card = \"Su-24\"\nstart_s = -1")]);
    assert!(problem.reason.contains("before the battle"), "{problem}");
    let problem = only(&[(CARD, "card = \"Su-24\"\narrive_s = 90000")]);
    assert!(problem.reason.contains("but the battle ends"), "{problem}");
}

#[test]
fn speeds_and_heights_out_of_this_world_are_refused() {
    assert!(first("speed_m_s = 0").contains("a speed must be above 0, not 0"));
    assert!(first("speed_kt = -400").contains("a speed must be above 0, not -400"));
    assert!(first("speed_m_s = 10000").contains("no speed below 10 km/s"));
    assert!(first("speed_m_s = 200, speed_kt = 400").contains("a speed is given twice"));
    assert!(first("altitude_m = 100, agl_m = 50").contains("a height is given twice"));
    assert!(first("agl_m = -1").contains("inside the Earth"));
    assert!(first("altitude_m = -501").contains("not between -500 and 100000 m"));
    assert!(first("altitude_m = 100001").contains("not between -500 and 100000 m"));
    assert!(first("flight_level = 9000").contains("not between 0 and 3000 hundred feet"));
    assert!(first("altitude_m = nan").contains("not a finite number"));
}

#[test]
fn heights_and_speeds_that_the_card_does_not_allow_are_refused() {
    let high = first("altitude_m = 12200");
    assert!(high.contains("max_altitude is 11000 m"), "{high}");
    assert!(high.contains("name another card, or set max_altitude under [figures.\"air/su-24\"]"));
    assert!(first("agl_m = 12200").contains("max_altitude is 11000 m"));
    assert!(first("flight_level = 410").contains("12497 m is above the ceiling of air/su-24"));
    assert!(first("speed_m_s = 410").contains("max_speed is 370 m/s"));
    assert!(first("speed_kt = 3600").contains("1852 m/s is too fast for air/su-24"));
    assert!(first("speed_m_s = 66").contains("min_speed is 200 m/s"));
    for fits in ["altitude_m = 12000", "speed_m_s = 400", "speed_m_s = 67"] {
        let point = format!("{{ at = [42.0, 33.0], {fits} }}");
        scenario(&small(&[("duration_min = 30", "duration_min = 90"), (FIRST, &point)]), None);
    }
    let own = small(&[(FIRST, "{ at = [42.0, 33.0], speed_m_s = 600 }")]);
    scenario(&(own + "[figures.\"air/su-24\"]\nmax_speed = 600\n"), None);
}

#[test]
fn a_release_before_the_first_point_is_refused() {
    let problem = only(&[(CARD, &format!("{CARD}\nrelease_km = 240"))]);
    assert_eq!(problem.field, "flight[0].release_km");
    assert!(problem.reason.contains("begins 230 km from `Ankara`"), "{problem}");
    scenario(&small(&[(CARD, &format!("{CARD}\nrelease_km = 225"))]), None);
}

#[test]
fn places_far_from_all_others_are_taken_for_swapped() {
    let unit = only(&[("at = [40.08, 32.57]", "at = [32.57, 60.08]")]);
    assert_eq!(unit.field, "unit[0].at");
    assert_eq!(unit.hint.as_deref(), Some("latitude comes first: [lat, lon]"));
    let route = only(&[("at = [42.0, 33.0]", "at = [33.0, 52.0]")]);
    assert_eq!(route.field, "flight[0].route[0].at");
    let last = only(&[("{ at = [39.93, 32.86] },\n]", "{ at = [12.86, 39.93] },\n]")]);
    assert_eq!(last.field, "flight[0].route[1].at");
    let asset = only(&[("at = [39.93, 32.86]\n[", "at = [2.86, 39.93]\n[")]);
    assert_eq!(asset.field, "asset[0].at");
}

#[test]
fn routes_need_two_points_that_differ() {
    let end = ",\n  { at = [39.93, 32.86] },\n]";
    assert!(only(&[(end, ",\n]")]).reason.contains("fewer than two points"));
    let problem = only(&[(
        end,
        ",\n  { at = [42.0, 33.0], altitude_m = 9 },\n  { at = [39.93, 32.86] },\n]",
    )]);
    assert_eq!(problem.field, "flight[0].route[1]");
    assert!(problem.reason.contains("the same as the one before"), "{problem}");
}

#[test]
fn counts_cross_sections_and_releases_are_in_range() {
    for (field, reason) in [
        ("count = 0", "0 is not between 1 and 500"),
        ("count = 501", "501 is not between 1 and 500"),
        ("spacing_m = -1", "-1 is not between 0 and 50000 m"),
        ("rcs_m2 = 0", "0 is not between"),
        ("release_km = -1", "-1 is not between 0 and 2000 km"),
        ("transponder = [\"mode6\"]", "the word `mode6` is not known"),
    ] {
        let problem = only(&[(CARD, &format!("{CARD}\n{field}"))]);
        assert!(problem.reason.contains(reason), "{problem}");
    }
    let many = "[[flight]]\nname = \"NAME\"\ncard = \"Su-24\"\nside = \"hostile\"\ncount = 500\n\
                route = [{ at = [40, 32] }, { at = [40, 33] }]\n";
    let swarm: String = (0..21).map(|n| many.replace("NAME", &format!("swarm {n}"))).collect();
    let found = parse(&(small(&[]) + &swarm), None).unwrap_err();
    assert!(found.list[0].reason.contains("are more than 10000"), "{found}");
}

#[test]
fn a_route_must_lead_to_its_target() {
    let astray = [("{ at = [39.93, 32.86] },\n]", "{ at = [41.0, 32.86] },\n]")];
    assert!(only(&astray).reason.contains("119 km from `Ankara`"));
    let release = [astray[0], (CARD, "card = \"Su-24\"\nrelease_km = 100")];
    assert!(only(&release).reason.contains("never comes within 100 km"));
    let release = [astray[0], (CARD, "card = \"Su-24\"\nrelease_km = 120")];
    assert_eq!(scenario(&small(&release), None).aircraft[0].release_m, 120_000.0);
    assert_eq!(scenario(&small(&[]), None).aircraft[0].target, Some(0));
}

#[test]
fn a_cross_section_of_the_scenario_holds_from_all_sides_and_in_all_bands() {
    let aircraft =
        scenario(&small(&[(CARD, "card = \"F-16\"\nrcs_m2 = 0.02")]), None).aircraft.remove(0);
    let rcs = aircraft.figures.rcs;
    assert_eq!([rcs.nose_rcs_m2, rcs.side_rcs_m2, rcs.tail_rcs_m2], [0.02; 3]);
    assert!(aircraft.figures.rcs_vhf.is_none());
}
