//! The examples say what the program says: every figure and picture in them is made again here.
//!
//! After an intended change `REDAN_WRITE_EXAMPLES=1 cargo test -p redan --test it examples` writes them again; the
//! difference is then read before it is committed.

use std::fs;
use std::path::{Path, PathBuf};

use crate::common::Desk;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name)
}

/// Content of the first block of this kind.
fn block<'t>(text: &'t str, kind: &str) -> &'t str {
    let open = format!("```{kind}\n");
    let from = text.find(&open).unwrap_or_else(|| panic!("a block ```{kind}")) + open.len();
    let length = text[from..].find("```").expect("it is closed");
    &text[from..from + length]
}

/// What is told of a study, without the names of files and the time that it took.
fn told(output: &str) -> &str {
    let end = ["\ntable ", "\nreport "].iter().filter_map(|mark| output.find(mark)).min();
    output[..end.unwrap_or(output.len())].trim_end()
}

/// The first picture of a page: that of the measure that was asked for first.
fn picture(page: &str) -> &str {
    let from = page.find("<svg").expect("the page has a picture");
    let until = page[from..].find("</svg>").expect("it ends") + "</svg>\n".len();
    &page[from..from + until]
}

/// Runs the commands of an example and compares what they print and draw.
fn check(name: &str) {
    let desk = Desk::new();
    let folder = folder(name);
    desk.put("scenario.toml", fs::read(folder.join("scenario.toml")).expect("a scenario"));
    let readme = fs::read_to_string(folder.join("README.md")).expect("a README");
    let mut said = String::new();
    for line in block(&readme, "console").lines().filter_map(|line| line.strip_prefix("$ redan ")) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let one = desk.say(&words);
        assert_eq!(one.code, Some(0), "{line}: {}", one.err);
        said = one.out;
    }
    let pages = desk.listing();
    let wanted =
        if said.contains("sensitivity.html") { "result.sensitivity.html" } else { "result.html" };
    assert!(pages.contains(&wanted.to_string()), "{pages:?}");
    let page = fs::read_to_string(desk.path(wanted)).expect("a report");
    let drawn = picture(&page);
    if std::env::var_os("REDAN_WRITE_EXAMPLES").is_some() {
        let text = readme.replace(block(&readme, "text"), &format!("{}\n", told(&said)));
        fs::write(folder.join("README.md"), text).expect("it can be written");
        fs::write(folder.join("picture.svg"), drawn).expect("it can be written");
        return;
    }
    assert_eq!(block(&readme, "text").trim_end(), told(&said), "{name}");
    let kept = fs::read_to_string(folder.join("picture.svg")).expect("a picture");
    assert_eq!(kept, drawn, "{name}");
}

#[test]
fn is_400_km_the_range() {
    check("is-400-km-the-range");
}

#[test]
fn how_many_drones() {
    check("how-many-drones");
}

#[test]
fn stand_alone_or_linked() {
    check("stand-alone-or-linked");
}

#[test]
fn which_figure() {
    check("which-figure");
}

#[test]
fn would_it_shoot_at_an_airliner() {
    check("would-it-shoot-at-an-airliner");
}
