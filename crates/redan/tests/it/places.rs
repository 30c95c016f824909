//! Where a recording may lie, and what happens to what lies there already.

use std::fs;

use crate::common::{Desk, SHORT};

fn desk() -> Desk {
    let desk = Desk::new();
    desk.put("short.toml", SHORT);
    desk
}

#[test]
fn a_folder_that_is_no_recording_is_left_alone() {
    let desk = desk();
    desk.put("holiday/photo.jpg", "sun");
    let said = desk.say(&["run", "short.toml", "--out", "holiday"]);
    said.assert_refused(&[
        "error: holiday exists and is not a redan recording: it was left as it is",
    ]);
    assert_eq!(fs::read_to_string(desk.path("holiday/photo.jpg")).expect("it is there"), "sun");
    assert_eq!(desk.listing(), ["first-look.toml", "holiday/", "short.toml"]);
}

#[test]
fn a_recording_with_a_file_of_somebody_else_in_it_is_left_alone() {
    let desk = desk();
    assert_eq!(desk.say(&["run", "short.toml", "--out", "rec"]).code, Some(0));
    desk.put("rec/notes.txt", "mine");
    let before = fs::read(desk.path("rec/summary.json")).expect("it is there");
    let said = desk.say(&["run", "short.toml", "--out", "rec", "--seed", "2"]);
    said.assert_refused(&["\"notes.txt\"", "nothing was replaced"]);
    assert_eq!(fs::read(desk.path("rec/summary.json")).expect("it is there"), before);
}

#[test]
fn an_older_recording_is_replaced() {
    let desk = desk();
    let digest = |seed: &str| {
        let said = desk.say(&["run", "short.toml", "--out", "rec", "--seed", seed, "--json"]);
        said.json()["digest"].clone()
    };
    let (_, second) = (digest("1"), digest("2"));
    let summary = fs::read_to_string(desk.path("rec/summary.json")).expect("it was written");
    let summary: serde_json::Value = serde_json::from_str(&summary).expect("it is JSON");
    assert_eq!(summary["digest"], second);
    assert_eq!(desk.listing(), ["first-look.toml", "rec/", "short.toml"]);
}

/// None of these can be made, whoever asks: below a file, a name that is too long, the root.
#[test]
fn a_place_that_cannot_be_written_is_refused_and_nothing_is_left_behind() {
    let desk = desk();
    let long = "n".repeat(300);
    for place in ["short.toml", "short.toml/rec", &long, "/", ".", ".."] {
        let said = desk.say(&["run", "short.toml", "--out", place]);
        said.assert_refused(&["error: "]);
        assert_eq!(desk.listing(), ["first-look.toml", "short.toml"], "{place}");
    }
}

/// The name fits, but not the longer one of the unfinished directory beside it: writing fails after the
/// battle, as on a full disk.
#[test]
fn a_recording_that_cannot_be_finished_leaves_nothing_behind() {
    let desk = desk();
    let place = "n".repeat(254);
    desk.say(&["run", "short.toml", "--out", &place]).assert_refused(&["error: cannot make"]);
    assert_eq!(desk.listing(), ["first-look.toml", "short.toml"]);
}

/// Whenever it is stopped, the name of a recording is a whole one or is not there.
#[cfg(unix)]
#[test]
fn a_run_that_is_killed_leaves_no_half_of_a_recording() {
    use std::process::Stdio;
    use std::time::{Duration, Instant};

    let desk = desk();
    let begun = Instant::now();
    assert_eq!(desk.say(&["run", "short.toml", "--out", "whole"]).code, Some(0));
    let whole = begun.elapsed();
    for part in 1..=12 {
        let mut run = desk.redan();
        run.args(["run", "short.toml", "--out", "killed"])
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut run = run.spawn().expect("redan can be started");
        std::thread::sleep(whole.mul_f64(f64::from(part) / 12.0).min(Duration::from_secs(5)));
        run.kill().expect("it is ours");
        run.wait().expect("it was started");
        let killed = desk.path("killed");
        if killed.exists() {
            redan_store::read(&killed).expect("what has the name is a recording");
            fs::remove_dir_all(&killed).expect("it is ours");
        }
    }
}

#[test]
fn relief_that_is_not_there_or_not_relief_is_refused() {
    let desk = desk();
    desk.put("empty/readme.txt", "nothing");
    for relief in ["missing", "short.toml", "empty"] {
        let said = desk.say(&["run", "short.toml", "--terrain", relief, "--out", "rec"]);
        said.assert_refused(&[relief, ".tif or .asc"]);
    }
    assert_eq!(desk.listing(), ["empty/", "first-look.toml", "short.toml"]);
}
