//! A scenario made ready: everything that all replications share.

use std::sync::Arc;

use redan_command::{Asset, Interceptor};
use redan_geo::{LocalFrame, Time};
use redan_record::{
    AirClass, AircraftEntry, AircraftId, AssetEntry, InterceptorEntry, LauncherEntry, NetworkEntry,
    RadarEntry, Roster, UnitEntry,
};
use redan_track::{Sensor, SensorId, Setting};

use super::settings::{Zones, setting, zones};

use crate::card::TargetClass;
use crate::draw::NameHash;
use crate::model::fly_out::{EnergyModel, FigureError, FlyOutFigures};
use crate::model::look::RadarModel;
use crate::model::motion::Route;
use crate::scenario::Scenario;

/// A scenario with its models built: routes with times, calibrated radars, fly-out tables. Building
/// it takes milliseconds, so it is done once and shared by all replications and threads.
#[derive(Clone, Debug)]
pub struct Battle {
    /// The scenario.
    pub scenario: Scenario,
    /// Routes, indexed as the aircraft.
    pub routes: Vec<Route>,
    /// When each aircraft with a target reaches it.
    pub arrivals: Vec<Option<Time>>,
    /// Radars.
    pub radars: Vec<RadarModel>,
    /// Aircraft whose jammers work.
    pub jammers: Vec<AircraftId>,
    /// Number of each radar in the table of sensors of its network.
    pub sensor_of: Vec<SensorId>,
    /// Sensors of each network.
    pub sensors: Vec<Vec<Sensor>>,
    /// Frames of the networks.
    pub frames: Vec<LocalFrame>,
    /// Interceptors as a command knows them.
    pub interceptors: Vec<Interceptor>,
    /// Assets as a command knows them.
    pub assets: Vec<Asset>,
    /// Launchers of each unit.
    pub launchers_of: Vec<Vec<usize>>,
    /// How each network weighs evidence; `None` for one that goes by replies and silence alone.
    pub settings: Vec<Option<Setting>>,
    /// Zones with a weapon control status of their own, of each network.
    pub zones: Vec<Zones>,
    /// Hashes of the names of aircraft, radars and units, for keyed draws.
    pub names: Names,
}

/// Hashed names.
#[derive(Clone, Debug)]
pub struct Names {
    /// Aircraft.
    pub aircraft: Vec<NameHash>,
    /// Radars.
    pub radars: Vec<NameHash>,
    /// Units.
    pub units: Vec<NameHash>,
    /// Networks.
    pub networks: Vec<NameHash>,
}

/// Why a scenario whose file is right cannot be fought: figures of a card do not go together.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum BattleError {
    /// No missile flies like this.
    #[error("card {card}: {reason}\nhint: see `redan ledger {card}` and choose other claims")]
    Interceptor {
        /// The card.
        card: String,
        /// What is wrong.
        reason: FigureError,
    },
    /// No radar detects like this.
    #[error(
        "card {card}: the detection range, cross-section, probability, pulses and false-alarm \
         probability do not go together\nhint: see `redan ledger {card}` and choose other claims"
    )]
    Radar {
        /// The card.
        card: String,
    },
    /// A jammer in the band of a radar whose card has no absolute levels.
    #[error(
        "card {card}: {aircraft} jams in its band, but the card does not give antenna_gain, \
         noise_bandwidth and noise_figure, without which the noise of a jammer cannot be weighed\n\
         hint: add claims of the three to the card, or write jams = false for the flight"
    )]
    Levels {
        /// The card.
        card: String,
        /// Who jams.
        aircraft: String,
    },
}

impl Battle {
    /// Makes a scenario ready.
    ///
    /// # Errors
    /// When figures of a card do not go together.
    pub fn new(scenario: Scenario) -> Result<Battle, BattleError> {
        Battle::made(scenario, None)
    }

    /// The same, with the parts of another battle that do not depend on what differs between the two: what a
    /// study that draws new figures for each battle needs. The result is that of [`Battle::new`], bit for bit.
    ///
    /// # Errors
    /// As [`Battle::new`].
    pub fn like(scenario: Scenario, other: &Battle) -> Result<Battle, BattleError> {
        let same_ground = scenario.earth.effective == other.scenario.earth.effective
            && match (&scenario.earth.relief, &other.scenario.earth.relief) {
                (Some(relief), Some(other)) => Arc::ptr_eq(relief, other),
                (relief, other) => relief.is_none() && other.is_none(),
            };
        let same = same_ground && scenario.environment == other.scenario.environment;
        Battle::made(scenario, Some(other).filter(|_| same))
    }

