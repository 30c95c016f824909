//! The real program, as a user meets it: what it prints, what it writes, how it ends.
//!
//! After an intended change of words or of the engine, `INSTA_UPDATE=always cargo test -p redan --test it`
//! writes the snapshots again; the difference is then read before it is committed.

mod assign;
mod cards;
mod check;
mod common;
mod coverage;
mod dis;
mod examples;
mod ledger;
mod new;
mod places;
mod readme;
mod repeat;
mod replications;
mod run;
mod schema;
mod streams;
mod study;
mod terrain;
mod trace;
mod track;
mod usage;
