//! `redan run`: the story of a battle, its figures, its files.

use redan_record::What;

use crate::common::{Desk, SHORT, listing, shared, without_times};

/// Every file of a recording.
pub(crate) const FILES: [&str; 10] = [
    "engagements.parquet",
    "events.parquet",
    "looks.parquet",
    "manifest.json",
    "missiles.parquet",
    "plots.parquet",
    "report.html",
    "summary.json",
    "tracks.parquet",
    "truth.parquet",
];

#[test]
fn the_first_look_is_told() {
    insta::assert_snapshot!(without_times(&shared().said.out));
}

#[test]
fn the_story_has_the_figures_of_the_recording() {
    let (story, summary) = (&shared().said.out, shared().summary());
    let number = |name: &str| summary[name].as_u64().expect("a number");
    let verdict = format!(
        "{} sent: {} destroyed, {} got through",
        number("hostile"),
        summary["kills"]["hostile"],
        number("leaks")
    );
    let sensing = format!(
        "{} looks, {} plots ({} false)",
        number("looks"),
        number("plots"),
        number("false_plots")
    );
    for words in [verdict, sensing, format!("Rounds fired     {}:", number("rounds_fired"))] {
        assert!(story.contains(&words), "{words}\n{story}");
    }
    let reached = story.lines().filter(|line| line.contains(" reached ")).count();
    assert_eq!(reached as u64, number("leaks"), "{story}");
    let destroyed = story.lines().filter(|line| line.contains("  destroyed ")).count();
    assert_eq!(destroyed as u64, summary["kills"]["hostile"], "{story}");
}

/// Two that fly close together change tracks: a missile that was sent after one meets the other.
#[test]
fn every_kill_stands_in_the_time_line_with_the_name_of_whom_it_met() {
    let desk = Desk::new();
    assert_eq!(desk.say(&["new", "pair.toml"]).code, Some(0));
    let said = desk.say(&["run", "pair.toml", "--terrain", "smooth", "--out", "rec"]);
    let lines = said.out.split("\n  Time line\n").nth(1).expect("a time line");
    let (_, recording) = redan_store::read(&desk.path("rec")).expect("a recording");
    let mut kills = 0;
    for event in &recording.events {
        let What::Destroyed { aircraft, .. } = event.what else { continue };
        let name = recording.roster.aircraft_name(aircraft);
        let named = lines.lines().any(|line| {
            line.contains(&format!("kill ({name})"))
                || (line.contains(&format!("  {name}: ")) && line.contains("kill"))
        });
        assert!(named, "{name}\n{lines}");
        kills += 1;
    }
    assert!(kills > 0);
}

#[test]
fn the_files_of_a_recording_are_there_and_nothing_else() {
    assert_eq!(listing(&shared().folder.join("rec")), FILES);
    let page = std::fs::read_to_string(shared().folder.join("rec/report.html")).expect("text");
    assert!(page.contains("First look: one battalion against twelve"), "the report has no title");
}

#[test]
fn without_relief_the_user_is_told_what_that_means() {
    insta::assert_snapshot!(shared().said.err);
    let desk = Desk::new();
    desk.put("short.toml", SHORT);
    let warned = desk.say(&["run", "short.toml", "--terrain", "auto"]);
    assert!(warned.err.starts_with("warning: no relief was found"), "{}", warned.err);
    for words in [&["run", "short.toml"][..], &["run", "short.toml", "--terrain", "smooth"]] {
        let said = desk.say(words);
        assert_eq!((said.code, said.err.as_str()), (Some(0), ""), "{words:?}");
    }
}

#[test]
fn json_holds_the_figures_and_the_digest_of_the_recording() {
    let desk = Desk::new();
    desk.put("short.toml", SHORT);
    let said = desk.say(&["run", "short.toml", "--seed", "3", "--json"]);
    let json = said.json();
    let keys = [
        "scenario",
        "variant",
        "seed",
        "replication",
        "simulated_s",
        "wall_s",
        "cpu_s",
        "ratio",
        "looks",
        "plots",
        "rounds_fired",
        "kills",
        "leaks",
        "hostile",
        "digest",
        "recording",
    ];
    for key in keys {
        assert!(!json[key].is_null(), "{key} is missing in {json}");
    }
    assert_eq!(said.out.lines().count(), 1, "{}", said.out);
    assert_eq!(json["recording"], "recordings/short-seed3");
    assert_eq!(json["simulated_s"], 120.0);
    let summary = desk.path("recordings/short-seed3/summary.json");
    let summary = std::fs::read_to_string(summary).expect("it was written");
    let summary: serde_json::Value = serde_json::from_str(&summary).expect("it is JSON");
    for key in ["scenario", "seed", "looks", "plots", "rounds_fired", "leaks", "hostile", "digest"]
    {
        assert_eq!(json[key], summary[key], "{key}");
    }
    assert_eq!(json["kills"], summary["kills"]["hostile"]);
    assert!(json["rounds_fired"].as_u64() > Some(0), "nobody fired: {json}");
}

#[test]
fn a_recording_stands_in_a_folder_that_says_what_it_is() {
    let desk = Desk::new();
    desk.put("short.toml", SHORT);
    let words = ["run", "short.toml", "--seed", "5", "--variant", "hold", "--replication", "2"];
    let said = desk.say(&words);
    assert!(said.out.contains("seed 5, variant hold"), "{}", said.out);
    assert_eq!(listing(&desk.path("recordings")), ["short-hold-seed5-2/"]);
}

/// The commands that are shown are run as a shell runs them.
#[cfg(unix)]
#[test]
fn a_command_that_is_shown_can_be_copied() {
    let desk = Desk::new();
    desk.put("it's short.toml", SHORT.replace("name = \"missile\"", "name = \"a missile\""));
    let said = desk.say(&["run", "it's short.toml"]);
    let shown = said.out.lines().find_map(|line| line.trim_start().strip_prefix("Why?"));
    let shown = shown.expect("a command").trim().strip_prefix("redan ").expect("of redan");
    let shell = format!("set -- {shown}; for word; do echo \"$word\"; done");
    let words = std::process::Command::new("sh").args(["-c", &shell]).output().expect("a shell");
    let words = String::from_utf8(words.stdout).expect("text");
    let told = desk.say(&words.lines().collect::<Vec<_>>());
    assert!(told.out.starts_with("a missile (hostile, "), "{shown}: {}", told.all());
    let report = desk.path("recordings/it's short-seed1/report.html");
    assert!(
        said.out.contains("  Report     recordings/it's short-seed1/report.html"),
        "{}",
        said.out
    );
    assert!(report.exists());
}

#[test]
fn a_variant_changes_the_battle_as_it_says() {
    let desk = Desk::new();
    desk.put("short.toml", SHORT);
    let free = desk.say(&["run", "short.toml", "--json"]).json();
    let hold = desk.say(&["run", "short.toml", "--variant", "hold", "--json"]).json();
    assert!(free["rounds_fired"].as_u64() > Some(0), "{free}");
    assert_eq!(hold["rounds_fired"], 0);
    assert_eq!(hold["leaks"], 1);
    assert_ne!(free["digest"], hold["digest"]);
}