    fn made(scenario: Scenario, other: Option<&Battle>) -> Result<Battle, BattleError> {
        let routes: Vec<Route> = scenario.aircraft.iter().map(Route::of).collect();
        let jammers = jammers(&scenario);
        check_levels(&scenario, &jammers)?;
        let radars = scenario
            .radars
            .iter()
            .map(|entry| radar(entry, &scenario, other))
            .collect::<Result<_, _>>()?;
        let (sensor_of, sensors) = sensors(&scenario);
        Ok(Battle {
            arrivals: arrivals(&scenario, &routes),
            radars,
            jammers,
            frames: scenario.networks.iter().map(|net| LocalFrame::new(net.origin)).collect(),
            interceptors: scenario
                .interceptors
                .iter()
                .map(|entry| interceptor(entry, other))
                .collect::<Result<_, _>>()?,
            assets: assets(&scenario),
            launchers_of: launchers_of(&scenario),
            settings: (0..scenario.networks.len()).map(|of| setting(&scenario, of)).collect(),
            zones: (0..scenario.networks.len()).map(|of| zones(&scenario, of)).collect(),
            names: names(&scenario),
            routes,
            sensor_of,
            sensors,
            scenario,
        })
    }

    /// Names behind the numbers in events.
    pub fn roster(&self) -> Roster {
        let scenario = &self.scenario;
        Roster {
            title: scenario.title.clone(),
            question: scenario.question.clone(),
            variant: scenario.variant.clone(),
            start_utc: scenario.start_utc.clone(),
            duration: scenario.duration,
            aircraft: scenario.aircraft.iter().map(aircraft_entry).collect(),
            radars: scenario.radars.iter().map(radar_entry).collect(),
            networks: scenario.networks.iter().map(network_entry).collect(),
            units: (0..scenario.units.len()).map(|unit| self.unit_entry(unit)).collect(),
            launchers: scenario.launchers.iter().map(launcher_entry).collect(),
            interceptors: scenario.interceptors.iter().map(interceptor_entry).collect(),
            assets: scenario
                .assets
                .iter()
                .map(|asset| AssetEntry { name: asset.name.clone(), place: asset.place })
                .collect(),
        }
    }

    fn unit_entry(&self, unit: usize) -> UnitEntry {
        let entry = &self.scenario.units[unit];
        let radar = &self.scenario.radars[entry.radar];
        let rounds = self.launchers_of[unit]
            .iter()
            .flat_map(|&launcher| &self.scenario.launchers[launcher].load)
            .map(|&(_, rounds)| rounds)
            .sum();
        UnitEntry {
            name: entry.name.clone(),
            network: entry.network as u32,
            place: radar.antenna,
            target_channels: radar.figures.target_channels,
            missile_channels: radar.figures.missile_channels,
            rounds,
        }
    }
}

fn arrivals(scenario: &Scenario, routes: &[Route]) -> Vec<Option<Time>> {
    scenario
        .aircraft
        .iter()
        .zip(routes)
        .map(|(aircraft, route)| {
            let asset = &scenario.assets[aircraft.target?];
            if aircraft.release_m <= 0.0 {
                return Some(route.end());
            }
            Some(route.first_within(asset.place, aircraft.release_m, &scenario.earth))
        })
        .collect()
}

fn sensors(scenario: &Scenario) -> (Vec<SensorId>, Vec<Vec<Sensor>>) {
    let mut tables = vec![Vec::new(); scenario.networks.len()];
    let numbers = scenario
        .radars
        .iter()
        .map(|radar| {
            let table = &mut tables[radar.network];
            let figures = &radar.figures;
            table.push(Sensor {
                name: radar.name.clone(),
                place: radar.antenna,
                range_sigma_m: figures.range_sigma_m,
                azimuth_sigma_rad: figures.azimuth_sigma_rad,
                elevation_sigma_rad: figures.elevation_sigma_rad,
                revisit_s: figures.update_interval_s,
            });
            SensorId(table.len() as u32 - 1)
        })
        .collect();
    (numbers, tables)
}

fn radar(
    radar: &crate::scenario::Radar,
    scenario: &Scenario,
    other: Option<&Battle>,
) -> Result<RadarModel, BattleError> {
    let of_name =
        |battle: &'_ Battle| battle.scenario.radars.iter().position(|r| r.name == radar.name);
    let other = other.and_then(|battle| battle.radars.get(of_name(battle)?));
    RadarModel::like(radar, &scenario.earth, &scenario.environment, other)
        .ok_or_else(|| BattleError::Radar { card: radar.card.clone() })
}

fn jammers(scenario: &Scenario) -> Vec<AircraftId> {
    let jams =
        |aircraft: &crate::scenario::Aircraft| aircraft.jams && aircraft.figures.jammer.is_some();
    (0..scenario.aircraft.len())
        .filter(|index| jams(&scenario.aircraft[*index]))
        .map(|index| AircraftId(index as u32))
        .collect()
}

