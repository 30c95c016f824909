//! A raster in UTM, as if its posts stood on a lattice of latitude and longitude.
//!
//! The lattice has the spacing of the pixels on the ground in the middle of the raster and covers all of
//! it; where it reaches beyond, since a sheet of UTM is turned and curved in latitude and longitude, there is no
//! height. Heights are bilinear between pixels. The place of a post is computed by [`crate::utm`] for
//! every 16th post of a row and linear between: the row bends by 0.005 of a pixel on this way at most
//! with pixels of a kilometre, and by less with smaller ones.

use crate::TerrainError;
use crate::lattice::{Lattice, Window};
use crate::utm::Zone;

/// Posts of a row from one whose place is computed to the next.
const KNOT: usize = 16;

/// Places along each side of a raster by which its extent in latitude and longitude is found.
const SIDE: usize = 64;

/// Where the pixels of a raster lie in the plane of a UTM zone.
pub(crate) struct Plane {
    zone: Zone,
    /// The middles of the pixels; its degrees are metres.
    pixels: Lattice,
}

impl Plane {
    /// Of a raster whose lattice is in metres of easting (its longitude) and northing (its latitude).
    pub(crate) fn new(zone: Zone, pixels: Lattice) -> Plane {
        Plane { zone, pixels }
    }

    /// Posts by latitude and longitude; `None` where the raster is not in its zone or
    /// has not two pixels each way.
    pub(crate) fn lattice(&self) -> Option<Lattice> {
        let Lattice { rows, columns, .. } = self.pixels;
        if rows < 2 || columns < 2 {
            return None;
        }
        let (last_row, last_column) = ((rows - 1) as f64, (columns - 1) as f64);
        let (mut south, mut north) = (f64::INFINITY, f64::NEG_INFINITY);
        let (mut west, mut east) = (f64::INFINITY, f64::NEG_INFINITY);
        for step in 0..=SIDE {
            let part = step as f64 / SIDE as f64;
            let (row, column) = (part * last_row, part * last_column);
            for (row, column) in [(0.0, column), (last_row, column), (row, 0.0), (row, last_column)]
            {
                let (lat_deg, lon_deg) = self.place_deg(row, column)?;
                (south, north) = (south.min(lat_deg), north.max(lat_deg));
                (west, east) = (west.min(lon_deg), east.max(lon_deg));
            }
        }
        let middle = self.place_deg(last_row / 2.0, last_column / 2.0)?;
        let above = self.place_deg(last_row / 2.0 + 1.0, last_column / 2.0)?;
        let beside = self.place_deg(last_row / 2.0, last_column / 2.0 + 1.0)?;
        let (lat_step_deg, lon_step_deg) = (above.0 - middle.0, beside.1 - middle.1);
        if !(lat_step_deg > 0.0 && lon_step_deg > 0.0) {
            return None;
        }
        let count = |span_deg: f64, step_deg: f64| {
            let steps = (span_deg / step_deg).ceil();
            (steps < f64::from(u32::MAX)).then_some(steps as usize + 1)
        };
        Some(Lattice {
            south_deg: south,
            west_deg: west,
            lat_step_deg,
            lon_step_deg,
            rows: count(north - south, lat_step_deg)?,
            columns: count(east - west, lon_step_deg)?,
        })
    }

    /// Heights of a window of `lattice`, from those that `read` gives for a window of pixels.
    pub(crate) fn heights_m(
        &self,
        lattice: &Lattice,
        window: Window,
        read: impl Fn(Window) -> Result<Vec<f32>, TerrainError>,
    ) -> Result<Vec<f32>, TerrainError> {
        let places: Vec<(f32, f32)> = (window.row..window.row + window.rows)
            .flat_map(|row| self.row_of_places(lattice, row, window))
            .collect();
        let mut heights_m = vec![f32::INFINITY; places.len()];
        let Some(pixels) = self.around(&places) else { return Ok(heights_m) };
        let source = Source { pixels, heights_m: read(pixels)? };
        for (height_m, place) in heights_m.iter_mut().zip(&places) {
            if let (Some(row), Some(column)) =
                (on(place.0, self.pixels.rows), on(place.1, self.pixels.columns))
            {
                *height_m = source.height_m(row, column);
            }
        }
        Ok(heights_m)
    }

