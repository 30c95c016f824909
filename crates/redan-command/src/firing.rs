//! The doctrines that fire: how often, with how many rounds of which type, and who takes whom.
//!
//! **Models** a command that decides anew at every cycle. Three ways of fire: a salvo and another one after a look
//! (shoot-look-shoot), one salvo for good, and single rounds from the outer layers with a salvo from the
//! innermost. Two ways to share targets out: the most urgent first (greedy), or all at once by
//! [`crate::assign`] with the units' free channels as rounds, which leaves no target without a unit that
//! another sharing would have given it. A reserve of each type is kept for what threatens the most
//! valuable assets or the units themselves.
//! **Reference**: for the ways of fire, Washburn and Kress, *Combat Modeling* (2009), section 2.4; for the
//! assignment, Manne (1958). **Left out**: looking ahead to later cycles; a target is worth less to the
//! assignment the longer it can still wait, and nothing else is known of the future.

use std::collections::BTreeSet;

use redan_track::{Track, TrackId};

use crate::assign::{Instance, solve};
use crate::doctrine::{confirmed, not_threatening};
use crate::{
    Decision, FireUnit, InterceptorId, Order, Reason, Situation, Threat, UnitId, Withheld, check,
    threat,
};

/// How a doctrine fires.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fire {
    /// A salvo, a look, and another salvo at what survived.
    ShootLookShoot,
    /// One salvo at each track, whatever comes of it.
    Salvo,
    /// Shoot-look-shoot with single rounds, and with a salvo from the type of shortest reach.
    Layered,
}

/// How targets are shared out among units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assignment {
    /// The most urgent target chooses first.
    Greedy,
    /// All at once, to the least value that is expected to survive.
    NearExact,
}

impl Assignment {
    /// Names that [`Assignment::by_name`] knows.
    pub const NAMES: [&str; 2] = ["greedy", "near-exact"];

    /// By its name in a scenario file.
    pub fn by_name(name: &str) -> Option<Assignment> {
        match name {
            "greedy" => Some(Assignment::Greedy),
            "near-exact" => Some(Assignment::NearExact),
            _ => None,
        }
    }
}

/// What a firing doctrine can be told, whatever its way of fire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Rounds in one salvo, at least 1.
    pub salvo: u32,
    /// How targets are shared out.
    pub assignment: Assignment,
    /// Rounds of each type and unit that are kept for threats to the most valuable assets and to the units
    /// themselves.
    pub reserve_rounds: u32,
}

impl Settings {
    /// Salvos of so many rounds, the most urgent target first, without a reserve.
    pub fn of_salvo(salvo: u32) -> Settings {
        Settings { salvo, assignment: Assignment::Greedy, reserve_rounds: 0 }
    }
}

/// A doctrine that fires. Of the missiles that reach a target the one with the shortest reach is taken, so
/// that the long ones are kept for what only they reach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Firing {
    fire: Fire,
    settings: Settings,
    /// Tracks that were engaged, as far as they are still in the picture.
    engaged: BTreeSet<TrackId>,
}

/// An order that is possible, with the reach of its missile.
type Possible = (f64, Order);

impl Firing {
    /// A doctrine at the beginning of a battle.
    pub fn new(fire: Fire, settings: Settings) -> Firing {
        Firing { fire, settings, engaged: BTreeSet::new() }
    }

    /// Decides for all confirmed tracks.
    pub fn decide(&mut self, situation: &Situation<'_>) -> Decision {
        self.remember(situation);
        let threats = threat::evaluate(situation);
        let mut units = situation.units.to_vec();
        let mut orders = match self.settings.assignment {
            Assignment::Greedy => Vec::new(),
            Assignment::NearExact => self.share_out(situation, &threats, &mut units),
        };
        let mut withheld = Vec::new();
        for threat in &threats {
            let found = confirmed(situation).find(|track| track.id == threat.track);
            let Some(track) = found else {
                continue;
            };
            if orders.iter().any(|order| order.track == track.id) {
                continue;
            }
            match self.engage(situation, &units, track, threat) {
                Ok(order) => {
                    check::commit(situation, &mut units, track, &order);
                    orders.push(order);
                }
                Err(refusal) => withheld.push(refusal),
            }
        }
        withheld.extend(not_threatening(situation, &threats));
        withheld.sort_by_key(|refusal| refusal.track);
        Decision { threats, orders, withheld }
    }

