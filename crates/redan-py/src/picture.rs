//! What a tracker or a doctrine in Python is shown: values without truth in them.

use pyo3::prelude::*;
use redan_command::FireUnit;
use redan_geo::{Geodetic, LocalFrame};
use redan_sim::Battle;

/// A place: latitude and longitude in degrees, height above the ellipsoid in metres.
pub(crate) type Place = (f64, f64, f64);

/// A place as Python has it.
pub(crate) fn place(place: Geodetic) -> Place {
    (place.lat_deg(), place.lon_deg(), place.height_m)
}

/// What a tracker knows of a sensor: its place and its published errors.
#[pyclass(frozen, get_all, module = "redan")]
#[derive(Clone)]
pub(crate) struct Sensor {
    number: u32,
    name: String,
    place: Place,
    range_sigma_m: f64,
    azimuth_sigma_rad: f64,
    elevation_sigma_rad: f64,
    revisit_s: f64,
}

/// What a tracker or doctrine is told when a battle begins.
#[pyclass(frozen, get_all, module = "redan")]
pub(crate) struct Setup {
    network: String,
    origin: Place,
    sensors: Vec<Sensor>,
    duration_s: f64,
}

impl Setup {
    /// That of a network.
    pub(crate) fn of(battle: &Battle, network: usize) -> Self {
        let sensor = |(number, sensor): (u32, &redan_track::Sensor)| Sensor {
            number,
            name: sensor.name.clone(),
            place: place(sensor.place),
            range_sigma_m: sensor.range_sigma_m,
            azimuth_sigma_rad: sensor.azimuth_sigma_rad,
            elevation_sigma_rad: sensor.elevation_sigma_rad,
            revisit_s: sensor.revisit_s,
        };
        Self {
            network: battle.scenario.networks[network].name.clone(),
            origin: place(battle.frames[network].origin()),
            sensors: (0..).zip(&battle.sensors[network]).map(sensor).collect(),
            duration_s: battle.scenario.duration.as_secs(),
        }
    }
}

/// One report of one sensor.
#[pyclass(frozen, get_all, module = "redan")]
#[derive(Clone)]
pub(crate) struct Plot {
    id: u64,
    time_s: f64,
    range_m: f64,
    azimuth_rad: f64,
    elevation_rad: f64,
    /// The same place in the frame of the network: east, north, up.
    position_m: (f64, f64, f64),
    snr_db: f64,
}

/// A direction without a range.
#[pyclass(frozen, get_all, module = "redan")]
#[derive(Clone)]
pub(crate) struct Bearing {
    id: u64,
    time_s: f64,
    azimuth_rad: f64,
    azimuth_sigma_rad: f64,
    level_db: f64,
}

/// Reports of one sensor that are delivered together.
#[pyclass(frozen, get_all, module = "redan")]
pub(crate) struct Scan {
    sensor: Sensor,
    until_s: f64,
    plots: Vec<Plot>,
    bearings: Vec<Bearing>,
}

impl Scan {
    /// A scan in the frame of a network.
    pub(crate) fn of(battle: &Battle, network: usize, scan: &redan_track::Scan) -> Self {
        let number = scan.sensor.0 as usize;
        let local = LocalFrame::new(battle.sensors[network][number].place);
        let frame = &battle.frames[network];
        let plot = |plot: &redan_track::Plot| {
            let at = frame.enu(local.ecef_of_aer(plot.measured));
            Plot {
                id: plot.id.0,
                time_s: plot.time.as_secs(),
                range_m: plot.measured.range_m,
                azimuth_rad: plot.measured.azimuth_rad,
                elevation_rad: plot.measured.elevation_rad,
                position_m: (at.east_m, at.north_m, at.up_m),
                snr_db: plot.snr_db,
            }
        };
        let bearing = |one: &redan_track::Bearing| Bearing {
            id: one.id.0,
            time_s: one.time.as_secs(),
            azimuth_rad: one.azimuth_rad,
            azimuth_sigma_rad: one.azimuth_sigma_rad,
            level_db: one.level_db,
        };
        Self {
            sensor: Setup::of(battle, network).sensors[number].clone(),
            until_s: scan.until.as_secs(),
            plots: scan.plots.iter().map(plot).collect(),
            bearings: scan.bearings.iter().map(bearing).collect(),
        }
    }
}

