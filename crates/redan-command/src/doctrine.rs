//! Doctrines: who is engaged first, by whom, with how many rounds.

use redan_track::Track;

use crate::{
    Decision, FireUnit, InterceptorId, Order, Reason, Situation, Threat, UnitId, Withheld, check,
    threat,
};

/// A doctrine: a situation in, orders out. Implement it to bring your own; it never sees truth, and
/// what it orders is checked again before it is carried out.
pub trait Doctrine: Send + Sync {
    /// Decides. Must be a pure function of its own state and the situation.
    fn decide(&mut self, situation: &Situation<'_>) -> Decision;

    /// A copy, so that a battle can be forked.
    fn boxed_clone(&self) -> Box<dyn Doctrine>;
}

/// The doctrines that redan ships, and one of your own.
pub enum AnyDoctrine {
    /// Fire a salvo, look, fire again.
    ShootLookShoot(ShootLookShoot),
    /// Watch only.
    HoldFire,
    /// A researcher's own.
    Custom(Box<dyn Doctrine>),
}

impl AnyDoctrine {
    /// Names that [`AnyDoctrine::by_name`] knows.
    pub const NAMES: [&str; 2] = ["shoot-look-shoot", "hold-fire"];

    /// Doctrine by its name in a scenario file; `salvo` is the number of rounds in one salvo.
    pub fn by_name(name: &str, salvo: u32) -> Option<AnyDoctrine> {
        match name {
            "shoot-look-shoot" => Some(AnyDoctrine::ShootLookShoot(ShootLookShoot { salvo })),
            "hold-fire" => Some(AnyDoctrine::HoldFire),
            _ => None,
        }
    }

    /// Decides.
    pub fn decide(&mut self, situation: &Situation<'_>) -> Decision {
        match self {
            AnyDoctrine::ShootLookShoot(doctrine) => doctrine.decide(situation),
            AnyDoctrine::HoldFire => hold_fire(situation),
            AnyDoctrine::Custom(doctrine) => doctrine.decide(situation),
        }
    }
}

impl Clone for AnyDoctrine {
    fn clone(&self) -> Self {
        match self {
            AnyDoctrine::ShootLookShoot(doctrine) => AnyDoctrine::ShootLookShoot(doctrine.clone()),
            AnyDoctrine::HoldFire => AnyDoctrine::HoldFire,
            AnyDoctrine::Custom(doctrine) => AnyDoctrine::Custom(doctrine.boxed_clone()),
        }
    }
}

fn hold_fire(situation: &Situation<'_>) -> Decision {
    Decision {
        threats: threat::evaluate(situation),
        orders: Vec::new(),
        withheld: confirmed(situation)
            .map(|track| Withheld { track: track.id, unit: None, reason: Reason::DoctrineHolds })
            .collect(),
    }
}

fn confirmed<'a>(situation: &'a Situation<'_>) -> impl Iterator<Item = &'a Track> {
    situation.tracks.iter().filter(|track| track.confirmed.is_some())
}

/// Shoot-look-shoot: the most urgent threat first, one salvo at a time; a track is engaged again only
/// after the kill assessment of its last salvo. Of the missiles that reach a target the one with
/// the shortest reach is taken, so that the long ones are kept for what only they reach; of several
/// units the one that meets the target first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShootLookShoot {
    /// Rounds in one salvo, at least 1.
    pub salvo: u32,
}

impl ShootLookShoot {
    /// Decides for all confirmed tracks.
    pub fn decide(&mut self, situation: &Situation<'_>) -> Decision {
        let threats = threat::evaluate(situation);
        let mut units = situation.units.to_vec();
        let mut orders = Vec::new();
        let mut withheld = Vec::new();
        for threat in &threats {
            let Some(track) = confirmed(situation).find(|track| track.id == threat.track) else {
                continue;
            };
            match self.engage(situation, &units, track) {
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

    /// Best order against a track, or the reason that came nearest to one.
    fn engage(
        &self,
        situation: &Situation<'_>,
        units: &[FireUnit],
        track: &Track,
    ) -> Result<Order, Withheld> {
        let withheld = |unit, reason| Withheld { track: track.id, unit, reason };
        check::permitted(situation, track).map_err(|reason| withheld(None, reason))?;
        let mut best: Option<(f64, Order)> = None;
        let mut nearest: Option<(UnitId, Reason)> = None;
        for unit in units {
            for stock in &unit.stocks {
                match self.try_one(situation, unit, track, stock.interceptor) {
                    Ok((reach_m, order)) if better(best.as_ref(), reach_m, &order) => {
                        best = Some((reach_m, order));
                    }
                    Ok(_) => {}
                    Err(reason) => keep_nearest(&mut nearest, unit.id, reason),
                }
            }
        }
        match (best, nearest) {
            (Some((_, order)), _) => Ok(order),
            (None, Some((unit, reason))) => Err(withheld(Some(unit), reason)),
            (None, None) if units.is_empty() => Err(withheld(None, Reason::NoUnit)),
            (None, None) => Err(withheld(None, Reason::NoRounds)),
        }
    }

    fn try_one(
        &self,
        situation: &Situation<'_>,
        unit: &FireUnit,
        track: &Track,
        interceptor: InterceptorId,
    ) -> Result<(f64, Order), Reason> {
        let on_hand = unit.stocks.iter().find(|stock| stock.interceptor == interceptor);
        let rounds = self.salvo.max(1).min(on_hand.map_or(0, |stock| stock.rounds)).max(1);
        let intercept = check::order(situation, unit, track, interceptor, rounds)?;
        let reach_m = situation.interceptors[interceptor.0 as usize].fly_out.longest_range_m();
        Ok((reach_m, Order { track: track.id, unit: unit.id, interceptor, rounds, intercept }))
    }
}

fn better(best: Option<&(f64, Order)>, reach_m: f64, order: &Order) -> bool {
    best.is_none_or(|(best_reach_m, best_order)| {
        reach_m < *best_reach_m
            || (reach_m <= *best_reach_m && order.intercept.time_s < best_order.intercept.time_s)
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

/// Confirmed tracks that threaten nothing: who they are comes first, that they are harmless second.
fn not_threatening(situation: &Situation<'_>, threats: &[Threat]) -> Vec<Withheld> {
    confirmed(situation)
        .filter(|track| !threats.iter().any(|threat| threat.track == track.id))
        .map(|track| Withheld {
            track: track.id,
            unit: None,
            reason: check::permitted(situation, track).err().unwrap_or(Reason::NoThreat),
        })
        .collect()
}
