//! Coverage: what a defence covers at which height, and what limits it where it does not.
//!
//! The primary type is [`Coverage`], the product of one computation: a grid of cells by latitude and
//! longitude, and for each height and [`Stage`] the [`Limit`] that binds in each cell. It carries all
//! that a picture, a raster or a table of it needs, so that those are made from the product alone.
//!
//! Coverage is defined once: a target that flies straight at the site, at that height and speed, has,
//! when it is over the cell, been plotted at least once ([`Stage::Detection`]), a confirmed track
//! ([`Stage::Tracking`]), or been met by a missile there ([`Stage::Engagement`]), with a probability of
//! at least [`Coverage::probability_wanted_prob`].

use redan_geo::Geodetic;
use serde::{Deserialize, Serialize};

/// Version of the form in which a product is written; a reader refuses others by name.
pub const COVERAGE_SCHEMA_VERSION: u32 = 1;

/// What keeps a cell from being covered; [`Limit::Covered`] where nothing does.
///
/// The numbers are those of rasters and files and do not change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
pub enum Limit {
    /// Nothing: the cell is covered.
    Covered = 0,
    /// Relief stands between the radar and the target.
    Terrain = 1,
    /// The curve of the Earth does.
    Horizon = 2,
    /// The echo is too weak: range, cross-section, loss by diffraction, multipath, clutter, jamming.
    Signal = 3,
    /// Above or below what the antenna covers in elevation.
    Elevation = 4,
    /// Beyond the instrumented range.
    InstrumentedRange = 5,
    /// Nearer than the least range of the radar or of the missile.
    TooClose = 6,
    /// Farther than the missile reaches at that height.
    MissileReach = 7,
    /// Lower or higher than the missile can meet a target.
    MissileHeight = 8,
    /// The engagement radar does not see the place, although others do.
    Illumination = 9,
    /// It is in view, but there was not yet the time: looks for a track, decision, flight of the missile.
    Time = 10,
    /// The ground is higher than the target would fly.
    Ground = 11,
    /// The radar is not there or does not radiate.
    Off = 12,
    /// Beyond the radius of the computation.
    Outside = 255,
}

impl Limit {
    /// All limits in the order of their numbers.
    pub const ALL: [Limit; 14] = [
        Limit::Covered,
        Limit::Terrain,
        Limit::Horizon,
        Limit::Signal,
        Limit::Elevation,
        Limit::InstrumentedRange,
        Limit::TooClose,
        Limit::MissileReach,
        Limit::MissileHeight,
        Limit::Illumination,
        Limit::Time,
        Limit::Ground,
        Limit::Off,
        Limit::Outside,
    ];

    /// The limit of a number of a raster.
    pub fn from_number(number: u8) -> Option<Limit> {
        Limit::ALL.into_iter().find(|limit| *limit as u8 == number)
    }

    /// The words of legends and tables.
    pub fn label(self) -> &'static str {
        match self {
            Limit::Covered => "covered",
            Limit::Terrain => "terrain in the way",
            Limit::Horizon => "below the horizon",
            Limit::Signal => "echo too weak",
            Limit::Elevation => "outside the beam in elevation",
            Limit::InstrumentedRange => "beyond the instrumented range",
            Limit::TooClose => "too close",
            Limit::MissileReach => "beyond the missile's reach",
            Limit::MissileHeight => "outside the missile's heights",
            Limit::Illumination => "hidden from the engagement radar",
            Limit::Time => "no time left",
            Limit::Ground => "below the ground",
            Limit::Off => "radar off",
            Limit::Outside => "not computed",
        }
    }
}

/// How far the defence has got with a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// It has been plotted at least once.
    Detection,
    /// It has a confirmed track.
    Tracking,
    /// A missile has met it.
    Engagement,
}

impl Stage {
    /// All stages, in the order in which they are reached.
    pub const ALL: [Stage; 3] = [Stage::Detection, Stage::Tracking, Stage::Engagement];

    /// The word of legends and files.
    pub fn label(self) -> &'static str {
        match self {
            Stage::Detection => "detection",
            Stage::Tracking => "tracking",
            Stage::Engagement => "engagement",
        }
    }
}

/// Where the cells stand: row by row from the south, each row from the west. The corner given is the
/// middle of the south-western cell.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct CellGrid {
    /// Latitude of the middle of the southernmost row of cells, degrees.
    pub south_deg: f64,
    /// Longitude of the middle of the westernmost column of cells, degrees.
    pub west_deg: f64,
    /// Between rows, degrees.
    pub lat_step_deg: f64,
    /// Between columns, degrees.
    pub lon_step_deg: f64,
    /// Number of rows.
    pub rows: usize,
    /// Number of columns.
    pub columns: usize,
}

