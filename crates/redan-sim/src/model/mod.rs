//! Models, one file each: what it models, equation and reference, inputs with units, valid range,
//! what is left out, and what it was validated against.

pub mod accuracy;
pub mod antenna;
pub mod atmosphere;
pub mod clutter;
pub mod cross_section;
pub mod detection;
pub mod fly_out;
pub mod jamming;
pub mod kill;
pub mod look;
pub mod motion;
pub mod passive;
pub mod propagation;
pub mod radar_equation;
pub mod read_gate;
pub mod signal;
pub mod time_budget;
pub mod transponder;
