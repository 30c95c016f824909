//! Inside redan-sim one reads card → scenario → draw → model → world → engine, and no file knows
//! its caller; coverage uses the models but never the engine.

use super::Finding;
use super::paths::{re_exports, used_paths};
use super::source::Tree;

const CRATE: &str = "redan-sim";

/// Modules of redan-sim and those that each must not name. A module that is not listed is a
/// helper of all of them and must not name the engine.
const FORBIDDEN: &[(&str, &[&str])] = &[
    ("card", &["scenario", "draw", "model", "world", "engine", "coverage"]),
    ("scenario", &["draw", "model", "world", "engine", "coverage"]),
    ("draw", &["model", "world", "engine", "coverage"]),
    ("model", &["world", "engine", "coverage"]),
    ("world", &["engine", "coverage"]),
    ("engine", &["coverage"]),
    ("coverage", &["engine"]),
];

/// Finds uses of a module that is read later.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let exported = re_exports(tree, CRATE);
    let mut findings = Vec::new();
    let own = |file: &&super::source::SourceFile| {
        file.crate_name() == Some(CRATE) && file.is_production()
    };
    for file in tree.sources.iter().filter(own) {
        let module = file.module().unwrap_or_default();
        // The root names every module and calls none of them.
        let Some(module) = module.first() else { continue };
        let forbidden = FORBIDDEN.iter().find(|(name, _)| name == module);
        let forbidden = forbidden.map_or(&["engine"][..], |(_, list)| list);
        for path in used_paths(file).iter().filter(|path| path.segments[0] == "crate") {
            let Some(name) = path.segments.get(1) else { continue };
            let target = exported.get(name).unwrap_or(name);
            if forbidden.contains(&target.as_str()) {
                let text = format!("`{module}` must not know `{target}` (`{}`)", path.text());
                findings.push(file.finding(path.line, "reading-order", text));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::source::SourceFile;
    use super::*;

    fn count(path: &str, text: &str) -> usize {
        let root = "mod engine; pub use engine::run; pub use card::Card;";
        let files = [("crates/redan-sim/src/lib.rs", root), (path, text)];
        let parse = |(path, text): &(&str, &str)| SourceFile::parse(path, text);
        let sources = files.iter().map(parse).collect::<Result<_, _>>();
        check(&Tree { texts: vec![], sources: sources.expect("the samples parse") }).len()
    }

    #[test]
    fn a_model_must_not_know_the_engine_by_any_way() {
        let radar = "crates/redan-sim/src/model/radar.rs";
        assert_eq!(count(radar, "use crate::engine::Due;"), 1);
        assert_eq!(count(radar, "use crate::{card::Card, engine};"), 1);
        assert_eq!(count(radar, "use super::super::engine;"), 1);
        assert_eq!(count(radar, "fn f() { crate::run() }"), 1);
        assert_eq!(count(radar, "use crate::Card; use super::atmosphere; use crate::scenario;"), 0);
    }

    #[test]
    fn coverage_uses_models_and_not_the_engine() {
        let coverage = "crates/redan-sim/src/coverage.rs";
        assert_eq!(count(coverage, "use crate::model::radar;"), 0);
        assert_eq!(count(coverage, "use crate::engine::run;"), 1);
    }

    #[test]
    fn the_engine_uses_what_is_read_before_it() {
        let engine = "crates/redan-sim/src/engine/queue.rs";
        assert_eq!(count(engine, "use crate::{world::World, model::radar}; use super::Due;"), 0);
    }

    #[test]
    fn helpers_must_not_know_the_engine() {
        assert_eq!(count("crates/redan-sim/src/version.rs", "use crate::engine;"), 1);
        assert_eq!(count("crates/redan-sim/src/version.rs", "use crate::card;"), 0);
    }
}
