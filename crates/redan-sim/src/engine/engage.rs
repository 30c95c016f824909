//! An order is carried out: the engagement radar finds the target, missiles leave.

use redan_command::{InterceptorId, Order, Reason, check};
use redan_geo::{Ecef, LocalFrame, Span, Time, wrap_pi_rad, wrap_two_pi_rad};
use redan_record::{
    AircraftId, EngagementEnd, EngagementId, LauncherId, MissileId, NetworkId, RadarId, Recorder,
    Sight, What,
};

use super::Engine;
use crate::model::look::HITS_TO_ACQUIRE;
use crate::model::motion::State;
use crate::model::time_budget::{TimeBudget, TrackLoad, share_time};
use redan_track::{SensorId, TrackId};

use crate::world::{Due, Engagement, Missile, Phase};

/// By how much the updates of a track may be stretched before tracks are dropped: a choice of the model, up to
/// which guidance still has a plot within its memory.
const STRETCH_LIMIT_RATIO: f64 = 4.0;

/// Time between two corrections of a missile's predicted intercept.
const GUIDE_EVERY: Span = Span(1_000_000_000);

impl<R: Recorder> Engine<'_, R> {
    pub(super) fn begin_engagement(&mut self, network: NetworkId, order: &Order) {
        let unit = order.unit.0 as usize;
        let engagement = self.next_engagement();
        let cause = self.notes(network, order.track).map(|notes| notes.grounds());
        let what = What::Ordered {
            network,
            engagement,
            track: order.track,
            unit: order.unit,
            interceptor: order.interceptor,
            rounds: order.rounds,
            intercept_in_s: order.intercept.time_s,
            intercept_range_m: order.intercept.range_m,
        };
        let ordered = self.emit(cause, what);
        if let Some(notes) = self.notes_mut(network, order.track) {
            notes.withheld = None;
        }
        self.world.engagements.push(Engagement {
            network: network.index(),
            unit,
            track: order.track,
            interceptor: order.interceptor.0 as usize,
            to_launch: order.rounds,
            flying: 0,
            ordered: (ordered, self.world.now),
            acquired: None,
            latest: ordered,
            looks: 0,
            hits: 0,
            held: None,
            met: None,
            last_seen: None,
            last_sight: None,
            phase: Phase::Acquiring,
        });
        let slewed = self.turn_towards(unit, network, order);
        self.world.units[unit].engagements.push(engagement);
        self.push(slewed, Due::Dwell(engagement));
    }

    /// Turns a free engagement radar towards the target; returns when it faces it.
    fn turn_towards(&mut self, unit: usize, network: NetworkId, order: &Order) -> Time {
        let now = self.world.now;
        if !self.world.units[unit].engagements.is_empty() {
            return now;
        }
        let Some(place) = self.believed(network, order.track) else {
            return now;
        };
        let radar = &self.battle.radars[self.battle.scenario.units[unit].radar];
        let azimuth_rad = radar.frame.aer(place).azimuth_rad;
        let turn_rad = wrap_pi_rad(azimuth_rad - self.world.units[unit].facing_rad).abs();
        self.world.units[unit].facing_rad = azimuth_rad;
        if radar.figures.slew_rate_rad_s <= 0.0 {
            return now;
        }
        now + Span::from_secs(turn_rad / radar.figures.slew_rate_rad_s)
    }

    /// Where a network believes a track to be now.
    pub(super) fn believed(&self, network: NetworkId, track: redan_track::TrackId) -> Option<Ecef> {
        let track = self.track(network, track)?;
        let frame = &self.battle.frames[network.index()];
        Some(frame.ecef(track.kinematics.position_at(self.world.now)))
    }

    /// The engagement radar looks where its network believes the target to be.
    pub(super) fn dwell(&mut self, id: EngagementId) {
        let engagement = self.world.engagements[id.index()];
        if matches!(engagement.phase, Phase::Assessing | Phase::Ended) {
            return;
        }
        let network = NetworkId(engagement.network as u32);
        let Some(believed) = self.believed(network, engagement.track) else {
            // Missiles in flight are given up by their own guidance.
            if engagement.flying == 0 {
                self.end_engagement(id, EngagementEnd::TrackLost);
            }
            return;
        };
        self.follow(engagement.unit, believed);
        let budget = self.time_budget(engagement.unit);
        let open = &self.world.units[engagement.unit].engagements;
        let own = open.iter().position(|other| *other == id);
        if own.is_none_or(|own| !budget.dropped.contains(&own)) {
            self.look_at_target(id, believed);
        }
        self.try_to_begin_firing(id);
        let radar = self.battle.scenario.units[engagement.unit].radar;
        let interval_s = self.battle.radars[radar].figures.update_interval_s * budget.stretch_ratio;
        if self.world.engagements[id.index()].phase != Phase::Ended {
            self.push(self.world.now + Span::from_secs(interval_s), Due::Dwell(id));
        }
    }

    /// Shares out the time of an engagement radar among its search and the targets of its unit's open
    /// engagements, older ones first, and records when that changes. A card without a dwell has time for
    /// all.
    fn time_budget(&mut self, unit: usize) -> TimeBudget {
        let radar = self.battle.scenario.units[unit].radar;
        let figures = &self.battle.radars[radar].figures;
        let open = self.world.units[unit].engagements.len();
        let dwell_s = figures.track_dwell_s.unwrap_or(0.0);
        let loads: Vec<TrackLoad> = (0..open)
            .map(|number| TrackLoad {
                dwell_s,
                interval_s: figures.update_interval_s,
                priority: (open - number) as u32,
            })
            .collect();
        let search_share = figures.search_time_share_ratio.unwrap_or(0.0);
        let budget = share_time(search_share, &loads, STRETCH_LIMIT_RATIO);
        let asked: f64 = loads.iter().map(|load| load.dwell_s / load.interval_s).sum();
        let dropped = budget.dropped.len() as u32;
        let state = &mut self.world.radars[radar];
        let before = state.stretch_ratio;
        if state.dropped != dropped || (budget.stretch_ratio - before).abs() > 0.01 * before {
            (state.stretch_ratio, state.dropped) = (budget.stretch_ratio, dropped);
            let what = What::Loaded {
                radar: RadarId(radar as u32),
                load_ratio: search_share + asked,
                stretch_ratio: budget.stretch_ratio,
                dropped,
            };
            self.emit(None, what);
        }
        budget
    }

    /// A radar with one engagement alone keeps its target in the middle of its sector.
    fn follow(&mut self, unit: usize, believed: Ecef) {
        if self.world.units[unit].engagements.len() == 1 {
            let radar = &self.battle.radars[self.battle.scenario.units[unit].radar];
            self.world.units[unit].facing_rad = radar.frame.aer(believed).azimuth_rad;
        }
    }

    fn look_at_target(&mut self, id: EngagementId, believed: Ecef) {
        let engagement = self.world.engagements[id.index()];
        let radar = self.battle.scenario.units[engagement.unit].radar;
        let in_beam = self.in_beam(&engagement, believed);
        let state = &mut self.world.engagements[id.index()];
        state.looks += 1;
        let Some(aircraft) = in_beam else {
            state.last_sight = None;
            return;
        };
        state.held = Some(aircraft);
        let radar_id = RadarId(radar as u32);
        if let Some(sight) = self.outside_sector(engagement.unit, radar, aircraft) {
            let cause = self.world.aircraft[aircraft.index()].appeared;
            self.note_sight(radar, aircraft, sight, cause);
            self.world.engagements[id.index()].last_sight = Some(sight);
            return;
        }
        let (look, echo) = self.look_once(radar_id, aircraft);
        self.world.engagements[id.index()].last_sight = Some(look.sight);
        let plots = echo.map(|echo| self.plot(radar_id, &echo, &echo.seen)).into_iter().collect();
        self.take_strobe(radar_id, aircraft);
        let bearings = std::mem::take(&mut self.world.radars[radar].bearings);
        self.send(radar_id, plots, bearings);
    }

    /// A track took a plot of an engagement radar: its engagement by that radar's unit holds the target.
    /// What the beam falls on in truth does not count, only what the network's track is made of.
    pub(super) fn note_hold(&mut self, network: NetworkId, track: TrackId, sensor: SensorId) {
        let now = self.world.now;
        for unit in 0..self.world.units.len() {
            let plan = &self.battle.scenario.units[unit];
            if plan.network != network.index() || self.battle.sensor_of[plan.radar] != sensor {
                continue;
            }
            for open in self.world.units[unit].engagements.clone() {
                let state = &mut self.world.engagements[open.index()];
                if state.track == track {
                    state.hits += 1;
                    state.last_seen = Some(now);
                }
            }
        }
    }

    fn outside_sector(&self, unit: usize, radar: usize, aircraft: AircraftId) -> Option<Sight> {
        let model = &self.battle.radars[radar];
        let azimuth_rad = model.frame.aer(self.state(aircraft).ecef).azimuth_rad;
        let facing_rad =
            self.world.units[unit].facing_rad - self.battle.scenario.radars[radar].north_error_rad;
        let off_by_rad = wrap_pi_rad(azimuth_rad - wrap_two_pi_rad(facing_rad)).abs()
            - model.figures.azimuth_coverage_rad / 2.0;
        (off_by_rad > 0.0).then_some(Sight::OutsideSector { off_by_rad })
    }

    /// The aircraft that the beam falls on: the one it held before while it stays in the beam, else
    /// the nearest to where the track has it. The beam is as wide as the card says, and wider while
    /// the track is less certain than that.
    fn in_beam(&self, engagement: &Engagement, believed: Ecef) -> Option<AircraftId> {
        let radar = &self.battle.radars[self.battle.scenario.units[engagement.unit].radar];
        let range_m = radar.frame.aer(believed).range_m;
        let sigma_m = self
            .track(NetworkId(engagement.network as u32), engagement.track)
            .map_or(0.0, |track| track.kinematics.position_sigma_m());
        let believed = self.pointed(engagement.unit, believed);
        let beam_m = (radar.figures.azimuth_beamwidth_rad / 2.0 * range_m).max(4.0 * sigma_m);
        if let Some(held) = engagement.held
            && self.is_flying(held)
            && self.state(held).ecef.distance_m(believed) <= beam_m
        {
            return Some(held);
        }
        self.nearest_aircraft(believed, beam_m)
    }

    /// Where the radar of a unit points when it points at a place: turned back by the error of its north.
    pub(super) fn pointed(&self, unit: usize, place: Ecef) -> Ecef {
        let radar = self.battle.scenario.units[unit].radar;
        let error_rad = self.battle.scenario.radars[radar].north_error_rad;
        if error_rad == 0.0 {
            return place;
        }
        let frame = &self.battle.radars[radar].frame;
        let seen = frame.aer(place);
        let azimuth_rad = wrap_two_pi_rad(seen.azimuth_rad - error_rad);
        frame.ecef_of_aer(redan_geo::Aer { azimuth_rad, ..seen })
    }

    /// The aircraft in the air nearest to a place, if any is within `within_m`.
    pub(super) fn nearest_aircraft(&self, place: Ecef, within_m: f64) -> Option<AircraftId> {
        (0..self.world.aircraft.len() as u32)
            .map(AircraftId)
            .filter(|aircraft| self.is_flying(*aircraft))
            .filter(|aircraft| self.may_be_near(*aircraft, place, within_m))
            .map(|aircraft| {
                let State { ecef, .. } = self.state(aircraft);
                (ecef.distance_m(place), aircraft)
            })
            .filter(|(distance_m, _)| *distance_m <= within_m)
            .min_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, aircraft)| aircraft)
    }

    /// Whether an aircraft can be within `within_m` of a place, by where it was when that was last asked: most
    /// are far away, and their true places need not be known.
    fn may_be_near(&self, aircraft: AircraftId, place: Ecef, within_m: f64) -> bool {
        let Some((time, state)) = self.states[aircraft.index()].get() else {
            return true;
        };
        let gone_s = (self.world.now - time).as_secs().abs();
        let moved_m = self.battle.routes[aircraft.index()].farthest_m(gone_s);
        state.ecef.distance_m(place) <= within_m + moved_m
    }

    /// Acquired targets are fired at as soon as the reaction time is over; what is not found in twice
    /// that time is given up.
    fn try_to_begin_firing(&mut self, id: EngagementId) {
        let engagement = self.world.engagements[id.index()];
        if engagement.phase != Phase::Acquiring {
            return;
        }
        let post = &self.battle.scenario.networks[engagement.network].post;
        let reaction = Span::from_secs(post.reaction_time_s);
        let ready = engagement.ordered.1 + reaction;
        if engagement.hits >= HITS_TO_ACQUIRE {
            let radar = RadarId(self.battle.scenario.units[engagement.unit].radar as u32);
            let what = What::Acquired { engagement: id, radar, looks: engagement.looks };
            let event = self.emit(Some(engagement.ordered.0), what);
            let state = &mut self.world.engagements[id.index()];
            state.acquired = Some(event);
            state.latest = event;
            state.phase = Phase::Firing;
            self.push(ready.max(self.world.now), Due::Launch(id));
        } else if self.world.now > ready + reaction {
            self.end_engagement(id, EngagementEnd::NotAcquired { sight: engagement.last_sight });
        }
    }

    /// The next round of an engagement leaves, if it still can.
    pub(super) fn launch(&mut self, id: EngagementId) {
        let engagement = self.world.engagements[id.index()];
        if engagement.phase != Phase::Firing || engagement.to_launch == 0 {
            return;
        }
        let next = self.world.units[engagement.unit].next_launch;
        if self.world.now < next {
            self.push(next, Due::Launch(id));
            return;
        }
        let network = NetworkId(engagement.network as u32);
        let Some(track) = self.track(network, engagement.track) else {
            return self.stop_launching(id, EngagementEnd::TrackLost);
        };
        let identity = track.identity;
        if !self.weapons_for(engagement.network, track).permits(identity) {
            let reason = Reason::Identity { identity };
            return self.stop_launching(id, EngagementEnd::NotFeasible { reason });
        }
        if self.unseen_s(&engagement).is_some() {
            let end = EngagementEnd::NotAcquired { sight: engagement.last_sight };
            return self.stop_launching(id, end);
        }
        let Some(launcher) = self.launcher_with(engagement.unit, engagement.interceptor) else {
            let reason = Reason::NoRounds;
            return self.stop_launching(id, EngagementEnd::NotFeasible { reason });
        };
        let place = self.battle.scenario.launchers[launcher].place;
        let frame = &self.battle.frames[engagement.network];
        let kind = &self.battle.interceptors[engagement.interceptor];
        match check::intercept(frame, place, kind, track, self.world.now) {
            Ok(found) => self.fire(id, launcher, &found),
            Err(reason) => self.stop_launching(id, EngagementEnd::NotFeasible { reason }),
        }
    }

    /// Time since the engagement radar last had a plot of the target, where it is longer than
    /// guidance can do without.
    pub(super) fn unseen_s(&self, engagement: &Engagement) -> Option<f64> {
        let missile = &self.battle.scenario.interceptors[engagement.interceptor].figures;
        let for_s = (self.world.now - engagement.last_seen?).as_secs();
        (for_s > missile.guidance_memory_s).then_some(for_s)
    }

    /// The first launcher of a unit that has a round of this type.
    fn launcher_with(&self, unit: usize, interceptor: usize) -> Option<usize> {
        self.battle.launchers_of[unit].iter().copied().find(|&launcher| {
            let load = &self.world.launchers[launcher].load;
            load.iter().any(|&(kind, rounds)| kind == interceptor && rounds > 0)
        })
    }

    fn fire(&mut self, id: EngagementId, launcher: usize, found: &redan_command::Intercept) {
        let engagement = self.world.engagements[id.index()];
        let missile = MissileId(self.world.missiles.len() as u32);
        let what = What::Launched {
            engagement: id,
            missile,
            launcher: LauncherId(launcher as u32),
            interceptor: InterceptorId(engagement.interceptor as u32),
            intercept_in_s: found.time_s,
            intercept_range_m: found.range_m,
        };
        let launched = self.emit(engagement.acquired, what);
        let now = self.world.now;
        let resolve = now + Span::from_secs(found.time_s);
        let from = self.battle.scenario.launchers[launcher].place;
        self.world.missiles.push(Missile {
            engagement: id,
            from,
            launched: (launched, now),
            resolve,
            aim: aim(from, found),
            generation: 0,
            over: false,
            is_settled: false,
            transferred: None,
        });
        self.use_round(launcher, engagement.interceptor);
        let interval_s = self.battle.scenario.launchers[launcher].figures.launch_interval_s;
        self.world.units[engagement.unit].next_launch = now + Span::from_secs(interval_s);
        let state = &mut self.world.engagements[id.index()];
        state.to_launch -= 1;
        state.flying += 1;
        if state.to_launch > 0 {
            self.push(now + Span::from_secs(interval_s), Due::Launch(id));
        }
        self.push(resolve, Due::Resolve(missile, 0));
        self.push(now + GUIDE_EVERY, Due::Guide(missile));
    }

    fn use_round(&mut self, launcher: usize, interceptor: usize) {
        let load = &mut self.world.launchers[launcher].load;
        if let Some(entry) = load.iter_mut().find(|entry| entry.0 == interceptor && entry.1 > 0) {
            entry.1 -= 1;
        }
    }

    /// No further round leaves. With none in flight, what an earlier one did is judged first; where none
    /// met anything the engagement ends at once.
    fn stop_launching(&mut self, id: EngagementId, end: EngagementEnd) {
        let state = &mut self.world.engagements[id.index()];
        state.to_launch = 0;
        if state.flying > 0 {
            return;
        }
        if state.met.is_some() {
            self.begin_assessment(id);
        } else {
            self.end_engagement(id, end);
        }
    }

    /// Ends an engagement and frees its channels.
    pub(super) fn end_engagement(&mut self, id: EngagementId, end: EngagementEnd) {
        let state = &mut self.world.engagements[id.index()];
        if state.phase == Phase::Ended {
            return;
        }
        state.phase = Phase::Ended;
        state.to_launch = 0;
        let (unit, cause) = (state.unit, state.latest);
        self.world.units[unit].engagements.retain(|open| *open != id);
        self.emit(Some(cause), What::EngagementEnded { engagement: id, end });
    }

    /// Closes what is open when the run ends.
    pub(super) fn end_open_engagements(&mut self) {
        for index in 0..self.world.engagements.len() {
            self.end_engagement(EngagementId(index as u32), EngagementEnd::RunEnded);
        }
    }
}

/// Where the missile is expected to meet its target.
pub(super) fn aim(
    from: redan_geo::Geodetic,
    found: &redan_command::Intercept,
) -> redan_geo::Geodetic {
    let level = redan_geo::Enu { up_m: 0.0, ..found.position };
    LocalFrame::new(from).ecef(level).to_geodetic().at_height(found.altitude_m)
}

pub(super) const fn guide_interval() -> Span {
    GUIDE_EVERY
}
