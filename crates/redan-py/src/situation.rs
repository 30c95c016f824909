//! What a command knows when it decides, kept so that Python can look at it for as long as it likes.

use std::sync::Arc;

use pyo3::prelude::*;
use redan_command::{
    AnyDoctrine, Commitment, FireUnit, Intercept, InterceptorId, Reason, Rules, Settings, UnitId,
    WeaponsControl, check, threat,
};
use redan_geo::{Enu, Time};
use redan_sim::Battle;
use redan_track::TrackId;

use crate::errors;
use crate::picture::{Asset, Threat, Track, Unit};

/// A decision to engage a track with a unit.
#[pyclass(frozen, get_all, from_py_object, module = "redan")]
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Order {
    track: u64,
    unit: String,
    missile: String,
    rounds: u32,
}

#[pymethods]
impl Order {
    #[new]
    #[pyo3(signature = (*, track, unit, missile, rounds=1))]
    fn new(track: u64, unit: String, missile: String, rounds: u32) -> Self {
        Self { track, unit, missile, rounds }
    }

    fn __repr__(&self) -> String {
        let Self { track, unit, missile, rounds } = self;
        format!("Order(track={track}, unit={unit:?}, missile={missile:?}, rounds={rounds})")
    }

    fn __eq__(&self, other: &Self) -> bool {
        self == other
    }
}

/// What the check says of an order: an intercept, or the reason against it.
#[pyclass(frozen, get_all, module = "redan")]
pub(crate) struct Verdict {
    /// Whether the order would be carried out.
    ok: bool,
    /// The reason against it by its name, such as `out-of-reach`; `None` where there is none.
    reason: Option<String>,
    /// By how much it fails, in the unit of the reason.
    shortfall: Option<f64>,
    /// Time from now to the intercept, seconds.
    time_s: Option<f64>,
    /// Ground range of the intercept from the unit, metres.
    range_m: Option<f64>,
    /// Its altitude, metres.
    altitude_m: Option<f64>,
}

impl Verdict {
    fn of(found: Result<Intercept, Reason>) -> Self {
        let met = found.ok();
        let reason = found.err();
        Self {
            ok: met.is_some(),
            reason: reason.map(|reason| word(&reason)),
            shortfall: reason.and_then(|reason| reason.shortfall()).map(|figure| figure.0),
            time_s: met.map(|met| met.time_s),
            range_m: met.map(|met| met.range_m),
            altitude_m: met.map(|met| met.altitude_m),
        }
    }
}

/// The name of a reason, as recordings have it.
fn word(reason: &Reason) -> String {
    let value = serde_json::to_value(reason).unwrap_or_default();
    value["why"].as_str().unwrap_or_default().to_string()
}

/// Everything that a command knows at one decision.
#[pyclass(frozen, module = "redan")]
#[derive(Clone)]
pub(crate) struct Situation {
    battle: Arc<Battle>,
    network: usize,
    now: Time,
    tracks: Vec<redan_track::Track>,
    units: Vec<FireUnit>,
    commitments: Vec<Commitment>,
    called_killed: Vec<TrackId>,
    rules: Rules,
    zoned: Vec<(TrackId, WeaponsControl)>,
}

impl Situation {
    /// A copy of what a doctrine is given.
    pub(crate) fn of(
        battle: &Arc<Battle>,
        network: usize,
        seen: &redan_command::Situation<'_>,
    ) -> Self {
        Self {
            battle: Arc::clone(battle),
            network,
            now: seen.now,
            tracks: seen.tracks.to_vec(),
            units: seen.units.to_vec(),
            commitments: seen.commitments.to_vec(),
            called_killed: seen.called_killed.to_vec(),
            rules: seen.rules,
            zoned: seen.zoned.to_vec(),
        }
    }

