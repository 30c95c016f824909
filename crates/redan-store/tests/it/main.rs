//! Recordings on disk: written and read back, damaged, and of older schemas.

mod common;
mod damage;
mod fixture;
mod round_trip;
mod study;
