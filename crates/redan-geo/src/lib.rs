//! Time, frames, WGS-84, line of sight