    /// Rows and columns of pixels, with fractions, of the posts of a row of the lattice.
    fn row_of_places(&self, lattice: &Lattice, row: usize, window: Window) -> Vec<(f32, f32)> {
        let lat_rad = lattice.lat_deg(row).to_radians();
        let exact = |column: usize| {
            let lon_rad = lattice.lon_deg(window.column + column).to_radians();
            let (easting_m, northing_m) = self.zone.forth(lat_rad, lon_rad);
            (self.pixels.row_at(northing_m), self.pixels.column_at(easting_m))
        };
        let mut places = Vec::with_capacity(window.columns);
        let mut from = exact(0);
        for start in (0..window.columns).step_by(KNOT) {
            let to = exact(start + KNOT);
            for step in 0..KNOT.min(window.columns - start) {
                let part = step as f64 / KNOT as f64;
                let place = (from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part);
                places.push((place.0 as f32, place.1 as f32));
            }
            from = to;
        }
        places
    }

    /// The pixels that some places need; `None` where all lie beside the raster.
    fn around(&self, places: &[(f32, f32)]) -> Option<Window> {
        let (mut south, mut north, mut west, mut east) = (usize::MAX, 0, usize::MAX, 0);
        for place in places {
            let (Some(row), Some(column)) =
                (on(place.0, self.pixels.rows), on(place.1, self.pixels.columns))
            else {
                continue;
            };
            (south, north) = (south.min(row.0), north.max(row.0 + 1));
            (west, east) = (west.min(column.0), east.max(column.0 + 1));
        }
        (south <= north).then(|| Window {
            row: south,
            rows: north + 1 - south,
            column: west,
            columns: east + 1 - west,
        })
    }

    /// Latitude and longitude of a pixel, degrees; `None` where the projection cannot tell.
    fn place_deg(&self, row: f64, column: f64) -> Option<(f64, f64)> {
        let easting_m = self.pixels.west_deg + column * self.pixels.lon_step_deg;
        let northing_m = self.pixels.south_deg + row * self.pixels.lat_step_deg;
        let (lat_rad, lon_rad) = self.zone.back(easting_m, northing_m);
        let (easting_again_m, northing_again_m) = self.zone.forth(lat_rad, lon_rad);
        // Far outside the zone the way back does not end where it began.
        let is_same = (easting_again_m - easting_m).abs() < 1.0
            && (northing_again_m - northing_m).abs() < 1.0;
        is_same.then(|| (lat_rad.to_degrees(), lon_rad.to_degrees()))
    }
}

/// Heights of some pixels.
struct Source {
    pixels: Window,
    heights_m: Vec<f32>,
}

impl Source {
    /// Bilinear; a void counts only when it has weight.
    fn height_m(&self, (row, up): (usize, f32), (column, right): (usize, f32)) -> f32 {
        let first = (row - self.pixels.row) * self.pixels.columns + column - self.pixels.column;
        let between = |low: f32, high: f32, part: f32| match part {
            0.0 => low,
            1.0 => high,
            _ => low + (high - low) * part,
        };
        let along = |first: usize| between(self.heights_m[first], self.heights_m[first + 1], right);
        between(along(first), along(first + self.pixels.columns), up)
    }
}

/// The post before a place along an axis and the way to the next; `None` more than half a cell outside.
fn on(place: f32, count: usize) -> Option<(usize, f32)> {
    let last = (count - 1) as f32;
    if !(place >= -0.5 && place <= last + 0.5) {
        return None;
    }
    let clamped = place.clamp(0.0, last);
    let lower = (clamped as usize).min(count - 2);
    Some((lower, clamped - lower as f32))
}
