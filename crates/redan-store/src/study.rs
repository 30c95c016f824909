//! The table of a study: one row for each replication, in Parquet.
//!
//! Columns, in this order: `case` (variant or setting, empty for none), `replication`, `draw`, `attempts`,
//! `digest`, the measures by their names (null where unobserved), `figure.CARD.PARAMETER` with what was drawn in
//! the unit of the card, and `claim.CARD.PARAMETER` where rival claims hold under different conditions. What
//! the study was is written as JSON into the metadata of the file under `redan.study`.
//!
//! A study in progress is a folder of parts, each written under another name first, so that a part that has
//! its name is whole. [`join`] makes one table of them; rows go through memory in batches, and the bytes
//! depend on the rows alone, not on how they were cut into parts.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, Float64Array, RecordBatch, StringArray, UInt32Array, UInt64Array,
};
use arrow::datatypes::{DataType, Field, Schema};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::arrow::arrow_writer::ArrowWriterOptions;
use parquet::arrow::{ArrowWriter, ProjectionMask};
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::schema::types::ColumnPath;

use crate::StoreError;

/// Rows that are turned into columns at one time, and rows of a group in the file.
const BATCH: usize = 1_024;
const GROUP: usize = 32 * BATCH;

/// Key of the study's description in the file's metadata.
const ABOUT: &str = "redan.study";

/// Names of the columns that differ from study to study.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StudyColumns {
    /// Measures.
    pub measures: Vec<String>,
    /// Figures, as `CARD.PARAMETER`.
    pub figures: Vec<String>,
    /// Figures with rival claims, as `CARD.PARAMETER`.
    pub claims: Vec<String>,
}

/// One replication.
#[derive(Clone, Debug, PartialEq)]
pub struct StudyRow {
    /// Variant or setting.
    pub case: String,
    /// Number of the replication.
    pub replication: u64,
    /// Its draw of the ledger.
    pub draw: u64,
    /// How often its figures had to be drawn again.
    pub attempts: u32,
    /// Digest of its events.
    pub digest: String,
    /// One for each measure.
    pub measures: Vec<Option<f64>>,
    /// One for each figure.
    pub figures: Vec<Option<f64>>,
    /// One for each figure with rivals.
    pub claims: Vec<Option<String>>,
}

/// Writes rows to `path`, under another name first. Folders are made as needed.
///
/// # Errors
/// When the disk refuses.
pub fn write_study(
    path: &Path,
    about: &str,
    columns: &StudyColumns,
    rows: &[StudyRow],
) -> Result<(), StoreError> {
    finished(path, |file| {
        let mut writer = writer(file, about, columns)?;
        for some in rows.chunks(BATCH) {
            writer.write(&batch(columns, some)?)?;
        }
        writer.close().map(|_| ())
    })
}

/// Makes one table of parts, in their order. `keep` says which rows stay.
///
/// # Errors
/// When a part cannot be read, or the disk refuses.
pub fn join(
    parts: &[PathBuf],
    path: &Path,
    about: &str,
    columns: &StudyColumns,
    keep: &dyn Fn(&StudyRow) -> bool,
) -> Result<(), StoreError> {
    // Read errors of a part must name the part, so they are kept apart from those of writing.
    let mut failed = None;
    let written = finished(path, |file| {
        let mut writer = writer(file, about, columns)?;
        let mut waiting: Vec<StudyRow> = Vec::new();
        for part in parts {
            match read_rows(part, columns) {
                Ok(rows) => waiting.extend(rows.into_iter().filter(|row| keep(row))),
                Err(error) => {
                    failed = Some(error);
                    return Err(ParquetError::General("a part cannot be read".to_owned()));
                }
            }
            while waiting.len() >= BATCH {
                let rest = waiting.split_off(BATCH);
                writer.write(&batch(columns, &waiting)?)?;
                waiting = rest;
            }
        }
        writer.write(&batch(columns, &waiting)?)?;
        writer.close().map(|_| ())
    });
    failed.map_or(written, Err)
}

/// A table of a study on the disk. Columns are read one at a time.
#[derive(Clone, Debug)]
pub struct StudyTable {
    path: PathBuf,
    /// Description of the study, as its maker wrote it.
    pub about: String,
    /// Its columns.
    pub columns: StudyColumns,
    /// Number of rows.
    pub rows: u64,
}

