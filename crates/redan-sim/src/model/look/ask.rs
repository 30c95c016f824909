//! The interrogator of a radar: whom it asks in which mode, and what comes back.
//!
//! Replies, failures of a transponder for a whole flight, and silence follow the figures of the card of the
//! interrogator; to whom a reply is credited is the engine's matter.

use redan_track::Reply;

use super::RadarModel;
use crate::draw::{Luck, NameHash, Purpose};
use crate::scenario::{Mode, Transponder};

impl RadarModel {
    /// Answer to the interrogation that goes with a look: the best mode that the transponder
    /// answers in and the network reads, if the reply is received.
    pub fn interrogate(
        &self,
        luck: &Luck,
        (pair, aircraft): (NameHash, NameHash),
        nth: u64,
        transponder: &Transponder,
        reads: &[Mode],
    ) -> Reply {
        if !self.figures.interrogates {
            return Reply::NotAsked;
        }
        // A secure transponder that has failed leaves the civil one, where there is one.
        let faulty = self.is_faulty(luck, aircraft, transponder);
        let answers = |mode: &&Mode| reads.contains(mode) && (!mode.is_secure() || !faulty);
        let Some(mode) = transponder.modes.iter().filter(answers).max() else {
            return Reply::Silent;
        };
        let (reply, heard_prob) = match mode {
            Mode::Mode1 | Mode::Mode2 | Mode::Civil | Mode::ModeS => {
                (Reply::Civil, self.interrogator.civil_reply_prob)
            }
            Mode::National => (Reply::National, self.interrogator.friend_reply_prob),
            Mode::Mode4 => (Reply::Mode4, self.interrogator.friend_reply_prob),
            Mode::Mode5 => (Reply::Mode5, self.interrogator.friend_reply_prob),
        };
        let heard = luck.draw(Purpose::Reply, pair, nth).bernoulli(heard_prob);
        if heard { reply } else { Reply::Silent }
    }

    /// Whether an aircraft's secure transponder is silent for the whole flight; the same for all radars.
    /// A scenario may say so itself.
    pub fn is_faulty(&self, luck: &Luck, aircraft: NameHash, transponder: &Transponder) -> bool {
        let silent_prob = self.interrogator.friend_silent_prob;
        transponder
            .secure_fails
            .unwrap_or_else(|| luck.draw(Purpose::Reliability, aircraft, 0).bernoulli(silent_prob))
    }

    /// What an interrogation of empty air brings.
    pub fn unanswered(&self) -> Reply {
        if self.figures.interrogates { Reply::Silent } else { Reply::NotAsked }
    }
}
