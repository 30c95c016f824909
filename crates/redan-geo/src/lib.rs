//! Time, frames, WGS-84 and line of sight, for simulations that must give the same bits everywhere.
//!
//! The primary type is [`Geodetic`], a place; everything else turns a place into what somebody at another
//! place would see. The path of the data: a [`Geodetic`] becomes an [`Ecef`] position; a [`LocalFrame`] at
//! a sensor turns it into [`Enu`] or [`Aer`]; an [`Earth`] says by a [`Sight`] whether anything stands
//! between. [`Leg`] moves things, [`Time`] orders what happens.
//!
//! # A primer of the frames
//!
//! | type | axes | origin | for |
//! |---|---|---|---|
//! | [`Geodetic`] | latitude, longitude, height | the WGS-84 ellipsoid | scenarios, maps |
//! | [`Ecef`] | fixed to the turning Earth, z to the north pole | the centre of the Earth | everything inside |
//! | [`Enu`] | east, north, up | a [`LocalFrame`] | tracking near one place |
//! | [`Aer`] | azimuth from north, elevation, range | a [`LocalFrame`] | what a sensor measures |
//! | body axes | forward, right, down | a vehicle | [`Attitude`], [`DisEuler`] |
//!
//! [`Aer`] is straight-line geometry. What a ray does in the atmosphere is [`EffectiveEarth`]'s: the
//! elevation of a [`Sight`] is the apparent one, larger than that of [`Aer`] by the bending of the ray.
//!
//! # Example
//!
//! A mast of 24 m looks for something at 50 m, 35 km away, over the smooth Earth:
//!
//! ```
//! use redan_geo::{Earth, EffectiveEarth, Geodetic, LocalFrame, BlockerKind};
//!
//! let mast = Geodetic::from_degrees(54.70, 20.50, 24.0);
//! let low = Geodetic::from_degrees(54.70, 21.04, 50.0);
//! let earth = Earth::smooth(EffectiveEarth::default());
//!
//! let sight = earth.sight(&mast, &low);
//! assert!(sight.visible && (sight.arc_m - 34_800.0).abs() < 100.0);
//!
//! // Half as far again, the curve of the Earth hides it.
//! let farther = Geodetic::from_degrees(54.70, 21.31, 50.0);
//! let sight = earth.sight(&mast, &farther);
//! assert_eq!(sight.blocker.unwrap().kind, BlockerKind::Horizon);
//! assert!(sight.clearance_rad() < 0.0);
//!
//! // Where a sensor on the mast would point.
//! let seen = LocalFrame::new(mast).aer(low.to_ecef());
//! assert!((seen.azimuth_rad.to_degrees() - 89.8).abs() < 0.1);
//! ```
//!
//! # What the types do not protect
//!
//! - Two local frames give the same types: an [`Enu`] does not know whose it is. Convert through [`Ecef`].
//! - Fields are public and unchecked: a latitude of 7 rad is accepted and wraps as its sine does, and NaN
//!   in gives NaN or "not visible" out, never a panic.
//! - Heights above sea level and above the ellipsoid are one type here, because scenarios and relief use
//!   one reference throughout; they differ by the geoid's undulation, up to 110 m.
//! - [`Aer`] elevation and [`Sight`] elevation are both bare radians: do not subtract one from the other.
//! - [`geodesic`] uses the platform's mathematics: for authoring, never inside a run.
//!
//! Everything else uses `libm` and arithmetic alone, and gives the same bits on every machine.

pub use time::{Span, Time};

pub use frames::{
    Aer, Ecef, EcefVelocity, Enu, EnuVelocity, Geodetic, wrap_pi_rad, wrap_two_pi_rad,
};
pub use local::LocalFrame;
pub use wgs84::{FLATTENING_RATIO, SEMI_MAJOR_M};

pub use attitude::{Attitude, DisEuler};
pub use leg::Leg;

pub use effective::{EffectiveEarth, MEAN_RADIUS_M};
pub use grid::{Bounds, GridGeometry, HeightGrid};
pub use sight::{Blocker, BlockerKind, Earth, Sight, Station};
pub use sight_map::{Glance, SightMap};
pub use viewshed::VisibleHeights;

pub use error::GeoError;

mod time;

mod frames;
mod local;
mod wgs84;

mod attitude;
mod circle;
mod course;
mod leg;

mod effective;
mod grid;
mod maxima;
mod ray;
mod sight;
mod sight_map;
mod viewshed;

pub mod geodesic;

mod error;
mod vector;
