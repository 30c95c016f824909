//! Every path that a file names: in `use`, in code, and inside macro calls.
//!
//! The rules about imports all work on this one list. A path is made absolute where that can be
//! done from the text alone: `super::` and `self::` become `crate::…`, and names that a crate's
//! root re-exports are traced to the module they come from.

use std::collections::BTreeMap;

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Item, UseTree};

use super::Finding;
use super::source::{SourceFile, Tree, attributes_of, marks_test};

/// A path as named somewhere.
#[derive(Debug, PartialEq)]
pub(super) struct UsedPath {
    /// Segments, the first one `crate` for paths inside the own crate.
    pub(super) segments: Vec<String>,
    /// Line from 1.
    pub(super) line: usize,
}

impl UsedPath {
    /// Whether the path is, or lies under, this one.
    pub(super) fn is_under(&self, parts: &[&str]) -> bool {
        self.segments.len() >= parts.len() && self.segments.iter().zip(parts).all(|(a, b)| a == b)
    }

    /// The path as written in Rust.
    pub(super) fn text(&self) -> String {
        self.segments.join("::")
    }
}

/// The paths that the production code of a file names; what stands under `#[cfg(test)]` is left out.
pub(super) fn used_paths(file: &SourceFile) -> Vec<UsedPath> {
    let module = file.module().unwrap_or_default();
    let mut collector = Collector { module, found: Vec::new() };
    collector.visit_file(&file.syntax);
    collector.found
}

/// Where the names that a crate's root re-exports come from: `run` → `engine` for
/// `pub use engine::run;` in `lib.rs`.
pub(super) fn re_exports(tree: &Tree, crate_name: &str) -> BTreeMap<String, String> {
    let root = format!("crates/{crate_name}/src/lib.rs");
    let mut origins = BTreeMap::new();
    for file in tree.sources.iter().filter(|file| file.path == root) {
        for item in &file.syntax.items {
            let Item::Use(item) = item else { continue };
            let mut leaves = Vec::new();
            flatten(&item.tree, &mut Vec::new(), &mut leaves);
            for (segments, name) in leaves {
                let mut inner = segments.iter().filter(|part| *part != "crate" && *part != "self");
                if let (Some(module), Some(_)) = (inner.next(), inner.next()) {
                    origins.insert(name, module.clone());
                }
            }
        }
    }
    origins
}

/// Hash maps iterate in another order in every process; results must not.
pub(super) fn check_hash_order(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.sources.iter().filter(|file| file.is_production()) {
        for path in used_paths(file) {
            let hashed = |part: &String| part == "HashMap" || part == "HashSet";
            if path.segments.iter().any(hashed) {
                let text =
                    format!("`{}` has a random order: BTreeMap, BTreeSet or Vec", path.text());
                findings.push(file.finding(path.line, "hash-order", text));
            }
        }
    }
    findings
}

struct Collector {
    /// Module that the visitor stands in, from the crate's root.
    module: Vec<String>,
    found: Vec<UsedPath>,
}

impl Collector {
    fn push(&mut self, segments: Vec<String>, line: usize) {
        let segments = absolute(&self.module, segments);
        self.found.push(UsedPath { segments, line });
    }

    /// Walks the tokens of a macro call for `a::b::c`; syn leaves them unparsed.
    fn push_tokens(&mut self, tokens: TokenStream) {
        let mut chain: Vec<String> = Vec::new();
        let mut line = 0;
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Punct(mark) if mark.as_char() == ':' => {
                    colons += 1;
                    continue;
                }
                TokenTree::Ident(word) => {
                    if colons != 2 {
                        self.flush(&mut chain, line);
                        line = word.span().start().line;
                    }
                    chain.push(word.to_string());
                }
                TokenTree::Group(group) => {
                    self.flush(&mut chain, line);
                    self.push_tokens(group.stream());
                }
                _ => self.flush(&mut chain, line),
            }
            colons = 0;
        }
        self.flush(&mut chain, line);
    }

    fn flush(&mut self, chain: &mut Vec<String>, line: usize) {
        if !chain.is_empty() {
            self.push(std::mem::take(chain), line);
        }
    }
}

impl<'ast> Visit<'ast> for Collector {
    fn visit_item(&mut self, item: &'ast Item) {
        if !marks_test(attributes_of(item)) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        self.module.push(item.ident.to_string());
        visit::visit_item_mod(self, item);
        self.module.pop();
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        let mut leaves = Vec::new();
        flatten(&item.tree, &mut Vec::new(), &mut leaves);
        for (segments, _) in leaves {
            self.push(segments, item.use_token.span.start().line);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names = path.segments.iter().map(|segment| segment.ident.to_string());
        let line = path.segments.first().map_or(0, |first| first.ident.span().start().line);
        self.push(names.collect(), line);
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.push_tokens(call.tokens.clone());
    }

    /// Attributes name derives and lints, no code of ours.
    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}
}

