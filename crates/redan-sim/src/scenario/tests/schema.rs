//! The schema that editors read agrees with the reader, and the committed copy is current.

use serde_json::{Value, json};

use super::first_look::TEXT;
use super::{only, scenario, small};
use crate::scenario::overlay::{LISTS, MAY_BE_NEW};
use crate::scenario::schema;

const COMMITTED: &str = include_str!("../../../../../scenarios/scenario.schema.json");

fn properties(schema: &Value) -> Vec<String> {
    let fields = schema["properties"].as_object().expect("an object has properties");
    fields.keys().cloned().collect()
}

#[test]
fn the_committed_schema_is_current() {
    let current = serde_json::to_string_pretty(&schema()).expect("a schema is JSON") + "\n";
    assert!(
        current == COMMITTED,
        "scenarios/scenario.schema.json is not current; write it again with `redan schema`"
    );
}

#[test]
fn the_reader_knows_exactly_the_fields_of_the_schema() {
    // The reader lists what it knows when it is asked for a field that nobody knows.
    let schema = schema().to_value();
    let places = [
        ("Unit", "[[unit]]", "unit[0].zzzzzzzz"),
        ("Network", "[[network]]", "network[0].zzzzzzzz"),
        ("Flight", "[[flight]]", "flight[0].zzzzzzzz"),
        ("Asset", "[[asset]]", "asset[0].zzzzzzzz"),
    ];
    for (name, header, field) in places {
        let problem = only(&[(header, &format!("{header}\nzzzzzzzz = 1"))]);
        assert_eq!(problem.field, field);
        assert_eq!(known(&problem.hint), sorted(properties(&schema["$defs"][name])), "{name}");
    }
    let problem = only(&[("title = ", "zzzzzzzz = 1\ntitle = ")]);
    assert_eq!(known(&problem.hint), sorted(properties(&schema)));
    let problem = only(&[("{ at = [42.0, 33.0],", "{ zzzzzzzz = 1, at = [42.0, 33.0],")]);
    assert_eq!(known(&problem.hint), sorted(properties(&schema["$defs"]["Waypoint"])));
    let problem = only(&[("[[network]]", "[environment]\nzzzzzzzz = 1\n[[network]]")]);
    assert_eq!(known(&problem.hint), sorted(properties(&schema["$defs"]["Environment"])));
}

fn known(hint: &Option<String>) -> Vec<String> {
    let hint = hint.as_deref().expect("the reader lists its fields");
    let names = hint.strip_prefix("known here: ").expect("no field is near");
    sorted(names.split(", ").map(str::to_string).collect())
}

fn sorted(mut names: Vec<String>) -> Vec<String> {
    names.sort();
    names
}

#[test]
fn paths_of_variants_know_the_top_of_the_file() {
    let mut known: Vec<String> = LISTS.iter().chain(&MAY_BE_NEW).map(|n| n.to_string()).collect();
    known.push("variants".to_string());
    assert_eq!(sorted(known), sorted(properties(&schema().to_value())));
}

#[test]
fn every_field_is_documented_and_nothing_may_be_null() {
    let schema = schema().to_value();
    let tables = schema["$defs"].as_object().expect("definitions");
    for (name, table) in tables.iter().map(|(n, t)| (n.as_str(), t)).chain([("File", &schema)]) {
        for (field, entry) in table["properties"].as_object().into_iter().flatten() {
            assert!(entry["description"].is_string(), "{name}.{field} has no description");
        }
    }
    assert!(!schema.to_string().contains("null"), "{schema}");
    assert_eq!(schema["$defs"]["Weapons"]["enum"], json!(["hold", "tight", "free"]));
    assert_eq!(schema["required"], json!(["title", "question", "start", "duration_min"]));
}

#[test]
fn a_file_may_use_every_field_of_the_schema() {
    let text = small(&[
        (
            "duration_min = 30",
            "duration_min = 30\nsample_s = 2.5\nterrain = \"smooth\"\nenvironment = { surface_refractivity = 320 }",
        ),
        (
            "weapons = \"free\"",
            "weapons = \"free\"\ntracker = \"nearest\"\ndoctrine = \"shoot-look-shoot\"\nsalvo = 1\nassignment = \"near-exact\"\nreserve = 2\nreads = [\"civil\"]\n\
             engage_approaching = true\nsilent_interrogations = 4\nsilence_means = \"hostile\"\npost = \"55K6E\"",
        ),
        (
            "network = \"national\"",
            "network = \"national\"\nheading_deg = 10\nfires_deg = [300, 60]\nmasts = { 96L6E = 24 }\nwithout = [\"91N6E\"]\n\
             loads = [{ missile = \"48N6E3\", launchers = 2, rounds = 3 }]",
        ),
        (
            "at = [39.93, 32.86]\n[",
            "at = [39.93, 32.86]\nheight_m = 0\nradius_km = 5\nweight = 2\n[",
        ),
        (
            "side = \"hostile\"",
            "side = \"hostile\"\ncount = 2\nspacing_m = 10\nstart_s = 5\nrelease_km = 3\n\
             transponder = []\nrcs_m2 = 2.0",
        ),
    ]);
    let battle = scenario(&text, None);
    assert_eq!((battle.networks[0].firing.salvo, battle.radars.len()), (1, 2));
    assert_eq!(battle.launchers.iter().filter(|l| !l.load.is_empty()).count(), 2);
    assert!(TEXT.contains("flight_level") && TEXT.contains("arrive_s"));
}