    /// Remembers whom its orders led to an engagement of; forgets what has left the picture.
    fn remember(&mut self, situation: &Situation<'_>) {
        if self.fire != Fire::Salvo {
            return;
        }
        self.engaged.extend(situation.commitments.iter().map(|commitment| commitment.track));
        let alive = |id: &TrackId| situation.tracks.binary_search_by_key(id, |t| t.id).is_ok();
        self.engaged.retain(alive);
    }

    /// Rules of engagement, and what the way of fire says of a track that was engaged.
    fn permitted(&self, situation: &Situation<'_>, track: &Track) -> Result<(), Reason> {
        check::permitted(situation, track)?;
        if self.engaged.contains(&track.id) {
            return Err(Reason::DoctrineHolds);
        }
        Ok(())
    }

    /// Best order against a track, or the reason that came nearest to one.
    fn engage(
        &self,
        situation: &Situation<'_>,
        units: &[FireUnit],
        track: &Track,
        threat: &Threat,
    ) -> Result<Order, Withheld> {
        let withheld = |unit, reason| Withheld { track: track.id, unit, reason };
        self.permitted(situation, track).map_err(|reason| withheld(None, reason))?;
        let mut best: Option<Possible> = None;
        let mut nearest: Option<(UnitId, Reason)> = None;
        for unit in units {
            match self.best_of(situation, unit, track, threat) {
                Ok(found) if better(best.as_ref(), &found) => best = Some(found),
                Ok(_) => {}
                Err(reason) => keep_nearest(&mut nearest, unit.id, reason),
            }
        }
        match (best, nearest) {
            (Some((_, order)), _) => Ok(order),
            (None, Some((unit, reason))) => Err(withheld(Some(unit), reason)),
            (None, None) => Err(withheld(None, Reason::NoUnit)),
        }
    }

    /// Best order of one unit, or its reason that came nearest to one.
    fn best_of(
        &self,
        situation: &Situation<'_>,
        unit: &FireUnit,
        track: &Track,
        threat: &Threat,
    ) -> Result<Possible, Reason> {
        let mut best: Option<Possible> = None;
        let mut nearest = None;
        for stock in &unit.stocks {
            match self.try_one(situation, unit, track, threat, stock.interceptor) {
                Ok(found) if better(best.as_ref(), &found) => best = Some(found),
                Ok(_) => {}
                Err(reason) => keep_nearest(&mut nearest, unit.id, reason),
            }
        }
        best.ok_or_else(|| nearest.map_or(Reason::NoRounds, |(_, reason)| reason))
    }

    fn try_one(
        &self,
        situation: &Situation<'_>,
        unit: &FireUnit,
        track: &Track,
        threat: &Threat,
        interceptor: InterceptorId,
    ) -> Result<Possible, Reason> {
        let stock = unit.stocks.iter().find(|stock| stock.interceptor == interceptor);
        let on_hand = stock.map_or(0, |stock| stock.rounds);
        let kept =
            if may_use_reserve(situation, threat) { 0 } else { self.settings.reserve_rounds };
        if on_hand > 0 && on_hand <= kept {
            return Err(Reason::Reserved);
        }
        let wanted = self.rounds_of(situation, unit, interceptor);
        let rounds = wanted.min(on_hand.saturating_sub(kept)).max(1);
        let intercept = check::order(situation, unit, track, interceptor, rounds)?;
        let order = Order { track: track.id, unit: unit.id, interceptor, rounds, intercept };
        Ok((reach_m(situation, interceptor), order))
    }

    /// Rounds that the way of fire wants for one order.
    fn rounds_of(&self, situation: &Situation<'_>, unit: &FireUnit, of: InterceptorId) -> u32 {
        let own_m = reach_m(situation, of);
        let has_shorter = || {
            let loaded = unit.stocks.iter().filter(|stock| stock.rounds > 0);
            loaded.map(|stock| reach_m(situation, stock.interceptor)).any(|m| m < own_m)
        };
        match self.fire {
            Fire::Layered if has_shorter() => 1,
            _ => self.settings.salvo.max(1),
        }
    }