/// What the network believes of one object.
#[pyclass(frozen, get_all, module = "redan")]
#[derive(Clone)]
pub(crate) struct Track {
    id: u64,
    confirmed: bool,
    identity: String,
    basis: String,
    time_s: f64,
    position_m: (f64, f64, f64),
    velocity_m_s: (f64, f64, f64),
    place: Place,
    position_sigma_m: f64,
    plots: u32,
    started_s: f64,
}

impl Track {
    /// A track of a network.
    pub(crate) fn of(frame: &LocalFrame, track: &redan_track::Track) -> Self {
        let (at, v) = (track.kinematics.position(), track.kinematics.velocity());
        Self {
            id: track.id.0,
            confirmed: track.confirmed.is_some(),
            identity: track.identity.word().to_string(),
            basis: track.basis.words().to_string(),
            time_s: track.kinematics.time.as_secs(),
            position_m: (at.east_m, at.north_m, at.up_m),
            velocity_m_s: (v.east_m_s, v.north_m_s, v.up_m_s),
            place: place(frame.ecef(at).to_geodetic()),
            position_sigma_m: track.kinematics.position_sigma_m(),
            plots: track.hits,
            started_s: track.started.as_secs(),
        }
    }
}

/// Rounds of one type that a unit can launch.
#[pyclass(frozen, get_all, module = "redan")]
#[derive(Clone)]
pub(crate) struct Stock {
    missile: String,
    rounds: u32,
}

/// A fire unit as its command knows it.
#[pyclass(frozen, get_all, module = "redan")]
#[derive(Clone)]
pub(crate) struct Unit {
    name: String,
    place: Place,
    ready: bool,
    free_target_channels: u32,
    free_missile_channels: u32,
    reaction_s: f64,
    instrumented_range_m: f64,
    stocks: Vec<Stock>,
}

impl Unit {
    /// A unit of a battle.
    pub(crate) fn of(battle: &Battle, unit: &FireUnit) -> Self {
        let stock = |stock: &redan_command::Stock| Stock {
            missile: battle.interceptors[stock.interceptor.0 as usize].name.clone(),
            rounds: stock.rounds,
        };
        Self {
            name: battle.scenario.units[unit.id.0 as usize].name.clone(),
            place: place(unit.antenna),
            ready: unit.ready,
            free_target_channels: unit.free_target_channels,
            free_missile_channels: unit.free_missile_channels,
            reaction_s: unit.reaction.as_secs(),
            instrumented_range_m: unit.instrumented_range_m,
            stocks: unit.stocks.iter().map(stock).collect(),
        }
    }
}

/// A place to defend.
#[pyclass(frozen, get_all, module = "redan")]
#[derive(Clone)]
pub(crate) struct Asset {
    name: String,
    place: Place,
    radius_m: f64,
    weight: f64,
}

impl Asset {
    /// All assets of a battle.
    pub(crate) fn all(battle: &Battle) -> Vec<Self> {
        let asset = |asset: &redan_command::Asset| Self {
            name: asset.name.clone(),
            place: place(asset.place),
            radius_m: asset.radius_m,
            weight: asset.weight,
        };
        battle.assets.iter().map(asset).collect()
    }
}

/// What a track threatens, and how soon.
#[pyclass(frozen, get_all, module = "redan")]
#[derive(Clone)]
pub(crate) struct Threat {
    track: u64,
    asset: Option<String>,
    time_to_go_s: f64,
    miss_m: f64,
    weight: f64,
}

impl Threat {
    /// A threat in a battle.
    pub(crate) fn of(battle: &Battle, threat: &redan_command::Threat) -> Self {
        let asset = threat.asset.and_then(|index| battle.assets.get(index as usize));
        Self {
            track: threat.track.0,
            asset: asset.map(|asset| asset.name.clone()),
            time_to_go_s: threat.time_to_go_s,
            miss_m: threat.miss_m,
            weight: threat.weight,
        }
    }
}
