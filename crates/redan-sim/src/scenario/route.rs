//! From the points of a route to waypoints with height and speed, and the time that they take.

use redan_geo::{Geodetic, Leg};

use crate::card::{AirVehicle, TargetClass};

use super::file::{self, place_of};
use super::limits::in_range;
use super::problem::Collector;
use super::read::{At, List};
use super::resolved::{Height, Waypoint};

/// Two points closer than this are one.
const SAME_POINT_M: f64 = 1.0;
/// Fastest thing that flies on a route.
const FASTEST_M_S: f64 = 10_000.0;
/// A height or speed up to this multiple of the card's highest passes: published figures are rounded.
const ABOVE_CARD: f64 = 1.1;
/// A speed down to this share of the card's lowest passes: wind and descent slow a flight over ground.
const SLOWEST_SHARE: f64 = 1.0 / 3.0;
const METRES_PER_FLIGHT_LEVEL: f64 = 30.48;
pub(super) const METRES_PER_NAUTICAL_MILE: f64 = 1_852.0;

/// A route without mistakes, and the time from its first point to its last.
pub(super) struct Route {
    pub(super) points: Vec<Waypoint>,
    pub(super) takes_s: f64,
}

impl Route {
    /// Whether the route comes within a distance of a place, over ground.
    pub(super) fn comes_within(&self, place: Geodetic, distance_m: f64) -> bool {
        // Steps as long as the gap that is left never jump over the circle.
        const SHORTEST_STEP_M: f64 = 50.0;
        self.points.windows(2).any(|pair| {
            let leg = Leg::new(on_ground(&pair[0]), on_ground(&pair[1]));
            let mut flown_m = 0.0;
            while flown_m < leg.length_m() {
                let gap_m = gap_m(leg.at(flown_m / leg.length_m()), place);
                if gap_m <= distance_m {
                    return true;
                }
                flown_m += (gap_m - distance_m).max(SHORTEST_STEP_M);
            }
            gap_m(leg.end(), place) <= distance_m
        })
    }

    /// Distance over ground from the first point to a place.
    pub(super) fn begins_at_m(&self, place: Geodetic) -> f64 {
        self.points.first().map_or(f64::INFINITY, |first| gap_m(on_ground(first), place))
    }

    /// Distance over ground from the last point to a place.
    pub(super) fn ends_at_m(&self, place: Geodetic) -> f64 {
        self.points.last().map_or(f64::INFINITY, |last| gap_m(on_ground(last), place))
    }
}

fn on_ground(point: &Waypoint) -> Geodetic {
    Geodetic { lat_rad: point.lat_rad, lon_rad: point.lon_rad, height_m: 0.0 }
}

/// Straight distance at sea level, never longer than the way over ground.
fn gap_m(a: Geodetic, b: Geodetic) -> f64 {
    a.at_height(0.0).to_ecef().distance_m(b.at_height(0.0).to_ecef())
}

/// Checks a route. `vehicle`, the card's id and figures, gives height and speed where the first point
/// does not, and the limits of both; without it, because its card has mistakes, they stay unknown and
/// `None` comes back.
pub(super) fn resolve(
    route: &List<file::Waypoint>,
    vehicle: Option<(&str, &AirVehicle)>,
    problems: &mut Collector,
) -> Option<Route> {
    if route.written < 2 {
        let hint = "give at least two points; a thing that stays where it is does not fly";
        problems.note_hint(&route.spot, "a route of fewer than two points", hint);
        return None;
    }
    let heights: Vec<Option<Height>> = route.items.iter().map(|p| height(p, problems)).collect();
    let speeds: Vec<Option<f64>> = route.items.iter().map(|p| speed_m_s(p, problems)).collect();
    if let Some((card, figures)) = vehicle {
        for (point, (height, speed)) in route.items.iter().zip(heights.iter().zip(&speeds)) {
            within_reach(point, *height, *speed, card, figures, problems);
        }
    }
    // Points that could not be read would leave legs that nobody wrote.
    let placed = route.items.iter().filter(|point| point.at.get().is_some()).count();
    if placed < route.written {
        return None;
    }
    let usual = vehicle.map(|(_, figures)| (usual_height(figures), figures.typical_speed_m_s));
    let (mut height, mut speed_m_s) = usual.unzip();
    let mut points = Vec::new();
    for (point, (own_height, own_speed)) in route.items.iter().zip(heights.into_iter().zip(speeds))
    {
        height = own_height.or(height);
        speed_m_s = own_speed.or(speed_m_s);
        let place = place_of(&point.at);
        points.push(Waypoint {
            lat_rad: place.lat_rad,
            lon_rad: place.lon_rad,
            height: height?,
            speed_m_s: speed_m_s?,
        });
    }
    let takes_s = takes_s(route, &points, problems)?;
    Some(Route { points, takes_s })
}

