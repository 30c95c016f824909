//! A checked scenario that still lacks the relief of the Earth.

use std::path::PathBuf;

use redan_geo::{Earth, EffectiveEarth, Geodetic, Leg};

use crate::card::{Figures, Library, Taken, Uncertain};

use super::problem::Spot;
use super::resolved::{Asset, Network, Scenario};

/// A scenario file that has been read and checked as a whole. What it lacks to be run is the Earth:
/// relief has to be found and read first, which is not this crate's business.
///
/// ```no_run
/// use redan_geo::Earth;
/// use redan_sim::card::Library;
/// use redan_sim::scenario::Draft;
///
/// let path = std::path::Path::new("scenarios/first-look.toml");
/// let draft = Draft::read(path, Some("mast"), &Library::embedded())?;
/// let smooth = Earth::smooth(draft.effective_earth());
/// let scenario = draft.scenario(smooth);
/// assert!(!scenario.radars.is_empty());
/// # Ok::<(), redan_sim::scenario::Problems>(())
/// ```
#[derive(Clone, Debug)]
pub struct Draft {
    /// Name of the file, for messages.
    pub(super) file: String,
    pub(super) text: String,
    pub(super) terrain: Wish,
    /// Where the file names its relief.
    pub(super) terrain_spot: Spot,
    pub(super) variants: Vec<(String, String)>,
    /// Cards whose figures were read, with the parameters that the scenario sets itself.
    pub(super) in_use: Vec<(String, Vec<String>)>,
    /// The scenario on an Earth without relief: heights of antennas and assets are above ground.
    pub(super) flat: Scenario,
}

/// What is to be read otherwise than a file says.
#[derive(Clone, Copy, Debug, Default)]
pub struct Changes<'a> {
    /// Variant of the file.
    pub variant: Option<&'a str>,
    /// Single fields, laid over the variant in this order.
    pub settings: &'a [Setting],
    /// Figures that a study has drawn. The scenario's own choices have the last word.
    pub taken: &'a [Taken],
}

/// A field that is set from outside, as a variant would set it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Path of the field, such as `flight.raid.count`.
    pub path: String,
    /// Its value as TOML writes it.
    pub value: String,
}

/// The relief that a scenario wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Tiles that are on the disk, else the smooth Earth.
    Auto,
    /// The Earth without relief.
    Smooth,
    /// A raster file or a folder of tiles. A relative path is seen from the scenario's folder, which
    /// is already in front of it.
    Path(PathBuf),
}

/// A box of latitude and longitude.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extent {
    /// Southern edge.
    pub south_deg: f64,
    /// Western edge; below -180 where the box lies across the date line.
    pub west_deg: f64,
    /// Northern edge.
    pub north_deg: f64,
    /// Eastern edge, never less than the western one; above 180 across the date line.
    pub east_deg: f64,
}

/// What is in a scenario, by number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// Networks.
    pub networks: usize,
    /// Fire units.
    pub units: usize,
    /// Radars.
    pub radars: usize,
    /// Launchers.
    pub launchers: usize,
    /// Rounds on all launchers.
    pub rounds: u64,
    /// Flights.
    pub flights: usize,
    /// Aircraft in them.
    pub aircraft: usize,
    /// Assets.
    pub assets: usize,
    /// Variants.
    pub variants: usize,
}

/// Added on all sides of [`Draft::bounds`]: formations and battalions spread around their places.
const MARGIN_DEG: f64 = 0.25;

impl Draft {
    /// The relief that the scenario wants.
    pub fn terrain(&self) -> Wish {
        self.terrain.clone()
    }

    /// Sphere on which rays are straight, from the scenario's environment.
    pub fn effective_earth(&self) -> EffectiveEarth {
        self.flat.earth.effective
    }

    /// Variants of the file: name, and what it is about.
    pub fn variants(&self) -> &[(String, String)] {
        &self.variants
    }

    /// Figures that nobody knows for sure, of all cards in the scenario, sorted by card and parameter. Those
    /// that the scenario sets itself are known as far as it is concerned.
    pub fn uncertain(&self, library: &Library) -> Vec<Uncertain> {
        let mut found = Vec::new();
        for (id, settled) in &self.in_use {
            let card = library.cards().iter().find(|card| card.id == *id);
            let Some(card) = card else { continue };
            let figures = Figures::nominal(card);
            let settled = |name: &str| settled.iter().any(|one| one == name);
            found.extend(Uncertain::of_card(&figures, &settled));
        }
        found.retain(|one| self.counts(one));
        found.sort_by(|a, b| (&a.card, &a.parameter).cmp(&(&b.card, &b.parameter)));
        found
    }

    /// Whether a figure can count: a kill probability counts where a target of its class flies.
    fn counts(&self, figure: &Uncertain) -> bool {
        let Some(class) = figure.parameter.strip_prefix("kill_probability_") else { return true };
        let flying = self.flat.aircraft.iter().map(|aircraft| aircraft.figures.class.label());
        flying.map(|label| label.replace('-', "_")).any(|label| label == class)
    }

    /// Text of the file, as it was read.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Title of the scenario.
    pub fn title(&self) -> &str {
        &self.flat.title
    }

