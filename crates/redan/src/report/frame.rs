//! From places to the drawing: which box of the Earth the map shows, and the projection into it.
//!
//! Equirectangular with degrees of longitude as long as they are in the middle of the box: true to
//! scale in the middle, and within two per cent over a box of 1000 km in middle latitudes.

use libm::{asin, atan2, cos, sin};
use redan_geo::{Geodetic, MEAN_RADIUS_M, wrap_pi_rad};

use super::coast::{LonLat, Window};
use super::facts::{Facts, sound};

/// Width of the drawing in its own units, which are pixels on a wide screen.
pub(super) const WIDTH: f64 = 1080.0;

/// Least and greatest height of the drawing as a part of its width.
const ASPECTS: (f64, f64) = (0.56, 0.86);

/// Smallest half width of a map, degrees of latitude (17 km): below it the coast has no detail.
const SMALLEST: f64 = 0.15;

/// A circle of claimed reach is shown whole if the map need not become wider than this for it.
const STRETCH: f64 = 1.5;

/// A point of the drawing: right and down.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Point {
    pub(super) x: f64,
    pub(super) y: f64,
}

/// The projection of one map.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    lon: f64,
    lat: f64,
    shrink: f64,
    /// Units of the drawing per degree of latitude.
    pub(super) scale: f64,
    pub(super) height: f64,
}

/// Half extents of a box around a middle, in degrees of latitude.
#[derive(Clone, Copy)]
struct Extent {
    west: f64,
    east: f64,
    south: f64,
    north: f64,
}

impl Frame {
    /// Frame around everything that has a place; `None` where nothing has.
    pub(super) fn around(facts: &Facts<'_>) -> Option<Self> {
        let places = places(facts);
        let first = places.first()?;
        let middle = middle_latitude(&places);
        let shrink = cos(middle.to_radians()).max(0.05);
        let flat = |place: &Geodetic| {
            let turn = wrap_pi_rad(place.lon_rad - first.lon_rad).to_degrees();
            (turn * shrink, place.lat_deg())
        };
        let mut extent = Extent::of(places.iter().map(flat));
        let mut whole = extent;
        for circle in circles(facts) {
            whole.add(circle.iter().map(flat));
        }
        if whole.width() <= STRETCH * extent.width().max(SMALLEST)
            && whole.height() <= STRETCH * extent.height().max(SMALLEST)
        {
            extent = whole;
        }
        let (half_width, half_height) = extent.halves();
        Some(Self {
            lon: first.lon_deg() + (extent.west + extent.east) / 2.0 / shrink,
            lat: (extent.south + extent.north) / 2.0,
            shrink,
            scale: WIDTH / 2.0 / half_width,
            height: (WIDTH * half_height / half_width).round(),
        })
    }

    /// Point of the drawing for a place; beyond its edges for a place outside.
    pub(super) fn point(&self, place: &Geodetic) -> Point {
        let turn = wrap_pi_rad(place.lon_rad - self.lon.to_radians()).to_degrees();
        self.at((self.lon + turn, place.lat_deg()))
    }

    /// Point of the drawing for longitude and latitude in degrees, without wrapping.
    pub(super) fn at(&self, (lon, lat): LonLat) -> Point {
        Point {
            x: WIDTH / 2.0 + (lon - self.lon) * self.shrink * self.scale,
            y: self.height / 2.0 - (lat - self.lat) * self.scale,
        }
    }

    /// The box, with a margin of some units so that lines end beyond the edge.
    pub(super) fn window(&self, margin: f64) -> Window {
        let half_lat = (self.height / 2.0 + margin) / self.scale;
        let half_lon = (WIDTH / 2.0 + margin) / self.scale / self.shrink;
        Window {
            west: self.lon - half_lon,
            east: self.lon + half_lon,
            south: self.lat - half_lat,
            north: self.lat + half_lat,
        }
    }

    /// Units of the drawing per kilometre, north to south.
    pub(super) fn units_per_km(&self) -> f64 {
        self.scale / (MEAN_RADIUS_M.to_radians() / 1e3)
    }

    pub(super) fn holds(&self, point: Point) -> bool {
        (0.0..=WIDTH).contains(&point.x) && (0.0..=self.height).contains(&point.y)
    }
}

