//! A scene as messages, in order of time: what happens, and the repetitions in between.
//!
//! Everything is repeated by the clock, so that whoever joins late knows all after a few seconds (IEEE
//! 1278.1-2012, 4.2.7, with its usual periods): entities every 5 s, emissions and transponders every 10 s,
//! transmitters every 2 s. What is repeated is moved on as a receiver would move it: nothing is made up
//! between two recorded places.

mod waves;

use std::collections::{BTreeMap, BTreeSet};

use redan_geo::{Span, Time};
use redan_record::explain::words;
use redan_record::{Outcome, Side};
use redan_track::Identity;

use super::entity::{DEACTIVATED, DESTROYED, EntityId, EntityState, marking};
use super::motion::Motion;
use super::pdu::{Body, DisVersion, Header, Pdu, Timestamp};
use super::radiation::{Emitting, Replying};
use super::radio::Signal;
use super::types::entity_type;
use super::warfare::{Detonation, Fire, Munition};
use super::{DisOptions, EntityType};
use crate::position::State;
use crate::scene::{
    Act, Deed, Engagement, Exit, Heard, Jam, Kind, Meeting, Scene, Standing, ThingId,
};

/// Numbers of entities of one application; 0 and the three highest have a meaning of their own.
const NUMBERS: usize = 65_000;
/// A transponder or a jammer of which nothing was seen for so long is not repeated. Our choice: three turns
/// of a slow radar.
const STALE: Span = Span::from_nanos(30_000_000_000);
/// Recorded places that are so far apart are told even if a receiver knows them already: what is told in
/// between would have to be moved on, past a corner perhaps. Our choice.
const CLOSEST: Span = Span::from_nanos(1_000_000_000);

/// What is repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Beat {
    Entity,
    Emission,
    Iff,
    Jamming,
    Transmitter,
}

impl Beat {
    fn period(self) -> Span {
        Span::from_nanos(match self {
            Beat::Entity => 5_000_000_000,
            Beat::Emission | Beat::Iff | Beat::Jamming => 10_000_000_000,
            Beat::Transmitter => 2_000_000_000,
        })
    }
}

/// A thing as its receivers know it.
struct Actor {
    standing: Standing,
    /// Where it is; `None` for what has not been anywhere yet.
    motion: Option<Motion>,
    /// What was told last.
    told: Option<Motion>,
    appearance: u32,
    emitting: Option<Emitting>,
    replying: Replying,
    /// Radars that it jams, and when they saw it last.
    jammed: BTreeMap<ThingId, Time>,
    /// Number of the event of its launch.
    launch: EntityId,
}

/// Tells scenes.
pub(super) struct Teller<'a> {
    scene: &'a Scene,
    options: DisOptions,
    actors: Vec<Actor>,
    /// When what is repeated next.
    beats: BTreeSet<(Time, Beat, ThingId)>,
    due: BTreeMap<(Beat, ThingId), Time>,
    /// Radars that follow a thing.
    followed: BTreeMap<ThingId, BTreeSet<ThingId>>,
    events_count: u16,
    tell: &'a mut dyn FnMut(Time, Pdu),
}

