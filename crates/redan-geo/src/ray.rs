//! One ray over relief: which ground between two places reaches highest.
//!
//! The great circle is cut into segments of 2 km, straight in rows and columns of the grid (off the
//! great circle by 0.1 m at 50 degrees of latitude, 5 m at 89). In each, the bilinear surface is sampled
//! wherever the ray crosses a row or a column and midway between crossings: ridges one post wide are met
//! at their crest, which equal steps would miss. Over the sea the highest point of an interval is
//! known in closed form. A segment is skipped when even the highest post of the grid, put there, would
//! not reach above what was found.

use crate::circle::{GreatCircle, place_of};
use crate::effective::EffectiveEarth;
use crate::grid::{EDGE_POSTS, HeightGrid};
use crate::sight::{Blocker, BlockerKind, Station};

const SEGMENT_M: f64 = 2_000.0;

/// Arcs below this angle take sine and versine from their series, with an error below 1e-13.
const SMALL_RAD: f64 = 0.05;

pub(crate) struct Ray<'a> {
    pub(crate) earth: EffectiveEarth,
    pub(crate) grid: &'a HeightGrid,
    pub(crate) from: &'a Station,
    pub(crate) to: &'a Station,
    pub(crate) arc_m: f64,
}

/// Highest ground met so far, by the tangent of its elevation: tangents compare as the elevations do
/// and spare the arctangents.
struct Highest {
    slope: f64,
    ground: Blocker,
}

/// Part of a ray that is straight in rows and columns.
struct Segment {
    arc_m: (f64, f64),
    row: (f64, f64),
    column: (f64, f64),
}

