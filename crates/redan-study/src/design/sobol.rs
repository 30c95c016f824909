//! Sobol's low-discrepancy sequence.
//!
//! I. M. Sobol, USSR Computational Mathematics 7 (1967) 86, in the order of the Gray code (I. A. Antonov and
//! V. M. Saleev, 1979), with the direction numbers of S. Joe and F. Y. Kuo, SIAM J. Sci. Comput. 30 (2008)
//! 2635, for the first 21 dimensions. Further dimensions take the next primitive polynomials, which are
//! searched for here, and odd initial numbers drawn by key: each single dimension is as even as the first, pairs
//! of them are no better than random numbers for few points.
//!
//! A digital shift (exclusive-or with one random number per figure) makes every point uniform, so that
//! a mean over the sequence has no bias; R. Cranley and T. N. L. Patterson (1976) in base two.

use redan_sim::draw::{Luck, NameHash, Purpose};

use super::{Axis, Plan};

const BITS: usize = 32;

/// Degree of the polynomial, its inner coefficients, and the initial direction numbers, for dimensions 2 to
/// 21 of `new-joe-kuo-6`.
const JOE_KUO: [(u32, u32, &[u32]); 20] = [
    (1, 0, &[1]),
    (2, 1, &[1, 3]),
    (3, 1, &[1, 3, 1]),
    (3, 2, &[1, 1, 1]),
    (4, 1, &[1, 1, 3, 3]),
    (4, 4, &[1, 3, 5, 13]),
    (5, 2, &[1, 1, 5, 5, 17]),
    (5, 4, &[1, 1, 5, 5, 5]),
    (5, 7, &[1, 1, 7, 11, 19]),
    (5, 11, &[1, 1, 5, 1, 1]),
    (5, 13, &[1, 1, 1, 3, 11]),
    (5, 14, &[1, 3, 5, 5, 31]),
    (6, 1, &[1, 3, 3, 9, 7, 49]),
    (6, 13, &[1, 1, 1, 15, 21, 21]),
    (6, 16, &[1, 3, 1, 13, 27, 49]),
    (6, 19, &[1, 1, 1, 15, 7, 5]),
    (6, 22, &[1, 3, 1, 15, 13, 25]),
    (6, 25, &[1, 1, 5, 5, 19, 61]),
    (7, 1, &[1, 3, 7, 11, 23, 15, 103]),
    (7, 4, &[1, 3, 7, 13, 13, 15, 69]),
];

/// Share of a figure in a draw: the point of the sequence, shifted by the figure's own number.
pub(super) fn shifted_ratio(plan: &Plan, draw: u64, axis: &Axis) -> f64 {
    let mut shift = Luck::new(plan.seed, 0).draw(Purpose::Design, axis.name, 0);
    to_ratio(point(draw, axis.place) ^ shift.next_word())
}

/// Coordinate of the `number`-th point (from 0, which is the origin) along a dimension (from 0), in [0, 1).
///
/// ```
/// use redan_study::design::sobol::coordinate_ratio;
/// let second: Vec<f64> = (0..5).map(|n| coordinate_ratio(n, 1)).collect();
/// assert_eq!(second, [0.0, 0.5, 0.25, 0.75, 0.375]);
/// ```
pub fn coordinate_ratio(number: u64, dimension: usize) -> f64 {
    f64::from(point(number, dimension)) / (1_u64 << BITS) as f64
}

/// The middle of the cell, so that neither 0 nor 1 occurs.
fn to_ratio(bits: u32) -> f64 {
    (f64::from(bits) + 0.5) / (1_u64 << BITS) as f64
}

fn point(number: u64, dimension: usize) -> u32 {
    let directions = directions(dimension);
    let gray = number ^ number >> 1;
    // Beyond 2³² points the sequence begins anew.
    (0..BITS).filter(|bit| gray >> bit & 1 == 1).fold(0, |sum, bit| sum ^ directions[bit])
}

