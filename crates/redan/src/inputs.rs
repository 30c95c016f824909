//! What a command needs before it can begin: cards, scenario, relief. The one place that reads the
//! environment.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use redan_geo::{Bounds, Earth};
use redan_sim::Battle;
use redan_sim::card::Library;
use redan_sim::scenario::{Draft, Extent, Wish};
use redan_store::Manifest;
use redan_terrain::{Folders, TerrainWish};

use crate::exit::bad_input;

/// The built-in cards with those of `folder` laid over them.
pub(crate) fn library(folder: Option<&Path>) -> anyhow::Result<Library> {
    let mut library = Library::embedded();
    if let Some(folder) = folder {
        let files = toml_files(folder)?;
        if files.is_empty() {
            let folder = folder.display();
            return Err(bad_input(format!(
                "the folder of cards {folder} holds no .toml file\n  hint: --cards wants a folder of \
                 cards, laid out like data/cards or flat"
            )));
        }
        library.overlay(files).map_err(bad_input)?;
    }
    Ok(library)
}

fn toml_files(folder: &Path) -> anyhow::Result<Vec<(String, String)>> {
    let listing = fs::read_dir(folder).map_err(|error| {
        bad_input(format!(
            "cannot read the folder of cards {}: {error}\nhint: --cards wants a folder of .toml files",
            folder.display()
        ))
    })?;
    let mut paths: Vec<PathBuf> =
        listing.collect::<Result<Vec<_>, _>>()?.into_iter().map(|entry| entry.path()).collect();
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        // The built-in cards lie in folders by family; those of a user may too.
        if path.is_dir() {
            files.extend(toml_files(&path)?);
        } else if path.extension().is_some_and(|ending| ending == "toml") {
            files.push(card_file(&path)?);
        }
    }
    Ok(files)
}

fn card_file(path: &Path) -> anyhow::Result<(String, String)> {
    let text = fs::read_to_string(path).map_err(|error| {
        let hint = "a card is a text file in TOML, in the encoding UTF-8";
        bad_input(format!("cannot read the card {}: {error}\nhint: {hint}", path.display()))
    })?;
    Ok((path.file_name().unwrap_or_default().to_string_lossy().into_owned(), text))
}

/// A battle ready to run, and what it was made from.
pub(crate) struct Prepared {
    /// The battle.
    pub(crate) battle: Battle,
    /// What it was made from.
    pub(crate) manifest: Manifest,
    /// What the user should know before believing the result.
    pub(crate) warnings: Vec<String>,
}

/// Reads, checks and resolves a scenario file, with the relief that it or the user wants.
pub(crate) fn battle(
    file: &Path,
    variant: Option<&str>,
    terrain: Option<&str>,
    library: &Library,
) -> anyhow::Result<Prepared> {
    let draft = Draft::read(file, variant, library).map_err(crate::problems::bad_scenario)?;
    let relief = relief(&draft, terrain)?;
    let earth = match relief.grid {
        Some(grid) => Earth::with_relief(draft.effective_earth(), Arc::new(grid)),
        None => Earth::smooth(draft.effective_earth()),
    };
    let manifest = Manifest {
        redan_version: env!("CARGO_PKG_VERSION").to_string(),
        scenario_file: file.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        scenario_text: draft.text().to_string(),
        scenario_hash: blake3::hash(draft.text().as_bytes()).to_hex().to_string(),
        cards_hash: cards_hash(library),
        terrain_note: relief.note,
        terrain_hash: relief.hash,
    };
    let warnings = relief.warning.into_iter().collect();
    let battle = Battle::new(draft.scenario(earth)).map_err(bad_input)?;
    Ok(Prepared { battle, manifest, warnings })
}

/// The ground under several readings of one scenario.
pub(crate) struct Ground {
    relief: Option<Arc<redan_geo::HeightGrid>>,
    /// Relief in words.
    pub(crate) note: String,
    /// Hash of its heights.
    pub(crate) hash: String,
    /// What the user should know.
    pub(crate) warning: Option<String>,
}

impl Ground {
    /// Relief under all of them, by the wish of the first or of the user.
    pub(crate) fn under(drafts: &[Draft], asked: Option<&str>) -> anyhow::Result<Ground> {
        let boxes = drafts.iter().map(Draft::bounds);
        let around = boxes.reduce(|a, b| Extent {
            south_deg: a.south_deg.min(b.south_deg),
            west_deg: a.west_deg.min(b.west_deg),
            north_deg: a.north_deg.max(b.north_deg),
            east_deg: a.east_deg.max(b.east_deg),
        });
        let (Some(around), Some(first)) = (around, drafts.first()) else {
            return Err(bad_input("there is nothing to study"));
        };
        let found = redan_terrain::load(&wish(first, asked), &folders(), &area(&around));
        let found = found.map_err(bad_input)?;
        Ok(Ground {
            relief: found.grid.map(Arc::new),
            note: found.note,
            hash: found.hash,
            warning: found.warning,
        })
    }

    /// The Earth of one of them.
    pub(crate) fn earth(&self, draft: &Draft) -> Earth {
        match &self.relief {
            Some(grid) => Earth::with_relief(draft.effective_earth(), Arc::clone(grid)),
            None => Earth::smooth(draft.effective_earth()),
        }
    }
}

/// Relief of a box, by a wish as the command line has it.
pub(crate) fn relief_of(wish: &str, area: &Bounds) -> anyhow::Result<redan_terrain::Terrain> {
    let wish = match wish {
        "auto" => TerrainWish::Auto,
        "smooth" => TerrainWish::Smooth,
        path => TerrainWish::Path(PathBuf::from(path)),
    };
    redan_terrain::load(&wish, &folders(), area).map_err(bad_input)
}

fn relief(draft: &Draft, asked: Option<&str>) -> anyhow::Result<redan_terrain::Terrain> {
    redan_terrain::load(&wish(draft, asked), &folders(), &area(&draft.bounds())).map_err(bad_input)
}

fn wish(draft: &Draft, asked: Option<&str>) -> TerrainWish {
    match asked {
        None => match draft.terrain() {
            Wish::Auto => TerrainWish::Auto,
            Wish::Smooth => TerrainWish::Smooth,
            Wish::Path(path) => TerrainWish::Path(path),
        },
        Some("auto") => TerrainWish::Auto,
        Some("smooth") => TerrainWish::Smooth,
        Some(path) => TerrainWish::Path(PathBuf::from(path)),
    }
}

/// Hash of everything that stands in the cards and sources, overlays included.
pub(crate) fn cards_hash(library: &Library) -> String {
    let mut hasher = blake3::Hasher::new();
    for card in library.cards() {
        hasher.update(format!("{card:?}\n").as_bytes());
    }
    hasher.finalize().to_hex().to_string()
}

/// Where relief is looked for when the wish is `auto`.
pub(crate) fn folders() -> Folders {
    Folders { tiles: std::env::var_os("REDAN_TERRAIN").map(PathBuf::from), cache: cache_folder() }
}

/// The box of a scenario in radians.
pub(crate) fn area(extent: &Extent) -> Bounds {
    Bounds {
        south_rad: extent.south_deg.to_radians(),
        west_rad: extent.west_deg.to_radians(),
        north_rad: extent.north_deg.to_radians(),
        east_rad: extent.east_deg.to_radians(),
    }
}

/// Where fetched tiles are kept: `$XDG_CACHE_HOME/redan/terrain`, else `~/.cache/redan/terrain`.
fn cache_folder() -> Option<PathBuf> {
    let base = std::env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".cache")))?;
    Some(base.join("redan").join("terrain"))
}
