//! Sights of one station that stays where it is: its horizon by direction and distance, made once, and
//! the exact ray only where that leaves a doubt.
//!
//! Along one direction the horizon (the highest tangent of elevation of the ground so far) only rises.
//! So a target between two directions and two distances of the profile is visible when it stands above
//! the higher horizon at the farther distance, hidden when it stands below the lower one at the nearer
//! distance, and between the two the ray decides. Ground that no direction meets is narrower than the
//! posts of the relief; a margin covers it. The answer is that of the ray in all but one case in a
//! thousand at most (`tests/sight_map.rs`, and over real relief the example of redan-terrain).

use std::f64::consts::TAU;
use std::sync::Arc;

use crate::frames::{Geodetic, wrap_two_pi_rad};
use crate::sight::{Earth, Station};

/// Directions and distances of a profile at most: 25 MB.
const MOST_DIRECTIONS: f64 = 4096.0;
const DISTANCES: usize = 768;

/// Fewest directions: half a degree.
const FEWEST_DIRECTIONS: f64 = 720.0;

/// Tangent of elevation that ground between two directions may add, and its part of how much the two
/// differ.
const MARGIN_RATIO: f64 = 3e-4;
const SPREAD_RATIO: f64 = 0.3;

/// Posts from the station within which a profile is sampled more finely, and samples between two posts there.
const NEAR_POSTS: f64 = 48.0;
const NEAR_FINE: f64 = 8.0;

/// Sights of a station that stays where it is.
#[derive(Clone, Debug)]
pub struct SightMap {
    station: Station,
    horizon: Option<Arc<Horizon>>,
}

/// Horizon of a station by direction and distance.
#[derive(Debug)]
struct Horizon {
    directions: usize,
    step_m: f64,
    /// By direction, then by distance from 0 on: tangent of the highest elevation of the ground up to there.
    tangents: Vec<f32>,
    /// Distance of the ground that has that elevation, metres.
    edges_m: Vec<f32>,
}

/// What a map says of a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glance {
    /// Distance at sea level.
    pub arc_m: f64,
    /// Whether the line of sight is free.
    pub visible: bool,
    /// Lowest visible height over the place, metres above sea level; interpolated over relief.
    pub lowest_m: f64,
    /// Distance at sea level of the edge that makes the horizon there: what a ray just above it grazes.
    pub edge_m: f64,
    /// Whether the ray had to decide.
    pub by_ray: bool,
}

impl SightMap {
    /// Map of a station, out to a distance at sea level. Costs some tens of milliseconds over relief.
    pub fn new(earth: &Earth, place: Geodetic, max_arc_m: f64) -> SightMap {
        let station = Station::new(place);
        let horizon = earth.relief.is_some().then(|| Horizon::new(earth, &station, max_arc_m));
        SightMap { station, horizon: horizon.map(Arc::new) }
    }

    /// The station.
    pub const fn station(&self) -> &Station {
        &self.station
    }

    /// Whether a place is visible. `earth` must be the one that the map was made with.
    pub fn glance(&self, earth: &Earth, place: &Geodetic) -> Glance {
        let to = Station::new(*place);
        let arc_m = self.station.arc_m(&to);
        let own_m = self.station.place().height_m;
        let azimuth_rad = self.station.azimuth_rad(&to);
        let around = self.horizon.as_ref().and_then(|horizon| horizon.around(azimuth_rad, arc_m));
        let Some(([low, middle, high], edge_m)) = around else {
            let visible = match self.horizon {
                None => earth.effective.is_visible(own_m, place.height_m, arc_m),
                Some(_) => earth.sight_between(&self.station, &to).visible,
            };
            let (lowest_m, edge_m) = self.beyond_m(earth, azimuth_rad, arc_m);
            return Glance { arc_m, visible, lowest_m, edge_m, by_ray: self.horizon.is_some() };
        };
        let slope = earth.effective.tangent_ratio(own_m, place.height_m, arc_m);
        let margin = MARGIN_RATIO + SPREAD_RATIO * (high - low);
        let sure = match () {
            () if slope > high + margin => Some(true),
            () if slope < low - margin => Some(false),
            () => None,
        };
        let visible = sure.unwrap_or_else(|| earth.sight_between(&self.station, &to).visible);
        let lowest_m = earth.effective.arrival_m(own_m, middle, arc_m);
        Glance { arc_m, visible, lowest_m, edge_m, by_ray: sure.is_none() }
    }

