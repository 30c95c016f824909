//! A command looks at its picture and decides.

use redan_command::{
    Commitment, Decision, FireUnit, InterceptorId, Order, Reason, Rules, Situation, Stock, Threat,
    UnitId, WeaponsControl, Withheld, check,
};
use redan_geo::Span;
use redan_record::{EngagementId, NetworkId, Recorder, What};
use redan_track::TrackId;

use super::Engine;
use crate::world::Due;

/// An order with the verdict of the check that the engine makes before it obeys: the order again, with
/// the intercept that the check found in place of what the doctrine says of it.
type Verdict = (Order, Result<Order, Reason>);

impl<R: Recorder> Engine<'_, R> {
    pub(super) fn decide(&mut self, network: NetworkId) {
        self.advance_tracker(network);
        self.judge_all(network);
        let (decision, verdicts) = self.ask_doctrine(network);
        for threat in &decision.threats {
            self.note_threat(network, threat);
        }
        for (order, verdict) in verdicts {
            match verdict {
                Ok(checked) => self.order_or_ask(network, &checked),
                Err(reason) => self.note_refusal(network, &order, reason),
            }
        }
        for withheld in &decision.withheld {
            self.note_withheld(network, withheld);
        }
        let cycle_s = self.battle.scenario.networks[network.index()].post.decision_cycle_s;
        self.push(self.world.now + Span::from_secs(cycle_s), Due::Decide(network));
    }

    /// Puts the situation before the doctrine, and each order to the test.
    fn ask_doctrine(&mut self, network: NetworkId) -> (Decision, Vec<Verdict>) {
        let battle = self.battle;
        let mut units = self.unit_status(network);
        let commitments = self.commitments(network);
        let zoned = self.zoned(network);
        let state = &mut self.world.networks[network.index()];
        let called_killed: Vec<TrackId> = state
            .notes
            .iter()
            .filter(|(_, notes)| notes.called_killed.is_some())
            .map(|(track, _)| *track)
            .collect();
        let plan = &battle.scenario.networks[network.index()];
        let own_units = units.clone();
        let situation = Situation {
            now: self.world.now,
            earth: &battle.scenario.earth,
            frame: &battle.frames[network.index()],
            tracks: state.tracker.as_dyn().tracks(),
            units: &own_units,
            interceptors: &battle.interceptors,
            commitments: &commitments,
            called_killed: &called_killed,
            assets: &battle.assets,
            rules: Rules { weapons: plan.weapons, engage_approaching: plan.engage_approaching },
            zoned: &zoned,
        };
        let decision = state.doctrine.decide(&situation);
        let verdicts = test_orders(&situation, &mut units, &decision.orders);
        (decision, verdicts)
    }

    /// Tracks in zones with a weapon control status of their own.
    fn zoned(&self, network: NetworkId) -> Vec<(TrackId, WeaponsControl)> {
        if self.battle.zones[network.index()].is_empty() {
            return Vec::new();
        }
        let tracks = self.world.networks[network.index()].tracker.as_dyn().tracks();
        let zone =
            |track: &redan_track::Track| Some((track.id, self.zone_of(network.index(), track)?));
        tracks.iter().filter_map(zone).collect()
    }

    /// The units of a network as their command knows them.
    fn unit_status(&self, network: NetworkId) -> Vec<FireUnit> {
        let units = &self.battle.scenario.units;
        (0..units.len())
            .filter(|&unit| units[unit].network == network.index())
            .map(|unit| self.fire_unit(unit))
            .collect()
    }

    fn fire_unit(&self, unit: usize) -> FireUnit {
        let plan = &self.battle.scenario.units[unit];
        let radar = &self.battle.scenario.radars[plan.radar];
        let figures = &radar.figures;
        let state = &self.world.units[unit];
        let post = &self.battle.scenario.networks[plan.network].post;
        let engaged = state.engagements.len() as u32;
        let guided: u32 = self.open_engagements(unit).map(|e| e.flying + e.to_launch).sum();
        FireUnit {
            id: UnitId(unit as u32),
            antenna: radar.antenna,
            facing_rad: (engaged > 0).then_some(state.facing_rad),
            sector_rad: figures.azimuth_coverage_rad,
            fires_rad: plan.fires_rad,
            elevation_rad: (figures.elevation_min_rad, figures.elevation_max_rad),
            instrumented_range_m: figures.instrumented_range_m,
            free_target_channels: figures.target_channels.saturating_sub(engaged),
            free_missile_channels: figures.missile_channels.saturating_sub(guided),
            reaction: Span::from_secs(post.reaction_time_s),
            ready: self.world.radars[plan.radar].radiating,
            stocks: self.stocks(unit),
        }
    }

    /// Rounds on the unit's launchers less those that its engagements still have to launch.
    fn stocks(&self, unit: usize) -> Vec<Stock> {
        (0..self.battle.interceptors.len())
            .filter_map(|kind| {
                let loaded: Vec<u32> = self.battle.launchers_of[unit]
                    .iter()
                    .flat_map(|&launcher| &self.world.launchers[launcher].load)
                    .filter(|(loaded, _)| *loaded == kind)
                    .map(|&(_, rounds)| rounds)
                    .collect();
                let promised: u32 = self
                    .open_engagements(unit)
                    .filter(|engagement| engagement.interceptor == kind)
                    .map(|engagement| engagement.to_launch)
                    .sum();
                let rounds = loaded.iter().sum::<u32>().saturating_sub(promised);
                let interceptor = InterceptorId(kind as u32);
                (!loaded.is_empty()).then_some(Stock { interceptor, rounds })
            })
            .collect()
    }

    fn open_engagements(&self, unit: usize) -> impl Iterator<Item = &crate::world::Engagement> {
        let open = &self.world.units[unit].engagements;
        open.iter().map(|engagement| &self.world.engagements[engagement.index()])
    }

    fn commitments(&self, network: NetworkId) -> Vec<Commitment> {
        let units = &self.battle.scenario.units;
        let mut commitments: Vec<Commitment> = (0..units.len())
            .filter(|&unit| units[unit].network == network.index())
            .flat_map(|unit| {
                self.open_engagements(unit).map(move |engagement| Commitment {
                    track: engagement.track,
                    unit: UnitId(unit as u32),
                })
            })
            .collect();
        commitments.sort_by_key(|commitment| commitment.track);
        commitments
    }

    fn note_threat(&mut self, network: NetworkId, threat: &Threat) {
        let Some(notes) = self.notes_mut(network, threat.track) else {
            return;
        };
        if notes.threatens == Some(threat.asset) {
            return;
        }
        notes.threatens = Some(threat.asset);
        let cause = notes.grounds();
        self.emit(Some(cause), What::Threatened { network, threat: *threat });
    }

    pub(super) fn note_withheld(&mut self, network: NetworkId, withheld: &Withheld) {
        let Some(notes) = self.notes_mut(network, withheld.track) else {
            return;
        };
        let same = notes.withheld.is_some_and(|(unit, reason)| {
            unit == withheld.unit && reason.is_like(&withheld.reason)
        });
        if same {
            return;
        }
        notes.withheld = Some((withheld.unit, withheld.reason));
        let cause = notes.grounds();
        let Withheld { track, unit, reason } = *withheld;
        self.emit(Some(cause), What::Withheld { network, track, unit, reason });
    }

    fn note_refusal(&mut self, network: NetworkId, order: &Order, reason: Reason) {
        let cause = self.notes(network, order.track).map(|notes| notes.grounds());
        let Order { track, unit, .. } = *order;
        self.emit(cause, What::Refused { network, track, unit, reason });
    }

    /// Number that the next engagement will get.
    pub(super) fn next_engagement(&self) -> EngagementId {
        EngagementId(self.world.engagements.len() as u32)
    }
}

/// Tests orders one after the other; what one uses, the next cannot have.
fn test_orders(
    situation: &Situation<'_>,
    units: &mut [FireUnit],
    orders: &[Order],
) -> Vec<Verdict> {
    let mut ordered: Vec<TrackId> = Vec::new();
    orders
        .iter()
        .map(|order| {
            let verdict = test_order(situation, units, &ordered, order);
            if verdict.is_ok() {
                ordered.push(order.track);
            }
            (*order, verdict)
        })
        .collect()
}

fn test_order(
    situation: &Situation<'_>,
    units: &mut [FireUnit],
    ordered: &[TrackId],
    order: &Order,
) -> Result<Order, Reason> {
    let unit = units.iter().find(|unit| unit.id == order.unit).ok_or(Reason::NoUnit)?;
    let track = situation
        .tracks
        .iter()
        .find(|track| track.id == order.track && track.confirmed.is_some())
        .ok_or(Reason::NoThreat)?;
    if ordered.contains(&order.track) {
        return Err(Reason::AlreadyEngaged);
    }
    let intercept = check::order(situation, unit, track, order.interceptor, order.rounds)?;
    check::commit(situation, units, track, order);
    Ok(Order { intercept, ..*order })
}
