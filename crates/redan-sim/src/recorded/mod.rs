//! Recorded traffic: tables that others wrote, read row by row.
//!
//! * [`rows`] — a table in CSV, whose faults are counted with their lines and never a panic;
//! * [`states`] — state vectors of aircraft as ADS-B receivers collect them.
//!
//! Nothing here opens a file: whoever has a text may read it, a scenario through `scenario::load` alone.

pub mod rows;
pub mod states;

pub use rows::{Faults, Row, Table, TableError};
pub use states::{StateVector, read_states};
