//! What each thing did, one thing after the other: for formats that tell things and not moments.

use redan_geo::Time;

use super::{Deed, Kind, Meeting, Scene, Standing, ThingId};
use crate::position::State;

/// What one thing did over time.
#[derive(Clone, Debug)]
pub(crate) struct Life {
    pub(crate) id: ThingId,
    /// Where it was, in order of time, at most one place for each instant: the last one told.
    pub(crate) places: Vec<(Time, State)>,
    /// Whose it was held to be from each instant on; never empty.
    pub(crate) standings: Vec<(Time, Standing)>,
    /// First and last word of it; `None` for what nothing was ever said of.
    pub(crate) span: Option<(Time, Time)>,
    /// Whether it left before the recording ended.
    pub(crate) has_left: bool,
    /// What was said of it, in order.
    pub(crate) notes: Vec<(Time, String)>,
}

/// The lives of all things of a scene, in their order.
pub(crate) fn lives(scene: &Scene) -> Vec<Life> {
    let newborn = |(index, thing): (usize, &super::Thing)| Life {
        id: ThingId::new(index),
        places: Vec::new(),
        standings: vec![(Time::MIN, thing.standing)],
        span: None,
        has_left: false,
        notes: Vec::new(),
    };
    let mut lives: Vec<Life> = scene.things.iter().enumerate().map(newborn).collect();
    for act in &scene.acts {
        let life = &mut lives[act.thing.index()];
        life.span = Some((life.span.map_or(act.at, |(first, _)| first), act.at));
        match act.deed {
            Deed::Moves(state) => life.is_at(act.at, state),
            Deed::Meets(Meeting { position: Some(position), .. }) => {
                life.is_at(act.at, State::at(position));
            }
            Deed::Judged(standing) => life.standings.push((act.at, standing)),
            Deed::Leaves(_) => life.has_left = true,
            _ => {}
        }
        if !act.note.is_empty() {
            life.notes.push((act.at, act.note.clone()));
        }
    }
    lives
}

impl Life {
    /// Whose it was held to be at the end.
    pub(crate) fn last_standing(&self) -> Standing {
        self.standings[self.standings.len() - 1].1
    }

    /// From the first word of it to the last one, or to the end of the recording if it never left.
    pub(crate) fn span_until(&self, end: Time) -> Option<(Time, Time)> {
        self.span.map(|(first, last)| (first, if self.has_left { last } else { last.max(end) }))
    }

    /// What was said of it, one line each, with the seconds since the start.
    pub(crate) fn story(&self) -> String {
        let lines =
            self.notes.iter().map(|(at, note)| format!("{} s: {note}", crate::utc::seconds(*at)));
        lines.collect::<Vec<_>>().join("\n")
    }

    fn is_at(&mut self, at: Time, state: State) {
        match self.places.last_mut() {
            Some(last) if last.0 == at => last.1 = state,
            _ => self.places.push((at, state)),
        }
    }
}

impl Scene {
    /// Whether the thing stands where it is, as long as the scene lasts.
    pub(crate) fn is_site(&self, id: ThingId) -> bool {
        matches!(self.thing(id).kind, Kind::Asset | Kind::Radar | Kind::Unit | Kind::Launcher)
    }

    /// The fire unit of a name.
    pub(crate) fn unit(&self, name: &str) -> Option<ThingId> {
        let is_it = |thing: &super::Thing| thing.kind == Kind::Unit && thing.name == name;
        self.things.iter().position(is_it).map(ThingId::new)
    }
}
