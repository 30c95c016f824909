//! JSON Schema of scenario files, for editors that complete and check while one types.

use schemars::transform::{RecursiveTransform, Transform};
use schemars::{Schema, SchemaGenerator};

use super::file::File;

/// JSON Schema (draft 2020-12) of a scenario file.
///
/// It knows fields, types and closed sets of words; references between names, cards and claims, and
/// everything that depends on two fields, is checked by [`super::Draft`] alone.
pub fn schema() -> Schema {
    let mut schema = SchemaGenerator::default().into_root_schema_for::<File>();
    schema.insert("title".to_string(), "redan scenario".into());
    RecursiveTransform(without_null).transform(&mut schema);
    schema
}

/// TOML has no null: a field that may be left out is simply not required.
fn without_null(schema: &mut Schema) {
    if let Some(kinds) = schema.get_mut("type").and_then(|kind| kind.as_array_mut()) {
        kinds.retain(|kind| kind != "null");
        if let [only] = kinds.as_slice() {
            let only = only.clone();
            schema.insert("type".to_string(), only);
        }
    }
    let Some(choices) = schema.get_mut("anyOf").and_then(|choices| choices.as_array_mut()) else {
        return;
    };
    choices.retain(|choice| choice.get("type").is_none_or(|kind| kind != "null"));
    if let [only] = choices.as_slice()
        && let Some(reference) = only.get("$ref").cloned()
    {
        schema.remove("anyOf");
        schema.insert("$ref".to_string(), reference);
    }
}
