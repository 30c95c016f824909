//! Measures of one run, folded from its events as they come; no event is kept.
//!
//! [`Measures`] counts what happened and notes, for each aircraft, when it was first seen, tracked,
//! identified, ordered and fired at, and what became of it ([`AircraftMeasures`]).
//! [`Measures::pictures`] tells how good the picture of each network was beside the truth.
//! [`Measures::named`] is the flat list that fills one row of a study's table.
//!
//! Whom a track follows is judged from the origins of its last five plots; see [`crate::explain`].
//! Memory: one entry per aircraft, live track, engagement and missile, and the plots of the last two
//! minutes. Nothing is allocated per event once these have found their size.

mod aircraft;
mod named;
mod picture;

pub use aircraft::{AircraftMeasures, Detection, Fate};
pub use named::{NAMES, Named};
pub use picture::{GOSPA_CUTOFF_M, InView, PictureMeasures, WINDOW, Window};

use redan_geo::Time;
use redan_track::Identity;
use serde::{Deserialize, Serialize};

use crate::attribution::{About, Attribution};
use crate::{
    AbortReason, AircraftId, Event, Kind, Outcome, Recorder, Recording, Roster, Side, What,
};

/// Counts per side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BySide {
    /// Those that attack.
    pub hostile: u32,
    /// Those of the defenders and their allies.
    pub friendly: u32,
    /// Civil and uninvolved ones.
    pub neutral: u32,
}

/// How missiles ended that reached their intercept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcomes {
    /// Destroyed what they met.
    pub kill: u32,
    /// Met their target and did not destroy it.
    pub miss: u32,
    /// Failed on their own.
    pub failed: u32,
    /// Found nothing where the track was.
    pub nothing_there: u32,
}

/// Why missiles were given up in flight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aborts {
    /// The track was dropped.
    pub track_lost: u32,
    /// The engagement radar lost sight for too long.
    pub sight_lost: u32,
    /// The target moved out of reach.
    pub out_of_reach: u32,
    /// Another missile had destroyed the target.
    pub target_gone: u32,
    /// The target was judged to be somebody at whom the rules do not permit fire.
    pub not_permitted: u32,
}

/// Folds the events of one run into counts and first times.
#[derive(Clone, Debug)]
pub struct Measures {
    /// Events of each kind, indexed by [`Kind::index`].
    pub events: [u64; Kind::COUNT],
    /// Plots that nothing real caused.
    pub false_plots: u64,
    /// Launches of each interceptor type, indexed as the roster's interceptors.
    pub launches: Vec<u32>,
    /// Aircraft destroyed, by side.
    pub kills: BySide,
    /// How missiles ended.
    pub outcomes: Outcomes,
    /// Why missiles were given up.
    pub aborts: Aborts,
    /// One entry per aircraft, in the order of the roster.
    pub aircraft: Vec<AircraftMeasures>,
    /// Time of the latest event.
    pub until: Time,
    attribution: Attribution,
    pictures: picture::Pictures,
}

impl Measures {
    /// Empty measures for those who take part in a run.
    pub fn new(roster: &Roster) -> Self {
        Self {
            events: [0; Kind::COUNT],
            false_plots: 0,
            launches: vec![0; roster.interceptors.len()],
            kills: BySide::default(),
            outcomes: Outcomes::default(),
            aborts: Aborts::default(),
            aircraft: roster.aircraft.iter().map(|a| AircraftMeasures::new(a.side)).collect(),
            until: Time::ZERO,
            attribution: Attribution::default(),
            pictures: picture::Pictures::new(roster),
        }
    }

    /// Measures of a run that is already recorded: the same as if they had been folded on the way.
    pub fn of(recording: &Recording) -> Self {
        let mut measures = Self::new(&recording.roster);
        for event in &recording.events {
            measures.record(event);
        }
        measures
    }

    /// How good the picture of each network was, in the order of the roster.
    pub fn pictures(&self) -> Vec<PictureMeasures> {
        self.pictures.measures()
    }

    /// Number of events of one kind.
    pub fn count(&self, kind: Kind) -> u64 {
        self.events[kind.index()]
    }

    /// Missiles launched, of all types.
    pub fn rounds_fired(&self) -> u64 {
        self.count(Kind::Launched)
    }

    /// Aircraft that reached the asset that they were sent against, and when, in order of time.
    pub fn leaks(&self) -> Vec<(Time, AircraftId)> {
        let mut leaks: Vec<_> = self
            .each()
            .filter_map(|(id, aircraft)| aircraft.leaked.map(|leak| (leak, id)))
            .collect();
        leaks.sort();
        leaks
    }

    /// Aircraft of a side that appeared.
    pub fn sent(&self, side: Side) -> u32 {
        self.tally(|aircraft| aircraft.side == side && aircraft.appeared.is_some())
    }

    /// Hostile aircraft that appeared and were not destroyed; those that leaked or left included.
    pub fn survivors(&self) -> u32 {
        self.sent(Side::Hostile).saturating_sub(self.kills.hostile)
    }

    /// Aircraft at which at least one missile was launched, by side in truth.
    pub fn fired_at(&self) -> BySide {
        let mut fired_at = BySide::default();
        for aircraft in self.aircraft.iter().filter(|a| a.first_launched.is_some()) {
            fired_at.add(aircraft.side);
        }
        fired_at
    }

