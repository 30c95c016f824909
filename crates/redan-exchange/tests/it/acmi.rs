//! The flight recording, read by a reader of ACMI 2.2 of the test's own.

use std::collections::BTreeMap;

use redan_exchange::{Format, View};

use crate::battle::{NETWORK, battle};
use crate::exported;

/// A line: the seconds of its frame, the object, and its properties in order; the object `-` and one
/// property for a removal.
pub(crate) struct Line {
    pub(crate) time_s: f64,
    pub(crate) object: String,
    pub(crate) properties: Vec<(String, String)>,
}

impl Line {
    fn get(&self, name: &str) -> Option<&str> {
        self.properties.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// Reads a recording; a panic for what the format does not allow.
pub(crate) fn read(text: &str) -> Vec<Line> {
    let body = text
        .strip_prefix("FileType=text/acmi/tacview\nFileVersion=2.2\n")
        .expect("the two lines that must come first");
    let body = body.strip_suffix('\n').expect("the last line ends too");
    let (mut time_s, mut lines) = (0.0, Vec::new());
    for line in split(body, '\n') {
        if let Some(frame) = line.strip_prefix('#') {
            time_s = frame.parse().expect("seconds");
        } else if let Some(object) = line.strip_prefix('-') {
            let properties = vec![("removed".to_owned(), object.to_owned())];
            lines.push(Line { time_s, object: "-".to_owned(), properties });
        } else {
            let mut fields = split(&line, ',').into_iter();
            let object = fields.next().expect("an object");
            assert!(u64::from_str_radix(&object, 16).is_ok(), "`{object}` in `{line}`");
            let pair = |field: String| {
                let (key, value) = field.split_once('=').expect("a property");
                (key.to_owned(), value.replace("\\,", ",").replace("\\\n", "\n"))
            };
            lines.push(Line { time_s, object, properties: fields.map(pair).collect() });
        }
    }
    lines
}

/// Splits at a letter that no backslash stands before.
fn split(text: &str, separator: char) -> Vec<String> {
    let (mut parts, mut before) = (vec![String::new()], ' ');
    for letter in text.chars() {
        if letter == separator && before != '\\' {
            parts.push(String::new());
        } else {
            parts.last_mut().expect("there is a part").push(letter);
        }
        before = letter;
    }
    parts
}

/// Objects by number: what was said of them first, and all in all.
fn objects(lines: &[Line]) -> BTreeMap<&str, Vec<&Line>> {
    let mut objects: BTreeMap<&str, Vec<&Line>> = BTreeMap::new();
    for line in lines.iter().filter(|line| !["0", "-"].contains(&line.object.as_str())) {
        objects.entry(&line.object).or_default().push(line);
    }
    objects
}

fn id<'a>(lines: &'a [Line], key: &str, value: &str) -> &'a str {
    let line = lines.iter().find(|line| line.object != "0" && line.get(key) == Some(value));
    &line.unwrap_or_else(|| panic!("no object with {key}={value}")).object
}

fn events<'a>(lines: &'a [Line], starts: &str) -> Vec<&'a Line> {
    let is_one = |line: &&Line| line.get("Event").is_some_and(|event| event.starts_with(starts));
    lines.iter().filter(is_one).collect()
}

#[test]
fn the_head_names_time_title_source_and_category() {
    let lines = read(&exported(&battle(), Format::Acmi, &View::Truth));
    let global = |key: &str| lines.iter().find_map(|line| line.get(key).map(str::to_owned));
    assert_eq!(global("ReferenceTime").expect("a time"), "2026-05-12T04:00:00Z");
    assert_eq!(global("Title").expect("a title"), "Twelve raiders, \"low\"\nand high/");
    assert_eq!(global("DataSource").expect("a source"), "redan");
    assert_eq!(global("Category").expect("a category"), "Air defence");
    assert_eq!(
        global("Comments").expect("the run"),
        "truth; seed 7, replication 3, variant lonely"
    );
}

#[test]
fn every_object_comes_with_its_place_name_type_and_side() {
    for view in crate::views() {
        let lines = read(&exported(&battle(), Format::Acmi, &view));
        for (object, said) in objects(&lines) {
            for key in ["T", "Name", "Type", "Coalition", "Color"] {
                assert!(said[0].get(key).is_some(), "{view}: {object} has no {key}");
            }
        }
    }
}

