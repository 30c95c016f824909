//! ASTERIX: what is written is read again, by our own reader here and by strangers' in `cargo xtask test`.

mod any;
mod damage;
mod export;
mod foreign;
mod round_trip;

use redan_exchange::asterix::{Encoder, Fault, Record, read};

/// Blocks of records.
fn encoded(records: &[Record]) -> Vec<u8> {
    let mut encoder = Encoder::new();
    records.iter().for_each(|record| encoder.push(record));
    encoder.take()
}

/// What can be read of a file, and what cannot.
fn all(file: &[u8]) -> (Vec<Record>, Vec<Fault>) {
    let (records, faults): (Vec<_>, Vec<_>) = read(file).partition(Result::is_ok);
    let records = records.into_iter().map(|record| record.expect("parted")).collect();
    (records, faults.into_iter().map(|fault| fault.expect_err("parted")).collect())
}
