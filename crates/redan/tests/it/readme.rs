//! The README shows what the program prints.

use crate::common::shared;

const README: &str = include_str!("../../../../README.md");

/// Lines of the `text` blocks of the README, in order.
fn blocks() -> Vec<Vec<&'static str>> {
    let mut blocks = Vec::new();
    let mut open: Option<Vec<&str>> = None;
    for line in README.lines() {
        match (&mut open, line) {
            (None, "```text") => open = Some(Vec::new()),
            (Some(_), "```") => blocks.extend(open.take()),
            (Some(block), _) => block.push(line),
            _ => {}
        }
    }
    blocks
}

#[test]
fn the_story_of_the_readme_is_the_one_that_is_told() {
    let told = &shared().said.out;
    for line in blocks()[0].iter().filter(|line| !line.contains('…')) {
        assert!(told.lines().any(|said| said.trim_end() == *line), "the README has `{line}`");
    }
}

#[test]
fn the_trace_of_the_readme_is_the_one_that_is_told() {
    let told = shared().say(&["trace", "rec", "stray"]);
    assert_eq!(told.out.trim_end(), blocks()[1].join("\n"));
}
