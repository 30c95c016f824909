//! Metrics: how good is a picture, beside the truth that somebody else knows?
//!
//! Plain functions over plain positions. This crate knows no truth; a recording does, or whoever has
//! recorded data with a reference. Three questions:
//!
//! * [`distance`] — how far is a set of tracks from a set of objects: [`ospa_m`] and [`gospa`];
//! * [`consistency`] — does a filter know how good it is: [`nees`], [`nis`] and the bounds that their
//!   averages should keep, [`average_bounds`];
//! * [`picture`] — who follows whom, for how long, and how often does the number change: [`Picture`],
//!   with the attributes of SIAP; [`pairing`] says who follows whom where only places are known.
//!
//! ```
//! use redan_track::metrics::{Cut, gospa, ospa_m};
//!
//! let truth = [[0.0, 0.0, 0.0], [5_000.0, 0.0, 0.0]];
//! let tracks = [[30.0, 40.0, 0.0]];
//! let cut = Cut::new(2_000.0, 1).unwrap();
//! // One pair 50 m apart, and one object without a track, which costs the cut-off.
//! assert_eq!(ospa_m(&truth, &tracks, cut), (50.0 + 2_000.0) / 2.0);
//! let parts = gospa(&truth, &tracks, cut);
//! assert_eq!((parts.total_m, parts.missed, parts.spurious), (50.0 + 1_000.0, 1, 0));
//! ```

pub mod consistency;
pub mod distance;
pub mod pairing;
pub mod picture;
pub mod shares;

pub use consistency::{AverageBounds, average_bounds, nees, nis};
pub use distance::{Cut, Gospa, Matched, gospa, gospa_of, matched, ospa_m, ospa_of_m};
pub use pairing::{Pairing, Placed};
pub use picture::{Instant, Judged, Picture, Seen};
pub use shares::{Continuity, Shares};
