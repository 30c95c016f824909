//! Identification in whole battles: who can read whom, read gates, a turned north, zones, consent, and that a
//! recording says why.

mod common;

use common::{AIRLINER, aircraft, battle, of_kind, play};
use redan_command::Reason;
use redan_record::{Answered, Event, Kind, Recording, What};
use redan_track::{Answer, Finding, Identity, Mode, Reply};

/// A search radar and a fire unit at one place, and what the network says of identification.
fn defence(network: &str, table: &str, unit: &str) -> String {
    format!(
        "title = \"Small\"\nquestion = \"Who is it?\"\nstart = 2026-05-12T04:00:00Z\n\
         duration_min = 6\nterrain = \"smooth\"\n[environment]\npropagation = \"line-of-sight\"\n\
         [[network]]\nname = \"own\"\nengage_approaching = true\n{network}\n\
         [network.identification]\nalert = \"tension\"\ncrews_differ = false\n{table}\n\
         [[unit]]\nname = \"unit\"\ncard = \"sam/patriot\"\nat = [40.08, 32.57]\nheading_deg = 10\n\
         network = \"own\"\n{unit}\n"
    )
}

/// A friend that comes towards the unit and answers in mode 4 with a key of the alliance.
const FRIEND: &str = r#"
[[flight]]
name = "friend"
card = "F-16"
side = "friendly"
transponder = ["mode4"]
keys = "alliance"
secure_fails = false
route = [
    { at = [40.60, 32.70], altitude_m = 6000, speed_m_s = 220 },
    { at = [40.00, 32.55] },
]
"#;

/// A crew that takes what turns up for an enemy.
const WARY: &str = "prior = { friend = 0.1, neutral = 0.1, hostile = 0.8 }";

/// Identities of all judgements in order.
fn identities(recording: &Recording) -> Vec<Identity> {
    let judged = of_kind(recording, Kind::Identified);
    let identity = |event: &&Event| match event.what {
        What::Identified { identity, .. } => Some(identity),
        _ => None,
    };
    judged.iter().filter_map(identity).collect()
}

/// Findings of all items of evidence in order.
fn findings(recording: &Recording) -> Vec<Finding> {
    let found = of_kind(recording, Kind::Evidence);
    let finding = |event: &&Event| match event.what {
        What::Evidence { evidence, .. } => Some(evidence.finding),
        _ => None,
    };
    found.iter().filter_map(finding).collect()
}

fn played(text: &str) -> Recording {
    play(&battle(text), 1, 0)
}

#[test]
fn a_friend_is_read_by_who_holds_its_key_and_by_nobody_else() {
    let network = "weapons = \"free\"\nreads = [\"mode4\"]";
    let with_key = played(&(defence(network, "keys = [\"alliance\"]", "") + FRIEND));
    assert!(identities(&with_key).contains(&Identity::Friend));
    assert!(of_kind(&with_key, Kind::Ordered).is_empty());
    let without = played(&(defence(network, "keys = [\"other\"]", "") + FRIEND));
    assert!(findings(&without).contains(&Finding::SecureSilence));
    assert!(!identities(&without).contains(&Identity::Friend));
}

#[test]
fn modes_are_asked_in_turn_and_a_code_is_heard_as_it_is() {
    let airliner = AIRLINER.replace("[\"civil\"]", "[\"civil\"]\ncodes = { civil = \"6760\" }");
    let network = "weapons = \"tight\"\nreads = [\"mode4\", \"civil\"]";
    let recording = played(&(defence(network, "", "") + &airliner));
    let mut asked = [0_u32; 2];
    for event in of_kind(&recording, Kind::Plotted) {
        let What::Plotted { plot, origin: Some(_), .. } = event.what else { continue };
        match plot.reply {
            Reply::Asked { mode: Mode::Mode4, answer } => {
                asked[0] += 1;
                assert_eq!(answer, Answer::Nothing);
            }
            Reply::Asked { mode: Mode::Civil, answer } => {
                asked[1] += 1;
                assert!(matches!(answer, Answer::Nothing | Answer::Code(0o6760)), "{answer:?}");
            }
            other => panic!("{other:?}"),
        }
    }
    assert!(asked[0] > 10 && asked[0].abs_diff(asked[1]) <= 1, "{asked:?}");
    assert!(findings(&recording).contains(&Finding::CivilReply));
}

