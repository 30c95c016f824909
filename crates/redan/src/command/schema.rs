//! `redan schema`: the JSON Schema of scenario files, for editors that complete and check.

use crate::exit;
use crate::output::print_line;

/// Prints the schema.
pub(crate) fn run() -> anyhow::Result<u8> {
    print_line(&serde_json::to_string_pretty(&redan_sim::scenario::schema())?)?;
    Ok(exit::OK)
}
