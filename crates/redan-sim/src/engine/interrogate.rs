//! Interrogation by a network that weighs evidence: one mode in its turn, and an answer that may be
//! credited to the wrong track.

use redan_geo::{Aer, Ecef, Span, Time};
use redan_record::{AircraftId, RadarId, Recorder};
use redan_track::{Answer, Mode, Reply};

use super::Engine;
use crate::draw::{NameHash, Purpose};
use crate::model::read_gate::{GateSize, credited};
use crate::model::transponder::answer;
use crate::scenario::{Identification, Transponder};
use crate::world::ReadGate;

/// One question: by which radar, about which aircraft, the how-manieth, in which mode.
#[derive(Clone, Copy)]
struct Question {
    radar: RadarId,
    aircraft: AircraftId,
    nth: u64,
    mode: Mode,
}

impl<R: Recorder> Engine<'_, R> {
    /// What comes back when the interrogator of a radar asks about the aircraft that its plot is of.
    pub(super) fn interrogate(&mut self, radar: RadarId, aircraft: AircraftId, nth: u64) -> Reply {
        let battle = self.battle;
        let model = &battle.radars[radar.index()];
        let network = battle.scenario.radars[radar.index()].network;
        let plan = &battle.scenario.networks[network];
        let Some(identification) = &plan.identification else {
            let pair = self.pair_of(radar, aircraft);
            let transponder = &battle.scenario.aircraft[aircraft.index()].transponder;
            let silent = Transponder::default();
            let is_off = crate::model::transponder::is_off(transponder, self.world.now);
            let answers = if is_off { &silent } else { transponder };
            let name = battle.names.aircraft[aircraft.index()];
            return model.interrogate(&self.luck, (pair, name), nth, answers, &plan.reads);
        };
        if !model.figures.interrogates || plan.reads.is_empty() {
            return Reply::NotAsked;
        }
        // Modes are asked in turn, as interrogators interlace them.
        let mode = plan.reads[(nth % plan.reads.len() as u64) as usize];
        let question = Question { radar, aircraft, nth, mode };
        let centre = self.gate_centre(&question, network, identification);
        let size = GateSize {
            range_m: identification.weights.gate_range_m,
            azimuth_rad: identification.weights.gate_azimuth_rad,
        };
        let own = self.own_answer(&question, identification, &centre, size);
        let other = self.other_answer(&question, identification, &centre, size);
        let pair = self.pair_of(radar, aircraft);
        let mut draw = self.luck.draw(Purpose::ReadGate, pair, nth + 1);
        let is_confused = draw.bernoulli(identification.weights.gate_confusion_prob);
        Reply::Asked { mode, answer: credited(own, other, is_confused) }
    }

    /// What a question into empty air brings.
    pub(super) fn unanswered(&self, radar: RadarId) -> Reply {
        let entry = &self.battle.scenario.radars[radar.index()];
        let network = &self.battle.scenario.networks[entry.network];
        match (&network.identification, network.reads.first()) {
            (Some(_), Some(mode)) if entry.figures.interrogates => {
                Reply::Asked { mode: *mode, answer: Answer::Nothing }
            }
            (Some(_), _) => Reply::NotAsked,
            (None, _) => self.battle.radars[radar.index()].unanswered(),
        }
    }

    fn pair_of(&self, radar: RadarId, aircraft: AircraftId) -> NameHash {
        let names = &self.battle.names;
        names.radars[radar.index()].combine(names.aircraft[aircraft.index()])
    }

    /// Middle of the read gate as the radar sees it: where the aircraft is, or where the gate was left.
    fn gate_centre(
        &mut self,
        question: &Question,
        network: usize,
        identification: &Identification,
    ) -> Aer {
        let frame = &self.battle.radars[question.radar.index()].frame;
        let here = self.state(question.aircraft).ecef;
        let Some(held) = identification.gate_held else { return frame.aer(here) };
        let now = self.world.now;
        let key = (network, question.aircraft);
        let until = match self.world.gates.get(&key) {
            Some(gate) => gate.until,
            None => self.put_gate(key, here, held, identification),
        };
        let gate = self.world.gates[&key];
        frame.aer(if now < until { gate.place } else { here })
    }

    /// Puts a manual gate on an aircraft; returns until when it stays where it was put.
    fn put_gate(
        &mut self,
        key: (usize, AircraftId),
        place: Ecef,
        held: Span,
        identification: &Identification,
    ) -> Time {
        let names = &self.battle.names;
        let who = names.networks[key.0].combine(names.aircraft[key.1.index()]);
        let left_prob = identification.by_stress(identification.weights.gate_left_prob);
        let is_left = self.luck.draw(Purpose::ReadGate, who, 0).bernoulli(left_prob);
        let now = self.world.now;
        let until = if is_left { now + held } else { now };
        self.world.gates.insert(key, ReadGate { place, until });
        until
    }

    /// The answer of the aircraft itself, if it is in the gate, answers, and is heard.
    fn own_answer(
        &self,
        question: &Question,
        identification: &Identification,
        centre: &Aer,
        size: GateSize,
    ) -> Option<Answer> {
        let key = self.pair_of(question.radar, question.aircraft);
        self.answer_of_aircraft(question, identification, (question.aircraft, key), (centre, size))
    }

    /// The answer of whoever else is in the gate: aircraft in the air first, then on the ground.
    fn other_answer(
        &self,
        question: &Question,
        identification: &Identification,
        centre: &Aer,
        size: GateSize,
    ) -> Option<Answer> {
        let own = self.pair_of(question.radar, question.aircraft);
        let others = (0..self.world.aircraft.len() as u32).map(AircraftId);
        let mut in_air = others
            .filter(|other| *other != question.aircraft && self.is_flying(*other))
            .filter_map(|other| {
                let key = own.combine(self.battle.names.aircraft[other.index()]);
                self.answer_of_aircraft(question, identification, (other, key), (centre, size))
            });
        in_air.next().or_else(|| self.answer_from_ground(question, identification, centre, size))
    }

    fn answer_of_aircraft(
        &self,
        question: &Question,
        identification: &Identification,
        (aircraft, key): (AircraftId, NameHash),
        (centre, size): (&Aer, GateSize),
    ) -> Option<Answer> {
        let battle = self.battle;
        let model = &battle.radars[question.radar.index()];
        let transponder = &battle.scenario.aircraft[aircraft.index()].transponder;
        let name = battle.names.aircraft[aircraft.index()];
        let is_faulty = model.is_faulty(&self.luck, name, transponder);
        let asked = (question.mode, identification.keys.as_slice());
        let found = answer(transponder, asked, self.world.now, is_faulty)?;
        if !size.holds(centre, &model.frame.aer(self.state(aircraft).ecef)) {
            return None;
        }
        let heard_prob = heard_prob(&model.interrogator, question.mode);
        let heard = self.luck.draw(Purpose::Reply, key, question.nth).bernoulli(heard_prob);
        heard.then_some(found)
    }

    fn answer_from_ground(
        &self,
        question: &Question,
        identification: &Identification,
        centre: &Aer,
        size: GateSize,
    ) -> Option<Answer> {
        let model = &self.battle.radars[question.radar.index()];
        let own = self.pair_of(question.radar, question.aircraft);
        self.battle.scenario.order.parked.iter().find_map(|parked| {
            let asked = (question.mode, identification.keys.as_slice());
            let found = answer(&parked.transponder, asked, self.world.now, false)?;
            if !size.holds(centre, &model.frame.aer(parked.place.to_ecef())) {
                return None;
            }
            let key = own.combine(NameHash::of(&parked.name));
            let prob = parked.heard_ratio * heard_prob(&model.interrogator, question.mode);
            self.luck.draw(Purpose::Reply, key, question.nth).bernoulli(prob).then_some(found)
        })
    }
}

fn heard_prob(figures: &crate::card::Interrogator, mode: Mode) -> f64 {
    if mode.is_secure() { figures.friend_reply_prob } else { figures.civil_reply_prob }
}
