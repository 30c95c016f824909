//! The directory of a recording: written whole or not at all, read back or refused.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use redan_record::{Event, Recording};

use crate::bulk::{self, Bulk, Look, MissileFlight, Plotted, Truth, Updated};
use crate::events::{self, Detailed};
use crate::manifest::{self, Manifest, ManifestFile, TableEntry};
use crate::names::Names;
use crate::table::{self, Rows};
use crate::{StoreError, engagements};

/// Name of the file that holds the measures of the run.
const SUMMARY: &str = "summary.json";

/// Writes a recording into the directory `dir`: manifest, tables, `summary.json` with the text
/// `summary`, and `extra` files by name and content, such as a report.
///
/// Everything is written into a directory beside `dir` that takes its name at the end, so that no
/// reader ever meets half a recording and a failure leaves `dir` as it was. A recording that stands
/// at `dir` is replaced; anything else there is left alone and is an error. The same arguments give
/// the same bytes. Parent directories are made as needed.
///
/// # Errors
/// When the disk refuses, when `dir` holds something else, when events are out of order, when a
/// figure outside the bulk tables is not finite, or when an extra file has an impossible name.
pub fn write(
    dir: &Path,
    manifest: &Manifest,
    recording: &Recording,
    summary: &str,
    extra: &[(&str, &[u8])],
) -> Result<(), StoreError> {
    check_order(&recording.events)?;
    check_names(extra)?;
    let replaced = check_place(dir)?;
    let unfinished = Unfinished::beside(dir)?;
    write_files(&unfinished.path, manifest, recording, summary, extra)?;
    unfinished.finish(dir, replaced)
}

/// Whether a recording could be written to `dir`: nothing stands there, or one that may be replaced.
/// To be asked before a long run, so that its result is not lost.
///
/// # Errors
/// As those of [`write()`] that concern the place.
pub fn writable(dir: &Path) -> Result<(), StoreError> {
    check_place(dir)?;
    // What stands in the way of writing shows when one tries.
    drop(Unfinished::beside(dir)?);
    Ok(())
}

