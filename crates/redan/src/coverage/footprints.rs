//! Outlines for maps: `footprints.geojson` (RFC 7946).

use std::fmt::Write as _;

use redan_record::coverage::{CellGrid, Coverage, Layer, Limit};
use serde_json::json;

use super::outline::{Patch, Ring, patches};
use super::places::away_deg;
use super::summary::{Reading, Summary};

/// Patches and holes below this number of half-step squares are left out: two cells, a choice of ours.
const FEWEST: i64 = 8;

/// Points of a circle.
const CIRCLE_POINTS: u32 = 180;

/// The whole file.
pub(super) fn text(coverage: &Coverage, summary: &Summary) -> String {
    let mut features = Vec::new();
    for (layer, figures) in coverage.layers.iter().zip(&summary.layers) {
        let readings = [
            ("nominal", &layer.nominal, Some(figures.nominal)),
            ("pessimistic", &layer.pessimistic, figures.pessimistic),
            ("optimistic", &layer.optimistic, figures.optimistic),
        ];
        for (name, limits, figures) in readings {
            if let Some(figures) = figures {
                features.push(footprint(&coverage.grid, layer, name, limits, figures));
            }
        }
    }
    for site in &coverage.sites {
        let properties = json!({
            "kind": "naive-circle",
            "site": site.name,
            "radius_km": site.naive_radius_m / 1e3,
            "claim": site.naive_claim,
        });
        features.push(feature(&properties.to_string(), &circle(site.place, site.naive_radius_m)));
        let properties = json!({
            "kind": "site",
            "name": site.name,
            "card": site.card,
            "ground_m": site.place.height_m,
            "missile": site.missile,
        });
        let geometry = format!(
            "{{\"type\":\"Point\",\"coordinates\":[{:.5},{:.5}]}}",
            site.place.lon_deg(),
            site.place.lat_deg()
        );
        features.push(feature(&properties.to_string(), &geometry));
    }
    format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{}\n]}}\n", features.join(",\n"))
}

fn feature(properties: &str, geometry: &str) -> String {
    format!("{{\"type\":\"Feature\",\"properties\":{properties},\"geometry\":{geometry}}}")
}

fn footprint(
    grid: &CellGrid,
    layer: &Layer,
    name: &str,
    limits: &[u8],
    figures: Reading,
) -> String {
    let properties = json!({
        "kind": "footprint",
        "height_m": layer.flight.height_m,
        "above_ground": layer.flight.above_ground,
        "stage": layer.stage,
        "reading": name,
        "area_km2": figures.area_km2,
        "share_of_naive_pct": figures.share_of_naive_pct,
    });
    let covered = |cell: usize| limits[cell] == Limit::Covered as u8;
    let patches = patches(grid.rows, grid.columns, FEWEST, covered);
    feature(&properties.to_string(), &Lattice::of(grid).multi_polygon(&patches))
}

/// Coordinates of all half steps as text, since each is written many times.
struct Lattice {
    lon: Vec<String>,
    lat: Vec<String>,
}

impl Lattice {
    fn of(grid: &CellGrid) -> Self {
        let texts = |first_deg: f64, step_deg: f64, number: usize| {
            // From half a step before the first middle to half a step beyond the last.
            let at = |half: usize| first_deg + (half as f64 - 1.0) / 2.0 * step_deg;
            (0..=2 * number).map(|half| format!("{:.5}", at(half))).collect()
        };
        Self {
            lon: texts(grid.west_deg, grid.lon_step_deg, grid.columns),
            lat: texts(grid.south_deg, grid.lat_step_deg, grid.rows),
        }
    }

    fn multi_polygon(&self, patches: &[Patch]) -> String {
        let mut text = "{\"type\":\"MultiPolygon\",\"coordinates\":[".to_owned();
        for (index, patch) in patches.iter().enumerate() {
            text.push_str(if index > 0 { ",[" } else { "[" });
            self.ring(&patch.outer, &mut text);
            for hole in &patch.holes {
                text.push(',');
                self.ring(hole, &mut text);
            }
            text.push(']');
        }
        text.push_str("]}");
        text
    }

    fn ring(&self, ring: &Ring, text: &mut String) {
        text.push('[');
        for [column, row] in ring.iter().chain(ring.first()) {
            text.push('[');
            text.push_str(&self.lon[(column + 1) as usize]);
            text.push(',');
            text.push_str(&self.lat[(row + 1) as usize]);
            text.push_str("],");
        }
        text.pop();
        text.push(']');
    }
}

/// A circle over ground, anticlockwise.
fn circle(centre: redan_geo::Geodetic, radius_m: f64) -> String {
    let mut text = "{\"type\":\"Polygon\",\"coordinates\":[[".to_owned();
    for point in 0..=CIRCLE_POINTS {
        let turn_deg = f64::from(point % CIRCLE_POINTS) * 360.0 / f64::from(CIRCLE_POINTS);
        let [lat_deg, lon_deg] = away_deg(centre, -turn_deg, radius_m);
        let comma = if point > 0 { "," } else { "" };
        let _ = write!(text, "{comma}[{lon_deg:.5},{lat_deg:.5}]");
    }
    text.push_str("]]}");
    text
}
