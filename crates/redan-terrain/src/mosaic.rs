//! Many tiles, one grid: the finest tile that knows a place gives its height.
//!
//! Tiles are laid on the grid finest first, one window at a time, so that memory holds the grid and
//! one window. The posts of the grid are posts of the finest tile: there the height is the tile's
//! own, and elsewhere the surface between posts is bilinear, as it is in the grid itself.
//!
//! Left out: where the grid must be thinned, it takes every nth post and neither mean nor highest, so
//! that a narrow ridge may fall between posts; the note tells of the thinning.

use redan_geo::HeightGrid;

use crate::TerrainError;
use crate::lattice::{Area, Lattice, Window};
use crate::sheet::Sheet;

/// Posts of a tile that are held at one time.
const WINDOW_POSTS: usize = 4_000_000;

/// A grid made of tiles, and what it was made of.
pub(crate) struct Mosaic {
    pub(crate) grid: HeightGrid,
    /// Files with a part in it, in order of use.
    pub(crate) names: Vec<String>,
    /// What was taken for granted about them.
    pub(crate) assumptions: Vec<String>,
    /// Spacing of the posts in latitude and longitude.
    pub(crate) step_deg: (f64, f64),
    /// Every how many-th post of the finest tile was taken.
    pub(crate) stride: usize,
    /// Voids that were filled from their neighbours.
    pub(crate) filled: usize,
    /// Part of the area asked for that has heights.
    pub(crate) covered_ratio: f64,
}

/// Makes a grid of the tiles that touch `area`, of at most about `most_posts` posts; `None` where
/// none does.
pub(crate) fn lay(
    sheets: &[Sheet],
    area: &Area,
    most_posts: usize,
) -> Result<Option<Mosaic>, TerrainError> {
    let placed = place(sheets, area);
    let Some(first) = placed.first() else { return Ok(None) };
    let known = placed.iter().map(|p| p.lattice.area()).reduce(|a, b| a.hull(&b));
    let Some(wanted) = known.and_then(|known| known.common(area)) else { return Ok(None) };
    let whole = first.lattice.cut(&wanted, 1);
    let stride = stride(&whole, most_posts);
    let mut canvas = Canvas::new(first.lattice.cut(&wanted, stride));
    let (mut names, mut assumptions) = (Vec::new(), Vec::new());
    for p in &placed {
        if canvas.take(p)? {
            add_new(&mut names, Some(p.sheet.name()));
            add_new(&mut assumptions, p.sheet.assumption().map(str::to_owned));
        }
    }
    canvas.mend_seams();
    let filled = canvas.fill_voids();
    let covered_ratio = canvas.covered_ratio(area);
    if names.is_empty() || covered_ratio == 0.0 {
        return Ok(None);
    }
    let Lattice { lat_step_deg, lon_step_deg, .. } = canvas.lattice;
    let grid = HeightGrid::new(canvas.lattice.geometry(), canvas.heights_m)?;
    let step_deg = (lat_step_deg, lon_step_deg);
    Ok(Some(Mosaic { grid, names, assumptions, step_deg, stride, filled, covered_ratio }))
}

fn add_new(list: &mut Vec<String>, item: Option<String>) {
    list.extend(item.filter(|item| !list.contains(item)).into_iter().collect::<Vec<_>>());
}

/// A tile where it touches the area, counted as many turns round the Earth as the area is.
struct Placed<'a> {
    sheet: &'a Sheet,
    lattice: Lattice,
}

