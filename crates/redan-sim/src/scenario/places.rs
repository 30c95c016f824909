//! Whether everything lies in one theatre: latitude and longitude that changed places show here.

use redan_geo::{Geodetic, Leg};

use super::draft::near_deg;
use super::file::{self, File, place_of};
use super::problem::{Collector, Spot};
use super::read::{List, Needed};

/// No battle of ground-based defence is wider; the flights of a day still fit.
const FARTHEST_M: f64 = 1_000_000.0;

/// Notes every place farther than 1,000 km from the median one, a route once. Whether there was none.
pub(super) fn check(file: &File, problems: &mut Collector) -> bool {
    let flights = file.flight.iter().flat_map(|list| &list.items);
    let units = items(file.unit.as_ref()).iter().map(|unit| &unit.at);
    let assets = items(file.asset.as_ref()).iter().map(|asset| &asset.at);
    let mut groups: Vec<Vec<(Geodetic, &Spot)>> =
        units.chain(assets).map(|at| given(at).into_iter().collect()).collect();
    groups.extend(
        flights.map(|flight| flight.route.items.iter().filter_map(|p| given(&p.at)).collect()),
    );
    let all: Vec<Geodetic> = groups.iter().flatten().map(|(place, _)| *place).collect();
    let Some(middle) = median(&all) else { return true };
    let mut all_near = true;
    for group in &groups {
        let gaps = group.iter().map(|(place, spot)| (Leg::new(middle, *place).length_m(), spot));
        let far = gaps.into_iter().find(|(gap_m, _)| *gap_m > FARTHEST_M);
        let Some((gap_m, spot)) = far else { continue };
        let reason = format!("this is {:.0} km from the rest of the scenario", gap_m / 1_000.0);
        problems.note_hint(spot, reason, "latitude comes first: [lat, lon]");
        all_near = false;
    }
    all_near
}

fn items<T>(list: Option<&List<T>>) -> &[T] {
    list.map_or(&[], |list| &list.items)
}

fn given(at: &Needed<file::Place>) -> Option<(Geodetic, &Spot)> {
    at.get().map(|place| (place_of(at), &place.spot))
}

/// Median latitude with median longitude, which a few places at fault do not move; `None` without
/// any place.
fn median(places: &[Geodetic]) -> Option<Geodetic> {
    let first_deg = places.first()?.lon_deg();
    let mut lat_deg: Vec<f64> = places.iter().map(|place| place.lat_deg()).collect();
    let mut lon_deg: Vec<f64> = places.iter().map(|p| near_deg(p.lon_deg(), first_deg)).collect();
    lat_deg.sort_by(f64::total_cmp);
    lon_deg.sort_by(f64::total_cmp);
    let middle = places.len() / 2;
    Some(Geodetic::from_degrees(lat_deg[middle], lon_deg[middle], 0.0))
}
