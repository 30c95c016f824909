//! One Parquet file: typed columns in, typed columns out.
//!
//! Floating-point columns are split by bytes and never go through a dictionary, whole numbers are
//! stored as differences, words as dictionaries, everything under zstd. All of it is fixed, so that
//! the same recording gives the same bytes.

use std::fs::{self, File};
use std::io::{self, Read, Seek};
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, BooleanArray, Float64Array, Int64Array, RecordBatch, StringArray, UInt32Array,
    UInt64Array,
};
use arrow::datatypes::{DataType, Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::arrow::arrow_writer::ArrowWriterOptions;
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::schema::types::ColumnPath;
use redan_record::SCHEMA_VERSION;

use crate::StoreError;
use crate::manifest::TableEntry;

/// Rows that are held as columns at one time.
const ROWS_PER_BATCH: usize = 65_536;

/// Columns of one table, or of some rows of it.
#[derive(Default)]
pub(crate) struct Columns {
    fields: Vec<Field>,
    arrays: Vec<ArrayRef>,
}

impl Columns {
    /// Adds a column without gaps.
    pub(crate) fn required(&mut self, name: &str, array: impl Array + 'static) {
        self.fields.push(Field::new(name, array.data_type().clone(), false));
        self.arrays.push(Arc::new(array));
    }

    /// Adds a column that may be null.
    pub(crate) fn optional(&mut self, name: &str, array: impl Array + 'static) {
        self.fields.push(Field::new(name, array.data_type().clone(), true));
        self.arrays.push(Arc::new(array));
    }

    fn schema(&self) -> Arc<Schema> {
        Arc::new(Schema::new(self.fields.clone()))
    }

    fn into_batch(self) -> Result<RecordBatch, ParquetError> {
        Ok(RecordBatch::try_new(self.schema(), self.arrays)?)
    }
}

/// Writes `rows` to `directory/table`; `columns` turns some of the rows into columns.
pub(crate) fn write<Row>(
    directory: &Path,
    table: &'static str,
    redan_version: &str,
    rows: &[Row],
    columns: impl Fn(&[Row]) -> Columns,
) -> Result<TableEntry, StoreError> {
    let bytes = encode(table, redan_version, rows, columns)
        .map_err(|source| StoreError::Table { table, source })?;
    let path = directory.join(table);
    fs::write(&path, &bytes).map_err(StoreError::io("write", &path))?;
    Ok(TableEntry {
        rows: rows.len() as u64,
        bytes: bytes.len() as u64,
        blake3: blake3::hash(&bytes).to_hex().to_string(),
    })
}

/// All rows as one batch, for who takes tables from memory.
pub(crate) fn batch<Row>(
    table: &'static str,
    rows: &[Row],
    columns: impl Fn(&[Row]) -> Columns,
) -> Result<RecordBatch, StoreError> {
    columns(rows).into_batch().map_err(|source| StoreError::Table { table, source })
}

fn encode<Row>(
    table: &'static str,
    redan_version: &str,
    rows: &[Row],
    columns: impl Fn(&[Row]) -> Columns,
) -> Result<Vec<u8>, ParquetError> {
    let schema = columns(&[]).schema();
    let options = ArrowWriterOptions::new()
        .with_properties(properties(table, redan_version, &schema)?)
        .with_skip_arrow_metadata(true);
    let mut writer = ArrowWriter::try_new_with_options(Vec::new(), schema, options)?;
    for some in rows.chunks(ROWS_PER_BATCH) {
        writer.write(&columns(some).into_batch()?)?;
    }
    writer.into_inner()
}

fn properties(
    table: &str,
    redan_version: &str,
    schema: &Schema,
) -> Result<WriterProperties, ParquetError> {
    let about = vec![
        KeyValue::new("redan.table".to_owned(), table.trim_end_matches(".parquet").to_owned()),
        KeyValue::new("redan.schema_version".to_owned(), SCHEMA_VERSION.to_string()),
    ];
    let mut builder = WriterProperties::builder()
        .set_created_by(format!("redan {redan_version}"))
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(3)?))
        .set_key_value_metadata(Some(about));
    for field in schema.fields() {
        let path = ColumnPath::from(field.name().as_str());
        let encoding = match field.data_type() {
            DataType::Float64 => Encoding::BYTE_STREAM_SPLIT,
            DataType::Int64 | DataType::UInt64 | DataType::UInt32 => Encoding::DELTA_BINARY_PACKED,
            _ => continue,
        };
        builder = builder
            .set_column_dictionary_enabled(path.clone(), false)
            .set_column_encoding(path, encoding);
    }
    Ok(builder.build())
}