/// The tiles that touch the area, finest first and then by name; tiles of sea at the end, so that they
/// decide neither the spacing nor a height that another tile knows.
fn place<'a>(sheets: &'a [Sheet], area: &Area) -> Vec<Placed<'a>> {
    let mut placed: Vec<Placed<'a>> = sheets
        .iter()
        .flat_map(|sheet| {
            [-360.0, 0.0, 360.0].map(|turn| Placed { sheet, lattice: sheet.lattice.turned(turn) })
        })
        .filter(|p| p.lattice.area().common(area).is_some())
        .collect();
    placed.sort_by(|a, b| {
        let land = a.sheet.is_sea().cmp(&b.sheet.is_sea());
        let finer = a.lattice.cell_square_deg().total_cmp(&b.lattice.cell_square_deg());
        land.then(finer).then_with(|| a.sheet.path.cmp(&b.sheet.path))
    });
    placed
}

/// The smallest stride that keeps to the number of posts.
fn stride(whole: &Lattice, most_posts: usize) -> usize {
    let posts = |stride: usize| {
        let along = |count: usize| (count - 1).div_ceil(stride) + 1;
        along(whole.rows).saturating_mul(along(whole.columns))
    };
    let longest = whole.rows.max(whole.columns) - 1;
    (1..longest).find(|stride| posts(*stride) <= most_posts).unwrap_or(longest)
}

/// How a post came by its height; a greater one replaces a lesser one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Known {
    /// No tile reaches it.
    Nothing,
    /// A tile reaches it and has a void there.
    Void,
    /// It lies in the outer half of a tile's outermost cells.
    Edge,
    /// It lies between posts of a tile.
    Inside,
}

struct Canvas {
    lattice: Lattice,
    heights_m: Vec<f32>,
    known: Vec<Known>,
    /// Rows and columns across the widest cell of a tile.
    widest: (usize, usize),
}

impl Canvas {
    fn new(lattice: Lattice) -> Canvas {
        let posts = lattice.rows * lattice.columns;
        let known = vec![Known::Nothing; posts];
        Canvas { lattice, heights_m: vec![f32::NAN; posts], known, widest: (1, 1) }
    }

    /// Takes what a tile knows; whether it gave any height.
    fn take(&mut self, placed: &Placed<'_>) -> Result<bool, TerrainError> {
        let axis = |count: usize, place: &dyn Fn(usize) -> f64, posts: usize| {
            (0..count).filter_map(|n| Some((n, spot(place(n), posts)?))).collect::<Vec<_>>()
        };
        let (lattice, tile) = (self.lattice, placed.lattice);
        let row_place = |row: usize| tile.row_at(lattice.lat_deg(row));
        let column_place = |column: usize| tile.column_at(lattice.lon_deg(column));
        let rows = axis(lattice.rows, &row_place, tile.rows);
        let columns = axis(lattice.columns, &column_place, tile.columns);
        let (Some((_, west)), Some((_, east))) = (columns.first(), columns.last()) else {
            return Ok(false);
        };
        let across = east.lower + 2 - west.lower;
        let up = (lattice.lat_step_deg / tile.lat_step_deg).max(1.0).ceil() as usize;
        let rows_at_once = (WINDOW_POSTS / across.saturating_mul(up)).max(1);
        let posts_across = |tile: f64, grid: f64| (tile / grid).ceil().min(1e6) as usize;
        let (tall, wide) = (
            posts_across(tile.lat_step_deg, lattice.lat_step_deg),
            posts_across(tile.lon_step_deg, lattice.lon_step_deg),
        );
        self.widest = (self.widest.0.max(tall), self.widest.1.max(wide));
        let mut gave = false;
        for some in rows.chunks(rows_at_once) {
            let (south, north) = (some[0].1.lower, some[some.len() - 1].1.lower);
            let window =
                Window { row: south, rows: north + 2 - south, column: west.lower, columns: across };
            let heights_m = placed.sheet.heights_m(window)?;
            for (row, at) in some {
                let first = (at.lower - south) * across;
                let pair = &heights_m[first..first + 2 * across];
                gave |= self.take_row(*row, at, pair, &columns, west.lower);
            }
        }
        Ok(gave)
    }

