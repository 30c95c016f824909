//! Lists the records of a file of ASTERIX, blocks or a capture, as a table (CSV), and what cannot be read on the
//! standard error: `cargo run -p redan-exchange --example asterix_list FILE`.

use redan_exchange::asterix::{Record, read};

const HEADER: &str =
    "category,sac,sic,time_of_day_s,track,code,range_m,azimuth_deg,lat_deg,lon_deg";

fn main() {
    let Some(file) = std::env::args().nth(1) else {
        eprintln!("no file\nhint: asterix_list FILE");
        std::process::exit(2)
    };
    let octets = std::fs::read(&file).unwrap_or_else(|error| {
        eprintln!("cannot read {file}: {error}\nhint: asterix_list FILE");
        std::process::exit(2)
    });
    println!("{HEADER}");
    let mut reader = read(&octets);
    for read in reader.by_ref() {
        match read {
            Ok(record) => println!("{}", row(&record)),
            Err(fault) => eprintln!("{fault}"),
        }
    }
    let counts = reader.counts();
    eprintln!("{} records, {} faults", counts.records_count, counts.faults_count());
}

fn row(record: &Record) -> String {
    let source = record.source().unwrap_or_default();
    let (track, code, polar, place) = match record {
        Record::Service(_) => (None, None, None, None),
        Record::Report(it) => (it.track_number, it.mode_3a, it.polar, None),
        Record::Track(it) => (it.track_number, it.mode_3a, None, it.place),
        Record::Adsb(it) => (it.track_number, it.mode_3a, None, it.place),
    };
    [
        record.category().to_string(),
        source.sac.to_string(),
        source.sic.to_string(),
        text(record.time_of_day_s()),
        text(track),
        code.map_or(String::new(), |code| format!("{:04o}", code.code)),
        text(polar.map(|polar| polar.range_m)),
        text(polar.map(|polar| polar.azimuth_rad.to_degrees())),
        text(place.map(|place| place.lat_rad.to_degrees())),
        text(place.map(|place| place.lon_rad.to_degrees())),
    ]
    .join(",")
}

/// Empty where there is nothing.
fn text<T: std::fmt::Display>(value: Option<T>) -> String {
    value.map_or(String::new(), |value| value.to_string())
}
