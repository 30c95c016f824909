//! Why nothing stopped an aircraft, and why nobody saw it: what held longest, and what held last.

use redan_geo::Span;

use super::fold::{Foldable, Row};
use super::network::{NetworkLine, State};
use super::radar::RadarLine;
use super::timeline::Timeline;
use super::words;
use crate::Roster;

/// One line per network: what kept it from firing for longest, and what did so at the end.
pub(super) fn not_stopped(roster: &Roster, timeline: &Timeline) -> Vec<String> {
    timeline.networks.iter().map(|line| network(roster, timeline.flew(), line)).collect()
}

/// One line per radar: why it did not detect the aircraft.
pub(super) fn not_seen(roster: &Roster, timeline: &Timeline) -> Vec<String> {
    timeline.radars.iter().map(|line| radar(roster, timeline.flew(), line)).collect()
}

fn network(roster: &Roster, flew: Span, line: &NetworkLine) -> String {
    let name = roster.network_name(line.network);
    let idle = || line.rows.iter().filter(|row| !matches!(row.what, State::Engaged { .. }));
    let Some(longest) = longest(idle()) else {
        return format!("{name}: engaged all the time");
    };
    let total: Span = idle().filter(|row| alike(&row.what, &longest)).map(Row::lasted).sum();
    let mut text = format!(
        "{name}: for {} of {}, {}",
        words::span(total),
        words::span(flew),
        why(roster, &longest)
    );
    if let Some(last) = line.rows.last() {
        if alike(&last.what, &longest) {
            text += "; so also at the end";
        } else {
            let (from, at_last) = (words::time(last.from), why(roster, &last.what));
            text += &format!("; at the end, from {from}, {at_last}");
        }
    }
    text
}

/// A state as a reason: of a track that is not engaged the reason alone.
fn why(roster: &Roster, state: &State) -> String {
    match state {
        State::Withheld { unit, reason, .. } => words::withheld(roster, *unit, reason),
        state => words::state(roster, state),
    }
}

/// The state of one kind that held longest in all, with the smallest figure that it had.
fn longest<'a>(rows: impl Iterator<Item = &'a Row<State>>) -> Option<State> {
    let mut totals: Vec<(State, Span)> = Vec::new();
    for row in rows {
        match totals.iter_mut().find(|(state, _)| alike(state, &row.what)) {
            Some((state, total)) => {
                state.absorb(&row.what);
                *total += row.lasted();
            }
            None => totals.push((row.what, row.lasted())),
        }
    }
    // Of equals the first, hence the comparison that keeps what it has.
    let longer =
        |best: (State, Span), next: (State, Span)| if next.1 > best.1 { next } else { best };
    totals.into_iter().reduce(longer).map(|(state, _)| state)
}

/// One reason, whichever track it held for: a track that was lost and found again changes its number
/// and not the reason.
fn alike(a: &State, b: &State) -> bool {
    match (a, b) {
        (State::Withheld { reason: a, .. }, State::Withheld { reason: b, .. }) => a.same_kind(b),
        (State::Tentative { .. }, State::Tentative { .. }) => true,
        _ => a.same_kind(b),
    }
}

fn radar(roster: &Roster, flew: Span, line: &RadarLine) -> String {
    let Some((sight, total)) = line.prevailing() else {
        return format!("{}: never examined it", roster.radar_name(line.radar));
    };
    let mut text = format!(
        "for {} of {}, {}",
        words::span(total),
        words::span(flew),
        words::sight(roster, line.radar, &sight)
    );
    if let Some(best) = line.best_look {
        let so_far_prob = line.rows.iter().fold(0.0_f64, |p, row| p.max(row.what.so_far_prob));
        text += &format!(
            "; {} looks, the best at {} and {}: detection probability {}, {} over all looks",
            line.looks,
            words::time(best.at),
            words::distance(best.range_m),
            words::probability(best.detection_prob),
            words::probability(so_far_prob)
        );
    }
    text
}
