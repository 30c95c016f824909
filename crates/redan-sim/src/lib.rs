//! # redan-sim — cards, scenarios, models, world, engine
//!
//! One battle, from the first radar scan to the last outcome, as a pure function:
//! [`run`]`(&Battle, seed, replication, &mut recorder)`.
//!
//! Reading order, which is also the order in which modules may know each other:
//!
//! 1. [`card`] — figures of real systems, each with its source: no other number of a real system
//!    stands anywhere;
//! 2. [`recorded`] — traffic that others recorded, and [`scenario`] — one file that a person can write, checked and resolved against the cards;
//! 3. [`draw`] — keyed random draws: luck belongs to names and ordinals, not to the order of events;
//! 4. [`model`] — one file per model, each with its equation, reference and validation;
//! 5. [`world`] — plain data that changes during a run, `Clone`, so that a battle can be forked;
//! 6. [`engine`] — one time-ordered queue of a closed `enum Due`, and one `match`;
//! 7. [`coverage`] — what a site covers, by models and geometry alone, without a battle.
//!
//! This crate knows no terminal, network, thread or clock, and no file system except in
//! `scenario::load`. Everything in it compiles for wasm32.

pub mod card;
pub mod coverage;
pub mod draw;
pub mod engine;
pub mod model;
pub mod recorded;
pub mod scenario;
pub mod world;

pub use engine::{Battle, BattleError, run};
