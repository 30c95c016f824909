//! What each network knows besides its tracks, put into the frame of its tracker.

use redan_command::WeaponsControl;
use redan_geo::{Enu, Geodetic, LocalFrame, Span};
use redan_track::{Airspace, Crew, FlightPlan, Likelihood, Model, Path, ReplyModel, Setting};

use crate::card;
use crate::scenario::{Identification, Network, Plan, Scenario, Zone};

/// Airspaces with a weapon control status of their own, as one network sees them.
pub type Zones = Vec<(Airspace, WeaponsControl)>;

/// How a network weighs evidence; `None` for one that goes by replies and silence alone.
pub(super) fn setting(scenario: &Scenario, index: usize) -> Option<Setting> {
    let network = &scenario.networks[index];
    let identification = network.identification.as_ref()?;
    let frame = LocalFrame::new(network.origin);
    let order = &scenario.order;
    let airspaces =
        identification.airspaces.iter().map(|of| airspace(&frame, &order.airspaces[*of]));
    let plans = identification.plans.as_ref();
    let plans = plans.map(|of| of.iter().map(|of| plan(&frame, &order.plans[*of])).collect());
    Some(Setting {
        airspaces: airspaces.collect(),
        plans,
        hostile_codes: identification.hostile_codes.clone(),
        defended: defended(scenario, index, &frame),
        model: model(network, identification, interrogator(scenario, index)),
        frame,
    })
}

/// Zones that change the weapon control status, of those that the network knows.
pub(super) fn zones(scenario: &Scenario, index: usize) -> Zones {
    let network = &scenario.networks[index];
    let frame = LocalFrame::new(network.origin);
    let all = || (0..scenario.order.airspaces.len()).collect();
    let known: Vec<usize> =
        network.identification.as_ref().map_or_else(all, |i| i.airspaces.clone());
    known
        .into_iter()
        .filter_map(|of| {
            let zone = &scenario.order.airspaces[of];
            Some((airspace(&frame, zone), zone.weapons?))
        })
        .collect()
}

fn airspace(frame: &LocalFrame, zone: &Zone) -> Airspace {
    Airspace {
        name: zone.name.clone(),
        kind: zone.kind,
        path: Path::new(frame, &zone.points),
        half_width_m: zone.half_width_m,
        heights_m: zone.heights_m,
        active: zone.active.clone(),
    }
}

fn plan(frame: &LocalFrame, plan: &Plan) -> FlightPlan {
    FlightPlan {
        name: plan.name.clone(),
        path: Path::new(frame, &plan.points),
        half_width_m: plan.half_width_m,
        departs: plan.departs,
        speed_m_s: plan.speed_m_s,
        window: plan.window,
        code: plan.code,
    }
}

/// Assets, and the network's own fire units.
fn defended(scenario: &Scenario, index: usize, frame: &LocalFrame) -> Vec<Enu> {
    let own = scenario.units.iter().filter(|unit| unit.network == index);
    let units = own.map(|unit| scenario.radars[unit.radar].antenna);
    let assets = scenario.assets.iter().map(|asset| asset.place);
    assets.chain(units).map(|place: Geodetic| frame.enu(place.to_ecef())).collect()
}

/// The interrogator whose figures the network goes by: that of its first radar.
fn interrogator(scenario: &Scenario, index: usize) -> Option<&card::Interrogator> {
    let radar = scenario.radars.iter().find(|radar| radar.network == index)?;
    Some(&radar.interrogator)
}

fn model(
    network: &Network,
    identification: &Identification,
    interrogator: Option<&card::Interrogator>,
) -> Model {
    let weights = &identification.weights;
    let by_stress = |figures| identification.by_stress(figures);
    let takes_s = network.post.identification_time_s * by_stress(weights.time_ratio);
    let secure_on = weights.secure_on;
    let named = |name: &String| weights.patterns.iter().find(|pattern| pattern.name == *name);
    Model {
        prior: identification.prior,
        table: weights.table.clone(),
        replies: ReplyModel {
            secure_heard_prob: interrogator.map_or(1.0, |figures| figures.friend_reply_prob),
            civil_heard_prob: interrogator.map_or(1.0, |figures| figures.civil_reply_prob),
            // A friend whom the network cannot read is as silent as one whose transponder is off.
            secure_on: Likelihood {
                friend_prob: secure_on.friend_prob * identification.friends_read_ratio,
                ..secure_on
            },
            civil_on: weights.civil_on,
        },
        limits: weights.limits,
        patterns: identification.patterns.iter().filter_map(named).cloned().collect(),
        thresholds: identification.thresholds,
        crew: Crew {
            discount_ratio: by_stress(weights.discount_ratio),
            bias_db: identification.bias_db,
        },
        takes: Span::from_secs(takes_s),
        settles: Span::from_secs(weights.settles_s),
    }
}
