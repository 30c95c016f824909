//! The four sectors: north and south along rows, east and west along columns.
//!
//! A post belongs to the sectors of rows when its ray shifts by at most one column from row to row, else to
//! those of columns. The sectors of columns are swept in strips that are turned over in the cache, so
//! that their lines too are contiguous.

use std::ops::Range;

use super::axes::Axes;
use super::line::{self, Eye, HALO, Line, Posts};
use crate::grid::HeightGrid;

/// Columns of a strip that is turned over at once: a strip of the largest tiles fits the cache.
const STRIP: usize = 16;

/// Posts beyond the edge of a sector that are swept with it, so that its edge has neighbours.
const MARGIN: usize = 2;

/// Lowest visible heights over the posts of the window.
pub(crate) fn sweep(grid: &HeightGrid, axes: &Axes) -> Vec<f32> {
    let (rows, columns) = (axes.window.rows, axes.window.columns);
    let mut out_m = vec![f32::NAN; rows * columns];
    let spans = row_spans(axes);
    let own_row = axes.row;
    let north: Vec<usize> = (own_row.floor() as usize + 1..rows).collect();
    let last_south = (own_row.ceil() as usize).min(rows);
    let south: Vec<usize> = (0..last_south).rev().collect();
    sweep_rows(grid, axes, &north, &spans, &mut out_m);
    sweep_rows(grid, axes, &south, &spans, &mut out_m);
    let own_column = axes.column;
    let east: Vec<usize> = (own_column.floor() as usize + 1..columns).collect();
    let west: Vec<usize> = (0..(own_column.ceil() as usize).min(columns)).rev().collect();
    sweep_columns(grid, axes, &east, &spans, &mut out_m);
    sweep_columns(grid, axes, &west, &spans, &mut out_m);
    stand_at_the_observer(grid, axes, &mut out_m);
    out_m
}

/// The post on which the observer stands, if it stands on one, sees its own ground.
fn stand_at_the_observer(grid: &HeightGrid, axes: &Axes, out_m: &mut [f32]) {
    if axes.row.fract() == 0.0 && axes.column.fract() == 0.0 {
        let (row, column) = (axes.row as usize, axes.column as usize);
        let height_m = axes.window.heights_of(grid, row)[column];
        out_m[row * axes.window.columns + column] = if height_m.is_nan() { 0.0 } else { height_m };
    }
}

fn eye(axes: &Axes) -> Eye {
    Eye { radius_m: axes.radius_m, height_m: axes.height_m, most_q: axes.most_q, bend: axes.bend }
}

/// For each row the columns that belong to its sectors of rows: first, and one behind the last; empty for
/// the observer's own row.
fn row_spans(axes: &Axes) -> Vec<(usize, usize)> {
    let columns = axes.window.columns;
    let middle = (axes.column.round() as usize).min(columns - 1);
    let inside = |row: usize, column: usize| {
        axes.shift_by_row(&axes.rows[row], &axes.columns[column]).abs() <= 1.0
    };
    let mut spans = vec![(middle, middle); axes.window.rows];
    let order = |rows: &mut dyn Iterator<Item = usize>| {
        // The edge moves by about a column from row to row: it is looked for from where it was.
        let (mut first, mut last) = (middle, middle + 1);
        let mut found = Vec::new();
        for row in rows {
            if !inside(row, middle) {
                found.push((row, (middle, middle)));
                continue;
            }
            while last < columns && inside(row, last) {
                last += 1;
            }
            while last > middle + 1 && !inside(row, last - 1) {
                last -= 1;
            }
            while first > 0 && inside(row, first - 1) {
                first -= 1;
            }
            while first < middle && !inside(row, first) {
                first += 1;
            }
            found.push((row, (first, last)));
        }
        found
    };
    let north = order(&mut (axes.row.floor() as usize + 1..axes.window.rows));
    let south = order(&mut (0..(axes.row.ceil() as usize).min(axes.window.rows)).rev());
    for (row, span) in north.into_iter().chain(south) {
        spans[row] = span;
    }
    spans
}

