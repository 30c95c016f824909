//! Studies as a user meets them: cut off and resumed, shared out, refused where they would be mixed, compared.

use std::fs;
use std::process::Stdio;
use std::time::{Duration, SystemTime};

use crate::common::{Desk, SHORT, Said};

/// A study of the short battle: enough parts to be cut between them.
const STUDY: [&str; 6] = ["study", "short.toml", "--replications", "240", "--seed", "5"];

fn desk() -> Desk {
    let desk = Desk::new();
    desk.put("short.toml", SHORT);
    desk
}

fn study(desk: &Desk, out: &str, more: &[&str]) -> Said {
    let words = [&STUDY[..], &["--out", out], more].concat();
    let said = desk.say(&words);
    assert_eq!(said.code, Some(0), "{}", said.err);
    said
}

fn bytes(desk: &Desk, name: &str) -> Vec<u8> {
    fs::read(desk.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// A time that differs from run to run: the moment of the kill must not matter.
fn some_while() -> Duration {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).expect("after 1970");
    Duration::from_millis(150 + u64::from(now.subsec_nanos()) / 1_000 % 900)
}

#[test]
fn a_study_that_is_killed_five_times_gives_the_same_bytes() {
    let desk = desk();
    study(&desk, "whole.parquet", &[]);
    let mut kills = 0;
    for _ in 0..5 {
        let words = [&STUDY[..], &["--out", "cut.parquet"]].concat();
        let mut child = desk
            .redan()
            .args(words)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("redan can be started");
        std::thread::sleep(some_while());
        // On Unix this is SIGKILL.
        child.kill().expect("it can be killed");
        kills += u32::from(!child.wait().expect("it ends").success());
    }
    assert!(kills > 0, "at least one came before the end");
    study(&desk, "cut.parquet", &[]);
    assert_eq!(bytes(&desk, "whole.parquet"), bytes(&desk, "cut.parquet"));
    assert!(!desk.path("cut.parquet.parts").exists(), "nothing is left behind");
}

/// Asked to stop, it finishes the parts under way, says how to go on, and ends as shells expect.
#[cfg(unix)]
#[test]
fn a_study_that_is_interrupted_keeps_what_it_played() {
    let desk = desk();
    let words = ["study", "short.toml", "--replications", "20000", "--out", "cut.parquet"];
    let child = desk.redan().args(words).stderr(Stdio::piped()).stdout(Stdio::null()).spawn();
    let child = child.expect("redan can be started");
    std::thread::sleep(Duration::from_millis(2_500));
    let asked = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(asked.expect("kill is there").success());
    let output = child.wait_with_output().expect("it ends");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(130), "{said}");
    assert!(said.contains("what was played is kept"), "{said}");
    let parts = fs::read_dir(desk.path("cut.parquet.parts")).expect("the parts are kept");
    assert!(parts.count() > 1, "some were done");
    assert!(!desk.path("cut.parquet").exists());
}

#[test]
fn shares_and_threads_give_the_same_bytes() {
    let desk = desk();
    study(&desk, "one.parquet", &["--threads", "1"]);
    for of in ["2", "4"] {
        let out = format!("{of}.parquet");
        let shares: Vec<String> =
            (1..=of.parse().expect("a number")).map(|k: u32| format!("{k}/{of}")).collect();
        for (index, share) in shares.iter().enumerate() {
            assert!(!desk.path(&out).exists());
            let said = study(&desk, &out, &["--shard", share, "--threads", "2"]);
            let last = index + 1 == shares.len();
            assert_eq!(said.out.contains("parts are in"), !last, "{}", said.out);
        }
        assert_eq!(bytes(&desk, "one.parquet"), bytes(&desk, &out), "{of} shares");
    }
}