impl StudyTable {
    /// Opens a table.
    ///
    /// # Errors
    /// When there is none at `path`, or it is not one of redan's.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let reader = opened(path)?;
        let metadata = reader.metadata().file_metadata();
        let about = metadata.key_value_metadata().into_iter().flatten();
        let about = about.filter(|entry| entry.key == ABOUT).find_map(|entry| entry.value.clone());
        let about = about.ok_or_else(|| StoreError::study(path, "no study of redan wrote it"))?;
        let names: Vec<&str> =
            reader.schema().fields().iter().map(|field| field.name().as_str()).collect();
        let of = |prefix: &str| -> Vec<String> {
            names.iter().filter_map(|name| name.strip_prefix(prefix)).map(str::to_owned).collect()
        };
        let fixed = ["case", "replication", "draw", "attempts", "digest"];
        let is_measure = |name: &&&str| !fixed.contains(*name) && !name.contains('.');
        let columns = StudyColumns {
            measures: names.iter().filter(is_measure).map(|name| (*name).to_owned()).collect(),
            figures: of("figure."),
            claims: of("claim."),
        };
        let rows = metadata.num_rows().unsigned_abs();
        Ok(Self { path: path.to_owned(), about, columns, rows })
    }

    /// Numbers of a column, `None` where it has a gap.
    ///
    /// # Errors
    /// When there is no such column of numbers, or the file cannot be read.
    pub fn numbers(&self, column: &str) -> Result<Vec<Option<f64>>, StoreError> {
        let mut found = Vec::new();
        self.each(column, |array| {
            let any = array.as_any();
            if let Some(array) = any.downcast_ref::<Float64Array>() {
                found.extend(array.iter());
            } else if let Some(array) = any.downcast_ref::<UInt64Array>() {
                found.extend(array.iter().map(|value| value.map(|value| value as f64)));
            } else if let Some(array) = any.downcast_ref::<UInt32Array>() {
                found.extend(array.iter().map(|value| value.map(f64::from)));
            } else {
                return false;
            }
            true
        })?;
        Ok(found)
    }

    /// Whole numbers of a column without gaps.
    ///
    /// # Errors
    /// As [`StudyTable::numbers`].
    pub fn wholes(&self, column: &str) -> Result<Vec<u64>, StoreError> {
        let mut found = Vec::new();
        self.each(column, |array| match array.as_any().downcast_ref::<UInt64Array>() {
            Some(array) => {
                found.extend_from_slice(array.values());
                true
            }
            None => false,
        })?;
        Ok(found)
    }

    /// Words of a column, `None` where it has a gap.
    ///
    /// # Errors
    /// As [`StudyTable::numbers`].
    pub fn texts(&self, column: &str) -> Result<Vec<Option<String>>, StoreError> {
        let mut found = Vec::new();
        self.each(column, |array| match array.as_any().downcast_ref::<StringArray>() {
            Some(array) => {
                found.extend(array.iter().map(|text| text.map(str::to_owned)));
                true
            }
            None => false,
        })?;
        Ok(found)
    }

    /// The whole table as it stands in the file, in batches.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn batches(&self) -> Result<Vec<RecordBatch>, StoreError> {
        let damaged = |problem: String| StoreError::study(&self.path, problem);
        let reader = opened(&self.path)?.with_batch_size(GROUP).build();
        let reader = reader.map_err(|error| damaged(error.to_string()))?;
        reader.map(|batch| batch.map_err(|error| damaged(error.to_string()))).collect()
    }

    /// Calls `take` with each piece of a column; it answers whether the type is right.
    fn each(
        &self,
        column: &str,
        mut take: impl FnMut(&ArrayRef) -> bool,
    ) -> Result<(), StoreError> {
        let damaged = |problem: String| StoreError::study(&self.path, problem);
        let reader = opened(&self.path)?;
        let schema = reader.parquet_schema();
        let index = reader.schema().index_of(column);
        let index = index.map_err(|_| damaged(format!("it has no column {column}")))?;
        let mask = ProjectionMask::roots(schema, [index]);
        let batches = reader.with_projection(mask).with_batch_size(GROUP).build();
        for batch in batches.map_err(|error| damaged(error.to_string()))? {
            let batch = batch.map_err(|error| damaged(error.to_string()))?;
            if !take(batch.column(0)) {
                return Err(damaged(format!("column {column} is of another type")));
            }
        }
        Ok(())
    }
}

/// Rows of a part, in their order.
///
/// # Errors
/// When it is missing, cut, or has other columns.
pub fn read_rows(path: &Path, columns: &StudyColumns) -> Result<Vec<StudyRow>, StoreError> {
    let table = StudyTable::open(path)?;
    if table.columns != *columns {
        return Err(StoreError::study(path, "it has the columns of another study"));
    }
    let numbers = |prefix: &str, names: &[String]| -> Result<Vec<Vec<Option<f64>>>, StoreError> {
        names.iter().map(|name| table.numbers(&format!("{prefix}{name}"))).collect()
    };
    let measures = numbers("", &columns.measures)?;
    let figures = numbers("figure.", &columns.figures)?;
    let claims = columns.claims.iter().map(|name| table.texts(&format!("claim.{name}")));
    let claims: Vec<Vec<Option<String>>> = claims.collect::<Result<_, _>>()?;
    let (cases, digests) = (table.texts("case")?, table.texts("digest")?);
    let (replications, draws) = (table.wholes("replication")?, table.wholes("draw")?);
    let attempts = table.numbers("attempts")?;
    let across = |columns: &[Vec<Option<f64>>], row: usize| -> Vec<Option<f64>> {
        columns.iter().map(|column| column[row]).collect()
    };
    let row = |row: usize| StudyRow {
        case: cases[row].clone().unwrap_or_default(),
        replication: replications[row],
        draw: draws[row],
        attempts: attempts[row].unwrap_or(0.0) as u32,
        digest: digests[row].clone().unwrap_or_default(),
        measures: across(&measures, row),
        figures: across(&figures, row),
        claims: claims.iter().map(|column| column[row].clone()).collect(),
    };
    Ok((0..replications.len()).map(row).collect())
}

