//! Kinds of events: what happened, without its particulars. For counting, filtering and columns.

use serde::{Deserialize, Serialize};

use crate::What;

macro_rules! kinds {
    ($($name:ident $word:literal),* $(,)?) => {
        /// Kind of an event: the variant of [`What`] alone.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        #[expect(missing_docs, reason = "each is documented at the variant of What that it names")]
        pub enum Kind { $($name),* }

        impl Kind {
            /// All kinds, in the order of [`What`].
            pub const ALL: &'static [Kind] = &[$(Kind::$name),*];

            /// The word that files use for it: the `event` tag of [`What`].
            pub fn word(self) -> &'static str {
                match self { $(Kind::$name => $word),* }
            }
        }

        impl What {
            /// Its kind.
            pub fn kind(&self) -> Kind {
                match self { $(What::$name { .. } => Kind::$name),* }
            }
        }
    };
}

kinds! {
    Appeared "appeared",
    Moved "moved",
    Leaked "leaked",
    Left "left",
    Destroyed "destroyed",
    Sighted "sighted",
    Look "look",
    Plotted "plotted",
    Merged "merged",
    Heard "heard",
    Radiates "radiates",
    Loaded "loaded",
    TrackStarted "track-started",
    TrackUpdated "track-updated",
    TrackConfirmed "track-confirmed",
    TrackDropped "track-dropped",
    Identified "identified",
    Evidence "evidence",
    Threatened "threatened",
    Withheld "withheld",
    Refused "refused",
    Consulted "consulted",
    Ordered "ordered",
    Acquired "acquired",
    Launched "launched",
    MissileMoved "missile-moved",
    Transferred "transferred",
    Aborted "aborted",
    Resolved "resolved",
    Assessed "assessed",
    EngagementEnded "engagement-ended",
    Ended "ended",
}

impl Kind {
    /// Number of kinds.
    pub const COUNT: usize = Kind::ALL.len();

    /// Its place in [`Kind::ALL`].
    pub fn index(self) -> usize {
        self as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AircraftId, EngagementEnd, EngagementId};

    #[test]
    fn the_word_of_a_kind_is_the_tag_of_the_event() {
        for what in [
            What::Appeared { aircraft: AircraftId(1) },
            What::EngagementEnded { engagement: EngagementId(0), end: EngagementEnd::TrackLost },
            What::Ended,
        ] {
            let json = serde_json::to_value(what).expect("events are plain data");
            assert_eq!(json["event"], what.kind().word());
        }
    }

    #[test]
    fn kinds_stand_at_their_index_and_serialise_as_their_word() {
        for (index, kind) in Kind::ALL.iter().enumerate() {
            assert_eq!(kind.index(), index);
            assert_eq!(serde_json::to_value(kind).expect("a word"), kind.word());
        }
    }
}