/// A radar that could be jammed must say how strong its own noise is.
fn check_levels(scenario: &Scenario, jammers: &[AircraftId]) -> Result<(), BattleError> {
    for radar in scenario.radars.iter().filter(|radar| radar.figures.receiver.is_none()) {
        let hit = jammers.iter().map(|id| &scenario.aircraft[id.index()]).find(|aircraft| {
            let jammer = aircraft.figures.jammer.as_ref();
            jammer.is_some_and(|jammer| {
                (jammer.frequency_low_hz..=jammer.frequency_high_hz)
                    .contains(&radar.figures.frequency_hz)
            })
        });
        if let (Some(aircraft), None) = (hit, &radar.figures.absolute) {
            let (card, aircraft) = (radar.card.clone(), aircraft.name.clone());
            return Err(BattleError::Levels { card, aircraft });
        }
    }
    Ok(())
}

fn interceptor(
    interceptor: &crate::scenario::Interceptor,
    other: Option<&Battle>,
) -> Result<Interceptor, BattleError> {
    let figures = &interceptor.figures;
    let flight = FlyOutFigures::of(figures);
    let flies_like = |battle: &Battle| {
        let known = battle.scenario.interceptors.iter();
        known.map(|one| FlyOutFigures::of(&one.figures)).position(|known| known == flight)
    };
    let known = other.and_then(|battle| battle.interceptors.get(flies_like(battle)?));
    let fly_out =
        match known {
            Some(known) => known.fly_out.clone(),
            None => EnergyModel::calibrate(&flight).and_then(|model| model.fly_out()).map_err(
                |reason| BattleError::Interceptor { card: interceptor.card.clone(), reason },
            )?,
        };
    Ok(Interceptor {
        name: figures.name.clone(),
        fly_out,
        needs_illumination: figures.needs_illumination,
        max_target_speed_m_s: figures.max_target_speed_m_s,
        kill_prob: figures.kill_probability(TargetClass::Aircraft).nominal_prob
            * figures.reliability_prob,
    })
}

fn assets(scenario: &Scenario) -> Vec<Asset> {
    scenario
        .assets
        .iter()
        .map(|asset| Asset {
            name: asset.name.clone(),
            place: asset.place,
            radius_m: asset.radius_m,
            weight: asset.weight,
        })
        .collect()
}

fn launchers_of(scenario: &Scenario) -> Vec<Vec<usize>> {
    let mut of = vec![Vec::new(); scenario.units.len()];
    for (index, launcher) in scenario.launchers.iter().enumerate() {
        of[launcher.unit].push(index);
    }
    of
}

fn names(scenario: &Scenario) -> Names {
    Names {
        aircraft: scenario.aircraft.iter().map(|aircraft| NameHash::of(&aircraft.name)).collect(),
        radars: scenario.radars.iter().map(|radar| NameHash::of(&radar.name)).collect(),
        units: scenario.units.iter().map(|unit| NameHash::of(&unit.name)).collect(),
        networks: scenario.networks.iter().map(|net| NameHash::of(&net.name)).collect(),
    }
}

fn aircraft_entry(aircraft: &crate::scenario::Aircraft) -> AircraftEntry {
    AircraftEntry {
        name: aircraft.name.clone(),
        flight: aircraft.flight.clone(),
        card: aircraft.card.clone(),
        type_name: aircraft.figures.name.clone(),
        class: air_class(aircraft.figures.class),
        side: aircraft.side,
        target: aircraft.target.map(|target| target as u32),
        rcs_m2: aircraft.figures.rcs.nose_rcs_m2,
    }
}

fn air_class(class: TargetClass) -> AirClass {
    match class {
        TargetClass::Aircraft => AirClass::Aircraft,
        TargetClass::CruiseMissile => AirClass::CruiseMissile,
        TargetClass::Drone => AirClass::Drone,
        TargetClass::Ballistic => AirClass::Ballistic,
    }
}

fn radar_entry(radar: &crate::scenario::Radar) -> RadarEntry {
    RadarEntry {
        name: radar.name.clone(),
        card: radar.card.clone(),
        network: radar.network as u32,
        unit: radar.unit.map(|unit| unit as u32),
        antenna: radar.antenna,
        instrumented_range_m: radar.figures.instrumented_range_m,
    }
}

fn network_entry(network: &crate::scenario::Network) -> NetworkEntry {
    NetworkEntry {
        name: network.name.clone(),
        origin: network.origin,
        tracker: network.tracker.clone(),
        doctrine: network.doctrine.clone(),
        weapons: network.weapons,
    }
}

fn launcher_entry(launcher: &crate::scenario::Launcher) -> LauncherEntry {
    LauncherEntry {
        name: launcher.name.clone(),
        unit: launcher.unit as u32,
        place: launcher.place,
        load: launcher.load.iter().map(|&(kind, rounds)| (kind as u32, rounds)).collect(),
    }
}

fn interceptor_entry(interceptor: &crate::scenario::Interceptor) -> InterceptorEntry {
    InterceptorEntry {
        name: interceptor.figures.name.clone(),
        card: interceptor.card.clone(),
        claimed_range_m: interceptor.figures.max_range_m,
    }
}
