//! State vectors of aircraft: where each one said to be, at regular times.
//!
//! The columns are those of the state vectors of the OpenSky Network (Schäfer et al. 2014, "Bringing up OpenSky",
//! IPSN; Sun, Hoekstra and Ellerbroek 2020, for the samples that are shared): `time` in Unix seconds, `icao24` as six
//! hexadecimal digits, `lat` and `lon` in degrees, `geoaltitude` and `baroaltitude` in metres, `velocity` over ground in
//! m/s, `heading` (of the ground track) in degrees from north, `vertrate` in m/s, `onground`, `callsign`, `squawk` (a
//! number such as 1174.0) and `lastposupdate`, the Unix second at which the position was last heard.
//!
//! Height is `geoaltitude`, above the ellipsoid, and where that is empty `baroaltitude`, which is off by what the air
//! pressure is off (tens of metres). Left out: aircraft on the ground, positions that were heard before
//! (a receiver that hears nothing new repeats the old one), and times that do not rise.

use std::collections::BTreeMap;

use redan_geo::{EnuVelocity, Geodetic};

use super::rows::{Faults, Row, Table, TableError};

const NEEDED: [&str; 4] = ["time", "icao24", "lat", "lon"];
const OPTIONAL: [&str; 9] = [
    "geoaltitude",
    "baroaltitude",
    "velocity",
    "heading",
    "vertrate",
    "onground",
    "callsign",
    "squawk",
    "lastposupdate",
];

/// Furthest times from 1970 that are believed, seconds: about 150 years.
const FARTHEST_S: f64 = 5e9;
/// Lowest and highest places that are believed, metres: below the Dead Sea, and above every aircraft.
const HEIGHTS_M: std::ops::RangeInclusive<f64> = -1_000.0..=40_000.0;
/// Speeds over ground and climbs that are believed, m/s: no civil aircraft is faster.
const FASTEST_M_S: f64 = 1_200.0;
/// Oldest position that a row may repeat, seconds; OpenSky itself drops what it has not heard for longer.
const OLDEST_S: f64 = 60.0;

/// One row: what an aircraft said of itself.
#[derive(Clone, Debug, PartialEq)]
pub struct StateVector {
    /// Address of the airframe, 24 bits.
    pub address: u32,
    /// Time of the row, Unix seconds.
    pub time_s: f64,
    /// When the position was heard, Unix seconds; not after `time_s`.
    pub heard_s: f64,
    /// Position.
    pub place: Geodetic,
    /// Velocity in the local frame of the place, where speed and track were said.
    pub velocity: Option<EnuVelocity>,
    /// Name of the flight; empty where none was said.
    pub callsign: String,
    /// Code of mode 3/A, four octal digits as a number.
    pub squawk: Option<u16>,
    /// Line of the file.
    pub line: usize,
}

/// Reads state vectors in order of time; `name` is the file's, for messages. Rows with faults are left out and counted.
///
/// # Errors
/// Without a header that has `time`, `icao24`, `lat` and `lon`, or when the times of the rows run backwards.
///
/// ```
/// use redan_sim::recorded::read_states;
///
/// let text = "time,icao24,lat,lon,geoaltitude,velocity,heading,squawk\n\
///             1626098400,3c4591,51.5,-0.4,10843.3,250,90,1174.0\n\
///             1626098400,407a19,north,-4.0,6195,140,80,\n";
/// let (states, faults) = read_states("sky.csv", text)?;
/// assert_eq!((states.len(), states[0].address, states[0].squawk), (1, 0x3c_4591, Some(0o1174)));
/// assert_eq!(faults.warnings("sky.csv"), ["sky.csv: 1 × no finite number in column lat (first in line 3)"]);
/// # Ok::<(), redan_sim::recorded::TableError>(())
/// ```
pub fn read_states(name: &str, text: &str) -> Result<(Vec<StateVector>, Faults), TableError> {
    let mut table = Table::open(name, text, &NEEDED, &OPTIONAL)?;
    let (mut faults, mut states) = (Faults::default(), Vec::<StateVector>::new());
    // When each aircraft was last heard.
    let mut heard: BTreeMap<u32, f64> = BTreeMap::new();
    let mut latest_s = f64::NEG_INFINITY;
    while let Some(row) = table.next_row(&mut faults) {
        let Some(state) = state_of(&table, &row, &mut faults) else { continue };
        if state.time_s < latest_s {
            let reason = format!("time runs backwards, from {latest_s} to {}", state.time_s);
            return Err(TableError::new(
                name,
                row.line,
                &reason,
                "sort the rows by the column time",
            ));
        }
        latest_s = state.time_s;
        let last_s = heard.get(&state.address).copied().unwrap_or(f64::NEG_INFINITY);
        if state.heard_s <= last_s {
            faults.add("a position that was there before", row.line);
            continue;
        }
        heard.insert(state.address, state.heard_s);
        states.push(state);
    }
    Ok((states, faults))
}