impl Ray<'_> {
    /// Elevation of the horizon towards the target, and what hides the target.
    pub(crate) fn horizon(&self) -> (f64, Option<Blocker>) {
        let (h1_m, h2_m) = (self.from.place().height_m, self.to.place().height_m);
        let here = self.ground_under(self.from, 0.0);
        if here.height_m > h1_m {
            return (std::f64::consts::FRAC_PI_2, Some(here));
        }
        let there = self.ground_under(self.to, self.arc_m);
        // Straight above or below; also what is not a number, which is then hidden.
        if self.arc_m.is_nan() || self.arc_m == 0.0 {
            let free = self.arc_m == 0.0 && there.height_m <= h2_m;
            let horizon_rad = self.earth.elevation_rad(h1_m, there.height_m, 0.0);
            return (horizon_rad, (!free).then_some(there));
        }
        let slope = self.slope(there.height_m, self.arc_m);
        let highest = self.highest(Highest { slope, ground: there });
        // Written so that what is not a number is hidden.
        let free = self.slope(h2_m, self.arc_m) >= highest.slope;
        (libm::atan(highest.slope), (!free).then_some(highest.ground))
    }

    fn highest(&self, mut highest: Highest) -> Highest {
        let circle = GreatCircle::between(self.from.normal(), self.to.normal());
        let count = (self.arc_m / SEGMENT_M).ceil().max(1.0);
        let peak_m = self.grid.highest_m().max(0.0);
        let peak_tangent_m = self.tangent_m(peak_m);
        let node = |index: u64| {
            let (normal, _) = circle.at(index as f64 / count * circle.angle_rad);
            let place = place_of(normal, 0.0);
            self.grid.position(place.lat_rad, place.lon_rad)
        };
        for index in 0..count as u64 {
            let part_m = |index: u64| index as f64 / count * self.arc_m;
            let (near_m, far_m) = (part_m(index), part_m(index + 1));
            if self.slope(peak_m, peak_tangent_m.max(near_m).min(far_m)) <= highest.slope {
                if near_m >= peak_tangent_m {
                    break;
                }
                continue;
            }
            let (at0, at1) = (node(index), node(index + 1));
            let segment =
                Segment { arc_m: (near_m, far_m), row: (at0.0, at1.0), column: (at0.1, at1.1) };
            self.take_segment(&mut highest, &segment);
        }
        highest
    }

    fn take_segment(&self, highest: &mut Highest, segment: &Segment) {
        let geometry = self.grid.geometry();
        let rows = clip(segment.row, geometry.rows);
        let columns = clip(segment.column, geometry.columns);
        let (enter, leave) = (rows.0.max(columns.0), rows.1.min(columns.1));
        // A leap of half a turn is the meridian opposite to the grid, far outside it.
        let leaps = (segment.column.1 - segment.column.0).abs()
            > 0.5 * std::f64::consts::TAU / geometry.lon_step_rad;
        if leaps || enter > leave {
            return self.take_sea(highest, segment.arc_m.0, segment.arc_m.1);
        }
        if enter > 0.0 {
            self.take_sea(highest, segment.arc_m.0, segment.arc_at_m(enter));
        }
        if leave < 1.0 {
            self.take_sea(highest, segment.arc_at_m(leave), segment.arc_m.1);
        }
        self.take_land(highest, segment, enter, leave);
    }

    /// Samples at the ends, at every crossing of a row or a column and midway between them.
    fn take_land(&self, highest: &mut Highest, segment: &Segment, enter: f64, leave: f64) {
        let mut rows = Crossings::of(segment.row, enter);
        let mut columns = Crossings::of(segment.column, enter);
        let mut part = enter;
        self.take_post(highest, segment, part);
        while part < leave {
            let next = rows.next.min(columns.next).min(leave);
            self.take_post(highest, segment, 0.5 * (part + next));
            self.take_post(highest, segment, next);
            rows.pass(next);
            columns.pass(next);
            part = next;
        }
    }

    #[inline]
    fn take_post(&self, highest: &mut Highest, segment: &Segment, part: f64) {
        let row = segment.row.0 + (segment.row.1 - segment.row.0) * part;
        let column = segment.column.0 + (segment.column.1 - segment.column.0) * part;
        self.take(highest, self.grid.height_at_m(row, column), segment.arc_at_m(part));
    }

    /// The sea reaches highest at its tangent point, or at the end of the interval nearest to it.
    fn take_sea(&self, highest: &mut Highest, near_m: f64, far_m: f64) {
        let tangent_m = self.earth.horizon_arc_m(self.from.place().height_m);
        self.take(highest, None, tangent_m.max(near_m).min(far_m));
    }

    #[inline]
    fn take(&self, highest: &mut Highest, relief_m: Option<f64>, arc_m: f64) {
        // Closer than a micrometre is the first place itself, which the caller has looked at.
        if arc_m < 1e-6 {
            return;
        }
        let slope = self.slope(relief_m.unwrap_or(0.0), arc_m);
        if slope > highest.slope {
            *highest = Highest { slope, ground: ground(relief_m, arc_m) };
        }
    }

    /// Tangent of the elevation of a point of a height at an arc.
    #[inline]
    fn slope(&self, height_m: f64, arc_m: f64) -> f64 {
        let angle_rad = arc_m / self.earth.radius_m;
        let (sine, versine) = sine_and_versine(angle_rad);
        let r_m = self.earth.radius_m + height_m;
        (height_m - self.from.place().height_m - r_m * versine) / (r_m * sine)
    }

    /// Arc at which a shell of that height reaches highest: at once when seen from inside it.
    fn tangent_m(&self, shell_m: f64) -> f64 {
        let shell = EffectiveEarth { radius_m: self.earth.radius_m + shell_m };
        let arc_m = shell.horizon_arc_m(self.from.place().height_m - shell_m);
        arc_m * self.earth.radius_m / shell.radius_m
    }

    fn ground_under(&self, station: &Station, arc_m: f64) -> Blocker {
        let place = station.place();
        ground(self.grid.height_m(place.lat_rad, place.lon_rad), arc_m)
    }
}