#[test]
fn aircraft_fly_in_truth_and_end_as_they_did() {
    let text = exported(&battle(), Format::Acmi, &View::Truth);
    let lines = read(&text);
    let zorro = id(&lines, "CallSign", "ZORRO-1");
    let first = objects(&lines)[zorro][0];
    assert_eq!((first.time_s, first.get("T")), (5.0, Some("33|40|9000")));
    assert_eq!(first.get("Name"), Some("Quokka, two-seat"));
    assert_eq!(first.get("Type"), Some("Air+FixedWing"));
    assert_eq!(first.get("Color"), Some("Red"));
    assert_eq!(first.get("Group"), Some("ZORRO"));
    assert_eq!(events(&lines, &format!("Destroyed|{zorro}|")).len(), 1);
    assert!(text.contains(&format!("\n-{zorro}\n")));
    let heron = id(&lines, "CallSign", "HERON-7");
    assert_eq!(events(&lines, &format!("LeftArea|{heron}|")).len(), 1);
    let leaker = id(&lines, "CallSign", "ZORRO-2");
    let ankara = id(&lines, "Name", "Ankara");
    let leak = events(&lines, &format!("Message|{leaker}|{ankara}|"));
    assert_eq!((leak.len(), leak[0].time_s), (1, 62.0));
}

#[test]
fn missiles_know_their_launcher_and_target_and_radars_lock() {
    for (view, key, target) in [
        (View::Truth, "CallSign", "ZORRO-1"),
        (View::Network(NETWORK.to_owned()), "Name", "track 7"),
    ] {
        let lines = read(&exported(&battle(), Format::Acmi, &view));
        let target = id(&lines, key, target);
        let missile = id(&lines, "CallSign", "missile 9");
        let declared = objects(&lines)[missile][0];
        assert_eq!((declared.time_s, declared.get("Name")), (30.0, Some("48N6E3")));
        assert_eq!(declared.get("Type"), Some("Weapon+Missile"));
        assert_eq!(declared.get("Parent"), Some(id(&lines, "Name", "Murted/TEL-1")));
        assert_eq!(declared.get("LockedTarget"), Some(target));
        let radar = &objects(&lines)[id(&lines, "Name", "Murted/92N6E")];
        let locks: Vec<(f64, &str)> = radar
            .iter()
            .filter_map(|line| line.get("LockedTarget").map(|target| (line.time_s, target)))
            .collect();
        assert_eq!(locks, [(27.5, target), (55.0, "0")], "{view}");
        let modes: Vec<(f64, &str)> = radar
            .iter()
            .filter_map(|line| line.get("EngagementMode").map(|mode| (line.time_s, mode)))
            .collect();
        assert_eq!(modes, [(0.0, "0"), (27.5, "1"), (55.0, "0")], "{view}");
        assert_eq!(radar[0].get("EngagementRange"), Some("250000"));
        assert_eq!(radar[0].get("RadarRange"), Some("400000"));
    }
}

#[test]
fn a_radar_that_begins_to_radiate_was_silent_before() {
    let mut recording = battle();
    let radar = redan_record::RadarId(0);
    for (index, on) in [(3, true), (9, false)] {
        recording.events[index].what = redan_record::What::Radiates { radar, on };
    }
    for view in crate::views() {
        let lines = read(&exported(&recording, Format::Acmi, &view));
        let radar = &objects(&lines)[id(&lines, "Name", "Murted/92N6E")];
        let modes: Vec<&str> = radar.iter().filter_map(|line| line.get("RadarMode")).collect();
        assert_eq!(modes, ["0", "1", "0"], "{view}");
    }
}

#[test]
fn a_track_changes_its_colour_when_it_is_judged() {
    let view = View::Network(NETWORK.to_owned());
    let lines = read(&exported(&battle(), Format::Acmi, &view));
    let said = &objects(&lines)[id(&lines, "Name", "track 7")];
    let colours: Vec<(f64, &str)> =
        said.iter().filter_map(|line| line.get("Color").map(|c| (line.time_s, c))).collect();
    assert_eq!(colours, [(10.0, "Violet"), (20.0, "Orange")]);
}

#[test]
fn nothing_is_said_of_an_object_before_it_is_there_or_after_it_has_gone() {
    for view in crate::views() {
        assert_order(&read(&exported(&battle(), Format::Acmi, &view)));
    }
}

/// Objects are pointed at between their first line and their removal only.
pub(crate) fn assert_order(lines: &[Line]) {
    let (mut present, mut gone) = (Vec::new(), Vec::new());
    let mut last_s = f64::NEG_INFINITY;
    for line in lines {
        assert!(line.time_s >= last_s || last_s == 0.0, "time runs back");
        last_s = line.time_s;
        for (key, value) in &line.properties {
            let pointed: Vec<&str> = match key.as_str() {
                "Parent" | "LockedTarget" if value != "0" => vec![value],
                "Event" => value.split('|').skip(1).take_while(|id| is_id(id)).collect(),
                "removed" => vec![value],
                _ => vec![],
            };
            for id in pointed {
                assert!(present.contains(&id.to_owned()), "{key}={value}: {id} is not there");
            }
        }
        if line.object == "-" {
            gone.push(line.properties[0].1.clone());
        } else if line.object != "0" {
            assert!(!gone.contains(&line.object), "{} has gone", line.object);
            present.push(line.object.clone());
        }
    }
}

/// Notes begin with a name and a colon, and so are never taken for a number.
fn is_id(text: &str) -> bool {
    u64::from_str_radix(text, 16).is_ok()
}
