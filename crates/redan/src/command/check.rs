//! `redan check`: is a scenario file in order, with all its variants?

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use redan_sim::card::Library;
use redan_sim::scenario::{Draft, Outline, Problems};

use crate::exit;
use crate::output::{complain, print_line};
use crate::problems::{bad_scenario, shown};

/// Check scenario files and report all problems at once.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Scenario files.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Check the file with this variant alone; without it, with each of its variants in turn.
    #[arg(long)]
    variant: Option<String>,
}

/// Checks every file, and fails if one has problems.
pub(crate) fn run(args: &Args, library: &Library) -> anyhow::Result<u8> {
    let mut code = exit::OK;
    for file in &args.files {
        match checked(file, args.variant.as_deref(), library) {
            Ok(draft) => print_line(&summary(file, &draft))?,
            Err(problems) => {
                complain(&shown(&problems));
                code = exit::BAD_INPUT;
            }
        }
    }
    Ok(code)
}

/// Checks one file: what is in it, or all of its problems.
pub(crate) fn answer(args: &Args, library: &Library) -> anyhow::Result<serde_json::Value> {
    let mut lines = Vec::new();
    for file in &args.files {
        let draft = checked(file, args.variant.as_deref(), library).map_err(bad_scenario)?;
        lines.push(summary(file, &draft));
    }
    Ok(lines.into())
}

/// The file with a variant; without one, the file as it stands once all its variants are in order.
fn checked(file: &Path, variant: Option<&str>, library: &Library) -> Result<Draft, Problems> {
    let draft = Draft::read(file, variant, library)?.with_terrain_on_disk()?;
    if variant.is_some() {
        return Ok(draft);
    }
    let mut list = Vec::new();
    for (name, _) in draft.variants() {
        let outcome = Draft::parse(&file.display().to_string(), draft.text(), Some(name), library)
            .and_then(Draft::with_terrain_on_disk);
        let Err(problems) = outcome else { continue };
        list.extend(problems.list.into_iter().map(|mut problem| {
            problem.reason = format!("{} (in the variant `{name}`)", problem.reason);
            problem
        }));
    }
    if list.is_empty() {
        return Ok(draft);
    }
    list.sort_by_key(|problem| problem.span.as_ref().map_or(0, |span| span.start));
    Err(Problems { file: file.display().to_string(), text: draft.text().to_string(), list })
}

/// What is in the file, in one line.
fn summary(file: &Path, draft: &Draft) -> String {
    let Outline { networks, units, radars, launchers, rounds, flights, aircraft, assets, variants } =
        draft.outline();
    let mut text = format!("{}: in order: ", file.display());
    let parts = [
        counted(networks as u64, "network", "networks"),
        counted(units as u64, "fire unit", "fire units"),
        counted(radars as u64, "radar", "radars"),
        format!(
            "{} with {}",
            counted(launchers as u64, "launcher", "launchers"),
            counted(rounds, "round", "rounds")
        ),
        format!("{aircraft} aircraft in {}", counted(flights as u64, "flight", "flights")),
        counted(assets as u64, "asset", "assets"),
        counted(variants as u64, "variant", "variants"),
    ];
    let _ = write!(text, "{}", parts.join(", "));
    text
}

fn counted(count: u64, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST_LOOK: &str =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../scenarios/first-look.toml");

    #[test]
    fn the_first_look_is_in_order_and_summed_up() {
        let draft = checked(FIRST_LOOK.as_ref(), None, &Library::embedded());
        let line = summary("first-look.toml".as_ref(), &draft.expect("no problems"));
        assert!(line.contains("1 network, 1 fire unit, 3 radars"), "{line}");
        assert!(line.contains("18 aircraft in 11 flights, 2 assets"), "{line}");
    }

    #[test]
    fn relief_that_is_nowhere_is_a_problem_at_its_name() {
        let text = std::fs::read_to_string(FIRST_LOOK).expect("the file is there");
        let rough = text.replace("terrain = \"auto\"", "terrain = \"rough\"");
        let file = std::env::temp_dir().join(format!("redan-rough-{}.toml", std::process::id()));
        std::fs::write(&file, rough).expect("the folder for tests can be written");
        let outcome = checked(&file, None, &Library::embedded());
        std::fs::remove_file(&file).expect("it was written");
        let problems = outcome.expect_err("no relief is there");
        assert_eq!(problems.list.len(), 1, "{problems}");
        assert_eq!(problems.list[0].field, "terrain");
        assert!(problems.list[0].hint.as_deref().is_some_and(|hint| hint.contains("\"smooth\"")));
    }

    #[test]
    fn a_mistake_in_any_variant_is_found_and_the_variant_is_named() {
        let text = std::fs::read_to_string(FIRST_LOOK).expect("the file is there");
        let broken = text.replace(
            "{ \"network.national.weapons\" = \"hold\" }",
            "{ \"network.national.weapons\" = \"hold it\" }",
        );
        let file = std::env::temp_dir().join(format!("redan-check-{}.toml", std::process::id()));
        std::fs::write(&file, broken).expect("the folder for tests can be written");
        let outcome = checked(&file, None, &Library::embedded());
        let other = checked(&file, Some("mast"), &Library::embedded());
        std::fs::remove_file(&file).expect("it was written");
        let problems = outcome.expect_err("a broken variant");
        assert_eq!(problems.list.len(), 1, "{problems}");
        assert!(problems.list[0].reason.contains("(in the variant `hold`)"), "{problems}");
        assert!(other.is_ok());
    }
}