/// What happens at an instant; of equal instants, in this order.
enum Cue<'a> {
    Act(&'a Act),
    Order(&'a Engagement),
    Reply(&'a Heard),
    Jam(&'a Jam),
}

impl Cue<'_> {
    fn at(&self) -> Time {
        match self {
            Cue::Act(act) => act.at,
            Cue::Order(engagement) => engagement.ordered,
            Cue::Reply(heard) => heard.at,
            Cue::Jam(jam) => jam.at,
        }
    }
}

/// Gives every message of a scene to `tell`, in order of time.
pub(super) fn tell(scene: &Scene, options: DisOptions, tell: &mut dyn FnMut(Time, Pdu)) {
    let mut teller = Teller::new(scene, options, tell);
    teller.enter_sites();
    let mut cues: Vec<Cue> = scene.acts.iter().map(Cue::Act).collect();
    cues.extend(scene.engagements.iter().map(Cue::Order));
    cues.extend(scene.replies.iter().map(Cue::Reply));
    cues.extend(scene.jams.iter().map(Cue::Jam));
    cues.sort_by_key(Cue::at);
    for cue in cues {
        teller.beat_until(cue.at());
        match cue {
            Cue::Act(act) => teller.act(act),
            Cue::Order(engagement) => teller.order(engagement),
            Cue::Reply(heard) => teller.reply(heard),
            Cue::Jam(jam) => teller.jam(jam),
        }
    }
    teller.beat_until(scene.end);
}

impl<'a> Teller<'a> {
    fn new(
        scene: &'a Scene,
        options: DisOptions,
        tell: &'a mut dyn FnMut(Time, Pdu),
    ) -> Teller<'a> {
        let actor = |thing: &crate::scene::Thing| Actor {
            standing: thing.standing,
            motion: thing.place.map(|place| Motion::standing(Time::ZERO, place)),
            told: None,
            appearance: 0,
            emitting: Emitting::of(thing),
            replying: Replying::default(),
            jammed: BTreeMap::new(),
            launch: EntityId::default(),
        };
        let mut actors: Vec<Actor> = scene.things.iter().map(actor).collect();
        // What begins to radiate was silent before; the first word counts.
        for act in scene.acts.iter().rev() {
            if let (Deed::Switches { on }, Some(emitting)) =
                (act.deed, &mut actors[act.thing.index()].emitting)
            {
                emitting.is_on = !on;
            }
        }
        Teller {
            scene,
            options,
            actors,
            beats: BTreeSet::new(),
            due: BTreeMap::new(),
            followed: BTreeMap::new(),
            events_count: 0,
            tell,
        }
    }

    fn enter_sites(&mut self) {
        for id in (0..self.scene.things.len()).map(ThingId::new) {
            if self.scene.is_site(id) {
                self.state(id, Time::ZERO);
                self.emission(id, Time::ZERO, true);
                if self.scene.thing(id).kind == Kind::Unit {
                    self.transmitter(id, Time::ZERO, 1);
                }
            }
        }
    }

    /// Repeats what is due before an instant.
    fn beat_until(&mut self, until: Time) {
        while let Some((at, beat, id)) = self.beats.first().copied().filter(|beat| beat.0 < until) {
            self.beats.pop_first();
            self.due.remove(&(beat, id));
            match beat {
                Beat::Entity => self.state(id, at),
                Beat::Emission => self.emission(id, at, false),
                Beat::Iff => self.iff(id, at, false),
                Beat::Jamming => self.jamming(id, at, false),
                Beat::Transmitter => self.transmitter(id, at, 1),
            }
        }
    }

    /// What has just been told is repeated a period later, within the time that the scenario has: a damaged
    /// recording may have something to tell centuries before and after.
    fn again(&mut self, beat: Beat, id: ThingId, at: Time) {
        let next = at + beat.period();
        if let Some(old) = self.due.insert((beat, id), next) {
            self.beats.remove(&(old, beat, id));
        }
        let is_within = at >= Time::ZERO && next <= self.scene.planned;
        if is_within {
            self.beats.insert((next, beat, id));
        } else {
            self.due.remove(&(beat, id));
        }
    }

    fn act(&mut self, act: &Act) {
        let (at, id) = (act.at, act.thing);
        match act.deed {
            Deed::Moves(state) => self.moves(id, at, state),
            Deed::Judged(standing) => {
                self.actors[id.index()].standing = standing;
                self.state(id, at);
            }
            Deed::Switches { on } => {
                if let Some(emitting) = &mut self.actors[id.index()].emitting {
                    emitting.is_on = on;
                }
                self.emission(id, at, true);
            }
            Deed::Locks { engagement, target } => self.follow(id, at, engagement, target),
            Deed::Releases { engagement } => self.release(id, at, engagement),
            Deed::Meets(meeting) => self.meets(id, at, &meeting),
            Deed::Leaves(exit) => self.leaves(id, at, exit),
            Deed::Leaks { .. } | Deed::Says => {}
        }
    }

    fn moves(&mut self, id: ThingId, at: Time, state: State) {
        let actor = &mut self.actors[id.index()];
        let is_new = actor.motion.is_none();
        let motion = Motion::moved(actor.motion, at, state);
        actor.motion = Some(motion);
        if is_new && self.scene.thing(id).kind == Kind::Missile {
            self.fire(id, at);
        }
        let told = self.actors[id.index()].told;
        let is_due = |told: Motion| motion.strays_from(&told) || motion.since(&told) >= CLOSEST;
        if told.is_none_or(is_due) {
            self.state(id, at);
        }
        for radar in self.followed.get(&id).cloned().unwrap_or_default() {
            self.emission(radar, at, false);
        }
    }

    /// A missile leaves its launcher.
    fn fire(&mut self, id: ThingId, at: Time) {
        let thing = self.scene.thing(id);
        let Some(motion) = self.actors[id.index()].motion else { return };
        let target = thing.target.and_then(|target| self.motion(target, at));
        let event = self.event();
        self.actors[id.index()].launch = event;
        let fire = Fire {
            from: self.entity(thing.parent),
            at: self.entity(thing.target),
            munition: self.entity(Some(id)),
            event,
            mission: 0,
            place: motion.place(),
            what: munition(entity_type(thing)),
            velocity_m_s: motion.velocity_m_s(),
            range_m: target.map_or(0.0, |target| target.place().distance_m(motion.place()) as f32),
        };
        self.send(at, Body::Fire(fire));
    }

    /// The end of a missile that truth alone knows.
    fn meets(&mut self, id: ThingId, at: Time, meeting: &Meeting) {
        let actor = &mut self.actors[id.index()];
        if let Some(position) = meeting.position {
            let there = Motion::standing(at, position);
            actor.motion = Some(there.with_velocity_of(actor.motion));
        }
        let (Some(motion), launch) = (actor.motion, actor.launch) else { return };
        let thing = self.scene.thing(id);
        let detonation = Detonation {
            from: self.entity(thing.parent),
            at: self.entity(meeting.met),
            munition: self.entity(Some(id)),
            event: launch,
            velocity_m_s: motion.velocity_m_s(),
            place: motion.place(),
            what: munition(entity_type(thing)),
            result: result(meeting),
            ..Detonation::default()
        };
        self.send(at, Body::Detonation(detonation));
    }

    fn leaves(&mut self, id: ThingId, at: Time, exit: Exit) {
        let destroyed = if exit == Exit::Destroyed { DESTROYED } else { 0 };
        self.actors[id.index()].appearance |= DEACTIVATED | destroyed;
        self.state(id, at);
        for beat in [Beat::Entity, Beat::Emission, Beat::Iff, Beat::Jamming] {
            if let Some(next) = self.due.remove(&(beat, id)) {
                self.beats.remove(&(next, beat, id));
            }
        }
    }

    /// An Entity State with where a thing is now, if it is anywhere.
    fn state(&mut self, id: ThingId, at: Time) {
        let Some(motion) = self.motion(id, at) else { return };
        let (actor, thing) = (&mut self.actors[id.index()], self.scene.thing(id));
        actor.told = Some(motion);
        let has_angles = self.options.version == DisVersion::V7;
        let kind = entity_type(thing);
        let state = EntityState {
            force: force(actor.standing),
            kind,
            alternative: kind,
            velocity_m_s: motion.velocity_m_s(),
            place: motion.place(),
            orientation_rad: motion.orientation_rad(),
            appearance: actor.appearance,
            reckoning: motion.reckoning(self.scene.is_site(id), has_angles),
            marking: marking(&thing.name),
            id: self.entity(Some(id)),
            ..EntityState::default()
        };
        self.send(at, Body::EntityState(state));
        self.again(Beat::Entity, id, at);
    }

    /// An order goes over the link of the fire unit.
    fn order(&mut self, engagement: &Engagement) {
        let Some(unit) = self.scene.unit(&engagement.unit) else { return };
        let Engagement { number, interceptor, rounds_ordered, ordered, .. } = engagement;
        let target =
            engagement.target.map_or("nothing known", |target| &self.scene.thing(target).name);
        let name = &engagement.unit;
        let text =
            format!("engagement {number}: {name} fires {rounds_ordered} {interceptor} at {target}");
        self.transmitter(unit, *ordered, 2);
        let signal = Signal::text(self.entity(Some(unit)), 1, &text);
        self.send(*ordered, Body::Signal(signal));
        self.transmitter(unit, *ordered, 1);
    }

    /// Where a thing is now, moved on from where it was last.
    fn motion(&self, id: ThingId, at: Time) -> Option<Motion> {
        self.actors[id.index()].motion.map(|motion| motion.later(at))
    }

    fn entity(&self, id: Option<ThingId>) -> EntityId {
        let Some(id) = id else { return EntityId::default() };
        let (page, number) = (id.index() / NUMBERS, id.index() % NUMBERS + 1);
        let application = self.options.application.saturating_add(page as u16);
        EntityId { site: self.options.site, application, number: number as u16 }
    }

    fn event(&mut self) -> EntityId {
        self.events_count = self.events_count.wrapping_add(1);
        let DisOptions { site, application, .. } = self.options;
        EntityId { site, application, number: self.events_count }
    }

    fn send(&mut self, at: Time, body: Body) {
        let timestamp = Timestamp::absolute(self.scene.start.at(at).unix_ns());
        let DisOptions { version, exercise, .. } = self.options;
        let header = Header { version, exercise, timestamp, ..Header::default() };
        (self.tell)(at, Pdu::new(header, body));
    }
}

/// One round; warhead, fuse and rate are not said.
fn munition(kind: EntityType) -> Munition {
    Munition { kind, figures: [0, 0, 1, 0] }
}

/// How a missile ended (SISO-REF-010, 62).
fn result(meeting: &Meeting) -> u8 {
    let is = |outcome| meeting.outcome == words::outcome(outcome);
    match () {
        // Destroyed by something that went off near it.
        () if is(Outcome::Kill) => 2,
        // Failed on its own: no detonation.
        () if is(Outcome::Failed) => 6,
        () => 5,
    }
}

/// Whose side (SISO-REF-010, 6): friendly, opposing, neutral or other.
fn force(standing: Standing) -> u8 {
    match standing {
        Standing::True(Side::Friendly)
        | Standing::Judged(Identity::Friend | Identity::AssumedFriend) => 1,
        Standing::True(Side::Hostile) | Standing::Judged(Identity::Hostile | Identity::Suspect) => {
            2
        }
        Standing::True(Side::Neutral) | Standing::Judged(Identity::Neutral) => 3,
        Standing::Judged(Identity::Pending | Identity::Unknown) => 0,
    }
}
