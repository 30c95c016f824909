//! The ground under several readings of one scenario, read once.

use std::sync::Arc;

use redan_geo::{Earth, HeightGrid};
use redan_sim::scenario::{Draft, Extent};

use crate::{LoadError, relief};

/// The ground under several readings of one scenario.
#[derive(Clone, Debug)]
pub struct Ground {
    relief: Option<Arc<HeightGrid>>,
    /// Relief in words.
    pub note: String,
    /// Hash of its heights.
    pub hash: String,
    /// What the user should know.
    pub warning: Option<String>,
}

impl Ground {
    /// Relief under all of them, by the wish of the first or as `asked`.
    ///
    /// # Errors
    /// When there is no reading at all, and when relief is missing or cannot be read.
    pub fn under(drafts: &[Draft], asked: Option<&str>) -> Result<Ground, LoadError> {
        let around = drafts.iter().map(Draft::bounds).reduce(both);
        let (Some(around), Some(first)) = (around, drafts.first()) else {
            return Err(LoadError::Nothing);
        };
        let found = relief::in_box(first, asked, &around)?;
        Ok(Ground {
            relief: found.grid.map(Arc::new),
            note: found.note,
            hash: found.hash,
            warning: found.warning,
        })
    }

    /// The Earth of one of them.
    pub fn earth(&self, draft: &Draft) -> Earth {
        match &self.relief {
            Some(grid) => Earth::with_relief(draft.effective_earth(), Arc::clone(grid)),
            None => Earth::smooth(draft.effective_earth()),
        }
    }
}

fn both(a: Extent, b: Extent) -> Extent {
    Extent {
        south_deg: a.south_deg.min(b.south_deg),
        west_deg: a.west_deg.min(b.west_deg),
        north_deg: a.north_deg.max(b.north_deg),
        east_deg: a.east_deg.max(b.east_deg),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_reading_is_no_ground() {
        let error = Ground::under(&[], None).expect_err("there is nothing to stand on");
        assert!(matches!(error, LoadError::Nothing));
        assert!(error.to_string().contains("hint:"), "{error}");
    }
}
