//! Which crate may depend on which: the table of `ARCHITECTURE.md`, checked in the manifests.
//!
//! A crate earns its line by forbidding something. That a tracker never sees truth is not a habit
//! but an import that Cargo refuses, and this rule keeps anybody from adding it. Dependencies of
//! tests are free: an oracle may come from anywhere.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use toml::{Table, Value};

use super::Finding;
use super::source::{TextFile, Tree};
use super::wasm_safe::PURE_CRATES;

/// Each crate with the crates of this workspace that it may name.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("redan-geo", &[]),
    ("redan-track", &["redan-geo"]),
    ("redan-command", &["redan-geo", "redan-track"]),
    ("redan-record", &["redan-geo", "redan-track", "redan-command"]),
    ("redan-sim", &["redan-geo", "redan-track", "redan-command", "redan-record"]),
    ("redan-study", &["redan-geo", "redan-track", "redan-command", "redan-record", "redan-sim"]),
    ("redan-terrain", &["redan-geo"]),
    ("redan-store", &["redan-geo", "redan-track", "redan-command", "redan-record"]),
    ("redan-exchange", &["redan-geo", "redan-track", "redan-command", "redan-record"]),
    ("redan-load", &["redan-geo", "redan-sim", "redan-store", "redan-terrain"]),
    ("redan", ALL_LIBRARIES),
    ("redan-py", WITH_THE_SHELL),
    ("xtask", &[]),
];

const ALL_LIBRARIES: &[&str] = &[
    "redan-geo",
    "redan-track",
    "redan-command",
    "redan-record",
    "redan-sim",
    "redan-study",
    "redan-terrain",
    "redan-store",
    "redan-exchange",
    "redan-load",
];

/// The Python package is a second shell over the commands of the first.
const WITH_THE_SHELL: &[&str] = &[
    "redan",
    "redan-geo",
    "redan-track",
    "redan-command",
    "redan-record",
    "redan-sim",
    "redan-study",
    "redan-terrain",
    "redan-store",
    "redan-exchange",
    "redan-load",
];

/// What the crates up to redan-sim may take from outside: light, without threads, clock or files.
const PURE_OUTSIDE: &[&str] = &[
    "blake3",
    "geographiclib-rs",
    "libm",
    "nalgebra",
    "postcard",
    "rand_core",
    "schemars",
    "serde",
    "serde_json",
    "thiserror",
    "toml",
];

const DECISIONS: &str = "DESIGN.md";

/// Finds dependencies against the table, and outside ones without a reason in `DESIGN.md`.
pub(super) fn check(tree: &Tree) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for file in tree.texts.iter().filter(|file| file.path.ends_with("Cargo.toml")) {
        let manifest: Table =
            file.text.parse().with_context(|| format!("reading {}", file.path))?;
        if let Some(name) = manifest.get("package").and_then(|package| package.get("name")) {
            let name = name.as_str().with_context(|| format!("{}: package.name", file.path))?;
            findings.extend(check_package(file, name, &manifest));
        }
        if let Some(workspace) = manifest.get("workspace").and_then(Value::as_table) {
            findings.extend(check_reasons(file, workspace, tree.text(DECISIONS)));
        }
    }
    Ok(findings)
}

fn check_package(file: &TextFile, name: &str, manifest: &Table) -> Vec<Finding> {
    let mut findings = Vec::new();
    let Some((_, may_know)) = MAY_KNOW.iter().find(|(known, _)| *known == name) else {
        let text = format!("`{name}` has no line in the table of crates: what does it forbid?");
        return vec![finding(file, 0, text)];
    };
    for dependency in dependencies(manifest) {
        let is_ours = MAY_KNOW.iter().any(|(known, _)| *known == dependency);
        let is_pure = PURE_CRATES.contains(&name);
        let line = line_of(&file.text, &dependency);
        if is_ours && !may_know.contains(&dependency.as_str()) {
            findings.push(finding(file, line, format!("`{name}` must not know `{dependency}`")));
        }
        if !is_ours && is_pure && !PURE_OUTSIDE.contains(&dependency.as_str()) {
            let text = format!("`{name}` stays light: `{dependency}` is not on its list");
            findings.push(finding(file, line, text));
        }
    }
    findings
}

