//! Which aircraft an event is about: the one place where truth and picture are brought together.
//!
//! Tracks do not know what they follow. The recording does, through the origin of every plot: a track
//! is taken to follow the aircraft that caused most of its last five plots, the latest of several
//! with equally many. Five is enough to bridge a stray plot and few enough to notice within seconds
//! that a track has jumped to another aircraft. False plots vote too, for no aircraft.
//!
//! An engagement is about the aircraft that its track followed when it was ordered, a launch about
//! the one that it follows at the launch: that is the aircraft that is fired at, whatever the
//! command believes it to be.

use std::collections::{BTreeMap, VecDeque};

use redan_geo::{Span, Time};
use redan_track::{PlotId, TrackId};

use crate::{AircraftId, EngagementId, Event, MissileId, NetworkId, What};

/// Origins of plots are kept for this long, which must exceed the delay of any link.
const REMEMBER: Span = Span(120_000_000_000);

/// Votes that decide whom a track follows.
const VOTES: usize = 5;

/// What an event is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct About {
    /// The aircraft that it concerns in truth.
    pub(crate) aircraft: Option<AircraftId>,
    /// The event is about a track, and that track is confirmed.
    pub(crate) confirmed: bool,
}

/// Follows the events of a run and says whom each is about. Memory: live tracks, engagements,
/// missiles, and the plots of the last two minutes; nothing is allocated per event once these have
/// found their size.
#[derive(Clone, Debug, Default)]
pub(crate) struct Attribution {
    /// Recent plots, in order of their numbers.
    plots: VecDeque<Seen>,
    /// Live tracks, in order of network and number.
    tracks: Vec<LiveTrack>,
    engagements: BTreeMap<EngagementId, Target>,
    missiles: BTreeMap<MissileId, Option<AircraftId>>,
}

#[derive(Clone, Copy, Debug)]
struct Seen {
    plot: PlotId,
    /// When it was recorded.
    at: Time,
    /// When the beam was on its object.
    measured: Time,
    origin: Option<AircraftId>,
}

#[derive(Clone, Copy, Debug)]
struct LiveTrack {
    key: (NetworkId, TrackId),
    tally: Tally,
    confirmed: bool,
}

#[derive(Clone, Copy, Debug)]
struct Target {
    track: (NetworkId, TrackId),
    aircraft: Option<AircraftId>,
}

impl Attribution {
    /// Takes the next event of the run and says whom it is about.
    pub(crate) fn observe(&mut self, event: &Event) -> About {
        match event.what {
            What::Appeared { aircraft }
            | What::Moved { aircraft, .. }
            | What::Leaked { aircraft, .. }
            | What::Left { aircraft }
            | What::Destroyed { aircraft, .. }
            | What::Sighted { aircraft, .. }
            | What::Look { aircraft, .. }
            | What::Merged { aircraft, .. }
            | What::Heard { origin: aircraft, .. } => About::of(Some(aircraft)),
            What::Plotted { plot, origin, .. } => {
                let (at, measured) = (event.at, plot.time);
                self.remember(Seen { plot: plot.id, at, measured, origin });
                About::of(origin)
            }
            What::TrackStarted { network, track, plot }
            | What::TrackUpdated { network, track, plot, .. } => self.vote((network, track), plot),
            What::TrackConfirmed { network, track, .. } => self.confirm((network, track)),
            What::TrackDropped { network, track, .. } => self.forget((network, track)),
            What::Identified { network, track, .. }
            | What::Evidence { network, track, .. }
            | What::Consulted { network, track, .. }
            | What::Withheld { network, track, .. }
            | What::Refused { network, track, .. } => self.about((network, track)),
            What::Threatened { network, threat } => self.about((network, threat.track)),
            What::Ordered { network, engagement, track, .. } => {
                let about = self.about((network, track));
                let target = Target { track: (network, track), aircraft: about.aircraft };
                self.engagements.insert(engagement, target);
                about
            }
            What::Launched { engagement, missile, .. } => self.launch(engagement, missile),
            What::Acquired { engagement, .. }
            | What::Assessed { engagement, .. }
            | What::EngagementEnded { engagement, .. } => About::of(self.target(engagement)),
            What::Transferred { missile, aircraft, .. } => {
                // From here on the missile is about what it goes for now.
                self.missiles.insert(missile, Some(aircraft));
                About::of(Some(aircraft))
            }
            What::MissileMoved { missile, .. } | What::Aborted { missile, .. } => {
                About::of(self.missiles.get(&missile).copied().flatten())
            }
            What::Resolved { missile, aircraft, .. } => {
                About::of(aircraft.or_else(|| self.missiles.get(&missile).copied().flatten()))
            }
            What::Radiates { .. } | What::Loaded { .. } | What::Ended => About::default(),
        }
    }

