//! What plain text must hold or must not hold, in any file.

use super::Finding;
use super::source::Tree;

/// Directories of one machine. They are written in two parts so that this file may stand here.
const MACHINE_PATHS: &[&str] = &[
    concat!("/wo", "rk/"),
    concat!("/fa", "rm/"),
    concat!("/ro", "ot/"),
    concat!("/ho", "me/"),
    concat!("/t", "mp/"),
    concat!("/Us", "ers/"),
];

/// Hosts that serve packages: a mirror's address in a lock file breaks everybody else's build.
const REGISTRY_HOSTS: &[&str] = &[
    concat!("index.", "crates.io"),
    concat!("static.", "crates.io"),
    concat!("py", "pi.org"),
    concat!("files.", "pythonhosted"),
    concat!("registry.", "npmjs"),
    concat!("deb.", "debian.org"),
];

const CHANGELOG: &str = "CHANGELOG.md";
const MODEL_FILES: &str = "crates/redan-sim/src/model/";

/// Finds machine paths, registry hosts, a change log without a place for the next change, and
/// models without a header.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.texts.iter().filter(|file| !file.path.ends_with("Cargo.lock")) {
        for (index, line) in file.text.lines().enumerate() {
            if let Some(found) = foreign(line) {
                let text = format!("`{found}` is true on one machine only");
                findings.push(finding(&file.path, index + 1, "machine-path", text));
            }
        }
        let is_model = file.path.starts_with(MODEL_FILES) && file.path.ends_with(".rs");
        if is_model && !file.text.starts_with("//!") {
            let text =
                "a model opens with `//!`: equation, reference, units, valid range, omissions";
            findings.push(finding(&file.path, 1, "model-header", text.into()));
        }
    }
    if !tree.text(CHANGELOG).is_some_and(|text| text.contains("\n## [Unreleased]")) {
        let text = "has no `## [Unreleased]` section".to_owned();
        findings.push(finding(CHANGELOG, 0, "changelog", text));
    }
    findings
}

fn finding(path: &str, line: usize, rule: &'static str, text: String) -> Finding {
    Finding { path: path.to_owned(), line, rule, text }
}

/// The machine path or registry host that a line names.
fn foreign(line: &str) -> Option<&'static str> {
    let is_path_start = |at: usize| {
        let before = line[..at].chars().next_back();
        before.is_none_or(|letter| !letter.is_alphanumeric() && !"_-.}~".contains(letter))
    };
    let mut paths = MACHINE_PATHS.iter();
    let path = paths.find(|path| line.match_indices(**path).any(|(at, _)| is_path_start(at)));
    path.or_else(|| REGISTRY_HOSTS.iter().find(|host| line.contains(**host))).copied()
}

#[cfg(test)]
mod tests {
    use super::super::source::TextFile;
    use super::*;

    fn rules(files: &[(&str, &str)]) -> Vec<&'static str> {
        let text = |(path, text): &(&str, &str)| TextFile {
            path: (*path).to_owned(),
            text: (*text).to_owned(),
        };
        let tree = Tree { texts: files.iter().map(text).collect(), sources: vec![] };
        check(&tree).iter().map(|one| one.rule).collect()
    }

    #[test]
    fn machine_paths_are_told_from_parts_of_an_address() {
        let path = format!("reads {}main/x", MACHINE_PATHS[0]);
        assert_eq!(foreign(&path), Some(MACHINE_PATHS[0]));
        assert_eq!(foreign(&format!("https://example.org{}a", MACHINE_PATHS[3])), None);
        assert_eq!(foreign("../shared/reference"), None);
    }

    #[test]
    fn registry_hosts_are_found() {
        assert_eq!(foreign(&format!("https://{}/x", REGISTRY_HOSTS[0])), Some(REGISTRY_HOSTS[0]));
        assert_eq!(foreign("registry+https://github.com/rust-lang/crates.io-index"), None);
    }

    #[test]
    fn the_change_log_keeps_a_place_for_the_next_change() {
        assert_eq!(rules(&[(CHANGELOG, "# Change log\n\n## [Unreleased]\n")]), [""; 0]);
        assert_eq!(rules(&[(CHANGELOG, "# Change log\n\n## [0.1.0]\n")]), ["changelog"]);
        assert_eq!(rules(&[]), ["changelog"]);
    }

    #[test]
    fn a_model_opens_with_its_header() {
        let log = (CHANGELOG, "\n## [Unreleased]\n");
        let path = "crates/redan-sim/src/model/radar.rs";
        assert_eq!(rules(&[log, (path, "use crate::card;\n")]), ["model-header"]);
        assert_eq!(rules(&[log, (path, "//! Radar.\n")]), [""; 0]);
    }
}