/// Reads the recording in the directory `dir`: what it was made from, and its events bit for bit
/// as they were written, in the order of their numbers.
///
/// Every table is compared with the length and hash in the manifest before it is opened.
///
/// # Errors
/// When `dir` is no recording, when it has another schema than [`redan_record::SCHEMA_VERSION`], or
/// when a file is missing, cut, changed or does not hold what a recording must.
pub fn read(dir: &Path) -> Result<(Manifest, Recording), StoreError> {
    let file = ManifestFile::read(dir)?;
    let mut events = read_table(dir, &file, events::TABLE, events::read)?;
    events.extend(read_bulk::<Truth<'_>>(dir, &file)?);
    events.extend(read_bulk::<Look<'_>>(dir, &file)?);
    events.extend(read_bulk::<Plotted<'_>>(dir, &file)?);
    events.extend(read_bulk::<Updated<'_>>(dir, &file)?);
    events.extend(read_bulk::<MissileFlight<'_>>(dir, &file)?);
    events.sort_by_key(|event| event.id);
    check_order(&events).map_err(|error| {
        let first_line = error.to_string().lines().next().unwrap_or_default().to_owned();
        StoreError::damaged(dir, first_line)
    })?;
    let ManifestFile { made_from, seed, replication, roster, .. } = file;
    Ok((made_from, Recording { roster, seed, replication, events }))
}

/// Reads only what the recording in `dir` was made from.
///
/// # Errors
/// As [`read`], for the manifest alone.
pub fn read_manifest(dir: &Path) -> Result<Manifest, StoreError> {
    Ok(ManifestFile::read(dir)?.made_from)
}

/// Reads the text of `summary.json` of the recording in `dir`.
///
/// # Errors
/// When `dir` is no recording of this schema, or the file is missing or not UTF-8.
pub fn read_summary(dir: &Path) -> Result<String, StoreError> {
    ManifestFile::read(dir)?;
    let path = dir.join(SUMMARY);
    let bytes = fs::read(&path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => StoreError::damaged(&path, "it is missing"),
        _ => StoreError::io("read", &path)(error),
    })?;
    String::from_utf8(bytes).map_err(|_| StoreError::damaged(&path, "it is not UTF-8 text"))
}

fn write_files(
    into: &Path,
    manifest: &Manifest,
    recording: &Recording,
    summary: &str,
    extra: &[(&str, &[u8])],
) -> Result<(), StoreError> {
    let tables = write_tables(into, &manifest.redan_version, recording)?;
    let mut files: Vec<String> = tables.keys().cloned().collect();
    files.extend([manifest::FILE, SUMMARY].map(str::to_owned));
    files.extend(extra.iter().map(|(name, _)| (*name).to_owned()));
    files.sort();
    let text = ManifestFile::new(manifest, recording, tables, files).to_text()?;
    let fixed = [(manifest::FILE, text.as_bytes()), (SUMMARY, summary.as_bytes())];
    for (name, content) in fixed.iter().chain(extra) {
        let path = into.join(name);
        fs::write(&path, content).map_err(StoreError::io("write", &path))?;
    }
    Ok(())
}

fn write_tables(
    into: &Path,
    redan_version: &str,
    recording: &Recording,
) -> Result<BTreeMap<String, TableEntry>, StoreError> {
    let names = Names::of(recording);
    let all = &recording.events;
    let mut tables = BTreeMap::new();
    let mut add = |table: &str, entry: TableEntry| tables.insert(table.to_owned(), entry);

    let detailed = all.iter().filter(|event| !bulk::has_table(&event.what));
    let detailed: Vec<Detailed<'_>> = detailed.map(Detailed::of).collect::<Result<_, _>>()?;
    let columns = |rows: &[Detailed<'_>]| events::columns(rows, &names);
    add(events::TABLE, table::write(into, events::TABLE, redan_version, &detailed, columns)?);

    let fought = names.engagements.rows();
    let columns = |rows: &[_]| engagements::columns(rows, &names);
    let entry = table::write(into, engagements::TABLE, redan_version, &fought, columns)?;
    add(engagements::TABLE, entry);

    add(Truth::TABLE, write_bulk::<Truth<'_>>(into, redan_version, all, &names)?);
    add(Look::TABLE, write_bulk::<Look<'_>>(into, redan_version, all, &names)?);
    add(Plotted::TABLE, write_bulk::<Plotted<'_>>(into, redan_version, all, &names)?);
    add(Updated::TABLE, write_bulk::<Updated<'_>>(into, redan_version, all, &names)?);
    add(MissileFlight::TABLE, write_bulk::<MissileFlight<'_>>(into, redan_version, all, &names)?);
    Ok(tables)
}

fn write_bulk<'a, Row: Bulk<'a>>(
    into: &Path,
    redan_version: &str,
    events: &'a [Event],
    names: &Names<'_>,
) -> Result<TableEntry, StoreError> {
    let rows: Vec<Row> = events.iter().filter_map(Row::of).collect();
    table::write(into, Row::TABLE, redan_version, &rows, |some| Row::columns(some, names))
}

fn read_bulk<'a, Row: Bulk<'a>>(dir: &Path, file: &ManifestFile) -> Result<Vec<Event>, StoreError> {
    read_table(dir, file, Row::TABLE, Row::read)
}

fn read_table(
    dir: &Path,
    file: &ManifestFile,
    name: &str,
    events_of: impl Fn(&Rows<'_>) -> Result<Vec<Event>, StoreError>,
) -> Result<Vec<Event>, StoreError> {
    let entry = file.tables.get(name).ok_or_else(|| {
        StoreError::damaged(&dir.join(manifest::FILE), format!("it does not list {name}"))
    })?;
    table::read(dir, name, entry, events_of)
}

fn check_order(events: &[Event]) -> Result<(), StoreError> {
    let out_of_order = events.windows(2).find(|pair| pair[1].id <= pair[0].id);
    if let Some(pair) = out_of_order {
        let problem = "does not follow the event before it";
        return Err(StoreError::Order { event: pair[1].id.0, problem });
    }
    let too_late = |event: &&Event| event.cause.is_some_and(|cause| cause >= event.id);
    match events.iter().find(too_late) {
        Some(event) => Err(StoreError::Order {
            event: event.id.0,
            problem: "names a cause that is not earlier",
        }),
        None => Ok(()),
    }
}

fn check_names(extra: &[(&str, &[u8])]) -> Result<(), StoreError> {
    for (index, (name, _)) in extra.iter().enumerate() {
        let plain = Path::new(name).file_name().is_some_and(|file| file == *name);
        let reserved = name.ends_with(".parquet") || [manifest::FILE, SUMMARY].contains(name);
        let repeated = extra[..index].iter().any(|(earlier, _)| earlier == name);
        if !plain || name.contains(['/', '\\', ':']) || reserved || repeated {
            return Err(StoreError::FileName { name: (*name).to_owned() });
        }
    }
    Ok(())
}

/// Whether something that may be replaced stands at `dir`: a recording with nothing but its own
/// files, or an empty directory.
fn check_place(dir: &Path) -> Result<bool, StoreError> {
    let kind = match fs::symlink_metadata(dir) {
        Ok(found) => found.file_type(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(StoreError::io("look at", dir)(error)),
    };
    if !kind.is_dir() {
        return Err(StoreError::Occupied { path: dir.to_owned() });
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).map_err(StoreError::io("list", dir))? {
        let entry = entry.map_err(StoreError::io("list", dir))?;
        found.push(entry.file_name().to_string_lossy().into_owned());
    }
    found.sort();
    if found.is_empty() {
        return Ok(true);
    }
    let own = manifest::files_of_any_schema(dir)
        .ok_or_else(|| StoreError::Occupied { path: dir.to_owned() })?;
    match found.into_iter().find(|name| !own.contains(name)) {
        Some(file) => Err(StoreError::ForeignFile { path: dir.to_owned(), file }),
        None => Ok(true),
    }
}

/// A directory that is removed unless it is finished.
struct Unfinished {
    path: PathBuf,
}

impl Unfinished {
    fn beside(dir: &Path) -> Result<Unfinished, StoreError> {
        let path = sibling(dir, "unfinished")?;
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(StoreError::io("make", parent))?;
        }
        fs::create_dir(&path).map_err(StoreError::io("make", &path))?;
        Ok(Unfinished { path })
    }

    /// Gives the directory its name. What it replaces is moved aside first and comes back should
    /// the renaming fail.
    fn finish(self, dir: &Path, replaced: bool) -> Result<(), StoreError> {
        if !replaced {
            return fs::rename(&self.path, dir).map_err(StoreError::io("rename", dir));
        }
        let old = sibling(dir, "replaced")?;
        fs::rename(dir, &old).map_err(StoreError::io("rename", dir))?;
        if let Err(error) = fs::rename(&self.path, dir) {
            // The first error is the one to report, whatever becomes of the way back.
            let _ = fs::rename(&old, dir);
            return Err(StoreError::io("rename", dir)(error));
        }
        fs::remove_dir_all(&old).map_err(StoreError::io("remove", &old))
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // After a success there is nothing left under this name, and after a failure the error
        // that caused it is on its way to the user already.
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// A name beside `dir` that no other process takes. It ends in `.tmp`, so that one left behind by a
/// power failure is known for what it is.
fn sibling(dir: &Path, purpose: &str) -> Result<PathBuf, StoreError> {
    let name = dir
        .file_name()
        .ok_or_else(|| StoreError::FileName { name: dir.display().to_string() })?
        .to_string_lossy();
    let process = std::process::id();
    Ok(dir.with_file_name(format!(".{name}.{purpose}-{process}.tmp")))
}
