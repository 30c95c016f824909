//! Cards: the data of real systems, with a claim and a source behind every number.
//!
//! The primary type is [`Library`]: all cards and sources, embedded in the binary, with the cards
//! of a user laid over them. The path of a number:
//!
//! ```text
//! data/cards/*.toml ─► Card ─► Figures (one reading of it) ─► Radar, Missile, … (typed views)
//! data/sources.toml ─► Source ◄─ Claim (who says it, how we know, how much weight it bears)
//! ```
//!
//! [`Figures`] is where a study or a variant turns a parameter to a rival claim or to a sampled
//! value; the views know nothing of claims. Reading reports all problems at once, each with file,
//! line, field and a hint.
//!
//! ```
//! use redan_sim::card::{Figures, Library, Radar};
//!
//! let library = Library::embedded();
//! let card = library.find("92N6E").unwrap();
//! let radar = Radar::from_figures(&Figures::nominal(card)).unwrap();
//! let older = Figures::nominal(card).with_claim("target_channels", "s-300p").unwrap();
//! assert!(Radar::from_figures(&older).unwrap().target_channels < radar.target_channels);
//! ```
//!
//! Limits: a card describes one echelon of one system by mission-level figures; it knows no seeker,
//! fuze, warhead or autopilot. Correlation between parameters is not described.

mod air;
mod battalion;
mod check;
mod claim;
mod embedded;
mod figures;
mod identification;
mod library;
mod missile;
mod post;
mod problem;
mod radar;
mod read;
mod toml_walk;
mod uncertain;
mod unit;
mod view;

#[cfg(test)]
mod tests;

pub use air::{AirVehicle, Emitter, Jammer, RcsByAspect};
pub use battalion::{Battalion, Load, Member};
pub use claim::{
    Card, CardKind, Claim, ClaimKind, Compatible, Condition, Detail, Distribution, Grade,
    LoadEntry, MemberEntry, MemberRole, Parameter, RadarRole, Source, SpreadMeaning, TargetClass,
};
pub use figures::Figures;
pub use identification::Identification;
pub use library::Library;
pub use missile::{KillProbability, Launcher, LauncherLoad, Missile};
pub use post::{CommandPost, Interrogator};
pub use problem::{CardError, CardProblem, MissingFigure, nearest_names};
pub use radar::{AbsoluteLevels, Radar, Receiver};
pub use uncertain::{Rival, Taken, Uncertain};
pub use unit::{Quantity, Unit};
