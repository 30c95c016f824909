//! A battle that is ready to be fought.

use std::path::PathBuf;
use std::sync::Arc;

use pyo3::prelude::*;
use redan_command::AnyDoctrine;
use redan_load::{Wishes, library, prepare};
use redan_sim::draw::Luck;
use redan_sim::world::World;
use redan_store::Manifest;
use redan_track::AnyTracker;

use crate::faults::Faults;
use crate::picture::{Asset, Setup};
use crate::recording::Recording;
use crate::running::Running;
use crate::{doctrine, errors, tracker};

/// A scenario that was checked and resolved. It does not change; any number of battles can be fought with it.
#[pyclass(frozen, module = "redan")]
pub(crate) struct Battle {
    battle: Arc<redan_sim::Battle>,
    manifest: Manifest,
    warnings: Vec<String>,
}

/// Reads a scenario file, with relief and cards as the command line takes them.
#[pyfunction]
#[pyo3(signature = (scenario, *, variant=None, terrain=None, cards=None))]
pub(crate) fn load(
    py: Python<'_>,
    scenario: PathBuf,
    variant: Option<String>,
    terrain: Option<String>,
    cards: Option<PathBuf>,
) -> PyResult<Battle> {
    let wishes = Wishes { variant: variant.as_deref(), terrain: terrain.as_deref() };
    let prepared = py
        .detach(|| library(cards.as_deref()).and_then(|cards| prepare(&scenario, &wishes, &cards)));
    let prepared = prepared.map_err(|error| errors::load(py, &error))?;
    Ok(Battle {
        battle: Arc::new(prepared.battle),
        manifest: prepared.manifest,
        warnings: prepared.warnings,
    })
}

#[pymethods]
impl Battle {
    /// Title of the scenario.
    #[getter]
    fn title(&self) -> &str {
        &self.battle.scenario.title
    }

    /// The question that it is to answer.
    #[getter]
    fn question(&self) -> &str {
        &self.battle.scenario.question
    }

    /// How long it lasts, seconds.
    #[getter]
    fn duration_s(&self) -> f64 {
        self.battle.scenario.duration.as_secs()
    }

    /// Names of the networks.
    #[getter]
    fn networks(&self) -> Vec<String> {
        self.battle.scenario.networks.iter().map(|one| one.name.clone()).collect()
    }

    /// Names of the fire units.
    #[getter]
    fn units(&self) -> Vec<String> {
        self.battle.scenario.units.iter().map(|one| one.name.clone()).collect()
    }

    /// Names of the types of missiles.
    #[getter]
    fn missiles(&self) -> Vec<String> {
        self.battle.interceptors.iter().map(|one| one.name.clone()).collect()
    }

    /// Names of the aircraft.
    #[getter]
    fn aircraft(&self) -> Vec<String> {
        self.battle.roster().aircraft.iter().map(|one| one.name.clone()).collect()
    }

    /// What is defended.
    #[getter]
    fn assets(&self) -> Vec<Asset> {
        Asset::all(&self.battle)
    }

    /// What the user should know before believing a result.
    #[getter]
    fn warnings(&self) -> Vec<String> {
        self.warnings.clone()
    }

    fn __repr__(&self) -> String {
        format!("<redan.Battle: {}>", self.battle.scenario.title)
    }

    /// Fights it to its end.
    #[pyo3(signature = (*, seed=1, replication=0, doctrine=None, tracker=None, network=None))]
    fn run(
        &self,
        py: Python<'_>,
        seed: u64,
        replication: u64,
        doctrine: Option<Bound<'_, PyAny>>,
        tracker: Option<Bound<'_, PyAny>>,
        network: Option<&str>,
    ) -> PyResult<Recording> {
        self.start(py, seed, replication, doctrine, tracker, network)?.finish(py)
    }

    /// Begins it: it stands at its first moment and can be stepped.
    #[pyo3(signature = (*, seed=1, replication=0, doctrine=None, tracker=None, network=None))]
    fn start(
        &self,
        py: Python<'_>,
        seed: u64,
        replication: u64,
        doctrine: Option<Bound<'_, PyAny>>,
        tracker: Option<Bound<'_, PyAny>>,
        network: Option<&str>,
    ) -> PyResult<Running> {
        let number = self.network(py, network)?;
        let mut world = World::new(&self.battle, &Luck::new(seed, replication));
        let faults = Faults::default();
        let setup = || Setup::of(&self.battle, number);
        let state = &mut world.networks[number];
        if let Some(make) = doctrine {
            state.doctrine = AnyDoctrine::Custom(Box::new(doctrine::Written {
                object: make.call1((setup(),))?.unbind(),
                battle: Arc::clone(&self.battle),
                network: number,
                faults: faults.clone(),
            }));
        }
        if let Some(make) = tracker {
            state.tracker = AnyTracker::Custom(Box::new(tracker::Written {
                object: make.call1((setup(),))?.unbind(),
                battle: Arc::clone(&self.battle),
                network: number,
                faults: faults.clone(),
                tracks: Vec::new(),
            }));
        }
        let battle = Arc::clone(&self.battle);
        Ok(Running::new(battle, self.manifest.clone(), world, (seed, replication, number), faults))
    }
}

impl Battle {
    /// Number of a network by its name; without a name, of the only one.
    fn network(&self, py: Python<'_>, name: Option<&str>) -> PyResult<usize> {
        let names = self.networks();
        let found = match name {
            Some(name) => names.iter().position(|known| known == name),
            None => (names.len() == 1).then_some(0),
        };
        found.ok_or_else(|| {
            let reason = match name {
                Some(name) => format!("the scenario has no network {name:?}"),
                None => format!("the scenario has {} networks", names.len()),
            };
            let known = names.join(", ");
            errors::input(py, &format!("{reason}\nhint: name one with network=: {known}"))
        })
    }
}