#[test]
fn a_study_is_not_mixed_with_another() {
    let desk = desk();
    study(&desk, "half.parquet", &["--shard", "1/2"]);
    let other = |more: [&'static str; 2]| {
        let mut words: Vec<&str> = STUDY.to_vec();
        match more[0] {
            "--seed" => words[5] = more[1],
            "--replications" => words[3] = more[1],
            _ => words.extend(more),
        }
        words.extend(["--out", "half.parquet"]);
        desk.say(&words)
    };
    other(["--seed", "6"]).assert_refused(&["the plan (seed 5, now 6)"]);
    other(["--replications", "300"]).assert_refused(&["the plan (replications 240, now 300)"]);
    other(["--battles", "3"]).assert_refused(&["battles 2, now 3"]);
    other(["--design", "latin"]).assert_refused(&["design random, now latin"]);
    other(["--variant", "hold"]).assert_refused(&["variants and settings"]);
    desk.put("short.toml", SHORT.replace("A short one", "Another one"));
    other(["--design", "random"]).assert_refused(&["the scenario"]);
    desk.put("short.toml", SHORT);
    study(&desk, "half.parquet", &["--shard", "2/2"]);
    // The same holds for a study that is finished, which is otherwise told again.
    other(["--seed", "6"]).assert_refused(&["the plan (seed 5, now 6)"]);
    assert!(study(&desk, "half.parquet", &[]).out.contains("leakage_ratio"));
}

#[test]
fn a_study_stops_when_it_knows_enough() {
    let desk = desk();
    let words =
        ["study", "short.toml", "--until", "leakage±0.1", "--replications", "4000", "--json"];
    let one = desk.say(&[&words[..], &["--out", "a.parquet", "--threads", "1"]].concat()).json();
    desk.say(&[&words[..], &["--out", "b.parquet", "--threads", "2"]].concat()).json();
    assert_eq!(bytes(&desk, "a.parquet"), bytes(&desk, "b.parquet"), "whatever the threads");
    let played = one["cases"][0]["replications"].as_u64().expect("a number");
    assert!((200..4_000).contains(&played), "{played}");
    let found = &one["cases"][0]["measures"][0];
    assert_eq!(found["measure"], "leakage_ratio");
    let ends = found["monte_carlo"].as_array().expect("two ends");
    let width = ends[1].as_f64().expect("a number") - ends[0].as_f64().expect("a number");
    assert!((width - 0.2).abs() < 1e-9, "{width}");
    let both = [&words[..], &["--out", "c.parquet", "--shard", "1/2"]].concat();
    assert_eq!(desk.say(&both).code, Some(2), "a share cannot know when all know enough");
}

#[test]
fn any_replication_can_be_played_again() {
    let desk = desk();
    study(&desk, "nominal.parquet", &["--design", "nominal"]);
    let table = redan_store::StudyTable::open(&desk.path("nominal.parquet")).expect("a table");
    let digests = table.texts("digest").expect("a column");
    let words =
        ["run", "short.toml", "--seed", "5", "--replication", "31", "--out", "rec", "--json"];
    assert_eq!(desk.say(&words).json()["digest"].as_str(), digests[31].as_deref());
    study(&desk, "drawn.parquet", &[]);
    let table = redan_store::StudyTable::open(&desk.path("drawn.parquet")).expect("a table");
    let drawn = table.texts("digest").expect("a column");
    let draw = table.wholes("draw").expect("a column")[31].to_string();
    let said = desk.say(&[&words[..], &["--draw", &draw]].concat()).json();
    assert_eq!(said["digest"].as_str(), drawn[31].as_deref());
    assert_ne!(drawn[31], digests[31], "other figures make another battle");
}

#[test]
fn variants_are_compared_draw_by_draw() {
    let desk = desk();
    let words =
        ["compare", "short.toml", "--replications", "80", "--measure", "leakage", "--measure"];
    let more = ["rounds_fired", "--measure", "hostile", "--matters", "hostile=0.5", "--json"];
    let said = desk.say(&[&words[..], &more[..]].concat()).json();
    let found = said["comparisons"].as_array().expect("a list");
    let verdict = |measure: &str| {
        let one = found.iter().find(|one| one["measure"] == measure).expect("it is there");
        (one["case"].clone(), one["verdict"].clone(), one["words"].as_str().map(str::to_string))
    };
    let (case, leakage, words) = verdict("leakage_ratio");
    assert_eq!((case.as_str(), leakage.as_str()), (Some("hold"), Some("differs")));
    assert!(words.expect("words").starts_with("leakage_ratio rises"));
    assert_eq!(verdict("rounds_fired").1, "differs");
    assert_eq!(verdict("hostile").1, "equivalent", "one missile comes in both");
    let text = desk.say(&["compare", "short.toml", "--replications", "80", "--measure", "hostile"]);
    // The same table is not to be mixed, but another choice of measures is the same study.
    assert!(text.out.contains("no difference shown in hostile"), "{}{}", text.out, text.err);
    let page =
        fs::read_to_string(desk.path("studies/short-compared-seed1.html")).expect("a report");
    assert!(page.contains("<svg") && page.contains("no difference shown"));
}