fn state_of(table: &Table<'_>, row: &Row, faults: &mut Faults) -> Option<StateVector> {
    if is_true(table.text(row, "onground")) {
        faults.add("an aircraft on the ground", row.line);
        return None;
    }
    let time_s = table.number(row, "time", faults)?;
    if time_s.abs() > FARTHEST_S {
        faults.add("a time that is more than 150 years from 1970", row.line);
        return None;
    }
    let address = address_of(table.text(row, "icao24"));
    let Some(address) = address else {
        faults.add("no hexadecimal address in column icao24", row.line);
        return None;
    };
    let place = place_of(table, row, faults)?;
    let heard_s = optional(table, row, "lastposupdate").unwrap_or(time_s).min(time_s);
    if time_s - heard_s > OLDEST_S {
        faults.add("a position that is older than a minute", row.line);
        return None;
    }
    Some(StateVector {
        address,
        time_s,
        heard_s,
        place,
        velocity: velocity_of(table, row),
        callsign: table.text(row, "callsign").to_owned(),
        squawk: squawk_of(table.text(row, "squawk")),
        line: row.line,
    })
}

fn place_of(table: &Table<'_>, row: &Row, faults: &mut Faults) -> Option<Geodetic> {
    let lat_deg = table.number(row, "lat", faults)?;
    let lon_deg = table.number(row, "lon", faults)?;
    if lat_deg.abs() > 90.0 || lon_deg.abs() > 180.0 {
        faults.add("a latitude beyond 90 or a longitude beyond 180 degrees", row.line);
        return None;
    }
    let height_m =
        optional(table, row, "geoaltitude").or_else(|| optional(table, row, "baroaltitude"));
    match height_m {
        None => faults.add("no height", row.line),
        Some(height_m) if !HEIGHTS_M.contains(&height_m) => {
            faults.add("a height below -1,000 or above 40,000 m", row.line);
        }
        Some(height_m) => return Some(Geodetic::from_degrees(lat_deg, lon_deg, height_m)),
    }
    None
}

/// Velocity; `None` unless speed and track are there and can be true. A climb that is missing is taken as 0.
fn velocity_of(table: &Table<'_>, row: &Row) -> Option<EnuVelocity> {
    let speed_m_s = optional(table, row, "velocity")?;
    let heading_deg = optional(table, row, "heading")?;
    let up_m_s = optional(table, row, "vertrate").unwrap_or(0.0);
    if !(0.0..=FASTEST_M_S).contains(&speed_m_s) || up_m_s.abs() > FASTEST_M_S {
        return None;
    }
    let (sin, cos) = libm::sincos(heading_deg.to_radians());
    Some(EnuVelocity { east_m_s: speed_m_s * sin, north_m_s: speed_m_s * cos, up_m_s })
}