/// Normal and build dependencies, of every target, by the name of their package.
fn dependencies(manifest: &Table) -> BTreeSet<String> {
    let targets = manifest.get("target").and_then(Value::as_table);
    let tables = targets.into_iter().flat_map(Table::values).filter_map(Value::as_table);
    let mut names = BTreeSet::new();
    for table in tables.chain([manifest]) {
        for kind in ["dependencies", "build-dependencies"] {
            let Some(listed) = table.get(kind).and_then(Value::as_table) else { continue };
            for (name, detail) in listed {
                let package = detail.get("package").and_then(Value::as_str);
                names.insert(package.unwrap_or(name).to_owned());
            }
        }
    }
    names
}

fn check_reasons(file: &TextFile, workspace: &Table, decisions: Option<&str>) -> Vec<Finding> {
    let listed = workspace.get("dependencies").and_then(Value::as_table);
    let outside = listed.into_iter().flat_map(Table::iter);
    let outside = outside.filter(|(_, detail)| detail.get("path").is_none());
    let is_named = |name: &str| decisions.is_some_and(|text| text.contains(&format!("`{name}`")));
    let silent = outside.filter(|(name, _)| !is_named(name));
    silent
        .map(|(name, _)| {
            let text = format!("`{name}` has no reason in {DECISIONS}");
            finding(file, line_of(&file.text, name), text)
        })
        .collect()
}

fn line_of(text: &str, key: &str) -> usize {
    let starts =
        |line: &str| line.strip_prefix(key).is_some_and(|rest| rest.starts_with([' ', '=', '.']));
    text.lines().position(starts).map_or(0, |index| index + 1)
}

fn finding(file: &TextFile, line: usize, text: String) -> Finding {
    Finding { path: file.path.clone(), line, rule: "dependency", text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(files: &[(&str, String)]) -> Vec<String> {
        let files = files
            .iter()
            .map(|(path, text)| TextFile { path: (*path).to_owned(), text: text.clone() });
        let tree = Tree { texts: files.collect(), sources: vec![] };
        check(&tree).expect("the manifests read").into_iter().map(|one| one.text).collect()
    }

    fn of_package(name: &str, rest: &str) -> Vec<String> {
        texts(&[("crates/x/Cargo.toml", format!("[package]\nname = \"{name}\"\n{rest}"))])
    }

    #[test]
    fn a_tracker_must_not_know_the_simulator() {
        let found = of_package("redan-track", "[dependencies]\nredan-sim.workspace = true\n");
        assert_eq!(found, ["`redan-track` must not know `redan-sim`"]);
        let found = of_package("redan-track", "[dependencies]\nredan-geo.workspace = true\n");
        assert!(found.is_empty());
    }

    #[test]
    fn a_new_name_or_a_target_table_hides_nothing() {
        let renamed = "[dependencies]\nworld = { package = \"redan-sim\", path = \"../x\" }\n";
        assert_eq!(of_package("redan-store", renamed).len(), 1);
        let target = "[target.'cfg(unix)'.dependencies]\nredan-sim.workspace = true\n";
        assert_eq!(of_package("redan-record", target).len(), 1);
    }

    #[test]
    fn dependencies_of_tests_are_free() {
        let rest = "[dev-dependencies]\nredan-sim.workspace = true\nproptest.workspace = true\n";
        assert!(of_package("redan-track", rest).is_empty());
    }

    #[test]
    fn pure_crates_stay_light() {
        assert_eq!(of_package("redan-sim", "[dependencies]\nrayon.workspace = true\n").len(), 1);
        assert!(of_package("redan-study", "[dependencies]\nrayon.workspace = true\n").is_empty());
    }

    #[test]
    fn a_crate_without_a_line_in_the_table_is_refused() {
        assert_eq!(of_package("redan-extra", "").len(), 1);
    }

    #[test]
    fn a_dependency_has_its_reason() {
        let manifest = "[workspace.dependencies]\nlibm = \"0.2\"\nredan-geo = { path = \"x\" }\n";
        let with = |design: &str| {
            texts(&[("Cargo.toml", manifest.to_owned()), (DECISIONS, design.to_owned())])
        };
        assert_eq!(with("nothing"), ["`libm` has no reason in DESIGN.md"]);
        assert!(with("`libm`: bits").is_empty());
    }

    /// A cycle would mean that the table itself is wrong.
    #[test]
    fn the_table_has_no_cycle() {
        for (index, (name, may_know)) in MAY_KNOW.iter().enumerate() {
            for other in *may_know {
                let place = MAY_KNOW.iter().position(|(known, _)| known == other);
                let is_leaf = ["redan", "redan-py"].contains(name);
                assert!(is_leaf || place.is_some_and(|place| place < index), "{name} -> {other}");
            }
        }
    }
}