    /// Friendly and neutral aircraft at which an engagement was ordered: false engagements, whether or
    /// not a missile left.
    pub fn false_engagements(&self) -> u32 {
        self.tally(|a| a.side != Side::Hostile && a.first_ordered.is_some())
    }

    /// Friendly and neutral aircraft that a network called hostile at some time.
    pub fn false_hostiles(&self) -> u32 {
        self.tally(|a| a.side != Side::Hostile && a.first_hostile.is_some())
    }

    /// Time that friendly and neutral aircraft were in the air, all together, hours.
    pub fn spared_flight_h(&self) -> f64 {
        let flown_s = |a: &AircraftMeasures| {
            let end = a.fate().at().unwrap_or(self.until);
            a.appeared.map_or(0.0, |begin| (end - begin).as_secs())
        };
        let spared = self.aircraft.iter().filter(|a| a.side != Side::Hostile);
        spared.map(flown_s).sum::<f64>() / 3_600.0
    }

    /// Number of aircraft for which `holds`.
    fn tally(&self, holds: impl Fn(&AircraftMeasures) -> bool) -> u32 {
        self.aircraft.iter().filter(|aircraft| holds(aircraft)).count() as u32
    }

    fn each(&self) -> impl Iterator<Item = (AircraftId, &AircraftMeasures)> {
        self.aircraft.iter().enumerate().map(|(index, a)| (AircraftId(index as u32), a))
    }
}

impl Recorder for Measures {
    fn record(&mut self, event: &Event) {
        self.events[event.what.kind().index()] += 1;
        self.until = self.until.max(event.at);
        self.pictures.observe(event, &self.attribution);
        let about = self.attribution.observe(event);
        self.count_particulars(&event.what);
        if let Some(aircraft) = about.aircraft.and_then(|id| self.aircraft.get_mut(id.index())) {
            note(aircraft, event, about);
        }
    }
}

impl Measures {
    fn count_particulars(&mut self, what: &What) {
        match *what {
            What::Plotted { origin: None, .. } => self.false_plots += 1,
            What::Launched { interceptor, .. } => {
                if let Some(count) = self.launches.get_mut(interceptor.0 as usize) {
                    *count += 1;
                }
            }
            What::Destroyed { aircraft, .. } => {
                if let Some(entry) = self.aircraft.get(aircraft.index()) {
                    self.kills.add(entry.side);
                }
            }
            What::Aborted { reason, .. } => self.aborts.add(&reason),
            What::Resolved { outcome, .. } => self.outcomes.add(outcome),
            _ => {}
        }
    }
}

impl BySide {
    fn add(&mut self, side: Side) {
        *match side {
            Side::Hostile => &mut self.hostile,
            Side::Friendly => &mut self.friendly,
            Side::Neutral => &mut self.neutral,
        } += 1;
    }
}

impl Outcomes {
    fn add(&mut self, outcome: Outcome) {
        *match outcome {
            Outcome::Kill => &mut self.kill,
            Outcome::Miss => &mut self.miss,
            Outcome::Failed => &mut self.failed,
            Outcome::NothingThere => &mut self.nothing_there,
        } += 1;
    }
}

impl Aborts {
    fn add(&mut self, reason: &AbortReason) {
        *match reason {
            AbortReason::TrackLost => &mut self.track_lost,
            AbortReason::SightLost { .. } => &mut self.sight_lost,
            AbortReason::OutOfReach { .. } => &mut self.out_of_reach,
            AbortReason::NotPermitted { .. } => &mut self.not_permitted,
            AbortReason::TargetGone => &mut self.target_gone,
        } += 1;
    }

    /// Missiles given up, for whatever reason.
    pub fn all(&self) -> u32 {
        self.track_lost + self.sight_lost + self.out_of_reach + self.target_gone
    }
}

/// Notes in the entry of an aircraft what an event about it says for the first time.
fn note(aircraft: &mut AircraftMeasures, event: &Event, about: About) {
    let at = event.at;
    match event.what {
        What::Appeared { .. } => first(&mut aircraft.appeared, at),
        What::Look { radar, range_m, detected, .. } => {
            first(&mut aircraft.first_look, at);
            if detected {
                first(&mut aircraft.first_detection, Detection { at, radar, range_m });
            }
        }
        What::TrackUpdated { .. } | What::TrackConfirmed { .. } if about.confirmed => {
            first(&mut aircraft.first_confirmed, at);
        }
        // A track can outlive its aircraft and be judged by what it picks up then.
        What::Identified { identity, .. }
            if identity != Identity::Pending && !aircraft.has_ended() =>
        {
            first(&mut aircraft.first_identified, (at, identity));
            aircraft.last_identity = Some(identity);
            if identity == Identity::Hostile {
                first(&mut aircraft.first_hostile, at);
            }
        }
        What::Ordered { .. } => first(&mut aircraft.first_ordered, at),
        What::Launched { .. } => {
            first(&mut aircraft.first_launched, at);
            aircraft.rounds_at += 1;
        }
        What::Leaked { asset, .. } => {
            first(&mut aircraft.leaked, at);
            aircraft.ends(Fate::Leaked { at, asset });
        }
        What::Destroyed { missile, .. } => {
            first(&mut aircraft.destroyed, at);
            aircraft.ends(Fate::Destroyed { at, missile });
        }
        What::Left { .. } => aircraft.ends(Fate::Left { at }),
        _ => {}
    }
}

/// Keeps the first value and ignores later ones.
fn first<T>(slot: &mut Option<T>, value: T) {
    if slot.is_none() {
        *slot = Some(value);
    }
}