    /// Takes the heights of one row of the grid from the two rows of a tile beside it.
    fn take_row(
        &mut self,
        row: usize,
        at: &Spot,
        pair: &[f32],
        columns: &[(usize, Spot)],
        west: usize,
    ) -> bool {
        let (south, north) = pair.split_at(pair.len() / 2);
        let mut gave = false;
        for (column, across) in columns {
            let index = row * self.lattice.columns + column;
            let left = across.lower - west;
            let corners = [south[left], south[left + 1], north[left], north[left + 1]];
            if corners.iter().any(|height_m| height_m.is_infinite()) {
                continue;
            }
            let below = between(south[left], south[left + 1], across.part);
            let above = between(north[left], north[left + 1], across.part);
            let height_m = between_f64(below, above, at.part);
            let known = match height_m.is_nan() {
                true => Known::Void,
                false if at.inside && across.inside => Known::Inside,
                false => Known::Edge,
            };
            if known > self.known[index] {
                self.known[index] = known;
                self.heights_m[index] = height_m as f32;
                gave |= known > Known::Void;
            }
        }
        gave
    }

    /// Between two tiles that do not share posts there may be a gap of up to a cell of the coarser one,
    /// in whose halves each of them gave the height of its last post, or none: there the height becomes linear
    /// from one tile to the other, along rows first and then along columns.
    fn mend_seams(&mut self) {
        if !self.known.contains(&Known::Edge) {
            return;
        }
        let Lattice { rows, columns, .. } = self.lattice;
        for row in 0..rows {
            self.mend_line(row * columns, (1, columns), self.widest.1);
        }
        for column in 0..columns {
            self.mend_line(column, (columns, rows), self.widest.0);
        }
    }

    fn mend_line(&mut self, start: usize, (step, count): (usize, usize), widest: usize) {
        let mut last_inside = None;
        for n in 0..count {
            let index = start + n * step;
            match self.known[index] {
                Known::Edge | Known::Nothing => {}
                Known::Inside => {
                    if let Some(before) =
                        last_inside.filter(|before| (2..=widest + 1).contains(&(n - before)))
                    {
                        self.join(start + before * step, step, n - before);
                    }
                    last_inside = Some(n);
                }
                Known::Void => last_inside = None,
            }
        }
    }

    /// Makes the heights between two posts linear.
    fn join(&mut self, start: usize, step: usize, steps: usize) {
        let (from, to) = (self.heights_m[start], self.heights_m[start + steps * step]);
        for n in 1..steps {
            let height_m = between(from, to, n as f64 / steps as f64);
            self.heights_m[start + n * step] = height_m as f32;
            self.known[start + n * step] = Known::Inside;
        }
    }

    /// Fills voids inside tiles ring by ring with the mean of the neighbours that have a height;
    /// the number filled. What no tile reaches stays void.
    fn fill_voids(&mut self) -> usize {
        let is_void = |known: &Known| *known == Known::Void;
        let mut left: Vec<usize> =
            (0..self.known.len()).filter(|index| is_void(&self.known[*index])).collect();
        let mut filled = 0;
        loop {
            let means: Vec<(usize, Option<f32>)> =
                left.iter().map(|index| (*index, self.mean_around_m(*index))).collect();
            left.clear();
            let before = filled;
            for (index, mean_m) in means {
                match mean_m {
                    Some(mean_m) => {
                        self.heights_m[index] = mean_m;
                        filled += 1;
                    }
                    None => left.push(index),
                }
            }
            if left.is_empty() || filled == before {
                return filled;
            }
        }
    }

    fn mean_around_m(&self, index: usize) -> Option<f32> {
        let (row, column) = (index / self.lattice.columns, index % self.lattice.columns);
        let near = |middle: usize, count: usize| middle.saturating_sub(1)..(middle + 2).min(count);
        let (mut sum_m, mut count) = (0.0, 0.0);
        for r in near(row, self.lattice.rows) {
            for c in near(column, self.lattice.columns) {
                let height_m = self.heights_m[r * self.lattice.columns + c];
                if !height_m.is_nan() {
                    sum_m += f64::from(height_m);
                    count += 1.0;
                }
            }
        }
        (count > 0.0).then_some((sum_m / count) as f32)
    }

