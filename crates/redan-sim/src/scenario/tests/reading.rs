//! Files as they lie on a disk: missing, long, binary, cut off.

use std::path::{Path, PathBuf};

use super::{LIBRARY, SMALL, parse, scenario, small};
use crate::scenario::{Draft, LONGEST_FILE, Wish};

/// A file in the folder for tests, removed when it goes out of use.
struct Scrap(PathBuf);

impl Scrap {
    fn new(name: &str, bytes: &[u8]) -> Self {
        let path = std::env::temp_dir().join(format!("redan-{}-{name}", std::process::id()));
        std::fs::write(&path, bytes).expect("the folder for tests can be written");
        Self(path)
    }

    fn reason(&self) -> String {
        match Draft::read(&self.0, None, &LIBRARY) {
            Ok(_) => panic!("{} was read", self.0.display()),
            Err(problems) => problems.to_string(),
        }
    }
}

impl Drop for Scrap {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

#[test]
fn a_file_is_read_and_kept_as_it_is() {
    let scrap = Scrap::new("good.toml", SMALL.as_bytes());
    let draft = Draft::read(&scrap.0, None, &LIBRARY).expect("no mistakes");
    assert_eq!(draft.text(), SMALL);
    assert_eq!(draft.title(), "Small");
    assert_eq!(draft.terrain(), Wish::Auto);
}

#[test]
fn files_that_are_no_scenarios_are_refused_in_one_sentence() {
    assert!(Scrap::new("binary", b"a = 1\0").reason().contains("this is a binary file"));
    let latin = Scrap::new("latin", b"title = 'x'\nquestion = 'M\xfcrted'").reason();
    assert!(latin.contains("in line 2, is not UTF-8"), "{latin}");
    assert!(Scrap::new("empty", b"").reason().contains("the file is empty"));
    let missing = Draft::read(Path::new("no such file.toml"), None, &LIBRARY).unwrap_err();
    assert!(missing.to_string().contains("cannot be read"), "{missing}");
    let folder = Draft::read(&std::env::temp_dir(), None, &LIBRARY).unwrap_err();
    assert!(folder.to_string().contains("this is a folder"), "{folder}");
}

#[test]
fn a_long_file_is_refused_without_being_read() {
    let scrap = Scrap::new("long", b"");
    let file = std::fs::OpenOptions::new().write(true).open(&scrap.0).expect("it is there");
    // A hole of a terabyte takes no room on the disk, and could not be read into memory.
    file.set_len(1 << 40).expect("a hole can be made");
    assert!(scrap.reason().contains("longer than 4 MB"));
    assert_eq!(LONGEST_FILE, 4 << 20);
}

#[test]
fn every_truncation_is_a_scenario_or_a_list_of_problems() {
    for end in (0..SMALL.len()).filter(|end| SMALL.is_char_boundary(*end)) {
        let Err(found) = parse(&SMALL[..end], None) else { continue };
        assert!(!found.list.is_empty());
        assert!(found.list.iter().all(|problem| problem.line >= 1), "{found}");
    }
}

#[test]
fn line_ends_and_byte_order_marks_of_other_systems_do_not_matter() {
    let windows = format!("\u{feff}{}", SMALL.replace('\n', "\r\n"));
    assert_eq!(scenario(&windows, None).title, "Small");
}

#[test]
fn relief_is_looked_for_beside_the_scenario() {
    let with =
        |value: &str| small(&[("[[network]]", &format!("terrain = \"{value}\"\n[[network]]"))]);
    let wish = |name: &str, value: &str| {
        Draft::parse(name, &with(value), None, &LIBRARY).expect("no mistakes").terrain()
    };
    assert_eq!(wish("a/b.toml", "tiles"), Wish::Path(PathBuf::from("a/tiles")));
    assert_eq!(wish("b.toml", "smooth"), Wish::Smooth);
}

#[test]
fn relief_that_is_not_on_the_disk_is_a_problem_only_when_asked_for() {
    let with = |value: &str| {
        let text = small(&[("[[network]]", &format!("terrain = \"{value}\"\n[[network]]"))]);
        Draft::parse("a/b.toml", &text, None, &LIBRARY).expect("no mistakes")
    };
    let found = with("rough").with_terrain_on_disk().expect_err("nothing is there");
    assert_eq!(found.list.len(), 1, "{found}");
    assert_eq!(found.list[0].field, "terrain");
    assert_eq!(&found.text[found.list[0].span.clone().expect("a place")], "\"rough\"");
    assert!(found.list[0].hint.is_some());
    assert!(with("auto").with_terrain_on_disk().is_ok());
    assert!(with("smooth").with_terrain_on_disk().is_ok());
    let folder = std::env::temp_dir().display().to_string().replace('\\', "/");
    assert!(with(&folder).with_terrain_on_disk().is_ok());
}

#[test]
fn bounds_hold_everything_even_across_the_date_line() {
    let bounds = parse(SMALL, None).expect("no mistakes").bounds();
    assert!(bounds.south_deg < 39.93 && bounds.north_deg > 42.0, "{bounds:?}");
    assert!(bounds.west_deg < 32.57 && bounds.east_deg > 33.0, "{bounds:?}");
    assert!(bounds.east_deg - bounds.west_deg < 1.5);
    let far = small(&[
        ("at = [40.08, 32.57]", "at = [52.0, 179.8]"),
        ("at = [39.93, 32.86]\n[", "at = [52.1, -179.8]\n["),
        ("at = [42.0, 33.0]", "at = [53.0, -179.5]"),
        ("{ at = [39.93, 32.86] },\n]", "{ at = [52.1, -179.8] },\n]"),
    ]);
    let bounds = parse(&far, None).expect("no mistakes").bounds();
    assert!(bounds.west_deg < 179.8 && bounds.east_deg > 180.4, "{bounds:?}");
    assert!(bounds.east_deg < 181.0, "{bounds:?}");
}
