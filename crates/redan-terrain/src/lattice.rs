//! Where the posts of a tile stand, in the degrees that raster files use.

use redan_geo::{Bounds, GridGeometry};

/// A place this close to a post, in steps, is on it: rounding of degrees, not distance.
const ON_POST: f64 = 1e-6;

/// Rounding of degrees read from files and turned into radians.
const ROUNDING_DEG: f64 = 1e-9;

const FULL_TURN_DEG: f64 = 360.0 + ROUNDING_DEG;

/// Regular posts by latitude and longitude. A post is a point: for a raster of cells it stands in
/// the middle of its cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Lattice {
    pub(crate) south_deg: f64,
    pub(crate) west_deg: f64,
    pub(crate) lat_step_deg: f64,
    pub(crate) lon_step_deg: f64,
    pub(crate) rows: usize,
    pub(crate) columns: usize,
}

/// An area in degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Area {
    pub(crate) south_deg: f64,
    pub(crate) north_deg: f64,
    pub(crate) west_deg: f64,
    pub(crate) east_deg: f64,
}

/// Some rows and columns of a lattice, rows from the south.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) row: usize,
    pub(crate) rows: usize,
    pub(crate) column: usize,
    pub(crate) columns: usize,
}

impl Lattice {
    /// The same posts counted a turn further east or west.
    pub(crate) fn turned(self, by_deg: f64) -> Lattice {
        Lattice { west_deg: self.west_deg + by_deg, ..self }
    }

    /// From the first to the last post.
    pub(crate) fn area(&self) -> Area {
        Area {
            south_deg: self.south_deg,
            north_deg: self.lat_deg(self.rows - 1),
            west_deg: self.west_deg,
            east_deg: self.lon_deg(self.columns - 1),
        }
    }

    pub(crate) fn lat_deg(&self, row: usize) -> f64 {
        self.south_deg + row as f64 * self.lat_step_deg
    }

    pub(crate) fn lon_deg(&self, column: usize) -> f64 {
        self.west_deg + column as f64 * self.lon_step_deg
    }

    /// Rows from the south, with a fraction.
    pub(crate) fn row_at(&self, lat_deg: f64) -> f64 {
        on_post((lat_deg - self.south_deg) / self.lat_step_deg)
    }

    /// Columns from the west, with a fraction.
    pub(crate) fn column_at(&self, lon_deg: f64) -> f64 {
        on_post((lon_deg - self.west_deg) / self.lon_step_deg)
    }

    /// Size of a cell, for choosing the finest.
    pub(crate) fn cell_square_deg(&self) -> f64 {
        self.lat_step_deg * self.lon_step_deg
    }

    /// Lattice with the posts of this one that cover `area`, or every `stride`th of them.
    ///
    /// Where a post would lie beyond a pole, or on the first one after a full turn, it is
    /// left out.
    pub(crate) fn cut(&self, area: &Area, stride: usize) -> Lattice {
        let (row, rows) = span(self.row_at(area.south_deg), self.row_at(area.north_deg), stride);
        let (column, columns) =
            span(self.column_at(area.west_deg), self.column_at(area.east_deg), stride);
        let mut cut = Lattice {
            south_deg: self.south_deg + row * self.lat_step_deg,
            west_deg: self.west_deg + column * self.lon_step_deg,
            lat_step_deg: self.lat_step_deg * stride as f64,
            lon_step_deg: self.lon_step_deg * stride as f64,
            rows,
            columns,
        };
        if cut.south_deg < -90.0 - ROUNDING_DEG {
            cut.south_deg += cut.lat_step_deg;
            cut.rows = (cut.rows - 1).max(2);
        }
        while cut.rows > 2 && cut.area().north_deg > 90.0 + ROUNDING_DEG {
            cut.rows -= 1;
        }
        while cut.columns > 2 && cut.lon_deg(cut.columns - 1) - cut.west_deg > FULL_TURN_DEG {
            cut.columns -= 1;
        }
        cut
    }

    pub(crate) fn geometry(&self) -> GridGeometry {
        GridGeometry {
            south_rad: self.south_deg.to_radians(),
            west_rad: self.west_deg.to_radians(),
            lat_step_rad: self.lat_step_deg.to_radians(),
            lon_step_rad: self.lon_step_deg.to_radians(),
            rows: self.rows,
            columns: self.columns,
        }
    }
}

impl Area {
    pub(crate) fn of(bounds: &Bounds) -> Area {
        Area {
            south_deg: bounds.south_rad.to_degrees(),
            north_deg: bounds.north_rad.to_degrees(),
            west_deg: bounds.west_rad.to_degrees(),
            east_deg: bounds.east_rad.to_degrees(),
        }
    }

    /// What both cover, if anything.
    pub(crate) fn common(&self, other: &Area) -> Option<Area> {
        let common = Area {
            south_deg: self.south_deg.max(other.south_deg),
            north_deg: self.north_deg.min(other.north_deg),
            west_deg: self.west_deg.max(other.west_deg),
            east_deg: self.east_deg.min(other.east_deg),
        };
        let some = common.south_deg <= common.north_deg && common.west_deg <= common.east_deg;
        some.then_some(common)
    }

    /// The smallest area that holds both.
    pub(crate) fn hull(&self, other: &Area) -> Area {
        Area {
            south_deg: self.south_deg.min(other.south_deg),
            north_deg: self.north_deg.max(other.north_deg),
            west_deg: self.west_deg.min(other.west_deg),
            east_deg: self.east_deg.max(other.east_deg),
        }
    }
}

impl std::fmt::Display for Area {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Area { south_deg, north_deg, west_deg, east_deg } = self;
        write!(f, "{south_deg:.2}..{north_deg:.2}° N, {west_deg:.2}..{east_deg:.2}° E")
    }
}

fn on_post(position: f64) -> f64 {
    let nearest = position.round();
    if (position - nearest).abs() < ON_POST { nearest } else { position }
}

/// First post and number of posts from `low` to `high`, at least two.
fn span(low: f64, high: f64, stride: usize) -> (f64, usize) {
    let first = low.floor();
    let steps = ((high.ceil() - first) / stride as f64).ceil().max(1.0);
    (first, steps as usize + 1)
}
