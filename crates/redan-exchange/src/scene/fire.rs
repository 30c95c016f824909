//! Engagements and missiles: the part of a scene that both views tell, each with targets of its own.

use std::collections::BTreeMap;

use redan_command::{InterceptorId, UnitId};
use redan_geo::{Geodetic, Time};
use redan_record::{EngagementId, LauncherId, MissileId, NetworkId, RadarId, Roster};
use redan_track::TrackId;

use super::cast::Cast;
use super::sites::{self, Sites};
use super::{Deed, Engagement, Exit, Kind, Thing, ThingId};
use crate::position::{Position, State, length, speed};

/// How an engagement ended after which the command believes that the target still flies.
pub(super) const SURVIVED: &str = "rounds spent, target judged to fly on";

/// The engagements that the view shows, and their missiles.
pub(super) struct Fire<'a> {
    roster: &'a Roster,
    sites: &'a Sites,
    pub(super) engagements: Vec<Engagement>,
    open: BTreeMap<EngagementId, Open>,
    missiles: BTreeMap<MissileId, ThingId>,
}

#[derive(Clone, Copy)]
struct Open {
    index: usize,
    track: (NetworkId, TrackId),
    radar: Option<ThingId>,
}

/// What an order says.
pub(super) struct OrderNote {
    pub(super) engagement: EngagementId,
    pub(super) track: (NetworkId, TrackId),
    pub(super) target: Option<ThingId>,
    pub(super) unit: UnitId,
    pub(super) interceptor: InterceptorId,
    pub(super) rounds: u32,
}

/// What a launch says.
pub(super) struct LaunchNote {
    pub(super) engagement: EngagementId,
    pub(super) missile: MissileId,
    pub(super) launcher: LauncherId,
    pub(super) interceptor: InterceptorId,
}

impl<'a> Fire<'a> {
    /// Nothing ordered yet.
    pub(super) fn new(roster: &'a Roster, sites: &'a Sites) -> Fire<'a> {
        let (open, missiles) = (BTreeMap::new(), BTreeMap::new());
        Fire { roster, sites, engagements: Vec::new(), open, missiles }
    }

    /// An order; engagements whose order is not told are not told at all.
    pub(super) fn order(&mut self, cast: &mut Cast, at: Time, note: &OrderNote) {
        let unit = self.roster.units.get(note.unit.0 as usize);
        let name = self.roster.unit_name(note.unit);
        let interceptor = self.roster.interceptor_name(note.interceptor);
        let number = note.engagement.0;
        if let Some(target) = note.target {
            let words = format!(
                "engagement {number}: {name} ordered to fire {} × {interceptor}",
                note.rounds
            );
            cast.says(at, target, words);
        }
        let open = Open { index: self.engagements.len(), track: note.track, radar: None };
        self.open.insert(note.engagement, open);
        self.engagements.push(Engagement {
            number,
            unit: name.to_owned(),
            from: unit.and_then(|unit| Position::of(unit.place)),
            target: note.target,
            to: note.target.and_then(|target| cast.place(target)),
            interceptor: interceptor.to_owned(),
            rounds_ordered: note.rounds,
            rounds_launched: 0,
            ordered: at,
            ended: None,
            end: None,
        });
    }

    /// The engagement radar found the target.
    pub(super) fn acquire(&mut self, cast: &mut Cast, at: Time, id: EngagementId, radar: RadarId) {
        let thing = self.sites.radars.get(radar.index()).copied().flatten();
        if let (Some(open), Some(radar)) = (self.open.get_mut(&id), thing) {
            open.radar = Some(radar);
            let target = self.engagements[open.index].target;
            let deed = Deed::Locks { engagement: id.0, target };
            cast.act(at, radar, deed, format!("engagement {}: target acquired", id.0));
        }
    }

    /// A missile leaves its launcher.
    pub(super) fn launch(
        &mut self,
        cast: &mut Cast,
        at: Time,
        note: &LaunchNote,
        target: Option<ThingId>,
    ) {
        let Some(open) = self.open.get(&note.engagement) else { return };
        self.engagements[open.index].rounds_launched += 1;
        let parent = self.sites.launchers.get(note.launcher.index()).copied().flatten();
        let launcher = self.roster.launcher_name(note.launcher);
        let interceptor = self.roster.interceptor_name(note.interceptor);
        let missile = cast.add(Thing {
            kind: Kind::Missile,
            name: format!("missile {}", note.missile.0),
            standing: self.sites.standing,
            type_name: Some(interceptor.to_owned()),
            card: self
                .roster
                .interceptors
                .get(note.interceptor.0 as usize)
                .map(|kind| kind.card.clone()),
            group: Some(self.engagements[open.index].unit.clone()),
            parent,
            target,
            place: None,
            range_m: None,
            reach_m: None,
        });
        self.missiles.insert(note.missile, missile);
        if let Some(place) = sites::launcher_place(self.roster, note.launcher.index()) {
            cast.moves(at, missile, place, State::at);
        }
        let at_what =
            target.map_or("nothing known".to_owned(), |id| cast.things[id.index()].name.clone());
        let number = note.engagement.0;
        let words =
            format!("engagement {number}: {interceptor} launched from {launcher} at {at_what}");
        cast.says(at, missile, words);
    }

    /// A place of a missile. Its course is that of the line from its launcher, and not recorded.
    pub(super) fn missile_moves(
        &self,
        cast: &mut Cast,
        at: Time,
        (id, place, speed_m_s): (MissileId, Geodetic, f64),
    ) {
        if let Some(missile) = self.missile(id) {
            let state = |position| State { speed_m_s: speed(speed_m_s), ..State::at(position) };
            cast.moves(at, missile, place, state);
        }
    }

    /// The end of a missile.
    pub(super) fn missile_ends(&self, cast: &mut Cast, at: Time, id: MissileId, note: String) {
        if let Some(missile) = self.missile(id) {
            cast.leaves(at, missile, Exit::Gone, note);
        }
    }

    /// What the command makes of the target after a salvo.
    pub(super) fn assess(&self, cast: &mut Cast, at: Time, id: EngagementId, killed: bool) {
        if let Some(target) = self.target(id) {
            let verdict = if killed { "called destroyed" } else { "judged to fly on" };
            cast.says(at, target, format!("engagement {}: target {verdict}", id.0));
        }
    }

    /// The end of an engagement, in words.
    pub(super) fn end(&mut self, cast: &mut Cast, at: Time, id: EngagementId, words: String) {
        let Some(open) = self.open.remove(&id) else { return };
        if let Some(radar) = open.radar {
            let note = format!("engagement {}: {words}", id.0);
            cast.act(at, radar, Deed::Releases { engagement: id.0 }, note);
        }
        let engagement = &mut self.engagements[open.index];
        (engagement.ended, engagement.end) = (Some(at), Some(words));
    }

    /// The missile of a number, if the view shows it.
    pub(super) fn missile(&self, id: MissileId) -> Option<ThingId> {
        self.missiles.get(&id).copied()
    }

    /// The track that an engagement is about.
    pub(super) fn track(&self, id: EngagementId) -> Option<(NetworkId, TrackId)> {
        self.open.get(&id).map(|open| open.track)
    }

    fn target(&self, id: EngagementId) -> Option<ThingId> {
        self.open.get(&id).and_then(|open| self.engagements[open.index].target)
    }
}

/// A length that a meeting may have.
pub(super) fn figure_m(length_m: Option<f64>) -> Option<f64> {
    length_m.and_then(length)
}