fn opened(path: &Path) -> Result<ParquetRecordBatchReaderBuilder<File>, StoreError> {
    let file = File::open(path).map_err(StoreError::io("read", path))?;
    ParquetRecordBatchReaderBuilder::try_new(file)
        .map_err(|error| StoreError::study(path, error.to_string()))
}

/// Writes a file under another name, sees it to the disk, and gives it its own.
fn finished(
    path: &Path,
    write: impl FnOnce(File) -> Result<(), ParquetError>,
) -> Result<(), StoreError> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(StoreError::io("make", folder))?;
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let unfinished = path.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
    let file = File::create(&unfinished).map_err(StoreError::io("write", &unfinished))?;
    let kept = file.try_clone().map_err(StoreError::io("write", &unfinished))?;
    let written = write(file)
        .map_err(|error| StoreError::study(path, error.to_string()))
        .and_then(|()| kept.sync_all().map_err(StoreError::io("write", &unfinished)))
        .and_then(|()| fs::rename(&unfinished, path).map_err(StoreError::io("rename", path)));
    if written.is_err() {
        // The error that led here is the one to report.
        let _ = fs::remove_file(&unfinished);
    }
    written
}

fn writer(
    file: File,
    about: &str,
    columns: &StudyColumns,
) -> Result<ArrowWriter<File>, ParquetError> {
    let schema = batch(columns, &[])?.schema();
    let mut builder = WriterProperties::builder()
        .set_created_by(format!("redan {}", env!("CARGO_PKG_VERSION")))
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(3)?))
        .set_max_row_group_row_count(Some(GROUP))
        .set_key_value_metadata(Some(vec![KeyValue::new(ABOUT.to_owned(), about.to_owned())]));
    for field in schema.fields() {
        // A path of one part: the names of figures hold dots.
        let path = ColumnPath::new(vec![field.name().clone()]);
        let encoding = match field.data_type() {
            DataType::Float64 => Encoding::BYTE_STREAM_SPLIT,
            DataType::UInt64 | DataType::UInt32 => Encoding::DELTA_BINARY_PACKED,
            _ => continue,
        };
        // Figures repeat over the battles of a draw and counts are few: there a dictionary is shorter.
        if *field.data_type() != DataType::Float64 {
            builder = builder.set_column_dictionary_enabled(path.clone(), false);
        }
        builder = builder.set_column_encoding(path, encoding);
    }
    let options =
        ArrowWriterOptions::new().with_properties(builder.build()).with_skip_arrow_metadata(true);
    ArrowWriter::try_new_with_options(file, schema, options)
}

fn batch(columns: &StudyColumns, rows: &[StudyRow]) -> Result<RecordBatch, ParquetError> {
    let mut fields = Vec::new();
    let mut arrays: Vec<ArrayRef> = Vec::new();
    let mut add = |name: String, array: ArrayRef, may_be_null: bool| {
        fields.push(Field::new(name, array.data_type().clone(), may_be_null));
        arrays.push(array);
    };
    let text = |of: &dyn Fn(&StudyRow) -> Option<&str>| -> ArrayRef {
        Arc::new(rows.iter().map(of).collect::<StringArray>())
    };
    let whole = |of: &dyn Fn(&StudyRow) -> u64| -> ArrayRef {
        Arc::new(UInt64Array::from_iter_values(rows.iter().map(of)))
    };
    let number = |of: &dyn Fn(&StudyRow) -> Option<f64>| -> ArrayRef {
        Arc::new(rows.iter().map(of).collect::<Float64Array>())
    };
    add("case".to_owned(), text(&|row| Some(&row.case)), false);
    add("replication".to_owned(), whole(&|row| row.replication), false);
    add("draw".to_owned(), whole(&|row| row.draw), false);
    let attempts: UInt32Array = rows.iter().map(|row| Some(row.attempts)).collect();
    add("attempts".to_owned(), Arc::new(attempts), false);
    add("digest".to_owned(), text(&|row| Some(&row.digest)), false);
    for (index, name) in columns.measures.iter().enumerate() {
        add(name.clone(), number(&|row| row.measures[index]), true);
    }
    for (index, name) in columns.figures.iter().enumerate() {
        add(format!("figure.{name}"), number(&|row| row.figures[index]), true);
    }
    for (index, name) in columns.claims.iter().enumerate() {
        add(format!("claim.{name}"), text(&|row| row.claims[index].as_deref()), true);
    }
    Ok(RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays)?)
}
