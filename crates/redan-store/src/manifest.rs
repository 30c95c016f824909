//! `manifest.json`: what a run was made from, and what its directory holds.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use redan_record::{Recording, Roster, SCHEMA_VERSION};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::StoreError;

/// Name of the file.
pub(crate) const FILE: &str = "manifest.json";

/// A manifest holds a scenario's text and the roster; a longer file is none of ours, and reading it
/// whole would only fill the memory.
const LONGEST_BYTES: u64 = 256 * 1024 * 1024;

/// What a run was made from: enough, with the seed and replication of its
/// [`Recording`], to repeat it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Version of redan that ran it.
    pub redan_version: String,
    /// File name of the scenario, without folders, so that no recording tells where it was made.
    pub scenario_file: String,
    /// Text of the scenario, byte for byte.
    pub scenario_text: String,
    /// Hash of the text, as its maker calls it.
    pub scenario_hash: String,
    /// Hash of all cards that the scenario used.
    pub cards_hash: String,
    /// Relief that was used, in words.
    pub terrain_note: String,
    /// Hash of the heights that were used.
    pub terrain_hash: String,
}

/// One table of a recording, as the manifest knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TableEntry {
    pub(crate) rows: u64,
    pub(crate) bytes: u64,
    pub(crate) blake3: String,
}

/// The file as it stands on disk, in reading order.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ManifestFile {
    schema_version: u32,
    pub(crate) made_from: Manifest,
    pub(crate) variant: String,
    pub(crate) seed: u64,
    pub(crate) replication: u64,
    pub(crate) roster: Roster,
    /// By file name.
    pub(crate) tables: BTreeMap<String, TableEntry>,
    /// Names of all files of the recording, so that replacing it deletes no file of the user's.
    pub(crate) files: Vec<String>,
}

impl ManifestFile {
    pub(crate) fn new(
        manifest: &Manifest,
        recording: &Recording,
        tables: BTreeMap<String, TableEntry>,
        files: Vec<String>,
    ) -> ManifestFile {
        ManifestFile {
            schema_version: SCHEMA_VERSION,
            made_from: manifest.clone(),
            variant: recording.roster.variant.clone(),
            seed: recording.seed,
            replication: recording.replication,
            roster: recording.roster.clone(),
            tables,
            files,
        }
    }

    /// The text of the file. Fails where the roster holds a figure that is not finite: JSON would
    /// turn it into `null`, and only reading it back shows that.
    pub(crate) fn to_text(&self) -> Result<String, StoreError> {
        let not_finite = || StoreError::NotFinite { what: "the roster".to_owned() };
        let text = serde_json::to_string_pretty(self).map_err(|_| not_finite())?;
        let again: ManifestFile = serde_json::from_str(&text).map_err(|_| not_finite())?;
        if again != *self {
            return Err(not_finite());
        }
        Ok(text + "\n")
    }

    /// Reads the manifest of the recording at `directory`; the schema version is looked at first, so
    /// that another schema is called by its name and not by the first field that differs.
    pub(crate) fn read(directory: &Path) -> Result<ManifestFile, StoreError> {
        let path = directory.join(FILE);
        let text = read_text(directory, &path)?;
        let value: Value = serde_json::from_str(&text)
            .map_err(|error| StoreError::damaged(&path, format!("it is not JSON: {error}")))?;
        let found = schema_of(&value)
            .ok_or_else(|| StoreError::damaged(&path, "it has no schema_version"))?;
        if found != u64::from(SCHEMA_VERSION) {
            return Err(StoreError::Schema {
                path: directory.to_owned(),
                found,
                readable: SCHEMA_VERSION,
                written_by: written_by(&value),
            });
        }
        let file: ManifestFile = serde_json::from_str(&text)
            .map_err(|error| StoreError::damaged(&path, error.to_string()))?;
        if file.variant != file.roster.variant {
            return Err(StoreError::damaged(&path, "it names two different variants"));
        }
        Ok(file)
    }
}

/// Files of the recording at `directory` as its manifest lists them, whatever its schema; `None`
/// where there is no recording.
pub(crate) fn files_of_any_schema(directory: &Path) -> Option<Vec<String>> {
    let text = read_text(directory, &directory.join(FILE)).ok()?;
    let value: Value = serde_json::from_str(&text).ok()?;
    schema_of(&value)?;
    let files = value.get("files")?.as_array()?;
    files.iter().map(|name| name.as_str().map(str::to_owned)).collect()
}

fn schema_of(manifest: &Value) -> Option<u64> {
    manifest.get("schema_version")?.as_u64()
}

fn written_by(manifest: &Value) -> String {
    let version = manifest.get("made_from").and_then(|made| made.get("redan_version"));
    version.and_then(Value::as_str).unwrap_or("of its own version").to_owned()
}

fn read_text(directory: &Path, path: &Path) -> Result<String, StoreError> {
    let length = match fs::metadata(path) {
        Ok(found) => found.len(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(StoreError::NotARecording { path: directory.to_owned() });
        }
        Err(error) => return Err(StoreError::io("read", path)(error)),
    };
    if length > LONGEST_BYTES {
        return Err(StoreError::damaged(path, "it is far too long for a manifest"));
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(StoreError::io("read", path))?;
    file.take(LONGEST_BYTES).read_to_end(&mut bytes).map_err(StoreError::io("read", path))?;
    String::from_utf8(bytes).map_err(|_| StoreError::damaged(path, "it is not UTF-8 text"))
}
