//! Highest posts of blocks of a grid, over and over halved: an upper bound of the ground in any box at the price of
//! a few look-ups (a mipmap of maxima; Tevs, Ihrke and Seidel, "Maximum mipmaps for fast, accurate, and
//! scalable dynamic height field rendering", *Proc. I3D*, 2008).
//!
//! A void counts as the sea, height 0, as it does for a ray. A twelfth of the memory of the grid.

/// Posts along a side of the smallest blocks, as a power of two.
const SMALLEST: u32 = 2;

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Maxima {
    /// From the smallest blocks to a single one.
    levels: Vec<Level>,
}

#[derive(Clone, Debug, PartialEq)]
struct Level {
    columns: usize,
    highest_m: Vec<f32>,
}

impl Maxima {
    /// Of heights row by row, as many columns in each.
    pub(crate) fn of(heights_m: &[f32], columns: usize) -> Self {
        let mut levels = vec![Level::of(heights_m, columns, 1 << SMALLEST)];
        while let Some(finer) = levels.last().filter(|level| level.highest_m.len() > 1) {
            levels.push(Level::of(&finer.highest_m, finer.columns, 2));
        }
        Self { levels }
    }

    /// A height that no post within these rows and columns exceeds, the last ones included.
    pub(crate) fn bound_m(&self, rows: (usize, usize), columns: (usize, usize)) -> f64 {
        let span = (rows.1 - rows.0).max(columns.1 - columns.0);
        // Blocks at least half as long as the box: at most three along a side.
        let halvings = (usize::BITS - (span >> SMALLEST).leading_zeros()).saturating_sub(1);
        let index = (halvings as usize).min(self.levels.len() - 1);
        let (level, shift) = (&self.levels[index], SMALLEST + index as u32);
        let mut bound_m = f32::NEG_INFINITY;
        for row in rows.0 >> shift..=rows.1 >> shift {
            let first = row * level.columns;
            let blocks = first + (columns.0 >> shift)..=first + (columns.1 >> shift);
            bound_m = level.highest_m[blocks].iter().copied().fold(bound_m, f32::max);
        }
        f64::from(bound_m)
    }
}

impl Level {
    fn of(finer_m: &[f32], finer_columns: usize, side: usize) -> Self {
        let columns = finer_columns.div_ceil(side);
        let rows = (finer_m.len() / finer_columns).div_ceil(side);
        let mut highest_m = vec![f32::NEG_INFINITY; rows * columns];
        for (index, finer_row_m) in finer_m.chunks(finer_columns).enumerate() {
            let own_m = &mut highest_m[index / side * columns..][..columns];
            for (own_m, posts_m) in own_m.iter_mut().zip(finer_row_m.chunks(side)) {
                *own_m = posts_m.iter().copied().map(above_sea_m).fold(*own_m, f32::max);
            }
        }
        Self { columns, highest_m }
    }
}

/// What a ray takes for the height of a post.
const fn above_sea_m(height_m: f32) -> f32 {
    if height_m.is_nan() { 0.0 } else { height_m }
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "values that are met exactly are compared exactly")]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_box_exceeds_its_bound_and_the_bound_is_some_post() {
        let (rows, columns) = (37, 53);
        let height_m = |index: usize| ((index * 7_919) % 1_009) as f32 - 400.0;
        let heights_m: Vec<_> = (0..rows * columns).map(height_m).collect();
        let maxima = Maxima::of(&heights_m, columns);
        for case in 0..2_000_usize {
            let (r0, c0) = (case * 31 % rows, case * 17 % columns);
            let (r1, c1) = (r0 + case * 13 % (rows - r0), c0 + case * 11 % (columns - c0));
            let bound_m = maxima.bound_m((r0, r1), (c0, c1));
            let within = (r0..=r1).flat_map(|row| (c0..=c1).map(move |c| row * columns + c));
            let highest_m = within.map(height_m).fold(f32::NEG_INFINITY, f32::max);
            assert!(bound_m >= f64::from(highest_m), "{case}");
            assert!(heights_m.iter().any(|h| f64::from(*h) == bound_m), "{case}");
        }
        assert_eq!(maxima.bound_m((0, rows - 1), (0, columns - 1)), 608.0);
    }

    #[test]
    fn a_void_is_the_sea() {
        let maxima = Maxima::of(&[-5.0, f32::NAN, -7.0, -9.0], 2);
        assert_eq!(maxima.bound_m((0, 1), (0, 1)), 0.0);
    }
}
