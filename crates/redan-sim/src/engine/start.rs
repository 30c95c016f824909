//! The world at its beginning.

use redan_command::AnyDoctrine;
use redan_geo::{Aer, Span, Time};
use redan_record::{AircraftId, NetworkId, RadarId};
use redan_track::AnyTracker;

use crate::card::RadarRole;
use crate::draw::{Luck, Purpose};
use crate::engine::Battle;
use crate::world::{
    AircraftPhase, AircraftState, Due, LauncherState, NetworkState, Queue, RadarState, SightTally,
    UnitState, World,
};

impl World {
    /// Everything on the ground and nothing seen. Luck decides where in their turns the antennas are.
    pub fn new(battle: &Battle, luck: &Luck) -> World {
        let scenario = &battle.scenario;
        let aircraft =
            AircraftState { phase: AircraftPhase::Waiting, appeared: None, destroyed: false };
        let tally = SightTally { looks: 0, missed_prob: 1.0, sight: None, sighted: None };
        World {
            now: Time::ZERO,
            queue: first_entries(battle, luck),
            next_event: 0,
            aircraft: vec![aircraft; scenario.aircraft.len()],
            radars: (0..scenario.radars.len()).map(|index| radar(battle, luck, index)).collect(),
            sights: vec![tally; scenario.radars.len() * scenario.aircraft.len()],
            networks: (0..scenario.networks.len()).map(|index| network(battle, index)).collect(),
            units: (0..scenario.units.len()).map(|index| unit(battle, index)).collect(),
            launchers: scenario
                .launchers
                .iter()
                .map(|launcher| LauncherState { load: launcher.load.clone() })
                .collect(),
            engagements: Vec::new(),
            missiles: Vec::new(),
            origins: Default::default(),
            gates: Default::default(),
        }
    }
}

fn first_entries(battle: &Battle, luck: &Luck) -> Queue {
    let scenario = &battle.scenario;
    let mut queue = Queue::default();
    for (index, route) in battle.routes.iter().enumerate() {
        queue.push(route.start().max(Time::ZERO), Due::Appear(AircraftId(index as u32)));
    }
    queue.push(Time::ZERO, Due::Sample);
    for (index, radar) in scenario.radars.iter().enumerate() {
        let id = RadarId(index as u32);
        for (from, until) in &radar.radiates {
            queue.push(*from, Due::Radiate(id, true));
            queue.push(*until, Due::Radiate(id, false));
        }
        if radar.figures.role != RadarRole::Engagement {
            queue.push(first_turn(battle, luck, index), Due::Turn(id));
        }
    }
    for (index, network) in scenario.networks.iter().enumerate() {
        let first = Time::ZERO + Span::from_secs(network.post.decision_cycle_s);
        queue.push(first, Due::Decide(NetworkId(index as u32)));
    }
    queue
}

/// Radars do not turn in step: each begins its first turn at a moment of its first period that is
/// drawn anew in every replication.
fn first_turn(battle: &Battle, luck: &Luck, radar: usize) -> Time {
    let share = luck.draw(Purpose::TurnPhase, battle.names.radars[radar], 0).uniform();
    Time::ZERO + Span::from_secs(share * battle.radars[radar].figures.scan_period_s)
}

/// A radar at its beginning, with the systematic error that it will have for the whole run.
fn radar(battle: &Battle, luck: &Luck, index: usize) -> RadarState {
    let plan = &battle.scenario.radars[index];
    let mut draw = luck.draw(Purpose::Bias, battle.names.radars[index], 0);
    RadarState {
        radiating: plan.radiates.is_empty(),
        echoes: Vec::new(),
        bearings: Vec::new(),
        turns: 0,
        bias: Aer {
            azimuth_rad: draw.normal() * plan.figures.azimuth_bias_sigma_rad + plan.north_error_rad,
            elevation_rad: draw.normal() * plan.figures.elevation_bias_sigma_rad,
            range_m: draw.normal() * plan.figures.range_bias_sigma_m,
        },
        jamming: Vec::new(),
        jamming_at: None,
        stretch_ratio: 1.0,
        dropped: 0,
    }
}

fn network(battle: &Battle, index: usize) -> NetworkState {
    let network = &battle.scenario.networks[index];
    let sensors = battle.sensors[index].clone();
    // A checked scenario names a tracker and a doctrine that exist.
    let tracker = AnyTracker::by_name(&network.tracker, battle.frames[index], sensors);
    let doctrine = AnyDoctrine::by_name(&network.doctrine, network.firing);
    NetworkState {
        tracker: tracker.expect("the scenario was checked: its tracker exists"),
        doctrine: doctrine.expect("the scenario was checked: its doctrine exists"),
        notes: Default::default(),
        dossiers: Default::default(),
    }
}

fn unit(battle: &Battle, index: usize) -> UnitState {
    let radar = battle.scenario.units[index].radar;
    UnitState {
        facing_rad: battle.scenario.radars[radar].heading_rad,
        engagements: Vec::new(),
        next_launch: Time::ZERO,
        shots: Default::default(),
        transfers_asked: Default::default(),
        assessments: Default::default(),
    }
}
