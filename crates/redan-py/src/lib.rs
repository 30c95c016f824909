//! # redan-py — the compiled half of the Python package `redan`
//!
//! Thin, like the command line: it converts, lets go of Python's lock while battles are played, and turns errors
//! into exceptions. The primary type is `Battle`; its path is `load` → `Battle` → `run` → `Recording`, or
//! `start` → `Running`, which can be stopped before a decision, acted upon and forked. Everything that a command of
//! the program does goes through [`redan::calls::answer`], so that there is one reader of arguments.
//!
//! What Python code can bring along is a doctrine (`doctrine.rs`) and a tracker (`tracker.rs`). Neither sees truth:
//! they are given what the traits of redan-command and redan-track give.
//!
//! Limits: a doctrine or tracker in Python is called with Python's lock held, so that battles with one do not run in
//! parallel within a process. Whether it is a pure function of what it is given is its author's to see to.

mod errors;
mod faults;
mod table;

mod doctrine;
mod picture;
mod situation;
mod tracker;

mod battle;
mod recording;
mod running;

mod calls;

/// What the package imports; its Python half gives it names and types.
#[pyo3::pymodule]
mod _redan {
    #[pymodule_export]
    use super::battle::{Battle, load};
    #[pymodule_export]
    use super::calls::{answer, main, study_table};
    #[pymodule_export]
    use super::picture::{Asset, Bearing, Plot, Scan, Sensor, Setup, Stock, Threat, Track, Unit};
    #[pymodule_export]
    use super::recording::{Recording, read};
    #[pymodule_export]
    use super::running::Running;
    #[pymodule_export]
    use super::situation::{Order, Situation, Verdict};
    #[pymodule_export]
    use super::table::Table;
}
