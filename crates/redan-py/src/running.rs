//! A battle under way: stepped, looked at, acted upon, and forked.

use std::sync::{Arc, Mutex, PoisonError};

use pyo3::prelude::*;
use redan_command::AnyDoctrine;
use redan_geo::Time;
use redan_record::{Full, Measures, Recorder};
use redan_sim::Battle;
use redan_sim::engine::Engine;
use redan_sim::world::{Due, World};
use redan_store::Manifest;

use crate::doctrine::{Looking, Told};
use crate::errors;
use crate::faults::Faults;
use crate::recording::Recording;
use crate::situation::{Order, Situation};

/// Things that are carried out between two looks for Ctrl-C.
const BREATH: u32 = 50_000;

const LENT: &str = "an engine that has the world gives it back";

/// A battle under way.
#[pyclass(module = "redan")]
pub(crate) struct Running {
    battle: Arc<Battle>,
    manifest: Manifest,
    /// `None` only while an engine has it.
    world: Option<World>,
    record: Full,
    seed: u64,
    replication: u64,
    /// The network that is stepped.
    network: usize,
    faults: Faults,
    /// The decision before which it stands.
    before: Option<Situation>,
    is_over: bool,
}

/// Why the engine stopped.
#[derive(Clone, Copy, PartialEq)]
enum Stop {
    /// It came to the moment that was asked for.
    Through,
    /// A decision of the network is next.
    Decision,
    /// Somebody may have pressed Ctrl-C.
    Breath,
}

impl Running {
    /// A battle in a world, with seed, replication and the number of the network that is stepped.
    pub(crate) fn new(
        battle: Arc<Battle>,
        manifest: Manifest,
        world: World,
        (seed, replication, network): (u64, u64, usize),
        faults: Faults,
    ) -> Self {
        Self {
            battle,
            manifest,
            world: Some(world),
            record: Full::default(),
            seed,
            replication,
            network,
            faults,
            before: None,
            is_over: false,
        }
    }

    /// Lets it go on to `until`, and stops before decisions of the network if it `decides`.
    fn go(&mut self, py: Python<'_>, until: Time, decides: bool) -> PyResult<Stop> {
        loop {
            // The decision before which it stands is carried out, whoever has it decided.
            let passes = self.before.take().is_some();
            let stop = py.detach(|| self.carry_on(until, decides, passes));
            self.faults.raise()?;
            if stop != Stop::Breath {
                return Ok(stop);
            }
            py.check_signals()?;
        }
    }

    fn carry_on(&mut self, until: Time, decides: bool, mut passes: bool) -> Stop {
        let (network, faults) = (self.network, self.faults.clone());
        let mut left = BREATH;
        let mut stop = Stop::Through;
        self.with_engine(|engine| {
            engine.run_while(until, |due| {
                let own = matches!(due, Due::Decide(of) if of.index() == network);
                if own && decides && !std::mem::take(&mut passes) {
                    stop = Stop::Decision;
                } else if left == 0 || !faults.none() {
                    stop = Stop::Breath;
                } else {
                    left -= 1;
                    return true;
                }
                false
            });
        });
        stop
    }