    /// Lowest visible height over a place at a direction (any angle) and distance, metres above sea level, and
    /// the distance of the edge that makes the horizon there: interpolated over relief, in closed form over
    /// the smooth Earth. For many places; the ray is never asked.
    pub fn horizon_m(&self, earth: &Earth, azimuth_rad: f64, arc_m: f64) -> (f64, f64) {
        let own_m = self.station.place().height_m;
        let around = self.horizon.as_ref().and_then(|horizon| horizon.around(azimuth_rad, arc_m));
        match around {
            Some(([_, middle, _], edge_m)) => {
                (earth.effective.arrival_m(own_m, middle, arc_m), edge_m)
            }
            None => self.beyond_m(earth, azimuth_rad, arc_m),
        }
    }

    /// The same where no profile reaches: the smooth Earth, and the shadow of the last horizon of the
    /// profile if that is higher.
    fn beyond_m(&self, earth: &Earth, azimuth_rad: f64, arc_m: f64) -> (f64, f64) {
        let own_m = self.station.place().height_m;
        let smooth = (
            earth.effective.lowest_visible_m(own_m, arc_m),
            earth.effective.horizon_arc_m(own_m).min(arc_m),
        );
        let Some(horizon) = &self.horizon else { return smooth };
        let (tangent, edge_m) = horizon.last(azimuth_rad);
        let shadow_m = earth.effective.arrival_m(own_m, tangent, arc_m);
        if shadow_m > smooth.0 { (shadow_m, edge_m) } else { smooth }
    }
}

impl Horizon {
    fn new(earth: &Earth, station: &Station, max_arc_m: f64) -> Horizon {
        let posts_m = earth.relief.as_ref().map_or(1_000.0, |grid| grid.post_spacing_m());
        // Beyond the relief there is nothing to know beforehand.
        let max_arc_m = max_arc_m.min(1.02 * farthest_m(earth, station) + 1_000.0);
        let wanted = (TAU * max_arc_m / posts_m).clamp(FEWEST_DIRECTIONS, MOST_DIRECTIONS);
        let directions = wanted.ceil() as usize;
        let step_m = max_arc_m / DISTANCES as f64;
        // Twice as fine as the posts, and a whole number of samples in a step of the profile.
        let fine = (2.0 * step_m / posts_m).ceil().max(1.0);
        let mut ground_m = Vec::new();
        let near_arc_m = (NEAR_POSTS * posts_m).min(max_arc_m);
        let mut near_m = Vec::new();
        let mut tangents = Vec::with_capacity(directions * (DISTANCES + 1));
        let mut edges_m = Vec::with_capacity(directions * (DISTANCES + 1));
        let own_m = station.place().height_m;
        for direction in 0..directions {
            let azimuth_rad = TAU * direction as f64 / directions as f64;
            let end = Station::new(station.ahead(azimuth_rad, max_arc_m));
            // A hair more than the spacing, so that rounding makes no sample more.
            earth.profile(station, &end, step_m / fine * (1.0 + 1e-9), &mut ground_m);
            let samples = (ground_m.len() - 1) as f64;
            // What stands close decides most, and a crest that is missed there by a few metres is missed by
            // degrees.
            let close = Station::new(station.ahead(azimuth_rad, near_arc_m));
            earth.profile(station, &close, posts_m / NEAR_FINE, &mut near_m);
            let near_step_m = near_arc_m / (near_m.len() - 1) as f64;
            let mut near = near_m.iter().enumerate().skip(1).peekable();
            let (mut highest, mut edge_m) = (f64::from(f32::MIN), 0.0);
            let mut next = 1;
            for distance in 0..=DISTANCES {
                let until = (distance as f64 * samples / DISTANCES as f64).round() as usize;
                while next <= until {
                    let arc_m = next as f64 * max_arc_m / samples;
                    let own = earth.effective.tangent_ratio(own_m, ground_m[next], arc_m);
                    if own > highest {
                        (highest, edge_m) = (own, arc_m);
                    }
                    next += 1;
                }
                let reached_m = distance as f64 * step_m;
                while let Some((index, height_m)) =
                    near.next_if(|(index, _)| *index as f64 * near_step_m <= reached_m)
                {
                    let arc_m = index as f64 * near_step_m;
                    let own = earth.effective.tangent_ratio(own_m, *height_m, arc_m);
                    if own > highest {
                        (highest, edge_m) = (own, arc_m);
                    }
                }
                tangents.push(highest as f32);
                edges_m.push(edge_m as f32);
            }
        }
        Horizon { directions, step_m, tangents, edges_m }
    }