impl CellGrid {
    /// Number of cells.
    pub fn len(&self) -> usize {
        self.rows * self.columns
    }

    /// Whether there is no cell.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Latitude and longitude of the middle of a cell, degrees.
    pub fn middle_deg(&self, row: usize, column: usize) -> [f64; 2] {
        [
            self.south_deg + row as f64 * self.lat_step_deg,
            self.west_deg + column as f64 * self.lon_step_deg,
        ]
    }
}

/// A height at which a target flies.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct FlightHeight {
    /// Metres.
    pub height_m: f64,
    /// Above the ground under the target instead of above sea level.
    pub above_ground: bool,
}

/// One stage at one height: a [`Limit`] for each cell, as its number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Layer {
    /// Height of the target.
    pub flight: FlightHeight,
    /// How far the defence has got.
    pub stage: Stage,
    /// With the figures that the cards choose.
    pub nominal: Vec<u8>,
    /// With the least favourable claims of each figure for the defence; empty where not asked for.
    pub pessimistic: Vec<u8>,
    /// With the most favourable ones; empty where not asked for.
    pub optimistic: Vec<u8>,
    /// Number of sites that cover each cell, with the figures that the cards choose.
    pub sites_count: Vec<u8>,
}

impl Layer {
    /// Whether a cell is covered with the figures that the cards choose.
    pub fn is_covered(&self, cell: usize) -> bool {
        self.nominal[cell] == Limit::Covered as u8
    }
}

/// A radar of a site.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SiteRadar {
    /// What people call it.
    pub name: String,
    /// Card that describes it.
    pub card: String,
    /// Whether it guides missiles.
    pub engages: bool,
    /// Antenna, height above sea level.
    pub antenna: Geodetic,
    /// Height of the antenna above the ground, metres.
    pub above_ground_m: f64,
    /// Farthest range that it processes, metres.
    pub instrumented_range_m: f64,
}

/// A place at which the defence stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Site {
    /// Name for the legend.
    pub name: String,
    /// Card of what stands there.
    pub card: String,
    /// Where, with the height of the ground above sea level.
    pub place: Geodetic,
    /// Its radars.
    pub radars: Vec<SiteRadar>,
    /// Radius of the circle that maps draw around it, metres.
    pub naive_radius_m: f64,
    /// Whose figure that is, for the legend.
    pub naive_claim: String,
    /// The missile whose reach counts for engagement; `None` for radars alone.
    pub missile: Option<String>,
}

/// The target that the coverage is against.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CoverageTarget {
    /// What people call it, or its cross-section in words.
    pub name: String,
    /// Cross-section from ahead, square metres.
    pub rcs_m2: f64,
    /// Ground speed towards the site, metres per second.
    pub speed_m_s: f64,
    /// Swerling case of its fluctuation.
    pub swerling: u8,
}

/// What a computation of coverage found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Coverage {
    /// [`COVERAGE_SCHEMA_VERSION`] of the writer.
    pub schema_version: u32,
    /// Title of pictures.
    pub title: String,
    /// The command that makes it again.
    pub command: String,
    /// The target.
    pub target: CoverageTarget,
    /// Probability that counts as covered.
    pub probability_wanted_prob: f64,
    /// The sites.
    pub sites: Vec<Site>,
    /// Radius of the computation around each site, metres.
    pub radius_m: f64,
    /// Where the cells stand.
    pub grid: CellGrid,
    /// Height of the ground above sea level, metres; 0 over the sea and where nothing is known.
    pub ground_m: Vec<f32>,
    /// Lowest height above sea level that any of the radars sees over the cell, metres: line of sight
    /// alone. NaN beyond the radius.
    pub lowest_visible_m: Vec<f32>,
    /// Layers by height and, within, by stage.
    pub layers: Vec<Layer>,
    /// Height error of the relief, metres: heights above ground below three times this are uncertain.
    pub relief_error_m: f64,
    /// What the relief was made of; "smooth Earth…" where there is none.
    pub terrain: String,
    /// Hash of the relief.
    pub terrain_hash: String,
    /// Sources of the figures that were used, a line each.
    pub sources: Vec<String>,
    /// What a reader must know before believing the picture: assumptions and warnings, a line each.
    pub caveats: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_limits_are_unique_and_lead_back() {
        for limit in Limit::ALL {
            assert_eq!(Limit::from_number(limit as u8), Some(limit));
        }
        assert_eq!(Limit::from_number(200), None);
    }
}
