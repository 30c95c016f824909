//! `redan track`: recorded plots and state vectors, tracks and scores, and everything that can be wrong with a table.

use std::fmt::Write as _;

use crate::common::{Desk, Said};

const PLOTS: &str = "scan,time_s,det,elevation_rad,bearing_rad,range_m,origin\n";
const TRUTH: &str = "scan,time_s,target,x,vx,y,vy,z,vz\n";

/// A circle of pseudo-random numbers between -1 and 1, the same in every run.
fn noise(step: usize) -> f64 {
    let value = (step as u64)
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    ((value >> 33) % 2_001) as f64 / 1_000.0 - 1.0
}

/// Plots and truth of two aircraft, 20 km apart, that fly to the east for `scans` scans of four seconds.
fn two_aircraft(scans: usize) -> (String, String) {
    let (mut plots, mut truth) = (PLOTS.to_owned(), TRUTH.to_owned());
    for scan in 0..scans {
        let time_s = 4.0 * scan as f64;
        for (target, north_m) in [(0, 40_000.0), (1, 60_000.0)] {
            let (x, z): (f64, f64) = (10_000.0 + 200.0 * time_s, 8_000.0);
            let _ = writeln!(truth, "{scan},{time_s},{target},{x},200,{north_m},0,{z},0");
            let flat = libm::hypot(x, north_m);
            let at = 2 * (scan * 7 + target);
            let elevation = libm::atan2(z, flat) + 0.003 * noise(at);
            let bearing = libm::atan2(north_m, x) + 0.003 * noise(at + 1);
            let range = libm::hypot(flat, z) + 50.0 * noise(at + 2);
            let _ =
                writeln!(plots, "{scan},{time_s},{target},{elevation},{bearing},{range},{target}");
        }
    }
    (plots, truth)
}

fn track(desk: &Desk, more: &[&str]) -> Said {
    let words = ["track", "plots.csv", "--format", "bench-csv", "--out", "tracks.csv"];
    desk.say(&[&words[..], more].concat())
}

fn score_of(said: &Said) -> serde_json::Value {
    serde_json::from_str(&said.out).unwrap_or_else(|_| panic!("no JSON: {} {}", said.out, said.err))
}

#[test]
fn two_aircraft_are_tracked_and_scored() {
    let desk = Desk::new();
    let (plots, truth) = two_aircraft(30);
    desk.put("plots.csv", plots);
    desk.put("truth.csv", truth);
    for algorithm in ["gnn", "jpda"] {
        let more = ["--algorithm", algorithm, "--score", "truth.csv", "--json"];
        let said = track(&desk, &more);
        assert_eq!(said.code, Some(0), "{}", said.err);
        let told = score_of(&said);
        assert_eq!(
            (&told["scans"], &told["plots"], &told["tracks_confirmed"]),
            (&30.into(), &60.into(), &2.into())
        );
        let score = &told["score"];
        assert_eq!((&score["completeness"], &score["swaps"]), (&1.0.into(), &0.into()), "{score}");
        // An uncorrelated error of 0.003 rad at 60 km is 180 m on each of two axes before any smoothing.
        let ospa_m = score["ospa_m"].as_f64().expect("a number");
        assert!(ospa_m > 1.0 && ospa_m < 250.0, "{ospa_m}");
    }
    let table = std::fs::read_to_string(desk.path("tracks.csv")).expect("the table");
    assert!(table.starts_with("scan,time_s,track,x,y,z,vx,vy,vz\n"), "{table}");
    let last: Vec<&str> = table.lines().last().expect("rows").split(',').collect();
    assert_eq!((last[0], last[1]), ("29", "116"));
    let speed_m_s: f64 = last[6].parse().expect("a number");
    assert!((speed_m_s - 200.0).abs() < 40.0, "{speed_m_s}");
}

#[test]
fn the_same_plots_give_the_same_table_and_words_for_a_person() {
    let desk = Desk::new();
    let (plots, truth) = two_aircraft(12);
    desk.put("plots.csv", plots);
    desk.put("truth.csv", truth);
    let said = track(&desk, &["--score", "truth.csv"]);
    let first = std::fs::read(desk.path("tracks.csv")).expect("the table");
    for part in
        ["12 scans with 24 plots: 2 tracks confirmed", "OSPA", "Completeness", "rows to tracks.csv"]
    {
        assert!(said.out.contains(part), "{}", said.out);
    }
    track(&desk, &[]);
    assert_eq!(std::fs::read(desk.path("tracks.csv")).expect("the table"), first);
}

