//! Errors as Python exceptions, with place, reason and hint apart.

use pyo3::prelude::*;
use redan::calls::Refusal;
use redan_load::LoadError;
use redan_sim::scenario::{Problem, Problems};

/// The user can mend it.
pub(crate) fn input(py: Python<'_>, message: &str) -> PyErr {
    raised(py, "InputError", message, None)
}

/// Something failed inside.
pub(crate) fn failed(py: Python<'_>, message: &str) -> PyErr {
    raised(py, "RedanError", message, None)
}

/// A battle that cannot be loaded.
pub(crate) fn load(py: Python<'_>, error: &LoadError) -> PyErr {
    match error {
        LoadError::Scenario(problems) => scenario(py, problems),
        other => input(py, &other.to_string()),
    }
}

/// A command that gave no answer.
pub(crate) fn refusal(py: Python<'_>, refusal: &Refusal) -> PyErr {
    match (&refusal.problems, refusal.is_input) {
        (Some(problems), _) => scenario(py, problems),
        (None, true) => input(py, &refusal.message),
        (None, false) => failed(py, &refusal.message),
    }
}

fn scenario(py: Python<'_>, problems: &Problems) -> PyErr {
    raised(py, "InputError", "the scenario cannot be used", Some(problems))
}

/// File, line, column, field, reason, hint.
type Place = (String, Option<usize>, Option<usize>, String, String, Option<String>);

fn raised(py: Python<'_>, class: &str, message: &str, problems: Option<&Problems>) -> PyErr {
    let place = |file: &str, problem: &Problem| -> Place {
        let known = |number: usize| (number > 0).then_some(number);
        let Problem { line, column, field, reason, hint, .. } = problem.clone();
        (file.to_string(), known(line), known(column), field, reason, hint)
    };
    let places: Vec<Place> = problems
        .iter()
        .flat_map(|problems| problems.list.iter().map(|one| place(&problems.file, one)))
        .collect();
    let made = py
        .import("redan.errors")
        .and_then(|module| module.getattr(class)?.call1((message, places)));
    match made {
        Ok(exception) => PyErr::from_value(exception),
        Err(error) => error,
    }
}
