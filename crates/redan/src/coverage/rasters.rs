//! Rasters for other programs: `lowest-visible.tif` and `limits.tif`.

use std::path::Path;

use redan_geo::GridGeometry;
use redan_record::coverage::{CellGrid, Coverage, Limit};
use redan_terrain::{Band, Bands, Class, GeoRaster, write_geotiff};

use super::words::{colour, height};

/// Writes both into a folder.
pub(super) fn write(coverage: &Coverage, folder: &Path) -> anyhow::Result<()> {
    let geometry = geometry(&coverage.grid);
    let lowest = Band {
        name: "lowest height above sea level in line of sight of a radar".to_owned(),
        unit: "m".to_owned(),
        cells: coverage.lowest_visible_m.clone(),
    };
    let bands = Bands::Float { bands: vec![lowest], nodata_number: Some(f32::NAN) };
    write_geotiff(&folder.join("lowest-visible.tif"), &GeoRaster { geometry, bands })?;

    let mut bands = Vec::new();
    for layer in &coverage.layers {
        let name = |reading: &str| {
            format!("{} at {}, {reading}", layer.stage.label(), height(layer.flight))
        };
        let readings = [
            ("nominal", &layer.nominal),
            ("pessimistic", &layer.pessimistic),
            ("optimistic", &layer.optimistic),
        ];
        for (reading, cells) in readings {
            if !cells.is_empty() {
                bands.push(Band { name: name(reading), unit: String::new(), cells: cells.clone() });
            }
        }
    }
    // What was not computed is no class but NoData; as a class, its number would need 242 empty ones before it.
    let named = Limit::ALL.into_iter().filter(|limit| *limit != Limit::Outside);
    let classes = named.map(|limit| Class {
        value: limit as u8,
        name: limit.label().to_owned(),
        colour: colour(limit),
    });
    let nodata = Some(Limit::Outside as u8);
    let bands = Bands::Byte { bands, nodata_number: nodata, classes: classes.collect() };
    write_geotiff(&folder.join("limits.tif"), &GeoRaster { geometry, bands })?;
    Ok(())
}

fn geometry(grid: &CellGrid) -> GridGeometry {
    GridGeometry {
        south_rad: grid.south_deg.to_radians(),
        west_rad: grid.west_deg.to_radians(),
        lat_step_rad: grid.lat_step_deg.to_radians(),
        lon_step_rad: grid.lon_step_deg.to_radians(),
        rows: grid.rows,
        columns: grid.columns,
    }
}
