//! Scenarios: one TOML file that a person who does not program can read, checked as a whole, and
//! resolved against the cards.
//!
//! The primary type is [`Draft`]: a file that has been read and checked. The path of the data:
//!
//! ```text
//! text ─► tree (every value knows its place) ─► variant laid over it ─► file (typed tables)
//!      ─► checked and looked up in the cards ─► Draft ─► Draft::scenario(earth) ─► Scenario
//! ```
//!
//! Mistakes do not stop the reading: [`Problems`] holds all of them, each with its place, what is
//! wrong and, where the author can act, a hint. [`schema`] gives the JSON Schema of the file from the
//! same types that read it.

mod assets;
mod draft;
mod environment;
mod file;
mod flights;
mod identity;
mod identity_file;
mod limits;
mod load;
mod loads;
mod networks;
mod overlay;
mod places;
mod problem;
mod read;
pub mod resolved;
mod route;
mod schema;
mod shelf;
mod transponders;
mod tree;
mod units;
mod values;

pub use draft::{Changes, Draft, Extent, Outline, Setting, Wish};
pub use identity::{Consent, Identification, Order, Parked, Plan, Transponder, WhenCut, Zone};
pub use load::LONGEST_FILE;
pub use problem::{Problem, Problems};
pub use resolved::{
    Aircraft, Asset, Environment, Height, Interceptor, Launcher, Mode, Network, Radar, Scenario,
    Surface, Unit, Waypoint,
};
pub use schema::schema;

#[cfg(test)]
mod tests;
