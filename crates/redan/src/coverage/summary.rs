//! The product in figures: `summary.json`.

use redan_record::coverage::{Coverage, FlightHeight, Layer, Limit, Stage};
use serde::Serialize;

use super::places::Places;
use super::ranges::{SIXTEEN, Sector, around, sectors};

/// Version of the form of the file; it changes when a field changes its meaning or goes.
const SCHEMA_VERSION: u32 = 1;

#[derive(Clone, Debug, Serialize)]
pub(super) struct Summary {
    schema_version: u32,
    title: String,
    command: String,
    target: redan_record::coverage::CoverageTarget,
    probability_wanted_prob: f64,
    radius_km: f64,
    terrain: String,
    terrain_hash: String,
    relief_error_m: f64,
    /// Area inside at least one naive circle and within the radius of the computation.
    pub(super) naive_area_km2: f64,
    sites: Vec<SiteSummary>,
    pub(super) layers: Vec<LayerSummary>,
    sources: Vec<String>,
    caveats: Vec<String>,
}

#[derive(Clone, Debug, Serialize)]
struct SiteSummary {
    name: String,
    card: String,
    lat_deg: f64,
    lon_deg: f64,
    ground_m: f64,
    naive_radius_km: f64,
    naive_claim: String,
    missile: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct LayerSummary {
    pub(super) height_m: f64,
    pub(super) above_ground: bool,
    pub(super) stage: Stage,
    pub(super) nominal: Reading,
    pub(super) pessimistic: Option<Reading>,
    pub(super) optimistic: Option<Reading>,
    /// Unbroken coverage around the first site, with the figures that the cards choose.
    pub(super) ranges: Ranges,
    /// Share of the computed area by what limits it, percent.
    limits: Vec<Share>,
    /// Inside the naive circles, but covered by no site.
    pub(super) gap_km2: f64,
    /// Covered by two sites or more.
    overlap_km2: f64,
}

#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct Reading {
    pub(super) area_km2: f64,
    /// Covered part of the area inside the naive circles, percent.
    pub(super) share_of_naive_pct: f64,
    /// Mean over directions of the end of unbroken coverage around the first site.
    pub(super) mean_range_km: f64,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Ranges {
    pub(super) mean_km: f64,
    pub(super) shortest_km: f64,
    pub(super) longest_km: f64,
    directions: Vec<Direction>,
}

#[derive(Clone, Debug, Serialize)]
struct Direction {
    direction: &'static str,
    azimuth_deg: f64,
    mean_km: f64,
    shortest_km: f64,
    longest_km: f64,
    farthest_patch_km: f64,
    limit_beyond: Limit,
}

#[derive(Clone, Debug, Serialize)]
struct Share {
    limit: Limit,
    share_pct: f64,
}

impl Summary {
    /// Figures of a layer.
    pub(super) fn layer(&self, flight: FlightHeight, stage: Stage) -> Option<&LayerSummary> {
        let same = |layer: &&LayerSummary| {
            layer.stage == stage
                && layer.above_ground == flight.above_ground
                && layer.height_m.to_bits() == flight.height_m.to_bits()
        };
        self.layers.iter().find(same)
    }
}

impl Ranges {
    /// Mean range in a direction of sixteen, and what limits it.
    pub(super) fn reach(&self, index: usize) -> Option<(f64, Limit)> {
        self.directions.get(index).map(|direction| (direction.mean_km, direction.limit_beyond))
    }
}

impl LayerSummary {
    /// Height of the target.
    pub(super) fn flight(&self) -> FlightHeight {
        FlightHeight { height_m: self.height_m, above_ground: self.above_ground }
    }