/// Place at a distance from another: great circle on a sphere of mean radius, within 0.5 % of the
/// ellipsoid, which is less than a line is wide.
pub(super) fn beyond(from: &Geodetic, bearing_rad: f64, distance_m: f64) -> Geodetic {
    let angle = distance_m / MEAN_RADIUS_M;
    let (sin_lat, cos_lat) = (sin(from.lat_rad), cos(from.lat_rad));
    let up = sin_lat * cos(angle) + cos_lat * sin(angle) * cos(bearing_rad);
    let turn = atan2(sin(bearing_rad) * sin(angle) * cos_lat, cos(angle) - sin_lat * up);
    Geodetic { lat_rad: asin(up.clamp(-1.0, 1.0)), lon_rad: from.lon_rad + turn, height_m: 0.0 }
}

/// A circle of some radius on the Earth, closed.
pub(super) fn circle(centre: &Geodetic, radius_m: f64) -> Vec<Geodetic> {
    (0..=120).map(|step| beyond(centre, f64::from(3 * step).to_radians(), radius_m)).collect()
}

fn circles(facts: &Facts<'_>) -> Vec<Vec<Geodetic>> {
    let units = facts.recording.roster.units.iter().enumerate();
    units
        .filter(|(_, unit)| sound(&unit.place))
        .filter_map(|(index, unit)| Some(circle(&unit.place, facts.claimed_reach(index)?.0)))
        .collect()
}

fn places(facts: &Facts<'_>) -> Vec<Geodetic> {
    let roster = &facts.recording.roster;
    let fixed = roster
        .radars
        .iter()
        .map(|radar| radar.antenna)
        .chain(roster.units.iter().map(|unit| unit.place))
        .chain(roster.launchers.iter().map(|launcher| launcher.place))
        .chain(roster.assets.iter().map(|asset| asset.place));
    let flown = facts.paths.iter().flatten().map(|fix| fix.place);
    fixed.chain(flown).filter(sound).collect()
}

fn middle_latitude(places: &[Geodetic]) -> f64 {
    let ends = places.iter().map(|place| place.lat_deg());
    let (south, north) = ends.fold((90.0_f64, -90.0_f64), |(s, n), v| (s.min(v), n.max(v)));
    (south + north) / 2.0
}

impl Extent {
    fn of(points: impl Iterator<Item = (f64, f64)>) -> Self {
        let nothing = Self { west: f64::MAX, east: f64::MIN, south: f64::MAX, north: f64::MIN };
        let mut extent = nothing;
        extent.add(points);
        extent
    }

    fn add(&mut self, points: impl Iterator<Item = (f64, f64)>) {
        for (x, y) in points {
            self.west = self.west.min(x);
            self.east = self.east.max(x);
            self.south = self.south.min(y);
            self.north = self.north.max(y);
        }
    }

    fn width(&self) -> f64 {
        self.east - self.west
    }

    fn height(&self) -> f64 {
        self.north - self.south
    }

    /// Half width and half height with a margin, brought to a shape that suits a page.
    fn halves(&self) -> (f64, f64) {
        let width = (self.width() * 0.54).max(SMALLEST);
        let height = (self.height() * 0.54).max(SMALLEST * ASPECTS.0);
        let width = width.max(height / ASPECTS.1);
        (width, height.max(width * ASPECTS.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_at_a_distance_are_at_that_distance() {
        let from = Geodetic::from_degrees(40.0, 179.5, 0.0);
        for step in 0..12 {
            let to = beyond(&from, f64::from(step) * 0.5, 250_000.0);
            let leg = redan_geo::Leg::new(from, to);
            assert!((leg.length_m() / 250_000.0 - 1.0).abs() < 0.005);
        }
    }

    #[test]
    fn the_middle_is_true_to_scale_and_the_antimeridian_is_no_edge() {
        let frame = Frame {
            lon: 179.9,
            lat: 40.0,
            shrink: cos(40f64.to_radians()),
            scale: 200.0,
            height: 700.0,
        };
        let middle = frame.point(&Geodetic::from_degrees(40.0, 179.9, 0.0));
        assert_eq!(middle, Point { x: WIDTH / 2.0, y: 350.0 });
        let east = frame.point(&beyond(
            &Geodetic::from_degrees(40.0, 179.9, 0.0),
            std::f64::consts::FRAC_PI_2,
            50e3,
        ));
        let units = 50.0 * frame.units_per_km();
        assert!((east.x - middle.x - units).abs() < 0.01 * units, "{east:?}");
    }
}
