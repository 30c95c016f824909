//! Where places lie on the sheet: equirectangular, true to scale in the middle of the grid.

use redan_geo::MEAN_RADIUS_M;
use redan_record::coverage::CellGrid;

use crate::report::coast::{LonLat, Window};

/// A box of the sheet with the whole grid in it, pixels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) width: f64,
    pub(super) height: f64,
    west_deg: f64,
    north_deg: f64,
    per_lon_deg: f64,
    per_lat_deg: f64,
}

impl Frame {
    /// The largest box of the right shape, within a width and a height, at whole pixels.
    pub(super) fn of(grid: &CellGrid, left: f64, top: f64, width: f64, height: f64) -> Self {
        let lat_span = grid.rows as f64 * grid.lat_step_deg;
        let lon_span = grid.columns as f64 * grid.lon_step_deg;
        let middle_deg = grid.south_deg + (grid.rows - 1) as f64 / 2.0 * grid.lat_step_deg;
        let shrink = libm::cos(middle_deg.to_radians());
        let scale = (width / (lon_span * shrink)).min(height / lat_span);
        let width = (scale * lon_span * shrink).floor();
        let height = (scale * lat_span).floor();
        Self {
            left,
            top,
            width,
            height,
            west_deg: grid.west_deg - grid.lon_step_deg / 2.0,
            north_deg: grid.south_deg - grid.lat_step_deg / 2.0 + lat_span,
            per_lon_deg: width / lon_span,
            per_lat_deg: height / lat_span,
        }
    }

    pub(super) fn x(&self, lon_deg: f64) -> f64 {
        self.left + (lon_deg - self.west_deg) * self.per_lon_deg
    }

    pub(super) fn y(&self, lat_deg: f64) -> f64 {
        self.top + (self.north_deg - lat_deg) * self.per_lat_deg
    }

    pub(super) fn right(&self) -> f64 {
        self.left + self.width
    }

    pub(super) fn bottom(&self) -> f64 {
        self.top + self.height
    }

    /// Whether a place lies in the box, that many pixels from its edge.
    pub(super) fn holds(&self, (lon_deg, lat_deg): LonLat, margin: f64) -> bool {
        let (x, y) = (self.x(lon_deg), self.y(lat_deg));
        x > self.left + margin
            && x < self.right() - margin
            && y > self.top + margin
            && y < self.bottom() - margin
    }

    pub(super) fn window(&self) -> Window {
        Window {
            west: self.west_deg,
            east: self.west_deg + self.width / self.per_lon_deg,
            south: self.north_deg - self.height / self.per_lat_deg,
            north: self.north_deg,
        }
    }

    /// Pixels of a kilometre from north to south.
    pub(super) fn per_km(&self) -> f64 {
        self.per_lat_deg / (MEAN_RADIUS_M.to_radians() / 1e3)
    }

    /// The line through places.
    pub(super) fn path(&self, line: &[LonLat], closed: bool) -> String {
        use std::fmt::Write as _;
        let mut path = String::with_capacity(line.len() * 12);
        for (index, (lon_deg, lat_deg)) in line.iter().enumerate() {
            let verb = if index == 0 { 'M' } else { 'L' };
            let _ = write!(path, "{verb}{:.1} {:.1}", self.x(*lon_deg), self.y(*lat_deg));
        }
        if closed {
            path.push('Z');
        }
        path
    }

    /// Column of the grid under each column of pixels, and row under each row.
    pub(super) fn cells(&self, grid: &CellGrid) -> (Vec<usize>, Vec<usize>) {
        let under = |pixels: f64, cells: usize| -> Vec<usize> {
            let number = pixels as usize;
            (0..number).map(|pixel| pixel * cells / number.max(1)).collect()
        };
        let columns = under(self.width, grid.columns);
        let rows =
            under(self.height, grid.rows).into_iter().map(|row| grid.rows - 1 - row).collect();
        (columns, rows)
    }
}