/// An airliner that takes off beside a parked fighter and flies away from it.
fn beside_a_fighter(held_s: u32, left_prob: f64) -> String {
    let table = format!("hostile_codes = [\"mode2/1100\"]\ngate_held_s = {held_s}");
    let network = "weapons = \"hold\"\nreads = [\"mode2\"]";
    defence(network, &table, "")
        + &format!(
            "[figures.\"iff/evidence\"]\ngate_left_low = {left_prob}\n\
             [[parked]]\nname = \"fighter\"\nat = [40.498, 32.57]\n\
             transponder = [\"mode2\"]\ncodes = {{ mode2 = \"1100\" }}\n[[flight]]\n\
             name = \"airliner\"\ncard = \"A320\"\nside = \"neutral\"\nroute = [\
             {{ at = [40.50, 32.57], altitude_m = 1500, speed_m_s = 120 }}, {{ at = [40.9, 32.57] }}]\n"
        )
}

#[test]
fn a_gate_that_is_left_hears_who_is_there_by_then() {
    let codes = |held_s, left_prob| {
        let recording = played(&beside_a_fighter(held_s, left_prob));
        let heard = of_kind(&recording, Kind::Plotted).into_iter().filter(|event| {
            matches!(event.what, What::Plotted { plot, .. }
                if plot.reply == Reply::Asked { mode: Mode::Mode2, answer: Answer::Code(0o1100) })
        });
        (heard.count(), findings(&recording).contains(&Finding::HostileCode))
    };
    let (follows, _) = codes(90, 0.0);
    let (left, is_hostile) = codes(90, 1.0);
    assert!(left > follows + 5 && is_hostile, "{left} against {follows}");
}

#[test]
fn a_turned_north_turns_the_picture_and_its_own_missiles_with_it() {
    let network = "weapons = \"free\"\nreads = [\"mode4\"]";
    let table = "prior = { friend = 0.01, neutral = 0.01, hostile = 0.98 }";
    let azimuths = |north: &str| {
        let recording = played(&(defence(network, table, north) + FRIEND));
        let met = of_kind(&recording, Kind::Resolved)
            .into_iter()
            .any(|event| matches!(event.what, What::Resolved { aircraft: Some(_), .. }));
        let first = of_kind(&recording, Kind::Plotted)[0];
        let What::Plotted { plot, .. } = first.what else { panic!("a plot") };
        (plot.measured.azimuth_rad, met)
    };
    let (straight_rad, met) = azimuths("");
    let (turned_rad, met_turned) = azimuths("north_error_deg = 107");
    let turn_rad = redan_geo::wrap_pi_rad(turned_rad - straight_rad);
    assert!((turn_rad - 107_f64.to_radians()).abs() < 1e-9, "{turn_rad}");
    assert!(met && met_turned, "missiles share the error and find their target");
}

#[test]
fn a_zone_holds_fire_inside_and_not_outside() {
    let network = "weapons = \"free\"\nreads = [\"mode4\"]";
    let zone = "[[airspace]]\nname = \"calm\"\nkind = \"engagement-zone\"\npoints = [[40.3, 32.6]]\n\
                half_width_km = 80\nweapons = \"hold\"\n";
    let free = played(&(defence(network, WARY, "") + FRIEND));
    assert!(!of_kind(&free, Kind::Ordered).is_empty());
    let held = played(&(defence(network, WARY, "") + zone + FRIEND));
    assert!(of_kind(&held, Kind::Ordered).is_empty());
    let is_hold =
        |event: &&Event| matches!(event.what, What::Withheld { reason: Reason::WeaponsHold, .. });
    assert!(of_kind(&held, Kind::Withheld).iter().any(is_hold));
}

/// A second network that must consent, with an alert of its own.
fn asked(down: &str, when_cut: &str, alert: &str) -> Recording {
    let network = "weapons = \"free\"\nreads = [\"mode4\"]";
    let text = defence(network, WARY, "").replacen(
        "[[unit]]",
        &format!(
            "[network.consent]\nfrom = \"higher\"\ndelay_s = 5\ndown_min = {down}\n\
             when_cut = \"{when_cut}\"\n[[network]]\nname = \"higher\"\nweapons = \"hold\"\n\
             reads = [\"mode4\"]\npost = \"sam/post\"\n[network.identification]\n\
             alert = \"{alert}\"\nkeys = [\"alliance\"]\ncrews_differ = false\n[[unit]]\n\
             name = \"far\"\ncard = \"sam/search-far\"\nat = [40.0, 32.4]\nnetwork = \"higher\"\n[[unit]]"
        ),
        1,
    );
    played(&(text + FRIEND))
}

fn answers(recording: &Recording) -> Vec<Answered> {
    let answered = |event: &&Event| match event.what {
        What::Consulted { answered, .. } => Some(answered),
        _ => None,
    };
    of_kind(recording, Kind::Consulted).iter().filter_map(answered).collect()
}

