//! Explanation: why something happened, and why something else did not.
//!
//! Pure functions of a [`Recording`](crate::Recording):
//!
//! * [`find_aircraft`] — the aircraft that a person means by a name;
//! * [`chain`] — from an event back over its causes to the first;
//! * [`outcome_of`] — what became of an aircraft;
//! * [`timeline`] — what every radar and every network made of an aircraft, interval by interval, with
//!   the reason whenever it was not seen, not tracked or not engaged, and its [`engagements`];
//! * [`TrackOwners`] — which aircraft each track followed, and when;
//! * [`answer`] — all of that as the text of `redan trace`;
//! * [`words`] — the words of every reason and every event, in one place.
//!
//! # What is inferred
//!
//! A track is taken to follow the aircraft that caused most of its last five plots, the newest of
//! several with equally many. Everything else stands in the events as it is told.
//!
//! # How long tables are shortened
//!
//! A [`Timeline`] is complete. For print, [`fold`] shortens it: neighbouring rows of one kind become
//! one; a row of less than ten seconds between two of one kind is folded into these; and as long as
//! there are more rows than fit, the shortest is folded into the longer of its neighbours. Rows of an
//! engagement are never folded into others. A row says how many changes were folded into it.
//!
//! The figure of a sight or a reason is the smallest recorded in its interval: the nearest that the
//! aircraft came to being in view, or to being engaged.

mod answer;
mod chain;
mod engagements;
mod find;
mod fold;
mod network;
mod owners;
mod radar;
mod timeline;
mod why_not;
pub mod words;

pub use answer::answer;
pub use chain::{chain, furthest, outcome_of};
pub use engagements::{EngagementStory, MissileEnd, MissileStory, all_engagements, engagements};
pub use find::find_aircraft;
pub use fold::{FLICKER, Foldable, Row, fold};
pub use network::{NetworkLine, State};
pub use owners::{OwnerSpan, TrackOwners};
pub use radar::{LookNote, RadarLine, Seen};
pub use timeline::{Timeline, timeline};
