//! Scenarios: one TOML file that a person who does not program can read, checked as a whole, and
//! resolved against the cards.

pub mod resolved;

pub use resolved::{
    Aircraft, Asset, Height, Interceptor, Launcher, Mode, Network, Radar, Scenario, Unit, Waypoint,
};
