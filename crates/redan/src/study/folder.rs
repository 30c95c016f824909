//! A study on the disk: `RESULTS.parts/` while it is under way, one table when it is done.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use redan_store::StudyTable;

use super::about::About;
use crate::exit::bad_input;

/// Where a study is kept.
#[derive(Clone, Debug)]
pub(crate) struct Folder {
    /// The table that it will be.
    pub(crate) out: PathBuf,
    /// The folder of its parts.
    pub(crate) parts: PathBuf,
}

/// What was found.
pub(crate) enum State {
    /// The study was finished before.
    Finished,
    /// It is to begin, or to go on.
    Open,
}

const PLAN: &str = "plan.json";

impl Folder {
    pub(crate) fn new(out: &Path) -> Self {
        let mut parts = out.as_os_str().to_owned();
        parts.push(".parts");
        Self { out: out.to_owned(), parts: parts.into() }
    }

    /// Looks at what is there, refuses what belongs to another study, and writes the plan.
    pub(crate) fn begin(&self, about: &About) -> anyhow::Result<State> {
        if self.out.exists() {
            let table = StudyTable::open(&self.out).map_err(bad_input)?;
            self.same(about, &table.about)?;
            return Ok(State::Finished);
        }
        let plan = self.parts.join(PLAN);
        if plan.exists() {
            let text = fs::read_to_string(&plan).map_err(|error| self.unreadable(&error))?;
            self.same(about, &text)?;
            return Ok(State::Open);
        }
        let made = fs::create_dir_all(&self.parts).and_then(|()| {
            let unfinished = self.parts.join(format!(".{PLAN}.{}.tmp", std::process::id()));
            fs::write(&unfinished, about.to_text().unwrap_or_default())?;
            fs::rename(&unfinished, &plan)
        });
        made.map_err(|error| {
            let folder = self.parts.display();
            bad_input(format!("cannot write to {folder}: {error}\n  hint: name another --out"))
        })?;
        Ok(State::Open)
    }

    fn same(&self, about: &About, found: &str) -> anyhow::Result<()> {
        let found: About = serde_json::from_str(found).map_err(|error| self.unreadable(&error))?;
        let differences = about.differences(&found);
        if differences.is_empty() {
            return Ok(());
        }
        Err(bad_input(format!(
            "{} was begun as another study: {} differ\n  hint: name another --out, or delete it and {} to \
             begin anew",
            self.out.display(),
            differences.join(", "),
            self.parts.display()
        )))
    }

    fn unreadable(&self, error: &dyn std::fmt::Display) -> anyhow::Error {
        bad_input(format!(
            "what is kept of the study {} cannot be read: {error}\n  hint: delete {} to begin anew",
            self.out.display(),
            self.parts.display()
        ))
    }

    /// File of a part of a case.
    pub(crate) fn part(&self, case: usize, part: u64) -> PathBuf {
        self.parts.join(format!("part-{case:04}-{part:05}.parquet"))
    }

    /// Whether a part is there and whole.
    pub(crate) fn has(&self, case: usize, part: u64, rows: u64) -> bool {
        StudyTable::open(&self.part(case, part)).is_ok_and(|table| table.rows == rows)
    }

    /// Removes the parts of a study that is finished.
    pub(crate) fn clear(&self) -> anyhow::Result<()> {
        if !self.parts.exists() {
            return Ok(());
        }
        fs::remove_dir_all(&self.parts)
            .with_context(|| format!("cannot remove {}", self.parts.display()))
    }
}
