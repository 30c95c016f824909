//! One ray over relief: which ground between two places reaches highest.
//!
//! The great circle is cut into segments of 2 km, straight in rows and columns of the grid (off the
//! great circle by 0.1 m at 50 degrees of latitude, 5 m at 89). In each, the bilinear surface is sampled
//! wherever the ray crosses a row or a column and midway between crossings: ridges one post wide are met
//! at their crest, which equal steps would miss. Over the sea the highest point of an interval is
//! known in closed form. Runs of segments, from the whole ray by halves to a single one, are skipped when
//! the highest post of their box (`maxima.rs`), put where it would reach highest, would not reach above what
//! was found: the answer is the same to the last bit as when every segment is looked at.

use crate::circle::{GreatCircle, place_of};
use crate::effective::EffectiveEarth;
use crate::grid::{EDGE_POSTS, HeightGrid};
use crate::sight::{Blocker, BlockerKind, Station};

const SEGMENT_M: f64 = 2_000.0;

/// Added to the heights of bounds: more than rounding does to a height or a slope, and of no account.
const ROOM_M: f64 = 1e-3;

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

/// Row and column of a place.
type At = (f64, f64);

/// A ray cut into segments by nodes.
struct Way {
    circle: GreatCircle,
    /// Segments, a whole number.
    count: f64,
    /// Highest post of the grid, and the arc at which it would reach highest.
    peak_m: f64,
    peak_tangent_m: f64,
    /// Where the great circle turns from north to south or back, in segments from the start.
    turn: f64,
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
        let turn = circle.turn_rad() / circle.angle_rad * count;
        let way = Way { circle, count, peak_m, peak_tangent_m: self.tangent_m(peak_m), turn };
        let last = count as u64;
        let ends = (self.node(&way, 0), self.node(&way, last));
        self.take_run(&mut highest, &way, (0, last), ends);
        highest
    }

    /// A run of segments, the near half first; of no effect when nothing in it can reach higher.
    fn take_run(&self, highest: &mut Highest, way: &Way, run: (u64, u64), ends: (At, At)) {
        let arc_m = (self.node_arc_m(way, run.0), self.node_arc_m(way, run.1));
        let peak_arc_m = way.peak_tangent_m.max(arc_m.0).min(arc_m.1);
        let single = run.1 - run.0 == 1;
        let room_m = if single { 0.0 } else { ROOM_M };
        if self.slope(way.peak_m + room_m, peak_arc_m) <= highest.slope {
            return;
        }
        if (single || !self.turns(way, run, ends)) && self.is_low(highest, arc_m, ends) {
            return;
        }
        if single {
            let segment =
                Segment { arc_m, row: (ends.0.0, ends.1.0), column: (ends.0.1, ends.1.1) };
            return self.take_segment(highest, &segment);
        }
        let middle = run.0.midpoint(run.1);
        let at = self.node(way, middle);
        self.take_run(highest, way, (run.0, middle), (ends.0, at));
        self.take_run(highest, way, (middle, run.1), (at, ends.1));
    }

    /// Whether the highest ground in the box between two nodes, put where it would reach highest, does
    /// not reach above what was found.
    fn is_low(&self, highest: &Highest, arc_m: (f64, f64), ends: (At, At)) -> bool {
        let bound_m = ROOM_M + self.grid.bound_m((ends.0.0, ends.1.0), (ends.0.1, ends.1.1));
        let tangent_m = self.tangent_m(bound_m);
        self.slope(bound_m, tangent_m.max(arc_m.0).min(arc_m.1)) <= highest.slope
    }

    /// Whether the nodes of a run may leave the box between its ends: at the great circle's
    /// northernmost or southernmost place, and where columns leap or it meets a pole.
    fn turns(&self, way: &Way, run: (u64, u64), ends: (At, At)) -> bool {
        let lon_rad = (ends.1.1 - ends.0.1).abs() * self.grid.geometry().lon_step_rad;
        // A little less than half a turn, because over a pole the side is a matter of rounding.
        let around = lon_rad > 0.499 * std::f64::consts::TAU;
        around || (run.0 as f64 <= way.turn && way.turn <= run.1 as f64)
    }

    fn node(&self, way: &Way, index: u64) -> At {
        let (normal, _) = way.circle.at(index as f64 / way.count * way.circle.angle_rad);
        let place = place_of(normal, 0.0);
        self.grid.position(place.lat_rad, place.lon_rad)
    }

    fn node_arc_m(&self, way: &Way, index: u64) -> f64 {
        index as f64 / way.count * self.arc_m
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
        self.earth.tangent_ratio(self.from.place().height_m, height_m, arc_m)
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

    /// Every segment looked at, as if nothing were known of the relief.
    fn highest_of_all(ray: &Ray<'_>, mut highest: Highest) -> Highest {
        let circle = GreatCircle::between(ray.from.normal(), ray.to.normal());
        let count = (ray.arc_m / SEGMENT_M).ceil().max(1.0);
        let way = Way { circle, count, peak_m: 0.0, peak_tangent_m: 0.0, turn: 0.0 };
        for index in 0..count as u64 {
            let (near, far) = (ray.node(&way, index), ray.node(&way, index + 1));
            let arc_m = (ray.node_arc_m(&way, index), ray.node_arc_m(&way, index + 1));
            let segment = Segment { arc_m, row: (near.0, far.0), column: (near.1, far.1) };
            ray.take_segment(&mut highest, &segment);
        }
        highest
    }

    /// A grid of 61 rows and 121 columns whose height is a function of row and column.
    fn grid(
        [south_deg, west_deg, lat_step_deg, lon_step_deg]: [f64; 4],
        height_m: impl Fn(usize, usize) -> f32,
    ) -> HeightGrid {
        let geometry = crate::grid::GridGeometry {
            south_rad: south_deg.to_radians(),
            west_rad: west_deg.to_radians(),
            lat_step_rad: lat_step_deg.to_radians(),
            lon_step_rad: lon_step_deg.to_radians(),
            rows: 61,
            columns: 121,
        };
        let heights_m = (0..61 * 121).map(|post| height_m(post / 121, post % 121));
        HeightGrid::new(geometry, heights_m.collect()).unwrap()
    }

    /// Looks for ground above a height at the end of a ray in both ways.
    fn found_above(end_m: f64, grid: &HeightGrid, from: &Station, to: &Station) -> Highest {
        let (earth, arc_m) = (EffectiveEarth::default(), from.arc_m(to));
        let ray = Ray { earth, grid, from, to, arc_m };
        let slope = ray.slope(end_m, arc_m);
        let first = || Highest { slope, ground: ground(None, arc_m) };
        let (some, all) = (ray.highest(first()), highest_of_all(&ray, first()));
        assert_eq!(some.slope.to_bits(), all.slope.to_bits(), "{from:?} {to:?}");
        assert_eq!(some.ground, all.ground, "{from:?} {to:?}");
        some
    }

    #[test]
    fn what_is_skipped_is_never_the_highest() {
        let mut state = 1_u64;
        let mut dice = || {
            state =
                state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
            (state >> 11) as f64 / (1_u64 << 53) as f64
        };
        for frame in [
            [40.0, 30.0, 0.05, 0.05],
            [-3.0, 177.0, 0.1, 0.05],
            [84.0, -180.0, 0.1, 3.0],
            [-90.0, 0.0, 0.05, 3.0],
            [87.0, 100.0, 0.05, 1.0],
        ] {
            // Hills and voids.
            let grid = grid(frame, |row, column| match (row * 121 + column) * 7_919 % 1_013 {
                0..8 => f32::NAN,
                dice => (dice as f32) * if dice % 11 == 0 { 2.0 } else { 0.2 } - 60.0,
            });
            let mut place = || {
                let lat_deg = frame[0] + (1.2 * dice() - 0.1) * 60.0 * frame[2];
                let lon_deg = frame[1] + (1.2 * dice() - 0.1) * 120.0 * frame[3];
                let height_m = 2e3 + if dice() < 0.5 { 100.0 } else { 9e3 } * dice();
                station(lat_deg.clamp(-90.0, 90.0), lon_deg, height_m)
            };
            for _ in 0..400 {
                found_above(-500.0, &grid, &place(), &place());
            }
        }
    }

    fn station(lat_deg: f64, lon_deg: f64, height_m: f64) -> Station {
        Station::new(crate::Geodetic::from_degrees(lat_deg, lon_deg, height_m))
    }

    /// Between two places on one parallel the great circle runs closer to the pole than both.
    #[test]
    fn a_wall_north_of_both_ends_is_met_where_the_circle_turns() {
        let wall = grid([59.98, 0.0, 0.002, 1.0], |row, _| if row >= 25 { 5e3 } else { 0.0 });
        let (from, to) = (station(60.0, 2.0, 12e3), station(60.0, 10.0, 12e3));
        let found = found_above(50.0, &wall, &from, &to);
        assert!(found.ground.height_m > 4_000.0, "{:?}", found.ground);
    }

    /// The shorter way between two places leads over the meridian where columns leap.
    #[test]
    fn a_wall_where_columns_leap_is_met() {
        let wall = grid([84.0, -180.0, 0.1, 3.0], |_, column| match column {
            0 | 1 | 119 | 120 => 5e3,
            _ => 0.0,
        });
        let (from, to) = (station(84.5, 165.0, 12e3), station(88.0, -165.0, 12e3));
        let found = found_above(50.0, &wall, &from, &to);
        assert!(found.ground.height_m > 4_000.0, "{:?}", found.ground);
    }

    /// From 3 km, 141 m at 300 km lie below the horizon of the sea and above that of a hollow of 400 m.
    #[test]
    fn the_sea_beyond_a_hollow_is_met() {
        let hollow = grid([40.0, 30.0, 0.02, 0.02], |_, _| -400.0);
        let (from, to) = (station(40.2, 31.0, 3e3), station(40.9, 34.45, 3e3));
        let found = found_above(141.0, &hollow, &from, &to);
        assert_eq!((found.ground.height_m, found.ground.kind), (0.0, BlockerKind::Horizon));
        assert!(found.ground.arc_m < 250e3, "{:?}", found.ground);
    }
}