/// Reads `directory/table` after comparing its length and hash with the manifest, so that a cut or
/// changed file is called so, whatever its bytes would have made of the rows.
pub(crate) fn read<Row>(
    directory: &Path,
    table: &str,
    entry: &TableEntry,
    rows_of: impl Fn(&Rows<'_>) -> Result<Vec<Row>, StoreError>,
) -> Result<Vec<Row>, StoreError> {
    let path = directory.join(table);
    let file = checked(&path, entry)?;
    let unreadable = |error: String| StoreError::damaged(&path, error);
    // Some malformed files make the Parquet reader panic instead of returning an error, such as one
    // with a negative offset. They reach it only with a forged hash, but input never panics here.
    let rows = panic::catch_unwind(AssertUnwindSafe(|| decode(file, &path, &rows_of)))
        .unwrap_or_else(|_| Err(unreadable("it is not a well-formed Parquet file".to_owned())))?;
    if rows.len() as u64 != entry.rows {
        return Err(unreadable(format!(
            "it has {} rows, and {} were written",
            rows.len(),
            entry.rows
        )));
    }
    Ok(rows)
}

fn decode<Row>(
    file: File,
    path: &Path,
    rows_of: impl Fn(&Rows<'_>) -> Result<Vec<Row>, StoreError>,
) -> Result<Vec<Row>, StoreError> {
    let reader = ParquetRecordBatchReaderBuilder::try_new(file)
        .and_then(|builder| builder.with_batch_size(ROWS_PER_BATCH).build())
        .map_err(|error| StoreError::damaged(path, error.to_string()))?;
    let mut rows = Vec::new();
    for batch in reader {
        let batch = batch.map_err(|error| StoreError::damaged(path, error.to_string()))?;
        rows.extend(rows_of(&Rows { batch: &batch, path })?);
    }
    Ok(rows)
}

/// Opens the file if its length and hash are those of the manifest.
fn checked(path: &Path, entry: &TableEntry) -> Result<File, StoreError> {
    let mut file = File::open(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => StoreError::damaged(path, "it is missing"),
        _ => StoreError::io("read", path)(error),
    })?;
    let length = file.metadata().map_err(StoreError::io("read", path))?.len();
    if length != entry.bytes {
        let problem = format!("it has {length} bytes, and {} were written", entry.bytes);
        return Err(StoreError::damaged(path, problem));
    }
    let mut hasher = blake3::Hasher::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match file.read(&mut buffer).map_err(StoreError::io("read", path))? {
            0 => break,
            count => hasher.update(&buffer[..count]),
        };
    }
    if hasher.finalize().to_hex().as_str() != entry.blake3 {
        return Err(StoreError::damaged(path, "its content is not what was written"));
    }
    file.rewind().map_err(StoreError::io("read", path))?;
    Ok(file)
}

/// Some rows of a table that was read, with its columns by name and type.
pub(crate) struct Rows<'a> {
    batch: &'a RecordBatch,
    path: &'a Path,
}

impl<'a> Rows<'a> {
    pub(crate) fn count(&self) -> usize {
        self.batch.num_rows()
    }

    pub(crate) fn f64s(&self, name: &str) -> Result<&'a [f64], StoreError> {
        Ok(self.required::<Float64Array>(name)?.values())
    }

    pub(crate) fn i64s(&self, name: &str) -> Result<&'a [i64], StoreError> {
        Ok(self.required::<Int64Array>(name)?.values())
    }

    pub(crate) fn u64s(&self, name: &str) -> Result<&'a [u64], StoreError> {
        Ok(self.required::<UInt64Array>(name)?.values())
    }

    pub(crate) fn u32s(&self, name: &str) -> Result<&'a [u32], StoreError> {
        Ok(self.required::<UInt32Array>(name)?.values())
    }

    pub(crate) fn bools(&self, name: &str) -> Result<&'a BooleanArray, StoreError> {
        self.required(name)
    }

    pub(crate) fn texts(&self, name: &str) -> Result<&'a StringArray, StoreError> {
        self.required(name)
    }

    pub(crate) fn optional_u64s(&self, name: &str) -> Result<Vec<Option<u64>>, StoreError> {
        Ok(self.column::<UInt64Array>(name)?.iter().collect())
    }

    pub(crate) fn optional_u32s(&self, name: &str) -> Result<Vec<Option<u32>>, StoreError> {
        Ok(self.column::<UInt32Array>(name)?.iter().collect())
    }

    /// An error about this table.
    pub(crate) fn damaged(&self, problem: impl Into<String>) -> StoreError {
        StoreError::damaged(self.path, problem)
    }

    fn required<A: Array + 'static>(&self, name: &str) -> Result<&'a A, StoreError> {
        let column = self.column::<A>(name)?;
        if column.null_count() > 0 {
            return Err(self.damaged(format!("column {name} has gaps")));
        }
        Ok(column)
    }

    fn column<A: Array + 'static>(&self, name: &str) -> Result<&'a A, StoreError> {
        let column = self
            .batch
            .column_by_name(name)
            .ok_or_else(|| self.damaged(format!("it has no column {name}")))?;
        let type_found = column.data_type();
        column
            .as_any()
            .downcast_ref()
            .ok_or_else(|| self.damaged(format!("column {name} is of type {type_found}")))
    }
}
