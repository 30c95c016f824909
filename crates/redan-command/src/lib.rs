//! # redan-command — who is engaged, by whom, with what, and why not
//!
//! A command sees its own picture and its own status, never truth: this crate depends on
//! `redan-geo` and `redan-track` alone.
//!
//! The primary type is [`Situation`]: everything a command knows at the moment of a decision. Its
//! parts:
//!
//! * [`FireUnit`] with [`Stock`] and [`Interceptor`] — own means, free channels and rounds;
//! * [`Asset`] and [`Rules`] — what is defended, and what may be fired at;
//! * [`threat::evaluate`] — who threatens what, and when;
//! * [`Doctrine`] — the trait that researchers implement, and [`AnyDoctrine`], those that redan ships;
//! * [`Firing`] — how often and with how much is fired, and how targets are shared out;
//! * [`assign`] — weapons to targets with a proven bound;
//! * [`check::order`] — the one place where an order is tested against channels, rounds, envelope,
//!   line of sight and rules; a doctrine asks it, and the engine asks it again before it obeys;
//! * [`Reason`] — why something is not engaged, in numbers.
//!
//! The path of the data: picture and status → [`Doctrine::decide`] → [`Decision`] (orders, and for
//! every track without an order the reason).

pub mod assign;
pub mod check;
pub mod doctrine;
pub mod firing;
pub mod fly_out;
pub mod order;
pub mod situation;
pub mod threat;

pub use doctrine::{AnyDoctrine, Doctrine};
pub use firing::{Assignment, Fire, Firing, Settings};
pub use fly_out::{FlyOut, Intercept};
pub use order::{Decision, Order, Reason, Shortfall, Withheld};
pub use situation::{
    Asset, Commitment, FireUnit, Interceptor, InterceptorId, Rules, Situation, Stock, UnitId,
    WeaponsControl,
};
pub use threat::Threat;