    /// Parts of the computed area by limit, percent.
    pub(super) fn shares(&self) -> Vec<(Limit, f64)> {
        self.limits.iter().map(|share| (share.limit, share.share_pct)).collect()
    }
}

/// Figures of a product.
pub(super) fn of(coverage: &Coverage, places: &Places) -> Summary {
    let columns = coverage.grid.columns;
    // What lies beyond the radius is the same in all layers.
    let [_, naive_area_km2] = coverage.layers.first().map_or([0.0; 2], |layer| {
        places.areas_km2(&layer.nominal, |limit| limit != Limit::Outside as u8)
    });
    Summary {
        schema_version: SCHEMA_VERSION,
        title: coverage.title.clone(),
        command: coverage.command.clone(),
        target: coverage.target.clone(),
        probability_wanted_prob: coverage.probability_wanted_prob,
        radius_km: coverage.radius_m / 1e3,
        terrain: coverage.terrain.clone(),
        terrain_hash: coverage.terrain_hash.clone(),
        relief_error_m: coverage.relief_error_m,
        naive_area_km2: tenth(naive_area_km2),
        sites: coverage.sites.iter().map(site).collect(),
        layers: coverage
            .layers
            .iter()
            .map(|layer| layer_summary(layer, places, columns, naive_area_km2))
            .collect(),
        sources: coverage.sources.clone(),
        caveats: caveats(coverage),
    }
}

/// The file.
pub(super) fn text(summary: &Summary) -> anyhow::Result<Vec<u8>> {
    let mut text = serde_json::to_vec_pretty(summary)?;
    text.push(b'\n');
    Ok(text)
}

/// Those of the product, and that circles reach beyond what was computed where they do.
fn caveats(coverage: &Coverage) -> Vec<String> {
    let mut caveats = coverage.caveats.clone();
    if coverage.sites.iter().any(|site| site.naive_radius_m > coverage.radius_m) {
        caveats.push(format!(
            "Of the naive circles only what lies within {:.0} km was computed; shares are of that part.",
            coverage.radius_m / 1e3
        ));
    }
    caveats
}

fn site(site: &redan_record::coverage::Site) -> SiteSummary {
    SiteSummary {
        name: site.name.clone(),
        card: site.card.clone(),
        lat_deg: site.place.lat_deg(),
        lon_deg: site.place.lon_deg(),
        ground_m: site.place.height_m,
        naive_radius_km: site.naive_radius_m / 1e3,
        naive_claim: site.naive_claim.clone(),
        missile: site.missile.clone(),
    }
}

fn layer_summary(layer: &Layer, places: &Places, columns: usize, naive_km2: f64) -> LayerSummary {
    let read = |cells: &Vec<u8>| (!cells.is_empty()).then(|| reading(cells, places, naive_km2));
    let [_, covered_km2] = covered_km2(&layer.nominal, places);
    let [overlap_km2, _] = places.areas_km2(&layer.sites_count, |count| count >= 2);
    LayerSummary {
        height_m: layer.flight.height_m,
        above_ground: layer.flight.above_ground,
        stage: layer.stage,
        nominal: reading(&layer.nominal, places, naive_km2),
        pessimistic: read(&layer.pessimistic),
        optimistic: read(&layer.optimistic),
        ranges: ranges(&layer.nominal, places),
        limits: shares(&layer.nominal, places, columns),
        gap_km2: tenth(naive_km2 - covered_km2),
        overlap_km2: tenth(overlap_km2),
    }
}

fn reading(limits: &[u8], places: &Places, naive_km2: f64) -> Reading {
    let [area_km2, inside_km2] = covered_km2(limits, places);
    let share_pct = if naive_km2 > 0.0 { inside_km2 / naive_km2 * 100.0 } else { 0.0 };
    let mean_km = around(&places.rays, limits).map_or(0.0, |all| all.mean_km);
    Reading {
        area_km2: tenth(area_km2),
        share_of_naive_pct: thousandth(share_pct),
        mean_range_km: tenth(mean_km),
    }
}

fn covered_km2(limits: &[u8], places: &Places) -> [f64; 2] {
    places.areas_km2(limits, |limit| limit == Limit::Covered as u8)
}

fn ranges(limits: &[u8], places: &Places) -> Ranges {
    let all = around(&places.rays, limits);
    let of = |pick: fn(&Sector) -> f64| all.as_ref().map_or(0.0, pick);
    let direction = |(name, sector): (&&'static str, Sector)| Direction {
        direction: name,
        azimuth_deg: sector.azimuth_deg,
        mean_km: tenth(sector.mean_km),
        shortest_km: tenth(sector.shortest_km),
        longest_km: tenth(sector.longest_km),
        farthest_patch_km: tenth(sector.farthest_km),
        limit_beyond: sector.limit,
    };
    Ranges {
        mean_km: tenth(of(|all| all.mean_km)),
        shortest_km: tenth(of(|all| all.shortest_km)),
        longest_km: tenth(of(|all| all.longest_km)),
        directions: SIXTEEN.iter().zip(sectors(&places.rays, limits, 16)).map(direction).collect(),
    }
}

fn shares(limits: &[u8], places: &Places, columns: usize) -> Vec<Share> {
    let mut area_km2 = [0.0; 256];
    for (row, row_km2) in limits.chunks_exact(columns).zip(&places.row_area_km2) {
        let mut count = [0_u32; 256];
        for limit in row {
            count[usize::from(*limit)] += 1;
        }
        for (sum, number) in area_km2.iter_mut().zip(count) {
            *sum += f64::from(number) * row_km2;
        }
    }
    let inside = Limit::ALL.into_iter().filter(|limit| *limit != Limit::Outside);
    let total: f64 = inside.clone().map(|limit| area_km2[limit as usize]).sum();
    inside
        .filter(|limit| area_km2[*limit as usize] > 0.0)
        .map(|limit| Share {
            limit,
            share_pct: thousandth(area_km2[limit as usize] / total * 100.0),
        })
        .collect()
}

fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

fn thousandth(value: f64) -> f64 {
    (value * 1e3).round() / 1e3
}