fn sweep_rows(
    grid: &HeightGrid,
    axes: &Axes,
    order: &[usize],
    spans: &[(usize, usize)],
    out_m: &mut [f32],
) {
    let columns = axes.window.columns;
    let (mut before, mut own) = (Line::new(columns), Line::new(columns));
    let mut work = Work::new(columns);
    for (number, row) in order.iter().enumerate() {
        let (first, last) = spans[*row];
        let (from, until) = (first.saturating_sub(MARGIN), (last + MARGIN).min(columns));
        let facts = &axes.rows[*row];
        let of = &axes.columns[from..until];
        let count = of.len();
        let scale = 1.0 / (facts.narrow * axes.slant as f32);
        let (near, turn) = (facts.sine.abs(), facts.sine.signum() * facts.bulge);
        for (index, column) in of.iter().enumerate() {
            work.q[index] = facts.q_lat + facts.q_scale * column.q_lon;
            let ahead = (near + turn * column.q_lon).max(1e-12);
            work.shift[index] = (column.sine * scale / ahead).clamp(-1.0, 1.0);
        }
        let heights_m = &axes.window.heights_of(grid, *row)[from..until];
        let mut posts = Posts {
            heights_m,
            q: &work.q[..count],
            shift: &work.shift[..count],
            // What the margin writes here the sectors of columns write over.
            out_m: &mut out_m[row * columns + from..row * columns + until],
        };
        let earlier = (number > 0).then_some(&before);
        line::take(eye(axes), from, earlier, &mut posts, &mut own);
        own.widen(from, until);
        std::mem::swap(&mut before, &mut own);
    }
}

fn sweep_columns(
    grid: &HeightGrid,
    axes: &Axes,
    order: &[usize],
    spans: &[(usize, usize)],
    out_m: &mut [f32],
) {
    let rows = axes.window.rows;
    let (mut before, mut own) = (Line::new(rows), Line::new(rows));
    let mut work = Work::new(rows);
    let mut strip = Strip::new(rows);
    let mut edges = Edges::new(axes);
    let mut is_first = true;
    for some in order.chunks(STRIP) {
        let bounds: Vec<(usize, usize)> =
            some.iter().map(|column| edges.of(axes, *column)).collect();
        let low = bounds.iter().map(|(first, _)| *first).min().unwrap_or(0);
        let high = bounds.iter().map(|(_, last)| *last).max().unwrap_or(0);
        let west = some[0].min(some[some.len() - 1]);
        let columns = west..west + some.len();
        strip.load(grid, axes, &columns, (low, high));
        for (column, (from, until)) in some.iter().zip(&bounds) {
            let (number, from, until) = (*column - west, *from, *until);
            let facts = &axes.columns[*column];
            let per_sine = 1.0 / facts.sine.abs().max(1e-12);
            let slant = axes.slant as f32 * per_sine;
            let count = until - from;
            for (index, row) in axes.rows[from..until].iter().enumerate() {
                work.q[index] = row.q_lat + row.q_scale * facts.q_lon;
                let along = (row.sine + row.bulge * facts.q_lon) * row.narrow;
                work.shift[index] = (along * slant).clamp(-1.0, 1.0);
            }
            let (heights_m, out_m) = strip.line(number);
            let mut posts = Posts {
                heights_m: &heights_m[from..until],
                q: &work.q[..count],
                shift: &work.shift[..count],
                out_m: &mut out_m[from..until],
            };
            line::take(eye(axes), from, (!is_first).then_some(&before), &mut posts, &mut own);
            own.widen(from, until);
            std::mem::swap(&mut before, &mut own);
            is_first = false;
        }
        strip.store(axes, &columns, (low, high), spans, out_m);
    }
}

/// Room for one line.
struct Work {
    q: Vec<f32>,
    shift: Vec<f32>,
}

impl Work {
    fn new(posts: usize) -> Work {
        let room = || vec![0.0; posts + 2 * HALO];
        Work { q: room(), shift: room() }
    }
}

/// The rows that belong to a column's sector, with the margin; looked for from where they were.
struct Edges {
    first: usize,
    last: usize,
    middle: usize,
}

