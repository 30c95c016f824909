//! Numbers of things in a run. All are indices into the [`crate::Roster`] or counters of the run;
//! none takes part in a random draw.

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident($inner:ty)) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub $inner);

        impl $name {
            /// The number as an index.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

id!(
    /// Number of an event: its position in the run.
    EventId(u64)
);
id!(
    /// One aircraft, cruise missile or drone: a member of a flight. Index into the roster.
    AircraftId(u32)
);
id!(
    /// A radar. Index into the roster.
    RadarId(u32)
);
id!(
    /// A network: one tracker, one doctrine. Index into the roster.
    NetworkId(u32)
);
id!(
    /// A launcher. Index into the roster.
    LauncherId(u32)
);
id!(
    /// An asset to defend. Index into the roster.
    AssetId(u32)
);
id!(
    /// An engagement: an order carried out. Counter of the run.
    EngagementId(u32)
);
id!(
    /// One interceptor in flight. Counter of the run.
    MissileId(u32)
);