/// `super::x` in module `a::b` → `crate::a::x`; a path of another crate stays as it is.
fn absolute(module: &[String], segments: Vec<String>) -> Vec<String> {
    let ups = segments.iter().take_while(|part| *part == "super").count();
    let from_self = segments.first().is_some_and(|part| part == "self") && segments.len() > 1;
    if ups == 0 && !from_self {
        return segments;
    }
    let kept = module.len().saturating_sub(ups);
    let rest = segments.into_iter().skip(ups + usize::from(from_self));
    ["crate".to_owned()].into_iter().chain(module[..kept].iter().cloned()).chain(rest).collect()
}

/// The leaves of a `use` with the name that each is known by.
fn flatten(tree: &UseTree, prefix: &mut Vec<String>, leaves: &mut Vec<(Vec<String>, String)>) {
    let mut leaf = |name: String, known_as: String| {
        let mut segments = prefix.clone();
        // `use a::{self}` names `a`.
        if name != "self" {
            segments.push(name);
        }
        leaves.push((segments, known_as));
    };
    match tree {
        UseTree::Path(path) => {
            prefix.push(path.ident.to_string());
            flatten(&path.tree, prefix, leaves);
            prefix.pop();
        }
        UseTree::Name(name) => leaf(name.ident.to_string(), name.ident.to_string()),
        UseTree::Rename(rename) => leaf(rename.ident.to_string(), rename.rename.to_string()),
        UseTree::Glob(_) => leaf("*".into(), "*".into()),
        UseTree::Group(group) => {
            for inner in &group.items {
                flatten(inner, prefix, leaves);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths_of(path: &str, text: &str) -> Vec<String> {
        let file = SourceFile::parse(path, text).expect("the sample parses");
        used_paths(&file).iter().map(UsedPath::text).collect()
    }

    #[test]
    fn groups_are_flattened() {
        let found = paths_of("crates/a/src/x.rs", "use std::{fs, io::{self, Read as R}};");
        assert_eq!(found, ["std::fs", "std::io", "std::io::Read"]);
    }

    #[test]
    fn paths_in_code_types_and_macros_are_seen() {
        let text = "fn f(a: std::fs::File) { g::h(); println!(\"{}\", [k::l(1)]); }";
        let found = paths_of("crates/a/src/x.rs", text);
        for wanted in ["std::fs::File", "g::h", "k::l"] {
            assert!(found.iter().any(|path| path == wanted), "{wanted} in {found:?}");
        }
    }

    #[test]
    fn relative_paths_become_absolute() {
        let found = paths_of("crates/a/src/model/radar.rs", "use super::super::engine::run;");
        assert_eq!(found, ["crate::engine::run"]);
        let found = paths_of("crates/a/src/model.rs", "mod x { use super::y; use self::z; }");
        assert_eq!(found, ["crate::model::y", "crate::model::x::z"]);
    }

    #[test]
    fn test_modules_are_left_out() {
        let text = "#[cfg(test)] mod tests { use std::fs; } #[test] fn t() { std::env::var(); }";
        assert_eq!(paths_of("crates/a/src/x.rs", text), Vec::<String>::new());
    }

    #[test]
    fn re_exports_are_traced_to_their_module() {
        let text = "pub use engine::{run, queue::Due as Next}; pub use model::*;";
        let path = "crates/a/src/lib.rs";
        let file = SourceFile::parse(path, text).expect("the sample parses");
        let tree = Tree { texts: vec![], sources: vec![file] };
        let origins = re_exports(&tree, "a");
        assert_eq!(origins.get("run").map(String::as_str), Some("engine"));
        assert_eq!(origins.get("Next").map(String::as_str), Some("engine"));
    }

    #[test]
    fn hash_maps_are_found_in_production_code_alone() {
        let text = "use std::collections::HashMap;\n#[cfg(test)] use std::collections::HashSet;";
        let file = SourceFile::parse("crates/a/src/x.rs", text).expect("the sample parses");
        let tree = Tree { texts: vec![], sources: vec![file] };
        let lines: Vec<usize> = check_hash_order(&tree).iter().map(|one| one.line).collect();
        assert_eq!(lines, [1]);
    }
}
