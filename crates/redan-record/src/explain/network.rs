//! What each network made of an aircraft: not seen, seen, tracked, judged, withheld, engaged.

use std::collections::BTreeMap;

use redan_command::{Reason, UnitId};
use redan_geo::Time;
use redan_track::{Basis, Identity, TrackId};
use serde::Serialize;

use super::fold::{Foldable, Row};
use super::radar::{nearer, nearness};
use crate::attribution::{About, Attribution};
use crate::{AircraftId, EngagementId, Event, NetworkId, RadarId, Roster, Sight, What};

/// What a network made of an aircraft at one time.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum State {
    /// The recording says nothing of the network's radars and the aircraft.
    Unexamined,
    /// No radar of the network had it in view. Of their reasons the one that is nearest to a sight.
    Unseen {
        /// The radar.
        radar: RadarId,
        /// Why not, with the smallest figure recorded in the interval.
        sight: Sight,
    },
    /// In view of a radar, but no look detected it since it came into view.
    Undetected {
        /// The radar.
        radar: RadarId,
        /// How well it is in view.
        sight: Sight,
    },
    /// Detected since it came into view, but no track of the network follows it.
    Untracked {
        /// Radar that detected it last.
        radar: RadarId,
    },
    /// A track follows it that is not yet part of the picture.
    Tentative {
        /// The track.
        track: TrackId,
    },
    /// Part of the picture; the doctrine has said nothing of it yet.
    Held {
        /// The track.
        track: TrackId,
        /// Who it is thought to be.
        identity: Identity,
        /// Why.
        basis: Basis,
    },
    /// Part of the picture and not engaged.
    Withheld {
        /// The track.
        track: TrackId,
        /// Who it is thought to be.
        identity: Identity,
        /// What that rests on.
        basis: Basis,
        /// The unit that came nearest to an engagement.
        unit: Option<UnitId>,
        /// Why it is not engaged, with the smallest figure recorded in the interval.
        reason: Reason,
    },
    /// Engaged.
    Engaged {
        /// The earliest engagement that is under way.
        engagement: EngagementId,
        /// Unit that engages.
        unit: UnitId,
    },
}

/// What one network made of an aircraft over its flight.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NetworkLine {
    /// The network.
    pub network: NetworkId,
    /// Intervals in order of time, without gaps.
    pub rows: Vec<Row<State>>,
}

impl Foldable for State {
    fn same_kind(&self, other: &Self) -> bool {
        match (self, other) {
            (State::Unseen { sight: a, .. }, State::Unseen { sight: b, .. })
            | (State::Undetected { sight: a, .. }, State::Undetected { sight: b, .. }) => {
                a.same_kind(b)
            }
            (State::Tentative { track: a }, State::Tentative { track: b }) => a == b,
            (State::Held { .. }, State::Held { .. }) => self == other,
            (
                State::Withheld { track: a, identity: who_a, reason: why_a, .. },
                State::Withheld { track: b, identity: who_b, reason: why_b, .. },
            ) => a == b && who_a == who_b && why_a.same_kind(why_b),
            (State::Engaged { engagement: a, .. }, State::Engaged { engagement: b, .. }) => a == b,
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
        }
    }

    /// Of what was not seen or not engaged, the nearest that it came to either is kept.
    fn absorb(&mut self, other: &Self) {
        match (self, *other) {
            (State::Unseen { radar, sight }, State::Unseen { radar: of, sight: next })
                if nearer(*sight, next) != *sight =>
            {
                (*radar, *sight) = (of, next);
            }
            (
                State::Withheld { unit, reason, .. },
                State::Withheld { unit: of, reason: next, .. },
            ) => {
                let shortfalls = reason.shortfall().zip(next.shortfall());
                if reason.same_kind(&next) && shortfalls.is_some_and(|(held, new)| new < held) {
                    (*unit, *reason) = (of, next);
                }
            }
            _ => {}
        }
    }

    fn pinned(&self) -> bool {
        matches!(self, State::Engaged { .. })
    }
}

