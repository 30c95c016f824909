//! `redan schema`: what editors read is what redan reads.

use crate::common::{Desk, FIRST_LOOK};

#[test]
fn the_schema_is_the_one_beside_the_scenarios() {
    let said = Desk::new().say(&["schema"]);
    let printed = said.json();
    let path = FIRST_LOOK.replace("first-look.toml", "scenario.schema.json");
    let kept = std::fs::read_to_string(path).expect("it comes with redan");
    assert_eq!(printed, serde_json::from_str::<serde_json::Value>(&kept).expect("it is JSON"));
    assert_eq!(said.out.trim_end(), kept.trim_end(), "only the layout differs");
    assert!(printed["properties"]["flight"].is_object(), "{printed}");
}