#[test]
fn a_factorial_has_effects_and_conditions_have_regret() {
    let desk = desk();
    let near =
        "[variants.near]\nabout = \"It begins nearer.\"\nset = { \"flight.missile.count\" = 2 }\n";
    desk.put("short.toml", format!("{SHORT}\n{near}"));
    let words = ["compare", "short.toml", "--replications", "40", "--measure", "leakage"];
    let said = desk.say(&[&words[..], &["--variants", "hold,near", "--factorial"]].concat());
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(said.out.contains("hold × near"), "{}", said.out);
    let sweep = ["--variants", "hold", "--sweep", "flight.missile.count=1,3", "--out", "r.parquet"];
    let said = desk.say(&[&words[..], &sweep[..]].concat());
    assert!(
        said.out.contains("Regret") && said.out.contains("flight.missile.count=3"),
        "{}",
        said.out
    );
}

#[test]
fn a_sweep_has_one_case_for_each_value() {
    let desk = desk();
    let words =
        ["study", "short.toml", "--replications", "40", "--sweep", "flight.missile.count=1..3:1"];
    let said = desk.say(&[&words[..], &["--json"]].concat()).json();
    let cases = said["cases"].as_array().expect("a list");
    let names: Vec<&str> = cases.iter().filter_map(|case| case["case"].as_str()).collect();
    assert_eq!(
        names,
        ["flight.missile.count=1", "flight.missile.count=2", "flight.missile.count=3"]
    );
    desk.put("design.csv", "name,variant,flight.missile.count\nquiet,hold,2\nloud,,4\n");
    let words = [
        "study",
        "short.toml",
        "--replications",
        "8",
        "--factors",
        "design.csv",
        "--out",
        "d.parquet",
    ];
    let said = desk.say(&words);
    assert!(said.out.contains("quiet") && said.out.contains("loud"), "{}{}", said.out, said.err);
    let page = fs::read_to_string(desk.path("studies/short-sweep-seed1.html")).expect("a report");
    assert!(page.contains("Response over flight.missile.count"));
}

/// The kill probability of the one missile type that is fired must come out on top, and what cannot matter to one
/// cruise missile must not be shown.
#[test]
fn the_ledger_tells_what_moved_the_answer() {
    let desk = desk();
    let words =
        ["study", "short.toml", "--replications", "1600", "--battles", "4", "--out", "s.parquet"];
    let only = ["--only", "kill_probability", "--only", "reliability", "--only", "rcs"];
    let said = desk.say(&[&words[..], &only[..]].concat());
    assert_eq!(said.code, Some(0), "{}", said.err);
    let said = desk.say(&["ledger", "--after", "s.parquet"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    let first = said.out.lines().find(|line| line.starts_with("* ")).expect("something moved it");
    assert!(first.contains("kill_probability_cruise_missile"), "{}", said.out);
    assert!(desk.path("s.sensitivity.html").exists());
    let pairs =
        ["study", "short.toml", "--replications", "1600", "--battles", "40", "--out", "p.parquet"];
    let one = ["--design", "pairs", "--only", "kill_probability_cruise"];
    let said = desk.say(&[&pairs[..], &one[..]].concat());
    assert_eq!(said.code, Some(0), "{}", said.err);
    let said = desk.say(&["ledger", "--after", "p.parquet", "--measure", "kills"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    // The battalion fires 9M96E2 at what is so near, so that its figures leave nothing to the other's.
    let first = said.out.lines().find(|line| line.contains("s-400/")).expect("cards are listed");
    assert!(first.contains("s-400/9m96e2"), "{}", said.out);
    desk.say(&["ledger", "--after", "short.toml"]).assert_refused(&["no table of a study"]);
}

#[test]
fn mistakes_are_refused_with_a_hint() {
    let desk = desk();
    let cases: [&[&str]; 6] = [
        &["study", "short.toml", "--set", "flight.rade.count=3"],
        &["study", "short.toml", "--only", "no-such-figure"],
        &["study", "short.toml", "--variant", "holt"],
        &["study", "short.toml", "--factors", "short.toml"],
        &["compare", "short.toml", "--variants", "holt"],
        &["study", "none.toml"],
    ];
    for words in cases {
        desk.say(words).assert_refused(&[]);
        assert!(!desk.path("studies").exists(), "{words:?} leaves nothing behind");
    }
}