/// Lines of all networks, from the events of a run up to the end of an aircraft's flight, which lasted
/// from `from` until `until`.
pub(super) fn lines(
    events: &[Event],
    aircraft: AircraftId,
    roster: &Roster,
    (from, until): (Time, Time),
) -> Vec<NetworkLine> {
    let mut watches: Vec<Watch> = (0..roster.networks.len() as u32)
        .map(|number| Watch::new(NetworkId(number), roster, from))
        .collect();
    let mut attribution = Attribution::default();
    for event in events {
        let about = attribution.observe(event);
        let concerns = about.aircraft == Some(aircraft);
        for watch in &mut watches {
            watch.observe(event, concerns, about);
        }
    }
    watches.into_iter().map(|watch| watch.close(until)).collect()
}

/// One network's view of one aircraft while the events go by.
struct Watch {
    network: NetworkId,
    /// Radars of the network.
    radars: BTreeMap<RadarId, View>,
    /// Tracks of the network that follow the aircraft, and whether each is confirmed.
    followed: BTreeMap<TrackId, bool>,
    /// Judgements of all its tracks, kept also while they follow another aircraft.
    judged: BTreeMap<TrackId, Judged>,
    /// Engagements of the aircraft that are under way.
    engaged: BTreeMap<EngagementId, UnitId>,
    detected_by: Option<RadarId>,
    rows: Vec<Row<State>>,
}

#[derive(Clone, Copy)]
struct View {
    /// Unit whose engagement radar it is.
    unit: Option<u32>,
    sight: Option<Sight>,
    detected: bool,
    /// The engagement for which it looked is over: what it saw holds no longer.
    lapsed: bool,
}

#[derive(Clone, Copy)]
struct Judged {
    identity: Identity,
    basis: Basis,
    withheld: Option<(Option<UnitId>, Reason)>,
}

const UNJUDGED: Judged = Judged { identity: Identity::Pending, basis: Basis::None, withheld: None };

impl View {
    fn new(unit: Option<u32>) -> Self {
        Self { unit, sight: None, detected: false, lapsed: false }
    }

    fn lapse(&mut self) {
        self.detected = false;
        self.lapsed = true;
    }
}

impl Watch {
    fn new(network: NetworkId, roster: &Roster, from: Time) -> Self {
        let radars = roster
            .radars
            .iter()
            .enumerate()
            .filter(|(_, entry)| entry.network == network.0)
            .map(|(index, entry)| (RadarId(index as u32), View::new(entry.unit)))
            .collect();
        Self {
            network,
            radars,
            followed: BTreeMap::new(),
            judged: BTreeMap::new(),
            engaged: BTreeMap::new(),
            detected_by: None,
            rows: vec![Row { from, until: from, what: State::Unexamined, folded: 0 }],
        }
    }

    /// Takes one event; begins a new row where it changes the state. Looks and updates that change
    /// nothing cost one comparison of states.
    fn observe(&mut self, event: &Event, concerns: bool, about: About) {
        let changed = match event.what {
            What::Sighted { radar, sight, .. } if concerns => self.sighted(radar, sight),
            What::Look { radar, detected, .. } if concerns => self.looked(radar, detected),
            _ => {
                self.tracked(event, concerns, about)
                    || self.decided(event, concerns)
                    || self.engagement(event, concerns)
            }
        };
        if changed {
            self.enter(event.at);
        }
    }

    fn sighted(&mut self, radar: RadarId, sight: Sight) -> bool {
        let Some(view) = self.radars.get_mut(&radar) else { return false };
        view.sight = Some(sight);
        view.detected &= sight.is_in_view();
        view.lapsed = false;
        true
    }

    fn looked(&mut self, radar: RadarId, detected: bool) -> bool {
        let Some(view) = self.radars.get_mut(&radar) else { return false };
        let changed = view.lapsed || detected;
        view.lapsed = false;
        view.detected |= detected;
        if detected {
            self.detected_by = Some(radar);
        }
        changed
    }

    fn tracked(&mut self, event: &Event, concerns: bool, about: About) -> bool {
        match event.what {
            What::TrackStarted { network, track, .. }
            | What::TrackUpdated { network, track, .. }
            | What::TrackConfirmed { network, track, .. }
                if network == self.network =>
            {
                if concerns {
                    self.followed.insert(track, about.confirmed);
                    true
                } else {
                    self.followed.remove(&track).is_some()
                }
            }
            What::TrackDropped { network, track, .. } if network == self.network => {
                self.judged.remove(&track);
                self.followed.remove(&track).is_some()
            }
            _ => false,
        }
    }

