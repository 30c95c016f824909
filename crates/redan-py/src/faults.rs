//! Exceptions of Python code inside a battle. The engine cannot fail, so the first one is kept here, what was asked
//! is answered with nothing, and whoever drives the engine stops it and raises.

use std::sync::{Arc, Mutex, PoisonError};

use pyo3::prelude::*;

/// Where the first exception of a battle is kept.
#[derive(Clone, Default)]
pub(crate) struct Faults(Arc<Mutex<Option<PyErr>>>);

impl Faults {
    /// The value, or nothing and the exception is kept.
    pub(crate) fn keep<T: Default>(&self, result: PyResult<T>) -> T {
        result.unwrap_or_else(|error| {
            self.lock().get_or_insert(error);
            T::default()
        })
    }

    /// Whether there is none.
    pub(crate) fn none(&self) -> bool {
        self.lock().is_none()
    }

    /// Raises what was kept.
    pub(crate) fn raise(&self) -> PyResult<()> {
        self.lock().take().map_or(Ok(()), Err)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<PyErr>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A copy of a Python object as `copy.deepcopy` makes it, for a battle that is forked.
pub(crate) fn copied(object: &Py<PyAny>, faults: &Faults) -> Py<PyAny> {
    Python::attach(|py| {
        let copy = py.import("copy").and_then(|copy| copy.getattr("deepcopy")?.call1((object,)));
        let copy = faults.keep(copy.map(|copy| Some(copy.unbind())));
        copy.unwrap_or_else(|| object.clone_ref(py))
    })
}