impl Segment {
    fn arc_at_m(&self, part: f64) -> f64 {
        self.arc_m.0 + (self.arc_m.1 - self.arc_m.0) * part
    }
}

/// Parts of a segment at which a coordinate is whole, one after the other.
struct Crossings {
    next: f64,
    step: f64,
}

impl Crossings {
    fn of((first, last): (f64, f64), from: f64) -> Self {
        let change = last - first;
        if change == 0.0 {
            return Self { next: f64::INFINITY, step: f64::INFINITY };
        }
        let here = first + change * from;
        let whole = if change > 0.0 { here.floor() + 1.0 } else { here.ceil() - 1.0 };
        Self { next: ((whole - first) / change).max(from), step: 1.0 / change.abs() }
    }

    fn pass(&mut self, part: f64) {
        if self.next <= part {
            self.next += self.step;
        }
    }
}

fn ground(relief_m: Option<f64>, arc_m: f64) -> Blocker {
    match relief_m {
        Some(height_m) => Blocker { arc_m, height_m, kind: BlockerKind::Relief },
        None => Blocker { arc_m, height_m: 0.0, kind: BlockerKind::Horizon },
    }
}

/// Parts of a segment between which a coordinate lies between the first and the last post; the first
/// exceeds the second when there are none.
fn clip((first, last): (f64, f64), posts: usize) -> (f64, f64) {
    let end = (posts - 1) as f64;
    // Along the edge itself rounding must not put a ray outside.
    let onto_edge = |at: f64| {
        let near = at.clamp(0.0, end);
        if (at - near).abs() <= EDGE_POSTS { near } else { at }
    };
    let (first, last) = (onto_edge(first), onto_edge(last));
    let change = last - first;
    if change == 0.0 {
        return if (0.0..=end).contains(&first) { (0.0, 1.0) } else { (1.0, 0.0) };
    }
    let (a, b) = (-first / change, (end - first) / change);
    (a.min(b).max(0.0), a.max(b).min(1.0))
}

/// Sine, and one minus cosine, of a positive angle.
#[inline]
pub(crate) fn sine_and_versine(angle_rad: f64) -> (f64, f64) {
    let x = angle_rad * angle_rad;
    if angle_rad < SMALL_RAD {
        let sine = angle_rad * (1.0 - x / 6.0 * (1.0 - x / 20.0 * (1.0 - x / 42.0)));
        return (sine, 0.5 * x * (1.0 - x / 12.0 * (1.0 - x / 30.0 * (1.0 - x / 56.0))));
    }
    let (sin_half, cos_half) = libm::sincos(0.5 * angle_rad);
    (2.0 * sin_half * cos_half, 2.0 * sin_half * sin_half)
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "values that are met exactly are compared exactly")]
mod tests {
    use super::*;

    #[test]
    fn the_series_meets_the_functions() {
        for step in 1..200 {
            let angle_rad = f64::from(step) * 0.0005;
            let (sine, versine) = sine_and_versine(angle_rad);
            let (sin_half, _) = libm::sincos(0.5 * angle_rad);
            assert!((sine / libm::sin(angle_rad) - 1.0).abs() < 1e-14);
            assert!((versine / (2.0 * sin_half * sin_half) - 1.0).abs() < 1e-14);
        }
    }

    #[test]
    fn crossings_are_whole_either_way() {
        let mut up = Crossings::of((0.5, 3.0), 0.0);
        assert_eq!((up.next, up.step), (0.2, 0.4));
        up.pass(0.2);
        assert!((up.next - 0.6).abs() < 1e-15);
        let down = Crossings::of((3.0, 0.5), 0.0);
        assert_eq!(down.next, 0.4);
        assert_eq!(Crossings::of((1.0, 1.0), 0.0).next, f64::INFINITY);
        assert_eq!(clip((-1.0, 3.0), 3), (0.25, 0.75));
        assert!(clip((-2.0, -1.0), 3).0 > clip((-2.0, -1.0), 3).1);
    }
}
