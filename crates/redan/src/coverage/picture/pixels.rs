//! Relief and coverage, pixel by pixel.

use redan_record::coverage::{CellGrid, Coverage, Layer, Limit};
use resvg::tiny_skia::{Pixmap, PremultipliedColorU8};

use crate::coverage::frame::Frame;
use crate::coverage::words::colour;

/// No height covers the cell.
pub(super) const NONE: u8 = u8::MAX;

/// How strongly coverage hides the relief under it.
const COVER_PART: f32 = 0.74;

/// Slopes are drawn this much steeper than they are: a choice of ours.
const STEEPER: f32 = 7.0;

/// Colours of heights, the lowest first: from dark to light in even steps of lightness, told apart by
/// colour-blind readers and in grey (after Brewer's YlGnBu, 2003).
const SCALE: [[u8; 3]; 5] =
    [[8, 29, 88], [37, 82, 163], [46, 146, 193], [118, 200, 188], [206, 235, 180]];

/// Colour of the height of a number among so many.
pub(in crate::coverage) fn height_colour(index: usize, number: usize) -> [u8; 3] {
    if number <= 1 {
        return SCALE[1];
    }
    let at = index as f32 * (SCALE.len() - 1) as f32 / (number - 1) as f32;
    let low = (at as usize).min(SCALE.len() - 2);
    mixed(SCALE[low], SCALE[low + 1], at - low as f32)
}

/// The same as it looks over land, for legends.
pub(super) fn swatch(index: usize, number: usize) -> [u8; 3] {
    mixed([244, 239, 226], height_colour(index, number), COVER_PART)
}

/// The same for lines, which must stand out on light ground.
pub(super) fn line_colour(index: usize, number: usize) -> [u8; 3] {
    let colour = height_colour(index, number);
    scaled(colour, 0.68)
}

/// How light each cell is under a sun in the north-west, around 1.
pub(super) fn shade(grid: &CellGrid, ground_m: &[f32]) -> Vec<f32> {
    let metres_per_deg = (redan_geo::MEAN_RADIUS_M.to_radians()) as f32;
    let mut shade = vec![1.0; grid.len()];
    for row in 1..grid.rows - 1 {
        let lat_rad = grid.middle_deg(row, 0)[0].to_radians();
        let north_m = 2.0 * grid.lat_step_deg as f32 * metres_per_deg;
        let east_m = 2.0 * (grid.lon_step_deg * libm::cos(lat_rad)) as f32 * metres_per_deg;
        for column in 1..grid.columns - 1 {
            let cell = row * grid.columns + column;
            let east = (ground_m[cell + 1] - ground_m[cell - 1]) / east_m;
            let north = (ground_m[cell + grid.columns] - ground_m[cell - grid.columns]) / north_m;
            let light = (STEEPER * (east - north)).clamp(-1.0, 1.0);
            shade[cell] = 1.0 + if light > 0.0 { 0.10 } else { 0.30 } * light;
        }
    }
    shade
}

/// Number of the lowest height that covers each cell, or [`NONE`]. Layers from the lowest to the highest.
pub(super) fn lowest_cover(cells: usize, layers: &[&Layer]) -> Vec<u8> {
    let mut lowest = vec![NONE; cells];
    for (index, layer) in layers.iter().enumerate().rev() {
        for (cell, limit) in lowest.iter_mut().zip(&layer.nominal) {
            if *limit == Limit::Covered as u8 {
                *cell = index as u8;
            }
        }
    }
    lowest
}

/// Relief, and over it the colour of the lowest height that is covered, with an edge between heights.
pub(super) fn paint_cover(
    pixmap: &mut Pixmap,
    frame: &Frame,
    coverage: &Coverage,
    shade: &[f32],
    lowest: &[u8],
    heights: usize,
) {
    let colours: Vec<[u8; 3]> = (0..heights).map(|index| height_colour(index, heights)).collect();
    let (columns, rows) = frame.cells(&coverage.grid);
    for_pixels(pixmap, frame, |x, y, old| {
        let at = |x: usize, y: usize| rows[y] * coverage.grid.columns + columns[x];
        let cell = at(x, y);
        let own = lowest[cell];
        let edge =
            lowest[at(x.saturating_sub(1), y)] != own || lowest[at(x, y.saturating_sub(1))] != own;
        let painted = match colours.get(usize::from(own)) {
            Some(colour) => mixed(old, *colour, COVER_PART),
            None => old,
        };
        let lit = scaled(painted, shade[cell]);
        if edge { mixed(lit, [10, 20, 40], 0.45) } else { lit }
    });
}

/// Relief, and over it the colour of what limits each cell.
pub(super) fn paint_limits(
    pixmap: &mut Pixmap,
    frame: &Frame,
    coverage: &Coverage,
    shade: &[f32],
    limits: &[u8],
) {
    let mut colours = [None; 256];
    for limit in Limit::ALL.into_iter().filter(|limit| *limit != Limit::Outside) {
        colours[limit as usize] = Some(colour(limit));
    }
    let (columns, rows) = frame.cells(&coverage.grid);
    for_pixels(pixmap, frame, |x, y, old| {
        let cell = rows[y] * coverage.grid.columns + columns[x];
        let painted =
            colours[usize::from(limits[cell])].map_or(old, |colour| mixed(old, colour, 0.85));
        scaled(painted, shade[cell])
    });
}

fn for_pixels(
    pixmap: &mut Pixmap,
    frame: &Frame,
    paint: impl Fn(usize, usize, [u8; 3]) -> [u8; 3],
) {
    let wide = pixmap.width() as usize;
    let (left, top) = (frame.left as usize, frame.top as usize);
    let pixels = pixmap.pixels_mut();
    for y in 0..frame.height as usize {
        let start = (top + y) * wide + left;
        for (x, pixel) in pixels[start..start + frame.width as usize].iter_mut().enumerate() {
            let [red, green, blue] = paint(x, y, [pixel.red(), pixel.green(), pixel.blue()]);
            // Opaque: nothing to premultiply.
            *pixel = PremultipliedColorU8::from_rgba(red, green, blue, 255).unwrap_or(*pixel);
        }
    }
}

fn mixed(from: [u8; 3], to: [u8; 3], part: f32) -> [u8; 3] {
    let mix = |a: u8, b: u8| (f32::from(a) + (f32::from(b) - f32::from(a)) * part) as u8;
    [mix(from[0], to[0]), mix(from[1], to[1]), mix(from[2], to[2])]
}

fn scaled(colour: [u8; 3], factor: f32) -> [u8; 3] {
    colour.map(|part| (f32::from(part) * factor).min(255.0) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heights_grow_lighter_so_that_grey_print_tells_them_apart() {
        let light = |colour: [u8; 3]| {
            0.3 * f32::from(colour[0]) + 0.59 * f32::from(colour[1]) + 0.11 * f32::from(colour[2])
        };
        for number in 2..=8 {
            let all: Vec<f32> =
                (0..number).map(|index| light(height_colour(index, number))).collect();
            assert!(all.windows(2).all(|pair| pair[1] > pair[0] + 15.0), "{all:?}");
        }
    }
}