    /// Lends the world to an engine that writes to the record.
    fn with_engine(&mut self, work: impl FnOnce(&mut Engine<'_, Full>)) {
        let world = self.world.take().expect(LENT);
        let mut engine =
            Engine::resume(&self.battle, world, self.seed, self.replication, &mut self.record);
        work(&mut engine);
        self.world = Some(engine.into_world());
    }

    fn world(&self) -> &World {
        self.world.as_ref().expect(LENT)
    }

    /// Gives the network another doctrine, and back the one that it had.
    fn swapped(&mut self, doctrine: AnyDoctrine) -> AnyDoctrine {
        let world = self.world.as_mut().expect(LENT);
        std::mem::replace(&mut world.networks[self.network].doctrine, doctrine)
    }

    /// What the doctrine of the network will be shown: the decision is carried out in a copy of the world, by a
    /// doctrine that only looks.
    fn look(&self) -> Option<Situation> {
        let seen = Arc::new(Mutex::new(None));
        let mut world = self.world().clone();
        world.networks[self.network].doctrine = AnyDoctrine::Custom(Box::new(Looking {
            battle: Arc::clone(&self.battle),
            network: self.network,
            seen: Arc::clone(&seen),
        }));
        let mut nobody = ();
        let mut engine =
            Engine::resume(&self.battle, world, self.seed, self.replication, &mut nobody);
        step_one(&mut engine);
        seen.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn stands(&self, py: Python<'_>) -> PyResult<()> {
        match self.is_over {
            false => Ok(()),
            true => Err(errors::input(
                py,
                "the battle is over\nhint: start another, or fork it before its end",
            )),
        }
    }
}

/// Carries out the one thing that is due next.
fn step_one<R: Recorder>(engine: &mut Engine<'_, R>) {
    let mut first = true;
    if let Some(time) = engine.world().queue.next_time() {
        engine.run_while(time, |_| std::mem::take(&mut first));
    }
}

#[pymethods]
impl Running {
    /// The present, seconds since the start.
    #[getter]
    fn now_s(&self) -> f64 {
        self.world().now.as_secs()
    }

    /// Whether it was finished.
    #[getter]
    fn over(&self) -> bool {
        self.is_over
    }

    /// Events so far.
    fn __len__(&self) -> usize {
        self.record.events.len()
    }

    /// Lets it go on until a moment, with its own doctrine.
    #[pyo3(signature = (*, until_s))]
    fn advance(&mut self, py: Python<'_>, until_s: f64) -> PyResult<()> {
        self.stands(py)?;
        if !until_s.is_finite() {
            return Err(errors::input(
                py,
                "until_s is no moment\nhint: give seconds since the start",
            ));
        }
        let until = Time::from_secs(until_s).min(self.battle.end());
        self.go(py, until, false).map(drop)
    }

    /// Lets it go on to just before the next decision of its network; what the command will know then, or `None` at
    /// the end of the battle. A decision that was not acted upon is left to the doctrine of the network.
    fn observe(&mut self, py: Python<'_>) -> PyResult<Option<Situation>> {
        self.stands(py)?;
        if self.go(py, self.battle.end(), true)? == Stop::Through {
            return Ok(None);
        }
        self.before = py.detach(|| self.look());
        self.faults.raise()?;
        Ok(self.before.clone())
    }

    /// Decides in place of the doctrine, at the decision that was observed last. Every order is checked as those of
    /// any doctrine are.
    fn act(&mut self, py: Python<'_>, orders: Vec<Order>) -> PyResult<()> {
        self.stands(py)?;
        let Some(before) = self.before.take() else {
            return Err(errors::input(
                py,
                "no decision is due now\nhint: call observe() first, and act once on what it gives",
            ));
        };
        let orders: Vec<_> =
            orders.iter().map(|order| before.numbered(py, order)).collect::<PyResult<_>>()?;
        let own = self.swapped(AnyDoctrine::Custom(Box::new(Told(orders))));
        py.detach(|| self.with_engine(step_one));
        self.swapped(own);
        self.faults.raise()
    }

    /// A copy that goes on by itself, with the same luck: what is not changed happens in both. With a number of
    /// another replication its luck is another one from here on.
    #[pyo3(signature = (*, replication=None))]
    fn fork(&self, py: Python<'_>, replication: Option<u64>) -> PyResult<Running> {
        self.stands(py)?;
        let copy = Running {
            battle: Arc::clone(&self.battle),
            manifest: self.manifest.clone(),
            world: Some(self.world().clone()),
            record: self.record.clone(),
            seed: self.seed,
            replication: replication.unwrap_or(self.replication),
            network: self.network,
            faults: self.faults.clone(),
            before: self.before.clone(),
            is_over: false,
        };
        self.faults.raise()?;
        Ok(copy)
    }

    /// Measures so far by name, `None` where unobserved.
    fn measures(&self) -> Vec<(String, Option<f64>)> {
        let mut measures = Measures::new(&self.battle.roster());
        self.record.events.iter().for_each(|event| measures.record(event));
        measures.named().into_iter().map(|(name, value)| (name.to_string(), value)).collect()
    }

    /// Fights it to its end.
    pub(crate) fn finish(&mut self, py: Python<'_>) -> PyResult<Recording> {
        self.stands(py)?;
        self.go(py, self.battle.end(), false)?;
        self.with_engine(|engine| engine.finish());
        self.is_over = true;
        let recording = redan_record::Recording {
            roster: self.battle.roster(),
            seed: self.seed,
            replication: self.replication,
            events: std::mem::take(&mut self.record.events),
        };
        Ok(Recording::new(self.manifest.clone(), recording))
    }
}
