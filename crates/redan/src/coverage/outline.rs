//! Outlines of covered cells as rings.
//!
//! A ring passes half-way between the middle of a cell inside and that of a neighbour outside: the
//! marching squares of Lorensen and Cline 1987 in two dimensions, for values that are only yes or no.
//! Cells that touch at a corner alone are apart. Rings do not cross themselves or each other.

/// A ring in half steps of the grid: columns and rows doubled, so that all corners are whole numbers.
pub(super) type Ring = Vec<[i32; 2]>;

/// An outer ring, anticlockwise with rows counted to the north, and its holes, clockwise. Rings close
/// without their first point at the end.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Patch {
    pub(super) outer: Ring,
    pub(super) holes: Vec<Ring>,
}

/// Patches of the cells for which `inside` holds, without those (and without holes) of fewer than
/// `fewest` half-step squares by the shoelace formula, which has four for each cell.
pub(super) fn patches(
    rows: usize,
    columns: usize,
    fewest: i64,
    inside: impl Fn(usize) -> bool,
) -> Vec<Patch> {
    let mask = Mask::of(rows, columns, inside);
    let mut runs = Runs::of(&mask);
    let mut outer: Vec<Option<Ring>> = Vec::new();
    let mut holes: Vec<Vec<Ring>> = Vec::new();
    for (ring, label) in mask.rings(&mut runs) {
        let label = label as usize;
        if outer.len() <= label {
            outer.resize(label + 1, None);
            holes.resize(label + 1, Vec::new());
        }
        let twice_area = twice_area(&ring);
        if twice_area.abs() < 2 * fewest || ring.len() < 3 {
            continue;
        }
        if twice_area > 0 {
            outer[label] = Some(ring);
        } else {
            holes[label].push(ring);
        }
    }
    let patch =
        |(outer, holes): (Option<Ring>, Vec<Ring>)| outer.map(|outer| Patch { outer, holes });
    outer.into_iter().zip(holes).filter_map(patch).collect()
}

/// Twice the area within a ring, positive where it runs anticlockwise.
pub(super) fn twice_area(ring: &Ring) -> i64 {
    let next = ring.iter().cycle().skip(1);
    ring.iter()
        .zip(next)
        .map(|(a, b)| i64::from(a[0]) * i64::from(b[1]) - i64::from(b[0]) * i64::from(a[1]))
        .sum()
}

/// Cells with a frame of cells outside, so that no neighbour is missing.
struct Mask {
    width: usize,
    cells: Vec<bool>,
}

/// Sides of a cell in the order in which a ring passes them, with the cell on its left; the fourth is the west.
const SOUTH: usize = 0;
const EAST: usize = 1;
const NORTH: usize = 2;

impl Mask {
    fn of(rows: usize, columns: usize, inside: impl Fn(usize) -> bool) -> Self {
        let width = columns + 2;
        let mut cells = vec![false; width * (rows + 2)];
        for row in 0..rows {
            let start = (row + 1) * width + 1;
            for column in 0..columns {
                cells[start + column] = inside(row * columns + column);
            }
        }
        Self { width, cells }
    }

    /// All rings with the number of the patch that they bound. Every ring has a southern side.
    fn rings(&self, runs: &mut Runs) -> Vec<(Ring, u32)> {
        // One bit for each side that a ring has passed.
        let mut passed = vec![0_u8; self.cells.len()];
        let mut rings = Vec::new();
        for cell in self.width..self.cells.len() {
            if self.cells[cell] && !self.cells[cell - self.width] && passed[cell] & 1 == 0 {
                rings.push((self.ring(cell, SOUTH, &mut passed), runs.label(cell)));
            }
        }
        rings
    }

    /// The ring through one side of a cell, as middles of sides without those on a straight line.
    fn ring(&self, first_cell: usize, first_side: usize, passed: &mut [u8]) -> Ring {
        let (mut cell, mut side) = (first_cell, first_side);
        let mut ring: Ring = Vec::new();
        loop {
            passed[cell] |= 1 << side;
            add(&mut ring, self.middle(cell, side));
            (cell, side) = self.next(cell, side);
            if (cell, side) == (first_cell, first_side) {
                break;
            }
        }
        trim(&mut ring);
        ring
    }

    /// The side that follows when the cell stays on the left.
    fn next(&self, cell: usize, side: usize) -> (usize, usize) {
        let ahead = self.beyond(cell, (side + 1) % 4);
        if !self.cells[ahead] {
            return (cell, (side + 1) % 4);
        }
        let across = self.beyond(ahead, side);
        if self.cells[across] { (across, (side + 3) % 4) } else { (ahead, side) }
    }

    fn beyond(&self, cell: usize, side: usize) -> usize {
        match side {
            SOUTH => cell - self.width,
            EAST => cell + 1,
            NORTH => cell + self.width,
            _ => cell - 1,
        }
    }

    /// Middle of a side in half steps from the middle of the south-western cell.
    fn middle(&self, cell: usize, side: usize) -> [i32; 2] {
        let signed = |number: usize| (number as u32).cast_signed() - 1;
        let (row, column) = (signed(cell / self.width), signed(cell % self.width));
        let (dx, dy) = match side {
            SOUTH => (0, -1),
            EAST => (1, 0),
            NORTH => (0, 1),
            _ => (-1, 0),
        };
        [2 * column + dx, 2 * row + dy]
    }
}