/// Direction numbers of a dimension.
fn directions(dimension: usize) -> [u32; BITS] {
    if dimension == 0 {
        return std::array::from_fn(|bit| 1 << (BITS - 1 - bit));
    }
    if let Some((degree, inner, initial)) = JOE_KUO.get(dimension - 1) {
        return recurrence(*degree, *inner, initial);
    }
    let (degree, inner) = primitive(dimension - 1);
    let luck = Luck::new(0, 0);
    let mut draw =
        luck.draw(Purpose::Design, NameHash::of("direction").member(dimension as u64), 0);
    let initial: Vec<u32> =
        (0..degree).map(|k| draw.next_word() & ((1 << (k + 1)) - 1) | 1).collect();
    recurrence(degree, inner, &initial)
}

/// v(k) from the degrees before it, equation 2 of Joe and Kuo.
fn recurrence(degree: u32, inner: u32, initial: &[u32]) -> [u32; BITS] {
    let s = degree as usize;
    let mut v = [0_u32; BITS];
    for k in 0..BITS {
        if k < s {
            v[k] = initial[k] << (BITS - 1 - k);
            continue;
        }
        v[k] = v[k - s] ^ v[k - s] >> s;
        for back in 1..s {
            if inner >> (s - 1 - back) & 1 == 1 {
                v[k] ^= v[k - back];
            }
        }
    }
    v
}

/// The primitive polynomial over two elements of this place, by degree and then by value: its degree and
/// inner coefficients. Place 0 is x + 1.
fn primitive(place: usize) -> (u32, u32) {
    let mut seen = 0;
    for degree in 1..=16_u32 {
        for inner in 0..1_u32 << (degree - 1) {
            if is_primitive(1 << degree | inner << 1 | 1, degree) {
                if seen == place {
                    return (degree, inner);
                }
                seen += 1;
            }
        }
    }
    // More than eight thousand polynomials: nobody disputes as many figures.
    (1, 0)
}

/// Whether x generates all 2^degree − 1 elements of the field that the polynomial makes.
fn is_primitive(polynomial: u32, degree: u32) -> bool {
    let order = (1_u32 << degree) - 1;
    let mut element = 1_u32;
    for step in 1..=order {
        element <<= 1;
        if element >> degree & 1 == 1 {
            element ^= polynomial;
        }
        if element == 1 {
            return step == order;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::float_cmp, reason = "binary fractions are exact")]
    fn val_joe_kuo_first_points() {
        // First points of the program that comes with the direction numbers, dimensions 1 to 3.
        let expected = [
            [0.0, 0.0, 0.0],
            [0.5, 0.5, 0.5],
            [0.75, 0.25, 0.25],
            [0.25, 0.75, 0.75],
            [0.375, 0.375, 0.625],
            [0.875, 0.875, 0.125],
            [0.625, 0.125, 0.875],
            [0.125, 0.625, 0.375],
        ];
        for (number, point) in expected.iter().enumerate() {
            for (dimension, coordinate) in point.iter().enumerate() {
                assert_eq!(coordinate_ratio(number as u64, dimension), *coordinate, "{number}");
            }
        }
    }

    /// The polynomials of the table are those that the search finds: what follows continues them.
    #[test]
    fn the_search_finds_the_polynomials_of_the_table() {
        for (place, (degree, inner, initial)) in JOE_KUO.iter().enumerate() {
            assert_eq!(primitive(place), (*degree, *inner), "{place}");
            for (k, number) in initial.iter().enumerate() {
                assert!(number % 2 == 1 && *number < 1 << (k + 1));
            }
        }
    }

    /// Among the first 2^k points each of 2^k equal cells holds one: in every dimension, also beyond the table.
    #[test]
    fn each_dimension_fills_its_cells_evenly() {
        for dimension in [0, 1, 5, 20, 21, 40, 90] {
            let mut cells: Vec<u64> =
                (0..256).map(|n| (coordinate_ratio(n, dimension) * 256.0) as u64).collect();
            cells.sort_unstable();
            assert!(cells.into_iter().eq(0..256), "{dimension}");
        }
    }
}
