//! The events of a run, measures folded from them, and their explanation