    /// Orders by assignment: each unit has as many salvos as channels, each track takes one at most.
    fn share_out(
        &self,
        situation: &Situation<'_>,
        threats: &[Threat],
        units: &mut [FireUnit],
    ) -> Vec<Order> {
        let targets: Vec<(&Threat, &Track)> = threats
            .iter()
            .filter_map(|threat| {
                let track = confirmed(situation).find(|track| track.id == threat.track)?;
                self.permitted(situation, track).ok()?;
                Some((threat, track))
            })
            .collect();
        let mut salvos = Vec::with_capacity(units.len());
        let mut probs = Vec::with_capacity(units.len() * targets.len());
        for unit in &*units {
            salvos.push(self.salvos_of(unit));
            for (threat, track) in &targets {
                let found = self.best_of(situation, unit, track, threat);
                probs.push(found.map_or(0.0, |(_, order)| worth(situation, &order)));
            }
        }
        let values = targets.iter().map(|(threat, _)| value_weight(threat)).collect();
        let Ok(instance) = Instance::new(salvos, values, probs) else {
            return Vec::new();
        };
        let mut pricings = 0;
        let answer = solve(&instance.with_most_per_target(1), &mut || {
            pricings += 1;
            pricings > MOST_PRICINGS
        });
        // The most urgent first, so that the orders stand as a greedy command would give them.
        let mut chosen: Vec<(usize, usize)> =
            answer.shots.iter().map(|shot| (shot.target, shot.weapon)).collect();
        chosen.sort_unstable();
        let mut orders = Vec::new();
        for (target, unit) in chosen {
            let (threat, track) = targets[target];
            // A type may have run out in the meantime: the target then takes its turn with the rest.
            if let Ok((_, order)) = self.best_of(situation, &units[unit], track, threat) {
                check::commit(situation, units, track, &order);
                orders.push(order);
            }
        }
        orders
    }

    /// Salvos that the channels and rounds of a unit allow at this moment.
    fn salvos_of(&self, unit: &FireUnit) -> u32 {
        let salvo = self.settings.salvo.max(1);
        let rounds: u32 = unit.stocks.iter().map(|stock| stock.rounds.div_ceil(salvo)).sum();
        let guided = unit.free_missile_channels / salvo.min(unit.free_missile_channels.max(1));
        unit.free_target_channels.min(guided).min(rounds)
    }
}

/// Rounds of pricing after which the best assignment so far is taken: more than any sharing of one salvo
/// each has needed. A choice.
const MOST_PRICINGS: u32 = 400;

/// Time in which a target that can wait loses half its worth to the assignment, seconds: about one
/// engagement. A choice of the model.
const PATIENCE_S: f64 = 60.0;

/// Worth of a target to the assignment: that of what it threatens, and less the longer it can wait.
fn value_weight(threat: &Threat) -> f64 {
    let weight = if threat.asset.is_some() { threat.weight.max(1e-3) } else { 1.0 };
    weight / (1.0 + threat.time_to_go_s.max(0.0) / PATIENCE_S)
}

/// Chance that the salvo of an order destroys its target, as the command believes; of equals the earlier
/// meeting is a little better.
fn worth(situation: &Situation<'_>, order: &Order) -> f64 {
    let one = situation.interceptors[order.interceptor.0 as usize].kill_prob.clamp(0.0, 1.0);
    let missed = (0..order.rounds).fold(1.0, |missed, _| missed * (1.0 - one));
    let later = 1e-4 * order.intercept.time_s.clamp(0.0, 1e3) / 1e3;
    (1.0 - missed) * (1.0 - later)
}

/// The reserve is for what threatens a unit itself or an asset that no other outweighs.
fn may_use_reserve(situation: &Situation<'_>, threat: &Threat) -> bool {
    let highest = situation.assets.iter().map(|asset| asset.weight).fold(0.0, f64::max);
    threat.asset.is_none() || threat.weight >= highest
}

fn reach_m(situation: &Situation<'_>, interceptor: InterceptorId) -> f64 {
    situation.interceptors[interceptor.0 as usize].fly_out.longest_range_m()
}

fn better(best: Option<&Possible>, (reach_m, order): &Possible) -> bool {
    best.is_none_or(|(best_reach_m, best_order)| {
        reach_m < best_reach_m
            || (reach_m <= best_reach_m && order.intercept.time_s < best_order.intercept.time_s)
    })
}

fn keep_nearest(nearest: &mut Option<(UnitId, Reason)>, unit: UnitId, reason: Reason) {
    if nearest.is_none_or(|(_, kept)| closer(&reason, &kept)) {
        *nearest = Some((unit, reason));
    }
}

/// Nearer kind first; of two shortfalls in reach the smaller one.
fn closer(new: &Reason, kept: &Reason) -> bool {
    match (new, kept) {
        (Reason::OutOfReach { short_by_m: a }, Reason::OutOfReach { short_by_m: b }) => a < b,
        _ => new.nearness() > kept.nearness(),
    }
}
