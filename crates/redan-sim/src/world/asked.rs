//! Questions that are open: read gates on aircraft, and consent asked for.

use redan_geo::{Ecef, Time};
use redan_record::Answered;

/// A read gate that an operator put on an aircraft.
#[derive(Clone, Copy, Debug)]
pub struct ReadGate {
    /// Where it was put.
    pub place: Ecef,
    /// Until when it stays there; it follows its track from then on.
    pub until: Time,
}

/// What a network has asked for one track of who must consent.
#[derive(Clone, Copy, Debug, Default)]
pub struct Question {
    /// When the answer is there; `None` before it asked.
    pub due: Option<Time>,
    /// The last answer.
    pub answered: Option<Answered>,
}
