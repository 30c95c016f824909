//! What a coverage product looks like as files: a picture, outlines, rasters, a page and a summary.
//!
//! Everything is made from the product alone. Equal products give equal bytes.
//!
//! Order of reading: [`write()`] hands the product to `summary`, `footprints`, `rasters`, `picture` and
//! `page`; `places` (areas, circles, rays), `ranges`, `outline` and `frame` are what they share.

mod folder;

mod summary;

mod footprints;
mod rasters;

mod page;
mod picture;

mod ranges;
mod story;
mod words;

mod frame;
mod headline;
mod outline;
mod places;

#[cfg(test)]
mod synthetic;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::thread;

use anyhow::{Context as _, bail};
use redan_record::coverage::{COVERAGE_SCHEMA_VERSION, Coverage, Layer, Stage};

use self::folder::Unfinished;
use self::places::Places;

/// What was written, and what it says.
#[derive(Debug)]
pub(crate) struct Written {
    /// All files, by [`FILES`].
    pub(crate) files: Vec<PathBuf>,
    /// The summary, which is one of them.
    pub(crate) summary: String,
    /// The story for a terminal.
    pub(crate) story: String,
}

/// Names of the files, in the order in which they are written.
pub(crate) const FILES: [&str; 7] = [
    "summary.json",
    "footprints.geojson",
    "lowest-visible.tif",
    "limits.tif",
    "limits.tif.aux.xml",
    "coverage.png",
    "coverage.html",
];

/// Writes all files of a product into the folder `out`; `version` is redan's, for the foot of picture and page.
///
/// They are written into a folder beside `out` that takes its name at the end, so that a failure leaves
/// `out` as it was. A folder that holds nothing but such files is replaced; any other is refused.
///
/// # Errors
/// When the product contradicts itself, when `out` holds something else, when the disk refuses.
pub(crate) fn write(coverage: &Coverage, out: &Path, version: &str) -> anyhow::Result<Written> {
    check(coverage)?;
    let unfinished = Unfinished::beside(out)?;
    let places = Places::of(coverage);
    let summary = summary::of(coverage, &places);
    let text = summary::text(&summary)?;
    unfinished.put("summary.json", &text)?;
    // They share nothing but what they read.
    let done: [anyhow::Result<()>; 4] = thread::scope(|scope| {
        let all = [
            scope.spawn(|| rasters::write(coverage, &unfinished.path)),
            scope.spawn(|| {
                let text = footprints::text(coverage, &summary);
                unfinished.put("footprints.geojson", text.as_bytes())
            }),
            scope.spawn(|| {
                let file = picture::png(coverage, &places, &summary, version)?;
                unfinished.put("coverage.png", &file)
            }),
            scope.spawn(|| {
                let text = page::html(coverage, &summary, version)?;
                unfinished.put("coverage.html", text.as_bytes())
            }),
        ];
        all.map(|one| one.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    });
    for one in done {
        one?;
    }
    let files = unfinished.finish(out)?;
    let story = story::text(coverage, &summary);
    Ok(Written { files, summary: String::from_utf8(text)?, story })
}

/// A drawing as a PNG file, with so many pixels for each of its units.
pub(crate) fn png_of_svg(svg: &str, scale: f32) -> anyhow::Result<Vec<u8>> {
    picture::of_svg(svg, scale)
}

/// The farthest stage of a product, which fills the picture: engagement, or tracking where no site fires.
fn filled_stage(coverage: &Coverage) -> Stage {
    coverage.layers.iter().map(|layer| layer.stage).max().unwrap_or(Stage::Tracking)
}

/// Layers of a stage from the lowest height to the highest.
fn layers_of(coverage: &Coverage, stage: Stage) -> Vec<&Layer> {
    let mut layers: Vec<&Layer> =
        coverage.layers.iter().filter(|layer| layer.stage == stage).collect();
    layers.sort_by(|a, b| a.flight.height_m.total_cmp(&b.flight.height_m));
    layers
}

/// Layers that are drawn as lines over those of a stage: tracking over engagement.
fn lined_by(coverage: &Coverage, filled: Stage) -> Vec<&Layer> {
    match filled {
        Stage::Engagement => layers_of(coverage, Stage::Tracking),
        _ => Vec::new(),
    }
}

fn check(coverage: &Coverage) -> anyhow::Result<()> {
    let cells = coverage.grid.len();
    let whole = |layer: &Layer| {
        let optional = |cells_of: &Vec<u8>| cells_of.is_empty() || cells_of.len() == cells;
        layer.nominal.len() == cells
            && optional(&layer.pessimistic)
            && optional(&layer.optimistic)
            && optional(&layer.sites_count)
    };
    if coverage.schema_version != COVERAGE_SCHEMA_VERSION {
        bail!("coverage of schema {}, not {COVERAGE_SCHEMA_VERSION}", coverage.schema_version);
    }
    if coverage.grid.rows < 2 || coverage.grid.columns < 2 {
        bail!("a coverage of fewer than two rows or columns has no picture");
    }
    if coverage.ground_m.len() != cells || coverage.lowest_visible_m.len() != cells {
        bail!("the relief of the coverage does not have as many cells as its grid");
    }
    if coverage.layers.is_empty() || coverage.sites.is_empty() {
        bail!("a coverage without layers or without sites has no picture");
    }
    let odd = coverage.layers.iter().find(|layer| !whole(layer));
    odd.map_or(Ok(()), |layer| {
        let height_m = layer.flight.height_m;
        Err(anyhow::anyhow!("the layer does not have as many cells as the grid"))
            .with_context(|| format!("layer at {height_m} m, {}", layer.stage.label()))
    })
}
