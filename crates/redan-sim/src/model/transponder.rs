//! What a transponder answers to one question in one mode, in truth.
//!
//! **Models** a transponder with a list of modes, a code for some of them, keys for the secure ones, times
//! at which it is off and a secure part that may have failed for the whole flight. Who can read whom
//! follows from the modes that a network asks in, the modes that an aircraft answers in, and the keys
//! that both hold: levels of an experiment that a scenario sets, never a fixed truth. **Inputs**: a
//! scenario's transponder. **Left out**: garbling of overlapping pulses, side-lobe suppression, and
//! that a busy transponder misses questions but for the probability on the interrogator's card.

use redan_geo::Time;
use redan_track::{Answer, Mode};

use crate::scenario::Transponder;

/// The answer that a transponder gives at `now` to a question in `mode` by who holds `keys`, if it gives
/// one that can be read. `is_faulty` says whether its secure part has failed.
pub fn answer(
    transponder: &Transponder,
    (mode, keys): (Mode, &[String]),
    now: Time,
    is_faulty: bool,
) -> Option<Answer> {
    if !transponder.modes.contains(&mode) || is_off(transponder, now) {
        return None;
    }
    if mode.is_secure() {
        let is_readable = transponder.keys.is_empty() || keys.contains(&transponder.keys);
        return (is_readable && !is_faulty).then_some(Answer::Valid);
    }
    let code = transponder.codes.iter().find(|(of, _)| *of == mode).map(|(_, code)| *code);
    Some(code.map_or(Answer::Valid, Answer::Code))
}

/// Whether it is off at `now`.
pub fn is_off(transponder: &Transponder, now: Time) -> bool {
    transponder.off.iter().any(|(from, until)| (*from..*until).contains(&now))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn transponder() -> Transponder {
        Transponder {
            modes: vec![Mode::Civil, Mode::Mode4],
            codes: vec![(Mode::Civil, 0o6760)],
            keys: "alliance".to_string(),
            off: vec![(Time::from_secs(10.0), Time::from_secs(20.0))],
            secure_fails: None,
        }
    }

    fn heard(mode: Mode, keys: &[&str], at_s: f64, is_faulty: bool) -> Option<Answer> {
        let keys: Vec<String> = keys.iter().map(|key| (*key).to_string()).collect();
        answer(&transponder(), (mode, &keys), Time::from_secs(at_s), is_faulty)
    }

    #[test]
    fn codes_are_read_by_all_and_secure_modes_by_who_holds_the_key() {
        assert_eq!(heard(Mode::Civil, &[], 0.0, true), Some(Answer::Code(0o6760)));
        assert_eq!(heard(Mode::Mode4, &["alliance"], 0.0, false), Some(Answer::Valid));
        assert_eq!(heard(Mode::Mode4, &["other"], 0.0, false), None);
        assert_eq!(heard(Mode::Mode4, &["alliance"], 0.0, true), None);
        assert_eq!(heard(Mode::Mode5, &["alliance"], 0.0, false), None);
    }

    #[test]
    fn a_transponder_that_is_off_answers_nobody() {
        assert_eq!(heard(Mode::Civil, &[], 10.0, false), None);
        assert!(heard(Mode::Civil, &[], 20.0, false).is_some());
    }
}
