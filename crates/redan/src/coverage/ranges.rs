//! How far coverage reaches from the first site, by direction, and what ends it.
//!
//! Along each ray the range is where unbroken coverage ends: a target beyond it may be covered in
//! patches, but is lost between them. What is too close to the site does not count as an end.

use redan_record::coverage::Limit;

use super::places::{RAYS, STEP_M};

/// What the rays of one sector of directions say.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sector {
    /// Middle of the sector, degrees clockwise from north.
    pub(super) azimuth_deg: f64,
    /// End of unbroken coverage, mean of the rays, kilometres.
    pub(super) mean_km: f64,
    /// Shortest of the rays.
    pub(super) shortest_km: f64,
    /// Longest of the rays.
    pub(super) longest_km: f64,
    /// Farthest covered place on any of the rays, in patches too.
    pub(super) farthest_km: f64,
    /// What most often binds just beyond the end.
    pub(super) limit: Limit,
}

/// Names of eight directions, clockwise from north.
pub(super) const EIGHT: [&str; 8] =
    ["north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"];

/// Names of sixteen directions, clockwise from north.
pub(super) const SIXTEEN: [&str; 16] = [
    "N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW",
    "NNW",
];

/// Sectors of equal width around the first site; `number` divides [`RAYS`].
pub(super) fn sectors(rays: &[Vec<u32>], limits: &[u8], number: usize) -> Vec<Sector> {
    if rays.len() != RAYS {
        return Vec::new();
    }
    let ends: Vec<End> = rays.iter().map(|ray| end(ray, limits)).collect();
    let each = RAYS / number;
    let sector = |index: usize| {
        let first = index * each + RAYS - each / 2;
        let own: Vec<End> = (first..first + each).map(|ray| ends[ray % RAYS]).collect();
        together(index as f64 * 360.0 / number as f64, &own)
    };
    (0..number).map(sector).collect()
}

/// All rays together.
pub(super) fn around(rays: &[Vec<u32>], limits: &[u8]) -> Option<Sector> {
    sectors(rays, limits, 1).first().copied()
}

#[derive(Clone, Copy)]
struct End {
    range_km: f64,
    farthest_km: f64,
    limit: u8,
}

fn end(ray: &[u32], limits: &[u8]) -> End {
    let step_km = STEP_M / 1e3;
    let limit =
        |step: usize| ray.get(step).map_or(Limit::Outside as u8, |cell| limits[*cell as usize]);
    let covered = |step: &usize| limit(*step) == Limit::Covered as u8;
    let near = |number: u8| {
        let blind = [Limit::TooClose, Limit::Elevation, Limit::MissileHeight];
        blind.iter().any(|limit| *limit as u8 == number)
    };
    let start = (0..ray.len()).find(|step| !near(limit(*step))).unwrap_or(0);
    let start = if covered(&start) { start } else { 0 };
    let length = (start..ray.len()).take_while(covered).count();
    let farthest = (0..ray.len()).rev().find(covered);
    let at = start + length;
    End {
        range_km: if length == 0 { 0.0 } else { at as f64 * step_km },
        farthest_km: farthest.map_or(0.0, |step| (step + 1) as f64 * step_km),
        limit: limit(at),
    }
}

fn together(azimuth_deg: f64, ends: &[End]) -> Sector {
    let mut votes = [0_u32; 256];
    for end in ends {
        votes[usize::from(end.limit)] += 1;
    }
    let most = votes.iter().copied().max().unwrap_or(0);
    // Ties go to the lower number.
    let limit = votes.iter().position(|number| *number == most).unwrap_or(0);
    let limit = Limit::from_number(limit as u8).unwrap_or(Limit::Outside);
    let ranges = || ends.iter().map(|end| end.range_km);
    Sector {
        azimuth_deg,
        mean_km: ranges().sum::<f64>() / ends.len().max(1) as f64,
        shortest_km: ranges().fold(f64::MAX, f64::min),
        longest_km: ranges().fold(0.0, f64::max),
        farthest_km: ends.iter().map(|end| end.farthest_km).fold(0.0, f64::max),
        limit,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every ray runs over cells 0 to 9 of the same line.
    fn rays() -> Vec<Vec<u32>> {
        vec![(0..10).collect(); RAYS]
    }

    #[test]
    fn a_range_ends_at_the_first_gap_and_names_what_made_it() {
        let limits = [6, 0, 0, 1, 0, 0, 2, 2, 2, 2];
        let all = around(&rays(), &limits).unwrap();
        assert_eq!(all.limit, Limit::Terrain);
        assert!((all.mean_km - 3.0).abs() < 1e-9 && (all.farthest_km - 6.0).abs() < 1e-9);
        assert_eq!(sectors(&rays(), &limits, 16).len(), 16);
    }

    #[test]
    fn what_is_never_covered_has_no_range() {
        let all = around(&rays(), &[9; 10]).unwrap();
        assert!(all.mean_km.abs() < 1e-9 && all.limit == Limit::Illumination);
        let all = around(&rays(), &[6; 10]).unwrap();
        assert!(all.mean_km.abs() < 1e-9 && all.limit == Limit::TooClose);
    }

    #[test]
    fn coverage_to_the_edge_ends_outside() {
        let all = around(&rays(), &[0; 10]).unwrap();
        assert!((all.mean_km - 10.0).abs() < 1e-9 && all.limit == Limit::Outside);
    }
}
