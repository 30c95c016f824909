//! Coverage: what a site covers, at which height, against which target, and what limits it there.
//!
//! The primary type is [`Plan`], a computation made ready. The path of the data:
//!
//! ```text
//! Request ─► one small battle for each site and reading of the claims (scenario and cards as ever)
//!         ─► Plan ─► rays: along one azimuth, what each radar makes of the target at each height
//!                    (terrain, propagation, signal), the track, the engagement
//!                 ─► rows of cells, each with the ray and place nearest to it ─► Coverage
//! ```
//!
//! Rays and rows are pure functions of the plan, so that a caller may spread them over threads. It uses
//! the models and the geometry, never the engine; that both agree is a validation case.
//!
//! # What it does not do
//!
//! - Sites stand alone: several of them are laid over each other, they share no picture.
//! - The target flies straight at the site. One that passes by is seen more from the side, and later.
//! - One target at a time: no channels are taken, no clutter of other aircraft, no jamming.

mod chain;
mod engagement;
mod path;
mod plan;
mod ray;
mod request;
mod site;
mod skyline;

pub use plan::{Plan, Row};
pub use ray::{Ray, Task};
pub use request::{Request, SiteWish, TargetWish};

use crate::model::fly_out::FigureError;
use crate::scenario::Problems;

/// Why coverage cannot be computed.
#[derive(Debug, thiserror::Error)]
pub enum CoverageError {
    /// What was asked for is no defence or no target.
    #[error("{0}")]
    Request(Problems),
    /// No radar detects like this.
    #[error(
        "card {card}: the detection range, cross-section, probability, pulses and false-alarm \
         probability do not go together\nhint: see `redan ledger {card}` and choose other claims"
    )]
    Radar {
        /// The card.
        card: String,
    },
    /// No missile flies like this.
    #[error("card {card}: {reason}\nhint: see `redan ledger {card}` and choose other claims")]
    Missile {
        /// The card.
        card: String,
        /// What is wrong.
        reason: FigureError,
    },
}
