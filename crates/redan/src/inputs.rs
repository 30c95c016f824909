//! What a command needs before it can begin, with errors as this program shows them.

use std::path::Path;

use redan_geo::Bounds;
use redan_load::{LoadError, Wishes};
use redan_sim::card::Library;
use redan_sim::scenario::Draft;

use crate::exit::bad_input;
use crate::problems::bad_scenario;

pub(crate) use redan_load::{Ground, Prepared, area, cards_hash, folders};

/// The built-in cards with those of `folder` laid over them.
pub(crate) fn library(folder: Option<&Path>) -> anyhow::Result<Library> {
    redan_load::library(folder).map_err(refused)
}

/// Reads, checks and resolves a scenario file, with the relief that it or the user wants.
pub(crate) fn battle(
    file: &Path,
    variant: Option<&str>,
    terrain: Option<&str>,
    library: &Library,
) -> anyhow::Result<Prepared> {
    redan_load::prepare(file, &Wishes { variant, terrain }, library).map_err(refused)
}

/// The ground under several readings of one scenario.
pub(crate) fn ground(drafts: &[Draft], asked: Option<&str>) -> anyhow::Result<Ground> {
    Ground::under(drafts, asked).map_err(refused)
}

/// Relief of a box, by a wish as the command line has it.
pub(crate) fn relief_of(wish: &str, area: &Bounds) -> anyhow::Result<redan_terrain::Terrain> {
    redan_load::relief_of(wish, area).map_err(bad_input)
}

/// Problems of a scenario are shown with their places, everything else in its own words.
fn refused(error: LoadError) -> anyhow::Error {
    match error {
        LoadError::Scenario(problems) => bad_scenario(problems),
        other => bad_input(other),
    }
}
