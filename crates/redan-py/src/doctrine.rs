//! Doctrines from outside: one written in Python, one that was told what to order, and one that only looks.

use std::sync::{Arc, Mutex, PoisonError};

use pyo3::prelude::*;
use redan_command::{Decision, Doctrine, Order, Reason, Withheld, check, threat};
use redan_sim::Battle;

use crate::faults::{Faults, copied};
use crate::situation::{self, Situation};

/// A doctrine whose `decide` is Python's.
pub(crate) struct Written {
    /// The object.
    pub(crate) object: Py<PyAny>,
    /// The battle that it fights.
    pub(crate) battle: Arc<Battle>,
    /// Number of its network.
    pub(crate) network: usize,
    /// Where its exceptions are kept.
    pub(crate) faults: Faults,
}

impl Doctrine for Written {
    fn decide(&mut self, situation: &redan_command::Situation<'_>) -> Decision {
        let orders = match self.faults.none() {
            true => Python::attach(|py| self.faults.keep(self.ask(py, situation))),
            false => Vec::new(),
        };
        decision(situation, orders)
    }

    fn boxed_clone(&self) -> Box<dyn Doctrine> {
        Box::new(Written {
            object: copied(&self.object, &self.faults),
            battle: Arc::clone(&self.battle),
            network: self.network,
            faults: self.faults.clone(),
        })
    }
}

impl Written {
    fn ask(
        &self,
        py: Python<'_>,
        situation: &redan_command::Situation<'_>,
    ) -> PyResult<Vec<Order>> {
        let shown = Situation::of(&self.battle, self.network, situation);
        let answer = self.object.call_method1(py, "decide", (shown.clone(),))?;
        let of = |order: PyResult<Bound<'_, PyAny>>| -> PyResult<Order> {
            shown.numbered(py, &order?.extract::<situation::Order>().map_err(PyErr::from)?)
        };
        answer.bind(py).try_iter()?.map(of).collect()
    }
}

/// Gives the orders that it was told, once.
#[derive(Clone)]
pub(crate) struct Told(pub(crate) Vec<Order>);

impl Doctrine for Told {
    fn decide(&mut self, situation: &redan_command::Situation<'_>) -> Decision {
        decision(situation, std::mem::take(&mut self.0))
    }

    fn boxed_clone(&self) -> Box<dyn Doctrine> {
        Box::new(self.clone())
    }
}

/// Keeps what it is shown and orders nothing.
#[derive(Clone)]
pub(crate) struct Looking {
    /// The battle.
    pub(crate) battle: Arc<Battle>,
    /// Number of the network.
    pub(crate) network: usize,
    /// What it saw.
    pub(crate) seen: Arc<Mutex<Option<Situation>>>,
}

impl Doctrine for Looking {
    fn decide(&mut self, situation: &redan_command::Situation<'_>) -> Decision {
        let seen = Situation::of(&self.battle, self.network, situation);
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = Some(seen);
        Decision::default()
    }

    fn boxed_clone(&self) -> Box<dyn Doctrine> {
        Box::new(self.clone())
    }
}

/// Orders from outside as a whole decision, with a reason for every confirmed track that got none.
fn decision(situation: &redan_command::Situation<'_>, orders: Vec<Order>) -> Decision {
    let threats = threat::evaluate(situation);
    let why = |track: &redan_track::Track| match check::permitted(situation, track) {
        Err(reason) => reason,
        Ok(()) if situation.committed(track.id).is_some() => Reason::AlreadyEngaged,
        Ok(()) if threats.iter().all(|threat| threat.track != track.id) => Reason::NoThreat,
        Ok(()) => Reason::DoctrineHolds,
    };
    let left = situation.tracks.iter().filter(|track| track.confirmed.is_some());
    let left = left.filter(|track| orders.iter().all(|order| order.track != track.id));
    let withheld: Vec<Withheld> =
        left.map(|track| Withheld { track: track.id, unit: None, reason: why(track) }).collect();
    Decision { threats, orders, withheld }
}