/// Rows that cannot be used are counted with their lines; the rest is tracked.
#[test]
fn rows_with_faults_are_left_out_and_counted() {
    let desk = Desk::new();
    let (mut plots, _) = two_aircraft(10);
    plots.push_str(
        "10,40,0,nan,0.1,50000,0\n10,40,1,0.1,0.1,-5,0\n10,40,2\n10,inf,3,0.1,0.1,50000,0\n",
    );
    plots.push_str("10,40,4,0.1,0.1,5e4,0\n11,40,5,0.1,0.1,5e4,0\n");
    desk.put("plots.csv", plots);
    let said = track(&desk, &["--json"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert_eq!(score_of(&said)["scans"], 12);
    for part in [
        "1 × no finite number in column elevation_rad (first in line 22)",
        "1 × a range that is not above 0",
        "1 × not as many fields as the header (first in line 24)",
        "1 × no finite number in column time_s (first in line 25)",
        "1 × a scan at the same time as the one before (first in line 27)",
    ] {
        assert!(said.err.contains(part), "{}", said.err);
    }
}

#[test]
fn tables_that_make_no_sense_are_refused_with_their_line() {
    let desk = Desk::new();
    let many: String = (0..20_001).map(|row| format!("0,0,{row},0.1,0.{row},50000,0\n")).collect();
    for (rows, words) in [
        ("", "there is no row below the header"),
        ("0,0,0,nan,0,1,0\n", "no usable row"),
        ("1,4,0,0,0,9e3,0\n0,8,0,0,0,9e3,0\n", "plots.csv:3: scan 0 comes after scan 1"),
        ("0,4,0,0,0,9e3,0\n1,0,0,0,0,9e3,0\n", "plots.csv:3: time runs backwards"),
        (&many, "scan 0 has 20001 plots, and 20000 are the most"),
    ] {
        desk.put("plots.csv", format!("{PLOTS}{rows}"));
        let said = track(&desk, &[]);
        assert_eq!(said.code, Some(2), "{words}: {}", said.err);
        assert!(said.err.contains(words) && said.err.contains("hint: "), "{}", said.err);
        assert!(!desk.path("tracks.csv").exists(), "nothing half-written");
    }
    desk.put("plots.csv", "scan,time\n");
    let said = track(&desk, &[]);
    assert!(said.code == Some(2) && said.err.contains("no column"), "{}", said.err);
}

/// Ten thousand plots in one scan take longer, not forever, and nothing breaks.
#[test]
fn a_scan_of_ten_thousand_plots_is_tracked_with_a_warning() {
    let desk = Desk::new();
    let plot = |row: usize| {
        let (elevation, bearing) = (0.25 + 0.25 * noise(3 * row), 3.0 * noise(3 * row + 1));
        format!("0,0,{row},{elevation},{bearing},{},0\n", 100_500.0 + 99_000.0 * noise(3 * row + 2))
    };
    desk.put("plots.csv", format!("{PLOTS}{}", (0..10_000).map(plot).collect::<String>()));
    let said = track(&desk, &["--json"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(said.err.contains("scan 0 has 10000 plots"), "{}", said.err);
}

#[test]
fn settings_and_options_are_checked_before_anything_is_read() {
    let desk = Desk::new();
    desk.put("plots.csv", two_aircraft(10).0);
    desk.put("fine.toml", "detection_prob = 0.8\n");
    assert_eq!(track(&desk, &["--settings", "fine.toml"]).code, Some(0));
    for (text, words) in [
        ("detection_prob = 1.5\n", "detection_prob: 1.5 is not between 0.01 and 0.9999"),
        ("detection = 0.5\n", "detection"),
        ("motions = [[{singer = {sigma_m_s2 = -1.0, lasts_s = 5.0}}, 10.0]]\n", "sigma_m_s2: -1"),
    ] {
        desk.put("wrong.toml", text);
        let said = track(&desk, &["--settings", "wrong.toml"]);
        assert_eq!(said.code, Some(2), "{text}");
        assert!(said.err.contains(words) && said.err.contains("docs/tracking.md"), "{}", said.err);
    }
    for more in [["--sensor", "lat=1,lon=2"], ["--sensor", "range=1"], ["--cutoff-m", "-1"]] {
        assert_eq!(track(&desk, &more).code, Some(2), "{more:?}");
    }
}

/// Two aircraft that say where they are, every five seconds for four minutes.
fn sky() -> String {
    let mut text =
        "time,icao24,lat,lon,geoaltitude,velocity,heading,vertrate,callsign\n".to_owned();
    for step in 0..48 {
        let time_s = 1_626_098_400 + 5 * step;
        // 200 m/s to the east at 51 degrees are 1.1 % of a degree in four seconds.
        let moved_deg = 1_000.0 * f64::from(step) / 70_200.0;
        let _ = writeln!(text, "{time_s},3c4591,51.0,{},10000,200,90,0,ONE", -0.5 + moved_deg);
        let _ = writeln!(text, "{time_s},407a19,51.5,{},9000,200,270,0,TWO", 0.5 - moved_deg);
    }
    text
}

#[test]
fn state_vectors_are_seen_by_a_radar_and_tracked() {
    let desk = Desk::new();
    desk.put("sky.csv", sky());
    let words = [
        "track",
        "sky.csv",
        "--format",
        "adsb-csv",
        "--out",
        "tracks.csv",
        "--score",
        "sky.csv",
        "--json",
    ];
    let said = desk.say(&words);
    assert_eq!(said.code, Some(0), "{}", said.err);
    let told = score_of(&said);
    assert_eq!((&told["scans"], &told["tracks_confirmed"]), (&48.into(), &2.into()), "{told}");
    let score = &told["score"];
    assert!(score["completeness"].as_f64().expect("a number") > 0.95, "{score}");
    assert!(score["velocity_error_m_s"].as_f64().expect("a number") < 40.0, "{score}");
    // More misses with a worse radar, and another luck with another seed.
    let seeded = |more: &[&str]| score_of(&desk.say(&[&words[..], more].concat()))["plots"].clone();
    assert_eq!(seeded(&["--sensor", "detection_prob=1"]), 96);
    assert_ne!(seeded(&["--seed", "2", "--sensor", "detection_prob=0.5"]), told["plots"]);
}

/// What redan's own radars report in ASTERIX, its own tracker can follow.
#[test]
fn reports_in_asterix_are_tracked() {
    let desk = Desk::new();
    let said = desk.say(&["run", "first-look.toml", "--out", "battle"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    for file in ["battle.ast", "battle.pcap"] {
        let said = desk.say(&["export", "battle", "--to", "asterix", "--out", file]);
        assert_eq!(said.code, Some(0), "{}", said.err);
        let said =
            desk.say(&["track", file, "--format", "asterix", "--out", "tracks.csv", "--json"]);
        assert_eq!(said.code, Some(0), "{}", said.err);
        let told = score_of(&said);
        let number = |name: &str| told[name].as_u64().expect("a number");
        assert!(
            number("scans") > 50 && number("plots") > 500 && number("tracks_confirmed") >= 10,
            "{told}"
        );
        assert!(said.err.contains("a report of another radar (first at octet"), "{}", said.err);
    }
    let said = desk.say(&[
        "track",
        "battle.ast",
        "--format",
        "asterix",
        "--out",
        "t.csv",
        "--sensor",
        "sac=1,sic=250",
    ]);
    assert!(said.code == Some(2) && said.err.contains("hint: `--sensor lat=…"), "{}", said.err);
    let said = desk.say(&["track", "first-look.toml", "--format", "asterix", "--out", "t.csv"]);
    assert!(
        said.code == Some(2) && said.err.contains("no target report of a radar"),
        "{}",
        said.err
    );
    let said = desk.say(&[
        "track",
        "battle.ast",
        "--format",
        "asterix",
        "--out",
        "t.csv",
        "--sensor",
        "false_plots=3",
    ]);
    assert!(said.code == Some(2) && said.err.contains("says nothing here"), "{}", said.err);
    assert!(!desk.path("t.csv").exists());
}