    /// When the beam was on the object of a plot; `None` for one that is no longer remembered.
    pub(crate) fn measured(&self, plot: PlotId) -> Option<Time> {
        self.recent(plot).map(|seen| seen.measured)
    }

    /// Plot numbers rise in every run of the engine; a stranger's recording may have them in any
    /// order, hence the search for the place.
    fn remember(&mut self, seen: Seen) {
        while self.plots.front().is_some_and(|first| seen.at - first.at > REMEMBER) {
            self.plots.pop_front();
        }
        let place = match self.plots.back() {
            Some(last) if last.plot >= seen.plot => {
                self.plots.partition_point(|other| other.plot < seen.plot)
            }
            _ => self.plots.len(),
        };
        self.plots.insert(place, seen);
    }

    fn recent(&self, plot: PlotId) -> Option<&Seen> {
        let index = self.plots.binary_search_by_key(&plot, |seen| seen.plot).ok()?;
        Some(&self.plots[index])
    }

    fn vote(&mut self, key: (NetworkId, TrackId), plot: PlotId) -> About {
        let origin = self.recent(plot).and_then(|seen| seen.origin);
        let index = match self.position(key) {
            Ok(index) => index,
            Err(index) => {
                let new = LiveTrack { key, tally: Tally::default(), confirmed: false };
                self.tracks.insert(index, new);
                index
            }
        };
        self.tracks[index].tally.add(origin);
        self.tracks[index].about()
    }

    fn confirm(&mut self, key: (NetworkId, TrackId)) -> About {
        self.position(key).map_or(About::default(), |index| {
            self.tracks[index].confirmed = true;
            self.tracks[index].about()
        })
    }

    fn forget(&mut self, key: (NetworkId, TrackId)) -> About {
        self.position(key).map_or(About::default(), |index| self.tracks.remove(index).about())
    }

    fn launch(&mut self, engagement: EngagementId, missile: MissileId) -> About {
        let Some(target) = self.engagements.get(&engagement).copied() else {
            return About::default();
        };
        let aircraft = self.about(target.track).aircraft.or(target.aircraft);
        self.missiles.insert(missile, aircraft);
        About::of(aircraft)
    }

    fn target(&self, engagement: EngagementId) -> Option<AircraftId> {
        self.engagements.get(&engagement).and_then(|target| target.aircraft)
    }

    /// Whom a track follows now, and whether it is confirmed.
    pub(crate) fn about(&self, key: (NetworkId, TrackId)) -> About {
        self.position(key).map_or(About::default(), |index| self.tracks[index].about())
    }

    fn position(&self, key: (NetworkId, TrackId)) -> Result<usize, usize> {
        self.tracks.binary_search_by_key(&key, |track| track.key)
    }
}

impl About {
    fn of(aircraft: Option<AircraftId>) -> Self {
        Self { aircraft, confirmed: false }
    }
}

impl LiveTrack {
    fn about(&self) -> About {
        About { aircraft: self.tally.owner(), confirmed: self.confirmed }
    }
}

/// The origins of the last [`VOTES`] plots of a track, newest first.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    votes: [Option<AircraftId>; VOTES],
    cast: usize,
}

impl Tally {
    fn add(&mut self, origin: Option<AircraftId>) {
        self.votes.copy_within(0..VOTES - 1, 1);
        self.votes[0] = origin;
        self.cast = (self.cast + 1).min(VOTES);
    }

    /// Most votes win, the newest of equals.
    fn owner(&self) -> Option<AircraftId> {
        let cast = &self.votes[..self.cast];
        let mut best = (0, None);
        for vote in cast {
            let count = cast.iter().filter(|other| *other == vote).count();
            if count > best.0 {
                best = (count, *vote);
            }
        }
        best.1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_of_the_last_five_plots_decide_and_the_newest_of_equals() {
        let (a, b) = (Some(AircraftId(1)), Some(AircraftId(2)));
        let mut tally = Tally::default();
        assert_eq!(tally.owner(), None);
        tally.add(a);
        assert_eq!(tally.owner(), a);
        tally.add(b);
        assert_eq!(tally.owner(), b, "one each: the newest");
        for vote in [a, a, None, b] {
            tally.add(vote);
        }
        assert_eq!(tally.votes, [b, None, a, a, b]);
        assert_eq!(tally.owner(), b, "two each: the newest");
        tally.add(None);
        tally.add(None);
        assert_eq!(tally.owner(), None, "false plots vote for nobody");
    }
}