    /// The copy as a doctrine is given it.
    pub(crate) fn view(&self) -> redan_command::Situation<'_> {
        redan_command::Situation {
            now: self.now,
            earth: &self.battle.scenario.earth,
            frame: &self.battle.frames[self.network],
            tracks: &self.tracks,
            units: &self.units,
            interceptors: &self.battle.interceptors,
            commitments: &self.commitments,
            called_killed: &self.called_killed,
            assets: &self.battle.assets,
            rules: self.rules,
            zoned: &self.zoned,
        }
    }

    /// An order by the numbers of the battle. Names that it does not have are the caller's mistake.
    pub(crate) fn numbered(&self, py: Python<'_>, order: &Order) -> PyResult<redan_command::Order> {
        let unknown = |what: &str, name: &str, known: Vec<&str>| {
            let known = known.join(", ");
            errors::input(py, &format!("the battle has no {what} {name:?}\nhint: it has {known}"))
        };
        let Order { track, unit, missile, rounds } = order;
        let units = || self.battle.scenario.units.iter().map(|one| one.name.as_str());
        let missiles = || self.battle.interceptors.iter().map(|one| one.name.as_str());
        let of_unit = units().position(|name| name == unit);
        let of_unit = of_unit.ok_or_else(|| unknown("unit", unit, units().collect()))?;
        let kind = missiles().position(|name| name == missile);
        let kind = kind.ok_or_else(|| unknown("missile", missile, missiles().collect()))?;
        Ok(redan_command::Order {
            track: TrackId(*track),
            unit: UnitId(of_unit as u32),
            interceptor: InterceptorId(kind as u32),
            rounds: *rounds,
            // The engine takes the intercept of its own check.
            intercept: Intercept {
                time_s: 0.0,
                range_m: 0.0,
                altitude_m: 0.0,
                speed_m_s: 0.0,
                position: Enu::default(),
            },
        })
    }

    fn named(&self, order: &redan_command::Order) -> Order {
        Order {
            track: order.track.0,
            unit: self.battle.scenario.units[order.unit.0 as usize].name.clone(),
            missile: self.battle.interceptors[order.interceptor.0 as usize].name.clone(),
            rounds: order.rounds,
        }
    }
}

#[pymethods]
impl Situation {
    /// The moment, seconds since the start.
    #[getter]
    fn now_s(&self) -> f64 {
        self.now.as_secs()
    }

    /// Name of the network that decides.
    #[getter]
    fn network(&self) -> &str {
        &self.battle.scenario.networks[self.network].name
    }

    /// The picture, in order of track numbers.
    #[getter]
    fn tracks(&self) -> Vec<Track> {
        let frame = &self.battle.frames[self.network];
        self.tracks.iter().map(|track| Track::of(frame, track)).collect()
    }

    /// Own fire units.
    #[getter]
    fn units(&self) -> Vec<Unit> {
        self.units.iter().map(|unit| Unit::of(&self.battle, unit)).collect()
    }

    /// What is defended.
    #[getter]
    fn assets(&self) -> Vec<Asset> {
        Asset::all(&self.battle)
    }

    /// Engagements under way: track and unit.
    #[getter]
    fn committed(&self) -> Vec<(u64, String)> {
        let unit = |one: &Commitment| self.battle.scenario.units[one.unit.0 as usize].name.clone();
        self.commitments.iter().map(|one| (one.track.0, unit(one))).collect()
    }

    /// Tracks whose target was called destroyed.
    #[getter]
    fn called_killed(&self) -> Vec<u64> {
        self.called_killed.iter().map(|track| track.0).collect()
    }

    /// Who threatens what, most urgent first.
    fn threats(&self) -> Vec<Threat> {
        let found = threat::evaluate(&self.view());
        found.iter().map(|one| Threat::of(&self.battle, one)).collect()
    }

    /// What the engine would say of an order now, by itself.
    #[pyo3(signature = (order))]
    fn check(&self, py: Python<'_>, order: &Order) -> PyResult<Verdict> {
        let order = self.numbered(py, order)?;
        let confirmed = |track: &&redan_track::Track| track.confirmed.is_some();
        let track = self.tracks.iter().filter(confirmed).find(|track| track.id == order.track);
        let unit = self.units.iter().find(|unit| unit.id == order.unit);
        Ok(Verdict::of(match (track, unit) {
            (None, _) => Err(Reason::NoThreat),
            (_, None) => Err(Reason::NoUnit),
            (Some(track), Some(unit)) => {
                check::order(&self.view(), unit, track, order.interceptor, order.rounds)
            }
        }))
    }

    /// What a doctrine that redan ships would order now, without a memory of earlier decisions.
    #[pyo3(signature = (*, doctrine="shoot-look-shoot", salvo=2))]
    fn orders(&self, py: Python<'_>, doctrine: &str, salvo: u32) -> PyResult<Vec<Order>> {
        let known = AnyDoctrine::by_name(doctrine, Settings::of_salvo(salvo.max(1)));
        let mut doctrine = known.ok_or_else(|| {
            let names = AnyDoctrine::NAMES.join(", ");
            errors::input(
                py,
                &format!("no doctrine is called {doctrine:?}\nhint: there are {names}"),
            )
        })?;
        let decision = doctrine.decide(&self.view());
        Ok(decision.orders.iter().map(|order| self.named(order)).collect())
    }
}
