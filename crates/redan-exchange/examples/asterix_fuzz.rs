//! Reads damaged files of ASTERIX, ten million of them unless told otherwise, and says what became of them:
//! `cargo run --release -p redan-exchange --example asterix_fuzz [inputs] [seed]`.
//!
//! Every input is a few records, or octets by chance behind a header, of which some octets are then changed,
//! left out or doubled. That it ends is the proof that none crashes and none hangs; on Linux it prints the most
//! memory that the process ever had.

use std::time::Instant;

use redan_exchange::asterix::{
    Code, Descriptor, Encoder, Polar, Record, ServiceMessage, Source, SystemTrack, TargetReport,
    TrackStatus, Wrong, read,
};

const USUAL: u64 = 10_000_000;

fn main() {
    let mut arguments = std::env::args().skip(1).map(|word| word.parse::<u64>());
    let mut number = |usual| match arguments.next() {
        None => usual,
        Some(Ok(number)) => number,
        Some(Err(error)) => {
            eprintln!("not a number: {error}\nhint: asterix_fuzz [inputs] [seed]");
            std::process::exit(2)
        }
    };
    let (inputs, seed) = (number(USUAL), number(1));
    let started = Instant::now();
    let tally = run(inputs, seed);
    let elapsed_s = started.elapsed().as_secs_f64();
    println!("{inputs} inputs, {} octets, {elapsed_s:.1} s", tally.octets);
    println!("{} records were read", tally.records);
    for wrong in Wrong::ALL {
        println!("{:>12}  {}", tally.faults[wrong as usize], wrong.words());
    }
    if let Ok(status) = std::fs::read_to_string("/proc/self/status") {
        status.lines().filter(|line| line.starts_with("VmHWM")).for_each(|line| println!("{line}"));
    }
}

#[derive(Default)]
struct Tally {
    octets: u64,
    records: u64,
    faults: [u64; Wrong::ALL.len()],
}

fn run(inputs: u64, seed: u64) -> Tally {
    let seeds = seeds();
    let mut chance = Chance(seed);
    let mut tally = Tally::default();
    let mut file = Vec::new();
    for _ in 0..inputs {
        make(&seeds, &mut chance, &mut file);
        tally.octets += file.len() as u64;
        let mut reader = read(&file);
        let mut given = 0;
        while reader.next().is_some() {
            given += 1;
            assert!(given <= file.len(), "more things than octets: {file:?}");
        }
        tally.records += reader.counts().records_count;
        for wrong in Wrong::ALL {
            tally.faults[wrong as usize] += reader.counts().of(wrong);
        }
    }
    tally
}

/// Whole files to damage.
fn seeds() -> Vec<Vec<u8>> {
    let source = Some(Source { sac: 25, sic: 2 });
    let time_of_day_s = Some(14_400.5);
    let service = Record::Service(ServiceMessage { source, time_of_day_s, ..Default::default() });
    let report = Record::Report(TargetReport {
        source,
        time_of_day_s,
        descriptor: Some(Descriptor { simulated: true, test: true, ..Default::default() }),
        polar: Some(Polar { range_m: 600e3, azimuth_rad: 2.0 }),
        mode_3a: Some(Code { code: 0o7700, ..Default::default() }),
        track_number: Some(77),
        ..Default::default()
    });
    let track = Record::Track(SystemTrack {
        source,
        time_of_day_s,
        status: Some(TrackStatus { code_conflict: true, ..Default::default() }),
        address: Some(0x40_0c2f),
        geometric_height_sigma_m: Some(20.0),
        ..Default::default()
    });
    let sets = [vec![service, report, report], vec![report, track], vec![track, track, service]];
    let encoded = |records: &Vec<Record>| {
        let mut encoder = Encoder::new();
        records.iter().for_each(|record| encoder.push(record));
        encoder.take()
    };
    sets.iter().map(encoded).collect()
}

fn make(seeds: &[Vec<u8>], chance: &mut Chance, file: &mut Vec<u8>) {
    file.clear();
    if chance.below(4) == 0 {
        let length = chance.below(200);
        let category = [21, 34, 48, 62][chance.below(4)];
        file.extend([category, 0, length as u8 + 3]);
        file.extend((0..length).map(|_| chance.next() as u8));
        return;
    }
    file.extend(&seeds[chance.below(seeds.len())]);
    for _ in 0..=chance.below(6) {
        let at = chance.below(file.len().max(1));
        match chance.below(4) {
            0 => file.truncate(at),
            1 if at < file.len() => {
                file.remove(at);
            }
            2 => file.insert(at.min(file.len()), chance.next() as u8),
            _ if at < file.len() => file[at] = chance.next() as u8,
            _ => {}
        }
    }
}

/// SplitMix64 (G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom number generators", 2014).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }
}
