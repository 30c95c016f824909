//! The things of a scene while it is made, with their last places.

use redan_geo::{Geodetic, Time};

use super::{Act, Deed, Exit, Thing, ThingId};
use crate::position::{Position, State};

/// Things and acts so far. What has left does nothing any more, whatever a recording says.
#[derive(Default)]
pub(super) struct Cast {
    pub(super) things: Vec<Thing>,
    pub(super) acts: Vec<Act>,
    last: Vec<Option<Position>>,
    gone: Vec<bool>,
}

impl Cast {
    /// Adds a thing.
    pub(super) fn add(&mut self, thing: Thing) -> ThingId {
        self.last.push(thing.place);
        self.gone.push(false);
        self.things.push(thing);
        ThingId::new(self.things.len() - 1)
    }

    /// Last known place of a thing.
    pub(super) fn place(&self, thing: ThingId) -> Option<Position> {
        self.last[thing.index()]
    }

    /// A place of a thing; what is no place is passed over.
    pub(super) fn moves(
        &mut self,
        at: Time,
        thing: ThingId,
        place: Geodetic,
        state: impl FnOnce(Position) -> State,
    ) {
        if let Some(position) = Position::of(place)
            && !self.gone[thing.index()]
        {
            self.last[thing.index()] = Some(position);
            self.act(at, thing, Deed::Moves(state(position)), String::new());
        }
    }

    /// Something worth a line.
    pub(super) fn says(&mut self, at: Time, thing: ThingId, note: impl Into<String>) {
        self.act(at, thing, Deed::Says, note);
    }

    /// Something with a meaning of its own.
    pub(super) fn act(&mut self, at: Time, thing: ThingId, deed: Deed, note: impl Into<String>) {
        if !self.gone[thing.index()] {
            self.acts.push(Act { at, thing, deed, note: note.into() });
        }
    }

    /// The end of a thing.
    pub(super) fn leaves(&mut self, at: Time, thing: ThingId, exit: Exit, note: impl Into<String>) {
        self.act(at, thing, Deed::Leaves(exit), note);
        self.gone[thing.index()] = true;
    }
}
