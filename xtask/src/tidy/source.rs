//! The files of the repository, and the parsed Rust ones among them.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use syn::{Attribute, Item};

use super::Finding;
use crate::shell::quiet;

/// Every text file that git tracks or would track.
pub(super) struct Tree {
    /// Files in order of path.
    pub(super) texts: Vec<TextFile>,
    /// The Rust files among them, parsed.
    pub(super) sources: Vec<SourceFile>,
}

/// A file as text.
pub(super) struct TextFile {
    /// Path from the root, with `/`.
    pub(super) path: String,
    /// Its content.
    pub(super) text: String,
}

/// A parsed Rust file.
pub(super) struct SourceFile {
    /// Path from the root, with `/`.
    pub(super) path: String,
    /// Its content.
    pub(super) text: String,
    /// Its syntax.
    pub(super) syntax: syn::File,
}

impl Tree {
    /// Reads the files below `root` that git knows or does not ignore; binary files are passed over.
    pub(super) fn read(root: &Path) -> Result<Self> {
        let list = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
        let listed = quiet(Command::new("git").args(list).current_dir(root))?;
        let mut names: Vec<&str> = listed.split('\0').filter(|name| !name.is_empty()).collect();
        names.sort_unstable();
        names.dedup();
        let (mut texts, mut sources) = (Vec::new(), Vec::new());
        for name in names {
            // A file may be tracked and deleted, or be binary: neither has text to look at.
            let Ok(text) = std::fs::read_to_string(root.join(name)) else { continue };
            if name.ends_with(".rs") {
                sources.push(SourceFile::parse(name, &text)?);
            }
            texts.push(TextFile { path: name.to_owned(), text });
        }
        Ok(Self { texts, sources })
    }

    /// The text of one file, if it exists.
    pub(super) fn text(&self, path: &str) -> Option<&str> {
        self.texts.iter().find(|file| file.path == path).map(|file| file.text.as_str())
    }
}

impl SourceFile {
    /// Parses one file; `path` only names it.
    pub(super) fn parse(path: &str, text: &str) -> Result<Self> {
        let syntax = syn::parse_file(text).with_context(|| format!("parsing {path}"))?;
        Ok(Self { path: path.to_owned(), text: text.to_owned(), syntax })
    }

    /// The crate that the file belongs to: `redan-geo` for `crates/redan-geo/src/time.rs`.
    pub(super) fn crate_name(&self) -> Option<&str> {
        self.path.strip_prefix("crates/")?.split('/').next()
    }

    /// The module path inside its crate: `["model", "radar"]` for `src/model/radar.rs`.
    ///
    /// `None` for files outside `src`, which are tests, benches and examples.
    pub(super) fn module(&self) -> Option<Vec<String>> {
        let (_, inside) = self.path.split_once("/src/")?;
        let inside = inside.strip_suffix(".rs")?;
        let inside = inside.strip_suffix("/mod").unwrap_or(inside);
        let is_root = matches!(inside, "lib" | "main");
        let parts = inside.split('/').filter(|_| !is_root);
        Some(parts.map(str::to_owned).collect())
    }

    /// Whether the whole file is test code: outside `src`, or a module of tests by its name.
    pub(super) fn is_test(&self) -> bool {
        match self.module() {
            None => true,
            Some(parts) => parts.iter().any(|part| part == "tests" || part.ends_with("_tests")),
        }
    }

    /// Whether the file is part of a library crate's or the binary's own code.
    pub(super) fn is_production(&self) -> bool {
        self.crate_name().is_some() && !self.is_test()
    }

    /// A finding in this file.
    pub(super) fn finding(&self, line: usize, rule: &'static str, text: String) -> Finding {
        Finding { path: self.path.clone(), line, rule, text }
    }
}

/// Whether these attributes put an item among the tests: `#[test]` or `#[cfg(test)]`.
pub(super) fn marks_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let words = match &attribute.meta {
            syn::Meta::List(list) => list.tokens.to_string(),
            _ => String::new(),
        };
        let is_cfg_test = attribute.path().is_ident("cfg")
            && words.split(|letter: char| !letter.is_alphanumeric()).any(|word| word == "test")
            && !words.contains("not");
        attribute.path().is_ident("test") || is_cfg_test
    })
}

/// The attributes of an item of any kind.
pub(super) fn attributes_of(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str) -> SourceFile {
        SourceFile::parse(path, "").expect("an empty file parses")
    }

    #[test]
    fn a_path_names_its_crate_and_module() {
        let radar = file("crates/redan-sim/src/model/radar.rs");
        assert_eq!(radar.crate_name(), Some("redan-sim"));
        assert_eq!(radar.module(), Some(vec!["model".into(), "radar".into()]));
        assert_eq!(file("crates/redan-sim/src/model/mod.rs").module(), Some(vec!["model".into()]));
        assert_eq!(file("crates/redan-sim/src/lib.rs").module(), Some(vec![]));
    }

    #[test]
    fn tests_are_told_by_place_and_name() {
        assert!(file("crates/redan-geo/tests/frames.rs").is_test());
        assert!(file("crates/redan-geo/src/frames/tests.rs").is_test());
        assert!(!file("crates/redan-geo/src/frames.rs").is_test());
        assert!(!file("xtask/src/main.rs").is_production());
    }

    #[test]
    fn only_test_attributes_mark_tests() {
        let marks = |text: &str| {
            let item: Item = syn::parse_str(text).expect("the item parses");
            marks_test(attributes_of(&item))
        };
        assert!(marks("#[cfg(test)] mod tests {}"));
        assert!(marks("#[test] fn a() {}"));
        assert!(marks("#[cfg(all(test, unix))] fn a() {}"));
        assert!(!marks("#[cfg(not(test))] fn a() {}"));
        assert!(!marks("#[cfg(feature = \"latest\")] fn a() {}"));
    }
}
