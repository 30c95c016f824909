//! Recordings on disk: Parquet tables, manifest, summary