#[test]
fn an_order_waits_for_consent_and_a_cut_link_does_what_the_rules_say() {
    let refused = asked("[]", "hold", "tension");
    let is_refusal = |answer: &Answered| {
        matches!(answer, Answered::Refuses { identity: Identity::Friend | Identity::AssumedFriend })
    };
    assert!(answers(&refused).iter().any(is_refusal), "{:?}", answers(&refused));
    assert!(of_kind(&refused, Kind::Ordered).is_empty());
    let held = asked("[[0, 6]]", "hold", "tension");
    assert_eq!(answers(&held), [Answered::Cut { fires: false }]);
    assert!(of_kind(&held, Kind::Ordered).is_empty());
    let fired = asked("[[0, 6]]", "fire", "tension");
    assert_eq!(answers(&fired)[0], Answered::Cut { fires: true });
    assert!(!of_kind(&fired, Kind::Ordered).is_empty());
}

#[test]
fn what_another_network_knows_is_evidence() {
    let network = "weapons = \"free\"\nreads = [\"mode4\"]";
    let text = defence(network, "told_by = [\"higher\"]", "").replacen(
        "[[unit]]",
        "[[network]]\nname = \"higher\"\nweapons = \"hold\"\nreads = [\"mode4\"]\n\
         post = \"sam/post\"\n[network.identification]\nalert = \"tension\"\nkeys = [\"alliance\"]\n\
         [[unit]]\nname = \"far\"\ncard = \"sam/search-far\"\nat = [40.0, 32.4]\n\
         network = \"higher\"\n[[unit]]",
        1,
    );
    assert!(findings(&played(&(text + FRIEND))).contains(&Finding::ToldFriend));
}

#[test]
fn a_passive_receiver_tells_a_warplane_by_its_radar() {
    let text = defence("weapons = \"hold\"\nreads = [\"mode4\"]", "", "")
        + "[[unit]]\nname = \"ear\"\ncard = \"radar/1l267\"\nat = [40.09, 32.58]\nheading_deg = 10\n\
           network = \"own\"\n[[flight]]\nname = \"awacs\"\ncard = \"air/e-3\"\nside = \"hostile\"\n\
           route = [{ at = [41.0, 32.7], altitude_m = 9000 }, { at = [40.4, 32.6] }]\n";
    assert!(findings(&played(&text)).contains(&Finding::MilitaryEmitter));
}

#[test]
fn every_item_is_caused_by_the_one_before_it_and_an_order_by_all() {
    let network = "weapons = \"free\"\nreads = [\"mode4\"]";
    let recording = played(&(defence(network, WARY, "") + HIGH_HERE));
    let mut event = *of_kind(&recording, Kind::Ordered).first().expect("an order");
    let mut items = 0;
    while let Some(cause) = event.cause {
        event = &recording.events[cause.0 as usize];
        items += u32::from(event.what.kind() == Kind::Evidence);
    }
    assert!(items >= 5, "{items} items stand behind the order");
    assert_eq!(event.what.kind(), Kind::Appeared);
}

/// Fighters against the unit itself, since no asset is defended here.
const HIGH_HERE: &str = r#"
[[flight]]
name = "high"
card = "Su-24"
side = "hostile"
route = [
    { at = [40.90, 32.80], altitude_m = 6000, speed_m_s = 250 },
    { at = [40.00, 32.55] },
]
"#;

/// An aircraft that no radar sees draws nobody's luck: the evidence is the same to the last bit.
#[test]
fn luck_in_identification_belongs_to_names() {
    let network = "weapons = \"free\"\nreads = [\"mode4\", \"civil\"]";
    let table = "stress = \"high\"\ngate_held_s = 60";
    let far = "[[flight]]\nname = \"far away\"\ncard = \"A320\"\nside = \"neutral\"\n\
               transponder = [\"civil\"]\nroute = [{ at = [45.5, 32.0], altitude_m = 3000 }, \
               { at = [45.5, 33.5] }]\n";
    let text = defence(network, table, "").replace("crews_differ = false", "") + FRIEND;
    let alone = played(&text);
    let with_far = played(&text.replacen("[[flight]]", &format!("{far}[[flight]]"), 1));
    let items = |recording: &Recording| -> Vec<(redan_geo::Time, String)> {
        let events = recording.events.iter();
        let told = |event: &Event| match event.what {
            What::Evidence { evidence, hostile_prob, .. } => {
                Some((event.at, format!("{evidence:?} {}", hostile_prob.to_bits())))
            }
            What::Identified { identity, basis, .. } => {
                Some((event.at, format!("{identity:?} {basis:?}")))
            }
            _ => None,
        };
        events.filter_map(told).collect()
    };
    assert_eq!(items(&alone), items(&with_far));
    assert!(items(&alone).len() > 5);
    assert_eq!(aircraft(&alone, "friend").0 + 1, aircraft(&with_far, "friend").0);
}
