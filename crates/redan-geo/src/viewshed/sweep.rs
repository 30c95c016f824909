//! The four sectors: north and south along rows, east and west along columns.
//!
//! A post belongs to the sectors of rows when its ray shifts by at most one column from row to row, else to
//! those of columns. The sectors of columns are swept in strips that are turned over in the cache, so
//! that their lines too are contiguous.

use std::ops::Range;

use super::axes::Axes;
use super::line::{self, Eye, Line, Posts};
use crate::grid::HeightGrid;

/// Columns of a strip that is turned over at once: a strip of the largest tiles fits the cache.
const STRIP: usize = 64;

/// Rows and columns of a block of a strip: a row of it is a line of the cache.
const BLOCK: usize = 16;

/// Posts beyond the edge of a sector that are swept with it, so that its edge has neighbours.
const MARGIN: usize = 2;

/// Lowest visible heights over the posts of the window, in the room of others.
pub(crate) fn sweep(grid: &HeightGrid, axes: &Axes, room: Vec<f32>) -> Vec<f32> {
    let (rows, columns) = (axes.window.rows, axes.window.columns);
    // Every post is written below: those of the sectors of rows by these, all others by strips.
    let mut out_m = match room.capacity() < rows * columns {
        true => vec![0.0; rows * columns],
        false => room,
    };
    out_m.resize(rows * columns, 0.0);
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
        axes.shift_by_row(&axes.rows[row], axes.columns.at(column)).abs() <= 1.0
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
        work.of_row(axes, *row, from..until);
        // What the margin writes here the sectors of columns write over.
        let posts_m = &mut out_m[row * columns + from..row * columns + until];
        posts_m.copy_from_slice(&axes.window.heights_of(grid, *row)[from..until]);
        let earlier = (number > 0).then_some(&before);
        line::take(eye(axes), from, earlier, &mut work.posts(posts_m), &mut own);
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
        let place = Place { columns: west..west + some.len(), rows: low..high };
        strip.load(grid, axes, &place);
        for (column, (from, until)) in some.iter().zip(&bounds) {
            let (from, until) = (*from, *until);
            work.of_column(axes, *column, from..until);
            let line_m = strip.line(*column - west);
            line_m[low..from].fill(f32::NAN);
            line_m[until..high].fill(f32::NAN);
            let mut posts = work.posts(&mut line_m[from..until]);
            line::take(eye(axes), from, (!is_first).then_some(&before), &mut posts, &mut own);
            own.widen(from, until);
            std::mem::swap(&mut before, &mut own);
            is_first = false;
        }
        strip.store(&place, spans, out_m);
    }
}

/// What is known of the posts of one line beforehand.
struct Work {
    q: Vec<f32>,
    shift: Vec<f32>,
}

impl Work {
    fn new(posts: usize) -> Work {
        Work { q: Vec::with_capacity(posts), shift: Vec::with_capacity(posts) }
    }

    fn of_row(&mut self, axes: &Axes, row: usize, columns: Range<usize>) {
        let facts = &axes.rows[row];
        let scale = 1.0 / (facts.narrow * axes.slant as f32);
        let (near, turn) = (facts.sine.abs(), facts.sine.signum() * facts.bulge);
        let (q_lon, sine) = (&axes.columns.q_lon[columns.clone()], &axes.columns.sine[columns]);
        self.q.clear();
        self.q.extend(q_lon.iter().map(|q_lon| facts.q_lat + facts.q_scale * q_lon));
        self.shift.clear();
        self.shift.extend(q_lon.iter().zip(sine).map(|(q_lon, sine)| {
            let ahead = line::larger(near + turn * q_lon, 1e-12);
            (sine * scale / ahead).clamp(-1.0, 1.0)
        }));
    }

    fn of_column(&mut self, axes: &Axes, column: usize, rows: Range<usize>) {
        let (q_lon, sine) = (axes.columns.q_lon[column], axes.columns.sine[column]);
        let slant = axes.slant as f32 / sine.abs().max(1e-12);
        let along = &axes.along;
        self.q.clear();
        let both = along.q_lat[rows.clone()].iter().zip(&along.q_scale[rows.clone()]);
        self.q.extend(both.map(|(q_lat, q_scale)| q_lat + q_scale * q_lon));
        self.shift.clear();
        let both = along.sine[rows.clone()].iter().zip(&along.bulge[rows]);
        self.shift
            .extend(both.map(|(sine, bulge)| ((sine + bulge * q_lon) * slant).clamp(-1.0, 1.0)));
    }