/// Runs of neighbouring cells inside, row by row, joined where they touch along sides.
struct Runs {
    /// First cell and the cell after the last; they never reach over the end of a row.
    spans: Vec<[usize; 2]>,
    /// A run of the same patch with a number that is not higher.
    parent: Vec<usize>,
}

impl Runs {
    fn of(mask: &Mask) -> Self {
        let mut runs = Self { spans: Vec::new(), parent: Vec::new() };
        let mut below = 0..0;
        for (row, cells) in mask.cells.chunks_exact(mask.width).enumerate() {
            let first = runs.spans.len();
            let mut column = 0;
            while let Some(start) = cells[column..].iter().position(|cell| *cell) {
                let start = column + start;
                // The frame ends every run.
                column = start + cells[start..].iter().take_while(|cell| **cell).count();
                runs.parent.push(runs.spans.len());
                runs.spans.push([row * mask.width + start, row * mask.width + column]);
            }
            runs.join(below, first..runs.spans.len(), mask.width);
            below = first..runs.spans.len();
        }
        runs
    }

    fn join(&mut self, below: std::ops::Range<usize>, above: std::ops::Range<usize>, width: usize) {
        let (mut low, mut high) = (below.start, above.start);
        while low < below.end && high < above.end {
            let [low_start, low_end] = self.spans[low].map(|cell| cell + width);
            let [high_start, high_end] = self.spans[high];
            if low_start < high_end && high_start < low_end {
                let (a, b) = (self.root(low), self.root(high));
                self.parent[a.max(b)] = a.min(b);
            }
            if low_end < high_end { low += 1 } else { high += 1 }
        }
    }

    fn root(&mut self, mut run: usize) -> usize {
        while self.parent[run] != run {
            self.parent[run] = self.parent[self.parent[run]];
            run = self.parent[run];
        }
        run
    }

    /// Number of the patch of a cell inside.
    fn label(&mut self, cell: usize) -> u32 {
        let run = self.spans.partition_point(|span| span[0] <= cell) - 1;
        self.root(run) as u32
    }
}

fn add(ring: &mut Ring, point: [i32; 2]) {
    if let [.., a, b] = ring.as_slice()
        && straight(*a, *b, point)
    {
        ring.pop();
    }
    ring.push(point);
}

/// Takes away the first and last points where they lie on a straight line over the joint.
fn trim(ring: &mut Ring) {
    while ring.len() > 3 && straight(ring[ring.len() - 2], ring[ring.len() - 1], ring[0]) {
        ring.pop();
    }
    while ring.len() > 3 && straight(ring[ring.len() - 1], ring[0], ring[1]) {
        ring.remove(0);
    }
}

fn straight(a: [i32; 2], b: [i32; 2], c: [i32; 2]) -> bool {
    (b[0] - a[0]) * (c[1] - b[1]) == (b[1] - a[1]) * (c[0] - b[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(rows: &[&str]) -> Vec<Patch> {
        let columns = rows[0].len();
        let text: Vec<u8> = rows.iter().rev().flat_map(|row| row.bytes()).collect();
        patches(rows.len(), columns, 0, |cell| text[cell] == b'#')
    }

    #[test]
    fn one_cell_is_a_diamond_that_runs_anticlockwise() {
        let patches = of(&["...", ".#.", "..."]);
        assert_eq!(patches.len(), 1);
        assert_eq!(patches[0].outer.len(), 4);
        assert_eq!(twice_area(&patches[0].outer), 4);
    }

    #[test]
    fn a_hole_belongs_to_the_patch_around_it_and_runs_clockwise() {
        let patches = of(&["#####", "#...#", "#.#.#", "#...#", "#####"]);
        assert_eq!(patches.len(), 2);
        let holes: Vec<usize> = patches.iter().map(|patch| patch.holes.len()).collect();
        assert_eq!(holes, [1, 0]);
        assert!(twice_area(&patches[0].holes[0]) < 0);
        assert!(patches.iter().all(|patch| twice_area(&patch.outer) > 0));
    }

    #[test]
    fn cells_that_touch_at_a_corner_are_two_patches() {
        assert_eq!(of(&["#.", ".#"]).len(), 2);
        assert_eq!(of(&[".#", "#."]).len(), 2);
    }

    #[test]
    fn small_patches_and_holes_can_be_left_out() {
        let all = |_: usize| true;
        assert_eq!(patches(1, 1, 3, all).len(), 0);
        assert_eq!(patches(9, 9, 3, all).len(), 1);
        assert_eq!(patches(9, 9, 3, |cell| cell != 40)[0].holes.len(), 0);
    }

    #[test]
    fn rings_of_random_cells_have_no_point_on_a_straight_line_and_the_right_turn() {
        let mut state = 1_u32;
        let noise: Vec<bool> = (0..1_600)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                state >> 30 != 0
            })
            .collect();
        let patches = patches(40, 40, 0, |cell| noise[cell]);
        for patch in &patches {
            assert!(twice_area(&patch.outer) > 0);
            assert!(patch.holes.iter().all(|hole| twice_area(hole) < 0 && hole.len() >= 4));
        }
        assert!(patches.iter().map(|patch| patch.holes.len()).sum::<usize>() > 10);
    }
}
