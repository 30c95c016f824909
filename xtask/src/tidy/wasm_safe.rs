//! What the crates up to redan-sim may not call: the clock, threads, files, the environment, and
//! the geodesic that runs on the platform's sine.
//!
//! The wasm build proves that they compile without an operating system. It does not prove that
//! they do not *call* one: on wasm32 such calls compile and fail when they run.

use super::Finding;
use super::paths::{UsedPath, re_exports, used_paths};
use super::source::{SourceFile, Tree};

/// Crates that hold the model of the world, lowest first.
pub(super) const PURE_CRATES: &[&str] =
    &["redan-geo", "redan-track", "redan-command", "redan-record", "redan-sim"];

/// The one file that may read files: it turns a scenario and its cards into data.
const LOADER: &str = "crates/redan-sim/src/scenario/load.rs";

const BANNED: &[(&[&str], &str)] = &[
    (&["std", "time", "Instant"], "no wall clock in a model"),
    (&["std", "time", "SystemTime"], "no wall clock in a model"),
    (&["std", "time", "*"], "name what is needed, so that a clock cannot slip in"),
    (&["std", "thread"], "threads belong to redan-study"),
    (&["std", "fs"], "only scenario::load reads files"),
    (&["std", "env"], "the result may depend on the arguments alone"),
    (&["std", "net"], "models know no network"),
    (&["std", "process"], "models start and end no process"),
];

/// Finds calls of what a pure crate must not know.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let pure = |file: &&SourceFile| {
        file.is_production() && file.crate_name().is_some_and(|name| PURE_CRATES.contains(&name))
    };
    let exported = re_exports(tree, "redan-geo");
    let is_geodesic_name = |name: &str| exported.get(name).is_some_and(|from| from == "geodesic");
    let mut findings = Vec::new();
    for file in tree.sources.iter().filter(pure) {
        for path in used_paths(file) {
            if let Some((_, reason)) = BANNED.iter().find(|(parts, _)| path.is_under(parts))
                && file.path != LOADER
            {
                let text = format!("`{}`: {reason}", path.text());
                findings.push(file.finding(path.line, "pure-crate", text));
            }
            if uses_geodesic(file, &path, &is_geodesic_name) {
                let text = "the geodesic uses the platform's sine: it is for authoring only";
                findings.push(file.finding(path.line, "geodesic", text.into()));
            }
        }
    }
    findings
}

/// Whether a path leads to the geodesic, by its module or by a name that the root re-exports.
fn uses_geodesic(file: &SourceFile, path: &UsedPath, is_exported: &dyn Fn(&str) -> bool) -> bool {
    let own_crate = file.crate_name() == Some("redan-geo");
    let own_module = file.module().unwrap_or_default();
    if own_crate && own_module.first().is_none_or(|name| name == "geodesic") {
        return false;
    }
    let root = if own_crate { "crate" } else { "redan_geo" };
    let second = path.segments.get(1).map_or("", String::as_str);
    path.segments[0] == root && (second == "geodesic" || is_exported(second))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(files: &[(&str, &str)]) -> usize {
        let parse = |(path, text): &(&str, &str)| SourceFile::parse(path, text);
        let sources = files.iter().map(parse).collect::<Result<_, _>>();
        check(&Tree { texts: vec![], sources: sources.expect("the samples parse") }).len()
    }

    #[test]
    fn the_clock_and_the_file_system_are_banned() {
        let path = "crates/redan-sim/src/world.rs";
        assert_eq!(count(&[(path, "use std::time::Instant;")]), 1);
        assert_eq!(count(&[(path, "use std::{fs, thread::spawn};")]), 2);
        assert_eq!(count(&[(path, "fn f() { println!(\"{:?}\", std::env::var(\"A\")); }")]), 1);
        assert_eq!(count(&[(path, "use std::time::Duration;")]), 0);
    }

    #[test]
    fn the_loader_tests_and_higher_crates_are_free() {
        assert_eq!(count(&[(LOADER, "use std::fs;")]), 0);
        assert_eq!(count(&[("crates/redan-sim/tests/load.rs", "use std::fs;")]), 0);
        assert_eq!(count(&[("crates/redan-store/src/write.rs", "use std::fs;")]), 0);
    }

    #[test]
    fn the_geodesic_is_out_of_reach_by_any_name() {
        let root = ("crates/redan-geo/src/lib.rs", "mod geodesic; pub use geodesic::inverse;");
        let user = |text| ("crates/redan-sim/src/world.rs", text);
        assert_eq!(count(&[root, user("use redan_geo::geodesic::inverse;")]), 1);
        assert_eq!(count(&[root, user("use redan_geo::{Ecef, inverse};")]), 1);
        assert_eq!(count(&[root, user("use redan_geo::Ecef;")]), 0);
        assert_eq!(count(&[root, ("crates/redan-geo/src/local.rs", "use crate::geodesic::x;")]), 1);
    }
}
