//! How many plots of CAT048 a second are read and written: `asterix_rate FILE [repeats]`. The file is one of
//! blocks, as `redan export --to asterix` writes them; the best of the repeats counts.

use std::hint::black_box;
use std::time::Instant;

use redan_exchange::asterix::{Encoder, Record, read};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let Some(file) = arguments.next() else {
        eprintln!("no file\nhint: asterix_rate FILE [repeats]");
        std::process::exit(2)
    };
    let repeats = arguments.next().and_then(|word| word.parse().ok()).unwrap_or(20);
    let octets = std::fs::read(&file).unwrap_or_else(|error| {
        eprintln!("cannot read {file}: {error}");
        std::process::exit(2)
    });
    let records: Vec<Record> =
        read(&octets).filter_map(Result::ok).filter(|record| record.category() == 48).collect();
    let mut encoder = Encoder::new();
    let write = |encoder: &mut Encoder| {
        encoder.clear();
        records.iter().for_each(|record| encoder.push(record));
    };
    write(&mut encoder);
    let plots = encoder.as_slice().to_vec();
    let count = records.len() as f64;
    let read_s = best_s(repeats, || {
        assert_eq!(read(black_box(&plots)).filter(Result::is_ok).count(), records.len());
    });
    let write_s = best_s(repeats, || write(black_box(&mut encoder)));
    let (read_rate, write_rate) = (count / read_s, count / write_s);
    println!("{} {read_rate:.0} {write_rate:.0}", records.len());
}

fn best_s(repeats: u32, mut work: impl FnMut()) -> f64 {
    let one = |_| {
        let started = Instant::now();
        work();
        started.elapsed().as_secs_f64()
    };
    (0..repeats.max(1)).map(one).fold(f64::INFINITY, f64::min)
}