    fn posts<'a>(&'a self, posts_m: &'a mut [f32]) -> Posts<'a> {
        Posts { q: &self.q, shift: &self.shift, posts_m }
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
        let inside = |row: usize| {
            axes.shift_by_column(&axes.rows[row], axes.columns.at(column)).abs() <= 1.0
        };
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

/// Some neighbouring columns, each contiguous, in the order of the grid. Heights of the ground become
/// lowest visible heights in place.
struct Strip {
    rows: usize,
    posts_m: Vec<f32>,
}

/// Columns of a strip, and the rows of it that are swept.
struct Place {
    columns: Range<usize>,
    rows: Range<usize>,
}

/// Part of a strip that is turned over at once: it fits the registers and the nearest cache.
type Block = [[f32; BLOCK]; BLOCK];

impl Strip {
    fn new(rows: usize) -> Strip {
        // Blocks begin anywhere: the last one may reach beyond the last row.
        let rows = rows + BLOCK;
        Strip { rows, posts_m: vec![0.0; rows * STRIP] }
    }

    /// Lowest visible heights of one column, or before they are found its ground.
    fn line(&mut self, number: usize) -> &mut [f32] {
        &mut self.posts_m[number * self.rows..(number + 1) * self.rows]
    }

    /// Turns over the heights of the ground.
    fn load(&mut self, grid: &HeightGrid, axes: &Axes, place: &Place) {
        let mut block: Block = [[0.0; BLOCK]; BLOCK];
        for begin in place.rows.clone().step_by(BLOCK) {
            let rows = BLOCK.min(place.rows.end - begin);
            let lines = self.posts_m.chunks_exact_mut(self.rows * BLOCK);
            for (west, lines) in place.columns.clone().step_by(BLOCK).zip(lines) {
                let count = BLOCK.min(place.columns.end - west);
                for (offset, own) in block.iter_mut().enumerate().take(rows) {
                    let heights_m = &axes.window.heights_of(grid, begin + offset)[west..];
                    match heights_m.first_chunk::<BLOCK>() {
                        Some(whole) => *own = *whole,
                        None => own[..count].copy_from_slice(&heights_m[..count]),
                    }
                }
                for (line, column) in lines.chunks_exact_mut(self.rows).zip(&turned(&block)) {
                    if let Some(room) = line[begin..].first_chunk_mut::<BLOCK>() {
                        *room = *column;
                    }
                }
            }
        }
    }

    /// Turns back what was found, and writes what does not belong to the sectors of rows. What no sector
    /// has met, close to a pole, stays unknown.
    fn store(&self, place: &Place, spans: &[(usize, usize)], out_m: &mut [f32]) {
        let width = out_m.len() / spans.len();
        let mut block: Block = [[0.0; BLOCK]; BLOCK];
        for begin in place.rows.clone().step_by(BLOCK) {
            let rows = begin..(begin + BLOCK).min(place.rows.end);
            let lines = self.posts_m.chunks_exact(self.rows * BLOCK);
            for (west, lines) in place.columns.clone().step_by(BLOCK).zip(lines) {
                let count = BLOCK.min(place.columns.end - west);
                for (line, column) in lines.chunks_exact(self.rows).zip(&mut block) {
                    if let Some(whole) = line[begin..].first_chunk::<BLOCK>() {
                        *column = *whole;
                    }
                }
                for (row, found_m) in rows.clone().zip(&turned(&block)) {
                    let target = &mut out_m[row * width + west..row * width + west + count];
                    put(target, found_m, spans[row], west);
                }
            }
        }
        for row in (0..place.rows.start).chain(place.rows.end..spans.len()) {
            let (west, (first, last)) = (place.columns.start, spans[row]);
            if first > west || last < place.columns.end {
                let target = &mut out_m[row * width..][place.columns.clone()];
                put(target, &[f32::NAN; STRIP], spans[row], west);
            }
        }
    }
}

/// Writes a piece of a row, from column `west` on, west and east of the row's sector.
#[inline]
fn put<const N: usize>(
    target: &mut [f32],
    found_m: &[f32; N],
    (first, last): (usize, usize),
    west: usize,
) {
    let count = target.len();
    let apart = last <= west || first >= west + count;
    match target.first_chunk_mut::<N>() {
        Some(whole) if apart => *whole = *found_m,
        _ => {
            let until = first.clamp(west, west + count) - west;
            let from = (last.clamp(west, west + count) - west).max(until);
            target[..until].copy_from_slice(&found_m[..until]);
            target[from..].copy_from_slice(&found_m[from..count]);
        }
    }
}

#[inline]
fn turned(block: &Block) -> Block {
    std::array::from_fn(|column| std::array::from_fn(|row| block[row][column]))
}