impl Edges {
    fn new(axes: &Axes) -> Edges {
        let middle = (axes.row.round() as usize).min(axes.window.rows - 1);
        Edges { first: middle, last: middle + 1, middle }
    }

    fn of(&mut self, axes: &Axes, column: usize) -> (usize, usize) {
        let rows = axes.window.rows;
        let inside =
            |row: usize| axes.shift_by_column(&axes.rows[row], &axes.columns[column]).abs() <= 1.0;
        // The great circle bulges to the pole: far out the middle of the sector has left the
        // observer's row.
        while self.last < rows && inside(self.last) {
            self.last += 1;
        }
        while self.last > self.middle + 1 && !inside(self.last - 1) {
            self.last -= 1;
        }
        while self.first > 0 && inside(self.first - 1) {
            self.first -= 1;
        }
        while self.first < self.middle && !inside(self.first) {
            self.first += 1;
        }
        (self.first.saturating_sub(MARGIN), (self.last + MARGIN).min(rows))
    }
}

/// Some neighbouring columns, each contiguous, in the order of the grid.
struct Strip {
    rows: usize,
    heights_m: Vec<f32>,
    out_m: Vec<f32>,
}

/// Part of a strip that is turned over at once: it fits the registers and the nearest cache.
type Block = [[f32; STRIP]; STRIP];

impl Strip {
    fn new(rows: usize) -> Strip {
        let length = rows.next_multiple_of(STRIP) * STRIP;
        Strip {
            rows: rows.next_multiple_of(STRIP),
            heights_m: vec![0.0; length],
            out_m: vec![f32::NAN; length],
        }
    }

    /// Turns over the heights of some columns, rows `low` to `high`.
    fn load(
        &mut self,
        grid: &HeightGrid,
        axes: &Axes,
        columns: &Range<usize>,
        (low, high): (usize, usize),
    ) {
        let (west, count) = (columns.start, columns.len());
        let mut block: Block = [[0.0; STRIP]; STRIP];
        for begin in (low..high).step_by(STRIP) {
            let rows = STRIP.min(high - begin);
            for (offset, row) in block.iter_mut().enumerate().take(rows) {
                let heights_m = axes.window.heights_of(grid, begin + offset);
                row[..count].copy_from_slice(&heights_m[west..west + count]);
            }
            let turned = turned(&block);
            for (line, column) in self.heights_m.chunks_exact_mut(self.rows).zip(&turned) {
                line[begin..begin + rows].copy_from_slice(&column[..rows]);
            }
        }
    }

    /// Heights of a column, and the room for what is found over it.
    fn line(&mut self, number: usize) -> (&[f32], &mut [f32]) {
        let own = number * self.rows..(number + 1) * self.rows;
        (&self.heights_m[own.clone()], &mut self.out_m[own])
    }

    /// Writes back what does not belong to the sectors of rows.
    fn store(
        &self,
        axes: &Axes,
        columns: &Range<usize>,
        (low, high): (usize, usize),
        spans: &[(usize, usize)],
        out_m: &mut [f32],
    ) {
        let width = axes.window.columns;
        let (west, count) = (columns.start, columns.len());
        let mut block: Block = [[0.0; STRIP]; STRIP];
        for begin in (low..high).step_by(STRIP) {
            let rows = STRIP.min(high - begin);
            for (line, column) in self.out_m.chunks_exact(self.rows).zip(&mut block) {
                column[..rows].copy_from_slice(&line[begin..begin + rows]);
            }
            let turned = turned(&block);
            for (offset, values) in turned.iter().enumerate().take(rows) {
                let row = begin + offset;
                let (first, last) = spans[row];
                // West of the sectors of rows, and east of them.
                let until = first.clamp(west, west + count) - west;
                let from = (last.clamp(west, west + count) - west).max(until);
                let target = &mut out_m[row * width + west..row * width + west + count];
                target[..until].copy_from_slice(&values[..until]);
                target[from..].copy_from_slice(&values[from..count]);
            }
        }
    }
}

#[inline]
fn turned(block: &Block) -> Block {
    std::array::from_fn(|column| std::array::from_fn(|row| block[row][column]))
}
