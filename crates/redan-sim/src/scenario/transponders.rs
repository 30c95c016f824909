//! From what a file says of transponders to what answers: modes, codes, keys, times.

use redan_geo::Time;
use redan_track::Mode;

use super::file;
use super::identity::Transponder;
use super::problem::{Collector, Spot, shortened};
use super::read::{At, List, Named};
use super::units::times;
use super::values::Interval;

/// The fields that a flight and a parked aircraft have in common.
pub(super) struct Fields<'a> {
    pub(super) modes: Option<&'a List<At<file::Mode>>>,
    pub(super) codes: Option<&'a Named<At<String>>>,
    pub(super) keys: Option<&'a At<String>>,
    pub(super) off_min: Option<&'a List<At<Interval>>>,
    pub(super) secure_fails: Option<bool>,
}

/// The transponder that they describe.
pub(super) fn resolve(fields: &Fields<'_>, problems: &mut Collector) -> Transponder {
    let modes = modes(fields.modes);
    let mut codes = Vec::new();
    for (key, code) in fields.codes.iter().flat_map(|codes| &codes.entries) {
        let Some(mode) = mode_of(&key.value, &key.spot, problems) else { continue };
        if !modes.contains(&mode) {
            let reason = format!("a code in a mode in which it does not answer, {}", mode.word());
            let hint = format!("add \"{}\" to transponder, or leave the code out", mode.word());
            problems.note_hint(&key.spot, reason, hint);
        } else if mode.is_secure() {
            problems.note(&key.spot, "a secure mode has no code");
        } else if let Some(code) = code_of(&code.value, &code.spot, problems) {
            codes.push((mode, code));
        }
    }
    Transponder {
        modes,
        codes,
        keys: fields.keys.map(|at| at.value.clone()).unwrap_or_default(),
        off: fields.off_min.map_or(Vec::new(), intervals),
        secure_fails: fields.secure_fails,
    }
}

fn intervals(list: &List<At<Interval>>) -> Vec<(Time, Time)> {
    times(list.items.iter().map(|at| at.value))
}

/// Modes in their order, each once.
pub(super) fn modes(given: Option<&List<At<file::Mode>>>) -> Vec<Mode> {
    let mut modes: Vec<Mode> = given
        .iter()
        .flat_map(|list| &list.items)
        .map(|at| match at.value {
            file::Mode::Mode1 => Mode::Mode1,
            file::Mode::Mode2 => Mode::Mode2,
            file::Mode::Civil => Mode::Civil,
            file::Mode::ModeS => Mode::ModeS,
            file::Mode::National => Mode::National,
            file::Mode::Mode4 => Mode::Mode4,
            file::Mode::Mode5 => Mode::Mode5,
        })
        .collect();
    modes.sort();
    modes.dedup();
    modes
}

/// A mode by its word; a problem where there is none of that name.
pub(super) fn mode_of(word: &str, spot: &Spot, problems: &mut Collector) -> Option<Mode> {
    let mode = Mode::ALL.into_iter().find(|mode| mode.word() == word);
    if mode.is_none() {
        problems.unknown(spot, "the mode", word, Mode::ALL.into_iter().map(Mode::word));
    }
    mode
}

/// A code of four octal digits; a problem where it is none.
pub(super) fn code_of(text: &str, spot: &Spot, problems: &mut Collector) -> Option<u16> {
    let is_octal = text.len() == 4 && text.bytes().all(|digit| (b'0'..=b'7').contains(&digit));
    if !is_octal {
        let reason = format!("`{}` is no code", shortened(text));
        problems.note_hint(spot, reason, "write four digits from 0 to 7, such as \"6760\"");
        return None;
    }
    u16::from_str_radix(text, 8).ok()
}
