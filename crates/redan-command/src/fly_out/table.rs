//! The table behind a fly-out: arrivals over ground range and altitude, and the reach.

use super::{Envelope, FlyOutError, FlyOutPoint};

/// Cells in range; nodes stand at `span × (k / RANGES)²`.
const RANGES: usize = 64;
/// Cells in altitude; nodes stand at `floor + span × (k / ALTITUDES)²`.
const ALTITUDES: usize = 24;

/// Arrivals at the nodes, one row for each altitude.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Table {
    ranges: Axis,
    altitudes: Axis,
    rows: Vec<Row>,
}

/// Arrivals at one altitude. Beyond the reach they go on at the last speed.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    reach_m: f64,
    arrivals: Vec<FlyOutPoint>,
}

impl Table {
    pub(super) fn build(
        envelope: &Envelope,
        fly: impl Fn(f64, f64) -> Option<FlyOutPoint>,
    ) -> Result<Self, FlyOutError> {
        let ranges = Axis::new(0.0, envelope.max_range_m, RANGES);
        let altitudes = Axis::new(envelope.min_altitude_m, envelope.max_altitude_m, ALTITUDES);
        let mut rows = Vec::with_capacity(ALTITUDES + 1);
        for index in 0..=ALTITUDES {
            let altitude_m = altitudes.node(index);
            let row = Row::build(&ranges, |range_m| fly(range_m, altitude_m));
            rows.push(row.ok_or(FlyOutError::Unreachable { altitude_m })?);
        }
        Ok(Self { ranges, altitudes, rows })
    }

    /// Arrival at any place; see [`super::FlyOut::tabulate`] for what lies outside.
    pub(super) fn point(&self, range_m: f64, altitude_m: f64) -> FlyOutPoint {
        let (row, up) = self.altitudes.cell(altitude_m);
        let (column, along) = self.ranges.cell(range_m);
        let along_row = |row: usize| {
            let arrivals = &self.rows[row].arrivals;
            blend(arrivals[column], arrivals[column + 1], along)
        };
        let mut point = blend(along_row(row), along_row(row + 1), up);
        let beyond_m = range_m - self.ranges.last_m();
        if beyond_m > 0.0 {
            point.time_s += beyond_m / point.speed_m_s;
        }
        point
    }

    pub(super) fn reach_m(&self, altitude_m: f64) -> f64 {
        let (row, up) = self.altitudes.cell(altitude_m);
        lerp(self.rows[row].reach_m, self.rows[row + 1].reach_m, up)
    }

    pub(super) fn longest_reach_m(&self) -> f64 {
        self.rows.iter().fold(0.0, |longest, row| row.reach_m.max(longest))
    }

    /// Longest time to any place at which the table interpolates: the far end of the slowest row.
    pub(super) fn longest_time_s(&self) -> f64 {
        let last = |row: &Row| row.arrivals.last().map_or(0.0, |point| point.time_s);
        self.rows.iter().map(last).fold(0.0, f64::max)
    }

    /// Steepest slopes of the time along range and along altitude, among the cells beyond the
    /// minimum range.
    pub(super) fn slowness_s_m(&self, min_range_m: f64) -> [f64; 2] {
        let mut steepest = [0.0_f64; 2];
        for row in 0..ALTITUDES {
            for column in 0..RANGES {
                let far_m = self.ranges.node(column + 1);
                let high_m = self.altitudes.node(row + 1);
                if far_m * far_m + high_m * high_m >= min_range_m * min_range_m {
                    let slopes = self.slopes(row, column);
                    steepest = [steepest[0].max(slopes[0]), steepest[1].max(slopes[1])];
                }
            }
        }
        let slowest_m_s = self.rows.iter().filter_map(|row| row.arrivals.last());
        let beyond = slowest_m_s.map(|point| 1.0 / point.speed_m_s).fold(0.0, f64::max);
        [steepest[0].max(beyond), steepest[1]]
    }

    /// Steepest slopes of the time in one cell, along range and along altitude.
    fn slopes(&self, row: usize, column: usize) -> [f64; 2] {
        let time_s = |up: usize, along: usize| self.rows[row + up].arrivals[column + along].time_s;
        let width_m = self.ranges.node(column + 1) - self.ranges.node(column);
        let height_m = self.altitudes.node(row + 1) - self.altitudes.node(row);
        let along = (time_s(0, 1) - time_s(0, 0)).max(time_s(1, 1) - time_s(1, 0));
        let up = (time_s(1, 0) - time_s(0, 0)).abs().max((time_s(1, 1) - time_s(0, 1)).abs());
        [along / width_m, up / height_m]
    }
}