    /// Part of an area that has heights, by posts.
    fn covered_ratio(&self, area: &Area) -> f64 {
        let with_height = self.heights_m.iter().filter(|height_m| !height_m.is_nan()).count();
        let all = self.lattice.cut(area, 1);
        (with_height as f64 / (all.rows as f64 * all.columns as f64)).min(1.0)
    }
}

/// A place along one axis of a tile: the post below it and the part of the way to the next.
struct Spot {
    lower: usize,
    part: f64,
    inside: bool,
}

/// Where a position lies among the posts; `None` more than half a cell outside.
fn spot(position: f64, posts: usize) -> Option<Spot> {
    let last = (posts - 1) as f64;
    if !(position >= -0.5 && position <= last + 0.5) {
        return None;
    }
    let clamped = position.clamp(0.0, last);
    let lower = (clamped as usize).min(posts - 2);
    Some(Spot { lower, part: clamped - lower as f64, inside: (0.0..=last).contains(&position) })
}

fn between(low: f32, high: f32, part: f64) -> f64 {
    between_f64(f64::from(low), f64::from(high), part)
}

/// Linear between two posts; a void counts only when it has weight.
fn between_f64(low: f64, high: f64, part: f64) -> f64 {
    match part {
        0.0 => low,
        1.0 => high,
        _ => low + (high - low) * part,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A 9 x 9 grid of posts one degree apart, 0° N 0° E in the south-west; heights 10 row + column.
    fn sheet(dir: &std::path::Path) -> Sheet {
        let row = |row: usize| (0..9).map(|c| format!("{} ", 10 * row + c)).collect::<String>();
        let rows: String = (0..9).rev().map(|r| row(r) + "\n").collect();
        let header = "ncols 9\nnrows 9\nxllcenter 0\nyllcenter 0\ncellsize 1\n";
        let path = dir.join("tile.asc");
        std::fs::write(&path, format!("{header}{rows}")).expect("the test's folder can be written");
        Sheet::open(&path).expect("the tile is one")
    }

    #[test]
    fn a_grid_of_too_many_posts_is_thinned_evenly() {
        let dir = tempfile::tempdir().expect("there is room for the test's folder");
        let sheets = [sheet(dir.path())];
        let area = Area { south_deg: 0.0, north_deg: 8.0, west_deg: 0.0, east_deg: 8.0 };
        for (most, stride, posts) in [(81, 1, 81), (80, 2, 25), (25, 2, 25), (24, 3, 16), (1, 8, 4)]
        {
            let mosaic = lay(&sheets, &area, most).expect("it is read").expect("it is there");
            assert_eq!((mosaic.stride, mosaic.grid.posts().len()), (stride, posts), "{most}");
            assert_eq!(mosaic.grid.post_m(1, 0), Some(10.0 * stride as f64));
        }
    }

    #[test]
    fn a_grid_is_cut_to_the_posts_around_the_area() {
        let dir = tempfile::tempdir().expect("there is room for the test's folder");
        let sheets = [sheet(dir.path())];
        let area = Area { south_deg: 2.5, north_deg: 4.0, west_deg: 3.0, east_deg: 5.1 };
        let mosaic = lay(&sheets, &area, 1000).expect("it is read").expect("it is there");
        let heights_m = [23.0, 24.0, 25.0, 26.0, 33.0, 34.0, 35.0, 36.0, 43.0, 44.0, 45.0, 46.0];
        assert_eq!(mosaic.grid.posts(), heights_m);
        let beyond = Area { south_deg: 20.0, north_deg: 21.0, west_deg: 0.0, east_deg: 1.0 };
        assert!(lay(&sheets, &beyond, 1000).expect("it is read").is_none());
    }
}