/// A finite number, or nothing.
fn optional(table: &Table<'_>, row: &Row, column: &str) -> Option<f64> {
    table.text(row, column).parse().ok().filter(|number: &f64| number.is_finite())
}

fn is_true(text: &str) -> bool {
    text.eq_ignore_ascii_case("true") || text == "1"
}

fn address_of(text: &str) -> Option<u32> {
    let digits = (1..=6).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    digits.then(|| u32::from_str_radix(text, 16).ok()).flatten()
}

/// Four octal digits, which spreadsheets turn into a decimal number: `7000.0`, and `21` for 0021.
fn squawk_of(text: &str) -> Option<u16> {
    let digits = text.strip_suffix(".0").unwrap_or(text);
    if digits.is_empty() || digits.len() > 4 {
        return None;
    }
    u16::from_str_radix(digits, 8).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "time,icao24,lat,lon,geoaltitude,baroaltitude,velocity,heading,vertrate,onground,squawk,lastposupdate\n";

    fn read(rows: &str) -> (Vec<StateVector>, Vec<String>) {
        let (states, faults) = read_states("sky.csv", &format!("{HEAD}{rows}")).expect("a table");
        (states, faults.warnings("sky.csv"))
    }

    #[test]
    fn a_row_becomes_a_state_with_its_velocity() {
        let (states, warnings) = read("100,3c4591,50,8,10000,9900,200,90,-5,False,21.0,98.5\n");
        assert!(warnings.is_empty(), "{warnings:?}");
        let state = &states[0];
        assert_eq!((state.address, state.squawk, state.line), (0x3c_4591, Some(0o21), 2));
        assert!(
            (state.heard_s - 98.5).abs() < 1e-9 && (state.place.height_m - 10_000.0).abs() < 1e-9
        );
        let velocity = state.velocity.expect("speed and track");
        assert!((velocity.east_m_s - 200.0).abs() < 1e-9 && velocity.north_m_s.abs() < 1e-9);
        assert!((velocity.up_m_s + 5.0).abs() < 1e-9);
    }

    #[test]
    fn rows_that_cannot_be_used_are_counted_with_their_lines() {
        let rows = "100,3c4591,50,8,,9900,,,,False,,98\n\
                    110,3c4591,50,8,,9900,,,,False,,98\n\
                    110,zz,50,8,1,1,,,,False,,\n\
                    110,1,95,8,1,1,,,,False,,\n\
                    110,1,NaN,8,1,1,,,,False,,\n\
                    110,1,50,8,,,,,,False,,\n\
                    110,1,50,8,1e9,,,,,False,,\n\
                    110,1,50,8,1,1,,,,True,,\n\
                    110,1,50,8,1,1,,,,False,,1\n\
                    1e300,1,50,8,1,1,,,,False,,\n";
        let (states, warnings) = read(rows);
        assert_eq!(states.len(), 1);
        assert!((states[0].place.height_m - 9_900.0).abs() < 1e-9 && states[0].velocity.is_none());
        assert_eq!(warnings.len(), 9, "{warnings:#?}");
        assert!(warnings.iter().any(|one| one.ends_with("was there before (first in line 3)")));
        assert!(warnings.iter().any(|one| one.contains("older than a minute (first in line 10)")));
    }

    #[test]
    fn times_that_run_backwards_are_an_error_with_its_line() {
        let rows = "100,1,50,8,1,1,,,,False,,\n90,2,50,8,1,1,,,,False,,\n";
        let error = read_states("sky.csv", &format!("{HEAD}{rows}")).expect_err("backwards");
        assert!(
            error.0.starts_with("sky.csv:3: time runs backwards") && error.0.contains("hint: ")
        );
    }

    #[test]
    fn squawks_are_octal() {
        for (text, code) in
            [("7000.0", Some(0o7000)), ("21", Some(0o21)), ("", None), ("9999", None)]
        {
            assert_eq!(squawk_of(text), code, "{text}");
        }
    }
}
