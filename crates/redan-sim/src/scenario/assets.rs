//! From the tables of assets to places to defend.

use super::file::{self, place_of};
use super::limits::{in_range, name, number, unique};
use super::problem::Collector;
use super::read::List;
use super::resolved::Asset;

/// Assets in one scenario.
const MOST_ASSETS: usize = 1_000;

/// Checks all assets. Heights are above the ground; [`super::Draft`] adds the relief.
pub(super) fn resolve(assets: Option<&List<file::Asset>>, problems: &mut Collector) -> Vec<Asset> {
    let Some(list) = assets else { return Vec::new() };
    if list.items.len() > MOST_ASSETS {
        problems.note(&list.spot, format!("more than {MOST_ASSETS} assets"));
        return Vec::new();
    }
    unique("asset", list.items.iter().map(|asset| (&asset.name, 1)), problems);
    list.items.iter().map(|asset| one(asset, problems)).collect()
}

fn one(asset: &file::Asset, problems: &mut Collector) -> Asset {
    name(&asset.name, problems);
    let height_m = number(asset.height_m.as_ref(), 0.0, 0.0..=10_000.0, "m", problems);
    let radius_km = asset.radius_km.as_ref();
    // A radius at fault becomes one that no route can miss, so that none is blamed for it.
    let radius_km = match radius_km {
        None => 10.0,
        Some(at) if at.value <= 0.0 => {
            problems.note(&at.spot, "a radius must be above 0");
            f64::INFINITY
        }
        Some(at) if in_range(at, 0.0..=1_000.0, "km", problems) => at.value,
        Some(_) => f64::INFINITY,
    };
    Asset {
        name: asset.name.value.clone(),
        place: place_of(&asset.at).at_height(height_m),
        radius_m: radius_km * 1_000.0,
        weight: number(asset.weight.as_ref(), 1.0, 0.0..=1_000_000.0, "", problems),
    }
}