    /// What is in the scenario, by number.
    pub fn outline(&self) -> Outline {
        let mut flights: Vec<&str> = self.flat.aircraft.iter().map(|a| a.flight.as_str()).collect();
        // Members of a flight stand side by side.
        flights.dedup();
        let loads = self.flat.launchers.iter().flat_map(|launcher| &launcher.load);
        Outline {
            networks: self.flat.networks.len(),
            units: self.flat.units.len(),
            radars: self.flat.radars.len(),
            launchers: self.flat.launchers.len(),
            rounds: loads.map(|(_, rounds)| u64::from(*rounds)).sum(),
            flights: flights.len(),
            aircraft: self.flat.aircraft.len(),
            assets: self.flat.assets.len(),
            variants: self.variants.len(),
        }
    }

    /// Smallest box around units, routes and assets, with a quarter of a degree to spare: the relief
    /// that a run can need.
    pub fn bounds(&self) -> Extent {
        let places = self.places();
        let first_deg = places.first().map_or(0.0, |place| place.lon_deg());
        let mut extent = Extent {
            south_deg: f64::INFINITY,
            west_deg: f64::INFINITY,
            north_deg: f64::NEG_INFINITY,
            east_deg: f64::NEG_INFINITY,
        };
        for place in places {
            let (lat_deg, lon_deg) = (place.lat_deg(), near_deg(place.lon_deg(), first_deg));
            extent.south_deg = extent.south_deg.min(lat_deg);
            extent.north_deg = extent.north_deg.max(lat_deg);
            extent.west_deg = extent.west_deg.min(lon_deg);
            extent.east_deg = extent.east_deg.max(lon_deg);
        }
        Extent {
            south_deg: (extent.south_deg - MARGIN_DEG).max(-90.0),
            west_deg: extent.west_deg - MARGIN_DEG,
            north_deg: (extent.north_deg + MARGIN_DEG).min(90.0),
            east_deg: extent.east_deg + MARGIN_DEG,
        }
    }

    /// The scenario on this Earth: antennas, launchers and assets stand on its ground, and each
    /// network gets its origin. `earth` should have the [`Draft::effective_earth`] of the file.
    pub fn scenario(self, earth: Earth) -> Scenario {
        let mut scenario = self.flat;
        let lifted = |place: Geodetic| {
            place.at_height(place.height_m + earth.ground_m(place.lat_rad, place.lon_rad))
        };
        for radar in &mut scenario.radars {
            radar.antenna = lifted(radar.antenna);
        }
        for launcher in &mut scenario.launchers {
            launcher.place = lifted(launcher.place);
        }
        for Asset { place, .. } in &mut scenario.assets {
            *place = lifted(*place);
        }
        for (index, Network { origin, .. }) in scenario.networks.iter_mut().enumerate() {
            let radars = scenario.radars.iter().filter(|radar| radar.network == index);
            *origin = middle(radars.map(|radar| radar.antenna));
        }
        scenario.earth = earth;
        scenario
    }

    /// Places of everything, routes by several points of each leg since they bulge to the pole.
    fn places(&self) -> Vec<Geodetic> {
        const PIECES: u32 = 8;
        let radars = self.flat.radars.iter().map(|radar| radar.antenna);
        let launchers = self.flat.launchers.iter().map(|launcher| launcher.place);
        let assets = self.flat.assets.iter().map(|asset| asset.place);
        let mut places: Vec<Geodetic> = radars.chain(launchers).chain(assets).collect();
        let at = |lat_rad, lon_rad| Geodetic { lat_rad, lon_rad, height_m: 0.0 };
        for pair in self.flat.aircraft.iter().flat_map(|aircraft| aircraft.route.windows(2)) {
            let leg = Leg::new(
                at(pair[0].lat_rad, pair[0].lon_rad),
                at(pair[1].lat_rad, pair[1].lon_rad),
            );
            places.extend((0..=PIECES).map(|n| leg.at(f64::from(n) / f64::from(PIECES))));
        }
        places
    }
}

/// Mean of places, taken through the Earth so that the date line and the poles need no care.
fn middle(places: impl Iterator<Item = Geodetic>) -> Geodetic {
    let mut sum = redan_geo::Ecef::default();
    let (mut height_m, mut count) = (0.0, 0.0);
    for place in places {
        let ecef = place.to_ecef();
        sum = redan_geo::Ecef {
            x_m: sum.x_m + ecef.x_m,
            y_m: sum.y_m + ecef.y_m,
            z_m: sum.z_m + ecef.z_m,
        };
        height_m += place.height_m;
        count += 1.0;
    }
    if count == 0.0 {
        return Geodetic::default();
    }
    let mean = redan_geo::Ecef { x_m: sum.x_m / count, y_m: sum.y_m / count, z_m: sum.z_m / count };
    mean.to_geodetic().at_height(height_m / count)
}

/// The longitude by the turn that brings it nearest to another.
pub(super) fn near_deg(lon_deg: f64, other_deg: f64) -> f64 {
    lon_deg - 360.0 * ((lon_deg - other_deg) / 360.0).round()
}
