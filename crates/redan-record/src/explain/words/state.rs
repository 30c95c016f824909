//! The words of a time line's rows.

use redan_track::{Basis, Identity, TrackId};

use super::event::salvo;
use super::{abort, engagement_end, outcome, probability, sight, time, withheld};
use crate::explain::{EngagementStory, MissileEnd, MissileStory, Seen, State};
use crate::{RadarId, Roster};

/// What a radar made of an aircraft during an interval: where it could not be seen, why; where it
/// could, how the looks fared.
pub fn seen(roster: &Roster, radar: RadarId, seen: &Seen) -> String {
    let place = sight(roster, radar, &seen.sight);
    if seen.looks == 0 {
        return if seen.sight.is_in_view() { format!("{place}; no look yet") } else { place };
    }
    let looks = if seen.looks == 1 { "look" } else { "looks" };
    let detections = match seen.detections {
        0 => "none detected it".to_owned(),
        number => format!("{number} detected it"),
    };
    format!(
        "{place}: {} {looks}, {detections}; detection probability at best {} a look, {} so far",
        seen.looks,
        probability(seen.best_prob),
        probability(seen.so_far_prob)
    )
}

/// What a network made of an aircraft during an interval.
pub fn state(roster: &Roster, state: &State) -> String {
    match *state {
        State::Unexamined => "no radar of the network has examined it".to_owned(),
        State::Unseen { radar, sight: why } => {
            format!("not seen: {}", sight(roster, radar, &why))
        }
        State::Undetected { radar, sight: view } => {
            format!("not yet detected: {}", sight(roster, radar, &view))
        }
        State::Untracked { radar } => {
            format!("seen by {}, but not tracked", roster.radar_name(radar))
        }
        State::Tentative { track } => format!("track {} not yet confirmed", track.0),
        State::Held { track, identity, basis } => {
            format!("{}, no decision yet", held(track, identity, basis))
        }
        State::Withheld { track, identity, basis, unit, ref reason } => format!(
            "{}, not engaged: {}",
            held(track, identity, basis),
            withheld(roster, unit, reason)
        ),
        State::Engaged { engagement, unit } => {
            format!("engaged by {} (engagement {})", roster.unit_name(unit), engagement.0)
        }
    }
}

/// An engagement in one line: `engagement 3, Murted/1 with 2 × 48N6E at track 12: ordered 04:12,
/// acquired 04:15, missile 4 launched 04:16, miss 05:01 (probability 0.60); …`.
pub fn engagement(roster: &Roster, story: &EngagementStory) -> String {
    let mut text = format!(
        "engagement {}, {} at track {}: ordered {}",
        story.engagement.0,
        salvo(roster, story.unit, story.rounds, story.interceptor),
        story.track.0,
        time(story.ordered)
    );
    if let Some(acquired) = story.acquired {
        text += &format!(", acquired {}", time(acquired));
    }
    for flown in &story.missiles {
        text += &format!("; {}", missile(flown));
    }
    if let Some((at, end)) = &story.ended {
        let acquirer = roster.radars.iter().position(|radar| radar.unit == Some(story.unit.0));
        let acquirer = acquirer.map(|index| RadarId(index as u32));
        text += &format!("; {} {}", engagement_end(roster, acquirer, end), time(*at));
    }
    text
}

fn missile(flown: &MissileStory) -> String {
    let start = format!("missile {} launched {}", flown.missile.0, time(flown.launched));
    match flown.end {
        None => format!("{start}, still in flight"),
        Some((at, MissileEnd::Aborted { reason })) => {
            format!("{start}, given up {}: {}", time(at), abort(&reason))
        }
        Some((at, MissileEnd::Resolved { outcome: how, kill_prob, .. })) => format!(
            "{start}, {} {} (kill probability {})",
            outcome(how),
            time(at),
            probability(kill_prob)
        ),
    }
}

/// `track 12 hostile (no reply to interrogation)`.
fn held(track: TrackId, identity: Identity, basis: Basis) -> String {
    match basis {
        Basis::None => format!("track {} {}", track.0, identity.word()),
        basis => format!("track {} {} ({})", track.0, identity.word(), basis.words()),
    }
}
