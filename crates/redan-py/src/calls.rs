//! The commands of the program, called.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use pyo3::prelude::*;
use redan_store::StudyTable;

use crate::errors;
use crate::table::Table;

/// How often Ctrl-C is looked for while a command is carried out.
const GLANCE: Duration = Duration::from_millis(50);

/// Carries out a command, given as words, without Python's lock; what its `--json` prints, as text. After Ctrl-C a
/// study begins no further part, and what was played is kept where it has an `--out`.
#[pyfunction]
pub(crate) fn answer(py: Python<'_>, words: Vec<String>) -> PyResult<String> {
    redan::calls::held_by(own_file(py)?);
    let stopped = AtomicBool::new(false);
    let goes_on = || !stopped.load(Ordering::Relaxed);
    let (answered, interrupt) = py.detach(|| {
        let (done, wait) = mpsc::channel();
        let (words, goes_on) = (&words, &goes_on);
        std::thread::scope(|scope| {
            scope.spawn(move || done.send(redan::calls::answer(words, goes_on)));
            let mut interrupt = None;
            loop {
                match wait.recv_timeout(GLANCE) {
                    Err(RecvTimeoutError::Timeout) => {}
                    answered => return (answered, interrupt),
                }
                if let Err(error) = Python::attach(|py| py.check_signals()) {
                    stopped.store(true, Ordering::Relaxed);
                    interrupt.get_or_insert(error);
                }
            }
        })
    });
    match (answered, interrupt) {
        (_, Some(interrupt)) => Err(interrupt),
        (Ok(Ok(value)), None) => Ok(value.to_string()),
        (Ok(Err(refusal)), None) => Err(errors::refusal(py, &refusal)),
        (Err(_), None) => Err(errors::failed(py, "the command ended without an answer")),
    }
}

/// The file of this module: what plays the battles is in it, not in the interpreter.
fn own_file(py: Python<'_>) -> PyResult<PathBuf> {
    py.import("redan._redan")?.getattr("__file__")?.extract()
}

/// The table that a study or comparison wrote.
#[pyfunction]
pub(crate) fn study_table(py: Python<'_>, path: PathBuf) -> PyResult<Table> {
    let read = py.detach(|| StudyTable::open(&path).and_then(|table| table.batches()));
    read.map(Table::new).map_err(|error| errors::input(py, &error.to_string()))
}

/// The program `redan` itself, its name first; gives the exit code.
#[pyfunction]
pub(crate) fn main(py: Python<'_>, words: Vec<String>) -> PyResult<u8> {
    redan::calls::held_by(own_file(py)?);
    Ok(py.detach(|| redan::command_line(words)))
}