    /// Lowest, middle and highest tangent of the horizon around a place, and the distance of its edge;
    /// `None` beyond the profile.
    fn around(&self, azimuth_rad: f64, arc_m: f64) -> Option<([f64; 3], f64)> {
        let along = arc_m / self.step_m;
        if along.is_nan() || along >= DISTANCES as f64 {
            return None;
        }
        let (first, second, share) = self.neighbours(azimuth_rad);
        let (near, part) = (along as usize, along.fract());
        let (a0, a1) = (self.at(first, near), self.at(first, near + 1));
        let (b0, b1) = (self.at(second, near), self.at(second, near + 1));
        // No ground lies at distance 0: the first step has the horizon of its end.
        let blend = |from: f64, to: f64| if near == 0 { to } else { from + (to - from) * part };
        let middle = blend(a0, a1) * (1.0 - share) + blend(b0, b1) * share;
        let nearest = if share < 0.5 { first } else { second };
        let edge_m = f64::from(self.edges_m[nearest * (DISTANCES + 1) + near.max(1)]);
        Some(([a0.min(b0), middle, a1.max(b1)], edge_m.min(arc_m)))
    }

    /// Tangent of the horizon at the end of the profile, and the distance of its edge.
    fn last(&self, azimuth_rad: f64) -> (f64, f64) {
        let (first, second, share) = self.neighbours(azimuth_rad);
        let tangent =
            self.at(first, DISTANCES) * (1.0 - share) + self.at(second, DISTANCES) * share;
        let nearest = if share < 0.5 { first } else { second };
        (tangent, f64::from(self.edges_m[nearest * (DISTANCES + 1) + DISTANCES]))
    }

    /// The directions on either side of an azimuth, any angle, and the share of the second.
    fn neighbours(&self, azimuth_rad: f64) -> (usize, usize, f64) {
        let turn = wrap_two_pi_rad(azimuth_rad) / TAU * self.directions as f64;
        let first = (turn.floor() as usize).min(self.directions - 1);
        (first, (first + 1) % self.directions, turn - turn.floor())
    }

    fn at(&self, direction: usize, distance: usize) -> f64 {
        f64::from(self.tangents[direction * (DISTANCES + 1) + distance])
    }
}

/// Distance to the farthest corner of the relief.
fn farthest_m(earth: &Earth, station: &Station) -> f64 {
    let Some(grid) = &earth.relief else { return f64::INFINITY };
    let bounds = grid.bounds();
    let corner = |lat_rad, lon_rad| {
        station.arc_m(&Station::new(Geodetic { lat_rad, lon_rad, height_m: 0.0 }))
    };
    let middle_rad = 0.5 * (bounds.west_rad + bounds.east_rad);
    [bounds.south_rad, bounds.north_rad]
        .into_iter()
        .flat_map(|lat| [bounds.west_rad, middle_rad, bounds.east_rad].map(|lon| corner(lat, lon)))
        .fold(0.0, f64::max)
}