impl Row {
    /// Arrivals at one altitude, or `None` where the missile reaches no range.
    fn build(ranges: &Axis, fly: impl Fn(f64) -> Option<FlyOutPoint>) -> Option<Self> {
        let mut arrivals = Vec::with_capacity(RANGES + 1);
        while arrivals.len() <= RANGES {
            match fly(ranges.node(arrivals.len())) {
                Some(point) => arrivals.push(point),
                None => break,
            }
        }
        let last = arrivals.len().checked_sub(1)?;
        let mut end = (ranges.node(last), arrivals[last]);
        if last < RANGES {
            end = farthest(end, ranges.node(last + 1), &fly);
        }
        make_rising(ranges, &mut arrivals);
        let (reach_m, mut at_end) = end;
        let behind_m = reach_m - ranges.node(last);
        at_end.time_s = at_end.time_s.max(arrivals[last].time_s + behind_m / peak(&arrivals));
        arrivals.extend((last + 1..=RANGES).map(|index| FlyOutPoint {
            time_s: at_end.time_s + (ranges.node(index) - reach_m) / at_end.speed_m_s,
            speed_m_s: at_end.speed_m_s,
        }));
        Some(Self { reach_m, arrivals })
    }
}

/// Bisects between a range that is reached and one that is not.
fn farthest(
    mut reached: (f64, FlyOutPoint),
    mut missed_m: f64,
    fly: impl Fn(f64) -> Option<FlyOutPoint>,
) -> (f64, FlyOutPoint) {
    for _ in 0..14 {
        let middle_m = 0.5 * (reached.0 + missed_m);
        match fly(middle_m) {
            Some(point) => reached = (middle_m, point),
            None => missed_m = middle_m,
        }
    }
    reached
}

/// Makes times rise with range at least as at the highest speed of the row.
fn make_rising(ranges: &Axis, arrivals: &mut [FlyOutPoint]) {
    let peak_m_s = peak(arrivals);
    for index in 1..arrivals.len() {
        let step_m = ranges.node(index) - ranges.node(index - 1);
        let earliest_s = arrivals[index - 1].time_s + step_m / peak_m_s;
        arrivals[index].time_s = arrivals[index].time_s.max(earliest_s);
    }
}

fn peak(arrivals: &[FlyOutPoint]) -> f64 {
    // A row that ends on its launcher has no speed; one metre per second keeps quotients finite.
    arrivals.iter().fold(1.0, |peak, point| point.speed_m_s.max(peak))
}

fn blend(a: FlyOutPoint, b: FlyOutPoint, share: f64) -> FlyOutPoint {
    FlyOutPoint {
        time_s: lerp(a.time_s, b.time_s, share),
        speed_m_s: lerp(a.speed_m_s, b.speed_m_s, share),
    }
}

fn lerp(a: f64, b: f64, share: f64) -> f64 {
    a + (b - a) * share
}

/// Nodes whose distance from the first grows with the square of their number.
#[derive(Clone, Debug, PartialEq)]
struct Axis {
    first_m: f64,
    span_m: f64,
    cells: usize,
}

impl Axis {
    fn new(first_m: f64, last_m: f64, cells: usize) -> Self {
        Self { first_m, span_m: last_m - first_m, cells }
    }

    fn node(&self, index: usize) -> f64 {
        let share = index as f64 / self.cells as f64;
        self.first_m + self.span_m * (share * share)
    }

    fn last_m(&self) -> f64 {
        self.first_m + self.span_m
    }

    /// Cell that holds a value, and the share of the cell below it, both clamped to the axis.
    fn cell(&self, value_m: f64) -> (usize, f64) {
        let share = ((value_m - self.first_m) / self.span_m).clamp(0.0, 1.0);
        let index = ((share.sqrt() * self.cells as f64) as usize).min(self.cells - 1);
        let [below, above] = [self.node(index), self.node(index + 1)];
        (index, ((value_m - below) / (above - below)).clamp(0.0, 1.0))
    }
}
