//! What a file says of identification: mistakes are found, and what is right is understood.

use redan_geo::{Span, Time};
use redan_track::Mode;

use super::super::{Scenario, WhenCut};
use super::{only, scenario, small};

const NETWORK: &str = "weapons = \"free\"";
const TABLE: &str = "weapons = \"free\"\n[network.identification]\nalert = \"tension\"";
const CARD: &str = "card = \"Su-24\"";

/// The small scenario with more tables at its end.
fn with(more: &str) -> Scenario {
    scenario(&format!("{}{more}", small(&[(NETWORK, TABLE)])), None)
}

#[test]
fn mistakes_in_the_table_of_a_network_are_found() {
    for (field, reason) in [
        ("hostile_codes = [\"1100\"]", "is no mode with a code"),
        ("hostile_codes = [\"mode2/1189\"]", "is no code"),
        ("hostile_codes = [\"mode6/1100\"]", "the mode `mode6` is not known"),
        ("knows = [\"A59\"]", "the airspace or flight plan `A59` is not known"),
        ("patterns = [\"drone\"]", "the pattern `drone` is not known"),
        ("told_by = [\"national\"]", "this is the network itself"),
        ("told_by = [\"other\"]", "the network `other` is not known"),
        ("friends_read_ratio = 2", "2 is not between 0 and 1"),
        ("bias_db = 50", "50 is not between -40 and 40"),
        ("prior = { friend = 0, neutral = 0, hostile = 0 }", "one of the three must be above 0"),
        ("thresholds = { hostile = 0.3 }", "contradict each other"),
        ("weights = \"S-400\"", "is a card of kind"),
        ("stress = \"some\"", "the word `some` is not known"),
    ] {
        let problem = only(&[(NETWORK, &format!("{TABLE}\n{field}"))]);
        assert!(problem.reason.contains(reason), "{field}: {problem}");
    }
}

#[test]
fn modes_in_the_clear_need_a_table() {
    let problem = only(&[(NETWORK, &format!("{NETWORK}\nreads = [\"mode2\"]"))]);
    assert!(problem.reason.contains("mode2 says nothing by itself"), "{problem}");
    assert!(problem.hint.is_some());
}

#[test]
fn codes_must_be_octal_and_of_a_mode_that_answers() {
    for (field, reason) in [
        ("transponder = [\"civil\"]\ncodes = { civil = \"678\" }", "is no code"),
        ("transponder = [\"civil\"]\ncodes = { mode2 = \"1100\" }", "does not answer, mode2"),
        ("transponder = [\"mode4\"]\ncodes = { mode4 = \"1100\" }", "a secure mode has no code"),
    ] {
        let problem = only(&[(CARD, &format!("{CARD}\n{field}"))]);
        assert!(problem.reason.contains(reason), "{field}: {problem}");
    }
}

#[test]
fn airspaces_plans_and_consent_are_resolved() {
    let more = "
[[network]]
name = \"sector\"
weapons = \"hold\"
post = \"s-400/55k6e\"
[network.consent]
from = \"national\"
delay_s = 4
down_min = [[1, 2]]
when_cut = \"fire\"
[[unit]]
name = \"radar\"
card = \"96L6E\"
at = [40.1, 32.6]
network = \"sector\"
[[airspace]]
name = \"A1\"
kind = \"airway\"
points = [[40.0, 32.0], [41.0, 33.0]]
half_width_km = 9.26
active_min = [[0, 30]]
weapons = \"hold\"
[[plan]]
name = \"TK1\"
points = [[40.0, 32.0], [41.0, 33.0]]
departs_min = 5
speed_kt = 360
code = \"1234\"
";
    let scenario = with(more);
    let own = scenario.networks[0].identification.as_ref().expect("the table is there");
    assert_eq!((own.airspaces.as_slice(), own.plans.as_deref()), (&[0][..], Some(&[0][..])));
    let zone = &scenario.order.airspaces[0];
    assert!((zone.half_width_m - 9_260.0).abs() < 1e-6 && zone.weapons.is_some());
    assert_eq!(zone.active, [(Time::ZERO, Time::from_secs(1_800.0))]);
    let plan = &scenario.order.plans[0];
    assert!((plan.speed_m_s - 185.2).abs() < 1e-9);
    assert_eq!((plan.code, plan.window), (Some(0o1234), Span::from_secs(900.0)));
    let consent = scenario.networks[1].consent.as_ref().expect("it asks");
    assert_eq!((consent.from, consent.when_cut), (0, WhenCut::Fire));
}

#[test]
fn transponders_have_codes_keys_and_times() {
    let field = "transponder = [\"civil\", \"mode4\"]\ncodes = { civil = \"6760\" }\nkeys = \"nato\"\n\
                 transponder_off_min = [[1, 2]]\nsecure_fails = true";
    let scenario = scenario(&small(&[(CARD, &format!("{CARD}\n{field}"))]), None);
    let transponder = &scenario.aircraft[0].transponder;
    assert_eq!(transponder.modes, [Mode::Civil, Mode::Mode4]);
    assert_eq!(transponder.codes, [(Mode::Civil, 0o6760)]);
    assert_eq!((transponder.keys.as_str(), transponder.secure_fails), ("nato", Some(true)));
    assert_eq!(transponder.off, [(Time::from_secs(60.0), Time::from_secs(120.0))]);
}
