//! Command line of redan.
fn main() {}