/// Time along the route; `None` once a leg of no length has been noted.
fn takes_s(
    route: &List<file::Waypoint>,
    points: &[Waypoint],
    problems: &mut Collector,
) -> Option<f64> {
    let mut takes_s = 0.0;
    let mut whole = true;
    for (pair, from) in route.items.windows(2).zip(points) {
        let length_m = Leg::new(place_of(&pair[0].at), place_of(&pair[1].at)).length_m();
        if length_m < SAME_POINT_M {
            problems.note(&pair[1].spot, "this point is the same as the one before");
            whole = false;
        }
        takes_s += length_m / from.speed_m_s;
    }
    whole.then_some(takes_s)
}

/// Notes a height and a speed of a point that the card of the vehicle does not allow.
fn within_reach(
    point: &file::Waypoint,
    height: Option<Height>,
    speed_m_s: Option<f64>,
    card: &str,
    figures: &AirVehicle,
    problems: &mut Collector,
) {
    let mut refuse = |given: [&Option<At<f64>>; 3], parameter: &str, reason: String| {
        let Some(at) = given.into_iter().flatten().next() else { return };
        let hint = format!(
            "name another card, or set {parameter} under [figures.\"{card}\"] if you know better"
        );
        problems.note_hint(&at.spot, reason, hint);
    };
    let heights = [&point.altitude_m, &point.agl_m, &point.flight_level];
    let speeds = [&point.speed_m_s, &point.speed_kt, &None];
    let (ceiling_m, fastest_m_s) = (figures.max_altitude_m, figures.max_speed_m_s);
    let slowest_m_s = figures.min_speed_m_s;
    if let Some(Height::Msl(height_m) | Height::Agl(height_m)) = height
        && height_m > ABOVE_CARD * ceiling_m
    {
        let reason = format!(
            "{height_m:.0} m is above the ceiling of {card}: max_altitude is {ceiling_m} m"
        );
        refuse(heights, "max_altitude", reason);
    }
    let Some(speed_m_s) = speed_m_s else { return };
    if speed_m_s > ABOVE_CARD * fastest_m_s {
        let reason =
            format!("{speed_m_s:.0} m/s is too fast for {card}: max_speed is {fastest_m_s} m/s");
        refuse(speeds, "max_speed", reason);
    } else if speed_m_s < SLOWEST_SHARE * slowest_m_s {
        let reason =
            format!("{speed_m_s:.0} m/s is too slow for {card}: min_speed is {slowest_m_s} m/s");
        refuse(speeds, "min_speed", reason);
    }
}

/// What follows the ground is carded by its height above it, everything else by its altitude.
fn usual_height(vehicle: &AirVehicle) -> Height {
    match vehicle.class {
        TargetClass::CruiseMissile | TargetClass::Drone => Height::Agl(vehicle.typical_altitude_m),
        TargetClass::Aircraft | TargetClass::Ballistic => Height::Msl(vehicle.typical_altitude_m),
    }
}

/// The height that a point gives itself.
fn height(point: &file::Waypoint, problems: &mut Collector) -> Option<Height> {
    let given = [&point.altitude_m, &point.agl_m, &point.flight_level];
    one_of(given, "a height", problems)?;
    if let Some(agl_m) = &point.agl_m {
        if agl_m.value < 0.0 {
            let reason = format!("{} m above the ground is inside the Earth", agl_m.value);
            problems.note(&agl_m.spot, reason);
            return None;
        }
        return in_range(agl_m, 0.0..=100_000.0, "m", problems).then_some(Height::Agl(agl_m.value));
    }
    if let Some(altitude_m) = &point.altitude_m {
        let fits = in_range(altitude_m, -500.0..=100_000.0, "m", problems);
        return fits.then_some(Height::Msl(altitude_m.value));
    }
    let level = point.flight_level.as_ref()?;
    let fits = in_range(level, 0.0..=3_000.0, "hundred feet", problems);
    fits.then_some(Height::Msl(level.value * METRES_PER_FLIGHT_LEVEL))
}

/// The speed that a point gives itself.
fn speed_m_s(point: &file::Waypoint, problems: &mut Collector) -> Option<f64> {
    one_of([&point.speed_m_s, &point.speed_kt], "a speed", problems)?;
    let (given, in_m_s) = match (&point.speed_m_s, &point.speed_kt) {
        (Some(at), _) => (at, at.value),
        (None, Some(at)) => (at, at.value * METRES_PER_NAUTICAL_MILE / 3_600.0),
        (None, None) => return None,
    };
    if in_m_s <= 0.0 {
        problems.note(&given.spot, format!("a speed must be above 0, not {}", given.value));
        return None;
    }
    if in_m_s >= FASTEST_M_S {
        problems.note(&given.spot, format!("{in_m_s:.0} m/s is no speed below 10 km/s"));
        return None;
    }
    Some(in_m_s)
}

/// Notes that a point says the same thing twice; `None` then.
fn one_of<const N: usize>(
    given: [&Option<At<f64>>; N],
    what: &str,
    problems: &mut Collector,
) -> Option<()> {
    let mut given = given.into_iter().flatten();
    given.next();
    let Some(second) = given.next() else { return Some(()) };
    problems.note_hint(&second.spot, format!("{what} is given twice"), "leave one of them out");
    None
}
