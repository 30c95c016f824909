//! Missiles in flight, their ends, and what the command makes of them.

use redan_command::{Reason, check};
use redan_geo::{Geodetic, Span};
use redan_record::{
    AbortReason, AircraftId, EngagementEnd, EngagementId, MissileId, NetworkId, Outcome, Recorder,
    What,
};

use super::Engine;
use super::engage::{aim, guide_interval};
use crate::draw::Purpose;
use crate::model::kill;
use crate::world::{Due, Engagement, Missile, Phase};

impl<R: Recorder> Engine<'_, R> {
    /// Corrects the predicted intercept from the track as it is now, or gives the missile up.
    pub(super) fn guide(&mut self, id: MissileId) {
        let missile = self.world.missiles[id.index()];
        if missile.over {
            return;
        }
        if missile.transferred.is_some() {
            return;
        }
        if let Some(reason) = self.reason_to_abort(&missile) {
            return self.give_up(id, reason);
        }
        match self.new_intercept(&missile) {
            Ok((resolve, aim)) => {
                let state = &mut self.world.missiles[id.index()];
                (state.resolve, state.aim) = (resolve, aim);
                state.generation += 1;
                let generation = state.generation;
                self.push(resolve, Due::Resolve(id, generation));
            }
            Err(Reason::OutOfReach { short_by_m }) => {
                return self.abort(id, AbortReason::OutOfReach { short_by_m });
            }
            // The other limits bind at the launch; in flight the last prediction stands.
            Err(_) => {}
        }
        self.push(self.world.now + guide_interval(), Due::Guide(id));
    }

    /// The intercept that the missile reaches when it is flown on to the target's present course.
    fn new_intercept(&self, missile: &Missile) -> Result<(redan_geo::Time, Geodetic), Reason> {
        let engagement = &self.world.engagements[missile.engagement.index()];
        let network = NetworkId(engagement.network as u32);
        let Some(track) = self.track(network, engagement.track) else {
            return Err(Reason::NoThreat);
        };
        let frame = &self.battle.frames[engagement.network];
        let kind = &self.battle.interceptors[engagement.interceptor];
        // The target is carried back along its present course to the launch: time of flight and
        // reach are counted from there.
        let found = check::intercept(frame, missile.from, kind, track, missile.launched.1)?;
        let resolve = missile.launched.1 + Span::from_secs(found.time_s);
        Ok((resolve.max(self.world.now), aim(missile.from, &found)))
    }

    fn reason_to_abort(&self, missile: &Missile) -> Option<AbortReason> {
        let engagement = &self.world.engagements[missile.engagement.index()];
        let Some(track) = self.track(NetworkId(engagement.network as u32), engagement.track) else {
            return Some(self.why_track_gone(engagement));
        };
        let identity = track.identity;
        if !self.weapons_for(engagement.network, track).permits(identity) {
            return Some(AbortReason::NotPermitted { identity });
        }
        let kind = &self.battle.interceptors[engagement.interceptor];
        if !kind.needs_illumination {
            return None;
        }
        let for_s = self.unseen_s(engagement)?;
        let gone = self.is_target_gone(engagement);
        Some(if gone { AbortReason::TargetGone } else { AbortReason::SightLost { for_s } })
    }

    fn why_track_gone(&self, engagement: &Engagement) -> AbortReason {
        let gone = self.is_target_gone(engagement);
        if gone { AbortReason::TargetGone } else { AbortReason::TrackLost }
    }

    /// Whether what the engagement is about is no longer in the air.
    fn is_target_gone(&self, engagement: &Engagement) -> bool {
        let target = engagement.met.or(engagement.held);
        target.is_some_and(|aircraft| !self.is_flying(aircraft))
    }

    /// Gives a missile up, unless its guidance goes over to something else.
    fn give_up(&mut self, id: MissileId, reason: AbortReason) {
        let is_lost = matches!(
            reason,
            AbortReason::TargetGone | AbortReason::TrackLost | AbortReason::SightLost { .. }
        );
        if !(is_lost && self.flies_on(id)) {
            self.abort(id, reason);
        }
    }

    fn abort(&mut self, id: MissileId, reason: AbortReason) {
        let missile = &mut self.world.missiles[id.index()];
        missile.over = true;
        let (engagement, launched) = (missile.engagement, missile.launched.0);
        let event = self.emit(Some(launched), What::Aborted { missile: id, reason });
        self.world.engagements[engagement.index()].latest = event;
        self.missile_ended(engagement);
    }

    /// A missile meets its target, or nothing.
    pub(super) fn resolve(&mut self, id: MissileId, generation: u32) {
        let missile = self.world.missiles[id.index()];
        if missile.over || missile.generation != generation {
            return;
        }
        let engagement = self.world.engagements[missile.engagement.index()];
        let network = NetworkId(engagement.network as u32);
        if missile.transferred.is_some() {
            let aircraft = self.transferred_to(&missile);
            let place = aircraft.map_or(missile.aim.to_ecef(), |of| self.state(of).ecef);
            return self.meet(id, aircraft, place);
        }
        let Some(believed) = self.believed(network, engagement.track) else {
            let reason = self.why_track_gone(&engagement);
            return self.give_up(id, reason);
        };
        if engagement.met.is_some_and(|met| self.world.aircraft[met.index()].destroyed) {
            return self.give_up(id, AbortReason::TargetGone);
        }
        let figures = &self.battle.scenario.interceptors[engagement.interceptor].figures;
        let believed = self.pointed(engagement.unit, believed);
        let target = self.nearest_aircraft(believed, figures.track_error_limit_m);
        if let Some(other) = self.goes_over(id, believed, target) {
            return self.meet(id, Some(other), self.state(other).ecef);
        }
        self.meet(id, target, believed);
    }

    /// A missile meets an aircraft, or nothing, where it was led to.
    fn meet(&mut self, id: MissileId, met: Option<AircraftId>, believed: redan_geo::Ecef) {
        let missile = self.world.missiles[id.index()];
        let engagement = self.world.engagements[missile.engagement.index()];
        let track_error_m = met.map(|aircraft| self.state(aircraft).ecef.distance_m(believed));
        let (outcome, kill_prob) = met
            .map_or((Outcome::NothingThere, 0.0), |aircraft| self.shoot_at(&engagement, aircraft));
        self.world.missiles[id.index()].over = true;
        self.world.engagements[missile.engagement.index()].met = met.or(engagement.met);
        let place = believed.to_geodetic();
        let event = self.emit(
            Some(missile.launched.0),
            What::Resolved { missile: id, outcome, aircraft: met, place, kill_prob, track_error_m },
        );
        if let (Outcome::Kill, Some(aircraft)) = (outcome, met) {
            let destroyed = self.emit(Some(event), What::Destroyed { aircraft, missile: id });
            self.world.aircraft[aircraft.index()].destroyed = true;
            self.take_out(aircraft, destroyed);
        }
        self.world.engagements[missile.engagement.index()].latest = event;
        self.missile_ended(missile.engagement);
    }

    /// Chance of one shot; its ordinal is the number of shots of this unit at this aircraft.
    fn shoot_at(&mut self, engagement: &Engagement, aircraft: AircraftId) -> (Outcome, f64) {
        let battle = self.battle;
        let pair =
            battle.names.units[engagement.unit].combine(battle.names.aircraft[aircraft.index()]);
        let figures = &battle.scenario.interceptors[engagement.interceptor].figures;
        let class = battle.scenario.aircraft[aircraft.index()].figures.class;
        let shots = self.world.units[engagement.unit].shots.entry(aircraft).or_default();
        let nth = *shots;
        *shots += 1;
        let kill_prob = kill::kill_prob(&self.luck, pair, figures, class);
        (kill::shot(&self.luck, pair, nth, kill_prob, figures.reliability_prob), kill_prob)
    }

    /// After the last missile of a salvo the outcome is judged.
    fn missile_ended(&mut self, id: EngagementId) {
        let state = &mut self.world.engagements[id.index()];
        state.flying -= 1;
        if state.flying == 0 && state.to_launch == 0 && state.phase != Phase::Ended {
            self.begin_assessment(id);
        }
    }

    /// The command takes its time to judge.
    pub(super) fn begin_assessment(&mut self, id: EngagementId) {
        let state = &mut self.world.engagements[id.index()];
        state.phase = Phase::Assessing;
        let post = &self.battle.scenario.networks[state.network].post;
        let at = self.world.now + Span::from_secs(post.assessment_delay_s);
        self.push(at, Due::Assess(id));
    }

    /// The command judges what became of the target; both errors are possible.
    pub(super) fn assess(&mut self, id: EngagementId) {
        let engagement = self.world.engagements[id.index()];
        if engagement.phase != Phase::Assessing {
            return;
        }
        let killed = self.calls_kill(&engagement);
        let network = NetworkId(engagement.network as u32);
        let event = self.emit(Some(engagement.latest), What::Assessed { engagement: id, killed });
        self.world.engagements[id.index()].latest = event;
        let hits = self.track(network, engagement.track).map(|track| track.hits);
        if killed && let Some(notes) = self.notes_mut(network, engagement.track) {
            notes.called_killed = hits;
        }
        let end = if killed { EngagementEnd::KillCalled } else { EngagementEnd::TargetSurvived };
        self.end_engagement(id, end);
    }

    fn calls_kill(&mut self, engagement: &Engagement) -> bool {
        let post = &self.battle.scenario.networks[engagement.network].post;
        let Some(aircraft) = engagement.met.or(engagement.held) else {
            // Nothing was ever found: there is nothing to call destroyed.
            return false;
        };
        let unit = self.battle.names.units[engagement.unit];
        let pair = unit.combine(self.battle.names.aircraft[aircraft.index()]);
        let assessments =
            self.world.units[engagement.unit].assessments.entry(aircraft).or_default();
        let mut draw = self.luck.draw(Purpose::Assessment, pair, *assessments);
        *assessments += 1;
        if self.world.aircraft[aircraft.index()].destroyed {
            !draw.bernoulli(post.missed_kill_call_prob)
        } else {
            draw.bernoulli(post.false_kill_call_prob)
        }
    }

    /// Records where a missile is: on the straight line from its launcher to its predicted intercept,
    /// as far along as its time of flight; a drawing aid, not a trajectory.
    pub(super) fn sample_missile(&mut self, id: MissileId) {
        let missile = self.world.missiles[id.index()];
        if missile.over {
            return;
        }
        let flown_s = (self.world.now - missile.launched.1).as_secs();
        let whole_s = (missile.resolve - missile.launched.1).as_secs();
        let share = if whole_s > 0.0 { (flown_s / whole_s).clamp(0.0, 1.0) } else { 1.0 };
        let leg = redan_geo::Leg::new(missile.from, missile.aim);
        let speed_m_s = if whole_s > 0.0 { leg.length_m() / whole_s } else { 0.0 };
        let what = What::MissileMoved { missile: id, place: leg.at(share), speed_m_s };
        self.emit(Some(missile.launched.0), what);
    }
}