    fn decided(&mut self, event: &Event, concerns: bool) -> bool {
        match event.what {
            What::Identified { network, track, identity, basis } if network == self.network => {
                let judged = self.judged.entry(track).or_insert(UNJUDGED);
                (judged.identity, judged.basis) = (identity, basis);
            }
            What::Withheld { network, track, unit, reason } if network == self.network => {
                self.judged.entry(track).or_insert(UNJUDGED).withheld = Some((unit, reason));
            }
            // An order ends whatever reason there was for none.
            What::Ordered { network, track, .. } if network == self.network => {
                self.judged.entry(track).or_insert(UNJUDGED).withheld = None;
            }
            _ => return false,
        }
        // An order is no change of its own: the engagement that it begins is.
        concerns && !matches!(event.what, What::Ordered { .. })
    }

    fn engagement(&mut self, event: &Event, concerns: bool) -> bool {
        match event.what {
            What::Ordered { network, engagement, unit, .. }
                if concerns && network == self.network =>
            {
                self.views_of(unit).for_each(|view| view.lapsed = false);
                self.engaged.insert(engagement, unit).is_none()
            }
            What::EngagementEnded { engagement, .. } => {
                let Some(unit) = self.engaged.remove(&engagement) else { return false };
                for judged in self.judged.values_mut() {
                    judged.withheld.take_if(|(_, reason)| *reason == Reason::AlreadyEngaged);
                }
                self.views_of(unit).for_each(View::lapse);
                true
            }
            _ => false,
        }
    }

    /// Views of the engagement radar of a unit.
    fn views_of(&mut self, unit: UnitId) -> impl Iterator<Item = &mut View> {
        self.radars.values_mut().filter(move |view| view.unit == Some(unit.0))
    }

    fn enter(&mut self, at: Time) {
        let state = self.state();
        let Some(last) = self.rows.last_mut() else { return };
        if last.what.same_kind(&state) {
            last.what.absorb(&state);
            return;
        }
        // A damaged recording may tell of an aircraft before it appeared.
        let at = at.max(last.from);
        last.until = at;
        if last.lasted().as_nanos() == 0 {
            self.rows.pop();
        }
        match self.rows.last_mut() {
            Some(before) if before.what.same_kind(&state) => before.what.absorb(&state),
            _ => self.rows.push(Row { from: at, until: at, what: state, folded: 0 }),
        }
    }

    fn state(&self) -> State {
        if let Some((&engagement, &unit)) = self.engaged.first_key_value() {
            return State::Engaged { engagement, unit };
        }
        if let Some((&track, _)) = self.followed.iter().find(|(_, confirmed)| **confirmed) {
            let judged = self.judged.get(&track).copied().unwrap_or(UNJUDGED);
            let Judged { identity, basis, withheld } = judged;
            return match withheld {
                Some((unit, reason)) => State::Withheld { track, identity, basis, unit, reason },
                None => State::Held { track, identity, basis },
            };
        }
        match self.followed.first_key_value() {
            Some((&track, _)) => State::Tentative { track },
            None => self.sight(),
        }
    }

    fn sight(&self) -> State {
        let sees = |view: &View| view.detected && !view.lapsed;
        let latest = self.detected_by.filter(|radar| self.radars.get(radar).is_some_and(sees));
        let seeing = self.radars.iter().find(|(_, view)| sees(view)).map(|(radar, _)| *radar);
        if let Some(radar) = latest.or(seeing) {
            return State::Untracked { radar };
        }
        let mut nearest: Option<(RadarId, Sight)> = None;
        for (&radar, view) in &self.radars {
            let Some(sight) = view.sight.filter(|_| !view.lapsed) else { continue };
            let closer =
                |best: &Sight| nearness(&sight) > nearness(best) || nearer(*best, sight) != *best;
            if nearest.is_none_or(|(_, best)| closer(&best)) {
                nearest = Some((radar, sight));
            }
        }
        match nearest {
            None => State::Unexamined,
            Some((radar, sight)) if sight.is_in_view() => State::Undetected { radar, sight },
            Some((radar, sight)) => State::Unseen { radar, sight },
        }
    }

    fn close(mut self, until: Time) -> NetworkLine {
        if let Some(last) = self.rows.last_mut() {
            last.until = until.max(last.from);
        }
        if self.rows.len() > 1 {
            self.rows.retain(|row| row.from < row.until);
        }
        NetworkLine { network: self.network, rows: self.rows }
    }
}
