//! A recording of one battle.

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use pyo3::prelude::*;
use redan_exchange::{ExchangeError, Format, View};
use redan_record::digest::digest_of;
use redan_record::{Measures, Summary, explain};
use redan_store::{Manifest, TABLES};

use crate::errors;
use crate::table::Table;

/// Everything that happened in one battle.
#[pyclass(frozen, module = "redan")]
pub(crate) struct Recording {
    manifest: Manifest,
    recording: redan_record::Recording,
}

impl Recording {
    /// A recording with what it was made from.
    pub(crate) fn new(manifest: Manifest, recording: redan_record::Recording) -> Self {
        Self { manifest, recording }
    }

    fn summarised(&self) -> Summary {
        Summary::of(&self.recording)
    }
}

/// Reads a recording that `redan run` or `Recording.write` wrote.
#[pyfunction]
pub(crate) fn read(py: Python<'_>, folder: PathBuf) -> PyResult<Recording> {
    let read = py.detach(|| redan_store::read(&folder));
    let (manifest, recording) = read.map_err(|error| errors::input(py, &error.to_string()))?;
    Ok(Recording { manifest, recording })
}

#[pymethods]
impl Recording {
    /// Title of the scenario.
    #[getter]
    fn title(&self) -> &str {
        &self.recording.roster.title
    }

    /// Seed of all chance.
    #[getter]
    fn seed(&self) -> u64 {
        self.recording.seed
    }

    /// Which replication of the seed it is.
    #[getter]
    fn replication(&self) -> u64 {
        self.recording.replication
    }

    /// Digest of the events: equal for equal battles, on any machine.
    #[getter]
    fn digest(&self) -> String {
        digest_of(&self.recording.events).to_string()
    }

    /// Names of the aircraft.
    #[getter]
    fn aircraft(&self) -> Vec<String> {
        self.recording.roster.aircraft.iter().map(|one| one.name.clone()).collect()
    }

    /// The figures of `summary.json`.
    fn summary<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let text = py.detach(|| self.summarised().to_json());
        py.import("json")?.getattr("loads")?.call1((text,))
    }

    /// Measures by name, `None` where unobserved: the columns of a study.
    fn measures(&self) -> Vec<(String, Option<f64>)> {
        let named = Measures::of(&self.recording).named();
        named.into_iter().map(|(name, value)| (name.to_string(), value)).collect()
    }

    /// One of the tables: events, truth, looks, plots, tracks, missiles, engagements.
    fn table(&self, py: Python<'_>, name: &str) -> PyResult<Table> {
        let made = py.detach(|| redan_store::table_of(&self.recording, name));
        let made = made.map_err(|error| errors::failed(py, &error.to_string()))?;
        let batch = made.ok_or_else(|| {
            let known = TABLES.join(", ");
            errors::input(py, &format!("a recording has no table {name:?}\nhint: it has {known}"))
        })?;
        Ok(Table::new(vec![batch]))
    }

    /// What became of an aircraft or flight, and why: the text of `redan trace`.
    fn explain(&self, py: Python<'_>, aircraft: &str) -> PyResult<String> {
        let found = explain::find_aircraft(&self.recording.roster, aircraft);
        let found = found.map_err(|error| errors::input(py, &error.to_string()))?;
        let told = found.iter().map(|one| explain::answer(&self.recording, *one));
        Ok(told.collect::<Vec<_>>().join("\n\n"))
    }

    /// Writes it as a folder, which `redan trace`, `redan view` and `redan export` read.
    fn write(&self, py: Python<'_>, folder: PathBuf) -> PyResult<()> {
        let written = py.detach(|| {
            let summary = self.summarised().to_json();
            redan_store::write(&folder, &self.manifest, &self.recording, &summary, &[])
        });
        written.map_err(|error| errors::input(py, &error.to_string()))
    }

    /// Writes it as a file for other programs.
    #[pyo3(signature = (file, *, format, view="truth"))]
    fn export(&self, py: Python<'_>, file: PathBuf, format: &str, view: &str) -> PyResult<()> {
        py.detach(|| self.exported(&file, format, view))
            .map_err(|error| errors::input(py, &error.to_string()))
    }
}

impl Recording {
    fn exported(&self, file: &Path, format: &str, view: &str) -> Result<(), ExchangeError> {
        let (format, view): (Format, View) = (format.parse()?, view.parse()?);
        let mut out = BufWriter::new(File::create(file)?);
        redan_exchange::write(&self.recording, format, &view, &mut out)
    }
}
