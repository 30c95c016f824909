//! What a scene radiates: beams of radars and jammers, answers of transponders, radios.

use redan_geo::Time;

use super::{Beat, STALE, Teller};
use crate::dis::EntityType;
use crate::dis::entity::DEACTIVATED;
use crate::dis::motion::Motion;
use crate::dis::pdu::Body;
use crate::dis::radiation::{Aim, jamming};
use crate::dis::radio::Transmitter;
use crate::scene::{Heard, Jam, ThingId};

impl Teller<'_> {
    pub(super) fn follow(
        &mut self,
        radar: ThingId,
        at: Time,
        engagement: u32,
        target: Option<ThingId>,
    ) {
        if let Some(emitting) = &mut self.actors[radar.index()].emitting {
            emitting.locks.push((engagement, target));
        }
        if let Some(target) = target {
            self.followed.entry(target).or_default().insert(radar);
        }
        self.emission(radar, at, true);
    }

    pub(super) fn release(&mut self, radar: ThingId, at: Time, engagement: u32) {
        let Some(emitting) = &mut self.actors[radar.index()].emitting else { return };
        let gone = emitting.release(engagement);
        for target in gone {
            if let Some(radars) = self.followed.get_mut(&target) {
                radars.remove(&radar);
            }
        }
        self.emission(radar, at, true);
    }

    /// The beams of a radar. What is not `changed` in number goes out only if a beam has turned by more than
    /// a degree, or for its time.
    pub(super) fn emission(&mut self, radar: ThingId, at: Time, changed: bool) {
        let (Some(own), Some(emitting)) =
            (self.motion(radar, at), self.actors[radar.index()].emitting.clone())
        else {
            return;
        };
        let aims: Vec<Aim> =
            emitting.locks.iter().map(|(_, target)| self.aim(&own, *target, at)).collect();
        let is_late = !self.due.contains_key(&(Beat::Emission, radar));
        let is_due = changed || (is_late && emitting.is_on) || emitting.has_turned(&aims);
        if !is_due {
            return;
        }
        let mut emission = emitting.emission(self.scene.thing(radar), &aims, changed);
        (emission.from, emission.event) = (self.entity(Some(radar)), self.event());
        if let Some(emitting) = &mut self.actors[radar.index()].emitting {
            emitting.told = aims.iter().map(|(_, aim)| *aim).collect();
        }
        self.send(at, Body::Emission(emission));
        self.again(Beat::Emission, radar, at);
    }

    pub(super) fn reply(&mut self, heard: &Heard) {
        let actor = &mut self.actors[heard.thing.index()];
        let is_gone = actor.appearance & DEACTIVATED != 0;
        let is_new = actor.replying.hear(heard.at, heard.reply);
        if !is_gone && is_new {
            self.iff(heard.thing, heard.at, true);
        }
    }

    pub(super) fn iff(&mut self, id: ThingId, at: Time, changed: bool) {
        let replying = &self.actors[id.index()].replying;
        if !changed && at - replying.heard_at > STALE {
            return;
        }
        let mut iff = replying.iff(changed);
        (iff.from, iff.event) = (self.entity(Some(id)), self.event());
        self.send(at, Body::Iff(iff));
        self.again(Beat::Iff, id, at);
    }

    pub(super) fn jam(&mut self, jam: &Jam) {
        let actor = &mut self.actors[jam.by.index()];
        let is_gone = actor.appearance & DEACTIVATED != 0;
        let is_new = actor.jammed.insert(jam.radar, jam.at).is_none();
        if !is_gone && is_new {
            self.jamming(jam.by, jam.at, true);
        }
    }

    /// The beams of a jammer, on the radars that have seen it of late; without any it is off.
    pub(super) fn jamming(&mut self, id: ThingId, at: Time, changed: bool) {
        let Some(own) = self.motion(id, at) else { return };
        let jammed = &mut self.actors[id.index()].jammed;
        let before = jammed.len();
        jammed.retain(|_, heard| at - *heard <= STALE);
        let radars: Vec<ThingId> = jammed.keys().copied().collect();
        let aims: Vec<Aim> = radars.iter().map(|radar| self.aim(&own, Some(*radar), at)).collect();
        let mut emission = jamming(&aims, changed || radars.len() != before);
        (emission.from, emission.event) = (self.entity(Some(id)), self.event());
        self.send(at, Body::Emission(emission));
        if !radars.is_empty() {
            self.again(Beat::Jamming, id, at);
        }
    }

    /// Who a target is, and in which direction something has it.
    fn aim(&self, own: &Motion, target: Option<ThingId>, at: Time) -> Aim {
        let seen = target.and_then(|target| self.motion(target, at));
        (self.entity(target), seen.map(|seen| own.direction_rad(seen.place())))
    }

    /// The radio of a fire unit.
    pub(super) fn transmitter(&mut self, unit: ThingId, at: Time, state: u8) {
        let Some(motion) = self.motion(unit, at) else { return };
        let transmitter = Transmitter {
            on: self.entity(Some(unit)),
            radio: 1,
            // A radio on the ground that carries data; the source is a device for data.
            kind: EntityType::new([7, 1, 0, 2, 0, 0, 0]),
            state,
            source: 8,
            place: motion.place(),
            ..Transmitter::default()
        };
        self.send(at, Body::Transmitter(transmitter));
        self.again(Beat::Transmitter, unit, at);
    }
}
